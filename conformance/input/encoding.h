/* SPDX-License-Identifier: Apache-2.0 */
/** @file The bytes of a file as UTF-8, whichever program wrote them. */
#ifndef HCSPROOF_INPUT_ENCODING_H
#define HCSPROOF_INPUT_ENCODING_H

#include "hcsref/base.h"

/** Takes a byte-order mark away and turns UTF-16 of either order (what PowerShell's > writes), with or without one,
 * into UTF-8; other bytes are left as they are. Errors: "input-encoding" (half a character), "out-of-memory". */
bool input_decode(hcsref_arena *arena, hcsref_str bytes, hcsref_str *out, hcsref_error *err);

#endif
