/* SPDX-License-Identifier: Apache-2.0 */
/* Boolean and whole-number annotations: the key that is asked for, then keys and values, a line each. */
#include "annotations.h"

/* The words in any case of their ASCII letters. */
static bool is_word(hcsref_str value, const char *lower) {
  for (size_t i = 0; i < value.len; i++, lower++) {
    char c = value.data[i];
    if (*lower == '\0' || (c >= 'A' && c <= 'Z' ? c + 32 : c) != *lower)
      return false;
  }
  return *lower == '\0';
}

static bool to_number(hcsref_str value, uint64_t *out) {
  uint64_t number = 0;
  for (size_t i = 0; i < value.len; i++) {
    unsigned digit = (unsigned)value.data[i] - '0';
    if (digit > 9 || number > (UINT64_MAX - digit) / 10)
      return false;
    number = number * 10 + digit;
  }
  *out = number;
  return value.len != 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  annotations a;
  uint64_t number;
  annotations_read(fuzz_text(data, size), &a);
  for (int fallback = 0; fallback < 2; fallback++) {
    bool expected = a.value != NULL && (is_word(*a.value, "true") || (!is_word(*a.value, "false") && fallback != 0));
    if (a.value == NULL)
      expected = fallback != 0;
    REQUIRE(hcsref_annotation_bool(NULL, &a.map, a.key, fallback != 0) == expected, "%q", a.key);
  }
  if (a.value == NULL || !to_number(*a.value, &number))
    number = 77;
  REQUIRE(hcsref_annotation_uint64(&a.map, a.key, 77) == number, "%q", a.key);
  return 0;
}
