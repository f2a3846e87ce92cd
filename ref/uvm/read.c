/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/oci/annotations.go ParseAnnotationsBool, ParseAnnotationsUint64, ParseAnnotationsUint32,
 * ParseAnnotationsInt32, ParseAnnotationsCPUCount and its like, ParseAnnotationCommaSeparatedUint32 and …Uint64. */
#include "uvm/read.h"

#include "base/convert.h"
#include "base/strconv.h"
#include "hcs/limit.h"

/* What all keys begin with that are asked for here. */
#define VENDOR HCSREF_LIT("io.microsoft.")

bool hcsref_vm_collect_annotations(hcsref_shim_call *call) {
  const hcsref_map *all = &call->spec->annotations;
  const hcsref_string_entry *entries = all->entries;
  hcsref_string_entry *kept;
  for (size_t i = 0; i < all->len; i++)
    if (hcsref_str_has_prefix(entries[i].key, VENDOR)) {
      kept = hcsref_map_push(call->arena, &call->annotations, sizeof *kept);
      if (kept == NULL)
        return hcsref_fail_memory(call->err);
      *kept = entries[i];
    }
  return true;
}

const hcsref_str *hcsref_vm_annotation(const hcsref_shim_call *call, hcsref_str key) {
  return hcsref_map_find(&call->annotations, key);
}

bool hcsref_vm_read_bool(const hcsref_shim_call *call, hcsref_str key, bool fallback) {
  return hcsref_read_bool(call->rules, hcsref_vm_annotation(call, key), fallback);
}

uint64_t hcsref_vm_read_uint64(const hcsref_shim_call *call, hcsref_str key, uint64_t fallback) {
  return hcsref_read_uint64(hcsref_vm_annotation(call, key), fallback);
}

uint32_t hcsref_vm_read_uint32(const hcsref_shim_call *call, hcsref_str key, uint32_t fallback) {
  uint64_t number = hcsref_vm_read_uint64(call, key, fallback);
  return number > UINT32_MAX ? fallback : (uint32_t)number;
}

hcsref_str hcsref_vm_read_string(const hcsref_shim_call *call, hcsref_str key, hcsref_str fallback) {
  const hcsref_str *value = hcsref_vm_annotation(call, key);
  return value == NULL ? fallback : *value;
}

int32_t hcsref_vm_read_limit(const hcsref_shim_call *call, hcsref_str key, const uint64_t *of_spec, int32_t fallback) {
  hcsref_annotations annotation = {.rules = call->rules};
  int32_t limit;
  annotation.values[HCSREF_ANNOTATION_PROCESSOR_LIMIT] = hcsref_vm_annotation(call, key);
  if (hcsref_annotated_limit(&annotation, HCSREF_ANNOTATION_PROCESSOR_LIMIT, &limit))
    return limit;
  return of_spec != NULL && *of_spec > 0 ? hcsref_to_int32(*of_spec) : fallback;
}

static size_t count_items(hcsref_str list) {
  size_t count = 1;
  for (size_t i = 0; i < list.len; i++)
    count += list.data[i] == ',';
  return count;
}

/* Cuts the first item off `list`. */
static hcsref_str next_item(hcsref_str *list) {
  hcsref_str item;
  size_t length = 0;
  while (length < list->len && list->data[length] != ',')
    length++;
  item = hcsref_str_first(*list, length);
  *list = hcsref_str_skip(*list, length + 1);
  return item;
}

/* The numbers of a list, none of them above `most`; an empty slice when one is no number. */
static bool read_list(const hcsref_shim_call *call, hcsref_str key, uint64_t most, hcsref_slice *out) {
  const hcsref_str *value = hcsref_vm_annotation(call, key);
  hcsref_str rest;
  uint64_t *numbers;
  size_t count;
  if (value == NULL || value->len == 0)
    return true;
  count = count_items(*value);
  numbers = hcsref_arena_array(call->arena, count, sizeof *numbers);
  if (numbers == NULL)
    return false;
  rest = *value;
  for (size_t i = 0; i < count; i++)
    if (hcsref_parse_uint64(next_item(&rest), &numbers[i]) != HCSREF_NUMBER_OK || numbers[i] > most)
      return true;
  out->items = numbers;
  out->len = out->cap = count;
  return true;
}

bool hcsref_vm_read_list64(const hcsref_shim_call *call, hcsref_str key, hcsref_slice *out) {
  return read_list(call, key, UINT64_MAX, out) || hcsref_fail_memory(call->err);
}

bool hcsref_vm_read_list32(const hcsref_shim_call *call, hcsref_str key, hcsref_slice *out) {
  hcsref_slice wide = {NULL, 0, 0};
  uint32_t *narrow;
  if (!read_list(call, key, UINT32_MAX, &wide))
    return hcsref_fail_memory(call->err);
  if (wide.len == 0)
    return true;
  narrow = hcsref_arena_array(call->arena, wide.len, sizeof *narrow);
  if (narrow == NULL)
    return hcsref_fail_memory(call->err);
  for (size_t i = 0; i < wide.len; i++)
    narrow[i] = (uint32_t)((const uint64_t *)wide.items)[i];
  out->items = narrow;
  out->len = out->cap = wide.len;
  return true;
}
