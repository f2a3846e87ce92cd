/* SPDX-License-Identifier: Apache-2.0 */
/** @file Members that several objects of a file of recorded cases share, one after another, are written once. */
#ifndef KIT_GOLDEN_MEMBERS_H
#define KIT_GOLDEN_MEMBERS_H

#include "hcsref/json.h"

/** The same lines, each a case or a named value (run/cases/values.h) without white space, but of members that several
 * objects have in the same order, all but one replaced by a reference to them; the lines that name them are above the
 * first. `named`: how many names the lines give; the new ones have higher numbers. Errors: "json-syntax", "json-depth",
 * "out-of-memory". */
bool golden_name_members(hcsref_arena *arena, hcsref_str lines, uint64_t named, hcsref_str *out, hcsref_error *err);

#endif
