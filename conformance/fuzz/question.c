/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/question.h"

#include "compare/text.h"
#include "hcsref/hcsref.h"
#include "run/verdict/answer.h"

#include <string.h>

/* ---- plain JSON --------------------------------------------------------------------------------------- */

/* Objects with more members are taken for ones with equal keys, which would take long to find. */
#define MOST_MEMBERS 512

static bool has_equal_keys(const kit_json *node) {
  const kit_json *a, *b;
  if (node->kind == KIT_JSON_OBJECT && node->count > MOST_MEMBERS)
    return true;
  for (a = node->first; a != NULL; a = a->next)
    for (b = a->next; node->kind == KIT_JSON_OBJECT && b != NULL; b = b->next)
      if (hcsref_str_equal(a->key, b->key))
        return true;
  for (a = node->first; a != NULL; a = a->next)
    if (has_equal_keys(a))
      return true;
  return false;
}

static const hcsref_type *pointed_at(const hcsref_type *type) {
  while (type != NULL && type->kind == HCSREF_POINTER)
    type = type->elem;
  return type;
}

/* May null stand where a value of the type is expected? Only for what is an object. */
static bool may_be_null(const hcsref_type *type) {
  return type == NULL || type->kind == HCSREF_POINTER || type->kind == HCSREF_STRUCT || type->kind == HCSREF_ANY ||
         type->kind == HCSREF_RAW;
}

/* A schema may be a name, and a file its contents; else an object is one. */
static bool may_be(const kit_json *node, const hcsref_type *type, bool in_map) {
  if (type == NULL || type->kind != HCSREF_STRUCT || node->kind == KIT_JSON_OBJECT || node->kind == KIT_JSON_NULL)
    return true;
  return node->kind == KIT_JSON_STRING && (in_map || type == &hcsref_type_v2_version);
}

static bool is_plain(const kit_json *node, const hcsref_type *type, bool in_map);

/* A key is a field's name or like none: no other case, no alias. */
static bool are_fields_plain(const kit_json *node, const hcsref_type *type) {
  const kit_json *member;
  for (member = node->first; member != NULL; member = member->next) {
    const hcsref_field *field = hcsref_type_field(type, member->key);
    if (field != NULL && !hcsref_str_equal(member->key, hcsref_str_from(field->name, field->name_len)))
      return false;
    if (!is_plain(member, field == NULL ? NULL : field->type, false))
      return false;
  }
  return true;
}

/* Would any reader of JSON understand it as the reference does? Equal keys are looked for elsewhere. */
static bool is_plain(const kit_json *node, const hcsref_type *type, bool in_map) {
  const kit_json *child;
  bool is_map;
  if (node->kind == KIT_JSON_NULL)
    return may_be_null(type);
  type = pointed_at(type);
  if (!may_be(node, type, in_map))
    return false;
  if (node->kind == KIT_JSON_OBJECT && type != NULL && type->kind == HCSREF_STRUCT)
    return are_fields_plain(node, type);
  is_map = type != NULL && type->kind == HCSREF_MAP;
  for (child = node->first; child != NULL; child = child->next)
    if (!is_plain(child, type == NULL ? NULL : type->elem, is_map))
      return false;
  return true;
}

/* ---- params ------------------------------------------------------------------------------------------- */

static bool is_key(const kit_json *member, const char *key) {
  return hcsref_str_equal(member->key, hcsref_cstr(key));
}

static bool has_bad_utf8(hcsref_arena *arena, hcsref_str text) {
  kit_json *tree;
  return !kit_json_parse(arena, text, &tree, NULL) || tree->bad_utf8;
}

/* Is there something in the spec that a parser of the frame would lose? */
static bool needs_bytes(hcsref_arena *arena, const kit_json *root, const kit_json *spec) {
  return has_equal_keys(spec) || (root->bad_utf8 && has_bad_utf8(arena, spec->raw));
}

