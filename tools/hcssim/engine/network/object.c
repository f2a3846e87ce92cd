/* SPDX-License-Identifier: Apache-2.0 */
/* What the objects of the network service have in common: they are found and kept by id, and have
 * handles. Source: hcsshim hcn/hcnnetwork.go and its neighbours. */
#include "engine/network/network.h"

#include <stdlib.h>
#include <string.h>

#define STORED(member, name, type) SIM_STORED(sim_endpoint, member, name, type, true)
static const hcsref_field endpoint_fields[] = {
    STORED(document, "Endpoint", hcsref_type_hcn_endpoint),
    STORED(internal_dns, "EnableInternalDNS", hcsref_type_bool),
    STORED(no_icc, "DisableICC", hcsref_type_bool),
    STORED(low_metric, "EnableLowMetric", hcsref_type_bool),
    STORED(containers, "SharedContainers", hcsref_type_strings),
};
static const hcsref_type stored_endpoint = SIM_STORED_TYPE(sim_endpoint, "hcssim.Endpoint", endpoint_fields);

const sim_class sim_networks = {SIM_HCN_NETWORK, "networks", "network", &hcsref_type_hcn_network,
                                &hcsref_type_hcn_network};
const sim_class sim_endpoints = {SIM_HCN_ENDPOINT, "endpoints", "endpoint", &hcsref_type_hcn_endpoint,
                                 &stored_endpoint};
const sim_class sim_namespaces = {SIM_NAMESPACE, "namespaces", "namespace", &hcsref_type_hcn_namespace,
                                  &hcsref_type_hcn_namespace};
const sim_class sim_balancers = {SIM_HCN_BALANCER, "loadbalancers", "load balancer", &hcsref_type_hcn_load_balancer,
                                 &hcsref_type_hcn_load_balancer};
const sim_class sim_routes = {SIM_HCN_ROUTE, "routes", "route", &hcsref_type_hcn_sdn_route, &hcsref_type_hcn_sdn_route};

/* ---- limits ---------------------------------------------------------------------------------------------------- */

bool sim_check_count(sim_call *call, size_t count, size_t most, const char *nouns) {
  return count <= most || sim_fail(call, HCN_INVALID_JSON, "There are more than %u %s.", (uint64_t)most, nouns);
}

/* ---- ids ------------------------------------------------------------------------------------------------------ */

static bool is_zero(hcsref_guid guid) {
  for (size_t i = 0; i < sizeof(guid.data); i++)
    if (guid.data[i] != 0)
      return false;
  return true;
}

bool sim_guid_text(sim_call *call, hcsref_guid guid, hcsref_str *out) {
  return hcsref_guid_text(&call->arena, &guid, out) || sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

/* The settings' own id: a GUID. */
static bool read_guid(sim_call *call, hcsref_str text, hcsref_guid *out) {
  hcsref_buf quoted = {&call->arena, NULL, 0, 0, false};
  hcsref_json_append_string(&quoted, text);
  return (!quoted.failed &&
          hcsref_json_decode(&call->arena, hcsref_buf_str(&quoted), &hcsref_type_guid, HCSREF_JSON_WHOLE, out, NULL)) ||
         sim_fail(call, HCN_INVALID_JSON, "%q is not a GUID.", text);
}

bool sim_object_id(sim_call *call, const sim_class *class, hcsref_guid id, hcsref_str settings, hcsref_str *out) {
  void *other = hcsref_arena_alloc(&call->arena, class->stored->size);
  if (other == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if (is_zero(id) && !(settings.len > 0 ? read_guid(call, settings, &id) : sim_new_guid(call, &id)))
    return false;
  if (!sim_guid_text(call, id, out))
    return false;
  if (sim_object_find(call, class, *out, other))
    return sim_fail(call, class == &sim_networks ? HCN_NETWORK_EXISTS : HCSREF_WIN32(183), "There is already a %s %q.",
                    class->noun, *out);
  return true;
}

/* ---- finding and keeping ---------------------------------------------------------------------------------------- */

bool sim_object_find(sim_call *call, const sim_class *class, hcsref_str id, void *out) {
  memset(out, 0, class->stored->size);
  return sim_store_read(call->sim, &call->arena, class->folder, id, class->stored, out);
}

bool sim_object_save(sim_call *call, const sim_class *class, hcsref_str id, const void *value) {
  return sim_store_write(call->sim, class->folder, id, class->stored, value) ||
         sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "The %s could not be written.", class->noun);
}

bool sim_object_of(sim_call *call, const sim_class *class, sim_handle handle, void *out) {
  const char *id = sim_handle_get(call, handle, class->handle);
  if (id == NULL)
    return false;
  return sim_object_find(call, class, hcsref_cstr(id), out) ||
         sim_fail(call, HCSREF_ERROR_NOT_FOUND, "The %s is gone.", class->noun);
}

typedef struct walk {
  bool (*each)(void *context, const void *value);
  void *context;
  bool ok;
} walk;

static void visit(void *context, const void *value) {
  walk *w = context;
  w->ok = w->ok && w->each(w->context, value);
}

bool sim_object_each(sim_call *call, const sim_class *class, bool (*each)(void *context, const void *value),
                     void *context) {
  walk w = {each, context, true};
  void *value = hcsref_arena_alloc(&call->arena, class->stored->size);
  if (value == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  sim_store_list(call->sim, &call->arena, class->folder, class->stored, value, visit, &w);
  return w.ok;
}

void sim_object_open(sim_call *call, const sim_class *class, hcsref_str id, sim_handle *out) {
  char *copy = sim_text_copy(id);
  *out = copy == NULL ? 0 : sim_handle_new(call->sim, class->handle, copy);
  if (*out == 0) {
    free(copy);
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  }
}
