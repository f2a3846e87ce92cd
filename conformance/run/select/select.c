/* SPDX-License-Identifier: Apache-2.0 */
#include "run/select/select.h"
#include "run/cases/glob.h"

#include <string.h>

/* ---- tag expressions ---------------------------------------------------------------------------------- */

typedef enum operator_kind { TAG_WORD, TAG_NOT, TAG_AND, TAG_OR } operator_kind;

struct kit_tag_expression {
  operator_kind kind;
  hcsref_str word;
  const kit_tag_expression *left, *right; /* of NOT: left */
};

/* Deepest nesting of parentheses and negations. */
#define DEEPEST_EXPRESSION 64

typedef struct tag_parser {
  hcsref_arena *arena;
  hcsref_error *err;
  hcsref_str text;
  size_t at;
  int depth;
} tag_parser;

static bool tag_error(tag_parser *p, const char *what) {
  return hcsref_fail(p->arena, p->err, "tag-expression", HCSREF_LIT(""), "tag expression %q: %s at character %u",
                     p->text, what, (uint64_t)p->at + 1);
}

static void skip_blanks(tag_parser *p) {
  while (p->at < p->text.len && (p->text.data[p->at] == ' ' || p->text.data[p->at] == '\t'))
    p->at++;
}

static size_t word_length(const tag_parser *p) {
  size_t i = p->at;
  while (i < p->text.len && memchr(" \t()!&|,", p->text.data[i], 8) == NULL)
    i++;
  return i - p->at;
}

/* Steps over `sign` or the word `name` if one of them is next. */
static bool take(tag_parser *p, const char *sign, const char *name) {
  size_t length = strlen(sign);
  skip_blanks(p);
  if (p->text.len - p->at >= length && memcmp(p->text.data + p->at, sign, length) == 0) {
    p->at += length;
    return true;
  }
  if (!hcsref_str_equal(hcsref_str_from(p->text.data + p->at, word_length(p)), hcsref_cstr(name)))
    return false;
  p->at += strlen(name);
  return true;
}

static kit_tag_expression *new_expression(tag_parser *p, operator_kind kind, const kit_tag_expression *left,
                                          const kit_tag_expression *right) {
  kit_tag_expression *e = hcsref_arena_alloc(p->arena, sizeof(*e));
  if (e == NULL) {
    (void)hcsref_fail_memory(p->err);
    return NULL;
  }
  e->kind = kind;
  e->left = left;
  e->right = right;
  return e;
}

static kit_tag_expression *parse_or(tag_parser *p);

static kit_tag_expression *parse_parentheses(tag_parser *p) {
  kit_tag_expression *inner;
  p->at++;
  inner = parse_or(p);
  skip_blanks(p);
  if (inner == NULL)
    return NULL;
  if (p->at >= p->text.len || p->text.data[p->at] != ')') {
    (void)tag_error(p, "a closing parenthesis is missing");
    return NULL;
  }
  p->at++;
  return inner;
}

static kit_tag_expression *parse_operand(tag_parser *p) {
  kit_tag_expression *e;
  size_t length;
  if (++p->depth > DEEPEST_EXPRESSION) {
    (void)tag_error(p, "nested too deeply");
    return NULL;
  }
  if (take(p, "!", "not")) {
    const kit_tag_expression *inner = parse_operand(p);
    e = inner == NULL ? NULL : new_expression(p, TAG_NOT, inner, NULL);
  } else if (p->at < p->text.len && p->text.data[p->at] == '(') {
    e = parse_parentheses(p);
  } else {
    length = word_length(p);
    if (length == 0) {
      (void)tag_error(p, "a tag is expected");
      return NULL;
    }
    e = new_expression(p, TAG_WORD, NULL, NULL);
    if (e != NULL)
      e->word = hcsref_str_from(p->text.data + p->at, length);
    p->at += length;
  }
  p->depth--;
  return e;
}

static kit_tag_expression *parse_and(tag_parser *p) {
  kit_tag_expression *left = parse_operand(p);
  while (left != NULL && take(p, "&&", "and")) {
    const kit_tag_expression *right = parse_operand(p);
    left = right == NULL ? NULL : new_expression(p, TAG_AND, left, right);
  }
  return left;
}

static kit_tag_expression *parse_or(tag_parser *p) {
  kit_tag_expression *left = parse_and(p);
  while (left != NULL && (take(p, "||", "or") || take(p, ",", ","))) {
    const kit_tag_expression *right = parse_and(p);
    left = right == NULL ? NULL : new_expression(p, TAG_OR, left, right);
  }
  return left;
}

bool kit_tags_parse(hcsref_arena *arena, hcsref_str text, kit_tag_expression **out, hcsref_error *err) {
  tag_parser p = {arena, err, text, 0, 0};
  kit_tag_expression *e = parse_or(&p);
  if (e == NULL)
    return false;
  skip_blanks(&p);
  if (p.at != text.len)
    return tag_error(&p, "nothing more should be");
  *out = e;
  return true;
}

static bool has_tag(const kit_json *tags, hcsref_str pattern) {
  const kit_json *tag;
  for (tag = tags == NULL ? NULL : tags->first; tag != NULL; tag = tag->next)
    if (tag->kind == KIT_JSON_STRING && kit_glob(pattern, tag->text))
      return true;
  return false;
}

bool kit_tags_match(const kit_tag_expression *e, const kit_json *tags) {
  switch (e->kind) {
  case TAG_WORD:
    return has_tag(tags, e->word);
  case TAG_NOT:
    return !kit_tags_match(e->left, tags);
  case TAG_AND:
    return kit_tags_match(e->left, tags) && kit_tags_match(e->right, tags);
  case TAG_OR:
    return kit_tags_match(e->left, tags) || kit_tags_match(e->right, tags);
  }
  return false;
}

size_t kit_tags_words(const kit_tag_expression *e, hcsref_str *out, size_t room) {
  size_t left;
  if (e->kind == TAG_WORD) {
    if (room > 0)
      *out = e->word;
    return 1;
  }
  left = kit_tags_words(e->left, out, room);
  if (e->kind == TAG_NOT)
    return left;
  return left + kit_tags_words(e->right, left < room ? out + left : out, left < room ? room - left : 0);
}

/* ---- selection ---------------------------------------------------------------------------------------- */

static bool any_glob(const char *const *globs, size_t count, hcsref_str text) {
  size_t i;
  for (i = 0; i < count; i++)
    if (kit_glob(hcsref_cstr(globs[i]), text))
      return true;
  return false;
}

bool kit_selected(const kit_selection *s, const kit_case *c) {
  return (s->ids == NULL || kit_patterns_find(s->ids, c->id, NULL, NULL) != KIT_NO_PATTERN) &&
         (s->excluded == NULL || kit_patterns_find(s->excluded, c->id, NULL, NULL) == KIT_NO_PATTERN) &&
         (s->area_count == 0 || any_glob(s->areas, s->area_count, c->area)) &&
         (s->op_count == 0 || any_glob(s->ops, s->op_count, c->op)) &&
         (s->levels == 0 || (s->levels & 1u << c->level) != 0) &&
         (s->tags == NULL || kit_tags_match(s->tags, c->tags)) &&
         (s->any_profile || kit_remembered_in_profile(s->remembered, c, s->profile));
}
