/* SPDX-License-Identifier: Apache-2.0 */
/** @file Between the files that make up the expectations: what is known of each entry. */
#ifndef KIT_RUN_EXPECTATIONS_EXPECT_STATE_H
#define KIT_RUN_EXPECTATIONS_EXPECT_STATE_H

#include "run/cases/patterns.h"
#include "run/expectations/expect.h"

/** One line of the file: a comment, or an entry. */
typedef struct kit_expected {
  hcsref_str line;
  uint64_t number; /**< of the line */
  bool comment, expired, renamed;
  hcsref_str pattern, op, reason, issue, expires; /**< op: a glob too; empty: any */
  kit_failure failure;
  uint64_t failed, passed, other; /**< cases that it matches which were played: as it says, passed, otherwise */
  bool exists;                    /**< the suite has a case that it matches, played or not */
} kit_expected;

/** A failure that no entry lists; for an update. */
typedef struct kit_unlisted {
  hcsref_str id, op, reason;
  kit_failure failure;
  const kit_expected *like; /**< an entry that listed it but no longer holds of all its cases; or null */
} kit_unlisted;

/** What the cases of one operation came to; for an update. */
typedef struct kit_op_count {
  hcsref_str op, reason;    /**< the reason of its first skip */
  kit_failure failure;      /**< the class of its first skip */
  uint64_t played, skipped; /**< skipped for that reason, and not listed */
} kit_op_count;

/** Most operations that are counted for an update; the cases of others are listed one by one. */
#define KIT_OPS_COUNTED 256

struct kit_expectations {
  hcsref_arena arena;
  char *path;
  hcsref_slice entries; /**< of kit_expected */
  bool remembers, skips, out_of_memory;
  hcsref_slice unlisted;  /**< of kit_unlisted */
  hcsref_slice ops;       /**< of kit_op_count */
  hcsref_slice met;       /**< of hcsref_str: ids that were played and that a glob matches */
  hcsref_str *globs;      /**< of the entries, for `patterns`; a comment's is empty */
  kit_patterns *patterns; /**< made when the first case is judged */
  kit_patterns *met_ids;  /**< of `met`; made when the suite is told of */
};

/** Marks and finds entries: the first that `accepts` takes of those that match the case and have not expired. Null:
 * there is none. */
kit_expected *kit_expectations_find(kit_expectations *x, const kit_case *c,
                                    bool (*accepts)(void *context, kit_expected *e), void *context);

#endif
