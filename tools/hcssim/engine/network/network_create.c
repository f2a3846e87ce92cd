/* SPDX-License-Identifier: Apache-2.0 */
/* Networks. Source of the documents: hcsshim hcn/hcnnetwork.go; which ones are refused and with what code is the
 * simulator's choice. */
#include "engine/network/network.h"

#include <string.h>

/* ---- subnets ---------------------------------------------------------------------------------------------------- */

/* 172.16.0.0/12 in parts of this many bits, as the service takes one of its own for a NAT without a subnet. */
#define OWN_SPACE "172.16.0.0/12"
#define OWN_BITS  20u
#define OWN_COUNT 256u

typedef struct overlap {
  sim_prefix prefix;
  bool found;
} overlap;

static bool look_for_overlap(void *context, const void *value) {
  overlap *o = context;
  const hcsref_hcn_network *network = value;
  const hcsref_hcn_ipam *ipams = network->ipams.items;
  for (size_t i = 0; i < network->ipams.len; i++) {
    const hcsref_hcn_subnet *subnets = ipams[i].subnets.items;
    for (size_t k = 0; k < ipams[i].subnets.len; k++) {
      sim_prefix other;
      if (sim_prefix_read(subnets[k].ip_address_prefix, &other))
        o->found = o->found || sim_prefix_has(&other, &o->prefix.base) || sim_prefix_has(&o->prefix, &other.base);
    }
  }
  return true;
}

/* A subnet that no other network has. */
static bool own_prefix(sim_call *call, sim_prefix *out) {
  sim_prefix space;
  overlap o;
  sim_prefix_read(HCSREF_LIT(OWN_SPACE), &space);
  for (uint32_t i = 0; i < OWN_COUNT; i++) {
    o.prefix.base = sim_prefix_address(&space, i << (32 - OWN_BITS));
    o.prefix.bits = OWN_BITS;
    o.found = false;
    if (!sim_object_each(call, &sim_networks, look_for_overlap, &o))
      return false;
    if (!o.found) {
      *out = o.prefix;
      return true;
    }
  }
  return sim_fail(call, HCN_INVALID_PREFIX, "There is no free subnet.");
}

static bool fill_own_subnet(sim_call *call, hcsref_hcn_subnet *subnet) {
  sim_prefix prefix;
  sim_address gateway;
  hcsref_hcn_route *route;
  hcsref_str base;
  if (!own_prefix(call, &prefix))
    return false;
  gateway = sim_prefix_address(&prefix, 1);
  subnet->routes.len = 0;
  route = hcsref_slice_push(&call->arena, &subnet->routes, sizeof(*route));
  if (route == NULL || !sim_address_text(&call->arena, &prefix.base, &base) ||
      !hcsref_format(&call->arena, &subnet->ip_address_prefix, "%v/%u", base, (uint64_t)prefix.bits) ||
      !sim_address_text(&call->arena, &gateway, &route->next_hop))
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  route->destination_prefix = HCSREF_LIT("0.0.0.0/0");
  return true;
}

/* A NAT without a subnet, or with 0.0.0.0/0, gets one: dockerd asks like that for its default network (moby
 * daemon/daemon_windows.go initBridgeDriver). */
