/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What layers over each other show: the topmost that has a name shows it, unless one above removed it. Names are \a\b,
 * as in tombstones.txt.
 */
#ifndef HCSSIM_STACK_H
#define HCSSIM_STACK_H

#include "engine/layers/names.h"

#define SIM_NO_LAYER SIZE_MAX

/** A layer: its files, and what it says of the names in the layers under it (the text of a tombstones.txt). */
typedef struct sim_stack_layer {
  const char *files;
  hcsref_str removed;
} sim_stack_layer;

typedef struct sim_stack {
  sim_call *call;
  sim_stack_layer *layers; /* the topmost first */
  size_t count;
} sim_stack;

/** False: the call has failed. */
bool sim_stack_open(sim_stack *stack, sim_call *call, const hcsref_str *folders, size_t count);
/** What one layer says: its own part of sim_stack_open. */
bool sim_stack_layer_read(sim_call *call, hcsref_str folder, sim_stack_layer *out);
/** Does the layer remove this name of those under it? */
bool sim_stack_removes(const sim_stack_layer *layer, hcsref_str name);
/** The layer whose file or folder of that name is seen, and what it is; SIM_NO_LAYER and OS_NOTHING: none. */
size_t sim_stack_seen(const sim_stack *stack, hcsref_str name, os_kind *kind);
/** Are these two files the same? False too when one cannot be read. */
bool sim_stack_files_equal(const char *left, const char *right);

#endif
