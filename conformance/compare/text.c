/* SPDX-License-Identifier: Apache-2.0 */
/* Writing JSON: compact, canonical and for people. */
#include "compare/text.h"

#include "compare/span.h"
#include "hcsref/json.h"

#include <string.h>

static size_t string_end(hcsref_str text, size_t i) {
  for (i++; i < text.len; i++) {
    i += kit_plain_span(text.data + i, text.data + text.len);
    if (i >= text.len || text.data[i] == '"')
      break;
    if (text.data[i] == '\\')
      i++;
  }
  return i < text.len ? i + 1 : text.len;
}

static bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Up to the next byte that is not white space. */
static size_t skip_space(hcsref_str text, size_t i) {
  while (i < text.len && is_space(text.data[i]))
    i++;
  return i;
}

void kit_json_append_compact(hcsref_buf *buf, hcsref_str text) {
  size_t i = skip_space(text, 0);
  if (!hcsref_buf_reserve(buf, text.len))
    return;
  while (i < text.len) {
    size_t start = i;
    while (i < text.len && !is_space(text.data[i]))
      i = text.data[i] == '"' ? string_end(text, i) : i + 1;
    hcsref_buf_append(buf, hcsref_str_from(text.data + start, i - start));
    i = skip_space(text, i);
  }
}

bool kit_json_same_text(hcsref_str a, hcsref_str b) {
  size_t i = skip_space(a, 0), j = skip_space(b, 0);
  while (i < a.len && j < b.len) {
    size_t length = a.data[i] == '"' ? string_end(a, i) - i : 1;
    if (b.len - j < length || memcmp(a.data + i, b.data + j, length) != 0)
      return false;
    i = skip_space(a, i + length);
    j = skip_space(b, j + length);
  }
  return i == a.len && j == b.len;
}

static bool is_container(const kit_json *node) {
  return node->kind == KIT_JSON_OBJECT || node->kind == KIT_JSON_ARRAY;
}

/* The walks below keep their place by the tree's own links: a deep tree needs no deep stack. A walk is over when it
 * leaves `root`, which may be part of a larger tree. */
static const kit_json *leave(const kit_json *node, const kit_json *root, hcsref_buf *buf) {
  while (node != root && node->next == NULL && node->up != NULL) {
    node = node->up;
    hcsref_buf_append_char(buf, node->kind == KIT_JSON_OBJECT ? '}' : ']');
  }
  return node == root ? NULL : node->next;
}

static void append_canonical_scalar(hcsref_buf *buf, const kit_json *node) {
  if (node->kind == KIT_JSON_STRING)
    hcsref_json_append_string(buf, node->text);
  else
    hcsref_buf_append(buf, node->raw);
}

static void begin_canonical(hcsref_buf *buf, const kit_json *node, const kit_json *parent) {
  if (parent->first != node)
    hcsref_buf_append_char(buf, ',');
  if (parent->kind == KIT_JSON_OBJECT) {
    hcsref_json_append_string(buf, node->key);
    hcsref_buf_append_char(buf, ':');
  }
}

void kit_json_append_canonical(hcsref_buf *buf, const kit_json *root) {
  const kit_json *node = root;
  while (node != NULL && !buf->failed) {
    if (node != root && node->up != NULL)
      begin_canonical(buf, node, node->up);
    if (!is_container(node))
      append_canonical_scalar(buf, node);
    else
      hcsref_buf_append_char(buf, node->kind == KIT_JSON_OBJECT ? '{' : '[');
    if (is_container(node) && node->first == NULL)
      hcsref_buf_append_char(buf, node->kind == KIT_JSON_OBJECT ? '}' : ']');
    node = is_container(node) && node->first != NULL ? node->first : leave(node, root, buf);
  }
}

bool kit_json_is_canonical(const kit_json *node) {
  static const char html[] = {'<', '>', '&'};
  size_t i;
  if (node->spaced || node->odd)
    return false;
  for (i = 0; i < sizeof(html); i++)
    if (memchr(node->raw.data, html[i], node->raw.len) != NULL)
      return false;
  return true;
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

/* Deeper levels are not indented further: a text of n bytes must not become one of n times its depth. */
#define DEEPEST_INDENT 40

static void append_line_break(hcsref_buf *buf, size_t level) {
  hcsref_buf_append_char(buf, '\n');
  for (level = level > DEEPEST_INDENT ? DEEPEST_INDENT : level; level > 0; level--)
    hcsref_buf_append(buf, HCSREF_LIT("  "));
}

typedef struct pretty {
  hcsref_buf *buf;
  const kit_json *root;
  size_t level; /* of the node that is printed */
  size_t width;
  const kit_json *flat; /* the outermost value that stands on one line, with all in it; null: we are in none */
} pretty;

/* What stands before a value: separator, line, key. The column behind it, unless all is on one line. */
static size_t begin_value(pretty *p, const kit_json *node) {
  const kit_json *parent = node == p->root ? NULL : node->up;
  bool member = parent != NULL && parent->kind == KIT_JSON_OBJECT;
  if (parent == NULL)
    return 2 * p->level;
  if (parent->first != node)
    hcsref_buf_append(p->buf, p->flat != NULL ? HCSREF_LIT(", ") : HCSREF_LIT(","));
  if (p->flat == NULL)
    append_line_break(p->buf, p->level);
  if (member) {
    hcsref_buf_append(p->buf, node->raw_key);
    hcsref_buf_append(p->buf, HCSREF_LIT(": "));
  }
  return 2 * p->level + (member ? node->raw_key.len + 2 : 0);
}

static void close_value(pretty *p, const kit_json *node) {
  if (p->flat == NULL)
    append_line_break(p->buf, p->level);
  if (p->flat == node)
    p->flat = NULL;
  hcsref_buf_append_char(p->buf, node->kind == KIT_JSON_OBJECT ? '}' : ']');
}

/* Prints a value, or opens it; the next one to print, or null at the end. */
static const kit_json *print_value(pretty *p, const kit_json *node) {
  size_t column = begin_value(p, node);
  if (!is_container(node)) {
    hcsref_buf_append(p->buf, node->raw);
  } else {
    if (p->flat == NULL &&
        (node->count == 0 || (column < p->width && line_length(node, p->width - column) <= p->width - column)))
      p->flat = node;
    hcsref_buf_append_char(p->buf, node->kind == KIT_JSON_OBJECT ? '{' : '[');
    if (node->first != NULL) {
      p->level++;
      return node->first;
    }
    close_value(p, node);
  }
  while (node != p->root && node->next == NULL && node->up != NULL) {
    node = node->up;
    p->level--;
    close_value(p, node);
  }
  return node == p->root ? NULL : node->next;
}

void kit_json_append_pretty(hcsref_buf *buf, const kit_json *root, size_t level, size_t width) {
  pretty p = {buf, root, level, width, NULL};
  const kit_json *node = root;
  while (node != NULL && !buf->failed)
    node = print_value(&p, node);
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

void kit_pointer_append_child(hcsref_buf *buf, hcsref_str key, size_t index) {
  if (key.data != NULL) {
    kit_pointer_append(buf, key);
    return;
  }
  hcsref_buf_append_char(buf, '/');
  hcsref_buf_append_uint(buf, index);
}
