/* SPDX-License-Identifier: Apache-2.0 */
/* The codec's side of the comparison with Go. Without arguments reads lines "TABLE MODE HEX" (MODE: w for a whole text,
 * s for a stream; HEX: the text's bytes) and answers each with "O HEX", what it writes after decoding, or "E HEX", the
 * message. With --tables prints "TABLE GO-TYPE" for each table. Exit status: 0; 2 for a line of another form. */
#include "hcsref/hcsref.h"

#include <stdio.h>
#include <string.h>

#define LONGEST_LINE ((size_t)1 << 24)

static char line[LONGEST_LINE];

static void print_tables(void) {
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  for (size_t i = 0; i < count; i++)
    printf("%s %s\n", schemas[i].name, schemas[i].type->go_name);
}

static void print_hex(char kind, hcsref_str s) {
  printf("%c ", kind);
  for (size_t i = 0; i < s.len; i++)
    printf("%02x", (unsigned)(unsigned char)s.data[i]);
  putchar('\n');
  fflush(stdout);
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Turns the digits into bytes where they stand; false when they are none. */
static bool unhex(char *text, size_t *len) {
  size_t n = 0;
  for (const char *p = text; *p != '\0' && *p != '\n'; p += 2) {
    int high = hex_value(p[0]);
    int low = high < 0 ? -1 : hex_value(p[1]);
    if (low < 0)
      return false;
    text[n++] = (char)(high << 4 | low);
  }
  *len = n;
  return true;
}

static bool answer(hcsref_arena *arena, const hcsref_type *type, hcsref_json_mode mode, hcsref_str text) {
  void *value = hcsref_arena_alloc(arena, type->size);
  hcsref_error err;
  hcsref_str out;
  if (value == NULL)
    return false;
  if (hcsref_json_decode(arena, text, type, mode, value, &err) && hcsref_json_encode(arena, type, value, &out, &err))
    print_hex('O', out);
  else
    print_hex('E', err.message);
  return true;
}

static bool answer_line(hcsref_arena *arena) {
  char *mode = strchr(line, ' ');
  size_t len;
  const hcsref_schema *schema;
  if (mode == NULL || mode[1] == '\0' || mode[2] != ' ' || !unhex(mode + 3, &len))
    return false;
  schema = hcsref_schema_find(hcsref_str_from(line, (size_t)(mode - line)));
  return schema != NULL && answer(arena, schema->type, mode[1] == 's' ? HCSREF_JSON_STREAM : HCSREF_JSON_WHOLE,
                                  hcsref_str_from(mode + 3, len));
}

int main(int argc, char **argv) {
  hcsref_arena arena;
  bool ok = true;
  if (argc > 1 && strcmp(argv[1], "--tables") == 0) {
    print_tables();
    return 0;
  }
  hcsref_arena_init(&arena, NULL, 0);
  while (ok && fgets(line, sizeof(line), stdin) != NULL) {
    ok = answer_line(&arena);
    hcsref_arena_reset(&arena);
  }
  hcsref_arena_free(&arena);
  return ok ? 0 : 2;
}
