/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of docker's API. Source: moby api/types/container/config.go, hostconfig.go, api/types/mount/mount.go,
 * api/types/blkiodev/blkio.go, docker/go-connections nat. */
#include "hcsref/docker_api.h"

#include "release/changes.h"
#include "schema/table.h"

static const hcsref_type int_ptr = POINTER_TO(hcsref_type_int, "*int");
static const hcsref_type int64_ptr = POINTER_TO(hcsref_type_int64, "*int64");
static const hcsref_type bool_ptr = POINTER_TO(hcsref_type_bool, "*bool");
static const hcsref_type duration_type = NAMED(HCSREF_INT64, int64_t, "time.Duration");
static const hcsref_type file_mode = NAMED(HCSREF_UINT32, uint32_t, "fs.FileMode");
static const hcsref_type string_lists = SLICE_OF(hcsref_type_strings, "[][]string");

/* ---- config ------------------------------------------------------------------------------------------------- */

static const hcsref_type nothing_type = EMPTY_STRUCT(hcsref_nothing, "struct {}");
static const hcsref_type string_set = MAP_TO(nothing_type, hcsref_nothing_entry, NULL, "map[string]struct {}");
static const hcsref_type nat_port_set = MAP_TO(nothing_type, hcsref_nothing_entry, NULL, "nat.PortSet");
static const hcsref_type port_set = MAP_TO(nothing_type, hcsref_nothing_entry, NULL, "map[network.Port]struct {}");

static const hcsref_field health_fields[] = {
    OMIT(hcsref_docker_health_config, test, "Test", hcsref_type_strings),
    OMIT(hcsref_docker_health_config, interval, "Interval", duration_type),
    OMIT(hcsref_docker_health_config, timeout, "Timeout", duration_type),
    OMIT(hcsref_docker_health_config, start_period, "StartPeriod", duration_type),
    OMIT(hcsref_docker_health_config, start_interval, "StartInterval", duration_type),
    OMIT(hcsref_docker_health_config, retries, "Retries", hcsref_type_int),
};
static const hcsref_type old_health = STRUCT(hcsref_docker_health_config, "container.HealthConfig", health_fields);
static const hcsref_type old_health_ptr = POINTER_TO(old_health, "*container.HealthConfig");
static const hcsref_type health_type = STRUCT(hcsref_docker_health_config, "v1.HealthcheckConfig", health_fields);
static const hcsref_type health_ptr = POINTER_TO(health_type, "*v1.HealthcheckConfig");

static const hcsref_field config_fields[] = {
    KEEP(hcsref_docker_config, hostname, "Hostname", hcsref_type_string),
    KEEP(hcsref_docker_config, domainname, "Domainname", hcsref_type_string),
    KEEP(hcsref_docker_config, user, "User", hcsref_type_string),
    KEEP(hcsref_docker_config, attach_stdin, "AttachStdin", hcsref_type_bool),
    KEEP(hcsref_docker_config, attach_stdout, "AttachStdout", hcsref_type_bool),
    KEEP(hcsref_docker_config, attach_stderr, "AttachStderr", hcsref_type_bool),
    UNTIL(hcsref_docker_config, exposed_ports, "ExposedPorts", nat_port_set, true, HCSREF_CHANGE_MOBY_TYPED_API),
    SINCE(hcsref_docker_config, exposed_ports, "ExposedPorts", port_set, true, HCSREF_CHANGE_MOBY_TYPED_API),
    KEEP(hcsref_docker_config, tty, "Tty", hcsref_type_bool),
    KEEP(hcsref_docker_config, open_stdin, "OpenStdin", hcsref_type_bool),
    KEEP(hcsref_docker_config, stdin_once, "StdinOnce", hcsref_type_bool),
    KEEP(hcsref_docker_config, env, "Env", hcsref_type_strings),
    UNTIL(hcsref_docker_config, cmd_json, "Cmd", hcsref_type_raw, false, HCSREF_CHANGE_MOBY_TYPED_API),
    SINCE(hcsref_docker_config, cmd, "Cmd", hcsref_type_strings, false, HCSREF_CHANGE_MOBY_TYPED_API),
    UNTIL(hcsref_docker_config, healthcheck, "Healthcheck", old_health_ptr, true, HCSREF_CHANGE_MOBY_START_INTERVAL),
    SINCE(hcsref_docker_config, healthcheck, "Healthcheck", health_ptr, true, HCSREF_CHANGE_MOBY_START_INTERVAL),
    OMIT(hcsref_docker_config, args_escaped, "ArgsEscaped", hcsref_type_bool),
    KEEP(hcsref_docker_config, image, "Image", hcsref_type_string),
    KEEP(hcsref_docker_config, volumes, "Volumes", string_set),
    KEEP(hcsref_docker_config, working_dir, "WorkingDir", hcsref_type_string),
    UNTIL(hcsref_docker_config, entrypoint_json, "Entrypoint", hcsref_type_raw, false, HCSREF_CHANGE_MOBY_TYPED_API),
    SINCE(hcsref_docker_config, entrypoint, "Entrypoint", hcsref_type_strings, false, HCSREF_CHANGE_MOBY_TYPED_API),
    OMIT(hcsref_docker_config, network_disabled, "NetworkDisabled", hcsref_type_bool),
    UNTIL(hcsref_docker_config, mac_address, "MacAddress", hcsref_type_string, true, HCSREF_CHANGE_MOBY_TYPED_API),
    KEEP(hcsref_docker_config, on_build, "OnBuild", hcsref_type_strings),
    KEEP(hcsref_docker_config, labels, "Labels", hcsref_type_string_map),
    OMIT(hcsref_docker_config, stop_signal, "StopSignal", hcsref_type_string),
    OMIT(hcsref_docker_config, stop_timeout, "StopTimeout", int_ptr),
    UNTIL(hcsref_docker_config, shell_json, "Shell", hcsref_type_raw, true, HCSREF_CHANGE_MOBY_TYPED_API),
    SINCE(hcsref_docker_config, shell, "Shell", hcsref_type_strings, true, HCSREF_CHANGE_MOBY_TYPED_API),
};
const hcsref_type hcsref_type_docker_config = STRUCT(hcsref_docker_config, "container.Config", config_fields);

