/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars into their C shapes, and what is remembered when they do not fit. Source: encoding/json decode.go
 * literalStore, saveError, addErrorContext; UnmarshalTypeError.Error. */
#include "gojson/decoder.h"
#include "gojson/number.h"
#include "gojson/text.h"
#include "release/changes.h"

#include <string.h>

/* ---- errors ---- */

static bool is_array_frame(const frame *f) {
  return f->kind > FRAME_ANY_OBJECT;
}

/* The JSON pointer of the value being read. */
static void append_pointer(hcsref_buf *buf, const decoder *d) {
  for (size_t i = 0; i < d->depth; i++) {
    const frame *f = &d->frames[i];
    if (is_array_frame(f)) {
      hcsref_buf_append_char(buf, '/');
      hcsref_buf_append_uint(buf, f->index - 1);
    } else {
      hcsref_buf_append_pointer_token(buf, f->field != NULL ? hcsref_cstr(f->field->name) : f->key);
    }
  }
}

/* "specs.Mount" without its package. */
static hcsref_str bare_name(const char *go_name) {
  const char *dot = strrchr(go_name, '.');
  return hcsref_cstr(dot == NULL ? go_name : dot + 1);
}

/* The struct whose field is being read, or the one around the text. Null: there is none. The error of a method that
 * reads text gets the struct that holds the text, and since Go 1.24 the fields of both. Source: Go encoding/json
 * decodeState.addErrorContext. */
static const char *holder_of(const decoder *d) {
  const hcsref_json_around *around = d->around;
  size_t depth = d->depth;
  if (around != NULL && around->text)
    return around->holder;
  while (depth != 0 && d->frames[depth - 1].field == NULL)
    depth--;
  if (around != NULL && around->holder != NULL &&
      (depth == 0 ? around->field != NULL : depth == 1 && around->field == NULL))
    return around->holder;
  return depth == 0 ? NULL : d->frames[depth - 1].type->go_name;
}

/* ".FIELD", which Go has named with the embedded struct that has it since 1.24. */
static void append_step(hcsref_buf *buf, const decoder *d, const char *embedded, const char *field) {
  const char *steps[] = {hcsref_has(d->rules, HCSREF_CHANGE_GO_EMBEDDED_NAMES) ? embedded : NULL, field};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
    if (steps[i] != NULL) {
      hcsref_buf_append_char(buf, '.');
      hcsref_buf_append(buf, hcsref_cstr(steps[i]));
    }
}

/* "Go struct field STRUCT.a.b" with the innermost struct and the fields from the outermost on, or "Go value". */
static void append_context(hcsref_buf *buf, const decoder *d) {
  const char *holder = holder_of(d);
  if (holder == NULL) {
    hcsref_buf_append(buf, HCSREF_LIT("Go value"));
    return;
  }
  hcsref_buf_append(buf, HCSREF_LIT("Go struct field "));
  hcsref_buf_append(buf, bare_name(holder));
  if (d->around != NULL)
    append_step(buf, d, d->around->embedded, d->around->field);
  if (d->around != NULL && d->around->text && !hcsref_has(d->rules, HCSREF_CHANGE_GO_EMBEDDED_NAMES))
    return;
  for (size_t i = 0; i < d->depth; i++)
    if (d->frames[i].field != NULL)
      append_step(buf, d, d->frames[i].field->embedded, d->frames[i].field->name);
}

static bool remember(decoder *d, const char *code, hcsref_buf *message, hcsref_buf *where) {
  if (message->failed || where->failed) {
    d->out_of_memory = true;
    return false;
  }
  d->first.code = code;
  d->first.message = hcsref_buf_str(message);
  d->first.where = hcsref_buf_str(where);
  d->has_error = true;
  return true;
}

bool hcsref_type_error(decoder *d, const char *word, hcsref_str literal, const hcsref_type *type) {
  hcsref_buf message = {.arena = d->arena};
  hcsref_buf where = {.arena = d->arena};
  if (d->has_error)
    return true;
  hcsref_buf_append(&message, HCSREF_LIT("json: cannot unmarshal "));
  hcsref_buf_append(&message, hcsref_cstr(word));
  if (literal.len != 0)
    hcsref_buf_append_char(&message, ' ');
  hcsref_buf_append(&message, literal);
  hcsref_buf_append(&message, HCSREF_LIT(" into "));
  append_context(&message, d);
  hcsref_buf_append(&message, HCSREF_LIT(" of type "));
  hcsref_buf_append(&message, hcsref_cstr(type->go_name));
  append_pointer(&where, d);
  return remember(d, "json-type", &message, &where);
}

