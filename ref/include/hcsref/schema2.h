/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * HCS schema 2: what hcsshim 0af576d29 hands to the Host Compute Service on 1809 and later, and the answers
 * and process documents of that schema. Source: hcsshim internal/hcs/schema2.
 */
#ifndef HCSREF_SCHEMA2_H
#define HCSREF_SCHEMA2_H

#include "hcsref/json.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hcsref_v2_container hcsref_v2_container;
typedef struct hcsref_v2_compute_system hcsref_v2_compute_system;
typedef struct hcsref_v2_hosted_system hcsref_v2_hosted_system;
typedef struct hcsref_v2_version hcsref_v2_version;
typedef struct hcsref_v2_guest_os hcsref_v2_guest_os;
typedef struct hcsref_v2_storage hcsref_v2_storage;
typedef struct hcsref_v2_storage_qos hcsref_v2_storage_qos;
typedef struct hcsref_v2_layer hcsref_v2_layer;
typedef struct hcsref_v2_mapped_directory hcsref_v2_mapped_directory;
typedef struct hcsref_v2_mapped_pipe hcsref_v2_mapped_pipe;
typedef struct hcsref_v2_memory hcsref_v2_memory;
typedef struct hcsref_v2_processor hcsref_v2_processor;
typedef struct hcsref_v2_networking hcsref_v2_networking;
typedef struct hcsref_v2_hv_socket hcsref_v2_hv_socket;
typedef struct hcsref_v2_container_credential_guard_state hcsref_v2_container_credential_guard_state;
typedef struct hcsref_v2_registry_changes hcsref_v2_registry_changes;
typedef struct hcsref_v2_registry_key hcsref_v2_registry_key;
typedef struct hcsref_v2_registry_value hcsref_v2_registry_value;
typedef struct hcsref_v2_device hcsref_v2_device;
typedef struct hcsref_v2_container_definition_device hcsref_v2_container_definition_device;
typedef struct hcsref_v2_device_extension hcsref_v2_device_extension;
typedef struct hcsref_v2_device_category hcsref_v2_device_category;
typedef struct hcsref_v2_device_instance hcsref_v2_device_instance;
typedef struct hcsref_v2_device_namespace hcsref_v2_device_namespace;
typedef struct hcsref_v2_interface_class hcsref_v2_interface_class;
typedef struct hcsref_v2_device_extension_namespace hcsref_v2_device_extension_namespace;
typedef struct hcsref_v2_object_directory hcsref_v2_object_directory;
typedef struct hcsref_v2_object_namespace hcsref_v2_object_namespace;
typedef struct hcsref_v2_object_symlink hcsref_v2_object_symlink;
typedef struct hcsref_v2_hv_socket2 hcsref_v2_hv_socket2;
typedef struct hcsref_v2_hv_socket_system_config hcsref_v2_hv_socket_system_config;
typedef struct hcsref_v2_hv_socket_service_config hcsref_v2_hv_socket_service_config;
typedef struct hcsref_v2_process_parameters hcsref_v2_process_parameters;
typedef struct hcsref_v2_process_status hcsref_v2_process_status;
typedef struct hcsref_v2_process_details hcsref_v2_process_details;
typedef struct hcsref_v2_process_modify_request hcsref_v2_process_modify_request;
typedef struct hcsref_v2_close_handle hcsref_v2_close_handle;
typedef struct hcsref_v2_console_size hcsref_v2_console_size;
typedef struct hcsref_v2_properties hcsref_v2_properties;
typedef struct hcsref_v2_property_query hcsref_v2_property_query;
typedef struct hcsref_v2_statistics hcsref_v2_statistics;
typedef struct hcsref_v2_memory_stats hcsref_v2_memory_stats;
typedef struct hcsref_v2_processor_stats hcsref_v2_processor_stats;
typedef struct hcsref_v2_storage_stats hcsref_v2_storage_stats;
typedef struct hcsref_v2_service_properties hcsref_v2_service_properties;
typedef struct hcsref_v2_modify_setting_request hcsref_v2_modify_setting_request;
typedef struct hcsref_v2_container_credential_guard_instance hcsref_v2_container_credential_guard_instance;
typedef struct hcsref_v2_container_credential_guard_add_instance_request
    hcsref_v2_container_credential_guard_add_instance_request;
