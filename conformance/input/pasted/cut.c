/* SPDX-License-Identifier: Apache-2.0 */
#include "input/pasted/cut.h"

/* What is open at a place of a text. */
typedef struct nesting {
  char closers[INPUT_DEEPEST_CUT];
  size_t depth;
} nesting;

/* Takes one byte outside of strings. False: it is no JSON, or nested too deeply. */
static bool take(nesting *n, char c) {
  switch (c) {
  case '{':
  case '[':
    if (n->depth == INPUT_DEEPEST_CUT)
      return false;
    n->closers[n->depth++] = c == '{' ? '}' : ']';
    return true;
  case '}':
  case ']':
    return n->depth > 0 && n->closers[--n->depth] == c;
  default:
    return true;
  }
}

/* Behind the last whole value of `text`: what is open there is in `n`. 0: there is none. */
static size_t last_whole(hcsref_str text, nesting *n) {
  size_t whole = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    if (quoted && c == '\\')
      i++;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && !take(n, c))
      return 0;
    else if (!quoted && (c == '{' || c == '[' || c == '}' || c == ']'))
      whole = i + 1;
    else if (!quoted && c == ',')
      whole = i;
  }
  return whole;
}

size_t input_close_cut(hcsref_str text, hcsref_buf *out) {
  nesting n = {.depth = 0};
  size_t whole = last_whole(text, &n);
  if (whole == 0 || n.depth == 0)
    return 0;
  hcsref_buf_append(out, hcsref_str_first(text, whole));
  for (size_t i = n.depth; i > 0; i--)
    hcsref_buf_append_char(out, n.closers[i - 1]);
  return n.depth;
}
