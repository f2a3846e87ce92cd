/* SPDX-License-Identifier: Apache-2.0 */
/* The frame of every call: trace, time limit, answer, error. */
#include "live/live.h"

#include <string.h>

#define GRACE_MS 2000u /* a call that waits itself is given this much more before it is left alone */

const hcsref_wchar *hcsref_live_wide(hcsref_live *live, hcsref_str text) {
  return hcsref_to_utf16(&live->arena, text);
}

live_call *hcsref_live_call_new(hcsref_live *live) {
  live_call *call = hcsref_arena_alloc(&live->arena, sizeof(*call));
  if (call != NULL) {
    call->api = live->api;
    call->core_text = live->api->core != NULL;
    call->ms = live->settings.action_ms;
  }
  return call;
}

static void trace(hcsref_live *live, const char *name, hcsref_str argument) {
  hcsref_str line;
  if (live->settings.trace != NULL &&
      hcsref_format(&live->arena, &line, argument.len == 0 ? "%s%v" : "%s %v", name, argument))
    live->settings.trace(live->settings.trace_ctx, line);
}

static bool take_text(hcsref_live *live, live_call *call, hcsref_str *out) {
  bool ok = hcsref_from_utf16(&live->arena, call->text, out);
  if (call->text != NULL)
    (call->core_text ? live->api->free_core_text : live->api->free_vm_text)(call->text);
  call->text = NULL;
  return ok;
}

static bool fail_result(hcsref_live *live, const live_call *call, const char *name, hcsref_str text,
                        hcsref_error *err) {
  hcsref_str message;
  live->last = call->result;
  if (!hcsref_live_describe(&live->arena, hcsref_cstr(call->failed != NULL ? call->failed : name), call->result, text,
                            &message))
    return hcsref_fail_memory(err);
  return hcsref_fail(&live->arena, err,
                     hcsref_hresult_condition(call->result) == HCSREF_HCS_TIMEOUT ? "hcs-timeout" : "hcs-failed",
                     hcsref_str_from(NULL, 0), "%v", message);
}

bool hcsref_live_call(hcsref_live *live, live_call *call, const char *name, hcsref_str argument,
                      void (*run)(live_call *call), uint32_t limit_ms, hcsref_str *answer, hcsref_error *err) {
  hcsref_str text = {NULL, 0};
  bool started = true;
  live->last = 0;
  if (call == NULL)
    return hcsref_fail_memory(err);
  trace(live, name, argument);
  if (live->settings.dry)
    return true;
  if (!live->api->os->run_limited((void (*)(void *))run, call, limit_ms, &started)) {
    live->abandoned = live->abandoned || started;
    return started ? hcsref_fail(&live->arena, err, "hcs-timeout", hcsref_str_from(NULL, 0),
                                 "%s: no answer within %u ms", name, (uint64_t)limit_ms)
                   : hcsref_fail_memory(err);
  }
  if (!take_text(live, call, &text))
    return hcsref_fail_memory(err);
  if (call->result < 0)
    return fail_result(live, call, name, text, err);
  if (answer != NULL)
    *answer = text;
  return true;
}

bool hcsref_live_quick(hcsref_live *live, live_call *call, const char *name, hcsref_str argument,
                       void (*run)(live_call *call), hcsref_str *answer, hcsref_error *err) {
  if (call != NULL)
    call->ms = live->settings.call_ms;
  return hcsref_live_call(live, call, name, argument, run, live->settings.call_ms + GRACE_MS, answer, err);
}
