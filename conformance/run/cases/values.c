/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/values.h"

#include <string.h>

/* What a reference and a line that names a value begin with, and what a reference to members does. No string holds
 * these bytes: a quotation mark in a string has a backslash before it, and behind the one that ends a string no $
 * follows. */
#define START   "{\"$\":\""
#define MEMBERS ",\"$\":\""
/* What is between the name and the value of a line. */
#define VALUE ",\"value\":"
/* Twice as many slots as values, at least. */
#define FEWEST_SLOTS ((size_t)64)

typedef struct named_value {
  hcsref_str name; /* its key */
  hcsref_str text;
} named_value;

void kit_values_init(kit_values *values, const hcsref_allocator *allocator) {
  hcsref_arena_init(&values->arena, allocator, 0);
  kit_values_reset(values);
}

void kit_values_free(kit_values *values) {
  hcsref_arena_free(&values->arena);
}

void kit_values_reset(kit_values *values) {
  static const kit_key_index none = {{NULL, 0, 0}, sizeof(named_value), FEWEST_SLOTS};
  hcsref_arena_reset(&values->arena);
  values->named = none.slots;
  values->index = none;
  values->written = 0;
}

bool kit_values_names(hcsref_str line) {
  return hcsref_str_has_prefix(line, HCSREF_LIT(START));
}

/* Null: no line above has that name. */
static const named_value *find_value(const kit_values *values, hcsref_str name) {
  size_t number = values->named.len == 0 ? 0 : *kit_key_index_slot(&values->index, &values->named, name);
  return number == 0 ? NULL : (const named_value *)values->named.items + number - 1;
}

/* ---- what is written -------------------------------------------------------------------------------------------- */

static bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

/* How many bytes of a name `text` begins with. */
static size_t name_length(hcsref_str text) {
  size_t length = 0;
  while (length < text.len && length < KIT_VALUE_NAME_LIMIT && is_name_byte(text.data[length]))
    length++;
  return length;
}

bool kit_values_is_name(hcsref_str name) {
  return name.len > 0 && name_length(name) == name.len;
}

/* The name behind START, which ends in a quotation mark. Empty: there is none. */
static hcsref_str name_at(hcsref_str text) {
  size_t length = name_length(text);
  return hcsref_str_first(text, length < text.len && text.data[length] == '"' ? length : 0);
}

void kit_values_append_use(hcsref_buf *buf, hcsref_str name) {
  hcsref_buf_append(buf, HCSREF_LIT(START));
  hcsref_buf_append(buf, name);
  hcsref_buf_append(buf, HCSREF_LIT("\"}"));
}

void kit_values_append_name(hcsref_buf *buf, hcsref_str name, hcsref_str value) {
  hcsref_buf_append(buf, HCSREF_LIT(START));
  hcsref_buf_append(buf, name);
  hcsref_buf_append(buf, HCSREF_LIT("\"" VALUE));
  hcsref_buf_append(buf, value);
  hcsref_buf_append_char(buf, '}');
}

void kit_values_append_members(hcsref_buf *buf, hcsref_str name) {
  hcsref_buf_append(buf, HCSREF_LIT(MEMBERS));
  hcsref_buf_append(buf, name);
  hcsref_buf_append_char(buf, '"');
}

static bool wrong_form(hcsref_arena *arena, hcsref_error *err) {
  return hcsref_fail(arena, err, "value-form", HCSREF_LIT(""),
                     "a named value is written {\"$\":\"NAME\",\"value\":VALUE}, on a line of its own, and used as "
                     "{\"$\":\"NAME\"} or, for the members of an object among others, as \"$\":\"NAME\" (not as the "
                     "first); a name is at most %u letters, digits, '.', '_' and '-'",
                     (uint64_t)KIT_VALUE_NAME_LIMIT);
}

/* The next START or MEMBERS at or behind `at`; its end when there is none. '$' is rare, so that is what is searched
 * for.
 */
static size_t find_start(hcsref_str text, size_t at) {
  const size_t before = 2, length = sizeof(START) - 1;
  while (text.len - at >= length) {
    const char *dollar = memchr(text.data + at + before, '$', text.len - at - before);
    if (dollar == NULL)
      return text.len;
    at = (size_t)(dollar - text.data) - before;
    if (hcsref_str_has_prefix(hcsref_str_skip(text, at), HCSREF_LIT(START)) ||
        hcsref_str_has_prefix(hcsref_str_skip(text, at), HCSREF_LIT(MEMBERS)))
      return at;
    at++;
  }
  return text.len;
}

static bool check_limits(const kit_values *values, hcsref_arena *arena, size_t length, hcsref_error *err) {
  if (length > KIT_VALUE_LINE_LIMIT)
    return hcsref_fail(arena, err, "value-limit", HCSREF_LIT(""),
                       "with its named values written out, the line is larger than %u bytes",
                       (uint64_t)KIT_VALUE_LINE_LIMIT);
  return values->written <= KIT_VALUES_LIMIT ||
         hcsref_fail(arena, err, "value-limit", HCSREF_LIT(""),
                     "the references of this file to named values stand for more than %u bytes",
                     (uint64_t)KIT_VALUES_LIMIT);
}

