/* SPDX-License-Identifier: Apache-2.0 */
/** @file What must hold of both documents of one spec. */
#ifndef FUZZ_DOCUMENTS_H
#define FUZZ_DOCUMENTS_H

#include "support.h"

/** v1 and v2 agree with each other and with the spec. */
void documents_check(const hcsref_oci_spec *spec, const hcsref_create_options *options,
                     const hcsref_documents *documents);

/** Both documents as JSON, v1 and v2 on a line each. Null data: one cannot be encoded. */
hcsref_str documents_text(hcsref_arena *arena, const hcsref_documents *documents);

#endif
