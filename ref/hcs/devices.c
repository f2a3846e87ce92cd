/* SPDX-License-Identifier: Apache-2.0 */
/* Assigned devices. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go parseAssignedDevices; the id types are the
 * constants of internal/uvm, and of them the GPU types and instance ids are not for containers. */
#include "hcs/document.h"

/* Whether the id of a device of this type is its location path rather than its interface class. */
static const struct {
  const char *id_type;
  bool is_location;
} device_types[] = {
    {"vpci-location-path", true},
    {"class", false},
    {"vpci-class-guid", false},
};
#define DEVICE_TYPES (sizeof device_types / sizeof *device_types)

/* Only a location path gets a type: upstream leaves it out of a class. */
static bool convert_device(const hcsref_oci_windows_device *device, hcsref_v2_device *out) {
  for (size_t i = 0; i < DEVICE_TYPES; i++) {
    if (!hcsref_str_equal(device->id_type, hcsref_cstr(device_types[i].id_type)))
      continue;
    if (device_types[i].is_location) {
      out->type = HCSREF_LIT("DeviceInstance");
      out->location_path = device->id;
    } else {
      out->interface_class_guid = device->id;
    }
    return true;
  }
  return false;
}

bool hcsref_assigned_devices(hcsref_arena *arena, const hcsref_slice *devices, hcsref_slice *out, hcsref_error *err) {
  const hcsref_oci_windows_device *items = devices->items;
  hcsref_v2_device *converted = hcsref_arena_array(arena, devices->len, sizeof *converted);
  if (converted == NULL)
    return hcsref_fail_memory(err);
  for (size_t i = 0; i < devices->len; i++)
    if (!convert_device(&items[i], &converted[i]))
      return hcsref_fail_item(arena, err, "device-type", "/windows/devices", i, "idType",
                              "specified device %v has unsupported type %v", items[i].id, items[i].id_type);
  out->items = converted;
  out->len = out->cap = devices->len;
  return true;
}

static void note_devices(const hcsref_builder *b) {
  hcsref_v2_device *devices = b->parts->v2.assigned_devices.items;
  for (size_t i = 0; i < b->parts->v2.assigned_devices.len; i++)
    HCSREF_NOTE(b, devices[i], "parseAssignedDevices: id and idType", "/windows/devices/%u", (uint64_t)i);
}

bool hcsref_build_devices(hcsref_builder *b) {
  if (b->kind != HCSREF_KIND_V2_ARGON && b->kind != HCSREF_KIND_V2_XENON)
    return true;
  if (!hcsref_assigned_devices(b->arena, &b->windows->devices, &b->parts->v2.assigned_devices, b->err))
    return false;
  if (b->options->provenance != NULL)
    note_devices(b);
  return true;
}
