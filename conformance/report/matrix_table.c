/* SPDX-License-Identifier: Apache-2.0 */
#include "report/matrix_table.h"

#include "platform/folder.h"

#include <string.h>

hcsref_str matrix_text(const json_t *object, const char *key) {
  const json_t *value = json_object_get(object, key);
  return json_is_string(value) ? hcsref_str_from(json_string_value(value), json_string_length(value)) : HCSREF_LIT("");
}

const json_t *matrix_result(const column *c, const char *id) {
  return json_object_get(c->by_id, id);
}

bool matrix_is(const json_t *object, const char *key, const char *text) {
  return hcsref_str_equal(matrix_text(object, key), hcsref_cstr(text));
}

bool matrix_is_compared(const json_t *result) {
  return result != NULL && !matrix_is(result, "verdict", "skip");
}

static const char *file_name(const char *path) {
  const char *name = path;
  for (; *path != '\0'; path++)
    if (*path == '/' || *path == '\\')
      name = path + 1;
  return name;
}

void matrix_find_page(column *c, const char *output) {
  size_t length = strlen(c->path), folder = (size_t)(file_name(output) - output);
  c->page[0] = '\0';
  if (length < 6 || length >= sizeof(c->page) || strcmp(c->path + length - 5, ".json") != 0)
    return;
  memcpy(c->page, c->path, length - 5);
  memcpy(c->page + length - 5, ".html", 6);
  if (!kit_path_exists(c->page) || strcmp(c->page, output) == 0)
    c->page[0] = '\0';
  else if ((size_t)(file_name(c->path) - c->path) == folder && memcmp(c->path, output, folder) == 0)
    memmove(c->page, c->page + folder, strlen(c->page + folder) + 1);
}

/* As part of an address. */
static void print_address(FILE *out, const char *text, const char *kept) {
  for (; *text != '\0'; text++) {
    bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') || (*text >= '0' && *text <= '9');
    if (letter || strchr(kept, *text) != NULL)
      fputc(*text, out);
    else
      fprintf(out, "%%%02X", (unsigned)(unsigned char)*text);
  }
}

void matrix_begin_link(FILE *out, const column *c, const char *id) {
  fputs("<a href=\"", out);
  print_address(out, c->page, "-_./~");
  fputs("#", out);
  if (id != NULL) {
    fputs("q=", out);
    print_address(out, id, "-_.~");
  }
  fputs("\">", out);
}
