/* SPDX-License-Identifier: Apache-2.0 */
#include "mutator/mutator.h"

#include "mutator/bytes.h"
#include "mutator/outline.h"
#include "mutator/words.h"

#include <string.h>

/* Longest value that one step generates or copies. */
#define LONGEST_VALUE ((size_t)1 << 16)
/* How deep a generated value goes. */
#define DEPTH 4

/* One input while it is changed: the JSON value within it. */
typedef struct editor {
  char *text; /* the value begins here */
  size_t len, max;
  outline *outline;
  random_source *random;
  mutator_bytes bytes;
} editor;

static size_t change_bytes(random_source *random, mutator_bytes bytes, uint8_t *data, size_t size, size_t max) {
  return bytes != NULL ? bytes(data, size, max) : bytes_mutate(random, data, size, max);
}

static hcsref_str key_of(const editor *e, const outline_node *node) {
  if (node->key_end < node->key + 2)
    return hcsref_str_from("", 0);
  return hcsref_str_from(e->text + node->key + 1, node->key_end - node->key - 2);
}

/* The key that says what the value is: its own, or that of the array or map that it is in. */
static hcsref_str meaning_of(const editor *e, size_t index) {
  const outline_node *node = &e->outline->nodes[index];
  const outline_node *parent = &e->outline->nodes[node->parent];
  bool in_map = parent->type != NULL && parent->type->kind == HCSREF_MAP;
  return node->key == node->key_end || in_map ? key_of(e, parent) : key_of(e, node);
}

/* Writes `with` over the bytes [start, end). False when there is no room. */
static bool replace(editor *e, size_t start, size_t end, const char *with, size_t len) {
  if (e->len - (end - start) + len > e->max)
    return false;
  memmove(e->text + start + len, e->text + end, e->len - end);
  memcpy(e->text + start, with, len);
  e->len = e->len - (end - start) + len;
  return true;
}

static bool replace_node(editor *e, const outline_node *node, const bounded_text *with) {
  return !with->full && replace(e, node->start, node->end, with->data, with->len);
}

static char value_buffer[LONGEST_VALUE];

static bounded_text empty_text(void) {
  bounded_text text = {value_buffer, 0, sizeof value_buffer, false};
  return text;
}

static size_t choose_node(editor *e) {
  return random_below(e->random, e->outline->count);
}

/* A node of the kind, or the number of nodes when a few tries find none. */
static size_t choose_kind(editor *e, const char *kinds, size_t count_of_kinds) {
  for (int tries = 0; tries < 16; tries++) {
    size_t index = choose_node(e);
    if (memchr(kinds, e->outline->nodes[index].kind, count_of_kinds) != NULL)
      return index;
  }
  return e->outline->count;
}

/* ---- the steps: each returns whether it changed something -------------------------------------------------------- */

static bool regenerate(editor *e) {
  size_t index = choose_node(e);
  const outline_node *node = &e->outline->nodes[index];
  bounded_text with = empty_text();
  if (index == 0 && !random_one_in(e->random, 20))
    return false;
  generate_value(&with, e->random, node->type, meaning_of(e, index), DEPTH);
  return replace_node(e, node, &with);
}

/* Whole member or element, without the comma. */
static size_t item_start(const outline_node *node) {
  return node->key == node->key_end ? node->start : node->key;
}

static bool leave_out(editor *e) {
  size_t index = choose_node(e), start, end;
  const outline_node *node = &e->outline->nodes[index];
  if (index == 0)
    return false;
  start = item_start(node);
  end = node->end;
  while (end < e->len && (e->text[end] == ' ' || e->text[end] == '\n'))
    end++;
  if (end < e->len && e->text[end] == ',') {
    end++;
  } else {
    end = node->end;
    while (start > 0 && (e->text[start - 1] == ' ' || e->text[start - 1] == '\n'))
      start--;
    start -= start > 0 && e->text[start - 1] == ',';
  }
  return replace(e, start, end, "", 0);
}

/* Puts the text `len` bytes long, already in the buffer, after or before an item, with a comma. */
static bool double_item(editor *e) {
  size_t index = choose_node(e), start;
  const outline_node *node = &e->outline->nodes[index];
  bounded_text with = empty_text();
  if (index == 0)
    return false;
  start = item_start(node);
  bounded_append(&with, ",", 1);
  bounded_append(&with, e->text + start, node->end - start);
  return !with.full && replace(e, node->end, node->end, with.data, with.len);
}

static void append_item(editor *e, bounded_text *with, size_t index) {
  const outline_node *node = &e->outline->nodes[index];
  const hcsref_type *value = NULL;
  hcsref_str key = node->kind == '{' && node->type != NULL && node->type->kind == HCSREF_STRUCT ? hcsref_str_from("", 0)
                                                                                                : meaning_of(e, index);
  if (node->kind == '{') {
    size_t from = with->len;
    generate_key(with, e->random, node->type, key, &value);
    if (!with->full && key.len == 0 && with->len >= from + 2)
      key = hcsref_str_from(with->data + from + 1, with->len - from - 2);
    bounded_append(with, ":", 1);
  } else if (node->type != NULL && (node->type->kind == HCSREF_SLICE || node->type->kind == HCSREF_ARRAY)) {
    value = node->type->elem;
  }
  generate_value(with, e->random, value, key, DEPTH - 1);
}