typedef struct hcsref_v2_container_credential_guard_remove_instance_request
    hcsref_v2_container_credential_guard_remove_instance_request;
typedef struct hcsref_v2_container_credential_guard_hv_socket_service_config
    hcsref_v2_container_credential_guard_hv_socket_service_config;
typedef struct hcsref_v2_container_credential_guard_operation_request
    hcsref_v2_container_credential_guard_operation_request;
typedef struct hcsref_v2_container_credential_guard_system_info hcsref_v2_container_credential_guard_system_info;

struct hcsref_v2_container {
  hcsref_v2_guest_os *guest_os;
  hcsref_v2_storage *storage;
  hcsref_slice mapped_directories; /* []MappedDirectory */
  hcsref_slice mapped_pipes;       /* []MappedPipe */
  hcsref_v2_memory *memory;
  hcsref_v2_processor *processor;
  hcsref_v2_networking *networking;
  hcsref_v2_hv_socket *hv_socket;
  hcsref_v2_container_credential_guard_state *container_credential_guard;
  hcsref_v2_registry_changes *registry_changes;
  hcsref_slice assigned_devices; /* []Device */
  hcsref_v2_container_definition_device *additional_device_namespace;
};

struct hcsref_v2_compute_system {
  hcsref_str owner;
  hcsref_v2_version *schema_version;
  hcsref_str hosting_system_id;
  hcsref_value hosted_system;
  hcsref_v2_container *container;
  hcsref_value *virtual_machine;
  bool should_terminate_on_last_handle_closed;
};

struct hcsref_v2_hosted_system {
  hcsref_v2_version *schema_version;
  hcsref_v2_container *container;
};

struct hcsref_v2_version {
  int32_t major;
  int32_t minor;
};

struct hcsref_v2_guest_os {
  hcsref_str host_name;
};

struct hcsref_v2_storage {
  hcsref_slice layers; /* []Layer */
  hcsref_str path;
  hcsref_v2_storage_qos *qos;
};

struct hcsref_v2_storage_qos {
  int32_t iops_maximum;
  int32_t bandwidth_maximum;
};

struct hcsref_v2_layer {
  hcsref_str id;
  hcsref_str path;
  hcsref_str path_type;
  hcsref_str cache;
};

struct hcsref_v2_mapped_directory {
  hcsref_str host_path;
  hcsref_str host_path_type;
  hcsref_str container_path;
  bool read_only;
};

struct hcsref_v2_mapped_pipe {
  hcsref_str container_pipe_name;
  hcsref_str host_path;
  hcsref_str host_path_type;
};

struct hcsref_v2_memory {
  uint64_t size_in_mb;
};

struct hcsref_v2_processor {
  int32_t count;
  int32_t maximum;
  int32_t weight;
};

struct hcsref_v2_networking {
  bool allow_unqualified_dns_query;
  hcsref_str dns_search_list;
  hcsref_str network_shared_container_name;
  hcsref_str name_space;
  hcsref_slice network_adapters; /* []string */
};

struct hcsref_v2_hv_socket {
  hcsref_v2_hv_socket_system_config *config;
  bool enable_power_shell_direct;
};

struct hcsref_v2_container_credential_guard_state {
  hcsref_str cookie;
  hcsref_str rpc_endpoint;
  hcsref_str transport;
  hcsref_str credential_spec;
};

struct hcsref_v2_registry_changes {
  hcsref_slice add_values;  /* []RegistryValue */
  hcsref_slice delete_keys; /* []RegistryKey */
};

