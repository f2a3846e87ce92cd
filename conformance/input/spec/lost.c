/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/lost.h"

#include "compare/text.h"
#include "input/spec/crictl.h"

#include <string.h>

bool input_has_change(const hcsref_rules *rules, const char *slug, hcsref_change_info *info) {
  for (size_t i = 0; i < hcsref_change_count(); i++) {
    *info = hcsref_change_at(i);
    if (strcmp(info->slug, slug) == 0)
      return hcsref_rules_have(rules, i);
  }
  return true;
}

static bool has_devices(const hcsref_oci_spec *spec) {
  return spec->windows != NULL && spec->windows->devices.len != 0;
}

static bool has_affinity(const hcsref_oci_spec *spec) {
  const hcsref_oci_windows_resources *resources = spec->windows == NULL ? NULL : spec->windows->resources;
  return resources != NULL && resources->cpu != NULL && resources->cpu->affinity.len != 0;
}

static bool add(hcsref_arena *arena, hcsref_slice *notes, const char *where, const char *message) {
  return input_add_note(arena, notes, hcsref_cstr(where), "%s", message);
}

static bool note_annotations(hcsref_arena *arena, const hcsref_map *annotations, const hcsref_oci_spec *spec,
                             bool patterns, hcsref_slice *notes) {
  const hcsref_string_entry *entries = annotations->entries;
  for (size_t i = 0; i < annotations->len; i++) {
    hcsref_buf pointer = {.arena = arena};
    if (hcsref_map_find(&spec->annotations, entries[i].key) != NULL)
      continue;
    hcsref_buf_append(&pointer, HCSREF_LIT("/annotations"));
    kit_pointer_append(&pointer, entries[i].key);
    if (pointer.failed || !input_add_note(arena, notes, hcsref_buf_str(&pointer), "is not passed on: %s",
                                          patterns ? "no pattern of the runtime matches this annotation (--runtime)"
                                                   : "--cri applies the Windows part of a config, not its annotations"))
      return false;
  }
  return true;
}

bool input_note_lost(hcsref_arena *arena, const hcsref_cri_container_config *config, const hcsref_oci_spec *spec,
                     bool patterns, hcsref_slice *notes) {
  const hcsref_cri_windows_container_resources *limits = config->windows == NULL ? NULL : config->windows->resources;
  if (config->linux_ != NULL && !add(arena, notes, "/linux", "containerd does not read this for a Windows container"))
    return false;
  if (config->devices.len != 0 && !has_devices(spec) &&
      !add(arena, notes, "/devices", "this release does not pass devices on: containerd 1.7.0 and newer do"))
    return false;
  if (limits != NULL && limits->affinity_cpus.len != 0 && !has_affinity(spec) &&
      !add(arena, notes, "/windows/resources/affinity_cpus",
           "this release does not pass CPU affinity on: containerd 2.2.0 and newer do"))
    return false;
  if (limits != NULL && limits->rootfs_size_in_bytes != 0 &&
      !add(arena, notes, "/windows/resources/rootfs_size_in_bytes",
           "is no part of a spec: containerd 1.7.0 and newer give the size to the snapshotter, as a label"))
    return false;
  return note_annotations(arena, &config->annotations, spec, patterns, notes);
}

bool input_note_lost_of_pod(hcsref_arena *arena, const hcsref_cri_pod_sandbox_config *config,
                            const hcsref_oci_spec *spec, hcsref_slice *notes) {
  if (config->linux_ != NULL && !add(arena, notes, "/linux", "containerd does not read this for a Windows pod"))
    return false;
  return note_annotations(arena, &config->annotations, spec, true, notes);
}
