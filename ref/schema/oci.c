/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the OCI runtime spec 1.1.0, all but its Linux section. Source: opencontainers/runtime-spec
 * specs-go/config.go. */
#include "hcsref/oci.h"

#include "release/changes.h"
#include "schema/oci_shared.h"
#include "schema/table.h"

static const hcsref_type process_ptr = POINTER_TO(hcsref_type_oci_process, "*specs.Process");
const hcsref_type hcsref_oci_root_ptr = POINTER_TO(hcsref_type_oci_root, "*specs.Root");
static const hcsref_type mount_list = SLICE_OF(hcsref_type_oci_mount, "[]specs.Mount");
const hcsref_type hcsref_oci_hooks_ptr = POINTER_TO(hcsref_type_oci_hooks, "*specs.Hooks");
static const hcsref_type linux_ptr = POINTER_TO(hcsref_type_oci_linux, "*specs.Linux");
const hcsref_type hcsref_oci_solaris_ptr = POINTER_TO(hcsref_type_oci_solaris, "*specs.Solaris");
const hcsref_type hcsref_oci_windows_ptr = POINTER_TO(hcsref_type_oci_windows, "*specs.Windows");
const hcsref_type hcsref_oci_vm_ptr = POINTER_TO(hcsref_type_oci_vm, "*specs.VM");
static const hcsref_type zos_ptr = POINTER_TO(hcsref_type_oci_zos, "*specs.ZOS");
static const hcsref_type linux_scheduler_policy = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxSchedulerPolicy");
static const hcsref_type linux_scheduler_flag = NAMED(HCSREF_STRING, hcsref_str, "specs.LinuxSchedulerFlag");
static const hcsref_type linux_scheduler_flag_list = SLICE_OF(linux_scheduler_flag, "[]specs.LinuxSchedulerFlag");
const hcsref_type hcsref_oci_box_ptr = POINTER_TO(hcsref_type_oci_box, "*specs.Box");
const hcsref_type hcsref_oci_linux_capabilities_ptr =
    POINTER_TO(hcsref_type_oci_linux_capabilities, "*specs.LinuxCapabilities");
const hcsref_type hcsref_oci_posix_rlimit_list = SLICE_OF(hcsref_type_oci_posix_rlimit, "[]specs.POSIXRlimit");

static const hcsref_type scheduler_ptr = POINTER_TO(hcsref_type_oci_scheduler, "*specs.Scheduler");
static const hcsref_type linux_io_priority_ptr =
    POINTER_TO(hcsref_type_oci_linux_io_priority, "*specs.LinuxIOPriority");
static const hcsref_type io_priority_class = NAMED(HCSREF_STRING, hcsref_str, "specs.IOPriorityClass");

static const hcsref_type uint32_list = SLICE_OF(hcsref_type_uint32, "[]uint32");
static const hcsref_type hook_list = SLICE_OF(hcsref_type_oci_hook, "[]specs.Hook");

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
static const hcsref_type windows_cpu_group_affinity_list =
    SLICE_OF(hcsref_type_oci_windows_cpu_group_affinity, "[]specs.WindowsCPUGroupAffinity");
static const hcsref_type windows_cpu_resources_ptr =
    POINTER_TO(hcsref_type_oci_windows_cpu_resources, "*specs.WindowsCPUResources");
static const hcsref_type windows_storage_resources_ptr =
    POINTER_TO(hcsref_type_oci_windows_storage_resources, "*specs.WindowsStorageResources");
static const hcsref_type zos_device_list = SLICE_OF(hcsref_type_oci_zos_device, "[]specs.ZOSDevice");

static const hcsref_field spec_fields[] = {
    KEEP(hcsref_oci_spec, oci_version, "ociVersion", hcsref_type_string),
    OMIT(hcsref_oci_spec, process, "process", process_ptr),
    OMIT(hcsref_oci_spec, root, "root", hcsref_oci_root_ptr),
    OMIT(hcsref_oci_spec, hostname, "hostname", hcsref_type_string),
    SINCE(hcsref_oci_spec, domainname, "domainname", hcsref_type_string, true, HCSREF_CHANGE_SPEC_DOMAINNAME),
    OMIT(hcsref_oci_spec, mounts, "mounts", mount_list),
    OMIT(hcsref_oci_spec, hooks, "hooks", hcsref_oci_hooks_ptr),
    OMIT(hcsref_oci_spec, annotations, "annotations", hcsref_type_string_map),
    OMIT(hcsref_oci_spec, linux_, "linux", linux_ptr),
    OMIT(hcsref_oci_spec, solaris, "solaris", hcsref_oci_solaris_ptr),
    OMIT(hcsref_oci_spec, windows, "windows", hcsref_oci_windows_ptr),
    OMIT(hcsref_oci_spec, vm, "vm", hcsref_oci_vm_ptr),
    SINCE(hcsref_oci_spec, zos, "zos", zos_ptr, true, HCSREF_CHANGE_SPEC_DOMAINNAME),
    SINCE(hcsref_oci_spec, freebsd, "freebsd", hcsref_oci_freebsd_ptr, true, HCSREF_CHANGE_SPEC_FREEBSD),
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
    SINCE(hcsref_oci_process, scheduler, "scheduler", scheduler_ptr, true, HCSREF_CHANGE_SPEC_SCHEDULER),
    OMIT(hcsref_oci_process, selinux_label, "selinuxLabel", hcsref_type_string),
    SINCE(hcsref_oci_process, io_priority, "ioPriority", linux_io_priority_ptr, true, HCSREF_CHANGE_SPEC_SCHEDULER),
    SINCE(hcsref_oci_process, exec_cpu_affinity, "execCPUAffinity", hcsref_oci_cpu_affinity_ptr, true,
          HCSREF_CHANGE_SPEC_CPU_AFFINITY),
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
    KEEP(hcsref_oci_linux_io_priority, priority_class, "class", io_priority_class),
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
    OMIT(hcsref_oci_user, umask, "umask", hcsref_oci_uint32_ptr),
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
    SINCE(hcsref_oci_mount, uid_mappings, "uidMappings", hcsref_oci_linux_id_mapping_list, true,
          HCSREF_CHANGE_SPEC_MOUNT_MAPPINGS),
    SINCE(hcsref_oci_mount, gid_mappings, "gidMappings", hcsref_oci_linux_id_mapping_list, true,
          HCSREF_CHANGE_SPEC_MOUNT_MAPPINGS),
};
const hcsref_type hcsref_type_oci_mount = STRUCT(hcsref_oci_mount, "specs.Mount", mount_fields);

