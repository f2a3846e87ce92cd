/* SPDX-License-Identifier: Apache-2.0 */
/* Endpoints: an address of each subnet, a hardware address and the ports that are mapped. Source of the documents:
 * hcsshim hcn/hcnendpoint.go; which addresses are handed out is the simulator's choice. */
#include "engine/network/network.h"

#include <string.h>

#define REMOTE_ENDPOINT 1u /* of Flags */
#define NO_GATEWAY      1u /* of a subnet's Flags: its gateway's address is not kept back */
#define FIRST_MAC       0x00155D52C000u
#define LAST_MAC        0x00155D52CFFFu
#define FIRST_PORT      49152u /* of those that nobody chose */

/* What the other endpoints have. */
typedef struct taken {
  sim_call *call;
  const hcsref_hcn_endpoint *self;
  hcsref_slice addresses; /* []sim_address, of the same network */
  hcsref_slice macs;      /* []uint64_t */
  hcsref_slice ports;     /* []hcsref_hcn_policy_port_mapping, of the same network */
} taken;

/* ---- ports ---------------------------------------------------------------------------------------------------- */

static bool read_mapping(sim_call *call, const hcsref_hcn_endpoint_policy *policy,
                         hcsref_hcn_policy_port_mapping *out) {
  memset(out, 0, sizeof(*out));
  return hcsref_str_equal_ascii_fold(policy->type, HCSREF_LIT("PortMapping")) &&
         hcsref_json_decode(&call->arena, policy->settings, &hcsref_type_hcn_policy_port_mapping, HCSREF_JSON_WHOLE,
                            out, NULL);
}

