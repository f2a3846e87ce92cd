/* SPDX-License-Identifier: Apache-2.0 */
/* computenetwork.dll, and HNSCall of vmcompute.dll. Source of the signatures: hcsshim hcn/zsyscall_windows.go. */
#include "dll/network.h"

#include <string.h>

static hcsref_guid read_guid(sim_call *call, const hcsref_win_guid *guid) {
  hcsref_guid out;
  memset(&out, 0, sizeof(out));
  if (guid != NULL)
    out = hcsref_guid_from_windows(*guid);
  shim_guid(call, &call->in, "id", out);
  return out;
}

/* ---- what every kind of object has ------------------------------------------------------------------------------ */

static hcsref_hresult open_object(const char *name, const sim_class *class, const hcsref_win_guid *id,
                                  hcsref_hcn_handle *object, hcsref_wchar **error) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_NETWORK, name, false);
  sim_hcn_open(&call, class, read_guid(&call, id), &handle);
  *object = (hcsref_hcn_handle)handle;
  return shim_end(&call, error);
}

static hcsref_hresult close_object(const char *name, const sim_class *class, hcsref_hcn_handle object) {
  sim_call call;
  shim_begin(&call, SIM_NETWORK, name, false);
  sim_hcn_close(&call, class, shim_handle(&call, "object", object));
  return shim_end(&call, NULL);
}

static hcsref_hresult delete_object(const char *name, const sim_class *class, const hcsref_win_guid *id,
                                    hcsref_wchar **error) {
  sim_call call;
  shim_begin(&call, SIM_NETWORK, name, false);
  sim_hcn_delete(&call, class, read_guid(&call, id));
  return shim_end(&call, error);
}

static hcsref_hresult query_object(const char *name, const sim_class *class, hcsref_hcn_handle object,
                                   const hcsref_wchar *query, hcsref_wchar **properties, hcsref_wchar **error) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_NETWORK, name, false);
  handle = shim_handle(&call, "object", object);
  sim_hcn_query(&call, class, handle, shim_text(&call, "query", query, true));
  return shim_end_answer(&call, properties, error);
}

static hcsref_hresult enumerate_objects(const char *name, const sim_class *class, const hcsref_wchar *query,
                                        hcsref_wchar **list, hcsref_wchar **error) {
  sim_call call;
  shim_begin(&call, SIM_NETWORK, name, false);
  sim_hcn_enumerate(&call, class, shim_text(&call, "query", query, true));
  return shim_end_answer(&call, list, error);
}

typedef void (*create_function)(sim_call *call, hcsref_guid id, hcsref_str settings, sim_handle *out);
typedef void (*modify_function)(sim_call *call, sim_handle handle, hcsref_str request);

static hcsref_hresult create_object(const char *name, create_function create, const hcsref_win_guid *id,
                                    const hcsref_wchar *settings, hcsref_hcn_handle *object, hcsref_wchar **error) {
  sim_call call;
  hcsref_guid guid;
  sim_handle handle;
  shim_begin(&call, SIM_NETWORK, name, false);
  guid = read_guid(&call, id);
  create(&call, guid, shim_text(&call, "settings", settings, true), &handle);
  *object = (hcsref_hcn_handle)handle;
  return shim_end(&call, error);
}

static hcsref_hresult modify_object(const char *name, modify_function modify, hcsref_hcn_handle object,
                                    const hcsref_wchar *settings, hcsref_wchar **error) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_NETWORK, name, false);
  handle = shim_handle(&call, "object", object);
  modify(&call, handle, shim_text(&call, "settings", settings, true));
  return shim_end(&call, error);
}

/* ---- the exports ---- */

