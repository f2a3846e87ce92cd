/* SPDX-License-Identifier: Apache-2.0 */
/* Devices of the host. Source: moby daemon/oci_windows.go setupWindowsDevices; in 20.10 createSpecWindowsFields. */
#include "docker/spec.h"

#include <string.h>

static bool refuse(const hcsref_docker_maker *m, size_t index, const char *format, hcsref_str text) {
  return hcsref_fail_item(m->arena, m->err, "docker-device", "/host_config/Devices", index, "PathOnHost", format, text);
}

/* Until 20.10: class/ID and nothing else. */
static bool split_old(const hcsref_docker_maker *m, size_t index, hcsref_str path, hcsref_oci_windows_device *device) {
  const char *slash = path.len == 0 ? NULL : memchr(path.data, '/', path.len);
  if (slash == NULL)
    return refuse(m, index, "invalid device assignment path", path);
  device->id_type = hcsref_str_first(path, (size_t)(slash - path.data));
  device->id = hcsref_str_skip(path, device->id_type.len + 1);
  return hcsref_str_equal(device->id_type, HCSREF_LIT("class")) ||
         refuse(m, index, "invalid device assignment type: '%v' should be 'class'", device->id_type);
}

/* Since 23.0: class/ID or TYPE://ID. */
static bool split_new(const hcsref_docker_maker *m, size_t index, hcsref_str path, hcsref_oci_windows_device *device) {
  size_t at = 0;
  if (hcsref_str_has_prefix(path, HCSREF_LIT("class/"))) {
    device->id_type = HCSREF_LIT("class");
    device->id = hcsref_str_skip(path, HCSREF_LIT("class/").len);
    return true;
  }
  while (at < path.len && !hcsref_str_has_prefix(hcsref_str_skip(path, at), HCSREF_LIT("://")))
    at++;
  if (at == path.len)
    return refuse(m, index, "invalid device assignment path: '%v', must be 'class/ID' or 'IDType://ID'", path);
  if (at == 0)
    return refuse(m, index, "invalid device assignment path: '%v', IDType cannot be empty", path);
  device->id_type = hcsref_str_first(path, at);
  device->id = hcsref_str_skip(path, at + 3);
  return true;
}

/* Until 20.10. */
static bool may_have_devices(const hcsref_docker_maker *m) {
  const hcsref_host *host = m->host->host;
  if (m->hyperv)
    return hcsref_docker_refuse(m, "docker-device", "/host_config/Devices",
                                "device assignment is not supported for HyperV containers");
  return host->ops->os_build(host->ctx) >= HCSREF_BUILD_RS5 ||
         hcsref_docker_refuse(m, "docker-device", "/host_config/Devices",
                              "device assignment requires Windows builds RS5 (17763+) or later");
}

bool hcsref_docker_make_devices(hcsref_docker_maker *m, hcsref_oci_windows *windows) {
  const hcsref_docker_device *devices = m->host_config.devices.items;
  bool types = hcsref_has(m->rules, HCSREF_CHANGE_MOBY_DEVICE_TYPES);
  if (m->host_config.devices.len != 0 && !types && !may_have_devices(m))
    return false;
  for (size_t i = 0; i < m->host_config.devices.len; i++) {
    hcsref_oci_windows_device *device = hcsref_slice_push(m->arena, &windows->devices, sizeof *device);
    if (device == NULL)
      return hcsref_fail_memory(m->err);
    if (!(types ? split_new : split_old)(m, i, devices[i].path_on_host, device))
      return false;
  }
  return true;
}
