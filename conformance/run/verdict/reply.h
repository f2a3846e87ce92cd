/* SPDX-License-Identifier: Apache-2.0 */
/** @file A testee's frames (hcsproof help protocol). */
#ifndef KIT_RUN_VERDICT_REPLY_H
#define KIT_RUN_VERDICT_REPLY_H

#include "compare/tree.h"
#include "hcsref/profile.h"

/** The version of the protocol that this kit speaks. */
#define KIT_PROTOCOL_VERSION 1

typedef enum kit_reply_kind { KIT_REPLY_NONE, KIT_REPLY_OK, KIT_REPLY_ERROR, KIT_REPLY_UNSUPPORTED } kit_reply_kind;

typedef struct kit_reply {
  kit_reply_kind kind;
  bool has_id;
  uint64_t id;
  const kit_json *ok;         /**< of KIT_REPLY_OK */
  hcsref_str code, message;   /**< of KIT_REPLY_ERROR; empty when not given */
  hcsref_str reason;          /**< of KIT_REPLY_UNSUPPORTED */
  const kit_json *host_calls; /**< or null */
  const kit_json *requests;   /**< of KIT_REPLY_ERROR: what had been asked before, or null */
  hcsref_str text;            /**< the whole answer */
  bool bad_utf8;
  const char *breach; /**< what is wrong with the frame; null: nothing */
} kit_reply;

/** Reads an answer; `line` must live as long as the reply. False: it is no JSON object, and `err` says why. A frame
 * that is one but breaks the protocol is read as far as it goes, and `breach` says what is wrong. */
bool kit_reply_read(hcsref_arena *arena, hcsref_str line, kit_reply *out, hcsref_error *err);
/** The same of an answer that may well be `ok` with this payload, in JSON and UTF-8 without white space: if it is,
 * there is nothing in `out->ok` but its text. */
bool kit_reply_read_expected(hcsref_arena *arena, hcsref_str line, hcsref_str payload, kit_reply *out,
                             hcsref_error *err);

/** What a testee says of itself. */
typedef struct kit_hello {
  uint64_t protocol;
  hcsref_str name, version, language;
  const kit_json *ops, *profiles; /**< arrays or null: all */
  hcsref_str profile;             /**< which profile it answers as; may be empty */
  const kit_json *releases;       /**< which release of each program it is, or null */
} kit_hello;

/** Reads the testee's hello. False: `err` says what is wrong with it, for the user. */
bool kit_hello_read(hcsref_arena *arena, hcsref_str line, kit_hello *out, hcsref_error *err);
/** Appends the runner's hello, with its line end: with `named` the profile and the release of each of its programs. */
void kit_hello_append(hcsref_buf *buf, const hcsref_profile *profile, bool named);
/** Appends a question, with its line end. */
void kit_question_append(hcsref_buf *buf, uint64_t id, hcsref_str op, hcsref_str params);

#endif
