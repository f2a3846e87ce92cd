/* SPDX-License-Identifier: Apache-2.0 */
/* Which kind of container it will be. */
#ifndef HCSREF_HCS_KIND_H
#define HCSREF_HCS_KIND_H

#include "hcsref/pipeline.h"

/* "Argon" is process isolation, "Xenon" isolation in a utility VM. */
typedef enum hcsref_container_kind {
  HCSREF_KIND_NONE, /* no kind that upstream knows: neither root nor layers are described */
  HCSREF_KIND_V1_ARGON,
  HCSREF_KIND_V2_ARGON,
  HCSREF_KIND_V1_XENON,
  HCSREF_KIND_V2_XENON
} hcsref_container_kind;

hcsref_container_kind hcsref_kind_of(const hcsref_oci_windows *windows, const hcsref_v2_version *schema, bool hosted);

/* Schema versions. Source: hcsshim internal/schemaversion. */
bool hcsref_is_schema(const hcsref_v2_version *schema, int32_t major, int32_t minor);

#endif
