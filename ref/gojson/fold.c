/* SPDX-License-Identifier: Apache-2.0 */
/* Which field a key of the input sets. Source: encoding/json decode.go object, fold.go foldFunc. */
#include "gojson/field.h"

#include <string.h>

static bool is_letter(unsigned char c) {
  c |= 0x20;
  return c >= 'a' && c <= 'z';
}

/* U+212A (KELVIN SIGN) folds to k and U+017F (LATIN SMALL LETTER LONG S) to s: simple case folding knows no
 * other rune outside ASCII that meets a letter of it. Returns the width of such a rune at `key`, or 0. */
static size_t special_width(unsigned char letter, const unsigned char *key, size_t len) {
  letter |= 0x20;
  if (letter == 'k' && len >= 3 && memcmp(key, "\xE2\x84\xAA", 3) == 0)
    return 3;
  if (letter == 's' && len >= 2 && memcmp(key, "\xC5\xBF", 2) == 0)
    return 2;
  return 0;
}

/* The number of bytes of `key` that fold to `c`, or 0. */
static size_t fold_step(unsigned char c, const unsigned char *key, size_t len) {
  if (len == 0)
    return 0;
  if (c == key[0])
    return 1;
  if (!is_letter(c))
    return 0;
  if ((c ^ key[0]) == 0x20)
    return 1;
  return special_width(c, key, len);
}

static bool folds_to(hcsref_str key, const char *name) {
  const unsigned char *p = (const unsigned char *)key.data;
  size_t left = key.len;
  for (; *name != '\0'; name++) {
    size_t step = fold_step((unsigned char)*name, p, left);
    if (step == 0)
      return false;
    p += step;
    left -= step;
  }
  return left == 0;
}

static bool has_alias(const hcsref_field *field, hcsref_str key) {
  if (field->aliases == NULL)
    return false;
  for (const char *const *alias = field->aliases; *alias != NULL; alias++)
    if (hcsref_str_equal(key, hcsref_cstr(*alias)))
      return true;
  return false;
}

bool hcsref_field_known(const hcsref_field *field, const hcsref_rules *rules) {
  return hcsref_field_in_force(field, rules == NULL ? HCSREF_BASELINE : rules);
}

const hcsref_field *hcsref_field_quoted(const hcsref_field *from, const hcsref_field *to, const hcsref_rules *rules,
                                        const char *text, size_t len) {
  for (; from < to; from++)
    if (hcsref_field_is_quoted(from, rules, text, len))
      return from;
  return NULL;
}

const hcsref_field *hcsref_field_near(const hcsref_type *type, const hcsref_rules *rules, hcsref_str key, size_t hint) {
  size_t count = type->field_count;
  size_t at = hint < count ? hint : 0;
  for (size_t i = 0; i < count; i++) {
    const hcsref_field *field = &type->fields[at];
    if (field->name_len == key.len && memcmp(field->name, key.data, key.len) == 0 &&
        hcsref_field_in_force(field, rules))
      return field;
    at = at + 1 == count ? 0 : at + 1;
  }
  for (size_t i = 0; i < count; i++)
    if (has_alias(&type->fields[i], key) && hcsref_field_in_force(&type->fields[i], rules))
      return &type->fields[i];
  for (size_t i = 0; i < count; i++)
    if (folds_to(key, type->fields[i].name) && hcsref_field_in_force(&type->fields[i], rules))
      return &type->fields[i];
  return NULL;
}

const hcsref_field *hcsref_type_field_as(const hcsref_type *type, const hcsref_rules *rules, hcsref_str key) {
  if (type->kind != HCSREF_STRUCT)
    return NULL;
  return hcsref_field_near(type, rules == NULL ? HCSREF_BASELINE : rules, key, 0);
}

const hcsref_field *hcsref_type_field(const hcsref_type *type, hcsref_str key) {
  return hcsref_type_field_as(type, NULL, key);
}
