/* SPDX-License-Identifier: Apache-2.0 */
#include "input/pasted/pasted.h"

#include "input/pasted/cut.h"

#include <string.h>

/* What stands before a document. Sources: moby daemon/libcontainerd (extra info), hcsshim internal/hcs (configuration,
 * json, document, settings of a span), Hyper-V-Compute's events (settings). The longest word that fits counts. */
static const struct {
  const char *word, *wrapper;
} wrappers[] = {
    {"extra info", "docker's error"},
    {"settings", "the event log of Hyper-V-Compute"},
    {"configuration", "a field of the shim's log"},
    {"json", "a field of hcsshim's log"},
    {"document", "a field of hcsshim's log"},
    {"hcsdocument", "a field of hcsshim's log"},
    {"parameters", "a field of hcsshim's log"},
    {"result", "a result in a log"},
    {"response", "an answer in a log"},
    {"request", "a request in a log"},
    {"spec", "a specification in a log"},
    {"config", "a config in a log"},
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char *wrapper_before(hcsref_str text, size_t at) {
  const char *best = "";
  size_t longest = 0;
  while (at > 0 && strchr(" :='\"`\\(&", text.data[at - 1]) != NULL)
    at--;
  for (size_t i = 0; i < COUNT(wrappers); i++) {
    size_t length = strlen(wrappers[i].word);
    if (length > longest && at >= length &&
        hcsref_str_equal_ascii_fold(hcsref_str_from(text.data + at - length, length), hcsref_cstr(wrappers[i].word))) {
      best = wrappers[i].wrapper;
      longest = length;
    }
  }
  return best;
}

/* ---- unescaping ---------------------------------------------------------------------------------------------- */

/* Each turns one level of escapes into what they stand for, up to the end of the quoted text or of `text` or until
 * `most` bytes came of it, and says how much of `text` that was. */

static void append_escape(hcsref_buf *out, char c) {
  static const char letters[] = "ntrbfav", meanings[] = "\n\t\r\b\f\a\v";
  const char *found = c == '\0' ? NULL : strchr(letters, c);
  if (found != NULL) {
    hcsref_buf_append_char(out, meanings[found - letters]);
    return;
  }
  if (c == 'u' || c == 'x') /* stays as it is: in JSON it means the same */
    hcsref_buf_append_char(out, '\\');
  hcsref_buf_append_char(out, c);
}

static size_t unescape_backslashes(hcsref_str text, size_t most, hcsref_buf *out) {
  size_t i = 0;
  while (i < text.len && text.data[i] != '"' && out->len < most && !out->failed) {
    if (text.data[i] == '\\' && i + 1 < text.len)
      append_escape(out, text.data[++i]);
    else
      hcsref_buf_append_char(out, text.data[i]);
    i++;
  }
  return i;
}

static size_t unescape_doubled(hcsref_str text, size_t most, hcsref_buf *out) {
  size_t i = 0;
  while (i < text.len && out->len < most && !out->failed) {
    if (text.data[i] == '"' && (i + 1 == text.len || text.data[i + 1] != '"'))
      break;
    hcsref_buf_append_char(out, text.data[i]);
    i += text.data[i] == '"' ? 2 : 1;
  }
  return i;
}

static size_t unescape_entities(hcsref_str text, size_t most, hcsref_buf *out) {
  static const struct {
    const char *entity;
    char meaning;
  } entities[] = {{"&quot;", '"'}, {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&apos;", '\''}, {"&#34;", '"'}};
  size_t i = 0;
  while (i < text.len && text.data[i] != '<' && out->len < most && !out->failed) {
    size_t e = 0;
    hcsref_str rest = hcsref_str_skip(text, i);
    while (text.data[i] == '&' && e < COUNT(entities) && !hcsref_str_has_prefix(rest, hcsref_cstr(entities[e].entity)))
      e++;
    if (text.data[i] == '&' && e < COUNT(entities)) {
      hcsref_buf_append_char(out, entities[e].meaning);
      i += strlen(entities[e].entity);
    } else {
      hcsref_buf_append_char(out, text.data[i++]);
    }
  }
  return i;
}

/* Most often that a text is written into another one. */
#define MOST_LEVELS 4

/* ---- one place ------------------------------------------------------------------------------------------------- */

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* How the object at the front of `text` is written: how often over in `*levels`. False: it looks like no object. */
static bool escape_of(hcsref_str text, input_escape *escape, size_t *levels) {
  size_t i = 1, slashes = 0;
  while (i < text.len && is_blank(text.data[i]))
    i++;
  while (i < text.len && text.data[i] == '\\' && text.len > i + 1 && strchr("nrt", text.data[i + 1]) != NULL) {
    i += 2; /* an indented document in a quoted text */
    while (i < text.len && is_blank(text.data[i]))
      i++;
  }
  while (i < text.len && text.data[i] == '\\') {
    slashes++;
    i++;
  }
  *levels = 0;
  if (hcsref_str_has_prefix(hcsref_str_skip(text, i), HCSREF_LIT("&quot;")) ||
      hcsref_str_has_prefix(hcsref_str_skip(text, i), HCSREF_LIT("&#34;"))) {
    *escape = INPUT_ENTITY;
    *levels = 1;
    return slashes == 0;
  }
  if (i >= text.len || text.data[i] != '"')
    return false;
  if (slashes == 0) {
    *escape = hcsref_str_has_prefix(hcsref_str_skip(text, i), HCSREF_LIT("\"\"")) &&
                      !hcsref_str_has_prefix(hcsref_str_skip(text, i), HCSREF_LIT("\"\":"))
                  ? INPUT_DOUBLED
                  : INPUT_PLAIN;
    *levels = *escape == INPUT_DOUBLED;
    return true;
  }
  *escape = INPUT_BACKSLASH;
  for (size_t need = 1; need < slashes; need = 2 * need + 1)
    ++*levels;
  ++*levels;
  return *levels <= MOST_LEVELS;
}

/* The length of the object at the front, or of all there is when it has no end (`*whole` false). */
static size_t object_length(hcsref_str text, bool *whole) {
  size_t depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    if (quoted && c == '\\')
      i++;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && (c == '{' || c == '['))
      depth++;
    else if (!quoted && (c == '}' || c == ']') && --depth == 0) {
      *whole = true;
      return i + 1;
    }
  }
  *whole = false;
  return text.len;
}

/* A text as it stands and, level by level, before it was escaped. */
typedef struct unescaped {
  input_escape escape;
  size_t levels;
  hcsref_str texts[MOST_LEVELS + 1];
  size_t used; /* of the first */
} unescaped;

static size_t unescape_once(input_escape escape, hcsref_str text, size_t most, hcsref_buf *out) {
  return escape == INPUT_ENTITY    ? unescape_entities(text, most, out)
         : escape == INPUT_DOUBLED ? unescape_doubled(text, most, out)
                                   : unescape_backslashes(text, most, out);
}

/* False: out of memory. */
static bool unescape(hcsref_arena *arena, unescaped *u) {
  for (size_t level = 0; level < u->levels; level++) {
    hcsref_buf buf = {.arena = arena};
    size_t used = unescape_once(u->escape, u->texts[level], SIZE_MAX, &buf);
    if (buf.failed)
      return false;
    u->used = level == 0 ? used : u->used;
    u->texts[level + 1] = hcsref_buf_str(&buf);
  }
  return true;
}

/* How much of the text as it stands became the first `length` bytes of what it says: what follows in the same quotes
 * is not part of it. False: out of memory. */
static bool measure(hcsref_arena *arena, const unescaped *u, size_t length, size_t *out) {
  for (size_t level = u->levels; level > 0; level--) {
    hcsref_buf buf = {.arena = arena};
    length = unescape_once(u->escape, u->texts[level - 1], length, &buf);
    if (buf.failed)
      return false;
  }
  *out = length;
  return true;
}

/* What is looked for in a text. */
typedef struct finder {
  hcsref_arena *arena;
  hcsref_str text;
  hcsref_slice *found;
  size_t tried, next; /* next: where to go on */
} finder;

static void keep(finder *f, const input_found *one) {
  input_found *items = f->found->items;
  items[f->found->len++] = *one;
  f->next = one->end;
}

static hcsref_str text_at(const finder *f, size_t at) {
  return hcsref_str_first(hcsref_str_skip(f->text, at), INPUT_LONGEST_FOUND);
}

/* Does an object that is not JSON, or has no end, look like one that was meant to be? */
static bool looks_meant(const input_found *one) {
  return one->wrapper[0] != '\0' || (one->text.len > 20 && memchr(one->text.data, ':', one->text.len) != NULL);
}

static bool parse(finder *f, input_found *one, size_t *offset) {
  hcsref_error err = {0};
  if (kit_json_parse_at(f->arena, one->text, &one->tree, offset, &err))
    return true;
  one->tree = NULL;
  return strcmp(err.code, "out-of-memory") != 0;
}

/* Longest value without a string or container: what is left of it may not be read at its end. */
#define LONGEST_WORD 5

/* Reads what is whole of an object that is JSON up to where it ends, at `offset`. */
static bool read_cut(finder *f, size_t offset, input_found *one) {
  input_found closed = *one;
  hcsref_buf out = {.arena = f->arena};
  if (offset + LONGEST_WORD < one->text.len)
    return true;
  closed.open = input_close_cut(one->text, &out);
  closed.text = hcsref_buf_str(&out);
  closed.raw = one->text;
  if (out.failed || (closed.open > 0 && !parse(f, &closed, &offset)))
    return false;
  if (closed.open > 0 && closed.tree != NULL && closed.tree->first != NULL)
    *one = closed;
  return true;
}

/* Reads the front of `text` as an object into `one`; `*length` is how much of it that is. False: out of memory. */
static bool read_object(finder *f, hcsref_str text, input_found *one, size_t *length) {
  size_t offset = 0;
  bool whole;
  *length = object_length(text, &whole);
  one->text = hcsref_str_first(text, *length);
  return parse(f, one, &offset) && (whole || one->tree != NULL || read_cut(f, offset, one));
}

/* Tries again without line breaks and the blanks behind them, which no string of JSON has. */
static bool rejoin(finder *f, hcsref_str text, input_found *one) {
  hcsref_buf joined = {.arena = f->arena};
  input_found again = *one;
  size_t length;
  if (memchr(text.data, '\n', text.len) == NULL)
    return true;
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] != '\n' && text.data[i] != '\r') {
      hcsref_buf_append_char(&joined, text.data[i]);
      continue;
    }
    while (i + 1 < text.len && is_blank(text.data[i + 1]))
      i++;
  }
  if (joined.failed || !read_object(f, hcsref_buf_str(&joined), &again, &length))
    return false;
  again.rejoined = true;
  if (again.tree != NULL)
    *one = again;
  return true;
}

