/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * HCS schema 2: the documents that create a container on 1809 and later, as hcsshim 0af576d29 writes them. What
 * a running container is asked and answers is in schema2_live.h. Source: hcsshim internal/hcs/schema2.
 */
#ifndef HCSREF_SCHEMA2_H
#define HCSREF_SCHEMA2_H

#include "hcsref/oci.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hcsref_v2_container hcsref_v2_container;
typedef struct hcsref_v2_compute_system hcsref_v2_compute_system;
typedef struct hcsref_v2_virtual_machine hcsref_v2_virtual_machine; /* schema2_vm.h */
typedef struct hcsref_v2_hosted_system hcsref_v2_hosted_system;
typedef struct hcsref_v2_confidential_system hcsref_v2_confidential_system;
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

/** A container: the heart of every create document. */
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
  hcsref_str isolation_type; /* "HostProcess" in a utility VM */
};

/** The envelope that is handed to the Host Compute Service. */
struct hcsref_v2_compute_system {
  hcsref_str owner;
  hcsref_v2_version *schema_version;
  hcsref_str hosting_system_id;
  hcsref_value hosted_system; /* any JSON */
  hcsref_v2_container *container;
  hcsref_v2_virtual_machine *virtual_machine;
  bool should_terminate_on_last_handle_closed;
};

/** The envelope that is handed to the guest of a utility VM. */
struct hcsref_v2_hosted_system {
  hcsref_v2_version *schema_version;
  hcsref_v2_container *container;
};

/** The envelope for a confidential utility VM, whose guest checks the OCI spec itself. Source: hcsshim
 * internal/protocol/guestresource CWCOWHostedSystem. */
struct hcsref_v2_confidential_system {
  hcsref_oci_spec spec;
  hcsref_v2_hosted_system hosted_system;
};

/** A schema version. Minor 0 is left out, as upstream leaves it out. */
struct hcsref_v2_version {
  int32_t major;
  int32_t minor;
};

/** Operating system settings. */
struct hcsref_v2_guest_os {
  hcsref_str host_name;
};

/** Layers and scratch of a container. */
struct hcsref_v2_storage {
  hcsref_slice layers; /* []Layer: top first */
  hcsref_str path;     /* \\?\Volume{GUID}\, with its final backslash */
  hcsref_v2_storage_qos *qos;
  hcsref_str privileged_container_root_path; /* of a HostProcess container in a utility VM */
};

/** Limits on the scratch. */
struct hcsref_v2_storage_qos {
  int32_t iops_maximum;      /* operations a second */
  int32_t bandwidth_maximum; /* bytes a second */
};

/** A read-only layer. */
struct hcsref_v2_layer {
  hcsref_str id; /* GUID */
  hcsref_str path;
  hcsref_str path_type;
  hcsref_str cache;
};

/** A folder of the host in the container. */
struct hcsref_v2_mapped_directory {
  hcsref_str host_path;
  hcsref_str host_path_type;
  hcsref_str container_path;
  bool read_only;
};

/** A named pipe of the host in the container. The order differs from schema 1. */
struct hcsref_v2_mapped_pipe {
  hcsref_str container_pipe_name; /* without \\.\pipe\ */
  hcsref_str host_path;
  hcsref_str host_path_type;
};

/** Memory limit. */
struct hcsref_v2_memory {
  uint64_t size_in_mb;
};

/** CPU limits; HCS takes one of the three only. */
struct hcsref_v2_processor {
  int32_t count;
  int32_t maximum; /* hundredths of a percent */
  int32_t weight;  /* 1 to 10000 */
};

/** How the container is attached to networks. */
struct hcsref_v2_networking {
  bool allow_unqualified_dns_query;
  hcsref_str dns_search_list; /* comma-separated */
  hcsref_str network_shared_container_name;
  hcsref_str name_space;         /* GUID of an HCN namespace */
  hcsref_slice network_adapters; /* []string */
};

/** Hyper-V sockets of a container. */
struct hcsref_v2_hv_socket {
  hcsref_v2_hv_socket_system_config *config;
  bool enable_power_shell_direct;
};

/** gMSA credentials of a container. */
struct hcsref_v2_container_credential_guard_state {
  hcsref_str cookie;
  hcsref_str rpc_endpoint;
  hcsref_str transport; /* "LRPC" or "HvSocket" */
  hcsref_str credential_spec;
};

