/* SPDX-License-Identifier: Apache-2.0 */
/** @file The exports of computenetwork.dll, for tests. Source of the signatures: hcsshim hcn/zsyscall_windows.go. */
#ifndef HCSSIM_DLL_NETWORK_H
#define HCSSIM_DLL_NETWORK_H

#include "dll/shim.h"

#define HCN_OBJECT(one, many)                                                                                          \
  hcsref_hresult HCSREF_WINAPI net_HcnOpen##one(const hcsref_win_guid *id, hcsref_hcn_handle *object,                  \
                                                hcsref_wchar **error);                                                 \
  hcsref_hresult HCSREF_WINAPI net_HcnClose##one(hcsref_hcn_handle object);                                            \
  hcsref_hresult HCSREF_WINAPI net_HcnDelete##one(const hcsref_win_guid *id, hcsref_wchar **error);                    \
  hcsref_hresult HCSREF_WINAPI net_HcnQuery##one##Properties(hcsref_hcn_handle object, const hcsref_wchar *query,      \
                                                             hcsref_wchar **properties, hcsref_wchar **error);         \
  hcsref_hresult HCSREF_WINAPI net_HcnEnumerate##many(const hcsref_wchar *query, hcsref_wchar **list,                  \
                                                      hcsref_wchar **error);                                           \
  hcsref_hresult HCSREF_WINAPI net_HcnModify##one(hcsref_hcn_handle object, const hcsref_wchar *settings,              \
                                                  hcsref_wchar **error);
#define HCN_CREATE(one)                                                                                                \
  hcsref_hresult HCSREF_WINAPI net_HcnCreate##one(const hcsref_win_guid *id, const hcsref_wchar *settings,             \
                                                  hcsref_hcn_handle *object, hcsref_wchar **error);

HCN_OBJECT(Network, Networks)
HCN_OBJECT(Endpoint, Endpoints)
HCN_OBJECT(Namespace, Namespaces)
HCN_OBJECT(LoadBalancer, LoadBalancers)
HCN_OBJECT(SdnRoute, SdnRoutes)
HCN_CREATE(Network)
HCN_CREATE(Namespace)
HCN_CREATE(LoadBalancer)
HCN_CREATE(SdnRoute)
hcsref_hresult HCSREF_WINAPI net_HcnCreateEndpoint(hcsref_hcn_handle network, const hcsref_win_guid *id,
                                                   const hcsref_wchar *settings, hcsref_hcn_handle *endpoint,
                                                   hcsref_wchar **error);
hcsref_hresult HCSREF_WINAPI net_HcnQueryEndpointStats(hcsref_hcn_handle endpoint, const hcsref_wchar *query,
                                                       hcsref_wchar **stats, hcsref_wchar **error);
hcsref_hresult HCSREF_WINAPI vm_HNSCall(const hcsref_wchar *method, const hcsref_wchar *path,
                                        const hcsref_wchar *request, hcsref_wchar **response);

#endif
