/* SPDX-License-Identifier: Apache-2.0 */
#include "gojson/number.h"

/* The range of an integer kind; `min` is how far it goes below zero. */
typedef struct limits {
  uint64_t min, max;
} limits;

static limits limits_of(hcsref_kind kind) {
  static const limits table[] = {
      {(uint64_t)1 << 7, INT8_MAX},
      {(uint64_t)1 << 15, INT16_MAX},
      {(uint64_t)1 << 31, INT32_MAX},
      {(uint64_t)1 << 63, INT64_MAX},
      {0, UINT8_MAX},
      {0, UINT16_MAX},
      {0, UINT32_MAX},
      {0, UINT64_MAX},
  };
  return table[kind - HCSREF_INT8];
}

static bool parse_digits(hcsref_str digits, uint64_t *out) {
  uint64_t value = 0;
  if (digits.len == 0)
    return false;
  for (size_t i = 0; i < digits.len; i++) {
    unsigned digit = (unsigned)(unsigned char)digits.data[i] - '0';
    if (digit > 9 || value > UINT64_MAX / 10 || value * 10 > UINT64_MAX - digit)
      return false;
    value = value * 10 + digit;
  }
  *out = value;
  return true;
}

bool hcsref_parse_integer(hcsref_kind kind, hcsref_str text, uint64_t *out) {
  limits range = limits_of(kind);
  bool sign = text.len > 0 && (text.data[0] == '-' || text.data[0] == '+');
  bool negative = sign && text.data[0] == '-';
  uint64_t magnitude;
  if (sign && range.min == 0)
    return false;
  if (!parse_digits(hcsref_str_skip(text, sign), &magnitude) || magnitude > (negative ? range.min : range.max))
    return false;
  *out = negative ? 0 - magnitude : magnitude;
  return true;
}