/* ---- mounts ------------------------------------------------------------------------------------------------- */

static const hcsref_type mount_kind = NAMED(HCSREF_STRING, hcsref_str, "mount.Type");
static const hcsref_type consistency_type = NAMED(HCSREF_STRING, hcsref_str, "mount.Consistency");
static const hcsref_type propagation_type = NAMED(HCSREF_STRING, hcsref_str, "mount.Propagation");

static const hcsref_field bind_options_fields[] = {
    OMIT(hcsref_docker_bind_options, propagation, "Propagation", propagation_type),
    OMIT(hcsref_docker_bind_options, non_recursive, "NonRecursive", hcsref_type_bool),
    SINCE(hcsref_docker_bind_options, create_mountpoint, "CreateMountpoint", hcsref_type_bool, true,
          HCSREF_CHANGE_MOBY_CREATE_MOUNTPOINT),
    SINCE(hcsref_docker_bind_options, read_only_non_recursive, "ReadOnlyNonRecursive", hcsref_type_bool, true,
          HCSREF_CHANGE_MOBY_RECURSIVE_READ_ONLY),
    SINCE(hcsref_docker_bind_options, read_only_force_recursive, "ReadOnlyForceRecursive", hcsref_type_bool, true,
          HCSREF_CHANGE_MOBY_RECURSIVE_READ_ONLY),
};
static const hcsref_type bind_options_type =
    STRUCT(hcsref_docker_bind_options, "mount.BindOptions", bind_options_fields);
static const hcsref_type bind_options_ptr = POINTER_TO(bind_options_type, "*mount.BindOptions");

static const hcsref_field driver_fields[] = {
    OMIT(hcsref_docker_driver, name, "Name", hcsref_type_string),
    OMIT(hcsref_docker_driver, options, "Options", hcsref_type_string_map),
};
static const hcsref_type driver_type = STRUCT(hcsref_docker_driver, "mount.Driver", driver_fields);
static const hcsref_type driver_ptr = POINTER_TO(driver_type, "*mount.Driver");

static const hcsref_field volume_options_fields[] = {
    OMIT(hcsref_docker_volume_options, no_copy, "NoCopy", hcsref_type_bool),
    OMIT(hcsref_docker_volume_options, labels, "Labels", hcsref_type_string_map),
    SINCE(hcsref_docker_volume_options, subpath, "Subpath", hcsref_type_string, true,
          HCSREF_CHANGE_MOBY_VOLUME_SUBPATH),
    OMIT(hcsref_docker_volume_options, driver_config, "DriverConfig", driver_ptr),
};
static const hcsref_type volume_options_type =
    STRUCT(hcsref_docker_volume_options, "mount.VolumeOptions", volume_options_fields);
