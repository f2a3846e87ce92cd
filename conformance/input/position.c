/* SPDX-License-Identifier: Apache-2.0 */
#include "input/position.h"

#include "input/encoding.h"
#include "input/hint.h"
#include "input/several.h"
#include "input/yaml.h"

#include <string.h>

/* Bytes between two places that are known without counting. */
#define STOP ((size_t)1 << 10)

/* What is known of a byte: how many lines and characters are before it, and where its line begins. */
typedef struct stop {
  uint64_t line;   /* from 0 */
  uint64_t chars;  /* of the text */
  uint64_t column; /* characters of the line */
} stop;

static bool is_continuation(char c) {
  return ((unsigned char)c & 0xC0) == 0x80;
}

/* Steps over one byte. A carriage return ends a line unless a line feed does. */
static void step(stop *s, hcsref_str text, size_t i) {
  char c = text.data[i];
  if (is_continuation(c))
    return;
  s->chars++;
  s->column++;
  if (c == '\n' || (c == '\r' && (i + 1 == text.len || text.data[i + 1] != '\n'))) {
    s->line++;
    s->column = 0;
  }
}

static bool count_stops(hcsref_arena *arena, input_map *map) {
  stop at = {0, 0, 0};
  for (size_t i = 0; i < map->text.len; i++) {
    if (i % STOP == 0) {
      stop *next = hcsref_slice_push(arena, &map->stops, sizeof at);
      if (next == NULL)
        return false;
      *next = at;
    }
    step(&at, map->text, i);
  }
  return true;
}

input_place input_place_at(const input_map *map, size_t offset, size_t length) {
  const stop *stops = map->stops.items;
  size_t i = offset < map->text.len ? offset : map->text.len, known;
  input_place place = {1, 1, i, length < map->text.len - i ? length : map->text.len - i};
  stop at;
  if (map->stops.len == 0)
    return place;
  known = i / STOP < map->stops.len ? i / STOP : map->stops.len - 1;
  at = stops[known];
  for (size_t j = known * STOP; j < i; j++)
    step(&at, map->text, j);
  place.line = at.line + 1;
  place.column = at.column + 1;
  return place;
}

/* The byte of the character of that number. */
static size_t byte_of_character(const input_map *map, uint64_t number) {
  const stop *stops = map->stops.items;
  size_t low = 0, high = map->stops.len, i;
  stop at;
  if (high == 0)
    return 0;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (stops[middle].chars <= number)
      low = middle;
    else
      high = middle;
  }
  at = stops[low];
  for (i = low * STOP; i < map->text.len && at.chars < number; i++)
    step(&at, map->text, i);
  while (i < map->text.len && is_continuation(map->text.data[i]))
    i++;
  return i;
}

/* ---- pointers ---- */

/* Takes the next token off a pointer; false at its end. */
static bool take_token(hcsref_str *pointer, hcsref_str *token) {
  size_t end = 1;
  if (pointer->len == 0 || pointer->data[0] != '/')
    return false;
  while (end < pointer->len && pointer->data[end] != '/')
    end++;
  *token = hcsref_str_from(pointer->data + 1, end - 1);
  *pointer = hcsref_str_skip(*pointer, end);
  return true;
}

/* Is the key what the token escapes? */
static bool token_means(hcsref_str token, hcsref_str key) {
  size_t at = 0;
  if (key.len > token.len || token.len > 2 * key.len)
    return false;
  for (size_t i = 0; i < key.len; i++) {
    char wanted = key.data[i];
    if (at >= token.len)
      return false;
    if (wanted == '~' || wanted == '/') {
      if (token.len - at < 2 || token.data[at] != '~' || token.data[at + 1] != (wanted == '~' ? '0' : '1'))
        return false;
      at += 2;
    } else if (token.data[at++] != wanted) {
      return false;
    }
  }
  return at == token.len;
}

static bool index_of(hcsref_str token, size_t *index) {
  *index = 0;
  for (size_t i = 0; i < token.len; i++) {
    if (token.data[i] < '0' || token.data[i] > '9' || *index > SIZE_MAX / 20)
      return false;
    *index = *index * 10 + (size_t)(token.data[i] - '0');
  }
  return token.len != 0;
}

static const kit_json *element_of(input_finger *finger, const kit_json *list, hcsref_str token) {
  input_finger own = {0};
  size_t index;
  if (!index_of(token, &index) || index >= list->count)
    return NULL;
  if (finger == NULL)
    finger = &own;
  if (finger->list != list || finger->index > index) {
    finger->list = list;
    finger->child = list->first;
    finger->index = 0;
  }
  for (; finger->index < index; finger->index++)
    finger->child = finger->child->next;
  return finger->child;
}

static const kit_json *member_of(input_finger *finger, const kit_json *object, hcsref_str token) {
  const kit_json *found = NULL;
  if (finger != NULL && finger->object == object && token_means(token, finger->member->key))
    return finger->member;
  for (const kit_json *child = object->first; child != NULL; child = child->next)
    if (token_means(token, child->key))
      found = child;
  if (finger != NULL && found != NULL) {
    finger->object = object;
    finger->member = found;
  }
  return found;
}

