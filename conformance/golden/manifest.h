/* SPDX-License-Identifier: Apache-2.0 */
/** @file The text of a suite's manifest, golden/manifest.json. */
#ifndef KIT_GOLDEN_MANIFEST_H
#define KIT_GOLDEN_MANIFEST_H

#include "hcsref/base.h"

#include <jansson.h>

/** Longest name of a listed file, with its folder. */
#define GOLDEN_LONGEST_FILE ((size_t)500)

/** Reads a manifest: an object whose `files`, `renames` and `tombstones`, where they are there, are objects of strings,
 * whose `counts` and `profiles` are objects and whose `suite` and `version` are strings. What `files` lists is a file
 * of a suite, FOLDER/NAME.json or FOLDER/NAME.jsonl, so that no manifest leads out of its folder. Null: `message` says
 * what is wrong and where. */
json_t *golden_manifest_read(hcsref_str text, char *message, size_t size);
/** Its text, members in the order of the documentation; to be freed. Null: out of memory. */
char *golden_manifest_text(const json_t *manifest);

/** What the suite's manifest at `path` lists: an object of digests by file, to be released. Null: there is none, or it
 * is none of a suite; then the reason was told. */
json_t *golden_digests(const char *path);

#endif
