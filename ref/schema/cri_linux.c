/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the Linux sections of the CRI configs. Source: k8s.io/cri-api pkg/apis/runtime/v1/api.proto. What came
 * after cri-api 0.22 stands beside the change that brought its version; overhead and resources of a pod came with 0.23.
 */
#include "hcsref/cri_linux.h"

#include "schema/cri_shared.h"

ALIAS(pageSize);
ALIAS(cpuPeriod);
ALIAS(cpuQuota);
ALIAS(cpuShares);
ALIAS(memoryLimitInBytes);
ALIAS(oomScoreAdj);
ALIAS(cpusetCpus);
ALIAS(cpusetMems);
ALIAS(hugepageLimits);
ALIAS(memorySwapLimitInBytes);
ALIAS(addCapabilities);
ALIAS(dropCapabilities);
ALIAS(addAmbientCapabilities);
ALIAS(targetId);
ALIAS(usernsOptions);
ALIAS(profileType);
ALIAS(localhostRef);
ALIAS(namespaceOptions);
ALIAS(selinuxOptions);
ALIAS(runAsUser);
ALIAS(runAsGroup);
ALIAS(runAsUsername);
ALIAS(readonlyRootfs);
ALIAS(supplementalGroups);
ALIAS(supplementalGroupsPolicy);
ALIAS(noNewPrivs);
ALIAS(maskedPaths);
ALIAS(readonlyPaths);
ALIAS(apparmorProfile);
ALIAS(seccompProfilePath);
ALIAS(securityContext);
ALIAS(cgroupParent);

static const hcsref_type profile_type = NAMED(HCSREF_INT32, int32_t, "v1.SecurityProfile_ProfileType");
static const hcsref_type groups_policy = NAMED(HCSREF_INT32, int32_t, "v1.SupplementalGroupsPolicy");
static const hcsref_type int64_list = SLICE_OF(hcsref_type_int64, "[]int64");

static const hcsref_field hugepage_limit_fields[] = {
    ALIASED(hcsref_cri_hugepage_limit, page_size, "page_size", pageSize, hcsref_type_string),
    OMIT(hcsref_cri_hugepage_limit, limit, "limit", hcsref_type_uint64),
};
static const hcsref_type hugepage_limit = STRUCT(hcsref_cri_hugepage_limit, "v1.HugepageLimit", hugepage_limit_fields);
static const hcsref_type hugepage_limit_ptr = POINTER_TO(hugepage_limit, "*v1.HugepageLimit");
static const hcsref_type hugepage_limit_ptr_list = SLICE_OF(hugepage_limit_ptr, "[]*v1.HugepageLimit");

static const hcsref_field linux_container_resources_fields[] = {
    ALIASED(hcsref_cri_linux_container_resources, cpu_period, "cpu_period", cpuPeriod, hcsref_type_int64),
    ALIASED(hcsref_cri_linux_container_resources, cpu_quota, "cpu_quota", cpuQuota, hcsref_type_int64),
    ALIASED(hcsref_cri_linux_container_resources, cpu_shares, "cpu_shares", cpuShares, hcsref_type_int64),
    ALIASED(hcsref_cri_linux_container_resources, memory_limit_in_bytes, "memory_limit_in_bytes", memoryLimitInBytes,
            hcsref_type_int64),
    ALIASED(hcsref_cri_linux_container_resources, oom_score_adj, "oom_score_adj", oomScoreAdj, hcsref_type_int64),
    ALIASED(hcsref_cri_linux_container_resources, cpuset_cpus, "cpuset_cpus", cpusetCpus, hcsref_type_string),
    ALIASED(hcsref_cri_linux_container_resources, cpuset_mems, "cpuset_mems", cpusetMems, hcsref_type_string),
    ALIASED(hcsref_cri_linux_container_resources, hugepage_limits, "hugepage_limits", hugepageLimits,
            hugepage_limit_ptr_list),
    SINCE(hcsref_cri_linux_container_resources, unified, "unified", hcsref_type_string_map, true,
          HCSREF_CHANGE_CRI_POD_WINDOWS),
    NEWER(hcsref_cri_linux_container_resources, memory_swap_limit_in_bytes, "memory_swap_limit_in_bytes",
          memorySwapLimitInBytes, hcsref_type_int64, HCSREF_CHANGE_CRI_POD_WINDOWS),
};
static const hcsref_type linux_container_resources =
    STRUCT(hcsref_cri_linux_container_resources, "v1.LinuxContainerResources", linux_container_resources_fields);
static const hcsref_type linux_container_resources_ptr =
    POINTER_TO(linux_container_resources, "*v1.LinuxContainerResources");

static const hcsref_field int64_value_fields[] = {
    OMIT(hcsref_cri_int64_value, value, "value", hcsref_type_int64),
};
static const hcsref_type int64_value = STRUCT(hcsref_cri_int64_value, "v1.Int64Value", int64_value_fields);
static const hcsref_type int64_value_ptr = POINTER_TO(int64_value, "*v1.Int64Value");

