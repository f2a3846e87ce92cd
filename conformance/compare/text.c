/* SPDX-License-Identifier: Apache-2.0 */
/* Writing JSON: compact, canonical and for people. */
#include "compare/text.h"

#include "hcsref/json.h"

#include <string.h>

static size_t string_end(hcsref_str text, size_t i) {
  for (i++; i < text.len && text.data[i] != '"'; i++)
    if (text.data[i] == '\\')
      i++;
  return i < text.len ? i + 1 : text.len;
}

static bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

void kit_json_append_compact(hcsref_buf *buf, hcsref_str text) {
  size_t i = 0;
  while (i < text.len) {
    size_t start = i;
    if (text.data[i] == '"') {
      i = string_end(text, i);
    } else {
      while (i < text.len && text.data[i] != '"' && !is_space(text.data[i]))
        i++;
    }
    hcsref_buf_append(buf, hcsref_str_from(text.data + start, i - start));
    while (i < text.len && is_space(text.data[i]))
      i++;
  }
}

void kit_json_append_canonical(hcsref_buf *buf, const kit_json *node) {
  const kit_json *child;
  bool object = node->kind == KIT_JSON_OBJECT;
  if (node->kind == KIT_JSON_STRING) {
    hcsref_json_append_string(buf, node->text);
    return;
  }
  if (!object && node->kind != KIT_JSON_ARRAY) {
    hcsref_buf_append(buf, node->raw);
    return;
  }
  hcsref_buf_append_char(buf, object ? '{' : '[');
  for (child = node->first; child != NULL; child = child->next) {
    if (child != node->first)
      hcsref_buf_append_char(buf, ',');
    if (object) {
      hcsref_json_append_string(buf, child->key);
      hcsref_buf_append_char(buf, ':');
    }
    kit_json_append_canonical(buf, child);
  }
  hcsref_buf_append_char(buf, object ? '}' : ']');
}

/* How long `node` is on one line, with a space after commas and colons; more than `limit`: some number above it.
 * Every node counts at least one, so the walk ends after `limit` of them. */
static size_t line_length(const kit_json *node, size_t limit) {
  const kit_json *child;
  size_t total = 2;
  if (node->kind != KIT_JSON_OBJECT && node->kind != KIT_JSON_ARRAY)
    return node->raw.len;
  for (child = node->first; child != NULL && total <= limit; child = child->next) {
    total += child == node->first ? 0 : 2;
    total += node->kind == KIT_JSON_OBJECT ? child->raw_key.len + 2 : 0;
    if (total <= limit)
      total += line_length(child, limit - total);
  }
  return total;
}

/* Deeper levels are not indented further: a text of depth n must not become one of size n². */
#define DEEPEST_INDENT 1000

static void append_line_break(hcsref_buf *buf, size_t level) {
  hcsref_buf_append_char(buf, '\n');
  for (level = level > DEEPEST_INDENT ? DEEPEST_INDENT : level; level > 0; level--)
    hcsref_buf_append(buf, HCSREF_LIT("  "));
}

static void append_pretty(hcsref_buf *buf, const kit_json *node, size_t level, size_t column, size_t width) {
  const kit_json *child;
  bool object = node->kind == KIT_JSON_OBJECT, one_line;
  if (!object && node->kind != KIT_JSON_ARRAY) {
    hcsref_buf_append(buf, node->raw);
    return;
  }
  one_line =
      node->count == 0 || width == SIZE_MAX || (column < width && line_length(node, width - column) <= width - column);
  hcsref_buf_append_char(buf, object ? '{' : '[');
  for (child = node->first; child != NULL; child = child->next) {
    size_t key_length = object ? child->raw_key.len + 2 : 0;
    if (child != node->first)
      hcsref_buf_append(buf, one_line ? HCSREF_LIT(", ") : HCSREF_LIT(","));
    if (!one_line)
      append_line_break(buf, level + 1);
    if (object) {
      hcsref_buf_append(buf, child->raw_key);
      hcsref_buf_append(buf, HCSREF_LIT(": "));
    }
    append_pretty(buf, child, level + 1, one_line ? 0 : 2 * (level + 1) + key_length, one_line ? SIZE_MAX : width);
  }
  if (!one_line)
    append_line_break(buf, level);
  hcsref_buf_append_char(buf, object ? '}' : ']');
}

void kit_json_append_pretty(hcsref_buf *buf, const kit_json *node, size_t level, size_t width) {
  append_pretty(buf, node, level, 2 * level, width);
}

void kit_pointer_append(hcsref_buf *buf, hcsref_str key) {
  size_t i;
  hcsref_buf_append_char(buf, '/');
  for (i = 0; i < key.len; i++) {
    if (key.data[i] == '~')
      hcsref_buf_append(buf, HCSREF_LIT("~0"));
    else if (key.data[i] == '/')
      hcsref_buf_append(buf, HCSREF_LIT("~1"));
    else
      hcsref_buf_append_char(buf, key.data[i]);
  }
}
