/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/oci/annotations.go ParseHVSocketServiceTable, parseRegistryValues. */
#include "uvm/tables.h"

#include "gojson/sort.h"
#include "gojson/text.h"
#include "uvm/read.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef enum decoding { DECODED, NOT_JSON, NO_MEMORY } decoding;

/* What Go cannot decode is as good as absent. */
static decoding decode(const hcsref_shim_call *call, hcsref_str text, const hcsref_type *type, void *out) {
  hcsref_error problem;
  if (hcsref_json_decode(call->arena, text, type, HCSREF_JSON_WHOLE, out, &problem))
    return DECODED;
  if (strcmp(problem.code, "out-of-memory") != 0)
    return NOT_JSON;
  hcsref_fail_memory(call->err);
  return NO_MEMORY;
}

/* ---- Hyper-V socket services ---------------------------------------------------------------------------------- */

static bool add_service(const hcsref_shim_call *call, const hcsref_string_entry *annotation, const hcsref_guid *id,
                        hcsref_map *out) {
  hcsref_v2_hv_socket_service_config config = {0};
  hcsref_v2_hv_socket_service_config_entry *entry;
  decoding result = decode(call, annotation->value, &hcsref_type_v2_hv_socket_service_config, &config);
  if (result != DECODED)
    return result == NOT_JSON;
  entry = hcsref_map_push(call->arena, out, sizeof *entry);
  if (entry == NULL || !hcsref_guid_text(call->arena, id, &entry->key))
    return hcsref_fail_memory(call->err);
  entry->value = config;
  return true;
}

/* In the order of the annotations' keys; upstream takes a Go map's. */
bool hcsref_vm_read_service_table(const hcsref_shim_call *call, hcsref_map *out) {
  static const char prefix[] = HCSREF_VM_ANNOTATION "hv-socket.service-table.";
  const hcsref_str *const *keys;
  size_t count;
  if (!hcsref_has(call->rules, HCSREF_CHANGE_VM_SERVICE_TABLE))
    return true;
  keys = hcsref_sort_entries(call->arena, &call->spec->annotations, sizeof(hcsref_string_entry), &count);
  if (keys == NULL)
    return hcsref_fail_memory(call->err);
  for (size_t i = 0; i < count; i++) {
    const hcsref_string_entry *entry = (const hcsref_string_entry *)(const void *)keys[i];
    hcsref_guid id;
    if (hcsref_str_has_prefix(entry->key, hcsref_cstr(prefix)) &&
        hcsref_guid_parse(hcsref_str_skip(entry->key, sizeof prefix - 1), &id) && !add_service(call, entry, &id, out))
      return false;
  }
  return true;
}

/* ---- registry values ----------------------------------------------------------------------------------------------
 */

static const hcsref_type values_type = {HCSREF_SLICE,
                                        "[]hcsschema.RegistryValue",
                                        sizeof(hcsref_slice),
                                        &hcsref_type_v2_registry_value,
                                        NULL,
                                        0,
                                        0,
                                        NULL,
                                        0};

static const char *const hives[] = {"System", "Software", "Security", "Sam"};
static const char *const types[] = {"None",   "String", "ExpandedString", "MultiString",
                                    "Binary", "DWord",  "QWord",          "CustomType"};

/* Where a VM's registry may be changed: the start of a key's name, in any case and not up to a backslash. */
static const struct {
  const char *hive, *start;
} allowed[] = {
    {"System", "CurrentControlSet\\Services"},
    {"System", "CurrentControlSet\\Policies"},
    {"System", "Software"},
    {"Software", ""},
};

static bool is_one_of(hcsref_str text, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (hcsref_str_equal(text, hcsref_cstr(list[i])))
      return true;
  return false;
}

static bool is_allowed(const hcsref_v2_registry_key *key) {
  for (size_t i = 0; i < COUNT(allowed); i++) {
    hcsref_str start = hcsref_cstr(allowed[i].start);
    if (hcsref_str_equal(key->hive, hcsref_cstr(allowed[i].hive)) && key->name.len >= start.len &&
        hcsref_str_equal_ascii_fold(hcsref_str_first(key->name, start.len), start))
      return true;
  }
  return false;
}

/* At most one of them; a custom type does not count, nor does whether it is of the value's type. */
static bool has_one_value(const hcsref_v2_registry_value *value) {
  return (value->string_value.len != 0) + (value->binary_value.len != 0) + (value->d_word_value != 0) +
             (value->q_word_value != 0) <=
         1;
}

static bool is_valid(const hcsref_v2_registry_value *value) {
  return value->key != NULL && is_one_of(value->key->hive, hives, COUNT(hives)) && value->key->name.len != 0 &&
         value->name.len != 0 && is_one_of(value->type, types, COUNT(types)) && has_one_value(value) &&
         is_allowed(value->key);
}

bool hcsref_vm_read_registry_values(const hcsref_shim_call *call, hcsref_slice *out) {
  const hcsref_str *text = hcsref_vm_annotation(call, HCSREF_VM_ANNOTATION "wcow.additional-reg-keys");
  hcsref_slice all = {NULL, 0, 0};
  hcsref_v2_registry_value *values;
  size_t kept = 0;
  decoding result;
  if (!hcsref_has(call->rules, HCSREF_CHANGE_VM_REGISTRY_VALUES) || text == NULL || text->len == 0)
    return true;
  result = decode(call, *text, &values_type, &all);
  if (result != DECODED)
    return result == NOT_JSON;
  values = all.items;
  for (size_t i = 0; i < all.len; i++)
    if (is_valid(&values[i]))
      values[kept++] = values[i];
  out->items = kept == 0 ? NULL : values;
  out->len = out->cap = kept;
  return true;
}
