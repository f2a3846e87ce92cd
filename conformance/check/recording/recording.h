/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A recording of what a runtime handed to the simulated Host Compute Service, line by line: each document against
 * tables and rules, and the documents that create containers against the reference's.
 */
#ifndef KIT_CHECK_RECORDING_H
#define KIT_CHECK_RECORDING_H

#include "check/recording/bundle.h"
#include "compare/compare.h"
#include "input/position.h"
#include "lint/lint.h"

/** The rules that only recordings can break, ended by one without an id. */
extern const kit_rule check_rules[];

/** What a container was made from. */
typedef struct check_bundle {
  hcsref_str id;    /**< the container's; empty: every one that has no other bundle */
  const char *name; /**< for messages */
  bundle_source source;
  bool used; /**< set when a container of it was created */
} check_bundle;

/** Something that is wrong. Valid during the call that hands it over. */
typedef struct check_finding {
  const kit_rule *rule;
  uint64_t line;       /**< of the recording, from 1 */
  hcsref_str call, id; /**< empty where the line has none */
  hcsref_str pointer, message;
  input_place place; /**< of the value in the recording; line 0: only the line is known */
  hcsref_str text;   /**< the line of the recording as it may be shown */
  size_t start;      /**< where in the recording the line begins */
} check_finding;

typedef struct check_request {
  /** What a container was made from; null: that is not known. Null: nothing is compared. */
  check_bundle *(*bundle)(void *context, hcsref_str id);
  bundle_setup setup;
  const hcsref_profile *profile; /**< whose documents the reference's are; null: the baseline */
  bool profile_given;            /**< it was asked for, so that it does not matter what the clients are */
  bool keep_secrets;             /**< findings need not be scrubbed */
  kit_tier tier;                 /**< how documents are compared */
  unsigned build;                /**< of the Windows that the documents are for; 0: any */
  void (*found)(void *context, const check_finding *finding);
  void *context;
} check_request;

/** Most references that are named. */
#define CHECK_REFERENCES 4u

/** What documents were compared with. */
typedef struct check_reference {
  const hcsref_profile *profile;
  hcsref_str program; /**< of the client that said so; empty: none did */
} check_reference;

typedef struct check_totals {
  uint64_t calls, documents;
  uint64_t compared, not_compared; /**< created containers */
  check_reference references[CHECK_REFERENCES];
  size_t reference_count;
} check_totals;

/** Looks at the whole of the text that `map` is of. What the totals name lives in `arena`. False: out of memory. */
bool check_recording(hcsref_arena *arena, const check_request *request, const input_map *map, check_totals *totals);

#endif
