/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The part of a CRI ContainerConfig that Windows uses (runtime.v1 as containerd 2bc77b8a2 vendors it). Input is
 * accepted with the protobuf field names and with protobuf-JSON's lowerCamelCase. Source: k8s.io/cri-api
 * pkg/apis/runtime/v1/api.proto.
 */
#ifndef HCSREF_CRI_H
#define HCSREF_CRI_H

#include "hcsref/json.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hcsref_cri_mount hcsref_cri_mount;
typedef struct hcsref_cri_image_spec hcsref_cri_image_spec;
typedef struct hcsref_cri_key_value hcsref_cri_key_value;
typedef struct hcsref_cri_linux_container_config hcsref_cri_linux_container_config;
typedef struct hcsref_cri_windows_sandbox_security_context hcsref_cri_windows_sandbox_security_context;
typedef struct hcsref_cri_windows_pod_sandbox_config hcsref_cri_windows_pod_sandbox_config;
typedef struct hcsref_cri_windows_container_security_context hcsref_cri_windows_container_security_context;
typedef struct hcsref_cri_windows_container_config hcsref_cri_windows_container_config;
typedef struct hcsref_cri_windows_container_resources hcsref_cri_windows_container_resources;
typedef struct hcsref_cri_container_metadata hcsref_cri_container_metadata;
typedef struct hcsref_cri_device hcsref_cri_device;
typedef struct hcsref_cri_container_config hcsref_cri_container_config;

/** A mount as the kubelet asks for it. */
struct hcsref_cri_mount {
  hcsref_str container_path;
  hcsref_str host_path; /* path on the host, or a named pipe */
  bool readonly;
  bool selinux_relabel;
  int32_t propagation; /* enumerator's number */
};

/** The image of the container. */
struct hcsref_cri_image_spec {
  hcsref_str image;
  hcsref_map annotations; /* map[string]string */
};

/** One environment variable. */
struct hcsref_cri_key_value {
  hcsref_str key;
  hcsref_str value;
};

/** The Linux section: its parts may be any JSON, no stage reads them. */
struct hcsref_cri_linux_container_config {
  hcsref_value *resources;        /* LinuxContainerResources */
  hcsref_value *security_context; /* LinuxContainerSecurityContext */
};

/** Who a pod runs as. */
struct hcsref_cri_windows_sandbox_security_context {
  hcsref_str run_as_username;
  hcsref_str credential_spec; /* contents of a gMSA credential spec */
  bool host_process;
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
};

HCSREF_API extern const hcsref_type hcsref_type_cri_mount;
HCSREF_API extern const hcsref_type hcsref_type_cri_image_spec;
HCSREF_API extern const hcsref_type hcsref_type_cri_key_value;
HCSREF_API extern const hcsref_type hcsref_type_cri_linux_container_config;
HCSREF_API extern const hcsref_type hcsref_type_cri_windows_sandbox_security_context;
HCSREF_API extern const hcsref_type hcsref_type_cri_windows_pod_sandbox_config;
HCSREF_API extern const hcsref_type hcsref_type_cri_windows_container_security_context;
HCSREF_API extern const hcsref_type hcsref_type_cri_windows_container_config;
HCSREF_API extern const hcsref_type hcsref_type_cri_windows_container_resources;
HCSREF_API extern const hcsref_type hcsref_type_cri_container_metadata;
HCSREF_API extern const hcsref_type hcsref_type_cri_device;
HCSREF_API extern const hcsref_type hcsref_type_cri_container_config;

#ifdef __cplusplus
}
#endif

#endif
