/* SPDX-License-Identifier: Apache-2.0 */
#include "base/command_line.h"

#include "hcsref/live.h" /* hcsref_append_argument, which is public */

static bool needs_quotes(hcsref_str argument) {
  for (size_t i = 0; i < argument.len; i++)
    if (argument.data[i] == ' ' || argument.data[i] == '\t')
      return true;
  return argument.len == 0;
}

static void append_backslashes(hcsref_buf *buf, size_t count) {
  while (count-- > 0)
    hcsref_buf_append_char(buf, '\\');
}

void hcsref_append_argument(hcsref_buf *buf, hcsref_str argument) {
  bool quoted = needs_quotes(argument);
  size_t backslashes = 0; /* just before the next byte */
  if (quoted)
    hcsref_buf_append_char(buf, '"');
  for (size_t i = 0; i < argument.len; i++) {
    char c = argument.data[i];
    if (c == '"')
      append_backslashes(buf, backslashes + 1);
    backslashes = c == '\\' ? backslashes + 1 : 0;
    hcsref_buf_append_char(buf, c);
  }
  if (!quoted)
    return;
  append_backslashes(buf, backslashes);
  hcsref_buf_append_char(buf, '"');
}

bool hcsref_command_line(hcsref_arena *arena, const hcsref_str *arguments, size_t count, hcsref_str *out) {
  hcsref_buf buf = {.arena = arena};
  for (size_t i = 0; i < count; i++) {
    if (i != 0)
      hcsref_buf_append_char(&buf, ' ');
    hcsref_append_argument(&buf, arguments[i]);
  }
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}
