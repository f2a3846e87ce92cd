/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/shrink.h"

#include "mutator/outline.h"

#include <stdlib.h>
#include <string.h>

/* What is tried with a value, in this order. */
typedef enum step { STEP_LEAVE_OUT, STEP_SIMPLE, STEP_CUT, STEP_OVER } step;

struct kit_shrink {
  char *text, *candidate; /* both as long as the text was at first */
  size_t len, candidate_len;
  outline *outline; /* of `text` */
  /* Where it is: a value, a step, and within the step the how-manieth attempt, or which stretch of a string. */
  size_t node;
  step step;
  size_t attempt, stretch, at;
  bool readable, changed; /* changed: in this round through all values */
};

/* The whole is never left out. */
static void begin_value(kit_shrink *s, size_t node) {
  s->node = node;
  s->step = node == 0 ? STEP_SIMPLE : STEP_LEAVE_OUT;
  s->attempt = s->stretch = s->at = 0;
}

kit_shrink *kit_shrink_new(hcsref_str text) {
  kit_shrink *s = calloc(1, sizeof(*s));
  if (s == NULL)
    return NULL;
  s->text = malloc(text.len + 1);
  s->candidate = malloc(text.len + 1);
  s->outline = malloc(sizeof(*s->outline));
  if (s->text == NULL || s->candidate == NULL || s->outline == NULL) {
    kit_shrink_free(s);
    return NULL;
  }
  if (text.len != 0)
    memcpy(s->text, text.data, text.len);
  s->len = text.len;
  s->readable = outline_read(s->outline, s->text, s->len, NULL);
  begin_value(s, 0);
  return s;
}

void kit_shrink_free(kit_shrink *s) {
  if (s == NULL)
    return;
  free(s->text);
  free(s->candidate);
  free(s->outline);
  free(s);
}

hcsref_str kit_shrink_text(const kit_shrink *s) {
  return hcsref_str_from(s->text, s->len);
}

/* ---- candidates --------------------------------------------------------------------------------------- */

