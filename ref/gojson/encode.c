/* SPDX-License-Identifier: Apache-2.0 */
/* Encoding by table, with a stack of open containers of its own. Source: encoding/json encode.go. */
#include "base/arena.h"
#include "gojson/field.h"
#include "gojson/scan.h"
#include "gojson/sort.h"
#include "gojson/write.h"

#include <string.h>

/* Containers that may be open before the stack moves into the arena; documents are not so deep. */
#define FIRST_FRAMES 24

/* An open container: a struct, or `count` items that lie `stride` apart or are listed in `sorted`. */
typedef struct frame {
  const hcsref_field *field, *end; /* of a struct: those not yet written; else null */
  const hcsref_type *type;         /* of the items */
  const unsigned char *at;         /* the struct, or the first item */
  const hcsref_str *const *sorted; /* of a map: its entries in order, each beginning with the key */
  size_t index, count, stride;
  char close;
  bool first; /* nothing has been written in it */
} frame;

typedef struct encoder {
  hcsref_buf *buf;
  hcsref_error *err;
  const hcsref_rules *rules; /* never null */
  frame *frames;
  size_t depth, cap;
  frame on_stack[FIRST_FRAMES];
} encoder;

static bool fail(encoder *e, const char *code, const char *message) {
  return hcsref_fail(e->buf->arena, e->err, code, HCSREF_LIT(""), "%s", message);
}

static bool no_memory(encoder *e) {
  return hcsref_fail_memory(e->err);
}

/* hcsref_buf_append_char without the call, as long as there is room. */
static inline void put_char(hcsref_buf *buf, char c) {
  if (buf->len < buf->cap)
    buf->data[buf->len++] = c;
  else
    hcsref_buf_append_char(buf, c);
}

/* ---- the stack of containers ---------------------------------------------------------------------------- */

static bool grow_frames(encoder *e) {
  frame *frames = hcsref_arena_take(e->buf->arena, e->cap * 2 * sizeof(frame));
  if (frames == NULL)
    return no_memory(e);
  memcpy(frames, e->frames, e->depth * sizeof(frame));
  e->frames = frames;
  e->cap *= 2;
  return true;
}

static frame *push(encoder *e, char open, char close) {
  frame *f;
  if (e->depth == HCSREF_JSON_MAX_DEPTH) {
    fail(e, "json-depth", "the value is nested too deeply");
    return NULL;
  }
  if (e->depth == e->cap && !grow_frames(e))
    return NULL;
  put_char(e->buf, open);
  f = &e->frames[e->depth++];
  f->field = NULL;
  f->sorted = NULL;
  f->index = 0;
  f->close = close;
  f->first = true;
  return f;
}

static bool push_struct(encoder *e, const hcsref_type *type, const void *value) {
  frame *f = push(e, '{', '}');
  if (f == NULL)
    return false;
  f->count = 0;
  if (type->field_count != 0) {
    f->field = type->fields;
    f->end = type->fields + type->field_count;
  }
  f->at = value;
  return true;
}

static bool push_items(encoder *e, const hcsref_type *elem, const void *items, size_t count) {
  frame *f = push(e, '[', ']');
  if (f == NULL)
    return false;
  f->type = elem;
  f->at = items;
  f->count = count;
  f->stride = elem->size;
  return true;
}

static bool push_map(encoder *e, const hcsref_type *elem, const hcsref_map *map, size_t entry_size) {
  frame *f = push(e, '{', '}');
  if (f == NULL)
    return false;
  f->type = elem;
  f->sorted = hcsref_sort_entries(e->buf->arena, map, entry_size, &f->count);
  return f->sorted != NULL || no_memory(e);
}

/* ---- scalars ----------------------------------------------------------------------------------------------- */

static uint64_t load_unsigned(const hcsref_type *type, const void *value) {
  switch (type->size) {
  case 1:
    return *(const uint8_t *)value;
  case 2:
    return *(const uint16_t *)value;
  case 4:
    return *(const uint32_t *)value;
  default:
    return *(const uint64_t *)value;
  }
}

static int64_t load_signed(const hcsref_type *type, const void *value) {
  switch (type->size) {
  case 1:
    return *(const int8_t *)value;
  case 2:
    return *(const int16_t *)value;
  case 4:
    return *(const int32_t *)value;
  default:
    return *(const int64_t *)value;
  }
}

#define WORD_ROOM 8 /* for "true" or "false" */

static inline char *put_word(char *out, bool value) {
  static const char words[2][WORD_ROOM] = {"false", "true"};
  memcpy(out, words[value], WORD_ROOM);
  return out + (value ? 4 : 5);
}

