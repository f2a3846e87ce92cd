/* SPDX-License-Identifier: Apache-2.0 */
/* The HTML report: readable without its script, which only filters. */
#include "compare/text.h"
#include "io/utf8.h"
#include "report/page.h"

/* Of a value this much is shown. */
#define VALUE_WIDTH ((size_t)4000)

/* Of a question and an answer that much: a page must not grow with what a testee babbles. */
#define BLOCK_WIDTH ((size_t)65536)

static const char *class_of(const kit_result *r) {
  if (r->known == KIT_KNOWN)
    return "listed";
  return r->known == KIT_UNEXPECTED_PASS ? "fixed" : kit_verdict_name(r->verdict);
}

/* How many bytes both texts begin with, up to a character's boundary; and how many they end with behind `start`. */
static size_t common_start(hcsref_str a, hcsref_str b) {
  size_t n = 0, most = a.len < b.len ? a.len : b.len;
  while (n < most && a.data[n] == b.data[n])
    n++;
  while (n > 0 && n < a.len && ((unsigned char)a.data[n] & 0xC0) == 0x80)
    n--;
  return n;
}

static size_t common_end(hcsref_str a, hcsref_str b, size_t start) {
  size_t n = 0, most = (a.len < b.len ? a.len : b.len) - start;
  while (n < most && a.data[a.len - 1 - n] == b.data[b.len - 1 - n])
    n++;
  while (n > 0 && ((unsigned char)a.data[a.len - n] & 0xC0) == 0x80)
    n--;
  return n;
}

/* One side of a difference, with what is not the same on both marked. */
static void print_side(FILE *out, const char *side, hcsref_str value, hcsref_str other) {
  fprintf(out, "<code class=\"%s\">", side);
  if (value.data == NULL) {
    fputs("(nothing)", out);
  } else if (other.data == NULL || value.len > VALUE_WIDTH || other.len > VALUE_WIDTH) {
    kit_print_xml(out, utf8_first(value, VALUE_WIDTH));
    fputs(value.len > VALUE_WIDTH ? "…" : "", out);
  } else {
    size_t start = common_start(value, other), end = common_end(value, other, start);
    kit_print_xml(out, hcsref_str_first(value, start));
    fputs("<mark>", out);
    kit_print_xml(out, hcsref_str_first(hcsref_str_skip(value, start), value.len - start - end));
    fputs("</mark>", out);
    kit_print_xml(out, hcsref_str_skip(value, value.len - end));
  }
  fputs("</code>", out);
}

static void print_differences(FILE *out, const kit_differences *differences) {
  const kit_difference *d;
  size_t shown = 0;
  for (d = differences->first; d != NULL; d = d->next, shown++) {
    fputs("<div class=\"d\"><code>", out);
    kit_print_xml(out, d->pointer.len == 0 ? HCSREF_LIT("(whole)") : d->pointer);
    fprintf(out, "</code> <span class=\"kind\">%s</span>", kit_difference_name(d->kind));
    print_side(out, "e", d->expected, d->actual);
    print_side(out, "a", d->actual, d->expected);
    fputs("</div>", out);
  }
  if (differences->count > shown)
    fprintf(out, "<p>and %llu more</p>", (unsigned long long)(differences->count - shown));
}

static void print_block(FILE *out, const char *label, hcsref_str text) {
  if (text.len == 0)
    return;
  fprintf(out, "<p class=\"t\">%s</p><pre>", label);
  kit_print_xml(out, utf8_first(text, BLOCK_WIDTH));
  fputs(text.len > BLOCK_WIDTH ? "…</pre>" : "</pre>", out);
}

static void print_paragraph(FILE *out, const char *label, hcsref_str text) {
  if (text.len == 0)
    return;
  fprintf(out, "<p><span class=\"t\">%s</span> ", label);
  kit_print_xml(out, text);
  fputs("</p>", out);
}

/* Where upstream has the rule. */
static void print_upstream(FILE *out, const kit_case *c) {
  const kit_json *item = c->upstream == NULL ? NULL : c->upstream->first;
  for (; item != NULL; item = item->next) {
    fputs("<p><span class=\"t\">upstream:</span> <code>", out);
    kit_print_xml(out, kit_json_get_string(item, "file"));
    fputs("</code> <code>", out);
    kit_print_xml(out, kit_json_get_string(item, "symbol"));
    fputs("</code> <span class=\"t\">", out);
    kit_print_xml(out, kit_json_get_string(item, "commit"));
    fputs("</span></p>", out);
  }
}

