/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/need_spec.h"

bool hcsref_need_spec(hcsref_arena *arena, const hcsref_oci_spec *spec, hcsref_error *err) {
  return spec != NULL || hcsref_fail(arena, err, "spec-missing", HCSREF_LIT(""), "OCI spec is missing");
}
