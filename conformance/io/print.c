/* SPDX-License-Identifier: Apache-2.0 */
#include "io/print.h"

#include "io/utf8.h"

#include <string.h>

/* What is on its way to a stream. Standard error has no buffer of its own, and what is written at once does not mix
 * with what others write. */
typedef struct sink {
  FILE *out;
  size_t used;
  char data[2048];
} sink;

static void flush(sink *to) {
  if (to->used > 0)
    fwrite(to->data, 1, to->used, to->out);
  to->used = 0;
}

static void put(sink *to, const char *data, size_t size) {
  while (size > 0) {
    size_t room = sizeof(to->data) - to->used, part = size < room ? size : room;
    memcpy(to->data + to->used, data, part);
    to->used += part;
    data += part;
    size -= part;
    if (to->used == sizeof(to->data))
      flush(to);
  }
}

static void put_number(sink *to, unsigned long long number) {
  char digits[24];
  put(to, digits, (size_t)snprintf(digits, sizeof(digits), "%llu", number));
}

static void put_clean(sink *to, hcsref_str text, size_t width) {
  hcsref_str shown = utf8_first(text, width);
  hcsref_str rest = shown;
  while (rest.len > 0) {
    size_t length = utf8_printable(rest);
    if (length > 0) {
      put(to, rest.data, length);
    } else {
      char escape[UTF8_ESCAPE];
      length = utf8_escape(rest, escape);
      put(to, escape, strlen(escape));
    }
    rest = hcsref_str_skip(rest, length);
  }
  if (shown.len == text.len)
    return;
  put(to, "... (", 5);
  put_number(to, text.len - shown.len);
  put(to, " more bytes)", 12);
}

void kit_print_text(FILE *out, hcsref_str text, size_t width) {
  sink to = {.out = out};
  put_clean(&to, text, width);
  flush(&to);
}

/* How much of a string a precision lets through, read from behind the point; `*format` moves behind it. */
static size_t read_precision(const char **format, va_list *args) {
  size_t precision = 0;
  if (**format == '*') {
    int given = va_arg(*args, int);
    ++*format;
    return given < 0 ? SIZE_MAX : (size_t)given;
  }
  for (; **format >= '0' && **format <= '9'; ++*format)
    precision = precision * 10 + (size_t)(**format - '0');
  return precision;
}

/* A string that need not end where its precision does. */
static hcsref_str bounded(const char *text, size_t most) {
  const char *end;
  if (text == NULL)
    return HCSREF_LIT("");
  if (most == SIZE_MAX)
    return hcsref_cstr(text);
  end = most == 0 ? NULL : memchr(text, '\0', most);
  return hcsref_str_from(text, end == NULL ? most : (size_t)(end - text));
}

static void put_signed(sink *to, int number) {
  char digits[16];
  put(to, digits, (size_t)snprintf(digits, sizeof(digits), "%d", number));
}

/* Prints one argument; returns what follows its directive. */
static const char *put_directive(sink *to, const char *format, va_list *args) {
  size_t precision = SIZE_MAX;
  if (*format == '.') {
    format++;
    precision = read_precision(&format, args);
  }
  if (strncmp(format, "llu", 3) == 0) {
    put_number(to, va_arg(*args, unsigned long long));
    return format + 3;
  }
  if (*format == 's') {
    put_clean(to, bounded(va_arg(*args, const char *), precision), SIZE_MAX);
  } else if (*format == 'v') {
    put_clean(to, va_arg(*args, hcsref_str), SIZE_MAX);
  } else if (*format == 'S') {
    const char *ours = va_arg(*args, const char *);
    put(to, ours, strlen(ours));
  } else if (*format == 'd') {
    put_signed(to, va_arg(*args, int));
  } else {
    put(to, format, 1);
  }
  return format + 1;
}

void kit_print_args(FILE *out, const char *format, va_list args) {
  sink to = {.out = out};
  va_list mine;
  va_copy(mine, args);
  while (*format != '\0') {
    size_t plain = strcspn(format, "%");
    put(&to, format, plain);
    format += plain;
    if (*format == '%')
      format = put_directive(&to, format + 1, &mine);
  }
  va_end(mine);
  flush(&to);
}

void kit_print(FILE *out, const char *format, ...) {
  va_list args;
  va_start(args, format);
  kit_print_args(out, format, args);
  va_end(args);
}

const char *kit_plural(uint64_t count) {
  return count == 1 ? "" : "s";
}