static bool is_member_fair(const kit_json *root, const kit_json *member, const hcsref_type *type) {
  const hcsref_field *field = hcsref_type_field(type, member->key);
  const kit_json *other;
  for (other = member->next; other != NULL; other = other->next)
    if (hcsref_str_equal(other->key, member->key))
      return false;
  if (is_key(member, "spec"))
    return true;
  if (has_equal_keys(member))
    return false;
  if (field == NULL)
    return !kit_json_get(root, "spec") || !is_key(member, "spec_base64");
  return hcsref_str_equal(member->key, hcsref_str_from(field->name, field->name_len)) &&
         is_plain(member, field->type, false);
}

static bool has_members(const kit_json *root, const kit_fuzz_operation *o) {
  size_t i;
  for (i = 0; o->loaded && i < o->member_count; i++) {
    const kit_json *member = root->first;
    while (member != NULL && !hcsref_str_equal(member->key, o->members[i]))
      member = member->next;
    if (member == NULL)
      return false;
  }
  return true;
}

static bool are_params_fair(const kit_json *root, const kit_fuzz_operation *o) {
  const kit_json *member;
  for (member = root->first; member != NULL; member = member->next)
    if (!is_member_fair(root, member, o->format.type))
      return false;
  return has_members(root, o);
}

static void append_member(hcsref_arena *arena, hcsref_buf *buf, const kit_json *root, const kit_json *member) {
  if (is_key(member, "spec") && needs_bytes(arena, root, member)) {
    hcsref_buf_append(buf, HCSREF_LIT("\"spec_base64\":"));
    if (!hcsref_json_append(buf, &hcsref_type_bytes, &member->raw, NULL))
      buf->failed = true;
    return;
  }
  kit_json_append_compact(buf, member->raw_key);
  hcsref_buf_append_char(buf, ':');
  kit_json_append_compact(buf, member->raw);
}

/* On one line, as they are sent. */
static bool close_params(hcsref_arena *arena, const kit_json *root, hcsref_str *out) {
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  const kit_json *member;
  hcsref_buf_append_char(&buf, '{');
  for (member = root->first; member != NULL; member = member->next) {
    if (member != root->first)
      hcsref_buf_append_char(&buf, ',');
    append_member(arena, &buf, root, member);
  }
  hcsref_buf_append_char(&buf, '}');
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}

static void append_opened(hcsref_arena *arena, hcsref_buf *buf, const kit_json *member) {
  hcsref_str spec = {NULL, 0};
  kit_json *tree;
  if (is_key(member, "spec_base64") &&
      hcsref_json_decode(arena, member->raw, &hcsref_type_bytes, HCSREF_JSON_WHOLE, &spec, NULL) &&
      kit_json_parse(arena, spec, &tree, NULL)) {
    hcsref_buf_append(buf, HCSREF_LIT("\"spec\":"));
    hcsref_buf_append(buf, spec);
    return;
  }
  hcsref_buf_append(buf, member->raw_key);
  hcsref_buf_append_char(buf, ':');
  hcsref_buf_append(buf, member->raw);
}

bool kit_fuzz_open_params(hcsref_arena *arena, hcsref_str params, hcsref_str *input) {
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  const kit_json *member;
  kit_json *root;
  if (!kit_json_parse(arena, params, &root, NULL))
    return false; /* a case's params are an object: only memory can be missing */
  hcsref_buf_append_char(&buf, '{');
  for (member = root->first; member != NULL; member = member->next) {
    if (member != root->first)
      hcsref_buf_append_char(&buf, ',');
    append_opened(arena, &buf, member);
  }
  hcsref_buf_append_char(&buf, '}');
  *input = hcsref_buf_str(&buf);
  return !buf.failed;
}

/* ---- the reference's answer --------------------------------------------------------------------------- */

static bool is_no_memory(const hcsref_error *err) {
  return strcmp(err->code, "out-of-memory") == 0;
}

/* The kit could not read its own form; what a spec's bytes do is upstream's. */
static bool is_about_form(const hcsref_error *err) {
  static const char *const codes[] = {"json-syntax", "json-depth", "json-type",
                                      "json-value",  "bad-params", "host-script"};
  size_t i;
  if (hcsref_str_has_prefix(err->where, HCSREF_LIT("/spec")))
    return false;
  for (i = 0; i < CLI_COUNT(codes); i++)
    if (strcmp(err->code, codes[i]) == 0)
      return true;
  return false;
}

