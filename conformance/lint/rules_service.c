/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for changes to settings of the Host Compute Service itself. */
#include "lint/checks.h"

#include "hcsref/schema2_service.h"

#define SETTINGS "service-settings"

/* A request and what it carries: the property or the operation is one that the service has. */
static void check_told(kit_linter *l, const kit_place *at, const kit_json *object, const hcsref_type *type,
                       const char *what) {
  const hcsref_told_member *told = hcsref_service_told(type);
  hcsref_str value = kit_json_get_string(object, told->by);
  if (value.len == 0)
    kit_lint_tell(l, at, told->by, SETTINGS, "the request does not name its %s", what);
  else if (hcsref_told_type(told, value) == NULL)
    kit_lint_tell(l, at, told->by, SETTINGS, "the service has no %s \"%v\" here", what, value);
  else if (!kit_is_set(object, told->name))
    kit_lint_tell(l, at, told->name, SETTINGS, "is missing");
}

static void check_request(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_told(l, at, object, &hcsref_type_v2_modification_request, "property");
}

static void check_groups(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_told(l, at, object, &hcsref_type_v2_host_processor_modification_request, "operation");
}

static void check_guard(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_told(l, at, object, &hcsref_type_v2_container_credential_guard_operation_request, "operation");
}

/* ---- CPU groups ------------------------------------------------------------------------------------------------- */

static void check_group_id(kit_linter *l, const kit_place *at, const kit_json *object) {
  if (kit_json_get_string(object, "GroupId").len == 0)
    kit_lint_tell(l, at, "GroupId", "guid-form", "the group has no id");
  kit_lint_guid(l, at, object, "GroupId", "guid-form");
}

static bool is_named_before(const kit_json *list, const kit_json *item) {
  uint64_t index, other;
  if (!kit_json_uint(item, &index))
    return false;
  for (const kit_json *before = list->first; before != item; before = before->next)
    if (kit_json_uint(before, &other) && other == index)
      return true;
  return false;
}

/* More processors than a machine has: not looked at one by one, which takes the square of the time. */
#define MOST_PROCESSORS 4096

static void check_created_group(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *list = kit_json_get(object, "LogicalProcessors"),
                 *count = kit_json_get(object, "LogicalProcessorCount");
  const bool is_list = list != NULL && list->kind == KIT_JSON_ARRAY;
  uint64_t said = 0;
  check_group_id(l, at, object);
  if (list != NULL && list->kind != KIT_JSON_NULL && !is_list)
    return; /* told already */
  if (!is_list || list->count == 0) {
    kit_lint_tell(l, at, "LogicalProcessors", "cpu-group-processors", "the group has no processors");
    return;
  }
  if ((count == NULL || kit_json_uint(count, &said)) && said != list->count) {
    kit_lint_tell(l, at, "LogicalProcessors", "cpu-group-processors",
                  "LogicalProcessorCount is %u, and %u processors are listed", said, (uint64_t)list->count);
    return;
  }
  for (const kit_json *item = list->first; item != NULL && list->count <= MOST_PROCESSORS; item = item->next) {
    if (is_named_before(list, item)) {
      kit_lint_tell(l, at, "LogicalProcessors", "cpu-group-processors", "processor %v is listed twice", item->raw);
      return;
    }
  }
}

/* Capacity, scheduling priority, reserve of idle processors. */
static bool is_property_code(uint64_t code) {
  return code == 0x00010000 || code == 0x00020000 || code == 0x00030000;
}

static void check_property(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *code = kit_json_get(object, "PropertyCode");
  uint64_t value = 0;
  check_group_id(l, at, object);
  if (code == NULL)
    kit_lint_tell(l, at, "PropertyCode", "cpu-group-property", "the request does not say which property");
  else if (kit_json_uint(code, &value) && !is_property_code(value))
    kit_lint_tell(l, at, "PropertyCode", "cpu-group-property",
                  "%u is not the code of a property: 65536, 131072, 196608", value);
}

/* ---- credential guards ---- */

static void check_instance_id(kit_linter *l, const kit_place *at, const kit_json *object) {
  if (kit_json_get_string(object, "Id").len == 0)
    kit_lint_tell(l, at, "Id", SETTINGS, "the instance has no id");
}

static void check_added_instance(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const transports[] = {"LRPC", "HvSocket", NULL};
  hcsref_str transport = kit_json_get_string(object, "Transport");
  check_instance_id(l, at, object);
  if (kit_json_get_string(object, "CredentialSpec").len == 0)
    kit_lint_tell(l, at, "CredentialSpec", SETTINGS, "the instance has no credential spec");
  kit_lint_credential_text(l, at, "CredentialSpec", kit_json_get(object, "CredentialSpec"));
  if (transport.len != 0 && !kit_is_one_of(transport, transports))
    kit_lint_tell(l, at, "Transport", SETTINGS, "\"%v\" is not LRPC or HvSocket", transport);
}

const kit_check kit_service_checks[] = {
    {&hcsref_type_v2_modification_request, check_request},
    {&hcsref_type_v2_host_processor_modification_request, check_groups},
    {&hcsref_type_v2_create_group_operation, check_created_group},
    {&hcsref_type_v2_delete_group_operation, check_group_id},
    {&hcsref_type_v2_set_property_operation, check_property},
    {&hcsref_type_v2_container_credential_guard_operation_request, check_guard},
    {&hcsref_type_v2_container_credential_guard_add_instance_request, check_added_instance},
    {&hcsref_type_v2_container_credential_guard_remove_instance_request, check_instance_id},
    {NULL, NULL},
};
