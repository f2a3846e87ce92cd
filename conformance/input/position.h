/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Where in a file something is: a JSON pointer or a byte becomes a line and a column of the file as its author sees it,
 * whether that is JSON or YAML, in UTF-8 or UTF-16, with or without a byte-order mark.
 */
#ifndef HCSPROOF_INPUT_POSITION_H
#define HCSPROOF_INPUT_POSITION_H

#include "compare/tree.h"
#include "hcsref/json.h"

#include <stdio.h>

/** A stretch of a text. Lines and columns count from 1, columns in characters; line 0: the place is not known. */
typedef struct input_place {
  uint64_t line, column;
  size_t offset, length; /**< bytes of the text as UTF-8 */
} input_place;

/** How a file is written. */
typedef enum input_encoding { INPUT_UTF8, INPUT_UTF8_MARK, INPUT_UTF16 } input_encoding;

/** Where the last index into a list led: who goes through a list from its front begins there; and where the last name
 * in an object led: a key that is there a thousand times has a thousand findings of one pointer. */
typedef struct input_finger {
  const kit_json *list, *child;
  size_t index;
  const kit_json *object, *member;
} input_finger;

/** A file's text and what leads from its values back to it. Lives in the arena that it was read into and points into
 * the bytes that were read. */
typedef struct input_map {
  hcsref_str text; /**< as UTF-8, without a byte-order mark */
  input_encoding encoding;
  bool yaml;
  hcsref_str json;      /**< the text, or what YAML means */
  kit_json *tree;       /**< of `json`; null when it could not be read */
  input_place problem;  /**< after a failure: where */
  const char *hint;     /**< after a failure: what may be the matter, a sentence without its full stop; else null */
  hcsref_str bytes;     /* what was read */
  input_finger *finger; /**< null: none */
  hcsref_slice marks;   /* of input_mark, by YAML */
  hcsref_slice stops;   /* every STOP bytes: where in the text that is */
} input_map;

/** Reads a file: its encoding, JSON or YAML. `type` says what strings are in YAML, or is null. On failure `map` has the
 * text, the place and a hint, and the error's message names no place of its own. Errors: "input-encoding",
 * "json-syntax", "json-depth", "yaml-syntax", "yaml-depth", "yaml-size", "out-of-memory". */
bool input_map_read(hcsref_arena *arena, hcsref_str bytes, const hcsref_type *type, input_map *map, hcsref_error *err);

/** A text alone, for places in it: UTF-8 without a mark, and no tree. False: out of memory. */
bool input_map_text(hcsref_arena *arena, hcsref_str text, input_map *map);

/** Where an error of the codec, of a stage or of YAML is in the file that it is about: syntax errors by the byte,
 * others by their pointer. `map`, read or zeroed, is read anew when it is not of these bytes; the excerpt is printed
 * from it, and its hint is that of a syntax error. False: no memory, or nowhere. */
bool input_locate_error(hcsref_arena *arena, hcsref_str bytes, const hcsref_error *error, input_map *map,
                        input_place *place);

/** What a pointer leads to; of keys that are there twice the last. An object or array is shown by its key, so is
 * everything when `key` says so. False: the place is that of the innermost value which is there. */
bool input_locate(const input_map *map, hcsref_str pointer, bool key, input_place *place);

/** A stretch of the text, in bytes. */
input_place input_place_at(const input_map *map, size_t offset, size_t length);

/** Prints the line and under it a caret, with waves below the rest of the place; a long line is cut on both sides. */
void input_print_excerpt(FILE *out, const input_map *map, const input_place *place);

#endif
