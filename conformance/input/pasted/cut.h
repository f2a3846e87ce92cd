/* SPDX-License-Identifier: Apache-2.0 */
/** @file Documents whose end is missing: events and logs cut messages off. */
#ifndef HCSPROOF_INPUT_CUT_H
#define HCSPROOF_INPUT_CUT_H

#include "hcsref/json.h"

/** Deepest nesting of one that is closed. */
#define INPUT_DEEPEST_CUT 64

/** Appends the whole values of `text`, the front of an object, and what closes the containers that are open behind
 * them. Gives how many those are, from the object on, each the last child of the one before it; 0: nothing whole can be
 * made, or no memory (out->failed). */
size_t input_close_cut(hcsref_str text, hcsref_buf *out);

#endif
