/* SPDX-License-Identifier: Apache-2.0 */
/* Process dumps: where they go, of which type, how many are kept. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go
 * parseDumpType, parseDumpCount, createContainerSubdirectoryForProcessDumpSuffix. */
#include "hcs/dumps.h"

#include "base/arena.h"
#include "base/convert.h"
#include "base/strconv.h"
#include "hcs/rules.h"
#include "hcsref/pipeline.h"

#include <string.h>

#define DEFAULT_DUMP_COUNT 10

/* DumpType of Windows Error Reporting: 1 is a minidump, 2 a full one. */
static const struct {
  const char *name;
  int32_t value;
} dump_types[] = {{"", 2}, {"mini", 1}, {"full", 2}};
#define DUMP_TYPES (sizeof dump_types / sizeof *dump_types)

static hcsref_str value_or_empty(const hcsref_str *value) {
  return value == NULL ? HCSREF_LIT("") : *value;
}

bool hcsref_read_dump_type(hcsref_arena *arena, const hcsref_annotations *annotations, int32_t *out,
                           hcsref_error *err) {
  hcsref_str name = value_or_empty(annotations->values[HCSREF_ANNOTATION_DUMP_TYPE]);
  for (size_t i = 0; i < DUMP_TYPES; i++)
    if (hcsref_str_equal(name, hcsref_cstr(dump_types[i].name))) {
      *out = dump_types[i].value;
      return true;
    }
  return hcsref_fail(arena, err, "dump-type", hcsref_annotation_pointer(HCSREF_ANNOTATION_DUMP_TYPE),
                     "unknown dump type specified, valid values are \"mini\" or \"full\"");
}

typedef struct count_reading {
  const char *function; /* as errors name it */
  hcsref_number_status status;
  int64_t count;
} count_reading;

/* Source: hcsshim internal/hcsoci/hcsdoc_wcow.go parseDumpCount, which called strconv.Atoi before 0.12. */
static count_reading parse_count(const hcsref_rules *rules, hcsref_str text) {
  count_reading reading = {"Atoi", HCSREF_NUMBER_OK, DEFAULT_DUMP_COUNT};
  int32_t narrow;
  if (text.len == 0)
    return reading;
  if (!hcsref_has(rules, HCSREF_CHANGE_DUMP_COUNT_INT32)) {
    reading.status = hcsref_parse_int64(text, &reading.count);
    return reading;
  }
  reading.function = "ParseInt";
  reading.status = hcsref_parse_int32(text, &narrow);
  if (reading.status == HCSREF_NUMBER_OK)
    reading.count = narrow;
  return reading;
}

/* One of 64 bits is checked and then cut to 32, so that it may turn out 0 or negative. */
bool hcsref_read_dump_count(hcsref_arena *arena, const hcsref_annotations *annotations, int32_t *out,
                            hcsref_error *err) {
  hcsref_str text = value_or_empty(annotations->values[HCSREF_ANNOTATION_DUMP_COUNT]);
  count_reading reading = parse_count(annotations->rules, text);
  if (reading.status != HCSREF_NUMBER_OK)
    return hcsref_fail(arena, err, "dump-count", hcsref_annotation_pointer(HCSREF_ANNOTATION_DUMP_COUNT),
                       "strconv.%s: parsing %q: %s", reading.function, text, hcsref_number_problem(reading.status));
  if (reading.count <= 0)
    return hcsref_fail(arena, err, "dump-count", hcsref_annotation_pointer(HCSREF_ANNOTATION_DUMP_COUNT),
                       "invaid dump count specified: %v", text);
  *out = hcsref_to_int32((uint64_t)reading.count);
  return true;
}

bool hcsref_dump_type(hcsref_arena *arena, const hcsref_map *annotations, int32_t *out, hcsref_error *err) {
  hcsref_annotations found;
  hcsref_annotations_find(HCSREF_BASELINE, annotations, &found);
  return hcsref_read_dump_type(arena, &found, out, err);
}

bool hcsref_dump_count(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_map *annotations, int32_t *out,
                       hcsref_error *err) {
  hcsref_annotations found;
  hcsref_annotations_find(hcsref_rules_or_baseline(rules), annotations, &found);
  if (!hcsref_has(found.rules, HCSREF_CHANGE_DUMP_COUNT))
    return hcsref_fail_release(arena, "read a dump count", err);
  return hcsref_read_dump_count(arena, &found, out, err);
}

bool hcsref_dump_folder(hcsref_arena *arena, hcsref_str folder, hcsref_str id, hcsref_str *out) {
  const hcsref_str lower = HCSREF_LIT("{container_id}"), upper = HCSREF_LIT("{CONTAINER_ID}");
  size_t kept;
  char *text;
  if (!hcsref_str_has_suffix(folder, lower) && !hcsref_str_has_suffix(folder, upper)) {
    *out = folder;
    return true;
  }
  kept = folder.len - lower.len;
  text = hcsref_arena_take(arena, kept + id.len);
  if (text == NULL)
    return false;
  if (kept != 0)
    memcpy(text, folder.data, kept);
  if (id.len != 0)
    memcpy(text + kept, id.data, id.len);
  *out = hcsref_str_from(text, kept + id.len);
  return true;
}
