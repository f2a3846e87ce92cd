/* SPDX-License-Identifier: Apache-2.0 */
/* The storage functions of vmcompute.dll. Source of the signatures: hcsshim internal/wclayer. Those that are not here
 * are in missing.c. */
#include "dll/layer.h"

#include <string.h>

typedef struct parents {
  hcsref_str *paths;
  hcsref_guid *ids;
  size_t count;
} parents;

/* The folder that a call is about: the driver's home and the id, or the id alone. */
static hcsref_str folder(sim_call *call, const hcsref_wc_driver *driver, const hcsref_wchar *id) {
  hcsref_str name = shim_text(call, "id", id, false), home = {NULL, 0}, whole = {NULL, 0};
  if (driver == NULL || name.len == 0)
    sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "There is no driver or no id.");
  else if (!hcsref_from_utf16(&call->arena, driver->home, &home))
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if (home.len == 0)
    return name;
  hcsref_format(&call->arena, &whole, "%v\\%v", home, name);
  return whole;
}

/* "parents":[{"Id":"…","Path":"…"},…] */
static void note_parents(sim_call *call, const parents *above) {
  hcsref_buf list = {&call->arena, NULL, 0, 0, false};
  hcsref_buf_append_char(&list, '[');
  for (size_t i = 0; i < above->count; i++) {
    if (i > 0)
      hcsref_buf_append_char(&list, ',');
    hcsref_buf_append(&list, HCSREF_LIT("{\"Id\":"));
    hcsref_json_append(&list, &hcsref_type_guid, &above->ids[i], NULL);
    hcsref_buf_append(&list, HCSREF_LIT(",\"Path\":"));
    hcsref_json_append_string(&list, above->paths[i]);
    hcsref_buf_append_char(&list, '}');
  }
  hcsref_buf_append_char(&list, ']');
  if (!list.failed)
    sim_note_document(call, &call->in, "parents", hcsref_buf_str(&list));
}

static void read_parents(sim_call *call, const hcsref_wc_layer *descriptors, size_t count, parents *out) {
  memset(out, 0, sizeof(*out));
  if (!sim_going(call))
    return;
  out->paths = hcsref_arena_array(&call->arena, count, sizeof(*out->paths));
  out->ids = hcsref_arena_array(&call->arena, count, sizeof(*out->ids));
  if (out->paths == NULL || out->ids == NULL) {
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    return;
  }
  out->count = count;
  for (size_t i = 0; i < count; i++) {
    if (!hcsref_from_utf16(&call->arena, descriptors[i].path, &out->paths[i])) {
      sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
      return;
    }
    out->ids[i] = hcsref_guid_from_windows(descriptors[i].id);
  }
  note_parents(call, out);
}

