/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The named values of a file of cases. What several cases of a .jsonl file share stands in it once, on a line of its
 * own above them, {"$":"NAME","value":VALUE}; {"$":"NAME"} stands for it wherever a value may stand, in other named
 * values too. Both are spelt exactly so, without white space. NAME is of letters, digits, '.', '_' and '-'.
 */
#ifndef KIT_RUN_CASES_VALUES_H
#define KIT_RUN_CASES_VALUES_H

#include "hcsref/json.h"
#include "run/cases/key_index.h"

/** Most named values of one file. */
#define KIT_VALUES_MOST ((size_t)10000)
/** Most bytes that all references of one file stand for. A small file of values in values does not become a huge one.
 */
#define KIT_VALUES_LIMIT ((size_t)64 << 20)
/** Most bytes of one line in which references were replaced. */
#define KIT_VALUE_LINE_LIMIT ((size_t)4 << 20)
/** The longest name, in bytes. */
#define KIT_VALUE_NAME_LIMIT ((size_t)100)

typedef struct kit_values {
  hcsref_arena arena; /**< what the others live in */
  hcsref_slice named; /**< of names and texts */
  kit_key_index index;
  size_t written; /**< bytes that references were replaced with */
} kit_values;

/** No values. `allocator` null: malloc and free. */
void kit_values_init(kit_values *values, const hcsref_allocator *allocator);
void kit_values_free(kit_values *values);
/** Forgets all: another file begins. */
void kit_values_reset(kit_values *values);

/** May a value be called so? */
bool kit_values_is_name(hcsref_str name);
/** Appends the line, without its end, that gives `value` that name, a reference to it, and one, with a comma before it,
 * to its members. */
void kit_values_append_name(hcsref_buf *buf, hcsref_str name, hcsref_str value);
void kit_values_append_use(hcsref_buf *buf, hcsref_str name);
void kit_values_append_members(hcsref_buf *buf, hcsref_str name);
/** Does the line name a value, well or badly formed? */
bool kit_values_names(hcsref_str line);
/** Takes the next line of the file. Of a line that names a value `*out` becomes empty; of any other, its text with
 * each reference replaced by what it stands for, in `arena`, or `line` itself where it has none. After a failure the
 * next line may be taken. Errors: "value-form", "value-name" (no line above has that name), "value-twice",
 * "value-limit", "json-syntax", "json-depth", "out-of-memory". */
bool kit_values_read(kit_values *values, hcsref_arena *arena, hcsref_str line, hcsref_str *out, hcsref_error *err);

#endif