static const hcsref_field capability_fields[] = {
    ALIASED(hcsref_cri_capability, add_capabilities, "add_capabilities", addCapabilities, hcsref_type_strings),
    ALIASED(hcsref_cri_capability, drop_capabilities, "drop_capabilities", dropCapabilities, hcsref_type_strings),
    NEWER(hcsref_cri_capability, add_ambient_capabilities, "add_ambient_capabilities", addAmbientCapabilities,
          hcsref_type_strings, HCSREF_CHANGE_CRI_ROOTFS_SIZE),
};
static const hcsref_type capability = STRUCT(hcsref_cri_capability, "v1.Capability", capability_fields);
static const hcsref_type capability_ptr = POINTER_TO(capability, "*v1.Capability");

static const hcsref_field user_namespace_fields[] = {
    OMIT(hcsref_cri_user_namespace, mode, "mode", hcsref_cri_namespace_mode),
    OMIT(hcsref_cri_user_namespace, uids, "uids", hcsref_cri_id_mapping_ptr_list),
    OMIT(hcsref_cri_user_namespace, gids, "gids", hcsref_cri_id_mapping_ptr_list),
};
static const hcsref_type user_namespace = STRUCT(hcsref_cri_user_namespace, "v1.UserNamespace", user_namespace_fields);
static const hcsref_type user_namespace_ptr = POINTER_TO(user_namespace, "*v1.UserNamespace");

static const hcsref_field namespace_option_fields[] = {
    OMIT(hcsref_cri_namespace_option, network, "network", hcsref_cri_namespace_mode),
    OMIT(hcsref_cri_namespace_option, pid, "pid", hcsref_cri_namespace_mode),
    OMIT(hcsref_cri_namespace_option, ipc, "ipc", hcsref_cri_namespace_mode),
    ALIASED(hcsref_cri_namespace_option, target_id, "target_id", targetId, hcsref_type_string),
    NEWER(hcsref_cri_namespace_option, userns_options, "userns_options", usernsOptions, user_namespace_ptr,
          HCSREF_CHANGE_CRI_ROOTFS_SIZE),
};
static const hcsref_type namespace_option =
    STRUCT(hcsref_cri_namespace_option, "v1.NamespaceOption", namespace_option_fields);
static const hcsref_type namespace_option_ptr = POINTER_TO(namespace_option, "*v1.NamespaceOption");

static const hcsref_field selinux_option_fields[] = {
    OMIT(hcsref_cri_selinux_option, user, "user", hcsref_type_string),
    OMIT(hcsref_cri_selinux_option, role, "role", hcsref_type_string),
    OMIT(hcsref_cri_selinux_option, type, "type", hcsref_type_string),
    OMIT(hcsref_cri_selinux_option, level, "level", hcsref_type_string),
};
static const hcsref_type selinux_option = STRUCT(hcsref_cri_selinux_option, "v1.SELinuxOption", selinux_option_fields);
static const hcsref_type selinux_option_ptr = POINTER_TO(selinux_option, "*v1.SELinuxOption");

static const hcsref_field security_profile_fields[] = {
    ALIASED(hcsref_cri_security_profile, profile_type, "profile_type", profileType, profile_type),
    ALIASED(hcsref_cri_security_profile, localhost_ref, "localhost_ref", localhostRef, hcsref_type_string),
};
static const hcsref_type security_profile =
    STRUCT(hcsref_cri_security_profile, "v1.SecurityProfile", security_profile_fields);
static const hcsref_type security_profile_ptr = POINTER_TO(security_profile, "*v1.SecurityProfile");

static const hcsref_field linux_container_security_context_fields[] = {
    OMIT(hcsref_cri_linux_container_security_context, capabilities, "capabilities", capability_ptr),
    OMIT(hcsref_cri_linux_container_security_context, privileged, "privileged", hcsref_type_bool),
    ALIASED(hcsref_cri_linux_container_security_context, namespace_options, "namespace_options", namespaceOptions,
            namespace_option_ptr),
    ALIASED(hcsref_cri_linux_container_security_context, selinux_options, "selinux_options", selinuxOptions,
            selinux_option_ptr),
    ALIASED(hcsref_cri_linux_container_security_context, run_as_user, "run_as_user", runAsUser, int64_value_ptr),
    ALIASED(hcsref_cri_linux_container_security_context, run_as_group, "run_as_group", runAsGroup, int64_value_ptr),
    ALIASED(hcsref_cri_linux_container_security_context, run_as_username, "run_as_username", runAsUsername,
            hcsref_type_string),
    ALIASED(hcsref_cri_linux_container_security_context, readonly_rootfs, "readonly_rootfs", readonlyRootfs,
            hcsref_type_bool),
    ALIASED(hcsref_cri_linux_container_security_context, supplemental_groups, "supplemental_groups", supplementalGroups,
            int64_list),
    NEWER(hcsref_cri_linux_container_security_context, supplemental_groups_policy, "supplemental_groups_policy",
          supplementalGroupsPolicy, groups_policy, HCSREF_CHANGE_CRI_IMAGE_MOUNTS),
    ALIASED(hcsref_cri_linux_container_security_context, no_new_privs, "no_new_privs", noNewPrivs, hcsref_type_bool),
    ALIASED(hcsref_cri_linux_container_security_context, masked_paths, "masked_paths", maskedPaths,
            hcsref_type_strings),
    ALIASED(hcsref_cri_linux_container_security_context, readonly_paths, "readonly_paths", readonlyPaths,
            hcsref_type_strings),
    OMIT(hcsref_cri_linux_container_security_context, seccomp, "seccomp", security_profile_ptr),
    OMIT(hcsref_cri_linux_container_security_context, apparmor, "apparmor", security_profile_ptr),
    ALIASED(hcsref_cri_linux_container_security_context, apparmor_profile, "apparmor_profile", apparmorProfile,
            hcsref_type_string),
    ALIASED(hcsref_cri_linux_container_security_context, seccomp_profile_path, "seccomp_profile_path",
            seccompProfilePath, hcsref_type_string),
};
static const hcsref_type linux_container_security_context =
    STRUCT(hcsref_cri_linux_container_security_context, "v1.LinuxContainerSecurityContext",
           linux_container_security_context_fields);
