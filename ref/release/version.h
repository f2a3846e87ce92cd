/* SPDX-License-Identifier: Apache-2.0 */
/* Versions in SemVer's order, and which of a change's releases a version has reached. */
#ifndef HCSREF_RELEASE_VERSION_H
#define HCSREF_RELEASE_VERSION_H

#include "hcsref/base.h"

/* "2.1.9", "0.15.0-rc.4"; "main" comes after all others. */
typedef struct hcsref_version {
  bool main;
  uint64_t major, minor, patch;
  hcsref_str pre; /* what follows "-"; empty for a release */
} hcsref_version;

/* False: the text is no version. `out->pre` points into it. */
bool hcsref_version_parse(hcsref_str text, hcsref_version *out);
/* By SemVer's precedence: negative, 0, positive. */
int hcsref_version_compare(const hcsref_version *a, const hcsref_version *b);
/* The same major.minor? "main" is a line of its own. */
bool hcsref_version_same_line(const hcsref_version *a, const hcsref_version *b);

/* Is a change of these lists (as in changes.def) in force in a release? Of the entries in `since` the newest line not
 * after the release's counts, and likewise in `until`; an `until` of an older line than that `since` is over. */
bool hcsref_version_in_force(const char *since, const char *until, const hcsref_version *release);

#endif
