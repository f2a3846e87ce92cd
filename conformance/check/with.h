/* SPDX-License-Identifier: Apache-2.0 */
/** @file Two recordings of the same work: which documents differ, and which calls one makes more often. */
#ifndef KIT_CHECK_WITH_H
#define KIT_CHECK_WITH_H

#include "compare/compare.h"

/** Something that differs. Valid during the call that hands it over. */
typedef struct with_difference {
  hcsref_str call;
  uint64_t line, other; /**< of the two documents, from 1; 0: that recording has none */
  hcsref_str pointer, message;
} with_difference;

typedef struct with_request {
  hcsref_str text, other;
  kit_tier tier; /**< semantic or canonical */
  bool keep_secrets;
  void (*found)(void *context, const with_difference *difference);
  void *context;
} with_request;

typedef struct with_totals {
  uint64_t documents, others; /**< of each recording */
  uint64_t same, differ;      /**< pairs */
  uint64_t alone, more;       /**< documents that only one has; calls that one makes more often */
} with_totals;

/** Compares. Documents of one call are held against each other in their order, those that are the same first. What is
 * new with each run does not count: GUIDs and ids of systems that only one of the recordings has. False: out of memory.
 */
bool with_compare(const with_request *request, with_totals *totals);

#endif
