/* SPDX-License-Identifier: Apache-2.0 */
/* The network section, which is always there. Source: moby daemon/oci_windows.go createSpec. */
#include "docker/spec.h"

static bool add_endpoint(hcsref_docker_maker *m, hcsref_oci_windows_network *section, hcsref_str endpoint) {
  hcsref_str *place = hcsref_slice_push(m->arena, &section->endpoint_list, sizeof *place);
  if (place == NULL)
    return hcsref_fail_memory(m->err);
  *place = endpoint;
  return true;
}

/* A gateway's endpoint goes last, and only that of the last network that has one. */
static bool add_networks(hcsref_docker_maker *m, hcsref_oci_windows_network *section, hcsref_str *gateway) {
  const hcsref_docker_network *networks = m->in->networks.items;
  for (size_t i = 0; i < m->in->networks.len; i++) {
    const hcsref_docker_network *network = &networks[i];
    if (network->missing)
      continue;
    if (network->gw_hnsid != NULL)
      *gateway = *network->gw_hnsid;
    if (network->hnsid != NULL && !add_endpoint(m, section, *network->hnsid))
      return false;
    section->allow_unqualified_dns_query = section->allow_unqualified_dns_query || network->allow_unqualified_dns;
  }
  return true;
}

static bool add_shared(hcsref_docker_maker *m, hcsref_oci_windows_network *section) {
  const hcsref_str *endpoints = m->in->shared_endpoints.items;
  if (!hcsref_docker_shares_network(m->host_config.network_mode))
    return true;
  section->network_shared_container_name = m->in->network_shared_container_id;
  for (size_t i = 0; i < m->in->shared_endpoints.len; i++)
    if (!add_endpoint(m, section, endpoints[i]))
      return false;
  return true;
}

bool hcsref_docker_make_network(hcsref_docker_maker *m, hcsref_oci_windows *windows) {
  hcsref_oci_windows_network *section = hcsref_arena_alloc(m->arena, sizeof *section);
  hcsref_str gateway = {NULL, 0};
  if (section == NULL)
    return hcsref_fail_memory(m->err);
  if (!add_networks(m, section, &gateway) || !add_shared(m, section) ||
      (gateway.len != 0 && !add_endpoint(m, section, gateway)))
    return false;
  section->dns_search_list = m->host_config.dns_search.len != 0 ? m->host_config.dns_search : m->in->daemon_dns_search;
  windows->network = section;
  return true;
}
