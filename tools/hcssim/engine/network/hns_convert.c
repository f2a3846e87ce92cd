/* SPDX-License-Identifier: Apache-2.0 */
/* Networks, endpoints and namespaces of HNS as HCN has them, and back. Source of both forms: hcsshim internal/hns, hcn.
 */
#include "engine/network/hns.h"

#include <string.h>

static bool no_memory(sim_call *call) {
  return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

/* ---- lists ------------------------------------------------------------------------------------------------------ */

/* "a,b" as a list of words. */
static bool split_words(sim_call *call, hcsref_str text, hcsref_slice *out) {
  while (text.len > 0) {
    const char *comma = memchr(text.data, ',', text.len);
    hcsref_str word = hcsref_str_first(text, comma == NULL ? text.len : (size_t)(comma - text.data));
    hcsref_str *added = hcsref_slice_push(&call->arena, out, sizeof(*added));
    if (added == NULL)
      return no_memory(call);
    *added = word;
    text = hcsref_str_skip(text, word.len + (comma != NULL));
  }
  return true;
}

static bool join_words(sim_call *call, const hcsref_slice *words, hcsref_str *out) {
  const hcsref_str *items = words->items;
  hcsref_buf text = {&call->arena, NULL, 0, 0, false};
  for (size_t i = 0; i < words->len; i++) {
    if (i > 0)
      hcsref_buf_append_char(&text, ',');
    hcsref_buf_append(&text, items[i]);
  }
  *out = hcsref_buf_str(&text);
  return !text.failed || no_memory(call);
}

static bool policies_from_hns(sim_call *call, const hcsref_slice *from, hcsref_slice *to) {
  const hcsref_str *texts = from->items;
  for (size_t i = 0; i < from->len; i++) {
    hcsref_hcn_endpoint_policy *policy = hcsref_slice_push(&call->arena, to, sizeof(*policy));
    if (policy == NULL)
      return no_memory(call);
    if (!sim_policy_from_hns(call, texts[i], policy))
      return false;
  }
  return true;
}

static bool policies_to_hns(sim_call *call, const hcsref_slice *from, hcsref_slice *to) {
  const hcsref_hcn_endpoint_policy *policies = from->items;
  for (size_t i = 0; i < from->len; i++) {
    hcsref_str *text = hcsref_slice_push(&call->arena, to, sizeof(*text));
    if (text == NULL)
      return no_memory(call);
    if (!sim_policy_to_hns(call, &policies[i], text))
      return false;
  }
  return true;
}

/* A policy of a network that HNS has as a member of its own. */
static bool add_policy(sim_call *call, hcsref_slice *list, hcsref_str type, const char *member, hcsref_str value) {
  hcsref_hcn_endpoint_policy *policy;
  hcsref_buf settings = {&call->arena, NULL, 0, 0, false};
  if (value.len == 0)
    return true;
  policy = hcsref_slice_push(&call->arena, list, sizeof(*policy));
  hcsref_buf_append_char(&settings, '{');
  hcsref_json_append_string(&settings, hcsref_cstr(member));
  hcsref_buf_append_char(&settings, ':');
  hcsref_json_append_string(&settings, value);
  hcsref_buf_append_char(&settings, '}');
  if (policy == NULL || settings.failed)
    return no_memory(call);
  policy->type = type;
  policy->settings = hcsref_buf_str(&settings);
  return true;
}

/* ---- networks ---- */

static hcsref_str default_destination(hcsref_str gateway) {
  return memchr(gateway.data, ':', gateway.len) != NULL ? HCSREF_LIT("::/0") : HCSREF_LIT("0.0.0.0/0");
}

static bool add_route(sim_call *call, hcsref_slice *routes, hcsref_str gateway) {
  hcsref_hcn_route *route;
  if (gateway.len == 0)
    return true;
  route = hcsref_slice_push(&call->arena, routes, sizeof(*route));
  if (route == NULL)
    return no_memory(call);
  route->next_hop = gateway;
  route->destination_prefix = default_destination(gateway);
  return true;
}

/* The policies of a subnet are JSON texts in both forms. */
static bool subnet_policies(sim_call *call, const hcsref_slice *from, hcsref_slice *to, bool to_hcn) {
  const hcsref_str *texts = from->items;
  for (size_t i = 0; i < from->len; i++) {
    hcsref_str *text = hcsref_slice_push(&call->arena, to, sizeof(*text));
    hcsref_hcn_endpoint_policy policy;
    memset(&policy, 0, sizeof(policy));
    if (text == NULL)
      return no_memory(call);
    if (to_hcn ? !sim_policy_from_hns(call, texts[i], &policy) ||
                     !hcsref_json_encode(&call->arena, &hcsref_type_hcn_subnet_policy, &policy, text, NULL)
               : !hcsref_json_decode(&call->arena, texts[i], &hcsref_type_hcn_subnet_policy, HCSREF_JSON_WHOLE, &policy,
                                     NULL) ||
                     !sim_policy_to_hns(call, &policy, text))
      return sim_going(call) && sim_fail(call, HCN_INVALID_JSON, "A subnet's policy is not valid.");
  }
  return true;
}

static bool subnets_from_hns(sim_call *call, const hcsref_slice *from, hcsref_slice *to) {
  const hcsref_hns_subnet *subnets = from->items;
  hcsref_hcn_ipam *ipam = from->len == 0 ? NULL : hcsref_slice_push(&call->arena, to, sizeof(*ipam));
  if (from->len == 0)
    return true;
  if (ipam == NULL)
    return no_memory(call);
  ipam->type = HCSREF_LIT("Static");
  for (size_t i = 0; i < from->len; i++) {
    hcsref_hcn_subnet *subnet = hcsref_slice_push(&call->arena, &ipam->subnets, sizeof(*subnet));
    if (subnet == NULL)
      return no_memory(call);
    subnet->ip_address_prefix = subnets[i].address_prefix;
    if (!add_route(call, &subnet->routes, subnets[i].gateway_address) ||
        !subnet_policies(call, &subnets[i].policies, &subnet->policies, true))
      return false;
  }
  return true;
}

static bool ranges_from_hns(sim_call *call, const hcsref_slice *from, hcsref_slice *to) {
  const hcsref_hns_mac_pool *pools = from->items;
  for (size_t i = 0; i < from->len; i++) {
    hcsref_hcn_mac_range *range = hcsref_slice_push(&call->arena, to, sizeof(*range));
    if (range == NULL)
      return no_memory(call);
    range->start_mac_address = pools[i].start_mac_address;
    range->end_mac_address = pools[i].end_mac_address;
  }
  return true;
}

static hcsref_hcn_version version2(void) {
  hcsref_hcn_version version = {2, 0};
  return version;
}

bool sim_network_from_hns(sim_call *call, const hcsref_hns_network *from, hcsref_hcn_network *to) {
  to->id = from->id;
  to->name = from->name;
  to->type = from->type;
  to->dns.domain = from->dns_suffix;
  to->schema_version = version2();
  return policies_from_hns(call, &from->policies, &to->policies) &&
         add_policy(call, &to->policies, HCSREF_LIT("NetAdapterName"), "NetworkAdapterName",
                    from->network_adapter_name) &&
         add_policy(call, &to->policies, HCSREF_LIT("SourceMacAddress"), "SourceMacAddress", from->source_mac) &&
         ranges_from_hns(call, &from->mac_pools, &to->mac_pool.ranges) &&
         split_words(call, from->dns_server_list, &to->dns.server_list) &&
         subnets_from_hns(call, &from->subnets, &to->ipams);
}

static hcsref_str gateway_of(const hcsref_slice *routes) {
  const hcsref_hcn_route *items = routes->items;
  return routes->len == 0 ? hcsref_str_from(NULL, 0) : items[0].next_hop;
}

static bool subnets_to_hns(sim_call *call, const hcsref_hcn_network *from, hcsref_slice *to) {
  const hcsref_hcn_ipam *ipams = from->ipams.items;
  for (size_t i = 0; i < from->ipams.len; i++) {
    const hcsref_hcn_subnet *subnets = ipams[i].subnets.items;
    for (size_t k = 0; k < ipams[i].subnets.len; k++) {
      hcsref_hns_subnet *subnet = hcsref_slice_push(&call->arena, to, sizeof(*subnet));
      if (subnet == NULL)
        return no_memory(call);
      subnet->address_prefix = subnets[k].ip_address_prefix;
      subnet->gateway_address = gateway_of(&subnets[k].routes);
      if (!subnet_policies(call, &subnets[k].policies, &subnet->policies, false))
        return false;
    }
  }
  return true;
}

static bool ranges_to_hns(sim_call *call, const hcsref_slice *from, hcsref_slice *to) {
  const hcsref_hcn_mac_range *ranges = from->items;
  for (size_t i = 0; i < from->len; i++) {
    hcsref_hns_mac_pool *pool = hcsref_slice_push(&call->arena, to, sizeof(*pool));
    if (pool == NULL)
      return no_memory(call);
    pool->start_mac_address = ranges[i].start_mac_address;
    pool->end_mac_address = ranges[i].end_mac_address;
  }
  return true;
}

bool sim_network_to_hns(sim_call *call, const hcsref_hcn_network *from, hcsref_hns_network *to) {
  memset(to, 0, sizeof(*to));
  to->id = from->id;
  to->name = from->name;
  to->type = from->type;
  to->dns_suffix = from->dns.domain;
  return policies_to_hns(call, &from->policies, &to->policies) &&
         ranges_to_hns(call, &from->mac_pool.ranges, &to->mac_pools) &&
         join_words(call, &from->dns.server_list, &to->dns_server_list) && subnets_to_hns(call, from, &to->subnets);
}

/* ---- endpoints ---- */

#define REMOTE_ENDPOINT 1u

/* Source: hcsshim internal/hns/hnsendpoint.go EndpointState. */
enum { CREATED = 1, ATTACHED = 2, ATTACHED_SHARING = 3 };

static bool add_config(sim_call *call, hcsref_slice *configs, hcsref_str address, uint8_t bits) {
  hcsref_hcn_ip_config *config = address.len == 0 ? NULL : hcsref_slice_push(&call->arena, configs, sizeof(*config));
  if (address.len == 0)
    return true;
  if (config == NULL)
    return no_memory(call);
  config->ip_address = address;
  config->prefix_length = bits;
  return true;
}

bool sim_endpoint_from_hns(sim_call *call, const hcsref_hns_endpoint *from, sim_endpoint *to) {
  hcsref_hcn_endpoint *document = &to->document;
  document->id = from->id;
  document->name = from->name;
  document->host_compute_network = from->virtual_network;
  document->mac_address = from->mac_address;
  document->dns.domain = from->dns_suffix.len > 0 ? from->dns_suffix : from->dns_domain;
  document->flags = from->is_remote_endpoint ? REMOTE_ENDPOINT : 0;
  document->schema_version = version2();
  to->internal_dns = from->enable_internal_dns;
  to->no_icc = from->disable_icc;
  to->low_metric = from->enable_low_metric;
  return policies_from_hns(call, &from->policies, &document->policies) &&
         add_config(call, &document->ip_configurations, from->ip_address, from->prefix_length) &&
         add_config(call, &document->ip_configurations, from->ipv6_address, from->ipv6_prefix_length) &&
         add_route(call, &document->routes, from->gateway_address) &&
         add_route(call, &document->routes, from->gateway_address_v6) &&
         split_words(call, from->dns_server_list, &document->dns.server_list);
}

static bool is_v6(hcsref_str address) {
  return address.len > 0 && memchr(address.data, ':', address.len) != NULL;
}

static void addresses_to_hns(const hcsref_hcn_endpoint *from, hcsref_hns_endpoint *to) {
  const hcsref_hcn_ip_config *configs = from->ip_configurations.items;
  const hcsref_hcn_route *routes = from->routes.items;
  for (size_t i = 0; i < from->ip_configurations.len; i++) {
    bool v6 = is_v6(configs[i].ip_address);
    *(v6 ? &to->ipv6_address : &to->ip_address) = configs[i].ip_address;
    *(v6 ? &to->ipv6_prefix_length : &to->prefix_length) = configs[i].prefix_length;
  }
  for (size_t i = 0; i < from->routes.len; i++)
    *(is_v6(routes[i].next_hop) ? &to->gateway_address_v6 : &to->gateway_address) = routes[i].next_hop;
}

static bool space_to_hns(sim_call *call, hcsref_str id, hcsref_hns_namespace **out) {
  hcsref_hcn_namespace name_space;
  if (id.len == 0 || !sim_object_find(call, &sim_namespaces, id, &name_space))
    return true;
  *out = hcsref_arena_alloc(&call->arena, sizeof(**out));
  return *out == NULL ? no_memory(call) : sim_namespace_to_hns(call, &name_space, *out);
}

bool sim_endpoint_to_hns(sim_call *call, const sim_endpoint *from, hcsref_hns_endpoint *to) {
  const hcsref_hcn_endpoint *document = &from->document;
  hcsref_hcn_network network;
  memset(to, 0, sizeof(*to));
  to->id = document->id;
  to->name = document->name;
  to->virtual_network = document->host_compute_network;
  if (sim_object_find(call, &sim_networks, document->host_compute_network, &network))
    to->virtual_network_name = network.name;
  to->mac_address = document->mac_address;
  to->dns_suffix = document->dns.domain;
  to->is_remote_endpoint = (document->flags & REMOTE_ENDPOINT) != 0;
  to->enable_internal_dns = from->internal_dns;
  to->disable_icc = from->no_icc;
  to->enable_low_metric = from->low_metric;
  to->shared_containers = from->containers;
  to->state = from->containers.len == 0 ? CREATED : from->containers.len == 1 ? ATTACHED : ATTACHED_SHARING;
  addresses_to_hns(document, to);
  return policies_to_hns(call, &document->policies, &to->policies) &&
         join_words(call, &document->dns.server_list, &to->dns_server_list) &&
         space_to_hns(call, document->host_compute_namespace, &to->ns);
}

/* ---- namespaces ---- */

bool sim_namespace_to_hns(sim_call *call, const hcsref_hcn_namespace *from, hcsref_hns_namespace *to) {
  const hcsref_hcn_namespace_resource *resources = from->resources.items;
  memset(to, 0, sizeof(*to));
  to->id = from->id;
  to->is_default = hcsref_str_equal(from->type, HCSREF_LIT("HostDefault"));
  to->compartment_id = from->namespace_id;
  for (size_t i = 0; i < from->resources.len; i++) {
    hcsref_hcn_namespace_resource *resource = hcsref_slice_push(&call->arena, &to->resource_list, sizeof(*resource));
    if (resource == NULL)
      return no_memory(call);
    *resource = resources[i];
  }
  return true;
}
