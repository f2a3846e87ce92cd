/* SPDX-License-Identifier: Apache-2.0 */
/* The container's file system: scratch over parents. Source: hcsshim internal/wclayer, internal/layers/wcow_mount.go.
 */
#include "hcsref/path.h"
#include "live/live.h"

#include <string.h>

#define TRIES       5u /* layers.mountProcessIsolatedWCIFSLayers, for a quirk of 1809 */
#define TRY_WAIT_MS 100u
#define MOUNT_UNITS 1024u

static const hcsref_wchar no_home[] = {0};
static const hcsref_wc_driver driver = {1, no_home};

static void run_name_to_guid(live_call *call) {
  call->result = call->api->layers->name_to_guid(call->id, &call->guid);
}

static void run_create_scratch(live_call *call) {
  call->result = call->api->layers->create_sandbox_layer(&driver, call->id, 0, call->parents, call->count);
}

static void run_activate(live_call *call) {
  call->result = call->api->layers->activate_layer(&driver, call->id);
}

static void run_prepare(live_call *call) {
  call->result = call->api->layers->prepare_layer(&driver, call->id, call->parents, call->count);
}

static void run_unprepare(live_call *call) {
  call->result = call->api->layers->unprepare_layer(&driver, call->id);
}

static void run_deactivate(live_call *call) {
  call->result = call->api->layers->deactivate_layer(&driver, call->id);
}

static void run_destroy(live_call *call) {
  call->result = call->api->layers->destroy_layer(&driver, call->id);
}

/* Asked twice: for the length and for the text. */
static void run_mount_path(live_call *call) {
  call->length = 0;
  call->result = call->api->layers->get_layer_mount_path(&driver, call->id, &call->length, NULL);
  if (call->result < 0)
    return;
  if (call->length == 0 || call->length > MOUNT_UNITS - 1) {
    call->buffer[0] = 0;
    return;
  }
  call->result = call->api->layers->get_layer_mount_path(&driver, call->id, &call->length, call->buffer);
}

bool hcsref_live_layer_id(hcsref_live *live, hcsref_str name, hcsref_guid *id, hcsref_error *err) {
  live_call *call = hcsref_live_call_new(live);
  if (call == NULL || (call->id = hcsref_live_wide(live, name)) == NULL)
    return hcsref_fail_memory(err);
  if (!hcsref_live_quick(live, call, "NameToGuid", name, run_name_to_guid, NULL, err))
    return false;
  *id = hcsref_guid_from_windows(call->guid);
  return true;
}

static hcsref_wc_layer *describe_parents(hcsref_live *live, const hcsref_str *parents, size_t count,
                                         hcsref_error *err) {
  hcsref_wc_layer *list = hcsref_arena_array(&live->arena, count, sizeof(*list));
  for (size_t i = 0; list != NULL && i < count; i++) {
    hcsref_guid id;
    hcsref_str name;
    memset(&id, 0, sizeof(id));
    if (!hcsref_path_base(&live->arena, parents[i], &name) ||
        (list[i].path = hcsref_live_wide(live, parents[i])) == NULL)
      list = NULL;
    else if (!hcsref_live_layer_id(live, name, &id, err))
      return NULL;
    else
      list[i].id = hcsref_guid_to_windows(id);
  }
  if (list == NULL)
    hcsref_fail_memory(err);
  return list;
}

/* A call about the scratch. */
static bool on_scratch(hcsref_live *live, const char *name, void (*run)(live_call *call),
                       const hcsref_wc_layer *parents, size_t count, hcsref_error *err) {
  live_call *call = hcsref_live_call_new(live);
  if (call == NULL || (call->id = hcsref_live_wide(live, live->scratch)) == NULL)
    return hcsref_fail_memory(err);
  call->parents = parents;
  call->count = count;
  return hcsref_live_quick(live, call, name, live->scratch, run, NULL, err);
}

