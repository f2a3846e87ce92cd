/* SPDX-License-Identifier: Apache-2.0 */
/** @file Several JSON reports as the parts of hcsproof matrix know them: a column each, a row a case. */
#ifndef KIT_REPORT_MATRIX_TABLE_H
#define KIT_REPORT_MATRIX_TABLE_H

#include "hcsref/base.h"

#include <jansson.h>
#include <stdio.h>

/* One report: a column. */
typedef struct column {
  const char *path;
  char page[4096]; /* the HTML report to link to; empty: none */
  json_t *report;
  json_t *by_id; /* results by the id of their case */
} column;

typedef struct matrix {
  column *columns;
  size_t count;
  json_t *ids; /* of all cases, in the order of their first report; the values say nothing */
} matrix;

/** A member that is a string; empty: it is none. */
hcsref_str matrix_text(const json_t *object, const char *key);
bool matrix_is(const json_t *object, const char *key, const char *text);
/** What a report says of a case; null: it was not played. */
const json_t *matrix_result(const column *c, const char *id);
/** Where a case was skipped or not played, nothing was compared, so it does not count as a difference. */
bool matrix_is_compared(const json_t *result);

/** Finds the HTML report that lies beside the JSON one under the same name; empty: there is none. A page in the same
 * folder as `output` needs only its name. */
void matrix_find_page(column *c, const char *output);
/** Begins a link to the column's page, which it must have; `id`: to that case. */
void matrix_begin_link(FILE *out, const column *c, const char *id);

/** Were the reports made alike, as far as that decides verdicts? */
bool matrix_is_alike(const matrix *m);
void matrix_print_totals(FILE *out, const matrix *m);
/** The head of a table: `first`, and the name of each column. */
void matrix_print_names(FILE *out, const matrix *m, const char *first);
void matrix_print_filters(FILE *out, const matrix *m);
void matrix_print_row(FILE *out, const matrix *m, const char *id);

#endif
