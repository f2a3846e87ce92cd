/* SPDX-License-Identifier: Apache-2.0 */
/* A CRI message as its String method writes it: &Mount{ContainerPath:C:\data,Readonly:true,}. Strings have no quotes,
 * so a value ends where the next name begins. Source: k8s.io/cri-api pkg/apis/runtime/v1 api.pb.go, String. */
#include "hcsref/cri.h"
#include "input/pasted/json_value.h"
#include "input/pasted/pasted.h"

#include <string.h>

#define DEEPEST 32

typedef struct reader {
  hcsref_str text;
  size_t at;
  hcsref_buf *out;
  unsigned depth;
} reader;

static bool read_value(reader *r, const hcsref_type *type);

/* ---- letters ------------------------------------------------------------------------------------------------- */

static char peek(const reader *r, size_t ahead) {
  return r->at + ahead < r->text.len ? r->text.data[r->at + ahead] : '\0';
}

static bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static bool take(reader *r, hcsref_str word) {
  if (!hcsref_str_has_prefix(hcsref_str_skip(r->text, r->at), word))
    return false;
  r->at += word.len;
  return true;
}

static hcsref_str take_name(reader *r) {
  size_t start = r->at;
  while (is_letter(peek(r, 0)) || (r->at > start && peek(r, 0) == '.'))
    r->at++;
  return hcsref_str_from(r->text.data + start, r->at - start);
}

/* ---- names and tables ---------------------------------------------------------------------------------------- */

static const hcsref_type *pointed_at(const hcsref_type *type) {
  while (type != NULL && type->kind == HCSREF_POINTER)
    type = type->elem;
  return type;
}

/* The same letters, underscores and case aside? */
static bool same_letters(const char *name, hcsref_str word) {
  size_t i = 0;
  for (; *name != '\0'; name++) {
    if (*name == '_')
      continue;
    if (i == word.len || !hcsref_str_equal_ascii_fold(hcsref_str_from(name, 1), hcsref_str_from(word.data + i, 1)))
      return false;
    i++;
  }
  return i == word.len;
}

static const hcsref_field *find_field(const hcsref_type *type, hcsref_str name) {
  for (size_t i = 0; type != NULL && type->kind == HCSREF_STRUCT && i < type->field_count; i++)
    if (same_letters(type->fields[i].name, name))
      return &type->fields[i];
  return NULL;
}

/* A name that no table knows, as protobuf's JSON tags would have it: CpuPeriod is cpu_period. */
static void append_snake(hcsref_buf *out, hcsref_str name) {
  for (size_t i = 0; i < name.len; i++) {
    bool upper = is_upper(name.data[i]);
    if (upper && i > 0 && !is_upper(name.data[i - 1]))
      hcsref_buf_append_char(out, '_');
    hcsref_buf_append_char(out, upper ? (char)(name.data[i] - 'A' + 'a') : name.data[i]);
  }
}

/* Does the comma at `at` end a value: is what follows the end, or the next member's name or key? */
static bool ends_value(const reader *r, size_t at, bool in_map) {
  size_t i = at + 1, start = i;
  if (i < r->text.len && r->text.data[i] == '}')
    return true;
  if (in_map) {
    while (i < r->text.len && memchr(" ,{}", r->text.data[i], 4) == NULL)
      i++;
    return i > start && i < r->text.len && r->text.data[i] == ' ' && r->text.data[i - 1] == ':';
  }
  while (i < r->text.len && is_letter(r->text.data[i]))
    i++;
  return i > start && is_upper(r->text.data[start]) && i < r->text.len && r->text.data[i] == ':';
}

/* Leaves the comma. */
static bool take_scalar(reader *r, bool in_map, hcsref_str *out) {
  size_t end = r->at;
  while (end < r->text.len && !(r->text.data[end] == ',' && ends_value(r, end, in_map)))
    end++;
  if (end >= r->text.len)
    return false;
  *out = hcsref_str_from(r->text.data + r->at, end - r->at);
  r->at = end;
  return true;
}

/* ---- what holds others ------------------------------------------------------------------------------------------- */

static void separate(reader *r, bool *first) {
  if (!*first)
    hcsref_buf_append_char(r->out, ',');
  *first = false;
}

static bool read_member(reader *r, const hcsref_type *type, bool *first) {
  size_t start = r->out->len;
  bool was_first = *first;
  hcsref_str name = take_name(r);
  const hcsref_field *field = find_field(type, name);
  if (name.len == 0 || !take(r, HCSREF_LIT(":")))
    return false;
  separate(r, first);
  hcsref_buf_append_char(r->out, '"');
  if (field != NULL)
    hcsref_buf_append(r->out, hcsref_str_from(field->name, field->name_len));
  else
    append_snake(r->out, name);
  hcsref_buf_append(r->out, HCSREF_LIT("\":"));
  if (peek(r, 0) == '&' || peek(r, 0) == '[' ||
      hcsref_str_has_prefix(hcsref_str_skip(r->text, r->at), HCSREF_LIT("map[")) ||
      hcsref_str_has_prefix(hcsref_str_skip(r->text, r->at), HCSREF_LIT("nil,")))
    return read_value(r, field == NULL ? NULL : pointed_at(field->type)) && take(r, HCSREF_LIT(","));
  if (!take_scalar(r, false, &name))
    return false;
  if (!input_json_scalar(r->out, name, field == NULL ? NULL : pointed_at(field->type))) {
    r->out->len = start;
    *first = was_first;
  }
  return take(r, HCSREF_LIT(","));
}

