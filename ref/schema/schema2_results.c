/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of HCS schema 2: what a running system answers. Source: hcsshim internal/hcs/schema2. */
#include "hcsref/schema2_live.h"

#include "release/changes.h"
#include "schema/table.h"

static const hcsref_type lcow_metrics = OPAQUE("stats.Metrics");
static const hcsref_type lcow_metrics_ptr = POINTER_TO(lcow_metrics, "*stats.Metrics");
static const hcsref_type guest_connection_info_ptr =
    POINTER_TO(hcsref_type_v2_guest_connection_info, "*hcsschema.GuestConnectionInfo");
static const hcsref_type shared_memory_region_info_list =
    SLICE_OF(hcsref_type_v2_shared_memory_region_info, "[]hcsschema.SharedMemoryRegionInfo");
static const hcsref_type vm_memory_ptr =
    POINTER_TO(hcsref_type_v2_memory_information_for_vm, "*hcsschema.MemoryInformationForVm");
static const hcsref_type container_credential_guard_state_ptr =
    POINTER_TO(hcsref_type_v2_container_credential_guard_state, "*hcsschema.ContainerCredentialGuardState");
static const hcsref_type statistics_ptr = POINTER_TO(hcsref_type_v2_statistics, "*hcsschema.Statistics");
static const hcsref_type process_details_list = SLICE_OF(hcsref_type_v2_process_details, "[]hcsschema.ProcessDetails");
static const hcsref_type processor_stats_ptr = POINTER_TO(hcsref_type_v2_processor_stats, "*hcsschema.ProcessorStats");
static const hcsref_type memory_stats_ptr = POINTER_TO(hcsref_type_v2_memory_stats, "*hcsschema.MemoryStats");
static const hcsref_type storage_stats_ptr = POINTER_TO(hcsref_type_v2_storage_stats, "*hcsschema.StorageStats");
static const hcsref_type raw_list = SLICE_OF(hcsref_type_raw, "[]json.RawMessage");
static const hcsref_type container_credential_guard_hv_socket_service_config_ptr =
    POINTER_TO(hcsref_type_v2_container_credential_guard_hv_socket_service_config,
               "*hcsschema.ContainerCredentialGuardHvSocketServiceConfig");
static const hcsref_type hv_socket_service_config_ptr =
    POINTER_TO(hcsref_type_v2_hv_socket_service_config, "*hcsschema.HvSocketServiceConfig");
static const hcsref_type container_credential_guard_instance_list =
    SLICE_OF(hcsref_type_v2_container_credential_guard_instance, "[]hcsschema.ContainerCredentialGuardInstance");

static const hcsref_type event_data_list = SLICE_OF(hcsref_type_v2_event_data, "[]hcsschema.EventData");
static const hcsref_type error_event_list = SLICE_OF(hcsref_type_v2_error_event, "[]hcsschema.ErrorEvent");
static const hcsref_type attribution_record = OPAQUE("hcsschema.AttributionRecord");
static const hcsref_type attribution_record_list = SLICE_OF(attribution_record, "[]hcsschema.AttributionRecord");

