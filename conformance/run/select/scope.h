/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What was played of what. "It conforms" says nothing without it: a report names the suite, its version and digest,
 * whether its files are those that its manifest lists, and how many of its cases were chosen, and by what.
 */
#ifndef KIT_RUN_SELECT_SCOPE_H
#define KIT_RUN_SELECT_SCOPE_H

#include "io/sha256.h"
#include "run/cases/home.h"

/** A folder with a manifest. */
typedef struct kit_suite_id {
  const char *path;
  hcsref_str version; /**< empty: the manifest names none */
  kit_digest digest;  /**< SHA-256 of the manifest, which lists that of every file */
  uint64_t changed;   /**< files that are not as the manifest says: other bytes, not listed, or missing */
} kit_suite_id;

typedef struct kit_scope {
  kit_suite_id *suites;
  size_t suite_count;
  uint64_t total;           /**< cases that there are for the profile; 0: as many as were played */
  hcsref_str filters;       /**< what chose among them, as on a command line: "--op dump-type"; empty: nothing did */
  hcsref_str compared_with; /**< whose answers are expected: "NAME VERSION"; empty: what the cases expect is */
} kit_scope;

/** Reads the manifests of the suites. False: out of memory. */
bool kit_scope_identify(hcsref_arena *arena, const kit_home *home, kit_scope *scope);
/** How many cases there were to choose from, when `played` of them were played. */
uint64_t kit_scope_total(const kit_scope *scope, uint64_t played);
/** Appends "suite 0.1.0 (sha256 0123456789ab): 13 of 1819 cases (--op dump-type)", on one line. */
void kit_scope_append(hcsref_buf *buf, const kit_scope *scope, uint64_t played);

#endif
