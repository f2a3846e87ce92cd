/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of policies that networks and endpoints have, and how requests change them. Source: hcsshim
 * hcn/hcnpolicy.go; what is refused and with what code is the simulator's choice. */
#include "engine/network/network.h"

/* Policies of networks, endpoints and requests are alike: a type and settings. */
typedef hcsref_hcn_endpoint_policy policy;

static bool same_policy(const policy *a, const policy *b) {
  return hcsref_str_equal_ascii_fold(a->type, b->type) && hcsref_str_equal(a->settings, b->settings);
}

static bool remove_policies(hcsref_slice *list, const policy *given, bool all_of_type) {
  policy *items = list->items;
  size_t kept = 0, before = list->len;
  for (size_t i = 0; i < list->len; i++)
    if (!(all_of_type ? hcsref_str_equal_ascii_fold(items[i].type, given->type) : same_policy(&items[i], given)))
      items[kept++] = items[i];
  list->len = kept;
  return kept < before;
}

static bool add_policy(sim_call *call, hcsref_slice *list, const policy *given) {
  policy *added = hcsref_slice_push(&call->arena, list, sizeof(*added));
  if (added == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  *added = *given;
  return true;
}

bool sim_policies_change(sim_call *call, hcsref_slice *list, const hcsref_slice *given, hcsref_str request) {
  const policy *policies = given->items;
  bool add = hcsref_str_equal(request, HCSREF_LIT("Add")), update = hcsref_str_equal(request, HCSREF_LIT("Update"));
  if (!add && !update && !hcsref_str_equal(request, HCSREF_LIT("Remove")))
    return sim_fail(call, HCN_UNSUPPORTED, "The request %q is not supported.", request);
  if (!sim_check_count(call, given->len, SIM_MAX_POLICIES, "policies"))
    return false;
  for (size_t i = 0; update && i < given->len; i++)
    remove_policies(list, &policies[i], true);
  for (size_t i = 0; i < given->len; i++) {
    if (add || update ? !add_policy(call, list, &policies[i]) : !remove_policies(list, &policies[i], false))
      return sim_going(call) && sim_fail(call, HCN_POLICY_NOT_FOUND, "There is no such policy %q.", policies[i].type);
  }
  return sim_check_count(call, list->len, SIM_MAX_POLICIES, "policies");
}
