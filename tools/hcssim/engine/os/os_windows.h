/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What the files of the Windows implementation of os.h share.
 */
#ifndef HCSSIM_OS_WINDOWS_H
#define HCSSIM_OS_WINDOWS_H

#include "engine/os/os.h"

#include <windows.h>

/** A copy of UTF-8 text as UTF-16; the caller frees it. Null: there is no text, or no memory. */
wchar_t *os_wide(const char *text);
/** A copy of UTF-16 text as UTF-8; the caller frees it. Null: no memory. */
char *os_utf8(const wchar_t *text);
/** A time or a duration in units of 100 ns. */
uint64_t os_file_time(FILETIME time);
/** When the threads that used it were ended, perhaps in the midst of a line: it keeps nobody out any more, and must not
 * be used again. Takes no lock of the process. */
void os_log_let_go(const os_log *log);

#endif
