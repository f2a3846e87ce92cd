/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof fuzz. */
#include "fuzz/fuzz_state.h"

#include "platform/platform.h"
#include "run/cases/suite.h"

#include <stdlib.h>
#include <string.h>

static void complain_case(void *context, hcsref_str message) {
  kit_fuzz_state *s = context;
  kit_console_clear(&s->console);
  fputs("hcsproof fuzz: ", stderr);
  kit_print_text(stderr, message, 2000);
  fputc('\n', stderr);
}

/* ---- preparing ---------------------------------------------------------------------------------------- */

/* Decimal, below 2^32. */
static bool read_seed(const char *text, uint64_t *out) {
  uint64_t seed = 0;
  const char *p;
  if (*text == '\0')
    return false;
  for (p = text; *p != '\0'; p++) {
    if (*p < '0' || *p > '9')
      return false;
    seed = seed * 10 + (uint64_t)(*p - '0');
    if (seed > UINT32_MAX)
      return false;
  }
  *out = seed;
  return true;
}

static bool set_limits(kit_fuzz_state *s) {
  const kit_fuzz_options *o = s->o;
  s->limits.seed = (kit_now_precise() * 2654435761u ^ platform_process_id()) & UINT32_MAX;
  if (o->seed != NULL && !read_seed(o->seed, &s->limits.seed))
    return false;
  s->limits.runs = o->runs;
  s->origin.seed = s->limits.seed;
  return true;
}

/* Two testees are compared as what they are. */
static bool is_anonymous(const kit_fuzz_options *o) {
  return o->against != NULL && o->profile == NULL;
}

/* Whose answers are right. */
static bool set_up_oracle(kit_fuzz_state *s, hcsref_error *err) {
  const kit_fuzz_options *o = s->o;
  const kit_start start = {is_anonymous(o) ? NULL : o->testee, o->timeout, o->memory_limit};
  kit_choice choice;
  if (!kit_choose_for(&s->arena, o->profile, &start, &choice, err))
    return false;
  s->oracle.profile = choice.profile;
  s->oracle.named = !is_anonymous(o);
  if (!is_anonymous(o))
    s->console.why = choice.why;
  s->origin.oracle = &s->oracle;
  if (o->against == NULL)
    return true;
  if (!kit_command_split(&s->arena, hcsref_cstr(o->against), &s->against, err))
    return false;
  s->oracle.old =
      kit_asker_new(&s->against, &start, is_anonymous(o) ? NULL : choice.profile, o->answer_limit, o->restarts);
  s->limits.old = s->oracle.old;
  return s->oracle.old != NULL || hcsref_fail_memory(err);
}

static void set_up_run(kit_fuzz_state *s) {
  const kit_fuzz_options *o = s->o;
  s->run.mode = KIT_PIPE;
  s->run.jobs = (size_t)o->jobs;
  s->run.window = (size_t)o->window;
  s->run.timeout = o->timeout;
  s->run.answer_limit = o->answer_limit;
  s->run.memory_limit = o->memory_limit;
  s->run.restarts = o->restarts;
  s->run.profile = s->oracle.profile;
  s->run.anonymous = is_anonymous(o);
  s->selection.any_profile = true;
  s->run.selection = &s->selection; /* all of them */
  (void)kit_tier_from_name(hcsref_cstr(o->compare), &s->run.rules.tier);
  (void)kit_error_check_from_name(hcsref_cstr(o->errors), &s->run.rules.errors);
}

static bool set_up_console(kit_fuzz_state *s) {
  const kit_fuzz_options *o = s->o;
  hcsref_buf repro = {&s->arena, NULL, 0, 0, false};
  kit_append_option(&repro, "testee", o->testee, NULL);
  kit_append_option(&repro, "against", o->against, NULL);
  if (!is_anonymous(o)) {
    hcsref_buf_append(&repro, HCSREF_LIT(" --profile "));
    kit_append_argument(&repro, hcsref_profile_name(s->oracle.profile));
  }
  kit_append_option(&repro, "compare", o->compare, "semantic");
  kit_append_option(&repro, "errors", o->errors, "any");
  s->console.out = stdout;
  s->console.progress = platform_is_terminal(stderr) && !o->quiet ? stderr : NULL;
  s->console.color = cli_color(s->invocation, stdout);
  s->console.shown = (size_t)o->shown;
  s->console.repro = hcsref_buf_str(&repro);
  return !repro.failed;
}

