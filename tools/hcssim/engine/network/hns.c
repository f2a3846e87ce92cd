/* SPDX-License-Identifier: Apache-2.0 */
/* HNSCall of vmcompute.dll: a method, a path and a document, over the same objects as computenetwork.dll. What goes
 * wrong is told in the answer. Source: hcsshim internal/hns, hcn/hcnglobals.go. */
#include "engine/network/hns.h"

#include <string.h>

typedef struct hns_request {
  sim_call *call;
  hcsref_str method, id, action, text;
  hcsref_str output; /* JSON */
} hns_request;

static bool is(hcsref_str text, const char *name) {
  return hcsref_str_equal(text, hcsref_cstr(name));
}

static bool answer(hns_request *r, const hcsref_type *type, const void *value) {
  return hcsref_json_encode(&r->call->arena, type, value, &r->output, NULL) ||
         sim_fail(r->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

static bool missing(const hns_request *r, const sim_class *class) {
  return sim_fail(r->call, HCSREF_ERROR_NOT_FOUND, "There is no %s %q.", class->noun, r->id);
}

static bool unsupported(const hns_request *r) {
  return sim_fail(r->call, HCN_UNSUPPORTED, "The method %q is not supported there.", r->method);
}

static hcsref_guid no_guid(void) {
  hcsref_guid guid;
  memset(&guid, 0, sizeof(guid));
  return guid;
}

/* A list in the making. */
typedef struct list {
  hns_request *request;
  bool (*append)(hns_request *request, const void *object);
  hcsref_buf text;
} list;

static bool append_item(void *context, const void *object) {
  list *l = context;
  if (!l->append(l->request, object))
    return false;
  if (l->text.len > 1)
    hcsref_buf_append_char(&l->text, ',');
  hcsref_buf_append(&l->text, l->request->output);
  return true;
}

/* `append` makes the output of one object. */
static bool list_all(hns_request *r, const sim_class *class, bool (*append)(hns_request *r, const void *object)) {
  list l = {r, append, {&r->call->arena, NULL, 0, 0, false}};
  hcsref_buf_append_char(&l.text, '[');
  if (!sim_object_each(r->call, class, append_item, &l))
    return false;
  hcsref_buf_append_char(&l.text, ']');
  r->output = hcsref_buf_str(&l.text);
  return !l.text.failed || sim_fail(r->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

/* ---- networks ---- */

static bool answer_network(hns_request *r, const void *object) {
  hcsref_hns_network out;
  return sim_network_to_hns(r->call, object, &out) && answer(r, &hcsref_type_hns_network, &out);
}

static bool make_network(hns_request *r) {
  hcsref_hns_network in;
  hcsref_hcn_network network;
  memset(&in, 0, sizeof(in));
  memset(&network, 0, sizeof(network));
  return sim_read_document(r->call, r->text, &hcsref_type_hns_network, &in) &&
         sim_network_from_hns(r->call, &in, &network) && sim_network_add(r->call, no_guid(), &network) &&
         answer_network(r, &network);
}

static bool networks(hns_request *r) {
  hcsref_hcn_network network;
  if (r->id.len == 0)
    return is(r->method, "GET")    ? list_all(r, &sim_networks, answer_network)
           : is(r->method, "POST") ? make_network(r)
                                   : unsupported(r);
  if (!sim_object_find(r->call, &sim_networks, r->id, &network))
    return missing(r, &sim_networks);
  if (is(r->method, "DELETE"))
    sim_network_remove(r->call, network.id);
  else if (!is(r->method, "GET"))
    return unsupported(r);
  return answer_network(r, &network);
}

/* ---- endpoints ---- */

static bool answer_endpoint(hns_request *r, const void *object) {
  hcsref_hns_endpoint out;
  return sim_endpoint_to_hns(r->call, object, &out) && answer(r, &hcsref_type_hns_endpoint, &out);
}

static bool make_endpoint(hns_request *r) {
  hcsref_hns_endpoint in;
  hcsref_hcn_network network;
  sim_endpoint endpoint;
  memset(&in, 0, sizeof(in));
  memset(&endpoint, 0, sizeof(endpoint));
  if (!sim_read_document(r->call, r->text, &hcsref_type_hns_endpoint, &in) ||
      !sim_endpoint_from_hns(r->call, &in, &endpoint))
    return false;
  if (!sim_object_find(r->call, &sim_networks, in.virtual_network, &network))
    return sim_fail(r->call, HCSREF_ERROR_NOT_FOUND, "There is no network %q.", in.virtual_network);
  return sim_endpoint_add(r->call, no_guid(), &network, &endpoint) && answer_endpoint(r, &endpoint);
}

/* Its policies are those of the document: hcsshim HNSEndpoint.Update. */
static bool update_endpoint(hns_request *r, sim_endpoint *endpoint) {
  hcsref_hns_endpoint in;
  sim_endpoint other;
  memset(&in, 0, sizeof(in));
  memset(&other, 0, sizeof(other));
  if (!sim_read_document(r->call, r->text, &hcsref_type_hns_endpoint, &in) ||
      !sim_endpoint_from_hns(r->call, &in, &other))
    return false;
  endpoint->document.policies = other.document.policies;
  return sim_endpoint_check_ports(r->call, &endpoint->document) &&
         sim_object_save(r->call, &sim_endpoints, endpoint->document.id, endpoint) && answer_endpoint(r, endpoint);
}

static void drop_container(sim_endpoint *endpoint, hcsref_str container) {
  hcsref_str *items = endpoint->containers.items;
  size_t kept = 0;
  for (size_t i = 0; i < endpoint->containers.len; i++)
    if (container.len > 0 && !hcsref_str_equal_ascii_fold(items[i], container))
      items[kept++] = items[i];
  endpoint->containers.len = kept;
}

/* To the host or to a container; {"ContainerId":…,"SystemType":"Container"}. */
static bool attach(hns_request *r, sim_endpoint *endpoint, bool on) {
  hcsref_hns_attach in;
  hcsref_str *added;
  memset(&in, 0, sizeof(in));
  if (!is(r->method, "POST"))
    return unsupported(r);
  if (!sim_read_document(r->call, r->text, &hcsref_type_hns_attach, &in))
    return false;
  if (on) {
    added = hcsref_slice_push(&r->call->arena, &endpoint->containers, sizeof(*added));
    if (added == NULL)
      return sim_fail(r->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    *added = in.container_id.len > 0 ? in.container_id : in.system_type;
  } else {
    drop_container(endpoint, in.container_id);
  }
  return sim_object_save(r->call, &sim_endpoints, endpoint->document.id, endpoint) && answer_endpoint(r, endpoint);
}

static bool endpoints(hns_request *r) {
  sim_endpoint endpoint;
  if (r->id.len == 0)
    return is(r->method, "GET")    ? list_all(r, &sim_endpoints, answer_endpoint)
           : is(r->method, "POST") ? make_endpoint(r)
                                   : unsupported(r);
  if (!sim_object_find(r->call, &sim_endpoints, r->id, &endpoint))
    return missing(r, &sim_endpoints);
  if (is(r->action, "attach") || is(r->action, "detach"))
    return attach(r, &endpoint, is(r->action, "attach"));
  if (is(r->method, "POST"))
    return update_endpoint(r, &endpoint);
  if (is(r->method, "DELETE"))
    sim_endpoint_remove(r->call, &endpoint);
  else if (!is(r->method, "GET"))
    return unsupported(r);
  return answer_endpoint(r, &endpoint);
}

static bool endpoint_stats(hns_request *r) {
  sim_endpoint endpoint;
  if (!sim_object_find(r->call, &sim_endpoints, r->id, &endpoint))
    return missing(r, &sim_endpoints);
  return is(r->method, "GET") ? sim_endpoint_stats_of(r->call, endpoint.document.id, &r->output) : unsupported(r);
}

/* ---- namespaces ---- */

static bool answer_namespace(hns_request *r, const void *object) {
  hcsref_hns_namespace out;
  return sim_namespace_to_hns(r->call, object, &out) && answer(r, &hcsref_type_hns_namespace, &out);
}

static bool make_namespace(hns_request *r) {
  hcsref_hns_namespace in;
  hcsref_hcn_namespace name_space;
  memset(&in, 0, sizeof(in));
  memset(&name_space, 0, sizeof(name_space));
  if (!sim_read_document(r->call, r->text, &hcsref_type_hns_namespace, &in))
    return false;
  name_space.id = in.id;
  name_space.namespace_id = in.compartment_id;
  name_space.type = in.is_default ? HCSREF_LIT("HostDefault") : HCSREF_LIT("Host");
  name_space.schema_version.major = 2;
  return sim_namespace_add(r->call, no_guid(), &name_space) && answer_namespace(r, &name_space);
}

/* {"Type":"Endpoint","Data":{"Id":…}} */
static bool change_resource(hns_request *r, hcsref_hcn_namespace *name_space, bool add) {
  hcsref_hcn_namespace_resource in;
  hcsref_map data;
  const hcsref_str *id;
  memset(&in, 0, sizeof(in));
  memset(&data, 0, sizeof(data));
  if (!sim_read_document(r->call, r->text, &hcsref_type_hns_namespace_resource, &in) ||
      !sim_read_document(r->call, in.data, &hcsref_type_string_map, &data))
    return false;
  id = hcsref_map_find(&data, HCSREF_LIT("Id"));
  if (!is(in.type, "Endpoint") || id == NULL)
    return sim_fail(r->call, HCN_UNSUPPORTED, "Only an endpoint with an Id can be added or removed.");
  return (add ? sim_namespace_attach(r->call, name_space, *id) : sim_namespace_detach(r->call, name_space, *id)) &&
         answer_namespace(r, name_space);
}

static bool namespaces(hns_request *r) {
  hcsref_hcn_namespace name_space;
  if (r->id.len == 0)
    return is(r->method, "GET")    ? list_all(r, &sim_namespaces, answer_namespace)
           : is(r->method, "POST") ? make_namespace(r)
                                   : unsupported(r);
  if (!sim_object_find(r->call, &sim_namespaces, r->id, &name_space))
    return missing(r, &sim_namespaces);
  if (is(r->action, "addresource") || is(r->action, "removeresource"))
    return change_resource(r, &name_space, is(r->action, "addresource"));
  if (is(r->method, "DELETE"))
    return sim_namespace_remove(r->call, &name_space) && answer_namespace(r, &name_space);
  if (!is(r->method, "GET"))
    return unsupported(r);
  return answer_namespace(r, &name_space);
}

/* ---- lists of policies, management addresses, the version ---- */

/* HNS has load balancers and routes in one kind of list, which is kept as it is. */
static const sim_class policy_lists = {SIM_FREE, "policylists", "list of policies", &hcsref_type_hns_policy_list,
                                       &hcsref_type_hns_policy_list};

static bool answer_policies(hns_request *r, const void *object) {
  return answer(r, &hcsref_type_hns_policy_list, object);
}

static bool make_policies(hns_request *r) {
  hcsref_hns_policy_list in;
  const hcsref_str *references;
  sim_endpoint endpoint;
  memset(&in, 0, sizeof(in));
  if (!sim_read_document(r->call, r->text, &hcsref_type_hns_policy_list, &in))
    return false;
  references = in.references.items;
  for (size_t i = 0; i < in.references.len; i++) {
    hcsref_str begin = HCSREF_LIT("/endpoints/");
    if (!hcsref_str_has_prefix(references[i], begin) ||
        !sim_object_find(r->call, &sim_endpoints, hcsref_str_skip(references[i], begin.len), &endpoint))
      return sim_fail(r->call, HCSREF_ERROR_NOT_FOUND, "There is no endpoint %q.", references[i]);
  }
  return sim_object_id(r->call, &policy_lists, no_guid(), in.id, &in.id) &&
         sim_object_save(r->call, &policy_lists, in.id, &in) && answer_policies(r, &in);
}

static bool policylists(hns_request *r) {
  hcsref_hns_policy_list found;
  if (r->id.len == 0)
    return is(r->method, "GET")    ? list_all(r, &policy_lists, answer_policies)
           : is(r->method, "POST") ? make_policies(r)
                                   : unsupported(r);
  if (!sim_object_find(r->call, &policy_lists, r->id, &found))
    return missing(r, &policy_lists);
  if (is(r->method, "DELETE"))
    sim_store_remove(r->call->sim, policy_lists.folder, found.id);
  else if (!is(r->method, "GET"))
    return unsupported(r);
  return answer_policies(r, &found);
}

static const sim_class mac_lists = {SIM_FREE, "accelnet", "list of addresses", &hcsref_type_hns_mac_list,
                                    &hcsref_type_hns_mac_list};

/* There is one. Source: hcsshim internal/hns/hnsaccelnet.go. */
static bool accelnet(hns_request *r) {
  hcsref_str key = HCSREF_LIT("list");
  hcsref_hns_mac_list macs;
  memset(&macs, 0, sizeof(macs));
  if (is(r->method, "GET"))
    sim_object_find(r->call, &mac_lists, key, &macs);
  else if (is(r->method, "DELETE"))
    sim_store_remove(r->call->sim, mac_lists.folder, key);
  else if (!is(r->method, "POST"))
    return unsupported(r);
  else if (!sim_read_document(r->call, r->text, &hcsref_type_hns_mac_list, &macs) ||
           !sim_object_save(r->call, &mac_lists, key, &macs))
    return false;
  return answer(r, &hcsref_type_hns_mac_list, &macs);
}

/* Which version a build of Windows answers is not published. Clients ask whether it is at least 9.2. */
static bool globals(hns_request *r) {
  if (!is(r->method, "GET") || !is(r->id, "version"))
    return unsupported(r);
  r->output = HCSREF_LIT("{\"Major\":9,\"Minor\":3}");
  return true;
}

/* ---- the call ---- */

static const struct {
  const char *name;
  bool (*run)(hns_request *r);
} places[] = {
    {"networks", networks},     {"endpoints", endpoints},     {"endpointstats", endpoint_stats},
    {"namespaces", namespaces}, {"policylists", policylists}, {"accelnet", accelnet},
    {"globals", globals},
};

/* Cuts the next part off a path. */
static hcsref_str next_part(hcsref_str *path) {
  const char *slash;
  hcsref_str part;
  while (path->len > 0 && path->data[0] == '/')
    *path = hcsref_str_skip(*path, 1);
  slash = path->len == 0 ? NULL : memchr(path->data, '/', path->len);
  part = hcsref_str_first(*path, slash == NULL ? path->len : (size_t)(slash - path->data));
  *path = hcsref_str_skip(*path, part.len);
  return part;
}

static bool perform(hns_request *r, hcsref_str path) {
  hcsref_str place = next_part(&path);
  r->id = next_part(&path);
  r->action = next_part(&path);
  for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
    if (is(place, places[i].name))
      return places[i].run(r);
  return sim_fail(r->call, HCSREF_ERROR_NOT_FOUND, "There is nothing at %q.", place);
}

void sim_hns_call(sim_call *call, hcsref_str method, hcsref_str path, hcsref_str text) {
  hns_request r = {call, method, {NULL, 0}, {NULL, 0}, text, {NULL, 0}};
  hcsref_hns_response response = {true, {NULL, 0}, {NULL, 0}};
  if (!sim_going(call))
    return;
  if (!perform(&r, path)) {
    call->code = 0; /* the failure's document is the answer */
    return;
  }
  response.output = r.output;
  if (!hcsref_json_encode(&call->arena, &hcsref_type_hns_response, &response, &call->document, NULL))
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}
