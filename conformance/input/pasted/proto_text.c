/* SPDX-License-Identifier: Apache-2.0 */
/* A CRI message in protobuf's text form: metadata:{name:"a"} mounts:{container_path:"C:\\data" readonly:true}. Names
 * are those that crictl reads; a list is its name again and again, a map a list of entries. Sources: protobuf-go
 * encoding/prototext and internal/encoding/text; older programs write < and > for the braces. */
#include "hcsref/cri.h"
#include "input/pasted/json_value.h"
#include "input/pasted/pasted.h"

#include <string.h>

#define DEEPEST 32

typedef struct reader {
  hcsref_arena *arena;
  hcsref_str text;
  size_t at;
  hcsref_buf *out;
  unsigned depth;
  size_t known; /* of the members of the message itself */
} reader;

static bool read_members(reader *r, const hcsref_type *type);

/* ---- letters ------------------------------------------------------------------------------------------------- */

static char peek(const reader *r) {
  return r->at < r->text.len ? r->text.data[r->at] : '\0';
}

static bool take(reader *r, char c) {
  if (r->at >= r->text.len || r->text.data[r->at] != c)
    return false;
  r->at++;
  return true;
}

static void skip_blanks(reader *r) {
  while (peek(r) == ' ' || peek(r) == '\t' || peek(r) == '\n' || peek(r) == '\r')
    r->at++;
}

/* Letters of names and of values that have no quotes. */
static bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static hcsref_str take_word(reader *r) {
  size_t start = r->at;
  if (peek(r) == '-' || peek(r) == '+')
    r->at++;
  while (is_letter(peek(r)) || (peek(r) == '.' && r->at > start))
    r->at++;
  return hcsref_str_from(r->text.data + start, r->at - start);
}

/* ---- strings ------------------------------------------------------------------------------------------------- */

static unsigned digit_of(char c) {
  if (c >= '0' && c <= '9')
    return (unsigned)(c - '0');
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10u : 99u;
}

/* Up to `most` digits. */
static uint32_t take_digits(reader *r, unsigned base, size_t most) {
  uint32_t value = 0;
  for (size_t i = 0; i < most && digit_of(peek(r)) < base; i++)
    value = value * base + digit_of(r->text.data[r->at++]);
  return value;
}

/* A character below 0x80, or U+FFFD for others: what a byte above was part of is not known. */
static void append_value(hcsref_buf *out, uint32_t value) {
  if (value > 0 && value < 0x80)
    hcsref_buf_append_char(out, (char)value);
  else
    hcsref_buf_append(out, HCSREF_LIT("\xEF\xBF\xBD"));
}

/* What follows a backslash. */
static void take_escape(reader *r, hcsref_buf *out) {
  static const char letters[] = "abfnrtv", meanings[] = "\a\b\f\n\r\t\v";
  char c = peek(r);
  const char *letter = c == '\0' ? NULL : strchr(letters, c);
  if (digit_of(c) < 8) {
    append_value(out, take_digits(r, 8, 3));
    return;
  }
  r->at += r->at < r->text.len;
  if (letter != NULL)
    hcsref_buf_append_char(out, meanings[letter - letters]);
  else if (c == 'x' || c == 'X')
    append_value(out, take_digits(r, 16, 2));
  else if (c == 'u' || c == 'U')
    append_value(out, take_digits(r, 16, c == 'u' ? 4 : 8));
  else
    hcsref_buf_append_char(out, c);
}

static bool read_string(reader *r) {
  hcsref_buf value = {.arena = r->arena};
  while (peek(r) != '"' && r->at < r->text.len && !value.failed) {
    if (take(r, '\\'))
      take_escape(r, &value);
    else
      hcsref_buf_append_char(&value, r->text.data[r->at++]);
  }
  r->out->failed = r->out->failed || value.failed;
  input_json_string(r->out, hcsref_buf_str(&value));
  return take(r, '"');
}

/* ---- values -------------------------------------------------------------------------------------------------- */

static const hcsref_type *pointed_at(const hcsref_type *type) {
  while (type != NULL && type->kind == HCSREF_POINTER)
    type = type->elem;
  return type;
}

/* `*given` false: a value that its field does not take, of which nothing was written. */
static bool read_value(reader *r, const hcsref_type *type, bool *given) {
  hcsref_str word;
  *given = true;
  if (take(r, '"'))
    return read_string(r);
  if (peek(r) == '{' || peek(r) == '<')
    return read_members(r, pointed_at(type));
  word = take_word(r);
  *given = word.len != 0 && input_json_scalar(r->out, word, pointed_at(type));
  return word.len != 0;
}

static bool take_named_string(reader *r, hcsref_str name) {
  skip_blanks(r);
  if (!hcsref_str_has_prefix(hcsref_str_skip(r->text, r->at), name))
    return false;
  r->at += name.len;
  skip_blanks(r);
  return take(r, '"') && read_string(r);
}

/* {key:"a" value:"b"} */
static bool read_entry(reader *r) {
  char close = peek(r) == '<' ? '>' : '}';
  if ((!take(r, '{') && !take(r, '<')) || !take_named_string(r, HCSREF_LIT("key:")))
    return false;
  hcsref_buf_append_char(r->out, ':');
  if (!take_named_string(r, HCSREF_LIT("value:")))
    return false;
  skip_blanks(r);
  return take(r, close);
}

/* ---- members ------------------------------------------------------------------------------------------------- */

