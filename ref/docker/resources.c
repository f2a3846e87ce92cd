/* SPDX-License-Identifier: Apache-2.0 */
/* Limits: what is refused or changed, and what goes into the spec. Source: moby daemon/daemon_windows.go
 * verifyPlatformContainerSettings, verifyPlatformContainerResources; daemon/oci_windows.go setResourcesInSpec. */
#include "docker/spec.h"

#define BILLION         1000000000
#define MOST_CPU_SHARES 10000
#define MOST_PERCENT    100

static bool refuse(const hcsref_docker_maker *m, const char *where, const char *message) {
  return hcsref_docker_refuse(m, "docker-config", where, message);
}

static bool warn(hcsref_docker_maker *m, hcsref_str text) {
  hcsref_str *place = hcsref_slice_push(m->arena, &m->warnings, sizeof *place);
  if (place == NULL)
    return hcsref_fail_memory(m->err);
  *place = text;
  return true;
}

/* A limit that loses is forgotten before anybody looks at its range. */
static bool discard(hcsref_docker_maker *m, int64_t *limit, hcsref_str warning) {
  if (*limit <= 0)
    return true;
  *limit = 0;
  return warn(m, warning);
}

/* On the host one of the three counts, in this order. */
static bool settle_conflicts(hcsref_docker_maker *m) {
  hcsref_docker_host_config *h = &m->host_config;
  if (h->cpu_count > 0)
    return discard(m, &h->cpu_shares,
                   HCSREF_LIT("Conflicting options: CPU count takes priority over CPU shares on Windows Server "
                              "Containers. CPU shares discarded")) &&
           discard(m, &h->cpu_percent,
                   HCSREF_LIT("Conflicting options: CPU count takes priority over CPU percent on Windows Server "
                              "Containers. CPU percent discarded"));
  if (h->cpu_shares > 0)
    return discard(m, &h->cpu_percent,
                   HCSREF_LIT("Conflicting options: CPU shares takes priority over CPU percent on Windows Server "
                              "Containers. CPU percent discarded"));
  return true;
}

static bool check_ranges(const hcsref_docker_maker *m) {
  const hcsref_docker_host_config *h = &m->host_config;
  if (h->cpu_shares < 0 || h->cpu_shares > MOST_CPU_SHARES)
    return refuse(m, "/host_config/CpuShares", "range of CPUShares is from 1 to 10000");
  if (h->cpu_percent < 0 || h->cpu_percent > MOST_PERCENT)
    return refuse(m, "/host_config/CpuPercent", "range of CPUPercent is from 1 to 100");
  if (h->cpu_count < 0)
    return refuse(m, "/host_config/CpuCount", "invalid CPUCount: CPUCount cannot be negative");
  if (h->nano_cpus > 0 && h->cpu_percent > 0)
    return refuse(m, "/host_config/NanoCpus", "conflicting options: Nano CPUs and CPU Percent cannot both be set");
  if (h->nano_cpus > 0 && h->cpu_shares > 0)
    return refuse(m, "/host_config/NanoCpus", "conflicting options: Nano CPUs and CPU Shares cannot both be set");
  return true;
}

static int64_t processors(const hcsref_docker_maker *m) {
  return m->host->host->ops->processor_count(m->host->host->ctx);
}

static uint32_t os_build(const hcsref_docker_maker *m) {
  return m->host->host->ops->os_build(m->host->host->ctx);
}

static bool check_nano_cpus(const hcsref_docker_maker *m) {
  int64_t count = processors(m), nano_cpus = m->host_config.nano_cpus;
  if (nano_cpus >= 0 && nano_cpus <= count * BILLION)
    return true;
  return hcsref_fail(m->arena, m->err, "docker-config", HCSREF_LIT("/host_config/NanoCpus"),
                     "range of CPUs is from 0.01 to %d.00, as there are only %d CPUs available", count, count);
}

/* Until 20.10, in a utility VM before build 16299: whole processors only. */
static bool round_nano_cpus(hcsref_docker_maker *m) {
  int64_t *nano_cpus = &m->host_config.nano_cpus;
  hcsref_str text;
  if (hcsref_has(m->rules, HCSREF_CHANGE_MOBY_NO_BUILD_GATES) || !m->hyperv || os_build(m) >= HCSREF_BUILD_RS3 ||
      *nano_cpus <= BILLION || *nano_cpus % BILLION == 0)
    return true;
  *nano_cpus = (*nano_cpus + BILLION / 2) / BILLION * BILLION;
  if (!hcsref_format(m->arena, &text,
                     "Your current OS version does not support Hyper-V containers with NanoCPUs greater than "
                     "1000000000 but not divisible by 1000000000. NanoCPUs rounded to %d",
                     *nano_cpus))
    return hcsref_fail_memory(m->err);
  return warn(m, text);
}

