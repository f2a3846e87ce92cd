/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is said on standard error about an input: one line, whatever the input holds. */
#ifndef HCSPROOF_IO_MESSAGE_H
#define HCSPROOF_IO_MESSAGE_H

#include "hcsref/base.h"

/** Prints "hcsproof: NAME: POINTER: MESSAGE [CODE]"; an empty pointer is left out with its colon. What
 * utf8_printable refuses comes out as utf8_escape has it, and a text past MESSAGE_LIMIT bytes is cut, so that no input
 * can write on the terminal or flood it. */
void message_error(const char *name, const hcsref_error *err);

#define MESSAGE_LIMIT 4096

#endif
