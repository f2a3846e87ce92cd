/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of what the OCI runtime spec has had since 1.2.1 and 1.3.0. Source: opencontainers/runtime-spec
 * specs-go/config.go. */
#include "hcsref/oci_recent.h"

#include "schema/oci_shared.h"
#include "schema/table.h"

static const hcsref_type zos_namespace_type = NAMED(HCSREF_STRING, hcsref_str, "specs.ZOSNamespaceType");
static const hcsref_type memory_policy_mode = NAMED(HCSREF_STRING, hcsref_str, "specs.MemoryPolicyModeType");
static const hcsref_type memory_policy_flag = NAMED(HCSREF_STRING, hcsref_str, "specs.MemoryPolicyFlagType");
static const hcsref_type memory_policy_flags = SLICE_OF(memory_policy_flag, "[]specs.MemoryPolicyFlagType");
static const hcsref_type io_mems_list = SLICE_OF(hcsref_type_oci_io_mems, "[]specs.IOMems");
static const hcsref_type uint32_list = SLICE_OF(hcsref_type_uint32, "[]uint32");
static const hcsref_type device_list = SLICE_OF(hcsref_type_oci_freebsd_device, "[]specs.FreeBSDDevice");
static const hcsref_type jail_ptr = POINTER_TO(hcsref_type_oci_freebsd_jail, "*specs.FreeBSDJail");
static const hcsref_type allow_ptr = POINTER_TO(hcsref_type_oci_freebsd_jail_allow, "*specs.FreeBSDJailAllow");
static const hcsref_type sharing = NAMED(HCSREF_STRING, hcsref_str, "specs.FreeBSDSharing");

const hcsref_type hcsref_oci_cpu_affinity_ptr = POINTER_TO(hcsref_type_oci_cpu_affinity, "*specs.CPUAffinity");
const hcsref_type hcsref_oci_zos_namespace_list = SLICE_OF(hcsref_type_oci_zos_namespace, "[]specs.ZOSNamespace");
const hcsref_type hcsref_oci_linux_net_device_map = MAP_TO(
    hcsref_type_oci_linux_net_device, hcsref_oci_linux_net_device_entry, NULL, "map[string]specs.LinuxNetDevice");
const hcsref_type hcsref_oci_linux_memory_policy_ptr =
    POINTER_TO(hcsref_type_oci_linux_memory_policy, "*specs.LinuxMemoryPolicy");
const hcsref_type hcsref_oci_hw_config_ptr = POINTER_TO(hcsref_type_oci_hw_config, "*specs.HWConfig");
const hcsref_type hcsref_oci_freebsd_ptr = POINTER_TO(hcsref_type_oci_freebsd, "*specs.FreeBSD");

