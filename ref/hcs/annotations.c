/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/oci/annotations.go ParseAnnotationsBool, ParseAnnotationsUint64,
 * ParseAnnotationCommaSeparated; the keys are those of pkg/annotations/annotations.go. */
#include "hcs/annotations.h"

#include "base/strconv.h"
#include "hcs/rules.h"
#include "hcsref/pipeline.h"

#include <string.h>

/* A key, and the pointer to it in a spec; that of a key with a slash escapes it. */
#define ROW(key, token)                                                                                                \
  { key, sizeof(key) - 1, "/annotations/" token, sizeof("/annotations/" token) - 1 }
#define KEY(name)               ROW(name, name)
#define SLASHED(domain, member) ROW(domain "/" member, domain "~1" member)

static const struct {
  const char *key;
  size_t key_len;
  const char *pointer;
  size_t pointer_len;
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
    [HCSREF_ANNOTATION_TEST_REGISTRY] = KEY("io.microsoft.container.wcow.test-registry-annotation"),
    [HCSREF_ANNOTATION_HOSTPROCESS] = SLASHED("microsoft.com", "hostprocess-container"),
    [HCSREF_ANNOTATION_HOSTPROCESS_ROOT] = SLASHED("microsoft.com", "hostprocess-rootfs-location"),
};

static bool is_key(hcsref_str text, size_t which) {
  return keys[which].key_len == text.len && memcmp(keys[which].key, text.data, text.len) == 0;
}

void hcsref_annotations_find(const hcsref_rules *rules, const hcsref_map *map, hcsref_annotations *out) {
  const hcsref_string_entry *entries = map->entries;
  memset(out, 0, sizeof *out);
  out->rules = rules;
  for (size_t i = 0; i < map->len; i++)
    for (size_t which = 0; which < HCSREF_ANNOTATION_KINDS; which++)
      if (is_key(entries[i].key, which)) {
        out->values[which] = &entries[i].value;
        break;
      }
}

hcsref_str hcsref_annotation_pointer(hcsref_annotation which) {
  return hcsref_str_from(keys[which].pointer, keys[which].pointer_len);
}

/* The words for true, then as many for false, that strconv.ParseBool knows. */
static const char *const bool_words[] = {"1", "t", "T", "TRUE",  "true",  "True",
                                         "0", "f", "F", "FALSE", "false", "False"};
#define BOOL_WORDS (sizeof bool_words / sizeof *bool_words)

/* strconv.ParseBool */
static bool parse_bool(hcsref_str text, bool fallback) {
  for (size_t i = 0; i < BOOL_WORDS; i++)
    if (hcsref_str_equal(text, hcsref_cstr(bool_words[i])))
      return i < BOOL_WORDS / 2;
  return fallback;
}

/* Upstream compares strings.ToLower of the value. No letter outside ASCII has one of these words' letters as its
 * lower case, so folding ASCII is the same. */
static bool fold_bool(hcsref_str text, bool fallback) {
  if (hcsref_str_equal_ascii_fold(text, HCSREF_LIT("true")))
    return true;
  if (hcsref_str_equal_ascii_fold(text, HCSREF_LIT("false")))
    return false;
  return fallback;
}

bool hcsref_read_bool(const hcsref_rules *rules, const hcsref_str *value, bool fallback) {
  if (value == NULL)
    return fallback;
  return hcsref_has(rules, HCSREF_CHANGE_ANNOTATIONS_PARSE_BOOL) ? parse_bool(*value, fallback)
                                                                 : fold_bool(*value, fallback);
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

bool hcsref_annotation_bool(const hcsref_rules *rules, const hcsref_map *annotations, hcsref_str key, bool fallback) {
  return hcsref_read_bool(hcsref_rules_or_baseline(rules), hcsref_map_find(annotations, key), fallback);
}

uint64_t hcsref_annotation_uint64(const hcsref_map *annotations, hcsref_str key, uint64_t fallback) {
  return hcsref_read_uint64(hcsref_map_find(annotations, key), fallback);
}

bool hcsref_annotation_list(hcsref_arena *arena, const hcsref_map *annotations, hcsref_str key, hcsref_slice *out) {
  return hcsref_read_list(arena, hcsref_map_find(annotations, key), out);
}