/* ---- values and the text ---- */

/* The last mark that is not behind the byte of `json`. */
static const input_mark *mark_of(const input_map *map, size_t offset) {
  const input_mark *marks = map->marks.items;
  size_t low = 0, high = map->marks.len;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (marks[middle].json <= offset)
      low = middle;
    else
      high = middle;
  }
  return marks + low;
}

static input_place place_of(const input_map *map, hcsref_str raw) {
  size_t offset = (size_t)(raw.data - map->json.data), end;
  const input_mark *mark;
  if (!map->yaml)
    return input_place_at(map, offset, raw.len);
  if (map->marks.len == 0)
    return input_place_at(map, 0, 1);
  mark = mark_of(map, offset);
  offset = byte_of_character(map, mark->from);
  end = byte_of_character(map, mark->to);
  return input_place_at(map, offset, end > offset ? end - offset : 1);
}

bool input_locate(const input_map *map, hcsref_str pointer, bool key, input_place *place) {
  const kit_json *node = map->tree;
  hcsref_str token;
  bool there = true, container;
  memset(place, 0, sizeof *place);
  if (node == NULL)
    return false;
  while (there && take_token(&pointer, &token)) {
    const kit_json *child =
        node->kind == KIT_JSON_ARRAY ? element_of(map->finger, node, token) : member_of(map->finger, node, token);
    there = child != NULL;
    node = there ? child : node;
  }
  container = node->kind == KIT_JSON_OBJECT || node->kind == KIT_JSON_ARRAY;
  if (node->raw_key.len != 0 && (key || container))
    *place = place_of(map, node->raw_key);
  else
    *place = place_of(map, node->raw);
  if (container && node->raw_key.len == 0 && place->length > 1)
    place->length = 1;
  return there;
}

/* ---- reading ---- */

static input_encoding encoding_of(hcsref_str bytes, hcsref_str text) {
  if (text.data >= bytes.data && text.data <= bytes.data + bytes.len && bytes.len != 0)
    return text.len == bytes.len ? INPUT_UTF8 : INPUT_UTF8_MARK;
  return bytes.len == 0 ? INPUT_UTF8 : INPUT_UTF16;
}

static bool read_yaml(hcsref_arena *arena, const hcsref_type *type, input_map *map, hcsref_error *err) {
  uint64_t problem = 0;
  if (input_yaml_to_marked_json(arena, map->text, type, &map->json, &map->marks, &problem, err))
    return kit_json_parse(arena, map->json, &map->tree, err);
  map->problem = input_place_at(map, byte_of_character(map, problem), 1);
  map->hint = input_yaml_hint(map->text, map->problem.offset);
  return false;
}

static bool read_json(hcsref_arena *arena, input_map *map, hcsref_error *err) {
  size_t offset = 0;
  map->json = map->text;
  if (input_parse(arena, map->text, &map->tree, &offset, err))
    return true;
  map->problem = input_place_at(map, offset, 1);
  map->hint = input_json_hint(map->text, offset);
  return false;
}

/* JSON with a comment in front is nothing else. */
static bool begins_with_comment(hcsref_str text) {
  return hcsref_str_has_prefix(text, HCSREF_LIT("//")) || hcsref_str_has_prefix(text, HCSREF_LIT("/*"));
}

bool input_map_text(hcsref_arena *arena, hcsref_str text, input_map *map) {
  memset(map, 0, sizeof *map);
  map->text = map->json = text;
  return count_stops(arena, map);
}

bool input_map_read(hcsref_arena *arena, hcsref_str bytes, const hcsref_type *type, input_map *map, hcsref_error *err) {
  memset(map, 0, sizeof *map);
  map->text = map->bytes = bytes;
  if (!input_decode(arena, bytes, &map->text, err))
    return false;
  map->encoding = encoding_of(bytes, map->text);
  map->finger = hcsref_arena_alloc(arena, sizeof *map->finger);
  if (map->finger == NULL || !count_stops(arena, map))
    return hcsref_fail_memory(err);
  map->yaml = input_is_yaml(map->text) && !begins_with_comment(map->text) && input_has_keys(map->text);
  return map->yaml ? read_yaml(arena, type, map, err) : read_json(arena, map, err);
}

bool input_locate_error(hcsref_arena *arena, hcsref_str bytes, const hcsref_error *error, input_map *map,
                        input_place *place) {
  hcsref_error unreadable = {0};
  bool syntax = strcmp(error->code, "json-syntax") == 0;
  bool known = map->bytes.data != NULL && map->bytes.data == bytes.data && map->bytes.len == bytes.len;
  if (!known)
    (void)input_map_read(arena, bytes, NULL, map, &unreadable);
  if (map->tree == NULL) {
    *place = map->problem;
    return place->line != 0;
  }
  if (syntax) /* of a text inside the file, or one that only Go refuses */
    return false;
  input_locate(map, error->where, false, place);
  return place->line != 0 && error->where.len != 0;
}
