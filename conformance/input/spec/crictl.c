/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/crictl.h"

#include "compare/text.h"
#include "input/spec/lost.h"

/* One reading. */
typedef struct reading {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  hcsref_buf *out;
  hcsref_slice *notes;
} reading;

/* A place on the way down. */
typedef struct place {
  const struct place *up;
  hcsref_str key;
  size_t index;
  bool is_item;
} place;

static void append_pointer(hcsref_buf *buf, const place *at) {
  if (at == NULL)
    return;
  append_pointer(buf, at->up);
  if (at->is_item) {
    hcsref_buf_append_char(buf, '/');
    hcsref_buf_append_uint(buf, at->index);
  } else {
    kit_pointer_append(buf, at->key);
  }
}

static const hcsref_field *by_alias(const hcsref_type *type, hcsref_str key) {
  for (size_t i = 0; i < type->field_count; i++)
    for (const char *const *alias = type->fields[i].aliases; alias != NULL && *alias != NULL; alias++)
      if (hcsref_str_equal(key, hcsref_cstr(*alias)))
        return &type->fields[i];
  return NULL;
}

static const hcsref_field *of_any_release(const hcsref_type *type, hcsref_str key) {
  for (size_t i = 0; i < type->field_count; i++)
    if (hcsref_str_equal(key, hcsref_str_from(type->fields[i].name, type->fields[i].name_len)))
      return &type->fields[i];
  return NULL;
}

/* The field that Go's tags give the member; else a note. */
static const hcsref_field *find_field(const reading *r, const hcsref_type *type, const place *at, bool *ok) {
  const hcsref_field *field = hcsref_type_field_as(type, r->rules, at->key), *meant = by_alias(type, at->key);
  hcsref_buf where = {.arena = r->arena};
  hcsref_str release;
  if (field != NULL && meant == NULL)
    return field;
  append_pointer(&where, at);
  if (meant != NULL)
    *ok = input_add_note(r->arena, r->notes, hcsref_buf_str(&where), "crictl does not read this name; use %s",
                         meant->name);
  else
    *ok = input_field_release(r->arena, of_any_release(type, at->key), &release) &&
          input_add_note(r->arena, r->notes, hcsref_buf_str(&where), "is ignored: this release has no such field%v",
                         release);
  *ok = *ok && !where.failed;
  return NULL;
}

static const hcsref_type *pointed_at(const hcsref_type *type) {
  while (type->kind == HCSREF_POINTER)
    type = type->elem;
  return type;
}

static bool append_node(const reading *r, const kit_json *node, const hcsref_type *type, const place *at);

static bool append_object(const reading *r, const kit_json *node, const hcsref_type *type, const place *at) {
  bool first = true, ok = true;
  hcsref_buf_append_char(r->out, '{');
  for (const kit_json *child = node->first; child != NULL; child = child->next) {
    const place here = {at, child->key, 0, false};
    const hcsref_field *field = find_field(r, type, &here, &ok);
    if (!ok)
      return false;
    if (field == NULL)
      continue;
    if (!first)
      hcsref_buf_append_char(r->out, ',');
    first = false;
    hcsref_buf_append(r->out, child->raw_key);
    hcsref_buf_append_char(r->out, ':');
    if (!append_node(r, child, field->type, &here))
      return false;
  }
  hcsref_buf_append_char(r->out, '}');
  return true;
}

static bool append_array(const reading *r, const kit_json *node, const hcsref_type *type, const place *at) {
  size_t index = 0;
  hcsref_buf_append_char(r->out, '[');
  for (const kit_json *child = node->first; child != NULL; child = child->next) {
    const place here = {at, {NULL, 0}, index++, true};
    if (child != node->first)
      hcsref_buf_append_char(r->out, ',');
    if (!append_node(r, child, type->elem, &here))
      return false;
  }
  hcsref_buf_append_char(r->out, ']');
  return true;
}

static bool append_node(const reading *r, const kit_json *node, const hcsref_type *type, const place *at) {
  type = pointed_at(type);
  if (type->kind == HCSREF_STRUCT && type->field_count != 0 && node->kind == KIT_JSON_OBJECT)
    return append_object(r, node, type, at);
  if (type->kind == HCSREF_SLICE && node->kind == KIT_JSON_ARRAY)
    return append_array(r, node, type, at);
  hcsref_buf_append(r->out, node->raw);
  return true;
}

bool input_as_crictl(hcsref_arena *arena, const hcsref_rules *rules, const kit_json *tree, const hcsref_type *type,
                     hcsref_buf *out, hcsref_slice *notes) {
  const reading r = {arena, rules, out, notes};
  return append_node(&r, tree, type, NULL) && !out->failed;
}
