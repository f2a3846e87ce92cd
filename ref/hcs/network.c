/* SPDX-License-Identifier: Apache-2.0 */
/* Networking, in v1 by endpoints and in v2 by namespace. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go
 * createWindowsContainerDocument. */
#include "hcs/document.h"

/* strings.Join of a []string that is not empty, with commas. */
static bool join(hcsref_arena *arena, const hcsref_str *items, size_t count, hcsref_str *out) {
  hcsref_buf buf = {.arena = arena};
  for (size_t i = 0; i < count; i++) {
    if (i != 0)
      hcsref_buf_append_char(&buf, ',');
    hcsref_buf_append(&buf, items[i]);
  }
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}

static void note_network(const hcsref_builder *b) {
  static const char rule[] = "createWindowsContainerDocument: as it is";
  static const char joined[] = "createWindowsContainerDocument: joined by commas";
  hcsref_v1_container_config *v1 = &b->parts->v1;
  hcsref_v2_networking *v2 = &b->parts->networking;
  HCSREF_NOTE(b, v1->endpoint_list, rule, "/windows/network/endpointList");
  HCSREF_NOTE(b, v1->allow_unqualified_dns_query, rule, "/windows/network/allowUnqualifiedDNSQuery");
  HCSREF_NOTE(b, v1->dns_search_list, joined, "/windows/network/DNSSearchList");
  HCSREF_NOTE(b, v1->network_shared_container_name, rule, "/windows/network/networkSharedContainerName");
  HCSREF_NOTE(b, v2->name_space, "createPod: the namespace of the call", "option network-namespace");
  HCSREF_NOTE(b, v2->allow_unqualified_dns_query, rule, "/windows/network/allowUnqualifiedDNSQuery");
  HCSREF_NOTE(b, v2->dns_search_list, joined, "/windows/network/DNSSearchList");
  HCSREF_NOTE(b, v2->network_shared_container_name, rule, "/windows/network/networkSharedContainerName");
  HCSREF_NOTE(b, b->parts->v2.networking, "createWindowsContainerDocument: there is a network section",
              "/windows/network");
}

bool hcsref_build_network(hcsref_builder *b) {
  hcsref_document_parts *parts = b->parts;
  const hcsref_oci_windows_network *network = b->windows->network;
  hcsref_str dns = HCSREF_LIT("");
  if (network == NULL)
    return true;
  if (network->dns_search_list.len != 0 &&
      !join(b->arena, network->dns_search_list.items, network->dns_search_list.len, &dns))
    return hcsref_fail_memory(b->err);
  parts->v1.endpoint_list = network->endpoint_list;
  parts->v1.allow_unqualified_dns_query = network->allow_unqualified_dns_query;
  parts->v1.dns_search_list = dns;
  parts->v1.network_shared_container_name = network->network_shared_container_name;
  parts->networking.name_space = b->options->network_namespace;
  parts->networking.allow_unqualified_dns_query = network->allow_unqualified_dns_query;
  parts->networking.dns_search_list = dns;
  parts->networking.network_shared_container_name = network->network_shared_container_name;
  parts->v2.networking = &parts->networking;
  if (b->options->provenance != NULL)
    note_network(b);
  return true;
}