struct hcsref_v2_registry_key {
  hcsref_str hive;
  hcsref_str name;
  bool is_volatile;
};

struct hcsref_v2_registry_value {
  hcsref_v2_registry_key *key;
  hcsref_str name;
  hcsref_str type;
  hcsref_str string_value;
  hcsref_str binary_value;
  int32_t d_word_value;
  int32_t q_word_value;
  int32_t custom_type;
};

struct hcsref_v2_device {
  hcsref_str type;
  hcsref_str interface_class_guid;
  hcsref_str location_path;
};

struct hcsref_v2_container_definition_device {
  hcsref_slice device_extension; /* []DeviceExtension */
};

struct hcsref_v2_device_extension {
  hcsref_v2_device_category *device_category;
  hcsref_v2_device_extension_namespace *name_space;
};

struct hcsref_v2_device_category {
  hcsref_str name;
  hcsref_slice interface_class; /* []InterfaceClass */
};

struct hcsref_v2_device_instance {
  hcsref_str id;
  hcsref_str location_path;
  hcsref_str port_name;
  hcsref_slice interface_class; /* []InterfaceClass */
};

struct hcsref_v2_device_namespace {
  bool requires_driverstore;
  hcsref_slice device_category; /* []DeviceCategory */
  hcsref_slice device_instance; /* []DeviceInstance */
};

struct hcsref_v2_interface_class {
  hcsref_str type;
  hcsref_str identifier;
  bool recurse;
};

struct hcsref_v2_device_extension_namespace {
  hcsref_v2_object_namespace *ob;
  hcsref_v2_device_namespace *device;
};

struct hcsref_v2_object_directory {
  hcsref_str name;
  hcsref_str clonesd;
  hcsref_str shadow;
  hcsref_slice symlink; /* []ObjectSymlink */
  hcsref_slice objdir;  /* []ObjectDirectory */
};

struct hcsref_v2_object_namespace {
  hcsref_str shadow;
  hcsref_slice symlink; /* []ObjectSymlink */
  hcsref_slice objdir;  /* []ObjectDirectory */
};

struct hcsref_v2_object_symlink {
  hcsref_str name;
  hcsref_str path;
  hcsref_str scope;
  hcsref_str pathtoclone;
  int32_t access_mask;
};

struct hcsref_v2_hv_socket2 {
  hcsref_v2_hv_socket_system_config *hv_socket_config;
};

struct hcsref_v2_hv_socket_system_config {
  hcsref_str default_bind_security_descriptor;
  hcsref_str default_connect_security_descriptor;
  hcsref_map service_table; /* map[string]HvSocketServiceConfig */
};

struct hcsref_v2_hv_socket_service_config {
  hcsref_str bind_security_descriptor;
  hcsref_str connect_security_descriptor;
  bool allow_wildcard_binds;
  bool disabled;
};

struct hcsref_v2_process_parameters {
  hcsref_str application_name;
  hcsref_str command_line;
  hcsref_slice command_args; /* []string */
  hcsref_str user;
  hcsref_str working_directory;
  hcsref_map environment; /* map[string]string */
  bool restricted_token;
  bool emulate_console;
  bool create_std_in_pipe;
  bool create_std_out_pipe;
  bool create_std_err_pipe;
  hcsref_slice console_size; /* []int32 */
  bool use_existing_login;
  bool use_legacy_console;
};

struct hcsref_v2_process_status {
  uint32_t process_id;
  bool exited;
  uint32_t exit_code;
  int32_t last_wait_result;
};

struct hcsref_v2_process_details {
  int32_t process_id;
  hcsref_str image_name;
  hcsref_time create_timestamp;
  int32_t user_time_100ns;
  int32_t kernel_time_100ns;
  int32_t memory_commit_bytes;
  int32_t memory_working_set_private_bytes;
  int32_t memory_working_set_shared_bytes;
};

struct hcsref_v2_process_modify_request {
  hcsref_str operation;
  hcsref_v2_console_size *console_size;
  hcsref_v2_close_handle *close_handle;
};

