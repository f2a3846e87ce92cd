/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_HCS_DUMPS_H
#define HCSREF_HCS_DUMPS_H

#include "hcs/annotations.h"

/* parseDumpType and parseDumpCount. */
bool hcsref_read_dump_type(hcsref_arena *arena, const hcsref_annotations *annotations, int32_t *out, hcsref_error *err);
bool hcsref_read_dump_count(hcsref_arena *arena, const hcsref_annotations *annotations, int32_t *out,
                            hcsref_error *err);

#endif
