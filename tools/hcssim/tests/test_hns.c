/* SPDX-License-Identifier: Apache-2.0 */
/* The network service through HNSCall, over the same store as computenetwork.dll. The calls are those of hcsshim's
 * internal/hns package. */
#include "network_world.h"

/* dockerd's default network, and an endpoint on it. */
static void hns_and_hcn_have_the_same_objects(void **state) {
  world *w = *state;
  const char *text =
      hns(w, "POST", "/networks/",
          "{\"ID\":\"" ID(1) "\",\"Name\":\"nat\",\"Type\":\"nat\",\"Subnets\":[{\"AddressPrefix\":\"0.0.0.0/0\"}]}");
  hcsref_win_guid network = guid(1), endpoint = guid(2);
  hcsref_hcn_handle handle = NULL;
  assert_contains(text, "{\"Success\":true,");
  assert_contains(text, "\"Subnets\":[{\"AddressPrefix\":\"172.16.0.0/20\",\"GatewayAddress\":\"172.16.0.1\"}]");
  assert_code(net_HcnOpenNetwork(&network, &handle, NULL), 0);
  assert_contains(asked(w, handle, net_HcnQueryNetworkProperties), "\"IpAddressPrefix\":\"172.16.0.0/20\"");
  assert_code(net_HcnCloseNetwork(handle), 0);
  text = hns(w, "POST", "/endpoints/",
             "{\"ID\":\"" ID(2) "\",\"VirtualNetwork\":\"" ID(
                 1) "\",\"EnableInternalDNS\":true,\"Policies\":["
                    "{\"Type\":\"NAT\",\"Protocol\":\"TCP\",\"InternalPort\":80},{\"Type\":\"OutBoundNAT\","
                    "\"ExceptionList\":[\"10.0.0.0/8\"]}],"
                    "\"DNSServerList\":\"192.0.2.1,192.0.2.2\"}");
  assert_contains(text, "\"VirtualNetworkName\":\"nat\"");
  assert_contains(text, "{\"Type\":\"NAT\",\"Protocol\":\"TCP\",\"InternalPort\":80,\"ExternalPort\":49152}");
  assert_contains(text, "\"IPAddress\":\"172.16.0.2\"");
  assert_contains(text, "\"GatewayAddress\":\"172.16.0.1\",\"EnableInternalDNS\":true,\"PrefixLength\":20");
  assert_code(net_HcnOpenEndpoint(&endpoint, &handle, NULL), 0);
  text = asked(w, handle, net_HcnQueryEndpointProperties);
  assert_contains(
      text, "{\"Type\":\"PortMapping\",\"Settings\":{\"Protocol\":6,\"InternalPort\":80,\"ExternalPort\":49152}}");
  assert_contains(text, "{\"Type\":\"OutBoundNAT\",\"Settings\":{\"Exceptions\":[\"10.0.0.0/8\"]}}");
  assert_contains(text, "\"ServerList\":[\"192.0.2.1\",\"192.0.2.2\"]");
  assert_code(net_HcnCloseEndpoint(handle), 0);
  assert_contains(hns(w, "POST", "/endpoints/" ID(2) "/attach", "{\"SystemType\":\"Host\",\"CompartmentId\":1}"),
                  "\"SharedContainers\":[\"Host\"],\"State\":2");
  assert_contains(hns(w, "POST", "/endpoints/" ID(2) "/detach", "{\"SystemType\":\"Host\"}"), "\"State\":1");
  assert_contains(hns(w, "GET", "/endpointstats/" ID(2), ""), "\"BytesReceived\":0");
  assert_contains(hns(w, "POST", "/endpoints/" ID(2),
                      "{\"Policies\":[{\"Type\":\"ACL\",\"Action\":\"Allow\",\"Direction\":\"In\"}]}"),
                  "{\"Type\":\"ACL\",\"Action\":\"Allow\"");
  assert_contains(hns(w, "GET", "/networks", ""), "\"Output\":[{\"ID\":\"" ID(1));
  assert_contains(hns(w, "DELETE", "/endpoints/" ID(2), ""), "{\"Success\":true");
  assert_contains(hns(w, "DELETE", "/networks/" ID(1), ""), "{\"Success\":true");
  assert_contains(hns(w, "GET", "/networks/" ID(1), ""), "{\"Success\":false,\"Error\":\"Element not found.");
}

