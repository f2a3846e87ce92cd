/* SPDX-License-Identifier: Apache-2.0 */
/* The network service: networks, endpoints, load balancers and routes through computenetwork.dll. The calls are those
 * of hcsshim's hcn package. */
#include "network_world.h"

/* ---- networks ---- */

static void networks_come_and_go(void **state) {
  world *w = *state;
  hcsref_win_guid own = guid(1), other = guid(2);
  hcsref_hcn_handle handle = new_network(w, 1, NETWORK), again = NULL;
  hcsref_wchar *text = NULL;
  assert_contains(asked(w, handle, net_HcnQueryNetworkProperties),
                  "{\"ID\":\"" ID(1) "\",\"Name\":\"n\",\"Type\":\"NAT\"");
  assert_code(net_HcnCreateNetwork(&own, wide(w, NETWORK), &again, &text), 0x803B0010u);
  assert_contains(text_of(w, text), "\"Success\":false,\"Error\":\"The network already exists.");
  assert_code(net_HcnOpenNetwork(&other, &again, &text), HCSREF_ERROR_NOT_FOUND);
  assert_contains(text_of(w, text), "Element not found.");
  assert_code(net_HcnOpenNetwork(&own, &again, &text), 0);
  assert_code(net_HcnCloseNetwork(again), 0);
  assert_code(net_HcnCloseNetwork(again), HCSREF_ERROR_INVALID_HANDLE);
  drop_network(handle, 1);
  assert_code(net_HcnDeleteNetwork(&own, &text), HCSREF_ERROR_NOT_FOUND);
  text_of(w, text);
}

typedef struct refusal {
  const char *settings;
  uint32_t code;
  const char *says;
} refusal;

static void networks_that_are_wrong_are_refused(void **state) {
  static const refusal refusals[] = {
      {"{\"Type\":\"Bridge\"," V2 "}", 0x803B000Bu, "Bridge"},
      {"{\"Type\":\"NAT\",\"Nmae\":\"n\"," V2 "}", 0x803B001Bu, "$.Nmae"},
      {"{\"Type\":\"NAT\",\"Ipams\":[{\"Subnets\":[{\"IpAddressPrefix\":\"10.0.0.0\"}]}]," V2 "}", 0x803B0030u,
       "10.0.0.0"},
      {"{\"Type\":\"NAT\",\"Ipams\":[{\"Subnets\":[{\"IpAddressPrefix\":\"10.0.0.0/"
       "8\",\"Routes\":[{\"NextHop\":\"x\"}]}]}]," V2 "}",
       0x803B002Fu, "next hop"},
      {"{\"Type\":\"NAT\",\"Ipams\":[{\"Subnets\":[{\"Routes\":[{\"DestinationPrefix\":\"x\"}]}]}]," V2 "}",
       0x803B0030u, "destination"},
      {"{\"Type\":\"NAT\",\"Policies\":[{\"Type\":\"VxlanPort\",\"Settings\":{\"Port\":65536}}]," V2 "}", 0x803B001Bu,
       "$.Policies[0].Settings.Port"},
      {"{\"Type\":\"NAT\",\"Policies\":[{\"Type\":\"VxlanPort\",\"Settings\":{\"Ports\":1}}]," V2 "}", 0x803B001Bu,
       "$.Policies[0].Settings.Ports"},
      {"{\"Type\":\"NAT\",\"Ipams\":[{\"Subnets\":[{\"Policies\":[{\"Type\":\"VLAN\",\"Settings\":{\"IsolationId\":"
       "\"1\"}}]}]}]," V2 "}",
       0x803B001Bu, "$.Ipams[0].Subnets[0].Policies[0].Settings.IsolationId"},
      {"{\"Type\":\"NAT\",\"ID\":\"x\"," V2 "}", 0x803B001Bu, "GUID"},
      {"{\"Type\":\"nat\",\"Ipams\":[]}", 0x803B001Bu, "$.Ipams"},
      {"{", 0x803B001Bu, "not JSON"},
  };
  world *w = *state;
  hcsref_hcn_handle handle = NULL;
  hcsref_wchar *text;
  for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
    text = NULL;
    assert_code(net_HcnCreateNetwork(&zero, wide(w, refusals[i].settings), &handle, &text), refusals[i].code);
    assert_contains(text_of(w, text), refusals[i].says);
    assert_null(handle);
  }
}

