/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Where names lead that Wine does not follow: a layer's volume to its folder, a mount point or a bound folder to its
 * target. All programs of a Wine prefix share one table, which is there as long as one of them is.
 */
#ifndef HCSSIM_WINE_ROUTES_H
#define HCSSIM_WINE_ROUTES_H

#include <windows.h>

/** Names and targets of the table, and units (with the end) of each. */
#define ROUTE_MOST  512
#define ROUTE_UNITS 512

/** Both as programs write them, with or without \\?\ and a backslash at the end. One that is there is replaced. False:
 * too long, or no room. */
BOOL route_put(const wchar_t *from, const wchar_t *to);
/** The same, and nothing is written by way of this name. */
BOOL route_put_read_only(const wchar_t *from, const wchar_t *to);
/** False: there was none. */
BOOL route_remove(const wchar_t *from);
/** What `path` (of `length` units, without \\?\ or \??\) becomes by the longest name that it is or lies below; units
 * without the end, 0: it stays as it is, also when `room` units are too few. `read_only` becomes true when nothing is
 * to be written by that name, and else stays. */
size_t route_follow(const wchar_t *path, size_t length, wchar_t *out, size_t room, BOOL *read_only);

/** Reads the mapped directories of the container that this process runs in from HCSSIM_MAPPED: three texts for each,
 * all with | between them: the path inside, the host's path, and r (read-only) or w. Without the variable there are
 * none. */
void view_read(void);
/** As route_follow, to them. A path that is the host's path of a mapped directory already, or lies below one, stays. */
size_t view_follow(const wchar_t *path, size_t length, wchar_t *out, size_t room, BOOL *read_only);

#endif
