/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The host that document targets ask: a script's answers, and where the script says nothing an answer that lets the
 * work go on, chosen by the length of the path. So a mutated path still reaches what comes after the question, and one
 * in a few is refused.
 */
#ifndef FUZZ_HOST_H
#define FUZZ_HOST_H

#include "support.h"

typedef struct fuzz_host {
  hcsref_script *script;
  hcsref_host answers;       /**< of the script */
  hcsref_host host;          /**< to be handed to the pipeline; its context is this */
  hcsref_hosting_system *vm; /**< null: none */
  hcsref_hosting_system scripted_vm;
} fuzz_host;

/** Reads `host` and `hosting_system` of a case (JSON texts). False: they say nothing that can be read. */
bool fuzz_host_load(hcsref_arena *arena, hcsref_str host, hcsref_str hosting_system, fuzz_host *out);
/** Asks as stage 1 does, to which what a script does not mention is there. */
void fuzz_host_for_cri(fuzz_host *host);

#endif
