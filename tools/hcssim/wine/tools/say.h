/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What the small programs of a Wine prefix (ping, findstr, icacls, mountvol) share. They do what tests of container
 * runtimes ask of Windows' programs of these names, and no more.
 */
#ifndef HCSSIM_WINE_TOOLS_SAY_H
#define HCSSIM_WINE_TOOLS_SAY_H

#include <windows.h>

/** Writes text, and at once, in UTF-8. False: nobody reads it any more. */
BOOL say(const wchar_t *text);
/** The same of text as swprintf makes it, cut after 2,000 units. */
BOOL say_with(const wchar_t *format, ...);

#endif
