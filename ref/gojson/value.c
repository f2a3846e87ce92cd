/* SPDX-License-Identifier: Apache-2.0 */
/* What one value of the text sets, and containers as they are opened. Source: encoding/json decode.go literalStore,
 * indirect, object, array. */
#include "base/arena.h"
#include "gojson/decoder.h"
#include "gojson/number.h"
#include "gojson/text.h"

#include <string.h>

/* ---- values --------------------------------------------------------------------------------------------- */

static bool take_word(decoder *d, const char *word, size_t len) {
  if (strncmp(d->p, word, len) != 0)
    return false;
  d->p += len;
  return true;
}

static void *load_pointer(const void *place) {
  void *pointer;
  memcpy(&pointer, place, sizeof(pointer));
  return pointer;
}

static void store_pointer(void *place, const void *pointer) {
  memcpy(place, &pointer, sizeof(pointer));
}

/* The pointee, made on demand; an existing one is decoded into. Source: decode.go indirect. */
static void *pointee(decoder *d, const hcsref_type *type, void *target) {
  void *there = load_pointer(target);
  if (there != NULL)
    return there;
  there = hcsref_arena_alloc(d->arena, type->elem->size);
  if (there == NULL)
    d->out_of_memory = true;
  else
    store_pointer(target, there);
  return there;
}

/* null clears pointers, slices, maps and interfaces and leaves the rest alone; a RawMessage keeps the word.
 * Source: decode.go literalStore. */
static bool set_null(decoder *d, const hcsref_type *type, void *target) {
  const char *begin = d->p;
  if (!take_word(d, "null", 4))
    return false;
  switch (type->kind) {
  case HCSREF_POINTER:
  case HCSREF_SLICE:
  case HCSREF_MAP:
  case HCSREF_ANY:
  case HCSREF_BYTES:
    memset(target, 0, type->size);
    return true;
  case HCSREF_RAW:
    *(hcsref_str *)target = hcsref_str_from(begin, 4);
    return hcsref_read_by_method(d, *(const hcsref_str *)target);
  default:
    return true;
  }
}

static bool set_bool(decoder *d, const hcsref_type *type, void *target) {
  bool value = *d->p == 't';
  if (!(value ? take_word(d, "true", 4) : take_word(d, "false", 5)))
    return false;
  if (type->kind == HCSREF_BOOL) {
    *(bool *)target = value;
    return true;
  }
  if (type->kind == HCSREF_ANY) {
    hcsref_value *any = target;
    any->kind = HCSREF_VALUE_BOOL;
    any->as.boolean = value;
    return true;
  }
  return hcsref_type_error(d, "bool", hcsref_str_from(NULL, 0), type);
}

static bool set_string(decoder *d, const hcsref_type *type, void *target) {
  hcsref_str s;
  if (type->kind == HCSREF_STRING)
    return hcsref_read_string(d, target);
  if (!hcsref_read_string(d, &s))
    return false;
  return hcsref_set_string(d, type, target, s);
}

static bool set_number(decoder *d, const hcsref_type *type, void *target) {
  hcsref_str literal;
  return hcsref_read_number(d, &literal) && hcsref_set_number(d, type, target, literal);
}

/* A value whose text is kept as it is. */
static bool set_raw(decoder *d, void *target) {
  const char *begin = d->p;
  if (!hcsref_skip_value(d))
    return false;
  *(hcsref_str *)target = hcsref_str_from(begin, (size_t)(d->p - begin));
  return true;
}

/* A time parses its own text, quotes and all. */
static bool set_time(decoder *d, void *target) {
  hcsref_str text;
  hcsref_str message;
  if (!set_raw(d, &text))
    return false;
  if (hcsref_time_parse(d->arena, text, target, &message))
    return true;
  return message.len == 0 ? hcsref_decoder_starves(d) : hcsref_stop(d, message);
}

