/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of exact JSON trees: one pass, no recursion. */
#include "compare/tree.h"

#include "compare/name.h"
#include "compare/span.h"
#include "io/utf8.h"

#include <string.h>

typedef struct reader {
  hcsref_arena *arena;
  hcsref_error *err;
  const char *begin, *at, *end;
  const char *space, *odd; /* the last white space between tokens, and the last odd piece of a string, or `begin` */
  kit_json_known known;
  kit_json *spare; /* nodes that were made ahead */
  size_t spares;
  bool bad_utf8;
} reader;

/* As many nodes are made at a time, or as the rest of the text can need. */
#define NODES_AHEAD ((size_t)16)

static bool syntax_error(reader *r, const char *what) {
  return hcsref_fail(r->arena, r->err, "json-syntax", HCSREF_LIT(""), "%s", what);
}

static void skip_space(reader *r) {
  while (r->at < r->end && (unsigned char)*r->at <= ' ' &&
         (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r'))
    r->space = r->at++;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* ---- strings ------------------------------------------------------------------------------------------ */

static int hex_value(char c) {
  if (is_digit(c))
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

/* The four digits after \u at `p`; the caller knows that they are there. */
static uint32_t code_unit(const char *p) {
  uint32_t unit = 0;
  int i;
  for (i = 0; i < 4; i++)
    unit = unit << 4 | (uint32_t)hex_value(p[i]);
  return unit;
}

static char *put_rune(char *out, uint32_t rune) {
  if (rune < 0x80) {
    *out++ = (char)rune;
  } else if (rune < 0x800) {
    *out++ = (char)(0xC0 | rune >> 6);
    *out++ = (char)(0x80 | (rune & 0x3F));
  } else if (rune < 0x10000) {
    *out++ = (char)(0xE0 | rune >> 12);
    *out++ = (char)(0x80 | (rune >> 6 & 0x3F));
    *out++ = (char)(0x80 | (rune & 0x3F));
  } else {
    *out++ = (char)(0xF0 | rune >> 18);
    *out++ = (char)(0x80 | (rune >> 12 & 0x3F));
    *out++ = (char)(0x80 | (rune >> 6 & 0x3F));
    *out++ = (char)(0x80 | (rune & 0x3F));
  }
  return out;
}

/* Reads the \uXXXX at `*p`, with the second half of a pair if there is one. */
static char *put_unicode_escape(const char **p, const char *end, char *out) {
  uint32_t unit = code_unit(*p + 2);
  *p += 6;
  if (unit >= 0xD800 && unit < 0xDC00 && end - *p >= 6 && (*p)[0] == '\\' && (*p)[1] == 'u') {
    uint32_t low = code_unit(*p + 2);
    if (low >= 0xDC00 && low < 0xE000) {
      *p += 6;
      return put_rune(out, 0x10000 + ((unit - 0xD800) << 10 | (low - 0xDC00)));
    }
  }
  return put_rune(out, unit);
}

/* What stands for the byte behind a backslash; 0: JSON has no such escape, or it is \\u. */
static char simple_escape(char c) {
  static const char meant[128] = {
      ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t'};
  return (unsigned char)c < sizeof(meant) ? meant[(unsigned char)c] : '\0';
}

/* Copies what is plain from `p` on, and whole steps at a time where `*out` has room behind it; returns what follows. */
static const char *copy_plain(const char *p, const char *end, char **out) {
  char *o = *out;
  while ((size_t)(end - p) >= KIT_SPAN_STEP) {
    size_t plain = kit_plain_of_step(p);
    memcpy(o, p, KIT_SPAN_STEP);
    o += plain;
    p += plain;
    if (plain < KIT_SPAN_STEP) {
      *out = o;
      return p;
    }
  }
  while (p < end && kit_is_plain(*p))
    *o++ = *p++;
  *out = o;
  return p;
}

/* The unescaped form of the checked text between the quotes; never longer than it. */
static bool unescape(reader *r, hcsref_str inner, hcsref_str *out) {
  const char *p = inner.data, *end = inner.data + inner.len;
  char *data = hcsref_arena_alloc(r->arena, inner.len + KIT_SPAN_STEP), *o = data;
  if (data == NULL)
    return hcsref_fail_memory(r->err);
  while (p < end) {
    p = copy_plain(p, end, &o);
    if (p < end && *p != '\\') {
      *o++ = *p++; /* not ASCII, and checked before */
    } else if (p < end && p[1] == 'u') {
      o = put_unicode_escape(&p, end, o);
    } else if (p < end) {
      *o++ = simple_escape(p[1]);
      p += 2;
    }
  }
  *out = hcsref_str_from(data, (size_t)(o - data));
  return true;
}

/* The escapes that encoding/json has always written. */
static bool is_usual_escape(char c) {
  return c == '\\' || c == '"' || c == 'n' || c == 'r' || c == 't';
}

/* Checks the escape at r->at and steps over it. */
static bool skip_escape(reader *r) {
  size_t room = (size_t)(r->end - r->at), i;
  if (room < 2)
    return syntax_error(r, "the text ends inside a string");
  if (!is_usual_escape(r->at[1]))
    r->odd = r->at;
  if (r->at[1] != 'u') {
    if (simple_escape(r->at[1]) == '\0')
      return syntax_error(r, "JSON has no such escape");
    r->at += 2;
    return true;
  }
  for (i = 2; i < 6; i++)
    if (i >= room || hex_value(r->at[i]) < 0)
      return syntax_error(r, "\\u without four hexadecimal digits");
  r->at += 6;
  return true;
}

/* Steps over what is left of a string up to its quote, from r->at on, which is not plain. */
static bool skip_rest(reader *r, bool *escaped) {
  for (;;) {
    unsigned char c;
    if (r->at >= r->end)
      return syntax_error(r, "the text ends inside a string");
    c = (unsigned char)*r->at;
    if (c == '"')
      return true;
    if (c == '\\') {
      *escaped = true;
      if (!skip_escape(r))
        return false;
    } else if (c < 0x20) {
      return syntax_error(r, "a control character inside a string");
    } else {
      size_t len = utf8_length(hcsref_str_from(r->at, (size_t)(r->end - r->at)));
      r->odd = r->at;
      r->bad_utf8 = r->bad_utf8 || len == 0;
      r->at += len == 0 ? 1 : len;
    }
    r->at += kit_plain_span(r->at, r->end);
  }
}

/* Reads the string at r->at: its text with quotes, and unescaped. Most are plain to the end. */
static bool read_string(reader *r, hcsref_str *raw, hcsref_str *text) {
  const char *start = r->at, *end = r->end, *p = start + 1;
  bool escaped = false;
  p += kit_plain_span(p, end);
  if (p >= end || *p != '"') {
    r->at = p;
    if (!skip_rest(r, &escaped))
      return false;
    p = r->at;
  }
  r->at = p + 1;
  *raw = hcsref_str_from(start, (size_t)(p + 1 - start));
  *text = hcsref_str_from(start + 1, (size_t)(p - start - 1));
  return !escaped || unescape(r, *text, text);
}

/* ---- numbers and words -------------------------------------------------------------------------------- */

static bool skip_digits(reader *r) {
  if (r->at >= r->end || !is_digit(*r->at))
    return syntax_error(r, "a digit is missing from a number");
  while (r->at < r->end && is_digit(*r->at))
    r->at++;
  return true;
}

static bool read_number(reader *r) {
  if (*r->at == '-')
    r->at++;
  if (r->at < r->end && *r->at == '0')
    r->at++;
  else if (!skip_digits(r))
    return false;
  if (r->at < r->end && *r->at == '.') {
    r->at++;
    if (!skip_digits(r))
      return false;
  }
  if (r->at < r->end && (*r->at == 'e' || *r->at == 'E')) {
    r->at++;
    if (r->at < r->end && (*r->at == '+' || *r->at == '-'))
      r->at++;
    return skip_digits(r);
  }
  return true;
}

static bool read_word(reader *r, const char *word) {
  size_t len = strlen(word);
  if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len) != 0)
    return syntax_error(r, "no JSON value");
  r->at += len;
  return true;
}

/* ---- values ------------------------------------------------------------------------------------------- */

/* Notes how the value that was just read is spelt. */
static void note_spelling(const reader *r, kit_json *node) {
  node->spaced = r->space > node->raw.data;
  node->odd = r->odd > node->raw.data;
}

/* Reads a scalar, or the opening of a container, into `node`. */
static bool read_value(reader *r, kit_json *node) {
  const char *start = r->at;
  bool ok;
  if (start >= r->end)
    return syntax_error(r, "the text ends where a value is expected");
  switch (*start) {
  case '{':
  case '[':
    node->kind = *start == '{' ? KIT_JSON_OBJECT : KIT_JSON_ARRAY;
    r->at++;
    return true;
  case '"':
    node->kind = KIT_JSON_STRING;
    ok = read_string(r, &node->raw, &node->text);
    note_spelling(r, node);
    return ok;
  case 't':
  case 'f':
    node->kind = KIT_JSON_BOOL;
    ok = read_word(r, *start == 't' ? "true" : "false");
    break;
  case 'n':
    node->kind = KIT_JSON_NULL;
    ok = read_word(r, "null");
    break;
  default:
    if (*start != '-' && !is_digit(*start))
      return syntax_error(r, "no JSON value");
    node->kind = KIT_JSON_NUMBER;
    ok = read_number(r);
  }
  node->raw = hcsref_str_from(start, (size_t)(r->at - start));
  return ok;
}

static bool is_container(const kit_json *node) {
  return node->kind == KIT_JSON_ARRAY || node->kind == KIT_JSON_OBJECT;
}

static void append_child(kit_json *parent, kit_json *child) {
  child->up = parent;
  if (parent->last == NULL)
    parent->first = child;
  else
    parent->last->next = child;
  parent->last = child;
  parent->count++;
  parent->names = (uint16_t)(parent->names | kit_name_bit(child->key.data, child->key.len));
}

static bool read_key(reader *r, kit_json *node) {
  if (r->at >= r->end || *r->at != '"')
    return syntax_error(r, "expected a key");
  if (!read_string(r, &node->raw_key, &node->key))
    return false;
  skip_space(r);
  if (r->at >= r->end || *r->at != ':')
    return syntax_error(r, "expected a colon");
  r->at++;
  skip_space(r);
  return true;
}

/* Steps over what may stand before the next child of `parent`; `*closed` when its end was read instead. */
static bool read_separator(reader *r, kit_json *parent, bool *closed) {
  char close = parent->kind == KIT_JSON_OBJECT ? '}' : ']';
  skip_space(r);
  if (r->at >= r->end)
    return syntax_error(r, "the text ends inside an array or object");
  *closed = *r->at == close;
  if (*closed) {
    r->at++;
    parent->raw.len = (size_t)(r->at - parent->raw.data);
    note_spelling(r, parent);
    return true;
  }
  if (parent->count == 0)
    return true;
  if (*r->at != ',')
    return syntax_error(r, "expected a comma or the end of the array or object");
  r->at++;
  skip_space(r);
  return true;
}

/* A node; null, with the error set, when out of memory. */
static kit_json *new_node(reader *r) {
  if (r->spares == 0) {
    size_t most = (size_t)(r->end - r->at) / 2 + 1; /* a value and a comma */
    r->spares = most < NODES_AHEAD ? most : NODES_AHEAD;
    r->spare = hcsref_arena_array(r->arena, r->spares, sizeof(*r->spare));
    if (r->spare == NULL) {
      r->spares = 0;
      (void)hcsref_fail_memory(r->err);
      return NULL;
    }
  }
  r->spares--;
  return r->spare++;
}

/* Is the value at r->at, a member of the root with its key, the one that is known? Then it is stepped over. */
static bool step_over_known(reader *r, kit_json *node) {
  static const kit_json_kind kinds[256] = {['{'] = KIT_JSON_OBJECT, ['['] = KIT_JSON_ARRAY, ['"'] = KIT_JSON_STRING,
                                           ['t'] = KIT_JSON_BOOL,   ['f'] = KIT_JSON_BOOL,  ['n'] = KIT_JSON_NULL};
  hcsref_str known = r->known.value;
  if (known.len == 0 || !hcsref_str_equal(node->key, r->known.key) || (size_t)(r->end - r->at) <= known.len ||
      memcmp(r->at, known.data, known.len) != 0 || (r->at[known.len] != ',' && r->at[known.len] != '}'))
    return false;
  node->raw = hcsref_str_from(r->at, known.len);
  node->kind = *r->at == '-' || is_digit(*r->at) ? KIT_JSON_NUMBER : kinds[(unsigned char)*r->at];
  r->at += known.len;
  return true;
}

/* Reads everything inside `root`, which has been opened. */
static bool read_children(reader *r, kit_json *root) {
  kit_json *parent = root;
  size_t depth = 1;
  while (parent != NULL) {
    kit_json *node;
    bool closed = false, known;
    if (!read_separator(r, parent, &closed))
      return false;
    if (closed) {
      parent = parent->up;
      depth--;
      continue;
    }
    node = new_node(r);
    if (node == NULL || (parent->kind == KIT_JSON_OBJECT && !read_key(r, node)))
      return false;
    node->raw.data = r->at;
    known = parent == root && step_over_known(r, node);
    if (!known && !read_value(r, node))
      return false;
    append_child(parent, node);
    if (known || !is_container(node))
      continue;
    if (++depth > KIT_JSON_MAX_DEPTH)
      return hcsref_fail(r->arena, r->err, "json-depth", HCSREF_LIT(""),
                         "arrays and objects nest deeper than %u levels", (uint64_t)KIT_JSON_MAX_DEPTH);
    parent = node;
  }
  return true;
}

/* Null, with the error set, on failure. */
static kit_json *read_root(reader *r) {
  kit_json *root = new_node(r);
  if (root == NULL)
    return NULL;
  skip_space(r);
  root->raw.data = r->at;
  if (!read_value(r, root) || (is_container(root) && !read_children(r, root)))
    return NULL;
  skip_space(r);
  root->bad_utf8 = r->bad_utf8;
  return root;
}

static bool read_whole(reader *r, kit_json **out) {
  kit_json *root = read_root(r);
  if (root == NULL)
    return false;
  if (r->at != r->end)
    return syntax_error(r, "something follows the value");
  *out = root;
  return true;
}

static reader reader_of(hcsref_arena *arena, hcsref_str text, hcsref_error *err) {
  static const char nothing[] = "";
  const char *data = text.data == NULL ? nothing : text.data;
  const reader r = {
      .arena = arena, .err = err, .begin = data, .at = data, .end = data + text.len, .space = data, .odd = data};
  return r;
}

bool kit_json_parse_at(hcsref_arena *arena, hcsref_str text, kit_json **out, size_t *offset, hcsref_error *err) {
  reader r = reader_of(arena, text, err);
  bool ok = read_whole(&r, out);
  *offset = (size_t)(r.at - r.begin);
  return ok;
}

bool kit_json_parse_several(hcsref_arena *arena, hcsref_str text, kit_json **out, hcsref_error *err) {
  reader r = reader_of(arena, text, err);
  kit_json *all = new_node(&r);
  if (all == NULL)
    return false;
  all->kind = KIT_JSON_ARRAY;
  all->raw = text;
  all->odd = true; /* it is not spelt at all */
  do {
    kit_json *root = read_root(&r);
    if (root == NULL)
      return false;
    append_child(all, root);
  } while (r.at != r.end);
  all->bad_utf8 = r.bad_utf8;
  *out = all;
  if (all->count == 1) {
    *out = all->first;
    (*out)->up = NULL;
  }
  return true;
}

/* The line as well, if the text has more than one in front of the place. */
static bool fail_at_place(hcsref_arena *arena, hcsref_error *err, const hcsref_error *why, const reader *r) {
  const char *line = r->begin;
  uint64_t lines = 1;
  for (const char *at = r->begin; at < r->at; at++)
    if (*at == '\n') {
      lines++;
      line = at + 1;
    }
  if (lines == 1)
    return hcsref_fail(arena, err, why->code, why->where, "%v (column %u)", why->message, (uint64_t)(r->at - line) + 1);
  return hcsref_fail(arena, err, why->code, why->where, "%v (line %u, column %u)", why->message, lines,
                     (uint64_t)(r->at - line) + 1);
}

bool kit_json_parse_known(hcsref_arena *arena, hcsref_str text, kit_json_known known, kit_json **out,
                          hcsref_error *err) {
  hcsref_error why = {0};
  reader r = reader_of(arena, text, &why);
  r.known = known;
  if (read_whole(&r, out))
    return true;
  if (strcmp(why.code, "json-syntax") == 0)
    return fail_at_place(arena, err, &why, &r);
  if (err != NULL)
    *err = why;
  return false;
}

bool kit_json_parse(hcsref_arena *arena, hcsref_str text, kit_json **out, hcsref_error *err) {
  const kit_json_known nothing = {{NULL, 0}, {NULL, 0}};
  return kit_json_parse_known(arena, text, nothing, out, err);
}
