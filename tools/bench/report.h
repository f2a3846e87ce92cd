/* SPDX-License-Identifier: Apache-2.0 */
/** @file Measurements as JSON and as a table. */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include "measure.h"

#include <jansson.h>

/** Appends a row to `rows` (an empty json_array at first); false when out of memory. */
bool report_add(json_t *rows, const workload *work, const measurement *m, bool stages);
/** Prints the last row of `rows` as one of a table, with the heading above the first. */
void report_print_last(const json_t *rows);
/** Prints {"rows": rows}; false when it could not be written. */
bool report_print_json(json_t *rows);

#endif
