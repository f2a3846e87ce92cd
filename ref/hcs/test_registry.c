/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/oci/annotations.go ParseTestAnnotationRegistryValues, parseRegistryValues. */
#include "hcs/test_registry.h"

#include "base/lower.h"

#include "hcsref/schema2.h"

static const hcsref_type values_type = {.kind = HCSREF_SLICE,
                                        .go_name = "[]hcsschema.RegistryValue",
                                        .size = sizeof(hcsref_slice),
                                        .elem = &hcsref_type_v2_registry_value};

static const char *const value_types[] = {"None",   "String", "ExpandedString", "MultiString",
                                          "Binary", "DWord",  "QWord",          "CustomType"};

/* Where values may be set: the beginning of the key's name, in lower case. Upstream knows the hives Security and Sam
 * too, and allows no key of theirs. */
static const struct {
  const char *hive, *begin;
} allowed[] = {
    {"System", "currentcontrolset\\services"},
    {"System", "currentcontrolset\\policies"},
    {"System", "software"},
    {"Software", ""},
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static bool is_one_of(hcsref_str text, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (hcsref_str_equal(text, hcsref_cstr(words[i])))
      return true;
  return false;
}

static bool is_allowed_key(const hcsref_v2_registry_key *key) {
  hcsref_str rest;
  for (size_t i = 0; i < COUNT_OF(allowed); i++)
    if (hcsref_str_equal(key->hive, hcsref_cstr(allowed[i].hive)) &&
        hcsref_lower_has_prefix(key->name, hcsref_cstr(allowed[i].begin), &rest))
      return true;
  return false;
}

static int count_values(const hcsref_v2_registry_value *value) {
  return (value->string_value.len != 0) + (value->binary_value.len != 0) + (value->d_word_value != 0) +
         (value->q_word_value != 0);
}

static bool may_be_set(const hcsref_v2_registry_value *value) {
  return value->key != NULL && value->key->name.len != 0 && value->name.len != 0 &&
         is_one_of(value->type, value_types, COUNT_OF(value_types)) && count_values(value) <= 1 &&
         is_allowed_key(value->key);
}

bool hcsref_read_test_registry(hcsref_arena *arena, const hcsref_annotations *annotations, hcsref_slice *out) {
  const hcsref_str *text = annotations->values[HCSREF_ANNOTATION_TEST_REGISTRY];
  hcsref_slice values = {NULL, 0, 0};
  hcsref_v2_registry_value *items;
  hcsref_error problem = {0};
  size_t kept = 0;
  if (text == NULL)
    return true;
  if (!hcsref_json_decode_as(arena, annotations->rules, *text, &values_type, HCSREF_JSON_WHOLE, &values, &problem))
    return !hcsref_str_equal(hcsref_cstr(problem.code), HCSREF_LIT("out-of-memory"));
  items = values.items;
  for (size_t i = 0; i < values.len; i++)
    if (may_be_set(&items[i]))
      items[kept++] = items[i];
  for (size_t i = kept; i < values.len; i++) /* what follows is not seen, unless more values are read into the list */
    items[i] = (hcsref_v2_registry_value){.key = NULL};
  values.len = kept;
  *out = values;
  return true;
}