hcsref_hresult HCSREF_WINAPI vm_NameToGuid(const hcsref_wchar *name, hcsref_win_guid *guid) {
  sim_call call;
  hcsref_str text;
  shim_begin(&call, SIM_STORAGE, "NameToGuid", false);
  text = shim_text(&call, "name", name, false);
  if (sim_going(&call)) {
    hcsref_guid id = sim_name_to_guid(text);
    shim_guid(&call, &call.out, "guid", id);
    *guid = hcsref_guid_to_windows(id);
  }
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI vm_CreateSandboxLayer(const hcsref_wc_driver *driver, const hcsref_wchar *id,
                                                   uintptr_t parent, const hcsref_wc_layer *descriptors, size_t count) {
  sim_call call;
  hcsref_str path;
  parents above;
  (void)parent;
  shim_begin(&call, SIM_STORAGE, "CreateSandboxLayer", false);
  path = folder(&call, driver, id);
  read_parents(&call, descriptors, count, &above);
  sim_layer_create_scratch(&call, path, above.paths, above.count);
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI vm_PrepareLayer(const hcsref_wc_driver *driver, const hcsref_wchar *id,
                                             const hcsref_wc_layer *descriptors, size_t count) {
  sim_call call;
  hcsref_str path;
  parents above;
  shim_begin(&call, SIM_STORAGE, "PrepareLayer", false);
  path = folder(&call, driver, id);
  read_parents(&call, descriptors, count, &above);
  sim_layer_prepare(&call, path, above.paths, above.ids, above.count);
  return shim_end(&call, NULL);
}

static hcsref_hresult simple(const char *name, void (*run)(sim_call *call, hcsref_str path),
                             const hcsref_wc_driver *driver, const hcsref_wchar *id) {
  sim_call call;
  shim_begin(&call, SIM_STORAGE, name, false);
  run(&call, folder(&call, driver, id));
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI vm_ActivateLayer(const hcsref_wc_driver *driver, const hcsref_wchar *id) {
  return simple("ActivateLayer", sim_layer_activate, driver, id);
}

hcsref_hresult HCSREF_WINAPI vm_UnprepareLayer(const hcsref_wc_driver *driver, const hcsref_wchar *id) {
  return simple("UnprepareLayer", sim_layer_unprepare, driver, id);
}

hcsref_hresult HCSREF_WINAPI vm_DeactivateLayer(const hcsref_wc_driver *driver, const hcsref_wchar *id) {
  return simple("DeactivateLayer", sim_layer_deactivate, driver, id);
}

hcsref_hresult HCSREF_WINAPI vm_DestroyLayer(const hcsref_wc_driver *driver, const hcsref_wchar *id) {
  return simple("DestroyLayer", sim_layer_destroy, driver, id);
}

/* Called with no buffer it tells the length in units with the NUL; 0: not mounted. */
hcsref_hresult HCSREF_WINAPI vm_GetLayerMountPath(const hcsref_wc_driver *driver, const hcsref_wchar *id,
                                                  size_t *length, hcsref_wchar *buffer) {
  sim_call call;
  hcsref_str path, volume;
  const hcsref_wchar *wide;
  size_t units = 0;
  shim_begin(&call, SIM_STORAGE, "GetLayerMountPath", false);
  path = folder(&call, driver, id);
  sim_layer_mount_path(&call, path, &volume);
  sim_note_text(&call, &call.out, "path", volume);
  wide = hcsref_to_utf16(&call.arena, volume);
  if (wide == NULL)
    sim_fail(&call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  else if (volume.len > 0)
    while (wide[units++] != 0)
      continue;
  if (sim_going(&call) && buffer != NULL && *length < units)
    sim_fail(&call, HCSREF_WIN32(122), "The buffer is too small.");
  else if (sim_going(&call) && buffer != NULL && units > 0)
    memcpy(buffer, wide, units * sizeof(*buffer));
  if (sim_going(&call))
    *length = units;
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI vm_CreateLayer(const hcsref_wc_driver *driver, const hcsref_wchar *id,
                                            const hcsref_wchar *parent) {
  sim_call call;
  hcsref_str path;
  shim_begin(&call, SIM_STORAGE, "CreateLayer", false);
  path = folder(&call, driver, id);
  sim_layer_create(&call, path, shim_text(&call, "parent", parent, false));
  return shim_end(&call, NULL);
}

typedef void (*transfer)(sim_call *call, hcsref_str path, hcsref_str other, const hcsref_str *parents, size_t count);

static hcsref_hresult move_layer(const char *name, transfer run, const hcsref_wc_driver *driver, const hcsref_wchar *id,
                                 const hcsref_wchar *other, const hcsref_wc_layer *descriptors, size_t count) {
  sim_call call;
  hcsref_str path, place;
  parents above;
  shim_begin(&call, SIM_STORAGE, name, false);
  path = folder(&call, driver, id);
  place = shim_text(&call, "path", other, false);
  read_parents(&call, descriptors, count, &above);
  run(&call, path, place, above.paths, above.count);
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI vm_ImportLayer(const hcsref_wc_driver *driver, const hcsref_wchar *id,
                                            const hcsref_wchar *from, const hcsref_wc_layer *descriptors,
                                            size_t count) {
  return move_layer("ImportLayer", sim_layer_import, driver, id, from, descriptors, count);
}

hcsref_hresult HCSREF_WINAPI vm_ExportLayer(const hcsref_wc_driver *driver, const hcsref_wchar *id,
                                            const hcsref_wchar *to, const hcsref_wc_layer *descriptors, size_t count) {
  return move_layer("ExportLayer", sim_layer_export, driver, id, to, descriptors, count);
}

static hcsref_hresult process_image(const char *name, void (*run)(sim_call *call, hcsref_str path),
                                    const hcsref_wchar *path) {
  sim_call call;
  shim_begin(&call, SIM_STORAGE, name, false);
  run(&call, shim_text(&call, "path", path, false));
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI vm_ProcessBaseImage(const hcsref_wchar *path) {
  return process_image("ProcessBaseImage", sim_layer_process_base, path);
}

hcsref_hresult HCSREF_WINAPI vm_ProcessUtilityImage(const hcsref_wchar *path) {
  return process_image("ProcessUtilityImage", sim_layer_process_utility, path);
}

hcsref_hresult HCSREF_WINAPI vm_LayerExists(const hcsref_wc_driver *driver, const hcsref_wchar *id, uint32_t *exists) {
  sim_call call;
  bool found = false;
  shim_begin(&call, SIM_STORAGE, "LayerExists", false);
  sim_layer_exists(&call, folder(&call, driver, id), &found);
  *exists = found;
  return shim_end(&call, NULL);
}

/* What changes nothing that the simulator knows of succeeds: sizes and rights. */
hcsref_hresult HCSREF_WINAPI vm_ExpandSandboxSize(const hcsref_wc_driver *driver, const hcsref_wchar *id,
                                                  uint64_t size) {
  sim_call call;
  shim_begin(&call, SIM_STORAGE, "ExpandSandboxSize", false);
  folder(&call, driver, id);
  sim_note_number(&call, &call.in, "size", size);
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI vm_GrantVmAccess(const hcsref_wchar *vm, const hcsref_wchar *path) {
  sim_call call;
  shim_begin(&call, SIM_STORAGE, "GrantVmAccess", false);
  shim_text(&call, "vm", vm, false);
  shim_text(&call, "path", path, false);
  return shim_end(&call, NULL);
}

const hcsref_wclayer sim_wclayer = {
    .name_to_guid = vm_NameToGuid,
    .create_sandbox_layer = vm_CreateSandboxLayer,
    .activate_layer = vm_ActivateLayer,
    .prepare_layer = vm_PrepareLayer,
    .get_layer_mount_path = vm_GetLayerMountPath,
    .unprepare_layer = vm_UnprepareLayer,
    .deactivate_layer = vm_DeactivateLayer,
    .destroy_layer = vm_DestroyLayer,
};
