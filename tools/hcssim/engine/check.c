/* SPDX-License-Identifier: Apache-2.0 */
/* The strict reading of a document by its schema table. */
#include "engine/state.h"

#include "hcsref/schema2_service.h"

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

static void append_index(checker *c, size_t index) {
  hcsref_buf_append_char(&c->path, '[');
  hcsref_buf_append_uint(&c->path, index);
  hcsref_buf_append_char(&c->path, ']');
}

/* What a JSON pointer says, as the path goes on. */
static void append_pointer(checker *c, hcsref_str where) {
  for (size_t i = 0; i < where.len; i++)
    hcsref_buf_append_char(&c->path, where.data[i] == '/' ? '.' : where.data[i]);
}

static bool check_at(checker *c, const hcsref_value *value, const hcsref_type *type, int depth, size_t length) {
  bool ok = check(c, value, type, depth + 1);
  c->path.len = length;
  return ok;
}

/* A text member's value, which decides on another's type. */
static hcsref_str text_member(const hcsref_value *object, const char *name) {
  const hcsref_value_entry *entries = object->as.object.entries;
  for (size_t i = 0; object->kind == HCSREF_VALUE_OBJECT && i < object->as.object.len; i++)
    if (hcsref_str_equal(entries[i].key, hcsref_cstr(name)) && entries[i].value.kind == HCSREF_VALUE_STRING)
      return entries[i].value.as.string;
  return hcsref_str_from(NULL, 0);
}

