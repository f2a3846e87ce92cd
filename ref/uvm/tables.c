/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/oci/annotations.go ParseHVSocketServiceTable, parseRegistryValues. */
#include "uvm/tables.h"

#include "gojson/sort.h"
#include "gojson/text.h"
#include "hcs/test_registry.h"
#include "uvm/read.h"

#include <string.h>

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
  const hcsref_str prefix = HCSREF_LIT(HCSREF_VM_ANNOTATION "hv-socket.service-table.");
  const hcsref_str *const *keys;
  size_t count;
  if (!hcsref_has(call->rules, HCSREF_CHANGE_VM_SERVICE_TABLE))
    return true;
  keys = hcsref_sort_entries(call->arena, &call->annotations, sizeof(hcsref_string_entry), &count);
  if (keys == NULL)
    return hcsref_fail_memory(call->err);
  for (size_t i = 0; i < count; i++) {
    const hcsref_string_entry *entry = (const hcsref_string_entry *)(const void *)keys[i];
    hcsref_guid id;
    if (hcsref_str_has_prefix(entry->key, prefix) && hcsref_guid_parse(hcsref_str_skip(entry->key, prefix.len), &id) &&
        !add_service(call, entry, &id, out))
      return false;
  }
  return true;
}

/* ---- registry values ---- */

bool hcsref_vm_read_registry_values(const hcsref_shim_call *call, hcsref_slice *out) {
  hcsref_annotations annotation = {.rules = call->rules};
  annotation.values[HCSREF_ANNOTATION_TEST_REGISTRY] =
      hcsref_vm_annotation(call, HCSREF_LIT(HCSREF_VM_ANNOTATION "wcow.additional-reg-keys"));
  return !hcsref_has(call->rules, HCSREF_CHANGE_VM_REGISTRY_VALUES) ||
         hcsref_read_test_registry(call->arena, &annotation, out) || hcsref_fail_memory(call->err);
}
