/* SPDX-License-Identifier: Apache-2.0 */
/* Text as JSON and as XML. */
#include "io/utf8.h"
#include "report/format.h"
#include "run/console.h"

#include <string.h>

void kit_print_raw(FILE *out, hcsref_str s) {
  if (s.len > 0)
    fwrite(s.data, 1, s.len, out);
}

/* How many bytes of `s` are the same character in XML: 0 when they must be replaced. U+FFFE and U+FFFF, which XML
 * lacks, are rare enough to be let through. */
static size_t character_length(hcsref_str s) {
  unsigned char c = (unsigned char)s.data[0];
  return c < 0x20 && c != '\n' && c != '\t' ? 0 : utf8_length(s);
}

void kit_print_xml(FILE *out, hcsref_str s) {
  static const char special[] = "&<>\"'";
  static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
  while (s.len > 0) {
    size_t length = character_length(s);
    const char *found = memchr(special, s.data[0], sizeof(special) - 1);
    if (found != NULL)
      fputs(names[found - special], out);
    else if (length == 0)
      fputs("\xEF\xBF\xBD", out);
    else
      fwrite(s.data, 1, length, out);
    s = hcsref_str_skip(s, length == 0 ? 1 : length);
  }
}

void kit_print_json(FILE *out, hcsref_str s) {
  size_t i = 0;
  fputc('"', out);
  while (i < s.len) {
    unsigned char c = (unsigned char)s.data[i];
    size_t length = c < 0x20 ? 1 : character_length(hcsref_str_skip(s, i));
    if (c == '"' || c == '\\')
      fprintf(out, "\\%c", c);
    else if (c < 0x20 || c == 0x7F)
      fprintf(out, "\\u%04x", c);
    else if (length == 0)
      fputs("\xEF\xBF\xBD", out);
    else
      fwrite(s.data + i, 1, length, out);
    i += length == 0 ? 1 : length;
  }
  fputc('"', out);
}

void kit_print_repro(FILE *out, const kit_case *c, hcsref_str repro, void (*print)(FILE *out, hcsref_str s)) {
  hcsref_arena arena;
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  hcsref_arena_init(&arena, NULL, 0);
  kit_append_repro(&buf, c, repro);
  print(out, buf.failed ? HCSREF_LIT("hcsproof run") : hcsref_buf_str(&buf));
  hcsref_arena_free(&arena);
}

bool kit_is_news(const kit_result *r) {
  bool bad = r->verdict == KIT_FAIL || r->verdict == KIT_BROKEN;
  return r->known == KIT_UNEXPECTED_PASS || (bad && r->known != KIT_KNOWN);
}

bool kit_counts(const kit_case *c, const kit_result *r, bool strict) {
  return kit_is_news(r) && (strict || c->level != KIT_MAY || r->verdict != KIT_FAIL);
}

void kit_print_scope(FILE *out, const kit_report_info *info, void (*print)(FILE *out, hcsref_str s)) {
  hcsref_arena arena;
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  if (info->scope == NULL)
    return;
  hcsref_arena_init(&arena, NULL, 0);
  kit_scope_append(&buf, info->scope, kit_played(info->summary));
  print(out, hcsref_buf_str(&buf));
  hcsref_arena_free(&arena);
}

void kit_print_tally(FILE *out, const kit_tally *tally, kit_verdict verdict) {
  fprintf(out, "%llu", (unsigned long long)tally->verdicts[verdict]);
  if (tally->known[verdict] > 0)
    fprintf(out, " (%llu as listed)", (unsigned long long)tally->known[verdict]);
}

static void print_cut(FILE *out, hcsref_str s, size_t width, void (*print)(FILE *out, hcsref_str s)) {
  if (s.data == NULL)
    s = HCSREF_LIT("nothing");
  if (s.len <= width) {
    print(out, s);
    return;
  }
  print(out, utf8_first(s, width));
  print(out, HCSREF_LIT("..."));
}

void kit_print_first_difference(FILE *out, const kit_result *r, size_t width, void (*print)(FILE *out, hcsref_str s)) {
  const kit_difference *d = r->differences.first;
  if (d == NULL)
    return;
  fprintf(out, "%s at ", kit_difference_name(d->kind));
  print(out, d->pointer.len == 0 ? HCSREF_LIT("the whole") : d->pointer);
  fputs(": expected ", out);
  print_cut(out, d->expected, width, print);
  fputs(", actual ", out);
  print_cut(out, d->actual, width, print);
}