/* What only Linux has, in upstream's order. */
static bool check_unsupported(const hcsref_docker_maker *m) {
  const hcsref_docker_host_config *h = &m->host_config;
  const struct {
    bool asked;
    const char *option;
  } options[] = {
      {h->blkio_device_read_bps.len != 0, "BlkioDeviceReadBps"},
      {h->blkio_device_read_iops.len != 0, "BlkioDeviceReadIOps"},
      {h->blkio_device_write_bps.len != 0, "BlkioDeviceWriteBps"},
      {h->blkio_device_write_iops.len != 0, "BlkioDeviceWriteIOps"},
      {h->blkio_weight > 0, "BlkioWeight"},
      {h->blkio_weight_device.len != 0, "BlkioWeightDevice"},
      {h->cgroup_parent.len != 0, "CgroupParent"},
      {h->cpu_period != 0, "CPUPeriod"},
      {h->cpuset_cpus.len != 0, "CpusetCpus"},
      {h->cpuset_mems.len != 0, "CpusetMems"},
      {h->kernel_memory != 0, "KernelMemory"},
      {h->memory_reservation != 0, "MemoryReservation"},
      {h->memory_swap != 0, "MemorySwap"},
      {h->memory_swappiness != NULL && *h->memory_swappiness != -1, "MemorySwappiness"},
      {h->oom_kill_disable != NULL && *h->oom_kill_disable, "OomKillDisable"},
      {h->pids_limit != NULL && *h->pids_limit != 0, "PidsLimit"},
      {h->ulimits.len != 0, "Ulimits"},
  };
  for (size_t i = 0; i < sizeof options / sizeof *options; i++)
    if (options[i].asked)
      return hcsref_fail(m->arena, m->err, "docker-config", HCSREF_LIT("/host_config"),
                         "invalid option: Windows does not support %s", options[i].option);
  return true;
}

/* Until 20.10 a client edition before build 17763 has no process isolation. */
static bool check_edition(const hcsref_docker_maker *m) {
  if (hcsref_has(m->rules, HCSREF_CHANGE_MOBY_NO_BUILD_GATES) || m->hyperv || os_build(m) >= HCSREF_BUILD_RS5 ||
      !m->host->is_client(m->host->ctx))
    return true;
  return refuse(m, "/host_config/Isolation",
                "Windows client operating systems earlier than version 1809 can only run Hyper-V containers");
}

bool hcsref_docker_settle_resources(hcsref_docker_maker *m) {
  return check_edition(m) && (m->hyperv || settle_conflicts(m)) && check_ranges(m) && check_nano_cpus(m) &&
         round_nano_cpus(m) && check_unsupported(m);
}

/* ---- the spec --------------------------------------------------------------------------------------------- */

typedef struct cpu_limits {
  uint16_t shares, maximum;
  uint64_t count;
} cpu_limits;

/* Hundredths of a percent of `processors`, at least one. */
static uint16_t percentage(int64_t nano_cpus, int64_t of_processors) {
  uint16_t value = (uint16_t)(nano_cpus / of_processors / (BILLION / 10000));
  return value == 0 ? 1 : value;
}

static cpu_limits limits_of(const hcsref_docker_maker *m) {
  const hcsref_docker_host_config *h = &m->host_config;
  cpu_limits limits;
  limits.shares = (uint16_t)h->cpu_shares;
  limits.maximum = (uint16_t)((uint16_t)h->cpu_percent * 100u);
  limits.count = (uint64_t)h->cpu_count;
  if (h->nano_cpus <= 0)
    return limits;
  if (!m->hyperv) {
    limits.maximum = percentage(h->nano_cpus, processors(m));
    return limits;
  }
  limits.count = (uint64_t)(h->nano_cpus / BILLION);
  if (h->nano_cpus % BILLION != 0) {
    limits.count++;
    limits.maximum = percentage(h->nano_cpus, (int64_t)limits.count);
  }
  return limits;
}

/* The values that the section's pointers lead to. */
typedef struct resource_values {
  hcsref_oci_windows_resources resources;
  hcsref_oci_windows_cpu_resources cpu;
  hcsref_oci_windows_memory_resources memory;
  hcsref_oci_windows_storage_resources storage;
  cpu_limits limits;
  uint64_t memory_limit, iops, bps;
} resource_values;

/* If one limit is set all three are written. */
static void set_cpu(resource_values *v) {
  v->cpu.count = &v->limits.count;
  v->cpu.shares = &v->limits.shares;
  v->cpu.maximum = &v->limits.maximum;
  v->resources.cpu = &v->cpu;
}

static void set_storage(resource_values *v) {
  v->storage.iops = &v->iops;
  v->storage.bps = &v->bps;
  v->resources.storage = &v->storage;
}

bool hcsref_docker_make_resources(hcsref_docker_maker *m, hcsref_oci_windows *windows) {
  const hcsref_docker_host_config *h = &m->host_config;
  resource_values *v = hcsref_arena_alloc(m->arena, sizeof *v);
  if (v == NULL)
    return hcsref_fail_memory(m->err);
  v->limits = limits_of(m);
  v->memory_limit = (uint64_t)h->memory;
  v->iops = h->io_maximum_iops;
  v->bps = h->io_maximum_bandwidth;
  if (v->limits.count != 0 || v->limits.shares != 0 || v->limits.maximum != 0)
    set_cpu(v);
  if (v->memory_limit != 0) {
    v->memory.limit = &v->memory_limit;
    v->resources.memory = &v->memory;
  }
  if (v->iops != 0 || v->bps != 0)
    set_storage(v);
  if (v->resources.cpu != NULL || v->resources.memory != NULL || v->resources.storage != NULL)
    windows->resources = &v->resources;
  return true;
}
