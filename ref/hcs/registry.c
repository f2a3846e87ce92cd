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
  return true;
}
