/* SPDX-License-Identifier: Apache-2.0 */
#include "gojson/html.h"

static const struct {
  hcsref_str escape;
  char letter;
} escapes[] = {{{"\\u0026", 6}, '&'}, {{"\\u003c", 6}, '<'}, {{"\\u003e", 6}, '>'}};

/* A backslash and what it begins: its letter, or itself with the byte after it, which may be a backslash too. */
static size_t append_escape(hcsref_buf *buf, hcsref_str text) {
  for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
    if (hcsref_str_has_prefix(text, escapes[i].escape)) {
      hcsref_buf_append_char(buf, escapes[i].letter);
      return escapes[i].escape.len;
    }
  hcsref_buf_append(buf, hcsref_str_first(text, 2));
  return 2;
}

bool hcsref_json_plain_html(hcsref_arena *arena, hcsref_str text, hcsref_str *out) {
  hcsref_buf buf = {.arena = arena};
  while (text.len > 0) {
    size_t plain = 0;
    while (plain < text.len && text.data[plain] != '\\')
      plain++;
    hcsref_buf_append(&buf, hcsref_str_first(text, plain));
    text = hcsref_str_skip(text, plain);
    if (text.len > 0)
      text = hcsref_str_skip(text, append_escape(&buf, text));
  }
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}
