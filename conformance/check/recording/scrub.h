/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What a recording should not be shared with: the values of environments, and credentials. hcsshim keeps the same out
 * of its logs (internal/log/scrub.go).
 */
#ifndef KIT_CHECK_RECORDING_SCRUB_H
#define KIT_CHECK_RECORDING_SCRUB_H

#include "compare/tree.h"
#include "hcsref/json.h"

/** What stands in the place of a secret. */
#define SCRUBBED "<scrubbed>"

/** A stretch of a text that holds a secret. */
typedef struct scrub_secret {
  hcsref_str raw;   /**< a whole JSON value of the text */
  hcsref_str value; /**< the secret as plain text; empty: it has too many or none */
  hcsref_str by;    /**< the JSON text that takes its place */
} scrub_secret;

/** Secrets of a text, in the order of their places. Zero bytes and an arena: none so far. */
typedef struct scrub_list {
  hcsref_arena *arena;
  hcsref_slice secrets; /* []scrub_secret */
  bool failed;          /**< there was no memory */
} scrub_list;

/** Adds the secrets of a tree: what is below a member Environment or env, a credential, password, token and the like;
 * those of documents that are strings in it; and such strings as a whole when they cannot be read. */
void scrub_find(scrub_list *list, const kit_json *tree);
/** Is something below a pointer with these names a secret? */
bool scrub_is_secret(hcsref_str pointer);

/** The text with every secret of the list that lies in it replaced. False: out of memory. */
bool scrub_replace(const scrub_list *list, hcsref_str text, hcsref_str *out);
/** The text with an asterisk for every byte of a secret of the list that lies in it: places stay where they are. */
bool scrub_mask(const scrub_list *list, hcsref_str text, hcsref_str *out);
/** Any text with the secrets replaced wherever they are mentioned. */
bool scrub_message(const scrub_list *list, hcsref_str text, hcsref_str *out);
/** The JSON text of a value at `pointer`, scrubbed. */
bool scrub_value(hcsref_arena *arena, hcsref_str pointer, hcsref_str text, hcsref_str *out);

/** A line of a recording as it can be shared, without its end. One that is no JSON keeps nothing but its length. */
bool scrub_line(hcsref_arena *arena, hcsref_str line, hcsref_buf *out);

#endif
