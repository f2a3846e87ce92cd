/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of HCS schema 2: what a running system is asked. Source: hcsshim internal/hcs/schema2. */
#include "hcsref/schema2_guest.h"
#include "hcsref/schema2_live.h"

#include "schema/table.h"

static const hcsref_type process_modify_operation =
    NAMED(HCSREF_STRING, hcsref_str, "guestrequest.ProcessModifyOperation");
static const hcsref_type stdio_handle = NAMED(HCSREF_STRING, hcsref_str, "guestrequest.STDIOHandle");
static const hcsref_type int32_list = SLICE_OF(hcsref_type_int32, "[]int32");
static const hcsref_type console_size_ptr = POINTER_TO(hcsref_type_v2_console_size, "*hcsschema.ConsoleSize");
static const hcsref_type close_handle_ptr = POINTER_TO(hcsref_type_v2_close_handle, "*hcsschema.CloseHandle");
const hcsref_type hcsref_type_v2_property_type = NAMED(HCSREF_STRING, hcsref_str, "hcsschema.PropertyType");
static const hcsref_type property_type_list = SLICE_OF(hcsref_type_v2_property_type, "[]hcsschema.PropertyType");
static const hcsref_type container_credential_guard_modify_operation =
    NAMED(HCSREF_STRING, hcsref_str, "hcsschema.ContainerCredentialGuardModifyOperation");

static const hcsref_type signal_value = NAMED(HCSREF_STRING, hcsref_str, "guestrequest.SignalValueWCOW");

