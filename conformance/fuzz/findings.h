/* SPDX-License-Identifier: Apache-2.0 */
/** @file What was found: the first input of each kind of difference. */
#ifndef KIT_FUZZ_FINDINGS_H
#define KIT_FUZZ_FINDINGS_H

#include "fuzz/operations.h"
#include "run/verdict/kinds.h"

typedef struct kit_fuzz_finding {
  kit_fuzz_operation *operation;
  char kind[KIT_KIND_SIZE];
  bool waited;       /**< the testee gave no answer in time: asking again takes long */
  uint64_t number;   /**< of the input, from 1 */
  hcsref_str params; /**< as they were sent */
} kit_fuzz_finding;

typedef struct kit_fuzz_findings {
  kit_fuzz_finding *items;
  size_t count, most;
  hcsref_arena arena;
} kit_fuzz_findings;

/** At most `most` are kept. */
void kit_fuzz_findings_init(kit_fuzz_findings *findings, size_t most);
void kit_fuzz_findings_free(kit_fuzz_findings *findings);
/** Keeps the kinds of a result that are new, as many as there is room for. False: out of memory. */
bool kit_fuzz_note(kit_fuzz_findings *findings, kit_fuzz_operation *operation, uint64_t number, const kit_case *c,
                   const kit_result *r);
/** Is there no room for more? */
bool kit_fuzz_full(const kit_fuzz_findings *findings);
/** The finding as an id of a case: "OP/KIND-HASH" of small letters, digits and hyphens. False: out of memory. */
bool kit_fuzz_id(hcsref_arena *arena, const kit_fuzz_finding *finding, hcsref_str *out);

/** What is written into a draft beside the input. */
typedef struct kit_fuzz_origin {
  hcsref_str testee; /**< name and version */
  uint64_t seed;
  const kit_fuzz_oracle *oracle; /**< whose answers are expected */
  bool codes;                    /**< the codes of errors were compared: the case needs them */
} kit_fuzz_origin;

typedef enum kit_fuzz_written { KIT_FUZZ_WRITTEN, KIT_FUZZ_THERE, KIT_FUZZ_FAILED } kit_fuzz_written;

/** Writes a case to `path`, whose folder is made, unless something of that name is there. `params`: perhaps smaller
 * ones than the finding's. KIT_FUZZ_FAILED: errno says why. */
kit_fuzz_written kit_fuzz_write_draft(const char *path, const kit_fuzz_finding *finding, hcsref_str params,
                                      const kit_fuzz_origin *origin);

#endif
