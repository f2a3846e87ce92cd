/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Hypervisor isolation of Windows containers: from what the shim is asked to the options of a utility VM, and from
 * those to its create document. Source: hcsshim cmd/containerd-shim-runhcs-v1, internal/oci/uvm.go,
 * internal/uvm/create_wcow.go, internal/layers, from 0.11.0 on.
 *
 * Strings are never copied without need: what a call makes may point into its input and the host's answers. A call that
 * fails leaves its outputs as they were. `err` may be null. All can fail with "out-of-memory"; `where` is a JSON
 * pointer into the spec, or into the runtime options when it begins with "/shim", or into `rootfs` with "/rootfs".
 * Codes:
 *
 *   spec-missing              there is no spec
 *   vm-program                nothing is known of the VM side of this release
 *   vm-linux                  the spec is a Linux container's
 *   annotations-missing       runtime options are to be noted in annotations, and the spec has none (upstream crashes)
 *   annotations-conflict      annotations that contradict each other
 *   shim-isolation, shim-platform: runtime options that contradict the spec
 *   windows-missing           no Windows section (upstream crashes)
 *   layers-…, rootfs-…        layers that no container can have
 *   pod-build, pod-annotations, task-annotations: what was asked for cannot be a pod, or a task of its own
 *   resource-partition        the annotation is not a GUID
 *   confidential-memory, confidential-isolation, confidential-layers, debug-mode
 *   vm-options                options that contradict each other
 *   vm-folder, vm-scratch, vm-copy, vm-grant, vm-disk-id, vm-share: the files that the VM boots from
 *   vm-processors, vm-numa, vm-cpu-group, vm-dump-directory, vm-policy
 */
#ifndef HCSREF_UVM_H
#define HCSREF_UVM_H

#include "hcsref/pipeline.h"
#include "hcsref/profile.h"
#include "hcsref/provenance.h"
#include "hcsref/vm_host.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- what the shim is asked ------------------------------------------------------------------------------------- */

/** The runtime options of a pod. Source: hcsshim cmd/containerd-shim-runhcs-v1/options runhcs.proto. */
typedef struct hcsref_shim_options {
  int32_t sandbox_isolation; /* 0 PROCESS, 1 HYPERVISOR */
  hcsref_str sandbox_platform;
  hcsref_str boot_files_root_path;
  int32_t vm_processor_count;
  int32_t vm_memory_size_in_mb;
  hcsref_str nc_proxy_addr;
  hcsref_map default_container_annotations; /* map[string]string */
} hcsref_shim_options;

HCSREF_API extern const hcsref_type hcsref_type_shim_options;

/** The shim's create call. Zero bytes: a pod without a name, by the baseline. */
typedef struct hcsref_uvm_settings {
  const hcsref_profile *profile;
  hcsref_str id;     /**< of the pod or task; the VM's is that and "@vm" */
  bool task;         /**< a task of its own, not a pod's */
  hcsref_str bundle; /**< the folder of the bundle */
  hcsref_str shim_path;
  const hcsref_shim_options *shim; /**< null: none */
  hcsref_slice rootfs;             /**< of hcsref_rootfs_mount */
  /** JSON of Go names of hcsref_uvm_options that is laid over the options, as a user of the uvm package itself would
   * set them; empty: none. */
  hcsref_str overrides;
  hcsref_provenance *provenance; /**< where fields come from is noted there; null: nowhere */
} hcsref_uvm_settings;

/* ---- options ---- */

/** uvm.OptionsWCOW, with what it embeds in place. */
typedef struct hcsref_uvm_options {
  hcsref_str id, owner;
  uint64_t memory_size_in_mb;
  uint64_t low_mmio_gap_in_mb, high_mmio_base_in_mb, high_mmio_gap_in_mb;
  bool allow_overcommit, fully_physically_backed, enable_deferred_commit;
  int32_t processor_count, processor_limit, processor_weight;
  int32_t storage_qos_iops_maximum, storage_qos_bandwidth_maximum;
  hcsref_str dump_directory_path;
  hcsref_str cpu_group_id;
  hcsref_str resource_partition_id; /**< a GUID in lower case, or empty */
  hcsref_str network_config_proxy, process_dump_location;
  bool no_writable_file_shares, disable_compartment_namespace;
  uint32_t scsi_controller_count;
  bool enable_graphics_console;
  hcsref_str console_pipe;
  uint32_t max_processors_per_numa_node;
  uint64_t max_memory_size_per_numa_node;
  hcsref_slice preferred_physical_numa_nodes, numa_mapped_physical_nodes, numa_processor_counts; /* []uint32 */
  hcsref_slice numa_memory_blocks_counts;                                                        /* []uint64 */
  hcsref_map additional_hyper_v_config; /* map[string]HvSocketServiceConfig */
  bool no_direct_map, no_inherit_host_timezone;
  hcsref_slice additional_registry_keys; /* []RegistryValue */
  bool writable_efi;
  hcsref_str boot_files_root_path;
  bool log_forwarding_enabled, default_log_sources_enabled;
  hcsref_str log_sources;
  /* confidential VMs */
  bool security_policy_enabled;
  hcsref_str security_policy, security_policy_enforcer;
  hcsref_str isolation_type;
  bool disable_secure_boot;
  hcsref_str firmware_parameters, guest_state_file_path;
  hcsref_str uvm_reference_info_file, uvm_hash_envelope_reference_info_file;
  bool debug_mode;
  hcsref_str debug_data_path;
} hcsref_uvm_options;

/** Under the Go names; what is zero is left out. */
HCSREF_API extern const hcsref_type hcsref_type_uvm_options;

/** What the runtime options make of the spec of any container that is created with them: annotations, and Hyper-V
 * isolation when they ask for it. Null `shim`: nothing. Codes: annotations-missing, shim-isolation. Source: hcsshim
 * cmd/containerd-shim-runhcs-v1/service_internal.go createInternal; internal/oci/uvm.go UpdateSpecFromOptions. */
HCSREF_API bool hcsref_shim_complete_spec(hcsref_arena *arena, const hcsref_profile *profile,
                                          const hcsref_shim_options *shim, hcsref_oci_spec *spec, hcsref_error *err);

/** From the shim's create call to the options of the VM; null in `*out` when no VM is made. The spec may be completed,
 * as upstream completes it. */
HCSREF_API bool hcsref_uvm_options_of(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_uvm_settings *settings,
                                      const hcsref_vm_host *host, hcsref_uvm_options **out, hcsref_error *err);

/** From the shim's create call to the document that the VM is created with; null in `*out` when none is made. Boot
 * files are looked for, made and opened to the VM through `host`, in upstream's order. Encode it with
 * hcsref_type_v2_compute_system and the rules of the profile's shim. */
HCSREF_API bool hcsref_uvm_document(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_uvm_settings *settings,
                                    const hcsref_vm_host *host, hcsref_v2_compute_system **out, hcsref_error *err);

#ifdef __cplusplus
}
#endif

#endif
