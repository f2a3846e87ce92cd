/* SPDX-License-Identifier: Apache-2.0 */
/* Go's sort.Sort: where equal elements end up. */
#include "base/go_sort.h"
#include "base/go_sort_parts.h"
#include "support.h"

#define MOST 600

static void equal_elements_go_where_go_puts_them(void **state) {
  static const struct {
    hcsref_go_sorter sorter;
    size_t count, keys[15], order[15];
  } rows[] = {
      {HCSREF_GO_SORT_QUICK, 7, {2, 1, 1, 1, 1, 1, 1}, {6, 1, 2, 3, 4, 5, 0}},
      {HCSREF_GO_SORT_PDQ, 7, {2, 1, 1, 1, 1, 1, 1}, {1, 2, 3, 4, 5, 6, 0}},
      {HCSREF_GO_SORT_QUICK, 7, {2, 2, 2, 2, 2, 2, 1}, {6, 1, 2, 3, 4, 5, 0}},
      {HCSREF_GO_SORT_PDQ, 7, {2, 2, 2, 2, 2, 2, 1}, {6, 0, 1, 2, 3, 4, 5}},
      {HCSREF_GO_SORT_QUICK, 12, {2, 3, 1, 2, 1, 3, 1, 2, 1, 3, 2, 1}, {6, 2, 4, 11, 8, 7, 3, 0, 10, 1, 9, 5}},
      {HCSREF_GO_SORT_PDQ, 12, {2, 3, 1, 2, 1, 3, 1, 2, 1, 3, 2, 1}, {2, 4, 6, 8, 11, 0, 3, 7, 10, 1, 5, 9}},
      {HCSREF_GO_SORT_PDQ, 13, {2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2}, {9, 1, 3, 5, 7, 11, 2, 4, 6, 8, 0, 10, 12}},
      {HCSREF_GO_SORT_PDQ,
       15,
       {2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2},
       {9, 7, 13, 3, 11, 5, 1, 8, 6, 0, 10, 4, 12, 2, 14}},
      {HCSREF_GO_SORT_PDQ_MIXING,
       15,
       {2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2},
       {9, 7, 13, 3, 11, 5, 1, 4, 6, 0, 10, 8, 12, 2, 14}},
  };
  size_t order[15];
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_go_sort(rows[i].sorter, rows[i].keys, rows[i].count, order);
    for (size_t k = 0; k < rows[i].count; k++)
      assert_int_equal(order[k], rows[i].order[k]);
  }
}

/* The i-th of `count` keys, by pattern. */
static size_t make_key(int pattern, size_t i, size_t count, uint64_t *random) {
  *random = *random * 6364136223846793005u + 1442695040888963407u;
  switch (pattern) {
  case 0:
    return (size_t)(*random >> 33);
  case 1:
    return (size_t)(*random >> 33) % 4;
  case 2:
    return count - i;
  case 3:
    return i == count / 2 ? 0 : i; /* one out of place */
  case 4:
    return i % 7 * 1000 + i; /* a saw */
  default:
    return (size_t)(*random >> 33) % 3 == 0 ? i : count - i;
  }
}

static void check_sorted(const size_t *keys, const size_t *order, size_t count) {
  bool seen[MOST] = {false};
  for (size_t i = 0; i < count; i++) {
    assert_in_range(order[i], 0, count - 1);
    assert_false(seen[order[i]]);
    seen[order[i]] = true;
    if (i > 0)
      assert_true(keys[order[i - 1]] <= keys[order[i]]);
  }
}

static void every_list_is_sorted(void **state) {
  static const hcsref_go_sorter sorters[] = {HCSREF_GO_SORT_QUICK, HCSREF_GO_SORT_PDQ, HCSREF_GO_SORT_PDQ_MIXING};
  size_t keys[MOST], order[MOST];
  uint64_t random = 1;
  (void)state;
  for (size_t count = 0; count <= MOST; count = count < 60 ? count + 1 : count * 2)
    for (int pattern = 0; pattern < 6; pattern++) {
      for (size_t i = 0; i < count; i++)
        keys[i] = make_key(pattern, i, count, &random);
      for (size_t s = 0; s < COUNT_OF(sorters); s++) {
        hcsref_go_sort(sorters[s], keys, count, order);
        check_sorted(keys, order, count);
      }
    }
}

/* Allowed no bad partition, each takes the heap at once. */
static void bad_partitions_end_in_a_heap(void **state) {
  static const size_t keys[14] = {2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1};
  size_t by_heap[14], by_quick[14], by_pdq[14];
  const hcsref_sorting heap = {keys, by_heap, false}, quick = {keys, by_quick, false}, pdq = {keys, by_pdq, false};
  (void)state;
  for (size_t i = 0; i < 14; i++)
    by_heap[i] = by_quick[i] = by_pdq[i] = i;
  hcsref_heap_sort(&heap, 0, 14);
  hcsref_quick_sort(&quick, 0, 14, 0);
  hcsref_pdq_sort(&pdq, 0, 14, 0);
  check_sorted(keys, by_heap, 14);
  assert_memory_equal(by_quick, by_heap, sizeof by_heap);
  assert_memory_equal(by_pdq, by_heap, sizeof by_heap);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equal_elements_go_where_go_puts_them),
      cmocka_unit_test(every_list_is_sorted),
      cmocka_unit_test(bad_partitions_end_in_a_heap),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