static const hcsref_type linux_container_security_context_ptr =
    POINTER_TO(linux_container_security_context, "*v1.LinuxContainerSecurityContext");

static const hcsref_field linux_sandbox_security_context_fields[] = {
    ALIASED(hcsref_cri_linux_sandbox_security_context, namespace_options, "namespace_options", namespaceOptions,
            namespace_option_ptr),
    ALIASED(hcsref_cri_linux_sandbox_security_context, selinux_options, "selinux_options", selinuxOptions,
            selinux_option_ptr),
    ALIASED(hcsref_cri_linux_sandbox_security_context, run_as_user, "run_as_user", runAsUser, int64_value_ptr),
    ALIASED(hcsref_cri_linux_sandbox_security_context, run_as_group, "run_as_group", runAsGroup, int64_value_ptr),
    ALIASED(hcsref_cri_linux_sandbox_security_context, readonly_rootfs, "readonly_rootfs", readonlyRootfs,
            hcsref_type_bool),
    ALIASED(hcsref_cri_linux_sandbox_security_context, supplemental_groups, "supplemental_groups", supplementalGroups,
            int64_list),
    NEWER(hcsref_cri_linux_sandbox_security_context, supplemental_groups_policy, "supplemental_groups_policy",
          supplementalGroupsPolicy, groups_policy, HCSREF_CHANGE_CRI_IMAGE_MOUNTS),
    OMIT(hcsref_cri_linux_sandbox_security_context, privileged, "privileged", hcsref_type_bool),
    OMIT(hcsref_cri_linux_sandbox_security_context, seccomp, "seccomp", security_profile_ptr),
    OMIT(hcsref_cri_linux_sandbox_security_context, apparmor, "apparmor", security_profile_ptr),
    ALIASED(hcsref_cri_linux_sandbox_security_context, seccomp_profile_path, "seccomp_profile_path", seccompProfilePath,
            hcsref_type_string),
};
static const hcsref_type linux_sandbox_security_context = STRUCT(
    hcsref_cri_linux_sandbox_security_context, "v1.LinuxSandboxSecurityContext", linux_sandbox_security_context_fields);
static const hcsref_type linux_sandbox_security_context_ptr =
    POINTER_TO(linux_sandbox_security_context, "*v1.LinuxSandboxSecurityContext");

static const hcsref_field linux_container_config_fields[] = {
    OMIT(hcsref_cri_linux_container_config, resources, "resources", linux_container_resources_ptr),
    ALIASED(hcsref_cri_linux_container_config, security_context, "security_context", securityContext,
            linux_container_security_context_ptr),
};
const hcsref_type hcsref_type_cri_linux_container_config =
    STRUCT(hcsref_cri_linux_container_config, "v1.LinuxContainerConfig", linux_container_config_fields);

static const hcsref_field linux_pod_sandbox_config_fields[] = {
    ALIASED(hcsref_cri_linux_pod_sandbox_config, cgroup_parent, "cgroup_parent", cgroupParent, hcsref_type_string),
    ALIASED(hcsref_cri_linux_pod_sandbox_config, security_context, "security_context", securityContext,
            linux_sandbox_security_context_ptr),
    OMIT(hcsref_cri_linux_pod_sandbox_config, sysctls, "sysctls", hcsref_type_string_map),
    SINCE(hcsref_cri_linux_pod_sandbox_config, overhead, "overhead", linux_container_resources_ptr, true,
          HCSREF_CHANGE_CRI_POD_WINDOWS),
    SINCE(hcsref_cri_linux_pod_sandbox_config, resources, "resources", linux_container_resources_ptr, true,
          HCSREF_CHANGE_CRI_POD_WINDOWS),
};
const hcsref_type hcsref_type_cri_linux_pod_sandbox_config =
    STRUCT(hcsref_cri_linux_pod_sandbox_config, "v1.LinuxPodSandboxConfig", linux_pod_sandbox_config_fields);