/* Looks at the brace at `at`. False: out of memory. */
static bool look_at(finder *f, size_t at) {
  input_found one = {.at = at, .wrapper = wrapper_before(f->text, at)};
  unescaped u = {.texts = {text_at(f, at)}};
  size_t length;
  if (!escape_of(u.texts[0], &one.escape, &u.levels))
    return true;
  u.escape = one.escape;
  f->tried++;
  if (!unescape(f->arena, &u) || !read_object(f, u.texts[u.levels], &one, &length) ||
      !measure(f->arena, &u, length, &length))
    return false;
  if (one.tree == NULL && !rejoin(f, one.text, &one))
    return false;
  one.end = at + (one.tree != NULL || u.levels == 0 ? length : u.used);
  if ((one.tree != NULL && one.open == 0) || looks_meant(&one))
    keep(f, &one);
  return true;
}

/* ---- Go's %+v ---------------------------------------------------------------------------------------------------- */

/* In a quoted message each backslash is there twice. */
static hcsref_str halved(hcsref_arena *arena, hcsref_str text, bool *failed) {
  hcsref_buf out = {.arena = arena};
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] == '\\' && i + 1 < text.len && (text.data[i + 1] == '\\' || text.data[i + 1] == '"'))
      i++;
    hcsref_buf_append_char(&out, text.data[i]);
  }
  *failed = out.failed;
  return hcsref_buf_str(&out);
}