static bool read_struct(reader *r, const hcsref_type *type) {
  bool first = true;
  hcsref_buf_append_char(r->out, '{');
  while (!take(r, HCSREF_LIT("}")))
    if (r->out->failed || !read_member(r, type, &first))
      return false;
  hcsref_buf_append_char(r->out, '}');
  return true;
}

static bool read_list(reader *r, const hcsref_type *type) {
  const hcsref_type *element = type != NULL && type->kind == HCSREF_SLICE ? pointed_at(type->elem) : NULL;
  bool first = true;
  (void)take(r, HCSREF_LIT("*"));
  (void)take_name(r);
  if (!take(r, HCSREF_LIT("{")))
    return false;
  hcsref_buf_append_char(r->out, '[');
  while (!take(r, HCSREF_LIT("}"))) {
    separate(r, &first);
    if (r->out->failed || !read_value(r, element) || !take(r, HCSREF_LIT(",")))
      return false;
  }
  hcsref_buf_append_char(r->out, ']');
  return true;
}

/* [cmd /c ver]: where one word ends and the next begins is lost when a word has a space. */
static bool read_words(reader *r) {
  bool first = true;
  hcsref_buf_append_char(r->out, '[');
  while (peek(r, 0) != ']') {
    size_t start = r->at;
    while (r->at < r->text.len && peek(r, 0) != ' ' && !(peek(r, 0) == ']' && peek(r, 1) == ','))
      r->at++;
    if (r->at >= r->text.len)
      return false;
    separate(r, &first);
    input_json_string(r->out, hcsref_str_from(r->text.data + start, r->at - start));
    (void)take(r, HCSREF_LIT(" "));
  }
  hcsref_buf_append_char(r->out, ']');
  return take(r, HCSREF_LIT("]"));
}

static bool read_map(reader *r) {
  const char *bracket = memchr(r->text.data + r->at, ']', r->text.len - r->at);
  bool first = true;
  if (bracket == NULL)
    return false;
  r->at = (size_t)(bracket - r->text.data) + 1;
  (void)take_name(r);
  if (!take(r, HCSREF_LIT("{")))
    return false;
  hcsref_buf_append_char(r->out, '{');
  while (!take(r, HCSREF_LIT("}"))) {
    size_t start = r->at;
    hcsref_str key, value;
    while (r->at < r->text.len && !(peek(r, 0) == ':' && peek(r, 1) == ' '))
      r->at++;
    key = hcsref_str_from(r->text.data + start, r->at - start);
    if (!take(r, HCSREF_LIT(": ")) || !take_scalar(r, true, &value) || r->out->failed)
      return false;
    separate(r, &first);
    input_json_string(r->out, key);
    hcsref_buf_append_char(r->out, ':');
    input_json_string(r->out, value);
    r->at++;
  }
  hcsref_buf_append_char(r->out, '}');
  return true;
}

static bool read_any(reader *r, const hcsref_type *type) {
  (void)take(r, HCSREF_LIT("&"));
  if (take(r, HCSREF_LIT("nil"))) {
    hcsref_buf_append(r->out, HCSREF_LIT("null"));
    return true;
  }
  if (take(r, HCSREF_LIT("[]")))
    return peek(r, 0) == ',' ? (hcsref_buf_append(r->out, HCSREF_LIT("[]")), true) : read_list(r, type);
  if (take(r, HCSREF_LIT("map[")))
    return read_map(r);
  if (take(r, HCSREF_LIT("[")))
    return read_words(r);
  (void)take_name(r);
  return take(r, HCSREF_LIT("{")) && read_struct(r, type);
}

static bool read_value(reader *r, const hcsref_type *type) {
  bool ok;
  if (r->depth == DEEPEST)
    return false;
  r->depth++;
  ok = read_any(r, type);
  r->depth--;
  return ok;
}

bool input_go_struct(hcsref_str text, hcsref_buf *out, size_t *length) {
  static const struct {
    const char *front;
    const hcsref_type *type;
  } messages[] = {{"&ContainerConfig{", &hcsref_type_cri_container_config},
                  {"&PodSandboxConfig{", &hcsref_type_cri_pod_sandbox_config}};
  for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
    reader r = {.text = text, .out = out};
    if (!hcsref_str_has_prefix(text, hcsref_cstr(messages[i].front)))
      continue;
    if (!read_value(&r, messages[i].type) || out->failed)
      return false;
    *length = r.at;
    return true;
  }
  return false;
}
