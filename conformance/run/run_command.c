/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof run. */
#include "cli/commands.h"
#include "platform/platform.h"
#include "run/console.h"
#include "run/suite.h"

#include <stdlib.h>
#include <string.h>

typedef struct run_options {
  const char *testee, *one_shot, *documents;
  cli_list ids, excluded, areas, ops, levels;
  const char *tags, *profile;
  bool list, dry_run;
  uint64_t jobs, window, timeout, answer_limit, memory_limit, restarts;
  const char *compare, *errors;
  bool fail_fast, allow_skip, verbose, quiet;
  uint64_t max_fail, shown;
} run_options;

#define OPTION(field) .offset = offsetof(run_options, field)

static const cli_option options[] = {
    {.name = "testee",
     .short_name = 't',
     .kind = CLI_TEXT,
     OPTION(testee),
     .argument = "COMMAND",
     .help = "The implementation to test: a command that answers on standard output, one JSON object a line (hcsproof "
             "help protocol). Split at white space; quotes and backslashes as in a shell, nothing else is special.",
     .example = "'./my-testee --stdio'"},
    {.name = "one-shot",
     .kind = CLI_TEXT,
     OPTION(one_shot),
     .argument = "COMMAND",
     .help =
         "Run COMMAND once a case instead: params on standard input, the payload on standard output, a status other "
         "than 0 for an error (its text on standard error), 77 for unsupported. {op}, {case} and {profile} are "
         "replaced; HCSPROOF_OP, HCSPROOF_CASE and HCSPROOF_PROFILE are in its environment.",
     .example = "'./convert.sh {op}'"},
    {.name = "documents",
     .kind = CLI_FOLDER,
     OPTION(documents),
     .argument = "FOLDER",
     .help = "Check files that were produced earlier: FOLDER/ID.json holds the payload of case ID."},
    {.name = "id",
     .kind = CLI_TEXT,
     .repeatable = true,
     OPTION(ids),
     .argument = "GLOB",
     .help = "Only cases whose id matches (* any characters, ? one, [a-z] a set); repeat for more.",
     .example = "'cpu/*'"},
    {.name = "exclude",
     .short_name = 'x',
     .kind = CLI_TEXT,
     .repeatable = true,
     OPTION(excluded),
     .argument = "GLOB",
     .help = "Not cases whose id matches; repeat for more."},
    {.name = "area",
     .kind = CLI_TEXT,
     .repeatable = true,
     OPTION(areas),
     .argument = "AREA",
     .help = "Only cases of this area (the part of the id before the slash; a glob); repeat for more."},
    {.name = "op",
     .kind = CLI_TEXT,
     .repeatable = true,
     OPTION(ops),
     .argument = "OP",
     .help = "Only cases of this operation (a glob); repeat for more."},
    {.name = "tags",
     .kind = CLI_TEXT,
     OPTION(tags),
     .argument = "EXPRESSION",
     .help = "Only cases whose tags fulfil the expression: words with not, and, or (or !, &&, ||) and parentheses.",
     .example = "'cpu and not xenon'"},
    {.name = "level",
     .kind = CLI_CHOICE,
     .repeatable = true,
     OPTION(levels),
     .argument = "LEVEL",
     .choices = "must|should|may",
     .help = "Only cases of this level; repeat for more."},
    {.name = "profile",
     .kind = CLI_TEXT,
     OPTION(profile),
     .argument = "NAME",
     .fallback = "baseline",
     .help = "The upstream behaviour to be compared with: only cases of that profile are played."},
    {.name = "list",
     .kind = CLI_FLAG,
     OPTION(list),
     .help = "Print the ids of the cases that match, and play nothing."},
    {.name = "dry-run",
     .kind = CLI_FLAG,
     OPTION(dry_run),
     .help = "Count the cases that match, by area and level, and play nothing."},
    {.name = "compare",
     .kind = CLI_CHOICE,
     OPTION(compare),
     .argument = "TIER",
     .choices = "semantic|canonical|bytes",
     .fallback = "semantic",
     .help = "semantic: members in any order, absent or empty where the schema omits empty ones, numbers by value. "
             "canonical: the same, but absent and empty differ. bytes: the exact text."},
    {.name = "errors",
     .kind = CLI_CHOICE,
     OPTION(errors),
     .argument = "CHECK",
     .choices = "any|code|message",
     .fallback = "any",
     .help = "What an expected error is checked for: being one, its code, or upstream's message."},
    {.name = "jobs",
     .short_name = 'j',
     .kind = CLI_NUMBER,
     OPTION(jobs),
     .argument = "N",
     .fallback = "1",
     .least = 1,
     .most = 64,
     .help = "Testees side by side."},
    {.name = "window",
     .kind = CLI_NUMBER,
     OPTION(window),
     .argument = "N",
     .fallback = "32",
     .least = 1,
     .most = 1024,
     .help = "Questions that a testee gets before it has answered the first."},
    {.name = "timeout",
     .kind = CLI_SECONDS,
     OPTION(timeout),
     .argument = "SECONDS",
     .fallback = "10",
     .least = 1,
     .most = 3600000,
     .help = "How long to wait for an answer, for the hello, and for the end."},
    {.name = "max-answer",
     .kind = CLI_SIZE,
     OPTION(answer_limit),
     .argument = "SIZE",
     .fallback = "16M",
     .least = 1,
     .most = (uint64_t)1 << 32,
     .help = "Longest answer that is read."},
    {.name = "max-memory",
     .kind = CLI_SIZE,
     OPTION(memory_limit),
     .argument = "SIZE",
     .help = "Address space that a testee may have (POSIX); none is set unless given."},
    {.name = "max-restarts",
     .kind = CLI_NUMBER,
     OPTION(restarts),
     .argument = "N",
     .fallback = "200",
     .most = 1000000,
     .help = "Give a testee up that had to be started again more often."},
    {.name = "fail-fast", .kind = CLI_FLAG, OPTION(fail_fast), .help = "Stop at the first failure."},
    {.name = "max-fail",
     .kind = CLI_NUMBER,
     OPTION(max_fail),
     .argument = "N",
     .fallback = "0",
     .most = UINT64_MAX,
     .help = "Stop after so many failures; 0 never."},
    {.name = "allow-skip",
     .kind = CLI_FLAG,
     OPTION(allow_skip),
     .help = "A skipped case of level must does not make the run fail."},
    {.name = "verbose",
     .short_name = 'v',
     .kind = CLI_FLAG,
     OPTION(verbose),
     .help = "A line for cases that passed or were skipped, too."},
    {.name = "quiet", .short_name = 'q', .kind = CLI_FLAG, OPTION(quiet), .help = "Only the totals."},
    {.name = "max-diff",
     .kind = CLI_NUMBER,
     OPTION(shown),
     .argument = "N",
     .fallback = "10",
     .most = KIT_DIFFERENCES_KEPT,
     .help = "Most differences shown of a case."},
};

