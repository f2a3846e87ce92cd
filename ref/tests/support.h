/* SPDX-License-Identifier: Apache-2.0 */
/* What the library's tests share. */
#ifndef HCSREF_TESTS_SUPPORT_H
#define HCSREF_TESTS_SUPPORT_H

#include "hcsref/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Of many like attempts every so many-th: HCSPROOF_TEST_STRIDE under valgrind, else 1. */
static inline size_t test_stride(void) {
  const char *text = getenv("HCSPROOF_TEST_STRIDE");
  size_t stride = text == NULL ? 1 : strtoul(text, NULL, 10);
  assert_true(stride > 0);
  return stride > 0 ? stride : 1; /* for analyzers */
}

/* Shows both when they differ. */
static inline void check_same(hcsref_str actual, hcsref_str expected, const char *file, int line) {
  if (hcsref_str_equal(actual, expected))
    return;
  print_error("%s:%d:\n  expected: %.*s\n  actual:   %.*s\n", file, line, (int)expected.len, expected.data,
              (int)actual.len, actual.len == 0 ? "" : actual.data);
  _fail(file, line);
}

#define assert_same(actual, expected) check_same((actual), (expected), __FILE__, __LINE__)
#define assert_text(actual, expected) assert_same((actual), hcsref_cstr(expected))

/* An allocator that counts, and refuses from call `refuse_at` on. */
typedef struct counting_allocator {
  size_t live, calls, refuse_at;
} counting_allocator;

static inline void *counting_alloc(void *ctx, size_t size) {
  counting_allocator *c = ctx;
  void *p = c->calls++ >= c->refuse_at ? NULL : malloc(size);
  if (p != NULL)
    c->live += size;
  return p;
}

static inline void counting_free(void *ctx, void *ptr, size_t size) {
  counting_allocator *c = ctx;
  c->live -= size;
  free(ptr);
}

static inline void counting_arena(hcsref_arena *arena, counting_allocator *c, size_t refuse_at) {
  hcsref_allocator allocator;
  c->live = 0;
  c->calls = 0;
  c->refuse_at = refuse_at;
  allocator.alloc = counting_alloc;
  allocator.free = counting_free;
  allocator.ctx = c;
  hcsref_arena_init(arena, &allocator, 0);
}

/* An arena with `room` bytes left that gets no more. */
static inline void tight_arena(hcsref_arena *arena, size_t room) {
  hcsref_arena_init(arena, NULL, room + 4096);
  assert_non_null(hcsref_arena_alloc(arena, room + 1024));
  hcsref_arena_reset(arena);
  assert_true(arena->room >= room);
  if (arena->room > room)
    assert_non_null(hcsref_arena_alloc(arena, arena->room - room));
  arena->limit = arena->used;
  assert_int_equal(arena->room, room);
}

#define ARENA_GRAIN 16 /* what an arena rounds each request up to, at least */

/* Gives a first block, refuses the second, and gives all others; `ctx` counts the calls. */
static inline void *refuse_second(void *ctx, size_t size) {
  size_t *calls = ctx;
  return ++*calls == 2 ? NULL : malloc(size);
}

static inline void free_any(void *ctx, void *ptr, size_t size) {
  (void)ctx;
  (void)size;
  free(ptr);
}

/* An arena with `room` bytes left: the first request that does not fit is refused, and all later ones are granted. So
 * whoever passes over the refusal ends as if nothing had happened. `*calls` is above 1 once it was. */
static inline void refuse_once_arena(hcsref_arena *arena, size_t *calls, size_t room) {
  hcsref_allocator allocator;
  allocator.alloc = refuse_second;
  allocator.free = free_any;
  allocator.ctx = calls;
  *calls = 0;
  hcsref_arena_init(arena, &allocator, 0);
  assert_non_null(hcsref_arena_alloc(arena, room + 4096));
  hcsref_arena_reset(arena);
  assert_true(arena->room > room);
  assert_non_null(hcsref_arena_alloc(arena, arena->room - room));
}

/* A test with a fresh arena as its state. */
static inline int arena_setup(void **state) {
  hcsref_arena *arena = malloc(sizeof(*arena));
  assert_non_null(arena);
  hcsref_arena_init(arena, NULL, 0);
  *state = arena;
  return 0;
}

static inline int arena_teardown(void **state) {
  hcsref_arena_free(*state);
  free(*state);
  return 0;
}

#define arena_test(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

#endif