static const hcsref_type volume_options_ptr = POINTER_TO(volume_options_type, "*mount.VolumeOptions");

static const hcsref_field image_options_fields[] = {
    OMIT(hcsref_docker_image_options, subpath, "Subpath", hcsref_type_string),
};
static const hcsref_type image_options_type =
    STRUCT(hcsref_docker_image_options, "mount.ImageOptions", image_options_fields);
static const hcsref_type image_options_ptr = POINTER_TO(image_options_type, "*mount.ImageOptions");

static const hcsref_field tmpfs_options_fields[] = {
    OMIT(hcsref_docker_tmpfs_options, size_bytes, "SizeBytes", hcsref_type_int64),
    OMIT(hcsref_docker_tmpfs_options, mode, "Mode", file_mode),
    SINCE(hcsref_docker_tmpfs_options, options, "Options", string_lists, true, HCSREF_CHANGE_MOBY_TMPFS_OPTIONS),
};
static const hcsref_type tmpfs_options_type =
    STRUCT(hcsref_docker_tmpfs_options, "mount.TmpfsOptions", tmpfs_options_fields);
static const hcsref_type tmpfs_options_ptr = POINTER_TO(tmpfs_options_type, "*mount.TmpfsOptions");

static const hcsref_type cluster_options_type = {
    HCSREF_STRUCT, "mount.ClusterOptions", sizeof(hcsref_docker_cluster_options), NULL, NULL, 0, 0, NULL, 0};
static const hcsref_type cluster_options_ptr = POINTER_TO(cluster_options_type, "*mount.ClusterOptions");

static const hcsref_field mount_fields[] = {
    OMIT(hcsref_docker_mount, type, "Type", mount_kind),
    OMIT(hcsref_docker_mount, source, "Source", hcsref_type_string),
    OMIT(hcsref_docker_mount, target, "Target", hcsref_type_string),
    OMIT(hcsref_docker_mount, read_only, "ReadOnly", hcsref_type_bool),
    OMIT(hcsref_docker_mount, consistency, "Consistency", consistency_type),
    OMIT(hcsref_docker_mount, bind_options, "BindOptions", bind_options_ptr),
    OMIT(hcsref_docker_mount, volume_options, "VolumeOptions", volume_options_ptr),
    SINCE(hcsref_docker_mount, image_options, "ImageOptions", image_options_ptr, true, HCSREF_CHANGE_MOBY_IMAGE_MOUNTS),
    OMIT(hcsref_docker_mount, tmpfs_options, "TmpfsOptions", tmpfs_options_ptr),
    SINCE(hcsref_docker_mount, cluster_options, "ClusterOptions", cluster_options_ptr, true,
          HCSREF_CHANGE_MOBY_NO_LCOW),
};
static const hcsref_type mount_type = STRUCT(hcsref_docker_mount, "mount.Mount", mount_fields);
static const hcsref_type mount_list = SLICE_OF(mount_type, "[]mount.Mount");

/* ---- host config ---------------------------------------------------------------------------------------------- */

static const hcsref_field device_fields[] = {
    KEEP(hcsref_docker_device, path_on_host, "PathOnHost", hcsref_type_string),
    KEEP(hcsref_docker_device, path_in_container, "PathInContainer", hcsref_type_string),
    KEEP(hcsref_docker_device, cgroup_permissions, "CgroupPermissions", hcsref_type_string),
};
static const hcsref_type device_type = STRUCT(hcsref_docker_device, "container.DeviceMapping", device_fields);
static const hcsref_type device_list = SLICE_OF(device_type, "[]container.DeviceMapping");

static const hcsref_field request_fields[] = {
    KEEP(hcsref_docker_device_request, driver, "Driver", hcsref_type_string),
    KEEP(hcsref_docker_device_request, count, "Count", hcsref_type_int),
    KEEP(hcsref_docker_device_request, device_ids, "DeviceIDs", hcsref_type_strings),
    KEEP(hcsref_docker_device_request, capabilities, "Capabilities", string_lists),
    KEEP(hcsref_docker_device_request, options, "Options", hcsref_type_string_map),
};
static const hcsref_type request_type = STRUCT(hcsref_docker_device_request, "container.DeviceRequest", request_fields);
static const hcsref_type request_list = SLICE_OF(request_type, "[]container.DeviceRequest");

