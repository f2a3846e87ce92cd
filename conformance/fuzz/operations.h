/* SPDX-License-Identifier: Apache-2.0 */
/** @file The operations that are fuzzed, each with the inputs that new ones are made from. */
#ifndef KIT_FUZZ_OPERATIONS_H
#define KIT_FUZZ_OPERATIONS_H

#include "cli/options.h"
#include "mutator/inputs.h"
#include "run/cases/source.h"
#include "run/testee/asker.h"
#include "serve/operation.h"

/** Longest input, in bytes; a longer case is not started from. */
#define KIT_FUZZ_INPUT_LIMIT ((size_t)1 << 14)
/** Most inputs that an operation keeps to start from. */
#define KIT_FUZZ_POOL_LIMIT 4096
/** Most members that params are known to need. */
#define KIT_FUZZ_MEMBERS 16

/** Whose answers are right. */
typedef struct kit_fuzz_oracle {
  const hcsref_profile *profile; /**< as which the reference answers */
  bool named;                    /**< the testee is told it */
  kit_asker *old; /**< another testee, whose answers count and not the reference's; null: there is none */
} kit_fuzz_oracle;

typedef struct kit_fuzz_operation {
  const serve_operation *operation;
  const kit_fuzz_oracle *oracle;
  input_format format; /**< of its params, for the mutator */
  size_t weight;       /**< how often it is chosen, beside the others */
  hcsref_str *pool;    /**< params, JSON texts */
  size_t count, room;
  hcsref_str members[KIT_FUZZ_MEMBERS]; /**< keys that the params of every case have: without them a question is none */
  size_t member_count;
  bool loaded;  /**< all cases were looked at, so the members count */
  bool dropped; /**< the testee does not do it */
  uint64_t played, skipped, findings;
} kit_fuzz_operation;

typedef struct kit_fuzz_operations {
  kit_fuzz_operation *items;
  size_t count;
  hcsref_arena arena; /**< of the inputs */
} kit_fuzz_operations;

/** Takes the operations that one of the globs matches; all when there are none. CLI_OK; CLI_USAGE, CLI_KIT with a
 * `message`: no operation matches a glob, out of memory. */
int kit_fuzz_choose(kit_fuzz_operations *all, const cli_list *globs, const kit_fuzz_oracle *oracle, char *message,
                    size_t size);
void kit_fuzz_operations_free(kit_fuzz_operations *all);
/** The one of that name, or null. */
kit_fuzz_operation *kit_fuzz_find(kit_fuzz_operations *all, hcsref_str name);
/** Keeps a copy of an input to start from; one too many or too long is ignored. False: out of memory. */
bool kit_fuzz_keep(kit_fuzz_operations *all, kit_fuzz_operation *operation, hcsref_str params);
/** Keeps the params of all cases of the source that ask one of the operations fairly (question.h). An operation
 * without a case starts from nothing. False: out of memory; cases that cannot be read are told and counted. */
bool kit_fuzz_load(kit_fuzz_operations *all, kit_source *source, void (*complain)(void *context, hcsref_str message),
                   void *context, uint64_t *unreadable);

#endif