static bool add_own_subnet(sim_call *call, hcsref_hcn_network *network) {
  hcsref_hcn_ipam *ipam = hcsref_slice_push(&call->arena, &network->ipams, sizeof(*ipam));
  hcsref_hcn_subnet *subnet = ipam == NULL ? NULL : hcsref_slice_push(&call->arena, &ipam->subnets, sizeof(*subnet));
  if (subnet == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  ipam->type = HCSREF_LIT("Static");
  return fill_own_subnet(call, subnet);
}

static bool check_route(sim_call *call, const hcsref_hcn_route *route) {
  sim_prefix destination;
  sim_address hop;
  if (route->destination_prefix.len > 0 && !sim_prefix_read(route->destination_prefix, &destination))
    return sim_fail(call, HCN_INVALID_PREFIX, "The route's destination %q is not a prefix.", route->destination_prefix);
  if (route->next_hop.len > 0 && !sim_address_read(route->next_hop, &hop))
    return sim_fail(call, HCN_INVALID_ADDRESS, "The route's next hop %q is not an address.", route->next_hop);
  return true;
}

static bool check_subnet(sim_call *call, hcsref_hcn_subnet *subnet, bool nat) {
  const hcsref_hcn_route *routes = subnet->routes.items;
  sim_prefix prefix;
  if (subnet->ip_address_prefix.len > 0 && !sim_prefix_read(subnet->ip_address_prefix, &prefix))
    return sim_fail(call, HCN_INVALID_PREFIX, "%q is not a prefix of a subnet.", subnet->ip_address_prefix);
  if (!sim_check_count(call, subnet->routes.len, SIM_MAX_ROUTES, "routes"))
    return false;
  for (size_t i = 0; i < subnet->routes.len; i++)
    if (!check_route(call, &routes[i]))
      return false;
  return !nat || (subnet->ip_address_prefix.len > 0 && prefix.bits > 0) || fill_own_subnet(call, subnet);
}

static bool check_subnets(sim_call *call, hcsref_hcn_network *network) {
  bool nat = hcsref_str_equal_ascii_fold(network->type, HCSREF_LIT("NAT"));
  hcsref_hcn_ipam *ipams = network->ipams.items;
  size_t count = 0;
  for (size_t i = 0; i < network->ipams.len; i++) {
    hcsref_hcn_subnet *subnets = ipams[i].subnets.items;
    count += ipams[i].subnets.len;
    if (!sim_check_count(call, count, SIM_MAX_SUBNETS, "subnets"))
      return false;
    for (size_t k = 0; k < ipams[i].subnets.len; k++)
      if (!check_subnet(call, &subnets[k], nat))
        return false;
  }
  return count > 0 || !nat || add_own_subnet(call, network);
}

/* ---- networks ---- */

static bool is_network_type(hcsref_str type) {
  static const char *const types[] = {"NAT", "Transparent", "L2Bridge", "L2Tunnel",
                                      "ICS", "Private",     "Internal", "Overlay"};
  for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
    if (hcsref_str_equal_ascii_fold(type, hcsref_cstr(types[i])))
      return true;
  return false;
}

bool sim_network_add(sim_call *call, hcsref_guid id, hcsref_hcn_network *network) {
  if (!is_network_type(network->type))
    return sim_fail(call, HCN_INVALID_NETWORK_TYPE, "There is no network type %q.", network->type);
  return sim_check_count(call, network->policies.len, SIM_MAX_POLICIES, "policies") &&
         sim_check_count(call, network->mac_pool.ranges.len, SIM_MAX_SUBNETS, "ranges of hardware addresses") &&
         sim_object_id(call, &sim_networks, id, network->id, &network->id) && check_subnets(call, network) &&
         sim_object_save(call, &sim_networks, network->id, network);
}

void sim_network_create(sim_call *call, hcsref_guid id, hcsref_str settings, sim_handle *out) {
  hcsref_hcn_network network;
  hcsref_hns_network older;
  bool ok;
  *out = 0;
  memset(&network, 0, sizeof(network));
  memset(&older, 0, sizeof(older));
  if (!sim_going(call))
    return;
  if (sim_has_member(call, settings, "SchemaVersion"))
    ok = sim_read_document(call, settings, &hcsref_type_hcn_network, &network);
  else
    ok = sim_read_document(call, settings, &hcsref_type_hns_network, &older) &&
         sim_network_from_hns(call, &older, &network);
  if (ok && sim_network_add(call, id, &network))
    sim_object_open(call, &sim_networks, network.id, out);
}

typedef struct removal {
  sim_call *call;
  hcsref_str network;
} removal;

static bool remove_endpoint(void *context, const void *value) {
  const removal *r = context;
  const sim_endpoint *endpoint = value;
  if (hcsref_str_equal_ascii_fold(endpoint->document.host_compute_network, r->network))
    sim_endpoint_remove(r->call, endpoint);
  return true;
}

void sim_network_remove(sim_call *call, hcsref_str id) {
  removal r = {call, id};
  sim_object_each(call, &sim_endpoints, remove_endpoint, &r);
  sim_store_remove(call->sim, sim_networks.folder, id);
}

/* ---- changes ---- */

static bool change_network(sim_call *call, hcsref_hcn_network *network, const hcsref_hcn_modify_network *request) {
  hcsref_hcn_network_policies policies;
  memset(&policies, 0, sizeof(policies));
  if (hcsref_str_equal(request->resource_type, HCSREF_LIT("DNS"))) {
    memset(&network->dns, 0, sizeof(network->dns));
    return hcsref_str_equal(request->request_type, HCSREF_LIT("Remove")) ||
           sim_read_document(call, request->settings, &hcsref_type_hcn_dns, &network->dns);
  }
  if (!hcsref_str_equal(request->resource_type, HCSREF_LIT("Policy")))
    return sim_fail(call, HCN_UNSUPPORTED, "Changes of %q are not supported.", request->resource_type);
  return sim_read_document(call, request->settings, &hcsref_type_hcn_network_policies, &policies) &&
         sim_policies_change(call, &network->policies, &policies.policies, request->request_type);
}

void sim_network_modify(sim_call *call, sim_handle handle, hcsref_str request_text) {
  hcsref_hcn_network network;
  hcsref_hcn_modify_network request;
  memset(&request, 0, sizeof(request));
  if (sim_object_of(call, &sim_networks, handle, &network) &&
      sim_read_document(call, request_text, &hcsref_type_hcn_modify_network, &request) &&
      change_network(call, &network, &request))
    sim_object_save(call, &sim_networks, network.id, &network);
}
