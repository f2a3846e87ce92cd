/* SPDX-License-Identifier: Apache-2.0 */
/* Playing: runner, console, reports and expectations together. */
#include "io/print.h"
#include "platform/platform.h"
#include "report/report.h"
#include "run/expectations/expect.h"
#include "run/old.h"
#include "run/outcome.h"
#include "run/survey.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What is open while the cases are played. */
typedef struct performance {
  run_state *s;
  kit_expectations *expectations;
  kit_expecter expecter;
  kit_report **reports;
  size_t report_count;
  kit_runner *runner;
  kit_terms terms;
} performance;

static void close_all(performance *p) {
  size_t i;
  for (i = 0; i < p->report_count; i++)
    kit_report_abandon(p->reports[i]);
  free(p->reports);
  kit_expectations_free(p->expectations);
  kit_runner_free(p->runner);
}

static bool open_expectations(performance *p, char *message, size_t size) {
  const run_options *o = p->s->o;
  char today[16];
  time_t now = time(NULL);
  const struct tm *parts = gmtime(&now);
  if (o->expect == NULL)
    return true;
  if (parts == NULL || strftime(today, sizeof(today), "%Y-%m-%d", parts) == 0)
    today[0] = '\0';
  p->expectations = kit_expectations_load(o->expect, today, o->expect_update, message, size);
  if (p->expectations == NULL)
    return false;
  kit_expectations_follow(p->expectations, p->s->history, run_complain_case, p->s);
  if (o->expect_update)
    kit_expectations_remember(p->expectations, !o->allow_skip);
  p->expecter.judge = kit_expectations_judge;
  p->expecter.context = p->expectations;
  return true;
}

static bool open_reports(performance *p, char *message, size_t size) {
  const cli_list *wanted = &p->s->o->reports;
  p->reports = calloc(wanted->count + 1, sizeof(kit_report *));
  if (p->reports == NULL) {
    snprintf(message, size, "out of memory");
    return false;
  }
  for (; p->report_count < wanted->count; p->report_count++) {
    kit_report *report =
        kit_report_open(wanted->items[p->report_count], p->s->console.repro, p->s->o->strict, message, size);
    if (report == NULL)
      return false;
    p->reports[p->report_count] = report;
  }
  return true;
}

static bool make_runner(performance *p) {
  run_state *s = p->s;
  const kit_sink console = {kit_console_result, &s->console};
  size_t i;
  p->runner = kit_runner_new(&s->run, s->old == NULL ? run_feed(s) : run_old_feed(s),
                             p->expectations == NULL ? NULL : &p->expecter, run_complain_case, s);
  if (p->runner == NULL || !kit_runner_add_sink(p->runner, console))
    return false;
  for (i = 0; i < p->report_count; i++) {
    const kit_sink sink = {kit_report_result, p->reports[i]};
    if (!kit_runner_add_sink(p->runner, sink))
      return false;
  }
  return true;
}

/* ---- afterwards --------------------------------------------------------------------------------------- */

static void meet(void *context, const kit_case *c) {
  kit_expectations_meet(context, c);
}

/* What was not played: is it in the suite at all? False: out of memory. */
static bool ask_suite(const performance *p) {
  const kit_home *home = &p->s->home;
  uint64_t unread = 0;
  bool ok = true;
  size_t i;
  if (!kit_expectations_need_suite(p->expectations))
    return true;
  for (i = 0; ok && i < home->places.count; i++)
    ok = kit_scan(home->places.items[i], meet, p->expectations, &unread);
  ok = ok && (home->beside == NULL || kit_scan(home->beside, meet, p->expectations, &unread));
  if (unread > 0)
    kit_expectations_trust(p->expectations);
  return ok;
}

static void tell_stale(void *context, const char *message) {
  const run_state *s = context;
  kit_print(s->console.out, "STALE  %s\n", message);
}

static bool check_expectations(performance *p) {
  if (p->expectations == NULL)
    return true;
  if (!ask_suite(p))
    return false;
  p->terms.stale = kit_expectations_check(p->expectations, tell_stale, p->s);
  return true;
}

