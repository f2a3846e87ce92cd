/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What kubelet and crictl ask of the CRI plugin: the configs of containers and pods (runtime.v1), with the fields of
 * every release of containerd. Input is accepted with the protobuf field names and with protobuf-JSON's lowerCamelCase.
 * Source: k8s.io/cri-api pkg/apis/runtime/v1/api.proto.
 */
#ifndef HCSREF_CRI_H
#define HCSREF_CRI_H

#include "hcsref/cri_linux.h"
#include "hcsref/json.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hcsref_cri_mount hcsref_cri_mount;
typedef struct hcsref_cri_image_spec hcsref_cri_image_spec;
typedef struct hcsref_cri_key_value hcsref_cri_key_value;
typedef struct hcsref_cri_windows_sandbox_security_context hcsref_cri_windows_sandbox_security_context;
typedef struct hcsref_cri_windows_pod_sandbox_config hcsref_cri_windows_pod_sandbox_config;
typedef struct hcsref_cri_windows_container_security_context hcsref_cri_windows_container_security_context;
typedef struct hcsref_cri_windows_container_config hcsref_cri_windows_container_config;
typedef struct hcsref_cri_windows_container_resources hcsref_cri_windows_container_resources;
typedef struct hcsref_cri_container_metadata hcsref_cri_container_metadata;
typedef struct hcsref_cri_device hcsref_cri_device;
typedef struct hcsref_cri_container_config hcsref_cri_container_config;
typedef struct hcsref_cri_id_mapping hcsref_cri_id_mapping;
typedef struct hcsref_cri_cdi_device hcsref_cri_cdi_device;
typedef struct hcsref_cri_windows_cpu_group_affinity hcsref_cri_windows_cpu_group_affinity;
typedef struct hcsref_cri_pod_sandbox_metadata hcsref_cri_pod_sandbox_metadata;
typedef struct hcsref_cri_dns_config hcsref_cri_dns_config;
typedef struct hcsref_cri_port_mapping hcsref_cri_port_mapping;
typedef struct hcsref_cri_windows_namespace_option hcsref_cri_windows_namespace_option;
typedef struct hcsref_cri_pod_sandbox_config hcsref_cri_pod_sandbox_config;

/** A mount as the kubelet asks for it. */
struct hcsref_cri_mount {
  hcsref_str container_path;
  hcsref_str host_path; /* path on the host, or a named pipe */
  bool readonly;
  bool selinux_relabel;
  int32_t propagation;       /* enumerator's number */
  hcsref_slice uid_mappings; /* []*IDMapping */
  hcsref_slice gid_mappings; /* []*IDMapping */
  bool recursive_read_only;
  hcsref_cri_image_spec *image; /* the mount is an image */
  hcsref_str image_sub_path;
};

/** Ids of a user namespace: no stage reads them. */
struct hcsref_cri_id_mapping {
  uint32_t host_id;
  uint32_t container_id;
  uint32_t length;
};

/** The image of the container. */
struct hcsref_cri_image_spec {
  hcsref_str image;
  hcsref_map annotations; /* map[string]string */
  hcsref_str user_specified_image;
  hcsref_str runtime_handler;
  hcsref_str image_ref;
};

/** One environment variable. */
struct hcsref_cri_key_value {
  hcsref_str key;
  hcsref_str value;
};

/** Who a pod runs as. */
struct hcsref_cri_windows_sandbox_security_context {
  hcsref_str run_as_username;
  hcsref_str credential_spec; /* contents of a gMSA credential spec */
  bool host_process;
  hcsref_cri_windows_namespace_option *namespace_options;
};

/** Which namespaces a pod shares with its node. */
struct hcsref_cri_windows_namespace_option {
  int32_t network; /* enumerator's number */
};

/** The Windows section of a pod. */
struct hcsref_cri_windows_pod_sandbox_config {
  hcsref_cri_windows_sandbox_security_context *security_context;
};

/** Who a container runs as. */
struct hcsref_cri_windows_container_security_context {
  hcsref_str run_as_username;
  hcsref_str credential_spec; /* contents of a gMSA credential spec */
  bool host_process;
};

/** The Windows section of a container. */
struct hcsref_cri_windows_container_config {
  hcsref_cri_windows_container_resources *resources;
  hcsref_cri_windows_container_security_context *security_context;
};

/** Limits of a container; 0: not set. */
struct hcsref_cri_windows_container_resources {
  int64_t cpu_shares;  /* relative weight */
  int64_t cpu_count;   /* processors */
  int64_t cpu_maximum; /* hundredths of a percent */
  int64_t memory_limit_in_bytes;
  int64_t rootfs_size_in_bytes;
  hcsref_slice affinity_cpus; /* []*WindowsCpuGroupAffinity */
};

