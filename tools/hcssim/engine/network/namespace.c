/* SPDX-License-Identifier: Apache-2.0 */
/* Network namespaces. Source of the documents: hcsshim hcn/hcnnamespace.go. */
#include "engine/network/network.h"

#include <string.h>

#define FIRST_COMPARTMENT 2u /* 1 is the host's */

static bool largest(void *context, const void *value) {
  uint32_t *next = context;
  const hcsref_hcn_namespace *name_space = value;
  if (name_space->namespace_id >= *next && name_space->namespace_id < UINT32_MAX)
    *next = name_space->namespace_id + 1;
  return true;
}

bool sim_namespace_add(sim_call *call, hcsref_guid id, hcsref_hcn_namespace *name_space) {
  uint32_t next = FIRST_COMPARTMENT;
  if (!sim_object_id(call, &sim_namespaces, id, name_space->id, &name_space->id) ||
      !sim_object_each(call, &sim_namespaces, largest, &next))
    return false;
  if (name_space->type.len == 0)
    name_space->type = HCSREF_LIT("Host");
  if (name_space->namespace_id == 0)
    name_space->namespace_id = next;
  return sim_object_save(call, &sim_namespaces, name_space->id, name_space);
}

void sim_namespace_create(sim_call *call, hcsref_guid id, hcsref_str settings, sim_handle *out) {
  hcsref_hcn_namespace name_space;
  *out = 0;
  memset(&name_space, 0, sizeof(name_space));
  if (sim_read_document(call, settings, &hcsref_type_hcn_namespace, &name_space) &&
      sim_namespace_add(call, id, &name_space))
    sim_object_open(call, &sim_namespaces, name_space.id, out);
}

/* ---- what is in it -------------------------------------------------------------------------------------------- */

