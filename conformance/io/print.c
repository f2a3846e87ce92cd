/* SPDX-License-Identifier: Apache-2.0 */
#include "io/print.h"

#include "io/utf8.h"

#include <string.h>

void kit_print_text(FILE *out, hcsref_str text, size_t width) {
  hcsref_str shown = utf8_first(text, width);
  hcsref_str rest = shown;
  while (rest.len > 0) {
    size_t length = utf8_printable(rest);
    if (length > 0) {
      fwrite(rest.data, 1, length, out);
    } else {
      char escape[UTF8_ESCAPE];
      length = utf8_escape(rest, escape);
      fputs(escape, out);
    }
    rest = hcsref_str_skip(rest, length);
  }
  if (shown.len < text.len)
    fprintf(out, "... (%llu more bytes)", (unsigned long long)(text.len - shown.len));
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

/* Prints one argument; returns what follows its directive. */
static const char *print_directive(FILE *out, const char *format, va_list *args) {
  size_t precision = SIZE_MAX;
  if (*format == '.') {
    format++;
    precision = read_precision(&format, args);
  }
  if (strncmp(format, "llu", 3) == 0) {
    fprintf(out, "%llu", va_arg(*args, unsigned long long));
    return format + 3;
  }
  if (*format == 's')
    kit_print_text(out, bounded(va_arg(*args, const char *), precision), SIZE_MAX);
  else if (*format == 'v')
    kit_print_text(out, va_arg(*args, hcsref_str), SIZE_MAX);
  else if (*format == 'S')
    fputs(va_arg(*args, const char *), out);
  else if (*format == 'd')
    fprintf(out, "%d", va_arg(*args, int));
  else
    fputc(*format, out);
  return format + 1;
}

void kit_print_args(FILE *out, const char *format, va_list args) {
  va_list mine;
  va_copy(mine, args);
  while (*format != '\0') {
    size_t plain = strcspn(format, "%");
    fwrite(format, 1, plain, out);
    format += plain;
    if (*format == '%')
      format = print_directive(out, format + 1, &mine);
  }
  va_end(mine);
}

void kit_print(FILE *out, const char *format, ...) {
  va_list args;
  va_start(args, format);
  kit_print_args(out, format, args);
  va_end(args);
}