static void append_word(encoder *e, bool value) {
  hcsref_buf *buf = e->buf;
  if (buf->cap - buf->len < WORD_ROOM && !hcsref_buf_reserve(buf, WORD_ROOM))
    return;
  buf->len = (size_t)(put_word(buf->data + buf->len, value) - buf->data);
}

/* Most numbers of a document are 0 or have one digit. */
static void append_uint(encoder *e, uint64_t n) {
  if (n < 10)
    put_char(e->buf, (char)('0' + n));
  else
    hcsref_buf_append_uint(e->buf, n);
}

static void append_int(encoder *e, int64_t n) {
  if (n >= 0)
    append_uint(e, (uint64_t)n);
  else
    hcsref_buf_append_int(e->buf, n);
}

static bool append_null(encoder *e) {
  hcsref_buf_append(e->buf, HCSREF_LIT("null"));
  return true;
}

/* ---- values --------------------------------------------------------------------------------------------- */

static bool begin_any(encoder *e, const hcsref_value *any) {
  switch (any->kind) {
  case HCSREF_VALUE_BOOL:
    append_word(e, any->as.boolean);
    return true;
  case HCSREF_VALUE_NUMBER:
    return hcsref_append_rare(e->buf, &hcsref_type_float64, &any->as.number, e->err);
  case HCSREF_VALUE_STRING:
    hcsref_append_string(e->buf, e->rules, any->as.string);
    return true;
  case HCSREF_VALUE_ARRAY:
    return push_items(e, &hcsref_type_any, any->as.array.items, any->as.array.len);
  case HCSREF_VALUE_OBJECT:
    return push_map(e, &hcsref_type_any, &any->as.object, sizeof(hcsref_value_entry));
  default:
    return append_null(e);
  }
}

static bool begin_slice(encoder *e, const hcsref_type *type, const hcsref_slice *slice) {
  return slice->items == NULL ? append_null(e) : push_items(e, type->elem, slice->items, slice->len);
}

static bool begin_map(encoder *e, const hcsref_type *type, const hcsref_map *map) {
  return map->entries == NULL ? append_null(e) : push_map(e, type->elem, map, type->entry_size);
}

/* Writes a scalar, or opens a container and leaves its contents to the walk. */
static bool begin_value(encoder *e, const hcsref_type *type, const void *value) {
  while (type->kind == HCSREF_POINTER) {
    memcpy(&value, value, sizeof(value));
    if (value == NULL)
      return append_null(e);
    type = type->elem;
  }
  switch (type->kind) {
  case HCSREF_STRING:
    hcsref_append_string(e->buf, e->rules, *(const hcsref_str *)value);
    return true;
  case HCSREF_STRUCT:
    return push_struct(e, type, value);
  case HCSREF_SLICE:
    return begin_slice(e, type, value);
  case HCSREF_ARRAY:
    return push_items(e, type->elem, value, type->length);
  case HCSREF_MAP:
    return begin_map(e, type, value);
  case HCSREF_ANY:
    return begin_any(e, value);
  case HCSREF_BOOL:
    append_word(e, *(const bool *)value);
    return true;
  case HCSREF_FLOAT64:
  case HCSREF_BYTES:
  case HCSREF_RAW:
  case HCSREF_TIME:
  case HCSREF_GUID:
    return hcsref_append_rare(e->buf, type, value, e->err);
  case HCSREF_INT8:
  case HCSREF_INT16:
  case HCSREF_INT32:
  case HCSREF_INT64:
    append_int(e, load_signed(type, value));
    return true;
  default:
    append_uint(e, load_unsigned(type, value));
    return true;
  }
}

/* ---- emptiness ---------------------------------------------------------------------------------------------- */

/* Where a kind's emptiness shows: `width` bytes that are zero, `offset` from its start. Width 0: never empty;
 * BY_VALUE: not a matter of bytes. */
typedef struct emptiness {
  size_t offset, width;
} emptiness;

#define BY_VALUE 0xFF
#define WHOLE(type)                                                                                                    \
  { 0, sizeof(type) }
#define PART(type, member)                                                                                             \
  { offsetof(type, member), sizeof(((type *)0)->member) }

