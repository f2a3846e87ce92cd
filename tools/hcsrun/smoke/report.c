/* SPDX-License-Identifier: Apache-2.0 */
#include "smoke/report.h"

#include "console.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool describe_host(smoke_reports *r, const session *s) {
  const size_t size = 160;
  r->host = malloc(size);
  if (r->host != NULL)
    snprintf(r->host, size, "Windows build %lu, %s, documents of schema %d%s", (unsigned long)hcsref_windows_build(),
             s->windows.api.core != NULL ? "computecore.dll" : "vmcompute.dll", s->schema1 ? 1 : 2,
             system_is_simulated() ? ", the simulated service" : "");
  return r->host != NULL;
}

bool smoke_reports_are_right(const cli_list *requests) {
  char message[600];
  if (kit_report_requests_are_right(requests->items, requests->count, message, sizeof message))
    return true;
  tell("%s", message);
  return false;
}

bool smoke_reports_open(smoke_reports *r, const session *s, const cli_list *requests) {
  char message[600];
  memset(r, 0, sizeof(*r));
  r->open = calloc(requests->count + 1, sizeof(kit_report *));
  if (r->open == NULL || !describe_host(r, s)) {
    tell("out of memory");
    return false;
  }
  for (size_t i = 0; i < requests->count; i++) {
    r->open[i] = kit_report_open(requests->items[i], hcsref_str_from(NULL, 0), false, message, sizeof message);
    if (r->open[i] == NULL) {
      tell("%s", message);
      return false;
    }
    r->count++;
  }
  return true;
}

/* A scenario is a case that is in no file and asks nothing. */
static void fill_case(const scenario *what, kit_case *out) {
  const char *slash = strchr(what->id, '/');
  memset(out, 0, sizeof(*out));
  out->id = hcsref_cstr(what->id);
  out->area = hcsref_str_from(what->id, slash == NULL ? strlen(what->id) : (size_t)(slash - what->id));
  out->title = hcsref_cstr(what->title);
  out->why = hcsref_cstr(what->why);
  out->op = HCSREF_LIT("container");
  out->level = KIT_MUST;
  out->has_title = true;
}

static void fill_result(const outcome_row *row, kit_result *out) {
  static const kit_verdict verdicts[] = {KIT_PASS, KIT_FAIL, KIT_SKIP};
  memset(out, 0, sizeof(*out));
  out->verdict = verdicts[row->verdict];
  out->group = KIT_NO_GROUP;
  if (row->verdict != PASSED)
    out->failure = row->verdict == SKIPPED ? KIT_UNSUPPORTED : KIT_DIFFERENCE;
  out->reason = hcsref_cstr(row->reason);
  out->answer = hcsref_cstr(row->log);
  out->microseconds = row->microseconds;
}

void smoke_reports_add(smoke_reports *r, const scenario *what, const outcome_row *row) {
  kit_case c;
  kit_result result;
  fill_case(what, &c);
  fill_result(row, &result);
  for (size_t i = 0; i < r->count; i++)
    kit_report_result(r->open[i], &c, &result);
}

static void fill_info(const smoke_reports *r, const smoke_result *result, kit_summary *summary, kit_report_info *info) {
  time_t began = time(NULL) - (time_t)(result->microseconds / 1000000);
  const struct tm *parts = gmtime(&began);
  memset(summary, 0, sizeof(*summary));
  summary->selected = result->counts[PASSED] + result->counts[FAILED] + result->counts[SKIPPED];
  summary->verdicts[KIT_PASS] = result->counts[PASSED];
  summary->verdicts[KIT_FAIL] = result->counts[FAILED];
  summary->verdicts[KIT_SKIP] = result->counts[SKIPPED];
  memcpy(summary->levels[KIT_MUST].verdicts, summary->verdicts, sizeof summary->verdicts);
  summary->microseconds = result->microseconds;
  memset(info, 0, sizeof(*info));
  info->summary = summary;
  if (result->status == RUN_INTERRUPTED)
    summary->stopped = HCSREF_LIT("interrupted by Ctrl-C");
  info->subject = "hcsrun smoke";
  info->command = r->host;
  info->status = result->status;
  if (parts != NULL)
    (void)strftime(info->started, sizeof info->started, "%Y-%m-%dT%H:%M:%SZ", parts);
}

bool smoke_reports_finish(smoke_reports *r, const smoke_result *result) {
  kit_summary summary;
  kit_report_info info;
  char message[600];
  bool ok = true;
  fill_info(r, result, &summary, &info);
  for (size_t i = 0; i < r->count; i++) {
    if (kit_report_finish(r->open[i], &info, message, sizeof message))
      continue;
    tell("%s", message);
    ok = false;
  }
  r->count = 0;
  return ok;
}

void smoke_reports_free(smoke_reports *r) {
  for (size_t i = 0; i < r->count; i++)
    kit_report_abandon(r->open[i]);
  free(r->open);
  free(r->host);
  memset(r, 0, sizeof(*r));
}
