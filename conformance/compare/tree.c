/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of exact JSON trees: one pass, no recursion. */
#include "compare/tree.h"

#include "compare/span.h"
#include "io/utf8.h"

#include <string.h>

typedef struct reader {
  hcsref_arena *arena;
  hcsref_error *err;
  const char *begin, *at, *end;
  bool bad_utf8;
} reader;

static bool syntax_error(reader *r, const char *what) {
  return hcsref_fail(r->arena, r->err, "json-syntax", HCSREF_LIT(""), "%s", what);
}

static void skip_space(reader *r) {
  while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r'))
    r->at++;
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

/* Checks the escape at r->at and steps over it. */
static bool skip_escape(reader *r) {
  size_t room = (size_t)(r->end - r->at), i;
  if (room < 2)
    return syntax_error(r, "the text ends inside a string");
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

/* Reads the string at r->at: its text with quotes, and unescaped. */
static bool read_string(reader *r, hcsref_str *raw, hcsref_str *text) {
  const char *start = r->at++;
  bool escaped = false;
  for (;;) {
    unsigned char c;
    r->at += kit_plain_span(r->at, r->end);
    if (r->at >= r->end)
      return syntax_error(r, "the text ends inside a string");
    c = (unsigned char)*r->at;
    if (c == '"')
      break;
    if (c == '\\') {
      escaped = true;
      if (!skip_escape(r))
        return false;
    } else if (c < 0x20) {
      return syntax_error(r, "a control character inside a string");
    } else {
      size_t len = utf8_length(hcsref_str_from(r->at, (size_t)(r->end - r->at)));
      r->bad_utf8 = r->bad_utf8 || len == 0;
      r->at += len == 0 ? 1 : len;
    }
  }
  r->at++;
  *raw = hcsref_str_from(start, (size_t)(r->at - start));
  *text = hcsref_str_from(start + 1, raw->len - 2);
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
    return read_string(r, &node->raw, &node->text);
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

/* What two names have in common if they are the same: a bit for the first byte and the length. */
static uint16_t name_bit(const char *name, size_t length) {
  return (uint16_t)(1u << (length == 0 ? 0 : ((unsigned char)name[0] + 7 * length) % 16));
}

static void append_child(kit_json *parent, kit_json *child) {
  child->up = parent;
  if (parent->last == NULL)
    parent->first = child;
  else
    parent->last->next = child;
  parent->last = child;
  parent->count++;
  parent->names = (uint16_t)(parent->names | name_bit(child->key.data, child->key.len));
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

/* Reads everything inside `root`, which has been opened. */
static bool read_children(reader *r, kit_json *root) {
  kit_json *parent = root;
  size_t depth = 1;
  while (parent != NULL) {
    kit_json *node;
    bool closed = false;
    if (!read_separator(r, parent, &closed))
      return false;
    if (closed) {
      parent = parent->up;
      depth--;
      continue;
    }
    node = hcsref_arena_alloc(r->arena, sizeof(*node));
    if (node == NULL)
      return hcsref_fail_memory(r->err);
    if (parent->kind == KIT_JSON_OBJECT && !read_key(r, node))
      return false;
    node->raw.data = r->at;
    if (!read_value(r, node))
      return false;
    append_child(parent, node);
    if (!is_container(node))
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
  kit_json *root = hcsref_arena_alloc(r->arena, sizeof(*root));
  if (root == NULL) {
    (void)hcsref_fail_memory(r->err);
    return NULL;
  }
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

bool kit_json_parse_at(hcsref_arena *arena, hcsref_str text, kit_json **out, size_t *offset, hcsref_error *err) {
  static const char nothing[] = "";
  const char *data = text.data == NULL ? nothing : text.data;
  reader r = {arena, err, data, data, data + text.len, false};
  bool ok = read_whole(&r, out);
  *offset = (size_t)(r.at - r.begin);
  return ok;
}

bool kit_json_parse_several(hcsref_arena *arena, hcsref_str text, kit_json **out, hcsref_error *err) {
  reader r = {arena, err, text.data, text.data, text.data + text.len, false};
  kit_json *all = hcsref_arena_alloc(arena, sizeof *all);
  if (all == NULL)
    return hcsref_fail_memory(err);
  all->kind = KIT_JSON_ARRAY;
  all->raw = text;
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

bool kit_json_parse(hcsref_arena *arena, hcsref_str text, kit_json **out, hcsref_error *err) {
  hcsref_error why = {0};
  size_t offset;
  if (kit_json_parse_at(arena, text, out, &offset, &why))
    return true;
  if (strcmp(why.code, "json-syntax") == 0)
    return hcsref_fail(arena, err, why.code, why.where, "%v at byte %u", why.message, (uint64_t)offset);
  if (err != NULL)
    *err = why;
  return false;
}

/* ---- questions ---------------------------------------------------------------------------------------- */

const kit_json *kit_json_get(const kit_json *object, const char *key) {
  const kit_json *child;
  size_t length = strlen(key);
  if (object == NULL || object->kind != KIT_JSON_OBJECT || (object->names & name_bit(key, length)) == 0)
    return NULL;
  for (child = object->first; child != NULL; child = child->next)
    if (child->key.len == length && memcmp(child->key.data, key, length) == 0)
      return child;
  return NULL;
}

hcsref_str kit_json_get_string(const kit_json *object, const char *key) {
  const kit_json *found = kit_json_get(object, key);
  return found == NULL || found->kind != KIT_JSON_STRING ? HCSREF_LIT("") : found->text;
}

bool kit_json_uint(const kit_json *node, uint64_t *out) {
  uint64_t value = 0;
  size_t i;
  if (node == NULL || node->kind != KIT_JSON_NUMBER)
    return false;
  for (i = 0; i < node->raw.len; i++) {
    uint64_t digit = (uint64_t)(node->raw.data[i] - '0');
    if (!is_digit(node->raw.data[i]) || value > (UINT64_MAX - digit) / 10)
      return false;
    value = value * 10 + digit;
  }
  *out = value;
  return true;
}

bool kit_json_is_true(const kit_json *node) {
  return node != NULL && node->kind == KIT_JSON_BOOL && node->raw.data[0] == 't';
}

const char *kit_json_kind_name(kit_json_kind kind) {
  static const char *const names[] = {"null", "a boolean", "a number", "a string", "an array", "an object"};
  return names[kind];
}
