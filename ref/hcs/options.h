/* SPDX-License-Identifier: Apache-2.0 */
/* What the caller chose, completed. */
#ifndef HCSREF_HCS_OPTIONS_H
#define HCSREF_HCS_OPTIONS_H

#include "hcsref/pipeline.h"

/* The id and owner that go into documents: the actual ones, else those that were given. */
hcsref_str hcsref_actual_id(const hcsref_create_options *options);
hcsref_str hcsref_actual_owner(const hcsref_create_options *options);

/* initializeCreateOptions: `*out` is `options` with nothing left to default. Errors "id-required",
 * "owner-required". */
bool hcsref_complete_options(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_create_options *options,
                             const hcsref_host *host, hcsref_create_options *out, hcsref_error *err);

#endif
