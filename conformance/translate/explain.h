/* SPDX-License-Identifier: Apache-2.0 */
/** @file A document, a line a field: its pointer, its value, where that comes from, and by which rule. */
#ifndef HCSPROOF_TRANSLATE_EXPLAIN_H
#define HCSPROOF_TRANSLATE_EXPLAIN_H

#include "hcsref/json.h"
#include "hcsref/provenance.h"

/** One field that is written. */
typedef struct explained_field {
  hcsref_str pointer, value;   /**< into the document; JSON text */
  const hcsref_origin *origin; /**< null: nothing was noted */
} explained_field;

/** The fields of a value of a table as the encoder writes it, in its order: slice of explained_field. What holds fields
 * is none of its own, unless it is empty. Errors: those of hcsref_json_append_as. */
bool explain_fields(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_type *type, const void *value,
                    hcsref_provenance *notes, hcsref_slice *out, hcsref_error *err);

#endif