static bool add_ports(taken *t, const hcsref_hcn_endpoint *endpoint) {
  const hcsref_hcn_endpoint_policy *policies = endpoint->policies.items;
  for (size_t i = 0; i < endpoint->policies.len; i++) {
    hcsref_hcn_policy_port_mapping mapping, *kept;
    if (!read_mapping(t->call, &policies[i], &mapping))
      continue;
    kept = hcsref_slice_push(&t->call->arena, &t->ports, sizeof(*kept));
    if (kept == NULL)
      return sim_fail(t->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    *kept = mapping;
  }
  return true;
}

static bool is_port_taken(const taken *t, const hcsref_hcn_policy_port_mapping *wanted) {
  const hcsref_hcn_policy_port_mapping *ports = t->ports.items;
  for (size_t i = 0; i < t->ports.len; i++)
    if (ports[i].protocol == wanted->protocol && ports[i].external_port == wanted->external_port &&
        hcsref_str_equal(ports[i].vip, wanted->vip))
      return true;
  return false;
}

/* A mapping without an external port is given one. Each of those that are taken is looked at once. */
static bool choose_port(const taken *t, hcsref_hcn_policy_port_mapping *mapping) {
  const hcsref_hcn_policy_port_mapping *ports = t->ports.items;
  bool used[UINT16_MAX + 1u - FIRST_PORT] = {false};
  for (size_t i = 0; i < t->ports.len; i++)
    if (ports[i].external_port >= FIRST_PORT && ports[i].protocol == mapping->protocol &&
        hcsref_str_equal(ports[i].vip, mapping->vip))
      used[ports[i].external_port - FIRST_PORT] = true;
  for (size_t i = 0; i < sizeof(used) / sizeof(used[0]); i++)
    if (!used[i]) {
      mapping->external_port = (uint16_t)(FIRST_PORT + i);
      return true;
    }
  return sim_fail(t->call, HCN_PORT_EXISTS, "There is no free port.");
}

static bool settle_port(taken *t, hcsref_hcn_endpoint_policy *policy) {
  hcsref_hcn_policy_port_mapping mapping, *kept;
  if (!read_mapping(t->call, policy, &mapping))
    return true;
  if (mapping.external_port != 0) {
    if (is_port_taken(t, &mapping))
      return sim_fail(t->call, HCN_PORT_EXISTS, "Port %u is mapped already.", (uint64_t)mapping.external_port);
  } else if (!choose_port(t, &mapping)) {
    return false;
  }
  kept = hcsref_slice_push(&t->call->arena, &t->ports, sizeof(*kept));
  if (kept == NULL ||
      !hcsref_json_encode(&t->call->arena, &hcsref_type_hcn_policy_port_mapping, &mapping, &policy->settings, NULL))
    return sim_fail(t->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  *kept = mapping;
  return true;
}

static bool settle_ports(taken *t, hcsref_hcn_endpoint *endpoint) {
  hcsref_hcn_endpoint_policy *policies = endpoint->policies.items;
  for (size_t i = 0; i < endpoint->policies.len; i++)
    if (!settle_port(t, &policies[i]))
      return false;
  return true;
}

/* ---- addresses -------------------------------------------------------------------------------------------------- */

static bool add_addresses(taken *t, const hcsref_hcn_endpoint *endpoint) {
  const hcsref_hcn_ip_config *configs = endpoint->ip_configurations.items;
  for (size_t i = 0; i < endpoint->ip_configurations.len; i++) {
    sim_address address, *kept;
    if (!sim_address_read(configs[i].ip_address, &address))
      continue;
    kept = hcsref_slice_push(&t->call->arena, &t->addresses, sizeof(*kept));
    if (kept == NULL)
      return sim_fail(t->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    *kept = address;
  }
  return true;
}

static bool add_taken(void *context, const void *value) {
  taken *t = context;
  const hcsref_hcn_endpoint *endpoint = &((const sim_endpoint *)value)->document;
  uint64_t mac, *kept;
  if (hcsref_str_equal_ascii_fold(endpoint->id, t->self->id))
    return true;
  if (sim_mac_read(endpoint->mac_address, &mac)) {
    kept = hcsref_slice_push(&t->call->arena, &t->macs, sizeof(*kept));
    if (kept == NULL)
      return sim_fail(t->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    *kept = mac;
  }
  return !hcsref_str_equal_ascii_fold(endpoint->host_compute_network, t->self->host_compute_network) ||
         (add_addresses(t, endpoint) && add_ports(t, endpoint));
}

static bool find_taken(sim_call *call, const hcsref_hcn_endpoint *self, taken *out) {
  memset(out, 0, sizeof(*out));
  out->call = call;
  out->self = self;
  return sim_object_each(call, &sim_endpoints, add_taken, out);
}

static bool is_taken(const taken *t, const sim_address *address) {
  const sim_address *addresses = t->addresses.items;
  for (size_t i = 0; i < t->addresses.len; i++)
    if (sim_address_equal(&addresses[i], address))
      return true;
  return false;
}

static bool is_gateway(const hcsref_hcn_subnet *subnet, const sim_address *address) {
  const hcsref_hcn_route *routes = subnet->routes.items;
  sim_address hop;
  for (size_t i = 0; (subnet->flags & NO_GATEWAY) == 0 && i < subnet->routes.len; i++)
    if (sim_address_read(routes[i].next_hop, &hop) && sim_address_equal(&hop, address))
      return true;
  return false;
}

/* The address of the subnet itself, and of version 4 the one that means all of it, are nobody's. */
static uint32_t usable_end(const sim_prefix *prefix) {
  uint32_t count = sim_prefix_count(prefix);
  return prefix->base.size == 4 && count > 1 ? count - 1 : count;
}

static bool add_number(const taken *t, hcsref_slice *numbers, const sim_prefix *prefix, const sim_address *address) {
  uint32_t number;
  uint64_t *kept;
  if (!sim_prefix_number(prefix, address, &number))
    return true;
  kept = hcsref_slice_push(&t->call->arena, numbers, sizeof(*kept));
  if (kept != NULL)
    *kept = number;
  return kept != NULL;
}

/* The numbers in the prefix that others or gateways have. */
static bool number_taken(const taken *t, const hcsref_hcn_subnet *subnet, const sim_prefix *prefix,
                         hcsref_slice *numbers) {
  const sim_address *addresses = t->addresses.items;
  const hcsref_hcn_route *routes = subnet->routes.items;
  sim_address hop;
  for (size_t i = 0; i < t->addresses.len; i++)
    if (!add_number(t, numbers, prefix, &addresses[i]))
      return false;
  for (size_t i = 0; (subnet->flags & NO_GATEWAY) == 0 && i < subnet->routes.len; i++)
    if (sim_address_read(routes[i].next_hop, &hop) && !add_number(t, numbers, prefix, &hop))
      return false;
  return true;
}

/* False: there is none, or the call has failed. */
static bool free_address(const taken *t, const hcsref_hcn_subnet *subnet, const sim_prefix *prefix, sim_address *out) {
  hcsref_slice numbers = {NULL, 0, 0};
  uint64_t number = 0;
  bool found = false, memory = number_taken(t, subnet, prefix, &numbers);
  if (memory)
    found = sim_first_free(&t->call->arena, numbers.items, numbers.len, 1, (uint64_t)usable_end(prefix) - 1, &number,
                           &memory);
  if (!memory)
    return sim_fail(t->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if (found)
    *out = sim_prefix_address(prefix, (uint32_t)number);
  return found;
}

static bool add_config(taken *t, hcsref_hcn_endpoint *endpoint, const sim_address *address, uint8_t bits) {
  hcsref_hcn_ip_config *config = hcsref_slice_push(&t->call->arena, &endpoint->ip_configurations, sizeof(*config));
  if (config == NULL || !sim_address_text(&t->call->arena, address, &config->ip_address))
    return sim_fail(t->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  config->prefix_length = bits;
  return true;
}

/* One subnet with a free address, of the version wanted; null: there is none. */
typedef struct offer {
  const hcsref_hcn_subnet *subnet;
  sim_prefix prefix;
  sim_address address;
  bool any; /* some subnet is of this version */
} offer;

static void find_offer(const taken *t, const hcsref_hcn_network *network, uint8_t size, offer *out) {
  const hcsref_hcn_ipam *ipams = network->ipams.items;
  memset(out, 0, sizeof(*out));
  for (size_t i = 0; i < network->ipams.len; i++) {
    const hcsref_hcn_subnet *subnets = ipams[i].subnets.items;
    for (size_t k = 0; k < ipams[i].subnets.len && out->subnet == NULL; k++) {
      if (!sim_prefix_read(subnets[k].ip_address_prefix, &out->prefix) || out->prefix.base.size != size)
        continue;
      out->any = true;
      if (free_address(t, &subnets[k], &out->prefix, &out->address))
        out->subnet = &subnets[k];
    }
  }
}

static bool add_routes(taken *t, hcsref_hcn_endpoint *endpoint, const hcsref_hcn_subnet *subnet) {
  const hcsref_hcn_route *routes = subnet->routes.items;
  for (size_t i = 0; i < subnet->routes.len; i++) {
    hcsref_hcn_route *route = hcsref_slice_push(&t->call->arena, &endpoint->routes, sizeof(*route));
    if (route == NULL)
      return sim_fail(t->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    *route = routes[i];
  }
  return true;
}

static bool hand_out(taken *t, hcsref_hcn_endpoint *endpoint, const hcsref_hcn_network *network) {
  static const uint8_t sizes[] = {4, 16};
  bool with_routes = endpoint->routes.len == 0;
  for (size_t i = 0; i < sizeof(sizes); i++) {
    offer o;
    find_offer(t, network, sizes[i], &o);
    if (o.any && o.subnet == NULL)
      return sim_going(t->call) && sim_fail(t->call, HCN_INVALID_ADDRESS, "The network has no free address.");
    if (o.any &&
        (!add_config(t, endpoint, &o.address, o.prefix.bits) || (with_routes && !add_routes(t, endpoint, o.subnet))))
      return false;
  }
  return true;
}

static const hcsref_hcn_subnet *subnet_of(const hcsref_hcn_network *network, const sim_address *address,
                                          sim_prefix *prefix) {
  const hcsref_hcn_ipam *ipams = network->ipams.items;
  for (size_t i = 0; i < network->ipams.len; i++) {
    const hcsref_hcn_subnet *subnets = ipams[i].subnets.items;
    for (size_t k = 0; k < ipams[i].subnets.len; k++)
      if (sim_prefix_read(subnets[k].ip_address_prefix, prefix) && sim_prefix_has(prefix, address))
        return &subnets[k];
  }
  return NULL;
}

/* An address that was asked for. */
static bool check_config(taken *t, hcsref_hcn_endpoint *endpoint, const hcsref_hcn_network *network,
                         hcsref_hcn_ip_config *config) {
  const hcsref_hcn_subnet *subnet;
  sim_address address;
  sim_prefix prefix;
  bool remote = (endpoint->flags & REMOTE_ENDPOINT) != 0;
  if (!sim_address_read(config->ip_address, &address))
    return sim_fail(t->call, HCN_INVALID_ADDRESS, "%q is not an address.", config->ip_address);
  if (is_taken(t, &address))
    return sim_fail(t->call, HCN_INVALID_ADDRESS, "Another endpoint has the address %q.", config->ip_address);
  subnet = subnet_of(network, &address, &prefix);
  if (subnet == NULL)
    return remote || network->ipams.len == 0 ||
           sim_fail(t->call, HCN_INVALID_ADDRESS, "The address %q is in no subnet of the network.", config->ip_address);
  if (!remote && is_gateway(subnet, &address))
    return sim_fail(t->call, HCN_INVALID_ADDRESS, "The address %q is the gateway's.", config->ip_address);
  if (config->prefix_length == 0)
    config->prefix_length = prefix.bits;
  return remote || endpoint->routes.len > 0 || add_routes(t, endpoint, subnet);
}

static bool settle_addresses(taken *t, hcsref_hcn_endpoint *endpoint, const hcsref_hcn_network *network) {
  hcsref_hcn_ip_config *configs = endpoint->ip_configurations.items;
  if (!sim_check_count(t->call, endpoint->ip_configurations.len, SIM_MAX_ADDRESSES, "addresses") ||
      !sim_check_count(t->call, endpoint->policies.len, SIM_MAX_POLICIES, "policies"))
    return false;
  if (endpoint->ip_configurations.len == 0)
    return hand_out(t, endpoint, network);
  for (size_t i = 0; i < endpoint->ip_configurations.len; i++)
    if (!check_config(t, endpoint, network, &configs[i]))
      return false;
  return true;
}

/* ---- hardware addresses ---- */

static bool is_mac_taken(const taken *t, uint64_t mac) {
  const uint64_t *macs = t->macs.items;
  for (size_t i = 0; i < t->macs.len; i++)
    if (macs[i] == mac)
      return true;
  return false;
}

/* False: there is none, or the call has failed. */
static bool free_mac(const taken *t, uint64_t first, uint64_t last, uint64_t *out) {
  bool memory, found = sim_first_free(&t->call->arena, t->macs.items, t->macs.len, first, last, out, &memory);
  return found || (!memory && sim_fail(t->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory."));
}

static bool settle_mac(taken *t, hcsref_hcn_endpoint *endpoint, const hcsref_hcn_network *network) {
  const hcsref_hcn_mac_range *ranges = network->mac_pool.ranges.items;
  uint64_t mac, first, last;
  bool found = network->mac_pool.ranges.len == 0 && free_mac(t, FIRST_MAC, LAST_MAC, &mac);
  if (endpoint->mac_address.len > 0) {
    if (!sim_mac_read(endpoint->mac_address, &mac) || is_mac_taken(t, mac))
      return sim_fail(t->call, HCN_INVALID_ADDRESS, "%q is not a free hardware address.", endpoint->mac_address);
    found = true;
  }
  for (size_t i = 0; !found && sim_going(t->call) && i < network->mac_pool.ranges.len; i++)
    found = sim_mac_read(ranges[i].start_mac_address, &first) && sim_mac_read(ranges[i].end_mac_address, &last) &&
            free_mac(t, first, last, &mac);
  if (!found)
    return sim_going(t->call) && sim_fail(t->call, HCN_INVALID_ADDRESS, "The network has no free hardware address.");
  return sim_mac_text(&t->call->arena, mac, &endpoint->mac_address) ||
         sim_fail(t->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

/* ---- endpoints ---- */

/* With a namespace it begins its life there. */
static bool enter_namespace(sim_call *call, sim_endpoint *endpoint) {
  hcsref_str id = endpoint->document.host_compute_namespace;
  hcsref_hcn_namespace name_space;
  if (id.len > 0 && !sim_object_find(call, &sim_namespaces, id, &name_space))
    return sim_fail(call, HCSREF_ERROR_NOT_FOUND, "There is no namespace %q.", id);
  endpoint->document.host_compute_namespace = hcsref_str_from(NULL, 0);
  return sim_object_save(call, &sim_endpoints, endpoint->document.id, endpoint) &&
         (id.len == 0 || (sim_namespace_attach(call, &name_space, endpoint->document.id) &&
                          sim_object_find(call, &sim_endpoints, endpoint->document.id, endpoint)));
}

bool sim_endpoint_add(sim_call *call, hcsref_guid id, const hcsref_hcn_network *network, sim_endpoint *endpoint) {
  hcsref_hcn_endpoint *document = &endpoint->document;
  taken t;
  document->host_compute_network = network->id;
  return sim_object_id(call, &sim_endpoints, id, document->id, &document->id) && find_taken(call, document, &t) &&
         settle_addresses(&t, document, network) && settle_mac(&t, document, network) && settle_ports(&t, document) &&
         enter_namespace(call, endpoint);
}

bool sim_endpoint_check_ports(sim_call *call, hcsref_hcn_endpoint *endpoint) {
  taken t;
  return find_taken(call, endpoint, &t) && settle_ports(&t, endpoint);
}

void sim_endpoint_create(sim_call *call, sim_handle network_handle, hcsref_guid id, hcsref_str settings,
                         sim_handle *out) {
  hcsref_hcn_network network;
  hcsref_hns_endpoint older;
  sim_endpoint endpoint;
  bool ok;
  *out = 0;
  memset(&endpoint, 0, sizeof(endpoint));
  memset(&older, 0, sizeof(older));
  if (!sim_object_of(call, &sim_networks, network_handle, &network))
    return;
  if (sim_has_member(call, settings, "SchemaVersion"))
    ok = sim_read_document(call, settings, &hcsref_type_hcn_endpoint, &endpoint.document);
  else
    ok = sim_read_document(call, settings, &hcsref_type_hns_endpoint, &older) &&
         sim_endpoint_from_hns(call, &older, &endpoint);
  if (ok && sim_endpoint_add(call, id, &network, &endpoint))
    sim_object_open(call, &sim_endpoints, endpoint.document.id, out);
}

void sim_endpoint_remove(sim_call *call, const sim_endpoint *endpoint) {
  hcsref_hcn_namespace name_space;
  hcsref_str inside = endpoint->document.host_compute_namespace, id = endpoint->document.id;
  if (inside.len > 0 && sim_object_find(call, &sim_namespaces, inside, &name_space))
    sim_namespace_detach(call, &name_space, id);
  sim_store_remove(call->sim, sim_endpoints.folder, id);
}

static bool change_endpoint(sim_call *call, sim_endpoint *endpoint, const hcsref_hcn_modify_endpoint *request) {
  hcsref_hcn_endpoint_policies policies;
  hcsref_hcn_vm_port port;
  memset(&policies, 0, sizeof(policies));
  memset(&port, 0, sizeof(port));
  if (hcsref_str_equal(request->resource_type, HCSREF_LIT("Port"))) /* a VM's: nothing is kept of it */
    return sim_read_document(call, request->settings, &hcsref_type_hcn_vm_port, &port);
  if (!hcsref_str_equal(request->resource_type, HCSREF_LIT("Policy")))
    return sim_fail(call, HCN_UNSUPPORTED, "Changes of %q are not supported.", request->resource_type);
  return sim_read_document(call, request->settings, &hcsref_type_hcn_endpoint_policies, &policies) &&
         sim_policies_change(call, &endpoint->document.policies, &policies.policies, request->request_type) &&
         sim_endpoint_check_ports(call, &endpoint->document);
}

void sim_endpoint_modify(sim_call *call, sim_handle handle, hcsref_str request_text) {
  sim_endpoint endpoint;
  hcsref_hcn_modify_endpoint request;
  memset(&request, 0, sizeof(request));
  if (sim_object_of(call, &sim_endpoints, handle, &endpoint) &&
      sim_read_document(call, request_text, &hcsref_type_hcn_modify_endpoint, &request) &&
      change_endpoint(call, &endpoint, &request))
    sim_object_save(call, &sim_endpoints, endpoint.document.id, &endpoint);
}

bool sim_endpoint_stats_of(sim_call *call, hcsref_str id, hcsref_str *out) {
  hcsref_hns_endpoint_stats stats;
  memset(&stats, 0, sizeof(stats)); /* nothing passes through a simulated endpoint */
  stats.endpoint_id = stats.instance_id = id;
  return hcsref_json_encode(&call->arena, &hcsref_type_hns_endpoint_stats, &stats, out, NULL) ||
         sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

void sim_endpoint_stats(sim_call *call, sim_handle handle, hcsref_str query_text) {
  sim_endpoint endpoint;
  hcsref_hcn_query query;
  memset(&query, 0, sizeof(query));
  if (sim_object_of(call, &sim_endpoints, handle, &endpoint) &&
      sim_read_document(call, query_text, &hcsref_type_hcn_query, &query))
    sim_endpoint_stats_of(call, endpoint.document.id, &call->document);
}
