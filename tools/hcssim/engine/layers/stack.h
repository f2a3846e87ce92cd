/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What layers over each other show: the topmost that has a name shows it, unless one above removed it. Names are \a\b,
 * as in tombstones.txt.
 */
#ifndef HCSSIM_STACK_H
#define HCSSIM_STACK_H

#include "engine/layers/names.h"

#define SIM_NO_LAYER SIZE_MAX

/** A list of names beside a layer's files, which is read when it is first asked for. */
typedef struct sim_stack_list {
  hcsref_str text;
  bool is_read;
} sim_stack_list;

/** A layer: its files, and what it says of the names in the layers under it. */
typedef struct sim_stack_layer {
  const char *folder, *files;
  sim_stack_list removed, placeholders;
  hcsref_str asked; /* the last folder that sim_stack_is_whole was asked about, and its answer */
  bool was_asked, whole;
} sim_stack_layer;

typedef struct sim_stack {
  sim_call *call;
  sim_stack_layer *layers; /* the topmost first */
  size_t count;
} sim_stack;

/** False: the call has failed. */
bool sim_stack_open(sim_stack *stack, sim_call *call, const hcsref_str *folders, size_t count);
/** Does the layer remove this name of those under it? False too when the call has failed. */
bool sim_stack_removes(const sim_stack *stack, size_t layer, hcsref_str name);
/** Does the layer's folder hold every name that the layers under it show there (placeholder.h)? Whoever lists the
 * folder through the layers ends with this one. What is in folders below it is another question. False too when the
 * call has failed. */
bool sim_stack_is_whole(const sim_stack *stack, size_t layer, hcsref_str folder);
/** The layer whose file or folder of that name is seen, and what it is; SIM_NO_LAYER and OS_NOTHING: none. */
size_t sim_stack_seen(const sim_stack *stack, hcsref_str name, os_kind *kind);
/** Are these two files the same? False too when one cannot be read. */
bool sim_stack_files_equal(const char *left, const char *right);

#endif