static bool look_at_struct(finder *f, size_t at) {
  input_found one = {.at = at, .wrapper = "a message of the CRI as Go prints it", .escape = INPUT_GO_STRUCT};
  hcsref_str rest = text_at(f, at), plain;
  hcsref_buf first = {.arena = f->arena}, json = {.arena = f->arena};
  hcsref_error err = {0};
  size_t length;
  bool failed;
  bool whole = input_go_struct(rest, &first, &length);
  f->tried += first.len != 0; /* one that has no end was read to the end, too */
  if (!whole)
    return !first.failed;
  one.end = at + length;
  plain = halved(f->arena, hcsref_str_first(rest, length), &failed);
  if (failed || !input_go_struct(plain, &json, &length))
    return !failed && !json.failed;
  one.text = hcsref_buf_str(&json);
  if (!kit_json_parse(f->arena, one.text, &one.tree, &err))
    return strcmp(err.code, "out-of-memory") != 0;
  keep(f, &one);
  return true;
}

/* ---- protobuf's text form ---------------------------------------------------------------------------------------- */

/* How often over the quotes of the message at the front of `text` are escaped. */
static size_t levels_of_message(hcsref_str text) {
  size_t quote = 0, slashes = 0, levels = 0;
  while (quote < text.len && text.data[quote] != '"')
    quote++;
  while (slashes < quote && quote < text.len && text.data[quote - slashes - 1] == '\\')
    slashes++;
  for (size_t need = 0; need < slashes && levels <= MOST_LEVELS; need = 2 * need + 1)
    levels++;
  return levels;
}

