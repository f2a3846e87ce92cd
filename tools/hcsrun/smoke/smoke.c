/* SPDX-License-Identifier: Apache-2.0 */
/* hcsrun smoke: plays the scenarios, several at a time, and reports through the kit. */
#include "console.h"
#include "smoke/report.h"

#include "io/output.h"
#include "platform/platform.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct smoke_options {
  container_options c;
  cli_list filters, reports;
  const char *record, *refusals;
  uint64_t jobs, repeat;
  bool list;
} smoke_options;

typedef struct play {
  session *s;
  bool simulated;
  hcsref_str probe_folder;
  uint32_t timeout_ms;
  platform_mutex *mutex;
  size_t next, count;
  size_t *chosen; /* indices of scenarios */
  outcome_row *rows;
  smoke_reports reports;
  size_t warm; /* how many are played before the first look at what is held */
  usage before;
  bool recording; /* refusals are kept */
  output_file file;
  hcsref_arena record_arena;
  hcsref_buf record;     /* lines; guarded by the mutex */
  hcsref_slice recorded; /* refusals that are expected */
} play;

static char *copy_text(hcsref_str text) {
  char *copy = malloc(text.len + 1);
  if (copy != NULL) {
    if (text.len > 0)
      memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
  }
  return copy;
}

/* Is it what was recorded? And it is recorded. */
static void keep_refusal(play *p, scene *s, const scenario *what) {
  const refusal *expected = refusals_find(&p->recorded, hcsref_cstr(what->id));
  if (s->refused.document.len == 0)
    return;
  s->refused.scenario = hcsref_cstr(what->id);
  if (expected != NULL && hcsref_hresult_condition(expected->code) != hcsref_hresult_condition(s->refused.code)) {
    hcsref_str was = {NULL, 0};
    hcsref_live_describe(&s->arena, HCSREF_LIT("the recorded refusal"), expected->code, was, &was);
    scene_fail(s, "not the recorded refusal: %v; %v", s->refused.said, was);
  }
  if (!p->recording)
    return;
  platform_mutex_lock(p->mutex);
  refusal_append(&p->record, p->s->windows.api.core != NULL ? "computecore" : "vmcompute", &s->refused);
  platform_mutex_unlock(p->mutex);
}

static void play_one(play *p, const scenario *what, outcome_row *row) {
  scene s;
  uint64_t began = kit_now_precise();
  memset(&s, 0, sizeof s);
  hcsref_arena_init(&s.arena, NULL, 0);
  s.s = p->s;
  s.simulated = p->simulated;
  s.probe_folder = p->probe_folder;
  s.timeout_ms = p->timeout_ms;
  s.spec = spec_new(&s.arena);
  if (s.spec == NULL)
    scene_fail(&s, "out of memory");
  else if (p->simulated && what->not_simulated != NULL)
    scene_skip(&s, "the simulated service cannot show it: %s", what->not_simulated);
  else if (system_interrupted())
    scene_skip(&s, "interrupted");
  else
    what->run(&s);
  keep_refusal(p, &s, what);
  scene_end(&s);
  row->verdict = s.verdict;
  row->reason = copy_text(s.reason);
  row->log = copy_text(s.log);
  row->microseconds = kit_now_precise() - began;
  hcsref_arena_free(&s.arena);
}

static void work(void *context) {
  play *p = context;
  for (;;) {
    size_t mine;
    platform_mutex_lock(p->mutex);
    mine = p->next < p->count ? p->next++ : SIZE_MAX;
    platform_mutex_unlock(p->mutex);
    if (mine == SIZE_MAX)
      return;
    if (mine == p->warm)
      system_usage(&p->before); /* everything has been used once */
    play_one(p, &scenarios[p->chosen[mine]], &p->rows[mine]);
  }
}

static bool glob(const char *pattern, const char *text) {
  const char *star = NULL, *retry = NULL;
  while (*text != '\0') {
    if (*pattern == '*') {
      star = pattern++;
      retry = text;
    } else if (*pattern == *text) {
      pattern++;
      text++;
    } else if (star != NULL) {
      pattern = star + 1;
      text = ++retry;
    } else {
      return false;
    }
  }
  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}

static bool is_chosen(const smoke_options *options, const char *id) {
  bool chosen = options->filters.count == 0;
  for (size_t i = 0; i < options->filters.count; i++)
    chosen = chosen || glob(options->filters.items[i], id);
  return chosen;
}

/* ---- telling ---- */

static void print_row(const scenario *what, const outcome_row *row) {
  static const char *const words[] = {"passed", "FAILED", "skipped"};
  printf("%-8s %-26s %s\n", words[row->verdict], what->id, what->title);
  if (row->reason != NULL && row->reason[0] != '\0')
    print("         %s", row->reason);
  if (row->log != NULL && row->log[0] != '\0')
    print("         said: %s", row->log);
}

