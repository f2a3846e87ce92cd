/* SPDX-License-Identifier: Apache-2.0 */
/* A summary for a job's page or a pull request: totals, then the failures, folded. */
#include "io/utf8.h"
#include "report/format.h"

#include <string.h>

/* Job summaries are limited in size; past this a count must do. */
#define MOST_FAILURES 100
#define VALUE_WIDTH   400
#define MOST_GROUPS   20

/* Inside <code>: HTML, and no character that begins Markdown. */
static void print_code(FILE *out, hcsref_str s) {
  while (s.len > 0) {
    unsigned char c = (unsigned char)s.data[0];
    size_t length = utf8_length(s);
    length = length == 0 ? 1 : length;
    if (c == '\n' || c == '\r')
      fputs("&#10;", out);
    else if (strchr("|`*_[]\\~", c) != NULL && c != '\0')
      fprintf(out, "&#%u;", c);
    else
      kit_print_xml(out, hcsref_str_first(s, length));
    s = hcsref_str_skip(s, length);
  }
}

static void markdown_result(FILE *out, kit_format_state *state, const kit_case *c, const kit_result *r) {
  const kit_difference *d;
  if (!kit_is_news(r) || state->written++ >= MOST_FAILURES)
    return;
  fprintf(out, "<details><summary><b>%s</b> <code>",
          r->known == KIT_UNEXPECTED_PASS ? "fixed" : kit_verdict_name(r->verdict));
  print_code(out, c->id);
  fputs("</code> ", out);
  print_code(out, kit_headline(r));
  fputs("</summary>\n\n", out);
  if (c->title.len != 0) {
    print_code(out, c->title);
    fputs("<br>", out);
  }
  print_code(out, c->why);
  if (c->params.len != 0) {
    fputs("<br>asked: <code>", out);
    kit_print_question(out, c, VALUE_WIDTH, print_code);
    fputs("</code>", out);
  }
  fputs("\n\n", out);
  if (r->differences.first != NULL)
    fputs("| where | kind | expected | actual |\n|---|---|---|---|\n", out);
  for (d = r->differences.first; d != NULL; d = d->next) {
    fputs("| <code>", out);
    print_code(out, d->pointer.len == 0 ? HCSREF_LIT("(whole)") : d->pointer);
    fprintf(out, "</code> | %s | <code>", kit_difference_name(d->kind));
    print_code(out, d->expected.data == NULL ? HCSREF_LIT("(nothing)") : hcsref_str_first(d->expected, VALUE_WIDTH));
    fputs("</code> | <code>", out);
    print_code(out, d->actual.data == NULL ? HCSREF_LIT("(nothing)") : hcsref_str_first(d->actual, VALUE_WIDTH));
    fputs("</code> |\n", out);
  }
  if (c->params.len != 0) {
    fputs("\n<code>", out);
    kit_print_repro(out, c, state->repro, print_code);
    fputs("</code>", out);
  }
  fputs("\n\n</details>\n\n", out);
}

static void print_row(FILE *out, const char *name, const char *outcome, const kit_tally *t) {
  static const kit_verdict verdicts[] = {KIT_PASS, KIT_FAIL, KIT_BROKEN, KIT_SKIP};
  size_t i;
  fprintf(out, "| %s | %s |", name, outcome);
  for (i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++) {
    fputc(' ', out);
    kit_print_tally(out, t, verdicts[i]);
    fputs(" |", out);
  }
  fputc('\n', out);
}

static void print_levels(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  kit_tally all;
  int level;
  memcpy(all.verdicts, s->verdicts, sizeof(all.verdicts));
  memcpy(all.known, s->known, sizeof(all.known));
  fputs("| level | outcome | passed | failed | broken | skipped |\n|---|---|---:|---:|---:|---:|\n", out);
  for (level = KIT_MUST; info->terms != NULL && level <= KIT_MAY; level++) {
    const char *outcome = kit_level_outcome(s, (kit_level)level, info->terms);
    if (outcome != NULL)
      print_row(out, kit_level_name((kit_level)level), outcome, &s->levels[level]);
  }
  print_row(out, "all", kit_report_outcome(info), &all);
  fputc('\n', out);
}

static void print_line(FILE *out, const char *label, hcsref_str text) {
  if (text.len == 0)
    return;
  fprintf(out, "%s ", label);
  print_code(out, text);
  fputs("\n\n", out);
}

typedef struct group_rows {
  FILE *out;
  size_t count;
} group_rows;

static void print_group(void *context, const kit_group *g) {
  group_rows *rows = context;
  if (rows->count++ >= MOST_GROUPS)
    return;
  fprintf(rows->out, "| %llu | %s | ", (unsigned long long)g->cases, kit_verdict_name(g->verdict));
  print_code(rows->out, g->op);
  fputs(" | ", rows->out);
  print_code(rows->out, hcsref_cstr(g->kind));
  fputs(" | <code>", rows->out);
  print_code(rows->out, g->first);
  fputs("</code> |\n", rows->out);
}

/* What was alike. */
static void print_groups(FILE *out, const kit_summary *s) {
  group_rows rows = {out, 0};
  if (s->groups == NULL || s->groups->count == 0)
    return;
  fputs("| cases | | operation | what | first |\n|---:|---|---|---|---|\n", out);
  kit_each_group(s, print_group, &rows);
  if (rows.count > MOST_GROUPS)
    fprintf(out, "\nand %llu more kinds\n", (unsigned long long)(rows.count - MOST_GROUPS));
  fputc('\n', out);
}

static void markdown_head(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  char title[100];
  kit_report_title(info, title, sizeof(title));
  fprintf(out, "## %s\n\n", title);
  print_code(out, s->hello.name.len == 0 ? hcsref_cstr(info->command) : s->hello.name);
  fputc(' ', out);
  print_code(out, s->hello.version);
  if (info->options != NULL) {
    fputs(", profile ", out);
    print_code(out, kit_report_profile(info));
    fprintf(out, ", compared: %s<br>\n", kit_tier_name(info->options->rules.tier));
  }
  kit_print_scope(out, info, print_code);
  fputs("\n\n", out);
  print_levels(out, info);
  print_line(out, "Stopped:", s->stopped);
  print_groups(out, s);
}

static void markdown_tail(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  uint64_t bad = s->verdicts[KIT_FAIL] + s->verdicts[KIT_BROKEN] - s->known[KIT_FAIL] - s->known[KIT_BROKEN] +
                 s->unexpected_passes;
  uint64_t i;
  if (bad > MOST_FAILURES)
    fprintf(out, "and %llu more\n\n", (unsigned long long)(bad - MOST_FAILURES));
  for (i = 0; i < s->breaches && i < KIT_BREACHES_KEPT; i++) {
    fputs("- ", out);
    print_code(out, s->breach_texts[i]);
    fputc('\n', out);
  }
}

const kit_format kit_format_markdown = {"markdown", markdown_result, markdown_head, markdown_tail, NULL};
