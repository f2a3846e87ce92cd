/* SPDX-License-Identifier: Apache-2.0 */
/* Source: Go strconv/atoi.go ParseUint, ParseInt, Atoi. As there, what follows the digit that goes out of range is
 * not looked at: a number may be too large before it is found to be none. */
#include "base/strconv.h"

#include "base/convert.h"

hcsref_number_status hcsref_parse_uint64(hcsref_str text, uint64_t *out) {
  uint64_t value = 0;
  if (text.len == 0)
    return HCSREF_NUMBER_SYNTAX;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    uint64_t digit;
    if (c < '0' || c > '9')
      return HCSREF_NUMBER_SYNTAX;
    digit = (uint64_t)(c - '0');
    if (value > (UINT64_MAX - digit) / 10)
      return HCSREF_NUMBER_RANGE;
    value = value * 10 + digit;
  }
  *out = value;
  return HCSREF_NUMBER_OK;
}

hcsref_number_status hcsref_parse_int64(hcsref_str text, int64_t *out) {
  const uint64_t lowest = (uint64_t)INT64_MAX + 1; /* without its sign */
  bool negative = hcsref_str_has_prefix(text, HCSREF_LIT("-"));
  bool has_sign = negative || hcsref_str_has_prefix(text, HCSREF_LIT("+"));
  uint64_t value;
  hcsref_number_status status = hcsref_parse_uint64(hcsref_str_skip(text, has_sign), &value);
  if (status != HCSREF_NUMBER_OK)
    return status;
  if (negative ? value > lowest : value >= lowest)
    return HCSREF_NUMBER_RANGE;
  *out = hcsref_to_int64(negative ? 0 - value : value);
  return HCSREF_NUMBER_OK;
}

const char *hcsref_number_problem(hcsref_number_status status) {
  return status == HCSREF_NUMBER_RANGE ? "value out of range" : "invalid syntax";
}
