/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the Linux section of the OCI runtime spec 1.1.0. No stage looks into it, but what is in a spec must
 * have the right types. Source: opencontainers/runtime-spec specs-go/config.go. */
#include "hcsref/oci.h"

#include "release/changes.h"
#include "schema/oci_shared.h"
#include "schema/table.h"

const hcsref_type hcsref_oci_linux_id_mapping_list =
    SLICE_OF(hcsref_type_oci_linux_id_mapping, "[]specs.LinuxIDMapping");
static const hcsref_type linux_resources_ptr = POINTER_TO(hcsref_type_oci_linux_resources, "*specs.LinuxResources");
const hcsref_type hcsref_oci_linux_namespace_list = SLICE_OF(hcsref_type_oci_linux_namespace, "[]specs.LinuxNamespace");
const hcsref_type hcsref_oci_linux_device_list = SLICE_OF(hcsref_type_oci_linux_device, "[]specs.LinuxDevice");
const hcsref_type hcsref_oci_linux_seccomp_ptr = POINTER_TO(hcsref_type_oci_linux_seccomp, "*specs.LinuxSeccomp");
static const hcsref_type linux_intel_rdt_ptr = POINTER_TO(hcsref_type_oci_linux_intel_rdt, "*specs.LinuxIntelRdt");
const hcsref_type hcsref_oci_linux_personality_ptr =
    POINTER_TO(hcsref_type_oci_linux_personality, "*specs.LinuxPersonality");
static const hcsref_type linux_time_offset_map = MAP_TO(
    hcsref_type_oci_linux_time_offset, hcsref_oci_linux_time_offset_entry, NULL, "map[string]specs.LinuxTimeOffset");
static const hcsref_type linux_namespace_type = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxNamespaceType");
static const hcsref_type linux_weight_device_list =
    SLICE_OF(hcsref_type_oci_linux_weight_device, "[]specs.LinuxWeightDevice");
static const hcsref_type linux_throttle_device_list =
    SLICE_OF(hcsref_type_oci_linux_throttle_device, "[]specs.LinuxThrottleDevice");

static const hcsref_type linux_interface_priority_list =
    SLICE_OF(hcsref_type_oci_linux_interface_priority, "[]specs.LinuxInterfacePriority");
const hcsref_type hcsref_oci_linux_device_cgroup_list =
    SLICE_OF(hcsref_type_oci_linux_device_cgroup, "[]specs.LinuxDeviceCgroup");
static const hcsref_type linux_memory_ptr = POINTER_TO(hcsref_type_oci_linux_memory, "*specs.LinuxMemory");
static const hcsref_type linux_cpu_ptr = POINTER_TO(hcsref_type_oci_linux_cpu, "*specs.LinuxCPU");
const hcsref_type hcsref_oci_linux_pids_ptr = POINTER_TO(hcsref_type_oci_linux_pids, "*specs.LinuxPids");
const hcsref_type hcsref_oci_linux_block_io_ptr = POINTER_TO(hcsref_type_oci_linux_block_io, "*specs.LinuxBlockIO");
const hcsref_type hcsref_oci_linux_hugepage_limit_list =
    SLICE_OF(hcsref_type_oci_linux_hugepage_limit, "[]specs.LinuxHugepageLimit");
const hcsref_type hcsref_oci_linux_network_ptr = POINTER_TO(hcsref_type_oci_linux_network, "*specs.LinuxNetwork");
const hcsref_type hcsref_oci_linux_rdma_map =
    MAP_TO(hcsref_type_oci_linux_rdma, hcsref_oci_linux_rdma_entry, NULL, "map[string]specs.LinuxRdma");