/* hcsshim makes a namespace with one service and removes it with the other: internal/hns/namespace.go. */
static void a_namespace_of_hcn_is_removed_by_hns(void **state) {
  world *w = *state;
  const hcsref_computenetwork *api = &sim_computenetwork;
  hcsref_hcn_handle network = new_network(w, 1, NETWORK), handle = NULL,
                    endpoint = new_endpoint(w, network, 2, "{" V2 "}");
  hcsref_win_guid id = guid(5);
  assert_code(api->create_namespace(&id, wide(w, EVERYTHING), &handle, NULL), 0);
  assert_code(api->close_namespace(handle), 0);
  assert_contains(
      hns(w, "POST", "/namespaces/" ID(5) "/addresource", "{\"Type\":\"Endpoint\",\"Data\":{\"Id\":\"" ID(2) "\"}}"),
      "\"ResourceList\":[{\"Type\":\"Endpoint\",\"Data\":{\"ID\":\"" ID(2) "\"}}]");
  assert_contains(hns(w, "GET", "/endpoints/" ID(2), ""), "\"Namespace\":{\"ID\":\"" ID(5) "\"");
  assert_contains(
      hns(w, "POST", "/namespaces/" ID(5) "/removeresource", "{\"Type\":\"Endpoint\",\"Data\":{\"Id\":\"" ID(2) "\"}}"),
      "{\"Success\":true");
  assert_contains(hns(w, "POST", "/namespaces/" ID(5) "/addresource", "{\"Type\":\"Container\",\"Data\":{}}"),
                  "{\"Success\":false");
  assert_contains(hns(w, "DELETE", "/namespaces/" ID(5), ""), "{\"Success\":true");
  assert_contains(hns(w, "DELETE", "/namespaces/" ID(5), ""), "Element not found.");
  assert_contains(hns(w, "POST", "/namespaces/", "{\"ID\":\"" ID(6) "\",\"IsDefault\":true}"), "\"IsDefault\":true");
  assert_contains(hns(w, "GET", "/namespaces/", ""), "\"Output\":[{\"ID\":\"" ID(6));
  assert_contains(hns(w, "DELETE", "/namespaces/" ID(6), ""), "{\"Success\":true");
  assert_code(net_HcnCloseEndpoint(endpoint), 0);
  drop_network(network, 1);
}

static void hns_keeps_lists(void **state) {
  world *w = *state;
  hcsref_hcn_handle network = new_network(w, 1, NETWORK), endpoint = new_endpoint(w, network, 2, "{" V2 "}");
  assert_contains(hns(w, "POST", "/policylists/",
                      "{\"ID\":\"" ID(5) "\",\"References\":[\"/endpoints/" ID(
                          2) "\"],\"Policies\":[{\"Type\":\"ELB\","
                             "\"Protocol\":6,\"InternalPort\":80,\"ExternalPort\":80}]}"),
                  "{\"Success\":true");
  assert_contains(hns(w, "POST", "/policylists/", "{\"References\":[\"/endpoints/" ID(9) "\"]}"), "Element not found.");
  assert_contains(hns(w, "POST", "/policylists/", "{\"Policies\":[{\"Type\":\"ELB\",\"VIP\":\"x\"}]}"),
                  "$.Policies[0].VIP");
  assert_contains(hns(w, "GET", "/policylists/", ""), "\"Output\":[{\"ID\":\"" ID(5));
  assert_contains(hns(w, "GET", "/policylists/" ID(5), ""), "\"ELB\"");
  assert_contains(hns(w, "DELETE", "/policylists/" ID(5), ""), "{\"Success\":true");
  assert_contains(hns(w, "POST", "/accelnet/", "{\"MacAddressList\":[{\"MacAddress\":\"00-15-5D-0A-B7-C6\"}]}"),
                  "00-15-5D-0A-B7-C6");
  assert_contains(hns(w, "GET", "/accelnet/", ""), "00-15-5D-0A-B7-C6");
  assert_contains(hns(w, "DELETE", "/accelnet/", ""), "\"Output\":{}");
  assert_contains(hns(w, "GET", "/accelnet/", ""), "\"Output\":{}");
  assert_code(net_HcnCloseEndpoint(endpoint), 0);
  drop_network(network, 1);
}