static const cli_example examples[] = {
    {"hcsproof run --testee 'hcsproof serve'", "Plays the whole suite against the reference."},
    {"hcsproof run golden/cpu --testee ./my-testee --fail-fast", "One area, up to the first failure."},
    {"hcsproof run --testee ./my-testee --tags 'mounts and not xenon' --compare bytes --errors message",
     "Byte for byte, error messages too."},
    {"hcsproof run --one-shot './convert.sh {op}' --op oci-to-hcs", "A script that translates one spec."},
};

static const cli_status statuses[] = {
    {CLI_OK, "every case passed, or did not pass as the expectations list"},
    {CLI_FAILED, "a case failed, or a case of level must was skipped (see --allow-skip)"},
    {CLI_USAGE, "wrong options, or no case matched"},
    {CLI_TESTEE, "the testee is broken: it did not start or say hello, died, hung, babbled, or broke the protocol"},
    {CLI_KIT, "a case or another file could not be read or written, or out of memory"},
    {CLI_STALE, "expectations are out of date"},
};

/* Everything that a run needs, in one place. */
typedef struct run_state {
  const cli_invocation *invocation;
  run_options *o;
  hcsref_arena arena;
  kit_source *source;
  kit_selection selection;
  kit_run_options run;
  kit_console console;
} run_state;

static int complain(const char *message) {
  fprintf(stderr, "hcsproof run: %s\n", message);
  return CLI_USAGE;
}

static int complain_error(const hcsref_error *err) {
  fprintf(stderr, "hcsproof run: %.*s\n", (int)err->message.len, err->message.data);
  return CLI_USAGE;
}

/* ---- what to play ------------------------------------------------------------------------------------- */

static bool select_cases(run_state *s, hcsref_error *err) {
  const run_options *o = s->o;
  kit_tag_expression *tags;
  kit_level level;
  size_t i;
  s->selection.ids = o->ids.items;
  s->selection.id_count = o->ids.count;
  s->selection.excluded = o->excluded.items;
  s->selection.excluded_count = o->excluded.count;
  s->selection.areas = o->areas.items;
  s->selection.area_count = o->areas.count;
  s->selection.ops = o->ops.items;
  s->selection.op_count = o->ops.count;
  s->selection.profile = hcsref_cstr(o->profile);
  for (i = 0; i < o->levels.count; i++)
    if (kit_level_from_name(hcsref_cstr(o->levels.items[i]), &level))
      s->selection.levels |= 1u << level;
  if (o->tags == NULL)
    return true;
  if (!kit_tags_parse(&s->arena, hcsref_cstr(o->tags), &tags, err))
    return false;
  s->selection.tags = tags;
  return true;
}

