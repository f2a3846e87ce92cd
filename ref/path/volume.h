/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_PATH_VOLUME_H
#define HCSREF_PATH_VOLUME_H

#include "release/changes.h"

/* The rules that a function without any means. */
static inline const hcsref_rules *hcsref_path_rules(const hcsref_rules *rules) {
  return rules == NULL ? HCSREF_BASELINE : rules;
}

static inline bool hcsref_is_separator(char c) {
  return c == '\\' || c == '/';
}

/* The length of the leading volume name. Source: path/filepath volumeNameLen. */
size_t hcsref_volume_len(const hcsref_rules *rules, hcsref_str path);

/* The place of the first separator at or behind `from`; the end when there is none. */
size_t hcsref_find_separator(hcsref_str path, size_t from);

#endif
