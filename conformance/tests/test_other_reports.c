/* SPDX-License-Identifier: Apache-2.0 */
/* Reports of what is no comparison, as hcsrun smoke writes them: nothing in them speaks of profiles, and the title says
 * what came of it. */
#include "platform/platform.h"
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static char path[100], text[65536];

static void write_report(const char *kind) {
  char request[200], message[300] = "";
  kit_summary summary;
  kit_report_info info;
  kit_case c;
  kit_result r;
  kit_report *report;
  memset(&summary, 0, sizeof(summary));
  memset(&info, 0, sizeof(info));
  memset(&c, 0, sizeof(c));
  memset(&r, 0, sizeof(r));
  snprintf(request, sizeof(request), "%s=%s", kind, path);
  report = kit_report_open(request, hcsref_str_from(NULL, 0), false, message, sizeof(message));
  assert_non_null(report);
  c.id = HCSREF_LIT("run/exit-code");
  c.area = HCSREF_LIT("run");
  c.file = HCSREF_LIT("hcsrun smoke");
  c.title = HCSREF_LIT("The exit code comes back");
  c.has_title = true;
  c.op = HCSREF_LIT("container");
  r.verdict = KIT_FAIL;
  r.failure = KIT_DIFFERENCE;
  r.group = KIT_NO_GROUP;
  r.reason = HCSREF_LIT("it was 1");
  kit_report_result(report, &c, &r);
  summary.verdicts[KIT_PASS] = 3;
  summary.verdicts[KIT_FAIL] = 1;
  summary.verdicts[KIT_SKIP] = 2;
  info.subject = "hcsrun smoke";
  info.summary = &summary;
  info.command = "hcsrun smoke (simulated service)";
  info.status = 1;
  if (!kit_report_finish(report, &info, message, sizeof(message)))
    fail_msg("%s", message);
}

static void read_back(void) {
  FILE *file = platform_open(path, PLATFORM_READ);
  size_t got;
  assert_non_null(file);
  got = fread(text, 1, sizeof(text) - 1, file);
  text[got] = '\0';
  fclose(file);
  platform_remove(path);
}

static void are_of_their_own(void **state) {
  static const char *const kinds[] = {"html", "tap", "junit", "json", "markdown", "sarif", "github", "badge"};
  size_t i;
  (void)state;
  for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
    write_report(kinds[i]);
    read_back();
    if (strstr(text, "profile") != NULL || strstr(text, "compared: ") != NULL || strstr(text, "asked") != NULL ||
        strstr(text, "hcsproof run") != NULL)
      fail_msg("%s: %s", kinds[i], text);
    if (i < 5)
      assert_non_null(strstr(text, "it was 1"));
  }
}

static void say_what_came_of_it(void **state) {
  (void)state;
  write_report("html");
  read_back();
  assert_non_null(strstr(text, "<title>hcsrun smoke: 3 passed, 1 failed, 2 skipped</title>"));
  write_report("markdown");
  read_back();
  assert_non_null(strstr(text, "## hcsrun smoke: 3 passed, 1 failed, 2 skipped"));
  write_report("junit");
  read_back();
  assert_non_null(strstr(text, "<testsuites name=\"hcsrun smoke\""));
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(are_of_their_own), cmocka_unit_test(say_what_came_of_it)};
  if (!platform_start(&argc, &argv))
    return 1;
  snprintf(path, sizeof(path), "hcsproof-other-report-%lu", platform_process_id());
  return cmocka_run_group_tests(tests, NULL, NULL);
}