/* A case that cannot be read is named, and the rest is played. */
static void complain_case(void *context, hcsref_str message) {
  run_state *s = context;
  kit_console_clear(&s->console);
  fprintf(stderr, "hcsproof run: %.*s\n", (int)message.len, message.data);
}

/* Calls `each` for every selected case; returns an exit status. */
static int for_each_case(run_state *s, void (*each)(void *context, const kit_case *c), void *context) {
  uint64_t found = 0, bad = 0;
  hcsref_arena arena;
  kit_next next;
  hcsref_arena_init(&arena, NULL, 0);
  do {
    hcsref_error err;
    kit_case c;
    hcsref_arena_reset(&arena);
    next = kit_source_next(s->source, &arena, &c, &err);
    if (next == KIT_NEXT_ERROR) {
      complain_case(s, err.message);
      bad++;
    } else if (next == KIT_NEXT_CASE && kit_selected(&s->selection, &c)) {
      each(context, &c);
      found++;
    }
  } while (next != KIT_NEXT_END);
  hcsref_arena_free(&arena);
  if (bad > 0)
    return CLI_KIT;
  return found > 0 ? CLI_OK : complain("no case matches");
}

static void list_case(void *context, const kit_case *c) {
  const bool *verbose = context;
  printf("%.*s", (int)c->id.len, c->id.data);
  if (*verbose && c->title.len != 0)
    printf("\t%s\t%.*s", kit_level_name(c->level), (int)c->title.len, c->title.data);
  putchar('\n');
}

#define MOST_AREAS 64

typedef struct area_counts {
  struct {
    char name[64];
    uint64_t levels[3];
  } areas[MOST_AREAS];
  size_t count;
  uint64_t total;
} area_counts;

static void count_case(void *context, const kit_case *c) {
  area_counts *counts = context;
  size_t i;
  char name[64];
  snprintf(name, sizeof(name), "%.*s", (int)(c->area.len < 63 ? c->area.len : 63), c->area.data);
  counts->total++;
  for (i = 0; i < counts->count && strcmp(counts->areas[i].name, name) != 0; i++)
    ;
  if (i == counts->count && i < MOST_AREAS)
    memcpy(counts->areas[counts->count++].name, name, sizeof(name));
  if (i < MOST_AREAS)
    counts->areas[i].levels[c->level]++;
}

static int dry_run(run_state *s) {
  area_counts *counts = calloc(1, sizeof(*counts));
  int status;
  size_t i;
  if (counts == NULL)
    return CLI_KIT;
  status = for_each_case(s, count_case, counts);
  for (i = 0; i < counts->count; i++)
    printf("%-28s %6llu must %6llu should %6llu may\n", counts->areas[i].name,
           (unsigned long long)counts->areas[i].levels[0], (unsigned long long)counts->areas[i].levels[1],
           (unsigned long long)counts->areas[i].levels[2]);
  printf("%llu cases match; nothing was played\n", (unsigned long long)counts->total);
  free(counts);
  return status;
}

/* ---- how to play -------------------------------------------------------------------------------------- */

static bool choose_mode(run_state *s, const char **command) {
  const run_options *o = s->o;
  if ((o->testee != NULL) + (o->one_shot != NULL) + (o->documents != NULL) != 1)
    return false;
  s->run.mode = o->testee != NULL ? KIT_PIPE : o->one_shot != NULL ? KIT_ONE_SHOT : KIT_DOCUMENTS;
  s->run.documents = o->documents;
  *command = o->testee != NULL ? o->testee : o->one_shot;
  return true;
}

