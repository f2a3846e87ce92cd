/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof record. */
#include "cli/commands.h"
#include "io/output.h"
#include "io/print.h"
#include "platform/platform.h"
#include "run/outcome.h"
#include "run/select/select_options.h"
#include "run/survey.h"
#include "run/testee/options.h"
#include "run/verdict/answer.h"

#include <errno.h>
#include <string.h>

/* What is open while the answers come in. */
typedef struct recording {
  run_state *s;
  output_file out;
  kit_runner *runner;
  kit_witness witness;
  hcsref_arena arena; /* of one case */
  bool knows_witness, out_of_memory;
} recording;

static bool know_witness(recording *r) {
  const kit_hello *hello = kit_runner_first_hello(r->runner);
  if (r->knows_witness || hello == NULL)
    return true;
  if (!kit_witness_read(&r->s->arena, hello, &r->witness))
    return false;
  if (r->s->o->profile != NULL)
    r->witness.profile = r->s->profile;
  r->knows_witness = true;
  return true;
}

static bool write_case(recording *r, const kit_case *c, const kit_result *result) {
  hcsref_buf line = {&r->arena, NULL, 0, 0, false};
  kit_reply reply;
  hcsref_arena_reset(&r->arena);
  if (!know_witness(r) || !kit_reply_read(&r->arena, result->answer, &reply, NULL) ||
      !kit_answer_append_case(&line, c, &r->witness, &reply))
    return false;
  output_write(&r->out, line.data, line.len);
  return true;
}

static void note(void *context, const kit_case *c, const kit_result *result) {
  recording *r = context;
  if (result->verdict != KIT_PASS || r->out_of_memory || write_case(r, c, result))
    return;
  r->out_of_memory = true;
  kit_runner_stop(r->runner);
}

/* ---- afterwards --------------------------------------------------------------------------------------- */

static void tell_repro(const recording *r) {
  const run_options *o = r->s->o;
  hcsref_buf line = {&r->s->arena, NULL, 0, 0, false};
  hcsref_str profile = r->witness.profile == NULL ? HCSREF_LIT("baseline") : hcsref_profile_name(r->witness.profile);
  hcsref_buf_append(&line, HCSREF_LIT("hcsproof run "));
  kit_append_argument(&line, hcsref_cstr(o->output));
  kit_append_option(&line, "testee", o->testee, NULL);
  hcsref_buf_append(&line, HCSREF_LIT(" --profile "));
  kit_append_argument(&line, profile);
  if (!line.failed)
    kit_print(r->s->console.out, "play them: %v\n", hcsref_buf_str(&line));
}

static void tell_who(const recording *r, const kit_summary *sum) {
  kit_print(r->s->console.out, "testee %v %v", sum->hello.name, sum->hello.version);
  if (r->witness.name.len > 0)
    kit_print(r->s->console.out, ", which answers as %v", r->witness.name);
  fputc('\n', r->s->console.out);
}

static void summarise(recording *r, const kit_summary *sum, bool written) {
  FILE *out = r->s->console.out;
  const char *target = output_is_standard(r->s->o->output) ? "standard output" : r->s->o->output;
  kit_console_troubles(&r->s->console, sum);
  kit_console_groups(&r->s->console, sum);
  if (sum->has_hello)
    tell_who(r, sum);
  kit_print(out, "%s: %llu of %llu answers recorded, %llu unsupported, %llu broken\n", target,
            (unsigned long long)(written ? sum->verdicts[KIT_PASS] : 0), (unsigned long long)kit_played(sum),
            (unsigned long long)sum->verdicts[KIT_SKIP], (unsigned long long)sum->verdicts[KIT_BROKEN]);
  if (written && !output_is_standard(r->s->o->output))
    tell_repro(r);
}

static int status_of(const recording *r, const kit_summary *sum) {
  const kit_terms terms = {.allow_skip = r->s->o->allow_skip};
  int status = kit_run_status(sum, &terms);
  if (r->out_of_memory)
    return run_complain(r->s, CLI_KIT, "out of memory");
  if (status != CLI_USAGE)
    return status;
  return sum->selected > 0
             ? run_complain(r->s, status, "nothing was recorded: the testee supports none of these operations")
             : run_no_match(r->s);
}

/* A recording that was cut short, or is empty, replaces nothing. */
static bool is_whole(const recording *r, const kit_summary *sum) {
  return !r->out_of_memory && !sum->out_of_memory && sum->stopped.len == 0 && sum->verdicts[KIT_PASS] > 0;
}

static int finish(recording *r, const kit_summary *sum) {
  bool keep = is_whole(r, sum), written = output_close(&r->out, keep) && keep;
  int why = errno;
  if (sum->interrupted != 0) {
    int signal_number = sum->interrupted;
    kit_console_clear(&r->s->console);
    kit_runner_free(r->runner);
    platform_end_by_signal(signal_number);
    return CLI_KIT;
  }
  summarise(r, sum, written);
  if (keep && !written) {
    kit_print(stderr, "hcsproof record: %s: %s\n", r->s->o->output, output_reason(why));
    return CLI_KIT;
  }
  return status_of(r, sum);
}

