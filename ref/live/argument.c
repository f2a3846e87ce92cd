/* SPDX-License-Identifier: Apache-2.0 */
/* Command lines. Source: golang.org/x/sys/windows EscapeArg. */
#include "hcsref/live.h"

#include <string.h>

static bool needs_quotes(hcsref_str argument) {
  return argument.len == 0 || memchr(argument.data, ' ', argument.len) != NULL ||
         memchr(argument.data, '\t', argument.len) != NULL;
}

static void append_backslashes(hcsref_buf *line, size_t count) {
  while (count-- > 0)
    hcsref_buf_append_char(line, '\\');
}

void hcsref_append_argument(hcsref_buf *line, hcsref_str argument) {
  bool quotes = needs_quotes(argument);
  size_t slashes = 0; /* that came last: doubled when a quote follows */
  if (quotes)
    hcsref_buf_append_char(line, '"');
  for (size_t i = 0; i < argument.len; i++) {
    char c = argument.data[i];
    if (c == '"')
      append_backslashes(line, slashes + 1);
    slashes = c == '\\' ? slashes + 1 : 0;
    hcsref_buf_append_char(line, c);
  }
  if (quotes) {
    append_backslashes(line, slashes);
    hcsref_buf_append_char(line, '"');
  }
}
