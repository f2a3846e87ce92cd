/* SPDX-License-Identifier: Apache-2.0 */
/** @file A line of a recording under way: what it says, what earlier lines have told, and how something wrong is told.
 */
#ifndef KIT_CHECK_RECORDING_LINE_H
#define KIT_CHECK_RECORDING_LINE_H

#include "check/recording/client.h"
#include "check/recording/recording.h"
#include "check/recording/scrub.h"

#define LINE_RECENT 256u /* operations under way and systems of schema 1 that are remembered */

/** Rows of check_rules. */
enum {
  LINE_IS_WRONG,
  LINE_NOT_JSON,
  LINE_REFUSED,
  LINE_DIFFERS,
  LINE_NO_REFERENCE,
  LINE_LEFT_OPEN,
  LINE_UNKNOWN_CLIENT,
  LINE_PARENT
};

/* Something that the lines so far have told, for a later one. */
typedef struct remembered {
  uint64_t process, handle, line;
} remembered;

typedef struct check_line {
  const check_request *request;
  check_totals *totals;
  hcsref_arena arena; /* of the recording */
  facts *facts;
  remembered creating[LINE_RECENT], v1[LINE_RECENT];
  uint64_t creating_count, v1_count;
  check_client clients[LINE_RECENT];
  uint64_t client_count;
  hcsref_arena *names; /* of the totals */
  /* of the line */
  hcsref_arena line_arena;
  uint64_t line, process;
  hcsref_str text, call, id;
  scrub_list secrets;
  const input_map *map; /* of the recording */
  kit_json *document;   /* that is looked at; null: none */
} check_line;

/** Tells a finding of this line, scrubbed if it must be; `context` is the check_line. */
void line_found(void *context, const kit_finding *f);
void line_tell(check_line *s, int rule, hcsref_str pointer, hcsref_str message);
/** Remembers that this line's process has the handle. */
void line_remember(const check_line *s, remembered *list, uint64_t *count, uint64_t handle);
/** Null: it is not remembered. Handles are not 0. */
remembered *line_recall(remembered *list, uint64_t process, uint64_t handle);
/** A member that is a number; 0: it is none. */
uint64_t line_number(const kit_json *object, const char *name);

/** Holds the document of a container that was created against the reference's. False: out of memory. */
bool line_check_reference(check_line *s, const kit_document *document, const kit_json *tree, hcsref_error *err);
/** Looks at the documents of a call. False: out of memory. */
bool line_check_call(check_line *s, const kit_json *line, hcsref_error *err);

#endif
