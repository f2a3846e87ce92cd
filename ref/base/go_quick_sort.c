/* SPDX-License-Identifier: Apache-2.0 */
/* The quicksort of Go 1.18 and older, after Bentley and McIlroy, "Engineering a sort function". Written from the
 * algorithm; the recorded answers are of newer versions. Source: Go 1.18 src/sort sort.go quickSort, doPivot. */
#include "base/go_sort_parts.h"

/* From this many places on, the pivot is the median of three medians. */
#define MANY 40
/* How few places behind the second partition speak for many equal elements. */
#define FEW 5
/* The step of the Shell sort of a short range. */
#define STEP 6

/* Sorts three places, low, middle and high being any. */
static void sort_three(const hcsref_sorting *s, size_t middle, size_t low, size_t high) {
  if (hcsref_sort_less(s, middle, low))
    hcsref_sort_swap(s, middle, low);
  if (!hcsref_sort_less(s, high, middle))
    return;
  hcsref_sort_swap(s, high, middle);
  if (hcsref_sort_less(s, middle, low))
    hcsref_sort_swap(s, middle, low);
}

/* Brings a median to the front of the range. */
static void place_pivot(const hcsref_sorting *s, size_t begin, size_t middle, size_t end) {
  size_t last = end - 1;
  if (end - begin > MANY) {
    size_t eighth = (end - begin) / 8;
    sort_three(s, begin, begin + eighth, begin + 2 * eighth);
    sort_three(s, middle, middle - eighth, middle + eighth);
    sort_three(s, last, last - eighth, last - 2 * eighth);
  }
  sort_three(s, begin, middle, last);
}

/* [begin] is the pivot, [.., low) is less, [low, mid) not greater, [high, end) greater. */
typedef struct partition {
  size_t begin, low, mid, high, end;
} partition;

static void part(const hcsref_sorting *s, partition *p) {
  size_t pivot = p->begin;
  while (p->low < p->high && hcsref_sort_less(s, p->low, pivot))
    p->low++;
  p->mid = p->low;
  for (;;) {
    while (p->mid < p->high && !hcsref_sort_less(s, pivot, p->mid))
      p->mid++;
    while (p->mid < p->high && hcsref_sort_less(s, pivot, p->high - 1))
      p->high--;
    if (p->mid >= p->high)
      return;
    hcsref_sort_swap(s, p->mid++, --p->high);
  }
}

/* Looks at three places: are two of them equal to the pivot? Those are moved next to the greater ones. */
static bool finds_equal_ones(const hcsref_sorting *s, partition *p, size_t middle) {
  size_t pivot = p->begin, equal = 0;
  if (!hcsref_sort_less(s, pivot, p->end - 1)) {
    hcsref_sort_swap(s, p->high++, p->end - 1);
    equal++;
  }
  if (!hcsref_sort_less(s, p->mid - 1, pivot)) {
    p->mid--;
    equal++;
  }
  if (!hcsref_sort_less(s, middle, pivot)) {
    hcsref_sort_swap(s, middle, --p->mid);
    equal++;
  }
  return equal > 1;
}

static bool has_many_equal_ones(const hcsref_sorting *s, partition *p, size_t middle) {
  size_t behind = p->end - p->high;
  if (behind < FEW)
    return true;
  return behind < (p->end - p->begin) / 4 && finds_equal_ones(s, p, middle);
}

/* Moves what is equal to the pivot to the end of what is not greater. */
static void part_equal_ones(const hcsref_sorting *s, partition *p) {
  size_t pivot = p->begin;
  for (;;) {
    while (p->low < p->mid && !hcsref_sort_less(s, p->mid - 1, pivot))
      p->mid--;
    while (p->low < p->mid && hcsref_sort_less(s, p->low, pivot))
      p->low++;
    if (p->low >= p->mid)
      return;
    hcsref_sort_swap(s, p->low++, --p->mid);
  }
}

/* Afterwards [begin, *left) is less than the rest and [*right, end) greater. */
static void split(const hcsref_sorting *s, size_t begin, size_t end, size_t *left, size_t *right) {
  size_t middle = begin + (end - begin) / 2;
  partition p = {begin, begin + 1, 0, end - 1, end};
  place_pivot(s, begin, middle, end);
  part(s, &p);
  if (has_many_equal_ones(s, &p, middle))
    part_equal_ones(s, &p);
  hcsref_sort_swap(s, begin, p.mid - 1);
  *left = p.mid - 1;
  *right = p.high;
}

static void sort_short(const hcsref_sorting *s, size_t begin, size_t end) {
  for (size_t i = begin + STEP; i < end; i++)
    if (hcsref_sort_less(s, i, i - STEP))
      hcsref_sort_swap(s, i, i - STEP);
  hcsref_insertion_sort(s, begin, end);
}

// NOLINTNEXTLINE(misc-no-recursion): the shorter part; as deep as the logarithm of the length
void hcsref_quick_sort(const hcsref_sorting *s, size_t begin, size_t end, size_t limit) {
  while (end - begin > HCSREF_SORT_SHORT) {
    size_t left, right;
    if (limit-- == 0) {
      hcsref_heap_sort(s, begin, end);
      return;
    }
    split(s, begin, end, &left, &right);
    if (left - begin < end - right) {
      hcsref_quick_sort(s, begin, left, limit);
      begin = right;
    } else {
      hcsref_quick_sort(s, right, end, limit);
      end = left;
    }
  }
  sort_short(s, begin, end);
}
