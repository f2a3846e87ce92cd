/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the CRI container config. A field has its protobuf name and, as an alias, the lowerCamelCase of
 * protobuf-JSON. Source: k8s.io/cri-api pkg/apis/runtime/v1/api.proto; the Go package is called v1. */
#include "hcsref/cri.h"

#include "schema/table.h"

#define ALIAS(camel)                          static const char *const camel##_names[] = {#camel, NULL}
#define ALIASED(s, member, name, camel, type) FIELD_ROW(s, member, name, type, camel##_names, true)

ALIAS(containerPath);
ALIAS(hostPath);
ALIAS(selinuxRelabel);
ALIAS(securityContext);
ALIAS(runAsUsername);
ALIAS(credentialSpec);
ALIAS(hostProcess);
ALIAS(cpuShares);
ALIAS(cpuCount);
ALIAS(cpuMaximum);
ALIAS(memoryLimitInBytes);
ALIAS(workingDir);
ALIAS(logPath);
ALIAS(stdinOnce);

static const hcsref_type mount_propagation = NAMED(HCSREF_INT32, int32_t, "v1.MountPropagation");
static const hcsref_type linux_container_resources = OPAQUE("v1.LinuxContainerResources");
static const hcsref_type linux_container_resources_ptr =
    POINTER_TO(linux_container_resources, "*v1.LinuxContainerResources");
static const hcsref_type linux_container_security_context = OPAQUE("v1.LinuxContainerSecurityContext");
static const hcsref_type linux_container_security_context_ptr =
    POINTER_TO(linux_container_security_context, "*v1.LinuxContainerSecurityContext");
static const hcsref_type windows_sandbox_security_context_ptr =
    POINTER_TO(hcsref_type_cri_windows_sandbox_security_context, "*v1.WindowsSandboxSecurityContext");
static const hcsref_type windows_container_resources_ptr =
    POINTER_TO(hcsref_type_cri_windows_container_resources, "*v1.WindowsContainerResources");
static const hcsref_type windows_container_security_context_ptr =
    POINTER_TO(hcsref_type_cri_windows_container_security_context, "*v1.WindowsContainerSecurityContext");
static const hcsref_type container_metadata_ptr =
    POINTER_TO(hcsref_type_cri_container_metadata, "*v1.ContainerMetadata");
static const hcsref_type image_spec_ptr = POINTER_TO(hcsref_type_cri_image_spec, "*v1.ImageSpec");
static const hcsref_type key_value_ptr = POINTER_TO(hcsref_type_cri_key_value, "*v1.KeyValue");
static const hcsref_type key_value_ptr_list = SLICE_OF(key_value_ptr, "[]*v1.KeyValue");
static const hcsref_type mount_ptr = POINTER_TO(hcsref_type_cri_mount, "*v1.Mount");
static const hcsref_type mount_ptr_list = SLICE_OF(mount_ptr, "[]*v1.Mount");
static const hcsref_type device_ptr = POINTER_TO(hcsref_type_cri_device, "*v1.Device");
static const hcsref_type device_ptr_list = SLICE_OF(device_ptr, "[]*v1.Device");
static const hcsref_type linux_container_config_ptr =
    POINTER_TO(hcsref_type_cri_linux_container_config, "*v1.LinuxContainerConfig");
static const hcsref_type windows_container_config_ptr =
    POINTER_TO(hcsref_type_cri_windows_container_config, "*v1.WindowsContainerConfig");

static const hcsref_field mount_fields[] = {
    ALIASED(hcsref_cri_mount, container_path, "container_path", containerPath, hcsref_type_string),
    ALIASED(hcsref_cri_mount, host_path, "host_path", hostPath, hcsref_type_string),
    OMIT(hcsref_cri_mount, readonly, "readonly", hcsref_type_bool),
    ALIASED(hcsref_cri_mount, selinux_relabel, "selinux_relabel", selinuxRelabel, hcsref_type_bool),
    OMIT(hcsref_cri_mount, propagation, "propagation", mount_propagation),
};
const hcsref_type hcsref_type_cri_mount = STRUCT(hcsref_cri_mount, "v1.Mount", mount_fields);

static const hcsref_field image_spec_fields[] = {
    OMIT(hcsref_cri_image_spec, image, "image", hcsref_type_string),
    OMIT(hcsref_cri_image_spec, annotations, "annotations", hcsref_type_string_map),
};
const hcsref_type hcsref_type_cri_image_spec = STRUCT(hcsref_cri_image_spec, "v1.ImageSpec", image_spec_fields);

static const hcsref_field key_value_fields[] = {
    OMIT(hcsref_cri_key_value, key, "key", hcsref_type_string),
    OMIT(hcsref_cri_key_value, value, "value", hcsref_type_string),
};
const hcsref_type hcsref_type_cri_key_value = STRUCT(hcsref_cri_key_value, "v1.KeyValue", key_value_fields);

static const hcsref_field linux_container_config_fields[] = {
    OMIT(hcsref_cri_linux_container_config, resources, "resources", linux_container_resources_ptr),
    ALIASED(hcsref_cri_linux_container_config, security_context, "security_context", securityContext,
            linux_container_security_context_ptr),
};
const hcsref_type hcsref_type_cri_linux_container_config =
    STRUCT(hcsref_cri_linux_container_config, "v1.LinuxContainerConfig", linux_container_config_fields);

