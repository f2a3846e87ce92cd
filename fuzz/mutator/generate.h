/* SPDX-License-Identifier: Apache-2.0 */
/** @file Random JSON by table. */
#ifndef FUZZ_MUTATOR_GENERATE_H
#define FUZZ_MUTATOR_GENERATE_H

#include "hcsref/json.h"

/** A source of numbers that depends on its seed alone. */
typedef struct random_source {
  uint64_t state;
} random_source;

void random_seed(random_source *source, unsigned seed);
/** A number below `bound`, which is not 0. */
size_t random_below(random_source *source, size_t bound);
/** True once in `n`. */
bool random_one_in(random_source *source, size_t n);

/** Text of bounded length; what does not fit is dropped and `full` set. */
typedef struct bounded_text {
  char *data;
  size_t len, room;
  bool full;
} bounded_text;

void bounded_append(bounded_text *out, const char *data, size_t len);
/** As the inside of a JSON string: quotes, backslashes and control characters escaped, other bytes as they are. */
void bounded_append_escaped(bounded_text *out, const char *data, size_t len);

/** A value of `type` (null: any JSON). `key` is that of the value, for a guess at what its strings are; `depth` how
 * much deeper it may go. */
void generate_value(bounded_text *out, random_source *random, const hcsref_type *type, hcsref_str key, int depth);
/** A key of an object of `type`: a field's name or alias, or for maps a word; with quotes. `*value` is the table of
 * the member's value, or null. */
void generate_key(bounded_text *out, random_source *random, const hcsref_type *type, hcsref_str key,
                  const hcsref_type **value);
/** A string for that key, without quotes and escaped. */
void generate_string(bounded_text *out, random_source *random, hcsref_str key);
/** A word of any list, escaped. */
void generate_word(bounded_text *out, random_source *random, int list);

#endif