/* What is held now against what was held once everything was warm. */
static void print_usage(const play *p) {
  usage now;
  hcsref_windows_os.sleep_ms(3000); /* the service's idle threads end */
  system_usage(&now);
  printf("held after %u and after %u: handles %u and %u, threads %u and %u, memory %u kB and %u kB\n",
         (unsigned)p->warm, (unsigned)p->count, p->before.handles, now.handles, p->before.threads, now.threads,
         (unsigned)(p->before.memory / 1024), (unsigned)(now.memory / 1024));
}

/* ---- the recording ---- */

static bool fail_record(const smoke_options *options) {
  tell("%s: %s [record]", options->record, strerror(errno));
  return false;
}

/* Before anything is played: a file that cannot be written is told while it is cheap. */
static bool start_record(play *p, const smoke_options *options) {
  hcsref_arena_init(&p->record_arena, NULL, 0);
  p->record.arena = &p->record_arena;
  if (options->record == NULL)
    return true;
  p->recording = output_open(options->record, &p->file);
  if (!p->recording)
    return fail_record(options);
  refusal_append_host(&p->record);
  return true;
}

/* The whole recording takes the place of an earlier one, or that one stays: `keep` false, as after Ctrl-C. */
static bool end_record(play *p, const smoke_options *options, bool keep) {
  if (!p->recording)
    return true;
  p->recording = false;
  errno = ENOMEM;
  if (keep && !p->record.failed) {
    output_write(&p->file, p->record.data, p->record.len);
    return output_close(&p->file, true) || fail_record(options);
  }
  output_close(&p->file, false);
  errno = ENOMEM;
  return !keep || fail_record(options);
}

/* ---- the end ---- */

static int conclude(play *p, const smoke_options *options, uint64_t began) {
  smoke_result result;
  memset(&result, 0, sizeof result);
  for (size_t i = 0; i < p->count; i++) {
    const scenario *what = &scenarios[p->chosen[i]];
    if (options->repeat == 1 || p->rows[i].verdict != PASSED)
      print_row(what, &p->rows[i]);
    result.counts[p->rows[i].verdict]++;
    smoke_reports_add(&p->reports, what, &p->rows[i]);
  }
  result.microseconds = kit_now_precise() - began;
  result.status = system_interrupted()                                      ? RUN_INTERRUPTED
                  : result.counts[FAILED] == 0 && result.counts[PASSED] > 0 ? RUN_OK
                                                                            : RUN_FAILED;
  if (!smoke_reports_finish(&p->reports, &result) || !end_record(p, options, result.status != RUN_INTERRUPTED))
    result.status = result.status == RUN_INTERRUPTED ? RUN_INTERRUPTED : RUN_FAILED;
  if (options->repeat > 1)
    print_usage(p);
  print("%u passed, %u failed, %u skipped%s", result.counts[PASSED], result.counts[FAILED], result.counts[SKIPPED],
        p->simulated ? " (simulated service)" : "");
  return result.status;
}

/* ---- the run ---- */

static int play_all(play *p, const smoke_options *options) {
  platform_thread *threads[16];
  size_t jobs = options->jobs < p->count ? (size_t)options->jobs : p->count;
  uint64_t began = kit_now_precise();
  p->mutex = platform_mutex_new();
  p->warm = p->count > 100 ? 50 : 0;
  p->rows = calloc(p->count, sizeof(*p->rows));
  if (p->mutex == NULL || p->rows == NULL) {
    tell("out of memory");
    return RUN_SERVICE;
  }
  for (size_t i = 0; i < jobs; i++)
    threads[i] = platform_thread_start(work, p);
  for (size_t i = 0; i < jobs; i++)
    platform_thread_join(threads[i]);
  work(p); /* what no thread could be started for */
  return conclude(p, options, began);
}

static bool find_probe(session *s, hcsref_str *folder) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str own, file, message;
  if (system_own_folder(&s->arena, &own) && hcsref_format(&s->arena, folder, "%v\\probe", own) &&
      hcsref_format(&s->arena, &file, "%v\\hcsprobe.exe", *folder) &&
      host.ops->stat(host.ctx, &s->arena, file, NULL, &message) == HCSREF_PATH_OK)
    return true;
  tell("probe\\hcsprobe.exe is not beside hcsrun.exe [probe]");
  return false;
}

static bool read_refusals(play *p, const smoke_options *options) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  if (options->refusals == NULL || refusals_read(&p->s->arena, hcsref_cstr(options->refusals), &p->recorded, &err))
    return true;
  tell("%s: %v [%s]", options->refusals, err.message, err.code);
  return false;
}

static int list_scenarios(const smoke_options *options) {
  for (size_t i = 0; i < scenario_count; i++)
    if (is_chosen(options, scenarios[i].id))
      printf("%-26s %s\n", scenarios[i].id, scenarios[i].title);
  return RUN_OK;
}

