/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The Linux parts of the OCI runtime spec, of which hcsref/oci.h is the whole. No stage reads the Linux section; the
 * codec reads and writes it. Source: opencontainers/runtime-spec specs-go/config.go.
 */
#ifndef HCSREF_OCI_LINUX_H
#define HCSREF_OCI_LINUX_H

#include "hcsref/json.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hcsref_oci_linux_capabilities hcsref_oci_linux_capabilities;
typedef struct hcsref_oci_linux_io_priority hcsref_oci_linux_io_priority;
typedef struct hcsref_oci_linux hcsref_oci_linux;
typedef struct hcsref_oci_linux_namespace hcsref_oci_linux_namespace;
typedef struct hcsref_oci_linux_id_mapping hcsref_oci_linux_id_mapping;
typedef struct hcsref_oci_linux_time_offset hcsref_oci_linux_time_offset;
typedef struct hcsref_oci_linux_hugepage_limit hcsref_oci_linux_hugepage_limit;
typedef struct hcsref_oci_linux_interface_priority hcsref_oci_linux_interface_priority;
typedef struct hcsref_oci_linux_block_io_device hcsref_oci_linux_block_io_device;
typedef struct hcsref_oci_linux_weight_device hcsref_oci_linux_weight_device;
typedef struct hcsref_oci_linux_throttle_device hcsref_oci_linux_throttle_device;
typedef struct hcsref_oci_linux_block_io hcsref_oci_linux_block_io;
typedef struct hcsref_oci_linux_memory hcsref_oci_linux_memory;
typedef struct hcsref_oci_linux_cpu hcsref_oci_linux_cpu;
typedef struct hcsref_oci_linux_pids hcsref_oci_linux_pids;
typedef struct hcsref_oci_linux_network hcsref_oci_linux_network;
typedef struct hcsref_oci_linux_rdma hcsref_oci_linux_rdma;
typedef struct hcsref_oci_linux_resources hcsref_oci_linux_resources;
typedef struct hcsref_oci_linux_device hcsref_oci_linux_device;
typedef struct hcsref_oci_linux_device_cgroup hcsref_oci_linux_device_cgroup;
typedef struct hcsref_oci_linux_personality hcsref_oci_linux_personality;
typedef struct hcsref_oci_linux_seccomp hcsref_oci_linux_seccomp;
typedef struct hcsref_oci_linux_seccomp_arg hcsref_oci_linux_seccomp_arg;
typedef struct hcsref_oci_linux_syscall hcsref_oci_linux_syscall;
typedef struct hcsref_oci_linux_intel_rdt hcsref_oci_linux_intel_rdt;
/* hcsref/oci_recent.h */
typedef struct hcsref_oci_linux_memory_policy hcsref_oci_linux_memory_policy;

/** Linux capability sets, by name ("CAP_KILL"). */
struct hcsref_oci_linux_capabilities {
  hcsref_slice bounding;    /* []string */
  hcsref_slice effective;   /* []string */
  hcsref_slice inheritable; /* []string */
  hcsref_slice permitted;   /* []string */
  hcsref_slice ambient;     /* []string */
};

/** Linux I/O scheduling class and priority. */
struct hcsref_oci_linux_io_priority {
  hcsref_str priority_class;
  int64_t priority;
};

/** The Linux section; no stage reads it. */
struct hcsref_oci_linux {
  hcsref_slice uid_mappings; /* []LinuxIDMapping */
  hcsref_slice gid_mappings; /* []LinuxIDMapping */
  hcsref_map sysctl;         /* map[string]string */
  hcsref_oci_linux_resources *resources;
  hcsref_str cgroups_path;
  hcsref_slice namespaces; /* []LinuxNamespace */
  hcsref_slice devices;    /* []LinuxDevice */
  hcsref_oci_linux_seccomp *seccomp;
  hcsref_str rootfs_propagation;
  hcsref_slice masked_paths;   /* []string */
  hcsref_slice readonly_paths; /* []string */
  hcsref_str mount_label;
  hcsref_oci_linux_intel_rdt *intel_rdt;
  hcsref_oci_linux_personality *personality;
  hcsref_map time_offsets;                       /* map[string]LinuxTimeOffset: 1.1.0 only */
  hcsref_map net_devices;                        /* map[string]LinuxNetDevice: since 1.3.0 */
  hcsref_oci_linux_memory_policy *memory_policy; /* since 1.3.0 */
};

/** A Linux namespace to make or to join. */
struct hcsref_oci_linux_namespace {
  hcsref_str type;
  hcsref_str path;
};

/** A range of user or group ids. */
struct hcsref_oci_linux_id_mapping {
  uint32_t container_id;
  uint32_t host_id;
  uint32_t size;
};

/** Offset of a clock in a Linux time namespace. */
struct hcsref_oci_linux_time_offset {
  int64_t secs;
  uint32_t nanosecs;
};

/** Bytes of one size of huge page. */
struct hcsref_oci_linux_hugepage_limit {
  hcsref_str page_size;
  uint64_t limit;
};

/** Traffic priority of a network interface. */
struct hcsref_oci_linux_interface_priority {
  hcsref_str name;
  uint32_t priority;
};

/** Numbers of a block device; embedded, so its fields are those of the struct around it. */
struct hcsref_oci_linux_block_io_device {
  int64_t major;
  int64_t minor;
};

/** Share of a block device's time. */
struct hcsref_oci_linux_weight_device {
  hcsref_oci_linux_block_io_device linux_block_io_device;
  uint16_t *weight;
  uint16_t *leaf_weight;
};

