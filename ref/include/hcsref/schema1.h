/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * HCS schema 1: container documents for hosts before 1809, and the answers of that schema. Source: hcsshim
 * 0af576d29 internal/hcs/schema1/schema1.go.
 */
#ifndef HCSREF_SCHEMA1_H
#define HCSREF_SCHEMA1_H

#include "hcsref/json.h"
#include "hcsref/schema2.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hcsref_v1_process_config hcsref_v1_process_config;
typedef struct hcsref_v1_layer hcsref_v1_layer;
typedef struct hcsref_v1_mapped_dir hcsref_v1_mapped_dir;
typedef struct hcsref_v1_mapped_pipe hcsref_v1_mapped_pipe;
typedef struct hcsref_v1_hv_runtime hcsref_v1_hv_runtime;
typedef struct hcsref_v1_mapped_virtual_disk hcsref_v1_mapped_virtual_disk;
typedef struct hcsref_v1_assigned_device hcsref_v1_assigned_device;
typedef struct hcsref_v1_container_config hcsref_v1_container_config;
typedef struct hcsref_v1_compute_system_query hcsref_v1_compute_system_query;
typedef struct hcsref_v1_property_query hcsref_v1_property_query;
typedef struct hcsref_v1_container_properties hcsref_v1_container_properties;
typedef struct hcsref_v1_memory_stats hcsref_v1_memory_stats;
typedef struct hcsref_v1_processor_stats hcsref_v1_processor_stats;
typedef struct hcsref_v1_storage_stats hcsref_v1_storage_stats;
typedef struct hcsref_v1_network_stats hcsref_v1_network_stats;
typedef struct hcsref_v1_statistics hcsref_v1_statistics;
typedef struct hcsref_v1_process_list_item hcsref_v1_process_list_item;
typedef struct hcsref_v1_mapped_virtual_disk_controller hcsref_v1_mapped_virtual_disk_controller;
typedef struct hcsref_v1_guest_defined_capabilities hcsref_v1_guest_defined_capabilities;
typedef struct hcsref_v1_guest_connection_info hcsref_v1_guest_connection_info;
typedef struct hcsref_v1_resource_modification_request_response hcsref_v1_resource_modification_request_response;

/** Starts a process. ConsoleSize is written always, [0,0] when unset. */
struct hcsref_v1_process_config {
  hcsref_str application_name;
  hcsref_str command_line;
  hcsref_slice command_args; /* []string */
  hcsref_str user;
  hcsref_str working_directory;
  hcsref_map environment; /* map[string]string */
  bool emulate_console;
  bool create_std_in_pipe;
  bool create_std_out_pipe;
  bool create_std_err_pipe;
  uint64_t console_size[2]; /* height, width */
  bool create_in_utility_vm;
  hcsref_str *oci_specification; /* JSON text; LCOW only */
};

/** A read-only layer. */
struct hcsref_v1_layer {
  hcsref_str id;
  hcsref_str path;
};

/** A folder of the host in the container. */
struct hcsref_v1_mapped_dir {
  hcsref_str host_path;
  hcsref_str container_path;
  bool read_only;
  uint64_t bandwidth_maximum; /* bytes a second */
  uint64_t iops_maximum;      /* operations a second */
  bool create_in_utility_vm;
  bool linux_metadata;
};

/** A named pipe of the host in the container. */
struct hcsref_v1_mapped_pipe {
  hcsref_str host_path;
  hcsref_str container_pipe_name; /* without \\.\pipe\ */
};

/** The utility VM image of a hypervisor-isolated container. */
struct hcsref_v1_hv_runtime {
  hcsref_str image_path;
  bool skip_template;
  hcsref_str linux_initrd_file;
  hcsref_str linux_kernel_file;
  hcsref_str linux_boot_parameters;
  hcsref_str boot_source;
  bool writable_boot_source;
};

/** A virtual disk in the container. */
struct hcsref_v1_mapped_virtual_disk {
  hcsref_str host_path;
  hcsref_str container_path;
  bool create_in_utility_vm;
  bool read_only;
  hcsref_str cache;
  bool attach_only;
};