static const hcsref_type restart_mode = NAMED(HCSREF_STRING, hcsref_str, "container.RestartPolicyMode");
static const hcsref_field restart_fields[] = {
    UNTIL(hcsref_docker_restart_policy, name, "Name", hcsref_type_string, false, HCSREF_CHANGE_MOBY_RESTART_TEXTS),
    SINCE(hcsref_docker_restart_policy, name, "Name", restart_mode, false, HCSREF_CHANGE_MOBY_RESTART_TEXTS),
    KEEP(hcsref_docker_restart_policy, maximum_retry_count, "MaximumRetryCount", hcsref_type_int),
};
static const hcsref_type restart_type = STRUCT(hcsref_docker_restart_policy, "container.RestartPolicy", restart_fields);

static const hcsref_field log_fields[] = {
    KEEP(hcsref_docker_log_config, type, "Type", hcsref_type_string),
    KEEP(hcsref_docker_log_config, config, "Config", hcsref_type_string_map),
};
static const hcsref_type log_type = STRUCT(hcsref_docker_log_config, "container.LogConfig", log_fields);

/* Texts; what parses them since 29 is in docker/decode.c. */
static const hcsref_type address_type = NAMED(HCSREF_STRING, hcsref_str, "netip.Addr");
static const hcsref_type address_list = SLICE_OF(address_type, "[]netip.Addr");

static const hcsref_field port_fields[] = {
    UNTIL(hcsref_docker_port_binding, host_ip, "HostIp", hcsref_type_string, false, HCSREF_CHANGE_MOBY_TYPED_API),
    SINCE(hcsref_docker_port_binding, host_ip, "HostIp", address_type, false, HCSREF_CHANGE_MOBY_TYPED_API),
    KEEP(hcsref_docker_port_binding, host_port, "HostPort", hcsref_type_string),
};
static const hcsref_type nat_port_type = STRUCT(hcsref_docker_port_binding, "nat.PortBinding", port_fields);
static const hcsref_type nat_port_list = SLICE_OF(nat_port_type, "[]nat.PortBinding");
static const hcsref_type nat_port_map = MAP_TO(nat_port_list, hcsref_docker_port_entry, NULL, "nat.PortMap");
static const hcsref_type port_type = STRUCT(hcsref_docker_port_binding, "network.PortBinding", port_fields);
static const hcsref_type port_list = SLICE_OF(port_type, "[]network.PortBinding");
static const hcsref_type port_map =
    MAP_TO(port_list, hcsref_docker_port_entry, NULL, "map[network.Port][]network.PortBinding");

static const hcsref_field rate_fields[] = {
    KEEP(hcsref_docker_block_device, path, "Path", hcsref_type_string),
    KEEP(hcsref_docker_block_device, rate, "Rate", hcsref_type_uint64),
};
static const hcsref_type rate_type = STRUCT(hcsref_docker_block_device, "blkiodev.ThrottleDevice", rate_fields);
static const hcsref_type rate_ptr = POINTER_TO(rate_type, "*blkiodev.ThrottleDevice");
static const hcsref_type rate_list = SLICE_OF(rate_ptr, "[]*blkiodev.ThrottleDevice");

typedef struct weight_device {
  hcsref_str path;
  uint16_t weight;
} weight_device;
static const hcsref_field weight_fields[] = {
    KEEP(weight_device, path, "Path", hcsref_type_string),
    KEEP(weight_device, weight, "Weight", hcsref_type_uint16),
};
static const hcsref_type weight_type = STRUCT(weight_device, "blkiodev.WeightDevice", weight_fields);
static const hcsref_type weight_ptr = POINTER_TO(weight_type, "*blkiodev.WeightDevice");
static const hcsref_type weight_list = SLICE_OF(weight_ptr, "[]*blkiodev.WeightDevice");

static const hcsref_field ulimit_fields[] = {
    KEEP(hcsref_docker_ulimit, name, "Name", hcsref_type_string),
    KEEP(hcsref_docker_ulimit, hard, "Hard", hcsref_type_int64),
    KEEP(hcsref_docker_ulimit, soft, "Soft", hcsref_type_int64),
};
static const hcsref_type ulimit_type = STRUCT(hcsref_docker_ulimit, "units.Ulimit", ulimit_fields);
static const hcsref_type ulimit_ptr = POINTER_TO(ulimit_type, "*units.Ulimit");
static const hcsref_type ulimit_list = SLICE_OF(ulimit_ptr, "[]*units.Ulimit");

