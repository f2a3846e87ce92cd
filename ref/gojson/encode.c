/* SPDX-License-Identifier: Apache-2.0 */
/* Encoding by table, with a stack of open containers of its own. Source: encoding/json encode.go. */
#include "base/arena.h"
#include "gojson/field.h"
#include "gojson/number.h"
#include "gojson/scan.h"
#include "gojson/sort.h"
#include "gojson/text.h"
#include "gojson/write.h"

#include <string.h>

/* Containers that may be open before the stack moves into the arena; documents are not so deep. */
#define FIRST_FRAMES 24

/* An open container: a struct, or `count` items that lie `stride` apart or are listed in `sorted`. */
typedef struct frame {
  const hcsref_type *type;         /* of a struct, or of the items */
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
  f->type = type;
  f->at = value;
  f->count = type->field_count;
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

static void append_word(encoder *e, bool value) {
  static const char words[2][8] = {"false", "true"};
  hcsref_buf *buf = e->buf;
  if (buf->cap - buf->len < sizeof words[0] && !hcsref_buf_reserve(buf, sizeof words[0]))
    return;
  memcpy(buf->data + buf->len, words[value], sizeof words[0]);
  buf->len += value ? 4 : 5;
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

static bool append_double(encoder *e, double value) {
  char text[HCSREF_DOUBLE_TEXT];
  if (!(value - value == 0.0))
    return fail(e, "json-value", "json: unsupported value: not a finite number");
  hcsref_buf_append(e->buf, hcsref_str_from(text, hcsref_format_double(value, text)));
  return true;
}

static bool append_bytes(encoder *e, const hcsref_str *bytes) {
  if (bytes->data == NULL)
    return append_null(e);
  put_char(e->buf, '"');
  hcsref_base64_append(e->buf, *bytes);
  put_char(e->buf, '"');
  return true;
}

static bool append_raw(encoder *e, const hcsref_str *raw) {
  if (raw->data == NULL)
    return append_null(e);
  return hcsref_append_compact(e->buf, *raw) || fail(e, "json-value", "json: a raw message is not valid JSON");
}

static bool append_guid(encoder *e, const hcsref_guid *guid) {
  put_char(e->buf, '"');
  hcsref_guid_append(e->buf, guid);
  put_char(e->buf, '"');
  return true;
}

/* ---- values --------------------------------------------------------------------------------------------- */

static bool begin_any(encoder *e, const hcsref_value *any) {
  switch (any->kind) {
  case HCSREF_VALUE_BOOL:
    append_word(e, any->as.boolean);
    return true;
  case HCSREF_VALUE_NUMBER:
    return append_double(e, any->as.number);
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
    return append_double(e, *(const double *)value);
  case HCSREF_BYTES:
    return append_bytes(e, value);
  case HCSREF_RAW:
    return append_raw(e, value);
  case HCSREF_TIME:
    hcsref_time_append(e->buf, value);
    return true;
  case HCSREF_GUID:
    return append_guid(e, value);
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
  unsigned char offset, width;
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
  emptiness e = emptiness_of[type->kind];
  const unsigned char *at = (const unsigned char *)value + e.offset;
  uint64_t wide;
  uint32_t narrow;
  if (e.width == sizeof wide) {
    memcpy(&wide, at, sizeof wide);
    return wide == 0;
  }
  if (e.width == sizeof narrow) {
    memcpy(&narrow, at, sizeof narrow);
    return narrow == 0;
  }
  if (e.width == BY_VALUE)
    return is_empty_by_value(type, value);
  return e.width != 0 && (at[0] | at[e.width - 1]) == 0; /* one byte, or two */
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

/* Field names are plain ASCII, which the tests of the tables see to. */
static void append_field_name(encoder *e, frame *f, const hcsref_field *field) {
  char *out;
  if (e->buf->cap - e->buf->len < field->name_len + 4 && !hcsref_buf_reserve(e->buf, field->name_len + 4))
    return;
  out = e->buf->data + e->buf->len;
  if (!f->first)
    *out++ = ',';
  f->first = false;
  *out++ = '"';
  hcsref_copy_short(out, field->name, field->name_len);
  out += field->name_len;
  *out++ = '"';
  *out++ = ':';
  e->buf->len = (size_t)(out - e->buf->data);
}

/* Writes fields up to one that opens a container. */
static bool next_field(encoder *e, frame *f) {
  const hcsref_field *field = &f->type->fields[f->index];
  const hcsref_field *end = f->type->fields + f->count;
  const unsigned char *at = f->at;
  size_t depth = e->depth;
  for (; field < end; field++) {
    const void *value = at + field->offset;
    if ((field->omit_empty && is_empty(field->type, value)) || !hcsref_field_in_force(field, e->rules))
      continue;
    append_field_name(e, f, field);
    if (field->type->kind == HCSREF_STRING) {
      hcsref_append_string(e->buf, e->rules, *(const hcsref_str *)value);
      continue;
    }
    if (!begin_value(e, field->type, value))
      return false;
    if (e->depth != depth) {
      e->frames[depth - 1].index = (size_t)(field - e->frames[depth - 1].type->fields) + 1;
      return true;
    }
  }
  f->index = f->count;
  return true;
}

static bool next_entry(encoder *e, frame *f) {
  const hcsref_str *entry = f->sorted[f->index++];
  append_comma(e, f);
  hcsref_append_string(e->buf, e->rules, *entry);
  put_char(e->buf, ':');
  return begin_value(e, f->type, entry + 1);
}

static bool next_item(encoder *e, frame *f) {
  const void *item = f->at + f->index++ * f->stride;
  append_comma(e, f);
  return begin_value(e, f->type, item);
}

static bool step(encoder *e) {
  frame *f = &e->frames[e->depth - 1];
  if (f->index == f->count) {
    put_char(e->buf, f->close);
    e->depth--;
    return true;
  }
  if (f->sorted != NULL)
    return next_entry(e, f);
  return f->close == '}' ? next_field(e, f) : next_item(e, f);
}

static bool write_value(encoder *e, const hcsref_type *type, const void *value) {
  if (!begin_value(e, type, value))
    return false;
  while (e->depth > 0 && !e->buf->failed)
    if (!step(e))
      return false;
  return !e->buf->failed || no_memory(e);
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
