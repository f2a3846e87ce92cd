/* SPDX-License-Identifier: Apache-2.0 */
/* Mapped directories, mapped pipes and devices. Source: moby libcontainerd/local/local_windows.go createWindows. */
#include "docker/document.h"

#define PIPE_PREFIX HCSREF_LIT("\\\\.\\pipe\\")

/* ---- mounts ----------------------------------------------------------------------------------------------- */

/* Upstream compares strings.ToLower of each option; no letter outside ASCII has 'r' or 'o' as its lower case. */
static bool is_read_only(const hcsref_oci_mount *mount) {
  const hcsref_str *options = mount->options.items;
  for (size_t i = 0; i < mount->options.len; i++)
    if (hcsref_str_equal_ascii_fold(options[i], HCSREF_LIT("ro")))
      return true;
  return false;
}

/* The destination decides, and a source is not looked at: a pipe with another destination is a directory. */
static bool add_pipe(hcsref_docker_builder *b, const hcsref_oci_mount *mount) {
  hcsref_v1_mapped_pipe *pipe = hcsref_slice_push(b->arena, &b->out->mapped_pipes, sizeof *pipe);
  if (pipe == NULL)
    return hcsref_fail_memory(b->err);
  pipe->host_path = mount->source;
  pipe->container_pipe_name = hcsref_str_skip(mount->destination, PIPE_PREFIX.len);
  return true;
}

static bool add_directory(hcsref_docker_builder *b, const hcsref_oci_mount *mount) {
  hcsref_v1_mapped_dir *dir = hcsref_slice_push(b->arena, &b->out->mapped_directories, sizeof *dir);
  if (dir == NULL)
    return hcsref_fail_memory(b->err);
  dir->host_path = mount->source;
  dir->container_path = mount->destination;
  dir->read_only = is_read_only(mount);
  return true;
}

static bool add_mount(hcsref_docker_builder *b, size_t index, const hcsref_oci_mount *mount) {
  if (mount->type.len != 0)
    return hcsref_fail_item(b->arena, b->err, "mount-type", "/mounts", index, "type",
                            "OCI spec is invalid - Mount.Type '%v' must not be set", mount->type);
  return hcsref_str_has_prefix(mount->destination, PIPE_PREFIX) ? add_pipe(b, mount) : add_directory(b, mount);
}

bool hcsref_docker_build_mounts(hcsref_docker_builder *b) {
  const hcsref_oci_mount *mounts = b->spec->mounts.items;
  for (size_t i = 0; i < b->spec->mounts.len; i++)
    if (!add_mount(b, i, &mounts[i]))
      return false;
  if (b->out->mapped_pipes.len != 0 && !hcsref_has(b->rules, HCSREF_CHANGE_MOBY_NO_BUILD_GATES) &&
      b->host->ops->os_build(b->host->ctx) < HCSREF_BUILD_RS3)
    return hcsref_docker_fail(b, "pipes-unsupported", "/mounts",
                              "named pipe mounts are not supported on this version of Windows");
  return true;
}

/* ---- devices ---------------------------------------------------------------------------------------------- */

static bool is_class(hcsref_str id_type) {
  return hcsref_str_equal(id_type, HCSREF_LIT("class")) || hcsref_str_equal(id_type, HCSREF_LIT("vpci-class-guid"));
}

/* Before 23.0 whatever the device is. */
static bool check_device(hcsref_docker_builder *b, size_t index, const hcsref_oci_windows_device *device) {
  if (!hcsref_has(b->rules, HCSREF_CHANGE_MOBY_DEVICE_TYPES) || is_class(device->id_type))
    return true;
  return hcsref_fail_item(b->arena, b->err, "device-type", "/windows/devices", index, "idType",
                          "device assignment of type '%v' is not supported", device->id_type);
}

static bool may_have_devices(hcsref_docker_builder *b) {
  if (b->windows->hyperv != NULL)
    return hcsref_docker_fail(b, "devices-in-vm", "/windows/devices",
                              "device assignment is not supported for HyperV containers");
  if (!hcsref_has(b->rules, HCSREF_CHANGE_MOBY_NO_BUILD_GATES) &&
      b->host->ops->os_build(b->host->ctx) < HCSREF_BUILD_RS5)
    return hcsref_docker_fail(b, "devices-unsupported", "/windows/devices",
                              "device assignment requires Windows builds RS5 (17763+) or later");
  return true;
}

bool hcsref_docker_build_devices(hcsref_docker_builder *b) {
  const hcsref_slice *devices = &b->windows->devices;
  const hcsref_oci_windows_device *items = devices->items;
  hcsref_v1_assigned_device *assigned;
  if (devices->len == 0)
    return true;
  if (!may_have_devices(b))
    return false;
  assigned = hcsref_arena_array(b->arena, devices->len, sizeof *assigned);
  if (assigned == NULL)
    return hcsref_fail_memory(b->err);
  for (size_t i = 0; i < devices->len; i++) {
    if (!check_device(b, i, &items[i]))
      return false;
    assigned[i].interface_class_guid = items[i].id;
  }
  b->out->assigned_devices.items = assigned;
  b->out->assigned_devices.len = b->out->assigned_devices.cap = devices->len;
  return true;
}
