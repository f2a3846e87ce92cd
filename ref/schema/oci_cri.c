/* SPDX-License-Identifier: Apache-2.0 */
/* The OCI runtime spec 1.0.2-dev as containerd 2bc77b8a2 vendors it: the C structs of 1.1.0 with fewer fields. What
 * is not here is the same in both. Source: opencontainers/runtime-spec specs-go/config.go. */
#include "hcsref/oci.h"
#include "hcsref/schema.h"

#include "schema/oci_shared.h"
#include "schema/table.h"

static const hcsref_field linux_memory_fields[] = {
    OMIT(hcsref_oci_linux_memory, limit, "limit", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_memory, reservation, "reservation", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_memory, swap, "swap", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_memory, kernel, "kernel", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_memory, kernel_tcp, "kernelTCP", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_memory, swappiness, "swappiness", hcsref_oci_uint64_ptr),
    OMIT(hcsref_oci_linux_memory, disable_oom_killer, "disableOOMKiller", hcsref_oci_bool_ptr),
    OMIT(hcsref_oci_linux_memory, use_hierarchy, "useHierarchy", hcsref_oci_bool_ptr),
};
static const hcsref_type linux_memory_type = STRUCT(hcsref_oci_linux_memory, "specs.LinuxMemory", linux_memory_fields);
static const hcsref_type linux_memory_ptr = POINTER_TO(linux_memory_type, "*specs.LinuxMemory");

static const hcsref_field linux_cpu_fields[] = {
    OMIT(hcsref_oci_linux_cpu, shares, "shares", hcsref_oci_uint64_ptr),
    OMIT(hcsref_oci_linux_cpu, quota, "quota", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_cpu, period, "period", hcsref_oci_uint64_ptr),
    OMIT(hcsref_oci_linux_cpu, realtime_runtime, "realtimeRuntime", hcsref_oci_int64_ptr),
    OMIT(hcsref_oci_linux_cpu, realtime_period, "realtimePeriod", hcsref_oci_uint64_ptr),
    OMIT(hcsref_oci_linux_cpu, cpus, "cpus", hcsref_type_string),
    OMIT(hcsref_oci_linux_cpu, mems, "mems", hcsref_type_string),
};
static const hcsref_type linux_cpu_type = STRUCT(hcsref_oci_linux_cpu, "specs.LinuxCPU", linux_cpu_fields);
static const hcsref_type linux_cpu_ptr = POINTER_TO(linux_cpu_type, "*specs.LinuxCPU");

static const hcsref_field linux_resources_fields[] = {
    OMIT(hcsref_oci_linux_resources, devices, "devices", hcsref_oci_linux_device_cgroup_list),
    OMIT(hcsref_oci_linux_resources, memory, "memory", linux_memory_ptr),
    OMIT(hcsref_oci_linux_resources, cpu, "cpu", linux_cpu_ptr),
    OMIT(hcsref_oci_linux_resources, pids, "pids", hcsref_oci_linux_pids_ptr),
    OMIT(hcsref_oci_linux_resources, block_io, "blockIO", hcsref_oci_linux_block_io_ptr),
    OMIT(hcsref_oci_linux_resources, hugepage_limits, "hugepageLimits", hcsref_oci_linux_hugepage_limit_list),
    OMIT(hcsref_oci_linux_resources, network, "network", hcsref_oci_linux_network_ptr),
    OMIT(hcsref_oci_linux_resources, rdma, "rdma", hcsref_oci_linux_rdma_map),
    OMIT(hcsref_oci_linux_resources, unified, "unified", hcsref_type_string_map),
};
static const hcsref_type linux_resources_type =
    STRUCT(hcsref_oci_linux_resources, "specs.LinuxResources", linux_resources_fields);
static const hcsref_type linux_resources_ptr = POINTER_TO(linux_resources_type, "*specs.LinuxResources");

static const hcsref_field linux_intel_rdt_fields[] = {
    OMIT(hcsref_oci_linux_intel_rdt, clos_id, "closID", hcsref_type_string),
    OMIT(hcsref_oci_linux_intel_rdt, l3_cache_schema, "l3CacheSchema", hcsref_type_string),
    OMIT(hcsref_oci_linux_intel_rdt, mem_bw_schema, "memBwSchema", hcsref_type_string),
};
static const hcsref_type linux_intel_rdt_type =
    STRUCT(hcsref_oci_linux_intel_rdt, "specs.LinuxIntelRdt", linux_intel_rdt_fields);
static const hcsref_type linux_intel_rdt_ptr = POINTER_TO(linux_intel_rdt_type, "*specs.LinuxIntelRdt");

