/* SPDX-License-Identifier: Apache-2.0 */
#include "input/hint.h"

#include <string.h>

static char byte_at(hcsref_str text, size_t i) {
  return i < text.len ? text.data[i] : '\0';
}

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The last byte in front of `i` that is no white space; 0: there is none. */
static char before(hcsref_str text, size_t i) {
  while (i > 0 && is_space(text.data[i - 1]))
    i--;
  return i == 0 ? '\0' : text.data[i - 1];
}

static bool follows(hcsref_str text, size_t i, const char *word) {
  return hcsref_str_has_prefix(hcsref_str_skip(text, i), hcsref_cstr(word));
}

static bool is_escape(hcsref_str text, size_t at) {
  return byte_at(text, at) == '\\' || (at > 0 && text.data[at - 1] == '\\');
}

static bool is_comma_too_many(hcsref_str text, size_t at) {
  char c = byte_at(text, at);
  return (c == '}' || c == ']') && before(text, at) == ',';
}

static bool is_comment(hcsref_str text, size_t at) {
  return follows(text, at, "//") || follows(text, at, "/*") || byte_at(text, at) == '#';
}

static bool is_foreign_quote(hcsref_str text, size_t at) {
  return byte_at(text, at) == '\'' || byte_at(text, at) == '`' || follows(text, at, "\xE2\x80\x9C") ||
         follows(text, at, "\xE2\x80\x9D");
}

static bool is_foreign_word(hcsref_str text, size_t at) {
  static const char *const words[] = {"True", "False", "None", "TRUE", "FALSE", "NULL", "undefined", "$true", "$false"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (follows(text, at, words[i]))
      return true;
  return false;
}

/* Go, C and JavaScript have numbers that JSON has not. */
static bool is_foreign_number(hcsref_str text, size_t at) {
  return follows(text, at, "NaN") || follows(text, at, "Infinity") || follows(text, at, "-Infinity") ||
         ((byte_at(text, at) | 0x20) == 'x' && at > 0 && text.data[at - 1] == '0');
}

static bool is_missing_comma(hcsref_str text, size_t at) {
  char c = byte_at(text, at), last = before(text, at);
  return (c == '"' || c == '{' || c == '[') &&
         (last == '"' || last == '}' || last == ']' || last == 'e' || last == 'l' || (last >= '0' && last <= '9'));
}

static bool is_missing_quote(hcsref_str text, size_t at) {
  char last = before(text, at);
  return is_letter(byte_at(text, at)) && (last == ':' || last == ',' || last == '{' || last == '[');
}

static bool is_line_end_in_string(hcsref_str text, size_t at) {
  char c = byte_at(text, at);
  return c == '\n' || c == '\r' || c == '\t';
}

static bool is_cut(hcsref_str text, size_t at) {
  return at >= text.len && text.len != 0;
}

static const char text_hint[] =
    "this is text, not a document: 'hcsproof explain FILE' finds the document in it, and what it means";

/* [word] and then more text, or [POST]=>, as lines of a log begin. */
static bool is_labelled(hcsref_str text, size_t at) {
  size_t end = 0;
  while (end < text.len && text.data[end] != ']' && text.data[end] != '{')
    end++;
  if (byte_at(text, 0) != '[' || byte_at(text, end) != ']' || at == 0 || at >= end)
    return false;
  return byte_at(text, end + 1) == '=' || (byte_at(text, end + 1) == ' ' && is_letter(byte_at(text, end + 2)));
}

/* A line of a log or an error message, with a document somewhere in it. */
static bool is_text_around_json(hcsref_str text, size_t at) {
  if (is_labelled(text, at))
    return true;
  return at == 0 && text.len != 0 && text.data[0] != '{' && text.data[0] != '[' &&
         memchr(text.data, '{', text.len) != NULL;
}

/* A null character, which no text has: the bytes of a program, an archive or a picture. */
static bool is_binary(hcsref_str text, size_t at) {
  (void)at;
  return text.len > 0 && memchr(text.data, '\0', text.len) != NULL;
}

/* Words from the first letter on, and no document in them. */
static bool is_prose(hcsref_str text, size_t at) {
  return at == 0 && is_letter(byte_at(text, 0));
}

static bool is_blank(hcsref_str text, size_t at) {
  (void)at;
  return before(text, text.len) == '\0';
}

/* Is all in front of `at` a whole document? */
static bool is_second_document(hcsref_str text, size_t at) {
  size_t depth = 0;
  bool quoted = false;
  if (byte_at(text, at) != '{' || before(text, at) != '}')
    return false;
  for (size_t i = 0; i < at; i++) {
    char c = text.data[i];
    if (quoted && c == '\\')
      i++;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && (c == '{' || c == '['))
      depth++;
    else if (!quoted && (c == '}' || c == ']'))
      depth--;
  }
  return depth == 0;
}

static const struct {
  bool (*applies)(hcsref_str text, size_t at);
  const char *hint;
} json_hints[] = {
    {is_binary, "this is not text: it contains null bytes"},
    {is_blank, "the input is empty"},
    {is_second_document, "a second document begins here: give each in a file of its own"},
    {is_escape, "a backslash in a JSON string is written twice: \"C:\\\\data\""},
    {is_comma_too_many, "JSON allows no comma after the last value: remove the one before this"},
    {is_comment, "JSON has no comments"},
    {is_foreign_quote, "JSON strings stand between double quotes (\")"},
    {is_foreign_number, "JSON has decimal numbers alone, and neither NaN nor Infinity"},
    {is_foreign_word, "JSON writes true, false and null, in lower case"},
    {is_text_around_json, text_hint},
    {is_missing_quote, "a string is missing its opening quote"},
    {is_missing_comma, "a comma is missing in front of it"},
    {is_line_end_in_string, "a string is missing its closing quote, or the line end in it is not written \\n"},
    {is_prose, "this is neither JSON nor YAML; if it is an error message or a log line, 'hcsproof explain FILE' says "
               "what it means"},
    {is_cut, "the end is missing: the text may have been cut off"},
};

const char *input_json_hint(hcsref_str text, size_t offset) {
  for (size_t i = 0; i < sizeof json_hints / sizeof json_hints[0]; i++)
    if (json_hints[i].applies(text, offset))
      return json_hints[i].hint;
  return NULL;
}

static bool line_begins_with_tab(hcsref_str text, size_t at) {
  size_t i = at < text.len ? at : text.len;
  while (i > 0 && text.data[i - 1] != '\n')
    i--;
  while (byte_at(text, i) == ' ')
    i++;
  return byte_at(text, i) == '\t';
}

/* Something that is no YAML, with an object in it whose keys have quotes. */
static bool has_json(hcsref_str text) {
  for (size_t i = 0; i + 1 < text.len; i++)
    if (text.data[i] == '{' && (text.data[i + 1] == '"' || text.data[i + 1] == '\\'))
      return true;
  return false;
}

static bool is_one_line(hcsref_str text) {
  const char *end = text.len == 0 ? NULL : memchr(text.data, '\n', text.len);
  return end == NULL || end + 1 == text.data + text.len;
}

const char *input_yaml_hint(hcsref_str text, size_t offset) {
  if (line_begins_with_tab(text, offset))
    return "YAML indents with spaces, not with tabs";
  if (has_json(text) || is_one_line(text) || follows(text, 0, "```"))
    return text_hint;
  if (is_escape(text, offset))
    return "between double quotes a backslash is written twice; between single quotes it stands for itself";
  return NULL;
}
