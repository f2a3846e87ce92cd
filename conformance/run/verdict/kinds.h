/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Kinds of differences, so that each is told once: two results are of one kind when they went wrong in the same way at
 * the same place, whatever the values and positions. A kind is a short text such as "value at /v2/Storage/Layers/ *
 * /Id" (without the blanks), "no error: cpu-limits-exclusive", "died: the testee was ended by signal 11".
 */
#ifndef KIT_RUN_VERDICT_KINDS_H
#define KIT_RUN_VERDICT_KINDS_H

#include "run/cases/case.h"
#include "run/verdict/result.h"

/** Longest kind, with its end. */
#define KIT_KIND_SIZE 160

/** The `i`-th kind that a result shows, or false when it shows no more; one that passed or was skipped shows none.
 * `text` has KIT_KIND_SIZE bytes. */
bool kit_kind(const kit_case *c, const kit_result *r, size_t i, char *text);
/** Does the result show that kind? */
bool kit_shows_kind(const kit_case *c, const kit_result *r, const char *kind);
/** A number for a kind, as different as 32 bits allow. */
uint32_t kit_kind_hash(const char *kind);

#endif
