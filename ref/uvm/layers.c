/* SPDX-License-Identifier: Apache-2.0 */
/* Where the layers of the call come from: folders of the spec, or one mount. Source: hcsshim internal/layers helpers.go
 * validateRootfsAndLayers, getOptionAsArray, wcow_parse.go ParseWCOWLayers; until 0.12 service_internal.go
 * createInternal. */
#include "uvm/call.h"

#include "hcsref/path.h"

#include <string.h>

#define PARENTS "parentLayerPaths="
#define FOLDERS "/windows/layerFolders"

#define PRECONDITION ": failed precondition"

static const hcsref_slice *folders_of(const hcsref_shim_call *call) {
  static const hcsref_slice none = {NULL, 0, 0};
  return call->spec->windows == NULL ? &none : &call->spec->windows->layer_folders;
}

static const hcsref_rootfs_mount *mount_of(const hcsref_shim_call *call) {
  return call->settings->rootfs.items;
}

static bool fail_type(const hcsref_shim_call *call, const char *format, hcsref_str type) {
  return hcsref_fail(call->arena, call->err, "rootfs-type", HCSREF_LIT("/rootfs/0/type"), format, type);
}

/* ---- options of a mount --------------------------------------------------------- */

/* What follows `prefix` in an option, from option `*next` on; null when there is none. */
static const hcsref_str *find_option(const hcsref_rootfs_mount *mount, const char *prefix, size_t *next,
                                     hcsref_str *value) {
  const hcsref_str *options = mount->options.items;
  for (; *next < mount->options.len; ++*next)
    if (hcsref_str_has_prefix(options[*next], hcsref_cstr(prefix))) {
      *value = hcsref_str_skip(options[*next], strlen(prefix));
      return &options[(*next)++];
    }
  return NULL;
}

/* What is said around Go's words when a list of paths is none. */
typedef struct list_problem {
  const char *before, *after;
} list_problem;

static bool decode_list(const hcsref_shim_call *call, hcsref_str text, const list_problem *words, hcsref_slice *out) {
  hcsref_error problem;
  if (hcsref_json_decode(call->arena, text, &hcsref_type_strings, HCSREF_JSON_WHOLE, out, &problem))
    return true;
  if (strcmp(problem.code, "out-of-memory") == 0)
    return hcsref_fail_memory(call->err);
  return hcsref_fail(call->arena, call->err, "rootfs-option", HCSREF_LIT("/rootfs/0/options"), "%s%v%s", words->before,
                     problem.message, words->after);
}

/* The first option of that name; none is an empty list. */
static bool read_list_option(const hcsref_shim_call *call, const char *prefix, const list_problem *words,
                             hcsref_slice *out) {
  hcsref_str value;
  size_t next = 0;
  return find_option(mount_of(call), prefix, &next, &value) == NULL || decode_list(call, value, words, out);
}

/* ---- until 0.12: a mount becomes folders of the spec ---- */

/* Folders, then parents, then the scratch. */
static bool append_folders(hcsref_shim_call *call, const hcsref_slice *parents) {
  hcsref_slice *folders;
  hcsref_str *all;
  size_t before, count;
  if (call->spec->windows == NULL)
    return hcsref_call_fail(call, "windows-missing", "/windows", "the OCI spec has no Windows section");
  folders = &call->spec->windows->layer_folders;
  before = folders->len;
  count = before + parents->len + 1;
  all = hcsref_arena_array(call->arena, count, sizeof *all);
  if (all == NULL)
    return hcsref_fail_memory(call->err);
  if (before > 0)
    memcpy(all, folders->items, before * sizeof *all);
  if (parents->len > 0)
    memcpy(all + before, parents->items, parents->len * sizeof *all);
  all[count - 1] = mount_of(call)->source;
  folders->items = all;
  folders->len = folders->cap = count;
  return true;
}