/** The processors of one group that a container may use. */
struct hcsref_cri_windows_cpu_group_affinity {
  uint64_t cpu_mask;  /* a bit a processor */
  uint32_t cpu_group; /* number of the processor group */
};

/** Name and number of the attempt to run it. */
struct hcsref_cri_container_metadata {
  hcsref_str name;
  uint32_t attempt;
};

/** A device of the host. */
struct hcsref_cri_device {
  hcsref_str container_path;
  hcsref_str host_path;
  hcsref_str permissions;
};

/** What the kubelet asks the CRI plugin to create. */
struct hcsref_cri_container_config {
  hcsref_cri_container_metadata *metadata;
  hcsref_cri_image_spec *image;
  hcsref_slice command; /* []string */
  hcsref_slice args;    /* []string */
  hcsref_str working_dir;
  hcsref_slice envs;      /* []*KeyValue */
  hcsref_slice mounts;    /* []*Mount */
  hcsref_slice devices;   /* []*Device */
  hcsref_map labels;      /* map[string]string */
  hcsref_map annotations; /* map[string]string */
  hcsref_str log_path;    /* relative to the pod's log folder */
  bool std_in;
  bool std_in_once;
  bool tty;
  hcsref_cri_linux_container_config *linux_;
  hcsref_cri_windows_container_config *windows;
  hcsref_slice cdi_devices; /* []*CDIDevice */
  int32_t stop_signal;      /* enumerator's number */
};

/** A device by the name of the Container Device Interface. */
struct hcsref_cri_cdi_device {
  hcsref_str name;
};

/** Which pod it is. */
struct hcsref_cri_pod_sandbox_metadata {
  hcsref_str name;
  hcsref_str uid;
  hcsref_str namespace_;
  uint32_t attempt;
};

/** How a pod resolves names. */
struct hcsref_cri_dns_config {
  hcsref_slice servers;  /* []string */
  hcsref_slice searches; /* []string */
  hcsref_slice options;  /* []string */
};

/** A port of the host that leads to one of a pod. */
struct hcsref_cri_port_mapping {
  int32_t protocol; /* enumerator's number */
  int32_t container_port;
  int32_t host_port;
  hcsref_str host_ip;
};

/** What the kubelet asks the CRI plugin to run: a pod. */
struct hcsref_cri_pod_sandbox_config {
  hcsref_cri_pod_sandbox_metadata *metadata;
  hcsref_str hostname;
  hcsref_str log_directory;
  hcsref_cri_dns_config *dns_config;
  hcsref_slice port_mappings; /* []*PortMapping */
  hcsref_map labels;          /* map[string]string */
  hcsref_map annotations;     /* map[string]string */
  hcsref_cri_linux_pod_sandbox_config *linux_;
  hcsref_cri_windows_pod_sandbox_config *windows;
};

HCSREF_API extern const hcsref_type hcsref_type_cri_mount;
HCSREF_API extern const hcsref_type hcsref_type_cri_image_spec;
HCSREF_API extern const hcsref_type hcsref_type_cri_key_value;
HCSREF_API extern const hcsref_type hcsref_type_cri_windows_sandbox_security_context;
HCSREF_API extern const hcsref_type hcsref_type_cri_windows_pod_sandbox_config;
HCSREF_API extern const hcsref_type hcsref_type_cri_windows_container_security_context;
HCSREF_API extern const hcsref_type hcsref_type_cri_windows_container_config;
HCSREF_API extern const hcsref_type hcsref_type_cri_windows_container_resources;
HCSREF_API extern const hcsref_type hcsref_type_cri_container_metadata;
HCSREF_API extern const hcsref_type hcsref_type_cri_device;
HCSREF_API extern const hcsref_type hcsref_type_cri_container_config;
HCSREF_API extern const hcsref_type hcsref_type_cri_id_mapping;
HCSREF_API extern const hcsref_type hcsref_type_cri_cdi_device;
HCSREF_API extern const hcsref_type hcsref_type_cri_windows_cpu_group_affinity;
HCSREF_API extern const hcsref_type hcsref_type_cri_windows_namespace_option;
HCSREF_API extern const hcsref_type hcsref_type_cri_pod_sandbox_metadata;
HCSREF_API extern const hcsref_type hcsref_type_cri_dns_config;
HCSREF_API extern const hcsref_type hcsref_type_cri_port_mapping;
HCSREF_API extern const hcsref_type hcsref_type_cri_pod_sandbox_config;

#ifdef __cplusplus
}
#endif

#endif
