/* SPDX-License-Identifier: Apache-2.0 */
/** @file The tables by name, and what can be told from a table alone. */
#ifndef HCSREF_SCHEMA_H
#define HCSREF_SCHEMA_H

#include "hcsref/json.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A table that can be asked for by name. */
typedef struct hcsref_schema {
  const char *name;  /**< "oci", "cri", "hcs-v1", "hcs-v2", "hcs-v2-system", "hcs-v2-hosted", "device-extension", … */
  const char *title; /**< one line that says what it describes */
  const hcsref_type *type;
} hcsref_schema;

/** All of them; `*count` their number. */
HCSREF_API const hcsref_schema *hcsref_schemas(size_t *count);
/** The one of that name, or null. */
HCSREF_API const hcsref_schema *hcsref_schema_find(hcsref_str name);
/** Appends the JSON Schema (2020-12) of `schema`, one property a line, ending in a newline. It describes what
 * decoding accepts: null is good for every value and no key is required, as in Go. The same table always gives the
 * same text. Out of memory shows in `buf->failed`. */
HCSREF_API void hcsref_schema_print(hcsref_buf *buf, const hcsref_schema *schema);
/** The same for a program with these rules: the fields that it knows. Null: the baseline's hcsshim, which is what the
 * function without rules means. */
HCSREF_API void hcsref_schema_print_as(hcsref_buf *buf, const hcsref_rules *rules, const hcsref_schema *schema);

/** The spec as containerd 2bc77b8a2 knows it (runtime-spec 1.0.2-dev): the same C struct, fewer fields. Stage 1
 * decodes and encodes with this one, stage 2 with hcsref_type_oci_spec. */
HCSREF_API extern const hcsref_type hcsref_type_oci_spec_cri;

#ifdef __cplusplus
}
#endif

#endif
