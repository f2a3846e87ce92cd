/* SPDX-License-Identifier: Apache-2.0 */
/* Decoding by table: one pass over the text with a stack of open containers of its own, so that no depth of
 * nesting can exhaust the thread's. Source: encoding/json decode.go. */
#include "base/arena.h"
#include "gojson/decoder.h"
#include "gojson/field.h"
#include "gojson/number.h"
#include "gojson/scan.h"
#include "gojson/text.h"

#include <string.h>

static frame *top(decoder *d) {
  return &d->frames[d->depth - 1];
}

/* The first byte from `p` on that is no white space; programs write none. */
static inline const char *past_space(const char *p) {
  if ((unsigned char)*p <= ' ')
    while (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r')
      p++;
  return p;
}

/* hcsref_begin_value; a string, which most values are, without all its questions. */
static inline bool read_value(decoder *d, const hcsref_type *type, void *target) {
  if (type->kind == HCSREF_STRING && *d->p == '"')
    return hcsref_read_string(d, target);
  return hcsref_begin_value(d, type, target);
}

/* ---- members of objects ---------------------------------------------------------------------------------- */

/* Go turns the keys of a map[int]T into integers only when their values are complete; a key that is none is an error,
 * and its value is dropped. */
static bool drop_bad_member(decoder *d, frame *f) {
  hcsref_map *map = f->target;
  f->bad_key = false;
  map->len--;
  return hcsref_type_error(d, "number", f->key, f->type->key);
}

/* Brings the key of a map[int]T into the form that Go writes. False: out of memory. */
static bool integer_key(decoder *d, const hcsref_type *type, hcsref_str *key, bool *bad) {
  uint64_t bits;
  *bad = !hcsref_parse_integer(type->kind, *key, &bits);
  return *bad || hcsref_format(d->arena, key, "%d", (int64_t)bits);
}

static bool map_member(decoder *d, frame *f, hcsref_str key) {
  const hcsref_type *type = f->type;
  hcsref_str *entry = hcsref_map_push(d->arena, f->target, type->entry_size);
  if (entry == NULL || (type->key != NULL && !integer_key(d, type->key, &key, &f->bad_key)))
    return hcsref_decoder_starves(d);
  *entry = key;
  f->key = key;
  return read_value(d, type->elem, entry + 1);
}

static bool any_member(decoder *d, frame *f, hcsref_str key) {
  hcsref_value *any = f->target;
  hcsref_value_entry *entry = hcsref_map_push(d->arena, &any->as.object, sizeof(*entry));
  if (entry == NULL)
    return hcsref_decoder_starves(d);
  entry->key = key;
  f->key = key;
  return hcsref_begin_value(d, &hcsref_type_any, &entry->value);
}

static bool struct_member(decoder *d, frame *f, const hcsref_field *field) {
  f->field = field;
  return read_value(d, field->type, (unsigned char *)f->target + field->offset);
}

/* From `p`, behind a key, to its value. */
static inline bool skip_colon(decoder *d, const char *p) {
  p = past_space(p);
  if (*p != ':')
    return false;
  d->p = past_space(p + 1);
  return true;
}

/* The number of the field behind the last one. */
static size_t hint_of(const frame *f) {
  return f->field == NULL ? 0 : (size_t)(f->field - f->type->fields) + 1;
}

/* The field whose very name is the key at the cursor, or null. */
static inline const hcsref_field *field_at_cursor(const decoder *d, const frame *f) {
  const char *text = d->p + 1;
  size_t len = (size_t)(d->end - text);
  const hcsref_field *next = f->field == NULL ? f->type->fields : f->field + 1, *end;
  if (f->type->field_count == 0)
    return NULL;
  end = f->type->fields + f->type->field_count;
  for (const hcsref_field *field = next; field < end; field++)
    if (hcsref_field_is_quoted(field, d->rules, text, len))
      return field;
  return hcsref_field_quoted(f->type->fields, next, d->rules, text, len);
}

/* Reads `"key":` and begins the value. */
static bool key_of_member(decoder *d, frame *f) {
  const hcsref_field *field;
  hcsref_str key;
  if (*d->p != '"')
    return false;
  field = f->kind == FRAME_STRUCT ? field_at_cursor(d, f) : NULL;
  if (field != NULL)
    return skip_colon(d, d->p + field->name_len + 2) && struct_member(d, f, field);
  if (!hcsref_read_string(d, &key) || !skip_colon(d, d->p))
    return false;
  if (f->kind == FRAME_MAP)
    return map_member(d, f, key);
  if (f->kind != FRAME_STRUCT)
    return any_member(d, f, key);
  field = hcsref_field_near(f->type, d->rules, key, hint_of(f));
  return field == NULL ? hcsref_skip_value(d) : struct_member(d, f, field);
}

/* ---- elements of arrays ---------------------------------------------------------------------------------- */

/* The place of element `index`. Elements that were there before are decoded into, up to the old capacity, as Go
 * 1.19 does. Source: decode.go array. */
static void *slice_element(decoder *d, hcsref_slice *slice, size_t index, size_t size) {
  if (index >= slice->cap) {
    slice->len = index;
    return hcsref_slice_push(d->arena, slice, size);
  }
  if (index >= slice->len)
    slice->len = index + 1;
  return (unsigned char *)slice->items + index * size;
}

static bool element_of_slice(decoder *d, frame *f) {
  void *place = slice_element(d, f->target, f->index, f->type->elem->size);
  if (place == NULL)
    return hcsref_decoder_starves(d);
  f->index++;
  return hcsref_begin_value(d, f->type->elem, place);
}

/* All elements of a []string that follow each other without a space. */
static bool strings_of_slice(decoder *d, frame *f) {
  while (*d->p == '"') {
    hcsref_str *place = slice_element(d, f->target, f->index, sizeof *place);
    if (place == NULL)
      return hcsref_decoder_starves(d);
    f->index++;
    if (!hcsref_read_string(d, place))
      return false;
    if (d->p[0] != ',' || d->p[1] != '"')
      return true;
    d->p++;
  }
  return element_of_slice(d, f);
}

static bool element_of_any(decoder *d, frame *f) {
  hcsref_value *any = f->target;
  hcsref_value *place = hcsref_slice_push(d->arena, &any->as.array, sizeof(*place));
  if (place == NULL)
    return hcsref_decoder_starves(d);
  f->index++;
  return hcsref_begin_value(d, &hcsref_type_any, place);
}

static bool element_of_array(decoder *d, frame *f) {
  if (f->index >= f->type->length)
    return hcsref_skip_value(d);
  f->index++;
  return hcsref_begin_value(d, f->type->elem, (unsigned char *)f->target + (f->index - 1) * f->type->elem->size);
}

/* A []byte may be written as an array of numbers. Its room doubles at each power of two; like those of any slice its
 * elements are decoded over the old ones. */
static bool element_of_bytes(decoder *d, frame *f) {
  hcsref_str *bytes = f->target;
  char *data = (char *)(uintptr_t)bytes->data;
  if (f->index == 0) {
    f->key = *bytes; /* the old ones */
    bytes->len = 0;
  }
  if ((bytes->len & (bytes->len - 1)) == 0) {
    data = hcsref_arena_alloc(d->arena, bytes->len == 0 ? 1 : bytes->len * 2);
    if (data == NULL)
      return hcsref_decoder_starves(d);
    if (bytes->len != 0)
      memcpy(data, bytes->data, bytes->len);
    bytes->data = data;
  }
  if (f->index < f->key.len)
    data[f->index] = f->key.data[f->index];
  f->index++;
  bytes->len++;
  return hcsref_begin_value(d, &hcsref_type_uint8, data + bytes->len - 1);
}

static bool element(decoder *d, frame *f) {
  switch (f->kind) {
  case FRAME_SLICE:
    return f->type->elem->kind == HCSREF_STRING ? strings_of_slice(d, f) : element_of_slice(d, f);
  case FRAME_ANY_ARRAY:
    return element_of_any(d, f);
  case FRAME_ARRAY:
    return element_of_array(d, f);
  default:
    return element_of_bytes(d, f);
  }
}

/* What is left to do when an array's closing bracket is reached. */
static void finish_array(frame *f) {
  hcsref_slice *slice = f->target;
  hcsref_str *bytes = f->target;
  if (f->kind == FRAME_SLICE) {
    slice->len = f->index;
    if (f->index == 0)
      hcsref_slice_make_empty(slice);
  } else if (f->kind == FRAME_BYTES && f->index == 0) {
    *bytes = hcsref_str_from(hcsref_no_bytes(), 0);
  } else if (f->kind == FRAME_ARRAY && f->index < f->type->length) {
    size_t size = f->type->elem->size;
    memset((unsigned char *)f->target + f->index * size, 0, (f->type->length - f->index) * size);
  }
}

/* ---- the walk ------------------------------------------------------------------------------------------- */

static bool is_object(const frame *f) {
  return f->kind <= FRAME_ANY_OBJECT;
}

/* The closing bracket is at `p`. */
static bool close_container(decoder *d, const char *p) {
  d->p = p + 1;
  d->depth--;
  return true;
}

/* From `p`, behind a value of the innermost container, or, if that is the `first`, behind the opening bracket: to where
 * the next value begins. */
static inline bool pass_comma(decoder *d, const char *p, bool first) {
  if (!first) {
    if (*p != ',')
      return false;
    p = past_space(p + 1);
  }
  d->p = p;
  return true;
}

/* Members of the innermost object, up to one that opens a container, or its end. */
static bool members(decoder *d, frame *f) {
  size_t depth = d->depth;
  bool first = f->fresh;
  f->fresh = false;
  for (; d->depth == depth; first = false) {
    const char *p = past_space(d->p);
    if (f->bad_key && !drop_bad_member(d, f))
      return false;
    if (*p == '}')
      return close_container(d, p);
    if (!pass_comma(d, p, first) || !key_of_member(d, f))
      return false;
  }
  return true;
}

/* The same of an array. */
static bool elements(decoder *d, frame *f) {
  size_t depth = d->depth;
  bool first = f->fresh;
  f->fresh = false;
  for (; d->depth == depth; first = false) {
    const char *p = past_space(d->p);
    if (*p == ']') {
      finish_array(f);
      return close_container(d, p);
    }
    if (!pass_comma(d, p, first) || !element(d, f))
      return false;
  }
  return true;
}

static bool step(decoder *d) {
  frame *f = top(d);
  return is_object(f) ? members(d, f) : elements(d, f);
}

static bool read_text(decoder *d, const hcsref_type *type, hcsref_json_mode mode, void *target) {
  d->p = past_space(d->p);
  if (!hcsref_begin_value(d, type, target))
    return false;
  while (d->depth > 0)
    if (!step(d))
      return false;
  if (mode == HCSREF_JSON_STREAM)
    return true;
  return past_space(d->p) == d->end;
}

/* A copy of the text that may be read a little past its end. */
static bool load_text(decoder *d, hcsref_str text) {
  char *copy =
      text.len > SIZE_MAX - HCSREF_SCAN_PADDING ? NULL : hcsref_arena_take(d->arena, text.len + HCSREF_SCAN_PADDING);
  if (copy == NULL)
    return hcsref_decoder_starves(d);
  if (text.len != 0)
    memcpy(copy, text.data, text.len);
  memset(copy + text.len, 0, HCSREF_SCAN_PADDING);
  d->start = copy;
  d->p = copy;
  d->end = copy + text.len;
  return true;
}

/* The text was not read to its end: because it is no JSON, which goes before everything else, or because a
 * value stopped the decoding. */
static bool explain(decoder *d, hcsref_str text, hcsref_json_mode mode) {
  if (d->out_of_memory)
    return hcsref_fail_memory(d->err);
  if (!hcsref_json_valid(d->arena, text, mode, NULL, d->err))
    return false;
  if (d->err != NULL)
    *d->err = d->first;
  return false;
}

bool hcsref_json_decode(hcsref_arena *arena, hcsref_str text, const hcsref_type *type, hcsref_json_mode mode, void *out,
                        hcsref_error *err) {
  return hcsref_json_decode_as(arena, NULL, text, type, mode, out, err);
}

bool hcsref_json_decode_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str text, const hcsref_type *type,
                           hcsref_json_mode mode, void *out, hcsref_error *err) {
  return hcsref_json_decode_part(arena, rules, NULL, text, type, mode, out, err);
}

bool hcsref_json_decode_part(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_json_around *around,
                             hcsref_str text, const hcsref_type *type, hcsref_json_mode mode, void *out,
                             hcsref_error *err) {
  decoder d;
  void *fresh;
  memset(&d, 0, sizeof(d));
  d.arena = arena;
  d.rules = rules == NULL ? HCSREF_BASELINE : rules;
  d.around = around;
  d.err = err;
  d.first.code = "json-syntax";
  d.first.message = HCSREF_LIT("invalid JSON");
  fresh = hcsref_arena_take(arena, type->size);
  if (fresh == NULL || !load_text(&d, text))
    return hcsref_fail_memory(err);
  memcpy(fresh, out, type->size);
  if (!read_text(&d, type, mode, fresh) || d.has_error)
    return explain(&d, text, mode);
  if (around != NULL && around->found != NULL)
    *around->found = d.frames != NULL && d.frames[0].field != NULL;
  memcpy(out, fresh, type->size);
  return true;
}
