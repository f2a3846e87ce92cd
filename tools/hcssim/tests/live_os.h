/* SPDX-License-Identifier: Apache-2.0 */
/* The live stage on the simulator, in one process: its tables of entry points and of the operating system. */
#ifndef HCSSIM_TESTS_LIVE_OS_H
#define HCSSIM_TESTS_LIVE_OS_H

#include "hcsref/live.h"

extern const hcsref_live_os live_os;
/* Over computecore.dll's functions and over vmcompute.dll's. */
extern const hcsref_live_api live_core, live_vm;

#endif
