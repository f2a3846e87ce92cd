/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Where cases come from: files with one case (.json), files with one case per line (.jsonl, where lines may name
 * values: values.h), and folders of both. They are read one after the other as they are needed, never all at once.
 */
#ifndef KIT_RUN_CASES_SOURCE_H
#define KIT_RUN_CASES_SOURCE_H

#include "platform/folder.h"
#include "run/cases/case.h"

/** Longest file or line that is read as a case. */
#define KIT_CASE_LIMIT ((size_t)64 << 20)

/** The folder that the suite is looked for in when no cases are named, its list of contents, and its map from
 * upstream's branches to cases. */
#define KIT_SUITE_FOLDER   "golden"
#define KIT_SUITE_MANIFEST "manifest.json"
#define KIT_SUITE_BRANCHES "branches.json"
/** The newest `format` of manifests that this kit reads, which has named values; a suite without one is of format 1. */
#define KIT_SUITE_FORMAT 3
/** The format of a suite without named values. */
#define KIT_SUITE_FORMAT_PLAIN 2

typedef struct kit_source kit_source;

typedef enum kit_next {
  KIT_NEXT_CASE,
  KIT_NEXT_END,
  KIT_NEXT_ERROR,
  KIT_NEXT_WAIT /**< none now: the next one depends on results that are not known yet */
} kit_next;

/** Whatever gives cases one after the other, as kit_source_next does. */
typedef struct kit_feed {
  kit_next (*next)(void *context, hcsref_arena *arena, kit_case *out, hcsref_error *err);
  void *context;
} kit_feed;

/** Null: out of memory. */
kit_source *kit_source_new(void);
void kit_source_free(kit_source *source);
/** From now on cases are as of kit_case_scan: for whoever leaves most of them out. */
void kit_source_scan_only(kit_source *source);
/** Adds a file or folder; a folder's files in the order of their names, without manifest.json, branches.json and
 * hidden ones. Links are followed, and a folder is gone into once, whatever leads to it. False: `message` says which
 * file and why. */
bool kit_source_add(kit_source *source, const char *path, char *message, size_t size);
/** The folder with a manifest that `path` is or is in, into `out`. False: there is none. */
bool kit_suite_of(const char *path, char *out, size_t size);
/** The files that were added and found, in the order in which they are read. */
size_t kit_source_file_count(const kit_source *source);
const char *kit_source_file(const kit_source *source, size_t index);
/** Reads the next case into `arena`. KIT_NEXT_ERROR: `err` says file, line and field; the next call goes on behind
 * it. */
kit_next kit_source_next(kit_source *source, hcsref_arena *arena, kit_case *out, hcsref_error *err);
/** The source as a feed; it never waits. */
kit_feed kit_source_feed(kit_source *source);
/** Starts again with the first file. */
void kit_source_rewind(kit_source *source);

/** The whole of a file of at most KIT_CASE_LIMIT bytes. */
bool kit_read_file(hcsref_arena *arena, const char *path, hcsref_str *out, hcsref_error *err);

#endif
