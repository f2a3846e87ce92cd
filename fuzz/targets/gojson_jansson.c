/* SPDX-License-Identifier: Apache-2.0 */
/* The codec beside jansson: what jansson accepts the codec accepts, and both read the same values. Inputs with a NUL
 * byte are left out: jansson 2.14 takes one between tokens for white space. */
#include "support.h"

#include <jansson.h>

#include <math.h>

static void compare(const hcsref_value *ours, json_t *theirs);

static void compare_arrays(const hcsref_slice *ours, json_t *theirs) {
  const hcsref_value *items = ours->items;
  REQUIRE(ours->len == json_array_size(theirs), "an array of %u elements", (uint64_t)ours->len);
  for (size_t i = 0; i < ours->len; i++)
    compare(&items[i], json_array_get(theirs, i));
}

/* Of several equal keys the last one counts, in both. */
static bool is_last(const hcsref_map *map, size_t i) {
  const hcsref_value_entry *entries = map->entries;
  for (size_t j = i + 1; j < map->len; j++)
    if (hcsref_str_equal(entries[i].key, entries[j].key))
      return false;
  return true;
}

static void compare_objects(const hcsref_map *ours, json_t *theirs) {
  const hcsref_value_entry *entries = ours->entries;
  size_t distinct = 0;
  for (size_t i = 0; i < ours->len; i++) {
    const hcsref_str key = entries[i].key;
    json_t *member = json_object_getn(theirs, key.len == 0 ? "" : key.data, key.len);
    REQUIRE(member != NULL, "jansson has no key %q", entries[i].key);
    if (is_last(ours, i)) {
      compare(&entries[i].value, member);
      distinct++;
    }
  }
  REQUIRE(distinct == json_object_size(theirs), "%u distinct keys", (uint64_t)distinct);
}

static void compare_numbers(double ours, json_t *theirs) {
  double value = json_is_integer(theirs) ? (double)json_integer_value(theirs) : json_real_value(theirs);
  REQUIRE(ours == value, "the numbers differ");
}

static void compare(const hcsref_value *ours, json_t *theirs) {
  switch (ours->kind) {
  case HCSREF_VALUE_NULL:
    REQUIRE(json_is_null(theirs), "null");
    break;
  case HCSREF_VALUE_BOOL:
    REQUIRE(json_is_boolean(theirs) && json_is_true(theirs) == ours->as.boolean, "boolean");
    break;
  case HCSREF_VALUE_NUMBER:
    REQUIRE(json_is_number(theirs), "number");
    compare_numbers(ours->as.number, theirs);
    break;
  case HCSREF_VALUE_STRING:
    REQUIRE(json_is_string(theirs), "string");
    REQUIRE_SAME(ours->as.string, hcsref_str_from(json_string_value(theirs), json_string_length(theirs)), "strings");
    break;
  case HCSREF_VALUE_ARRAY:
    REQUIRE(json_is_array(theirs), "array");
    compare_arrays(&ours->as.array, theirs);
    break;
  case HCSREF_VALUE_OBJECT:
    REQUIRE(json_is_object(theirs), "object");
    compare_objects(&ours->as.object, theirs);
    break;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  json_t *theirs;
  hcsref_value *ours;
  if (fuzz_count(text, '\0') != 0)
    return 0;
  theirs = json_loadb(text.data, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
  if (theirs == NULL)
    return 0;
  ours = fuzz_check_codec(fuzz_arena(FUZZ_USUAL), text, &hcsref_type_any, HCSREF_JSON_WHOLE);
  REQUIRE(ours != NULL, "jansson accepts what the codec does not: %v", text);
  compare(ours, theirs);
  json_decref(theirs);
  return 0;
}