static const hcsref_field process_status_fields[] = {
    OMIT(hcsref_v2_process_status, process_id, "ProcessId", hcsref_type_uint32),
    OMIT(hcsref_v2_process_status, exited, "Exited", hcsref_type_bool),
    OMIT(hcsref_v2_process_status, exit_code, "ExitCode", hcsref_type_uint32),
    OMIT(hcsref_v2_process_status, last_wait_result, "LastWaitResult", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_process_status =
    STRUCT(hcsref_v2_process_status, "hcsschema.ProcessStatus", process_status_fields);

static const hcsref_field process_details_fields[] = {
    OMIT(hcsref_v2_process_details, process_id, "ProcessId", hcsref_type_int32),
    OMIT(hcsref_v2_process_details, image_name, "ImageName", hcsref_type_string),
    OMIT(hcsref_v2_process_details, create_timestamp, "CreateTimestamp", hcsref_type_time),
    OMIT(hcsref_v2_process_details, user_time_100ns, "UserTime100ns", hcsref_type_int32),
    OMIT(hcsref_v2_process_details, kernel_time_100ns, "KernelTime100ns", hcsref_type_int32),
    OMIT(hcsref_v2_process_details, memory_commit_bytes, "MemoryCommitBytes", hcsref_type_int32),
    OMIT(hcsref_v2_process_details, memory_working_set_private_bytes, "MemoryWorkingSetPrivateBytes",
         hcsref_type_int32),
    OMIT(hcsref_v2_process_details, memory_working_set_shared_bytes, "MemoryWorkingSetSharedBytes", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_process_details =
    STRUCT(hcsref_v2_process_details, "hcsschema.ProcessDetails", process_details_fields);

static const hcsref_field properties_fields[] = {
    OMIT(hcsref_v2_properties, id, "Id", hcsref_type_string),
    OMIT(hcsref_v2_properties, system_type, "SystemType", hcsref_type_string),
    OMIT(hcsref_v2_properties, runtime_os_type, "RuntimeOsType", hcsref_type_string),
    OMIT(hcsref_v2_properties, name, "Name", hcsref_type_string),
    OMIT(hcsref_v2_properties, owner, "Owner", hcsref_type_string),
    OMIT(hcsref_v2_properties, runtime_id, "RuntimeId", hcsref_type_string),
    SINCE(hcsref_v2_properties, system_guid, "SystemGUID", hcsref_type_string, true, HCSREF_CHANGE_VM_TOPOLOGY),
    OMIT(hcsref_v2_properties, runtime_template_id, "RuntimeTemplateId", hcsref_type_string),
    OMIT(hcsref_v2_properties, state, "State", hcsref_type_string),
    OMIT(hcsref_v2_properties, stopped, "Stopped", hcsref_type_bool),
    OMIT(hcsref_v2_properties, exit_type, "ExitType", hcsref_type_string),
    OMIT(hcsref_v2_properties, memory, "Memory", vm_memory_ptr),
    OMIT(hcsref_v2_properties, statistics, "Statistics", statistics_ptr),
    OMIT(hcsref_v2_properties, process_list, "ProcessList", process_details_list),
    OMIT(hcsref_v2_properties, terminate_on_last_handle_closed, "TerminateOnLastHandleClosed", hcsref_type_bool),
    OMIT(hcsref_v2_properties, hosting_system_id, "HostingSystemId", hcsref_type_string),
    OMIT(hcsref_v2_properties, shared_memory_region_info, "SharedMemoryRegionInfo", shared_memory_region_info_list),
    OMIT(hcsref_v2_properties, guest_connection_info, "GuestConnectionInfo", guest_connection_info_ptr),
    OMIT(hcsref_v2_properties, lcow_metrics, "LCOWMetrics", lcow_metrics_ptr),
};
const hcsref_type hcsref_type_v2_properties = STRUCT(hcsref_v2_properties, "hcsschema.Properties", properties_fields);

static const hcsref_field statistics_fields[] = {
    OMIT(hcsref_v2_statistics, timestamp, "Timestamp", hcsref_type_time),
    OMIT(hcsref_v2_statistics, container_start_time, "ContainerStartTime", hcsref_type_time),
    OMIT(hcsref_v2_statistics, uptime_100ns, "Uptime100ns", hcsref_type_uint64),
    OMIT(hcsref_v2_statistics, processor, "Processor", processor_stats_ptr),
    OMIT(hcsref_v2_statistics, memory, "Memory", memory_stats_ptr),
    OMIT(hcsref_v2_statistics, storage, "Storage", storage_stats_ptr),
};
const hcsref_type hcsref_type_v2_statistics = STRUCT(hcsref_v2_statistics, "hcsschema.Statistics", statistics_fields);

static const hcsref_field memory_stats_fields[] = {
    OMIT(hcsref_v2_memory_stats, memory_usage_commit_bytes, "MemoryUsageCommitBytes", hcsref_type_uint64),
    OMIT(hcsref_v2_memory_stats, memory_usage_commit_peak_bytes, "MemoryUsageCommitPeakBytes", hcsref_type_uint64),
    OMIT(hcsref_v2_memory_stats, memory_usage_private_working_set_bytes, "MemoryUsagePrivateWorkingSetBytes",
         hcsref_type_uint64),
};
const hcsref_type hcsref_type_v2_memory_stats =
    STRUCT(hcsref_v2_memory_stats, "hcsschema.MemoryStats", memory_stats_fields);

static const hcsref_field processor_stats_fields[] = {
    OMIT(hcsref_v2_processor_stats, total_runtime_100ns, "TotalRuntime100ns", hcsref_type_uint64),
    OMIT(hcsref_v2_processor_stats, runtime_user_100ns, "RuntimeUser100ns", hcsref_type_uint64),
    OMIT(hcsref_v2_processor_stats, runtime_kernel_100ns, "RuntimeKernel100ns", hcsref_type_uint64),
};
const hcsref_type hcsref_type_v2_processor_stats =
    STRUCT(hcsref_v2_processor_stats, "hcsschema.ProcessorStats", processor_stats_fields);

static const hcsref_field storage_stats_fields[] = {
    OMIT(hcsref_v2_storage_stats, read_count_normalized, "ReadCountNormalized", hcsref_type_uint64),
    OMIT(hcsref_v2_storage_stats, read_size_bytes, "ReadSizeBytes", hcsref_type_uint64),
    OMIT(hcsref_v2_storage_stats, write_count_normalized, "WriteCountNormalized", hcsref_type_uint64),
    OMIT(hcsref_v2_storage_stats, write_size_bytes, "WriteSizeBytes", hcsref_type_uint64),
};
const hcsref_type hcsref_type_v2_storage_stats =
    STRUCT(hcsref_v2_storage_stats, "hcsschema.StorageStats", storage_stats_fields);

static const hcsref_field service_properties_fields[] = {
    OMIT(hcsref_v2_service_properties, properties, "Properties", raw_list),
};
const hcsref_type hcsref_type_v2_service_properties =
    STRUCT(hcsref_v2_service_properties, "hcsschema.ServiceProperties", service_properties_fields);

static const hcsref_field container_credential_guard_instance_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_instance, id, "Id", hcsref_type_string),
    OMIT(hcsref_v2_container_credential_guard_instance, credential_guard, "CredentialGuard",
         container_credential_guard_state_ptr),
    OMIT(hcsref_v2_container_credential_guard_instance, hv_socket_config, "HvSocketConfig",
         container_credential_guard_hv_socket_service_config_ptr),
};
const hcsref_type hcsref_type_v2_container_credential_guard_instance =
    STRUCT(hcsref_v2_container_credential_guard_instance, "hcsschema.ContainerCredentialGuardInstance",
           container_credential_guard_instance_fields);

static const hcsref_field container_credential_guard_hv_socket_service_config_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_hv_socket_service_config, service_id, "ServiceId", hcsref_type_string),
    OMIT(hcsref_v2_container_credential_guard_hv_socket_service_config, service_config, "ServiceConfig",
         hv_socket_service_config_ptr),
};
const hcsref_type hcsref_type_v2_container_credential_guard_hv_socket_service_config =
    STRUCT(hcsref_v2_container_credential_guard_hv_socket_service_config,
           "hcsschema.ContainerCredentialGuardHvSocketServiceConfig",
           container_credential_guard_hv_socket_service_config_fields);

