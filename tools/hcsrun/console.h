/* SPDX-License-Identifier: Apache-2.0 */
/** @file What hcsrun says. Texts may be anybody's: names of files, words of the service. What a terminal would take for
 * a command is shown, not sent. */
#ifndef HCSRUN_CONSOLE_H
#define HCSRUN_CONSOLE_H

#include "hcsref/hcsref.h"

#include <stdarg.h>

/** "hcsrun: ", the text as hcsref_format makes it, and the end of the line, on standard error. */
void tell(const char *format, ...);
void tell_args(const char *format, va_list args);
/** The text alone and the end of the line, on standard output. */
void print(const char *format, ...);
/** "hcsrun: PLACE: MESSAGE [CODE]" on standard error; gives `status` back. */
int complain(const hcsref_error *err, int status);

#endif
