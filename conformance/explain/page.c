/* SPDX-License-Identifier: Apache-2.0 */
#include "explain/page.h"

#include "io/print.h"
#include "io/utf8.h"
#include "platform/platform.h"
#include "report/format.h"

#include <string.h>

/* ---- filling --------------------------------------------------------------------------------------------- */

void explain_title(explain_page *page, const char *kind, const char *format, ...) {
  va_list args;
  page->kind = kind;
  va_start(args, format);
  page->failed = page->failed || !hcsref_format_args(page->arena, &page->title, format, args);
  va_end(args);
}

void explain_part_begin(explain_page *page, const char *name, const char *heading) {
  explain_part *part = hcsref_arena_alloc(page->arena, sizeof(*part));
  if (part == NULL) {
    page->failed = true;
    return;
  }
  part->name = name;
  part->heading = heading;
  if (page->last == NULL)
    page->first = part;
  else
    page->last->next = part;
  page->last = part;
}

static void add_line(explain_page *page, hcsref_str text, bool verbatim) {
  explain_part *part = page->last;
  explain_line *line = page->failed ? NULL : hcsref_arena_alloc(page->arena, sizeof(*line));
  if (line == NULL) {
    page->failed = true;
    return;
  }
  line->text = text;
  line->verbatim = verbatim;
  if (part->last == NULL)
    part->first = line;
  else
    part->last->next = line;
  part->last = line;
}

void explain_say(explain_page *page, const char *format, ...) {
  hcsref_str text = {NULL, 0};
  va_list args;
  va_start(args, format);
  page->failed = page->failed || !hcsref_format_args(page->arena, &text, format, args);
  va_end(args);
  add_line(page, text, false);
}

void explain_show(explain_page *page, hcsref_str text) {
  hcsref_str copy = {NULL, 0};
  page->failed = page->failed || !hcsref_str_copy(page->arena, text, &copy);
  add_line(page, copy, true);
}

/* ---- for people -------------------------------------------------------------------------------------------- */

size_t explain_width(FILE *out) {
  unsigned width = platform_terminal_width(out);
  if (width == 0)
    return EXPLAIN_WIDTH;
  return width < EXPLAIN_LEAST_WIDTH ? EXPLAIN_LEAST_WIDTH : width > EXPLAIN_MOST_WIDTH ? EXPLAIN_MOST_WIDTH : width;
}

/* Characters, of which each is taken for one column. */
static size_t columns(hcsref_str text) {
  size_t count = 0;
  while (text.len > 0) {
    size_t length = utf8_length(text);
    text = hcsref_str_skip(text, length == 0 ? 1 : length);
    count++;
  }
  return count;
}

static hcsref_str next_word(hcsref_str *text) {
  const char *space = memchr(text->data, ' ', text->len);
  hcsref_str word = space == NULL ? *text : hcsref_str_first(*text, (size_t)(space - text->data));
  *text = hcsref_str_skip(*text, word.len + 1);
  return word;
}

/* A word that is wider than the page is not broken: it may be a link or a path. */
static void print_wrapped(FILE *out, hcsref_str text, size_t width, const char *indent) {
  size_t column = 0, margin = strlen(indent);
  while (text.len > 0) {
    hcsref_str word = next_word(&text);
    size_t size = columns(word);
    if (column > 0 && column + 1 + size > width) {
      fputc('\n', out);
      column = 0;
    }
    fputs(column == 0 ? indent : " ", out);
    kit_print_text(out, word, SIZE_MAX);
    column += (column == 0 ? margin : 1) + size;
  }
  fputc('\n', out);
}

static void print_as_is(FILE *out, hcsref_str text) {
  do {
    const char *end = text.len == 0 ? NULL : memchr(text.data, '\n', text.len);
    hcsref_str line = end == NULL ? text : hcsref_str_first(text, (size_t)(end - text.data));
    text = hcsref_str_skip(text, line.len + 1);
    fputs("  ", out);
    kit_print_text(out, line, SIZE_MAX);
    fputc('\n', out);
  } while (text.len > 0);
}

void explain_print(FILE *out, const explain_page *page, size_t width) {
  print_wrapped(out, page->title, width, "");
  for (const explain_part *part = page->first; part != NULL; part = part->next) {
    if (part->first == NULL)
      continue;
    kit_print(out, "\n%s\n", part->heading);
    for (const explain_line *line = part->first; line != NULL; line = line->next) {
      if (line->verbatim)
        print_as_is(out, line->text);
      else
        print_wrapped(out, line->text, width, "  ");
    }
  }
}

/* ---- for tools --------------------------------------------------------------------------------------------- */

static void print_lines(FILE *out, const explain_part *part) {
  fputs(",\"lines\":[", out);
  for (const explain_line *line = part->first; line != NULL; line = line->next) {
    kit_print_json(out, line->text);
    fputs(line->next != NULL ? "," : "]}", out);
  }
}

void explain_print_json(FILE *out, hcsref_str what, const explain_page *page) {
  const char *comma = "";
  fputs("{\"what\":", out);
  kit_print_json(out, what);
  fputs(",\"kind\":", out);
  kit_print_json(out, hcsref_cstr(page->kind));
  fputs(",\"title\":", out);
  kit_print_json(out, page->title);
  fputs(",\"sections\":[", out);
  for (const explain_part *part = page->first; part != NULL; part = part->next) {
    if (part->first == NULL)
      continue;
    kit_print(out, "%S", comma);
    fputs("{\"name\":", out);
    kit_print_json(out, hcsref_cstr(part->name));
    fputs(",\"heading\":", out);
    kit_print_json(out, hcsref_cstr(part->heading));
    print_lines(out, part);
    comma = ",";
  }
  fputs("]}", out);
}
