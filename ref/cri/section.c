/* SPDX-License-Identifier: Apache-2.0 */
#include "cri/section.h"

#include "schema/need_spec.h"

void *hcsref_section(hcsref_arena *arena, void *existing, size_t size) {
  return existing != NULL ? existing : hcsref_arena_alloc(arena, size);
}

hcsref_oci_windows *hcsref_windows_section(hcsref_arena *arena, const hcsref_oci_spec *spec, hcsref_error *err) {
  hcsref_oci_windows *windows;
  if (!hcsref_need_spec(arena, spec, err))
    return NULL;
  windows = hcsref_section(arena, spec->windows, sizeof *windows);
  if (windows == NULL)
    hcsref_fail_memory(err);
  return windows;
}