/* Says what the totals cannot. */
static int exit_status(const performance *p, const kit_summary *sum) {
  int status = kit_run_status(sum, &p->terms);
  if (status != CLI_USAGE)
    return status;
  if (sum->selected > 0)
    return run_complain(p->s, status, "nothing was compared: every case was skipped");
  return run_no_match(p->s);
}

/* Completes the reports; returns the exit status. */
static int finish_reports(performance *p, const kit_summary *sum, int status) {
  const run_options *o = p->s->o;
  kit_report_info info = {NULL,   &p->s->run, sum, &p->s->scope, &p->terms, NULL, o->errors, p->s->console.repro,
                          status, ""};
  time_t now = time(NULL) - (time_t)(sum->microseconds / 1000000);
  const struct tm *parts = gmtime(&now);
  char message[600];
  size_t i, count = p->report_count;
  int worst = status;
  info.command = o->testee != NULL ? o->testee : o->one_shot != NULL ? o->one_shot : o->documents;
  if (parts != NULL)
    (void)strftime(info.started, sizeof(info.started), "%Y-%m-%dT%H:%M:%SZ", parts);
  p->report_count = 0;
  for (i = 0; i < count; i++)
    if (!kit_report_finish(p->reports[i], &info, message, sizeof(message)))
      worst = message[0] != '\0' ? run_complain(p->s, CLI_KIT, message) : CLI_KIT;
  return worst;
}

static int update_expectations(performance *p, int status) {
  char message[600];
  if (!p->s->o->expect_update)
    return status;
  if (kit_expectations_update(p->expectations, message, sizeof(message))) {
    kit_print(p->s->console.out, "%s was rewritten\n", p->s->o->expect);
    return status;
  }
  return run_complain(p->s, CLI_KIT, message);
}

static int fail(performance *p, const char *message) {
  close_all(p);
  return run_complain(p->s, CLI_KIT, message);
}

static int play(performance *p) {
  run_state *s = p->s;
  const kit_summary *sum;
  int status;
  kit_catch_interrupts();
  sum = kit_runner_run(p->runner);
  if (sum->stopped.len != 0 && s->scope.total == 0 && !run_count(s))
    return fail(p, "out of memory");
  kit_console_summary(&s->console, &s->run, sum, &p->terms, &s->scope);
  if (sum->interrupted != 0) {
    int signal_number = sum->interrupted;
    fflush(s->console.out);
    close_all(p);
    platform_end_by_signal(signal_number);
    return CLI_KIT;
  }
  status = check_expectations(p) ? exit_status(p, sum) : run_complain(s, CLI_KIT, "out of memory");
  status = finish_reports(p, sum, status);
  status = update_expectations(p, status);
  close_all(p);
  return status;
}

int run_play(run_state *s) {
  performance p;
  char message[700] = "out of memory";
  int status = CLI_OK;
  memset(&p, 0, sizeof(p));
  p.s = s;
  p.terms.allow_skip = s->o->allow_skip;
  p.terms.strict = s->o->strict;
  p.terms.against = s->o->against != NULL;
  s->run.titles = s->o->reports.count > 0;
  kit_source_scan_only(s->source);
  if (s->o->expect_update && s->o->expect == NULL)
    return run_complain(s, CLI_USAGE, "--expect-update needs --expect FILE");
  if (!kit_report_requests_are_right(s->o->reports.items, s->o->reports.count, message, sizeof(message)))
    return run_complain(s, CLI_USAGE, message);
  if (!kit_scope_identify(&s->arena, &s->home, &s->scope))
    return run_complain(s, CLI_KIT, message);
  if (!open_expectations(&p, message, sizeof(message)) || !open_reports(&p, message, sizeof(message)))
    return fail(&p, message);
  if (s->o->against != NULL)
    status = run_ask_old(s);
  if (status != CLI_OK) {
    close_all(&p);
    return status;
  }
  return make_runner(&p) ? play(&p) : fail(&p, "out of memory");
}
