/* SPDX-License-Identifier: Apache-2.0 */
/* Text that grows in an arena: in place as long as it is the arena's newest piece, else by doubling. */
#include "base/arena.h"

#include <string.h>

#define SMALLEST_BUF   ((size_t)256)
#define DECIMAL_DIGITS 20 /* of 2^64 - 1 */

static size_t grown_cap(size_t cap, size_t needed) {
  size_t doubled = cap < SMALLEST_BUF ? SMALLEST_BUF : cap > SIZE_MAX / 4 ? cap : cap * 2;
  return doubled < needed ? needed : doubled;
}

static bool fail(hcsref_buf *buf) {
  buf->failed = true;
  return false;
}

bool hcsref_buf_reserve(hcsref_buf *buf, size_t extra) {
  size_t cap;
  char *data;
  if (buf->failed)
    return false;
  if (extra <= buf->cap - buf->len)
    return true;
  if (extra > SIZE_MAX / 4 || buf->len > SIZE_MAX / 4)
    return fail(buf);
  cap = grown_cap(buf->cap, buf->len + extra);
  if (hcsref_arena_resize(buf->arena, buf->data, buf->cap, cap)) {
    buf->cap = cap;
    return true;
  }
  data = hcsref_arena_take(buf->arena, cap);
  if (data == NULL)
    return fail(buf);
  if (buf->len != 0)
    memcpy(data, buf->data, buf->len);
  buf->data = data;
  buf->cap = cap;
  return true;
}

void hcsref_buf_append_uint(hcsref_buf *buf, uint64_t n) {
  char digits[DECIMAL_DIGITS];
  size_t first = DECIMAL_DIGITS;
  do {
    digits[--first] = (char)('0' + n % 10);
    n /= 10;
  } while (n != 0);
  hcsref_buf_append(buf, hcsref_str_from(digits + first, DECIMAL_DIGITS - first));
}

void hcsref_buf_append_int(hcsref_buf *buf, int64_t n) {
  if (n >= 0) {
    hcsref_buf_append_uint(buf, (uint64_t)n);
    return;
  }
  hcsref_buf_append_char(buf, '-');
  hcsref_buf_append_uint(buf, 0 - (uint64_t)n);
}

void hcsref_buf_append_pointer_token(hcsref_buf *buf, hcsref_str token) {
  hcsref_buf_append_char(buf, '/');
  for (size_t i = 0; i < token.len; i++) {
    if (token.data[i] == '~')
      hcsref_buf_append(buf, HCSREF_LIT("~0"));
    else if (token.data[i] == '/')
      hcsref_buf_append(buf, HCSREF_LIT("~1"));
    else
      hcsref_buf_append_char(buf, token.data[i]);
  }
}

hcsref_str hcsref_buf_str(const hcsref_buf *buf) {
  return hcsref_str_from(buf->data, buf->len);
}