/* Is the next member of that name, too? Then the reader stands behind its colon. */
static bool take_same(reader *r, hcsref_str name) {
  size_t before = r->at;
  skip_blanks(r);
  if (hcsref_str_equal(take_word(r), name) && take(r, ':')) {
    skip_blanks(r);
    return true;
  }
  r->at = before;
  return false;
}

static bool read_list(reader *r, hcsref_str name, const hcsref_type *element) {
  bool first = true;
  hcsref_buf_append_char(r->out, '[');
  do {
    size_t before = r->out->len;
    bool given;
    if (!first)
      hcsref_buf_append_char(r->out, ',');
    if (r->out->failed || !read_value(r, element, &given))
      return false;
    if (!given)
      r->out->len = before;
    first = first && !given;
  } while (take_same(r, name));
  hcsref_buf_append_char(r->out, ']');
  return true;
}

/* A member that no table knows is a list when it is there twice. */
static bool read_unknown(reader *r, hcsref_str name) {
  size_t start = r->out->len;
  bool given;
  if (!read_value(r, NULL, &given) || !take_same(r, name))
    return given && !r->out->failed;
  hcsref_buf_append_char(r->out, ',');
  if (r->out->failed)
    return false;
  memmove(r->out->data + start + 1, r->out->data + start, r->out->len - start - 1);
  r->out->data[start] = '[';
  hcsref_buf_append_char(r->out, ',');
  do {
    if (r->out->failed || !read_value(r, NULL, &given))
      return false;
    hcsref_buf_append_char(r->out, ',');
  } while (take_same(r, name));
  r->out->data[r->out->len - 1] = ']';
  return true;
}

static bool read_map(reader *r, hcsref_str name) {
  bool first = true;
  hcsref_buf_append_char(r->out, '{');
  do {
    if (!first)
      hcsref_buf_append_char(r->out, ',');
    first = false;
    if (r->out->failed || !read_entry(r))
      return false;
  } while (take_same(r, name));
  hcsref_buf_append_char(r->out, '}');
  return true;
}

static const hcsref_field *find_field(const hcsref_type *type, hcsref_str name) {
  for (size_t i = 0; type != NULL && type->kind == HCSREF_STRUCT && i < type->field_count; i++)
    if (hcsref_str_equal(hcsref_str_from(type->fields[i].name, type->fields[i].name_len), name))
      return &type->fields[i];
  return NULL;
}

/* The reader stands behind the colon. */
static bool read_member(reader *r, hcsref_str name, const hcsref_field *field, bool first) {
  size_t start = r->out->len;
  const hcsref_type *type = field == NULL ? NULL : pointed_at(field->type);
  bool given = true, ok;
  hcsref_buf_append(r->out, first ? HCSREF_LIT("\"") : HCSREF_LIT(",\""));
  hcsref_buf_append(r->out, name);
  hcsref_buf_append(r->out, HCSREF_LIT("\":"));
  if (type == NULL)
    ok = read_unknown(r, name);
  else if (type->kind == HCSREF_SLICE)
    ok = read_list(r, name, type->elem);
  else if (type->kind == HCSREF_MAP)
    ok = read_map(r, name);
  else
    ok = read_value(r, type, &given);
  if (!given)
    r->out->len = start;
  return ok && !r->out->failed;
}

/* Those of the message itself end where something else follows; `name` is empty then. */
static bool next_member(reader *r, const hcsref_type *type, hcsref_str *name, const hcsref_field **field) {
  size_t before = r->at;
  skip_blanks(r);
  *name = take_word(r);
  *field = find_field(type, *name);
  if (name->len != 0 && take(r, ':')) {
    if (*field != NULL || r->depth > 1)
      skip_blanks(r);
    if (peek(r) != ' ' && peek(r) != '\0')
      return true;
  }
  r->at = before;
  name->len = 0;
  return r->depth == 1;
}

static bool read_inner(reader *r, const hcsref_type *type, char close) {
  size_t start;
  hcsref_buf_append_char(r->out, '{');
  start = r->out->len;
  for (;;) {
    hcsref_str name;
    const hcsref_field *field;
    skip_blanks(r);
    if (close != '\0' && take(r, close))
      break;
    if (!next_member(r, type, &name, &field))
      return false;
    if (name.len == 0)
      break;
    r->known += r->depth == 1 && field != NULL;
    if (!read_member(r, name, field, r->out->len == start))
      return false;
  }
  hcsref_buf_append_char(r->out, '}');
  return !r->out->failed;
}

/* Braces and what is between them; the message itself has none. */
static bool read_members(reader *r, const hcsref_type *type) {
  char close = r->depth == 0 ? '\0' : peek(r) == '<' ? '>' : '}';
  bool ok;
  if (r->depth == DEEPEST)
    return false;
  r->at += close != '\0';
  r->depth++;
  ok = read_inner(r, type, close);
  r->depth--;
  return ok;
}

bool input_proto_text(hcsref_arena *arena, hcsref_str text, hcsref_buf *out, size_t *length) {
  static const hcsref_type *const types[] = {&hcsref_type_cri_container_config, &hcsref_type_cri_pod_sandbox_config};
  hcsref_buf best = {.arena = arena};
  size_t most = 1;
  for (size_t i = 0; i < 2; i++) {
    hcsref_buf one = {.arena = arena};
    reader r = {.arena = arena, .text = text, .out = &one};
    bool read = read_members(&r, types[i]);
    out->failed = out->failed || one.failed;
    if (read && r.known > most) {
      best = one;
      most = r.known;
      *length = r.at;
    }
  }
  hcsref_buf_append(out, hcsref_buf_str(&best));
  return most > 1 && !out->failed;
}
