/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/mend.h"

#include <stdlib.h>
#include <string.h>

void lint_note_mend(hcsref_arena *arena, const input_map *map, const input_place *place, const kit_finding *finding,
                    hcsref_slice *mends) {
  lint_mend *next;
  hcsref_str text;
  if (finding->mend.data == NULL || map->yaml || place->line == 0 || !hcsref_str_copy(arena, finding->mend, &text))
    return;
  next = hcsref_slice_push(arena, mends, sizeof *next);
  if (next == NULL)
    return;
  next->text = text;
  next->offset = place->offset;
  next->length = place->length;
}

static int by_offset(const void *a, const void *b) {
  const lint_mend *first = a, *second = b;
  return first->offset < second->offset ? -1 : first->offset > second->offset;
}

void lint_mend_text(hcsref_str text, const hcsref_slice *mends, hcsref_buf *out) {
  lint_mend *items = mends->items;
  size_t at = 0;
  if (mends->len != 0)
    qsort(items, mends->len, sizeof *items, by_offset);
  for (size_t i = 0; i < mends->len; i++) {
    if (items[i].offset < at)
      continue;
    hcsref_buf_append(out, hcsref_str_from(text.data + at, items[i].offset - at));
    hcsref_buf_append(out, items[i].text);
    at = items[i].offset + items[i].length;
  }
  hcsref_buf_append(out, hcsref_str_skip(text, at));
}

/* ---- syntax ---- */

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t end_of_string(hcsref_str text, size_t i) {
  for (i++; i < text.len && text.data[i] != '"'; i++)
    i += text.data[i] == '\\';
  return i < text.len ? i + 1 : text.len;
}

/* Where the comment at `i` ends; `i` when there is none. */
static size_t end_of_comment(hcsref_str text, size_t i) {
  hcsref_str rest = hcsref_str_skip(text, i);
  bool block = hcsref_str_has_prefix(rest, HCSREF_LIT("/*"));
  if (!block && !hcsref_str_has_prefix(rest, HCSREF_LIT("//")) && text.data[i] != '#')
    return i;
  for (i += block ? 2 : 1; i < text.len; i++) {
    if (block && text.data[i] == '/' && text.data[i - 1] == '*')
      return i + 1;
    if (!block && text.data[i] == '\n')
      return i;
  }
  return text.len;
}

/* Is the comma at `i` the last thing in its array or object, but for space and comments? */
static bool is_trailing(hcsref_str text, size_t i) {
  for (i++; i < text.len;) {
    size_t end = end_of_comment(text, i);
    if (end != i)
      i = end;
    else if (is_space(text.data[i]))
      i++;
    else
      return text.data[i] == '}' || text.data[i] == ']';
  }
  return false;
}

hcsref_str lint_mend_syntax(hcsref_arena *arena, hcsref_str text) {
  hcsref_buf out = {.arena = arena};
  hcsref_str none = {NULL, 0};
  hcsref_error err = {0};
  kit_json *tree;
  for (size_t i = 0; i < text.len;) {
    size_t end = text.data[i] == '"' ? end_of_string(text, i) : end_of_comment(text, i);
    if (end == i && (text.data[i] != ',' || !is_trailing(text, i)))
      hcsref_buf_append_char(&out, text.data[i]);
    if (end != i && text.data[i] == '"')
      hcsref_buf_append(&out, hcsref_str_from(text.data + i, end - i));
    i = end == i ? i + 1 : end;
  }
  if (out.failed || !kit_json_parse(arena, hcsref_buf_str(&out), &tree, &err))
    return none;
  return hcsref_buf_str(&out);
}
