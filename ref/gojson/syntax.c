/* SPDX-License-Identifier: Apache-2.0 */
/* Where and why a text is no JSON, in the words of encoding/json scanner.go: the decoder only notices that it is
 * none. */
#include "base/utf8.h"
#include "hcsref/json.h"

#include <string.h>

typedef struct reader {
  const unsigned char *start, *p, *end;
  size_t depth;
  hcsref_json_mode mode;
  hcsref_arena *arena;
  hcsref_error *err;
  char open[HCSREF_JSON_MAX_DEPTH]; /* '{' or '[' for each open container */
} reader;

/* A byte as scanner.go quoteChar shows it: taken as a rune. */
static void append_char(hcsref_buf *buf, unsigned char c) {
  char utf8[HCSREF_UTF8_MAX];
  hcsref_buf quoted = {.arena = buf->arena};
  if (c == '\'' || c == '"') {
    hcsref_buf_append(buf, c == '"' ? HCSREF_LIT("'\"'") : HCSREF_LIT("'\\''"));
    return;
  }
  hcsref_buf_append_quoted(&quoted, hcsref_str_from(utf8, hcsref_utf8_encode(c, utf8)));
  if (quoted.failed) {
    buf->failed = true;
    return;
  }
  hcsref_buf_append_char(buf, '\'');
  hcsref_buf_append(buf, hcsref_str_from(quoted.data + 1, quoted.len - 2));
  hcsref_buf_append_char(buf, '\'');
}

static bool syntax_error(reader *r, hcsref_str message) {
  return hcsref_fail(r->arena, r->err, "json-syntax", HCSREF_LIT(""), "%v", message);
}

static bool nothing_but_space(const reader *r) {
  for (const unsigned char *p = r->start; p < r->end; p++)
    if (*p != ' ' && *p != '\t' && *p != '\r' && *p != '\n')
      return false;
  return true;
}

static bool cut_short(reader *r) {
  if (r->mode == HCSREF_JSON_WHOLE)
    return syntax_error(r, HCSREF_LIT("unexpected end of JSON input"));
  return syntax_error(r, nothing_but_space(r) ? HCSREF_LIT("EOF") : HCSREF_LIT("unexpected EOF"));
}

/* The byte at the cursor does not belong there. At the end of the text Go reads a space instead: where
 * one may stand (`space_ok`), and always in a stream, the text is just cut short. */
static bool unexpected(reader *r, const char *context, bool space_ok) {
  hcsref_buf buf = {.arena = r->arena};
  bool at_end = r->p == r->end;
  if (at_end && (space_ok || r->mode == HCSREF_JSON_STREAM))
    return cut_short(r);
  hcsref_buf_append(&buf, HCSREF_LIT("invalid character "));
  append_char(&buf, at_end ? ' ' : *r->p);
  hcsref_buf_append_char(&buf, ' ');
  hcsref_buf_append(&buf, hcsref_cstr(context));
  if (!at_end)
    r->p++;
  return buf.failed ? hcsref_fail_memory(r->err) : syntax_error(r, hcsref_buf_str(&buf));
}

static bool at(const reader *r, char c) {
  return r->p < r->end && *r->p == (unsigned char)c;
}

static bool at_digit(const reader *r) {
  return r->p < r->end && *r->p >= '0' && *r->p <= '9';
}

static void skip_space(reader *r) {
  while (at(r, ' ') || at(r, '\t') || at(r, '\r') || at(r, '\n'))
    r->p++;
}

static bool read_hex4(reader *r) {
  for (int i = 0; i < 4; i++) {
    bool hex = at_digit(r) || (r->p < r->end && ((*r->p | 0x20) >= 'a' && (*r->p | 0x20) <= 'f'));
    if (!hex)
      return unexpected(r, "in \\u hexadecimal character escape", false);
    r->p++;
  }
  return true;
}

static bool read_escape(reader *r) {
  if (at(r, 'u')) {
    r->p++;
    return read_hex4(r);
  }
  if (r->p == r->end || *r->p == 0 || strchr("bfnrt\\/\"", *r->p) == NULL)
    return unexpected(r, "in string escape code", false);
  r->p++;
  return true;
}

/* From behind the opening quote. */
static bool read_string(reader *r) {
  for (;;) {
    if (r->p == r->end || *r->p < 0x20)
      return unexpected(r, "in string literal", true);
    switch (*r->p++) {
    case '"':
      return true;
    case '\\':
      if (!read_escape(r))
        return false;
      break;
    default:
      break;
    }
  }
}

static void skip_digits(reader *r) {
  while (at_digit(r))
    r->p++;
}

