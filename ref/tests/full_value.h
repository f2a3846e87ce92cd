/* SPDX-License-Identifier: Apache-2.0 */
/* A value of any table with every field set. */
#ifndef HCSREF_TESTS_FULL_VALUE_H
#define HCSREF_TESTS_FULL_VALUE_H

#include "hcsref/json.h"
#include "support.h"

/* Recursive types are set this deep. */
#define DEEPEST 9

typedef struct filler {
  hcsref_arena *arena;
  uint64_t next; /* each scalar gets another number */
} filler;

static inline void fill(filler *f, const hcsref_type *type, void *value, size_t depth);

static inline void *take(filler *f, size_t size) {
  void *place = hcsref_arena_alloc(f->arena, size);
  assert_non_null(place);
  return place;
}

static inline hcsref_str fill_text(filler *f, const char *format) {
  hcsref_str text;
  assert_true(hcsref_format(f->arena, &text, format, f->next++));
  return text;
}

static inline void fill_value(filler *f, hcsref_value *any) {
  static const char json[] = "{\"a\":[1,-2.5,true,null,\"x\"],\"b\":{\"<\":\"\\u2028\"}}";
  assert_true(hcsref_json_decode(f->arena, hcsref_cstr(json), &hcsref_type_any, HCSREF_JSON_WHOLE, any, NULL));
}

static inline void fill_time(filler *f, hcsref_time *time) {
  time->set = true;
  time->year = 2021;
  time->month = 12;
  time->day = 31;
  time->hour = 23;
  time->second = (uint8_t)(f->next % 60);
  time->nanosecond = (uint32_t)(f->next++ % 1000000000);
  time->offset_minutes = -90;
}

/* Close to the largest number of the type: a wrong width or sign would show. */
static inline void fill_integer(filler *f, const hcsref_type *type, void *value) {
  bool is_unsigned = type->kind >= HCSREF_UINT8;
  uint64_t largest = UINT64_MAX >> (64 - 8 * type->size + (is_unsigned ? 0 : 1));
  uint64_t number = largest - f->next++ % 100;
  uint8_t u8 = (uint8_t)number;
  uint16_t u16 = (uint16_t)number;
  uint32_t u32 = (uint32_t)number;
  memcpy(value,
         type->size == 1   ? (void *)&u8
         : type->size == 2 ? (void *)&u16
         : type->size == 4 ? (void *)&u32
                           : (void *)&number,
         type->size);
}

static inline void fill_slice(filler *f, const hcsref_type *type, hcsref_slice *slice, size_t depth) {
  for (int i = 0; i < 2; i++) {
    void *item = hcsref_slice_push(f->arena, slice, type->elem->size);
    assert_non_null(item);
    fill(f, type->elem, item, depth);
  }
}

static inline void fill_map(filler *f, const hcsref_type *type, hcsref_map *map, size_t depth) {
  for (int i = 0; i < 2; i++) {
    hcsref_str *key = hcsref_map_push(f->arena, map, type->entry_size);
    assert_non_null(key);
    *key = fill_text(f, type->key == NULL ? "key\t%u" : "%u");
    fill(f, type->elem, key + 1, depth);
  }
}

static inline void fill_struct(filler *f, const hcsref_type *type, void *value, size_t depth) {
  if (depth == DEEPEST)
    return;
  for (size_t i = 0; i < type->field_count; i++)
    fill(f, type->fields[i].type, (unsigned char *)value + type->fields[i].offset, depth + 1);
}

static inline void fill_pointer(filler *f, const hcsref_type *type, void *value, size_t depth) {
  void *place = take(f, type->elem->size);
  fill(f, type->elem, place, depth);
  memcpy(value, &place, sizeof(place));
}

static inline void fill(filler *f, const hcsref_type *type, void *value, size_t depth) {
  switch (type->kind) {
  case HCSREF_STRUCT:
    fill_struct(f, type, value, depth);
    break;
  case HCSREF_POINTER:
    fill_pointer(f, type, value, depth);
    break;
  case HCSREF_SLICE:
    fill_slice(f, type, value, depth);
    break;
  case HCSREF_ARRAY:
    for (size_t i = 0; i < type->length; i++)
      fill(f, type->elem, (unsigned char *)value + i * type->elem->size, depth);
    break;
  case HCSREF_MAP:
    fill_map(f, type, value, depth);
    break;
  case HCSREF_BOOL:
    *(bool *)value = true;
    break;
  case HCSREF_STRING:
    *(hcsref_str *)value = fill_text(f, "<text & \"%u\">");
    break;
  case HCSREF_FLOAT64:
    *(double *)value = 0.5;
    break;
  case HCSREF_BYTES:
    *(hcsref_str *)value = fill_text(f, "bytes %u");
    break;
  case HCSREF_RAW:
    *(hcsref_str *)value = fill_text(f, "{\"raw\":[1.00,\"%u\"]}");
    break;
  case HCSREF_ANY:
    fill_value(f, value);
    break;
  case HCSREF_TIME:
    fill_time(f, value);
    break;
  case HCSREF_GUID:
    memset(value, (int)(f->next++ % 256), type->size);
    break;
  default:
    assert_in_range(type->kind, HCSREF_INT8, HCSREF_UINT64);
    fill_integer(f, type, value);
  }
}

static inline void *full_value(hcsref_arena *arena, const hcsref_type *type) {
  filler f = {arena, 1};
  void *value = take(&f, type->size);
  fill(&f, type, value, 0);
  return value;
}

#endif