/* Source: encode.go isEmptyValue. A GUID is a [16]byte inside a struct upstream, and structs are never empty. */
static const emptiness emptiness_of[] = {
    [HCSREF_BOOL] = WHOLE(bool),
    [HCSREF_INT8] = WHOLE(int8_t),
    [HCSREF_INT16] = WHOLE(int16_t),
    [HCSREF_INT32] = WHOLE(int32_t),
    [HCSREF_INT64] = WHOLE(int64_t),
    [HCSREF_UINT8] = WHOLE(uint8_t),
    [HCSREF_UINT16] = WHOLE(uint16_t),
    [HCSREF_UINT32] = WHOLE(uint32_t),
    [HCSREF_UINT64] = WHOLE(uint64_t),
    [HCSREF_FLOAT64] = {0, BY_VALUE},
    [HCSREF_STRING] = PART(hcsref_str, len),
    [HCSREF_BYTES] = PART(hcsref_str, len),
    [HCSREF_RAW] = PART(hcsref_str, len),
    [HCSREF_STRUCT] = {0, 0},
    [HCSREF_POINTER] = WHOLE(void *),
    [HCSREF_SLICE] = PART(hcsref_slice, len),
    [HCSREF_ARRAY] = {0, BY_VALUE},
    [HCSREF_MAP] = PART(hcsref_map, len),
    [HCSREF_ANY] = PART(hcsref_value, kind),
    [HCSREF_TIME] = {0, 0},
    [HCSREF_GUID] = {0, 0},
};

static bool is_empty_by_value(const hcsref_type *type, const void *value) {
  return type->kind == HCSREF_FLOAT64 ? *(const double *)value == 0.0 : type->length == 0;
}

/* The kinds of most fields first. */
static inline bool is_empty(const hcsref_type *type, const void *value) {
  const emptiness *e = &emptiness_of[type->kind];
  const unsigned char *at = (const unsigned char *)value + e->offset;
  uint64_t wide;
  uint32_t narrow;
  if (e->width == sizeof wide) {
    memcpy(&wide, at, sizeof wide);
    return wide == 0;
  }
  if (e->width == sizeof narrow) {
    memcpy(&narrow, at, sizeof narrow);
    return narrow == 0;
  }
  if (e->width == BY_VALUE)
    return is_empty_by_value(type, value);
  return e->width != 0 && (at[0] | at[e->width - 1]) == 0; /* one byte, or two */
}

bool hcsref_json_is_empty(const hcsref_type *type, const void *value) {
  return is_empty(type, value);
}

/* ---- the walk ----------------------------------------------------------------------------------------------- */

static void append_comma(encoder *e, frame *f) {
  if (!f->first)
    put_char(e->buf, ',');
  f->first = false;
}

/* Makes room behind `out`, which the buffer's length does not know of yet; returns where it has moved to, or null when
 * out of memory. What is written next is kept in registers so, instead of waiting for memory each time. */
static inline char *ensure_room(hcsref_buf *buf, char *out, size_t room) {
  if ((size_t)(buf->data + buf->cap - out) >= room)
    return out;
  buf->len = (size_t)(out - buf->data);
  return hcsref_buf_reserve(buf, room) ? buf->data + buf->len : NULL;
}

/* Field names are plain ASCII, which the tests of the tables see to. */
static inline char *put_field_name(encoder *e, frame *f, const hcsref_field *field, char *out) {
  out = ensure_room(e->buf, out, field->name_len + 4 + WORD_ROOM);
  if (out == NULL)
    return NULL;
  if (!f->first)
    *out++ = ',';
  f->first = false;
  *out++ = '"';
  hcsref_copy_short(out, field->name, field->name_len);
  out += field->name_len;
  *out++ = '"';
  *out++ = ':';
  return out;
}

/* A string, at `out`; returns as ensure_room does. */
static inline char *put_text(encoder *e, hcsref_str s, char *out) {
  hcsref_buf *buf = e->buf;
  if (s.len <= HCSREF_LONGEST_PUT) {
    char *next;
    out = ensure_room(buf, out, HCSREF_PUT_ROOM(s.len));
    next = out == NULL ? NULL : hcsref_put_string(out, s);
    if (out == NULL || next != NULL)
      return next;
  }
  buf->len = (size_t)(out - buf->data);
  hcsref_append_string(buf, e->rules, s);
  return buf->failed ? NULL : buf->data + buf->len;
}

static inline bool is_left_out(const encoder *e, const hcsref_field *field, const void *value) {
  return (field->omit_empty && is_empty(field->type, value)) || !hcsref_field_in_force(field, e->rules);
}

/* Closes the innermost container, whose contents end at `out`. There is room for the bracket. */
static inline void close_container(encoder *e, frame *f, char *out) {
  *out++ = f->close;
  e->buf->len = (size_t)(out - e->buf->data);
  e->depth--;
}

