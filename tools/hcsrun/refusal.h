/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What a service said to a document that it must not accept, as a line of JSON: recorded on one host, expected on
 * another. The lines have the form of the simulated service's recordings, so that `hcsproof check` reads them, too.
 */
#ifndef HCSRUN_REFUSAL_H
#define HCSRUN_REFUSAL_H

#include "session.h"

typedef struct refusal {
  hcsref_str scenario; /* its id */
  hcsref_hresult code;
  hcsref_str said;
  hcsref_str document; /* what was refused, JSON or not */
} refusal;

/** Appends the line that says what host this is. */
void refusal_append_host(hcsref_buf *out);
/** Appends a line. `dll`: "computecore" or "vmcompute". */
void refusal_append(hcsref_buf *out, const char *dll, const refusal *what);
/** Reads such a file; `out` gets refusals (their scenario and code). Lines of other scenarios and hosts are kept. */
bool refusals_read(hcsref_arena *arena, hcsref_str path, hcsref_slice *out, hcsref_error *err);
/** The refusal that was recorded of a scenario; null: none. */
const refusal *refusals_find(const hcsref_slice *recorded, hcsref_str scenario);

#endif
