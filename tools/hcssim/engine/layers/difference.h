/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What a scratch's volume holds that its parents do not: the layer that `docker build` and `docker commit` make of it.
 */
#ifndef HCSSIM_DIFFERENCE_H
#define HCSSIM_DIFFERENCE_H

#include "engine/state.h"

/** Writes what differs to the folder `target` in the transport form (transport.h): new and changed files below
 * `target`/Files, and tombstones.txt with the names of the parents that are gone. `volume` is the folder that was
 * filled from `parents`, the topmost first. False: the call has failed. */
bool sim_difference_export(sim_call *call, const char *volume, const char *target, const hcsref_str *parents,
                           size_t count);

#endif
