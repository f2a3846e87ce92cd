/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_BASE_PATH_MATCH_H
#define HCSREF_BASE_PATH_MATCH_H

#include "hcsref/base.h"

/* Go's path.Match: `*` and `?` stand for anything but "/", [a-z] and [^a-z] for one character of a class ("/" is none
 * apart), `\` takes the next character as it is. A malformed pattern matches nothing. Each `*` takes as little as it
 * can and is not reconsidered, as in Go, so that time is bounded by the product of the lengths. Source: Go
 * path/match.go. */
bool hcsref_path_match(hcsref_str pattern, hcsref_str name);

#endif
