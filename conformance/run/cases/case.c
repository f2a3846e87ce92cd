/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/case.h"

#include "compare/text.h"
#include "run/cases/headline.h"
#include "run/cases/id.h"
#include "run/cases/level.h"
#include "run/cases/repeats.h"
#include "serve/operation.h"

#include <string.h>

static const char *const level_names[] = {"must", "should", "may"};

const char *kit_level_name(kit_level level) {
  return level_names[level];
}

bool kit_level_from_name(hcsref_str name, kit_level *out) {
  size_t i;
  for (i = 0; i < sizeof(level_names) / sizeof(level_names[0]); i++) {
    if (hcsref_str_equal(name, hcsref_cstr(level_names[i]))) {
      *out = (kit_level)i;
      return true;
    }
  }
  return false;
}

/* The programs that may perform an operation. */
static unsigned performers_of(hcsref_str op) {
  const serve_operation *operation = serve_find_operation(op);
  return operation == NULL ? (1u << HCSREF_PROGRAM_COUNT) - 1 : operation->performers;
}

int kit_performer_of(hcsref_str op, const hcsref_profile *profile) {
  return hcsref_profile_performer(profile, performers_of(op));
}

bool kit_case_in_profile(const kit_case *c, const hcsref_profile *profile) {
  const kit_json *range;
  int performer = kit_performer_of(c->op, profile);
  if (performer == HCSREF_PROGRAM_COUNT)
    return false;
  if (c->profiles == NULL)
    return hcsref_profile_in_range(profile, (hcsref_program)performer, HCSREF_LIT("baseline"));
  for (range = c->profiles->first; range != NULL; range = range->next)
    if (range->kind == KIT_JSON_STRING && hcsref_profile_in_range(profile, (hcsref_program)performer, range->text))
      return true;
  return false;
}

/* ---- reading ------------------------------------------------------------------------------------------ */

typedef struct loader {
  hcsref_arena *arena;
  hcsref_error *err;
  const kit_json *tree;
} loader;

/* `where`: the JSON pointer without its first slash. */
static bool wrong(loader *l, const char *where, const char *what) {
  hcsref_str pointer = HCSREF_LIT("");
  if (where[0] != '\0' && !hcsref_format(l->arena, &pointer, "/%s", where))
    return hcsref_fail_memory(l->err);
  return hcsref_fail(l->arena, l->err, "case-form", pointer, "%s%s%s", where, where[0] == '\0' ? "" : " ", what);
}

static bool wrong_id(loader *l, hcsref_str id) {
  return hcsref_fail(l->arena, l->err, "case-id", HCSREF_LIT("/id"),
                     "the id %q is not plain names separated by slashes", hcsref_str_first(id, 200));
}

static bool read_text(loader *l, const char *name, hcsref_str *out) {
  const kit_json *node = kit_json_get(l->tree, name);
  if (node != NULL && node->kind != KIT_JSON_STRING)
    return wrong(l, name, "should be a string");
  *out = node == NULL ? HCSREF_LIT("") : node->text;
  return true;
}

static bool read_list(loader *l, const char *name, const kit_json **out) {
  *out = kit_json_get(l->tree, name);
  if (*out != NULL && (*out)->kind != KIT_JSON_ARRAY)
    return wrong(l, name, "should be an array");
  return true;
}

static bool read_level(loader *l, kit_case *c) {
  hcsref_str name = {NULL, 0};
  if (!read_text(l, "level", &name))
    return false;
  c->says_level = name.len != 0;
  if (c->says_level && !kit_level_from_name(name, &c->level))
    return wrong(l, "level", "should be must, should or may");
  return true;
}

static bool check_params(loader *l) {
  const kit_json *params = kit_json_get(l->tree, "params");
  return (params != NULL && params->kind == KIT_JSON_OBJECT) || wrong(l, "params", "should be an object");
}

static bool read_ok_text(loader *l, const kit_json *expect, kit_case *c) {
  const kit_json *text = kit_json_get(expect, "text");
  if (text != NULL && text->kind != KIT_JSON_STRING)
    return wrong(l, "expect/text", "should be a string");
  c->ok_text = text == NULL ? hcsref_str_from(NULL, 0) : text->text;
  return true;
}

static bool read_expect(loader *l, const kit_json *expect, kit_case *c) {
  const kit_json *error = kit_json_get(expect, "error");
  c->ok = kit_json_get(expect, "ok");
  c->host_calls = kit_json_get(expect, "host_calls");
  if ((c->ok == NULL) == (error == NULL))
    return wrong(l, "expect", "should have either ok or error");
  if (c->host_calls != NULL && c->host_calls->kind != KIT_JSON_ARRAY)
    return wrong(l, "expect/host_calls", "should be an array");
  if (c->ok != NULL)
    return read_ok_text(l, expect, c);
  if (error->kind != KIT_JSON_OBJECT)
    return wrong(l, "expect/error", "should be an object");
  c->code = kit_json_get_string(error, "code");
  c->message = kit_json_get_string(error, "message");
  c->message_prefix = kit_json_get_string(expect, "message_prefix");
  c->requests = kit_json_get(expect, "requests");
  return true;
}