static const hcsref_field process_parameters_fields[] = {
    OMIT(hcsref_v2_process_parameters, application_name, "ApplicationName", hcsref_type_string),
    OMIT(hcsref_v2_process_parameters, command_line, "CommandLine", hcsref_type_string),
    OMIT(hcsref_v2_process_parameters, command_args, "CommandArgs", hcsref_type_strings),
    OMIT(hcsref_v2_process_parameters, user, "User", hcsref_type_string),
    OMIT(hcsref_v2_process_parameters, working_directory, "WorkingDirectory", hcsref_type_string),
    OMIT(hcsref_v2_process_parameters, environment, "Environment", hcsref_type_string_map),
    OMIT(hcsref_v2_process_parameters, restricted_token, "RestrictedToken", hcsref_type_bool),
    OMIT(hcsref_v2_process_parameters, emulate_console, "EmulateConsole", hcsref_type_bool),
    OMIT(hcsref_v2_process_parameters, create_std_in_pipe, "CreateStdInPipe", hcsref_type_bool),
    OMIT(hcsref_v2_process_parameters, create_std_out_pipe, "CreateStdOutPipe", hcsref_type_bool),
    OMIT(hcsref_v2_process_parameters, create_std_err_pipe, "CreateStdErrPipe", hcsref_type_bool),
    OMIT(hcsref_v2_process_parameters, console_size, "ConsoleSize", int32_list),
    OMIT(hcsref_v2_process_parameters, use_existing_login, "UseExistingLogin", hcsref_type_bool),
    OMIT(hcsref_v2_process_parameters, use_legacy_console, "UseLegacyConsole", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_process_parameters =
    STRUCT(hcsref_v2_process_parameters, "hcsschema.ProcessParameters", process_parameters_fields);

static const hcsref_field process_modify_request_fields[] = {
    OMIT(hcsref_v2_process_modify_request, operation, "Operation", process_modify_operation),
    OMIT(hcsref_v2_process_modify_request, console_size, "ConsoleSize", console_size_ptr),
    OMIT(hcsref_v2_process_modify_request, close_handle, "CloseHandle", close_handle_ptr),
};
const hcsref_type hcsref_type_v2_process_modify_request =
    STRUCT(hcsref_v2_process_modify_request, "hcsschema.ProcessModifyRequest", process_modify_request_fields);

static const hcsref_field close_handle_fields[] = {
    OMIT(hcsref_v2_close_handle, handle, "Handle", stdio_handle),
};
const hcsref_type hcsref_type_v2_close_handle =
    STRUCT(hcsref_v2_close_handle, "hcsschema.CloseHandle", close_handle_fields);

static const hcsref_field console_size_fields[] = {
    OMIT(hcsref_v2_console_size, height, "Height", hcsref_type_uint16),
    OMIT(hcsref_v2_console_size, width, "Width", hcsref_type_uint16),
};
const hcsref_type hcsref_type_v2_console_size =
    STRUCT(hcsref_v2_console_size, "hcsschema.ConsoleSize", console_size_fields);

static const hcsref_field property_query_fields[] = {
    OMIT(hcsref_v2_property_query, property_types, "PropertyTypes", property_type_list),
};
const hcsref_type hcsref_type_v2_property_query =
    STRUCT(hcsref_v2_property_query, "hcsschema.PropertyQuery", property_query_fields);

static const hcsref_field modify_setting_request_fields[] = {
    OMIT(hcsref_v2_modify_setting_request, resource_path, "ResourcePath", hcsref_type_string),
    OMIT(hcsref_v2_modify_setting_request, request_type, "RequestType", hcsref_type_guest_request_type),
    OMIT(hcsref_v2_modify_setting_request, settings, "Settings", hcsref_type_any),
    OMIT(hcsref_v2_modify_setting_request, guest_request, "GuestRequest", hcsref_type_any),
};
const hcsref_type hcsref_type_v2_modify_setting_request =
    STRUCT(hcsref_v2_modify_setting_request, "hcsschema.ModifySettingRequest", modify_setting_request_fields);

static const hcsref_field container_credential_guard_add_instance_request_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_add_instance_request, id, "Id", hcsref_type_string),
    OMIT(hcsref_v2_container_credential_guard_add_instance_request, credential_spec, "CredentialSpec",
         hcsref_type_string),
    OMIT(hcsref_v2_container_credential_guard_add_instance_request, transport, "Transport", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_container_credential_guard_add_instance_request = STRUCT(
    hcsref_v2_container_credential_guard_add_instance_request, "hcsschema.ContainerCredentialGuardAddInstanceRequest",
    container_credential_guard_add_instance_request_fields);

static const hcsref_field container_credential_guard_remove_instance_request_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_remove_instance_request, id, "Id", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_container_credential_guard_remove_instance_request =
    STRUCT(hcsref_v2_container_credential_guard_remove_instance_request,
           "hcsschema.ContainerCredentialGuardRemoveInstanceRequest",
           container_credential_guard_remove_instance_request_fields);

static const hcsref_field container_credential_guard_operation_request_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_operation_request, operation, "Operation",
         container_credential_guard_modify_operation),
    OMIT(hcsref_v2_container_credential_guard_operation_request, operation_details, "OperationDetails",
         hcsref_type_any),
};
const hcsref_type hcsref_type_v2_container_credential_guard_operation_request =
    STRUCT(hcsref_v2_container_credential_guard_operation_request, "hcsschema.ContainerCredentialGuardOperationRequest",
           container_credential_guard_operation_request_fields);

static const hcsref_field system_query_fields[] = {
    OMIT(hcsref_v2_system_query, ids, "Ids", hcsref_type_strings),
    OMIT(hcsref_v2_system_query, names, "Names", hcsref_type_strings),
    OMIT(hcsref_v2_system_query, types, "Types", hcsref_type_strings),
    OMIT(hcsref_v2_system_query, owners, "Owners", hcsref_type_strings),
};
const hcsref_type hcsref_type_v2_system_query =
    STRUCT(hcsref_v2_system_query, "hcsschema.SystemQuery", system_query_fields);

static const hcsref_field signal_options_fields[] = {
    OMIT(hcsref_v2_signal_options, signal, "Signal", signal_value),
};
const hcsref_type hcsref_type_v2_signal_options =
    STRUCT(hcsref_v2_signal_options, "guestresource.SignalProcessOptionsWCOW", signal_options_fields);
