/* SPDX-License-Identifier: Apache-2.0 */
/* The annotations that a container's documents depend on. */
#ifndef HCSREF_HCS_ANNOTATIONS_H
#define HCSREF_HCS_ANNOTATIONS_H

#include "release/changes.h"

#include "hcsref/json.h"

typedef enum hcsref_annotation {
  HCSREF_ANNOTATION_PROCESSOR_COUNT,
  HCSREF_ANNOTATION_PROCESSOR_LIMIT,
  HCSREF_ANNOTATION_PROCESSOR_WEIGHT,
  HCSREF_ANNOTATION_MEMORY_MB,
  HCSREF_ANNOTATION_STORAGE_BPS,
  HCSREF_ANNOTATION_STORAGE_IOPS,
  HCSREF_ANNOTATION_DUMP_LOCATION,
  HCSREF_ANNOTATION_DUMP_TYPE,
  HCSREF_ANNOTATION_DUMP_COUNT,
  HCSREF_ANNOTATION_DEVICE_EXTENSIONS,
  HCSREF_ANNOTATION_GMSA_DISABLED,
  HCSREF_ANNOTATION_TEST_REGISTRY,
  HCSREF_ANNOTATION_HOSTPROCESS,
  HCSREF_ANNOTATION_HOSTPROCESS_ROOT,
  HCSREF_ANNOTATION_KINDS
} hcsref_annotation;

/* The value of each, or null, and who reads them. */
typedef struct hcsref_annotations {
  const hcsref_rules *rules;
  const hcsref_str *values[HCSREF_ANNOTATION_KINDS];
} hcsref_annotations;

/* Finds them all in one pass over a map[string]string; the last value of a key counts. */
void hcsref_annotations_find(const hcsref_rules *rules, const hcsref_map *map, hcsref_annotations *out);
/* The JSON pointer to it in a spec, for errors. */
hcsref_str hcsref_annotation_pointer(hcsref_annotation which);

/* ParseAnnotationsBool, ParseAnnotationsUint64, ParseAnnotationCommaSeparated of a value that may be null: what
 * cannot be read is as good as absent. Which words are a truth value depends on the release. */
bool hcsref_read_bool(const hcsref_rules *rules, const hcsref_str *value, bool fallback);
uint64_t hcsref_read_uint64(const hcsref_str *value, uint64_t fallback);
/* False: out of memory. */
bool hcsref_read_list(hcsref_arena *arena, const hcsref_str *value, hcsref_slice *out);

#endif
