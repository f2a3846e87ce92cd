/* SPDX-License-Identifier: Apache-2.0 */
#include "check/recording/network.h"

/* Calls of computenetwork.dll. `v1` stands where the service takes a document of HNS too: it has no SchemaVersion
 * (hcsshim hcn/hcnv1schema_test.go). */
static const struct {
  const char *call, *member, *v2, *v1;
} calls[] = {
    {"HcnCreateNetwork", "settings", "hcn-network", "hns-network"},
    {"HcnModifyNetwork", "settings", "hcn-modify-network", NULL},
    {"HcnQueryNetworkProperties", "query", "hcn-query", NULL},
    {"HcnEnumerateNetworks", "query", "hcn-query", NULL},
    {"HcnCreateEndpoint", "settings", "hcn-endpoint", "hns-endpoint"},
    {"HcnModifyEndpoint", "settings", "hcn-modify-endpoint", NULL},
    {"HcnQueryEndpointProperties", "query", "hcn-query", NULL},
    {"HcnQueryEndpointStats", "query", "hcn-query", NULL},
    {"HcnEnumerateEndpoints", "query", "hcn-query", NULL},
    {"HcnCreateNamespace", "settings", "hcn-namespace", NULL},
    {"HcnModifyNamespace", "settings", "hcn-modify-namespace", NULL},
    {"HcnQueryNamespaceProperties", "query", "hcn-query", NULL},
    {"HcnEnumerateNamespaces", "query", "hcn-query", NULL},
    {"HcnCreateLoadBalancer", "settings", "hcn-load-balancer", NULL},
    {"HcnModifyLoadBalancer", "settings", "hcn-load-balancer", NULL},
    {"HcnQueryLoadBalancerProperties", "query", "hcn-query", NULL},
    {"HcnEnumerateLoadBalancers", "query", "hcn-query", NULL},
    {"HcnCreateSdnRoute", "settings", "hcn-route", NULL},
    {"HcnModifySdnRoute", "settings", "hcn-route", NULL},
    {"HcnQuerySdnRouteProperties", "query", "hcn-query", NULL},
    {"HcnEnumerateSdnRoutes", "query", "hcn-query", NULL},
};

/* Paths of HNSCall; an empty `action` is the object itself. Source: hcsshim internal/hns. */
static const struct {
  const char *begin, *action, *schema;
} paths[] = {
    {"/networks", "", "hns-network"},
    {"/endpoints", "/attach", "hns-attach"},
    {"/endpoints", "/detach", "hns-attach"},
    {"/endpoints", "", "hns-endpoint"},
    {"/namespaces", "/addresource", "hns-namespace-resource"},
    {"/namespaces", "/removeresource", "hns-namespace-resource"},
    {"/policylists", "", "hns-policy-list"},
    {"/accelnet", "", "hns-mac-list"},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_hns(hcsref_str call) {
  return hcsref_str_equal(call, HCSREF_LIT("HNSCall"));
}

const char *network_member(hcsref_str call) {
  for (size_t i = 0; i < COUNT(calls); i++)
    if (hcsref_str_equal(call, hcsref_cstr(calls[i].call)))
      return calls[i].member;
  return is_hns(call) ? "request" : NULL;
}

static const char *schema_of_path(hcsref_str path) {
  for (size_t i = 0; i < COUNT(paths); i++)
    if (hcsref_str_has_prefix(path, hcsref_cstr(paths[i].begin)) &&
        hcsref_str_has_suffix(path, hcsref_cstr(paths[i].action)))
      return paths[i].schema;
  return NULL;
}

const char *network_schema(hcsref_str call, const kit_json *in, const kit_json *tree) {
  if (is_hns(call))
    return schema_of_path(kit_json_get_string(in, "path"));
  for (size_t i = 0; i < COUNT(calls); i++)
    if (hcsref_str_equal(call, hcsref_cstr(calls[i].call)))
      return calls[i].v1 != NULL && kit_json_get(tree, "SchemaVersion") == NULL ? calls[i].v1 : calls[i].v2;
  return NULL;
}
