/* SPDX-License-Identifier: Apache-2.0 */
/* The namespaces of computenetwork.dll. Source of the signatures: hcsshim hcn/zsyscall_windows.go. */
#include "dll/shim.h"

#include <string.h>

static hcsref_guid read_guid(sim_call *call, const hcsref_win_guid *guid) {
  hcsref_guid out;
  memset(&out, 0, sizeof(out));
  if (guid != NULL)
    out = hcsref_guid_from_windows(*guid);
  shim_guid(call, &call->in, "id", out);
  return out;
}

hcsref_hresult HCSREF_WINAPI net_HcnCreateNamespace(const hcsref_win_guid *id, const hcsref_wchar *settings,
                                                    hcsref_hcn_handle *name_space, hcsref_wchar **error) {
  sim_call call;
  hcsref_guid guid;
  sim_handle handle;
  shim_begin(&call, SIM_NETWORK, "HcnCreateNamespace", false);
  guid = read_guid(&call, id);
  sim_namespace_create(&call, guid, shim_text(&call, "settings", settings, true), &handle);
  *name_space = (hcsref_hcn_handle)handle;
  return shim_end(&call, error);
}

hcsref_hresult HCSREF_WINAPI net_HcnOpenNamespace(const hcsref_win_guid *id, hcsref_hcn_handle *name_space,
                                                  hcsref_wchar **error) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_NETWORK, "HcnOpenNamespace", false);
  sim_namespace_open(&call, read_guid(&call, id), &handle);
  *name_space = (hcsref_hcn_handle)handle;
  return shim_end(&call, error);
}

hcsref_hresult HCSREF_WINAPI net_HcnModifyNamespace(hcsref_hcn_handle name_space, const hcsref_wchar *settings,
                                                    hcsref_wchar **error) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_NETWORK, "HcnModifyNamespace", false);
  handle = shim_handle(&call, "namespace", name_space);
  sim_namespace_modify(&call, handle, shim_text(&call, "settings", settings, true));
  return shim_end(&call, error);
}

hcsref_hresult HCSREF_WINAPI net_HcnQueryNamespaceProperties(hcsref_hcn_handle name_space, const hcsref_wchar *query,
                                                             hcsref_wchar **properties, hcsref_wchar **error) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_NETWORK, "HcnQueryNamespaceProperties", false);
  handle = shim_handle(&call, "namespace", name_space);
  sim_namespace_query(&call, handle, shim_text(&call, "query", query, true));
  return shim_end_answer(&call, properties, error);
}

hcsref_hresult HCSREF_WINAPI net_HcnCloseNamespace(hcsref_hcn_handle name_space) {
  sim_call call;
  shim_begin(&call, SIM_NETWORK, "HcnCloseNamespace", false);
  sim_namespace_close(&call, shim_handle(&call, "namespace", name_space));
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI net_HcnDeleteNamespace(const hcsref_win_guid *id, hcsref_wchar **error) {
  sim_call call;
  shim_begin(&call, SIM_NETWORK, "HcnDeleteNamespace", false);
  sim_namespace_delete(&call, read_guid(&call, id));
  return shim_end(&call, error);
}

hcsref_hresult HCSREF_WINAPI net_HcnEnumerateNamespaces(const hcsref_wchar *query, hcsref_wchar **name_spaces,
                                                        hcsref_wchar **error) {
  sim_call call;
  shim_begin(&call, SIM_NETWORK, "HcnEnumerateNamespaces", false);
  sim_namespace_enumerate(&call, shim_text(&call, "query", query, true));
  return shim_end_answer(&call, name_spaces, error);
}

static hcsref_hresult enumerate_nothing(const char *name, const hcsref_wchar *query, hcsref_wchar **list,
                                        hcsref_wchar **error) {
  sim_call call;
  shim_begin(&call, SIM_NETWORK, name, false);
  sim_network_enumerate_nothing(&call, shim_text(&call, "query", query, true));
  return shim_end_answer(&call, list, error);
}

hcsref_hresult HCSREF_WINAPI net_HcnEnumerateNetworks(const hcsref_wchar *query, hcsref_wchar **list,
                                                      hcsref_wchar **error) {
  return enumerate_nothing("HcnEnumerateNetworks", query, list, error);
}

hcsref_hresult HCSREF_WINAPI net_HcnEnumerateEndpoints(const hcsref_wchar *query, hcsref_wchar **list,
                                                       hcsref_wchar **error) {
  return enumerate_nothing("HcnEnumerateEndpoints", query, list, error);
}

hcsref_hresult HCSREF_WINAPI net_HcnEnumerateLoadBalancers(const hcsref_wchar *query, hcsref_wchar **list,
                                                           hcsref_wchar **error) {
  return enumerate_nothing("HcnEnumerateLoadBalancers", query, list, error);
}

hcsref_hresult HCSREF_WINAPI net_HcnEnumerateSdnRoutes(const hcsref_wchar *query, hcsref_wchar **list,
                                                       hcsref_wchar **error) {
  return enumerate_nothing("HcnEnumerateSdnRoutes", query, list, error);
}

/* Source of the signature: hcsshim internal/hns/hns.go. The service's second answer is no document of an error. */
hcsref_hresult HCSREF_WINAPI vm_HNSCall(const hcsref_wchar *method, const hcsref_wchar *path,
                                        const hcsref_wchar *request, hcsref_wchar **response) {
  sim_call call;
  hcsref_str verb, where;
  shim_begin(&call, SIM_NETWORK, "HNSCall", false);
  verb = shim_text(&call, "method", method, false);
  where = shim_text(&call, "path", path, false);
  shim_text(&call, "request", request, true);
  sim_hns_call(&call, verb, where);
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
