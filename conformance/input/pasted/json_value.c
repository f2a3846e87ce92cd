/* SPDX-License-Identifier: Apache-2.0 */
#include "input/pasted/json_value.h"

void input_json_string(hcsref_buf *out, hcsref_str text) {
  static const char digits[] = "0123456789abcdef";
  hcsref_buf_append_char(out, '"');
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c < 0x20) {
      hcsref_buf_append(out, HCSREF_LIT("\\u00"));
      hcsref_buf_append_char(out, digits[c >> 4]);
      hcsref_buf_append_char(out, digits[c & 15]);
      continue;
    }
    if (c == '"' || c == '\\')
      hcsref_buf_append_char(out, '\\');
    hcsref_buf_append_char(out, (char)c);
  }
  hcsref_buf_append_char(out, '"');
}

static bool is_integer(hcsref_str text) {
  size_t i = hcsref_str_has_prefix(text, HCSREF_LIT("-")), digits = text.len - i;
  for (; i < text.len; i++)
    if (text.data[i] < '0' || text.data[i] > '9')
      return false;
  return digits > 0 && digits < 20 && (digits == 1 || text.data[text.len - digits] != '0');
}

bool input_json_scalar(hcsref_buf *out, hcsref_str text, const hcsref_type *type) {
  bool truth = hcsref_str_equal(text, HCSREF_LIT("true")) || hcsref_str_equal(text, HCSREF_LIT("false"));
  bool guess = type == NULL || type->kind == HCSREF_ANY || type->kind == HCSREF_RAW;
  if ((truth && (guess || type->kind == HCSREF_BOOL)) ||
      (is_integer(text) && (guess || (type->kind >= HCSREF_INT8 && type->kind <= HCSREF_FLOAT64))))
    hcsref_buf_append(out, text);
  else if (guess || type->kind == HCSREF_STRING)
    input_json_string(out, text);
  else
    return false;
  return true;
}
