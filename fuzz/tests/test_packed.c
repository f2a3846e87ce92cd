/* SPDX-License-Identifier: Apache-2.0 */
/* Packed inputs are read as fuzz/inputs writes them, and what is not of that form is refused. */
#include "packed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEXT(literal) literal, sizeof(literal) - 1

/* In a block of exactly its size, so that a sanitizer sees a read past its end. */
static uint8_t *begin(packed_reader *reader, const char *text, size_t size) {
  uint8_t *copy = malloc(size == 0 ? 1 : size);
  assert_non_null(copy);
  memcpy(copy, text, size);
  packed_begin(reader, copy, size);
  return copy;
}

static void end(packed_reader *reader, uint8_t *text) {
  packed_end(reader);
  free(text);
}

static void expect_input(packed_reader *reader, size_t line, const char *bytes, size_t size) {
  bool ok = false;
  assert_true(packed_next(reader, &ok));
  assert_true(ok);
  assert_int_equal(reader->line, line);
  assert_int_equal(reader->size, size);
  assert_memory_equal(reader->data, bytes, size);
}

static void inputs(void **state) {
  packed_reader reader;
  bool ok;
  uint8_t *text = begin(&reader, TEXT("bug-x C:\\\\a b\n- \n- \\x00\\xff\\n\\x0d\n"));
  (void)state;
  expect_input(&reader, 1, TEXT("C:\\a b"));
  expect_input(&reader, 2, TEXT(""));
  expect_input(&reader, 3, TEXT("\0\xff\n\r"));
  assert_false(packed_next(&reader, &ok));
  end(&reader, text);
}

static void what_is_there_already(void **state) {
  packed_reader reader;
  uint8_t *text = begin(&reader, TEXT("- abc\n- \\<3,2>\\<1,1>d\\<7,7>\n- \\<1,1>\n"));
  (void)state;
  expect_input(&reader, 1, TEXT("abc"));
  expect_input(&reader, 2, TEXT("abbdabcabbd"));
  expect_input(&reader, 3, TEXT("d"));
  end(&reader, text);
}

static void nothing(void **state) {
  packed_reader reader;
  bool ok;
  uint8_t *text = begin(&reader, TEXT(""));
  (void)state;
  assert_false(packed_next(&reader, &ok));
  end(&reader, text);
}

static void refuse(const char *line, size_t size) {
  packed_reader reader;
  bool ok = true;
  uint8_t *text = begin(&reader, line, size);
  assert_true(packed_next(&reader, &ok));
  assert_false(ok);
  assert_int_equal(reader.line, 1);
  end(&reader, text);
}

static void other_forms(void **state) {
  (void)state;
  refuse(TEXT("- cut short"));
  refuse(TEXT("-\n"));
  refuse(TEXT(" x\n"));
  refuse(TEXT("\n"));
  refuse(TEXT("- \\\n"));
  refuse(TEXT("- \\t\n"));
  refuse(TEXT("- \\x4\n"));
  refuse(TEXT("- \\x4G\n"));
  refuse(TEXT("- \\xAB\n"));
  refuse(TEXT("- ab\\<3,1>\n"));
  refuse(TEXT("- ab\\<1,2>\n"));
  refuse(TEXT("- ab\\<1,0>\n"));
  refuse(TEXT("- ab\\<0,0>\n"));
  refuse(TEXT("- ab\\<\n"));
  refuse(TEXT("- ab\\<1\n"));
  refuse(TEXT("- ab\\<1,\n"));
  refuse(TEXT("- ab\\<1,1\n"));
  refuse(TEXT("- ab\\<,1>\n"));
  refuse(TEXT("- ab\\<1,>\n"));
  refuse(TEXT("- ab\\<-1,1>\n"));
  refuse(TEXT("- ab\\<18446744073709551617,1>\n"));
  refuse(TEXT("- a\tb\n"));
  refuse(TEXT("- \xc3\xa4\n"));
}

static void goes_on_after_a_bad_line(void **state) {
  packed_reader reader;
  bool ok = true;
  uint8_t *text = begin(&reader, TEXT("- ab\n- c\\q\n- \\<2,2>x\n"));
  (void)state;
  expect_input(&reader, 1, TEXT("ab"));
  assert_true(packed_next(&reader, &ok));
  assert_false(ok);
  expect_input(&reader, 3, TEXT("abx"));
  end(&reader, text);
}

/* Each line repeats all that is above it: after some forty lines the inputs would fill the memory. */
static void limit(void **state) {
  packed_reader reader;
  char line[64], lines[4096] = "- x\n";
  bool ok = true;
  size_t before = 0;
  uint8_t *text;
  (void)state;
  for (size_t size = 1; size <= PACKED_MOST * 4; size *= 2) {
    (void)snprintf(line, sizeof(line), "- \\<%zu,%zu>\n", size, size);
    strncat(lines, line, sizeof(lines) - strlen(lines) - 1);
  }
  text = begin(&reader, lines, strlen(lines));
  while (packed_next(&reader, &ok) && ok)
    before = reader.used;
  assert_false(ok);
  assert_int_equal(before, PACKED_MOST);
  assert_int_equal(reader.used, PACKED_MOST);
  end(&reader, text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(inputs),      cmocka_unit_test(what_is_there_already),    cmocka_unit_test(nothing),
      cmocka_unit_test(other_forms), cmocka_unit_test(goes_on_after_a_bad_line), cmocka_unit_test(limit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
