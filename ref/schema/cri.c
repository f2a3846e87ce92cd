/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the CRI configs of containers and pods. A field has its protobuf name and, as an alias, the lowerCamelCase
 * of protobuf-JSON. Source: k8s.io/cri-api pkg/apis/runtime/v1/api.proto; the Go package is called v1. */
#include "hcsref/cri.h"

#include "schema/cri_shared.h"

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
ALIAS(recursiveReadOnly);
ALIAS(imageSubPath);
ALIAS(userSpecifiedImage);
ALIAS(runtimeHandler);
ALIAS(imageRef);
ALIAS(namespaceOptions);
ALIAS(rootfsSizeInBytes);
ALIAS(affinityCpus);
ALIAS(cpuMask);
ALIAS(cpuGroup);
ALIAS(CDIDevices);
ALIAS(stopSignal);
ALIAS(logDirectory);
ALIAS(dnsConfig);
ALIAS(portMappings);
ALIAS(containerPort);
ALIAS(hostPort);
ALIAS(hostIp);

static const hcsref_type mount_propagation = NAMED(HCSREF_INT32, int32_t, "v1.MountPropagation");
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

static const hcsref_type cdi_device_ptr = POINTER_TO(hcsref_type_cri_cdi_device, "*v1.CDIDevice");
static const hcsref_type cdi_device_ptr_list = SLICE_OF(cdi_device_ptr, "[]*v1.CDIDevice");
static const hcsref_type signal = NAMED(HCSREF_INT32, int32_t, "v1.Signal");
static const hcsref_type protocol = NAMED(HCSREF_INT32, int32_t, "v1.Protocol");
static const hcsref_type windows_namespace_option_ptr =
    POINTER_TO(hcsref_type_cri_windows_namespace_option, "*v1.WindowsNamespaceOption");
static const hcsref_type windows_cpu_group_affinity_ptr =
    POINTER_TO(hcsref_type_cri_windows_cpu_group_affinity, "*v1.WindowsCpuGroupAffinity");
static const hcsref_type windows_cpu_group_affinity_ptr_list =
    SLICE_OF(windows_cpu_group_affinity_ptr, "[]*v1.WindowsCpuGroupAffinity");
static const hcsref_type pod_sandbox_metadata_ptr =
    POINTER_TO(hcsref_type_cri_pod_sandbox_metadata, "*v1.PodSandboxMetadata");
static const hcsref_type dns_config_ptr = POINTER_TO(hcsref_type_cri_dns_config, "*v1.DNSConfig");
static const hcsref_type port_mapping_ptr = POINTER_TO(hcsref_type_cri_port_mapping, "*v1.PortMapping");
static const hcsref_type port_mapping_ptr_list = SLICE_OF(port_mapping_ptr, "[]*v1.PortMapping");
static const hcsref_type linux_pod_sandbox_config_ptr =
    POINTER_TO(hcsref_type_cri_linux_pod_sandbox_config, "*v1.LinuxPodSandboxConfig");
static const hcsref_type windows_pod_sandbox_config_ptr =
    POINTER_TO(hcsref_type_cri_windows_pod_sandbox_config, "*v1.WindowsPodSandboxConfig");

static const hcsref_field mount_fields[] = {
    ALIASED(hcsref_cri_mount, container_path, "container_path", containerPath, hcsref_type_string),
    ALIASED(hcsref_cri_mount, host_path, "host_path", hostPath, hcsref_type_string),
    OMIT(hcsref_cri_mount, readonly, "readonly", hcsref_type_bool),
    ALIASED(hcsref_cri_mount, selinux_relabel, "selinux_relabel", selinuxRelabel, hcsref_type_bool),
    OMIT(hcsref_cri_mount, propagation, "propagation", mount_propagation),
    SINCE(hcsref_cri_mount, uid_mappings, "uidMappings", hcsref_cri_id_mapping_ptr_list, true,
          HCSREF_CHANGE_CRI_MOUNT_MAPPINGS),
    SINCE(hcsref_cri_mount, gid_mappings, "gidMappings", hcsref_cri_id_mapping_ptr_list, true,
          HCSREF_CHANGE_CRI_MOUNT_MAPPINGS),
    NEWER(hcsref_cri_mount, recursive_read_only, "recursive_read_only", recursiveReadOnly, hcsref_type_bool,
          HCSREF_CHANGE_CRI_IMAGE_MOUNTS),
    SINCE(hcsref_cri_mount, image, "image", image_spec_ptr, true, HCSREF_CHANGE_CRI_IMAGE_MOUNTS),
    NEWER(hcsref_cri_mount, image_sub_path, "image_sub_path", imageSubPath, hcsref_type_string,
          HCSREF_CHANGE_CRI_STOP_SIGNAL),
};
const hcsref_type hcsref_type_cri_mount = STRUCT(hcsref_cri_mount, "v1.Mount", mount_fields);

