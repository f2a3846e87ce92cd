/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Which file a program's name means. Windows only: there CreateProcess, left alone, looks beside the calling program
 * and in the current folder first, where others may have put one.
 */
#ifndef HCSPROOF_PLATFORM_PROGRAM_H
#define HCSPROOF_PLATFORM_PROGRAM_H

#include <stddef.h>

/** The full path of the program `name`, UTF-8, as UTF-16 in memory of its own (free), ready to be CreateProcess' first
 * argument. A name with a separator or a drive is that file, from the current folder; any other is looked for in the
 * folders of PATH, those that are not full paths left out, and nowhere else. ".exe" is added when the name alone is no
 * file. Null: there is none (errno ENOENT), or no memory (ENOMEM). */
wchar_t *platform_find_program(const char *name);

#endif
