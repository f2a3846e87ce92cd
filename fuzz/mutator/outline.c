/* SPDX-License-Identifier: Apache-2.0 */
#include "mutator/outline.h"

typedef struct reader {
  outline *out;
  size_t at;
} reader;

static char peek(const reader *r) {
  return r->at < r->out->len ? r->out->text[r->at] : '\0';
}

static void skip_space(reader *r) {
  while (peek(r) == ' ' || peek(r) == '\t' || peek(r) == '\r' || peek(r) == '\n')
    r->at++;
}

static bool take(reader *r, char c) {
  skip_space(r);
  if (peek(r) != c)
    return false;
  r->at++;
  return true;
}

static bool skip_string(reader *r) {
  if (!take(r, '"'))
    return false;
  while (r->at < r->out->len && r->out->text[r->at] != '"')
    r->at += r->out->text[r->at] == '\\' ? 2 : 1;
  return r->at < r->out->len && r->at++ < r->out->len;
}

static bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'E';
}

static bool skip_word(reader *r) {
  size_t start = r->at;
  while (is_word_byte(peek(r)))
    r->at++;
  return r->at > start;
}

static const hcsref_type *without_pointers(const hcsref_type *type) {
  while (type != NULL && type->kind == HCSREF_POINTER)
    type = type->elem;
  return type;
}

static const hcsref_type *member_type(const hcsref_type *type, const char *key, size_t len) {
  const hcsref_field *field;
  if (type == NULL)
    return NULL;
  if (type->kind == HCSREF_MAP)
    return without_pointers(type->elem);
  if (type->kind != HCSREF_STRUCT)
    return NULL;
  field = hcsref_type_field(type, hcsref_str_from(key, len));
  return field == NULL ? NULL : without_pointers(field->type);
}

static const hcsref_type *element_type(const hcsref_type *type) {
  if (type == NULL || (type->kind != HCSREF_SLICE && type->kind != HCSREF_ARRAY))
    return NULL;
  return without_pointers(type->elem);
}

static bool read_value(reader *r, size_t parent, size_t key, size_t key_end, const hcsref_type *type, int depth);

static bool read_member(reader *r, size_t node, int depth) {
  outline *out = r->out;
  size_t key;
  skip_space(r);
  key = r->at;
  if (!skip_string(r))
    return false;
  {
    size_t key_end = r->at;
    const hcsref_type *type = member_type(out->nodes[node].type, out->text + key + 1, key_end - key - 2);
    return take(r, ':') && read_value(r, node, key, key_end, type, depth + 1);
  }
}

static bool read_children(reader *r, size_t node, char close, int depth) {
  r->at++;
  if (take(r, close))
    return true;
  do {
    if (close == '}' ? !read_member(r, node, depth)
                     : !read_value(r, node, 0, 0, element_type(r->out->nodes[node].type), depth + 1))
      return false;
  } while (take(r, ','));
  return take(r, close);
}

static bool read_value(reader *r, size_t parent, size_t key, size_t key_end, const hcsref_type *type, int depth) {
  outline *out = r->out;
  size_t index = out->count;
  outline_node *node = &out->nodes[index];
  char first;
  bool ok;
  skip_space(r);
  first = peek(r);
  if (depth > OUTLINE_DEPTH || index == OUTLINE_MOST)
    return false;
  out->count++;
  node->kind = first == '-' || (first >= '0' && first <= '9') ? '\0' : first;
  node->start = r->at;
  node->key = key;
  node->key_end = key_end;
  node->parent = parent;
  node->children = 0;
  node->type = type;
  if (index != parent)
    out->nodes[parent].children++;
  if (first == '{' || first == '[')
    ok = read_children(r, index, first == '{' ? '}' : ']', depth);
  else
    ok = first == '"' ? skip_string(r) : skip_word(r);
  node->end = r->at;
  return ok;
}

bool outline_read(outline *out, const char *text, size_t len, const hcsref_type *type) {
  reader r = {out, 0};
  out->text = text;
  out->len = len;
  out->count = 0;
  return read_value(&r, 0, 0, 0, without_pointers(type), 0);
}