/* `begin`, `each` so many times with commas between, `end`. */
static const hcsref_wchar *repeated(world *w, const char *begin, const char *each, size_t times, const char *end) {
  hcsref_buf text = {&w->arena, NULL, 0, 0, false};
  hcsref_buf_append(&text, hcsref_cstr(begin));
  for (size_t i = 0; i < times; i++) {
    hcsref_buf_append(&text, hcsref_cstr(i == 0 ? "" : ","));
    hcsref_buf_append(&text, hcsref_cstr(each));
  }
  hcsref_buf_append(&text, hcsref_cstr(end));
  hcsref_buf_append_char(&text, '\0');
  assert_false(text.failed);
  return wide(w, hcsref_buf_str(&text).data);
}

static void lists_have_limits(void **state) {
  static const struct {
    const char *begin, *each, *end;
    size_t most;
    const char *says;
  } lists[] = {
      {"{\"Type\":\"L2Bridge\",\"Ipams\":[{\"Subnets\":[", "{\"IpAddressPrefix\":\"10.0.0.0/8\"}", "]}]," V2 "}",
       SIM_MAX_SUBNETS, "64 subnets"},
      {"{\"Type\":\"L2Bridge\",\"Ipams\":[{\"Subnets\":[{\"Routes\":[", "{\"NextHop\":\"10.0.0.1\"}", "]}]}]," V2 "}",
       SIM_MAX_ROUTES, "256 routes"},
      {"{\"Type\":\"L2Bridge\",\"MacPool\":{\"Ranges\":[", "{\"StartMacAddress\":\"00-15-5D-52-C0-00\"}", "]}," V2 "}",
       SIM_MAX_SUBNETS, "64 ranges"},
      {"{\"Type\":\"L2Bridge\",\"Policies\":[", "{\"Type\":\"A\"}", "]," V2 "}", SIM_MAX_POLICIES, "1024 policies"},
  };
  world *w = *state;
  for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
    hcsref_hcn_handle handle = NULL;
    hcsref_wchar *text = NULL;
    assert_code(net_HcnCreateNetwork(&zero, repeated(w, lists[i].begin, lists[i].each, lists[i].most, lists[i].end),
                                     &handle, &text),
                0);
    assert_code(net_HcnCloseNetwork(handle), 0);
    assert_code(net_HcnCreateNetwork(&zero, repeated(w, lists[i].begin, lists[i].each, lists[i].most + 1, lists[i].end),
                                     &handle, &text),
                0x803B001Bu);
    assert_contains(text_of(w, text), lists[i].says);
  }
}

static const char *enumerated(world *w, const char *query) {
  hcsref_wchar *list = NULL;
  assert_code(net_HcnEnumerateNetworks(wide(w, query), &list, NULL), 0);
  return text_of(w, list);
}

static void networks_are_chosen_by_a_filter(void **state) {
  world *w = *state;
  hcsref_hcn_handle one = new_network(w, 1, NETWORK);
  hcsref_hcn_handle two = new_network(w, 2, "{\"Name\":\"m\",\"Type\":\"Transparent\"," V2 "}");
  hcsref_wchar *text = NULL;
  assert_string_equal(enumerated(w, "{" V2 ",\"Filter\":\"{\\\"Name\\\":\\\"m\\\"}\"}"), "[\"" ID(2) "\"]");
  assert_string_equal(enumerated(w, "{\"Filter\":\"{\\\"ID\\\":\\\"" ID(1) "\\\",\\\"Name\\\":\\\"m\\\"}\"}"), "[]");
  assert_int_equal(strlen(enumerated(w, EVERYTHING)), 2 * 38 + 3);
  assert_code(net_HcnEnumerateNetworks(wide(w, "{\"Filter\":\"{\\\"Colour\\\":\\\"m\\\"}\"}"), &text, NULL),
              0x803B001Bu);
  drop_network(one, 1);
  drop_network(two, 2);
}

