/* SPDX-License-Identifier: Apache-2.0 */
/** @file One golden case: what it asks and what is expected. */
#ifndef KIT_RUN_CASES_CASE_H
#define KIT_RUN_CASES_CASE_H

#include "compare/tree.h"
#include "hcsref/profile.h"

typedef enum kit_level { KIT_MUST, KIT_SHOULD, KIT_MAY } kit_level;

/** A case; everything in it lives as long as the arena and the text it was read from. */
typedef struct kit_case {
  hcsref_str id, area; /**< area: the part of the id before its first slash */
  hcsref_str file;     /**< where it was read; `line` is 0 when the file holds nothing else */
  uint64_t line;
  hcsref_str title, why, op; /**< title and why may be empty */
  kit_level level;           /**< where the case says none: by operation and tags (level.h) */
  bool says_level;
  bool has_title; /**< its own; else one was made of question and answer */
  const kit_json *profiles, *recorded, *tags, *upstream, *links; /**< arrays or null */
  const kit_json *tree;                                          /**< the whole case */
  hcsref_str params;                        /**< on one line, numbers and strings spelt as in the file */
  const kit_json *ok;                       /**< the expected payload; null when an error is expected */
  hcsref_str ok_text;                       /**< its bytes: `text`, or the canonical encoding of `ok` */
  hcsref_str ok_canonical;                  /**< `ok_text` where it is the encoding, else empty */
  hcsref_str code, message, message_prefix; /**< of the expected error; empty: any */
  const kit_json *requests;                 /**< what had been asked before the error, or null */
  const kit_json *host_calls;               /**< the expected questions to the host, or null */
  hcsref_str unanswered; /**< why there is nothing to compare an answer with, so that none is asked for; empty: there is
                            something */
} kit_case;

/** "must", "should", "may". */
const char *kit_level_name(kit_level level);
bool kit_level_from_name(hcsref_str name, kit_level *out);

/** Reads a case from its JSON text. `id` is used when the text has none of its own. Errors: "json-syntax",
 * "case-form" (`where` points at the wrong or missing field), those of kit_repeats_write_out. */
bool kit_case_read(hcsref_arena *arena, hcsref_str text, hcsref_str id, kit_case *out, hcsref_error *err);
/** Reads a case without what only a case that is played needs: `params` and `ok_text` have no data, and `title` is
 * empty where the case has none. Errors as of kit_case_read: the whole form is checked. */
bool kit_case_scan(hcsref_arena *arena, hcsref_str text, hcsref_str id, kit_case *out, hcsref_error *err);
/** Writes what is missing of `params` and `ok_text`. False: out of memory. */
bool kit_case_complete(hcsref_arena *arena, kit_case *c);
/** Makes a title of question and answer where the case has none; it must be complete. False: out of memory. */
bool kit_case_make_title(hcsref_arena *arena, kit_case *c);
/** Puts another expectation, the text of a case's `expect`, into the place of its own; the text must live as long as
 * the case. Errors as of kit_case_read. */
bool kit_case_expect(hcsref_arena *arena, kit_case *c, hcsref_str expect, hcsref_error *err);
/** The program of `profile` that performs the operation (any, for one that the kit does not know);
 * HCSREF_PROGRAM_COUNT when the profile has none. */
int kit_performer_of(hcsref_str op, const hcsref_profile *profile);
/** Does the case hold for `profile`? One of its ranges must, through the program that performs the operation (any
 * program, for an operation that the kit does not know). A case that names none is meant for the baseline. */
bool kit_case_in_profile(const kit_case *c, const hcsref_profile *profile);

#endif
