/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_BASE_COMMAND_LINE_H
#define HCSREF_BASE_COMMAND_LINE_H

#include "hcsref/base.h"

/* The `count` arguments, each as hcsref_append_argument (hcsref/live.h) writes it, with a space between two. False: out
 * of memory. */
bool hcsref_command_line(hcsref_arena *arena, const hcsref_str *arguments, size_t count, hcsref_str *out);

#endif