static bool skip_wrong_kind(decoder *d, const char *word, const hcsref_type *type) {
  return hcsref_type_error(d, word, hcsref_str_from(NULL, 0), type) && hcsref_skip_value(d);
}

char *hcsref_no_bytes(void) {
  static const char empty[1] = {0};
  return (char *)(uintptr_t)empty;
}

static bool begin_object(decoder *d, const hcsref_type *type, void *target) {
  hcsref_map *map = target;
  hcsref_value *any = target;
  switch (type->kind) {
  case HCSREF_MAP:
    if (map->entries == NULL)
      map->entries = hcsref_no_bytes();
    return hcsref_push_frame(d, FRAME_MAP, type, target);
  case HCSREF_ANY:
    memset(any, 0, sizeof(*any));
    any->kind = HCSREF_VALUE_OBJECT;
    any->as.object.entries = hcsref_no_bytes();
    return hcsref_push_frame(d, FRAME_ANY_OBJECT, type, target);
  default:
    return false;
  }
}

static bool takes_object(hcsref_kind kind) {
  return kind == HCSREF_MAP || kind == HCSREF_ANY;
}

static bool begin_array(decoder *d, const hcsref_type *type, void *target) {
  hcsref_value *any = target;
  switch (type->kind) {
  case HCSREF_ARRAY:
    return hcsref_push_frame(d, FRAME_ARRAY, type, target);
  case HCSREF_BYTES:
    return hcsref_push_frame(d, FRAME_BYTES, type, target);
  case HCSREF_ANY:
    memset(any, 0, sizeof(*any));
    any->kind = HCSREF_VALUE_ARRAY;
    hcsref_slice_make_empty(&any->as.array);
    return hcsref_push_frame(d, FRAME_ANY_ARRAY, type, target);
  default:
    return false;
  }
}

static bool takes_array(hcsref_kind kind) {
  return kind == HCSREF_ARRAY || kind == HCSREF_BYTES || kind == HCSREF_ANY;
}

/* The cursor is at an opening bracket, and the target is neither a struct nor a slice: opens the container and leaves
 * its contents to the walk. */
static bool open_object(decoder *d, const hcsref_type *type, void *target) {
  if (!takes_object(type->kind))
    return skip_wrong_kind(d, "object", type);
  d->p++;
  return begin_object(d, type, target);
}

static bool open_array(decoder *d, const hcsref_type *type, void *target) {
  if (!takes_array(type->kind))
    return skip_wrong_kind(d, "array", type);
  d->p++;
  return begin_array(d, type, target);
}

bool hcsref_begin_value(decoder *d, const hcsref_type *type, void *target) {
  const hcsref_type *declared = type;
  char c = *d->p;
  if (c == 'n')
    return set_null(d, type, target);
  while (type->kind == HCSREF_POINTER) {
    target = pointee(d, type, target);
    if (target == NULL)
      return false;
    type = type->elem;
  }
  if (c == '{' && type->kind == HCSREF_STRUCT) { /* what most are, without the questions behind it */
    d->p++;
    return hcsref_push_frame(d, FRAME_STRUCT, type, target);
  }
  if (c == '[' && type->kind == HCSREF_SLICE) {
    d->p++;
    return hcsref_push_frame(d, FRAME_SLICE, type, target);
  }
  if (type->kind == HCSREF_RAW)
    return set_raw(d, target) && hcsref_read_by_method(d, *(const hcsref_str *)target);
  if (type->kind == HCSREF_TIME)
    return set_time(d, target);
  if (type->kind == HCSREF_GUID && c != '"')
    type = declared; /* Go names a pointer whose type reads texts itself as it is declared: literalStore */
  switch (c) {
  case '"':
    return set_string(d, type, target);
  case '{':
    return open_object(d, type, target);
  case '[':
    return open_array(d, type, target);
  case 't':
  case 'f':
    return set_bool(d, type, target);
  default:
    return (c == '-' || (c >= '0' && c <= '9')) && set_number(d, type, target);
  }
}
