/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_SCHEMA_NEED_SPEC_H
#define HCSREF_SCHEMA_NEED_SPEC_H

#include "hcsref/oci.h"

/* Error "spec-missing" when `spec` is null, in the rules that upstream would crash in. */
bool hcsref_need_spec(hcsref_arena *arena, const hcsref_oci_spec *spec, hcsref_error *err);

#endif
