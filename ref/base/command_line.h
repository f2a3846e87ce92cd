/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_BASE_COMMAND_LINE_H
#define HCSREF_BASE_COMMAND_LINE_H

#include "hcsref/base.h"

/* Appends `argument` so that Windows' CommandLineToArgvW gives it back: quoted when it is empty or holds a space or a
 * tab (no other white space counts), each `"` escaped, and the backslashes before a `"` or before the closing quote
 * doubled. Source: Go syscall.EscapeArg, of which golang.org/x/sys/windows has a copy. */
void hcsref_append_argument(hcsref_buf *buf, hcsref_str argument);

/* The `count` arguments, each as above, with a space between two. False: out of memory. */
bool hcsref_command_line(hcsref_arena *arena, const hcsref_str *arguments, size_t count, hcsref_str *out);

#endif
