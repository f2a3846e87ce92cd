/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/repeats.h"

#include "compare/tree.h"

#include <string.h>

/* Where the brace is and where the list begins in {"$": […, with any white space. */
typedef struct opening {
  size_t brace, list;
} opening;

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t skip_space(hcsref_str text, size_t at) {
  while (at < text.len && is_space(text.data[at]))
    at++;
  return at;
}

static bool has_at(hcsref_str text, size_t at, char c) {
  return at < text.len && text.data[at] == c;
}

/* Is the dollar the key of such a text? No string looks so: a quotation mark in a string has a backslash before it. */
static bool opens(hcsref_str text, size_t dollar, opening *out) {
  size_t before = dollar - 1, colon;
  if (dollar < 2 || text.data[before] != '"' || !has_at(text, dollar + 1, '"'))
    return false;
  while (before > 0 && is_space(text.data[before - 1]))
    before--;
  colon = skip_space(text, dollar + 2);
  if (before == 0 || text.data[before - 1] != '{' || !has_at(text, colon, ':'))
    return false;
  *out = (opening){before - 1, skip_space(text, colon + 1)};
  return has_at(text, out->list, '[');
}

/* The next such text at or behind `at`; false when there is none. '$' is rare, so that is what is searched for. */
static bool find_next(hcsref_str text, size_t at, opening *out) {
  while (at < text.len) {
    const char *dollar = memchr(text.data + at, '$', text.len - at);
    if (dollar == NULL)
      return false;
    at = (size_t)(dollar - text.data);
    if (opens(text, at, out))
      return true;
    at++;
  }
  return false;
}

bool kit_repeats_in(hcsref_str text) {
  opening found;
  return find_next(text, 0, &found);
}

static bool wrong_form(hcsref_arena *arena, hcsref_error *err) {
  return hcsref_fail(
      arena, err, "repeat-form", HCSREF_LIT(""),
      "a text that repeats itself is written {\"$\": [PART, …]}, a PART as \"TEXT\" or [\"TEXT\", NUMBER]");
}

/* What a part is; false: it is none. */
static bool read_part(const kit_json *part, hcsref_str *text, uint64_t *times) {
  const kit_json *first = part;
  *times = 1;
  if (part->kind == KIT_JSON_ARRAY) {
    if (part->count != 2 || !kit_json_uint(part->last, times))
      return false;
    first = part->first;
  }
  *text = first->raw;
  return first->kind == KIT_JSON_STRING;
}

static bool too_large(hcsref_arena *arena, hcsref_error *err) {
  return hcsref_fail(arena, err, "repeat-limit", HCSREF_LIT(""),
                     "with its texts written out, the case is larger than %u bytes", (uint64_t)KIT_REPEATS_LIMIT);
}

/* Appends a part without its quotation marks, as it is spelt. */
static bool append_part(hcsref_buf *buf, const kit_json *part, hcsref_error *err) {
  hcsref_str text = {NULL, 0};
  uint64_t times = 0;
  if (!read_part(part, &text, &times))
    return wrong_form(buf->arena, err);
  text = hcsref_str_from(text.data + 1, text.len - 2);
  if (times > KIT_REPEATS_LIMIT || (text.len != 0 && times > (KIT_REPEATS_LIMIT - buf->len) / text.len))
    return too_large(buf->arena, err);
  if (text.len != 0)
    for (uint64_t i = 0; i < times; i++)
      hcsref_buf_append(buf, text);
  return true;
}

/* Where the list that begins at `at` ends; 0: nowhere. Strings are all that may hold a bracket. */
static size_t end_of_list(hcsref_str text, size_t at) {
  size_t depth = 0;
  bool quoted = false;
  for (; at < text.len; at++) {
    char c = text.data[at];
    if (quoted && c == '\\')
      at++;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == '[')
      depth++;
    else if (!quoted && c == ']' && --depth == 0)
      return at + 1;
  }
  return 0;
}

/* Appends the string that the text stands for, and tells where it ends. */
static bool append_text(hcsref_buf *buf, hcsref_str text, opening from, size_t *after, hcsref_error *err) {
  size_t end = end_of_list(text, from.list), brace = skip_space(text, end);
  kit_json *list;
  if (end == 0 || !has_at(text, brace, '}'))
    return wrong_form(buf->arena, err);
  if (!kit_json_parse(buf->arena, hcsref_str_from(text.data + from.list, end - from.list), &list, err))
    return false;
  hcsref_buf_append_char(buf, '"');
  for (const kit_json *part = list->first; part != NULL; part = part->next)
    if (!append_part(buf, part, err))
      return false;
  hcsref_buf_append_char(buf, '"');
  *after = brace + 1;
  return true;
}

bool kit_repeats_write_out(hcsref_arena *arena, hcsref_str text, hcsref_str *out, hcsref_error *err) {
  hcsref_buf buf = {.arena = arena};
  opening next;
  size_t at = 0;
  if (!find_next(text, 0, &next)) {
    *out = text;
    return true;
  }
  do {
    hcsref_buf_append(&buf, hcsref_str_from(text.data + at, next.brace - at));
    if (buf.len > KIT_REPEATS_LIMIT)
      return too_large(arena, err);
    if (!append_text(&buf, text, next, &at, err))
      return false;
  } while (find_next(text, at, &next));
  hcsref_buf_append(&buf, hcsref_str_skip(text, at));
  if (buf.failed)
    return hcsref_fail_memory(err);
  *out = hcsref_buf_str(&buf);
  return true;
}