static void networks_are_changed(void **state) {
  static const char add[] =
      "{\"ResourceType\":\"Policy\",\"RequestType\":\"Add\",\"Settings\":{\"Policies\":[{\"Type\":"
      "\"VxlanPort\",\"Settings\":{\"Port\":%d}}]}}";
  world *w = *state;
  hcsref_hcn_handle handle = new_network(w, 1, NETWORK);
  hcsref_wchar *text = NULL;
  char request[256];
  snprintf(request, sizeof request, add, 4789);
  assert_code(net_HcnModifyNetwork(handle, wide(w, request), &text), 0);
  assert_contains(asked(w, handle, net_HcnQueryNetworkProperties), "\"Settings\":{\"Port\":4789}");
  snprintf(request, sizeof request, add, 70000);
  assert_code(net_HcnModifyNetwork(handle, wide(w, request), &text), 0x803B001Bu);
  assert_contains(text_of(w, text), "$.Settings.Policies[0].Settings.Port");
  assert_code(net_HcnModifyNetwork(handle,
                                   wide(w, "{\"ResourceType\":\"Policy\",\"RequestType\":\"Update\",\"Settings\":"
                                           "{\"Policies\":[{\"Type\":\"VxlanPort\",\"Settings\":{\"Port\":1}}]}}"),
                                   &text),
              0);
  assert_null(strstr(asked(w, handle, net_HcnQueryNetworkProperties), "4789"));
  assert_code(net_HcnModifyNetwork(handle,
                                   wide(w, "{\"ResourceType\":\"Policy\",\"RequestType\":\"Remove\",\"Settings\":"
                                           "{\"Policies\":[{\"Type\":\"VxlanPort\",\"Settings\":{\"Port\":1}}]}}"),
                                   &text),
              0);
  assert_null(strstr(asked(w, handle, net_HcnQueryNetworkProperties), "VxlanPort"));
  text = NULL;
  assert_code(net_HcnModifyNetwork(handle,
                                   wide(w, "{\"ResourceType\":\"Policy\",\"RequestType\":\"Remove\",\"Settings\":"
                                           "{\"Policies\":[{\"Type\":\"VxlanPort\",\"Settings\":{\"Port\":1}}]}}"),
                                   &text),
              0x803B0008u);
  text_of(w, text);
  assert_code(net_HcnModifyNetwork(handle,
                                   wide(w, "{\"ResourceType\":\"DNS\",\"RequestType\":\"Update\",\"Settings\":"
                                           "{\"Domain\":\"d.test\"}}"),
                                   &text),
              0);
  assert_contains(asked(w, handle, net_HcnQueryNetworkProperties), "\"Domain\":\"d.test\"");
  assert_code(net_HcnModifyNetwork(handle, wide(w, "{\"ResourceType\":\"Extension\",\"RequestType\":\"Add\"}"), NULL),
              0x803B0015u);
  assert_code(net_HcnModifyNetwork(handle, wide(w, "{\"ResourceType\":\"Policy\",\"RequestType\":\"Turn\"}"), NULL),
              0x803B0015u);
  drop_network(handle, 1);
}

/* ---- endpoints ---- */

