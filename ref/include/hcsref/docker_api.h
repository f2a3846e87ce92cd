/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What docker's API calls a container's configuration and its host configuration. Only the members that reach a
 * Windows container are told apart; the others are there so that a value of a wrong type is refused as upstream refuses
 * it. Source: moby api/types/container/config.go and hostconfig.go, api/types/mount/mount.go.
 */
#ifndef HCSREF_DOCKER_API_H
#define HCSREF_DOCKER_API_H

#include "hcsref/json.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The container's part, and the part of an image that goes into it. */
typedef struct hcsref_docker_config {
  hcsref_str hostname, domainname, user, image, working_dir, mac_address, stop_signal;
  bool attach_stdin, attach_stdout, attach_stderr, tty, open_stdin, stdin_once, args_escaped, network_disabled;
  hcsref_slice env, on_build;                       /* []string */
  hcsref_str cmd_json, entrypoint_json, shell_json; /* before 29.0: a list, or one word */
  hcsref_slice cmd, entrypoint, shell;              /* []string; made of those by hcsref_docker_decode_config */
  hcsref_map exposed_ports, volumes;                /* map[string]struct{} */
  hcsref_map labels;                                /* map[string]string */
  struct hcsref_docker_health_config *healthcheck;
  int64_t *stop_timeout;
  bool without_members; /* no member of the text is one of these: the daemon takes it for none when it makes a container
                         */
} hcsref_docker_config;

/** How to see whether a container is well. Times in nanoseconds. */
typedef struct hcsref_docker_health_config {
  hcsref_slice test; /* []string */
  int64_t interval, timeout, start_period, start_interval, retries;
} hcsref_docker_health_config;

/** A device of the host. */
typedef struct hcsref_docker_device {
  hcsref_str path_on_host, path_in_container, cgroup_permissions;
} hcsref_docker_device;

/** When to start a container again. */
typedef struct hcsref_docker_restart_policy {
  hcsref_str name;
  int64_t maximum_retry_count;
} hcsref_docker_restart_policy;

/** Where a container's output goes. */
typedef struct hcsref_docker_log_config {
  hcsref_str type;
  hcsref_map config; /* map[string]string */
} hcsref_docker_log_config;

/** A port of the host. */
typedef struct hcsref_docker_port_binding {
  hcsref_str host_ip, host_port;
} hcsref_docker_port_binding;

/** The host's ports of a container's port: the entry of a map[nat.Port][]nat.PortBinding. */
typedef struct hcsref_docker_port_entry {
  hcsref_str key;
  hcsref_slice value; /* []PortBinding */
} hcsref_docker_port_entry;

/** A weight or a rate of a block device. */
typedef struct hcsref_docker_block_device {
  hcsref_str path;
  uint64_t rate;
} hcsref_docker_block_device;

/** A limit of a process. */
typedef struct hcsref_docker_ulimit {
  hcsref_str name;
  int64_t hard, soft;
} hcsref_docker_ulimit;

/** A request for devices by what they can do. */
typedef struct hcsref_docker_device_request {
  hcsref_str driver;
  int64_t count;
  hcsref_slice device_ids;   /* []string */
  hcsref_slice capabilities; /* [][]string */
  hcsref_map options;        /* map[string]string */
} hcsref_docker_device_request;

/** Options of a bind mount. */
typedef struct hcsref_docker_bind_options {
  hcsref_str propagation;
  bool non_recursive, create_mountpoint, read_only_non_recursive, read_only_force_recursive;
} hcsref_docker_bind_options;

/** The driver of a volume. */
typedef struct hcsref_docker_driver {
  hcsref_str name;
  hcsref_map options; /* map[string]string */
} hcsref_docker_driver;

/** Options of a volume. */
typedef struct hcsref_docker_volume_options {
  bool no_copy;
  hcsref_map labels; /* map[string]string */
  hcsref_str subpath;
  hcsref_docker_driver *driver_config;
} hcsref_docker_volume_options;