static const hcsref_type network_mode_type = NAMED(HCSREF_STRING, hcsref_str, "container.NetworkMode");
static const hcsref_type cgroupns_mode_type = NAMED(HCSREF_STRING, hcsref_str, "container.CgroupnsMode");
static const hcsref_type ipc_mode_type = NAMED(HCSREF_STRING, hcsref_str, "container.IpcMode");
static const hcsref_type cgroup_type = NAMED(HCSREF_STRING, hcsref_str, "container.CgroupSpec");
static const hcsref_type pid_mode_type = NAMED(HCSREF_STRING, hcsref_str, "container.PidMode");
static const hcsref_type uts_mode_type = NAMED(HCSREF_STRING, hcsref_str, "container.UTSMode");
static const hcsref_type userns_mode_type = NAMED(HCSREF_STRING, hcsref_str, "container.UsernsMode");
static const hcsref_type isolation_type = NAMED(HCSREF_STRING, hcsref_str, "container.Isolation");
static const hcsref_type console_size = ARRAY_OF(hcsref_type_uint, uint64_t, 2, "[2]uint");

#define HOST(member, name, type)      KEEP(hcsref_docker_host_config, member, name, type)
#define HOST_OMIT(member, name, type) OMIT(hcsref_docker_host_config, member, name, type)
#define RESOURCE(member, name, type)  INSIDE("Resources", hcsref_docker_host_config, member, name, type, false)