static void addresses_are_handed_out(void **state) {
  world *w = *state;
  hcsref_hcn_handle network = new_network(w, 1, NETWORK), endpoints[6] = {NULL};
  const char *text;
  for (uint32_t i = 0; i < 5; i++) { /* .2 to .6: the gateway's is kept back */
    char wanted[80];
    endpoints[i] = new_endpoint(w, network, i + 2, "{\"Name\":\"e\"," V2 "}");
    snprintf(wanted, sizeof wanted, "\"IpConfigurations\":[{\"IpAddress\":\"10.1.0.%u\",\"PrefixLength\":29}]",
             (unsigned)i + 2);
    assert_contains(asked(w, endpoints[i], net_HcnQueryEndpointProperties), wanted);
    snprintf(wanted, sizeof wanted, "\"MacAddress\":\"00-15-5D-52-C0-0%u\"", (unsigned)i);
    assert_contains(asked(w, endpoints[i], net_HcnQueryEndpointProperties), wanted);
  }
  assert_contains(asked(w, endpoints[0], net_HcnQueryEndpointProperties), "\"Routes\":[{\"NextHop\":\"10.1.0.1\"");
  assert_contains(asked(w, endpoints[0], net_HcnQueryEndpointProperties), "\"HostComputeNetwork\":\"" ID(1) "\"");
  assert_code(try_endpoint(w, network, 0, "{" V2 "}", &endpoints[5], &text), 0x803B002Fu);
  assert_contains(text, "no free address");
  {
    hcsref_win_guid second = guid(3);
    assert_code(net_HcnDeleteEndpoint(&second, NULL), 0);
  }
  endpoints[5] = new_endpoint(w, network, 9, "{" V2 "}"); /* what was given back comes again */
  assert_contains(asked(w, endpoints[5], net_HcnQueryEndpointProperties), "\"IpAddress\":\"10.1.0.3\"");
  for (size_t i = 0; i < 6; i++)
    assert_code(net_HcnCloseEndpoint(endpoints[i]), 0);
  drop_network(network, 1);
  assert_contains(hns(w, "GET", "/endpoints/", ""), "\"Output\":[]"); /* they go with their network */
}

static void both_versions_have_addresses(void **state) {
  world *w = *state;
  hcsref_hcn_handle network = new_network(w, 1,
                                          "{\"Type\":\"L2Bridge\",\"Ipams\":[{\"Subnets\":[{\"IpAddressPrefix\":\"fd00:"
                                          ":/64\",\"Routes\":[{\"NextHop\":\"fd00::1\"}]},"
                                          "{\"IpAddressPrefix\":\"10.0.0.0/30\"},{\"IpAddressPrefix\":\"10.0.1.0/"
                                          "30\"}]}],\"MacPool\":{\"Ranges\":[{\"StartMacAddress\":"
                                          "\"02-00-00-00-00-01\",\"EndMacAddress\":\"02-00-00-00-00-02\"}]}," V2 "}");
  hcsref_hcn_handle one = new_endpoint(w, network, 2, "{" V2 "}"), two = new_endpoint(w, network, 3, "{" V2 "}"), three;
  assert_contains(asked(w, one, net_HcnQueryEndpointProperties),
                  "[{\"IpAddress\":\"10.0.0.1\",\"PrefixLength\":30},{\"IpAddress\":\"fd00::2\",\"PrefixLength\":64}]");
  assert_contains(asked(w, two, net_HcnQueryEndpointProperties), "02-00-00-00-00-02");
  assert_code(try_endpoint(w, network, 4, "{" V2 "}", &three, NULL), 0x803B002Fu); /* no hardware address */
  three = new_endpoint(w, network, 4, "{\"MacAddress\":\"02-00-00-00-00-09\"," V2 "}");
  assert_contains(asked(w, three, net_HcnQueryEndpointProperties), "\"IpAddress\":\"10.0.1.1\""); /* the next subnet */
  assert_code(net_HcnCloseEndpoint(one), 0);
  assert_code(net_HcnCloseEndpoint(two), 0);
  assert_code(net_HcnCloseEndpoint(three), 0);
  drop_network(network, 1);
}