static const hcsref_field image_spec_fields[] = {
    OMIT(hcsref_cri_image_spec, image, "image", hcsref_type_string),
    OMIT(hcsref_cri_image_spec, annotations, "annotations", hcsref_type_string_map),
    NEWER(hcsref_cri_image_spec, user_specified_image, "user_specified_image", userSpecifiedImage, hcsref_type_string,
          HCSREF_CHANGE_CRI_IMAGE_MOUNTS),
    NEWER(hcsref_cri_image_spec, runtime_handler, "runtime_handler", runtimeHandler, hcsref_type_string,
          HCSREF_CHANGE_CRI_IMAGE_MOUNTS),
    NEWER(hcsref_cri_image_spec, image_ref, "image_ref", imageRef, hcsref_type_string, HCSREF_CHANGE_CRI_IMAGE_REF),
};
const hcsref_type hcsref_type_cri_image_spec = STRUCT(hcsref_cri_image_spec, "v1.ImageSpec", image_spec_fields);

static const hcsref_field key_value_fields[] = {
    OMIT(hcsref_cri_key_value, key, "key", hcsref_type_string),
    OMIT(hcsref_cri_key_value, value, "value", hcsref_type_string),
};
const hcsref_type hcsref_type_cri_key_value = STRUCT(hcsref_cri_key_value, "v1.KeyValue", key_value_fields);

static const hcsref_field windows_sandbox_security_context_fields[] = {
    ALIASED(hcsref_cri_windows_sandbox_security_context, run_as_username, "run_as_username", runAsUsername,
            hcsref_type_string),
    ALIASED(hcsref_cri_windows_sandbox_security_context, credential_spec, "credential_spec", credentialSpec,
            hcsref_type_string),
    ALIASED(hcsref_cri_windows_sandbox_security_context, host_process, "host_process", hostProcess, hcsref_type_bool),
    NEWER(hcsref_cri_windows_sandbox_security_context, namespace_options, "namespace_options", namespaceOptions,
          windows_namespace_option_ptr, HCSREF_CHANGE_CRI_POD_NAMESPACES),
};
const hcsref_type hcsref_type_cri_windows_sandbox_security_context =
    STRUCT(hcsref_cri_windows_sandbox_security_context, "v1.WindowsSandboxSecurityContext",
           windows_sandbox_security_context_fields);

static const hcsref_field windows_namespace_option_fields[] = {
    OMIT(hcsref_cri_windows_namespace_option, network, "network", hcsref_cri_namespace_mode),
};
const hcsref_type hcsref_type_cri_windows_namespace_option =
    STRUCT(hcsref_cri_windows_namespace_option, "v1.WindowsNamespaceOption", windows_namespace_option_fields);

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
    NEWER(hcsref_cri_windows_container_security_context, host_process, "host_process", hostProcess, hcsref_type_bool,
          HCSREF_CHANGE_CRI_POD_WINDOWS),
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
    NEWER(hcsref_cri_windows_container_resources, rootfs_size_in_bytes, "rootfs_size_in_bytes", rootfsSizeInBytes,
          hcsref_type_int64, HCSREF_CHANGE_CRI_ROOTFS_SIZE),
    NEWER(hcsref_cri_windows_container_resources, affinity_cpus, "affinity_cpus", affinityCpus,
          windows_cpu_group_affinity_ptr_list, HCSREF_CHANGE_CRI_AFFINITY_FIELD),
};
const hcsref_type hcsref_type_cri_windows_container_resources =
    STRUCT(hcsref_cri_windows_container_resources, "v1.WindowsContainerResources", windows_container_resources_fields);

