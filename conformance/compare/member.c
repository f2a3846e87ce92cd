/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of a tree: its members, and what a value means. */
#include "compare/name.h"
#include "compare/tree.h"

#include <string.h>

const kit_json *kit_json_get(const kit_json *object, const char *key) {
  const kit_json *child;
  size_t length = strlen(key);
  if (object == NULL || object->kind != KIT_JSON_OBJECT || (object->names & kit_name_bit(key, length)) == 0)
    return NULL;
  for (child = object->first; child != NULL; child = child->next)
    if (child->key.len == length && memcmp(child->key.data, key, length) == 0)
      return child;
  return NULL;
}

hcsref_str kit_json_get_string(const kit_json *object, const char *key) {
  const kit_json *found = kit_json_get(object, key);
  return found == NULL || found->kind != KIT_JSON_STRING ? HCSREF_LIT("") : found->text;
}

bool kit_json_uint(const kit_json *node, uint64_t *out) {
  uint64_t value = 0;
  size_t i;
  if (node == NULL || node->kind != KIT_JSON_NUMBER)
    return false;
  for (i = 0; i < node->raw.len; i++) {
    uint64_t digit = (uint64_t)(node->raw.data[i] - '0');
    if (digit > 9 || value > (UINT64_MAX - digit) / 10)
      return false;
    value = value * 10 + digit;
  }
  *out = value;
  return true;
}

bool kit_json_is_true(const kit_json *node) {
  return node != NULL && node->kind == KIT_JSON_BOOL && node->raw.data[0] == 't';
}

const char *kit_json_kind_name(kit_json_kind kind) {
  static const char *const names[] = {"null", "a boolean", "a number", "a string", "an array", "an object"};
  return names[kind];
}