static const hcsref_field linux_fields[] = {
    OMIT(hcsref_oci_linux, uid_mappings, "uidMappings", hcsref_oci_linux_id_mapping_list),
    OMIT(hcsref_oci_linux, gid_mappings, "gidMappings", hcsref_oci_linux_id_mapping_list),
    OMIT(hcsref_oci_linux, sysctl, "sysctl", hcsref_type_string_map),
    OMIT(hcsref_oci_linux, resources, "resources", linux_resources_ptr),
    OMIT(hcsref_oci_linux, cgroups_path, "cgroupsPath", hcsref_type_string),
    OMIT(hcsref_oci_linux, namespaces, "namespaces", hcsref_oci_linux_namespace_list),
    OMIT(hcsref_oci_linux, devices, "devices", hcsref_oci_linux_device_list),
    OMIT(hcsref_oci_linux, seccomp, "seccomp", hcsref_oci_linux_seccomp_ptr),
    OMIT(hcsref_oci_linux, rootfs_propagation, "rootfsPropagation", hcsref_type_string),
    OMIT(hcsref_oci_linux, masked_paths, "maskedPaths", hcsref_type_strings),
    OMIT(hcsref_oci_linux, readonly_paths, "readonlyPaths", hcsref_type_strings),
    OMIT(hcsref_oci_linux, mount_label, "mountLabel", hcsref_type_string),
    OMIT(hcsref_oci_linux, intel_rdt, "intelRdt", linux_intel_rdt_ptr),
    OMIT(hcsref_oci_linux, personality, "personality", hcsref_oci_linux_personality_ptr),
};
static const hcsref_type linux_type = STRUCT(hcsref_oci_linux, "specs.Linux", linux_fields);
static const hcsref_type linux_ptr = POINTER_TO(linux_type, "*specs.Linux");

static const hcsref_field process_fields[] = {
    OMIT(hcsref_oci_process, terminal, "terminal", hcsref_type_bool),
    OMIT(hcsref_oci_process, console_size, "consoleSize", hcsref_oci_box_ptr),
    KEEP(hcsref_oci_process, user, "user", hcsref_type_oci_user),
    OMIT(hcsref_oci_process, args, "args", hcsref_type_strings),
    OMIT(hcsref_oci_process, command_line, "commandLine", hcsref_type_string),
    OMIT(hcsref_oci_process, env, "env", hcsref_type_strings),
    KEEP(hcsref_oci_process, cwd, "cwd", hcsref_type_string),
    OMIT(hcsref_oci_process, capabilities, "capabilities", hcsref_oci_linux_capabilities_ptr),
    OMIT(hcsref_oci_process, rlimits, "rlimits", hcsref_oci_posix_rlimit_list),
    OMIT(hcsref_oci_process, no_new_privileges, "noNewPrivileges", hcsref_type_bool),
    OMIT(hcsref_oci_process, apparmor_profile, "apparmorProfile", hcsref_type_string),
    OMIT(hcsref_oci_process, oom_score_adj, "oomScoreAdj", hcsref_oci_int_ptr),
    OMIT(hcsref_oci_process, selinux_label, "selinuxLabel", hcsref_type_string),
};
static const hcsref_type process_type = STRUCT(hcsref_oci_process, "specs.Process", process_fields);
static const hcsref_type process_ptr = POINTER_TO(process_type, "*specs.Process");

static const hcsref_field mount_fields[] = {
    KEEP(hcsref_oci_mount, destination, "destination", hcsref_type_string),
    OMIT(hcsref_oci_mount, type, "type", hcsref_type_string),
    OMIT(hcsref_oci_mount, source, "source", hcsref_type_string),
    OMIT(hcsref_oci_mount, options, "options", hcsref_type_strings),
};
static const hcsref_type mount_type = STRUCT(hcsref_oci_mount, "specs.Mount", mount_fields);
static const hcsref_type mount_list = SLICE_OF(mount_type, "[]specs.Mount");

static const hcsref_field spec_fields[] = {
    KEEP(hcsref_oci_spec, oci_version, "ociVersion", hcsref_type_string),
    OMIT(hcsref_oci_spec, process, "process", process_ptr),
    OMIT(hcsref_oci_spec, root, "root", hcsref_oci_root_ptr),
    OMIT(hcsref_oci_spec, hostname, "hostname", hcsref_type_string),
    OMIT(hcsref_oci_spec, mounts, "mounts", mount_list),
    OMIT(hcsref_oci_spec, hooks, "hooks", hcsref_oci_hooks_ptr),
    OMIT(hcsref_oci_spec, annotations, "annotations", hcsref_type_string_map),
    OMIT(hcsref_oci_spec, linux_, "linux", linux_ptr),
    OMIT(hcsref_oci_spec, solaris, "solaris", hcsref_oci_solaris_ptr),
    OMIT(hcsref_oci_spec, windows, "windows", hcsref_oci_windows_ptr),
    OMIT(hcsref_oci_spec, vm, "vm", hcsref_oci_vm_ptr),
};
const hcsref_type hcsref_type_oci_spec_cri = STRUCT(hcsref_oci_spec, "specs.Spec", spec_fields);