struct hcsref_v2_close_handle {
  hcsref_str handle;
};

struct hcsref_v2_console_size {
  uint16_t height;
  uint16_t width;
};

struct hcsref_v2_properties {
  hcsref_str id;
  hcsref_str system_type;
  hcsref_str runtime_os_type;
  hcsref_str name;
  hcsref_str owner;
  hcsref_str runtime_id;
  hcsref_str runtime_template_id;
  hcsref_str state;
  bool stopped;
  hcsref_str exit_type;
  hcsref_value *memory;
  hcsref_v2_statistics *statistics;
  hcsref_slice process_list; /* []ProcessDetails */
  bool terminate_on_last_handle_closed;
  hcsref_str hosting_system_id;
  hcsref_slice shared_memory_region_info; /* []SharedMemoryRegionInfo */
  hcsref_value *guest_connection_info;
  hcsref_value *lcow_metrics;
};

struct hcsref_v2_property_query {
  hcsref_slice property_types; /* []PropertyType */
};

struct hcsref_v2_statistics {
  hcsref_time timestamp;
  hcsref_time container_start_time;
  uint64_t uptime_100ns;
  hcsref_v2_processor_stats *processor;
  hcsref_v2_memory_stats *memory;
  hcsref_v2_storage_stats *storage;
};

struct hcsref_v2_memory_stats {
  uint64_t memory_usage_commit_bytes;
  uint64_t memory_usage_commit_peak_bytes;
  uint64_t memory_usage_private_working_set_bytes;
};

struct hcsref_v2_processor_stats {
  uint64_t total_runtime_100ns;
  uint64_t runtime_user_100ns;
  uint64_t runtime_kernel_100ns;
};

struct hcsref_v2_storage_stats {
  uint64_t read_count_normalized;
  uint64_t read_size_bytes;
  uint64_t write_count_normalized;
  uint64_t write_size_bytes;
};

struct hcsref_v2_service_properties {
  hcsref_slice properties; /* []json.RawMessage */
};

struct hcsref_v2_modify_setting_request {
  hcsref_str resource_path;
  hcsref_str request_type;
  hcsref_value settings;
  hcsref_value guest_request;
};

struct hcsref_v2_container_credential_guard_instance {
  hcsref_str id;
  hcsref_v2_container_credential_guard_state *credential_guard;
  hcsref_v2_container_credential_guard_hv_socket_service_config *hv_socket_config;
};

struct hcsref_v2_container_credential_guard_add_instance_request {
  hcsref_str id;
  hcsref_str credential_spec;
  hcsref_str transport;
};

struct hcsref_v2_container_credential_guard_remove_instance_request {
  hcsref_str id;
};

struct hcsref_v2_container_credential_guard_hv_socket_service_config {
  hcsref_str service_id;
  hcsref_v2_hv_socket_service_config *service_config;
};

struct hcsref_v2_container_credential_guard_operation_request {
  hcsref_str operation;
  hcsref_value operation_details;
};

struct hcsref_v2_container_credential_guard_system_info {
  hcsref_slice instances; /* []ContainerCredentialGuardInstance */
};

/** The entry of a map[string]HvSocketServiceConfig. */
typedef struct hcsref_v2_hv_socket_service_config_entry {
  hcsref_str key;
  hcsref_v2_hv_socket_service_config value;
} hcsref_v2_hv_socket_service_config_entry;