static bool read_fraction(reader *r) {
  if (!at(r, '.'))
    return true;
  r->p++;
  if (!at_digit(r))
    return unexpected(r, "after decimal point in numeric literal", false);
  skip_digits(r);
  return true;
}

static bool read_exponent(reader *r) {
  if (!at(r, 'e') && !at(r, 'E'))
    return true;
  r->p++;
  if (at(r, '+') || at(r, '-'))
    r->p++;
  if (!at_digit(r))
    return unexpected(r, "in exponent of numeric literal", false);
  skip_digits(r);
  return true;
}

static bool read_number(reader *r) {
  if (at(r, '-')) {
    r->p++;
    if (!at_digit(r))
      return unexpected(r, "in numeric literal", false);
  }
  if (at(r, '0'))
    r->p++;
  else
    skip_digits(r);
  return read_fraction(r) && read_exponent(r);
}

static bool read_literal(reader *r, const char *word, const char *const contexts[]) {
  r->p++;
  for (size_t i = 1; word[i] != '\0'; i++) {
    if (!at(r, word[i]))
      return unexpected(r, contexts[i - 1], false);
    r->p++;
  }
  return true;
}

static bool read_word(reader *r) {
  static const char *const in_true[] = {"in literal true (expecting 'r')", "in literal true (expecting 'u')",
                                        "in literal true (expecting 'e')"};
  static const char *const in_false[] = {"in literal false (expecting 'a')", "in literal false (expecting 'l')",
                                         "in literal false (expecting 's')", "in literal false (expecting 'e')"};
  static const char *const in_null[] = {"in literal null (expecting 'u')", "in literal null (expecting 'l')",
                                        "in literal null (expecting 'l')"};
  if (at(r, 't'))
    return read_literal(r, "true", in_true);
  if (at(r, 'f'))
    return read_literal(r, "false", in_false);
  return read_literal(r, "null", in_null);
}

static bool open_container(reader *r) {
  if (r->depth == HCSREF_JSON_MAX_DEPTH)
    return unexpected(r, "exceeded max depth", false);
  r->open[r->depth++] = (char)*r->p++;
  return true;
}

/* `"key" :` and the space around it. */
static bool read_key(reader *r) {
  if (!at(r, '"'))
    return unexpected(r, "looking for beginning of object key string", true);
  r->p++;
  if (!read_string(r))
    return false;
  skip_space(r);
  if (!at(r, ':'))
    return unexpected(r, "after object key", true);
  r->p++;
  return true;
}

static bool closes(const reader *r) {
  return at(r, r->open[r->depth - 1] == '{' ? '}' : ']');
}

/* Reads up to where the next value of the innermost container begins, closing containers on the way. Sets
 * *done when the outermost value is complete. */
static bool after_value(reader *r, bool *done) {
  for (; r->depth > 0; r->depth--, r->p++) {
    bool object = r->open[r->depth - 1] == '{';
    skip_space(r);
    if (at(r, ',')) {
      r->p++;
      skip_space(r);
      return !object || read_key(r);
    }
    if (!closes(r))
      return unexpected(r, object ? "after object key:value pair" : "after array element", true);
  }
  *done = true;
  return true;
}

/* Reads the first part of a value: all of a scalar, or a container up to its first value. */
static bool read_value(reader *r, bool *done) {
  skip_space(r);
  if (at(r, '{') || at(r, '[')) {
    if (!open_container(r))
      return false;
    skip_space(r);
    if (closes(r))
      return after_value(r, done);
    return r->open[r->depth - 1] == '[' || read_key(r);
  }
  if (at(r, '"')) {
    r->p++;
    return read_string(r) && after_value(r, done);
  }
  if (at(r, '-') || at_digit(r))
    return read_number(r) && after_value(r, done);
  if (at(r, 't') || at(r, 'f') || at(r, 'n'))
    return read_word(r) && after_value(r, done);
  return unexpected(r, "looking for beginning of value", true);
}

static bool read_text(reader *r) {
  bool done = false;
  while (!done)
    if (!read_value(r, &done))
      return false;
  if (r->mode == HCSREF_JSON_STREAM)
    return true;
  skip_space(r);
  return r->p == r->end || unexpected(r, "after top-level value", true);
}

bool hcsref_json_valid(hcsref_arena *arena, hcsref_str text, hcsref_json_mode mode, size_t *offset, hcsref_error *err) {
  static const unsigned char nothing[1] = {0};
  reader r;
  bool ok;
  r.start = text.len == 0 ? nothing : (const unsigned char *)text.data;
  r.p = r.start;
  r.end = r.start + text.len;
  r.depth = 0;
  r.mode = mode;
  r.arena = arena;
  r.err = err;
  ok = read_text(&r);
  if (offset != NULL)
    *offset = (size_t)(r.p - r.start);
  return ok;
}
