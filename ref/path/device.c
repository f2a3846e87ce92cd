/* SPDX-License-Identifier: Apache-2.0 */
/* Location paths of devices that may end in the index of a virtual function. Source: hcsshim
 * internal/hcsoci/devices.go getDeviceInfoFromPath. */
#include "hcsref/path.h"

/* strconv.ParseUint(s, 10, 16) of a path's last element, which is never empty. */
static bool parse_index(hcsref_str s, uint16_t *out) {
  uint32_t value = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (s.data[i] < '0' || s.data[i] > '9')
      return false;
    value = value * 10 + (uint32_t)(s.data[i] - '0');
    if (value > UINT16_MAX)
      return false;
  }
  *out = (uint16_t)value;
  return true;
}

bool hcsref_device_location_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, hcsref_str *device,
                               uint16_t *index) {
  hcsref_str last;
  uint16_t found;
  if (!hcsref_path_base_as(arena, rules, path, &last))
    return false;
  if (!parse_index(last, &found)) {
    *device = path;
    *index = 0;
    return true;
  }
  if (!hcsref_path_dir_as(arena, rules, path, device))
    return false;
  *index = found;
  return true;
}