static const hcsref_field host_config_fields[] = {
    HOST(binds, "Binds", hcsref_type_strings),
    HOST(container_id_file, "ContainerIDFile", hcsref_type_string),
    HOST(log_config, "LogConfig", log_type),
    HOST(network_mode, "NetworkMode", network_mode_type),
    UNTIL(hcsref_docker_host_config, port_bindings, "PortBindings", nat_port_map, false, HCSREF_CHANGE_MOBY_TYPED_API),
    SINCE(hcsref_docker_host_config, port_bindings, "PortBindings", port_map, false, HCSREF_CHANGE_MOBY_TYPED_API),
    HOST(restart_policy, "RestartPolicy", restart_type),
    HOST(auto_remove, "AutoRemove", hcsref_type_bool),
    HOST(volume_driver, "VolumeDriver", hcsref_type_string),
    HOST(volumes_from, "VolumesFrom", hcsref_type_strings),
    HOST(console_size, "ConsoleSize", console_size),
    SINCE(hcsref_docker_host_config, annotations, "Annotations", hcsref_type_string_map, true,
          HCSREF_CHANGE_MOBY_ANNOTATIONS),
    UNTIL(hcsref_docker_host_config, cap_add_json, "CapAdd", hcsref_type_raw, false, HCSREF_CHANGE_MOBY_TYPED_API),
    SINCE(hcsref_docker_host_config, cap_add, "CapAdd", hcsref_type_strings, false, HCSREF_CHANGE_MOBY_TYPED_API),
    UNTIL(hcsref_docker_host_config, cap_drop_json, "CapDrop", hcsref_type_raw, false, HCSREF_CHANGE_MOBY_TYPED_API),
    SINCE(hcsref_docker_host_config, cap_drop, "CapDrop", hcsref_type_strings, false, HCSREF_CHANGE_MOBY_TYPED_API),
    HOST(cgroupns_mode, "CgroupnsMode", cgroupns_mode_type),
    UNTIL(hcsref_docker_host_config, dns, "Dns", hcsref_type_strings, false, HCSREF_CHANGE_MOBY_TYPED_API),
    SINCE(hcsref_docker_host_config, dns, "Dns", address_list, false, HCSREF_CHANGE_MOBY_TYPED_API),
    HOST(dns_options, "DnsOptions", hcsref_type_strings),
    HOST(dns_search, "DnsSearch", hcsref_type_strings),
    HOST(extra_hosts, "ExtraHosts", hcsref_type_strings),
    HOST(group_add, "GroupAdd", hcsref_type_strings),
    HOST(ipc_mode, "IpcMode", ipc_mode_type),
    HOST(cgroup, "Cgroup", cgroup_type),
    HOST(links, "Links", hcsref_type_strings),
    HOST(oom_score_adj, "OomScoreAdj", hcsref_type_int),
    HOST(pid_mode, "PidMode", pid_mode_type),
    HOST(privileged, "Privileged", hcsref_type_bool),
    HOST(publish_all_ports, "PublishAllPorts", hcsref_type_bool),
    HOST(readonly_rootfs, "ReadonlyRootfs", hcsref_type_bool),
    HOST(security_opt, "SecurityOpt", hcsref_type_strings),
    HOST_OMIT(storage_opt, "StorageOpt", hcsref_type_string_map),
    HOST_OMIT(tmpfs, "Tmpfs", hcsref_type_string_map),
    HOST(uts_mode, "UTSMode", uts_mode_type),
    HOST(userns_mode, "UsernsMode", userns_mode_type),
    HOST(shm_size, "ShmSize", hcsref_type_int64),
    HOST_OMIT(sysctls, "Sysctls", hcsref_type_string_map),
    HOST_OMIT(runtime, "Runtime", hcsref_type_string),
    HOST(isolation, "Isolation", isolation_type),
    RESOURCE(cpu_shares, "CpuShares", hcsref_type_int64),
    RESOURCE(memory, "Memory", hcsref_type_int64),
    RESOURCE(nano_cpus, "NanoCpus", hcsref_type_int64),
    RESOURCE(cgroup_parent, "CgroupParent", hcsref_type_string),
    RESOURCE(blkio_weight, "BlkioWeight", hcsref_type_uint16),
    RESOURCE(blkio_weight_device, "BlkioWeightDevice", weight_list),
    RESOURCE(blkio_device_read_bps, "BlkioDeviceReadBps", rate_list),
    RESOURCE(blkio_device_write_bps, "BlkioDeviceWriteBps", rate_list),
    RESOURCE(blkio_device_read_iops, "BlkioDeviceReadIOps", rate_list),
    RESOURCE(blkio_device_write_iops, "BlkioDeviceWriteIOps", rate_list),
    RESOURCE(cpu_period, "CpuPeriod", hcsref_type_int64),
    RESOURCE(cpu_quota, "CpuQuota", hcsref_type_int64),
    RESOURCE(cpu_realtime_period, "CpuRealtimePeriod", hcsref_type_int64),
    RESOURCE(cpu_realtime_runtime, "CpuRealtimeRuntime", hcsref_type_int64),
    RESOURCE(cpuset_cpus, "CpusetCpus", hcsref_type_string),
    RESOURCE(cpuset_mems, "CpusetMems", hcsref_type_string),
    RESOURCE(devices, "Devices", device_list),
    RESOURCE(device_cgroup_rules, "DeviceCgroupRules", hcsref_type_strings),
    RESOURCE(device_requests, "DeviceRequests", request_list),
    INSIDE_UNTIL("Resources", hcsref_docker_host_config, kernel_memory, "KernelMemory", hcsref_type_int64, true,
                 HCSREF_CHANGE_MOBY_TYPED_API),
    INSIDE_UNTIL("Resources", hcsref_docker_host_config, kernel_memory_tcp, "KernelMemoryTCP", hcsref_type_int64, true,
                 HCSREF_CHANGE_MOBY_TYPED_API),
    RESOURCE(memory_reservation, "MemoryReservation", hcsref_type_int64),
    RESOURCE(memory_swap, "MemorySwap", hcsref_type_int64),
    RESOURCE(memory_swappiness, "MemorySwappiness", int64_ptr),
    RESOURCE(oom_kill_disable, "OomKillDisable", bool_ptr),
    RESOURCE(pids_limit, "PidsLimit", int64_ptr),
    RESOURCE(ulimits, "Ulimits", ulimit_list),
    RESOURCE(cpu_count, "CpuCount", hcsref_type_int64),
    RESOURCE(cpu_percent, "CpuPercent", hcsref_type_int64),
    RESOURCE(io_maximum_iops, "IOMaximumIOps", hcsref_type_uint64),
    RESOURCE(io_maximum_bandwidth, "IOMaximumBandwidth", hcsref_type_uint64),
    HOST_OMIT(mounts, "Mounts", mount_list),
    HOST(masked_paths, "MaskedPaths", hcsref_type_strings),
    HOST(readonly_paths, "ReadonlyPaths", hcsref_type_strings),
    HOST_OMIT(init, "Init", bool_ptr),
};
const hcsref_type hcsref_type_docker_host_config =
    STRUCT(hcsref_docker_host_config, "container.HostConfig", host_config_fields);
