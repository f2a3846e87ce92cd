/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The words of the field: what the mutator writes into strings and what the dictionaries hold besides the keys of the
 * tables. All are plain texts, not yet escaped.
 */
#ifndef FUZZ_MUTATOR_WORDS_H
#define FUZZ_MUTATOR_WORDS_H

#include <stddef.h>

typedef enum word_list {
  WORDS_ANNOTATION, /**< keys of annotations */
  WORDS_VALUE,      /**< of annotations, options, kinds: words that something is compared with */
  WORDS_PATH,
  WORDS_PIECE, /**< of paths */
  WORDS_PIPE,
  WORDS_GUID,
  WORDS_NUMBER,
  WORDS_TIME,
  WORDS_LISTS
} word_list;

/** The words of a list, and how many there are. */
const char *const *words_of(word_list list, size_t *count);

/** The list from which a string with this key is best filled; -1: any. */
int words_for_key(const char *key, size_t len);

#endif
