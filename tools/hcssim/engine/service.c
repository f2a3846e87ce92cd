/* SPDX-License-Identifier: Apache-2.0 */
/* Settings of the service itself: CPU groups and instances of the credential guard. They outlive the process that asks
 * for them, as those of the real service do. Source of the requests: hcsshim internal/cpugroup, internal/credentials;
 * what is refused, and with which code, is the simulator's choice. */
#include "engine/vm/machine.h"

#include "hcsref/schema2_service.h"

#include <stdlib.h>
#include <string.h>

#define ALREADY_EXISTS 0x800700B7u

/* The kinds of settings, each in a folder of the state. Both begin with their id. */
typedef struct kind {
  const char *folder, *noun;
  const hcsref_type *type;
} kind;
static const kind groups = {"cpugroups", "CPU group", &hcsref_type_v2_cpu_group_config};
static const kind guards = {"guards", "credential guard instance", &hcsref_type_v2_container_credential_guard_instance};

/* ---- what is there ----------------------------------------------------------------------------------------------- */

typedef struct collection {
  sim_call *call;
  const kind *of;
  hcsref_slice items;
  bool failed;
} collection;

static void collect(void *context, const void *value) {
  collection *c = context;
  void *place = c->failed ? NULL : hcsref_slice_push(&c->call->arena, &c->items, c->of->type->size);
  if (place != NULL)
    memcpy(place, value, c->of->type->size);
  c->failed = place == NULL;
}

static int by_id(const void *a, const void *b) {
  return hcsref_str_compare(*(const hcsref_str *)a, *(const hcsref_str *)b);
}

/* All of a kind, in the order of their ids. */
static bool load(sim_call *call, const kind *of, hcsref_slice *out) {
  collection c = {call, of, {NULL, 0, 0}, false};
  void *buffer = hcsref_arena_alloc(&call->arena, of->type->size);
  if (buffer != NULL)
    sim_store_list(call->sim, &call->arena, of->folder, of->type, buffer, collect, &c);
  if (buffer == NULL || c.failed)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if (c.items.len > 1)
    qsort(c.items.items, c.items.len, of->type->size, by_id);
  *out = c.items;
  return true;
}

/* Another one may have its place in the store: only the same id is found. */
static bool find(sim_call *call, const kind *of, hcsref_str id, void *out) {
  memset(out, 0, of->type->size);
  return sim_store_read(call->sim, &call->arena, of->folder, id, of->type, out) &&
         hcsref_str_equal_ascii_fold(*(const hcsref_str *)out, id);
}

static bool find_there(sim_call *call, const kind *of, hcsref_str id, void *out) {
  return find(call, of, id, out) || sim_fail(call, HCSREF_ERROR_NOT_FOUND, "There is no %s %q.", of->noun, id);
}

static bool save(sim_call *call, const kind *of, const void *value) {
  return sim_store_write(call->sim, of->folder, *(const hcsref_str *)value, of->type, value) ||
         sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "The %s could not be kept.", of->noun);
}

static bool add(sim_call *call, const kind *of, const void *value) {
  const hcsref_str id = *(const hcsref_str *)value;
  void *other = hcsref_arena_alloc(&call->arena, of->type->size);
  hcsref_slice all = {NULL, 0, 0};
  if (other == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if (find(call, of, id, other))
    return sim_fail(call, ALREADY_EXISTS, "There is already a %s %q.", of->noun, id);
  if (!load(call, of, &all))
    return false;
  if (all.len >= SIM_MAX_SETTINGS)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "There are too many of the kind %s.", of->noun);
  return save(call, of, value);
}

