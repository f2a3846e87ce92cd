/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/layers/transport.h"

#include <string.h>

#define ATTRIBUTE_BYTES 4u
#define HEADER_BYTES    20u
#define DATA_STREAM     1u /* BACKUP_DATA */
#define SPARSE_STREAM   9u /* BACKUP_SPARSE_BLOCK: 8 bytes of offset, then data */
#define OFFSET_BYTES    8u

static uint64_t read_number(const char *at, size_t bytes) {
  uint64_t value = 0;
  for (size_t i = bytes; i > 0; i--)
    value = value << 8 | (unsigned char)at[i - 1];
  return value;
}

static void write_number(hcsref_buf *out, uint64_t value, size_t bytes) {
  for (size_t i = 0; i < bytes; i++)
    hcsref_buf_append_char(out, (char)(unsigned char)(value >> (8 * i) & 0xFF));
}

/* A file under way. */
typedef struct content {
  hcsref_buf data;
  uint64_t holes; /* bytes that no stream has: zeros */
} content;

/* What stands at an offset: zeros up to there when nothing does yet. */
static bool place(content *out, uint64_t offset, hcsref_str data) {
  const uint64_t length = out->data.len;
  if (offset < length || offset - length > SIM_TRANSPORT_MAX_HOLES - out->holes)
    return false;
  out->holes += offset - length;
  while (out->data.len < offset && !out->data.failed)
    hcsref_buf_append_char(&out->data, '\0');
  hcsref_buf_append(&out->data, data);
  return !out->data.failed;
}

/* Cuts the next stream off; its data is the rest's beginning. */
static bool next_stream(hcsref_str *rest, uint32_t *id, hcsref_str *stream) {
  uint64_t size, name;
  if (rest->len < HEADER_BYTES)
    return false;
  *id = (uint32_t)read_number(rest->data, 4);
  size = read_number(rest->data + 8, 8);
  name = read_number(rest->data + 16, 4);
  *rest = hcsref_str_skip(*rest, HEADER_BYTES);
  if (name > rest->len || size > rest->len - name)
    return false;
  *stream = hcsref_str_from(rest->data + name, (size_t)size);
  *rest = hcsref_str_skip(*rest, (size_t)(name + size));
  return true;
}

static bool append_stream(content *out, uint32_t id, hcsref_str stream) {
  if (id == DATA_STREAM)
    return place(out, out->data.len, stream);
  if (id != SPARSE_STREAM)
    return true;
  return stream.len >= OFFSET_BYTES &&
         place(out, read_number(stream.data, OFFSET_BYTES), hcsref_str_skip(stream, OFFSET_BYTES));
}

bool sim_transport_read(hcsref_arena *arena, hcsref_str file, uint32_t *attributes, hcsref_str *data) {
  content out = {{arena, NULL, 0, 0, false}, 0};
  hcsref_str rest = hcsref_str_skip(file, ATTRIBUTE_BYTES), stream;
  uint32_t id;
  if (file.len < ATTRIBUTE_BYTES)
    return false;
  while (rest.len > 0)
    if (!next_stream(&rest, &id, &stream) || !append_stream(&out, id, stream))
      return false;
  *attributes = (uint32_t)read_number(file.data, ATTRIBUTE_BYTES);
  *data = hcsref_buf_str(&out.data);
  return true;
}

bool sim_transport_write(hcsref_arena *arena, uint32_t attributes, hcsref_str data, hcsref_str *file) {
  hcsref_buf out = {arena, NULL, 0, 0, false};
  write_number(&out, attributes, ATTRIBUTE_BYTES);
  if (data.len > 0) {
    write_number(&out, DATA_STREAM, 4);
    write_number(&out, 0, 4);
    write_number(&out, data.len, 8);
    write_number(&out, 0, 4);
    hcsref_buf_append(&out, data);
  }
  *file = hcsref_buf_str(&out);
  return !out.failed;
}

/* ---- names that were removed ---- */

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* "\a\b": no part is empty, "." or "..", or has what a name cannot have. */
static bool is_inside(hcsref_str path) {
  if (path.len < 2 || path.data[0] != '\\')
    return false;
  while (path.len > 0) {
    hcsref_str part;
    const char *end;
    path = hcsref_str_skip(path, 1);
    end = path.len == 0 ? NULL : memchr(path.data, '\\', path.len);
    part = hcsref_str_first(path, end == NULL ? path.len : (size_t)(end - path.data));
    if (part.len == 0 || hcsref_str_equal(part, HCSREF_LIT(".")) || hcsref_str_equal(part, HCSREF_LIT("..")) ||
        memchr(part.data, ':', part.len) != NULL || memchr(part.data, '/', part.len) != NULL ||
        memchr(part.data, '\0', part.len) != NULL)
      return false;
    path = hcsref_str_skip(path, part.len);
  }
  return true;
}

/* The next line, without what ends it. */
static hcsref_str next_line(hcsref_str *text) {
  const char *end = memchr(text->data, '\n', text->len);
  hcsref_str line = hcsref_str_first(*text, end == NULL ? text->len : (size_t)(end - text->data));
  *text = hcsref_str_skip(*text, line.len + (end != NULL));
  if (line.len > 0 && line.data[line.len - 1] == '\r')
    line.len--;
  return line;
}

static hcsref_str without_mark(hcsref_str text) {
  bool marked = hcsref_str_has_prefix(text, HCSREF_LIT(BYTE_ORDER_MARK));
  return marked ? hcsref_str_skip(text, sizeof(BYTE_ORDER_MARK) - 1) : text;
}

bool sim_tombstones_check(hcsref_str text) {
  bool first = true;
  text = without_mark(text);
  while (text.len > 0) {
    hcsref_str line = next_line(&text);
    if (first ? !hcsref_str_equal(line, HCSREF_LIT("Version 1.0")) : line.len > 0 && !is_inside(line))
      return false;
    first = false;
  }
  return !first;
}

void sim_tombstones_list(hcsref_str text, bool (*each)(void *context, hcsref_str path), void *context) {
  bool go = sim_tombstones_check(text);
  text = without_mark(text);
  if (go)
    next_line(&text);
  while (go && text.len > 0) {
    hcsref_str line = next_line(&text);
    go = line.len == 0 || each(context, line);
  }
}
