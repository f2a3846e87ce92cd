/* SPDX-License-Identifier: Apache-2.0 */
/* Does a path stay below the folder that it is relative to? Source: Go path/filepath IsLocal on Windows. */
#include "docker/mount_config.h"

#include "hcsref/path.h"

static bool is_separator(char c) {
  return c == '\\' || c == '/';
}

/* What Windows numbers ports with: superscripts (of UTF-8) count. */
#define PORT_NUMBERS "1 2 3 4 5 6 7 8 9 \xC2\xB9 \xC2\xB2 \xC2\xB3"

/* A device, whatever follows a dot and blanks before that: see docs/fidelity.md. */
static bool is_device(hcsref_str name) {
  size_t n = 0;
  while (n < name.len && name.data[n] != '.')
    n++;
  while (n > 0 && name.data[n - 1] == ' ')
    n--;
  name = hcsref_str_first(name, n);
  return hcsref_docker_is_word_of(name, "CON PRN AUX NUL CONIN$ CONOUT$") ||
         (hcsref_docker_is_word_of(hcsref_str_first(name, 3), "COM LPT") &&
          hcsref_docker_is_word_of(hcsref_str_skip(name, 3), PORT_NUMBERS));
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
