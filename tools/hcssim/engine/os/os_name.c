/* SPDX-License-Identifier: Apache-2.0 */
/* Names of files that are there for a moment, on every system. */
#include "engine/os/os.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RANDOM_BYTES = 16 };
static const char ending[] = ".new";

char *os_name_beside(const char *path) {
  unsigned char random[RANDOM_BYTES];
  const size_t length = strlen(path), size = length + 1 + 2 * sizeof(random) + sizeof(ending);
  char *name = os_random(random) ? malloc(size) : NULL;
  size_t used = length;
  if (name == NULL)
    return NULL;
  memcpy(name, path, length);
  name[used++] = '.';
  for (size_t i = 0; i < sizeof(random); i++, used += 2)
    snprintf(name + used, size - used, "%02x", random[i]);
  memcpy(name + used, ending, sizeof(ending));
  return name;
}

bool os_name_is_beside(const char *name, const char *of) {
  const size_t length = strlen(of), digits = (size_t)2 * RANDOM_BYTES;
  return strncmp(name, of, length) == 0 && name[length] == '.' &&
         strspn(name + length + 1, "0123456789abcdef") == digits && strcmp(name + length + 1 + digits, ending) == 0;
}
