/* SPDX-License-Identifier: Apache-2.0 */
#include "hcs/kind.h"

bool hcsref_is_schema(const hcsref_v2_version *schema, int32_t major, int32_t minor) {
  return schema->major == major && schema->minor == minor;
}

/* Source: hcsshim internal/hcsoci/create.go isV1Argon, isV1Xenon, isV2Argon, isV2Xenon. A schema 1.0 container in a
 * utility VM is both of the first two unless its spec has a Hyper-V section; upstream's builder asks for Argon
 * first. Schema 2.5, and 1.0 with a Hyper-V section but no utility VM, are no kind. */
hcsref_container_kind hcsref_kind_of(const hcsref_oci_windows *windows, const hcsref_v2_version *schema, bool hosted) {
  if (hcsref_is_schema(schema, 2, 1))
    return hosted ? HCSREF_KIND_V2_XENON : HCSREF_KIND_V2_ARGON;
  if (!hcsref_is_schema(schema, 1, 0))
    return HCSREF_KIND_NONE;
  if (windows->hyperv == NULL)
    return HCSREF_KIND_V1_ARGON;
  return hosted ? HCSREF_KIND_V1_XENON : HCSREF_KIND_NONE;
}
