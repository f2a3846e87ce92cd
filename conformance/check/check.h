/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A recording of what a runtime handed to the simulated Host Compute Service, line by line: each document against
 * tables and rules, and the documents that create containers against the reference's.
 */
#ifndef KIT_CHECK_CHECK_H
#define KIT_CHECK_CHECK_H

#include "compare/compare.h"
#include "input/position.h"
#include "lint/lint.h"

/** The rules that only recordings can break, ended by one without an id. */
extern const kit_rule check_rules[];

/** A bundle that a container was made from. */
typedef struct check_bundle {
  hcsref_str id;    /**< the container's; empty: every one that has no other bundle */
  const char *name; /**< for messages */
  hcsref_str text;  /**< of config.json */
  bool used;        /**< set when a container of it was created */
} check_bundle;

/** Something that is wrong. Valid during the call that hands it over. */
typedef struct check_finding {
  const kit_rule *rule;
  uint64_t line;       /**< of the recording, from 1 */
  hcsref_str call, id; /**< empty where the line has none */
  hcsref_str pointer, message;
  input_place place; /**< of the value in the recording; line 0: only the line is known */
} check_finding;

typedef struct check_request {
  check_bundle *bundles;
  size_t bundle_count;
  const hcsref_profile *profile; /**< whose shim the reference is; null: the baseline */
  kit_tier tier;                 /**< how documents are compared */
  unsigned build;                /**< of the Windows that the documents are for; 0: any */
  void (*found)(void *context, const check_finding *finding);
  void *context;
} check_request;

typedef struct check_totals {
  uint64_t calls, documents;
  uint64_t compared, not_compared; /**< created containers */
} check_totals;

/** Looks at the whole of `text`, which `map` is of. False: out of memory. */
bool check_recording(const check_request *request, const input_map *map, check_totals *totals);

#endif