static bool remove_one(sim_call *call, const kind *of, hcsref_str id) {
  void *found = hcsref_arena_alloc(&call->arena, of->type->size);
  if (found == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if (!find_there(call, of, id, found))
    return false;
  sim_store_remove(call->sim, of->folder, id);
  return true;
}

static bool refuse(sim_call *call, const char *why) {
  return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The request is not valid: %s.", why);
}

/* ---- CPU groups -------------------------------------------------------------------------------------------------- */

static bool check_group_id(sim_call *call, hcsref_str id) {
  return sim_is_guid(id) || refuse(call, "the id of the CPU group is not a GUID");
}

/* They are the host's, each once. */
static bool read_processors(sim_call *call, const hcsref_slice *asked, hcsref_slice *out) {
  const uint32_t *indices = asked->items, count = os_processor_count();
  for (size_t i = 0; i < asked->len; i++) {
    int32_t *place;
    if (indices[i] >= count || indices[i] > INT32_MAX)
      return refuse(call, "a processor is not one of the host's");
    for (size_t k = 0; k < i; k++)
      if (indices[k] == indices[i])
        return refuse(call, "a processor is named twice");
    place = hcsref_slice_push(&call->arena, out, sizeof(*place));
    if (place == NULL)
      return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    *place = (int32_t)indices[i];
  }
  return true;
}

/* The hypervisor numbers its groups. */
static bool next_number(sim_call *call, uint64_t *out) {
  const hcsref_v2_cpu_group_config *all;
  hcsref_slice list = {NULL, 0, 0};
  if (!load(call, &groups, &list))
    return false;
  all = list.items;
  *out = 1;
  for (size_t i = 0; i < list.len; i++)
    if (all[i].hypervisor_group_id >= *out && all[i].hypervisor_group_id < UINT64_MAX)
      *out = all[i].hypervisor_group_id + 1;
  return true;
}

static bool create_group(sim_call *call, hcsref_str details) {
  hcsref_v2_create_group_operation asked;
  hcsref_v2_cpu_group_affinity affinity;
  hcsref_v2_cpu_group_config group;
  memset(&asked, 0, sizeof(asked));
  memset(&affinity, 0, sizeof(affinity));
  memset(&group, 0, sizeof(group));
  if (!sim_read_document(call, details, &hcsref_type_v2_create_group_operation, &asked) ||
      !check_group_id(call, asked.group_id))
    return false;
  if (asked.logical_processors.len == 0 || asked.logical_processor_count != asked.logical_processors.len)
    return refuse(call, "LogicalProcessorCount is not the number of LogicalProcessors, or is 0");
  if (!read_processors(call, &asked.logical_processors, &affinity.logical_processors) ||
      !next_number(call, &group.hypervisor_group_id))
    return false;
  affinity.logical_processor_count = (int32_t)affinity.logical_processors.len;
  group.group_id = asked.group_id;
  group.affinity = &affinity;
  return add(call, &groups, &group);
}

static bool delete_group(sim_call *call, hcsref_str details) {
  hcsref_v2_delete_group_operation asked;
  memset(&asked, 0, sizeof(asked));
  return sim_read_document(call, details, &hcsref_type_v2_delete_group_operation, &asked) &&
         check_group_id(call, asked.group_id) && remove_one(call, &groups, asked.group_id);
}

/* The place of a property: the group's own, or a new one. Null: out of memory. */
static hcsref_v2_cpu_group_property *property_of(sim_call *call, hcsref_v2_cpu_group_config *group, uint32_t code) {
  hcsref_v2_cpu_group_property *properties = group->group_properties.items;
  for (size_t i = 0; i < group->group_properties.len; i++)
    if (properties[i].property_code == code)
      return &properties[i];
  return hcsref_slice_push(&call->arena, &group->group_properties, sizeof(*properties));
}

static bool set_property(sim_call *call, hcsref_str details) {
  static const uint32_t codes[] = {0x00010000, 0x00020000, 0x00030000}; /* hcsshim CPUGroupPropertyCode */
  hcsref_v2_set_property_operation asked;
  hcsref_v2_cpu_group_config group;
  hcsref_v2_cpu_group_property *property;
  bool known = false;
  memset(&asked, 0, sizeof(asked));
  if (!sim_read_document(call, details, &hcsref_type_v2_set_property_operation, &asked) ||
      !check_group_id(call, asked.group_id) || !find_there(call, &groups, asked.group_id, &group))
    return false;
  for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
    known = known || codes[i] == asked.property_code;
  if (!known || asked.property_value > UINT32_MAX)
    return refuse(call, "CPU groups have no such property, or not this value of it");
  property = property_of(call, &group, asked.property_code);
  if (property == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  property->property_code = asked.property_code;
  property->property_value = (uint32_t)asked.property_value;
  return save(call, &groups, &group);
}

bool sim_append_cpu_groups(sim_call *call, hcsref_buf *out) {
  hcsref_v2_cpu_group_configurations all;
  memset(&all, 0, sizeof(all));
  return load(call, &groups, &all.cpu_groups) &&
         (hcsref_json_append(out, &hcsref_type_v2_cpu_group_configurations, &all, NULL) ||
          sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory."));
}

/* ---- credential guards ------------------------------------------------------------------------------------------- */

static bool new_guid_text(sim_call *call, hcsref_str *out) {
  hcsref_guid guid;
  return sim_new_guid(call, &guid) &&
         (hcsref_guid_text(&call->arena, &guid, out) || sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory."));
}

static bool is_json_object(sim_call *call, hcsref_str text) {
  hcsref_value value;
  memset(&value, 0, sizeof(value));
  return hcsref_json_decode(&call->arena, text, &hcsref_type_any, HCSREF_JSON_WHOLE, &value, NULL) &&
         value.kind == HCSREF_VALUE_OBJECT;
}

/* A guest finds its instance on a Hyper-V socket of its own, a container of the host by the name of an endpoint. */
static bool add_instance(sim_call *call, hcsref_str details) {
  static const hcsref_str socket = {"HvSocket", 8};
  hcsref_v2_container_credential_guard_add_instance_request asked;
  hcsref_v2_container_credential_guard_state state;
  hcsref_v2_container_credential_guard_hv_socket_service_config service;
  hcsref_v2_hv_socket_service_config config;
  hcsref_v2_container_credential_guard_instance instance;
  memset(&asked, 0, sizeof(asked));
  memset(&state, 0, sizeof(state));
  memset(&service, 0, sizeof(service));
  memset(&config, 0, sizeof(config));
  memset(&instance, 0, sizeof(instance));
  if (!sim_read_document(call, details, &hcsref_type_v2_container_credential_guard_add_instance_request, &asked))
    return false;
  if (asked.id.len == 0 || !is_json_object(call, asked.credential_spec))
    return refuse(call, "the instance has no id, or its credential spec is not a JSON object");
  state.transport = asked.transport.len == 0 ? HCSREF_LIT("LRPC") : asked.transport;
  if (!hcsref_str_equal(state.transport, socket) && !hcsref_str_equal(state.transport, HCSREF_LIT("LRPC")))
    return refuse(call, "the transport is neither LRPC nor HvSocket");
  state.credential_spec = asked.credential_spec;
  if (!new_guid_text(call, &state.cookie) || !new_guid_text(call, &state.rpc_endpoint) ||
      !new_guid_text(call, &service.service_id))
    return false;
  config.bind_security_descriptor = config.connect_security_descriptor = HCSREF_LIT("D:P(A;;FA;;;SY)(A;;FA;;;BA)");
  service.service_config = &config;
  instance.id = asked.id;
  instance.credential_guard = &state;
  instance.hv_socket_config = hcsref_str_equal(state.transport, socket) ? &service : NULL;
  return add(call, &guards, &instance);
}

static bool remove_instance(sim_call *call, hcsref_str details) {
  hcsref_v2_container_credential_guard_remove_instance_request asked;
  memset(&asked, 0, sizeof(asked));
  return sim_read_document(call, details, &hcsref_type_v2_container_credential_guard_remove_instance_request, &asked) &&
         (asked.id.len > 0 || refuse(call, "the instance has no id")) && remove_one(call, &guards, asked.id);
}

bool sim_append_guards(sim_call *call, hcsref_buf *out) {
  hcsref_v2_container_credential_guard_system_info all;
  memset(&all, 0, sizeof(all));
  return load(call, &guards, &all.instances) &&
         (hcsref_json_append(out, &hcsref_type_v2_container_credential_guard_system_info, &all, NULL) ||
          sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory."));
}

/* ---- requests ---------------------------------------------------------------------------------------------------- */

static const struct {
  const char *property, *operation;
  bool (*perform)(sim_call *call, hcsref_str details);
} operations[] = {
    {"CpuGroup", "CreateGroup", create_group},
    {"CpuGroup", "DeleteGroup", delete_group},
    {"CpuGroup", "SetProperty", set_property},
    {"ContainerCredentialGuard", "AddInstance", add_instance},
    {"ContainerCredentialGuard", "RemoveInstance", remove_instance},
};

static bool encode(sim_call *call, const hcsref_value *value, hcsref_str *out) {
  return hcsref_json_encode(&call->arena, &hcsref_type_any, value, out, NULL) ||
         sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

static bool perform(sim_call *call, hcsref_str property, const hcsref_v2_host_processor_modification_request *request) {
  hcsref_str details;
  if (!encode(call, &request->operation_details, &details))
    return false;
  for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
    if (hcsref_str_equal(property, hcsref_cstr(operations[i].property)) &&
        hcsref_str_equal(request->operation, hcsref_cstr(operations[i].operation)))
      return request->operation_details.kind == HCSREF_VALUE_OBJECT ? operations[i].perform(call, details)
                                                                    : refuse(call, "it has no OperationDetails");
  return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The service has no operation %q on its setting %q.",
                  request->operation, property);
}

void sim_modify_service(sim_call *call, hcsref_str text) {
  hcsref_v2_modification_request request;
  hcsref_v2_host_processor_modification_request operation; /* those of the credential guard have the same members */
  hcsref_str settings;
  memset(&request, 0, sizeof(request));
  memset(&operation, 0, sizeof(operation));
  if (!sim_read_document(call, text, &hcsref_type_v2_modification_request, &request) ||
      !encode(call, &request.settings, &settings))
    return;
  if (request.settings.kind == HCSREF_VALUE_OBJECT &&
      !sim_read_document(call, settings, &hcsref_type_v2_host_processor_modification_request, &operation))
    return;
  if (call->sim->state != NULL)
    call->lock = os_lock_take(call->sim->state);
  perform(call, request.property_type, &operation);
}
