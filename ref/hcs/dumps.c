/* SPDX-License-Identifier: Apache-2.0 */
/* Process dumps: where they go, of which type, how many are kept. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go
 * parseDumpType, parseDumpCount, createContainerSubdirectoryForProcessDumpSuffix. */
#include "hcs/dumps.h"

#include "base/arena.h"
#include "base/convert.h"
#include "base/strconv.h"
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

/* The count is checked as 64 bits and then cut to 32, so that it may turn out 0 or negative. */
bool hcsref_read_dump_count(hcsref_arena *arena, const hcsref_annotations *annotations, int32_t *out,
                            hcsref_error *err) {
  hcsref_str text = value_or_empty(annotations->values[HCSREF_ANNOTATION_DUMP_COUNT]);
  int64_t count = DEFAULT_DUMP_COUNT;
  hcsref_number_status status = text.len == 0 ? HCSREF_NUMBER_OK : hcsref_parse_int64(text, &count);
  if (status != HCSREF_NUMBER_OK)
    return hcsref_fail(arena, err, "dump-count", hcsref_annotation_pointer(HCSREF_ANNOTATION_DUMP_COUNT),
                       "strconv.Atoi: parsing %q: %s", text, hcsref_number_problem(status));
  if (count <= 0)
    return hcsref_fail(arena, err, "dump-count", hcsref_annotation_pointer(HCSREF_ANNOTATION_DUMP_COUNT),
                       "invaid dump count specified: %v", text);
  *out = hcsref_to_int32((uint64_t)count);
  return true;
}

bool hcsref_dump_type(hcsref_arena *arena, const hcsref_map *annotations, int32_t *out, hcsref_error *err) {
  hcsref_annotations found;
  hcsref_annotations_find(annotations, &found);
  return hcsref_read_dump_type(arena, &found, out, err);
}

bool hcsref_dump_count(hcsref_arena *arena, const hcsref_map *annotations, int32_t *out, hcsref_error *err) {
  hcsref_annotations found;
  hcsref_annotations_find(annotations, &found);
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
