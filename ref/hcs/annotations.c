/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/oci/annotations.go ParseAnnotationsBool, ParseAnnotationsUint64,
 * ParseAnnotationCommaSeparated; the keys are those of pkg/annotations/annotations.go. */
#include "hcs/annotations.h"

#include "base/strconv.h"
#include "hcsref/pipeline.h"

#include <string.h>

/* Pointers whose tails are the keys: none of these has a '/' or '~' that a pointer would have to escape. */
#define PARENT     "/annotations/"
#define PARENT_LEN (sizeof(PARENT) - 1)
#define KEY(text)                                                                                                      \
  { PARENT text, sizeof(PARENT text) - 1 }

static const struct {
  const char *pointer;
  size_t len;
} keys[HCSREF_ANNOTATION_KINDS] = {
    [HCSREF_ANNOTATION_PROCESSOR_COUNT] = KEY("io.microsoft.container.processor.count"),
    [HCSREF_ANNOTATION_PROCESSOR_LIMIT] = KEY("io.microsoft.container.processor.limit"),
    [HCSREF_ANNOTATION_PROCESSOR_WEIGHT] = KEY("io.microsoft.container.processor.weight"),
    [HCSREF_ANNOTATION_MEMORY_MB] = KEY("io.microsoft.container.memory.sizeinmb"),
    [HCSREF_ANNOTATION_STORAGE_BPS] = KEY("io.microsoft.container.storage.qos.bandwidthmaximum"),
    [HCSREF_ANNOTATION_STORAGE_IOPS] = KEY("io.microsoft.container.storage.qos.iopsmaximum"),
    [HCSREF_ANNOTATION_DUMP_LOCATION] = KEY("io.microsoft.container.processdumplocation"),
    [HCSREF_ANNOTATION_DUMP_TYPE] = KEY("io.microsoft.wcow.processdumptype"),
    [HCSREF_ANNOTATION_DUMP_COUNT] = KEY("io.microsoft.wcow.processdumpcount"),
    [HCSREF_ANNOTATION_DEVICE_EXTENSIONS] = KEY("io.microsoft.container.wcow.deviceextensions"),
    [HCSREF_ANNOTATION_GMSA_DISABLED] = KEY("io.microsoft.container.wcow.gmsa.disable"),
};

static bool is_key(hcsref_str text, size_t which) {
  return keys[which].len - PARENT_LEN == text.len && memcmp(keys[which].pointer + PARENT_LEN, text.data, text.len) == 0;
}

void hcsref_annotations_find(const hcsref_map *map, hcsref_annotations *out) {
  const hcsref_string_entry *entries = map->entries;
  memset(out, 0, sizeof *out);
  for (size_t i = 0; i < map->len; i++)
    for (size_t which = 0; which < HCSREF_ANNOTATION_KINDS; which++)
      if (is_key(entries[i].key, which)) {
        out->values[which] = &entries[i].value;
        break;
      }
}

hcsref_str hcsref_annotation_pointer(hcsref_annotation which) {
  return hcsref_str_from(keys[which].pointer, keys[which].len);
}

/* Upstream compares strings.ToLower of the value. No letter outside ASCII has one of these words' letters as its
 * lower case, so folding ASCII is the same. */
bool hcsref_read_bool(const hcsref_str *value, bool fallback) {
  if (value == NULL)
    return fallback;
  if (hcsref_str_equal_ascii_fold(*value, HCSREF_LIT("true")))
    return true;
  if (hcsref_str_equal_ascii_fold(*value, HCSREF_LIT("false")))
    return false;
  return fallback;
}

uint64_t hcsref_read_uint64(const hcsref_str *value, uint64_t fallback) {
  uint64_t number;
  return value != NULL && hcsref_parse_uint64(*value, &number) == HCSREF_NUMBER_OK ? number : fallback;
}

static size_t count_items(hcsref_str list) {
  size_t count = 1;
  for (size_t i = 0; i < list.len; i++)
    count += list.data[i] == ',';
  return count;
}

/* strings.Split at commas: nothing is trimmed, empty items stay. */
static void split_list(hcsref_str list, hcsref_str *items, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const char *comma = list.len == 0 ? NULL : memchr(list.data, ',', list.len);
    items[i] = comma == NULL ? list : hcsref_str_first(list, (size_t)(comma - list.data));
    list = hcsref_str_skip(list, items[i].len + 1);
  }
}

bool hcsref_read_list(hcsref_arena *arena, const hcsref_str *value, hcsref_slice *out) {
  hcsref_slice list = {NULL, 0, 0};
  if (value != NULL && value->len != 0) {
    list.len = list.cap = count_items(*value);
    list.items = hcsref_arena_array(arena, list.len, sizeof(hcsref_str));
    if (list.items == NULL)
      return false;
    split_list(*value, list.items, list.len);
  }
  *out = list;
  return true;
}

bool hcsref_annotation_bool(const hcsref_map *annotations, hcsref_str key, bool fallback) {
  return hcsref_read_bool(hcsref_map_find(annotations, key), fallback);
}

uint64_t hcsref_annotation_uint64(const hcsref_map *annotations, hcsref_str key, uint64_t fallback) {
  return hcsref_read_uint64(hcsref_map_find(annotations, key), fallback);
}

bool hcsref_annotation_list(hcsref_arena *arena, const hcsref_map *annotations, hcsref_str key, hcsref_slice *out) {
  return hcsref_read_list(arena, hcsref_map_find(annotations, key), out);
}
