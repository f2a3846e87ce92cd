/* SPDX-License-Identifier: Apache-2.0 */
/** @file A network with an endpoint in a scene, over the exports of computenetwork.dll. */
#ifndef FUZZ_SIM_NETWORK_H
#define FUZZ_SIM_NETWORK_H

#include "dll/network.h"
#include "sim/scene.h"

/** The endpoint's id as a text. */
#define NETWORK_ENDPOINT "04030201-0605-0807-090a-0b0c0d0e0f10"
extern const hcsref_win_guid network_guid, endpoint_guid;

typedef hcsref_hresult(HCSREF_WINAPI *query_export)(hcsref_hcn_handle, const hcsref_wchar *, hcsref_wchar **,
                                                    hcsref_wchar **);

/** Asks for the properties of an object, which are a document of this type. */
void network_query(scene *s, query_export query, hcsref_hcn_handle handle, const hcsref_type *type);
/** Null: the service refuses the settings. */
hcsref_hcn_handle network_make(scene *s, const hcsref_wchar *settings);
hcsref_hcn_handle network_usual(scene *s);
hcsref_hcn_handle network_make_endpoint(scene *s, hcsref_hcn_handle network, const hcsref_wchar *settings);
hcsref_hcn_handle network_usual_endpoint(scene *s, hcsref_hcn_handle network);
/** Asks both services about what there is, closes what is not null, and deletes the network. */
void network_close(scene *s, hcsref_hcn_handle network, hcsref_hcn_handle endpoint);

#endif
