/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a report: results into a nameless file, at the end the whole into its place. */
#include "report/format.h"

#include "io/output.h"
#include "platform/platform.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct kit_report {
  const kit_format *format;
  kit_format_state state;
  const char *path;  /* in the request */
  output_file whole; /* the report; opened at once, so that a wrong path is told before a long run */
  FILE *results;     /* what goes between its head and its tail */
};

static const kit_format *const formats[] = {
    &kit_format_tap,      &kit_format_junit,  &kit_format_json,  &kit_format_html,
    &kit_format_markdown, &kit_format_github, &kit_format_sarif, &kit_format_badge,
};

const char kit_report_kinds[] = "tap|junit|json|html|markdown|github|sarif|badge";

static const kit_format *find_format(const char *name, size_t length) {
  size_t i;
  for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
    if (strlen(formats[i]->name) == length && memcmp(formats[i]->name, name, length) == 0)
      return formats[i];
  return NULL;
}

static void free_report(kit_report *report) {
  if (report->results != NULL)
    fclose(report->results);
  if (report->state.aside != NULL)
    fclose(report->state.aside);
  free(report);
}

/* What "KIND=PATH" asks for; null: it does not have that form, and `message` says so. */
static const kit_format *read_request(const char *request, const char **path, char *message, size_t size) {
  const char *equals = strchr(request, '=');
  const kit_format *format = equals == NULL ? NULL : find_format(request, (size_t)(equals - request));
  if (format == NULL || equals[1] == '\0') {
    snprintf(message, size, "--report %.200s: should be KIND=PATH, with KIND one of %s", request, kit_report_kinds);
    return NULL;
  }
  *path = equals + 1;
  return format;
}

bool kit_report_requests_are_right(const char *const *requests, size_t count, char *message, size_t size) {
  const char *path, *earlier;
  for (size_t i = 0; i < count; i++) {
    if (read_request(requests[i], &path, message, size) == NULL)
      return false;
    for (size_t k = 0; k < i; k++) {
      if (read_request(requests[k], &earlier, message, size) != NULL && strcmp(path, earlier) == 0) {
        snprintf(message, size, "--report %.200s: another report is written there", requests[i]);
        return false;
      }
    }
  }
  return true;
}

kit_report *kit_report_open(const char *request, hcsref_str repro, bool strict, char *message, size_t size) {
  const char *path;
  const kit_format *format = read_request(request, &path, message, size);
  kit_report *report;
  if (format == NULL)
    return NULL;
  report = calloc(1, sizeof(*report));
  if (report == NULL) {
    snprintf(message, size, "out of memory");
    return NULL;
  }
  report->format = format;
  report->path = path;
  report->state.repro = repro;
  report->state.strict = strict;
  report->results = platform_temporary();
  report->state.aside = format->middle == NULL ? NULL : platform_temporary();
  if (report->results != NULL && (format->middle == NULL || report->state.aside != NULL) &&
      output_open(report->path, &report->whole))
    return report;
  snprintf(message, size, "%.300s: %s", report->path, output_reason(errno));
  free_report(report);
  return NULL;
}

void kit_report_result(void *context, const kit_case *c, const kit_result *result) {
  kit_report *report = context;
  if (report->format->result != NULL)
    report->format->result(report->results, &report->state, c, result);
  report->state.count++;
}

static bool close_report(kit_report *report, bool keep) {
  bool ok = output_close(&report->whole, keep);
  int error = errno;
  free_report(report);
  errno = error;
  return ok;
}

void kit_report_abandon(kit_report *report) {
  if (report != NULL)
    (void)close_report(report, false);
}

/* ---- putting it together ------------------------------------------------------------------------------ */

static bool copy_results(FILE *results, FILE *out) {
  char block[16384];
  size_t got;
  if (fflush(results) != 0 || ferror(results) || fseek(results, 0, SEEK_SET) != 0)
    return false;
  while ((got = fread(block, 1, sizeof(block), results)) > 0)
    if (fwrite(block, 1, got, out) != got)
      return false;
  return !ferror(results);
}

static bool write_whole(kit_report *report, const kit_report_info *info) {
  FILE *out = report->whole.file;
  if (report->format->head != NULL)
    report->format->head(out, info);
  if (!copy_results(report->results, out))
    return false;
  if (report->format->middle != NULL) {
    report->format->middle(out, info);
    if (!copy_results(report->state.aside, out))
      return false;
  }
  if (report->format->tail != NULL)
    report->format->tail(out, info);
  return fflush(out) == 0 && !ferror(out);
}

bool kit_report_finish(kit_report *report, const kit_report_info *info, char *message, size_t size) {
  const char *path = report->path;
  bool whole, ok;
  int error;
  errno = 0;
  whole = write_whole(report, info);
  error = errno;
  ok = close_report(report, whole);
  if (ok && whole)
    return true;
  error = whole ? errno : error;
  message[0] = '\0';
  if (!output_is_standard(path) || !platform_output_abandoned())
    snprintf(message, size, "%.300s: %s", output_is_standard(path) ? "standard output" : path,
             strerror(error == 0 ? EIO : error));
  return false;
}