static const hcsref_field windows_cpu_group_affinity_fields[] = {
    ALIASED(hcsref_cri_windows_cpu_group_affinity, cpu_mask, "cpu_mask", cpuMask, hcsref_type_uint64),
    ALIASED(hcsref_cri_windows_cpu_group_affinity, cpu_group, "cpu_group", cpuGroup, hcsref_type_uint32),
};
const hcsref_type hcsref_type_cri_windows_cpu_group_affinity =
    STRUCT(hcsref_cri_windows_cpu_group_affinity, "v1.WindowsCpuGroupAffinity", windows_cpu_group_affinity_fields);

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
    NEWER(hcsref_cri_container_config, cdi_devices, "CDI_devices", CDIDevices, cdi_device_ptr_list,
          HCSREF_CHANGE_CRI_MOUNT_MAPPINGS),
    NEWER(hcsref_cri_container_config, stop_signal, "stop_signal", stopSignal, signal, HCSREF_CHANGE_CRI_STOP_SIGNAL),
};
const hcsref_type hcsref_type_cri_container_config =
    STRUCT(hcsref_cri_container_config, "v1.ContainerConfig", container_config_fields);

static const hcsref_field cdi_device_fields[] = {
    OMIT(hcsref_cri_cdi_device, name, "name", hcsref_type_string),
};
const hcsref_type hcsref_type_cri_cdi_device = STRUCT(hcsref_cri_cdi_device, "v1.CDIDevice", cdi_device_fields);

/* ---- pods ---- */

static const hcsref_field pod_sandbox_metadata_fields[] = {
    OMIT(hcsref_cri_pod_sandbox_metadata, name, "name", hcsref_type_string),
    OMIT(hcsref_cri_pod_sandbox_metadata, uid, "uid", hcsref_type_string),
    OMIT(hcsref_cri_pod_sandbox_metadata, namespace_, "namespace", hcsref_type_string),
    OMIT(hcsref_cri_pod_sandbox_metadata, attempt, "attempt", hcsref_type_uint32),
};
const hcsref_type hcsref_type_cri_pod_sandbox_metadata =
    STRUCT(hcsref_cri_pod_sandbox_metadata, "v1.PodSandboxMetadata", pod_sandbox_metadata_fields);

static const hcsref_field dns_config_fields[] = {
    OMIT(hcsref_cri_dns_config, servers, "servers", hcsref_type_strings),
    OMIT(hcsref_cri_dns_config, searches, "searches", hcsref_type_strings),
    OMIT(hcsref_cri_dns_config, options, "options", hcsref_type_strings),
};
const hcsref_type hcsref_type_cri_dns_config = STRUCT(hcsref_cri_dns_config, "v1.DNSConfig", dns_config_fields);

static const hcsref_field port_mapping_fields[] = {
    OMIT(hcsref_cri_port_mapping, protocol, "protocol", protocol),
    ALIASED(hcsref_cri_port_mapping, container_port, "container_port", containerPort, hcsref_type_int32),
    ALIASED(hcsref_cri_port_mapping, host_port, "host_port", hostPort, hcsref_type_int32),
    ALIASED(hcsref_cri_port_mapping, host_ip, "host_ip", hostIp, hcsref_type_string),
};
const hcsref_type hcsref_type_cri_port_mapping = STRUCT(hcsref_cri_port_mapping, "v1.PortMapping", port_mapping_fields);

static const hcsref_field pod_sandbox_config_fields[] = {
    OMIT(hcsref_cri_pod_sandbox_config, metadata, "metadata", pod_sandbox_metadata_ptr),
    OMIT(hcsref_cri_pod_sandbox_config, hostname, "hostname", hcsref_type_string),
    ALIASED(hcsref_cri_pod_sandbox_config, log_directory, "log_directory", logDirectory, hcsref_type_string),
    ALIASED(hcsref_cri_pod_sandbox_config, dns_config, "dns_config", dnsConfig, dns_config_ptr),
    ALIASED(hcsref_cri_pod_sandbox_config, port_mappings, "port_mappings", portMappings, port_mapping_ptr_list),
    OMIT(hcsref_cri_pod_sandbox_config, labels, "labels", hcsref_type_string_map),
    OMIT(hcsref_cri_pod_sandbox_config, annotations, "annotations", hcsref_type_string_map),
    OMIT(hcsref_cri_pod_sandbox_config, linux_, "linux", linux_pod_sandbox_config_ptr),
    SINCE(hcsref_cri_pod_sandbox_config, windows, "windows", windows_pod_sandbox_config_ptr, true,
          HCSREF_CHANGE_CRI_POD_WINDOWS),
};
const hcsref_type hcsref_type_cri_pod_sandbox_config =
    STRUCT(hcsref_cri_pod_sandbox_config, "v1.PodSandboxConfig", pod_sandbox_config_fields);
