/* SPDX-License-Identifier: Apache-2.0 */
/** @file A testee's answers as cases: what it said takes the place of what upstream says. */
#ifndef KIT_RUN_VERDICT_ANSWER_H
#define KIT_RUN_VERDICT_ANSWER_H

#include "run/cases/case.h"
#include "run/verdict/reply.h"

/** Whose answers they are. */
typedef struct kit_witness {
  hcsref_str name;               /**< of its releases, as a profile is called; empty: it does not say */
  const hcsref_profile *profile; /**< for which its answers hold; null: it does not say, or the kit knows none of those
                                    releases */
} kit_witness;

/** Of its hello: the profile that it names, else its releases. Everything is copied into `arena`. False: out of
 * memory. */
bool kit_witness_read(hcsref_arena *arena, const kit_hello *hello, kit_witness *out);
/** Appends `["hcsshim =0.13.0"]`: the range that only the release of the program is in that performs the operation in
 * that profile. */
void kit_answer_append_profiles(hcsref_buf *buf, hcsref_str op, const hcsref_profile *profile);
/** Appends an answer as the `expect` of a case: `text` is there where it is spelt otherwise than the canonical form. */
void kit_answer_append_expect(hcsref_buf *buf, const kit_reply *reply);
/** Appends the case with the answer as its expectation, on one line with its end, as recorded cases are written.
 * False: out of memory. */
bool kit_answer_append_case(hcsref_buf *buf, const kit_case *c, const kit_witness *witness, const kit_reply *reply);

#endif