static bool begins_message(const finder *f, size_t at) {
  bool inside = at > 0 && strchr(" \t\n{<:\"\\'(", f->text.data[at - 1]) == NULL;
  return !inside && hcsref_str_has_prefix(hcsref_str_skip(f->text, at), HCSREF_LIT("metadata:"));
}

/* False: out of memory. */
static bool look_at_message(finder *f, size_t at) {
  input_found one = {.at = at, .wrapper = "a message of the CRI in protobuf's text form", .escape = INPUT_PROTO_TEXT};
  unescaped u = {.escape = INPUT_BACKSLASH, .texts = {text_at(f, at)}};
  hcsref_buf json = {.arena = f->arena};
  hcsref_error err = {0};
  size_t length;
  u.levels = levels_of_message(u.texts[0]);
  if (u.levels > MOST_LEVELS)
    return true;
  f->tried++;
  if (!unescape(f->arena, &u))
    return false;
  if (!input_proto_text(f->arena, u.texts[u.levels], &json, &length))
    return !json.failed;
  if (!measure(f->arena, &u, length, &length))
    return false;
  one.end = at + length;
  one.text = hcsref_buf_str(&json);
  if (!kit_json_parse(f->arena, one.text, &one.tree, &err))
    return strcmp(err.code, "out-of-memory") != 0;
  keep(f, &one);
  return true;
}

static bool look(finder *f, size_t at) {
  switch (f->text.data[at]) {
  case '{':
    return look_at(f, at);
  case '&':
    return look_at_struct(f, at);
  case 'm':
    return !begins_message(f, at) || look_at_message(f, at);
  default:
    return true;
  }
}

bool input_find_documents(hcsref_arena *arena, hcsref_str text, hcsref_slice *found) {
  finder f = {.arena = arena, .text = text, .found = found};
  found->items = hcsref_arena_array(arena, INPUT_MOST_FOUND, sizeof(input_found));
  found->len = 0;
  if (found->items == NULL)
    return false;
  for (size_t at = 0; at < text.len && found->len < INPUT_MOST_FOUND && f.tried < INPUT_MOST_TRIED; at = f.next) {
    f.next = at + 1;
    if (!look(&f, at))
      return false;
  }
  return true;
}
