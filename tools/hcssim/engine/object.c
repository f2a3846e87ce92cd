/* SPDX-License-Identifier: Apache-2.0 */
/* What the objects of the network service have in common: they are found, opened, asked, listed and deleted by id.
 * Source: hcsshim hcn/hcnnetwork.go and its neighbours. */
#include "engine/network.h"

#include <stdlib.h>
#include <string.h>

#define STORED(member, name, type)                                                                                     \
  { name, sizeof(name) - 1, offsetof(sim_endpoint, member), &(type), NULL, true, 0, 0 }
static const hcsref_field endpoint_fields[] = {
    STORED(document, "Endpoint", hcsref_type_hcn_endpoint),
    STORED(internal_dns, "EnableInternalDNS", hcsref_type_bool),
    STORED(no_icc, "DisableICC", hcsref_type_bool),
    STORED(low_metric, "EnableLowMetric", hcsref_type_bool),
    STORED(containers, "SharedContainers", hcsref_type_strings),
};
static const hcsref_type stored_endpoint = {HCSREF_STRUCT,
                                            "hcssim.Endpoint",
                                            sizeof(sim_endpoint),
                                            NULL,
                                            endpoint_fields,
                                            sizeof(endpoint_fields) / sizeof(endpoint_fields[0]),
                                            0,
                                            NULL,
                                            0};

const sim_class sim_networks = {SIM_HCN_NETWORK, "networks", "network", &hcsref_type_hcn_network,
                                &hcsref_type_hcn_network};
const sim_class sim_endpoints = {SIM_HCN_ENDPOINT, "endpoints", "endpoint", &hcsref_type_hcn_endpoint,
                                 &stored_endpoint};
const sim_class sim_namespaces = {SIM_NAMESPACE, "namespaces", "namespace", &hcsref_type_hcn_namespace,
                                  &hcsref_type_hcn_namespace};
const sim_class sim_balancers = {SIM_HCN_BALANCER, "loadbalancers", "load balancer", &hcsref_type_hcn_load_balancer,
                                 &hcsref_type_hcn_load_balancer};
const sim_class sim_routes = {SIM_HCN_ROUTE, "routes", "route", &hcsref_type_hcn_sdn_route, &hcsref_type_hcn_sdn_route};

/* ---- ids ------------------------------------------------------------------------------------------------------ */

static bool is_zero(hcsref_guid guid) {
  for (size_t i = 0; i < sizeof(guid.data); i++)
    if (guid.data[i] != 0)
      return false;
  return true;
}

static bool new_guid(sim_call *call, hcsref_guid *out) {
  if (!os_random(out->data))
    return sim_fail(call, HCSREF_ERROR_NOT_READY, "There are no random numbers.");
  out->data[6] = (unsigned char)((out->data[6] & 0x0F) | 0x40);
  out->data[8] = (unsigned char)((out->data[8] & 0x3F) | 0x80);
  return true;
}