static const hcsref_field cpu_affinity_fields[] = {
    OMIT(hcsref_oci_cpu_affinity, initial, "initial", hcsref_type_string),
    OMIT(hcsref_oci_cpu_affinity, final_, "final", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_cpu_affinity =
    STRUCT(hcsref_oci_cpu_affinity, "specs.CPUAffinity", cpu_affinity_fields);

static const hcsref_field zos_namespace_fields[] = {
    KEEP(hcsref_oci_zos_namespace, type, "type", zos_namespace_type),
    OMIT(hcsref_oci_zos_namespace, path, "path", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_zos_namespace =
    STRUCT(hcsref_oci_zos_namespace, "specs.ZOSNamespace", zos_namespace_fields);

static const hcsref_field linux_net_device_fields[] = {
    OMIT(hcsref_oci_linux_net_device, name, "name", hcsref_type_string),
};
const hcsref_type hcsref_type_oci_linux_net_device =
    STRUCT(hcsref_oci_linux_net_device, "specs.LinuxNetDevice", linux_net_device_fields);

static const hcsref_field linux_memory_policy_fields[] = {
    KEEP(hcsref_oci_linux_memory_policy, mode, "mode", memory_policy_mode),
    KEEP(hcsref_oci_linux_memory_policy, nodes, "nodes", hcsref_type_string),
    OMIT(hcsref_oci_linux_memory_policy, flags, "flags", memory_policy_flags),
};
const hcsref_type hcsref_type_oci_linux_memory_policy =
    STRUCT(hcsref_oci_linux_memory_policy, "specs.LinuxMemoryPolicy", linux_memory_policy_fields);

static const hcsref_field io_mems_fields[] = {
    OMIT(hcsref_oci_io_mems, first_gfn, "firstGFN", hcsref_oci_uint64_ptr),
    KEEP(hcsref_oci_io_mems, first_mfn, "firstMFN", hcsref_oci_uint64_ptr),
    KEEP(hcsref_oci_io_mems, nr_mfns, "nrMFNs", hcsref_oci_uint64_ptr),
};
const hcsref_type hcsref_type_oci_io_mems = STRUCT(hcsref_oci_io_mems, "specs.IOMems", io_mems_fields);

static const hcsref_field hw_config_fields[] = {
    OMIT(hcsref_oci_hw_config, device_tree, "deviceTree", hcsref_type_string),
    OMIT(hcsref_oci_hw_config, vcpus, "vcpus", hcsref_oci_uint32_ptr),
    OMIT(hcsref_oci_hw_config, memory, "memory", hcsref_oci_uint64_ptr),
    OMIT(hcsref_oci_hw_config, dt_devs, "dtdevs", hcsref_type_strings),
    OMIT(hcsref_oci_hw_config, io_mems, "iomems", io_mems_list),
    OMIT(hcsref_oci_hw_config, irqs, "irqs", uint32_list),
};
const hcsref_type hcsref_type_oci_hw_config = STRUCT(hcsref_oci_hw_config, "specs.HWConfig", hw_config_fields);

static const hcsref_field freebsd_device_fields[] = {
    KEEP(hcsref_oci_freebsd_device, path, "path", hcsref_type_string),
    OMIT(hcsref_oci_freebsd_device, mode, "mode", hcsref_oci_file_mode_ptr),
};
const hcsref_type hcsref_type_oci_freebsd_device =
    STRUCT(hcsref_oci_freebsd_device, "specs.FreeBSDDevice", freebsd_device_fields);

static const hcsref_field freebsd_jail_allow_fields[] = {
    OMIT(hcsref_oci_freebsd_jail_allow, set_hostname, "setHostname", hcsref_type_bool),
    OMIT(hcsref_oci_freebsd_jail_allow, raw_sockets, "rawSockets", hcsref_type_bool),
    OMIT(hcsref_oci_freebsd_jail_allow, chflags, "chflags", hcsref_type_bool),
    OMIT(hcsref_oci_freebsd_jail_allow, mount, "mount", hcsref_type_strings),
    OMIT(hcsref_oci_freebsd_jail_allow, quotas, "quotas", hcsref_type_bool),
    OMIT(hcsref_oci_freebsd_jail_allow, socket_af, "socketAf", hcsref_type_bool),
    OMIT(hcsref_oci_freebsd_jail_allow, mlock, "mlock", hcsref_type_bool),
    OMIT(hcsref_oci_freebsd_jail_allow, reserved_ports, "reservedPorts", hcsref_type_bool),
    OMIT(hcsref_oci_freebsd_jail_allow, suser, "suser", hcsref_type_bool),
};
const hcsref_type hcsref_type_oci_freebsd_jail_allow =
    STRUCT(hcsref_oci_freebsd_jail_allow, "specs.FreeBSDJailAllow", freebsd_jail_allow_fields);

static const hcsref_field freebsd_jail_fields[] = {
    OMIT(hcsref_oci_freebsd_jail, parent, "parent", hcsref_type_string),
    OMIT(hcsref_oci_freebsd_jail, host, "host", sharing),
    OMIT(hcsref_oci_freebsd_jail, ip4, "ip4", sharing),
    OMIT(hcsref_oci_freebsd_jail, ip4_addr, "ip4Addr", hcsref_type_strings),
    OMIT(hcsref_oci_freebsd_jail, ip6, "ip6", sharing),
    OMIT(hcsref_oci_freebsd_jail, ip6_addr, "ip6Addr", hcsref_type_strings),
    OMIT(hcsref_oci_freebsd_jail, vnet, "vnet", sharing),
    OMIT(hcsref_oci_freebsd_jail, interface_, "interface", hcsref_type_string),
    OMIT(hcsref_oci_freebsd_jail, vnet_interfaces, "vnetInterfaces", hcsref_type_strings),
    OMIT(hcsref_oci_freebsd_jail, sysvmsg, "sysvmsg", sharing),
    OMIT(hcsref_oci_freebsd_jail, sysvsem, "sysvsem", sharing),
    OMIT(hcsref_oci_freebsd_jail, sysvshm, "sysvshm", sharing),
    OMIT(hcsref_oci_freebsd_jail, enforce_statfs, "enforceStatfs", hcsref_oci_int_ptr),
    OMIT(hcsref_oci_freebsd_jail, allow, "allow", allow_ptr),
};
const hcsref_type hcsref_type_oci_freebsd_jail =
    STRUCT(hcsref_oci_freebsd_jail, "specs.FreeBSDJail", freebsd_jail_fields);

static const hcsref_field freebsd_fields[] = {
    OMIT(hcsref_oci_freebsd, devices, "devices", device_list),
    OMIT(hcsref_oci_freebsd, jail, "jail", jail_ptr),
};
const hcsref_type hcsref_type_oci_freebsd = STRUCT(hcsref_oci_freebsd, "specs.FreeBSD", freebsd_fields);
