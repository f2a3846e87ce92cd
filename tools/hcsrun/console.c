/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

#include "run/console.h"

#include <stdio.h>

#define WIDTH 8000u /* of a line */

static void say(FILE *out, const char *before, const char *format, va_list args) {
  hcsref_arena arena;
  hcsref_str text;
  hcsref_arena_init(&arena, NULL, 0);
  if (!hcsref_format_args(&arena, &text, format, args))
    text = HCSREF_LIT("out of memory");
  fputs(before, out);
  kit_print_text(out, text, WIDTH);
  fputc('\n', out);
  hcsref_arena_free(&arena);
}

void tell_args(const char *format, va_list args) {
  say(stderr, "hcsrun: ", format, args);
}

void tell(const char *format, ...) {
  va_list args;
  va_start(args, format);
  tell_args(format, args);
  va_end(args);
}

void print(const char *format, ...) {
  va_list args;
  va_start(args, format);
  say(stdout, "", format, args);
  va_end(args);
}

int complain(const hcsref_error *err, int status) {
  tell(err->where.len == 0 ? "%v%v [%s]" : "%v: %v [%s]", err->where, err->message, err->code);
  return status;
}
