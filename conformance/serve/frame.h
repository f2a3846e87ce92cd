/* SPDX-License-Identifier: Apache-2.0 */
/** @file One line of the testee protocol in, one line out. */
#ifndef HCSPROOF_SERVE_FRAME_H
#define HCSPROOF_SERVE_FRAME_H

#include "hcsref/profile.h"

/** The protocol's version. */
#define SERVE_PROTOCOL 1

typedef enum serve_result {
  SERVE_ANSWERED,  /**< `out` holds the answer, with its newline */
  SERVE_NO_ANSWER, /**< the line is no frame and has no id: `problem` says what is wrong with it */
  SERVE_REFUSED,   /**< no common version, an unknown profile, or the hello cannot be read: `problem` */
} serve_result;

/** Who answers, from the hello on. Start with hcsref_arena_init on `arena`, end with hcsref_arena_free. */
typedef struct serve_session {
  hcsref_arena arena;            /**< the profile's */
  const hcsref_profile *profile; /**< null: the baseline */
} serve_session;

/** Answers one line. `out` and `problem` live in `arena`. A hello that names a profile changes the session's. */
serve_result serve_answer_line(serve_session *session, hcsref_arena *arena, hcsref_str line, hcsref_str *out,
                               hcsref_str *problem);

/** Answers a line that was too long to be read, of which `beginning` is known, when its id is in there. */
serve_result serve_answer_long_line(hcsref_arena *arena, hcsref_str beginning, size_t limit, hcsref_str *out,
                                    hcsref_str *problem);

/** Appends {"code","message","where"} as JSON. */
void serve_append_error(hcsref_buf *buf, const hcsref_error *err);

#endif