static void endpoints_that_are_wrong_are_refused(void **state) {
  static const refusal refusals[] = {
      {"{\"IpConfigurations\":[{\"IpAddress\":\"x\"}]," V2 "}", 0x803B002Fu, "not an address"},
      {"{\"IpConfigurations\":[{\"IpAddress\":\"10.1.0.1\"}]," V2 "}", 0x803B002Fu, "gateway"},
      {"{\"IpConfigurations\":[{\"IpAddress\":\"10.1.0.2\"}]," V2 "}", 0x803B002Fu, "Another endpoint"},
      {"{\"IpConfigurations\":[{\"IpAddress\":\"10.2.0.2\"}]," V2 "}", 0x803B002Fu, "no subnet"},
      {"{\"MacAddress\":\"00-15-5D-52-C0-00\"," V2 "}", 0x803B002Fu, "hardware"},
      {"{\"Policies\":[{\"Type\":\"PortMapping\",\"Settings\":{\"Protocol\":6,\"InternalPort\":81,\"ExternalPort\":"
       "8080}}]," V2 "}",
       0x803B0013u, "8080"},
      {"{\"Policies\":[{\"Type\":\"PortMapping\",\"Settings\":{\"Protocol\":17,\"ExternalPort\":1}},"
       "{\"Type\":\"PortMapping\",\"Settings\":{\"Protocol\":17,\"ExternalPort\":1}}]," V2 "}",
       0x803B0013u, "already exists"},
      {"{\"HostComputeNamespace\":\"" ID(9) "\"," V2 "}", HCSREF_ERROR_NOT_FOUND, "namespace"},
      {"{\"Policy\":[]," V2 "}", 0x803B001Bu, "$.Policy"},
  };
  world *w = *state;
  hcsref_hcn_handle network = new_network(w, 1, NETWORK), other = NULL;
  hcsref_hcn_handle first = new_endpoint(w, network, 2,
                                         "{\"Policies\":[{\"Type\":\"PortMapping\",\"Settings\":{\"Protocol\":6,"
                                         "\"InternalPort\":80,\"ExternalPort\":8080}}]," V2 "}");
  const char *text;
  for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
    assert_code(try_endpoint(w, network, 0, refusals[i].settings, &other, &text), refusals[i].code);
    assert_contains(text, refusals[i].says);
  }
  assert_code(try_endpoint(w, NULL, 0, "{" V2 "}", &other, NULL), HCSREF_ERROR_INVALID_HANDLE);
  /* One on another host may have any address. */
  other = new_endpoint(w, network, 3,
                       "{\"Flags\":1,\"IpConfigurations\":[{\"IpAddress\":\"192.0.2.1\",\"PrefixLength\":24}]," V2 "}");
  assert_code(net_HcnCloseEndpoint(other), 0);
  assert_code(net_HcnCloseEndpoint(first), 0);
  drop_network(network, 1);
}

static void ports_are_chosen_and_kept_apart(void **state) {
  world *w = *state;
  hcsref_hcn_handle network = new_network(w, 1, NETWORK);
  hcsref_hcn_handle one = new_endpoint(w, network, 2,
                                       "{\"Policies\":[{\"Type\":\"PortMapping\",\"Settings\":{\"Protocol\":6,"
                                       "\"InternalPort\":80}}]," V2 "}");
  hcsref_hcn_handle two = new_endpoint(w, network, 3, "{" V2 "}");
  static const char add[] =
      "{\"ResourceType\":\"Policy\",\"RequestType\":\"Add\",\"Settings\":{\"Policies\":[{\"Type\":\"PortMapping\","
      "\"Settings\":{\"Protocol\":6,\"ExternalPort\":49152}}]}}";
  hcsref_wchar *text = NULL;
  assert_contains(asked(w, one, net_HcnQueryEndpointProperties), "\"ExternalPort\":49152");
  assert_code(net_HcnModifyEndpoint(two, wide(w, add), &text), 0x803B0013u);
  assert_contains(text_of(w, text), "\"ErrorCode\":2151350291");
  assert_null(strstr(asked(w, two, net_HcnQueryEndpointProperties), "PortMapping"));
  assert_code(
      net_HcnModifyEndpoint(
          two, wide(w, "{\"ResourceType\":\"Port\",\"RequestType\":\"Add\",\"Settings\":{\"PortId\":\"" ID(5) "\"}}"),
          NULL),
      0);
  assert_code(net_HcnModifyEndpoint(two, wide(w, "{\"ResourceType\":\"Route\",\"RequestType\":\"Add\"}"), NULL),
              0x803B0015u);
  assert_contains(asked(w, two, net_HcnQueryEndpointStats), "\"EndpointId\":\"" ID(3) "\"");
  assert_code(net_HcnCloseEndpoint(one), 0);
  assert_code(net_HcnCloseEndpoint(two), 0);
  drop_network(network, 1);
}

