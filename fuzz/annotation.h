/* SPDX-License-Identifier: Apache-2.0 */
/** @file One annotation. */
#ifndef FUZZ_ANNOTATION_H
#define FUZZ_ANNOTATION_H

#include "support.h"

typedef struct annotation {
  hcsref_string_entry entry;
  hcsref_map map; /**< of the entry alone */
} annotation;

static inline void annotation_make(const char *key, hcsref_str value, annotation *out) {
  out->entry.key = hcsref_cstr(key);
  out->entry.value = value;
  out->map.entries = &out->entry;
  out->map.len = out->map.cap = 1;
}

#endif
