/* SPDX-License-Identifier: Apache-2.0 */
#include "host/forms.h"

#include "gojson/text.h"

#include <string.h>

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

static bool is_error(const hcsref_value *value) {
  hcsref_str ignored;
  return hcsref_script_error(value, &ignored);
}

static bool is_answer(const hcsref_value *value) {
  return value->kind == HCSREF_VALUE_STRING || is_error(value);
}

static bool is_layer_id(const hcsref_value *value) {
  hcsref_guid ignored;
  return is_answer(value) && (value->kind != HCSREF_VALUE_STRING || hcsref_guid_parse(value->as.string, &ignored));
}

static bool is_file(const hcsref_value *value) {
  const hcsref_value *dir = hcsref_script_member(value, "dir");
  if (value->kind == HCSREF_VALUE_STRING)
    return true;
  return value->kind == HCSREF_VALUE_OBJECT && is_text_or_absent(hcsref_script_member(value, "data")) &&
         is_text_or_absent(hcsref_script_member(value, "error")) &&
         is_text_or_absent(hcsref_script_member(value, "read_error")) &&
         (dir == NULL || dir->kind == HCSREF_VALUE_BOOL);
}

static bool is_vm_file(const hcsref_value *value) {
  static const char *const texts[] = {"copy_error",  "disk_id_error", "error",  "file_id",
                                      "grant_error", "mkdir_error",   "resolve"};
  const hcsref_value *dir = hcsref_script_member(value, "dir");
  if (value->kind == HCSREF_VALUE_STRING)
    return true;
  if (value->kind != HCSREF_VALUE_OBJECT || (dir != NULL && dir->kind != HCSREF_VALUE_BOOL))
    return false;
  for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
    if (!is_text_or_absent(hcsref_script_member(value, texts[i])))
      return false;
  return true;
}

static bool is_text(const hcsref_value *value) {
  return value->kind == HCSREF_VALUE_STRING;
}

static bool is_path(const hcsref_value *value) {
  const hcsref_value *resolve = hcsref_script_member(value, "resolve");
  const hcsref_value *mkdir = hcsref_script_member(value, "mkdir");
  return value->kind == HCSREF_VALUE_OBJECT && is_text_or_absent(hcsref_script_member(value, "stat")) &&
         (resolve == NULL || is_answer(resolve)) && (mkdir == NULL || is_error(mkdir));
}

static bool is_uvm_folder(const hcsref_value *value) {
  return value->kind == HCSREF_VALUE_NULL || is_answer(value);
}

const script_form hcsref_form_layer_id = {is_layer_id, "a layer id is a GUID or {\"error\": text}"};
const script_form hcsref_form_resolve = {is_answer, "a resolved path is a text or {\"error\": text}"};
const script_form hcsref_form_file = {is_file, "a file is its contents or an object of data, dir, error, read_error"};
const script_form hcsref_form_path = {
    is_path, "a path is an object of stat (a text), resolve (a text or {\"error\": text}), mkdir ({\"error\": text})"};
const script_form hcsref_form_uvm_folder = {is_uvm_folder, "the utility VM's folder is a path or {\"error\": text}"};
const script_form hcsref_form_vm_file = {
    is_vm_file,
    "a file is \"\" or an object of dir, error, mkdir_error, copy_error, grant_error, disk_id_error, file_id, "
    "resolve"};
const script_form hcsref_form_text = {is_text, "an error is a text"};
const script_form hcsref_form_share = {is_answer, "a share is a path in the utility VM or {\"error\": text}"};
const script_form hcsref_form_answer = {is_answer, "the value is a text or {\"error\": text}"};

/* ---- checks ----------------------------------------------------------------------------------------------- */

/* As Go decodes into a struct: of several members of a name the last, and a null one not at all. */
static void keep_known_members(hcsref_value *object) {
  static const char *const known[] = {"copy_error",  "data",  "dir",         "disk_id_error", "error",   "file_id",
                                      "grant_error", "mkdir", "mkdir_error", "read_error",    "resolve", "stat"};
  hcsref_value_entry kept[sizeof(known) / sizeof(known[0])];
  size_t count = 0;
  if (object->kind != HCSREF_VALUE_OBJECT)
    return;
  for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
    const hcsref_value *member = hcsref_script_member(object, known[i]);
    if (member == NULL || member->kind == HCSREF_VALUE_NULL)
      continue;
    kept[count].key = hcsref_cstr(known[i]);
    kept[count++].value = *member;
  }
  if (count > 0)
    memcpy(object->as.object.entries, kept, count * sizeof(kept[0]));
  object->as.object.len = count;
}

static void keep_known(hcsref_value *value) {
  hcsref_value_entry *entries = value->as.object.entries;
  keep_known_members(value);
  if (value->kind != HCSREF_VALUE_OBJECT)
    return;
  for (size_t i = 0; i < value->as.object.len; i++)
    keep_known_members(&entries[i].value);
}

static bool refuse(hcsref_arena *arena, const script_form *form, const char *list, const hcsref_str *key,
                   hcsref_error *err) {
  hcsref_buf where = {.arena = arena};
  hcsref_buf_append_pointer_token(&where, hcsref_cstr(list));
  if (key != NULL)
    hcsref_buf_append_pointer_token(&where, *key);
  if (where.failed)
    return hcsref_fail_memory(err);
  return hcsref_fail(arena, err, "host-script", hcsref_buf_str(&where), "%s", form->rule);
}

bool hcsref_script_settle(hcsref_arena *arena, hcsref_value *value, const script_form *form, const char *list,
                          const hcsref_str *key, hcsref_error *err) {
  keep_known(value);
  return form->fits(value) || refuse(arena, form, list, key, err);
}

bool hcsref_script_settle_map(hcsref_arena *arena, const hcsref_map *map, const script_form *form, const char *list,
                              hcsref_index *index, hcsref_error *err) {
  hcsref_value_entry *entries = map->entries;
  for (size_t i = 0; i < map->len; i++)
    if (!hcsref_script_settle(arena, &entries[i].value, form, list, &entries[i].key, err))
      return false;
  return hcsref_index_build(arena, map, index) || hcsref_fail_memory(err);
}
