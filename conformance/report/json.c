/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON report (schemas/report.json), and what is small enough to be built like it: the badge. */
#include "report/format.h"

static void print_member(FILE *out, const char *key, hcsref_str value) {
  fprintf(out, ",\"%s\":", key);
  kit_print_json(out, value);
}

static void print_optional(FILE *out, const char *key, hcsref_str value) {
  if (value.len != 0)
    print_member(out, key, value);
}

static void print_differences(FILE *out, const kit_differences *differences) {
  const kit_difference *d;
  fprintf(out, ",\"difference_count\":%llu,\"differences\":[", (unsigned long long)differences->count);
  for (d = differences->first; d != NULL; d = d->next) {
    fprintf(out, "%s{\"kind\":\"%s\"", d == differences->first ? "" : ",", kit_difference_name(d->kind));
    print_member(out, "pointer", d->pointer);
    if (d->expected.data != NULL)
      print_member(out, "expected", d->expected);
    if (d->actual.data != NULL)
      print_member(out, "actual", d->actual);
    fputc('}', out);
  }
  fputc(']', out);
}

static void print_details(FILE *out, const kit_format_state *state, const kit_case *c, const kit_result *r) {
  fprintf(out, ",\"class\":\"%s\"", kit_failure_name(r->failure));
  print_member(out, "reason", r->reason);
  print_member(out, "title", c->title);
  print_optional(out, "why", c->why);
  print_optional(out, "asked", c->params);
  if (r->group != KIT_NO_GROUP)
    fprintf(out, ",\"group\":%llu", (unsigned long long)r->group);
  if (r->differences.count > 0)
    print_differences(out, &r->differences);
  if (r->differences.offset > 0)
    fprintf(out, ",\"offset\":%llu", (unsigned long long)r->differences.offset);
  print_optional(out, "answer", hcsref_str_first(r->answer, 65536));
  print_optional(out, "stderr", r->stderr_text);
  if (c->params.len != 0) {
    fputs(",\"repro\":", out);
    kit_print_repro(out, c, state->repro, kit_print_json);
  }
}

static void json_result(FILE *out, kit_format_state *state, const kit_case *c, const kit_result *r) {
  fputs(state->count == 0 ? "{\"id\":" : ",\n{\"id\":", out);
  kit_print_json(out, c->id);
  print_member(out, "op", c->op);
  fprintf(out, ",\"level\":\"%s\"", kit_level_name(c->level));
  print_member(out, "file", c->file);
  if (c->line != 0)
    fprintf(out, ",\"line\":%llu", (unsigned long long)c->line);
  fprintf(out, ",\"verdict\":\"%s\",\"milliseconds\":%.3f", kit_verdict_name(r->verdict),
          (double)r->microseconds / 1e3);
  if (r->known != KIT_NOT_LISTED) {
    fprintf(out, ",\"listed\":\"%s\"", r->known == KIT_KNOWN ? "as-expected" : "unexpected-pass");
    print_optional(out, "listed_reason", r->known_reason);
  }
  if (r->verdict != KIT_PASS)
    print_details(out, state, c, r);
  fputc('}', out);
}

static void print_testee(FILE *out, const kit_report_info *info) {
  const kit_hello *h = &info->summary->hello;
  fputs("\"testee\":{\"command\":", out);
  kit_print_json(out, hcsref_cstr(info->command));
  print_optional(out, "name", h->name);
  print_optional(out, "version", h->version);
  print_optional(out, "language", h->language);
  fputs("},\n", out);
}

static void print_totals(FILE *out, const kit_summary *s) {
  fprintf(out,
          "\"totals\":{\"played\":%llu,\"pass\":%llu,\"fail\":%llu,\"broken\":%llu,\"skip\":%llu,\"skipped_must\":%llu,"
          "\"listed\":%llu,\"unexpected_passes\":%llu,\"restarts\":%llu,\"unreadable\":%llu},\n",
          (unsigned long long)kit_played(s), (unsigned long long)s->verdicts[KIT_PASS],
          (unsigned long long)s->verdicts[KIT_FAIL], (unsigned long long)s->verdicts[KIT_BROKEN],
          (unsigned long long)s->verdicts[KIT_SKIP], (unsigned long long)s->skipped_must,
          (unsigned long long)(s->known[KIT_FAIL] + s->known[KIT_BROKEN] + s->known[KIT_SKIP]),
          (unsigned long long)s->unexpected_passes, (unsigned long long)s->restarts,
          (unsigned long long)s->case_errors);
}

static void print_levels(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  int level, printed = 0;
  fprintf(out, "\"strict\":%s,\"levels\":{", info->terms->strict ? "true" : "false");
  for (level = KIT_MUST; level <= KIT_MAY; level++) {
    const kit_tally *t = &s->levels[level];
    const char *outcome = kit_level_outcome(s, (kit_level)level, info->terms);
    if (outcome == NULL)
      continue;
    fprintf(out,
            "%s\"%s\":{\"outcome\":\"%s\",\"pass\":%llu,\"fail\":%llu,\"broken\":%llu,\"skip\":%llu,\"listed\":%llu}",
            printed++ == 0 ? "" : ",", kit_level_name((kit_level)level), outcome,
            (unsigned long long)t->verdicts[KIT_PASS], (unsigned long long)t->verdicts[KIT_FAIL],
            (unsigned long long)t->verdicts[KIT_BROKEN], (unsigned long long)t->verdicts[KIT_SKIP],
            (unsigned long long)(t->known[KIT_FAIL] + t->known[KIT_BROKEN] + t->known[KIT_SKIP]));
  }
  fputs("},\n", out);
}