static void free_rows(play *p) {
  for (size_t i = 0; p->rows != NULL && i < p->count; i++) {
    free(p->rows[i].reason);
    free(p->rows[i].log);
  }
  hcsref_arena_free(&p->record_arena);
  free(p->rows);
  free(p->chosen);
  if (p->mutex != NULL)
    platform_mutex_free(p->mutex);
}

static int run(const cli_invocation *invocation) {
  const smoke_options *options = invocation->options;
  session s;
  play p;
  int status;
  if (options->list)
    return list_scenarios(options);
  memset(&p, 0, sizeof p);
  p.s = &s;
  p.chosen = calloc(scenario_count * (size_t)options->repeat, sizeof(*p.chosen));
  if (p.chosen == NULL) {
    tell("out of memory");
    return RUN_SERVICE;
  }
  for (uint64_t turn = 0; turn < options->repeat; turn++)
    for (size_t i = 0; i < scenario_count; i++)
      if (is_chosen(options, scenarios[i].id))
        p.chosen[p.count++] = i;
  if (p.count == 0) {
    tell("smoke: no scenario matches --filter (see --list)");
    free(p.chosen);
    return RUN_USAGE;
  }
  status = session_open(&s, &options->c, true, false);
  if (status == RUN_OK) {
    p.simulated = system_is_simulated();
    p.timeout_ms = (uint32_t)options->c.timeout;
    system_catch_interrupts();
    status = !smoke_reports_are_right(&options->reports) || !read_refusals(&p, options) ? RUN_USAGE
             : !find_probe(&s, &p.probe_folder)                                         ? RUN_SERVICE
             : !start_record(&p, options) || !smoke_reports_open(&p.reports, &s, &options->reports)
                 ? RUN_FAILED
                 : play_all(&p, options);
    smoke_reports_free(&p.reports);
    end_record(&p, options, false);
  }
  free_rows(&p);
  session_close(&s);
  return status;
}

static const cli_option rows[] = {
    {.name = "filter",
     .kind = CLI_TEXT,
     .repeatable = true,
     .argument = "GLOB",
     .offset = offsetof(smoke_options, filters),
     .help = "Play only scenarios whose id matches; '*' matches any text.",
     .example = "mount/*"},
    {.name = "report",
     .kind = CLI_TEXT,
     .repeatable = true,
     .argument = "KIND=PATH",
     .offset = offsetof(smoke_options, reports),
     .help = "Write a report: tap, junit, json, html, markdown, github, sarif or badge.",
     .example = "junit=smoke.xml"},
    {.name = "jobs",
     .short_name = 'j',
     .kind = CLI_NUMBER,
     .argument = "N",
     .offset = offsetof(smoke_options, jobs),
     .least = 1,
     .most = 16,
     .fallback = "2",
     .help = "How many scenarios to play at a time."},
    {.name = "repeat",
     .kind = CLI_NUMBER,
     .argument = "N",
     .offset = offsetof(smoke_options, repeat),
     .least = 1,
     .most = 10000,
     .fallback = "1",
     .help = "Play each scenario this many times, and show how many handles and threads and how much memory this "
             "program holds before and after."},
    {.name = "record",
     .kind = CLI_FILE,
     .argument = "FILE",
     .offset = offsetof(smoke_options, record),
     .help = "Write the service's reply to each document that it refused, one line per refusal, for --refusals and for "
             "'hcsproof check'."},
    {.name = "refusals",
     .kind = CLI_FILE,
     .argument = "FILE",
     .offset = offsetof(smoke_options, refusals),
     .help = "Expect each refusal to have the code in FILE, which was recorded on another host."},
    {.name = "list",
     .kind = CLI_FLAG,
     .offset = offsetof(smoke_options, list),
     .help = "Print the scenarios and exit."},
    CONTAINER_OPTIONS(smoke_options)};
static const cli_example examples[] = {
    {"hcsrun smoke --image mcr.microsoft.com/windows/nanoserver:ltsc2022 --report junit=smoke.xml",
     "Plays all scenarios."},
    {"hcsrun smoke --layers C:\\layers\\base --filter 'mount/*' -v",
     "Plays the scenarios about mounts and shows each call."},
};
static const cli_status statuses[] = {
    {RUN_OK, "all passed, or were skipped with a reason"},
    {RUN_FAILED, "a scenario failed, or a report or the recording could not be written"},
    {RUN_USAGE, "wrong options, or nothing matched"},
    {RUN_SERVICE, "there is no service, or there are no layers"},
    {RUN_INTERRUPTED, "Ctrl-C; everything that was made has been removed"},
};

const cli_command smoke_command = {
    .name = "smoke",
    .summary = "test containers from the inside",
    .description = "Plays scenarios on real containers. Each asserts, from inside the container or from the service's "
                   "own answers, something that the container's document promised. What this host cannot do is "
                   "skipped, with the reason; where a refusal is expected, the service's own words are shown.\n\nThe "
                   "program probe\\hcsprobe.exe, beside this one, is mounted into each container.",
    .options_size = sizeof(smoke_options),
    .options = rows,
    .option_count = CLI_COUNT(rows),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
