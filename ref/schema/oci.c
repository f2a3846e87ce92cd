/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the OCI runtime spec 1.1.0: opencontainers/runtime-spec specs-go/config.go. */
#include "hcsref/oci.h"

#include "schema/table.h"

static const hcsref_type process_ptr = POINTER_TO(hcsref_type_oci_process, "*specs.Process");
static const hcsref_type root_ptr = POINTER_TO(hcsref_type_oci_root, "*specs.Root");
static const hcsref_type mount_list = SLICE_OF(hcsref_type_oci_mount, "[]specs.Mount");
static const hcsref_type hooks_ptr = POINTER_TO(hcsref_type_oci_hooks, "*specs.Hooks");
static const hcsref_type linux_ptr = POINTER_TO(hcsref_type_oci_linux, "*specs.Linux");
static const hcsref_type solaris_ptr = POINTER_TO(hcsref_type_oci_solaris, "*specs.Solaris");
static const hcsref_type windows_ptr = POINTER_TO(hcsref_type_oci_windows, "*specs.Windows");
static const hcsref_type vm_ptr = POINTER_TO(hcsref_type_oci_vm, "*specs.VM");
static const hcsref_type zos_ptr = POINTER_TO(hcsref_type_oci_zos, "*specs.ZOS");
static const hcsref_type linux_scheduler_policy = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxSchedulerPolicy");
static const hcsref_type linux_scheduler_flag = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxSchedulerFlag");
static const hcsref_type linux_scheduler_flag_list = SLICE_OF(linux_scheduler_flag, "[]specs.LinuxSchedulerFlag");
static const hcsref_type box_ptr = POINTER_TO(hcsref_type_oci_box, "*specs.Box");
static const hcsref_type linux_capabilities_ptr =
    POINTER_TO(hcsref_type_oci_linux_capabilities, "*specs.LinuxCapabilities");
static const hcsref_type posix_rlimit_list = SLICE_OF(hcsref_type_oci_posix_rlimit, "[]specs.POSIXRlimit");
static const hcsref_type int_ptr = POINTER_TO(hcsref_type_int, "*int");
static const hcsref_type scheduler_ptr = POINTER_TO(hcsref_type_oci_scheduler, "*specs.Scheduler");
static const hcsref_type linux_io_priority_ptr =
    POINTER_TO(hcsref_type_oci_linux_io_priority, "*specs.LinuxIOPriority");
static const hcsref_type io_priority_class = NAMED(HCSREF_STRING, hcsref_str, "specs.IOPriorityClass");
static const hcsref_type uint32_ptr = POINTER_TO(hcsref_type_uint32, "*uint32");
static const hcsref_type uint32_list = SLICE_OF(hcsref_type_uint32, "[]uint32");
static const hcsref_type linux_id_mapping_list = SLICE_OF(hcsref_type_oci_linux_id_mapping, "[]specs.LinuxIDMapping");
static const hcsref_type hook_list = SLICE_OF(hcsref_type_oci_hook, "[]specs.Hook");
static const hcsref_type linux_resources_ptr = POINTER_TO(hcsref_type_oci_linux_resources, "*specs.LinuxResources");
static const hcsref_type linux_namespace_list = SLICE_OF(hcsref_type_oci_linux_namespace, "[]specs.LinuxNamespace");
static const hcsref_type linux_device_list = SLICE_OF(hcsref_type_oci_linux_device, "[]specs.LinuxDevice");
static const hcsref_type linux_seccomp_ptr = POINTER_TO(hcsref_type_oci_linux_seccomp, "*specs.LinuxSeccomp");
static const hcsref_type linux_intel_rdt_ptr = POINTER_TO(hcsref_type_oci_linux_intel_rdt, "*specs.LinuxIntelRdt");
static const hcsref_type linux_personality_ptr =
    POINTER_TO(hcsref_type_oci_linux_personality, "*specs.LinuxPersonality");
static const hcsref_type linux_time_offset_map = MAP_TO(
    hcsref_type_oci_linux_time_offset, hcsref_oci_linux_time_offset_entry, NULL, "map[string]specs.LinuxTimeOffset");
static const hcsref_type linux_namespace_type = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxNamespaceType");
static const hcsref_type uint16_ptr = POINTER_TO(hcsref_type_uint16, "*uint16");
static const hcsref_type linux_weight_device_list =
    SLICE_OF(hcsref_type_oci_linux_weight_device, "[]specs.LinuxWeightDevice");
static const hcsref_type linux_throttle_device_list =
    SLICE_OF(hcsref_type_oci_linux_throttle_device, "[]specs.LinuxThrottleDevice");
static const hcsref_type int64_ptr = POINTER_TO(hcsref_type_int64, "*int64");
static const hcsref_type uint64_ptr = POINTER_TO(hcsref_type_uint64, "*uint64");
static const hcsref_type bool_ptr = POINTER_TO(hcsref_type_bool, "*bool");
static const hcsref_type linux_interface_priority_list =
    SLICE_OF(hcsref_type_oci_linux_interface_priority, "[]specs.LinuxInterfacePriority");
