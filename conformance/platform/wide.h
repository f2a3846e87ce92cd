/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the Windows halves share: names as Windows has them, and its errors as errno. */
#ifndef HCSPROOF_PLATFORM_WIDE_H
#define HCSPROOF_PLATFORM_WIDE_H

#include <wchar.h>

/** The UTF-8 text as UTF-16, to be freed. Null: errno says why (EINVAL: it is not UTF-8). */
wchar_t *platform_to_wide(const char *text);
/** The UTF-16 text as UTF-8, to be freed; an unpaired surrogate becomes U+FFFD. Null: errno says why. */
char *platform_to_utf8(const wchar_t *text);
/** The attributes of a file or folder (FILE_ATTRIBUTE_), found without memory: what is there does not depend on it.
 * INVALID_FILE_ATTRIBUTES: there is none of that name, or the name is longer than any path of the kit. */
unsigned long platform_attributes(const char *path);
/** Sets errno to what a Windows error (of GetLastError) is called in C; EIO when it has no name there. */
void platform_set_errno(unsigned long error);

#endif
