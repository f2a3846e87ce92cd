/* SPDX-License-Identifier: Apache-2.0 */
#include "sim/network.h"

#define VERSION "\"SchemaVersion\":{\"Major\":2,\"Minor\":0}"

const hcsref_win_guid network_guid = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
const hcsref_win_guid endpoint_guid = {0x04030201, 0x0605, 0x0807, {9, 10, 11, 12, 13, 14, 15, 16}};

void network_query(scene *s, query_export query, hcsref_hcn_handle handle, const hcsref_type *type) {
  hcsref_wchar *answer = NULL, *error = NULL;
  hcsref_hresult code = query(handle, scene_wide(s, HCSREF_LIT("{" VERSION "}")), &answer, &error);
  scene_check(s, code, answer, error, type);
}

hcsref_hcn_handle network_make(scene *s, const hcsref_wchar *settings) {
  hcsref_hcn_handle handle = NULL;
  hcsref_wchar *error = NULL;
  hcsref_hresult code = net_HcnCreateNetwork(&network_guid, settings, &handle, &error);
  scene_check(s, code, NULL, error, NULL);
  REQUIRE(scene_is_well(code) == (handle != NULL), "a network without a handle, or the other way round");
  return handle;
}

hcsref_hcn_handle network_usual(scene *s) {
  return network_make(
      s, scene_wide(s, HCSREF_LIT("{\"Type\":\"NAT\",\"Ipams\":[{\"Subnets\":[{\"IpAddressPrefix\":\"10.1.0.0/24\","
                                  "\"Routes\":[{\"NextHop\":\"10.1.0.1\"}]}]}]," VERSION "}")));
}

hcsref_hcn_handle network_make_endpoint(scene *s, hcsref_hcn_handle network, const hcsref_wchar *settings) {
  hcsref_hcn_handle handle = NULL;
  hcsref_wchar *error = NULL;
  hcsref_hresult code = net_HcnCreateEndpoint(network, &endpoint_guid, settings, &handle, &error);
  scene_check(s, code, NULL, error, NULL);
  REQUIRE(scene_is_well(code) == (handle != NULL), "an endpoint without a handle, or the other way round");
  return handle;
}

hcsref_hcn_handle network_usual_endpoint(scene *s, hcsref_hcn_handle network) {
  return network_make_endpoint(
      s, network,
      scene_wide(s, HCSREF_LIT("{\"Policies\":[{\"Type\":\"PortMapping\",\"Settings\":{\"Protocol\":6,"
                               "\"ExternalPort\":80}}]," VERSION "}")));
}

/* Asks both services about what there is. */
static void look_around(scene *s, hcsref_hcn_handle endpoint) {
  static const char *const lists[] = {"/networks/", "/endpoints/", "/namespaces/", "/policylists/", "/accelnet/"};
  if (endpoint != NULL) {
    network_query(s, net_HcnQueryEndpointProperties, endpoint, &hcsref_type_hcn_endpoint);
    network_query(s, net_HcnQueryEndpointStats, endpoint, &hcsref_type_hns_endpoint_stats);
  }
  for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
    hcsref_wchar *answer = NULL;
    hcsref_hresult code =
        vm_HNSCall(scene_wide(s, HCSREF_LIT("GET")), scene_wide(s, hcsref_cstr(lists[i])), NULL, &answer);
    scene_check(s, code, answer, NULL, &hcsref_type_hns_response);
  }
}

void network_close(scene *s, hcsref_hcn_handle network, hcsref_hcn_handle endpoint) {
  look_around(s, endpoint);
  if (endpoint != NULL)
    REQUIRE(net_HcnCloseEndpoint(endpoint) == 0, "it is closed");
  if (network == NULL)
    return;
  network_query(s, net_HcnQueryNetworkProperties, network, &hcsref_type_hcn_network);
  REQUIRE(net_HcnCloseNetwork(network) == 0 && net_HcnDeleteNetwork(&network_guid, NULL) == 0, "it is deleted");
}
