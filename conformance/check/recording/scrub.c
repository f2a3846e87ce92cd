/* SPDX-License-Identifier: Apache-2.0 */
#include "check/recording/scrub.h"

#include "hcsref/json.h"

#include <string.h>

#define STRING_DEPTH  4u /* documents that are strings in documents that are strings … */
#define LEAST_MENTION 4u /* bytes of a secret that is looked for in messages: shorter ones are in every word */

/* ---- which members ------------------------------------------------------------------------------------------- */

/* Whole names, and ends of names. Source of the first three: hcsshim internal/hcs/schema1 and schema2, runtime-spec. */
static const char *const names[] = {"environment", "env", "envs", "cookie", "auth"};
static const char *const ends[] = {
    "credentials", "credential", "credentialspec", "credential_spec", "credentialguard", "password",
    "passwd",      "secret",     "secrets",        "token",           "apikey",          "api_key",
    "accesskey",   "privatekey", "sharedkey",      "encryptionkey",   "connectionstring"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_secret_name(hcsref_str key) {
  for (size_t i = 0; i < COUNT(names); i++)
    if (hcsref_str_equal_ascii_fold(key, hcsref_cstr(names[i])))
      return true;
  for (size_t i = 0; i < COUNT(ends); i++) {
    const size_t length = strlen(ends[i]);
    if (key.len >= length && hcsref_str_equal_ascii_fold(hcsref_str_skip(key, key.len - length), hcsref_cstr(ends[i])))
      return true;
  }
  return false;
}

static bool is_environment_list(const kit_json *node) {
  return node->kind == KIT_JSON_ARRAY && (hcsref_str_equal_ascii_fold(node->key, HCSREF_LIT("env")) ||
                                          hcsref_str_equal_ascii_fold(node->key, HCSREF_LIT("environment")) ||
                                          hcsref_str_equal_ascii_fold(node->key, HCSREF_LIT("envs")));
}

/* Arguments of calls that are documents. Source: tools/hcssim/dll. */
static bool is_document_name(hcsref_str key) {
  static const char *const documents[] = {"configuration", "parameters", "settings", "query",           "options",
                                          "request",       "layerData",  "document", "OCISpecification"};
  for (size_t i = 0; i < COUNT(documents); i++)
    if (hcsref_str_equal(key, hcsref_cstr(documents[i])))
      return true;
  return false;
}

bool scrub_is_secret(hcsref_str pointer) {
  while (pointer.len > 0) {
    const char *slash;
    hcsref_str token;
    pointer = hcsref_str_skip(pointer, 1);
    slash = pointer.len == 0 ? NULL : memchr(pointer.data, '/', pointer.len);
    token = hcsref_str_first(pointer, slash == NULL ? pointer.len : (size_t)(slash - pointer.data));
    if (is_secret_name(token))
      return true;
    pointer = hcsref_str_skip(pointer, token.len);
  }
  return false;
}

/* ---- finding them ---------------------------------------------------------------------------------------------- */

/* Text that has already been scrubbed is not secret. */
static void add(scrub_list *list, const kit_json *node, hcsref_str value, hcsref_str by) {
  scrub_secret *secret;
  if (hcsref_str_equal(value, HCSREF_LIT(SCRUBBED)))
    return;
  secret = list->failed ? NULL : hcsref_slice_push(list->arena, &list->secrets, sizeof(*secret));
  list->failed = secret == NULL;
  if (secret == NULL)
    return;
  secret->raw = node->raw;
  secret->value = value;
  secret->by = by;
}

static void add_whole(scrub_list *list, const kit_json *node) {
  add(list, node, node->kind == KIT_JSON_STRING ? node->text : node->raw, HCSREF_LIT("\"" SCRUBBED "\""));
}

/* NAME=VALUE keeps its name. */
static void add_variable(scrub_list *list, const kit_json *node) {
  const char *equals = node->text.len == 0 ? NULL : memchr(node->text.data, '=', node->text.len);
  hcsref_buf by = {.arena = list->arena};
  hcsref_str name, text;
  if (equals == NULL) {
    add_whole(list, node);
    return;
  }
  name = hcsref_str_first(node->text, (size_t)(equals - node->text.data) + 1);
  if (hcsref_format(list->arena, &text, "%v" SCRUBBED, name))
    hcsref_json_append_string(&by, text);
  list->failed = list->failed || by.failed || by.len == 0;
  add(list, node, hcsref_str_skip(node->text, name.len), hcsref_buf_str(&by));
}

/* The next node in the order of the text, below `top` only; `inside` the node first. */
static const kit_json *next_node(const kit_json *node, const kit_json *top, bool inside) {
  if (inside && node->first != NULL)
    return node->first;
  while (node != NULL && node != top && node->next == NULL)
    node = node->up;
  return node == NULL || node == top ? NULL : node->next;
}

/* All that is below a member with such a name. Flags and nulls tell nothing. */
static void add_below(scrub_list *list, const kit_json *top) {
  for (const kit_json *node = top; node != NULL; node = next_node(node, top, true)) {
    if (node->kind == KIT_JSON_STRING && node->up != NULL && node != top && is_environment_list(node->up))
      add_variable(list, node);
    else if (node->kind == KIT_JSON_STRING || node->kind == KIT_JSON_NUMBER)
      add_whole(list, node);
  }
}

static void find(scrub_list *list, const kit_json *tree, size_t depth);

static char first_character(hcsref_str text) {
  size_t i = 0;
  while (i < text.len && (text.data[i] == ' ' || text.data[i] == '\t' || text.data[i] == '\n' || text.data[i] == '\r'))
    i++;
  return i < text.len ? text.data[i] : '\0';
}

/* A string that may be a document. */
static void look_into(scrub_list *list, const kit_json *node, size_t depth) {
  const char first = first_character(node->text);
  scrub_list inner = {list->arena, {NULL, 0, 0}, false};
  hcsref_buf by = {.arena = list->arena};
  hcsref_error err;
  hcsref_str text;
  kit_json *tree;
  if (first != '{' && first != '[' && (!is_document_name(node->key) || first == '\0'))
    return;
  if (depth == STRING_DEPTH || !kit_json_parse(list->arena, node->text, &tree, &err)) {
    if (first == '{' || is_document_name(node->key))
      add_whole(list, node);
    return;
  }
  find(&inner, tree, depth + 1);
  if (inner.secrets.len == 0 && !inner.failed)
    return;
  if (!inner.failed && scrub_replace(&inner, node->text, &text)) {
    if (hcsref_str_equal(text, node->text))
      return; /* it was scrubbed before */
    hcsref_json_append_string(&by, text);
  }
  list->failed = list->failed || inner.failed || by.failed || by.len == 0;
  /* Messages may mention them one by one. */
  add(list, node, hcsref_str_from(NULL, 0), hcsref_buf_str(&by));
  for (size_t i = 0; i < inner.secrets.len && !list->failed; i++) {
    scrub_secret *secret = hcsref_slice_push(list->arena, &list->secrets, sizeof(*secret));
    list->failed = secret == NULL;
    if (secret != NULL) {
      *secret = ((const scrub_secret *)inner.secrets.items)[i];
      secret->raw.len = 0; /* it lies in another text */
    }
  }
}

static void find(scrub_list *list, const kit_json *tree, size_t depth) {
  const kit_json *node = tree;
  while (node != NULL && !list->failed) {
    bool secret = node != tree && node->up != NULL && node->up->kind == KIT_JSON_OBJECT && is_secret_name(node->key);
    if (secret)
      add_below(list, node);
    else if (node->kind == KIT_JSON_STRING)
      look_into(list, node, depth);
    node = next_node(node, tree, !secret);
  }
}

void scrub_find(scrub_list *list, const kit_json *tree) {
  find(list, tree, 0);
}

/* ---- replacing them -------------------------------------------------------------------------------------------- */

/* Where in `text` the secret is; text.len: nowhere. Comparing numbers: the two may be of different objects. */
static size_t offset_in(hcsref_str text, const scrub_secret *secret) {
  const uintptr_t begin = (uintptr_t)text.data, at = (uintptr_t)secret->raw.data;
  return secret->raw.len == 0 || at < begin || at - begin > text.len || secret->raw.len > text.len - (at - begin)
             ? text.len
             : (size_t)(at - begin);
}

bool scrub_replace(const scrub_list *list, hcsref_str text, hcsref_str *out) {
  const scrub_secret *secrets = list->secrets.items;
  hcsref_buf buf = {.arena = list->arena};
  size_t done = 0;
  for (size_t i = 0; i < list->secrets.len; i++) {
    const size_t at = offset_in(text, &secrets[i]);
    if (at == text.len || at < done)
      continue;
    hcsref_buf_append(&buf, hcsref_str_from(text.data + done, at - done));
    hcsref_buf_append(&buf, secrets[i].by);
    done = at + secrets[i].raw.len;
  }
  hcsref_buf_append(&buf, hcsref_str_skip(text, done));
  *out = hcsref_buf_str(&buf);
  return !buf.failed && !list->failed;
}

bool scrub_mask(const scrub_list *list, hcsref_str text, hcsref_str *out) {
  const scrub_secret *secrets = list->secrets.items;
  char *copy = hcsref_arena_array(list->arena, text.len + 1, 1);
  if (copy == NULL || list->failed)
    return false;
  memcpy(copy, text.len == 0 ? "" : text.data, text.len);
  for (size_t i = 0; i < list->secrets.len; i++) {
    const size_t at = offset_in(text, &secrets[i]);
    if (at != text.len)
      memset(copy + at, '*', secrets[i].raw.len);
  }
  *out = hcsref_str_from(copy, text.len);
  return true;
}

static bool has_at(hcsref_str text, size_t at, hcsref_str word) {
  return word.len <= text.len - at && memcmp(text.data + at, word.data, word.len) == 0;
}

/* The longest secret that the text has at `at`, plain or as JSON. */
static size_t mentioned_at(const scrub_list *list, hcsref_str text, size_t at) {
  const scrub_secret *secrets = list->secrets.items;
  size_t longest = 0;
  for (size_t i = 0; i < list->secrets.len; i++) {
    const hcsref_str value = secrets[i].value;
    const hcsref_str raw =
        secrets[i].raw.len < 2 ? value : hcsref_str_from(secrets[i].raw.data + 1, secrets[i].raw.len - 2);
    if (value.len < LEAST_MENTION)
      continue;
    if (value.len > longest && has_at(text, at, value))
      longest = value.len;
    if (raw.len > longest && has_at(text, at, raw))
      longest = raw.len;
  }
  return longest;
}

bool scrub_message(const scrub_list *list, hcsref_str text, hcsref_str *out) {
  hcsref_buf buf = {.arena = list->arena};
  size_t at = 0;
  while (at < text.len) {
    const size_t length = mentioned_at(list, text, at);
    if (length > 0)
      hcsref_buf_append(&buf, HCSREF_LIT(SCRUBBED));
    else
      hcsref_buf_append_char(&buf, text.data[at]);
    at += length > 0 ? length : 1;
  }
  *out = hcsref_buf_str(&buf);
  return !buf.failed && !list->failed;
}

bool scrub_value(hcsref_arena *arena, hcsref_str pointer, hcsref_str text, hcsref_str *out) {
  scrub_list list = {arena, {NULL, 0, 0}, false};
  hcsref_error err;
  kit_json *tree;
  if (scrub_is_secret(pointer)) {
    *out = HCSREF_LIT("\"" SCRUBBED "\"");
    return true;
  }
  if (!kit_json_parse(arena, text, &tree, &err)) {
    *out = HCSREF_LIT("\"" SCRUBBED "\"");
    return strcmp(err.code, "out-of-memory") != 0;
  }
  scrub_find(&list, tree);
  return scrub_replace(&list, text, out);
}

bool scrub_line(hcsref_arena *arena, hcsref_str line, hcsref_buf *out) {
  scrub_list list = {arena, {NULL, 0, 0}, false};
  hcsref_error err;
  hcsref_str text;
  kit_json *tree;
  if (!kit_json_parse(arena, line, &tree, &err)) {
    if (strcmp(err.code, "out-of-memory") == 0 ||
        !hcsref_format(arena, &text, "\"" SCRUBBED ": %u bytes that are no JSON\"", (uint64_t)line.len))
      return false;
    hcsref_buf_append(out, text);
    return !out->failed;
  }
  scrub_find(&list, tree);
  if (!scrub_replace(&list, line, &text))
    return false;
  hcsref_buf_append(out, text);
  return !out->failed;
}
