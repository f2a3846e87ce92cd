/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers in text as Go's strconv reads them in base 10. */
#ifndef HCSREF_BASE_STRCONV_H
#define HCSREF_BASE_STRCONV_H

#include "hcsref/base.h"

typedef enum hcsref_number_status { HCSREF_NUMBER_OK, HCSREF_NUMBER_SYNTAX, HCSREF_NUMBER_RANGE } hcsref_number_status;

/* strconv.ParseUint(text, 10, 64): digits and nothing else. `*out` is set only when it is one. */
hcsref_number_status hcsref_parse_uint64(hcsref_str text, uint64_t *out);
/* strconv.Atoi on 64 bits: the same after an optional sign. */
hcsref_number_status hcsref_parse_int64(hcsref_str text, int64_t *out);
/* strconv.ParseInt(text, 10, 32). */
hcsref_number_status hcsref_parse_int32(hcsref_str text, int32_t *out);
/* What the status is called in Go's errors: "invalid syntax", "value out of range". */
const char *hcsref_number_problem(hcsref_number_status status);

#endif
