/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Names of one layer: where they are on the host, and the lists of them beside its files. Names are \a\b, as in
 * tombstones.txt.
 */
#ifndef HCSSIM_NAMES_H
#define HCSSIM_NAMES_H

#include "engine/state.h"

#define SIM_PLACEHOLDERS "placeholders.txt"
/** What a list begins with. */
#define SIM_LIST_HEADER HCSREF_LIT("\xEF\xBB\xBFVersion 1.0\n")

/** A name's path in a folder of the host; null: the call has failed. */
char *sim_stack_path(sim_call *call, const char *folder, hcsref_str name);
/** OS_NOTHING too when the call has failed. */
os_kind sim_stack_kind_in(sim_call *call, const char *folder, hcsref_str name);
/** The text of the list `name` of the layer `folder`; of no length: there is none. False: the call has failed. */
bool sim_list_read(sim_call *call, const char *folder, hcsref_str name, hcsref_str *text);
/** The names of its parents that a layer removes, as the text of a tombstones.txt; of no length: none. False: the call
 * has failed. */
bool sim_removed_names(sim_call *call, const char *folder, hcsref_str *text);

#endif