/** Changes to the container's registry before it starts. */
struct hcsref_v2_registry_changes {
  hcsref_slice add_values;  /* []RegistryValue */
  hcsref_slice delete_keys; /* []RegistryKey */
};

/** A registry key. */
struct hcsref_v2_registry_key {
  hcsref_str hive; /* "System", "Software", "Security", "Sam" */
  hcsref_str name;
  bool is_volatile;
};

/** A registry value. hcsshim's numbers are int32, HCS's own are unsigned. */
struct hcsref_v2_registry_value {
  hcsref_v2_registry_key *key;
  hcsref_str name;
  hcsref_str type; /* "String", "DWord", … */
  hcsref_str string_value;
  hcsref_str binary_value; /* base64 */
  int32_t d_word_value;
  int32_t q_word_value;
  int32_t custom_type;
};

/** A device given to the container. */
struct hcsref_v2_device {
  hcsref_str type; /* "ClassGuid", "DeviceInstance", "GpuMirror" */
  hcsref_str interface_class_guid;
  hcsref_str location_path;
};

/** Device extensions of a container (its AdditionalDeviceNamespace). */
struct hcsref_v2_container_definition_device {
  hcsref_slice device_extension; /* []DeviceExtension */
};

/** One device extension: also what an extension file holds. */
struct hcsref_v2_device_extension {
  hcsref_v2_device_category *device_category;
  hcsref_v2_device_extension_namespace *name_space;
};

/** A named set of interface classes. */
struct hcsref_v2_device_category {
  hcsref_str name;
  hcsref_slice interface_class; /* []InterfaceClass */
};

/** One device. */
struct hcsref_v2_device_instance {
  hcsref_str id;
  hcsref_str location_path;
  hcsref_str port_name;
  hcsref_slice interface_class; /* []InterfaceClass */
};

/** The devices of an extension. */
struct hcsref_v2_device_namespace {
  bool requires_driverstore;
  hcsref_slice device_category; /* []DeviceCategory */
  hcsref_slice device_instance; /* []DeviceInstance */
};

/** A device interface class. */
struct hcsref_v2_interface_class {
  hcsref_str type;
  hcsref_str identifier;
  bool recurse;
};

/** What an extension puts into the container's namespaces. */
struct hcsref_v2_device_extension_namespace {
  hcsref_v2_object_namespace *ob;
  hcsref_v2_device_namespace *device;
};

/** A directory of the object namespace; directories nest. */
struct hcsref_v2_object_directory {
  hcsref_str name;
  hcsref_str clonesd;
  hcsref_str shadow;
  hcsref_slice symlink; /* []ObjectSymlink */
  hcsref_slice objdir;  /* []ObjectDirectory */
};

/** What is put into the object namespace. */
struct hcsref_v2_object_namespace {
  hcsref_str shadow;
  hcsref_slice symlink; /* []ObjectSymlink */
  hcsref_slice objdir;  /* []ObjectDirectory */
};

/** A link in the object namespace. */
struct hcsref_v2_object_symlink {
  hcsref_str name;
  hcsref_str path;
  hcsref_str scope;
  hcsref_str pathtoclone;
  int32_t access_mask;
};

/** The Hyper-V socket device of a virtual machine. */
struct hcsref_v2_hv_socket2 {
  hcsref_v2_hv_socket_system_config *hv_socket_config;
};

/** Who may bind and connect: SDDL texts, and exceptions by service GUID. */
struct hcsref_v2_hv_socket_system_config {
  hcsref_str default_bind_security_descriptor;
  hcsref_str default_connect_security_descriptor;
  hcsref_map service_table; /* map[string]HvSocketServiceConfig */
};

/** Who may bind and connect to one service. */
struct hcsref_v2_hv_socket_service_config {
  hcsref_str bind_security_descriptor;
  hcsref_str connect_security_descriptor;
  bool allow_wildcard_binds;
  bool disabled;
};

/** The entry of a map[string]HvSocketServiceConfig. */
typedef struct hcsref_v2_hv_socket_service_config_entry {
  hcsref_str key;
  hcsref_v2_hv_socket_service_config value;
} hcsref_v2_hv_socket_service_config_entry;

HCSREF_API extern const hcsref_type hcsref_type_v2_container;
HCSREF_API extern const hcsref_type hcsref_type_v2_compute_system;
HCSREF_API extern const hcsref_type hcsref_type_v2_hosted_system;
HCSREF_API extern const hcsref_type hcsref_type_v2_confidential_system;
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

#ifdef __cplusplus
}
#endif

#endif
