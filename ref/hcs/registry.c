/* SPDX-License-Identifier: Apache-2.0 */
/* Registry values that the container starts with. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go
 * createWindowsContainerDocument. */
#include "hcs/document.h"
#include "hcs/dumps.h"
#include "hcs/test_registry.h"

#include <string.h>

/* Where dumps go: what the utility VM says, unless the container's annotation says something, if only "". */
static hcsref_str dump_location(const hcsref_builder *b) {
  const hcsref_str *own = b->annotations.values[HCSREF_ANNOTATION_DUMP_LOCATION];
  if (own != NULL)
    return *own;
  return b->vm == NULL ? HCSREF_LIT("") : b->vm->process_dump_location;
}

static hcsref_v2_registry_value *add_value(hcsref_document_parts *parts, hcsref_str hive, hcsref_str key,
                                           hcsref_str name, hcsref_str type) {
  size_t index = parts->registry_changes.add_values.len++;
  hcsref_v2_registry_value *value = &parts->registry_values[index];
  value->key = &parts->registry_keys[index];
  value->key->hive = hive;
  value->key->name = key;
  value->name = name;
  value->type = type;
  return value;
}

/* A container gets as long to stop as it needs; who stops it counts the time. */
static void add_service_timeout(hcsref_document_parts *parts) {
  add_value(parts, HCSREF_LIT("System"), HCSREF_LIT("ControlSet001\\Control"), HCSREF_LIT("WaitToKillServiceTimeout"),
            HCSREF_LIT("String"))
      ->string_value = HCSREF_LIT("2147483647");
}

static hcsref_v2_registry_value *add_dump_value(hcsref_document_parts *parts, hcsref_str name, hcsref_str type) {
  return add_value(parts, HCSREF_LIT("Software"), HCSREF_LIT("Microsoft\\Windows\\Windows Error Reporting\\LocalDumps"),
                   name, type);
}

/* Type and count are only read when there is a folder. */
static bool add_dump_values(hcsref_builder *b) {
  const bool counts = hcsref_has(b->rules, HCSREF_CHANGE_DUMP_COUNT);
  hcsref_str folder = dump_location(b);
  int32_t type, count = 0;
  if (folder.len == 0)
    return true;
  if (hcsref_has(b->rules, HCSREF_CHANGE_DUMP_SUFFIX) && !hcsref_dump_folder(b->arena, folder, b->options->id, &folder))
    return hcsref_fail_memory(b->err);
  if (!hcsref_read_dump_type(b->arena, &b->annotations, &type, b->err) ||
      (counts && !hcsref_read_dump_count(b->arena, &b->annotations, &count, b->err)))
    return false;
  add_dump_value(b->parts, HCSREF_LIT("DumpFolder"), HCSREF_LIT("String"))->string_value = folder;
  add_dump_value(b->parts, HCSREF_LIT("DumpType"), HCSREF_LIT("DWord"))->d_word_value = type;
  if (counts)
    add_dump_value(b->parts, HCSREF_LIT("DumpCount"), HCSREF_LIT("DWord"))->d_word_value = count;
  return true;
}

/* All values in one list, when there are more than the usual ones. */
static bool append_values(hcsref_builder *b, const hcsref_slice *more) {
  hcsref_slice *values = &b->parts->registry_changes.add_values;
  hcsref_v2_registry_value *all;
  if (more->len == 0)
    return true;
  all = hcsref_arena_array(b->arena, values->len + more->len, sizeof *all);
  if (all == NULL)
    return hcsref_fail_memory(b->err);
  memcpy(all, values->items, values->len * sizeof *all);
  memcpy(all + values->len, more->items, more->len * sizeof *all);
  values->items = all;
  values->len = values->cap = values->len + more->len;
  return true;
}

/* The folder is the annotation's or the VM's; the type and the count have a default. */
static void note_values(const hcsref_builder *b, const hcsref_slice *tests) {
  static const hcsref_annotation dumps[] = {HCSREF_ANNOTATION_DUMP_LOCATION, HCSREF_ANNOTATION_DUMP_TYPE,
                                            HCSREF_ANNOTATION_DUMP_COUNT};
  hcsref_v2_registry_value *values = b->parts->registry_changes.add_values.items;
  size_t count = b->parts->registry_changes.add_values.len - tests->len, own = 0;
  for (size_t i = 0; i < count && own < sizeof(dumps) / sizeof(dumps[0]); i++) {
    hcsref_str place = HCSREF_LIT("");
    if (!hcsref_str_equal(values[i].name, HCSREF_LIT("WaitToKillServiceTimeout")))
      place = hcsref_annotation_pointer(dumps[own++]);
    HCSREF_NOTE(b, values[i], "createWindowsContainerDocument: registry values of a container", "%v", place);
    HCSREF_NOTE(b, *values[i].key, "createWindowsContainerDocument: registry values of a container", "%v", place);
  }
  for (size_t i = count; i < count + tests->len; i++) {
    const hcsref_str place = hcsref_annotation_pointer(HCSREF_ANNOTATION_TEST_REGISTRY);
    HCSREF_NOTE(b, values[i], "additional registry values of tests", "%v", place);
    HCSREF_NOTE(b, *values[i].key, "additional registry values of tests", "%v", place);
  }
}

bool hcsref_build_registry(hcsref_builder *b) {
  hcsref_document_parts *parts = b->parts;
  hcsref_slice tests = {NULL, 0, 0};
  parts->registry_changes.add_values.items = parts->registry_values;
  parts->registry_changes.add_values.cap = HCSREF_REGISTRY_VALUES;
  if (hcsref_has(b->rules, HCSREF_CHANGE_STOP_TIMEOUT))
    add_service_timeout(parts);
  if (!add_dump_values(b))
    return false;
  if (hcsref_has(b->rules, HCSREF_CHANGE_TEST_REGISTRY) &&
      !hcsref_read_test_registry(b->arena, &b->annotations, &tests))
    return hcsref_fail_memory(b->err);
  if (!append_values(b, &tests))
    return false;
  if (parts->registry_changes.add_values.len != 0)
    parts->v2.registry_changes = &parts->registry_changes;
  if (b->options->provenance != NULL)
    note_values(b, &tests);
  return true;
}