HCSREF_API extern const hcsref_type hcsref_type_v2_container;
HCSREF_API extern const hcsref_type hcsref_type_v2_compute_system;
HCSREF_API extern const hcsref_type hcsref_type_v2_hosted_system;
HCSREF_API extern const hcsref_type hcsref_type_v2_version;
HCSREF_API extern const hcsref_type hcsref_type_v2_guest_os;
HCSREF_API extern const hcsref_type hcsref_type_v2_storage;
HCSREF_API extern const hcsref_type hcsref_type_v2_storage_qos;
HCSREF_API extern const hcsref_type hcsref_type_v2_layer;
HCSREF_API extern const hcsref_type hcsref_type_v2_mapped_directory;
HCSREF_API extern const hcsref_type hcsref_type_v2_mapped_pipe;
HCSREF_API extern const hcsref_type hcsref_type_v2_memory;
HCSREF_API extern const hcsref_type hcsref_type_v2_processor;
HCSREF_API extern const hcsref_type hcsref_type_v2_networking;
HCSREF_API extern const hcsref_type hcsref_type_v2_hv_socket;
HCSREF_API extern const hcsref_type hcsref_type_v2_container_credential_guard_state;
HCSREF_API extern const hcsref_type hcsref_type_v2_registry_changes;
HCSREF_API extern const hcsref_type hcsref_type_v2_registry_key;
HCSREF_API extern const hcsref_type hcsref_type_v2_registry_value;
HCSREF_API extern const hcsref_type hcsref_type_v2_device;
HCSREF_API extern const hcsref_type hcsref_type_v2_container_definition_device;
HCSREF_API extern const hcsref_type hcsref_type_v2_device_extension;
HCSREF_API extern const hcsref_type hcsref_type_v2_device_category;
HCSREF_API extern const hcsref_type hcsref_type_v2_device_instance;
HCSREF_API extern const hcsref_type hcsref_type_v2_device_namespace;
HCSREF_API extern const hcsref_type hcsref_type_v2_interface_class;
HCSREF_API extern const hcsref_type hcsref_type_v2_device_extension_namespace;
HCSREF_API extern const hcsref_type hcsref_type_v2_object_directory;
HCSREF_API extern const hcsref_type hcsref_type_v2_object_namespace;
HCSREF_API extern const hcsref_type hcsref_type_v2_object_symlink;
HCSREF_API extern const hcsref_type hcsref_type_v2_hv_socket2;
HCSREF_API extern const hcsref_type hcsref_type_v2_hv_socket_system_config;
HCSREF_API extern const hcsref_type hcsref_type_v2_hv_socket_service_config;
HCSREF_API extern const hcsref_type hcsref_type_v2_process_parameters;
HCSREF_API extern const hcsref_type hcsref_type_v2_process_status;
HCSREF_API extern const hcsref_type hcsref_type_v2_process_details;
HCSREF_API extern const hcsref_type hcsref_type_v2_process_modify_request;
HCSREF_API extern const hcsref_type hcsref_type_v2_close_handle;
HCSREF_API extern const hcsref_type hcsref_type_v2_console_size;
HCSREF_API extern const hcsref_type hcsref_type_v2_properties;
HCSREF_API extern const hcsref_type hcsref_type_v2_property_query;
HCSREF_API extern const hcsref_type hcsref_type_v2_statistics;
HCSREF_API extern const hcsref_type hcsref_type_v2_memory_stats;
HCSREF_API extern const hcsref_type hcsref_type_v2_processor_stats;
HCSREF_API extern const hcsref_type hcsref_type_v2_storage_stats;
HCSREF_API extern const hcsref_type hcsref_type_v2_service_properties;
HCSREF_API extern const hcsref_type hcsref_type_v2_modify_setting_request;
HCSREF_API extern const hcsref_type hcsref_type_v2_container_credential_guard_instance;
HCSREF_API extern const hcsref_type hcsref_type_v2_container_credential_guard_add_instance_request;
HCSREF_API extern const hcsref_type hcsref_type_v2_container_credential_guard_remove_instance_request;
HCSREF_API extern const hcsref_type hcsref_type_v2_container_credential_guard_hv_socket_service_config;
HCSREF_API extern const hcsref_type hcsref_type_v2_container_credential_guard_operation_request;
HCSREF_API extern const hcsref_type hcsref_type_v2_container_credential_guard_system_info;

#ifdef __cplusplus
}
#endif

#endif
