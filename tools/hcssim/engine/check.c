/* SPDX-License-Identifier: Apache-2.0 */
/* The strict reading of a document by its schema table. */
#include "engine/state.h"

#include <string.h>

typedef struct checker {
  sim_call *call;
  hcsref_buf path; /* "$.Container.Layers[0]" */
} checker;

static bool reject(checker *c) {
  return sim_reject(c->call, hcsref_buf_str(&c->path));
}

/* As deep as the table, and at most SIM_MAX_DEPTH. NOLINTBEGIN(misc-no-recursion) */
static bool check(checker *c, const hcsref_value *value, const hcsref_type *type, int depth);

static bool check_at(checker *c, const hcsref_value *value, const hcsref_type *type, int depth, size_t length) {
  bool ok = check(c, value, type, depth + 1);
  c->path.len = length;
  return ok;
}

/* Names are told apart by case, and twice the same name is once too often. */
static bool check_members(checker *c, const hcsref_value *value, const hcsref_type *type, int depth) {
  const hcsref_value_entry *entries = value->as.object.entries;
  size_t length = c->path.len;
  for (size_t i = 0; i < value->as.object.len; i++) {
    const hcsref_field *field = type->kind == HCSREF_STRUCT ? hcsref_type_field(type, entries[i].key) : NULL;
    hcsref_buf_append_char(&c->path, '.');
    hcsref_buf_append(&c->path, entries[i].key);
    if (type->kind == HCSREF_STRUCT &&
        (field == NULL || !hcsref_str_equal(entries[i].key, hcsref_str_from(field->name, field->name_len))))
      return reject(c);
    for (size_t k = 0; type->kind == HCSREF_STRUCT && k < i && type->field_count > 0; k++)
      if (hcsref_str_equal(entries[k].key, entries[i].key))
        return reject(c);
    if (!check_at(c, &entries[i].value, field != NULL ? field->type : type->elem, depth, length))
      return false;
  }
  return true;
}

static bool check_items(checker *c, const hcsref_value *value, const hcsref_type *type, int depth) {
  const hcsref_value *items = value->as.array.items;
  size_t length = c->path.len;
  for (size_t i = 0; i < value->as.array.len; i++) {
    hcsref_buf_append_char(&c->path, '[');
    hcsref_buf_append_uint(&c->path, i);
    hcsref_buf_append_char(&c->path, ']');
    if (!check_at(c, &items[i], type->elem, depth, length))
      return false;
  }
  return true;
}

/* What JSON kind a value of a type has; null stands for an absent value everywhere. */
static hcsref_value_kind expected_kind(const hcsref_type *type) {
  switch (type->kind) {
  case HCSREF_BOOL:
    return HCSREF_VALUE_BOOL;
  case HCSREF_STRUCT:
  case HCSREF_MAP:
    return HCSREF_VALUE_OBJECT;
  case HCSREF_SLICE:
  case HCSREF_ARRAY:
    return HCSREF_VALUE_ARRAY;
  case HCSREF_STRING:
  case HCSREF_BYTES:
  case HCSREF_TIME:
  case HCSREF_GUID:
    return HCSREF_VALUE_STRING;
  default:
    return HCSREF_VALUE_NUMBER;
  }
}

static bool check(checker *c, const hcsref_value *value, const hcsref_type *type, int depth) {
  while (type->kind == HCSREF_POINTER)
    type = type->elem;
  if (type->kind == HCSREF_ANY || type->kind == HCSREF_RAW || value->kind == HCSREF_VALUE_NULL)
    return true;
  if (value->kind != expected_kind(type) || depth > SIM_MAX_DEPTH)
    return reject(c);
  if (value->kind == HCSREF_VALUE_OBJECT)
    return check_members(c, value, type, depth);
  if (value->kind == HCSREF_VALUE_ARRAY)
    return check_items(c, value, type, depth);
  return true;
}

/* NOLINTEND(misc-no-recursion) */

/* Where the codec's error points, as a JSON path. */
static void path_of_pointer(checker *c, hcsref_str where) {
  c->path.len = 0;
  hcsref_buf_append_char(&c->path, '$');
  for (size_t i = 0; i < where.len; i++)
    hcsref_buf_append_char(&c->path, where.data[i] == '/' ? '.' : where.data[i]);
}

bool sim_read_document(sim_call *call, hcsref_str text, const hcsref_type *type, void *out) {
  checker c = {call, {&call->arena, NULL, 0, 0, false}};
  hcsref_value value;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  if (!sim_going(call))
    return false;
  if (text.len == 0)
    text = HCSREF_LIT("{}");
  if (text.len > SIM_MAX_DOCUMENT)
    return sim_fail(call, HCSREF_HCS_INVALID_JSON, "The document is longer than %u bytes.", (uint64_t)SIM_MAX_DOCUMENT);
  memset(&value, 0, sizeof(value));
  if (!hcsref_json_decode(&call->arena, text, &hcsref_type_any, HCSREF_JSON_WHOLE, &value, &err))
    return sim_fail(call, HCSREF_HCS_INVALID_JSON, "The document is not JSON: %v.", err.message);
  hcsref_buf_append_char(&c.path, '$');
  if (value.kind != HCSREF_VALUE_OBJECT)
    return reject(&c);
  if (!check(&c, &value, type, 0))
    return false;
  if (hcsref_json_decode(&call->arena, text, type, HCSREF_JSON_WHOLE, out, &err))
    return true;
  path_of_pointer(&c, err.where); /* a number out of range, a bad GUID */
  return reject(&c);
}