static const hcsref_field windows_sandbox_security_context_fields[] = {
    ALIASED(hcsref_cri_windows_sandbox_security_context, run_as_username, "run_as_username", runAsUsername,
            hcsref_type_string),
    ALIASED(hcsref_cri_windows_sandbox_security_context, credential_spec, "credential_spec", credentialSpec,
            hcsref_type_string),
    ALIASED(hcsref_cri_windows_sandbox_security_context, host_process, "host_process", hostProcess, hcsref_type_bool),
};
const hcsref_type hcsref_type_cri_windows_sandbox_security_context =
    STRUCT(hcsref_cri_windows_sandbox_security_context, "v1.WindowsSandboxSecurityContext",
           windows_sandbox_security_context_fields);

static const hcsref_field windows_pod_sandbox_config_fields[] = {
    ALIASED(hcsref_cri_windows_pod_sandbox_config, security_context, "security_context", securityContext,
            windows_sandbox_security_context_ptr),
};
const hcsref_type hcsref_type_cri_windows_pod_sandbox_config =
    STRUCT(hcsref_cri_windows_pod_sandbox_config, "v1.WindowsPodSandboxConfig", windows_pod_sandbox_config_fields);

static const hcsref_field windows_container_security_context_fields[] = {
    ALIASED(hcsref_cri_windows_container_security_context, run_as_username, "run_as_username", runAsUsername,
            hcsref_type_string),
    ALIASED(hcsref_cri_windows_container_security_context, credential_spec, "credential_spec", credentialSpec,
            hcsref_type_string),
    ALIASED(hcsref_cri_windows_container_security_context, host_process, "host_process", hostProcess, hcsref_type_bool),
};
const hcsref_type hcsref_type_cri_windows_container_security_context =
    STRUCT(hcsref_cri_windows_container_security_context, "v1.WindowsContainerSecurityContext",
           windows_container_security_context_fields);

static const hcsref_field windows_container_config_fields[] = {
    OMIT(hcsref_cri_windows_container_config, resources, "resources", windows_container_resources_ptr),
    ALIASED(hcsref_cri_windows_container_config, security_context, "security_context", securityContext,
            windows_container_security_context_ptr),
};
const hcsref_type hcsref_type_cri_windows_container_config =
    STRUCT(hcsref_cri_windows_container_config, "v1.WindowsContainerConfig", windows_container_config_fields);

static const hcsref_field windows_container_resources_fields[] = {
    ALIASED(hcsref_cri_windows_container_resources, cpu_shares, "cpu_shares", cpuShares, hcsref_type_int64),
    ALIASED(hcsref_cri_windows_container_resources, cpu_count, "cpu_count", cpuCount, hcsref_type_int64),
    ALIASED(hcsref_cri_windows_container_resources, cpu_maximum, "cpu_maximum", cpuMaximum, hcsref_type_int64),
    ALIASED(hcsref_cri_windows_container_resources, memory_limit_in_bytes, "memory_limit_in_bytes", memoryLimitInBytes,
            hcsref_type_int64),
};
const hcsref_type hcsref_type_cri_windows_container_resources =
    STRUCT(hcsref_cri_windows_container_resources, "v1.WindowsContainerResources", windows_container_resources_fields);

static const hcsref_field container_metadata_fields[] = {
    OMIT(hcsref_cri_container_metadata, name, "name", hcsref_type_string),
    OMIT(hcsref_cri_container_metadata, attempt, "attempt", hcsref_type_uint32),
};
const hcsref_type hcsref_type_cri_container_metadata =
    STRUCT(hcsref_cri_container_metadata, "v1.ContainerMetadata", container_metadata_fields);

static const hcsref_field device_fields[] = {
    ALIASED(hcsref_cri_device, container_path, "container_path", containerPath, hcsref_type_string),
    ALIASED(hcsref_cri_device, host_path, "host_path", hostPath, hcsref_type_string),
    OMIT(hcsref_cri_device, permissions, "permissions", hcsref_type_string),
};
const hcsref_type hcsref_type_cri_device = STRUCT(hcsref_cri_device, "v1.Device", device_fields);

static const hcsref_field container_config_fields[] = {
    OMIT(hcsref_cri_container_config, metadata, "metadata", container_metadata_ptr),
    OMIT(hcsref_cri_container_config, image, "image", image_spec_ptr),
    OMIT(hcsref_cri_container_config, command, "command", hcsref_type_strings),
    OMIT(hcsref_cri_container_config, args, "args", hcsref_type_strings),
    ALIASED(hcsref_cri_container_config, working_dir, "working_dir", workingDir, hcsref_type_string),
    OMIT(hcsref_cri_container_config, envs, "envs", key_value_ptr_list),
    OMIT(hcsref_cri_container_config, mounts, "mounts", mount_ptr_list),
    OMIT(hcsref_cri_container_config, devices, "devices", device_ptr_list),
    OMIT(hcsref_cri_container_config, labels, "labels", hcsref_type_string_map),
    OMIT(hcsref_cri_container_config, annotations, "annotations", hcsref_type_string_map),
    ALIASED(hcsref_cri_container_config, log_path, "log_path", logPath, hcsref_type_string),
    OMIT(hcsref_cri_container_config, std_in, "stdin", hcsref_type_bool),
    ALIASED(hcsref_cri_container_config, std_in_once, "stdin_once", stdinOnce, hcsref_type_bool),
    OMIT(hcsref_cri_container_config, tty, "tty", hcsref_type_bool),
    OMIT(hcsref_cri_container_config, linux_, "linux", linux_container_config_ptr),
    OMIT(hcsref_cri_container_config, windows, "windows", windows_container_config_ptr),
};
const hcsref_type hcsref_type_cri_container_config =
    STRUCT(hcsref_cri_container_config, "v1.ContainerConfig", container_config_fields);
