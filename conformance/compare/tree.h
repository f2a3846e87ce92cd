/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A JSON value as it was written: nothing that a comparison could need is lost. General JSON libraries round
 * large integers, forget how a number was spelt, keep one of several equal keys, refuse bad UTF-8 or lone
 * surrogates; here all of that is a fact of the tree.
 *
 * Nodes live in the caller's arena and point into the parsed text, which must live as long.
 */
#ifndef KIT_COMPARE_TREE_H
#define KIT_COMPARE_TREE_H

#include "hcsref/base.h"

/** Deepest nesting that is read: what encoding/json accepts, and room for the frame around a payload. Nothing that
 * walks over a whole tree recurses, but for what looks into values: comparison and lint, which go KIT_WALK_DEPTH levels
 * deep, ten times as deep as any document of the service, and so get along with 512 kB of stack. */
#define KIT_JSON_MAX_DEPTH 10100
#define KIT_WALK_DEPTH     256

typedef enum kit_json_kind {
  KIT_JSON_NULL,
  KIT_JSON_BOOL,
  KIT_JSON_NUMBER,
  KIT_JSON_STRING,
  KIT_JSON_ARRAY,
  KIT_JSON_OBJECT
} kit_json_kind;

/** One value, and its key when it is a member. */
typedef struct kit_json {
  kit_json_kind kind;
  bool bad_utf8 : 1;  /**< of the root: some string or key holds bytes that are not UTF-8 */
  bool spaced : 1;    /**< white space stands between its tokens */
  bool odd : 1;       /**< a string or key in it may be spelt otherwise than encoding/json spells it, < > & aside */
  uint16_t names;     /**< of an object: the members' names, a bit for each beginning and length; see kit_json_get */
  hcsref_str raw;     /**< the value's exact text */
  hcsref_str text;    /**< of a string: unescaped. Bad bytes stay; a lone surrogate is its three bytes */
  hcsref_str key;     /**< of a member: unescaped, as `text` */
  hcsref_str raw_key; /**< of a member: with its quotes */
  size_t count;       /**< of an array or object: how many children */
  struct kit_json *first, *last;
  struct kit_json *next; /**< the next child of the same parent */
  struct kit_json *up;   /**< the parent, or null */
} kit_json;

/** Reads `text`: one value and white space. Errors: "json-syntax" (the message says what and at which byte),
 * "json-depth", "out-of-memory". */
bool kit_json_parse(hcsref_arena *arena, hcsref_str text, kit_json **out, hcsref_error *err);
/** The same of one value or several, one after another: those are the children of an array that nobody wrote. */
bool kit_json_parse_several(hcsref_arena *arena, hcsref_str text, kit_json **out, hcsref_error *err);
/** What a member of the root may well be. */
typedef struct kit_json_known {
  hcsref_str key;
  hcsref_str value; /**< JSON in UTF-8 without white space; empty: nothing is known */
} kit_json_known;

/** As kit_json_parse; but a member that is as `known` says is not looked into: it has its kind and `raw`, but neither
 * children nor, as a string, `text`. */
bool kit_json_parse_known(hcsref_arena *arena, hcsref_str text, kit_json_known known, kit_json **out,
                          hcsref_error *err);
/** Reads one value, but a failure's byte is in `*offset` and not in the message. */
bool kit_json_parse_at(hcsref_arena *arena, hcsref_str text, kit_json **out, size_t *offset, hcsref_error *err);
/** The first member of that name; null when there is none, or when `object` is null or no object. */
const kit_json *kit_json_get(const kit_json *object, const char *key);
/** The string at `key`; the empty string when there is none. */
hcsref_str kit_json_get_string(const kit_json *object, const char *key);
/** Does `node` (which may be null) hold a whole number in range? Fills `*out` if so. */
bool kit_json_uint(const kit_json *node, uint64_t *out);
/** Is it `true`? Null: no. */
bool kit_json_is_true(const kit_json *node);
/** "an object", "an array", "a string", "a number", "a boolean", "null". */
const char *kit_json_kind_name(kit_json_kind kind);

#endif
