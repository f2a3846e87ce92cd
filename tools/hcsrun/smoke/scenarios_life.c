/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios: how containers and their processes end, start again and stand side by side, and what is told of them. */
#include "smoke/scenarios.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>

void scenario_graceful_shutdown(scene *s) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  if (!scene_up(s, false))
    return;
  EXPECT(s, hcsref_live_shutdown(s->c.live, &err), "%v", err.message);
}

/* Brings the container up with a process in it that does not end by itself. */
static bool up_with_sleeper(scene *s, hcsref_live_process **process) {
  static const char *const forever[] = {"sleep", "600000", NULL};
  return scene_up(s, false) && scene_start(s, forever, process);
}

void scenario_kill_process(scene *s) {
  hcsref_live_process *process;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  uint32_t code = 0;
  if (!up_with_sleeper(s, &process))
    return;
  if (hcsref_live_wait(process, 300, &code, &err))
    scene_fail(s, "it ended by itself, with %u", (uint64_t)code);
  else if (!hcsref_live_kill(process, &err) || !hcsref_live_wait(process, s->timeout_ms, &code, &err))
    scene_fail(s, "%v", err.message);
  hcsref_live_process_close(process);
}

void scenario_signal_process(scene *s) {
  hcsref_live_process *process;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  uint32_t code = 0;
  if (!up_with_sleeper(s, &process))
    return;
  if (!hcsref_live_signal(process, HCSREF_LIT("CtrlC"), &err) || !hcsref_live_wait(process, s->timeout_ms, &code, &err))
    scene_fail(s, "%v", err.message);
  hcsref_live_process_close(process);
}

void scenario_terminate_with_process(scene *s) {
  hcsref_live_process *process;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  uint32_t code = 0;
  if (!up_with_sleeper(s, &process))
    return;
  if (!hcsref_live_terminate(s->c.live, &err))
    scene_fail(s, "%v", err.message);
  else if (!hcsref_live_wait(process, s->timeout_ms, &code, &err))
    scene_fail(s, "the process outlived its container: %v", err.message);
  hcsref_live_process_close(process);
}

void scenario_two_at_once(scene *s) {
  container other;
  hcsref_oci_spec *spec = spec_new(&s->arena);
  hcsref_str message = {NULL, 0};
  outcome o;
  if (spec == NULL || !scene_up(s, false))
    return;
  if (!container_up(&other, s->s, spec, false))
    scene_fail(s, "the second: %v", other.err.message);
  else if (PROBE(s, &o, "exit", "5") && o.exit_code != 5)
    scene_fail(s, "exit code %u in the first, beside the second", (uint64_t)o.exit_code);
  else if (hcsref_str_equal(other.claim.id, s->c.claim.id))
    scene_fail(s, "both have one id");
  if (!container_down(&other, &s->arena, &message))
    scene_fail(s, "the second could not be undone: %v", message);
}

/* A second container on a scratch that one has been on. */
void scenario_restart_on_scratch(scene *s) {
  hcsref_live *live;
  hcsref_str scratch, copy;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  if (!scene_up(s, false))
    return;
  scratch = s->c.claim.scratch;
  if (!hcsref_live_shutdown(s->c.live, &err) || !hcsref_str_copy(&s->arena, s->c.document, &copy)) {
    scene_fail(s, "%v", err.message);
    return;
  }
  live = hcsref_live_new(&s->s->windows.api, &s->s->settings);
  if (live == NULL || !hcsref_live_create(live, s->c.claim.id, copy, &err) || !hcsref_live_start(live, &err))
    scene_fail(s, "again on %v: %v", scratch, err.message);
  hcsref_live_close(live, &s->arena, NULL);
}

void scenario_statistics(scene *s) {
  hcsref_str answer;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_v2_properties properties;
  memset(&properties, 0, sizeof properties);
  if (!scene_up(s, false))
    return;
  Sleep(20);
  EXPECT(s, hcsref_live_properties(s->c.live, HCSREF_LIT("{\"PropertyTypes\":[\"Statistics\"]}"), &answer, &err), "%v",
         err.message);
  EXPECT(s, hcsref_json_decode(&s->arena, answer, &hcsref_type_v2_properties, HCSREF_JSON_WHOLE, &properties, &err),
         "%v", err.message);
  EXPECT(s, properties.statistics != NULL && properties.statistics->uptime_100ns > 0, "no statistics: %v", answer);
  EXPECT(s, hcsref_str_equal(properties.owner, s->s->owner), "its owner is %q", properties.owner);
}

void scenario_process_list(scene *s) {
  hcsref_live_process *process;
  hcsref_str answer, number;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  if (!up_with_sleeper(s, &process))
    return;
  if (!hcsref_live_properties(s->c.live, HCSREF_LIT("{\"PropertyTypes\":[\"ProcessList\"]}"), &answer, &err))
    scene_fail(s, "%v", err.message);
  else if (hcsref_format(&s->arena, &number, "\"ProcessId\":%u",
                         (uint64_t)hcsref_live_process_info(process)->process_id)) {
    char text[40];
    snprintf(text, sizeof text, "%.*s", (int)number.len, number.data);
    if (!text_holds(answer, text))
      scene_fail(s, "%v is not in %v", number, answer);
  }
  hcsref_live_kill(process, &err);
  hcsref_live_process_close(process);
}
