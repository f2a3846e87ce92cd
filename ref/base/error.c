/* SPDX-License-Identifier: Apache-2.0 */
#include "hcsref/base.h"

#include <string.h>

bool hcsref_fail_memory(hcsref_error *err) {
  if (err != NULL) {
    err->code = "out-of-memory";
    err->message = HCSREF_LIT("out of memory");
    err->where = hcsref_str_from(NULL, 0);
  }
  return false;
}

static void append_hex(hcsref_buf *buf, uint64_t n) {
  int shift = 60;
  while (shift > 0 && n >> shift == 0)
    shift -= 4;
  for (; shift >= 0; shift -= 4)
    hcsref_buf_append_char(buf, "0123456789abcdef"[n >> shift & 0xf]);
}

/* One conversion of the format; the caller has checked that it is known. */
static void append_conversion(hcsref_buf *buf, char kind, va_list *args) {
  switch (kind) {
  case 's':
    hcsref_buf_append(buf, hcsref_cstr(va_arg(*args, const char *)));
    break;
  case 'v':
    hcsref_buf_append(buf, va_arg(*args, hcsref_str));
    break;
  case 'q':
    hcsref_buf_append_quoted(buf, va_arg(*args, hcsref_str));
    break;
  case 'd':
    hcsref_buf_append_int(buf, va_arg(*args, int64_t));
    break;
  case 'u':
    hcsref_buf_append_uint(buf, va_arg(*args, uint64_t));
    break;
  case 'x':
    append_hex(buf, va_arg(*args, uint64_t));
    break;
  default:
    hcsref_buf_append_char(buf, kind);
    break;
  }
}

bool hcsref_format_args(hcsref_arena *arena, hcsref_str *out, const char *format, va_list args) {
  hcsref_buf buf = {.arena = arena};
  va_list copy;
  va_copy(copy, args);
  while (*format != '\0') {
    size_t plain = strcspn(format, "%");
    hcsref_buf_append(&buf, hcsref_str_from(format, plain));
    format += plain;
    if (format[0] == '\0' || format[1] == '\0')
      break;
    append_conversion(&buf, format[1], &copy);
    format += 2;
  }
  va_end(copy);
  if (buf.failed)
    return false;
  *out = hcsref_buf_str(&buf);
  return true;
}

bool hcsref_format(hcsref_arena *arena, hcsref_str *out, const char *format, ...) {
  va_list args;
  bool ok;
  va_start(args, format);
  ok = hcsref_format_args(arena, out, format, args);
  va_end(args);
  return ok;
}

static bool fail_args(hcsref_arena *arena, hcsref_error *err, const char *code, hcsref_str where, const char *format,
                      va_list args) {
  hcsref_str message;
  if (!hcsref_format_args(arena, &message, format, args))
    return hcsref_fail_memory(err);
  err->code = code;
  err->message = message;
  err->where = where;
  return false;
}

bool hcsref_fail(hcsref_arena *arena, hcsref_error *err, const char *code, hcsref_str where, const char *format, ...) {
  va_list args;
  if (err == NULL)
    return false;
  va_start(args, format);
  (void)fail_args(arena, err, code, where, format, args);
  va_end(args);
  return false;
}

bool hcsref_fail_item(hcsref_arena *arena, hcsref_error *err, const char *code, const char *list, size_t index,
                      const char *member, const char *format, ...) {
  va_list args;
  hcsref_str where;
  if (err == NULL)
    return false;
  if (!hcsref_format(arena, &where, member == NULL ? "%s/%u" : "%s/%u/%s", list, (uint64_t)index, member))
    return hcsref_fail_memory(err);
  va_start(args, format);
  (void)fail_args(arena, err, code, where, format, args);
  va_end(args);
  return false;
}
