/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The objects of the network service: one store for computenetwork.dll and HNSCall, which documents of HCN describe
 * (hcsshim hcn). Changes are made under a lock that other processes respect, from sim_begin to sim_end.
 */
#ifndef HCSSIM_NETWORK_H
#define HCSSIM_NETWORK_H

#include "engine/network/address.h"
#include "engine/state.h"

/* Codes of the service. Source: winerror.h, HCN_E_…. */
#define HCN_ENDPOINT_NOT_FOUND   0x803B0002u
#define HCN_POLICY_NOT_FOUND     0x803B0008u
#define HCN_INVALID_NETWORK_TYPE 0x803B000Bu
#define HCN_NETWORK_EXISTS       0x803B0010u
#define HCN_PORT_EXISTS          0x803B0013u
#define HCN_ALREADY_ATTACHED     0x803B0014u
#define HCN_UNSUPPORTED          0x803B0015u
#define HCN_INVALID_JSON         SIM_HCN_INVALID_JSON
#define HCN_INVALID_ADDRESS      0x803B002Fu
#define HCN_INVALID_PREFIX       0x803B0030u

/** Limits of one object, so that choosing addresses and ports takes bounded time. */
#define SIM_MAX_SUBNETS   ((size_t)64)   /* of a network, and its ranges of hardware addresses */
#define SIM_MAX_ROUTES    ((size_t)256)  /* of a subnet */
#define SIM_MAX_POLICIES  ((size_t)1024) /* of an object */
#define SIM_MAX_ADDRESSES ((size_t)64)   /* of an endpoint */

/** An endpoint and what only HNS says of it. */
typedef struct sim_endpoint {
  hcsref_hcn_endpoint document;
  bool internal_dns, no_icc, low_metric;
  hcsref_slice containers; /* []string: what it is attached to */
} sim_endpoint;

/** A kind of object. */
struct sim_class {
  sim_kind handle;
  const char *folder, *noun;
  const hcsref_type *document; /* what clients hand over and get */
  const hcsref_type *stored;   /* begins with the document */
};

/* object.c */
/** Fails the call, with HCN_INVALID_JSON, when there are more than `most` of them. */
bool sim_check_count(sim_call *call, size_t count, size_t most, const char *nouns);
/** An id as text. False: out of memory, and the call fails. */
bool sim_guid_text(sim_call *call, hcsref_guid guid, hcsref_str *out);
/** False: there is none. `out` is of the class's stored type. */
bool sim_object_find(sim_call *call, const sim_class *class, hcsref_str id, void *out);
/** The same through a handle; the call fails when it is not there. */
bool sim_object_of(sim_call *call, const sim_class *class, sim_handle handle, void *out);
bool sim_object_save(sim_call *call, const sim_class *class, hcsref_str id, const void *value);
/** The id that a new object gets: the argument's, else the settings', else a new one. Fails when there is one. */
bool sim_object_id(sim_call *call, const sim_class *class, hcsref_guid id, hcsref_str settings, hcsref_str *out);
void sim_object_open(sim_call *call, const sim_class *class, hcsref_str id, sim_handle *out);
/** Calls `each` with every object, decoded to a value that lives as long as the call. False: out of memory, or `each`
 * said false and had the call fail. */
bool sim_object_each(sim_call *call, const sim_class *class, bool (*each)(void *context, const void *value),
                     void *context);

/* policies.c */
/** Applies a change to a list of policies, each of which begins with `type` and `settings` as
 * hcsref_hcn_endpoint_policy does. */
bool sim_policies_change(sim_call *call, hcsref_slice *list, const hcsref_slice *given, hcsref_str request);

/* network_create.c */
bool sim_network_add(sim_call *call, hcsref_guid id, hcsref_hcn_network *network);
/** The network with its endpoints. */
void sim_network_remove(sim_call *call, hcsref_str id);

/* endpoint.c */
bool sim_endpoint_add(sim_call *call, hcsref_guid id, const hcsref_hcn_network *network, sim_endpoint *endpoint);
/** The endpoint and its places in namespaces. */
void sim_endpoint_remove(sim_call *call, const sim_endpoint *endpoint);
/** Refuses external ports that another endpoint of its network has; chooses those that are left open. */
bool sim_endpoint_check_ports(sim_call *call, hcsref_hcn_endpoint *endpoint);
/** The statistics as JSON. */
bool sim_endpoint_stats_of(sim_call *call, hcsref_str id, hcsref_str *out);

/* namespace.c */
/** The namespace; its endpoints are in none then. */
bool sim_namespace_remove(sim_call *call, const hcsref_hcn_namespace *name_space);
bool sim_namespace_add(sim_call *call, hcsref_guid id, hcsref_hcn_namespace *name_space);
bool sim_namespace_attach(sim_call *call, hcsref_hcn_namespace *name_space, hcsref_str endpoint);
bool sim_namespace_detach(sim_call *call, hcsref_hcn_namespace *name_space, hcsref_str endpoint);

/* hns_convert.c: an object of one service as the other one has it. False: out of memory, or the call failed. */
bool sim_network_from_hns(sim_call *call, const hcsref_hns_network *from, hcsref_hcn_network *to);
bool sim_endpoint_from_hns(sim_call *call, const hcsref_hns_endpoint *from, sim_endpoint *to);

#endif
