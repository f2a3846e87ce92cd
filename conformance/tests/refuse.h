/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Refused memory: a program that includes this is linked with --wrap (CMakeLists.txt: every test_*refused.c), so that
 * each malloc, calloc and realloc of our own code comes here and can be made to fail.
 */
#ifndef KIT_TESTS_REFUSE_H
#define KIT_TESTS_REFUSE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* The linker sends every call here; it is --wrap that names them so.
 * NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *ptr, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *ptr, size_t size);

static atomic_long before_refusal = -1; /* calls that still succeed; negative: all */
static atomic_bool refused;

static bool refuse(void) {
  long left = atomic_load(&before_refusal);
  if (left < 0)
    return false;
  if (atomic_fetch_sub(&before_refusal, 1) > 0)
    return false;
  atomic_store(&before_refusal, -1);
  atomic_store(&refused, true);
  return true;
}

void *__wrap_malloc(size_t size) {
  return refuse() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
  return refuse() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *ptr, size_t size) {
  return refuse() ? NULL : __real_realloc(ptr, size);
}

/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

/* Runs `attempt` with the first, the second… call refused, until none is left to refuse. Where each run takes long,
 * under valgrind, HCSPROOF_TEST_STRIDE=N makes it every Nth call. */
static void refuse_each(void (*attempt)(void)) {
  const char *text = getenv("HCSPROOF_TEST_STRIDE");
  long stride = text == NULL ? 1 : strtol(text, NULL, 10);
  long n = 0;
  assert_true(stride > 0);
  do {
    atomic_store(&refused, false);
    atomic_store(&before_refusal, n);
    n += stride;
    attempt();
    atomic_store(&before_refusal, -1);
  } while (atomic_load(&refused));
  assert_true(n > 1);
}

static bool was_refused(void) {
  return atomic_load(&refused);
}

#endif