static const hcsref_type linux_device_cgroup_list =
    SLICE_OF(hcsref_type_oci_linux_device_cgroup, "[]specs.LinuxDeviceCgroup");
static const hcsref_type linux_memory_ptr = POINTER_TO(hcsref_type_oci_linux_memory, "*specs.LinuxMemory");
static const hcsref_type linux_cpu_ptr = POINTER_TO(hcsref_type_oci_linux_cpu, "*specs.LinuxCPU");
static const hcsref_type linux_pids_ptr = POINTER_TO(hcsref_type_oci_linux_pids, "*specs.LinuxPids");
static const hcsref_type linux_block_io_ptr = POINTER_TO(hcsref_type_oci_linux_block_io, "*specs.LinuxBlockIO");
static const hcsref_type linux_hugepage_limit_list =
    SLICE_OF(hcsref_type_oci_linux_hugepage_limit, "[]specs.LinuxHugepageLimit");
static const hcsref_type linux_network_ptr = POINTER_TO(hcsref_type_oci_linux_network, "*specs.LinuxNetwork");
static const hcsref_type linux_rdma_map =
    MAP_TO(hcsref_type_oci_linux_rdma, hcsref_oci_linux_rdma_entry, NULL, "map[string]specs.LinuxRdma");
static const hcsref_type file_mode = NAMED(HCSREF_UINT32, uint32_t, "fs.FileMode");
static const hcsref_type file_mode_ptr = POINTER_TO(file_mode, "*fs.FileMode");
static const hcsref_type linux_personality_domain = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxPersonalityDomain");
static const hcsref_type linux_personality_flag = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxPersonalityFlag");
static const hcsref_type linux_personality_flag_list = SLICE_OF(linux_personality_flag, "[]specs.LinuxPersonalityFlag");
static const hcsref_type solaris_anet_list = SLICE_OF(hcsref_type_oci_solaris_anet, "[]specs.SolarisAnet");
static const hcsref_type solaris_capped_cpu_ptr =
    POINTER_TO(hcsref_type_oci_solaris_capped_cpu, "*specs.SolarisCappedCPU");
static const hcsref_type solaris_capped_memory_ptr =
    POINTER_TO(hcsref_type_oci_solaris_capped_memory, "*specs.SolarisCappedMemory");
static const hcsref_type windows_device_list = SLICE_OF(hcsref_type_oci_windows_device, "[]specs.WindowsDevice");
static const hcsref_type windows_resources_ptr =
    POINTER_TO(hcsref_type_oci_windows_resources, "*specs.WindowsResources");
static const hcsref_type windows_hyper_v_ptr = POINTER_TO(hcsref_type_oci_windows_hyper_v, "*specs.WindowsHyperV");
static const hcsref_type windows_network_ptr = POINTER_TO(hcsref_type_oci_windows_network, "*specs.WindowsNetwork");
static const hcsref_type windows_memory_resources_ptr =
    POINTER_TO(hcsref_type_oci_windows_memory_resources, "*specs.WindowsMemoryResources");
static const hcsref_type windows_cpu_resources_ptr =
    POINTER_TO(hcsref_type_oci_windows_cpu_resources, "*specs.WindowsCPUResources");
static const hcsref_type windows_storage_resources_ptr =
    POINTER_TO(hcsref_type_oci_windows_storage_resources, "*specs.WindowsStorageResources");
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
static const hcsref_type zos_device_list = SLICE_OF(hcsref_type_oci_zos_device, "[]specs.ZOSDevice");

static const hcsref_field spec_fields[] = {
    KEEP(hcsref_oci_spec, oci_version, "ociVersion", hcsref_type_string),
    OMIT(hcsref_oci_spec, process, "process", process_ptr),
    OMIT(hcsref_oci_spec, root, "root", root_ptr),
    OMIT(hcsref_oci_spec, hostname, "hostname", hcsref_type_string),
    OMIT(hcsref_oci_spec, domainname, "domainname", hcsref_type_string),
    OMIT(hcsref_oci_spec, mounts, "mounts", mount_list),
    OMIT(hcsref_oci_spec, hooks, "hooks", hooks_ptr),
    OMIT(hcsref_oci_spec, annotations, "annotations", hcsref_type_string_map),
    OMIT(hcsref_oci_spec, linux_, "linux", linux_ptr),
    OMIT(hcsref_oci_spec, solaris, "solaris", solaris_ptr),
    OMIT(hcsref_oci_spec, windows, "windows", windows_ptr),
    OMIT(hcsref_oci_spec, vm, "vm", vm_ptr),
    OMIT(hcsref_oci_spec, zos, "zos", zos_ptr),
};
const hcsref_type hcsref_type_oci_spec = STRUCT(hcsref_oci_spec, "specs.Spec", spec_fields);