/** Options of an image mount. */
typedef struct hcsref_docker_image_options {
  hcsref_str subpath;
} hcsref_docker_image_options;

/** Options of a file system in memory. */
typedef struct hcsref_docker_tmpfs_options {
  int64_t size_bytes; /* bytes */
  uint32_t mode;
  hcsref_slice options; /* [][]string */
} hcsref_docker_tmpfs_options;

/** Options of a cluster volume: none. */
typedef struct hcsref_docker_cluster_options {
  char none;
} hcsref_docker_cluster_options;

/** A mount in the long form (--mount). */
typedef struct hcsref_docker_mount {
  hcsref_str type; /* "bind", "volume", "npipe", … */
  hcsref_str source, target, consistency;
  bool read_only;
  hcsref_docker_bind_options *bind_options;
  hcsref_docker_volume_options *volume_options;
  hcsref_docker_image_options *image_options;
  hcsref_docker_tmpfs_options *tmpfs_options;
  hcsref_docker_cluster_options *cluster_options;
} hcsref_docker_mount;

/** The host's part. */
typedef struct hcsref_docker_host_config {
  hcsref_slice binds; /* []string: the short form (-v) */
  hcsref_str container_id_file, network_mode, volume_driver, cgroupns_mode, ipc_mode, cgroup, pid_mode, uts_mode,
      userns_mode, runtime, isolation;
  hcsref_docker_log_config log_config;
  hcsref_map port_bindings; /* of hcsref_docker_port_entry */
  hcsref_docker_restart_policy restart_policy;
  bool auto_remove, privileged, publish_all_ports, readonly_rootfs;
  hcsref_slice volumes_from;                                                              /* []string */
  uint64_t console_size[2];                                                               /* height, width */
  hcsref_map annotations;                                                                 /* map[string]string */
  hcsref_str cap_add_json, cap_drop_json;                                                 /* as cmd_json */
  hcsref_slice cap_add, cap_drop;                                                         /* []string */
  hcsref_slice dns, dns_options, dns_search, extra_hosts, group_add, links, security_opt; /* []string */
  int64_t oom_score_adj, shm_size;
  hcsref_map storage_opt, tmpfs, sysctls; /* map[string]string */
  hcsref_slice mounts;                    /* []Mount */
  hcsref_slice masked_paths, readonly_paths;
  bool *init;
  /* Resources. */
  int64_t cpu_shares; /* 1 to 10000 */
  int64_t memory;     /* bytes */
  int64_t nano_cpus;  /* 10^-9 processors */
  int64_t cpu_count, cpu_percent;
  uint64_t io_maximum_iops, io_maximum_bandwidth; /* operations and bytes a second */
  hcsref_str cgroup_parent, cpuset_cpus, cpuset_mems;
  uint16_t blkio_weight;
  hcsref_slice blkio_weight_device, blkio_device_read_bps, blkio_device_write_bps, blkio_device_read_iops,
      blkio_device_write_iops; /* []*… */
  int64_t cpu_period, cpu_quota, cpu_realtime_period, cpu_realtime_runtime;
  hcsref_slice devices;             /* []DeviceMapping */
  hcsref_slice device_cgroup_rules; /* []string */
  hcsref_slice device_requests;     /* []DeviceRequest */
  int64_t kernel_memory, kernel_memory_tcp, memory_reservation, memory_swap;
  int64_t *memory_swappiness, *pids_limit;
  bool *oom_kill_disable;
  hcsref_slice ulimits; /* []*Ulimit */
} hcsref_docker_host_config;

HCSREF_API extern const hcsref_type hcsref_type_docker_config;
HCSREF_API extern const hcsref_type hcsref_type_docker_host_config;

/** Is it an IPv4 or IPv6 address, without a zone? Source: Go net.ParseIP. */
HCSREF_API bool hcsref_is_ip_address(hcsref_str text);

#ifdef __cplusplus
}
#endif

#endif
