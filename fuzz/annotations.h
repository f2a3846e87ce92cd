/* SPDX-License-Identifier: Apache-2.0 */
/** @file Annotations from lines: a key that is asked for, then keys and values in turn. */
#ifndef FUZZ_ANNOTATIONS_H
#define FUZZ_ANNOTATIONS_H

#include "support.h"

/** Most annotations that an input has; the rest of it is ignored. */
#define ANNOTATIONS_MOST 32

typedef struct annotations {
  hcsref_str key;          /**< the one that is asked for */
  hcsref_map map;          /**< map[string]string */
  const hcsref_str *value; /**< of that key: the last one counts; null when it is not there */
  hcsref_string_entry entries[ANNOTATIONS_MOST];
} annotations;

/** `out` must not be moved afterwards. */
void annotations_read(hcsref_str text, annotations *out);

/** One annotation. */
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