/** Limit on a block device. */
struct hcsref_oci_linux_throttle_device {
  hcsref_oci_linux_block_io_device linux_block_io_device;
  uint64_t rate; /* bytes or operations a second */
};

/** The blkio cgroup. */
struct hcsref_oci_linux_block_io {
  uint16_t *weight;
  uint16_t *leaf_weight;
  hcsref_slice weight_device;              /* []LinuxWeightDevice */
  hcsref_slice throttle_read_bps_device;   /* []LinuxThrottleDevice */
  hcsref_slice throttle_write_bps_device;  /* []LinuxThrottleDevice */
  hcsref_slice throttle_read_iops_device;  /* []LinuxThrottleDevice */
  hcsref_slice throttle_write_iops_device; /* []LinuxThrottleDevice */
};

/** The memory cgroup, in bytes (-1: no limit). */
struct hcsref_oci_linux_memory {
  int64_t *limit;
  int64_t *reservation;
  int64_t *swap;
  int64_t *kernel;
  int64_t *kernel_tcp;
  uint64_t *swappiness;
  bool *disable_oom_killer;
  bool *use_hierarchy;
  bool *check_before_update; /* 1.1.0 only */
};

/** The cpu and cpuset cgroups. */
struct hcsref_oci_linux_cpu {
  uint64_t *shares;
  int64_t *quota;
  uint64_t *burst; /* 1.1.0 only */
  uint64_t *period;
  int64_t *realtime_runtime;
  uint64_t *realtime_period;
  hcsref_str cpus;
  hcsref_str mems;
  int64_t *idle; /* 1.1.0 only */
};

/** The pids cgroup. */
struct hcsref_oci_linux_pids {
  int64_t limit;
  int64_t *limit_or_null; /* since 1.3.0, in place of limit */
};

/** The net_cls and net_prio cgroups. */
struct hcsref_oci_linux_network {
  uint32_t *class_id;
  hcsref_slice priorities; /* []LinuxInterfacePriority */
};

/** The rdma cgroup, one device. */
struct hcsref_oci_linux_rdma {
  uint32_t *hca_handles;
  uint32_t *hca_objects;
};

/** All Linux cgroups. */
struct hcsref_oci_linux_resources {
  hcsref_slice devices; /* []LinuxDeviceCgroup */
  hcsref_oci_linux_memory *memory;
  hcsref_oci_linux_cpu *cpu;
  hcsref_oci_linux_pids *pids;
  hcsref_oci_linux_block_io *block_io;
  hcsref_slice hugepage_limits; /* []LinuxHugepageLimit */
  hcsref_oci_linux_network *network;
  hcsref_map rdma;    /* map[string]LinuxRdma */
  hcsref_map unified; /* map[string]string */
};

/** A device node to make in a Linux container. */
struct hcsref_oci_linux_device {
  hcsref_str path;
  hcsref_str type;
  int64_t major;
  int64_t minor;
  uint32_t *file_mode;
  uint32_t *uid;
  uint32_t *gid;
};

/** A rule of the devices cgroup. */
struct hcsref_oci_linux_device_cgroup {
  bool allow;
  hcsref_str type;
  int64_t *major;
  int64_t *minor;
  hcsref_str access;
};

/** Execution domain of personality(2). */
struct hcsref_oci_linux_personality {
  hcsref_str domain;
  hcsref_slice flags; /* []LinuxPersonalityFlag */
};

/** System call filter. */
struct hcsref_oci_linux_seccomp {
  hcsref_str default_action;
  uint64_t *default_errno_ret;
  hcsref_slice architectures; /* []Arch */
  hcsref_slice flags;         /* []LinuxSeccompFlag */
  hcsref_str listener_path;
  hcsref_str listener_metadata;
  hcsref_slice syscalls; /* []LinuxSyscall */
};

/** Condition on an argument of a system call. */
struct hcsref_oci_linux_seccomp_arg {
  uint64_t index;
  uint64_t value;
  uint64_t value_two;
  hcsref_str op;
};

/** A rule of the system call filter. */
struct hcsref_oci_linux_syscall {
  hcsref_slice names; /* []string */
  hcsref_str action;
  uint64_t *errno_ret;
  hcsref_slice args; /* []LinuxSeccompArg */
};

/** Intel cache and memory bandwidth control. */
struct hcsref_oci_linux_intel_rdt {
  hcsref_str clos_id;
  hcsref_str l3_cache_schema;
  hcsref_str mem_bw_schema;
  bool enable_cmt;        /* 1.1.0 to 1.2.1 */
  bool enable_mbm;        /* 1.1.0 to 1.2.1 */
  hcsref_slice schemata;  /* []string: since 1.3.0 */
  bool enable_monitoring; /* since 1.3.0 */
};

/** The entry of a map[string]LinuxTimeOffset. */
typedef struct hcsref_oci_linux_time_offset_entry {
  hcsref_str key;
  hcsref_oci_linux_time_offset value;
} hcsref_oci_linux_time_offset_entry;

/** The entry of a map[string]LinuxRdma. */
typedef struct hcsref_oci_linux_rdma_entry {
  hcsref_str key;
  hcsref_oci_linux_rdma value;
} hcsref_oci_linux_rdma_entry;

HCSREF_API extern const hcsref_type hcsref_type_oci_linux_capabilities;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_io_priority;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_namespace;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_id_mapping;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_time_offset;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_hugepage_limit;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_interface_priority;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_weight_device;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_throttle_device;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_block_io;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_memory;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_cpu;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_pids;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_network;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_rdma;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_resources;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_device;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_device_cgroup;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_personality;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_seccomp;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_seccomp_arg;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_syscall;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_intel_rdt;

#ifdef __cplusplus
}
#endif

#endif
