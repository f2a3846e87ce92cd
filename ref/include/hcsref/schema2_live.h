/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * HCS schema 2: what a running container is asked and answers: processes, properties, credentials, results and
 * errors. Source: hcsshim 0af576d29 internal/hcs/schema2, unless a struct says otherwise.
 */
#ifndef HCSREF_SCHEMA2_LIVE_H
#define HCSREF_SCHEMA2_LIVE_H

#include "hcsref/schema2_vm.h"

#ifdef __cplusplus
extern "C" {
#endif

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

/** Starts a process. */
struct hcsref_v2_process_parameters {
  hcsref_str application_name;
  hcsref_str command_line;
  hcsref_slice command_args; /* []string: Linux only */
  hcsref_str user;
  hcsref_str working_directory;
  hcsref_map environment; /* map[string]string */
  bool restricted_token;
  bool emulate_console;
  bool create_std_in_pipe;
  bool create_std_out_pipe;
  bool create_std_err_pipe;
  hcsref_slice console_size; /* []int32: height, width */
  bool use_existing_login;
  bool use_legacy_console;
};

/** State of a process; ExitCode counts once Exited is set and LastWaitResult is 0. */
struct hcsref_v2_process_status {
  uint32_t process_id;
  bool exited;
  uint32_t exit_code;
  int32_t last_wait_result; /* HRESULT */
};

/** One process of a container: times in units of 100 ns, sizes in bytes. */
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

/** Changes a running process: one of ConsoleSize and CloseHandle, as Operation says. */
struct hcsref_v2_process_modify_request {
  hcsref_str operation; /* "ConsoleSize" or "CloseHandle" */
  hcsref_v2_console_size *console_size;
  hcsref_v2_close_handle *close_handle;
};

/** Closes the host's end of a standard stream. */
struct hcsref_v2_close_handle {
  hcsref_str handle; /* "StdIn", … */
};

/** New size of the console, in characters. */
struct hcsref_v2_console_size {
  uint16_t height;
  uint16_t width;
};

/** The answer to a property query. */
struct hcsref_v2_properties {
  hcsref_str id;
  hcsref_str system_type;
  hcsref_str runtime_os_type;
  hcsref_str name;
  hcsref_str owner;
  hcsref_str runtime_id;  /* GUID */
  hcsref_str system_guid; /* of a container in a VM; read by hcsshim since 0.13 */
  hcsref_str runtime_template_id;
  hcsref_str state; /* "Created", "Running", "Paused", "Stopped", … */
  bool stopped;
  hcsref_str exit_type;
  hcsref_v2_memory_information_for_vm *memory;
  hcsref_v2_statistics *statistics;
  hcsref_slice process_list; /* []ProcessDetails */
  bool terminate_on_last_handle_closed;
  hcsref_str hosting_system_id;
  hcsref_slice shared_memory_region_info; /* []SharedMemoryRegionInfo */
  hcsref_v2_guest_connection_info *guest_connection_info;
  hcsref_value *lcow_metrics; /* any JSON: cgroup metrics of a Linux guest */
};

/** Which properties to answer; empty: the basic ones. */
struct hcsref_v2_property_query {
  hcsref_slice property_types; /* []PropertyType: "Statistics", "ProcessList", … */
};

/** Statistics of a container. The times are written even when zero. */
struct hcsref_v2_statistics {
  hcsref_time timestamp;
  hcsref_time container_start_time;
  uint64_t uptime_100ns; /* units of 100 ns */
  hcsref_v2_processor_stats *processor;
  hcsref_v2_memory_stats *memory;
  hcsref_v2_storage_stats *storage;
};

/** Memory in use, in bytes. */
struct hcsref_v2_memory_stats {
  uint64_t memory_usage_commit_bytes;
  uint64_t memory_usage_commit_peak_bytes;
  uint64_t memory_usage_private_working_set_bytes;
};

/** Processor time, in units of 100 ns. */
struct hcsref_v2_processor_stats {
  uint64_t total_runtime_100ns;
  uint64_t runtime_user_100ns;
  uint64_t runtime_kernel_100ns;
};

/** Storage traffic: normalised numbers of operations, and bytes. */
struct hcsref_v2_storage_stats {
  uint64_t read_count_normalized;
  uint64_t read_size_bytes;
  uint64_t write_count_normalized;
  uint64_t write_size_bytes;
};

/** The answer of the service itself. */
struct hcsref_v2_service_properties {
  hcsref_slice properties; /* []json.RawMessage: one for each property asked for */
};

/** Changes a running system. */
struct hcsref_v2_modify_setting_request {
  hcsref_str resource_path;
  hcsref_str request_type;
  hcsref_value settings;      /* depends on the resource */
  hcsref_value guest_request; /* for the guest of a utility VM */
};

/** One gMSA credential guard instance. */
struct hcsref_v2_container_credential_guard_instance {
  hcsref_str id;
  hcsref_v2_container_credential_guard_state *credential_guard;
  hcsref_v2_container_credential_guard_hv_socket_service_config *hv_socket_config;
};

/** Details of an AddInstance operation. */
struct hcsref_v2_container_credential_guard_add_instance_request {
  hcsref_str id;
  hcsref_str credential_spec;
  hcsref_str transport;
};

/** Details of a RemoveInstance operation. */
struct hcsref_v2_container_credential_guard_remove_instance_request {
  hcsref_str id;
};

/** The Hyper-V socket of a credential guard instance. */
struct hcsref_v2_container_credential_guard_hv_socket_service_config {
  hcsref_str service_id;
  hcsref_v2_hv_socket_service_config *service_config;
};

/** Asks the service for a credential guard operation. */
struct hcsref_v2_container_credential_guard_operation_request {
  hcsref_str operation;           /* "AddInstance" or "RemoveInstance" */
  hcsref_value operation_details; /* one of the two requests above */
};

/** All credential guard instances of the host. */
struct hcsref_v2_container_credential_guard_system_info {
  hcsref_slice instances; /* []ContainerCredentialGuardInstance */
};

HCSREF_API extern const hcsref_type hcsref_type_v2_process_parameters;
HCSREF_API extern const hcsref_type hcsref_type_v2_process_status;
HCSREF_API extern const hcsref_type hcsref_type_v2_process_details;
HCSREF_API extern const hcsref_type hcsref_type_v2_process_modify_request;
HCSREF_API extern const hcsref_type hcsref_type_v2_close_handle;
HCSREF_API extern const hcsref_type hcsref_type_v2_console_size;
HCSREF_API extern const hcsref_type hcsref_type_v2_properties;
HCSREF_API extern const hcsref_type hcsref_type_v2_property_query;
HCSREF_API extern const hcsref_type hcsref_type_v2_property_type;
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

/* ---- from the Host Compute Service's own schema reference ------------------------------------------------ */

/** Value of one insertion string of an event. */
typedef struct hcsref_v2_event_data {
  hcsref_str type; /* "String", … */
  hcsref_str value;
} hcsref_v2_event_data;

/** One event behind a failure. `data` is sent from schema 2.4 on; hcsshim's hcs.ErrorEvent does not read it. */
typedef struct hcsref_v2_error_event {
  hcsref_str message;
  hcsref_str stack_trace;
  hcsref_str provider; /* GUID of an event provider */
  uint16_t event_id;
  uint32_t flags;
  hcsref_str source;
  hcsref_slice data; /* []EventData */
} hcsref_v2_error_event;

/** Why a call failed: the result document. Source: SchemaReference ResultError; hcsshim internal/hcs/errors.go
 * hcsResult reads the first three. */
typedef struct hcsref_v2_result_error {
  int32_t error; /* HRESULT */
  hcsref_str error_message;
  hcsref_slice error_events; /* []ErrorEvent */
  hcsref_slice attribution;  /* []AttributionRecord, from 2.4 on: any JSON */
} hcsref_v2_result_error;

/** How a compute system ended. Source: SchemaReference SystemExitStatus. */
typedef struct hcsref_v2_system_exit_status {
  int32_t status;           /* HRESULT */
  hcsref_str exit_type;     /* "None", "GracefulExit", "ForcedExit", "UnexpectedExit", "Unknown" */
  hcsref_slice attribution; /* []AttributionRecord: any JSON */
} hcsref_v2_system_exit_status;

/** Which compute systems to enumerate; empty: all. Source: SchemaReference SystemQuery. */
typedef struct hcsref_v2_system_query {
  hcsref_slice ids;    /* []string */
  hcsref_slice names;  /* []string */
  hcsref_slice types;  /* []string: "Container", "VirtualMachine" */
  hcsref_slice owners; /* []string */
} hcsref_v2_system_query;

/** Signals a process of a Windows container. Source: hcsshim internal/protocol/guestresource
 * SignalProcessOptionsWCOW. */
typedef struct hcsref_v2_signal_options {
  hcsref_str signal; /* "CtrlC", "CtrlBreak", "CtrlClose", "CtrlLogOff", "CtrlShutdown" */
} hcsref_v2_signal_options;

HCSREF_API extern const hcsref_type hcsref_type_v2_event_data;
HCSREF_API extern const hcsref_type hcsref_type_v2_error_event;
HCSREF_API extern const hcsref_type hcsref_type_v2_result_error;
HCSREF_API extern const hcsref_type hcsref_type_v2_system_exit_status;
HCSREF_API extern const hcsref_type hcsref_type_v2_system_query;
HCSREF_API extern const hcsref_type hcsref_type_v2_signal_options;

#ifdef __cplusplus
}
#endif

#endif
