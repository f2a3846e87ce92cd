/* SPDX-License-Identifier: Apache-2.0 */
/* Devices of the host that a container gets. Source: containerd internal/cri/opts/spec_windows.go WithWindowsDevices,
 * pkg/oci/spec_opts_windows.go WithWindowsDevice. */
#include "cri/section.h"
#include "cri/steps.h"

#include <string.h>

/* Kubernetes' device plugins write "class/GUID". */
#define CLASS_PREFIX HCSREF_LIT("class/")
#define SEPARATOR    HCSREF_LIT("://")

/* What all of one step need. */
typedef struct devices_step {
  hcsref_arena *arena;
  const char *where;
  hcsref_error *err;
} devices_step;

/* The place of the first "://"; the length when there is none. */
static size_t find_separator(hcsref_str path) {
  size_t i = 0;
  while (i < path.len && !hcsref_str_has_prefix(hcsref_str_skip(path, i), SEPARATOR))
    i++;
  return i;
}

static bool read_host_path(const devices_step *s, size_t i, hcsref_str path, hcsref_oci_windows_device *out) {
  hcsref_str spelt = path;
  size_t separator;
  if (hcsref_str_has_prefix(path, CLASS_PREFIX) &&
      !hcsref_format(s->arena, &spelt, "class://%v", hcsref_str_skip(path, CLASS_PREFIX.len)))
    return hcsref_fail_memory(s->err);
  separator = find_separator(spelt);
  if (separator == spelt.len)
    return hcsref_fail_item(s->arena, s->err, "device-format", s->where, i, "host_path",
                            "unrecognised HostPath format %v, must match IDType://ID", path);
  if (separator == 0)
    return hcsref_fail_item(s->arena, s->err, "device-type-missing", s->where, i, "host_path",
                            "failed adding device with HostPath %v: missing idType", path);
  out->id_type = hcsref_str_first(spelt, separator);
  out->id = hcsref_str_skip(spelt, separator + SEPARATOR.len);
  return true;
}

static bool read_device(const devices_step *s, size_t i, const hcsref_cri_device *device,
                        hcsref_oci_windows_device *out) {
  if (device == NULL)
    return hcsref_fail_item(s->arena, s->err, "cri-null-device", s->where, i, NULL, "a device is null");
  if (device->container_path.len != 0)
    return hcsref_fail_item(s->arena, s->err, "device-container-path", s->where, i, "container_path",
                            "unexpected ContainerPath %v, must be empty", device->container_path);
  if (device->permissions.len != 0)
    return hcsref_fail_item(s->arena, s->err, "device-permissions", s->where, i, "permissions",
                            "unexpected Permissions %v, must be empty", device->permissions);
  return read_host_path(s, i, device->host_path, out);
}

bool hcsref_step_devices(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec,
                         const hcsref_slice *devices, const char *where, hcsref_error *err) {
  const devices_step step = {arena, where, err};
  hcsref_cri_device *const *items = devices->items;
  hcsref_oci_windows_device *all;
  hcsref_oci_windows *windows;
  size_t kept;
  if (devices->len == 0 || !hcsref_has(rules, HCSREF_CHANGE_DEVICES))
    return true;
  windows = hcsref_windows_section(arena, spec, err);
  if (windows == NULL)
    return false;
  kept = windows->devices.len;
  all = hcsref_arena_array(arena, kept + devices->len, sizeof *all);
  if (all == NULL)
    return hcsref_fail_memory(err);
  if (kept != 0)
    memcpy(all, windows->devices.items, kept * sizeof *all);
  for (size_t i = 0; i < devices->len; i++)
    if (!read_device(&step, i, items[i], &all[kept + i]))
      return false;
  windows->devices.items = all;
  windows->devices.len = windows->devices.cap = kept + devices->len;
  spec->windows = windows;
  return true;
}