/* Writes fields up to one that opens a container, or the end. */
static bool next_fields(encoder *e, frame *f) {
  const hcsref_field *field = f->field;
  const hcsref_field *end = f->end;
  const unsigned char *at = f->at;
  size_t depth = e->depth;
  char *out = e->buf->data + e->buf->len;
  for (; field < end; field++) {
    const void *value = at + field->offset;
    if (is_left_out(e, field, value))
      continue;
    out = put_field_name(e, f, field, out);
    if (out == NULL)
      return false;
    if (field->type->kind == HCSREF_STRING) {
      out = put_text(e, *(const hcsref_str *)value, out);
      if (out == NULL)
        return false;
      continue;
    }
    if (field->type->kind == HCSREF_BOOL) {
      out = put_word(out, *(const bool *)value);
      continue;
    }
    e->buf->len = (size_t)(out - e->buf->data);
    if (!begin_value(e, field->type, value))
      return false;
    if (e->depth != depth) {
      e->frames[depth - 1].field = field + 1;
      return true;
    }
    out = e->buf->data + e->buf->len;
  }
  out = ensure_room(e->buf, out, 1);
  if (out == NULL)
    return false;
  close_container(e, f, out);
  return true;
}

/* A string behind the comma that it needs. */
static inline char *put_next_text(encoder *e, frame *f, hcsref_str s, char *out) {
  out = ensure_room(e->buf, out, 1);
  if (out == NULL)
    return NULL;
  if (!f->first)
    *out++ = ',';
  f->first = false;
  return put_text(e, s, out);
}

static bool next_entry(encoder *e, frame *f) {
  const hcsref_str *entry = f->sorted[f->index++];
  char *out = put_next_text(e, f, *entry, e->buf->data + e->buf->len);
  if (out == NULL)
    return false;
  e->buf->len = (size_t)(out - e->buf->data);
  put_char(e->buf, ':');
  return begin_value(e, f->type, entry + 1);
}

/* All that is left of a []string. */
static bool next_strings(encoder *e, frame *f) {
  const hcsref_str *items = (const hcsref_str *)(const void *)f->at;
  char *out = e->buf->data + e->buf->len;
  for (; f->index < f->count; f->index++) {
    out = put_next_text(e, f, items[f->index], out);
    if (out == NULL)
      return false;
  }
  e->buf->len = (size_t)(out - e->buf->data);
  return true;
}

static bool next_item(encoder *e, frame *f) {
  const void *item = f->at + f->index++ * f->stride;
  append_comma(e, f);
  return begin_value(e, f->type, item);
}

static bool step(encoder *e) {
  frame *f = &e->frames[e->depth - 1];
  if (f->field != NULL)
    return next_fields(e, f);
  if (f->index == f->count) {
    put_char(e->buf, f->close);
    e->depth--;
    return true;
  }
  if (f->sorted != NULL)
    return next_entry(e, f);
  return f->type->kind == HCSREF_STRING ? next_strings(e, f) : next_item(e, f);
}

static bool write_value(encoder *e, const hcsref_type *type, const void *value) {
  if (!begin_value(e, type, value))
    return false;
  while (e->depth > 0 && !e->buf->failed)
    if (!step(e))
      break;
  if (e->buf->failed)
    return no_memory(e);
  return e->depth == 0;
}

bool hcsref_json_append(hcsref_buf *buf, const hcsref_type *type, const void *value, hcsref_error *err) {
  return hcsref_json_append_as(buf, NULL, type, value, err);
}

bool hcsref_json_append_as(hcsref_buf *buf, const hcsref_rules *rules, const hcsref_type *type, const void *value,
                           hcsref_error *err) {
  encoder e;
  size_t before = buf->len;
  e.buf = buf;
  e.err = err;
  e.rules = rules == NULL ? HCSREF_BASELINE : rules;
  e.frames = e.on_stack;
  e.depth = 0;
  e.cap = FIRST_FRAMES;
  if (write_value(&e, type, value))
    return true;
  buf->len = before;
  return false;
}

bool hcsref_json_encode(hcsref_arena *arena, const hcsref_type *type, const void *value, hcsref_str *out,
                        hcsref_error *err) {
  return hcsref_json_encode_as(arena, NULL, type, value, out, err);
}

bool hcsref_json_encode_as(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_type *type, const void *value,
                           hcsref_str *out, hcsref_error *err) {
  hcsref_buf buf = {.arena = arena};
  if (!hcsref_json_append_as(&buf, rules, type, value, err))
    return false;
  *out = hcsref_buf_str(&buf);
  return true;
}
