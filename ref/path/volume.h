/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_PATH_VOLUME_H
#define HCSREF_PATH_VOLUME_H

#include "hcsref/base.h"

static inline bool hcsref_is_separator(char c) {
  return c == '\\' || c == '/';
}

/* The length of the leading volume name. Source: filepath volumeNameLen, Go 1.19. */
size_t hcsref_volume_len(hcsref_str path);

/* The place of the first separator at or behind `from`; the end when there is none. */
size_t hcsref_find_separator(hcsref_str path, size_t from);

#endif
