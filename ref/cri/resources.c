/* SPDX-License-Identifier: Apache-2.0 */
/* CPU and memory of a CRI config. No value is checked here: numbers that do not fit lose their upper bits, as Go's
 * conversions do. Source: containerd pkg/cri/opts/spec_windows.go WithWindowsResources,
 * WithWindowsDefaultSandboxShares. */
#include "cri/section.h"

#include "hcsref/pipeline.h"

/* containerd pkg/cri/opts/spec.go DefaultSandboxCPUshares */
#define SANDBOX_CPU_SHARES 2

/* The values that the spec's pointers may point to. */
typedef struct resource_values {
  uint64_t count, limit;
  uint16_t shares, maximum;
} resource_values;

static void set_cpu(hcsref_oci_windows_cpu_resources *cpu, resource_values *values) {
  if (values->count != 0)
    cpu->count = &values->count;
  if (values->shares != 0)
    cpu->shares = &values->shares;
  if (values->maximum != 0)
    cpu->maximum = &values->maximum;
}

bool hcsref_cri_resources(hcsref_arena *arena, hcsref_oci_spec *spec,
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
  if (resources == NULL || memory == NULL || cpu == NULL || values == NULL)
    return hcsref_fail_memory(err);
  values->count = (uint64_t)from->cpu_count;
  values->shares = (uint16_t)from->cpu_shares;
  values->maximum = (uint16_t)from->cpu_maximum;
  values->limit = (uint64_t)from->memory_limit_in_bytes;
  if (values->count != 0 || values->shares != 0 || values->maximum != 0)
    resources->cpu = cpu;
  set_cpu(cpu, values);
  if (values->limit != 0)
    memory->limit = &values->limit;
  resources->memory = memory;
  windows->resources = resources;
  spec->windows = windows;
  return true;
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
