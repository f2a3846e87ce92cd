/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/id.h"

#include <string.h>

/* Names of Windows' devices, with whatever behind a dot; a digit stands for a #. */
static const char *const devices[] = {"con", "prn", "aux", "nul", "com#", "lpt#"};

static bool is_device_name(hcsref_str base, const char *device) {
  size_t length = strlen(device);
  if (base.len != length)
    return false;
  if (device[length - 1] != '#')
    return hcsref_str_equal_ascii_fold(base, hcsref_cstr(device));
  return base.data[length - 1] >= '1' && base.data[length - 1] <= '9' &&
         hcsref_str_equal_ascii_fold(hcsref_str_first(base, length - 1), hcsref_str_from(device, length - 1));
}

static bool is_device(hcsref_str name) {
  const char *dot = memchr(name.data, '.', name.len);
  hcsref_str base = dot == NULL ? name : hcsref_str_first(name, (size_t)(dot - name.data));
  size_t i;
  while (base.len > 0 && base.data[base.len - 1] == ' ')
    base.len--;
  for (i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
    if (is_device_name(base, devices[i]))
      return true;
  return false;
}

static bool is_forbidden(char c) {
  return (unsigned char)c < 0x20 || c == 0x7F || strchr("/\\:*?\"<>|", c) != NULL;
}

bool kit_is_plain_name(hcsref_str name) {
  size_t i;
  if (name.len == 0 || name.data[0] == '.' || name.data[name.len - 1] == '.' || name.data[name.len - 1] == ' ')
    return false;
  for (i = 0; i < name.len; i++)
    if (is_forbidden(name.data[i]))
      return false;
  return !is_device(name);
}

bool kit_is_id(hcsref_str id) {
  if (id.len > KIT_LONGEST_ID)
    return false;
  for (;;) {
    const char *slash = id.len == 0 ? NULL : memchr(id.data, '/', id.len);
    size_t length = slash == NULL ? id.len : (size_t)(slash - id.data);
    if (!kit_is_plain_name(hcsref_str_first(id, length)))
      return false;
    if (slash == NULL)
      return true;
    id = hcsref_str_skip(id, length + 1);
  }
}
