/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_GOJSON_FIELD_H
#define HCSREF_GOJSON_FIELD_H

#include "gojson/scan.h"
#include "release/changes.h"

#include "hcsref/json.h"

/* hcsref_field_known with rules that are there. */
static inline bool hcsref_field_in_force(const hcsref_field *field, const hcsref_rules *rules) {
  if ((field->since | field->until) == 0) /* almost all */
    return true;
  return (field->since == 0 || hcsref_has(rules, (hcsref_change)field->since)) &&
         (field->until == 0 || !hcsref_has(rules, (hcsref_change)field->until));
}

/* Is the key that begins at `text`, behind its opening quote and with `len` bytes of text left, this field's very name?
 */
static inline bool hcsref_field_is_quoted(const hcsref_field *field, const hcsref_rules *rules, const char *text,
                                          size_t len) {
  size_t name_len = field->name_len;
  return name_len < len && text[name_len] == '"' && hcsref_same_short(field->name, text, name_len) &&
         hcsref_field_in_force(field, rules);
}

/* hcsref_type_field_as for a struct type, looking first at the field number `hint` and those behind it: input is
 * mostly in declaration order. */
const hcsref_field *hcsref_field_near(const hcsref_type *type, const hcsref_rules *rules, hcsref_str key, size_t hint);

/* Of the fields from `from` up to `to`, the one whose very name is the key that begins at `text`, as for
 * hcsref_field_is_quoted; null: none, which says nothing of other spellings. */
const hcsref_field *hcsref_field_quoted(const hcsref_field *from, const hcsref_field *to, const hcsref_rules *rules,
                                        const char *text, size_t len);

#endif