static int record(recording *r) {
  run_state *s = r->s;
  const kit_sink console = {kit_console_result, &s->console}, answers = {note, r};
  const kit_summary *sum;
  int status;
  if (!output_open(s->o->output, &r->out)) {
    kit_print(stderr, "hcsproof record: %s: %s\n", s->o->output, output_reason(errno));
    return CLI_KIT;
  }
  r->runner = kit_runner_new(&s->run, run_feed(s), NULL, run_complain_case, s);
  if (r->runner == NULL || !kit_runner_add_sink(r->runner, console) || !kit_runner_add_sink(r->runner, answers)) {
    (void)output_close(&r->out, false);
    return run_complain(s, CLI_KIT, "out of memory");
  }
  kit_catch_interrupts();
  sum = kit_runner_run(r->runner);
  status = finish(r, sum);
  return status;
}

static int record_cases(run_state *s) {
  recording r;
  int status;
  if (s->o->output == NULL)
    return run_complain(s, CLI_USAGE, "name the output file with -o (see 'hcsproof record --help')");
  status = run_prepare(s);
  if (status == CLI_OK)
    status = run_set_up(s);
  if (status != CLI_OK)
    return status;
  memset(&r, 0, sizeof(r));
  r.s = s;
  s->run.collects = true;
  hcsref_arena_init(&r.arena, NULL, 0);
  status = record(&r);
  kit_runner_free(r.runner);
  hcsref_arena_free(&r.arena);
  return status;
}

int kit_record_command(const cli_invocation *invocation) {
  run_state s;
  int status;
  run_open(&s, invocation);
  status = record_cases(&s);
  run_close(&s);
  return status;
}

/* ---- the table ---------------------------------------------------------------------------------------- */

#define OPTION(field) .offset = offsetof(run_options, field)

static const cli_option options[] = {
    KIT_TESTEE_OPTION("ask"),
    {.name = "output",
     .short_name = 'o',
     .kind = CLI_FILE,
     OPTION(output),
     .argument = "FILE",
     .help = "Write the answers to FILE, one case per line; give it a name that ends in .jsonl. FILE is replaced at "
             "the end, in one step. '-' is standard output.",
     .example = "mine.jsonl"},
    KIT_SELECT_OPTIONS,
    {.name = "profile",
     .kind = CLI_PROFILE,
     OPTION(profile),
     .argument = "NAME",
     .help = "Ask only the cases of this profile, and tell the testee to answer as that profile. Without it, all cases "
             "are asked and no profile is named: the testee answers as itself."},
    KIT_TESTEE_OPTIONS("10", "200"),
    {.name = "allow-skip",
     .kind = CLI_FLAG,
     OPTION(allow_skip),
     .help = "Do not end with 1 because the testee skipped a case of level must."},
    {.name = "verbose", .short_name = 'v', .kind = CLI_FLAG, OPTION(verbose), .help = "Print a line for every case."},
    KIT_QUIET_OPTION,
};

static const cli_example examples[] = {
    {"hcsproof record --testee './my-testee --stdio' -o mine.jsonl",
     "Records its answers to every question of the suite."},
    {"hcsproof run mine.jsonl --testee './my-testee --stdio'", "Checks that it still gives the same answers."},
    {"hcsproof record golden/mounts --profile hcsshim-0.13.0 --testee ./my-testee -o mounts.jsonl",
     "Records one area for one release."},
};

static const cli_status statuses[] = {
    {CLI_OK, "every answer was recorded"},
    {CLI_FAILED, "the testee skipped a case of level must (see --allow-skip); the other answers were recorded"},
    {CLI_USAGE, "wrong options, a filter or operand that names no case, or nothing was recorded"},
    {CLI_TESTEE, "the testee did not start or say hello, or it died, hung or babbled; what it did answer was recorded, "
                 "unless it was abandoned"},
    {CLI_KIT, "a case or FILE could not be read or written, or out of memory"},
};

const cli_command record_command = {
    .name = "record",
    .summary = "write an implementation's own answers as cases",
    .operands = "[CASES]...",
    .operand_kind = CLI_CASE,
    .most_operands = SIZE_MAX,
    .description =
        "Asks a testee the questions of CASES and writes what it answers, right or wrong, as recorded cases: a file "
        "that 'hcsproof run' plays. Keep one per release, and every later run shows what has changed since.\n\nA case "
        "that the testee does not support, or that makes it die, hang or babble, is reported and not written. Cases "
        "keep their ids, titles, levels and tags; `recorded` and `profiles` name the releases in the testee's hello. "
        "CASES are those of 'hcsproof run'; without any, the suite (--suite).",
    .options_size = sizeof(run_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = kit_record_command,
};