static bool guid_text(sim_call *call, hcsref_guid guid, hcsref_str *out) {
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
  if (is_zero(id) && !(settings.len > 0 ? read_guid(call, settings, &id) : new_guid(call, &id)))
    return false;
  if (!guid_text(call, id, out))
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

/* ---- handles ---------------------------------------------------------------------------------------------------- */

void sim_object_open(sim_call *call, const sim_class *class, hcsref_str id, sim_handle *out) {
  char *copy = sim_text_copy(id);
  *out = copy == NULL ? 0 : sim_handle_new(call->sim, class->handle, copy);
  if (*out == 0) {
    free(copy);
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  }
}

static bool find_id(sim_call *call, const sim_class *class, hcsref_guid id, hcsref_str *text, void **object) {
  *object = hcsref_arena_alloc(&call->arena, class->stored->size);
  if (*object == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return guid_text(call, id, text) &&
         (sim_object_find(call, class, *text, *object) ||
          sim_fail(call, HCSREF_ERROR_NOT_FOUND, "There is no %s %q.", class->noun, *text));
}

void sim_hcn_open(sim_call *call, const sim_class *class, hcsref_guid id, sim_handle *out) {
  hcsref_str text = {NULL, 0};
  void *object = NULL;
  *out = 0;
  if (sim_going(call) && find_id(call, class, id, &text, &object))
    sim_object_open(call, class, text, out);
}

void sim_hcn_close(sim_call *call, const sim_class *class, sim_handle handle) {
  char *id = sim_handle_get(call, handle, class->handle);
  if (id == NULL)
    return;
  sim_handle_free(call->sim, handle);
  free(id);
}

void sim_hcn_delete(sim_call *call, const sim_class *class, hcsref_guid id) {
  hcsref_str text = {NULL, 0};
  void *object = NULL;
  if (!sim_going(call) || !find_id(call, class, id, &text, &object))
    return;
  if (class == &sim_networks)
    sim_network_remove(call, text);
  else if (class == &sim_endpoints)
    sim_endpoint_remove(call, object);
  else if (class == &sim_namespaces)
    sim_namespace_remove(call, object);
  else
    sim_store_remove(call->sim, class->folder, text);
}

/* ---- questions ----------------------------------------------------------------------------------------------------
 */

void sim_hcn_query(sim_call *call, const sim_class *class, sim_handle handle, hcsref_str query_text) {
  void *object = hcsref_arena_alloc(&call->arena, class->stored->size);
  hcsref_hcn_query query;
  memset(&query, 0, sizeof(query));
  if (object == NULL)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  else if (sim_object_of(call, class, handle, object) &&
           sim_read_document(call, query_text, &hcsref_type_hcn_query, &query) &&
           !hcsref_json_encode(&call->arena, class->document, object, &call->document, NULL))
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

typedef struct listing {
  const sim_class *class;
  hcsref_map wanted; /* map[string]string: members and what they are to be */
  hcsref_buf text;
} listing;

/* hcsshim asks for an endpoint's network by the name that HNS gave it: hcn/hcnendpoint.go ListEndpointsOfNetwork. */
static const hcsref_field *filter_field(const sim_class *class, hcsref_str name) {
  const hcsref_field *field;
  if (class == &sim_endpoints && hcsref_str_equal_ascii_fold(name, HCSREF_LIT("VirtualNetwork")))
    name = HCSREF_LIT("HostComputeNetwork");
  field = hcsref_type_field(class->document, name);
  return field != NULL && field->type->kind == HCSREF_STRING ? field : NULL;
}

static const hcsref_str *text_member(const sim_class *class, const void *object, hcsref_str name) {
  return (const hcsref_str *)(const void *)((const char *)object + filter_field(class, name)->offset);
}

static bool list_one(void *context, const void *object) {
  listing *l = context;
  const hcsref_string_entry *entries = l->wanted.entries;
  for (size_t i = 0; i < l->wanted.len; i++)
    if (!hcsref_str_equal_ascii_fold(*text_member(l->class, object, entries[i].key), entries[i].value))
      return true;
  if (l->text.len > 1)
    hcsref_buf_append_char(&l->text, ',');
  hcsref_json_append_string(&l->text, *text_member(l->class, object, HCSREF_LIT("ID")));
  return true;
}

static bool check_filter(sim_call *call, const listing *l) {
  const hcsref_string_entry *entries = l->wanted.entries;
  for (size_t i = 0; i < l->wanted.len; i++)
    if (filter_field(l->class, entries[i].key) == NULL)
      return sim_fail(call, HCN_INVALID_JSON, "A %s cannot be chosen by %q.", l->class->noun, entries[i].key);
  return true;
}

/* A query's filter is a JSON text of its own, such as {"ID":"…"}. Source: hcsshim hcn GetNamespaceByID. */
void sim_hcn_enumerate(sim_call *call, const sim_class *class, hcsref_str query_text) {
  hcsref_hcn_query query;
  listing l = {.class = class, .text = {&call->arena, NULL, 0, 0, false}};
  memset(&query, 0, sizeof(query));
  if (!sim_going(call) || !sim_read_document(call, query_text, &hcsref_type_hcn_query, &query) ||
      !sim_read_document(call, query.filter, &hcsref_type_string_map, &l.wanted) || !check_filter(call, &l))
    return;
  hcsref_buf_append_char(&l.text, '[');
  if (!sim_object_each(call, class, list_one, &l))
    return;
  hcsref_buf_append_char(&l.text, ']');
  if (l.text.failed)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  else
    call->document = hcsref_buf_str(&l.text);
}
