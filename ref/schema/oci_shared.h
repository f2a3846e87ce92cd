/* SPDX-License-Identifier: Apache-2.0 */
/* Compounds that more than one file of the OCI tables uses. */
#ifndef HCSREF_SCHEMA_OCI_SHARED_H
#define HCSREF_SCHEMA_OCI_SHARED_H

#include "hcsref/json.h"

extern const hcsref_type hcsref_oci_root_ptr, hcsref_oci_hooks_ptr, hcsref_oci_solaris_ptr, hcsref_oci_windows_ptr,
    hcsref_oci_vm_ptr, hcsref_oci_box_ptr, hcsref_oci_linux_capabilities_ptr, hcsref_oci_posix_rlimit_list,
    hcsref_oci_int_ptr, hcsref_oci_uint32_ptr, hcsref_oci_linux_id_mapping_list, hcsref_oci_linux_namespace_list,
    hcsref_oci_linux_device_list, hcsref_oci_linux_seccomp_ptr, hcsref_oci_linux_personality_ptr, hcsref_oci_uint16_ptr,
    hcsref_oci_int64_ptr, hcsref_oci_uint64_ptr, hcsref_oci_bool_ptr, hcsref_oci_linux_device_cgroup_list,
    hcsref_oci_linux_pids_ptr, hcsref_oci_linux_block_io_ptr, hcsref_oci_linux_hugepage_limit_list,
    hcsref_oci_linux_network_ptr, hcsref_oci_linux_rdma_map, hcsref_oci_file_mode_ptr, hcsref_oci_cpu_affinity_ptr,
    hcsref_oci_zos_namespace_list, hcsref_oci_linux_net_device_map, hcsref_oci_linux_memory_policy_ptr,
    hcsref_oci_hw_config_ptr, hcsref_oci_freebsd_ptr;

#endif