/* The candidate is the text with `with` for the bytes [start, end), and is no longer than it. */
static bool replace(kit_shrink *s, size_t start, size_t end, const char *with) {
  size_t length = strlen(with);
  if (length > end - start || (length == end - start && memcmp(s->text + start, with, length) == 0))
    return false;
  memcpy(s->candidate, s->text, start);
  memcpy(s->candidate + start, with, length);
  memcpy(s->candidate + start + length, s->text + end, s->len - end);
  s->candidate_len = s->len - (end - start) + length;
  return true;
}

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Without the member or element, and one comma beside it. */
static bool leave_out(kit_shrink *s, const outline_node *node) {
  size_t start = node->key == node->key_end ? node->start : node->key, end = node->end;
  while (end < s->len && is_space(s->text[end]))
    end++;
  if (end < s->len && s->text[end] == ',')
    return replace(s, start, end + 1, "");
  while (start > 0 && is_space(s->text[start - 1]))
    start--;
  if (start > 0 && s->text[start - 1] == ',')
    start--;
  return replace(s, start, end, "");
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Would the number without its last byte be one, and a smaller one? */
static bool may_drop_digit(const kit_shrink *s, const outline_node *node) {
  size_t i, first = node->start + (s->text[node->start] == '-');
  for (i = first; i < node->end; i++)
    if (!is_digit(s->text[i]))
      return false;
  return node->end > first + 1;
}

static bool simpler_number(kit_shrink *s, const outline_node *node, size_t attempt) {
  bool small = node->end - node->start == 1 && s->text[node->start] <= '1';
  switch (attempt) {
  case 0:
    return replace(s, node->start, node->end, "0");
  case 1:
    return !small && replace(s, node->start, node->end, "1");
  case 2:
    return s->text[node->start] == '-' && replace(s, node->start, node->start + 1, "");
  default:
    return may_drop_digit(s, node) && replace(s, node->end - 1, node->end, "");
  }
}

/* Emptied containers and strings, smaller numbers. */
static bool simpler(kit_shrink *s, const outline_node *node, size_t attempt) {
  switch (node->kind) {
  case '{':
    return attempt == 0 && node->children > 0 && replace(s, node->start, node->end, "{}");
  case '[':
    return attempt == 0 && node->children > 0 && replace(s, node->start, node->end, "[]");
  case '"':
    return attempt == 0 && replace(s, node->start, node->end, "\"\"");
  case 0:
    return simpler_number(s, node, attempt);
  default:
    return false;
  }
}
#define MOST_ATTEMPTS 4

/* The end of the character at `at`: an escape and a UTF-8 sequence are one. */
static size_t next_character(const kit_shrink *s, size_t at, size_t end) {
  size_t next = at + 1;
  if (s->text[at] == '\\')
    next = at + (at + 1 < end && s->text[at + 1] == 'u' ? 6 : 2);
  while (next < end && ((unsigned char)s->text[next] & 0xC0) == 0x80)
    next++;
  return next < end ? next : end;
}

static size_t characters(const kit_shrink *s, size_t at, size_t end) {
  size_t count = 0;
  for (; at < end; at = next_character(s, at, end))
    count++;
  return count;
}

/* A string without `stretch` characters from the character `at` on: halves, quarters… and at last single ones. */
static bool cut(kit_shrink *s, const outline_node *node) {
  size_t start = node->start + 1, end = node->end - 1, from = start, to, i;
  size_t count = characters(s, start, end);
  if (s->stretch == 0)
    s->stretch = count / 2;
  while (s->stretch > 0 && s->at >= count) {
    s->at = 0;
    s->stretch /= 2;
  }
  if (s->stretch == 0)
    return false;
  for (i = 0; i < s->at; i++)
    from = next_character(s, from, end);
  for (i = 0, to = from; i < s->stretch && to < end; i++)
    to = next_character(s, to, end);
  return replace(s, from, to, "");
}

/* ---- the way through all of them ---------------------------------------------------------------------- */

static void begin_step(kit_shrink *s, step next) {
  s->step = next;
  s->attempt = s->stretch = s->at = 0;
}

/* The attempt after one that was of no use. */
static void go_on(kit_shrink *s) {
  switch (s->step) {
  case STEP_LEAVE_OUT:
    begin_step(s, STEP_SIMPLE);
    break;
  case STEP_SIMPLE:
    if (++s->attempt == MOST_ATTEMPTS)
      begin_step(s, STEP_CUT);
    break;
  case STEP_CUT:
    s->at += s->stretch;
    break;
  case STEP_OVER:
    break;
  }
}

/* Is there a candidate where it is now? */
static bool attempt(kit_shrink *s) {
  const outline_node *node = &s->outline->nodes[s->node];
  if (s->step == STEP_LEAVE_OUT)
    return leave_out(s, node);
  if (s->step == STEP_SIMPLE)
    return simpler(s, node, s->attempt);
  if (node->kind == '"' && cut(s, node))
    return true;
  s->step = STEP_OVER;
  return false;
}

bool kit_shrink_next(kit_shrink *s, hcsref_str *candidate) {
  if (!s->readable)
    return false;
  for (;;) {
    if (s->node >= s->outline->count || s->step == STEP_OVER) {
      bool last = s->node + 1 >= s->outline->count;
      if (last && !s->changed)
        return false;
      s->changed = s->changed && !last;
      begin_value(s, last ? 0 : s->node + 1);
    }
    if (attempt(s)) {
      *candidate = hcsref_str_from(s->candidate, s->candidate_len);
      return true;
    }
    go_on(s);
  }
}

void kit_shrink_answer(kit_shrink *s, bool kept) {
  char *old = s->text;
  if (!kept) {
    go_on(s);
    return;
  }
  s->text = s->candidate;
  s->candidate = old;
  s->len = s->candidate_len;
  s->changed = true;
  s->readable = outline_read(s->outline, s->text, s->len, NULL);
  if (s->step == STEP_LEAVE_OUT) /* the next value has taken its place */
    begin_value(s, s->node);
}