static const hcsref_field hook_fields[] = {
    KEEP(hcsref_oci_hook, path, "path", hcsref_type_string),
    OMIT(hcsref_oci_hook, args, "args", hcsref_type_strings),
    OMIT(hcsref_oci_hook, env, "env", hcsref_type_strings),
    OMIT(hcsref_oci_hook, timeout, "timeout", hcsref_oci_int_ptr),
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

static const hcsref_field posix_rlimit_fields[] = {
    KEEP(hcsref_oci_posix_rlimit, type, "type", hcsref_type_string),
    KEEP(hcsref_oci_posix_rlimit, hard, "hard", hcsref_type_uint64),
    KEEP(hcsref_oci_posix_rlimit, soft, "soft", hcsref_type_uint64),
};
const hcsref_type hcsref_type_oci_posix_rlimit =
    STRUCT(hcsref_oci_posix_rlimit, "specs.POSIXRlimit", posix_rlimit_fields);

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
    OMIT(hcsref_oci_windows_memory_resources, limit, "limit", hcsref_oci_uint64_ptr),
};
const hcsref_type hcsref_type_oci_windows_memory_resources =
    STRUCT(hcsref_oci_windows_memory_resources, "specs.WindowsMemoryResources", windows_memory_resources_fields);

static const hcsref_field windows_cpu_group_affinity_fields[] = {
    OMIT(hcsref_oci_windows_cpu_group_affinity, mask, "mask", hcsref_type_uint64),
    OMIT(hcsref_oci_windows_cpu_group_affinity, group, "group", hcsref_type_uint32),
};
const hcsref_type hcsref_type_oci_windows_cpu_group_affinity =
    STRUCT(hcsref_oci_windows_cpu_group_affinity, "specs.WindowsCPUGroupAffinity", windows_cpu_group_affinity_fields);

static const hcsref_field windows_cpu_resources_fields[] = {
    OMIT(hcsref_oci_windows_cpu_resources, count, "count", hcsref_oci_uint64_ptr),
    OMIT(hcsref_oci_windows_cpu_resources, shares, "shares", hcsref_oci_uint16_ptr),
    OMIT(hcsref_oci_windows_cpu_resources, maximum, "maximum", hcsref_oci_uint16_ptr),
    SINCE(hcsref_oci_windows_cpu_resources, affinity, "affinity", windows_cpu_group_affinity_list, true,
          HCSREF_CHANGE_SPEC_CPU_AFFINITY),
};
const hcsref_type hcsref_type_oci_windows_cpu_resources =
    STRUCT(hcsref_oci_windows_cpu_resources, "specs.WindowsCPUResources", windows_cpu_resources_fields);

static const hcsref_field windows_storage_resources_fields[] = {
    OMIT(hcsref_oci_windows_storage_resources, iops, "iops", hcsref_oci_uint64_ptr),
    OMIT(hcsref_oci_windows_storage_resources, bps, "bps", hcsref_oci_uint64_ptr),
    OMIT(hcsref_oci_windows_storage_resources, sandbox_size, "sandboxSize", hcsref_oci_uint64_ptr),
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
    SINCE(hcsref_oci_vm, hw_config, "hwconfig", hcsref_oci_hw_config_ptr, true, HCSREF_CHANGE_SPEC_FREEBSD),
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

static const hcsref_field zos_fields[] = {
    UNTIL(hcsref_oci_zos, devices, "devices", zos_device_list, true, HCSREF_CHANGE_SPEC_ZOS_NAMESPACES),
    SINCE(hcsref_oci_zos, namespaces, "namespaces", hcsref_oci_zos_namespace_list, true,
          HCSREF_CHANGE_SPEC_ZOS_NAMESPACES),
};
const hcsref_type hcsref_type_oci_zos = STRUCT(hcsref_oci_zos, "specs.ZOS", zos_fields);

static const hcsref_field zos_device_fields[] = {
    KEEP(hcsref_oci_zos_device, path, "path", hcsref_type_string),
    KEEP(hcsref_oci_zos_device, type, "type", hcsref_type_string),
    KEEP(hcsref_oci_zos_device, major, "major", hcsref_type_int64),
    KEEP(hcsref_oci_zos_device, minor, "minor", hcsref_type_int64),
    OMIT(hcsref_oci_zos_device, file_mode, "fileMode", hcsref_oci_file_mode_ptr),
    OMIT(hcsref_oci_zos_device, uid, "uid", hcsref_oci_uint32_ptr),
    OMIT(hcsref_oci_zos_device, gid, "gid", hcsref_oci_uint32_ptr),
};
const hcsref_type hcsref_type_oci_zos_device = STRUCT(hcsref_oci_zos_device, "specs.ZOSDevice", zos_device_fields);
