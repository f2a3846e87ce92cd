/* SPDX-License-Identifier: Apache-2.0 */
/** @file The documents inside what people paste: log lines, error messages, exported events. */
#ifndef HCSPROOF_INPUT_PASTED_H
#define HCSPROOF_INPUT_PASTED_H

#include "compare/tree.h"
#include "hcsref/json.h"

/** Most documents that are looked for in one text, most places where one might begin that are tried, and the most bytes
 * of one. */
#define INPUT_MOST_FOUND    64
#define INPUT_MOST_TRIED    128
#define INPUT_LONGEST_FOUND ((size_t)1 << 18)

/** How a text was written into another one. */
typedef enum input_escape {
  INPUT_PLAIN,
  INPUT_BACKSLASH, /**< \" for a quote, once or several times over: what Go's %q and loggers write */
  INPUT_DOUBLED,   /**< "" for a quote, as CSV has it */
  INPUT_ENTITY,    /**< &quot; for a quote, as XML has it */
  INPUT_GO_STRUCT, /**< what Go's %+v prints of a CRI message; the document is its JSON */
  INPUT_PROTO_TEXT /**< the same of a message since protobuf-go makes its code: name:"a" in place of Name:a */
} input_escape;

/** A document that was found. */
typedef struct input_found {
  hcsref_str text;     /**< as it was before it was written into the other text */
  kit_json *tree;      /**< null: it is not JSON; of a text that was cut off, its whole values */
  const char *wrapper; /**< what stands around it, such as "docker's error"; "" when that is nothing known */
  input_escape escape;
  size_t open; /**< its end is missing, and so many of its containers, from the root on, were closed here; 0: whole */
  hcsref_str raw; /**< of such a one: what is there of it */
  bool rejoined;  /**< line breaks that a terminal or an event viewer put into it were taken out */
  size_t at, end; /**< where it stands, in bytes of the whole text */
} input_found;

/** Appends what `text` (UTF-8) holds to `found` (a slice of input_found), in its order; objects only. One that is not
 * whole JSON is told when it stands in a known wrapper, or when it looks like JSON to its end. False: out of memory. */
bool input_find_documents(hcsref_arena *arena, hcsref_str text, hcsref_slice *found);

/** Appends the JSON of a CRI message as Go's %+v prints it, with the names that crictl reads, to `out`. `text` begins
 * with &ContainerConfig{ or its like; `*length` is how much of it that is. False: it is none, or memory was out
 * (out->failed). */
bool input_go_struct(hcsref_str text, hcsref_buf *out, size_t *length);
/** The same of a message in protobuf's text form, of which the first member is its metadata: text begins with
 * metadata:{ or metadata:<. Which message it is, a container's config or a pod's, the names tell. */
bool input_proto_text(hcsref_arena *arena, hcsref_str text, hcsref_buf *out, size_t *length);

#endif
