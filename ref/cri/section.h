/* SPDX-License-Identifier: Apache-2.0 */
/* The sections of a spec that stage 1 makes when they are missing. */
#ifndef HCSREF_CRI_SECTION_H
#define HCSREF_CRI_SECTION_H

#include "hcsref/oci.h"

/* `existing`, or when that is null a zeroed new one of `size` bytes that nothing points to yet, so that a later
 * failure leaves the spec as it was; null when out of memory. */
void *hcsref_section(hcsref_arena *arena, void *existing, size_t size);
/* The same for the spec's Windows section. Null with an error: "spec-missing", "out-of-memory". */
hcsref_oci_windows *hcsref_windows_section(hcsref_arena *arena, const hcsref_oci_spec *spec, hcsref_error *err);

#endif
