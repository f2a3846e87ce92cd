/* SPDX-License-Identifier: Apache-2.0 */
/* Does a path stay below the folder that it is relative to? Source: Go path/filepath IsLocal on Windows. */
#include "docker/mount_config.h"

#include "hcsref/path.h"

static bool is_separator(char c) {
  return c == '\\' || c == '/';
}

/* A device, whatever follows a dot and blanks before that. */
static bool is_device(hcsref_str name) {
  static const char *const devices[] = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"};
  size_t n = 0;
  while (n < name.len && name.data[n] != '.')
    n++;
  while (n > 0 && name.data[n - 1] == ' ')
    n--;
  name = hcsref_str_first(name, n);
  for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
    if (hcsref_str_equal_ascii_fold(name, hcsref_cstr(devices[i])))
      return true;
  return name.len == 4 && name.data[3] >= '0' && name.data[3] <= '9' &&
         (hcsref_str_equal_ascii_fold(hcsref_str_first(name, 3), HCSREF_LIT("COM")) ||
          hcsref_str_equal_ascii_fold(hcsref_str_first(name, 3), HCSREF_LIT("LPT")));
}

static size_t element_length(hcsref_str path) {
  size_t n = 0;
  while (n < path.len && !is_separator(path.data[n]))
    n++;
  return n;
}

bool hcsref_docker_is_local(hcsref_str path) {
  size_t depth = 0;
  if (path.len == 0 || is_separator(path.data[0]))
    return false;
  for (size_t i = 0; i < path.len; i++)
    if (path.data[i] == ':')
      return false;
  for (size_t i = 0, n; i < path.len; i += n + 1) {
    hcsref_str element = hcsref_str_skip(path, i);
    n = element_length(element);
    element = hcsref_str_first(element, n);
    if (is_device(element))
      return false;
    if (hcsref_str_equal(element, HCSREF_LIT("..")) && depth-- == 0)
      return false;
    if (n != 0 && !hcsref_str_equal(element, HCSREF_LIT(".")) && !hcsref_str_equal(element, HCSREF_LIT("..")))
      depth++;
  }
  return true;
}
