/* SPDX-License-Identifier: Apache-2.0 */
/* What a misspelt word was meant to be: the fewest insertions, deletions, replacements and swaps of neighbours
 * (optimal string alignment). */
#include "cli/options.h"

#include <string.h>

#define LONGEST 40

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

/* No fewer steps than this: each changes the length by one at the most. */
static size_t least_distance(size_t a_length, size_t b_length) {
  return a_length > b_length ? a_length - b_length : b_length - a_length;
}

static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length) {
  size_t rows[3][LONGEST + 1]; /* the current row and the two before it, taken in turn */
  for (size_t j = 0; j <= b_length; j++)
    rows[0][j] = j;
  for (size_t i = 1; i <= a_length; i++) {
    size_t *row = rows[i % 3];
    const size_t *above = rows[(i + 2) % 3];
    const size_t *above_that = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b_length; j++) {
      row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]), least(above[j], row[j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = least(row[j], above_that[j - 2] + 1);
    }
  }
  return rows[a_length % 3][b_length];
}

const char *cli_nearest(const char *word, const char *const *names) {
  size_t length = strlen(word);
  const char *nearest = NULL;
  size_t best = length / 4 + 2; /* one slip in a short word, more in a long one */
  if (length == 0 || length > LONGEST)
    return NULL;
  for (; *names != NULL; names++) {
    size_t name_length = strlen(*names);
    size_t steps;
    if (name_length > LONGEST)
      continue;
    if (name_length > length && length > 2 && memcmp(*names, word, length) == 0)
      steps = 1;
    else if (least_distance(length, name_length) < best)
      steps = distance(word, length, *names, name_length);
    else
      continue;
    if (steps < best) {
      best = steps;
      nearest = *names;
    }
  }
  return nearest;
}
