/* SPDX-License-Identifier: Apache-2.0 */
/* From the mounts of a CRI config to those of the spec. Source: containerd pkg/cri/opts/spec_windows.go
 * WithWindowsMounts. */
#include "base/arena.h"
#include "cri/merge.h"
#include "host/message.h"
#include "schema/need_spec.h"

#include "hcsref/path.h"
#include "hcsref/pipeline.h"

#include <string.h>

/* What all steps of one call need. */
typedef struct placing {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  const hcsref_host *host;
  hcsref_error *err;
} placing;

static bool fail_source(const placing *p, const hcsref_supplied_mount *mount, const char *code, const char *what,
                        hcsref_str shown, hcsref_str message) {
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(p->err);
  return hcsref_fail_item(p->arena, p->err, code, mount->list, mount->index, "host_path", "failed to %s %q: %v", what,
                          shown, message);
}

static bool make_source(const placing *p, const hcsref_supplied_mount *mount) {
  hcsref_str source = mount->mount->host_path, message = hcsref_no_message();
  return p->host->ops->mkdir_all(p->host->ctx, p->arena, source, &message) ||
         fail_source(p, mount, "mount-mkdir", "mkdir", source, message);
}

/* A source that is not there is made since 1.6: as on Linux, and unlike Docker on Windows. */
static bool ensure_source(const placing *p, const hcsref_supplied_mount *mount) {
  hcsref_str source = mount->mount->host_path, message = hcsref_no_message();
  switch (p->host->ops->stat(p->host->ctx, p->arena, source, NULL, &message)) {
  case HCSREF_PATH_OK:
    return true;
  case HCSREF_PATH_NOT_EXIST:
    if (hcsref_has(p->rules, HCSREF_CHANGE_MOUNTS_MAKE_SOURCE))
      return make_source(p, mount);
    break;
  case HCSREF_PATH_FAILED:
  default:
    break;
  }
  return fail_source(p, mount, "mount-stat", "stat", source, message);
}

/* The clean final path of the source. Up to 1.7 a failure names no path: upstream has overwritten it by then. */
static bool resolve_source(const placing *p, const hcsref_supplied_mount *mount, hcsref_str *source) {
  hcsref_str path = mount->mount->host_path, target, message = hcsref_no_message();
  bool named = hcsref_has(p->rules, HCSREF_CHANGE_MOUNTS_RESOLVE_ERROR_PATH);
  if (!p->host->ops->resolve(p->host->ctx, p->arena, path, HCSREF_RESOLVE_CRI, &target, &message))
    return fail_source(p, mount, "mount-resolve", "resolve symlink", named ? path : HCSREF_LIT(""), message);
  return hcsref_path_clean_as(p->arena, p->rules, target, source) || hcsref_fail_memory(p->err);
}

/* hcsshim needs the drive of an absolute path. */
static bool with_drive(const placing *p, hcsref_str clean, hcsref_str *destination) {
  char *text;
  if (!hcsref_str_has_prefix(clean, HCSREF_LIT("\\")) || !hcsref_has(p->rules, HCSREF_CHANGE_MOUNTS_DRIVE_PREFIX)) {
    *destination = clean;
    return true;
  }
  text = hcsref_arena_take(p->arena, clean.len + 2);
  if (text == NULL)
    return hcsref_fail_memory(p->err);
  text[0] = 'C';
  text[1] = ':';
  memcpy(text + 2, clean.data, clean.len);
  *destination = hcsref_str_from(text, clean.len + 2);
  return true;
}

/* Two bytes, the second of them a colon: a drive, whatever the first byte is. */
static bool is_drive(hcsref_str path) {
  return path.len == 2 && path.data[1] == ':';
}

/* A drive is mounted as a whole, which Clean would spell X:. and nobody can do to the system drive. */
static bool place_destination(const placing *p, const hcsref_supplied_mount *mount, hcsref_str *destination) {
  hcsref_str path = mount->mount->container_path;
  if (!is_drive(path) || !hcsref_has(p->rules, HCSREF_CHANGE_MOUNTS_DRIVE_DESTINATION))
    return with_drive(p, mount->clean, destination);
  if (path.data[0] == 'c' || path.data[0] == 'C')
    return hcsref_fail_item(p->arena, p->err, "mount-system-drive", mount->list, mount->index, "container_path",
                            "destination path can not be C drive");
  *destination = path;
  return true;
}

/* Nothing is asked about a named pipe, as opening it would disturb who listens there. */
static bool place_paths(const placing *p, const hcsref_supplied_mount *mount, hcsref_oci_mount *out) {
  if (hcsref_is_named_pipe(mount->mount->host_path)) {
    out->source = mount->mount->host_path;
    out->destination = mount->mount->container_path;
    return true;
  }
  return ensure_source(p, mount) && resolve_source(p, mount, &out->source) &&
         place_destination(p, mount, &out->destination);
}

static bool place_all(const placing *p, const hcsref_supplied_mounts *mounts, hcsref_oci_mount *out) {
  hcsref_str *options = hcsref_arena_array(p->arena, mounts->count, sizeof *options);
  if (options == NULL)
    return hcsref_fail_memory(p->err);
  for (size_t i = 0; i < mounts->count; i++) {
    if (!place_paths(p, &mounts->items[i], &out[i]))
      return false;
    options[i] = mounts->items[i].mount->readonly ? HCSREF_LIT("ro") : HCSREF_LIT("rw");
    out[i].options.items = &options[i];
    out[i].options.len = out[i].options.cap = 1;
  }
  return true;
}

bool hcsref_step_mounts(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec,
                        const hcsref_mount_list *lists, size_t list_count, const hcsref_host *host, hcsref_error *err) {
  const placing p = {arena, rules, host, err};
  hcsref_supplied_mounts supplied;
  hcsref_oci_mount *mounts;
  size_t kept;
  if (!hcsref_need_spec(arena, spec, err) || !hcsref_merge_mounts(arena, rules, lists, list_count, &supplied, err))
    return false;
  mounts = hcsref_arena_array(arena, spec->mounts.len + supplied.count, sizeof *mounts);
  if (mounts == NULL)
    return hcsref_fail_memory(err);
  if (!hcsref_keep_default_mounts(arena, rules, &spec->mounts, &supplied, mounts, &kept, err) ||
      !place_all(&p, &supplied, mounts + kept))
    return false;
  spec->mounts.len = spec->mounts.cap = kept + supplied.count;
  spec->mounts.items = spec->mounts.len == 0 ? NULL : mounts;
  return true;
}

bool hcsref_cri_mounts(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_cri_container_config *config,
                       const hcsref_slice *extra, const hcsref_host *host, hcsref_error *err) {
  static const hcsref_slice none = {NULL, 0, 0};
  hcsref_mount_list lists[2] = {{&none, "/mounts"}, {&none, "/extra_mounts"}};
  if (config != NULL)
    lists[0].mounts = &config->mounts;
  if (extra != NULL)
    lists[1].mounts = extra;
  return hcsref_step_mounts(arena, hcsref_profile_rules(NULL, HCSREF_PROGRAM_CONTAINERD), spec, lists, 2, host, err);
}
