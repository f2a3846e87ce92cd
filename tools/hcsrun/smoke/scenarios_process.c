/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios: what goes into a process and what comes out of it, in a container with a name. */
#include "smoke/scenarios.h"

#include <string.h>

void scenario_exit_code(scene *s) {
  outcome o;
  if (!scene_up(s, false) || !PROBE(s, &o, "exit", "42"))
    return;
  EXPECT(s, o.exit_code == 42, "exit code %u instead of 42", (uint64_t)o.exit_code);
}

void scenario_streams(scene *s) {
  outcome o;
  if (!scene_up(s, false) || !PROBE(s, &o, "out", "to stdout"))
    return;
  EXPECT(s, text_is(o.out, "to stdout") && o.err.len == 0, "stdout %q, stderr %q", o.out, o.err);
  if (!PROBE(s, &o, "err", "to stderr"))
    return;
  EXPECT(s, text_is(o.err, "to stderr") && o.out.len == 0, "stdout %q, stderr %q", o.out, o.err);
}

void scenario_standard_input(scene *s) {
  static const char *const cat[] = {"cat", NULL};
  outcome o;
  if (!scene_up(s, false) || !scene_probe_more(s, &o, cat, "first\nsecond\n", NULL))
    return;
  EXPECT(s, text_is(o.out, "first\nsecond\n"), "it read %q", o.out);
}

void scenario_large_output(scene *s) {
  outcome o;
  if (!scene_up(s, false) || !PROBE(s, &o, "flood", "1000000"))
    return;
  EXPECT(s, o.out.len == 1000000, "%u bytes instead of 1000000", (uint64_t)o.out.len);
}

void scenario_environment(scene *s) {
  static const char *const env[] = {"env", "HCSRUN_GREETING", NULL};
  process_options more;
  hcsref_string_entry entry = {HCSREF_LIT("HCSRUN_GREETING"), HCSREF_LIT("good day")};
  outcome o;
  memset(&more, 0, sizeof more);
  more.environment.entries = &entry;
  more.environment.len = more.environment.cap = 1;
  if (!scene_up(s, false) || !scene_probe_more(s, &o, env, NULL, &more))
    return;
  EXPECT(s, text_is(o.out, "good day"), "the variable is %q", o.out);
}

void scenario_arguments(scene *s) {
  outcome o;
  if (!scene_up(s, false) || !PROBE(s, &o, "args", "plain", "two words", "", "q\"q", "end\\", "a b\\"))
    return;
  EXPECT(s, text_is(o.out, "[plain]\n[two words]\n[]\n[q\"q]\n[end\\]\n[a b\\]\n"), "it got %q", o.out);
}

void scenario_working_folder(scene *s) {
  static const char *const exists[] = {"exists", "hcsprobe.exe", NULL};
  process_options more;
  outcome o;
  memset(&more, 0, sizeof more);
  more.folder = HCSREF_LIT("C:\\hcsprobe");
  if (!scene_up(s, false) || !scene_probe_more(s, &o, exists, NULL, &more))
    return;
  EXPECT(s, o.exit_code == 0, "a file of the working folder is not there: %q", o.err);
}

void scenario_hostname(scene *s) {
  outcome o;
  s->spec->hostname = HCSREF_LIT("hcsproof-host");
  if (!scene_up(s, false) || !PROBE(s, &o, "hostname"))
    return;
  EXPECT(s, hcsref_str_equal_ascii_fold(o.out, HCSREF_LIT("hcsproof-host")), "its name is %q", o.out);
}

void scenario_missing_program(scene *s) {
  hcsref_live_process *process = NULL;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  if (!scene_up(s, false))
    return;
  if (hcsref_live_run(s->c.live, HCSREF_LIT("{\"CommandLine\":\"C:\\\\no\\\\such\\\\program.exe\"}"), &process, &err)) {
    hcsref_live_process_close(process);
    scene_fail(s, "a program that does not exist was started");
    return;
  }
  hcsref_str_copy(&s->arena, err.message, &s->log);
  EXPECT(s, hcsref_live_last(s->c.live) < 0, "no code: %v", err.message);
}
