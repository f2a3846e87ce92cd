/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Trees of files that layers are made of. Links are never followed: what a layer's author planted leads nowhere.
 */
#ifndef HCSSIM_TREE_H
#define HCSSIM_TREE_H

#include "engine/state.h"

/** Folders below each other, and files and folders of one tree. */
#define SIM_MAX_TREE_DEPTH 128
#define SIM_MAX_TREE_FILES ((size_t)1 << 20)
#define SIM_MAX_TREE_FILE  ((size_t)1 << 30) /* bytes of one file */

/** How each file goes from one tree to the other. */
typedef enum sim_copy {
  SIM_COPY_PLAIN,  /* as it is */
  SIM_COPY_IMPORT, /* from the transport form */
  SIM_COPY_EXPORT  /* to it */
} sim_copy;

/** Copies the tree `from` to `to`, which is made. The call fails when that is not possible. */
bool sim_tree_copy(sim_call *call, const char *from, const char *to, sim_copy how);
/** One file, as it is. */
bool sim_tree_copy_file(sim_call *call, const char *from, const char *to);
/** One file, or a new folder without what is in it, in the form of SIM_COPY_EXPORT. The call fails when that is not
 * possible. */
bool sim_tree_put_file(sim_call *call, const char *from, const char *to);
bool sim_tree_put_folder(sim_call *call, const char *to);
/** Removes a tree. False: something of it stays. */
bool sim_tree_remove(sim_call *call, const char *path);

#endif
