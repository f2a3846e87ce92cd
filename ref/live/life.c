/* SPDX-License-Identifier: Apache-2.0 */
/* A container's beginning and end, for its owner: what was done is undone. */
#include "live/live.h"

#define CALL_MS   60000u
#define ACTION_MS 240000u

hcsref_live *hcsref_live_new(const hcsref_live_api *api, const hcsref_live_settings *settings) {
  hcsref_arena arena;
  hcsref_live *live;
  hcsref_arena_init(&arena, NULL, 0);
  live = hcsref_arena_alloc(&arena, sizeof(*live));
  if (live == NULL)
    return NULL;
  live->arena = arena;
  live->api = api;
  live->backend = api->core != NULL ? &live_core_backend : &live_vm_backend;
  live->settings = *settings;
  if (live->settings.call_ms == 0)
    live->settings.call_ms = CALL_MS;
  if (live->settings.action_ms == 0)
    live->settings.action_ms = ACTION_MS;
  live->inbox = hcsref_live_inbox_new(api->os);
  if (live->inbox == NULL) {
    arena = live->arena;
    hcsref_arena_free(&arena);
    return NULL;
  }
  return live;
}

hcsref_hresult hcsref_live_last(const hcsref_live *live) {
  return live->last;
}

/* Keeps the first of several failures. */
static void keep_failure(hcsref_arena *arena, const hcsref_error *err, bool *ok, hcsref_str *message) {
  if (*ok && message != NULL && !hcsref_str_copy(arena, err->message, message))
    *message = HCSREF_LIT("out of memory");
  *ok = false;
}

static bool close_system(hcsref_live *live, hcsref_error *err) {
  live_call *call = hcsref_live_call_new(live);
  if (call == NULL)
    return hcsref_fail_memory(err);
  call->system = live->system;
  call->callback = live->callback;
  live->created = live->opened = false;
  return hcsref_live_quick(live, call, "HcsCloseComputeSystem", hcsref_str_from(NULL, 0), live->backend->close, NULL,
                           err);
}

bool hcsref_live_close(hcsref_live *live, hcsref_arena *arena, hcsref_str *message) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_arena own;
  hcsref_error not_ended = {NULL, {NULL, 0}, {NULL, 0}};
  bool ok = true, ended;
  if (live == NULL)
    return true;
  ended = !live->created || live->stopped || hcsref_live_terminate(live, &not_ended);
  if (live->lost && hcsref_live_open(live, live->id, NULL))
    ended = hcsref_live_terminate(live, &not_ended);
  if ((live->created || live->opened) && !close_system(live, &err))
    keep_failure(arena, &err, &ok, message);
  if (live->has_namespace && !hcsref_live_drop_namespace(live, &err))
    keep_failure(arena, &err, &ok, message);
  if (!hcsref_live_unmount(live, &err))
    keep_failure(arena, &err, &ok, message);
  /* It ends with its last handle too: what its layers could be taken from under is gone. */
  if (!ended && !ok)
    keep_failure(arena, &not_ended, &ok, message);
  if (live->abandoned)
    return ok; /* the memory is still in use */
  hcsref_live_inbox_free(live->inbox);
  own = live->arena;
  hcsref_arena_free(&own);
  return ok;
}
