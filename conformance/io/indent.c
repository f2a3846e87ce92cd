/* SPDX-License-Identifier: Apache-2.0 */
#include "io/indent.h"

/* Everything that is neither a string nor punctuation, and strings with their quotes. */
static size_t token_length(hcsref_str json, size_t at) {
  size_t end = at + 1;
  if (json.data[at] != '"')
    return 1;
  while (end < json.len && json.data[end] != '"')
    end += json.data[end] == '\\' && end + 1 < json.len ? 2 : 1;
  return end - at + 1;
}

/* Deeper levels are not indented further: a text of n bytes must not become one of n times its depth. */
#define DEEPEST_INDENT 40

static void new_line(hcsref_buf *out, size_t depth) {
  hcsref_buf_append_char(out, '\n');
  for (size_t i = 0; i < depth && i < DEEPEST_INDENT; i++)
    hcsref_buf_append(out, HCSREF_LIT("  "));
}

static bool is_closer(char c) {
  return c == '}' || c == ']';
}

void indent_json(hcsref_buf *out, hcsref_str json) {
  size_t depth = 0;
  for (size_t at = 0; at < json.len && !out->failed;) {
    char c = json.data[at];
    size_t length = token_length(json, at);
    bool opens = c == '{' || c == '[';
    if (is_closer(c)) {
      depth--;
      if (at > 0 && json.data[at - 1] != '{' && json.data[at - 1] != '[')
        new_line(out, depth);
    }
    hcsref_buf_append(out, hcsref_str_from(json.data + at, length));
    at += length;
    if (opens)
      depth++;
    if ((opens && at < json.len && !is_closer(json.data[at])) || c == ',')
      new_line(out, depth);
    else if (c == ':')
      hcsref_buf_append_char(out, ' ');
  }
}