bool hcsref_value_error(decoder *d, hcsref_str message) {
  hcsref_buf text = {.arena = d->arena};
  hcsref_buf where = {.arena = d->arena};
  if (d->has_error)
    return true;
  hcsref_buf_append(&text, message);
  append_pointer(&where, d);
  return remember(d, "json-value", &text, &where);
}

bool hcsref_stop(decoder *d, hcsref_str message) {
  d->has_error = false;
  hcsref_value_error(d, message);
  return false;
}

/* Source: Go encoding/json decode.go array, object, literalStore: the error of an UnmarshalJSON is returned at once. */
bool hcsref_read_by_method(decoder *d, hcsref_str text) {
  const hcsref_json_around *around = d->around;
  hcsref_buf where = {.arena = d->arena};
  hcsref_error err = {0};
  if (around == NULL || around->method == NULL || d->depth != 1 || d->frames[0].field == NULL ||
      around->method(around->context, d->frames[0].field, text, &err))
    return true;
  append_pointer(&where, d);
  if (where.failed || strcmp(err.code, "out-of-memory") == 0)
    return hcsref_decoder_starves(d);
  err.where = hcsref_buf_str(&where);
  d->first = err;
  d->has_error = true;
  return false;
}

/* ---- numbers ---- */

/* Stores the low bytes of a two's-complement integer. */
static void store_integer(const hcsref_type *type, void *target, uint64_t bits) {
  switch (type->size) {
  case 1:
    *(uint8_t *)target = (uint8_t)bits;
    break;
  case 2:
    *(uint16_t *)target = (uint16_t)bits;
    break;
  case 4:
    *(uint32_t *)target = (uint32_t)bits;
    break;
  default:
    *(uint64_t *)target = bits;
    break;
  }
}

static bool set_integer(decoder *d, const hcsref_type *type, void *target, hcsref_str literal) {
  uint64_t bits;
  if (!hcsref_parse_integer(type->kind, literal, &bits))
    return hcsref_type_error(d, "number", literal, type);
  store_integer(type, target, bits);
  return true;
}

static bool set_any_number(decoder *d, hcsref_value *any, hcsref_str literal) {
  double number;
  if (!hcsref_parse_double(literal, &number))
    return hcsref_type_error(d, "number", literal, &hcsref_type_float64);
  any->kind = HCSREF_VALUE_NUMBER;
  any->as.number = number;
  return true;
}

bool hcsref_set_number(decoder *d, const hcsref_type *type, void *target, hcsref_str literal) {
  if (type->kind >= HCSREF_INT8 && type->kind <= HCSREF_UINT64)
    return set_integer(d, type, target, literal);
  if (type->kind == HCSREF_ANY)
    return set_any_number(d, target, literal);
  if (type->kind != HCSREF_FLOAT64)
    return hcsref_type_error(d, "number", hcsref_str_from(NULL, 0), type);
  if (!hcsref_parse_double(literal, target))
    return hcsref_type_error(d, "number", literal, type);
  return true;
}

/* ---- strings ---- */

static bool set_bytes(decoder *d, void *target, hcsref_str s) {
  size_t bad;
  hcsref_str message;
  if (hcsref_base64_decode(d->arena, s, target, &bad))
    return true;
  if (bad == SIZE_MAX || !hcsref_format(d->arena, &message, "illegal base64 data at input byte %u", (uint64_t)bad)) {
    d->out_of_memory = true;
    return false;
  }
  return hcsref_value_error(d, message);
}

/* A GUID's UnmarshalText ends the decoding when it fails. */
static bool set_guid(decoder *d, void *target, hcsref_str s) {
  hcsref_str message;
  if (hcsref_guid_parse(s, target))
    return true;
  if (hcsref_format(d->arena, &message, "invalid GUID %q", s))
    return hcsref_stop(d, message);
  d->out_of_memory = true;
  return false;
}

bool hcsref_set_string(decoder *d, const hcsref_type *type, void *target, hcsref_str s) {
  hcsref_value *any = target;
  switch (type->kind) {
  case HCSREF_ANY:
    any->kind = HCSREF_VALUE_STRING;
    any->as.string = s;
    return true;
  case HCSREF_BYTES:
    return set_bytes(d, target, s);
  case HCSREF_GUID:
    return set_guid(d, target, s);
  default:
    return hcsref_type_error(d, "string", hcsref_str_from(NULL, 0), type);
  }
}