/* Against the table that another member chose, ranges included; null: any JSON will do. */
static bool check_open(checker *c, const hcsref_value *value, const hcsref_type *type, int depth) {
  size_t length = c->path.len;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_str text;
  void *decoded;
  if (type == NULL)
    return true;
  if (!check_at(c, value, type, depth, length))
    return false;
  decoded = hcsref_arena_alloc(&c->call->arena, type->size);
  if (decoded == NULL || !hcsref_json_encode(&c->call->arena, &hcsref_type_any, value, &text, NULL))
    return sim_fail(c->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if (hcsref_json_decode_as(&c->call->arena, c->call->sim->rules, text, type, HCSREF_JSON_WHOLE, decoded, &err))
    return true;
  append_pointer(c, err.where);
  return reject(c);
}

/* The policies of a list are each of the type that they name themselves. */
static bool check_policies(checker *c, const hcsref_value *value, const hcsref_type *holder, hcsref_str name,
                           int depth) {
  const hcsref_value *items = value->as.array.items;
  size_t length = c->path.len;
  for (size_t i = 0; value->kind == HCSREF_VALUE_ARRAY && i < value->as.array.len; i++) {
    append_index(c, i);
    if (!check_open(c, &items[i], hcsref_hcn_open_type(holder, name, text_member(&items[i], "Type")), depth))
      return false;
    c->path.len = length;
  }
  return true;
}

/* What a member is of which the table leaves that open; null: any JSON. */
static const hcsref_type *open_type(const hcsref_value *object, hcsref_str name, const hcsref_type *holder) {
  hcsref_str kind = text_member(object, "Type");
  const hcsref_told_member *told = hcsref_service_told(holder);
  if (told != NULL) /* its only such member */
    return hcsref_told_type(told, text_member(object, told->by));
  if (holder == &hcsref_type_v2_compute_system)
    return &hcsref_type_v2_hosted_system; /* its only such member */
  if (holder == &hcsref_type_v2_modify_setting_request && hcsref_str_equal(name, HCSREF_LIT("GuestRequest")))
    return &hcsref_type_guest_modification;
  if (holder == &hcsref_type_v2_modify_setting_request)
    return hcsref_settings_type(text_member(object, "ResourcePath"));
  if (holder == &hcsref_type_guest_modification)
    return hcsref_guest_settings_type(text_member(object, "ResourceType"));
  return hcsref_hcn_open_type(holder, name, kind.len > 0 ? kind : text_member(object, "ResourceType"));
}

/* A member of which the table leaves open what it is. */
static bool check_open_member(checker *c, const hcsref_value *object, const hcsref_value_entry *entry,
                              const hcsref_type *holder, int depth) {
  if (entry->value.kind == HCSREF_VALUE_ARRAY)
    return check_policies(c, &entry->value, holder, entry->key, depth);
  return entry->value.kind == HCSREF_VALUE_NULL ||
         check_open(c, &entry->value, open_type(object, entry->key, holder), depth);
}

static bool is_open(const hcsref_type *type) {
  return type->kind == HCSREF_RAW || type->kind == HCSREF_ANY ||
         (type->kind == HCSREF_SLICE && type->elem->kind == HCSREF_RAW);
}

/* What the newest release knows, or what only an older one did. */
static const hcsref_field *field_of(const checker *c, const hcsref_type *type, hcsref_str name) {
  const hcsref_field *field = hcsref_type_field_as(type, c->call->sim->rules, name);
  return field != NULL ? field : hcsref_type_field(type, name);
}

/* Names are told apart by case, and twice the same name is once too often. */
static bool check_members(checker *c, const hcsref_value *value, const hcsref_type *type, int depth) {
  const hcsref_value_entry *entries = value->as.object.entries;
  size_t length = c->path.len;
  for (size_t i = 0; i < value->as.object.len; i++) {
    const hcsref_field *field = type->kind == HCSREF_STRUCT ? field_of(c, type, entries[i].key) : NULL;
    hcsref_buf_append_char(&c->path, '.');
    hcsref_buf_append(&c->path, entries[i].key);
    if (type->kind == HCSREF_STRUCT &&
        (field == NULL || !hcsref_str_equal(entries[i].key, hcsref_str_from(field->name, field->name_len))))
      return reject(c);
    for (size_t k = 0; type->kind == HCSREF_STRUCT && k < i && type->field_count > 0; k++)
      if (hcsref_str_equal(entries[k].key, entries[i].key))
        return reject(c);
    if (field != NULL && is_open(field->type) && !check_open_member(c, value, &entries[i], type, depth))
      return false;
    if (!check_at(c, &entries[i].value, field != NULL ? field->type : type->elem, depth, length))
      return false;
  }
  return true;
}

static bool check_items(checker *c, const hcsref_value *value, const hcsref_type *type, int depth) {
  const hcsref_value *items = value->as.array.items;
  size_t length = c->path.len;
  for (size_t i = 0; i < value->as.array.len; i++) {
    append_index(c, i);
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
  append_pointer(c, where);
}

bool sim_has_member(sim_call *call, hcsref_str text, const char *name) {
  const hcsref_value_entry *entries;
  hcsref_value value;
  memset(&value, 0, sizeof(value));
  if (text.len > SIM_MAX_DOCUMENT ||
      !hcsref_json_decode(&call->arena, text, &hcsref_type_any, HCSREF_JSON_WHOLE, &value, NULL) ||
      value.kind != HCSREF_VALUE_OBJECT)
    return false;
  entries = value.as.object.entries;
  for (size_t i = 0; i < value.as.object.len; i++)
    if (hcsref_str_equal(entries[i].key, hcsref_cstr(name)))
      return true;
  return false;
}

bool sim_read_document(sim_call *call, hcsref_str text, const hcsref_type *type, void *out) {
  checker c = {call, {&call->arena, NULL, 0, 0, false}};
  hcsref_value value;
  hcsref_str why;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  if (!sim_going(call))
    return false;
  if (text.len == 0)
    text = HCSREF_LIT("{}");
  if (text.len > SIM_MAX_DOCUMENT)
    return sim_reject_text(call, HCSREF_LIT("The document is too long."));
  memset(&value, 0, sizeof(value));
  if (!hcsref_json_decode(&call->arena, text, &hcsref_type_any, HCSREF_JSON_WHOLE, &value, &err))
    return sim_reject_text(call, hcsref_format(&call->arena, &why, "The document is not JSON: %v.", err.message)
                                     ? why
                                     : HCSREF_LIT("The document is not JSON."));
  hcsref_buf_append_char(&c.path, '$');
  if (value.kind != HCSREF_VALUE_OBJECT)
    return reject(&c);
  if (!check(&c, &value, type, 0))
    return false;
  if (hcsref_json_decode_as(&call->arena, call->sim->rules, text, type, HCSREF_JSON_WHOLE, out, &err))
    return true;
  path_of_pointer(&c, err.where); /* a number out of range, a bad GUID */
  return reject(&c);
}