/* The cases to start from. */
static int load_cases(kit_fuzz_state *s) {
  kit_source *source = kit_source_new();
  cli_list ids = {NULL, 0};
  char message[600] = "out of memory";
  int status = CLI_KIT;
  if (source != NULL)
    status = kit_suite_open(source, &s->invocation->operands, s->o->suite, &ids, message, sizeof(message));
  if (status == CLI_OK && ids.count > 0) {
    snprintf(message, sizeof(message), "%s: no such file or folder", ids.items[0]);
    status = CLI_USAGE;
  }
  if (status == CLI_OK && !kit_fuzz_load(&s->operations, source, complain_case, s, &s->unreadable)) {
    snprintf(message, sizeof(message), "out of memory");
    status = CLI_KIT;
  }
  free(ids.items);
  kit_source_free(source);
  return status == CLI_OK ? status : kit_fuzz_complain(s, status, message);
}

static int prepare(kit_fuzz_state *s) {
  const kit_fuzz_options *o = s->o;
  hcsref_error err;
  char message[600];
  int status;
  if (o->testee == NULL)
    return kit_fuzz_complain(s, CLI_USAGE, "give --testee COMMAND (see 'hcsproof fuzz --help')");
  if (!set_limits(s))
    return kit_fuzz_complain(s, CLI_USAGE, "--seed: not a number from 0 to 4294967295 (see 'hcsproof fuzz --help')");
  if (!kit_command_split(&s->arena, hcsref_cstr(o->testee), &s->run.command, &err) || !set_up_oracle(s, &err)) {
    complain_case(s, err.message);
    return strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT : CLI_USAGE;
  }
  set_up_run(s);
  s->origin.codes = s->run.rules.errors == KIT_ERRORS_CODE;
  status = kit_fuzz_choose(&s->operations, &o->ops, &s->oracle, message, sizeof(message));
  if (status != CLI_OK)
    return kit_fuzz_complain(s, status, message);
  status = load_cases(s);
  if (status != CLI_OK)
    return status;
  return set_up_console(s) ? CLI_OK : kit_fuzz_complain(s, CLI_KIT, "out of memory");
}

/* ---- looking for differences -------------------------------------------------------------------------- */

typedef struct exploration {
  kit_fuzz_state *s;
  kit_fuzz_explorer *explorer;
  kit_runner *runner;
} exploration;

static void explored(void *context, const kit_case *c, const kit_result *r) {
  exploration *x = context;
  size_t known = x->s->findings.count;
  kit_fuzz_explorer_result(x->explorer, c, r);
  kit_fuzz_show_progress(x->s, kit_fuzz_explored(x->explorer), known);
  if (kit_fuzz_explorer_is_over(x->explorer))
    kit_runner_stop(x->runner); /* those in flight may all be ones that hang */
}

static bool describe_testee(kit_fuzz_state *s, const kit_summary *sum) {
  hcsref_str version = sum->hello.version;
  s->origin.testee = HCSREF_LIT("the testee");
  return !sum->has_hello || sum->hello.name.len == 0 ||
         hcsref_format(&s->arena, &s->origin.testee, "%v%s%v", sum->hello.name, version.len == 0 ? "" : " ", version);
}

/* ---- making them smaller ------------------------------------------------------------------------------ */

static void reduced(void *context, const kit_case *c, const kit_result *r) {
  kit_fuzz_reducer_result(context, c, r);
}

/* Asks until the findings are done or the testee is given up; false: there is no point in going on. */
static bool reduce_once(kit_fuzz_state *s, kit_fuzz_reducer *reducer) {
  kit_run_options run = s->run;
  const kit_sink sink = {reduced, reducer};
  uint64_t before = kit_fuzz_reducer_progress(reducer);
  const kit_summary *sum;
  kit_runner *runner;
  bool interrupted;
  run.jobs = run.window = 1; /* what one answers decides what is asked next */
  runner = kit_runner_new(&run, kit_fuzz_reducer_feed(reducer), NULL, complain_case, s);
  if (runner == NULL || !kit_runner_add_sink(runner, sink)) {
    kit_runner_free(runner);
    return false;
  }
  sum = kit_runner_run(runner);
  interrupted = sum->interrupted != 0 || sum->out_of_memory;
  kit_runner_free(runner);
  return !interrupted && !kit_fuzz_reducer_out_of_memory(reducer) && kit_fuzz_reducer_progress(reducer) > before;
}

