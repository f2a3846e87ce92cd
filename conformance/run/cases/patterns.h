/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Many globs at once: which of them match a text is asked once a case, so it must not take longer the more there are.
 * They are found by hash: a glob by what stands before its first *, ? or [, a text without any of them as a whole.
 */
#ifndef KIT_RUN_CASES_PATTERNS_H
#define KIT_RUN_CASES_PATTERNS_H

#include "hcsref/base.h"

typedef struct kit_patterns kit_patterns;

/** None: no pattern was found. */
#define KIT_NO_PATTERN SIZE_MAX

/** Indexes `count` globs (kit_glob), which must live as long. Null: out of memory. */
kit_patterns *kit_patterns_new(const hcsref_str *globs, size_t count);
void kit_patterns_free(kit_patterns *patterns);
/** The first glob, in the order in which they were given, that matches `text` and that `accepts` takes (null: any), or
 * KIT_NO_PATTERN. `accepts` is asked about matching globs only, each at most once, and about all of them when it takes
 * none. */
size_t kit_patterns_find(const kit_patterns *patterns, hcsref_str text, bool (*accepts)(void *context, size_t index),
                         void *context);
/** Is it a text that only itself matches? */
bool kit_is_literal(hcsref_str glob);

#endif