static void endpoints_are_in_one_namespace(void **state) {
  world *w = *state;
  const hcsref_computenetwork *api = &sim_computenetwork;
  hcsref_hcn_handle network = new_network(w, 1, NETWORK), spaces[2] = {NULL, NULL}, endpoint;
  hcsref_win_guid ids[2] = {guid(5), guid(6)}, own = guid(2);
  hcsref_wchar *list = NULL;
  static const char add[] =
      "{\"ResourceType\":\"Endpoint\",\"RequestType\":\"Add\",\"Settings\":{\"EndpointId\":\"" ID(2) "\"}}";
  for (size_t i = 0; i < 2; i++)
    assert_code(api->create_namespace(&ids[i], wide(w, "{}"), &spaces[i], NULL), 0);
  assert_contains(asked(w, spaces[1], api->query_namespace_properties), "\"NamespaceId\":3");
  assert_code(api->modify_namespace(spaces[0], wide(w, add), NULL), 0x803B0002u); /* it is not there yet */
  endpoint = new_endpoint(w, network, 2, "{\"HostComputeNamespace\":\"" ID(5) "\"," V2 "}");
  assert_contains(asked(w, spaces[0], api->query_namespace_properties),
                  "\"Resources\":[{\"Type\":\"Endpoint\",\"Data\":{\"ID\":\"" ID(2) "\"}}]");
  assert_code(api->modify_namespace(spaces[1], wide(w, add), NULL), 0x803B0014u);
  assert_code(
      net_HcnEnumerateEndpoints(wide(w, "{\"Filter\":\"{\\\"VirtualNetwork\\\":\\\"" ID(1) "\\\"}\"}"), &list, NULL),
      0);
  assert_string_equal(text_of(w, list), "[\"" ID(2) "\"]");
  assert_code(api->delete_namespace(&ids[0], NULL), 0); /* sets it free */
  assert_code(api->modify_namespace(spaces[1], wide(w, add), NULL), 0);
  assert_contains(asked(w, endpoint, net_HcnQueryEndpointProperties), "\"HostComputeNamespace\":\"" ID(6) "\"");
  assert_code(net_HcnDeleteEndpoint(&own, NULL), 0);
  assert_null(strstr(asked(w, spaces[1], api->query_namespace_properties), "Endpoint"));
  assert_code(net_HcnCloseEndpoint(endpoint), 0);
  assert_code(api->close_namespace(spaces[0]), 0);
  assert_code(api->close_namespace(spaces[1]), 0);
  assert_code(api->delete_namespace(&ids[1], NULL), 0);
  drop_network(network, 1);
}

/* ---- load balancers and routes ---- */

static void load_balancers_share_no_port(void **state) {
  static const char settings[] =
      "{\"HostComputeEndpoints\":[\"" ID(2) "\"],\"FrontendVIPs\":[\"192.0.2.%d\"],\"PortMappings\":[{\"Protocol\":6,"
                                            "\"InternalPort\":8080,\"ExternalPort\":80}]," V2 "}";
  world *w = *state;
  hcsref_hcn_handle network = new_network(w, 1, NETWORK), one = NULL, two = NULL, endpoint;
  hcsref_win_guid ids[2] = {guid(5), guid(6)};
  char text[256];
  snprintf(text, sizeof text, settings, 1);
  assert_code(net_HcnCreateLoadBalancer(&ids[0], wide(w, text), &one, NULL), 0x803B0002u);
  endpoint = new_endpoint(w, network, 2, "{" V2 "}");
  assert_code(net_HcnCreateLoadBalancer(&ids[0], wide(w, text), &one, NULL), 0);
  assert_code(net_HcnCreateLoadBalancer(&ids[1], wide(w, text), &two, NULL), 0x803B0013u);
  snprintf(text, sizeof text, settings, 2);
  assert_code(net_HcnCreateLoadBalancer(&ids[1], wide(w, text), &two, NULL), 0);
  snprintf(text, sizeof text, settings, 1);
  assert_code(net_HcnModifyLoadBalancer(two, wide(w, text), NULL), 0x803B0013u);
  snprintf(text, sizeof text, settings, 3);
  assert_code(net_HcnModifyLoadBalancer(two, wide(w, text), NULL), 0);
  assert_contains(asked(w, two, net_HcnQueryLoadBalancerProperties),
                  "\"ID\":\"" ID(6) "\",\"HostComputeEndpoints\":[\"" ID(2) "\"]");
  assert_contains(asked(w, two, net_HcnQueryLoadBalancerProperties), "192.0.2.3");
  assert_code(net_HcnCloseLoadBalancer(one), 0);
  assert_code(net_HcnCloseLoadBalancer(two), 0);
  for (size_t i = 0; i < 2; i++)
    assert_code(net_HcnDeleteLoadBalancer(&ids[i], NULL), 0);
  assert_code(net_HcnCloseEndpoint(endpoint), 0);
  drop_network(network, 1);
}

