/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON of a scripted host: its table, and the check of the values that may have several forms. */
#include "gojson/text.h"
#include "host/script.h"

static const hcsref_type int32_ptr = {HCSREF_POINTER, "*int32", sizeof(void *), &hcsref_type_int32, NULL, 0, 0,
                                      NULL,           0};
static const hcsref_type uint32_ptr = {HCSREF_POINTER, "*uint32", sizeof(void *), &hcsref_type_uint32, NULL, 0, 0,
                                       NULL,           0};
static const hcsref_type any_map = {
    HCSREF_MAP, "map[string]interface {}", sizeof(hcsref_map), &hcsref_type_any, NULL, 0, 0,
    NULL,       sizeof(hcsref_value_entry)};

#define FIELD(member, type)                                                                                            \
  { #member, sizeof(#member) - 1, offsetof(script_document, member), &(type), NULL, true }

static const hcsref_field document_fields[] = {
    FIELD(processor_count, int32_ptr),  FIELD(os_build, uint32_ptr), FIELD(layer_ids, any_map), FIELD(resolve, any_map),
    FIELD(uvm_folder, hcsref_type_any), FIELD(files, any_map),       FIELD(paths, any_map),
};

const hcsref_type hcsref_type_script_document = {HCSREF_STRUCT,
                                                 "host",
                                                 sizeof(script_document),
                                                 NULL,
                                                 document_fields,
                                                 sizeof(document_fields) / sizeof(document_fields[0]),
                                                 0,
                                                 NULL,
                                                 0};

const hcsref_value *hcsref_script_member(const hcsref_value *object, const char *name) {
  const hcsref_value_entry *entries = object->as.object.entries;
  if (object->kind != HCSREF_VALUE_OBJECT)
    return NULL;
  for (size_t i = object->as.object.len; i > 0; i--)
    if (hcsref_str_equal(entries[i - 1].key, hcsref_cstr(name)))
      return &entries[i - 1].value;
  return NULL;
}

hcsref_str hcsref_script_text(const hcsref_value *value) {
  return value->kind == HCSREF_VALUE_STRING ? value->as.string : hcsref_str_from(NULL, 0);
}

bool hcsref_script_error(const hcsref_value *value, hcsref_str *message) {
  const hcsref_value *error = hcsref_script_member(value, "error");
  if (error == NULL || error->kind != HCSREF_VALUE_STRING)
    return false;
  *message = error->as.string;
  return true;
}

/* ---- forms ------------------------------------------------------------------------------------------------ */

static bool is_text_or_absent(const hcsref_value *value) {
  return value == NULL || value->kind == HCSREF_VALUE_STRING;
}

/* A text or {"error": text}. */
static bool is_answer(const hcsref_value *value) {
  hcsref_str ignored;
  return value->kind == HCSREF_VALUE_STRING || hcsref_script_error(value, &ignored);
}

static bool is_layer_id(const hcsref_value *value) {
  hcsref_guid ignored;
  return is_answer(value) && (value->kind != HCSREF_VALUE_STRING || hcsref_guid_parse(value->as.string, &ignored));
}

/* A text, or an object of data, dir, error and read_error. */
static bool is_file(const hcsref_value *value) {
  const hcsref_value *dir = hcsref_script_member(value, "dir");
  if (value->kind == HCSREF_VALUE_STRING)
    return true;
  return value->kind == HCSREF_VALUE_OBJECT && is_text_or_absent(hcsref_script_member(value, "data")) &&
         is_text_or_absent(hcsref_script_member(value, "error")) &&
         is_text_or_absent(hcsref_script_member(value, "read_error")) &&
         (dir == NULL || dir->kind == HCSREF_VALUE_BOOL);
}

/* An object of stat, resolve and mkdir. */
static bool is_path(const hcsref_value *value) {
  const hcsref_value *resolve = hcsref_script_member(value, "resolve");
  const hcsref_value *mkdir = hcsref_script_member(value, "mkdir");
  return value->kind == HCSREF_VALUE_OBJECT && is_text_or_absent(hcsref_script_member(value, "stat")) &&
         (resolve == NULL || is_answer(resolve)) &&
         (mkdir == NULL || is_answer(mkdir) || mkdir->kind == HCSREF_VALUE_NULL);
}

static bool wrong_form(hcsref_arena *arena, const char *member, hcsref_str key, hcsref_error *err) {
  hcsref_buf where = {.arena = arena};
  hcsref_buf_append_pointer_token(&where, hcsref_cstr(member));
  hcsref_buf_append_pointer_token(&where, key);
  if (where.failed)
    return hcsref_fail_memory(err);
  return hcsref_fail(arena, err, "host-script", hcsref_buf_str(&where), "the host script's %s has no known form",
                     member);
}

/* One of the script's maps: how its values may look, and where its index is. */
typedef struct map_rule {
  const char *member;
  size_t map, index;
  bool (*form)(const hcsref_value *value);
} map_rule;

static const map_rule map_rules[] = {
    {"layer_ids", offsetof(script_document, layer_ids), offsetof(hcsref_script, layer_ids), is_layer_id},
    {"resolve", offsetof(script_document, resolve), offsetof(hcsref_script, resolve), is_answer},
    {"files", offsetof(script_document, files), offsetof(hcsref_script, files), is_file},
    {"paths", offsetof(script_document, paths), offsetof(hcsref_script, paths), is_path},
};

static bool load_map(hcsref_arena *arena, hcsref_script *script, const map_rule *rule, hcsref_error *err) {
  const hcsref_map *map = (const hcsref_map *)(const void *)((const char *)&script->document + rule->map);
  hcsref_index *index = (hcsref_index *)(void *)((char *)script + rule->index);
  const hcsref_value_entry *entries = map->entries;
  for (size_t i = 0; i < map->len; i++)
    if (!rule->form(&entries[i].value))
      return wrong_form(arena, rule->member, entries[i].key, err);
  return hcsref_index_build(arena, map, index) || hcsref_fail_memory(err);
}

static bool check_uvm_folder(hcsref_arena *arena, const hcsref_value *folder, hcsref_error *err) {
  if (folder->kind == HCSREF_VALUE_NULL || is_answer(folder))
    return true;
  return hcsref_fail(arena, err, "host-script", HCSREF_LIT("/uvm_folder"),
                     "the host script's uvm_folder has no known form");
}

bool hcsref_script_load(hcsref_arena *arena, hcsref_str text, hcsref_script **out, hcsref_error *err) {
  hcsref_script *script = hcsref_arena_alloc(arena, sizeof(*script));
  if (script == NULL)
    return hcsref_fail_memory(err);
  script->arena = arena;
  if (text.len != 0 &&
      !hcsref_json_decode(arena, text, &hcsref_type_script_document, HCSREF_JSON_WHOLE, &script->document, err))
    return false;
  for (size_t i = 0; i < sizeof(map_rules) / sizeof(map_rules[0]); i++)
    if (!load_map(arena, script, &map_rules[i], err))
      return false;
  if (!check_uvm_folder(arena, &script->document.uvm_folder, err))
    return false;
  *out = script;
  return true;
}