static const hcsref_field container_credential_guard_system_info_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_system_info, instances, "Instances",
         container_credential_guard_instance_list),
};
const hcsref_type hcsref_type_v2_container_credential_guard_system_info =
    STRUCT(hcsref_v2_container_credential_guard_system_info, "hcsschema.ContainerCredentialGuardSystemInfo",
           container_credential_guard_system_info_fields);

static const hcsref_field event_data_fields[] = {
    OMIT(hcsref_v2_event_data, type, "Type", hcsref_type_string),
    OMIT(hcsref_v2_event_data, value, "Value", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_event_data = STRUCT(hcsref_v2_event_data, "hcsschema.EventData", event_data_fields);

static const hcsref_field error_event_fields[] = {
    OMIT(hcsref_v2_error_event, message, "Message", hcsref_type_string),
    OMIT(hcsref_v2_error_event, stack_trace, "StackTrace", hcsref_type_string),
    OMIT(hcsref_v2_error_event, provider, "Provider", hcsref_type_string),
    OMIT(hcsref_v2_error_event, event_id, "EventId", hcsref_type_uint16),
    OMIT(hcsref_v2_error_event, flags, "Flags", hcsref_type_uint32),
    OMIT(hcsref_v2_error_event, source, "Source", hcsref_type_string),
    OMIT(hcsref_v2_error_event, data, "Data", event_data_list),
};
const hcsref_type hcsref_type_v2_error_event =
    STRUCT(hcsref_v2_error_event, "hcsschema.ErrorEvent", error_event_fields);

static const hcsref_field result_error_fields[] = {
    OMIT(hcsref_v2_result_error, error, "Error", hcsref_type_int32),
    OMIT(hcsref_v2_result_error, error_message, "ErrorMessage", hcsref_type_string),
    OMIT(hcsref_v2_result_error, error_events, "ErrorEvents", error_event_list),
    OMIT(hcsref_v2_result_error, attribution, "Attribution", attribution_record_list),
};
const hcsref_type hcsref_type_v2_result_error =
    STRUCT(hcsref_v2_result_error, "hcsschema.ResultError", result_error_fields);

static const hcsref_field system_exit_status_fields[] = {
    OMIT(hcsref_v2_system_exit_status, status, "Status", hcsref_type_int32),
    OMIT(hcsref_v2_system_exit_status, exit_type, "ExitType", hcsref_type_string),
    OMIT(hcsref_v2_system_exit_status, attribution, "Attribution", attribution_record_list),
};
const hcsref_type hcsref_type_v2_system_exit_status =
    STRUCT(hcsref_v2_system_exit_status, "hcsschema.SystemExitStatus", system_exit_status_fields);