static bool configure(run_state *s, hcsref_error *err) {
  static const struct {
    const char *name;
    kit_error_check check;
  } checks[] = {{"any", KIT_ERRORS_ANY}, {"code", KIT_ERRORS_CODE}, {"message", KIT_ERRORS_MESSAGE}};
  const run_options *o = s->o;
  const char *command;
  size_t i;
  if (!choose_mode(s, &command))
    return hcsref_fail(&s->arena, err, "usage", HCSREF_LIT(""),
                       "give one of --testee, --one-shot and --documents (see 'hcsproof run --help')");
  s->run.jobs = (size_t)o->jobs;
  s->run.window = (size_t)o->window;
  s->run.timeout = o->timeout;
  s->run.answer_limit = o->answer_limit;
  s->run.memory_limit = o->memory_limit;
  s->run.restarts = o->restarts;
  s->run.max_fail = o->fail_fast ? 1 : o->max_fail;
  s->run.profile = hcsref_cstr(o->profile);
  s->run.selection = &s->selection;
  (void)kit_tier_from_name(hcsref_cstr(o->compare), &s->run.rules.tier);
  for (i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
    if (strcmp(o->errors, checks[i].name) == 0)
      s->run.rules.errors = checks[i].check;
  return command == NULL || kit_command_split(&s->arena, hcsref_cstr(command), &s->run.command, err);
}

static void append_option(hcsref_buf *buf, const char *name, const char *value, const char *fallback) {
  if (value == NULL || (fallback != NULL && strcmp(value, fallback) == 0))
    return;
  hcsref_buf_append(buf, HCSREF_LIT(" --"));
  hcsref_buf_append(buf, hcsref_cstr(name));
  hcsref_buf_append_char(buf, ' ');
  kit_append_argument(buf, hcsref_cstr(value));
}

static bool set_up_console(run_state *s) {
  const run_options *o = s->o;
  hcsref_buf repro = {&s->arena, NULL, 0, 0, false};
  append_option(&repro, "testee", o->testee, NULL);
  append_option(&repro, "one-shot", o->one_shot, NULL);
  append_option(&repro, "documents", o->documents, NULL);
  append_option(&repro, "profile", o->profile, "baseline");
  append_option(&repro, "compare", o->compare, "semantic");
  append_option(&repro, "errors", o->errors, "any");
  s->console.out = stdout;
  s->console.progress = platform_is_terminal(stderr) && !o->quiet ? stderr : NULL;
  s->console.color = cli_color(s->invocation, stdout);
  s->console.verbose = o->verbose;
  s->console.quiet = o->quiet;
  s->console.shown = (size_t)o->shown;
  s->console.repro = hcsref_buf_str(&repro);
  return !repro.failed;
}

static int exit_status(const run_state *s, const kit_summary *sum) {
  if (sum->out_of_memory || sum->case_errors > 0)
    return CLI_KIT;
  if (sum->selected == 0 && !sum->testee_broken)
    return complain("no case matches");
  if (sum->testee_broken || sum->breaches > 0 || sum->verdicts[KIT_BROKEN] > sum->known[KIT_BROKEN])
    return CLI_TESTEE;
  if (sum->verdicts[KIT_FAIL] > sum->known[KIT_FAIL] || (sum->skipped_must > 0 && !s->o->allow_skip))
    return CLI_FAILED;
  return sum->unexpected_passes > 0 ? CLI_STALE : CLI_OK;
}

static int play(run_state *s) {
  const kit_sink console = {kit_console_result, &s->console};
  kit_runner *runner = kit_runner_new(&s->run, s->source, NULL, complain_case, s);
  const kit_summary *summary;
  int status, signal_number;
  if (runner == NULL || !kit_runner_add_sink(runner, console)) {
    kit_runner_free(runner);
    fprintf(stderr, "hcsproof run: out of memory\n");
    return CLI_KIT;
  }
  kit_catch_interrupts();
  summary = kit_runner_run(runner);
  kit_console_summary(&s->console, &s->run, summary);
  status = exit_status(s, summary);
  signal_number = summary->interrupted;
  kit_runner_free(runner);
  if (signal_number != 0) {
    fflush(stdout);
    kit_reraise(signal_number);
  }
  return status;
}

static int run_cases(run_state *s) {
  hcsref_error err;
  char message[600];
  s->source = kit_source_new();
  if (s->source == NULL)
    return CLI_KIT;
  if (!kit_suite_open(s->source, &s->invocation->operands, &s->o->ids, message, sizeof(message)))
    return complain(message);
  if (!select_cases(s, &err))
    return complain_error(&err);
  if (s->o->list)
    return for_each_case(s, list_case, (void *)(uintptr_t)&s->o->verbose);
  if (s->o->dry_run)
    return dry_run(s);
  if (!configure(s, &err))
    return complain_error(&err);
  return set_up_console(s) ? play(s) : CLI_KIT;
}

static int run(const cli_invocation *invocation) {
  run_state s;
  int status;
  memset(&s, 0, sizeof(s));
  s.invocation = invocation;
  s.o = invocation->options;
  hcsref_arena_init(&s.arena, NULL, 0);
  status = run_cases(&s);
  kit_source_free(s.source);
  hcsref_arena_free(&s.arena);
  return status;
}

const cli_command run_command = {
    .name = "run",
    .summary = "play golden cases against an implementation",
    .operands = "[CASES]...",
    .most_operands = SIZE_MAX,
    .description =
        "Plays cases against a testee and says exactly where its answers differ. CASES are files (.json: one case, "
        ".jsonl: a case a line) and folders; without any, the suite in ./golden, else the installed one.\n\n"
        "A testee that dies, hangs, floods or babbles costs its case, is started again, and never takes the runner "
        "down; with several questions in flight they are asked again one at a time, so that the blame falls on the "
        "right case. A run that matched no case, or that skipped a case of level must, is never green.",
    .options_size = sizeof(run_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
