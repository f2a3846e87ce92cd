/* SPDX-License-Identifier: Apache-2.0 */
/* Which processors a container may use. Source: containerd internal/cri/opts/spec_windows.go
 * WithWindowsAffinityCPUs. */
#include "cri/affinity.h"

#include "cri/section.h"
#include "cri/steps.h"

bool hcsref_read_affinity(hcsref_arena *arena, const hcsref_slice *from, hcsref_slice *out) {
  hcsref_cri_windows_cpu_group_affinity *const *items = from->items;
  hcsref_oci_windows_cpu_group_affinity *all = hcsref_arena_array(arena, from->len, sizeof *all);
  size_t count = 0;
  if (all == NULL)
    return false;
  for (size_t i = 0; i < from->len; i++)
    if (items[i] != NULL) {
      all[count].mask = items[i]->cpu_mask;
      all[count++].group = items[i]->cpu_group;
    }
  out->items = all;
  out->len = out->cap = count;
  return true;
}

/* The index of the first null; the length when there is none. */
static size_t find_null(const hcsref_slice *list) {
  void *const *items = list->items;
  size_t i = 0;
  while (i < list->len && items[i] != NULL)
    i++;
  return i;
}

bool hcsref_step_affinity(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec,
                          const hcsref_cri_windows_container_config *windows, const char *where, hcsref_error *err) {
  const hcsref_slice *list;
  hcsref_oci_windows_resources *resources;
  hcsref_oci_windows_cpu_resources *cpu;
  hcsref_slice affinity;
  if (windows == NULL || windows->resources == NULL || windows->resources->affinity_cpus.items == NULL ||
      spec->windows == NULL || !hcsref_has(rules, HCSREF_CHANGE_AFFINITY_STEP))
    return true;
  list = &windows->resources->affinity_cpus;
  if (find_null(list) < list->len)
    return hcsref_fail_item(arena, err, "cri-null-affinity", where, find_null(list), NULL, "an affinity is null");
  resources = hcsref_section(arena, spec->windows->resources, sizeof *resources);
  cpu = hcsref_section(arena, resources == NULL ? NULL : resources->cpu, sizeof *cpu);
  if (resources == NULL || cpu == NULL || !hcsref_read_affinity(arena, list, &affinity))
    return hcsref_fail_memory(err);
  cpu->affinity = affinity;
  resources->cpu = cpu;
  spec->windows->resources = resources;
  return true;
}
