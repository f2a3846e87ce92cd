/* SPDX-License-Identifier: Apache-2.0 */
/* A number's text becomes sign, digits without zeros at either end, and the power of ten of the last digit. */
#include "compare/number.h"

/* Past this an exponent no longer changes; sums with a text's length stay far from overflow. */
#define EXPONENT_LIMIT ((int64_t)1000000000000000)

/* The digits of a number with the point left out. `data` still has the point in it. */
typedef struct decimal {
  bool negative;
  const char *data;
  size_t first, last; /* the outer digits that are not zero; last < first: the number is zero */
  int64_t exponent;   /* of the digit at `last` */
} decimal;

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static int64_t read_exponent(hcsref_str s, size_t i) {
  int64_t value = 0;
  bool negative = i < s.len && s.data[i] == '-';
  if (i < s.len && (s.data[i] == '-' || s.data[i] == '+'))
    i++;
  for (; i < s.len && is_digit(s.data[i]); i++)
    if (value < EXPONENT_LIMIT)
      value = value * 10 + (s.data[i] - '0');
  return negative ? -value : value;
}

/* The power of ten of the digit at `i`, `point` being where the integer part ends. */
static int64_t place_of(size_t i, size_t point) {
  return i < point ? (int64_t)(point - i) - 1 : -(int64_t)(i - point);
}

static decimal read_decimal(hcsref_str s) {
  decimal d = {false, s.data, 1, 0, 0};
  size_t i = 0, point, end;
  bool found = false;
  if (s.len > 0 && s.data[0] == '-') {
    d.negative = true;
    i = 1;
  }
  for (point = i; point < s.len && is_digit(s.data[point]); point++)
    ;
  for (end = point; end < s.len && (is_digit(s.data[end]) || s.data[end] == '.'); end++)
    ;
  for (; i < end; i++) {
    if (s.data[i] == '0' || s.data[i] == '.')
      continue;
    d.first = found ? d.first : i;
    d.last = i;
    found = true;
  }
  if (!found)
    return d;
  d.exponent = place_of(d.last, point) + (end < s.len ? read_exponent(s, end + 1) : 0);
  return d;
}

static bool is_zero(const decimal *d) {
  return d->last < d->first;
}

static size_t next_digit(const decimal *d, size_t i) {
  i++;
  return i <= d->last && d->data[i] == '.' ? i + 1 : i;
}

bool kit_number_equal(hcsref_str a, hcsref_str b) {
  decimal x = read_decimal(a), y = read_decimal(b);
  size_t i = x.first, j = y.first;
  if (is_zero(&x) || is_zero(&y))
    return is_zero(&x) && is_zero(&y);
  if (x.negative != y.negative || x.exponent != y.exponent)
    return false;
  while (i <= x.last && j <= y.last && x.data[i] == y.data[j]) {
    i = next_digit(&x, i);
    j = next_digit(&y, j);
  }
  return i > x.last && j > y.last;
}

bool kit_number_is_zero(hcsref_str a) {
  decimal x = read_decimal(a);
  return is_zero(&x);
}
