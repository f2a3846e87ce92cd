/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which cases are played: globs on ids, tag expressions, levels, areas, operations, a profile. */
#ifndef KIT_RUN_SELECT_SELECT_H
#define KIT_RUN_SELECT_SELECT_H

#include "run/cases/case.h"
#include "run/cases/patterns.h"
#include "run/select/remembered.h"

/** A condition on tags: words, `!`/`not`, `&&`/`and`, `||`/`or`/`,` and parentheses; `not` binds most tightly, then
 * `and`. A word is true when the case has that tag; it may be a glob. */
typedef struct kit_tag_expression kit_tag_expression;

/** Reads an expression into `arena`. Error "tag-expression": what is wrong, and where. */
bool kit_tags_parse(hcsref_arena *arena, hcsref_str text, kit_tag_expression **out, hcsref_error *err);
/** Is it true of the array `tags` (null: no tags)? */
bool kit_tags_match(const kit_tag_expression *expression, const kit_json *tags);

/** The words of the expression into `out`, as far as they find `room`; returns how many there are. */
size_t kit_tags_words(const kit_tag_expression *expression, hcsref_str *out, size_t room);

/** Every condition must hold; one that is null or empty always does. */
typedef struct kit_selection {
  const kit_patterns *ids;      /**< one of which must match */
  const kit_patterns *excluded; /**< none of which may match */
  const char *const *areas;     /**< globs on the part of the id before the slash */
  size_t area_count;
  const char *const *ops; /**< globs on the operation */
  size_t op_count;
  unsigned levels; /**< bit 1 << kit_level for each that is wanted; 0: all */
  const kit_tag_expression *tags;
  bool any_profile;
  const hcsref_profile *profile; /**< unless any_profile; null: the baseline */
  kit_remembered *remembered;    /**< of `profile`; null: it costs more time */
} kit_selection;

bool kit_selected(const kit_selection *selection, const kit_case *c);

#endif