static void hns_says_what_it_does_not_do(void **state) {
  static const char *const requests[][3] = {
      {"PUT", "/networks/", "{}"},
      {"PUT", "/endpoints/", "{}"},
      {"PUT", "/namespaces/", "{}"},
      {"PUT", "/policylists/", "{}"},
      {"PUT", "/accelnet/", "{}"},
      {"POST", "/globals/version", "{}"},
      {"GET", "/globals/", ""},
      {"GET", "/colours/", ""},
      {"GET", "", ""},
      {"POST", "/networks/", "{\"x\":1}"},
      {"POST", "/endpoints/", "{}"},
      {"GET", "/endpointstats/x", ""},
      {"POST", "/networks/", "{\"Type\":\"nat\",\"Policies\":[1]}"},
      {"POST", "/networks/", "{\"Type\":\"nat\",\"Subnets\":[{\"Policies\":[{\"Type\":\"VLAN\",\"VLAN\":\"x\"}]}]}"},
  };
  world *w = *state;
  for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
    assert_contains(hns(w, requests[i][0], requests[i][1], requests[i][2]), "{\"Success\":false,");
}

/* Documents without a SchemaVersion are HNS's: hcsshim hcn/hcnv1schema_test.go. */
static void hcn_takes_documents_of_hns(void **state) {
  world *w = *state;
  hcsref_hcn_handle network =
      new_network(w, 1,
                  "{\"Name\":\"n\",\"Type\":\"NAT\",\"MacPools\":[{\"StartMacAddress\":\"02-00-00-00-00-01\","
                  "\"EndMacAddress\":\"02-00-00-00-00-09\"}],\"SourceMac\":\"02-00-00-00-00-99\",\"Subnets\":[{"
                  "\"AddressPrefix\":\"10.9.0.0/24\","
                  "\"GatewayAddress\":\"10.9.0.1\",\"Policies\":[{\"Type\":\"VSID\",\"VSID\":5000}]}]}");
  hcsref_hcn_handle endpoint = new_endpoint(w, network, 2, "{\"Name\":\"e\",\"VirtualNetwork\":\"" ID(1) "\"}");
  const char *text = asked(w, network, net_HcnQueryNetworkProperties);
  assert_contains(text, "\"Policies\":[{\"Type\":\"VSID\",\"Settings\":{\"IsolationId\":5000}}]");
  assert_contains(text, "{\"Type\":\"SourceMacAddress\",\"Settings\":{\"SourceMacAddress\":\"02-00-00-00-00-99\"}}");
  assert_contains(asked(w, endpoint, net_HcnQueryEndpointProperties), "\"MacAddress\":\"02-00-00-00-00-01\"");
  assert_contains(hns(w, "GET", "/networks/" ID(1), ""), "\"Policies\":[{\"Type\":\"VSID\",\"VSID\":5000}]");
  assert_code(net_HcnCloseEndpoint(endpoint), 0);
  drop_network(network, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(hns_and_hcn_have_the_same_objects), TEST(a_namespace_of_hcn_is_removed_by_hns), TEST(hns_keeps_lists),
      TEST(hns_says_what_it_does_not_do),      TEST(hcn_takes_documents_of_hns),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
