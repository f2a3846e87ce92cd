/* SPDX-License-Identifier: Apache-2.0 */
/* Load balancers and routes of software-defined networks. Source of the documents: hcsshim hcn/hcnloadbalancer.go,
 * hcnroute.go. */
#include "engine/network/network.h"

#include <string.h>

static bool check_endpoints(sim_call *call, const hcsref_slice *list) {
  const hcsref_str *ids = list->items;
  sim_endpoint endpoint;
  for (size_t i = 0; i < list->len; i++)
    if (!sim_object_find(call, &sim_endpoints, ids[i], &endpoint))
      return sim_fail(call, HCN_ENDPOINT_NOT_FOUND, "There is no endpoint %q.", ids[i]);
  return true;
}

/* ---- load balancers ------------------------------------------------------------------------------------------- */

typedef struct clash {
  const hcsref_hcn_load_balancer *self;
  bool found;
} clash;

static bool same_frontend(const hcsref_hcn_load_balancer *a, const hcsref_hcn_load_balancer *b) {
  const hcsref_str *vips = a->frontend_vips.items, *others = b->frontend_vips.items;
  for (size_t i = 0; i < a->frontend_vips.len; i++)
    for (size_t k = 0; k < b->frontend_vips.len; k++)
      if (hcsref_str_equal(vips[i], others[k]))
        return true;
  return a->frontend_vips.len == 0 && b->frontend_vips.len == 0;
}

static bool same_port(const hcsref_hcn_load_balancer *a, const hcsref_hcn_load_balancer *b) {
  const hcsref_hcn_port_mapping *ports = a->port_mappings.items, *others = b->port_mappings.items;
  for (size_t i = 0; i < a->port_mappings.len; i++)
    for (size_t k = 0; k < b->port_mappings.len; k++)
      if (ports[i].protocol == others[k].protocol && ports[i].external_port == others[k].external_port)
        return true;
  return false;
}

static bool look_for_clash(void *context, const void *value) {
  clash *c = context;
  const hcsref_hcn_load_balancer *other = value;
  c->found = c->found || (!hcsref_str_equal_ascii_fold(other->id, c->self->id) && same_frontend(other, c->self) &&
                          same_port(other, c->self));
  return true;
}

static bool save_balancer(sim_call *call, const hcsref_hcn_load_balancer *balancer) {
  clash c = {balancer, false};
  if (!check_endpoints(call, &balancer->host_compute_endpoints) ||
      !sim_object_each(call, &sim_balancers, look_for_clash, &c))
    return false;
  if (c.found)
    return sim_fail(call, HCN_PORT_EXISTS, "Another load balancer has the port.");
  return sim_object_save(call, &sim_balancers, balancer->id, balancer);
}

void sim_balancer_create(sim_call *call, hcsref_guid id, hcsref_str settings, sim_handle *out) {
  hcsref_hcn_load_balancer balancer;
  *out = 0;
  memset(&balancer, 0, sizeof(balancer));
  if (sim_read_document(call, settings, &hcsref_type_hcn_load_balancer, &balancer) &&
      sim_object_id(call, &sim_balancers, id, balancer.id, &balancer.id) && save_balancer(call, &balancer))
    sim_object_open(call, &sim_balancers, balancer.id, out);
}

/* The whole load balancer is handed over, and takes the place of the old one. Source: hcnloadbalancer.go
 * modifyLoadBalancer. */
void sim_balancer_modify(sim_call *call, sim_handle handle, hcsref_str settings) {
  hcsref_hcn_load_balancer old, balancer;
  memset(&balancer, 0, sizeof(balancer));
  if (!sim_object_of(call, &sim_balancers, handle, &old) ||
      !sim_read_document(call, settings, &hcsref_type_hcn_load_balancer, &balancer))
    return;
  balancer.id = old.id;
  save_balancer(call, &balancer);
}

/* ---- routes ----------------------------------------------------------------------------------------------------- */

static bool check_routes(sim_call *call, const hcsref_hcn_sdn_route *route) {
  const hcsref_hcn_policy_sdn_route *settings = route->setting.items;
  sim_prefix prefix;
  for (size_t i = 0; i < route->setting.len; i++)
    if (!sim_prefix_read(settings[i].destination_prefix, &prefix))
      return sim_fail(call, HCN_INVALID_PREFIX, "The destination %q is not a prefix.", settings[i].destination_prefix);
  return check_endpoints(call, &route->host_compute_endpoints);
}

void sim_route_create(sim_call *call, hcsref_guid id, hcsref_str settings, sim_handle *out) {
  hcsref_hcn_sdn_route route;
  *out = 0;
  memset(&route, 0, sizeof(route));
  if (sim_read_document(call, settings, &hcsref_type_hcn_sdn_route, &route) &&
      sim_object_id(call, &sim_routes, id, route.id, &route.id) && check_routes(call, &route) &&
      sim_object_save(call, &sim_routes, route.id, &route))
    sim_object_open(call, &sim_routes, route.id, out);
}

void sim_route_modify(sim_call *call, sim_handle handle, hcsref_str settings) {
  hcsref_hcn_sdn_route old, route;
  memset(&route, 0, sizeof(route));
  if (!sim_object_of(call, &sim_routes, handle, &old) ||
      !sim_read_document(call, settings, &hcsref_type_hcn_sdn_route, &route) || !check_routes(call, &route))
    return;
  route.id = old.id;
  sim_object_save(call, &sim_routes, route.id, &route);
}
