/* SPDX-License-Identifier: Apache-2.0 */
#include "report.h"

#include <stdio.h>

static double per_second(double ns) {
  return ns > 0 ? 1e9 / ns : 0;
}

/* A whole number as one, so that readers may compare it with 0. */
static json_t *number(double value) {
  json_int_t whole = (json_int_t)value;
  return (double)whole == value ? json_integer(whole) : json_real(value);
}

bool report_add(json_t *rows, const workload *work, const measurement *m, bool stages) {
  json_t *row =
      json_pack("{s:s, s:I, s:f, s:f, s:f, s:f, s:o}", "name", work->name, "spec_bytes", (json_int_t)work->size,
                "docs_per_s", per_second(m->translate_ns), "jansson_docs_per_s", per_second(m->jansson_ns),
                "ratio_to_jansson", m->translate_ns > 0 ? m->jansson_ns / m->translate_ns : 0, "memcpy_docs_per_s",
                per_second(m->memcpy_ns), "allocations", number(m->allocations));
  bool ok = row != NULL;
  if (ok && m->yyjson_ns > 0)
    ok = json_object_set_new(row, "yyjson_docs_per_s", json_real(per_second(m->yyjson_ns))) == 0 &&
         json_object_set_new(row, "times_yyjson", json_real(m->translate_ns / m->yyjson_ns)) == 0;
  if (ok && work->mounts > 0)
    ok = json_object_set_new(row, "ns_per_mount", json_real(m->translate_ns / (double)work->mounts)) == 0;
  if (ok && stages)
    ok = json_object_set_new(
             row, "stages_ns",
             json_pack("{s:f, s:f, s:f}", "decode", m->decode_ns, "map", m->map_ns, "encode", m->encode_ns)) == 0;
  return json_array_append_new(rows, row) == 0 && ok;
}

typedef struct column {
  const char *heading, *member;
  int width, decimals;
} column;

static const column columns[] = {
    {"bytes", "spec_bytes", 9, 0},
    {"docs/s", "docs_per_s", 10, 0},
    {"jansson/s", "jansson_docs_per_s", 10, 0},
    {"ratio", "ratio_to_jansson", 7, 2},
    {"yyjson/s", "yyjson_docs_per_s", 9, 0},
    {"x yyjson", "times_yyjson", 8, 2},
    {"memcpy/s", "memcpy_docs_per_s", 11, 0},
    {"ns/mount", "ns_per_mount", 9, 1},
    {"allocs", "allocations", 7, 1},
};
static const column stage_columns[] = {
    {"decode ns", "decode", 11, 0}, {"map ns", "map", 11, 0}, {"encode ns", "encode", 11, 0}};

static void print_headings(const column *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    printf("%*s ", list[i].width, list[i].heading);
}

static void print_cells(const column *list, size_t count, const json_t *row) {
  for (size_t i = 0; i < count; i++) {
    const json_t *cell = json_object_get(row, list[i].member);
    if (cell == NULL)
      printf("%*s ", list[i].width, "-");
    else
      printf("%*.*f ", list[i].width, list[i].decimals, json_number_value(cell));
  }
}

void report_print_last(const json_t *rows) {
  enum { COLUMNS = sizeof(columns) / sizeof(columns[0]), STAGES = sizeof(stage_columns) / sizeof(stage_columns[0]) };
  const json_t *row = json_array_get(rows, json_array_size(rows) - 1);
  const json_t *stages = json_object_get(row, "stages_ns");
  size_t stage_count = stages == NULL ? 0 : STAGES;
  if (json_array_size(rows) == 1) {
    print_headings(columns, COLUMNS);
    print_headings(stage_columns, stage_count);
    printf(" spec\n");
  }
  print_cells(columns, COLUMNS, row);
  print_cells(stage_columns, stage_count, stages);
  printf(" %s\n", json_string_value(json_object_get(row, "name")));
  fflush(stdout);
}

bool report_print_json(json_t *rows) {
  json_t *report = json_pack("{s:O}", "rows", rows);
  bool ok = json_dumpf(report, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6)) == 0 && puts("") >= 0;
  json_decref(report);
  return ok;
}
