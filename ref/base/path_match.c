/* SPDX-License-Identifier: Apache-2.0 */
#include "base/path_match.h"

#include "base/utf8.h"

/* The first rune of `text`, which is not empty; U+FFFD and false for a byte that begins none. */
static bool take_rune(hcsref_str *text, uint32_t *rune) {
  size_t width;
  bool good = hcsref_utf8_decode(text->data, text->len, rune, &width);
  *text = hcsref_str_skip(*text, width);
  return good;
}

/* One end of a range of a class. False: the pattern is malformed. */
static bool take_end(hcsref_str *pattern, uint32_t *rune) {
  if (pattern->len == 0 || pattern->data[0] == '-' || pattern->data[0] == ']')
    return false;
  if (pattern->data[0] == '\\')
    *pattern = hcsref_str_skip(*pattern, 1);
  return pattern->len != 0 && take_rune(pattern, rune) && pattern->len != 0;
}

static bool begins_with(hcsref_str text, char c) {
  return text.len != 0 && text.data[0] == c;
}

/* The class behind its "[", up to and with its "]". False: no match, or malformed. */
static bool match_class(hcsref_str *pattern, uint32_t rune) {
  bool negated = begins_with(*pattern, '^'), found = false, first = true;
  *pattern = hcsref_str_skip(*pattern, negated);
  for (; first || !begins_with(*pattern, ']'); first = false) {
    uint32_t low, high;
    if (!take_end(pattern, &low))
      return false;
    high = low;
    if (begins_with(*pattern, '-')) {
      *pattern = hcsref_str_skip(*pattern, 1);
      if (!take_end(pattern, &high))
        return false;
    }
    found = found || (low <= rune && rune <= high);
  }
  *pattern = hcsref_str_skip(*pattern, 1);
  return found != negated;
}

/* The next part of the pattern, which is not empty, against the beginning of the name. */
static bool match_one(hcsref_str *pattern, hcsref_str *name) {
  char c = pattern->data[0];
  uint32_t rune;
  if (name->len == 0)
    return false;
  if (c == '?' && name->data[0] == '/')
    return false;
  if (c == '?' || c == '[') {
    *pattern = hcsref_str_skip(*pattern, 1);
    (void)take_rune(name, &rune);
    return c == '?' || match_class(pattern, rune);
  }
  if (c == '\\')
    *pattern = hcsref_str_skip(*pattern, 1);
  if (!begins_with(*pattern, name->data[0]))
    return false;
  *pattern = hcsref_str_skip(*pattern, 1);
  *name = hcsref_str_skip(*name, 1);
  return true;
}

/* A piece without stars against the beginning of the name; `*rest` is what follows of the name. */
static bool match_piece(hcsref_str piece, hcsref_str name, hcsref_str *rest) {
  while (piece.len != 0)
    if (!match_one(&piece, &name))
      return false;
  *rest = name;
  return true;
}

/* The length of the pattern up to the next star that stands for anything. */
static size_t piece_length(hcsref_str pattern) {
  bool in_class = false;
  size_t i;
  for (i = 0; i < pattern.len && (in_class || pattern.data[i] != '*'); i++) {
    if (pattern.data[i] == '\\' && i + 1 < pattern.len)
      i++;
    else if (pattern.data[i] == '[')
      in_class = true;
    else if (pattern.data[i] == ']')
      in_class = false;
  }
  return i;
}

/* Does the piece match further on, behind what a star may stand for? The last piece has to match to the end. */
static bool match_behind_star(hcsref_str piece, bool last, hcsref_str *name) {
  hcsref_str rest;
  for (size_t i = 0; i < name->len && name->data[i] != '/'; i++)
    if (match_piece(piece, hcsref_str_skip(*name, i + 1), &rest) && (!last || rest.len == 0)) {
      *name = rest;
      return true;
    }
  return false;
}

static bool has_slash(hcsref_str text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] == '/')
      return true;
  return false;
}

bool hcsref_path_match(hcsref_str pattern, hcsref_str name) {
  while (pattern.len != 0) {
    bool star = begins_with(pattern, '*'), last;
    hcsref_str piece, rest;
    while (begins_with(pattern, '*'))
      pattern = hcsref_str_skip(pattern, 1);
    if (star && pattern.len == 0)
      return !has_slash(name);
    piece = hcsref_str_first(pattern, piece_length(pattern));
    pattern = hcsref_str_skip(pattern, piece.len);
    last = pattern.len == 0;
    if (match_piece(piece, name, &rest) && (!last || rest.len == 0))
      name = rest;
    else if (!star || !match_behind_star(piece, last, &name))
      return false;
  }
  return name.len == 0;
}
