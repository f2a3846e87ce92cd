/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/headline.h"

#include "compare/text.h"
#include "hcsref/json.h"
#include "io/utf8.h"
#include "run/cases/tags.h"

/* Of a value in a headline this much is shown, and of a pointer. */
#define VALUE_WIDTH ((size_t)60)
#define PLACE_WIDTH ((size_t)200)

static void append_cut(hcsref_buf *buf, hcsref_str text, size_t width) {
  hcsref_str shown = utf8_first(text, width);
  hcsref_buf_append(buf, shown);
  if (shown.len < text.len)
    hcsref_buf_append(buf, HCSREF_LIT("..."));
}

/* ---- differences -------------------------------------------------------------------------------------- */

static void append_values(hcsref_buf *buf, const kit_difference *d) {
  if (d->actual.data == NULL)
    hcsref_buf_append(buf, HCSREF_LIT("missing"));
  else if (d->kind == KIT_ORDER)
    hcsref_buf_append(buf, HCSREF_LIT("in another order: "));
  append_cut(buf, d->actual, VALUE_WIDTH);
  hcsref_buf_append(buf, d->kind == KIT_NUMBER_FORM || d->kind == KIT_ESCAPE ? HCSREF_LIT(", expected in the form ")
                                                                             : HCSREF_LIT(", expected "));
  append_cut(buf, d->expected.data == NULL ? HCSREF_LIT("nothing") : d->expected, VALUE_WIDTH);
}

void kit_headline_append(hcsref_buf *buf, const kit_differences *differences) {
  const kit_difference *d = differences->first;
  if (d == NULL)
    return;
  append_cut(buf, d->pointer.len == 0 ? HCSREF_LIT("the whole answer") : d->pointer, PLACE_WIDTH);
  hcsref_buf_append(buf, HCSREF_LIT(": "));
  append_values(buf, d);
  if (differences->count < 2)
    return;
  hcsref_buf_append(buf, HCSREF_LIT(" (and "));
  hcsref_buf_append_uint(buf, differences->count - 1);
  hcsref_buf_append(buf, differences->count == 2 ? HCSREF_LIT(" more difference)") : HCSREF_LIT(" more differences)"));
}

/* ---- questions ---------------------------------------------------------------------------------------- */

/* Deeper values are shown as they are. */
#define DEEPEST_CHOICE 12

/* Members that say little about what a case is about: every specification has them, or they are null or no elements. */
static bool is_usual(const kit_json *member) {
  static const char *const names[] = {"host", "ociVersion", "layerFolders", "root", "owner"};
  size_t i;
  if (member->kind == KIT_JSON_NULL || (member->kind == KIT_JSON_ARRAY && member->count == 0))
    return true;
  for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
    if (hcsref_str_equal(member->key, hcsref_cstr(names[i])))
      return true;
  return hcsref_str_equal(member->key, HCSREF_LIT("id")) && member->up != NULL &&
         hcsref_str_equal(member->up->key, HCSREF_LIT("options"));
}

/* Is there something to show in it? */
static bool is_telling(const kit_json *node, int depth) {
  const kit_json *child;
  if (node->kind != KIT_JSON_OBJECT || node->count == 0 || depth >= DEEPEST_CHOICE)
    return true;
  for (child = node->first; child != NULL; child = child->next)
    if (!is_usual(child) && is_telling(child, depth + 1))
      return true;
  return false;
}

static void append_telling(hcsref_buf *buf, const kit_json *node, int depth, size_t width) {
  const kit_json *child;
  bool first = true;
  if (node->kind != KIT_JSON_OBJECT || depth >= DEEPEST_CHOICE) {
    kit_json_append_compact(buf, hcsref_str_first(node->raw, 2 * width));
    return;
  }
  hcsref_buf_append_char(buf, '{');
  for (child = node->first; child != NULL && buf->len <= width; child = child->next) {
    if (is_usual(child) || !is_telling(child, depth + 1))
      continue;
    hcsref_buf_append(buf, first ? HCSREF_LIT("") : HCSREF_LIT(","));
    hcsref_buf_append(buf, child->raw_key);
    hcsref_buf_append_char(buf, ':');
    append_telling(buf, child, depth + 1, width);
    first = false;
  }
  hcsref_buf_append_char(buf, '}');
}

/* A specification whose bytes matter is carried in base64; here it is read. False: it is none. */
static bool append_bytes(hcsref_buf *buf, const kit_json *params, size_t width) {
  const kit_json *spec = kit_json_get(params, "spec_base64");
  hcsref_str text = {NULL, 0};
  if (spec == NULL || spec->kind != KIT_JSON_STRING || spec->text.len > 100 * width ||
      !hcsref_json_decode(buf->arena, spec->raw, &hcsref_type_bytes, HCSREF_JSON_WHOLE, &text, NULL))
    return false;
  hcsref_buf_append(buf, HCSREF_LIT("the bytes "));
  append_cut(buf, text, width);
  return true;
}

void kit_question_short(hcsref_buf *buf, const kit_case *c, size_t width) {
  const kit_json *params = c->tree == NULL ? NULL : kit_json_get(c->tree, "params");
  hcsref_buf text = {buf->arena, NULL, 0, 0, false};
  if (params == NULL) { /* made by the kit itself */
    append_cut(buf, c->params, width);
    return;
  }
  if (!append_bytes(&text, params, width)) {
    if (is_telling(params, 0))
      append_telling(&text, params, 0, width);
    else
      kit_json_append_compact(&text, hcsref_str_first(params->raw, 2 * width));
  }
  append_cut(buf, hcsref_buf_str(&text), width);
  buf->failed = buf->failed || text.failed;
}

/* ---- titles ------------------------------------------------------------------------------------------- */

#define TITLE_WIDTH ((size_t)100)

static void append_answer(hcsref_buf *buf, const kit_case *c) {
  const char *reason = kit_case_error_reason(c);
  if (c->ok != NULL && c->ok_text.len <= VALUE_WIDTH) {
    hcsref_buf_append(buf, HCSREF_LIT(" gives "));
    hcsref_buf_append(buf, c->ok_text);
  } else if (c->ok != NULL) {
    hcsref_buf_append(buf, HCSREF_LIT(" gives the recorded answer"));
  } else {
    hcsref_str why = c->message.len != 0 ? c->message : hcsref_cstr(reason);
    hcsref_buf_append(buf, why.len == 0 ? HCSREF_LIT(" is refused") : HCSREF_LIT(" is refused: "));
    append_cut(buf, why, TITLE_WIDTH);
  }
}

void kit_title_append(hcsref_buf *buf, const kit_case *c) {
  const kit_json *tag;
  hcsref_buf_append(buf, c->op);
  for (tag = c->tags == NULL ? NULL : c->tags->first; tag != NULL; tag = tag->next) {
    hcsref_buf_append(buf, tag == c->tags->first ? HCSREF_LIT(" (") : HCSREF_LIT(", "));
    append_cut(buf, tag->text, VALUE_WIDTH);
    hcsref_buf_append(buf, tag->next == NULL ? HCSREF_LIT(")") : HCSREF_LIT(""));
  }
  hcsref_buf_append(buf, HCSREF_LIT(" of "));
  kit_question_short(buf, c, TITLE_WIDTH);
  append_answer(buf, c);
}