static hcsref_str area_of(hcsref_str id) {
  const char *slash = id.len == 0 ? NULL : memchr(id.data, '/', id.len);
  return slash == NULL ? HCSREF_LIT("") : hcsref_str_first(id, (size_t)(slash - id.data));
}

static bool write_params(hcsref_arena *arena, kit_case *c) {
  const kit_json *params = kit_json_get(c->tree, "params");
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  if (!params->spaced) {
    c->params = params->raw;
    return true;
  }
  kit_json_append_compact(&buf, params->raw);
  c->params = hcsref_buf_str(&buf);
  return !buf.failed;
}

static bool write_ok_text(hcsref_arena *arena, kit_case *c) {
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  if (kit_json_is_canonical(c->ok)) {
    c->ok_text = c->ok_canonical = c->ok->raw;
    return true;
  }
  if (!hcsref_buf_reserve(&buf, c->ok->raw.len))
    return false;
  kit_json_append_canonical(&buf, c->ok);
  c->ok_text = c->ok_canonical = hcsref_buf_str(&buf);
  return !buf.failed;
}

bool kit_case_complete(hcsref_arena *arena, kit_case *c) {
  return (c->params.data != NULL || c->tree == NULL || write_params(arena, c)) &&
         (c->ok_text.data != NULL || c->ok == NULL || write_ok_text(arena, c));
}

/* Of a recorded case nobody has written one. */
bool kit_case_make_title(hcsref_arena *arena, kit_case *c) {
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  if (c->title.len != 0)
    return true;
  kit_title_append(&buf, c);
  c->title = hcsref_buf_str(&buf);
  return !buf.failed;
}

bool kit_case_scan(hcsref_arena *arena, hcsref_str text, hcsref_str id, kit_case *out, hcsref_error *err) {
  loader l = {arena, err, NULL};
  kit_case c;
  kit_json *tree;
  memset(&c, 0, sizeof(c));
  if (!kit_repeats_write_out(arena, text, &text, err) || !kit_json_parse(arena, text, &tree, err))
    return false;
  l.tree = c.tree = tree;
  if (tree->kind != KIT_JSON_OBJECT)
    return wrong(&l, "", "a case should be an object");
  if (!read_text(&l, "id", &c.id) || !read_text(&l, "title", &c.title) || !read_text(&l, "why", &c.why) ||
      !read_text(&l, "op", &c.op) || !read_level(&l, &c) || !read_list(&l, "profiles", &c.profiles) ||
      !read_list(&l, "recorded", &c.recorded) || !read_list(&l, "tags", &c.tags) ||
      !read_list(&l, "upstream", &c.upstream) || !read_list(&l, "links", &c.links))
    return false;
  if (c.op.len == 0)
    return wrong(&l, "op", "is missing");
  if (c.id.len == 0)
    c.id = id;
  if (!kit_is_id(c.id))
    return wrong_id(&l, c.id);
  c.area = area_of(c.id);
  if (!c.says_level)
    c.level = kit_level_by_rule(c.op, c.tags);
  c.has_title = c.title.len != 0;
  if (!check_params(&l) || !read_expect(&l, kit_json_get(tree, "expect"), &c))
    return false;
  *out = c;
  return true;
}

bool kit_case_read(hcsref_arena *arena, hcsref_str text, hcsref_str id, kit_case *out, hcsref_error *err) {
  kit_case c = {0};
  if (!kit_case_scan(arena, text, id, &c, err))
    return false;
  if (!kit_case_complete(arena, &c) || !kit_case_make_title(arena, &c))
    return hcsref_fail_memory(err);
  *out = c;
  return true;
}

bool kit_case_expect(hcsref_arena *arena, kit_case *c, hcsref_str expect, hcsref_error *err) {
  loader l = {arena, err, NULL};
  kit_case changed = *c;
  kit_json *tree;
  changed.ok_text = changed.ok_canonical = changed.code = changed.message = changed.message_prefix = HCSREF_LIT("");
  changed.requests = NULL;
  if (!changed.has_title)
    changed.title = HCSREF_LIT("");
  if (!kit_json_parse(arena, expect, &tree, err) || !read_expect(&l, tree, &changed))
    return false;
  if (!kit_case_complete(arena, &changed) || !kit_case_make_title(arena, &changed))
    return hcsref_fail_memory(err);
  *c = changed;
  return true;
}
