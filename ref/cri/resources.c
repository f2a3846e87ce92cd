/* SPDX-License-Identifier: Apache-2.0 */
/* CPU and memory of a CRI config. No value is checked here: numbers that do not fit lose their upper bits, as Go's
 * conversions do. Source: containerd pkg/cri/opts/spec_windows.go WithWindowsResources,
 * WithWindowsDefaultSandboxShares, internal/cri/server container_update_resources_windows.go updateOCIResource. */
#include "cri/affinity.h"
#include "cri/section.h"
#include "cri/steps.h"
#include "hcsref/pipeline.h"

/* containerd pkg/cri/opts/spec.go DefaultSandboxCPUshares */
#define SANDBOX_CPU_SHARES 2

/* The values that the spec's pointers may point to. */
typedef struct resource_values {
  uint64_t count, limit;
  uint16_t shares, maximum;
  hcsref_slice affinity;
} resource_values;

static void set_cpu(hcsref_oci_windows_cpu_resources *cpu, resource_values *values) {
  if (values->count != 0)
    cpu->count = &values->count;
  if (values->shares != 0)
    cpu->shares = &values->shares;
  if (values->maximum != 0)
    cpu->maximum = &values->maximum;
  if (values->affinity.len != 0)
    cpu->affinity = values->affinity;
}

static bool read_values(hcsref_arena *arena, const hcsref_rules *rules,
                        const hcsref_cri_windows_container_resources *from, resource_values *out) {
  static const hcsref_slice none = {NULL, 0, 0};
  out->count = (uint64_t)from->cpu_count;
  out->shares = (uint16_t)from->cpu_shares;
  out->maximum = (uint16_t)from->cpu_maximum;
  out->limit = (uint64_t)from->memory_limit_in_bytes;
  out->affinity = none;
  return !hcsref_has(rules, HCSREF_CHANGE_AFFINITY_RESOURCES) || from->affinity_cpus.len == 0 ||
         hcsref_read_affinity(arena, &from->affinity_cpus, &out->affinity);
}

static bool limits_cpu(const resource_values *values) {
  return values->count != 0 || values->shares != 0 || values->maximum != 0 || values->affinity.len != 0;
}

bool hcsref_step_resources(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec,
                           const hcsref_cri_windows_container_resources *from, hcsref_error *err) {
  hcsref_oci_windows *windows;
  hcsref_oci_windows_resources *resources;
  hcsref_oci_windows_memory_resources *memory;
  hcsref_oci_windows_cpu_resources *cpu;
  resource_values *values;
  if (from == NULL)
    return true;
  windows = hcsref_windows_section(arena, spec, err);
  if (windows == NULL)
    return false;
  resources = hcsref_section(arena, windows->resources, sizeof *resources);
  memory = hcsref_section(arena, resources == NULL ? NULL : resources->memory, sizeof *memory);
  cpu = hcsref_section(arena, resources == NULL ? NULL : resources->cpu, sizeof *cpu);
  values = hcsref_arena_alloc(arena, sizeof *values);
  if (resources == NULL || memory == NULL || cpu == NULL || values == NULL || !read_values(arena, rules, from, values))
    return hcsref_fail_memory(err);
  if (limits_cpu(values) || !hcsref_has(rules, HCSREF_CHANGE_RESOURCES_CPU_IF_NEEDED))
    resources->cpu = cpu;
  set_cpu(cpu, values);
  if (values->limit != 0)
    memory->limit = &values->limit;
  resources->memory = memory;
  windows->resources = resources;
  spec->windows = windows;
  return true;
}

bool hcsref_cri_resources(hcsref_arena *arena, hcsref_oci_spec *spec,
                          const hcsref_cri_windows_container_resources *resources, hcsref_error *err) {
  return hcsref_step_resources(arena, hcsref_profile_rules(NULL, HCSREF_PROGRAM_CONTAINERD), spec, resources, err);
}

bool hcsref_cri_update_resources(hcsref_arena *arena, const hcsref_profile *profile,
                                 const hcsref_cri_windows_container_resources *resources, hcsref_oci_spec *spec,
                                 hcsref_error *err) {
  const hcsref_rules *rules = hcsref_cri_rules(arena, profile, err);
  hcsref_oci_windows *windows;
  if (rules == NULL)
    return false;
  if (!hcsref_has(rules, HCSREF_CHANGE_UPDATE_RESOURCES))
    return hcsref_fail(arena, err, "unsupported", HCSREF_LIT(""),
                       "containerd %v cannot change the limits of a running Windows container",
                       hcsref_profile_release(profile, HCSREF_PROGRAM_CONTAINERD));
  windows = hcsref_windows_section(arena, spec, err);
  if (windows == NULL)
    return false;
  spec->windows = windows;
  return hcsref_step_resources(arena, rules, spec, resources, err);
}

bool hcsref_cri_sandbox_shares(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_error *err) {
  hcsref_oci_windows *windows;
  hcsref_oci_windows_resources *resources;
  hcsref_oci_windows_cpu_resources *cpu;
  uint16_t *shares;
  windows = hcsref_windows_section(arena, spec, err);
  if (windows == NULL)
    return false;
  resources = hcsref_section(arena, windows->resources, sizeof *resources);
  cpu = hcsref_section(arena, resources == NULL ? NULL : resources->cpu, sizeof *cpu);
  shares = hcsref_arena_alloc(arena, sizeof *shares);
  if (resources == NULL || cpu == NULL || shares == NULL)
    return hcsref_fail_memory(err);
  *shares = SANDBOX_CPU_SHARES;
  cpu->shares = shares;
  resources->cpu = cpu;
  windows->resources = resources;
  spec->windows = windows;
  return true;
}