static void routes_lead_through_endpoints(void **state) {
  static const char settings[] =
      "{\"HostComputeEndpoints\":[\"" ID(2) "\"],\"Setting\":[{\"DestinationPrefix\":\"198.51.100.0/%s\",\"NextHop\":"
                                            "\"10.1.0.9\",\"NeedEncap\":true}]," V2 "}";
  world *w = *state;
  hcsref_hcn_handle network = new_network(w, 1, NETWORK), route = NULL,
                    endpoint = new_endpoint(w, network, 2, "{" V2 "}");
  hcsref_win_guid id = guid(5);
  char text[256];
  snprintf(text, sizeof text, settings, "x");
  assert_code(net_HcnCreateSdnRoute(&id, wide(w, text), &route, NULL), 0x803B0030u);
  snprintf(text, sizeof text, settings, "24");
  assert_code(net_HcnCreateSdnRoute(&id, wide(w, text), &route, NULL), 0);
  snprintf(text, sizeof text, settings, "25");
  assert_code(net_HcnModifySdnRoute(route, wide(w, text), NULL), 0);
  assert_contains(asked(w, route, net_HcnQuerySdnRouteProperties), "198.51.100.0/25");
  assert_code(net_HcnCloseSdnRoute(route), 0);
  assert_code(net_HcnDeleteSdnRoute(&id, NULL), 0);
  assert_code(net_HcnCloseEndpoint(endpoint), 0);
  drop_network(network, 1);
}

static bool count_entry(void *context, const char *name) {
  (void)name;
  ++*(size_t *)context;
  return true;
}

/* hcsrun cleanup asks for what there is, and changes nothing of others. */
static void asking_leaves_nothing_behind(void **state) {
  world *w = *state;
  size_t before = 0, after = 0;
  enumerated(w, EVERYTHING); /* the recording begins */
  os_folder_list(w->folder, count_entry, &before);
  enumerated(w, EVERYTHING);
  hns(w, "GET", "/endpoints/", "");
  os_folder_list(w->folder, count_entry, &after);
  assert_int_equal(before, after);
  assert_int_equal(after, 2); /* the base layer and the recording */
}

static void calls_that_are_not_performed_are_recorded(void **state) {
  world *w = *state;
  hcsref_hresult net_HcnReserveGuestNetworkServicePort(void);
  assert_code(net_HcnReserveGuestNetworkServicePort(), 0x80004001u);
  assert_contains(
      recording(w),
      "\"dll\":\"computenetwork\",\"call\":\"HcnReserveGuestNetworkServicePort\",\"in\":{},\"result\":\"0x80004001\"");
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(networks_come_and_go),
      TEST(networks_that_are_wrong_are_refused),
      TEST(lists_have_limits),
      TEST(networks_are_chosen_by_a_filter),
      TEST(networks_are_changed),
      TEST(addresses_are_handed_out),
      TEST(both_versions_have_addresses),
      TEST(endpoints_that_are_wrong_are_refused),
      TEST(ports_are_chosen_and_kept_apart),
      TEST(endpoints_are_in_one_namespace),
      TEST(load_balancers_share_no_port),
      TEST(routes_lead_through_endpoints),
      TEST(asking_leaves_nothing_behind),
      TEST(calls_that_are_not_performed_are_recorded),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
