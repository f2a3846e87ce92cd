/* SPDX-License-Identifier: Apache-2.0 */
/* Source: Go strconv/atoi.go ParseUint, ParseInt, Atoi. As there, what follows the digit that goes out of range is
 * not looked at: a number may be too large before it is found to be none. */
#include "base/strconv.h"

#include "base/convert.h"

static hcsref_number_status parse_digits(hcsref_str text, uint64_t most, uint64_t *out) {
  uint64_t value = 0;
  if (text.len == 0)
    return HCSREF_NUMBER_SYNTAX;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    uint64_t digit;
    if (c < '0' || c > '9')
      return HCSREF_NUMBER_SYNTAX;
    digit = (uint64_t)(c - '0');
    if (value > (most - digit) / 10)
      return HCSREF_NUMBER_RANGE;
    value = value * 10 + digit;
  }
  *out = value;
  return HCSREF_NUMBER_OK;
}

/* A signed number whose digits are first read as an unsigned one of as many bits, of which `most` is the largest. */
static hcsref_number_status parse_signed(hcsref_str text, uint64_t most, int64_t *out) {
  const uint64_t lowest = most / 2 + 1; /* without its sign */
  bool negative = hcsref_str_has_prefix(text, HCSREF_LIT("-"));
  bool has_sign = negative || hcsref_str_has_prefix(text, HCSREF_LIT("+"));
  uint64_t value;
  hcsref_number_status status = parse_digits(hcsref_str_skip(text, has_sign), most, &value);
  if (status != HCSREF_NUMBER_OK)
    return status;
  if (negative ? value > lowest : value >= lowest)
    return HCSREF_NUMBER_RANGE;
  *out = hcsref_to_int64(negative ? 0 - value : value);
  return HCSREF_NUMBER_OK;
}

hcsref_number_status hcsref_parse_uint64(hcsref_str text, uint64_t *out) {
  return parse_digits(text, UINT64_MAX, out);
}

hcsref_number_status hcsref_parse_int64(hcsref_str text, int64_t *out) {
  return parse_signed(text, UINT64_MAX, out);
}

hcsref_number_status hcsref_parse_int32(hcsref_str text, int32_t *out) {
  int64_t value;
  hcsref_number_status status = parse_signed(text, UINT32_MAX, &value);
  if (status == HCSREF_NUMBER_OK)
    *out = (int32_t)value;
  return status;
}

const char *hcsref_number_problem(hcsref_number_status status) {
  return status == HCSREF_NUMBER_RANGE ? "value out of range" : "invalid syntax";
}
