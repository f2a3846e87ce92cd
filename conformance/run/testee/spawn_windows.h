/* SPDX-License-Identifier: Apache-2.0 */
/** @file CreateProcess as a testee needs it: the program itself, an environment with variables added, three handles and
 * no other of ours, and a job from its first instruction on. */
#ifndef KIT_RUN_TESTEE_SPAWN_WINDOWS_H
#define KIT_RUN_TESTEE_SPAWN_WINDOWS_H

#include "run/testee/process.h"

#include <windows.h>

/** Where a child's input stands beside KIT_STDOUT and KIT_STDERR. */
#define SPAWN_INPUT 2

/** A job that ends all of its processes when it is closed; each may have `memory_limit` bytes (0: any number). Null: it
 * could not be made. */
HANDLE spawn_job(uint64_t memory_limit);
/** Starts spawn's command in `job` with `streams` as its standard input and outputs. Null: `message` says why not. The
 * handle is the caller's. */
HANDLE spawn_process(const kit_spawn *spawn, HANDLE job, HANDLE streams[3], char *message, size_t size);

#endif
