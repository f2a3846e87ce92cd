/* SPDX-License-Identifier: Apache-2.0 */
/* Encoding by table, with a stack of open containers of its own. Source: encoding/json encode.go. */
#include "base/arena.h"
#include "gojson/empty.h"
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

/* Room for one frame more, which there is none for. */
static bool grow_frames(encoder *e) {
  frame *frames;
  if (e->depth == HCSREF_JSON_MAX_DEPTH)
    return fail(e, "json-depth", "the value is nested too deeply");
  frames = hcsref_arena_take(e->buf->arena, e->cap * 2 * sizeof(frame));
  if (frames == NULL)
    return no_memory(e);
  memcpy(frames, e->frames, e->depth * sizeof(frame));
  e->frames = frames;
  e->cap = e->cap * 2 < HCSREF_JSON_MAX_DEPTH ? e->cap * 2 : HCSREF_JSON_MAX_DEPTH;
  return true;
}

static inline frame *push(encoder *e, char open, char close) {
  frame *f;
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

static inline bool push_struct(encoder *e, const hcsref_type *type, const void *value) {
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

static inline bool push_items(encoder *e, const hcsref_type *elem, const void *items, size_t count) {
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

/* ---- the walk ----------------------------------------------------------------------------------------------- */

static void append_comma(encoder *e, frame *f) {
  if (!f->first)
    put_char(e->buf, ',');
  f->first = false;
}

/* Where something is written, and the end of the room there. While it is in use, the buffer's length does not count:
 * what is written next is kept in registers so, instead of waiting for memory each time. */
typedef struct cursor {
  char *at;
  const char *end;
} cursor;

static inline cursor cursor_of(const hcsref_buf *buf) {
  cursor c;
  c.at = buf->data + buf->len;
  c.end = buf->data + buf->cap;
  return c;
}

/* The length counts again. */
static inline void leave(hcsref_buf *buf, cursor c) {
  buf->len = (size_t)(c.at - buf->data);
}

/* Makes room; false when out of memory. */
static inline bool make_room(hcsref_buf *buf, cursor *c, size_t room) {
  if ((size_t)(c->end - c->at) >= room)
    return true;
  leave(buf, *c);
  if (!hcsref_buf_reserve(buf, room))
    return false;
  *c = cursor_of(buf);
  return true;
}

/* Field names are plain ASCII, which the tests of the tables see to. Leaves room for a word. */
static inline bool put_field_name(hcsref_buf *buf, const hcsref_field *field, bool first, cursor *c) {
  size_t len = field->name_len;
  const char *name = field->name;
  char *out;
  if (!make_room(buf, c, len + 4 + WORD_ROOM))
    return false;
  out = c->at;
  if (!first)
    *out++ = ',';
  *out = '"';
  hcsref_copy_short(out + 1, name, len);
  out += len + 1;
  out[0] = '"';
  out[1] = ':';
  c->at = out + 2;
  return true;
}

/* Writes a whole number of one digit, as most numbers of a document are, where there is room for a word. False: it has
 * more, or is none. */
static inline bool put_digit(const hcsref_type *type, const void *value, cursor *c) {
  uint64_t n;
  if (type->kind < HCSREF_INT8 || type->kind > HCSREF_UINT64)
    return false;
  n = load_unsigned(type, value); /* negative ones are large ones here */
  if (n > 9)
    return false;
  *c->at++ = (char)('0' + n);
  return true;
}

/* False: out of memory. */
static inline bool put_text(encoder *e, hcsref_str s, cursor *c) {
  hcsref_buf *buf = e->buf;
  if (s.len <= HCSREF_LONGEST_PUT) {
    char *next;
    if (!make_room(buf, c, HCSREF_PUT_ROOM(s.len)))
      return false;
    next = hcsref_put_string(c->at, s);
    if (next != NULL) {
      c->at = next;
      return true;
    }
  }
  leave(buf, *c);
  hcsref_append_string(buf, e->rules, s);
  *c = cursor_of(buf);
  return !buf->failed;
}

/* Closes the innermost container, whose contents end at the cursor. */
static inline bool close_container(encoder *e, char bracket, cursor c) {
  if (!make_room(e->buf, &c, 1))
    return false;
  *c.at++ = bracket;
  leave(e->buf, c);
  e->depth--;
  return true;
}

/* Writes fields up to one that opens a container, or the end. */
static bool next_fields(encoder *e, frame *f) {
  const hcsref_field *field = f->field;
  const hcsref_field *end = f->end;
  const unsigned char *at = f->at;
  const hcsref_rules *rules = e->rules;
  hcsref_buf *buf = e->buf;
  size_t depth = e->depth;
  bool first = f->first;
  cursor c = cursor_of(buf);
  for (; field < end; field++) {
    const hcsref_type *type = field->type;
    const void *value = at + field->offset;
    if (field->omit_empty && hcsref_is_empty(type, value))
      continue;
    if (!hcsref_field_in_force(field, rules))
      continue;
    if (!put_field_name(buf, field, first, &c))
      return false;
    first = false;
    if (type->kind == HCSREF_STRING) {
      if (!put_text(e, *(const hcsref_str *)value, &c))
        return false;
    } else if (type->kind == HCSREF_BOOL) {
      c.at = put_word(c.at, *(const bool *)value);
    } else if (!put_digit(type, value, &c)) {
      leave(buf, c);
      if (!begin_value(e, type, value))
        return false;
      if (e->depth != depth) {
        f = &e->frames[depth - 1]; /* which may have moved */
        f->field = field + 1;
        f->first = false;
        return true;
      }
      c = cursor_of(buf);
    }
  }
  return close_container(e, '}', c);
}

/* A string behind the comma that it needs. */
static inline bool put_next_text(encoder *e, frame *f, hcsref_str s, cursor *c) {
  if (!make_room(e->buf, c, 1))
    return false;
  if (!f->first)
    *c->at++ = ',';
  f->first = false;
  return put_text(e, s, c);
}

static bool next_entry(encoder *e, frame *f) {
  const hcsref_str *entry = f->sorted[f->index++];
  cursor c = cursor_of(e->buf);
  if (!put_next_text(e, f, *entry, &c))
    return false;
  leave(e->buf, c);
  put_char(e->buf, ':');
  return begin_value(e, f->type, entry + 1);
}

/* All that is left of a []string. */
static bool next_strings(encoder *e, frame *f) {
  const hcsref_str *items = (const hcsref_str *)(const void *)f->at;
  cursor c = cursor_of(e->buf);
  for (; f->index < f->count; f->index++)
    if (!put_next_text(e, f, items[f->index], &c))
      return false;
  leave(e->buf, c);
  return true;
}

static bool next_item(encoder *e, frame *f) {
  const void *item = f->at + f->index++ * f->stride;
  append_comma(e, f);
  return f->type->kind == HCSREF_STRUCT ? push_struct(e, f->type, item) : begin_value(e, f->type, item);
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

/* What most documents take: so much is asked for at first, and what is left of it is given back. */
#define FIRST_ROOM ((size_t)4096)

bool hcsref_json_encode_as(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_type *type, const void *value,
                           hcsref_str *out, hcsref_error *err) {
  hcsref_buf buf = {.arena = arena};
  if (!hcsref_buf_reserve(&buf, FIRST_ROOM))
    return hcsref_fail_memory(err);
  if (!hcsref_json_append_as(&buf, rules, type, value, err))
    return false;
  (void)hcsref_arena_resize(arena, buf.data, buf.cap, buf.len); /* something else may lie behind it by now */
  *out = hcsref_buf_str(&buf);
  return true;
}
