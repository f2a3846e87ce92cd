/* SPDX-License-Identifier: Apache-2.0 */
/** @file The verdict on an answer. */
#ifndef KIT_RUN_VERDICT_JUDGE_H
#define KIT_RUN_VERDICT_JUDGE_H

#include "run/cases/case.h"
#include "run/verdict/reply.h"
#include "run/verdict/result.h"

/** What is asked of an error beyond being one. */
typedef enum kit_error_check {
  KIT_ERRORS_ANY,
  KIT_ERRORS_CODE,   /**< the code that the case names */
  KIT_ERRORS_MESSAGE /**< the message that the case names; the code too when both have one */
} kit_error_check;

/** From "any", "code" or "message". */
bool kit_error_check_from_name(hcsref_str name, kit_error_check *out);

/** How the reason of a KIT_UNEXPECTED_ERROR begins; the error's message, or its code, follows. */
#define KIT_UNEXPECTED_ERROR_TEXT "an error where a result was expected: "

typedef struct kit_rules {
  kit_tier tier;
  kit_error_check errors;
} kit_rules;

/** Fills verdict, failure, reason, differences and answer. Everything lives in `arena`, the case and the reply.
 * False: out of memory. */
bool kit_judge(hcsref_arena *arena, const kit_rules *rules, const kit_case *c, const kit_reply *reply, kit_result *out,
               hcsref_error *err);

/** For an answer that is not compared: a pass when it is a result or an error; else the verdicts of kit_judge. */
bool kit_accept(hcsref_arena *arena, const kit_reply *reply, kit_result *out, hcsref_error *err);

#endif
