/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/hcsoci/cpuaffinity.go ValidateCPUAffinity. */
#include "hcs/limit.h"
#include "hcs/rules.h"
#include "schema/need_spec.h"

#include "hcsref/pipeline.h"

#define AFFINITY "/windows/resources/cpu/affinity"

static bool check_masks(hcsref_arena *arena, const hcsref_slice *affinity, hcsref_error *err) {
  const hcsref_oci_windows_cpu_group_affinity *entries = affinity->items;
  for (size_t i = 0; i < affinity->len; i++)
    if (entries[i].mask == 0)
      return hcsref_fail_item(arena, err, "cpu-affinity", AFFINITY, i, "mask",
                              "cpu affinity mask must be non-zero: entry %u has zero mask", (uint64_t)i);
  return true;
}

/* Before Windows Server 2022 a container has the processors of the first group alone. */
static bool check_groups(hcsref_arena *arena, const hcsref_slice *affinity, hcsref_error *err) {
  const hcsref_oci_windows_cpu_group_affinity *entries = affinity->items;
  if (affinity->len > 1)
    return hcsref_fail(arena, err, "cpu-affinity", HCSREF_LIT(AFFINITY),
                       "cpu affinity with multiple processor groups requires Windows Server 2022 or later: %u entries",
                       (uint64_t)affinity->len);
  return entries[0].group == 0 ||
         hcsref_fail_item(
             arena, err, "cpu-affinity", AFFINITY, 0, "group",
             "cpu affinity with a non-zero processor group requires Windows Server 2022 or later: group %u",
             (uint64_t)entries[0].group);
}

bool hcsref_check_cpu_affinity(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_oci_spec *spec,
                               const hcsref_host *host, hcsref_slice *out, hcsref_error *err) {
  const hcsref_slice none = {NULL, 0, 0};
  const hcsref_oci_windows_resources *resources;
  const hcsref_slice *affinity = &none;
  if (!hcsref_has(hcsref_rules_or_baseline(rules), HCSREF_CHANGE_CPU_AFFINITY_CHECKED))
    return hcsref_fail_release(arena, "check CPU affinity", err);
  if (!hcsref_need_spec(arena, spec, err))
    return false;
  resources = hcsref_resources_of(spec);
  if (resources != NULL && resources->cpu != NULL && resources->cpu->affinity.len != 0)
    affinity = &resources->cpu->affinity;
  if (!check_masks(arena, affinity, err) ||
      (affinity->len != 0 && host->ops->os_build(host->ctx) < HCSREF_BUILD_LTSC2022 &&
       !check_groups(arena, affinity, err)))
    return false;
  *out = *affinity;
  return true;
}