static bool may_try_again(const hcsref_live *live) {
  uint32_t code = (uint32_t)live->last;
  return code == HCSREF_ERROR_NOT_READY || code == HCSREF_ERROR_NOT_CONNECTED;
}

static bool activate_and_prepare(hcsref_live *live, const hcsref_wc_layer *parents, size_t count, hcsref_error *err) {
  if (!on_scratch(live, "ActivateLayer", run_activate, NULL, 0, err))
    return false;
  live->active = true;
  if (on_scratch(live, "PrepareLayer", run_prepare, parents, count, err)) {
    live->prepared = true;
    return true;
  }
  {
    hcsref_hresult why = live->last;
    if (on_scratch(live, "DeactivateLayer", run_deactivate, NULL, 0, NULL))
      live->active = false;
    live->last = why;
  }
  return false;
}

static bool mount_path(hcsref_live *live, hcsref_str *volume, hcsref_error *err) {
  live_call *call = hcsref_live_call_new(live);
  if (call == NULL || (call->id = hcsref_live_wide(live, live->scratch)) == NULL ||
      (call->buffer = hcsref_arena_array(&live->arena, MOUNT_UNITS, sizeof(*call->buffer))) == NULL)
    return hcsref_fail_memory(err);
  if (!hcsref_live_quick(live, call, "GetLayerMountPath", live->scratch, run_mount_path, NULL, err))
    return false;
  if (live->settings.dry) {
    *volume = HCSREF_LIT("\\\\?\\Volume{00000000-0000-0000-0000-000000000000}\\");
    return true;
  }
  if (!hcsref_from_utf16(&live->arena, call->buffer, volume))
    return hcsref_fail_memory(err);
  return volume->len > 0 || hcsref_fail(&live->arena, err, "hcs-answer", hcsref_str_from(NULL, 0),
                                        "GetLayerMountPath: %v has no volume", live->scratch);
}

bool hcsref_live_mount(hcsref_live *live, const hcsref_str *parents, size_t count, hcsref_str scratch, bool make,
                       hcsref_str *volume, hcsref_error *err) {
  const hcsref_wc_layer *list = describe_parents(live, parents, count, err);
  bool mounted = false;
  if (list == NULL)
    return false;
  live->scratch = scratch;
  if (make) {
    if (!live->settings.dry && !live->api->os->folder_make(scratch))
      return hcsref_fail(&live->arena, err, "scratch", hcsref_str_from(NULL, 0),
                         "%v could not be made: it is there already, or its parent is not", scratch);
    live->scratch_made = true;
    if (!on_scratch(live, "CreateSandboxLayer", run_create_scratch, list, count, err))
      return false;
  }
  for (unsigned i = 0; i < TRIES && !mounted; i++) {
    if (i > 0)
      live->api->os->sleep_ms(TRY_WAIT_MS);
    mounted = activate_and_prepare(live, list, count, err);
    if (!mounted && !may_try_again(live))
      return false;
  }
  return mounted && mount_path(live, volume, err);
}

void hcsref_live_adopt(hcsref_live *live, hcsref_str scratch, const hcsref_guid *name_space) {
  live->scratch = scratch;
  live->prepared = live->active = live->scratch_made = scratch.len > 0;
  if (name_space == NULL || live->api->network == NULL)
    return;
  live->name_space = hcsref_guid_to_windows(*name_space);
  live->has_namespace = true;
}

bool hcsref_live_unmount(hcsref_live *live, hcsref_error *err) {
  bool ok = true;
  if (live->prepared)
    ok = on_scratch(live, "UnprepareLayer", run_unprepare, NULL, 0, err) && ok;
  if (live->active)
    ok = on_scratch(live, "DeactivateLayer", run_deactivate, NULL, 0, ok ? err : NULL) && ok;
  if (live->scratch_made)
    ok = on_scratch(live, "DestroyLayer", run_destroy, NULL, 0, ok ? err : NULL) && ok;
  live->prepared = live->active = live->scratch_made = false;
  return ok;
}