/* All of it, over several lines. */
static void print_asked(FILE *out, const kit_case *c) {
  const kit_json *params = c->tree == NULL ? NULL : kit_json_get(c->tree, "params");
  hcsref_arena arena;
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  hcsref_arena_init(&arena, NULL, 0);
  if (params != NULL && params->raw.len <= BLOCK_WIDTH)
    kit_json_append_pretty(&buf, params, 0, 100);
  else
    hcsref_buf_append(&buf, c->params);
  print_block(out, "asked", buf.failed ? c->params : hcsref_buf_str(&buf));
  hcsref_arena_free(&arena);
}

static void print_summary(FILE *out, const kit_case *c, const kit_result *r) {
  fprintf(out, "<b>%s</b><code>", class_of(r));
  kit_print_xml(out, c->id);
  fputs("</code>", out);
  if (c->level != KIT_MUST)
    fprintf(out, " <span class=\"t\">(%s)</span>", kit_level_name(c->level));
  if (r->verdict != KIT_PASS) {
    fputs("<span class=\"what\">", out);
    kit_print_xml(out, r->reason);
    fputs("</span>", out);
  }
  fputs(c->has_title ? " <span>" : " <span class=\"t\">", out);
  kit_print_xml(out, c->title);
  fputs("</span>", out);
}

/* In a <noscript>, which the script turns into elements when it is opened. */
static void print_body(FILE *out, const kit_format_state *state, const kit_case *c, const kit_result *r) {
  print_paragraph(out, "why:", c->why);
  print_paragraph(out, "listed:", r->known_reason);
  print_differences(out, &r->differences);
  if (r->differences.offset != 0)
    fprintf(out, "<p>The texts first differ at byte %llu.</p>", (unsigned long long)r->differences.offset);
  print_asked(out, c);
  print_upstream(out, c);
  if (r->differences.first == NULL)
    print_block(out, "answer", r->answer);
  print_block(out, "standard error of the testee", r->stderr_text);
  if (c->params.len == 0)
    return; /* no case of a file */
  fputs("<p class=\"t\">play it again</p><pre>", out);
  kit_print_repro(out, c, state->repro, kit_print_xml);
  fputs("</pre>", out);
}

static void print_group_number(FILE *out, const kit_result *r) {
  if (r->group != KIT_NO_GROUP)
    fprintf(out, " data-g=\"%llu\"", (unsigned long long)r->group);
}

/* Of what was not compared, or passed, a line says all. */
static void html_result(FILE *out, kit_format_state *state, const kit_case *c, const kit_result *r) {
  if (r->verdict == KIT_PASS || r->verdict == KIT_SKIP) {
    fprintf(out, "<div class=\"case %s\" data-case=\"%s\"", class_of(r), class_of(r));
    print_group_number(out, r);
    fputs("><div class=\"head\">", out);
    print_summary(out, c, r);
    print_paragraph(out, "listed:", r->known_reason);
    fputs("</div></div>\n", out);
    return;
  }
  fprintf(out, "<details class=\"case %s\" data-case=\"%s\"", class_of(r), class_of(r));
  print_group_number(out, r);
  fputs("><summary>", out);
  print_summary(out, c, r);
  fputs("</summary><noscript>", out);
  print_body(out, state, c, r);
  fputs("</noscript></details>\n", out);
}

static void print_bar(FILE *out, const kit_summary *s) {
  static const kit_verdict order[] = {KIT_PASS, KIT_FAIL, KIT_BROKEN, KIT_SKIP};
  size_t i;
  fputs("<div class=\"bar\" aria-hidden=\"true\">", out);
  for (i = 0; i < sizeof(order) / sizeof(order[0]); i++)
    if (s->verdicts[order[i]] > 0)
      fprintf(out, "<span class=\"%s\" style=\"flex-grow:%llu\"></span>", kit_verdict_name(order[i]),
              (unsigned long long)s->verdicts[order[i]]);
  fputs("</div>\n", out);
}

static void print_meta(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  fputs("<p class=\"meta\">", out);
  kit_print_xml(out, s->hello.name);
  fputc(' ', out);
  kit_print_xml(out, s->hello.version);
  fputs(" <code>", out);
  kit_print_xml(out, hcsref_cstr(info->command));
  fputs("</code></p>\n<p class=\"meta\">", out);
  if (info->options == NULL) {
    fprintf(out, "%s, %.1f s, hcsproof " HCSPROOF_VERSION "</p>\n", info->started, (double)s->microseconds / 1e6);
    return;
  }
  fputs("profile ", out);
  kit_print_xml(out, kit_report_profile(info));
  fprintf(out, ", compared: %s, errors: %s, %s, %.1f s, hcsproof " HCSPROOF_VERSION "</p>\n",
          kit_tier_name(info->options->rules.tier), info->errors, info->started, (double)s->microseconds / 1e6);
  fputs("<p class=\"meta\">", out);
  kit_print_scope(out, info, kit_print_xml);
  fputs("</p>\n", out);
}