/* 0.11: each list of parents is decoded into the same variable, so that the last one counts. */
static bool convert_any(hcsref_shim_call *call) {
  static const list_problem problem = {"failed to unmarshal parent layer paths from mount: ", PRECONDITION};
  const hcsref_rootfs_mount *mount = mount_of(call);
  hcsref_slice parents = {NULL, 0, 0};
  hcsref_str value;
  size_t next = 0;
  if (call->settings->rootfs.len == 0)
    return folders_of(call)->len >= 2 ||
           hcsref_call_fail(call, "layers-missing", FOLDERS, "no Windows.LayerFolders found in oci spec" PRECONDITION);
  if (call->settings->rootfs.len != 1)
    return hcsref_call_fail(call, "rootfs-count", "/rootfs",
                            "Rootfs does not contain exactly 1 mount for the root file system" PRECONDITION);
  if (!hcsref_str_equal(mount->type, HCSREF_LIT("windows-layer")) &&
      !hcsref_str_equal(mount->type, HCSREF_LIT("lcow-layer")))
    return fail_type(call, "unsupported mount type '%v'" PRECONDITION, mount->type);
  while (find_option(mount, PARENTS, &next, &value) != NULL)
    if (!decode_list(call, value, &problem, &parents))
      return false;
  return append_folders(call, &parents);
}

static bool validate(const hcsref_shim_call *call) {
  const size_t mounts = call->settings->rootfs.len, folders = folders_of(call)->len;
  if (mounts > 0 && folders > 0)
    return hcsref_call_fail(call, "layers-twice", FOLDERS,
                            "cannot pass both a rootfs mount and Windows.LayerFolders" PRECONDITION);
  if (mounts == 0 && folders == 0)
    return hcsref_call_fail(call, "layers-missing", FOLDERS,
                            "must pass either a rootfs mount or Windows.LayerFolders" PRECONDITION);
  if (mounts > 1)
    return hcsref_call_fail(call, "rootfs-count", "/rootfs", "expected a single rootfs mount" PRECONDITION);
  if (mounts == 1 && mount_of(call)->target.len > 0)
    return hcsref_call_fail(call, "rootfs-target", "/rootfs/0/target",
                            "rootfs mount is missing Target path" PRECONDITION);
  if (mounts == 0 && folders < 2)
    return hcsref_call_fail(call, "layers-missing", FOLDERS,
                            "must pass at least two Windows.LayerFolders" PRECONDITION);
  return true;
}

#define HYPERVISOR 1

static bool convert_validated(hcsref_shim_call *call) {
  static const list_problem problem = {"unmarshal parent layer paths from mount: ", PRECONDITION};
  const hcsref_rootfs_mount *mount = mount_of(call);
  const hcsref_shim_options *shim = call->settings->shim;
  hcsref_slice parents = {NULL, 0, 0};
  bool cim;
  if (!validate(call))
    return false;
  if (call->settings->rootfs.len == 0)
    return true;
  cim = hcsref_str_equal(mount->type, HCSREF_LIT("CimFS"));
  if (!cim && !hcsref_str_equal(mount->type, HCSREF_LIT("windows-layer")))
    return fail_type(call, "unsupported Windows mount type: %v", mount->type);
  if (cim && shim != NULL && shim->sandbox_isolation == HYPERVISOR)
    return hcsref_call_fail(call, "rootfs-type", "/rootfs/0/type", "cimfs doesn't support hyperv isolation");
  return read_list_option(call, PARENTS, &problem, &parents) && append_folders(call, &parents);
}

bool hcsref_call_convert_rootfs(hcsref_shim_call *call) {
  return hcsref_has(call->rules, HCSREF_CHANGE_VM_ROOTFS_VALIDATED) ? convert_validated(call) : convert_any(call);
}

/* ---- since 0.13: layers are parsed where the boot files are made ---- */

/* Until 0.14 a VM boots from folders alone, and what else a mount says is not looked at. */
static bool check_old_type(const hcsref_shim_call *call) {
  const hcsref_rootfs_mount *mount = mount_of(call);
  if (hcsref_has(call->rules, HCSREF_CHANGE_VM_CONFIDENTIAL) || call->settings->rootfs.len != 1 ||
      folders_of(call)->len > 0 || mount->target.len > 0 || hcsref_str_equal(mount->type, HCSREF_LIT("windows-layer")))
    return true;
  return fail_type(call, "mount type '%v' is not supported for UVM boot", mount->type);
}

bool hcsref_call_parse_layers(hcsref_shim_call *call) {
  if (!check_old_type(call) || !hcsref_parse_layers(call->arena, call->rules, &call->settings->rootfs, folders_of(call),
                                                    &call->layers, call->err))
    return false;
  return call->layers.kind != HCSREF_LAYERS_FORKED_CIM ||
         hcsref_call_fail(call, "rootfs-type", "/rootfs/0/type",
                          "unsupported layer format for UVM boot: *layers.wcowForkedCIMLayers");
}
