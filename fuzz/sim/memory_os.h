/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * An operating system for the simulated service (engine/os/os.h) that is nothing but memory: files are in a list, the
 * clock stands still until somebody waits, processes are numbers with an end, and a thread runs when another one
 * waits, to its end, on the stack of that one. So a target that drives the service is fast and always does the same,
 * and no input of it starts a program or touches a file.
 *
 * Every lock is checked: taken twice, given back twice, or waited for when nobody is left to wake the waiter, it is a
 * broken property.
 */
#ifndef FUZZ_SIM_MEMORY_OS_H
#define FUZZ_SIM_MEMORY_OS_H

#include "engine/os/os.h"
#include "support.h"

/** Forgets everything: files, threads, the time. What the service still has open must have been closed. */
void sim_os_reset(void);
/** How many streams and processes are there that nobody closed or freed. */
size_t sim_os_left(void);

/** A process ends on its own after so much time for each byte of its command line, with the line's length as exit code
 * (modulo 256); one that begins with SIM_OS_MISSING cannot be started. */
#define SIM_OS_BYTE_MS 1000u
#define SIM_OS_MISSING "missing"

#endif