static const hcsref_type linux_personality_domain = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxPersonalityDomain");
static const hcsref_type linux_personality_flag = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxPersonalityFlag");
static const hcsref_type linux_personality_flag_list = SLICE_OF(linux_personality_flag, "[]specs.LinuxPersonalityFlag");
static const hcsref_type linux_seccomp_action = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxSeccompAction");
static const hcsref_type uint_ptr = POINTER_TO(hcsref_type_uint, "*uint");
static const hcsref_type arch = NAMED(HCSREF_STRING, hcsref_str, "specs.Arch");
static const hcsref_type arch_list = SLICE_OF(arch, "[]specs.Arch");
static const hcsref_type linux_seccomp_flag = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxSeccompFlag");
static const hcsref_type linux_seccomp_flag_list = SLICE_OF(linux_seccomp_flag, "[]specs.LinuxSeccompFlag");
static const hcsref_type linux_syscall_list = SLICE_OF(hcsref_type_oci_linux_syscall, "[]specs.LinuxSyscall");
static const hcsref_type linux_seccomp_operator = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxSeccompOperator");
static const hcsref_type linux_seccomp_arg_list =
    SLICE_OF(hcsref_type_oci_linux_seccomp_arg, "[]specs.LinuxSeccompArg");

static const hcsref_field linux_fields[] = {
    OMIT(hcsref_oci_linux, uid_mappings, "uidMappings", hcsref_oci_linux_id_mapping_list),
    OMIT(hcsref_oci_linux, gid_mappings, "gidMappings", hcsref_oci_linux_id_mapping_list),
    OMIT(hcsref_oci_linux, sysctl, "sysctl", hcsref_type_string_map),
    OMIT(hcsref_oci_linux, resources, "resources", linux_resources_ptr),
    OMIT(hcsref_oci_linux, cgroups_path, "cgroupsPath", hcsref_type_string),
    OMIT(hcsref_oci_linux, namespaces, "namespaces", hcsref_oci_linux_namespace_list),
    OMIT(hcsref_oci_linux, devices, "devices", hcsref_oci_linux_device_list),
    SINCE(hcsref_oci_linux, net_devices, "netDevices", hcsref_oci_linux_net_device_map, true,
          HCSREF_CHANGE_SPEC_FREEBSD),
    OMIT(hcsref_oci_linux, seccomp, "seccomp", hcsref_oci_linux_seccomp_ptr),
    OMIT(hcsref_oci_linux, rootfs_propagation, "rootfsPropagation", hcsref_type_string),
    OMIT(hcsref_oci_linux, masked_paths, "maskedPaths", hcsref_type_strings),
    OMIT(hcsref_oci_linux, readonly_paths, "readonlyPaths", hcsref_type_strings),
    OMIT(hcsref_oci_linux, mount_label, "mountLabel", hcsref_type_string),
    OMIT(hcsref_oci_linux, intel_rdt, "intelRdt", linux_intel_rdt_ptr),
    SINCE(hcsref_oci_linux, memory_policy, "memoryPolicy", hcsref_oci_linux_memory_policy_ptr, true,
          HCSREF_CHANGE_SPEC_FREEBSD),
    OMIT(hcsref_oci_linux, personality, "personality", hcsref_oci_linux_personality_ptr),
    SINCE(hcsref_oci_linux, time_offsets, "timeOffsets", linux_time_offset_map, true, HCSREF_CHANGE_SPEC_TIME_OFFSETS),
};
const hcsref_type hcsref_type_oci_linux = STRUCT(hcsref_oci_linux, "specs.Linux", linux_fields);