/** A class of devices given to the container. */
struct hcsref_v1_assigned_device {
  hcsref_str interface_class_guid;
};

/** Creates a container. Layers and HvPartition are written always, a nil Layers as null. */
struct hcsref_v1_container_config {
  hcsref_str system_type;
  hcsref_str name;
  hcsref_str owner;
  hcsref_str volume_path; /* \\?\Volume{GUID}, without a final backslash */
  bool ignore_flushes_during_boot;
  hcsref_str layer_folder_path; /* the scratch layer */
  hcsref_slice layers;          /* []Layer: top first */
  hcsref_str credentials;       /* gMSA credential spec */
  uint32_t processor_count;
  uint64_t processor_weight;          /* 1 to 10000 */
  int64_t processor_maximum;          /* hundredths of a percent */
  uint64_t storage_iops_maximum;      /* operations a second */
  uint64_t storage_bandwidth_maximum; /* bytes a second */
  uint64_t storage_sandbox_size;      /* bytes; never set */
  int64_t memory_maximum_in_mb;
  hcsref_str host_name;
  hcsref_slice mapped_directories; /* []MappedDir */
  hcsref_slice mapped_pipes;       /* []MappedPipe */
  bool hv_partition;               /* hypervisor isolation */
  hcsref_str network_shared_container_name;
  hcsref_slice endpoint_list; /* []string: HNS endpoint ids */
  hcsref_v1_hv_runtime *hv_runtime;
  bool servicing; /* never set */
  bool allow_unqualified_dns_query;
  hcsref_str dns_search_list; /* comma-separated */
  hcsref_str container_type;
  bool terminate_on_last_handle_closed;
  hcsref_slice mapped_virtual_disks; /* []MappedVirtualDisk */
  hcsref_slice assigned_devices;     /* []AssignedDevice */
};

/** Which compute systems to enumerate; empty: all. */
struct hcsref_v1_compute_system_query {
  hcsref_slice ids;    /* []string */
  hcsref_slice types;  /* []string */
  hcsref_slice names;  /* []string */
  hcsref_slice owners; /* []string */
};

/** Which properties to answer; empty: the basic ones. */
struct hcsref_v1_property_query {
  hcsref_slice property_types; /* []PropertyType */
};

/** Memory in use, in bytes. */
struct hcsref_v1_memory_stats {
  uint64_t memory_usage_commit_bytes;
  uint64_t memory_usage_commit_peak_bytes;
  uint64_t memory_usage_private_working_set_bytes;
};

/** Processor time, in units of 100 ns. */
struct hcsref_v1_processor_stats {
  uint64_t total_runtime_100ns;
  uint64_t runtime_user_100ns;
  uint64_t runtime_kernel_100ns;
};

/** Storage traffic: normalised numbers of operations, and bytes. */
struct hcsref_v1_storage_stats {
  uint64_t read_count_normalized;
  uint64_t read_size_bytes;
  uint64_t write_count_normalized;
  uint64_t write_size_bytes;
};

/** Statistics of a container. The times are written even when zero. */
struct hcsref_v1_statistics {
  hcsref_time timestamp;
  hcsref_time container_start_time;
  uint64_t uptime_100ns; /* units of 100 ns */
  hcsref_v1_memory_stats memory;
  hcsref_v1_processor_stats processor;
  hcsref_v1_storage_stats storage;
  hcsref_slice network; /* []NetworkStats */
};

/** What the guest of a utility VM can do. */
struct hcsref_v1_guest_defined_capabilities {
  bool namespace_add_request_supported;
  bool signal_process_supported;
  bool dump_stacks_supported;
  bool delete_container_state_supported;
  bool update_container_supported;
};

/** What the guest of a utility VM speaks. */
struct hcsref_v1_guest_connection_info {
  hcsref_slice supported_schema_versions; /* []hcsschema.Version */
  uint32_t protocol_version;
  hcsref_v1_guest_defined_capabilities guest_defined_capabilities;
};