/* Those of one kind of object but its creation; `many` is the plural in the name of the list. */
#define OBJECT(one, many, class, modify)                                                                               \
  hcsref_hresult HCSREF_WINAPI net_HcnOpen##one(const hcsref_win_guid *id, hcsref_hcn_handle *object,                  \
                                                hcsref_wchar **error) {                                                \
    return open_object("HcnOpen" #one, &(class), id, object, error);                                                   \
  }                                                                                                                    \
  hcsref_hresult HCSREF_WINAPI net_HcnClose##one(hcsref_hcn_handle object) {                                           \
    return close_object("HcnClose" #one, &(class), object);                                                            \
  }                                                                                                                    \
  hcsref_hresult HCSREF_WINAPI net_HcnDelete##one(const hcsref_win_guid *id, hcsref_wchar **error) {                   \
    return delete_object("HcnDelete" #one, &(class), id, error);                                                       \
  }                                                                                                                    \
  hcsref_hresult HCSREF_WINAPI net_HcnQuery##one##Properties(hcsref_hcn_handle object, const hcsref_wchar *query,      \
                                                             hcsref_wchar **properties, hcsref_wchar **error) {        \
    return query_object("HcnQuery" #one "Properties", &(class), object, query, properties, error);                     \
  }                                                                                                                    \
  hcsref_hresult HCSREF_WINAPI net_HcnEnumerate##many(const hcsref_wchar *query, hcsref_wchar **list,                  \
                                                      hcsref_wchar **error) {                                          \
    return enumerate_objects("HcnEnumerate" #many, &(class), query, list, error);                                      \
  }                                                                                                                    \
  hcsref_hresult HCSREF_WINAPI net_HcnModify##one(hcsref_hcn_handle object, const hcsref_wchar *settings,              \
                                                  hcsref_wchar **error) {                                              \
    return modify_object("HcnModify" #one, modify, object, settings, error);                                           \
  }

#define CREATE(one, create)                                                                                            \
  hcsref_hresult HCSREF_WINAPI net_HcnCreate##one(const hcsref_win_guid *id, const hcsref_wchar *settings,             \
                                                  hcsref_hcn_handle *object, hcsref_wchar **error) {                   \
    return create_object("HcnCreate" #one, create, id, settings, object, error);                                       \
  }

OBJECT(Network, Networks, sim_networks, sim_network_modify)
OBJECT(Endpoint, Endpoints, sim_endpoints, sim_endpoint_modify)
OBJECT(Namespace, Namespaces, sim_namespaces, sim_namespace_modify)
OBJECT(LoadBalancer, LoadBalancers, sim_balancers, sim_balancer_modify)
OBJECT(SdnRoute, SdnRoutes, sim_routes, sim_route_modify)
CREATE(Network, sim_network_create)
CREATE(Namespace, sim_namespace_create)
CREATE(LoadBalancer, sim_balancer_create)
CREATE(SdnRoute, sim_route_create)

hcsref_hresult HCSREF_WINAPI net_HcnCreateEndpoint(hcsref_hcn_handle network, const hcsref_win_guid *id,
                                                   const hcsref_wchar *settings, hcsref_hcn_handle *endpoint,
                                                   hcsref_wchar **error) {
  sim_call call;
  hcsref_guid guid;
  sim_handle handle, created;
  shim_begin(&call, SIM_NETWORK, "HcnCreateEndpoint", false);
  handle = shim_handle(&call, "network", network);
  guid = read_guid(&call, id);
  sim_endpoint_create(&call, handle, guid, shim_text(&call, "settings", settings, true), &created);
  *endpoint = (hcsref_hcn_handle)created;
  return shim_end(&call, error);
}

hcsref_hresult HCSREF_WINAPI net_HcnQueryEndpointStats(hcsref_hcn_handle endpoint, const hcsref_wchar *query,
                                                       hcsref_wchar **stats, hcsref_wchar **error) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_NETWORK, "HcnQueryEndpointStats", false);
  handle = shim_handle(&call, "object", endpoint);
  sim_endpoint_stats(&call, handle, shim_text(&call, "query", query, true));
  return shim_end_answer(&call, stats, error);
}

/* Source of the signature: hcsshim internal/hns/hns.go. The service's second answer is no document of an error. */
hcsref_hresult HCSREF_WINAPI vm_HNSCall(const hcsref_wchar *method, const hcsref_wchar *path,
                                        const hcsref_wchar *request, hcsref_wchar **response) {
  sim_call call;
  hcsref_str verb, where, document;
  shim_begin(&call, SIM_NETWORK, "HNSCall", false);
  verb = shim_text(&call, "method", method, false);
  where = shim_text(&call, "path", path, false);
  document = shim_text(&call, "request", request, true);
  sim_hns_call(&call, verb, where, document);
  return shim_end(&call, response);
}

const hcsref_computenetwork sim_computenetwork = {
    .create_namespace = net_HcnCreateNamespace,
    .open_namespace = net_HcnOpenNamespace,
    .modify_namespace = net_HcnModifyNamespace,
    .query_namespace_properties = net_HcnQueryNamespaceProperties,
    .close_namespace = net_HcnCloseNamespace,
    .delete_namespace = net_HcnDeleteNamespace,
    .enumerate_namespaces = net_HcnEnumerateNamespaces,
};
