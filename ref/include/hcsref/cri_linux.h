/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The Linux sections of the configs of containers and pods (runtime.v1). No stage reads what is in them, but a value of
 * a wrong type is an error, as it is to Go. Enumerators are their numbers. Source: k8s.io/cri-api
 * pkg/apis/runtime/v1/api.proto.
 */
#ifndef HCSREF_CRI_LINUX_H
#define HCSREF_CRI_LINUX_H

#include "hcsref/json.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hcsref_cri_hugepage_limit hcsref_cri_hugepage_limit;
typedef struct hcsref_cri_linux_container_resources hcsref_cri_linux_container_resources;
typedef struct hcsref_cri_int64_value hcsref_cri_int64_value;
typedef struct hcsref_cri_capability hcsref_cri_capability;
typedef struct hcsref_cri_user_namespace hcsref_cri_user_namespace;
typedef struct hcsref_cri_namespace_option hcsref_cri_namespace_option;
typedef struct hcsref_cri_selinux_option hcsref_cri_selinux_option;
typedef struct hcsref_cri_security_profile hcsref_cri_security_profile;
typedef struct hcsref_cri_linux_container_security_context hcsref_cri_linux_container_security_context;
typedef struct hcsref_cri_linux_sandbox_security_context hcsref_cri_linux_sandbox_security_context;
typedef struct hcsref_cri_linux_container_config hcsref_cri_linux_container_config;
typedef struct hcsref_cri_linux_pod_sandbox_config hcsref_cri_linux_pod_sandbox_config;

/** A limit of huge pages of one size. */
struct hcsref_cri_hugepage_limit {
  hcsref_str page_size;
  uint64_t limit; /* bytes */
};

/** Limits of a Linux container. */
struct hcsref_cri_linux_container_resources {
  int64_t cpu_period; /* microseconds */
  int64_t cpu_quota;  /* microseconds */
  int64_t cpu_shares;
  int64_t memory_limit_in_bytes;
  int64_t oom_score_adj;
  hcsref_str cpuset_cpus;
  hcsref_str cpuset_mems;
  hcsref_slice hugepage_limits; /* []*HugepageLimit */
  hcsref_map unified;           /* map[string]string */
  int64_t memory_swap_limit_in_bytes;
};

/** A number that may be absent. */
struct hcsref_cri_int64_value {
  int64_t value;
};

/** Linux capabilities. */
struct hcsref_cri_capability {
  hcsref_slice add_capabilities;         /* []string */
  hcsref_slice drop_capabilities;        /* []string */
  hcsref_slice add_ambient_capabilities; /* []string */
};

/** A user namespace. */
struct hcsref_cri_user_namespace {
  int32_t mode;
  hcsref_slice uids; /* []*IDMapping */
  hcsref_slice gids; /* []*IDMapping */
};

/** Whose namespaces are shared. */
struct hcsref_cri_namespace_option {
  int32_t network;
  int32_t pid;
  int32_t ipc;
  hcsref_str target_id;
  hcsref_cri_user_namespace *userns_options;
};

/** A label of SELinux. */
struct hcsref_cri_selinux_option {
  hcsref_str user;
  hcsref_str role;
  hcsref_str type;
  hcsref_str level;
};

/** A profile of seccomp or AppArmor. */
struct hcsref_cri_security_profile {
  int32_t profile_type;
  hcsref_str localhost_ref;
};

/** What a Linux container may do. */
struct hcsref_cri_linux_container_security_context {
  hcsref_cri_capability *capabilities;
  bool privileged;
  hcsref_cri_namespace_option *namespace_options;
  hcsref_cri_selinux_option *selinux_options;
  hcsref_cri_int64_value *run_as_user;
  hcsref_cri_int64_value *run_as_group;
  hcsref_str run_as_username;
  bool readonly_rootfs;
  hcsref_slice supplemental_groups; /* []int64 */
  int32_t supplemental_groups_policy;
  bool no_new_privs;
  hcsref_slice masked_paths;   /* []string */
  hcsref_slice readonly_paths; /* []string */
  hcsref_cri_security_profile *seccomp;
  hcsref_cri_security_profile *apparmor;
  hcsref_str apparmor_profile;
  hcsref_str seccomp_profile_path;
};

/** What a Linux pod may do. */
struct hcsref_cri_linux_sandbox_security_context {
  hcsref_cri_namespace_option *namespace_options;
  hcsref_cri_selinux_option *selinux_options;
  hcsref_cri_int64_value *run_as_user;
  hcsref_cri_int64_value *run_as_group;
  bool readonly_rootfs;
  hcsref_slice supplemental_groups; /* []int64 */
  int32_t supplemental_groups_policy;
  bool privileged;
  hcsref_cri_security_profile *seccomp;
  hcsref_cri_security_profile *apparmor;
  hcsref_str seccomp_profile_path;
};

/** The Linux section of a container. */
struct hcsref_cri_linux_container_config {
  hcsref_cri_linux_container_resources *resources;
  hcsref_cri_linux_container_security_context *security_context;
};

/** The Linux section of a pod. */
struct hcsref_cri_linux_pod_sandbox_config {
  hcsref_str cgroup_parent;
  hcsref_cri_linux_sandbox_security_context *security_context;
  hcsref_map sysctls; /* map[string]string */
  hcsref_cri_linux_container_resources *overhead;
  hcsref_cri_linux_container_resources *resources;
};

HCSREF_API extern const hcsref_type hcsref_type_cri_linux_container_config;
HCSREF_API extern const hcsref_type hcsref_type_cri_linux_pod_sandbox_config;

#ifdef __cplusplus
}
#endif

#endif
