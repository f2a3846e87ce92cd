/* SPDX-License-Identifier: Apache-2.0 */
/** @file One line of the testee protocol in, one line out. */
#ifndef HCSPROOF_SERVE_FRAME_H
#define HCSPROOF_SERVE_FRAME_H

#include "hcsref/base.h"

/** The protocol's version. */
#define SERVE_PROTOCOL 1

typedef enum serve_result {
  SERVE_ANSWERED,  /**< `out` holds the answer, with its newline */
  SERVE_NO_ANSWER, /**< the line is no frame and has no id: `problem` says what is wrong with it */
  SERVE_REFUSED,   /**< no common version, or the hello cannot be read: `problem` */
} serve_result;

/** Answers one line. `out` and `problem` live in `arena`. */
serve_result serve_answer_line(hcsref_arena *arena, hcsref_str line, hcsref_str *out, hcsref_str *problem);

/** Answers a line that was too long to be read, of which `beginning` is known, when its id is in there. */
serve_result serve_answer_long_line(hcsref_arena *arena, hcsref_str beginning, size_t limit, hcsref_str *out,
                                    hcsref_str *problem);

/** Appends {"code","message","where"} as JSON. */
void serve_append_error(hcsref_buf *buf, const hcsref_error *err);

#endif
