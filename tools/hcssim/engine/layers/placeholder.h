/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Placeholders: what stands in an imported layer for the names of its parents. Source: hcsshim
 * internal/wclayer/importlayer.go legacyLayerWriterWrapper.Close: ImportLayer is handed no list of the names that the
 * layer removes; afterwards the client removes each of them from the layer's folder, so that something must be there
 * for it. Here it is a link to a parent's file, or an empty folder, in every folder that the layer itself has; the list
 * is the layer's placeholders.txt, of the form of a tombstones.txt. A listed name that is gone was removed.
 */
#ifndef HCSSIM_PLACEHOLDER_H
#define HCSSIM_PLACEHOLDER_H

#include "engine/state.h"

/** Puts them into the layer `folder`, which has been imported over `parents`. False: the call has failed. */
bool sim_placeholders_make(sim_call *call, const char *folder, const hcsref_str *parents, size_t count);
/** Takes out of `files`, where the layer's files have been exported to, what only stands for a name of its parents. */
bool sim_placeholders_leave_out(sim_call *call, const char *folder, const char *files, const hcsref_str *parents,
                                size_t count);

#endif
