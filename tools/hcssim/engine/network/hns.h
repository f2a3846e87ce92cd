/* SPDX-License-Identifier: Apache-2.0 */
/** @file The older service's form of the same objects. False everywhere: the call failed. */
#ifndef HCSSIM_HNS_H
#define HCSSIM_HNS_H

#include "engine/network/network.h"

/** `text` is a policy of HNS; what is unknown keeps its names. */
bool sim_policy_from_hns(sim_call *call, hcsref_str text, hcsref_hcn_endpoint_policy *out);
bool sim_policy_to_hns(sim_call *call, const hcsref_hcn_endpoint_policy *policy, hcsref_str *out);

bool sim_network_to_hns(sim_call *call, const hcsref_hcn_network *from, hcsref_hns_network *to);
bool sim_endpoint_to_hns(sim_call *call, const sim_endpoint *from, hcsref_hns_endpoint *to);
bool sim_namespace_to_hns(sim_call *call, const hcsref_hcn_namespace *from, hcsref_hns_namespace *to);

#endif