static void print_level(FILE *out, const char *name, const char *outcome, const kit_tally *t) {
  static const kit_verdict order[] = {KIT_PASS, KIT_FAIL, KIT_BROKEN, KIT_SKIP};
  size_t i;
  fprintf(out, "<tr><td>%s</td><td>%s</td>", name, outcome);
  for (i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
    fputs("<td class=\"n\">", out);
    kit_print_tally(out, t, order[i]);
    fputs("</td>", out);
  }
  fputs("</tr>\n", out);
}

static void print_levels(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  int level;
  if (info->terms == NULL)
    return;
  fputs("<table class=\"levels\"><thead><tr><th>level</th><th>outcome</th><th class=\"n\">passed</th>"
        "<th class=\"n\">failed</th><th class=\"n\">broken</th><th class=\"n\">skipped</th></tr></thead><tbody>\n",
        out);
  for (level = KIT_MUST; level <= KIT_MAY; level++) {
    const char *outcome = kit_level_outcome(s, (kit_level)level, info->terms);
    if (outcome != NULL)
      print_level(out, kit_level_name((kit_level)level), outcome, &s->levels[level]);
  }
  fputs("</tbody></table>\n", out);
}

typedef struct group_rows {
  FILE *out;
  const kit_summary *summary;
} group_rows;

static void print_group(void *context, const kit_group *g) {
  const group_rows *rows = context;
  fprintf(rows->out, "<tr><td class=\"n\">%llu</td><td class=\"v %s\">%s</td><td><code>", (unsigned long long)g->cases,
          kit_verdict_name(g->verdict), kit_verdict_name(g->verdict));
  kit_print_xml(rows->out, g->op);
  fprintf(rows->out, "</code></td><td><button type=\"button\" data-group=\"%llu\">",
          (unsigned long long)(g - rows->summary->groups->items));
  kit_print_xml(rows->out, hcsref_cstr(g->kind));
  fputs("</button></td></tr>\n", rows->out);
}

static void print_groups(FILE *out, const kit_summary *s) {
  group_rows rows = {out, s};
  if (s->groups == NULL || s->groups->count == 0)
    return;
  fprintf(out,
          "<details class=\"groups\" open><summary>By operation and kind (%llu)</summary><div class=\"scroll\"><table>"
          "<thead><tr><th class=\"n\">cases</th><th></th><th>operation</th><th>what</th></tr></thead><tbody>\n",
          (unsigned long long)s->groups->count);
  kit_each_group(s, print_group, &rows);
  fputs("</tbody></table></div></details>\n", out);
}

static void print_filters(FILE *out, const kit_summary *s) {
  const kit_page_filter filters[] = {
      {"fail", "fail", s->verdicts[KIT_FAIL] - s->known[KIT_FAIL]},
      {"broken", "broken", s->verdicts[KIT_BROKEN] - s->known[KIT_BROKEN]},
      {"fixed", "fixed", s->unexpected_passes},
      {"listed", "listed", s->known[KIT_FAIL] + s->known[KIT_BROKEN] + s->known[KIT_SKIP]},
      {"skip", "skip", s->verdicts[KIT_SKIP] - s->known[KIT_SKIP]},
      {"pass", "pass", s->verdicts[KIT_PASS] - s->unexpected_passes},
  };
  kit_page_filters(out, filters, sizeof(filters) / sizeof(filters[0]),
                   s->verdicts[KIT_FAIL] + s->verdicts[KIT_BROKEN] > 0);
}

static void html_head(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  char title[100];
  uint64_t i;
  kit_report_title(info, title, sizeof(title));
  kit_page_begin(out, hcsref_cstr(title));
  print_meta(out, info);
  print_levels(out, info);
  print_bar(out, s);
  print_block(out, "stopped", s->stopped);
  for (i = 0; i < s->breaches && i < KIT_BREACHES_KEPT; i++)
    print_block(out, "breach of the protocol", s->breach_texts[i]);
  print_groups(out, s);
  print_filters(out, s);
  fputs("<main>\n", out);
}

static void html_tail(FILE *out, const kit_report_info *info) {
  (void)info;
  fputs("</main>\n", out);
  kit_page_end(out);
}

const kit_format kit_format_html = {"html", html_result, html_head, html_tail, NULL};
