/* SPDX-License-Identifier: Apache-2.0 */
/** @file A simulated service on an operating system of memory, with a base layer, and the live stage's way to it. */
#ifndef FUZZ_SIM_WORLD_H
#define FUZZ_SIM_WORLD_H

#include "sim/memory_os.h"

#include "dll/shim.h"
#include "engine/state.h"

#define WORLD_BASE    "/base"
#define WORLD_SCRATCH "/scratch"
#define WORLD_STATE   "/state"
#define WORLD_OWNER   "fuzz"

/** Opens the service of this process with this plan of faults (its text; no data: none). Null: the plan is refused. */
sim *world_open(hcsref_str faults);
/** Ends it and looks at what the service wrote down. Returns the recording, in `arena`: a line of JSON a call. */
hcsref_str world_close(sim *service, hcsref_arena *arena);

/** The base layer's id. */
hcsref_str world_base_id(hcsref_arena *arena);
/** A document of a container on `volume`, of schema 2 or 1. */
hcsref_str world_document(hcsref_arena *arena, hcsref_str volume, bool schema2);

/** The service through computecore.dll and through vmcompute.dll. A call takes as long as it takes: what the live stage
 * does with one that never comes back is left to the unit tests. */
extern const hcsref_live_api world_core, world_vm;

#endif