/* A member by table, or an element. */
static bool add_item(editor *e) {
  size_t index = choose_kind(e, "{[", 2);
  const outline_node *node = &e->outline->nodes[index];
  bounded_text with = empty_text();
  if (index == e->outline->count)
    return false;
  append_item(e, &with, index);
  if (node->children > 0)
    bounded_append(&with, ",", 1);
  return !with.full && replace(e, node->start + 1, node->start + 1, with.data, with.len);
}

static bool change_type(editor *e) {
  static const char *const others[] = {"null", "true", "[]", "{}", "\"\"", "0", "-1", "1.5", "[null]", "{\"a\":null}"};
  size_t index = choose_node(e);
  const outline_node *node = &e->outline->nodes[index];
  const char *other = others[random_below(e->random, sizeof(others) / sizeof(others[0]))];
  return index != 0 && replace(e, node->start, node->end, other, strlen(other));
}

/* Go folds K with U+212A and s with U+017F besides ASCII. */
static bool fold_key(editor *e) {
  size_t index = choose_node(e), at;
  const outline_node *node = &e->outline->nodes[index];
  char c;
  if (node->key_end < node->key + 3)
    return false;
  at = node->key + 1 + random_below(e->random, node->key_end - node->key - 2);
  c = (char)(e->text[at] | 0x20);
  if (c == 'k' && random_one_in(e->random, 2))
    return replace(e, at, at + 1, "\xe2\x84\xaa", 3);
  if (c == 's' && random_one_in(e->random, 2))
    return replace(e, at, at + 1, "\xc5\xbf", 2);
  if (c < 'a' || c > 'z')
    return false;
  e->text[at] = (char)(e->text[at] ^ 0x20);
  return true;
}

/* A copy of a value where another of its type, or of its kind, stands: paths that agree with the host's come from
 * here. */
static bool copy_value(editor *e) {
  size_t from = choose_node(e), to = 0;
  const outline_node *source = &e->outline->nodes[from];
  bounded_text with = empty_text();
  for (int tries = 0; tries < 16; tries++) {
    size_t index = choose_node(e);
    const outline_node *node = &e->outline->nodes[index];
    if (index != from && node->type == source->type && node->kind == source->kind)
      to = index;
  }
  if (to == 0)
    return false;
  bounded_append(&with, e->text + source->start, source->end - source->start);
  return replace_node(e, &e->outline->nodes[to], &with);
}

/* The key of one member becomes that of another of the same object, or a string that is elsewhere in the text. */
static bool copy_key(editor *e) {
  size_t from = choose_node(e), to = choose_node(e);
  const outline_node *source = &e->outline->nodes[from], *target = &e->outline->nodes[to];
  bounded_text with = empty_text();
  if (target->key == target->key_end)
    return false;
  if (source->kind == '"')
    bounded_append(&with, e->text + source->start, source->end - source->start);
  else if (source->key != source->key_end && source->parent == target->parent)
    bounded_append(&with, e->text + source->key, source->key_end - source->key);
  else
    return false;
  return !with.full && replace(e, target->key, target->key_end, with.data, with.len);
}

/* Strings: a word instead, a piece within, a stretch left out or doubled, a case changed, the engine's bytes. */
static bool change_string(editor *e) {
  size_t index = choose_kind(e, "\"", 1), start, len, at;
  const outline_node *node = &e->outline->nodes[index];
  bounded_text with = empty_text();
  if (index == e->outline->count)
    return false;
  start = node->start + 1;
  len = node->end - start - 1;
  at = start + random_below(e->random, len + 1);
  switch (random_below(e->random, 5)) {
  case 0:
    generate_string(&with, e->random, meaning_of(e, index));
    return !with.full && replace(e, start, start + len, with.data, with.len);
  case 1:
    generate_word(&with, e->random, random_one_in(e->random, 2) ? (int)WORDS_PIECE : -1);
    return !with.full && replace(e, at, at, with.data, with.len);
  case 2:
    return len != 0 && replace(e, at, at + random_below(e->random, start + len - at + 1), "", 0);
  case 3:
    if (at < start + len && (e->text[at] | 0x20) >= 'a' && (e->text[at] | 0x20) <= 'z')
      e->text[at] = (char)(e->text[at] ^ 0x20);
    return true;
  default: {
    static char piece[256];
    size_t size = len < sizeof piece / 2 ? len : sizeof piece / 2;
    memcpy(piece, e->text + start, size);
    size = change_bytes(e->random, e->bytes, (uint8_t *)piece, size, sizeof piece);
    bounded_append_escaped(&with, piece, size);
    return !with.full &&
           replace(e, start, start + (len < sizeof piece / 2 ? len : sizeof piece / 2), with.data, with.len);
  }
  }
}

