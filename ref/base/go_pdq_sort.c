/* SPDX-License-Identifier: Apache-2.0 */
/* The pattern-defeating quicksort of Go 1.19 and newer, after Peters (arXiv 2106.05123). Source: Go src/sort
 * zsortinterface.go pdqsort. */
#include "base/go_sort_parts.h"

/* From this many places on, the pivot is a median of medians, and single elements out of place are put right. */
#define MANY 50
/* How many elements out of place are put right before that is given up. */
#define REPAIRS 5
/* Swaps of a median of three medians of a descending range. */
#define ALL_SWAPPED 12

typedef enum slope { UNKNOWN, ASCENDING, DESCENDING } slope;

/* ---- the pivot ------------------------------------------------------------------------------------------------- */

static void in_order(const hcsref_sorting *s, size_t *a, size_t *b, size_t *swaps) {
  size_t place = *a;
  if (!hcsref_sort_less(s, *b, *a))
    return;
  *a = *b;
  *b = place;
  (*swaps)++;
}

static size_t median(const hcsref_sorting *s, size_t a, size_t b, size_t c, size_t *swaps) {
  in_order(s, &a, &b, swaps);
  in_order(s, &b, &c, swaps);
  in_order(s, &a, &b, swaps);
  return b;
}

static size_t choose_pivot(const hcsref_sorting *s, size_t begin, size_t end, slope *found) {
  size_t quarter = (end - begin) / 4, swaps = 0;
  size_t a = begin + quarter, b = a + quarter, c = b + quarter;
  if (end - begin >= MANY) {
    a = median(s, a - 1, a, a + 1, &swaps);
    b = median(s, b - 1, b, b + 1, &swaps);
    c = median(s, c - 1, c, c + 1, &swaps);
  }
  b = median(s, a, b, c, &swaps);
  *found = swaps == 0 ? ASCENDING : swaps == ALL_SWAPPED ? DESCENDING : UNKNOWN;
  return b;
}

static void reverse(const hcsref_sorting *s, size_t begin, size_t end) {
  while (begin + 1 < end)
    hcsref_sort_swap(s, begin++, --end);
}

/* ---- what a bad balance and a good order call for ---------------------------------------------------------------- */

/* Marsaglia's xorshift; Go before 1.24 had the shifts of the 32-bit one. */
static uint64_t next_random(const hcsref_sorting *s, uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> (s->mixing ? 7 : 17);
  *state ^= *state << (s->mixing ? 17 : 5);
  return *state;
}

/* Exchanges three places in the middle with ones anywhere, the same for each length. */
static void break_patterns(const hcsref_sorting *s, size_t begin, size_t end) {
  size_t length = end - begin, middle = begin + length / 4 * 2;
  uint64_t state = length;
  size_t mask = 1;
  while (mask <= length)
    mask *= 2;
  mask--;
  for (size_t place = middle - 1; place <= middle + 1; place++) {
    size_t other = (size_t)next_random(s, &state) & mask;
    hcsref_sort_swap(s, place, begin + (other >= length ? other - length : other));
  }
}

static void sink_left(const hcsref_sorting *s, size_t from) {
  for (size_t i = from; i > 0 && hcsref_sort_less(s, i, i - 1); i--)
    hcsref_sort_swap(s, i, i - 1);
}

static void rise_right(const hcsref_sorting *s, size_t from, size_t end) {
  for (size_t i = from; i < end && hcsref_sort_less(s, i, i - 1); i++)
    hcsref_sort_swap(s, i, i - 1);
}

/* Puts right a few elements that are out of place; true when all is sorted then. As upstream, what sinks to the left
 * may pass `begin`: what stands there is not greater. */
static bool repair(const hcsref_sorting *s, size_t begin, size_t end) {
  size_t i = begin + 1;
  for (int repairs = 0; repairs < REPAIRS; repairs++) {
    while (i < end && !hcsref_sort_less(s, i, i - 1))
      i++;
    if (i == end)
      return true;
    if (end - begin < MANY)
      return false;
    hcsref_sort_swap(s, i, i - 1);
    if (i - begin >= 2)
      sink_left(s, i - 1);
    if (end - i >= 2)
      rise_right(s, i + 1, end);
  }
  return false;
}