static const hcsref_field scheduler_fields[] = {
    KEEP(hcsref_oci_scheduler, policy, "policy", linux_scheduler_policy),
    OMIT(hcsref_oci_scheduler, nice, "nice", hcsref_type_int32),
    OMIT(hcsref_oci_scheduler, priority, "priority", hcsref_type_int32),
    OMIT(hcsref_oci_scheduler, flags, "flags", linux_scheduler_flag_list),
    OMIT(hcsref_oci_scheduler, runtime, "runtime", hcsref_type_uint64),
    OMIT(hcsref_oci_scheduler, deadline, "deadline", hcsref_type_uint64),
    OMIT(hcsref_oci_scheduler, period, "period", hcsref_type_uint64),
};
const hcsref_type hcsref_type_oci_scheduler = STRUCT(hcsref_oci_scheduler, "specs.Scheduler", scheduler_fields);

static const hcsref_field process_fields[] = {
    OMIT(hcsref_oci_process, terminal, "terminal", hcsref_type_bool),
    OMIT(hcsref_oci_process, console_size, "consoleSize", box_ptr),
    KEEP(hcsref_oci_process, user, "user", hcsref_type_oci_user),
    OMIT(hcsref_oci_process, args, "args", hcsref_type_strings),
    OMIT(hcsref_oci_process, command_line, "commandLine", hcsref_type_string),
    OMIT(hcsref_oci_process, env, "env", hcsref_type_strings),
    KEEP(hcsref_oci_process, cwd, "cwd", hcsref_type_string),
    OMIT(hcsref_oci_process, capabilities, "capabilities", linux_capabilities_ptr),
    OMIT(hcsref_oci_process, rlimits, "rlimits", posix_rlimit_list),
    OMIT(hcsref_oci_process, no_new_privileges, "noNewPrivileges", hcsref_type_bool),
    OMIT(hcsref_oci_process, apparmor_profile, "apparmorProfile", hcsref_type_string),
    OMIT(hcsref_oci_process, oom_score_adj, "oomScoreAdj", int_ptr),
    OMIT(hcsref_oci_process, scheduler, "scheduler", scheduler_ptr),
    OMIT(hcsref_oci_process, selinux_label, "selinuxLabel", hcsref_type_string),
    OMIT(hcsref_oci_process, io_priority, "ioPriority", linux_io_priority_ptr),
};
const hcsref_type hcsref_type_oci_process = STRUCT(hcsref_oci_process, "specs.Process", process_fields);

static const hcsref_field linux_capabilities_fields[] = {
    OMIT(hcsref_oci_linux_capabilities, bounding, "bounding", hcsref_type_strings),
    OMIT(hcsref_oci_linux_capabilities, effective, "effective", hcsref_type_strings),
    OMIT(hcsref_oci_linux_capabilities, inheritable, "inheritable", hcsref_type_strings),
    OMIT(hcsref_oci_linux_capabilities, permitted, "permitted", hcsref_type_strings),
    OMIT(hcsref_oci_linux_capabilities, ambient, "ambient", hcsref_type_strings),
};
const hcsref_type hcsref_type_oci_linux_capabilities =
    STRUCT(hcsref_oci_linux_capabilities, "specs.LinuxCapabilities", linux_capabilities_fields);

static const hcsref_field linux_io_priority_fields[] = {
    KEEP(hcsref_oci_linux_io_priority, class, "class", io_priority_class),
    KEEP(hcsref_oci_linux_io_priority, priority, "priority", hcsref_type_int),
};
const hcsref_type hcsref_type_oci_linux_io_priority =
    STRUCT(hcsref_oci_linux_io_priority, "specs.LinuxIOPriority", linux_io_priority_fields);

static const hcsref_field box_fields[] = {
    KEEP(hcsref_oci_box, height, "height", hcsref_type_uint),
    KEEP(hcsref_oci_box, width, "width", hcsref_type_uint),
};
const hcsref_type hcsref_type_oci_box = STRUCT(hcsref_oci_box, "specs.Box", box_fields);

