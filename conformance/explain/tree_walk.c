/* SPDX-License-Identifier: Apache-2.0 */
#include "explain/tree_walk.h"

#include "compare/text.h"

#include <string.h>

/* Deepest value that gets a pointer. */
#define DEEPEST 256

const kit_json *explain_next_value(const kit_json *root, const kit_json *node) {
  if (node->first != NULL)
    return node->first;
  while (node != root && node->next == NULL)
    node = node->up;
  return node == root ? NULL : node->next;
}

static uint64_t index_of(const kit_json *node) {
  uint64_t index = 0;
  for (const kit_json *other = node->up->first; other != node; other = other->next)
    index++;
  return index;
}

bool explain_pointer_to(hcsref_arena *arena, const kit_json *root, const kit_json *node, hcsref_str *out) {
  const kit_json *chain[DEEPEST];
  hcsref_buf buf = {.arena = arena};
  size_t depth = 0;
  for (; node != root && depth < DEEPEST; node = node->up)
    chain[depth++] = node;
  while (depth-- > 0) {
    if (chain[depth]->up->kind == KIT_JSON_OBJECT) {
      kit_pointer_append(&buf, chain[depth]->key);
    } else {
      hcsref_buf_append_char(&buf, '/');
      hcsref_buf_append_uint(&buf, index_of(chain[depth]));
    }
  }
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}

/* ---- the service's own paths ------------------------------------------------------------------------------------ */

static bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Longest name of a step in brackets, with its quotes. */
#define LONGEST_NAME 200

/* One step at `at`: .Name, [0] or ['a name']. `*name` gets what it names. 0: there is none. */
static size_t step_length(hcsref_str text, size_t at, hcsref_str *name) {
  size_t end = at + 1;
  if (at >= text.len)
    return 0;
  if (text.data[at] == '.') {
    while (end < text.len && is_name(text.data[end]))
      end++;
    *name = hcsref_str_from(text.data + at + 1, end - at - 1);
    return name->len == 0 ? 0 : end - at;
  }
  if (text.data[at] != '[')
    return 0;
  while (end < text.len && text.data[end] != ']' && end - at <= LONGEST_NAME)
    end++;
  *name = hcsref_str_from(text.data + at + 1, end - at - 1);
  if (end == text.len || text.data[end] != ']' || name->len == 0)
    return 0;
  if (name->len > 2 && name->data[0] == '\'')
    *name = hcsref_str_from(name->data + 1, name->len - 2);
  return end + 1 - at;
}

bool explain_path_next(hcsref_str text, size_t *from, hcsref_str *path) {
  for (size_t at = *from; at < text.len; at++) {
    size_t end = at + 1, step;
    hcsref_str name;
    if (text.data[at] != '$' || at == 0 || strchr("'\"[( ", text.data[at - 1]) == NULL)
      continue;
    while ((step = step_length(text, end, &name)) > 0)
      end += step;
    if (end == at + 1 && (end == text.len || strchr("'\"]", text.data[end]) == NULL))
      continue;
    *path = hcsref_str_from(text.data + at, end - at);
    *from = end;
    return true;
  }
  *from = text.len;
  return false;
}

static const kit_json *element(const kit_json *list, hcsref_str name) {
  uint64_t index = 0;
  const kit_json *item = list->first;
  for (size_t i = 0; i < name.len; i++) {
    if (name.data[i] < '0' || name.data[i] > '9' || index > list->count)
      return NULL;
    index = index * 10 + (uint64_t)(name.data[i] - '0');
  }
  while (item != NULL && index-- > 0)
    item = item->next;
  return item;
}

static const kit_json *member(const kit_json *object, hcsref_str name) {
  const kit_json *child = object->first;
  while (child != NULL && !hcsref_str_equal(child->key, name))
    child = child->next;
  return child;
}

const kit_json *explain_path_follow(const kit_json *root, hcsref_str path) {
  const kit_json *node = root;
  size_t at = 1, step;
  hcsref_str name;
  while (node != NULL && (step = step_length(path, at, &name)) > 0) {
    node = node->kind == KIT_JSON_ARRAY    ? element(node, name)
           : node->kind == KIT_JSON_OBJECT ? member(node, name)
                                           : NULL;
    at += step;
  }
  return node;
}
