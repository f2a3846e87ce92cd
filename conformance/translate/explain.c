/* SPDX-License-Identifier: Apache-2.0 */
#include "translate/explain.h"

#include "compare/text.h"

/* One document. */
typedef struct walk {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  hcsref_provenance *notes;
  hcsref_slice *out;
  hcsref_error *err;
} walk;

/* A value, and what was noted of what holds it. */
typedef struct spot {
  const hcsref_type *type;
  const void *value;
  hcsref_str pointer;
  const hcsref_origin *origin;
} spot;

static bool visit(const walk *w, const spot *at);

static bool add_leaf(const walk *w, const spot *at) {
  explained_field *field = hcsref_slice_push(w->arena, w->out, sizeof *field);
  if (field == NULL)
    return hcsref_fail_memory(w->err);
  field->pointer = at->pointer;
  field->origin = at->origin;
  return hcsref_json_encode_as(w->arena, w->rules, at->type, at->value, &field->value, w->err);
}

static bool visit_child(const walk *w, const spot *at, const hcsref_type *type, const void *value, hcsref_str key,
                        size_t index) {
  hcsref_buf pointer = {.arena = w->arena};
  spot child = {type, value, {NULL, 0}, hcsref_provenance_find(w->notes, value, type->size)};
  hcsref_buf_append(&pointer, at->pointer);
  kit_pointer_append_child(&pointer, key, index);
  if (pointer.failed)
    return hcsref_fail_memory(w->err);
  child.pointer = hcsref_buf_str(&pointer);
  if (child.origin == NULL)
    child.origin = at->origin;
  return visit(w, &child);
}

static bool visit_struct(const walk *w, const spot *at) {
  bool empty = true;
  for (size_t i = 0; i < at->type->field_count; i++) {
    const hcsref_field *field = &at->type->fields[i];
    const void *value = (const char *)at->value + field->offset;
    if (!hcsref_field_known(field, w->rules) || (field->omit_empty && hcsref_json_is_empty(field->type, value)))
      continue;
    empty = false;
    if (!visit_child(w, at, field->type, value, hcsref_str_from(field->name, field->name_len), 0))
      return false;
  }
  return !empty || add_leaf(w, at);
}

static bool visit_list(const walk *w, const spot *at) {
  const hcsref_slice *list = at->value;
  for (size_t i = 0; i < list->len; i++)
    if (!visit_child(w, at, at->type->elem, (const char *)list->items + i * at->type->elem->size, hcsref_cstr(NULL), i))
      return false;
  return list->len != 0 || add_leaf(w, at);
}

static bool visit(const walk *w, const spot *at) {
  if (at->type->kind == HCSREF_POINTER) {
    spot target = *at;
    const hcsref_origin *own;
    target.value = *(const void *const *)at->value;
    target.type = at->type->elem;
    if (target.value == NULL)
      return add_leaf(w, at);
    own = hcsref_provenance_find(w->notes, target.value, target.type->size);
    target.origin = own != NULL ? own : at->origin;
    return visit(w, &target);
  }
  if (at->type->kind == HCSREF_STRUCT)
    return visit_struct(w, at);
  return at->type->kind == HCSREF_SLICE ? visit_list(w, at) : add_leaf(w, at);
}

bool explain_fields(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_type *type, const void *value,
                    hcsref_provenance *notes, hcsref_slice *out, hcsref_error *err) {
  const walk w = {arena, rules, notes, out, err};
  const spot at = {type, value, {NULL, 0}, NULL};
  return visit(&w, &at);
}
