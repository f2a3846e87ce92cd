/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The comparison: what a testee answered beside what was expected, difference by difference.
 *
 *   semantic   members in any order; a member that the tables leave out when empty may be absent or empty;
 *              numbers by value. The default: what a receiver of the document can notice.
 *   canonical  as semantic, but absent and empty are two things.
 *   bytes      the exact text.
 *
 * Values deeper than KIT_WALK_DEPTH are not looked into: they are the same when they are spelt the same, white space
 * aside, in every tier but the last.
 */
#ifndef KIT_COMPARE_COMPARE_H
#define KIT_COMPARE_COMPARE_H

#include "compare/payload.h"
#include "compare/tree.h"

typedef enum kit_tier { KIT_SEMANTIC, KIT_CANONICAL, KIT_BYTES } kit_tier;

typedef enum kit_difference_kind {
  KIT_MISSING,     /**< expected, and not there */
  KIT_EXTRA,       /**< there, and not expected; also a key that is there twice */
  KIT_TYPE,        /**< another kind of JSON value */
  KIT_VALUE,       /**< the same kind, another value */
  KIT_ORDER,       /**< the same elements or members in another order */
  KIT_NUMBER_FORM, /**< the same number spelt otherwise */
  KIT_ESCAPE,      /**< the same string escaped otherwise */
  KIT_SPACE        /**< white space where none is expected */
} kit_difference_kind;

typedef struct kit_difference {
  kit_difference_kind kind;
  hcsref_str pointer;  /**< JSON pointer into the payload; empty: the whole */
  hcsref_str expected; /**< JSON text; null data: nothing is there */
  hcsref_str actual;
  struct kit_difference *next;
} kit_difference;

/** Most differences that are kept of one comparison; the rest is only counted. */
#define KIT_DIFFERENCES_KEPT 50

typedef struct kit_differences {
  kit_difference *first, *last;
  size_t count;  /**< all of them; more than are kept when above KIT_DIFFERENCES_KEPT */
  size_t offset; /**< tier bytes: the first byte that differs between the two texts */
} kit_differences;

/** "missing", "extra", "type", "value", "order", "number form", "escape", "space". */
const char *kit_difference_name(kit_difference_kind kind);
/** "semantic", "canonical", "bytes". */
const char *kit_tier_name(kit_tier tier);
bool kit_tier_from_name(hcsref_str name, kit_tier *out);

/** Compares in tier semantic or canonical. Both trees live in `arena` or longer. False: out of memory; else
 * `*out` has count 0 when they are equal. Takes time in proportion to the texts, but for sorting the members
 * of large objects. */
bool kit_compare(hcsref_arena *arena, kit_tier tier, kit_shape shape, const kit_json *expected, const kit_json *actual,
                 kit_differences *out, hcsref_error *err);
/** Compares two texts in tier bytes; both must be JSON. */
bool kit_compare_texts(hcsref_arena *arena, hcsref_str expected, hcsref_str actual, kit_differences *out,
                       hcsref_error *err);

#endif
