/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * An input becomes a question with the reference's answer to it: a case. Not every input may be asked. What is around
 * the documents (paths, options, the host) is the kit's own form and no program's that is tested, so a testee need not
 * be as forgiving there as the reference: such an input is unfair. Within a spec anything goes, since upstream reads
 * one from bytes.
 */
#ifndef KIT_FUZZ_QUESTION_H
#define KIT_FUZZ_QUESTION_H

#include "fuzz/operations.h"
#include "run/cases/case.h"

typedef enum kit_fuzz_fairness { KIT_FUZZ_FAIR, KIT_FUZZ_UNFAIR, KIT_FUZZ_NO_MEMORY } kit_fuzz_fairness;

/** Asks the reference, or the testee that is compared with once all cases were loaded. A fair input fills `*out`, all
 * of it in `arena`: operation, params on one line, and what is expected. A spec whose bytes matter (equal keys, bad
 * UTF-8) goes into spec_base64. */
kit_fuzz_fairness kit_fuzz_ask(hcsref_arena *arena, const kit_fuzz_operation *operation, hcsref_str input,
                               kit_case *out);
/** The params of a case as an input: a spec_base64 that holds JSON becomes the spec. False: out of memory. */
bool kit_fuzz_open_params(hcsref_arena *arena, hcsref_str params, hcsref_str *input);

#endif
