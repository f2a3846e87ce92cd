/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What is asked of a VM while it runs: changes of its compute system, and of its guest over the bridge. Source: hcsshim
 * internal/hcs/schema2 ModifySettingRequest; internal/protocol/guestrequest, guestresource.
 *
 * Settings depend on the resource: they are JSON text here, encoded with the type that hcsref_settings_type or
 * hcsref_guest_settings_type names.
 */
#ifndef HCSREF_SCHEMA2_GUEST_H
#define HCSREF_SCHEMA2_GUEST_H

#include "hcsref/schema2_vm.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A change to a compute system. */
typedef struct hcsref_v2_modification {
  hcsref_str resource_path;
  hcsref_str request_type; /* "Add", "Remove", "Update"; empty means Update */
  hcsref_str settings;     /* JSON text */
} hcsref_v2_modification;

/** A change in the guest of a VM. */
typedef struct hcsref_guest_modification {
  hcsref_str request_type;
  hcsref_str resource_type; /* "CombinedLayers", "MappedVirtualDisk", … */
  hcsref_str settings;      /* JSON text */
} hcsref_guest_modification;

/** The same as it is read: what its settings are, its resource type tells (hcsref_guest_settings_types). */
typedef struct hcsref_guest_request {
  hcsref_str request_type;
  hcsref_str resource_type;
  hcsref_value settings;
} hcsref_guest_request;

/** A network adapter in the guest: settings of the resource type "Network". */
typedef struct hcsref_guest_network_modification {
  hcsref_str adapter_id;   /* GUID */
  hcsref_str request_type; /* "PreAdd", "Add", "Remove" */
  hcsref_str settings;     /* JSON text of an endpoint */
} hcsref_guest_network_modification;

/** The same for guests before 1809. */
typedef struct hcsref_guest_network_modification_rs4 {
  hcsref_str adapter_instance_id;
  hcsref_str request_type;
  hcsref_str settings;
} hcsref_guest_network_modification_rs4;

/** Layers that become a container's root: settings of "CombinedLayers". */
typedef struct hcsref_guest_combined_layers {
  hcsref_str container_root_path;
  hcsref_slice layers; /* []Layer */
  hcsref_str scratch_path;
  hcsref_str filter_type; /* since 0.15: "UnionFS"; a guest that does not know it refuses the whole request */
} hcsref_guest_combined_layers;

/** A disk that is given a folder: settings of "MappedVirtualDisk". */
typedef struct hcsref_guest_mapped_virtual_disk {
  hcsref_str container_path;
  int32_t lun;
} hcsref_guest_mapped_virtual_disk;

/** A part of a security policy: settings of "SecurityPolicyFragment". */
typedef struct hcsref_guest_policy_fragment {
  hcsref_str fragment;
  hcsref_str media_type; /* since 0.15 */
} hcsref_guest_policy_fragment;

/** Where the two ends of the bridge are: settings of "HvSocket". */
typedef struct hcsref_guest_hv_socket_address {
  hcsref_str local_address, parent_address; /* GUIDs */
} hcsref_guest_hv_socket_address;

/** Limits of a VM's processors. */
typedef struct hcsref_v2_processor_limits {
  uint64_t limit;
  uint64_t weight;
  uint64_t reservation;
  uint32_t maximum_frequency_mhz;
} hcsref_v2_processor_limits;

HCSREF_API extern const hcsref_type hcsref_type_v2_modification, hcsref_type_guest_modification,
    hcsref_type_guest_request, hcsref_type_guest_request_type, hcsref_type_guest_network_modification,
    hcsref_type_guest_network_modification_rs4, hcsref_type_guest_combined_layers,
    hcsref_type_guest_mapped_virtual_disk, hcsref_type_guest_policy_fragment, hcsref_type_guest_hv_socket_address,
    hcsref_type_v2_processor_limits;

/** A resource, and the type of the settings of a request for it. */
typedef struct hcsref_resource {
  const char *name; /**< of a path that ends in a slash: all below it */
  const hcsref_type *type;
} hcsref_resource;

/** All resource paths, and all resource types of a guest, whose settings have a type; `*count` their number. */
HCSREF_API const hcsref_resource *hcsref_settings_types(size_t *count);
HCSREF_API const hcsref_resource *hcsref_guest_settings_types(size_t *count);

/** The type of the settings that a change of `resource_path` carries, or null when the path is not known. */
HCSREF_API const hcsref_type *hcsref_settings_type(hcsref_str resource_path);
/** The same for a resource type of the guest; null also for one whose settings any JSON may be. */
HCSREF_API const hcsref_type *hcsref_guest_settings_type(hcsref_str wanted);

#ifdef __cplusplus
}
#endif

#endif
