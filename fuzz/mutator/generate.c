/* SPDX-License-Identifier: Apache-2.0 */
#include "mutator/generate.h"

#include "mutator/words.h"

#include <stdio.h>
#include <string.h>

/* ---- numbers ------------------------------------------------------------------------------------------------ */

void random_seed(random_source *source, unsigned seed) {
  source->state = ((uint64_t)seed + 1) * 0x9E3779B97F4A7C15u;
}

/* splitmix64 */
static uint64_t next_random(random_source *source) {
  uint64_t z = source->state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

size_t random_below(random_source *source, size_t bound) {
  return (size_t)(next_random(source) % bound);
}

bool random_one_in(random_source *source, size_t n) {
  return random_below(source, n) == 0;
}

/* ---- text --------------------------------------------------------------------------------------------------- */

void bounded_append(bounded_text *out, const char *data, size_t len) {
  if (out->full || len > out->room - out->len) {
    out->full = true;
    return;
  }
  memcpy(out->data + out->len, data, len);
  out->len += len;
}

static void append_text(bounded_text *out, const char *text) {
  bounded_append(out, text, strlen(text));
}

void bounded_append_escaped(bounded_text *out, const char *data, size_t len) {
  for (size_t i = 0; i < len; i++) {
    char escape[8];
    unsigned char c = (unsigned char)data[i];
    if (c == '"' || c == '\\')
      snprintf(escape, sizeof escape, "\\%c", c);
    else if (c < 0x20)
      snprintf(escape, sizeof escape, "\\u%04x", c);
    else
      snprintf(escape, sizeof escape, "%c", c);
    append_text(out, escape);
  }
}

/* ---- strings ------------------------------------------------------------------------------------------------ */

void generate_word(bounded_text *out, random_source *random, int list) {
  size_t count;
  const char *const *words =
      words_of(list < 0 ? (word_list)random_below(random, WORDS_LISTS) : (word_list)list, &count);
  const char *word = words[random_below(random, count)];
  bounded_append_escaped(out, word, strlen(word));
}

/* A word that suits the key, often a pipe where there is a path, at times put together from pieces. */
void generate_string(bounded_text *out, random_source *random, hcsref_str key) {
  int list = words_for_key(key.data, key.len);
  if (random_one_in(random, 6))
    list = -1;
  if (list == WORDS_ANNOTATION) /* the value of one: a number, mostly */
    list = random_one_in(random, 3) ? WORDS_VALUE : WORDS_NUMBER;
  if (list == WORDS_PATH && random_one_in(random, 4))
    list = WORDS_PIPE;
  generate_word(out, random, list);
  if (list == WORDS_PATH || random_one_in(random, 8))
    for (size_t n = random_below(random, 4); n > 0; n--)
      generate_word(out, random, random_one_in(random, 4) ? -1 : (int)WORDS_PIECE);
}

static void generate_quoted(bounded_text *out, random_source *random, hcsref_str key) {
  append_text(out, "\"");
  generate_string(out, random, key);
  append_text(out, "\"");
}

/* ---- objects and arrays --------------------------------------------------------------------------------------- */

static const char *name_of(const hcsref_field *field, random_source *random) {
  size_t count = 0;
  if (field->aliases == NULL || random_one_in(random, 2))
    return field->name;
  while (field->aliases[count] != NULL)
    count++;
  return count == 0 ? field->name : field->aliases[random_below(random, count)];
}

/* Windows is what the mapping reads, so it is chosen more often than its place in the table makes it. */
static const hcsref_field *choose_field(random_source *random, const hcsref_type *type) {
  const hcsref_field *windows = hcsref_type_field(type, HCSREF_LIT("windows"));
  if (windows != NULL && random_one_in(random, 4))
    return windows;
  return &type->fields[random_below(random, type->field_count)];
}

void generate_key(bounded_text *out, random_source *random, const hcsref_type *type, hcsref_str key,
                  const hcsref_type **value) {
  *value = NULL;
  append_text(out, "\"");
  if (type != NULL && type->kind == HCSREF_STRUCT && type->field_count != 0) {
    const hcsref_field *field = choose_field(random, type);
    append_text(out, name_of(field, random));
    *value = field->type;
  } else {
    int list = words_for_key(key.data, key.len);
    if (type != NULL && type->kind == HCSREF_MAP) {
      *value = type->elem;
      if (type->key != NULL)
        list = WORDS_NUMBER;
    }
    generate_word(out, random, list);
  }
  append_text(out, "\"");
}

/* The key as it was just written, without quotes. */
static hcsref_str written_key(const bounded_text *out, size_t from) {
  if (out->full || out->len < from + 2)
    return hcsref_str_from("", 0);
  return hcsref_str_from(out->data + from + 1, out->len - from - 2);
}

static void generate_object(bounded_text *out, random_source *random, const hcsref_type *type, hcsref_str key,
                            int depth) {
  size_t members = depth <= 0 ? 0 : random_below(random, 5);
  append_text(out, "{");
  for (size_t i = 0; i < members; i++) {
    const hcsref_type *value;
    size_t from;
    hcsref_str name;
    if (i > 0)
      append_text(out, ",");
    from = out->len;
    generate_key(out, random, type, key, &value);
    name = written_key(out, from);
    if (type != NULL && type->kind == HCSREF_MAP) /* the values of a map are what the map is */
      name = key;
    append_text(out, ":");
    generate_value(out, random, value, name, depth - 1);
  }
  append_text(out, "}");
}

static void generate_array(bounded_text *out, random_source *random, const hcsref_type *elem, size_t count,
                           hcsref_str key, int depth) {
  append_text(out, "[");
  for (size_t i = 0; i < count; i++) {
    if (i > 0)
      append_text(out, ",");
    generate_value(out, random, elem, key, depth - 1);
  }
  append_text(out, "]");
}

/* ---- values --------------------------------------------------------------------------------------------------- */

static void generate_any(bounded_text *out, random_source *random, hcsref_str key, int depth) {
  static const char *const words[] = {"null", "true", "false"};
  switch (random_below(random, depth > 0 ? 5 : 3)) {
  case 0:
    append_text(out, words[random_below(random, 3)]);
    break;
  case 1:
    generate_word(out, random, WORDS_NUMBER);
    break;
  case 2:
    generate_quoted(out, random, key);
    break;
  case 3:
    generate_object(out, random, NULL, key, depth);
    break;
  default:
    generate_array(out, random, NULL, random_below(random, 4), key, depth);
    break;
  }
}

static void generate_small_number(bounded_text *out, random_source *random) {
  char text[24];
  snprintf(text, sizeof text, "%u", (unsigned)random_below(random, 300));
  append_text(out, text);
}

static void generate_by_kind(bounded_text *out, random_source *random, const hcsref_type *type, hcsref_str key,
                             int depth) {
  switch (type->kind) {
  case HCSREF_BOOL:
    append_text(out, random_one_in(random, 2) ? "true" : "false");
    break;
  case HCSREF_INT8:
  case HCSREF_INT16:
  case HCSREF_INT32:
  case HCSREF_INT64:
  case HCSREF_UINT8:
  case HCSREF_UINT16:
  case HCSREF_UINT32:
  case HCSREF_UINT64:
  case HCSREF_FLOAT64:
    if (random_one_in(random, 3))
      generate_small_number(out, random);
    else
      generate_word(out, random, WORDS_NUMBER);
    break;
  case HCSREF_STRUCT:
  case HCSREF_MAP:
    generate_object(out, random, type, key, depth);
    break;
  case HCSREF_SLICE:
    generate_array(out, random, type->elem, depth > 0 ? random_below(random, 4) : 0, key, depth);
    break;
  case HCSREF_ARRAY:
    generate_array(out, random, type->elem, random_below(random, type->length + 2), key, depth);
    break;
  case HCSREF_TIME:
  case HCSREF_GUID:
    append_text(out, "\"");
    generate_word(out, random, type->kind == HCSREF_TIME ? WORDS_TIME : WORDS_GUID);
    append_text(out, "\"");
    break;
  case HCSREF_POINTER:
    generate_value(out, random, type->elem, key, depth);
    break;
  case HCSREF_STRING:
  case HCSREF_BYTES:
    generate_quoted(out, random, key);
    break;
  case HCSREF_ANY:
  case HCSREF_RAW:
  default:
    generate_any(out, random, key, depth);
    break;
  }
}

void generate_value(bounded_text *out, random_source *random, const hcsref_type *type, hcsref_str key, int depth) {
  if (type != NULL && random_one_in(random, 40))
    append_text(out, "null");
  else if (type == NULL || random_one_in(random, 60))
    generate_any(out, random, key, depth > 2 ? 2 : depth);
  else
    generate_by_kind(out, random, type, key, depth);
}
