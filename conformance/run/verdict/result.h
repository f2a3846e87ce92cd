/* SPDX-License-Identifier: Apache-2.0 */
/** @file What came of a case. */
#ifndef KIT_RUN_VERDICT_RESULT_H
#define KIT_RUN_VERDICT_RESULT_H

#include "compare/compare.h"

typedef enum kit_verdict {
  KIT_PASS,
  KIT_FAIL,  /**< a wrong answer */
  KIT_SKIP,  /**< the testee said that it does not do this */
  KIT_BROKEN /**< no usable answer: it died, hung or babbled */
} kit_verdict;

/** Why a case did not pass: the class that an expectation file names. */
typedef enum kit_failure {
  KIT_NO_FAILURE,
  KIT_DIFFERENCE,       /**< fail: the answer differs */
  KIT_NO_ERROR,         /**< fail: a result where an error was expected */
  KIT_UNEXPECTED_ERROR, /**< fail: an error where a result was expected */
  KIT_WRONG_CODE,       /**< fail: the error's code differs */
  KIT_WRONG_MESSAGE,    /**< fail: the error's message differs */
  KIT_WRONG_HOST_CALLS, /**< fail: the questions to the host differ */
  KIT_UNSUPPORTED,      /**< skip: the testee does not do this */
  KIT_NO_DOCUMENT,      /**< skip: there is no file for the case */
  KIT_TIMEOUT,          /**< broken: no answer in time */
  KIT_DIED,             /**< broken: the testee ended */
  KIT_PROTOCOL,         /**< broken: what it wrote is not the protocol */
  KIT_TOO_LARGE,        /**< broken: the answer exceeds the limit */
  KIT_NOT_UTF8,         /**< broken: the answer is not UTF-8 */
  KIT_FAILURES          /**< how many there are */
} kit_failure;

/** What an expectation file said of the case. */
typedef enum kit_known {
  KIT_NOT_LISTED,
  KIT_KNOWN,          /**< failed as listed */
  KIT_UNEXPECTED_PASS /**< listed, and passed */
} kit_known;

/** How the reason of a skip begins when the testee's hello leaves the operation out; the operation follows. */
#define KIT_NOT_IN_HELLO "unsupported: the testee does not list the operation "

/** It is like no other. */
#define KIT_NO_GROUP SIZE_MAX

typedef struct kit_result {
  kit_verdict verdict;
  kit_failure failure;
  hcsref_str reason;           /**< one line; empty for a pass */
  kit_differences differences; /**< of a fail; pointers into the payload, or /error/…, /host_calls/… */
  hcsref_str answer;           /**< what the testee answered, when it did not pass */
  hcsref_str stderr_text;      /**< the last of what it wrote there meanwhile */
  uint64_t microseconds;       /**< from question to answer */
  kit_known known;
  hcsref_str known_reason; /**< the expectation's reason and issue */
  size_t group;            /**< in the summary's groups, or KIT_NO_GROUP */
  uint64_t group_rank;     /**< which of the group it is, from 1 */
} kit_result;

/** Copies a result with all that it points to into `arena`, of the answer and of each value no more than the two
 * limits, with a note of how much is missing; `*out` is untouched when out of memory (false). */
#define KIT_ANSWER_KEPT ((size_t)1 << 20)
#define KIT_VALUE_KEPT  ((size_t)1 << 16)
bool kit_result_copy(hcsref_arena *arena, const kit_result *result, kit_result *out);
/** "pass", "fail", "skip", "broken". */
const char *kit_verdict_name(kit_verdict verdict);
/** "difference", "no-error", "error", "code", "message", "host-calls", "unsupported", "no-document", "timeout",
 * "died", "protocol", "too-large", "not-utf8". */
const char *kit_failure_name(kit_failure failure);
bool kit_failure_from_name(hcsref_str name, kit_failure *out);

#endif