static bool change_number(editor *e) {
  size_t index = choose_kind(e, "\0", 1), last;
  const outline_node *node = &e->outline->nodes[index];
  bounded_text with = empty_text();
  if (index == e->outline->count)
    return false;
  last = node->end - 1;
  if (random_one_in(e->random, 2) && e->text[last] >= '0' && e->text[last] < '9') {
    e->text[last]++;
    return true;
  }
  if (random_one_in(e->random, 3))
    return replace(e, node->end, node->end, "0", 1);
  generate_word(&with, e->random, WORDS_NUMBER);
  return replace_node(e, node, &with);
}

static bool (*const steps[])(editor *) = {
    regenerate, leave_out,  double_item, add_item,      add_item,      add_item,      change_type,   fold_key,
    copy_value, copy_value, copy_key,    change_string, change_string, change_string, change_number,
};

/* ---- inputs ---- */

static const hcsref_type *type_of(const input_format *format, const uint8_t *data, size_t size) {
  return format->choose != NULL ? format->choose(size == 0 ? 0 : data[0]) : format->type;
}

/* Where the value begins that is to be changed: after the first byte that chooses, or after the first line. */
static size_t value_start(const input_format *format, const uint8_t *data, size_t size, random_source *random) {
  size_t start = format->choose != NULL;
  const uint8_t *end;
  if (start > size || !format->lines || random_one_in(random, 2))
    return start > size ? size : start;
  end = size == start ? NULL : memchr(data + start, '\n', size - start);
  return end == NULL ? start : (size_t)(end - data) + 1;
}

static outline the_outline, other_outline;

static bool edit_once(const input_format *format, mutator_bytes bytes, uint8_t *data, size_t *size, size_t max,
                      random_source *random) {
  size_t start = value_start(format, data, *size, random);
  editor e = {(char *)data + start, *size - start, max - start, &the_outline, random, bytes};
  if (!outline_read(&the_outline, e.text, e.len, type_of(format, data, *size)))
    return false;
  for (int tries = 0; tries < 8; tries++)
    if (steps[random_below(random, sizeof(steps) / sizeof(steps[0]))](&e)) {
      *size = start + e.len;
      return true;
    }
  return false;
}

/* A new input, for when there is nothing to start from. */
static size_t generate_input(const input_format *format, uint8_t *data, size_t max, random_source *random) {
  bounded_text out = {(char *)data, 0, max, false};
  uint8_t choice = (uint8_t)random_below(random, 256);
  if (format->choose != NULL)
    bounded_append(&out, (const char *)&choice, 1);
  generate_value(&out, random, type_of(format, &choice, 1), hcsref_str_from("", 0), DEPTH + 2);
  if (format->lines) {
    bounded_append(&out, "\n", 1);
    generate_value(&out, random, type_of(format, &choice, 1), hcsref_str_from("", 0), DEPTH + 2);
  }
  return out.len;
}

size_t mutator_mutate(const input_format *format, mutator_bytes bytes, uint8_t *data, size_t size, size_t max,
                      unsigned seed) {
  random_source random;
  size_t count;
  random_seed(&random, seed);
  if (random_one_in(&random, 8))
    return change_bytes(&random, bytes, data, size, max);
  if (size < 3)
    return generate_input(format, data, max, &random);
  count = 1 + random_below(&random, random_one_in(&random, 4) ? 8 : 3);
  for (size_t i = 0; i < count; i++)
    if (!edit_once(format, bytes, data, &size, max, &random))
      return i > 0 ? size : change_bytes(&random, bytes, data, size, max);
  return size;
}

/* A node of the second text that can stand where `type` is. */
static const outline_node *find_like(const outline *in, const outline_node *like, random_source *random) {
  for (int tries = 0; tries < 32; tries++) {
    const outline_node *node = &in->nodes[random_below(random, in->count)];
    if (node->type == like->type && (like->type != NULL || node->kind == like->kind))
      return node;
  }
  return NULL;
}

size_t mutator_cross(const input_format *format, const uint8_t *first, size_t first_size, const uint8_t *second,
                     size_t second_size, uint8_t *out, size_t max, unsigned seed) {
  random_source random;
  size_t start, other_start;
  const outline_node *target, *source;
  editor e;
  random_seed(&random, seed);
  if (first_size > max)
    return 0;
  memcpy(out, first, first_size);
  start = value_start(format, out, first_size, &random);
  other_start = value_start(format, second, second_size, &random);
  e.text = (char *)out + start;
  e.len = first_size - start;
  e.max = max - start;
  if (!outline_read(&the_outline, e.text, e.len, type_of(format, first, first_size)) ||
      !outline_read(&other_outline, (const char *)second + other_start, second_size - other_start,
                    type_of(format, second, second_size)))
    return 0;
  target = &the_outline.nodes[random_below(&random, the_outline.count)];
  source = find_like(&other_outline, target, &random);
  if (source == NULL ||
      !replace(&e, target->start, target->end, other_outline.text + source->start, source->end - source->start))
    return 0;
  return start + e.len;
}
