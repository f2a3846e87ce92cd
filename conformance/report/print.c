/* SPDX-License-Identifier: Apache-2.0 */
/* Text as JSON and as XML. */
#include "io/utf8.h"
#include "report/format.h"
#include "run/cases/headline.h"
#include "run/console.h"

#include <stdlib.h>
#include <string.h>

void kit_print_raw(FILE *out, hcsref_str s) {
  if (s.len > 0)
    fwrite(s.data, 1, s.len, out);
}

/* U+FFFE and U+FFFF, which XML lacks (XML 1.0, 2.2). */
static bool is_no_xml(hcsref_str s, size_t length) {
  return length == 3 && memcmp(s.data, "\xEF\xBF", 2) == 0 && ((unsigned char)s.data[2] & 0xFE) == 0xBE;
}

static const char replacement[] = "\xEF\xBF\xBD";

/* Prints what is at the front of `s`, which no special character is; how many bytes of it that was. */
static size_t print_xml_character(FILE *out, hcsref_str s) {
  size_t length = utf8_length(s);
  char escape[UTF8_ESCAPE];
  if (length == 1 && (s.data[0] == '\n' || s.data[0] == '\t')) {
    fputc(s.data[0], out);
  } else if (length < 2 ? utf8_printable(s) == 0 : is_no_xml(s, length)) {
    fputs(replacement, out);
  } else if (utf8_printable(s) == 0) {
    length = utf8_escape(s, escape);
    fputs(escape, out);
  } else {
    fwrite(s.data, 1, length, out);
  }
  return length == 0 ? 1 : length;
}

void kit_print_xml(FILE *out, hcsref_str s) {
  static const char special[] = "&<>\"'";
  static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
  while (s.len > 0) {
    const char *found = memchr(special, s.data[0], sizeof(special) - 1);
    size_t length = 1;
    if (found != NULL)
      fputs(names[found - special], out);
    else
      length = print_xml_character(out, s);
    s = hcsref_str_skip(s, length);
  }
}

/* A character that nobody sees is the same in JSON when it is written as one or two \u escapes. */
static size_t print_json_hidden(FILE *out, hcsref_str s) {
  char escape[UTF8_ESCAPE];
  size_t length = utf8_length(s);
  unsigned long c;
  if (length == 0) {
    fputs(replacement, out);
    return 1;
  }
  (void)utf8_escape(s, escape);
  c = strtoul(escape + 2, NULL, 16);
  if (c < 0x10000)
    fprintf(out, "\\u%04lx", c);
  else
    fprintf(out, "\\u%04lx\\u%04lx", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF));
  return length;
}

void kit_print_json(FILE *out, hcsref_str s) {
  fputc('"', out);
  while (s.len > 0) {
    size_t length = utf8_printable(s);
    if (length == 0) {
      length = print_json_hidden(out, s);
    } else {
      if (s.data[0] == '"' || s.data[0] == '\\')
        fputc('\\', out);
      fwrite(s.data, 1, length, out);
    }
    s = hcsref_str_skip(s, length);
  }
  fputc('"', out);
}

/* The characters of RFC 3986, 2.3, and the slash. */
static bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c != '\0' && strchr("-._~/", c) != NULL);
}

void kit_print_uri(FILE *out, hcsref_str path) {
  bool drive = path.len > 2 && path.data[1] == ':' && strchr("/\\", path.data[2]) != NULL;
  size_t i;
  fputs(drive ? "file:///" : path.len > 0 && path.data[0] == '/' ? "file://" : "", out);
  for (i = 0; i < path.len; i++) {
    char c = path.data[i] == '\\' ? '/' : path.data[i];
    if (is_unreserved(c) || (drive && i == 1))
      fputc(c, out);
    else
      fprintf(out, "%%%02X", (unsigned)(unsigned char)c);
  }
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

const char *kit_report_subject(const kit_report_info *info) {
  return info->subject == NULL ? "hcsproof" : info->subject;
}

const char *kit_report_outcome(const kit_report_info *info) {
  if (info->subject == NULL)
    return kit_status_text(info->status, info->terms != NULL && info->terms->against);
  return info->status == 0 ? "passed" : "failed";
}

hcsref_str kit_report_profile(const kit_report_info *info) {
  return info->options->anonymous ? HCSREF_LIT("any") : hcsref_profile_name(info->options->profile);
}

void kit_report_title(const kit_report_info *info, char *title, size_t size) {
  static const char *const words[] = {"passed", "failed", "skipped", "broken"};
  const kit_summary *s = info->summary;
  size_t length, i;
  if (info->subject == NULL) {
    snprintf(title, size, "hcsproof: %s", kit_report_outcome(info));
    return;
  }
  length = (size_t)snprintf(title, size, "%s:", info->subject);
  for (i = 0; i < sizeof(words) / sizeof(words[0]) && length < size; i++)
    if (s->verdicts[i] > 0)
      length += (size_t)snprintf(title + length, size - length, "%s %llu %s", title[length - 1] == ':' ? "" : ",",
                                 (unsigned long long)s->verdicts[i], words[i]);
  if (kit_played(s) == 0 && length < size)
    snprintf(title + length, size - length, " nothing was tried");
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

hcsref_str kit_headline(const kit_result *r) {
  return r->known == KIT_UNEXPECTED_PASS ? HCSREF_LIT("passed although it is listed as failing") : r->reason;
}

void kit_print_question(FILE *out, const kit_case *c, size_t width, void (*print)(FILE *out, hcsref_str s)) {
  hcsref_arena arena;
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  hcsref_arena_init(&arena, NULL, 0);
  kit_question_short(&buf, c, width);
  print(out, hcsref_buf_str(&buf));
  hcsref_arena_free(&arena);
}

void kit_each_group(const kit_summary *s, void (*each)(void *context, const kit_group *group), void *context) {
  static const kit_verdict order[] = {KIT_FAIL, KIT_BROKEN, KIT_SKIP};
  const kit_group *sorted[KIT_GROUPS_KEPT];
  size_t i, j;
  for (i = 0; s->groups != NULL && i < sizeof(order) / sizeof(order[0]); i++) {
    size_t count = kit_groups_sorted(s->groups, order[i], sorted);
    for (j = 0; j < count; j++)
      each(context, sorted[j]);
  }
}
