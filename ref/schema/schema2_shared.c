/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of HCS schema 2 that documents of containers and of virtual machines share. Source: hcsshim
 * internal/hcs/schema2. */
#include "hcsref/schema2_vm.h"

#include "schema/table.h"

static const hcsref_type hv_socket_system_config_ptr =
    POINTER_TO(hcsref_type_v2_hv_socket_system_config, "*hcsschema.HvSocketSystemConfig");

static const hcsref_type registry_value_list = SLICE_OF(hcsref_type_v2_registry_value, "[]hcsschema.RegistryValue");
static const hcsref_type registry_key_list = SLICE_OF(hcsref_type_v2_registry_key, "[]hcsschema.RegistryKey");
static const hcsref_type registry_key_ptr = POINTER_TO(hcsref_type_v2_registry_key, "*hcsschema.RegistryKey");
static const hcsref_type hv_socket_service_config_map =
    MAP_TO(hcsref_type_v2_hv_socket_service_config, hcsref_v2_hv_socket_service_config_entry, NULL,
           "map[string]hcsschema.HvSocketServiceConfig");

static const hcsref_field version_fields[] = {
    OMIT(hcsref_v2_version, major, "Major", hcsref_type_int32),
    OMIT(hcsref_v2_version, minor, "Minor", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_version = STRUCT(hcsref_v2_version, "hcsschema.Version", version_fields);

static const hcsref_field storage_qos_fields[] = {
    OMIT(hcsref_v2_storage_qos, iops_maximum, "IopsMaximum", hcsref_type_int32),
    OMIT(hcsref_v2_storage_qos, bandwidth_maximum, "BandwidthMaximum", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_storage_qos =
    STRUCT(hcsref_v2_storage_qos, "hcsschema.StorageQoS", storage_qos_fields);

static const hcsref_field registry_changes_fields[] = {
    OMIT(hcsref_v2_registry_changes, add_values, "AddValues", registry_value_list),
    OMIT(hcsref_v2_registry_changes, delete_keys, "DeleteKeys", registry_key_list),
};
const hcsref_type hcsref_type_v2_registry_changes =
    STRUCT(hcsref_v2_registry_changes, "hcsschema.RegistryChanges", registry_changes_fields);

static const hcsref_field registry_key_fields[] = {
    OMIT(hcsref_v2_registry_key, hive, "Hive", hcsref_type_string),
    OMIT(hcsref_v2_registry_key, name, "Name", hcsref_type_string),
    OMIT(hcsref_v2_registry_key, is_volatile, "Volatile", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_registry_key =
    STRUCT(hcsref_v2_registry_key, "hcsschema.RegistryKey", registry_key_fields);

static const hcsref_field registry_value_fields[] = {
    OMIT(hcsref_v2_registry_value, key, "Key", registry_key_ptr),
    OMIT(hcsref_v2_registry_value, name, "Name", hcsref_type_string),
    OMIT(hcsref_v2_registry_value, type, "Type", hcsref_type_string),
    OMIT(hcsref_v2_registry_value, string_value, "StringValue", hcsref_type_string),
    OMIT(hcsref_v2_registry_value, binary_value, "BinaryValue", hcsref_type_string),
    OMIT(hcsref_v2_registry_value, d_word_value, "DWordValue", hcsref_type_int32),
    OMIT(hcsref_v2_registry_value, q_word_value, "QWordValue", hcsref_type_int32),
    OMIT(hcsref_v2_registry_value, custom_type, "CustomType", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_registry_value =
    STRUCT(hcsref_v2_registry_value, "hcsschema.RegistryValue", registry_value_fields);

static const hcsref_field hv_socket2_fields[] = {
    OMIT(hcsref_v2_hv_socket2, hv_socket_config, "HvSocketConfig", hv_socket_system_config_ptr),
};
const hcsref_type hcsref_type_v2_hv_socket2 = STRUCT(hcsref_v2_hv_socket2, "hcsschema.HvSocket2", hv_socket2_fields);

static const hcsref_field hv_socket_system_config_fields[] = {
    OMIT(hcsref_v2_hv_socket_system_config, default_bind_security_descriptor, "DefaultBindSecurityDescriptor",
         hcsref_type_string),
    OMIT(hcsref_v2_hv_socket_system_config, default_connect_security_descriptor, "DefaultConnectSecurityDescriptor",
         hcsref_type_string),
    OMIT(hcsref_v2_hv_socket_system_config, service_table, "ServiceTable", hv_socket_service_config_map),
};
const hcsref_type hcsref_type_v2_hv_socket_system_config =
    STRUCT(hcsref_v2_hv_socket_system_config, "hcsschema.HvSocketSystemConfig", hv_socket_system_config_fields);

static const hcsref_field hv_socket_service_config_fields[] = {
    OMIT(hcsref_v2_hv_socket_service_config, bind_security_descriptor, "BindSecurityDescriptor", hcsref_type_string),
    OMIT(hcsref_v2_hv_socket_service_config, connect_security_descriptor, "ConnectSecurityDescriptor",
         hcsref_type_string),
    OMIT(hcsref_v2_hv_socket_service_config, allow_wildcard_binds, "AllowWildcardBinds", hcsref_type_bool),
    OMIT(hcsref_v2_hv_socket_service_config, disabled, "Disabled", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_hv_socket_service_config =
    STRUCT(hcsref_v2_hv_socket_service_config, "hcsschema.HvSocketServiceConfig", hv_socket_service_config_fields);