static const hcsref_field user_fields[] = {
    KEEP(hcsref_oci_user, uid, "uid", hcsref_type_uint32),
    KEEP(hcsref_oci_user, gid, "gid", hcsref_type_uint32),
    OMIT(hcsref_oci_user, umask, "umask", uint32_ptr),
    OMIT(hcsref_oci_user, additional_gids, "additionalGids", uint32_list),
    OMIT(hcsref_oci_user, username, "username", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_user = STRUCT(hcsref_oci_user, "specs.User", user_fields);

static const hcsref_field root_fields[] = {
    KEEP(hcsref_oci_root, path, "path", hcsref_type_string),
    OMIT(hcsref_oci_root, readonly, "readonly", hcsref_type_bool),
};
const hcsref_type hcsref_type_oci_root = STRUCT(hcsref_oci_root, "specs.Root", root_fields);

static const hcsref_field mount_fields[] = {
    KEEP(hcsref_oci_mount, destination, "destination", hcsref_type_string),
    OMIT(hcsref_oci_mount, type, "type", hcsref_type_string),
    OMIT(hcsref_oci_mount, source, "source", hcsref_type_string),
    OMIT(hcsref_oci_mount, options, "options", hcsref_type_strings),
    OMIT(hcsref_oci_mount, uid_mappings, "uidMappings", linux_id_mapping_list),
    OMIT(hcsref_oci_mount, gid_mappings, "gidMappings", linux_id_mapping_list),
};
const hcsref_type hcsref_type_oci_mount = STRUCT(hcsref_oci_mount, "specs.Mount", mount_fields);

static const hcsref_field hook_fields[] = {
    KEEP(hcsref_oci_hook, path, "path", hcsref_type_string),
    OMIT(hcsref_oci_hook, args, "args", hcsref_type_strings),
    OMIT(hcsref_oci_hook, env, "env", hcsref_type_strings),
    OMIT(hcsref_oci_hook, timeout, "timeout", int_ptr),
};
const hcsref_type hcsref_type_oci_hook = STRUCT(hcsref_oci_hook, "specs.Hook", hook_fields);

static const hcsref_field hooks_fields[] = {
    OMIT(hcsref_oci_hooks, prestart, "prestart", hook_list),
    OMIT(hcsref_oci_hooks, create_runtime, "createRuntime", hook_list),
    OMIT(hcsref_oci_hooks, create_container, "createContainer", hook_list),
    OMIT(hcsref_oci_hooks, start_container, "startContainer", hook_list),
    OMIT(hcsref_oci_hooks, poststart, "poststart", hook_list),
    OMIT(hcsref_oci_hooks, poststop, "poststop", hook_list),
};
const hcsref_type hcsref_type_oci_hooks = STRUCT(hcsref_oci_hooks, "specs.Hooks", hooks_fields);

static const hcsref_field linux_fields[] = {
    OMIT(hcsref_oci_linux, uid_mappings, "uidMappings", linux_id_mapping_list),
    OMIT(hcsref_oci_linux, gid_mappings, "gidMappings", linux_id_mapping_list),
    OMIT(hcsref_oci_linux, sysctl, "sysctl", hcsref_type_string_map),
    OMIT(hcsref_oci_linux, resources, "resources", linux_resources_ptr),
    OMIT(hcsref_oci_linux, cgroups_path, "cgroupsPath", hcsref_type_string),
    OMIT(hcsref_oci_linux, namespaces, "namespaces", linux_namespace_list),
    OMIT(hcsref_oci_linux, devices, "devices", linux_device_list),
    OMIT(hcsref_oci_linux, seccomp, "seccomp", linux_seccomp_ptr),
    OMIT(hcsref_oci_linux, rootfs_propagation, "rootfsPropagation", hcsref_type_string),
    OMIT(hcsref_oci_linux, masked_paths, "maskedPaths", hcsref_type_strings),
    OMIT(hcsref_oci_linux, readonly_paths, "readonlyPaths", hcsref_type_strings),
    OMIT(hcsref_oci_linux, mount_label, "mountLabel", hcsref_type_string),
    OMIT(hcsref_oci_linux, intel_rdt, "intelRdt", linux_intel_rdt_ptr),
    OMIT(hcsref_oci_linux, personality, "personality", linux_personality_ptr),
    OMIT(hcsref_oci_linux, time_offsets, "timeOffsets", linux_time_offset_map),
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

static const hcsref_field posix_rlimit_fields[] = {
    KEEP(hcsref_oci_posix_rlimit, type, "type", hcsref_type_string),
    KEEP(hcsref_oci_posix_rlimit, hard, "hard", hcsref_type_uint64),
    KEEP(hcsref_oci_posix_rlimit, soft, "soft", hcsref_type_uint64),
};
const hcsref_type hcsref_type_oci_posix_rlimit =
    STRUCT(hcsref_oci_posix_rlimit, "specs.POSIXRlimit", posix_rlimit_fields);

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

static const hcsref_field linux_block_io_device_fields[] = {
    KEEP(hcsref_oci_linux_block_io_device, major, "major", hcsref_type_int64),
    KEEP(hcsref_oci_linux_block_io_device, minor, "minor", hcsref_type_int64),
};
const hcsref_type hcsref_type_oci_linux_block_io_device =
    STRUCT(hcsref_oci_linux_block_io_device, "specs.LinuxBlockIODevice", linux_block_io_device_fields);

static const hcsref_field linux_weight_device_fields[] = {
    KEEP(hcsref_oci_linux_weight_device, linux_block_io_device.major, "major", hcsref_type_int64),
    KEEP(hcsref_oci_linux_weight_device, linux_block_io_device.minor, "minor", hcsref_type_int64),
    OMIT(hcsref_oci_linux_weight_device, weight, "weight", uint16_ptr),
    OMIT(hcsref_oci_linux_weight_device, leaf_weight, "leafWeight", uint16_ptr),
};
const hcsref_type hcsref_type_oci_linux_weight_device =
    STRUCT(hcsref_oci_linux_weight_device, "specs.LinuxWeightDevice", linux_weight_device_fields);

static const hcsref_field linux_throttle_device_fields[] = {
    KEEP(hcsref_oci_linux_throttle_device, linux_block_io_device.major, "major", hcsref_type_int64),
    KEEP(hcsref_oci_linux_throttle_device, linux_block_io_device.minor, "minor", hcsref_type_int64),
    KEEP(hcsref_oci_linux_throttle_device, rate, "rate", hcsref_type_uint64),
};
const hcsref_type hcsref_type_oci_linux_throttle_device =
    STRUCT(hcsref_oci_linux_throttle_device, "specs.LinuxThrottleDevice", linux_throttle_device_fields);

static const hcsref_field linux_block_io_fields[] = {
    OMIT(hcsref_oci_linux_block_io, weight, "weight", uint16_ptr),
    OMIT(hcsref_oci_linux_block_io, leaf_weight, "leafWeight", uint16_ptr),
    OMIT(hcsref_oci_linux_block_io, weight_device, "weightDevice", linux_weight_device_list),
    OMIT(hcsref_oci_linux_block_io, throttle_read_bps_device, "throttleReadBpsDevice", linux_throttle_device_list),
    OMIT(hcsref_oci_linux_block_io, throttle_write_bps_device, "throttleWriteBpsDevice", linux_throttle_device_list),
    OMIT(hcsref_oci_linux_block_io, throttle_read_iops_device, "throttleReadIOPSDevice", linux_throttle_device_list),
    OMIT(hcsref_oci_linux_block_io, throttle_write_iops_device, "throttleWriteIOPSDevice", linux_throttle_device_list),
};
const hcsref_type hcsref_type_oci_linux_block_io =
    STRUCT(hcsref_oci_linux_block_io, "specs.LinuxBlockIO", linux_block_io_fields);

static const hcsref_field linux_memory_fields[] = {
    OMIT(hcsref_oci_linux_memory, limit, "limit", int64_ptr),
    OMIT(hcsref_oci_linux_memory, reservation, "reservation", int64_ptr),
    OMIT(hcsref_oci_linux_memory, swap, "swap", int64_ptr),
    OMIT(hcsref_oci_linux_memory, kernel, "kernel", int64_ptr),
    OMIT(hcsref_oci_linux_memory, kernel_tcp, "kernelTCP", int64_ptr),
    OMIT(hcsref_oci_linux_memory, swappiness, "swappiness", uint64_ptr),
    OMIT(hcsref_oci_linux_memory, disable_oom_killer, "disableOOMKiller", bool_ptr),
    OMIT(hcsref_oci_linux_memory, use_hierarchy, "useHierarchy", bool_ptr),
    OMIT(hcsref_oci_linux_memory, check_before_update, "checkBeforeUpdate", bool_ptr),
};
const hcsref_type hcsref_type_oci_linux_memory =
    STRUCT(hcsref_oci_linux_memory, "specs.LinuxMemory", linux_memory_fields);

static const hcsref_field linux_cpu_fields[] = {
    OMIT(hcsref_oci_linux_cpu, shares, "shares", uint64_ptr),
    OMIT(hcsref_oci_linux_cpu, quota, "quota", int64_ptr),
    OMIT(hcsref_oci_linux_cpu, burst, "burst", uint64_ptr),
    OMIT(hcsref_oci_linux_cpu, period, "period", uint64_ptr),
    OMIT(hcsref_oci_linux_cpu, realtime_runtime, "realtimeRuntime", int64_ptr),
    OMIT(hcsref_oci_linux_cpu, realtime_period, "realtimePeriod", uint64_ptr),
    OMIT(hcsref_oci_linux_cpu, cpus, "cpus", hcsref_type_string),
    OMIT(hcsref_oci_linux_cpu, mems, "mems", hcsref_type_string),
    OMIT(hcsref_oci_linux_cpu, idle, "idle", int64_ptr),
};
const hcsref_type hcsref_type_oci_linux_cpu = STRUCT(hcsref_oci_linux_cpu, "specs.LinuxCPU", linux_cpu_fields);

static const hcsref_field linux_pids_fields[] = {
    KEEP(hcsref_oci_linux_pids, limit, "limit", hcsref_type_int64),
};
const hcsref_type hcsref_type_oci_linux_pids = STRUCT(hcsref_oci_linux_pids, "specs.LinuxPids", linux_pids_fields);

static const hcsref_field linux_network_fields[] = {
    OMIT(hcsref_oci_linux_network, class_id, "classID", uint32_ptr),
    OMIT(hcsref_oci_linux_network, priorities, "priorities", linux_interface_priority_list),
};
const hcsref_type hcsref_type_oci_linux_network =
    STRUCT(hcsref_oci_linux_network, "specs.LinuxNetwork", linux_network_fields);

static const hcsref_field linux_rdma_fields[] = {
    OMIT(hcsref_oci_linux_rdma, hca_handles, "hcaHandles", uint32_ptr),
    OMIT(hcsref_oci_linux_rdma, hca_objects, "hcaObjects", uint32_ptr),
};
const hcsref_type hcsref_type_oci_linux_rdma = STRUCT(hcsref_oci_linux_rdma, "specs.LinuxRdma", linux_rdma_fields);

static const hcsref_field linux_resources_fields[] = {
    OMIT(hcsref_oci_linux_resources, devices, "devices", linux_device_cgroup_list),
    OMIT(hcsref_oci_linux_resources, memory, "memory", linux_memory_ptr),
    OMIT(hcsref_oci_linux_resources, cpu, "cpu", linux_cpu_ptr),
    OMIT(hcsref_oci_linux_resources, pids, "pids", linux_pids_ptr),
    OMIT(hcsref_oci_linux_resources, block_io, "blockIO", linux_block_io_ptr),
    OMIT(hcsref_oci_linux_resources, hugepage_limits, "hugepageLimits", linux_hugepage_limit_list),
    OMIT(hcsref_oci_linux_resources, network, "network", linux_network_ptr),
    OMIT(hcsref_oci_linux_resources, rdma, "rdma", linux_rdma_map),
    OMIT(hcsref_oci_linux_resources, unified, "unified", hcsref_type_string_map),
};
const hcsref_type hcsref_type_oci_linux_resources =
    STRUCT(hcsref_oci_linux_resources, "specs.LinuxResources", linux_resources_fields);

static const hcsref_field linux_device_fields[] = {
    KEEP(hcsref_oci_linux_device, path, "path", hcsref_type_string),
    KEEP(hcsref_oci_linux_device, type, "type", hcsref_type_string),
    KEEP(hcsref_oci_linux_device, major, "major", hcsref_type_int64),
    KEEP(hcsref_oci_linux_device, minor, "minor", hcsref_type_int64),
    OMIT(hcsref_oci_linux_device, file_mode, "fileMode", file_mode_ptr),
    OMIT(hcsref_oci_linux_device, uid, "uid", uint32_ptr),
    OMIT(hcsref_oci_linux_device, gid, "gid", uint32_ptr),
};
const hcsref_type hcsref_type_oci_linux_device =
    STRUCT(hcsref_oci_linux_device, "specs.LinuxDevice", linux_device_fields);

static const hcsref_field linux_device_cgroup_fields[] = {
    KEEP(hcsref_oci_linux_device_cgroup, allow, "allow", hcsref_type_bool),
    OMIT(hcsref_oci_linux_device_cgroup, type, "type", hcsref_type_string),
    OMIT(hcsref_oci_linux_device_cgroup, major, "major", int64_ptr),
    OMIT(hcsref_oci_linux_device_cgroup, minor, "minor", int64_ptr),
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

static const hcsref_field solaris_fields[] = {
    OMIT(hcsref_oci_solaris, milestone, "milestone", hcsref_type_string),
    OMIT(hcsref_oci_solaris, limitpriv, "limitpriv", hcsref_type_string),
    OMIT(hcsref_oci_solaris, max_shm_memory, "maxShmMemory", hcsref_type_string),
    OMIT(hcsref_oci_solaris, anet, "anet", solaris_anet_list),
    OMIT(hcsref_oci_solaris, capped_cpu, "cappedCPU", solaris_capped_cpu_ptr),
    OMIT(hcsref_oci_solaris, capped_memory, "cappedMemory", solaris_capped_memory_ptr),
};
const hcsref_type hcsref_type_oci_solaris = STRUCT(hcsref_oci_solaris, "specs.Solaris", solaris_fields);

static const hcsref_field solaris_capped_cpu_fields[] = {
    OMIT(hcsref_oci_solaris_capped_cpu, ncpus, "ncpus", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_solaris_capped_cpu =
    STRUCT(hcsref_oci_solaris_capped_cpu, "specs.SolarisCappedCPU", solaris_capped_cpu_fields);

static const hcsref_field solaris_capped_memory_fields[] = {
    OMIT(hcsref_oci_solaris_capped_memory, physical, "physical", hcsref_type_string),
    OMIT(hcsref_oci_solaris_capped_memory, swap, "swap", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_solaris_capped_memory =
    STRUCT(hcsref_oci_solaris_capped_memory, "specs.SolarisCappedMemory", solaris_capped_memory_fields);

static const hcsref_field solaris_anet_fields[] = {
    OMIT(hcsref_oci_solaris_anet, linkname, "linkname", hcsref_type_string),
    OMIT(hcsref_oci_solaris_anet, lower_link, "lowerLink", hcsref_type_string),
    OMIT(hcsref_oci_solaris_anet, allowed_address, "allowedAddress", hcsref_type_string),
    OMIT(hcsref_oci_solaris_anet, configure_allowed_address, "configureAllowedAddress", hcsref_type_string),
    OMIT(hcsref_oci_solaris_anet, defrouter, "defrouter", hcsref_type_string),
    OMIT(hcsref_oci_solaris_anet, link_protection, "linkProtection", hcsref_type_string),
    OMIT(hcsref_oci_solaris_anet, mac_address, "macAddress", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_solaris_anet =
    STRUCT(hcsref_oci_solaris_anet, "specs.SolarisAnet", solaris_anet_fields);

static const hcsref_field windows_fields[] = {
    KEEP(hcsref_oci_windows, layer_folders, "layerFolders", hcsref_type_strings),
    OMIT(hcsref_oci_windows, devices, "devices", windows_device_list),
    OMIT(hcsref_oci_windows, resources, "resources", windows_resources_ptr),
    OMIT(hcsref_oci_windows, credential_spec, "credentialSpec", hcsref_type_any),
    OMIT(hcsref_oci_windows, servicing, "servicing", hcsref_type_bool),
    OMIT(hcsref_oci_windows, ignore_flushes_during_boot, "ignoreFlushesDuringBoot", hcsref_type_bool),
    OMIT(hcsref_oci_windows, hyperv, "hyperv", windows_hyper_v_ptr),
    OMIT(hcsref_oci_windows, network, "network", windows_network_ptr),
};
const hcsref_type hcsref_type_oci_windows = STRUCT(hcsref_oci_windows, "specs.Windows", windows_fields);

static const hcsref_field windows_device_fields[] = {
    KEEP(hcsref_oci_windows_device, id, "id", hcsref_type_string),
    KEEP(hcsref_oci_windows_device, id_type, "idType", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_windows_device =
    STRUCT(hcsref_oci_windows_device, "specs.WindowsDevice", windows_device_fields);

static const hcsref_field windows_resources_fields[] = {
    OMIT(hcsref_oci_windows_resources, memory, "memory", windows_memory_resources_ptr),
    OMIT(hcsref_oci_windows_resources, cpu, "cpu", windows_cpu_resources_ptr),
    OMIT(hcsref_oci_windows_resources, storage, "storage", windows_storage_resources_ptr),
};
const hcsref_type hcsref_type_oci_windows_resources =
    STRUCT(hcsref_oci_windows_resources, "specs.WindowsResources", windows_resources_fields);

static const hcsref_field windows_memory_resources_fields[] = {
    OMIT(hcsref_oci_windows_memory_resources, limit, "limit", uint64_ptr),
};
const hcsref_type hcsref_type_oci_windows_memory_resources =
    STRUCT(hcsref_oci_windows_memory_resources, "specs.WindowsMemoryResources", windows_memory_resources_fields);

static const hcsref_field windows_cpu_resources_fields[] = {
    OMIT(hcsref_oci_windows_cpu_resources, count, "count", uint64_ptr),
    OMIT(hcsref_oci_windows_cpu_resources, shares, "shares", uint16_ptr),
    OMIT(hcsref_oci_windows_cpu_resources, maximum, "maximum", uint16_ptr),
};
const hcsref_type hcsref_type_oci_windows_cpu_resources =
    STRUCT(hcsref_oci_windows_cpu_resources, "specs.WindowsCPUResources", windows_cpu_resources_fields);

static const hcsref_field windows_storage_resources_fields[] = {
    OMIT(hcsref_oci_windows_storage_resources, iops, "iops", uint64_ptr),
    OMIT(hcsref_oci_windows_storage_resources, bps, "bps", uint64_ptr),
    OMIT(hcsref_oci_windows_storage_resources, sandbox_size, "sandboxSize", uint64_ptr),
};
const hcsref_type hcsref_type_oci_windows_storage_resources =
    STRUCT(hcsref_oci_windows_storage_resources, "specs.WindowsStorageResources", windows_storage_resources_fields);

static const hcsref_field windows_network_fields[] = {
    OMIT(hcsref_oci_windows_network, endpoint_list, "endpointList", hcsref_type_strings),
    OMIT(hcsref_oci_windows_network, allow_unqualified_dns_query, "allowUnqualifiedDNSQuery", hcsref_type_bool),
    OMIT(hcsref_oci_windows_network, dns_search_list, "DNSSearchList", hcsref_type_strings),
    OMIT(hcsref_oci_windows_network, network_shared_container_name, "networkSharedContainerName", hcsref_type_string),
    OMIT(hcsref_oci_windows_network, network_namespace, "networkNamespace", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_windows_network =
    STRUCT(hcsref_oci_windows_network, "specs.WindowsNetwork", windows_network_fields);

static const hcsref_field windows_hyper_v_fields[] = {
    OMIT(hcsref_oci_windows_hyper_v, utility_vm_path, "utilityVMPath", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_windows_hyper_v =
    STRUCT(hcsref_oci_windows_hyper_v, "specs.WindowsHyperV", windows_hyper_v_fields);

static const hcsref_field vm_fields[] = {
    OMIT(hcsref_oci_vm, hypervisor, "hypervisor", hcsref_type_oci_vm_hypervisor),
    KEEP(hcsref_oci_vm, kernel, "kernel", hcsref_type_oci_vm_kernel),
    OMIT(hcsref_oci_vm, image, "image", hcsref_type_oci_vm_image),
};
const hcsref_type hcsref_type_oci_vm = STRUCT(hcsref_oci_vm, "specs.VM", vm_fields);

static const hcsref_field vm_hypervisor_fields[] = {
    KEEP(hcsref_oci_vm_hypervisor, path, "path", hcsref_type_string),
    OMIT(hcsref_oci_vm_hypervisor, parameters, "parameters", hcsref_type_strings),
};
const hcsref_type hcsref_type_oci_vm_hypervisor =
    STRUCT(hcsref_oci_vm_hypervisor, "specs.VMHypervisor", vm_hypervisor_fields);

static const hcsref_field vm_kernel_fields[] = {
    KEEP(hcsref_oci_vm_kernel, path, "path", hcsref_type_string),
    OMIT(hcsref_oci_vm_kernel, parameters, "parameters", hcsref_type_strings),
    OMIT(hcsref_oci_vm_kernel, initrd, "initrd", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_vm_kernel = STRUCT(hcsref_oci_vm_kernel, "specs.VMKernel", vm_kernel_fields);

static const hcsref_field vm_image_fields[] = {
    KEEP(hcsref_oci_vm_image, path, "path", hcsref_type_string),
    KEEP(hcsref_oci_vm_image, format, "format", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_vm_image = STRUCT(hcsref_oci_vm_image, "specs.VMImage", vm_image_fields);

static const hcsref_field linux_seccomp_fields[] = {
    KEEP(hcsref_oci_linux_seccomp, default_action, "defaultAction", linux_seccomp_action),
    OMIT(hcsref_oci_linux_seccomp, default_errno_ret, "defaultErrnoRet", uint_ptr),
    OMIT(hcsref_oci_linux_seccomp, architectures, "architectures", arch_list),
    OMIT(hcsref_oci_linux_seccomp, flags, "flags", linux_seccomp_flag_list),
    OMIT(hcsref_oci_linux_seccomp, listener_path, "listenerPath", hcsref_type_string),
    OMIT(hcsref_oci_linux_seccomp, listener_metadata, "listenerMetadata", hcsref_type_string),
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
    OMIT(hcsref_oci_linux_intel_rdt, l3_cache_schema, "l3CacheSchema", hcsref_type_string),
    OMIT(hcsref_oci_linux_intel_rdt, mem_bw_schema, "memBwSchema", hcsref_type_string),
    OMIT(hcsref_oci_linux_intel_rdt, enable_cmt, "enableCMT", hcsref_type_bool),
    OMIT(hcsref_oci_linux_intel_rdt, enable_mbm, "enableMBM", hcsref_type_bool),
};
const hcsref_type hcsref_type_oci_linux_intel_rdt =
    STRUCT(hcsref_oci_linux_intel_rdt, "specs.LinuxIntelRdt", linux_intel_rdt_fields);

static const hcsref_field zos_fields[] = {
    OMIT(hcsref_oci_zos, devices, "devices", zos_device_list),
};
const hcsref_type hcsref_type_oci_zos = STRUCT(hcsref_oci_zos, "specs.ZOS", zos_fields);

static const hcsref_field zos_device_fields[] = {
    KEEP(hcsref_oci_zos_device, path, "path", hcsref_type_string),
    KEEP(hcsref_oci_zos_device, type, "type", hcsref_type_string),
    KEEP(hcsref_oci_zos_device, major, "major", hcsref_type_int64),
    KEEP(hcsref_oci_zos_device, minor, "minor", hcsref_type_int64),
    OMIT(hcsref_oci_zos_device, file_mode, "fileMode", file_mode_ptr),
    OMIT(hcsref_oci_zos_device, uid, "uid", uint32_ptr),
    OMIT(hcsref_oci_zos_device, gid, "gid", uint32_ptr),
};
const hcsref_type hcsref_type_oci_zos_device = STRUCT(hcsref_oci_zos_device, "specs.ZOSDevice", zos_device_fields);
