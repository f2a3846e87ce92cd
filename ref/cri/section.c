/* SPDX-License-Identifier: Apache-2.0 */
#include "cri/section.h"

void *hcsref_section(hcsref_arena *arena, void *existing, size_t size) {
  return existing != NULL ? existing : hcsref_arena_alloc(arena, size);
}

bool hcsref_cri_need_spec(hcsref_arena *arena, const hcsref_oci_spec *spec, hcsref_error *err) {
  return spec != NULL || hcsref_fail(arena, err, "spec-missing", HCSREF_LIT(""), "OCI spec is missing");
}
