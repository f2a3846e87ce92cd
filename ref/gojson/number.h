/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers and their texts, as Go's strconv has them, whatever the C library's locale. */
#ifndef HCSREF_GOJSON_NUMBER_H
#define HCSREF_GOJSON_NUMBER_H

#include "hcsref/json.h"

/* The integer of `text` (an optional sign, then digits) when it fits `kind`, an integer kind; negative ones in
 * two's complement. Unsigned kinds take no sign. Source: strconv ParseInt, ParseUint; reflect OverflowInt. */
bool hcsref_parse_integer(hcsref_kind kind, hcsref_str text, uint64_t *out);

/* The nearest double to a JSON number's text. False: it is too large. Source: strconv ParseFloat. */
bool hcsref_parse_double(hcsref_str text, double *out);

/* At most this many bytes are written by hcsref_format_double. */
#define HCSREF_DOUBLE_TEXT 32

/* The shortest text that reads back as `value`, which must be finite, in encoding/json's form; returns its
 * length. Source: encode.go floatEncoder. */
size_t hcsref_format_double(double value, char out[HCSREF_DOUBLE_TEXT]);

#endif