static bool read_host_calls(hcsref_arena *arena, const serve_request *request, kit_case *out) {
  const hcsref_slice *calls = request->script == NULL ? NULL : hcsref_script_calls(request->script);
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  kit_json *tree;
  size_t i;
  if (calls == NULL)
    return true;
  hcsref_buf_append_char(&buf, '[');
  for (i = 0; i < calls->len; i++) {
    if (i > 0)
      hcsref_buf_append_char(&buf, ',');
    hcsref_json_append_string(&buf, ((const hcsref_str *)calls->items)[i]);
  }
  hcsref_buf_append_char(&buf, ']');
  if (buf.failed || !kit_json_parse(arena, hcsref_buf_str(&buf), &tree, NULL))
    return false;
  out->host_calls = tree;
  return true;
}

static kit_fuzz_fairness ask_reference(hcsref_arena *arena, const kit_fuzz_operation *o, kit_case *out) {
  hcsref_buf reply = {arena, NULL, 0, 0, false};
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  serve_request request = {.profile = o->oracle->profile, .arena = arena, .reply = &reply, .err = &err};
  kit_json *tree;
  if (serve_run_operation(o->operation, out->params, &request)) {
    out->ok_text = hcsref_buf_str(&reply);
    if (!kit_json_parse(arena, out->ok_text, &tree, NULL))
      return KIT_FUZZ_NO_MEMORY;
    out->ok = tree;
  } else {
    if (is_no_memory(&err))
      return KIT_FUZZ_NO_MEMORY;
    if (is_about_form(&err))
      return KIT_FUZZ_UNFAIR;
    out->code = hcsref_cstr(err.code);
    out->message = err.message;
  }
  return read_host_calls(arena, &request, out) ? KIT_FUZZ_FAIR : KIT_FUZZ_NO_MEMORY;
}

/* Puts another testee's answer in the place of the reference's. */
static kit_fuzz_fairness ask_old(hcsref_arena *arena, const kit_fuzz_operation *o, kit_case *out) {
  hcsref_buf expect = {.arena = arena};
  kit_reply reply;
  hcsref_error err;
  switch (kit_asker_ask(o->oracle->old, arena, out->op, out->params, &reply, &out->unanswered)) {
  case KIT_ASKED_ANSWER:
    kit_answer_append_expect(&expect, &reply);
    return !expect.failed && kit_case_expect(arena, out, hcsref_buf_str(&expect), &err) ? KIT_FUZZ_FAIR
                                                                                        : KIT_FUZZ_NO_MEMORY;
  case KIT_ASKED_NOTHING:
    return KIT_FUZZ_FAIR;
  case KIT_ASKED_GIVEN_UP:
    out->unanswered = hcsref_cstr(kit_asker_trouble(o->oracle->old));
    return KIT_FUZZ_FAIR;
  case KIT_ASKED_NO_MEMORY:
    break;
  }
  return KIT_FUZZ_NO_MEMORY;
}

kit_fuzz_fairness kit_fuzz_ask(hcsref_arena *arena, const kit_fuzz_operation *o, hcsref_str input, kit_case *out) {
  kit_json *root;
  hcsref_error err;
  kit_fuzz_fairness fairness;
  if (!kit_json_parse(arena, input, &root, &err))
    return is_no_memory(&err) ? KIT_FUZZ_NO_MEMORY : KIT_FUZZ_UNFAIR;
  if (root->kind != KIT_JSON_OBJECT || !are_params_fair(root, o))
    return KIT_FUZZ_UNFAIR;
  memset(out, 0, sizeof(*out));
  out->op = hcsref_cstr(o->operation->name);
  if (!close_params(arena, root, &out->params))
    return KIT_FUZZ_NO_MEMORY;
  if (root->bad_utf8 && has_bad_utf8(arena, out->params))
    return KIT_FUZZ_UNFAIR;
  fairness = ask_reference(arena, o, out);
  return fairness == KIT_FUZZ_FAIR && o->oracle->old != NULL && o->loaded ? ask_old(arena, o, out) : fairness;
}
