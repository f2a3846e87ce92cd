/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The one way to a terminal for text that is not our own: names of files, ids, messages, whatever a document or a
 * testee says. tools/steps/calls holds that there is no other.
 */
#ifndef HCSPROOF_IO_PRINT_H
#define HCSPROOF_IO_PRINT_H

#include "hcsref/base.h"

#include <stdarg.h>
#include <stdio.h>

/** The text with what utf8_printable refuses as utf8_escape has it, cut after `width` bytes with a note of how much
 * follows. */
void kit_print_text(FILE *out, hcsref_str text, size_t width);
/** printf for messages: %s, %.*s and %.9s take C strings and %v an hcsref_str, printed as kit_print_text does; %S takes
 * text of ours (a colour, a line end), printed as it is; %d, %llu and %% are printf's. There is nothing else. */
void kit_print(FILE *out, const char *format, ...);
void kit_print_args(FILE *out, const char *format, va_list args);
/** What makes a regular noun the right one for so many: "" for one, else "s". */
const char *kit_plural(uint64_t count);

#endif