/* ---- partitions -------------------------------------------------------------------------------------------------- */

/* Moves `*left` and `*right` towards each other, to the next two that stand on the wrong side of [begin]; false when
 * they have met. */
static bool next_pair(const hcsref_sorting *s, size_t begin, size_t *left, size_t *right) {
  while (*left <= *right && hcsref_sort_less(s, *left, begin))
    (*left)++;
  while (*left <= *right && !hcsref_sort_less(s, *right, begin))
    (*right)--;
  return *left <= *right;
}

/* Less than the pivot, the pivot at the place that is returned, and the rest. */
static size_t part(const hcsref_sorting *s, size_t begin, size_t end, size_t pivot, bool *was_parted) {
  size_t left = begin + 1, right = end - 1;
  *was_parted = true;
  hcsref_sort_swap(s, begin, pivot);
  while (next_pair(s, begin, &left, &right)) {
    *was_parted = false;
    hcsref_sort_swap(s, left++, right--);
  }
  hcsref_sort_swap(s, right, begin);
  return right;
}

/* For a range that holds nothing less than the pivot: equal to it, then the rest, which begins where is returned. */
static size_t part_equal_ones(const hcsref_sorting *s, size_t begin, size_t end, size_t pivot) {
  size_t left = begin + 1, right = end - 1;
  hcsref_sort_swap(s, begin, pivot);
  for (;;) {
    while (left <= right && !hcsref_sort_less(s, begin, left))
      left++;
    while (left <= right && hcsref_sort_less(s, begin, right))
      right--;
    if (left > right)
      return left;
    hcsref_sort_swap(s, left++, right--);
  }
}

/* ---- the whole ---- */

/* A range, and how its last partition went. */
typedef struct range {
  size_t begin, end;
  bool balanced, parted;
} range;

/* Chooses a pivot; true when the range is sorted then. */
static bool prepare(const hcsref_sorting *s, const range *r, size_t *pivot) {
  slope found;
  *pivot = choose_pivot(s, r->begin, r->end, &found);
  if (found == DESCENDING) {
    reverse(s, r->begin, r->end);
    *pivot = r->end - 1 - (*pivot - r->begin);
  }
  return found != UNKNOWN && r->balanced && r->parted && repair(s, r->begin, r->end);
}

/* Sorts the shorter part; the longer one is left. */
// NOLINTNEXTLINE(misc-no-recursion): the shorter part; as deep as the logarithm of the length
static void sort_shorter_part(const hcsref_sorting *s, range *r, size_t pivot, size_t limit) {
  size_t eighth = (r->end - r->begin) / 8;
  size_t place = part(s, r->begin, r->end, pivot, &r->parted);
  size_t left = place - r->begin, right = r->end - place;
  if (left < right) {
    r->balanced = left >= eighth;
    hcsref_pdq_sort(s, r->begin, place, limit);
    r->begin = place + 1;
  } else {
    r->balanced = right >= eighth;
    hcsref_pdq_sort(s, place + 1, r->end, limit);
    r->end = place;
  }
}

// NOLINTNEXTLINE(misc-no-recursion): the shorter part; as deep as the logarithm of the length
void hcsref_pdq_sort(const hcsref_sorting *s, size_t begin, size_t end, size_t limit) {
  range r = {begin, end, true, true};
  while (r.end - r.begin > HCSREF_SORT_SHORT) {
    size_t pivot;
    if (limit == 0) {
      hcsref_heap_sort(s, r.begin, r.end);
      return;
    }
    if (!r.balanced) {
      break_patterns(s, r.begin, r.end);
      limit--;
    }
    if (prepare(s, &r, &pivot))
      return;
    if (r.begin > 0 && !hcsref_sort_less(s, r.begin - 1, pivot))
      r.begin = part_equal_ones(s, r.begin, r.end, pivot);
    else
      sort_shorter_part(s, &r, pivot, limit);
  }
  hcsref_insertion_sort(s, r.begin, r.end);
}
