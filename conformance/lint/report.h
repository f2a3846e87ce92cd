/* SPDX-License-Identifier: Apache-2.0 */
/** @file What lint found, for a reader or for a tool. */
#ifndef KIT_LINT_REPORT_H
#define KIT_LINT_REPORT_H

#include "input/position.h"
#include "lint/lint.h"

/** A report under way. */
typedef struct lint_report {
  const struct lint_format *format;
  FILE *out;
  bool color;
  uint64_t told; /**< findings before this one */
} lint_report;

/** How findings are written. `begin` and `end` may be null. */
typedef struct lint_format {
  const char *name;
  void (*begin)(lint_report *report);
  /** A finding in the file `name`; `map` and `hint` may be null, `place` may be nowhere (line 0). */
  void (*finding)(lint_report *report, const char *name, const input_map *map, const input_place *place,
                  const kit_finding *finding, const char *hint);
  void (*end)(lint_report *report);
} lint_format;

/** The format of that name, which there is: text, json, github, sarif. */
const lint_format *lint_format_find(const char *name);

#endif
