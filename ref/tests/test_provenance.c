/* SPDX-License-Identifier: Apache-2.0 */
/* Which note covers a field: the last of all, however many there are. */
#include "support.h"

#include "hcsref/provenance.h"

#define FEW  300
#define MANY 200000

static unsigned char bytes[MANY + 64];

/* A number that looks like any, from the one before it. */
static uint32_t next(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

typedef struct stretch {
  size_t at, size;
} stretch;

static const stretch *last_around(const stretch *all, size_t count, size_t at, size_t size) {
  for (size_t i = count; i > 0; i--)
    if (all[i - 1].at <= at && at + size <= all[i - 1].at + all[i - 1].size)
      return &all[i - 1];
  return NULL;
}

static void the_last_note_around_a_field_counts(void **state) {
  stretch all[FEW];
  uint32_t random = 1;
  hcsref_arena arena;
  hcsref_provenance *notes;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  notes = hcsref_provenance_new(&arena);
  assert_null(hcsref_provenance_find(notes, bytes, 1));
  for (size_t i = 0; i < FEW; i++) {
    all[i].at = next(&random) % 500;
    all[i].size = next(&random) % (i % 10 == 0 ? 200 : 12);
    hcsref_provenance_note(notes, bytes + all[i].at, all[i].size, "rule", "/%u", (uint64_t)i);
    for (size_t j = 0; j < 40; j++) {
      size_t at = next(&random) % 520, size = next(&random) % 8;
      const stretch *wanted = last_around(all, i + 1, at, size);
      const hcsref_origin *found = hcsref_provenance_find(notes, bytes + at, size);
      if (wanted == NULL)
        assert_null(found);
      else
        assert_ptr_equal(found->field, bytes + wanted->at);
    }
  }
  hcsref_arena_free(&arena);
}

/* One after the other they would take minutes. */
static void many_notes_are_no_slower_each(void **state) {
  hcsref_arena arena;
  hcsref_provenance *notes;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  notes = hcsref_provenance_new(&arena);
  hcsref_provenance_note(notes, bytes, sizeof bytes, "whole", "");
  for (size_t i = 0; i < MANY; i += 2)
    hcsref_provenance_note(notes, bytes + i, 2, "rule", "");
  for (size_t i = 0; i < MANY; i += 2)
    assert_ptr_equal(hcsref_provenance_find(notes, bytes + i, 1)->field, bytes + i);
  assert_ptr_equal(hcsref_provenance_find(notes, bytes + 1, 2)->field, bytes);
  hcsref_arena_free(&arena);
}

static void without_memory_for_an_order_they_are_found_too(void **state) {
  (void)state;
  for (size_t room = 1024; room < 40000; room += 997) {
    hcsref_arena arena;
    hcsref_provenance *notes;
    hcsref_arena_init(&arena, NULL, room);
    notes = hcsref_provenance_new(&arena);
    for (size_t i = 0; i < 100 && notes != NULL; i++)
      hcsref_provenance_note(notes, bytes + i, 1, "rule", "");
    if (notes != NULL && hcsref_provenance_whole(notes))
      for (size_t i = 0; i < 100; i++)
        assert_ptr_equal(hcsref_provenance_find(notes, bytes + i, 1)->field, bytes + i);
    hcsref_arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_last_note_around_a_field_counts),
      cmocka_unit_test(many_notes_are_no_slower_each),
      cmocka_unit_test(without_memory_for_an_order_they_are_found_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