static const hcsref_field linux_namespace_fields[] = {
    KEEP(hcsref_oci_linux_namespace, type, "type", linux_namespace_type),
    OMIT(hcsref_oci_linux_namespace, path, "path", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_linux_namespace =
    STRUCT(hcsref_oci_linux_namespace, "specs.LinuxNamespace", linux_namespace_fields);

static const hcsref_field linux_id_mapping_fields[] = {
    KEEP(hcsref_oci_linux_id_mapping, container_id, "containerID", hcsref_type_uint32),
    KEEP(hcsref_oci_linux_id_mapping, host_id, "hostID", hcsref_type_uint32),
    KEEP(hcsref_oci_linux_id_mapping, size, "size", hcsref_type_uint32),
};
const hcsref_type hcsref_type_oci_linux_id_mapping =
    STRUCT(hcsref_oci_linux_id_mapping, "specs.LinuxIDMapping", linux_id_mapping_fields);

static const hcsref_field linux_time_offset_fields[] = {
    OMIT(hcsref_oci_linux_time_offset, secs, "secs", hcsref_type_int64),
    OMIT(hcsref_oci_linux_time_offset, nanosecs, "nanosecs", hcsref_type_uint32),
};
const hcsref_type hcsref_type_oci_linux_time_offset =
    STRUCT(hcsref_oci_linux_time_offset, "specs.LinuxTimeOffset", linux_time_offset_fields);

static const hcsref_field linux_hugepage_limit_fields[] = {
    KEEP(hcsref_oci_linux_hugepage_limit, page_size, "pageSize", hcsref_type_string),
    KEEP(hcsref_oci_linux_hugepage_limit, limit, "limit", hcsref_type_uint64),
};
const hcsref_type hcsref_type_oci_linux_hugepage_limit =
    STRUCT(hcsref_oci_linux_hugepage_limit, "specs.LinuxHugepageLimit", linux_hugepage_limit_fields);

static const hcsref_field linux_interface_priority_fields[] = {
    KEEP(hcsref_oci_linux_interface_priority, name, "name", hcsref_type_string),
    KEEP(hcsref_oci_linux_interface_priority, priority, "priority", hcsref_type_uint32),
};
const hcsref_type hcsref_type_oci_linux_interface_priority =
    STRUCT(hcsref_oci_linux_interface_priority, "specs.LinuxInterfacePriority", linux_interface_priority_fields);

static const hcsref_field linux_weight_device_fields[] = {
    INSIDE("LinuxBlockIODevice", hcsref_oci_linux_weight_device, linux_block_io_device.major, "major",
           hcsref_type_int64, false),
    INSIDE("LinuxBlockIODevice", hcsref_oci_linux_weight_device, linux_block_io_device.minor, "minor",
           hcsref_type_int64, false),
    OMIT(hcsref_oci_linux_weight_device, weight, "weight", hcsref_oci_uint16_ptr),
    OMIT(hcsref_oci_linux_weight_device, leaf_weight, "leafWeight", hcsref_oci_uint16_ptr),
};
const hcsref_type hcsref_type_oci_linux_weight_device =
    STRUCT(hcsref_oci_linux_weight_device, "specs.LinuxWeightDevice", linux_weight_device_fields);

static const hcsref_field linux_throttle_device_fields[] = {
    INSIDE("LinuxBlockIODevice", hcsref_oci_linux_throttle_device, linux_block_io_device.major, "major",
           hcsref_type_int64, false),
    INSIDE("LinuxBlockIODevice", hcsref_oci_linux_throttle_device, linux_block_io_device.minor, "minor",
           hcsref_type_int64, false),
    KEEP(hcsref_oci_linux_throttle_device, rate, "rate", hcsref_type_uint64),
};
const hcsref_type hcsref_type_oci_linux_throttle_device =
    STRUCT(hcsref_oci_linux_throttle_device, "specs.LinuxThrottleDevice", linux_throttle_device_fields);

static const hcsref_field linux_block_io_fields[] = {
    OMIT(hcsref_oci_linux_block_io, weight, "weight", hcsref_oci_uint16_ptr),
    OMIT(hcsref_oci_linux_block_io, leaf_weight, "leafWeight", hcsref_oci_uint16_ptr),
    OMIT(hcsref_oci_linux_block_io, weight_device, "weightDevice", linux_weight_device_list),
    OMIT(hcsref_oci_linux_block_io, throttle_read_bps_device, "throttleReadBpsDevice", linux_throttle_device_list),
    OMIT(hcsref_oci_linux_block_io, throttle_write_bps_device, "throttleWriteBpsDevice", linux_throttle_device_list),
    OMIT(hcsref_oci_linux_block_io, throttle_read_iops_device, "throttleReadIOPSDevice", linux_throttle_device_list),
    OMIT(hcsref_oci_linux_block_io, throttle_write_iops_device, "throttleWriteIOPSDevice", linux_throttle_device_list),
};
const hcsref_type hcsref_type_oci_linux_block_io =
    STRUCT(hcsref_oci_linux_block_io, "specs.LinuxBlockIO", linux_block_io_fields);

static const hcsref_field linux_memory_fields[] = {
    OMIT(hcsref_oci_linux_memory, limit, "limit", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_memory, reservation, "reservation", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_memory, swap, "swap", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_memory, kernel, "kernel", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_memory, kernel_tcp, "kernelTCP", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_memory, swappiness, "swappiness", hcsref_oci_uint64_ptr),
    OMIT(hcsref_oci_linux_memory, disable_oom_killer, "disableOOMKiller", hcsref_oci_bool_ptr),
    OMIT(hcsref_oci_linux_memory, use_hierarchy, "useHierarchy", hcsref_oci_bool_ptr),
    SINCE(hcsref_oci_linux_memory, check_before_update, "checkBeforeUpdate", hcsref_oci_bool_ptr, true,
          HCSREF_CHANGE_SPEC_CPU_BURST),
};
const hcsref_type hcsref_type_oci_linux_memory =
    STRUCT(hcsref_oci_linux_memory, "specs.LinuxMemory", linux_memory_fields);

static const hcsref_field linux_cpu_fields[] = {
    OMIT(hcsref_oci_linux_cpu, shares, "shares", hcsref_oci_uint64_ptr),
    OMIT(hcsref_oci_linux_cpu, quota, "quota", hcsref_oci_int64_ptr),
    SINCE(hcsref_oci_linux_cpu, burst, "burst", hcsref_oci_uint64_ptr, true, HCSREF_CHANGE_SPEC_CPU_BURST),
    OMIT(hcsref_oci_linux_cpu, period, "period", hcsref_oci_uint64_ptr),
    OMIT(hcsref_oci_linux_cpu, realtime_runtime, "realtimeRuntime", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_cpu, realtime_period, "realtimePeriod", hcsref_oci_uint64_ptr),
    OMIT(hcsref_oci_linux_cpu, cpus, "cpus", hcsref_type_string),
    OMIT(hcsref_oci_linux_cpu, mems, "mems", hcsref_type_string),
    SINCE(hcsref_oci_linux_cpu, idle, "idle", hcsref_oci_int64_ptr, true, HCSREF_CHANGE_SPEC_DOMAINNAME),
};
const hcsref_type hcsref_type_oci_linux_cpu = STRUCT(hcsref_oci_linux_cpu, "specs.LinuxCPU", linux_cpu_fields);

static const hcsref_field linux_pids_fields[] = {
    UNTIL(hcsref_oci_linux_pids, limit, "limit", hcsref_type_int64, false, HCSREF_CHANGE_SPEC_PIDS_POINTER),
    SINCE(hcsref_oci_linux_pids, limit_or_null, "limit", hcsref_oci_int64_ptr, true, HCSREF_CHANGE_SPEC_PIDS_POINTER),
};
const hcsref_type hcsref_type_oci_linux_pids = STRUCT(hcsref_oci_linux_pids, "specs.LinuxPids", linux_pids_fields);

static const hcsref_field linux_network_fields[] = {
    OMIT(hcsref_oci_linux_network, class_id, "classID", hcsref_oci_uint32_ptr),
    OMIT(hcsref_oci_linux_network, priorities, "priorities", linux_interface_priority_list),
};
const hcsref_type hcsref_type_oci_linux_network =
    STRUCT(hcsref_oci_linux_network, "specs.LinuxNetwork", linux_network_fields);

static const hcsref_field linux_rdma_fields[] = {
    OMIT(hcsref_oci_linux_rdma, hca_handles, "hcaHandles", hcsref_oci_uint32_ptr),
    OMIT(hcsref_oci_linux_rdma, hca_objects, "hcaObjects", hcsref_oci_uint32_ptr),
};
const hcsref_type hcsref_type_oci_linux_rdma = STRUCT(hcsref_oci_linux_rdma, "specs.LinuxRdma", linux_rdma_fields);

static const hcsref_field linux_resources_fields[] = {
    OMIT(hcsref_oci_linux_resources, devices, "devices", hcsref_oci_linux_device_cgroup_list),
    OMIT(hcsref_oci_linux_resources, memory, "memory", linux_memory_ptr),
    OMIT(hcsref_oci_linux_resources, cpu, "cpu", linux_cpu_ptr),
    OMIT(hcsref_oci_linux_resources, pids, "pids", hcsref_oci_linux_pids_ptr),
    OMIT(hcsref_oci_linux_resources, block_io, "blockIO", hcsref_oci_linux_block_io_ptr),
    OMIT(hcsref_oci_linux_resources, hugepage_limits, "hugepageLimits", hcsref_oci_linux_hugepage_limit_list),
    OMIT(hcsref_oci_linux_resources, network, "network", hcsref_oci_linux_network_ptr),
    OMIT(hcsref_oci_linux_resources, rdma, "rdma", hcsref_oci_linux_rdma_map),
    SINCE(hcsref_oci_linux_resources, unified, "unified", hcsref_type_string_map, true, HCSREF_CHANGE_SPEC_UNIFIED),
};
const hcsref_type hcsref_type_oci_linux_resources =
    STRUCT(hcsref_oci_linux_resources, "specs.LinuxResources", linux_resources_fields);

static const hcsref_field linux_device_fields[] = {
    KEEP(hcsref_oci_linux_device, path, "path", hcsref_type_string),
    KEEP(hcsref_oci_linux_device, type, "type", hcsref_type_string),
    KEEP(hcsref_oci_linux_device, major, "major", hcsref_type_int64),
    KEEP(hcsref_oci_linux_device, minor, "minor", hcsref_type_int64),
    OMIT(hcsref_oci_linux_device, file_mode, "fileMode", hcsref_oci_file_mode_ptr),
    OMIT(hcsref_oci_linux_device, uid, "uid", hcsref_oci_uint32_ptr),
    OMIT(hcsref_oci_linux_device, gid, "gid", hcsref_oci_uint32_ptr),
};
const hcsref_type hcsref_type_oci_linux_device =
    STRUCT(hcsref_oci_linux_device, "specs.LinuxDevice", linux_device_fields);

static const hcsref_field linux_device_cgroup_fields[] = {
    KEEP(hcsref_oci_linux_device_cgroup, allow, "allow", hcsref_type_bool),
    OMIT(hcsref_oci_linux_device_cgroup, type, "type", hcsref_type_string),
    OMIT(hcsref_oci_linux_device_cgroup, major, "major", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_device_cgroup, minor, "minor", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_device_cgroup, access, "access", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_linux_device_cgroup =
    STRUCT(hcsref_oci_linux_device_cgroup, "specs.LinuxDeviceCgroup", linux_device_cgroup_fields);

static const hcsref_field linux_personality_fields[] = {
    KEEP(hcsref_oci_linux_personality, domain, "domain", linux_personality_domain),
    OMIT(hcsref_oci_linux_personality, flags, "flags", linux_personality_flag_list),
};
const hcsref_type hcsref_type_oci_linux_personality =
    STRUCT(hcsref_oci_linux_personality, "specs.LinuxPersonality", linux_personality_fields);

static const hcsref_field linux_seccomp_fields[] = {
    KEEP(hcsref_oci_linux_seccomp, default_action, "defaultAction", linux_seccomp_action),
    SINCE(hcsref_oci_linux_seccomp, default_errno_ret, "defaultErrnoRet", uint_ptr, true,
          HCSREF_CHANGE_SPEC_SECCOMP_LISTENER),
    OMIT(hcsref_oci_linux_seccomp, architectures, "architectures", arch_list),
    OMIT(hcsref_oci_linux_seccomp, flags, "flags", linux_seccomp_flag_list),
    SINCE(hcsref_oci_linux_seccomp, listener_path, "listenerPath", hcsref_type_string, true,
          HCSREF_CHANGE_SPEC_SECCOMP_LISTENER),
    SINCE(hcsref_oci_linux_seccomp, listener_metadata, "listenerMetadata", hcsref_type_string, true,
          HCSREF_CHANGE_SPEC_SECCOMP_LISTENER),
    OMIT(hcsref_oci_linux_seccomp, syscalls, "syscalls", linux_syscall_list),
};
const hcsref_type hcsref_type_oci_linux_seccomp =
    STRUCT(hcsref_oci_linux_seccomp, "specs.LinuxSeccomp", linux_seccomp_fields);

static const hcsref_field linux_seccomp_arg_fields[] = {
    KEEP(hcsref_oci_linux_seccomp_arg, index, "index", hcsref_type_uint),
    KEEP(hcsref_oci_linux_seccomp_arg, value, "value", hcsref_type_uint64),
    OMIT(hcsref_oci_linux_seccomp_arg, value_two, "valueTwo", hcsref_type_uint64),
    KEEP(hcsref_oci_linux_seccomp_arg, op, "op", linux_seccomp_operator),
};
const hcsref_type hcsref_type_oci_linux_seccomp_arg =
    STRUCT(hcsref_oci_linux_seccomp_arg, "specs.LinuxSeccompArg", linux_seccomp_arg_fields);

static const hcsref_field linux_syscall_fields[] = {
    KEEP(hcsref_oci_linux_syscall, names, "names", hcsref_type_strings),
    KEEP(hcsref_oci_linux_syscall, action, "action", linux_seccomp_action),
    OMIT(hcsref_oci_linux_syscall, errno_ret, "errnoRet", uint_ptr),
    OMIT(hcsref_oci_linux_syscall, args, "args", linux_seccomp_arg_list),
};
const hcsref_type hcsref_type_oci_linux_syscall =
    STRUCT(hcsref_oci_linux_syscall, "specs.LinuxSyscall", linux_syscall_fields);

static const hcsref_field linux_intel_rdt_fields[] = {
    OMIT(hcsref_oci_linux_intel_rdt, clos_id, "closID", hcsref_type_string),
    SINCE(hcsref_oci_linux_intel_rdt, schemata, "schemata", hcsref_type_strings, true,
          HCSREF_CHANGE_SPEC_INTEL_RDT_SCHEMATA),
    OMIT(hcsref_oci_linux_intel_rdt, l3_cache_schema, "l3CacheSchema", hcsref_type_string),
    OMIT(hcsref_oci_linux_intel_rdt, mem_bw_schema, "memBwSchema", hcsref_type_string),
    BETWEEN(hcsref_oci_linux_intel_rdt, enable_cmt, "enableCMT", hcsref_type_bool, true, HCSREF_CHANGE_SPEC_DOMAINNAME,
            HCSREF_CHANGE_SPEC_INTEL_RDT_SCHEMATA),
    BETWEEN(hcsref_oci_linux_intel_rdt, enable_mbm, "enableMBM", hcsref_type_bool, true, HCSREF_CHANGE_SPEC_DOMAINNAME,
            HCSREF_CHANGE_SPEC_INTEL_RDT_SCHEMATA),
    SINCE(hcsref_oci_linux_intel_rdt, enable_monitoring, "enableMonitoring", hcsref_type_bool, true,
          HCSREF_CHANGE_SPEC_INTEL_RDT_SCHEMATA),
};
const hcsref_type hcsref_type_oci_linux_intel_rdt =
    STRUCT(hcsref_oci_linux_intel_rdt, "specs.LinuxIntelRdt", linux_intel_rdt_fields);
