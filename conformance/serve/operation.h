/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The operations of the testee protocol as the reference answers them. An operation is a row: the table of its params,
 * the table of its answer, and the function between the two.
 */
#ifndef HCSPROOF_SERVE_OPERATION_H
#define HCSPROOF_SERVE_OPERATION_H

#include "hcsref/hcsref.h"

/** One question. */
typedef struct serve_request {
  const hcsref_profile *profile; /**< who answers; null: the baseline */
  const hcsref_rules *rules;     /**< of the program of the profile that performs the operation: set before it is run */
  hcsref_arena *arena;           /**< everything lives here until the answer is written */
  hcsref_buf *reply;             /**< the ok payload; an operation without an answer table appends it itself */
  hcsref_script *script;         /**< the host that was asked, or null: set by the operation */
  hcsref_str requests;           /**< JSON list of what was asked before an error, or empty: set by the operation */
  hcsref_error *err;
} serve_request;

/** The code of an error that says that the operation is unsupported, with the reason as its message. */
#define SERVE_UNSUPPORTED "unsupported"

/** A set of programs. */
#define SERVE_BY(program) (1u << HCSREF_PROGRAM_##program)

typedef struct serve_operation {
  const char *name;
  unsigned performers; /**< whose operation it is: of those that the profile has, the first in the enum's order */
  const hcsref_type *params;
  const hcsref_type *answer; /**< null: `run` appends the payload to the reply */
  /** `params` and `answer` are the decoded and the zeroed C shapes of the tables. */
  bool (*run)(serve_request *request, const void *params, void *answer);
} serve_operation;

/** A group of operations. */
typedef struct serve_operations {
  const serve_operation *items;
  size_t count;
} serve_operations;

extern const serve_operations serve_path_operations;
extern const serve_operations serve_rule_operations;
extern const serve_operations serve_cri_operations;
extern const serve_operations serve_document_operations;
extern const serve_operations serve_shim_operations;
extern const serve_operations serve_vm_operations;
extern const serve_operations serve_bridge_operations;
extern const serve_operations serve_update_operations;
extern const serve_operations serve_guest_operations;
extern const serve_operations serve_process_operations;
extern const serve_operations serve_docker_operations;

/** The operation of that name, or null. */
const serve_operation *serve_find_operation(hcsref_str name);
/** The i-th of all, or null when there are no more. */
const serve_operation *serve_operation_at(size_t i);
/** Has the profile a program that performs the operation? */
bool serve_performs(const hcsref_profile *profile, const serve_operation *operation);
/** Decodes `params` (JSON text; empty: all defaults), runs the operation as request->profile does and appends the ok
 * payload to request->reply. Error SERVE_UNSUPPORTED: the profile lacks the program. On failure the reply ends where it
 * did before and request->err is filled; `where` points into the params. */
bool serve_run_operation(const serve_operation *operation, hcsref_str params, serve_request *request);

#endif