static void print_scope(FILE *out, const kit_scope *scope, uint64_t played) {
  size_t i;
  fputs("\"scope\":{\"suites\":[", out);
  for (i = 0; i < scope->suite_count; i++) {
    const kit_suite_id *suite = &scope->suites[i];
    fputs(i == 0 ? "{\"path\":" : ",{\"path\":", out);
    kit_print_json(out, hcsref_cstr(suite->path));
    print_optional(out, "version", suite->version);
    print_member(out, "digest", hcsref_cstr(suite->digest));
    fprintf(out, ",\"changed_files\":%llu}", (unsigned long long)suite->changed);
  }
  fprintf(out, "],\"played\":%llu,\"of\":%llu", (unsigned long long)played,
          (unsigned long long)kit_scope_total(scope, played));
  print_member(out, "filters", scope->filters);
  print_optional(out, "compared_with", scope->compared_with);
  fputs("},\n", out);
}

/* In the order of their numbers: results name them. */
static void print_groups(FILE *out, const kit_groups *groups) {
  size_t i;
  fputs("\"groups\":[", out);
  for (i = 0; groups != NULL && i < groups->count; i++) {
    const kit_group *g = &groups->items[i];
    fprintf(out, "%s{\"verdict\":\"%s\",\"cases\":%llu", i == 0 ? "" : ",\n", kit_verdict_name(g->verdict),
            (unsigned long long)g->cases);
    print_member(out, "op", g->op);
    print_member(out, "kind", hcsref_cstr(g->kind));
    print_member(out, "first", g->first);
    fputc('}', out);
  }
  fputs("],\n", out);
}

/* What was compared, and how. */
static void print_terms(FILE *out, const kit_report_info *info) {
  static const char *const modes[] = {"pipe", "one-shot", "documents"};
  if (info->options == NULL) {
    fputs("\"mode\":\"containers\",\n", out);
    return;
  }
  fprintf(out, "\"mode\":\"%s\",\"compare\":\"%s\",\"errors\":\"%s\",\"profile\":", modes[info->options->mode],
          kit_tier_name(info->options->rules.tier), info->errors);
  kit_print_json(out, kit_report_profile(info));
  fputs(",\n", out);
}

static void json_head(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  uint64_t i;
  fputs("{\"report\":1,\"kit\":\"hcsproof " HCSPROOF_VERSION "\"", out);
  print_member(out, "started", hcsref_cstr(info->started));
  fprintf(out, ",\"milliseconds\":%.3f,\n", (double)s->microseconds / 1e3);
  print_testee(out, info);
  print_terms(out, info);
  fprintf(out, "\"status\":%d,\"outcome\":\"%s\",\n", info->status, kit_report_outcome(info));
  print_totals(out, s);
  if (info->scope != NULL)
    print_scope(out, info->scope, kit_played(s));
  if (info->terms != NULL)
    print_levels(out, info);
  if (s->stopped.len != 0) {
    fputs("\"stopped\":", out);
    kit_print_json(out, s->stopped);
    fputs(",\n", out);
  }
  fprintf(out, "\"breach_count\":%llu,\"breaches\":[", (unsigned long long)s->breaches);
  for (i = 0; i < s->breaches && i < KIT_BREACHES_KEPT; i++) {
    fputs(i == 0 ? "" : ",", out);
    kit_print_json(out, s->breach_texts[i]);
  }
  fputs("],\n", out);
  print_groups(out, s->groups);
  fputs("\"results\":[\n", out);
}

static void json_tail(FILE *out, const kit_report_info *info) {
  (void)info;
  fputs("\n]}\n", out);
}

const kit_format kit_format_json = {"json", json_result, json_head, json_tail, NULL};

/* ---- badge: a shields.io endpoint --------------------------------------------------------------------- */

static bool is_whole(const kit_report_info *info) {
  uint64_t played = kit_played(info->summary);
  return info->scope == NULL || kit_scope_total(info->scope, played) == played;
}

/* Green only for what was compared, and bright only for all of it. */
static const char *badge_color(const kit_report_info *info) {
  static const char *const colors[] = {"brightgreen", "red", "lightgrey", "critical", "lightgrey", "orange"};
  if (info->status == 0 && (!is_whole(info) || info->summary->verdicts[KIT_SKIP] > 0))
    return "green";
  return info->status >= 0 && info->status < 6 ? colors[info->status] : "lightgrey";
}

static void badge_head(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  uint64_t played = kit_played(s);
  fprintf(out, "{\"schemaVersion\":1,\"label\":\"%s\",\"message\":\"", kit_report_subject(info));
  if (kit_compared(s) > 0)
    fprintf(out, "%llu/%llu ", (unsigned long long)s->verdicts[KIT_PASS], (unsigned long long)played);
  if (kit_compared(s) > 0 && !is_whole(info))
    fprintf(out, "of %llu ", (unsigned long long)kit_scope_total(info->scope, played));
  fprintf(out, "%s\",\"color\":\"%s\"}\n", kit_report_outcome(info), badge_color(info));
}

const kit_format kit_format_badge = {"badge", NULL, badge_head, NULL, NULL};