/* Tells every finding; false: out of memory. */
static bool reduce(kit_fuzz_state *s) {
  kit_fuzz_reducer *reducer = kit_fuzz_reducer_new(&s->findings, s->o->attempts, kit_fuzz_tell, s);
  bool ok;
  if (reducer == NULL)
    return false;
  while (!kit_fuzz_reducer_is_done(reducer))
    if (kit_interrupted() != 0 || !reduce_once(s, reducer))
      kit_fuzz_reducer_skip(reducer);
  ok = !kit_fuzz_reducer_out_of_memory(reducer);
  kit_fuzz_reducer_free(reducer);
  return ok;
}

/* ---- all together ------------------------------------------------------------------------------------- */

static int exit_status(kit_fuzz_state *s, const kit_summary *sum, uint64_t inputs, bool out_of_memory) {
  if (out_of_memory || sum->out_of_memory)
    return kit_fuzz_complain(s, CLI_KIT, "out of memory");
  if (s->write_failed || s->unreadable > 0)
    return CLI_KIT;
  if (s->oracle.old != NULL && *kit_asker_trouble(s->oracle.old) != '\0') {
    char message[450];
    snprintf(message, sizeof(message), "--against: %s", kit_asker_trouble(s->oracle.old));
    return kit_fuzz_complain(s, CLI_TESTEE, message);
  }
  if (!sum->has_hello)
    return CLI_TESTEE;
  if (s->findings.count > 0 || sum->breaches > 0)
    return CLI_FAILED;
  if (sum->testee_broken)
    return CLI_TESTEE;
  if (sum->verdicts[KIT_SKIP] == inputs)
    return kit_fuzz_complain(s, CLI_USAGE, "the testee supports none of the operations");
  return CLI_OK;
}

static int finish(exploration *x, const kit_summary *sum) {
  kit_fuzz_state *s = x->s;
  uint64_t inputs = kit_fuzz_explored(x->explorer);
  bool ok = describe_testee(s, sum) && reduce(s) && !kit_fuzz_explorer_out_of_memory(x->explorer);
  kit_console_summary(&s->console, &s->run, sum, NULL, NULL);
  kit_fuzz_print_totals(s, inputs);
  if (kit_interrupted() != 0) {
    fflush(s->console.out);
    platform_end_by_signal(kit_interrupted());
  }
  return exit_status(s, sum, inputs, !ok);
}

static int fuzz(kit_fuzz_state *s) {
  exploration x = {s, NULL, NULL};
  const kit_sink sink = {explored, &x};
  int status = CLI_KIT;
  uint64_t time = s->o->time != 0 || s->o->runs != 0 ? s->o->time : (uint64_t)KIT_FUZZ_SECONDS * 1000;
  if (time != 0)
    s->limits.deadline = kit_now() + time;
  x.explorer = kit_fuzz_explorer_new(&s->limits, &s->operations, &s->findings);
  if (x.explorer != NULL)
    x.runner = kit_runner_new(&s->run, kit_fuzz_explorer_feed(x.explorer), NULL, complain_case, s);
  if (x.runner != NULL && kit_runner_add_sink(x.runner, sink)) {
    kit_catch_interrupts();
    status = finish(&x, kit_runner_run(x.runner));
  } else {
    (void)kit_fuzz_complain(s, CLI_KIT, "out of memory");
  }
  kit_runner_free(x.runner);
  kit_fuzz_explorer_free(x.explorer);
  return status;
}

int kit_fuzz_command(const cli_invocation *invocation) {
  kit_fuzz_state s;
  int status;
  memset(&s, 0, sizeof(s));
  s.invocation = invocation;
  s.o = invocation->options;
  hcsref_arena_init(&s.arena, NULL, 0);
  kit_fuzz_findings_init(&s.findings, (size_t)s.o->most);
  status = prepare(&s);
  if (status == CLI_OK)
    status = fuzz(&s);
  kit_asker_free(s.oracle.old);
  kit_fuzz_findings_free(&s.findings);
  kit_fuzz_operations_free(&s.operations);
  hcsref_arena_free(&s.arena);
  return status;
}