/* An endpoint is asked for as {"EndpointId":ID} and listed as {"ID":ID}. */
static bool endpoint_data(sim_call *call, hcsref_str id, hcsref_str *out) {
  hcsref_buf data = {&call->arena, NULL, 0, 0, false};
  hcsref_buf_append(&data, HCSREF_LIT("{\"ID\":"));
  hcsref_json_append_string(&data, id);
  hcsref_buf_append_char(&data, '}');
  *out = hcsref_buf_str(&data);
  return !data.failed || sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

static bool same_resource(const hcsref_hcn_namespace_resource *a, const hcsref_hcn_namespace_resource *b) {
  return hcsref_str_equal(a->type, b->type) && hcsref_str_equal_ascii_fold(a->data, b->data);
}

static bool add_resource(sim_call *call, hcsref_hcn_namespace *name_space, const hcsref_hcn_namespace_resource *named) {
  hcsref_hcn_namespace_resource *resource = hcsref_slice_push(&call->arena, &name_space->resources, sizeof(*resource));
  if (resource == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  *resource = *named;
  return sim_object_save(call, &sim_namespaces, name_space->id, name_space);
}

static bool remove_resource(sim_call *call, hcsref_hcn_namespace *name_space,
                            const hcsref_hcn_namespace_resource *named) {
  hcsref_hcn_namespace_resource *items = name_space->resources.items;
  size_t kept = 0;
  for (size_t i = 0; i < name_space->resources.len; i++)
    if (!same_resource(&items[i], named))
      items[kept++] = items[i];
  name_space->resources.len = kept;
  return sim_object_save(call, &sim_namespaces, name_space->id, name_space);
}

static bool endpoint_resource(sim_call *call, hcsref_str id, hcsref_hcn_namespace_resource *out) {
  out->type = HCSREF_LIT("Endpoint");
  return endpoint_data(call, id, &out->data);
}

bool sim_namespace_attach(sim_call *call, hcsref_hcn_namespace *name_space, hcsref_str id) {
  hcsref_hcn_namespace_resource named;
  sim_endpoint endpoint;
  if (!sim_object_find(call, &sim_endpoints, id, &endpoint))
    return sim_fail(call, HCN_ENDPOINT_NOT_FOUND, "There is no endpoint %q.", id);
  if (endpoint.document.host_compute_namespace.len > 0)
    return sim_fail(call, HCN_ALREADY_ATTACHED, "The endpoint is in namespace %q.",
                    endpoint.document.host_compute_namespace);
  endpoint.document.host_compute_namespace = name_space->id;
  return endpoint_resource(call, endpoint.document.id, &named) && add_resource(call, name_space, &named) &&
         sim_object_save(call, &sim_endpoints, endpoint.document.id, &endpoint);
}

bool sim_namespace_detach(sim_call *call, hcsref_hcn_namespace *name_space, hcsref_str id) {
  hcsref_hcn_namespace_resource named;
  sim_endpoint endpoint;
  if (sim_object_find(call, &sim_endpoints, id, &endpoint) &&
      hcsref_str_equal_ascii_fold(endpoint.document.host_compute_namespace, name_space->id)) {
    endpoint.document.host_compute_namespace = hcsref_str_from(NULL, 0);
    if (!sim_object_save(call, &sim_endpoints, endpoint.document.id, &endpoint))
      return false;
  }
  return endpoint_resource(call, id, &named) && remove_resource(call, name_space, &named);
}

static void modify_endpoint(sim_call *call, hcsref_hcn_namespace *name_space,
                            const hcsref_hcn_modify_namespace *request, bool add) {
  hcsref_hcn_endpoint_settings settings = {{NULL, 0}};
  if (!sim_read_document(call, request->settings, &hcsref_type_hcn_endpoint_settings, &settings))
    return;
  if (add)
    sim_namespace_attach(call, name_space, settings.endpoint_id);
  else
    sim_namespace_detach(call, name_space, settings.endpoint_id);
}

void sim_namespace_modify(sim_call *call, sim_handle handle, hcsref_str request_text) {
  hcsref_hcn_namespace name_space;
  hcsref_hcn_modify_namespace request;
  hcsref_hcn_namespace_resource named;
  bool add;
  memset(&request, 0, sizeof(request));
  if (!sim_object_of(call, &sim_namespaces, handle, &name_space) ||
      !sim_read_document(call, request_text, &hcsref_type_hcn_modify_namespace, &request))
    return;
  add = hcsref_str_equal(request.request_type, HCSREF_LIT("Add"));
  named.type = request.resource_type;
  named.data = request.settings;
  if (!add && !hcsref_str_equal(request.request_type, HCSREF_LIT("Remove")))
    sim_fail(call, HCSREF_ERROR_NOT_SUPPORTED, "The request %q is not supported.", request.request_type);
  else if (hcsref_str_equal(request.resource_type, HCSREF_LIT("Endpoint")))
    modify_endpoint(call, &name_space, &request, add);
  else if (add)
    add_resource(call, &name_space, &named);
  else
    remove_resource(call, &name_space, &named);
}

typedef struct removal {
  sim_call *call;
  hcsref_str name_space;
} removal;

static bool leave(void *context, const void *value) {
  const removal *r = context;
  sim_endpoint endpoint = *(const sim_endpoint *)value;
  if (!hcsref_str_equal_ascii_fold(endpoint.document.host_compute_namespace, r->name_space))
    return true;
  endpoint.document.host_compute_namespace = hcsref_str_from(NULL, 0);
  return sim_object_save(r->call, &sim_endpoints, endpoint.document.id, &endpoint);
}

bool sim_namespace_remove(sim_call *call, const hcsref_hcn_namespace *name_space) {
  removal r = {call, name_space->id};
  sim_store_remove(call->sim, sim_namespaces.folder, name_space->id);
  return sim_object_each(call, &sim_endpoints, leave, &r);
}

/* ---- for the rest of the service ---- */

bool sim_namespace_exists(sim *s, hcsref_str id) {
  hcsref_hcn_namespace name_space;
  hcsref_arena arena;
  bool found;
  memset(&name_space, 0, sizeof(name_space));
  hcsref_arena_init(&arena, NULL, 0);
  found = s->state == NULL || sim_store_read(s, &arena, "namespaces", id, &hcsref_type_hcn_namespace, &name_space);
  hcsref_arena_free(&arena);
  return found;
}

static void count_one(void *context, const void *value) {
  (void)value;
  ++*(size_t *)context;
}

size_t sim_count_namespaces(sim *s) {
  hcsref_hcn_namespace name_space;
  hcsref_arena arena;
  size_t count = 0;
  hcsref_arena_init(&arena, NULL, 0);
  sim_store_list(s, &arena, "namespaces", &hcsref_type_hcn_namespace, &name_space, count_one, &count);
  hcsref_arena_free(&arena);
  return count;
}