/* Takes what stands between the braces of an object; false: it is none, or nothing does. */
static bool take_members(hcsref_str *text) {
  if (text->len <= strlen("{}") || text->data[0] != '{' || text->data[text->len - 1] != '}')
    return false;
  *text = hcsref_str_from(text->data + 1, text->len - 2);
  return true;
}

/* Appends what the reference at the start of `text` stands for, and tells how long the reference is. */
static bool append_value(kit_values *values, hcsref_str text, hcsref_buf *buf, size_t *length, hcsref_error *err) {
  const bool members = text.data[0] == MEMBERS[0];
  const hcsref_str end = members ? HCSREF_LIT("\"") : HCSREF_LIT("\"}");
  hcsref_str rest = hcsref_str_skip(text, sizeof(START) - 1), name = name_at(rest), written;
  const named_value *value;
  if (name.len == 0 || !hcsref_str_has_prefix(hcsref_str_skip(rest, name.len), end))
    return wrong_form(buf->arena, err);
  value = find_value(values, name);
  if (value == NULL)
    return hcsref_fail(buf->arena, err, "value-name", HCSREF_LIT(""), "no line above names a value %q", name);
  written = value->text;
  if (members && !take_members(&written))
    return hcsref_fail(buf->arena, err, "value-form", HCSREF_LIT(""), "the value %q is not an object with members",
                       name);
  if (members)
    hcsref_buf_append_char(buf, MEMBERS[0]);
  hcsref_buf_append(buf, written);
  values->written += written.len;
  *length = sizeof(START) - 1 + name.len + end.len;
  return check_limits(values, buf->arena, buf->len, err);
}

/* `text` with the values in the place of the references. What is written out has none: values must not make new ones.
 */
static bool write_out(kit_values *values, hcsref_arena *arena, hcsref_str text, hcsref_str *out, hcsref_error *err) {
  hcsref_buf buf = {.arena = arena};
  size_t at = 0, start = find_start(text, 0), length = 0;
  if (start == text.len) {
    *out = text;
    return true;
  }
  for (; start < text.len; at = start + length, start = find_start(text, at)) {
    hcsref_buf_append(&buf, hcsref_str_from(text.data + at, start - at));
    if (!append_value(values, hcsref_str_skip(text, start), &buf, &length, err))
      return false;
  }
  hcsref_buf_append(&buf, hcsref_str_skip(text, at));
  if (buf.failed)
    return hcsref_fail_memory(err);
  if (find_start(hcsref_buf_str(&buf), 0) != buf.len)
    return wrong_form(arena, err);
  *out = hcsref_buf_str(&buf);
  return check_limits(values, arena, buf.len, err);
}

/* ---- lines ------------------------------------------------------------------------------------------------------ */

static bool keep_value(kit_values *values, hcsref_str name, hcsref_str text, hcsref_error *err) {
  named_value *value;
  if (!kit_key_index_make_room(&values->arena, &values->index, &values->named))
    return hcsref_fail_memory(err);
  value = hcsref_slice_push(&values->arena, &values->named, sizeof(*value));
  if (value == NULL || !hcsref_str_copy(&values->arena, name, &value->name) ||
      !hcsref_str_copy(&values->arena, text, &value->text)) {
    values->named.len -= value != NULL;
    return hcsref_fail_memory(err);
  }
  *kit_key_index_slot(&values->index, &values->named, name) = values->named.len;
  return true;
}

static bool name_value(kit_values *values, hcsref_arena *arena, hcsref_str line, hcsref_error *err) {
  hcsref_str rest = hcsref_str_skip(line, sizeof(START) - 1), name = name_at(rest), text = {NULL, 0};
  rest = hcsref_str_skip(rest, name.len + 1);
  while (rest.len > 0 && strchr(" \t\r", rest.data[rest.len - 1]) != NULL)
    rest.len--;
  if (name.len == 0 || !hcsref_str_has_prefix(rest, HCSREF_LIT(VALUE)) || !hcsref_str_has_suffix(rest, HCSREF_LIT("}")))
    return wrong_form(arena, err);
  rest = hcsref_str_skip(hcsref_str_first(rest, rest.len - 1), sizeof(VALUE) - 1);
  if (find_value(values, name) != NULL)
    return hcsref_fail(arena, err, "value-twice", HCSREF_LIT(""), "another line above names a value %q", name);
  if (values->named.len >= KIT_VALUES_MOST)
    return hcsref_fail(arena, err, "value-limit", HCSREF_LIT(""), "more than %u named values in one file",
                       (uint64_t)KIT_VALUES_MOST);
  return write_out(values, arena, rest, &text, err) && hcsref_json_valid(arena, text, HCSREF_JSON_WHOLE, NULL, err) &&
         keep_value(values, name, text, err);
}

bool kit_values_read(kit_values *values, hcsref_arena *arena, hcsref_str line, hcsref_str *out, hcsref_error *err) {
  hcsref_str text = {NULL, 0};
  if (kit_values_names(line) ? !name_value(values, arena, line, err) : !write_out(values, arena, line, &text, err))
    return false;
  *out = text;
  return true;
}