/** The answer to a property query. */
struct hcsref_v1_container_properties {
  hcsref_str id;
  hcsref_str state;
  hcsref_str name;
  hcsref_str system_type;
  hcsref_str runtime_os_type;
  hcsref_str owner;
  hcsref_str silo_guid;
  hcsref_guid runtime_id;
  bool is_runtime_template;
  hcsref_str runtime_image_path;
  bool stopped;
  hcsref_str exit_type;
  bool are_updates_pending;
  hcsref_str ob_root;
  hcsref_v1_statistics statistics;
  hcsref_slice process_list;                  /* []ProcessListItem */
  hcsref_map mapped_virtual_disk_controllers; /* map[int]MappedVirtualDiskController */
  hcsref_v1_guest_connection_info guest_connection_info;
};

/** Network traffic of one endpoint. */
struct hcsref_v1_network_stats {
  uint64_t bytes_received;
  uint64_t bytes_sent;
  uint64_t packets_received;
  uint64_t packets_sent;
  uint64_t dropped_packets_incoming;
  uint64_t dropped_packets_outgoing;
  hcsref_str endpoint_id;
  hcsref_str instance_id;
};

/** One process of a container: times in units of 100 ns, sizes in bytes. */
struct hcsref_v1_process_list_item {
  hcsref_time create_timestamp;
  hcsref_str image_name;
  uint64_t kernel_time_100ns;
  uint64_t memory_commit_bytes;
  uint64_t memory_working_set_private_bytes;
  uint64_t memory_working_set_shared_bytes;
  uint32_t process_id;
  uint64_t user_time_100ns;
};

/** The disks of one controller, by LUN. */
struct hcsref_v1_mapped_virtual_disk_controller {
  hcsref_map mapped_virtual_disks; /* map[int]MappedVirtualDisk */
};

/** Changes a running system. */
struct hcsref_v1_resource_modification_request_response {
  hcsref_str resource_type;
  hcsref_value settings; /* depends on the resource */
  hcsref_str request_type;
};

/** The entry of a map[int]MappedVirtualDiskController. */
typedef struct hcsref_v1_mapped_virtual_disk_controller_entry {
  hcsref_str key;
  hcsref_v1_mapped_virtual_disk_controller value;
} hcsref_v1_mapped_virtual_disk_controller_entry;

/** The entry of a map[int]MappedVirtualDisk. */
typedef struct hcsref_v1_mapped_virtual_disk_entry {
  hcsref_str key;
  hcsref_v1_mapped_virtual_disk value;
} hcsref_v1_mapped_virtual_disk_entry;

HCSREF_API extern const hcsref_type hcsref_type_v1_process_config;
HCSREF_API extern const hcsref_type hcsref_type_v1_layer;
HCSREF_API extern const hcsref_type hcsref_type_v1_mapped_dir;
HCSREF_API extern const hcsref_type hcsref_type_v1_mapped_pipe;
HCSREF_API extern const hcsref_type hcsref_type_v1_hv_runtime;
HCSREF_API extern const hcsref_type hcsref_type_v1_mapped_virtual_disk;
HCSREF_API extern const hcsref_type hcsref_type_v1_assigned_device;
HCSREF_API extern const hcsref_type hcsref_type_v1_container_config;
HCSREF_API extern const hcsref_type hcsref_type_v1_compute_system_query;
HCSREF_API extern const hcsref_type hcsref_type_v1_property_query;
HCSREF_API extern const hcsref_type hcsref_type_v1_container_properties;
HCSREF_API extern const hcsref_type hcsref_type_v1_memory_stats;
HCSREF_API extern const hcsref_type hcsref_type_v1_processor_stats;
HCSREF_API extern const hcsref_type hcsref_type_v1_storage_stats;
HCSREF_API extern const hcsref_type hcsref_type_v1_network_stats;
HCSREF_API extern const hcsref_type hcsref_type_v1_statistics;
HCSREF_API extern const hcsref_type hcsref_type_v1_process_list_item;
HCSREF_API extern const hcsref_type hcsref_type_v1_mapped_virtual_disk_controller;
HCSREF_API extern const hcsref_type hcsref_type_v1_guest_defined_capabilities;
HCSREF_API extern const hcsref_type hcsref_type_v1_guest_connection_info;
HCSREF_API extern const hcsref_type hcsref_type_v1_resource_modification_request_response;

#ifdef __cplusplus
}
#endif

#endif
