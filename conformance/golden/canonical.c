/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical form of a case. */
#include "golden/golden.h"

#include "compare/text.h"

/* A case of more bytes than a block of a disk is a long one: what fits into so many columns stays on one line,
 * and if it is still long, levels are one space. */
#define SHORT_CASE      ((size_t)4096)
#define LONG_CASE_WIDTH ((size_t)120)

static const char *const case_order[] = {"id",       "title",    "why",    "level",    "op",
                                         "profiles", "recorded", "tags",   "upstream", "links",
                                         "source",   "vector",   "params", "expect",   NULL};
static const char *const expect_order[] = {"ok", "text", "error", "message_prefix", "requests", "host_calls", NULL};
static const char *const upstream_order[] = {"file", "symbol", "commit", "branch", NULL};

/* Takes the member of that name out of `object`; null when it has none. */
static kit_json *take_member(kit_json *object, const char *name) {
  kit_json *before = NULL, *child;
  for (child = object->first; child != NULL; before = child, child = child->next) {
    if (!hcsref_str_equal(child->key, hcsref_cstr(name)))
      continue;
    if (before == NULL)
      object->first = child->next;
    else
      before->next = child->next;
    if (object->last == child)
      object->last = before;
    return child;
  }
  return NULL;
}

/* Members of `order` first, in that order; the others as they were. */
static void reorder(kit_json *object, const char *const *order) {
  kit_json *first = NULL, *last = NULL;
  for (; *order != NULL; order++) {
    kit_json *child = take_member(object, *order);
    if (child == NULL)
      continue;
    if (last == NULL)
      first = child;
    else
      last->next = child;
    last = child;
    child->next = NULL;
  }
  if (last == NULL)
    return;
  last->next = object->first;
  object->first = first;
  if (object->last == NULL)
    object->last = last;
}

/* Takes `text` out of an expectation when it is what `ok` is written as anyway. False: out of memory. */
static bool drop_text(hcsref_arena *arena, kit_json *expect) {
  const kit_json *ok = kit_json_get(expect, "ok"), *text = kit_json_get(expect, "text");
  hcsref_buf buf = {.arena = arena};
  if (ok == NULL || text == NULL || text->kind != KIT_JSON_STRING)
    return true;
  kit_json_append_canonical(&buf, ok);
  if (hcsref_str_equal(hcsref_buf_str(&buf), text->text))
    (void)take_member(expect, "text");
  return !buf.failed;
}

/* Every other space that a line begins with goes; a string of JSON has no end of line in it. */
static void halve_indents(hcsref_buf *buf) {
  size_t kept = 0, indent = 0;
  bool begins = true;
  for (size_t i = 0; i < buf->len; i++) {
    indent = begins && buf->data[i] == ' ' ? indent + 1 : 0;
    begins = buf->data[i] == '\n' || indent > 0;
    if (indent == 0 || indent % 2 == 1)
      buf->data[kept++] = buf->data[i];
  }
  buf->len = kept;
}

static void print(hcsref_buf *buf, const kit_json *tree) {
  kit_json_append_pretty(buf, tree, 0, 0);
  if (buf->len < SHORT_CASE)
    return;
  buf->len = 0;
  kit_json_append_pretty(buf, tree, 0, LONG_CASE_WIDTH);
  if (buf->len >= SHORT_CASE)
    halve_indents(buf);
}

bool golden_canonical(hcsref_arena *arena, kit_json *tree, hcsref_str *out) {
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  kit_json *child, *item;
  if (tree->kind == KIT_JSON_OBJECT)
    reorder(tree, case_order);
  for (child = tree->first; child != NULL; child = child->next) {
    if (child->kind == KIT_JSON_OBJECT && hcsref_str_equal(child->key, HCSREF_LIT("expect"))) {
      if (!drop_text(arena, child))
        return false;
      reorder(child, expect_order);
    }
    if (child->kind != KIT_JSON_ARRAY || !hcsref_str_equal(child->key, HCSREF_LIT("upstream")))
      continue;
    for (item = child->first; item != NULL; item = item->next)
      if (item->kind == KIT_JSON_OBJECT)
        reorder(item, upstream_order);
  }
  print(&buf, tree);
  hcsref_buf_append_char(&buf, '\n');
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}
