/* SPDX-License-Identifier: Apache-2.0 */
/* Where a code host shows a failure beside the file: GitHub workflow commands, and SARIF 2.1.0. Both point at the
 * case's file. */
#include "io/utf8.h"
#include "report/format.h"
#include "run/cases/headline.h"

#include <string.h>

/* GitHub shows ten of a kind for a step; a few more are kept for the log. */
#define MOST_ANNOTATIONS 50
/* Of a question this much is shown. */
#define QUESTION_WIDTH ((size_t)300)

/* ---- GitHub ------------------------------------------------------------------------------------------- */

void kit_print_annotation(FILE *out, hcsref_str s, const char *special) {
  while (s.len > 0) {
    size_t length = utf8_printable(s);
    unsigned char c = (unsigned char)s.data[0];
    if (c == '%' || c == '\r' || c == '\n' || (c != '\0' && strchr(special, c) != NULL)) {
      fprintf(out, "%%%02X", c);
      length = 1;
    } else if (length == 0) {
      char escape[UTF8_ESCAPE];
      length = utf8_escape(s, escape); /* the log is a terminal's */
      fputs(escape, out);
    } else {
      fwrite(s.data, 1, length, out);
    }
    s = hcsref_str_skip(s, length);
  }
}

static void print_property(FILE *out, hcsref_str s) {
  kit_print_annotation(out, s, ":,");
}

static void print_message(FILE *out, hcsref_str s) {
  kit_print_annotation(out, s, "%");
}

static void github_result(FILE *out, kit_format_state *state, const kit_case *c, const kit_result *r) {
  static const char *const kinds[] = {"error", "warning", "notice"};
  if (!kit_is_news(r) || state->written++ >= MOST_ANNOTATIONS)
    return;
  fprintf(out, "::%s ", kit_counts(c, r, state->strict) ? kinds[c->level == KIT_MUST ? 0 : 1] : kinds[2]);
  if (c->file.len != 0) {
    fputs("file=", out);
    print_property(out, c->file);
    fputc(',', out);
  }
  if (c->line != 0)
    fprintf(out, "line=%llu,", (unsigned long long)c->line);
  fputs("title=", out);
  print_property(out, c->id);
  fputs("::", out);
  print_message(out, kit_headline(r));
  fputs("%0Arule: ", out);
  print_message(out, c->title);
  if (c->why.len != 0) {
    fputs("%0Awhy: ", out);
    print_message(out, c->why);
  }
  if (c->params.len != 0) {
    fputs("%0Aasked: ", out);
    kit_print_question(out, c, QUESTION_WIDTH, print_message);
  }
  fputc('\n', out);
}

static void github_tail(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  if (info->status == 0)
    return;
  fprintf(out, "::%s title=%s::", info->status == 5 ? "warning" : "error", kit_report_subject(info));
  if (info->subject == NULL)
    fprintf(out, "%s: ", kit_report_outcome(info));
  fprintf(out, "%llu of %llu %s passed%%0A", (unsigned long long)s->verdicts[KIT_PASS],
          (unsigned long long)kit_played(s), info->subject == NULL ? "cases" : "scenarios");
  kit_print_scope(out, info, print_message);
  if (s->stopped.len != 0) {
    fputs("%0A", out);
    print_message(out, s->stopped);
  }
  fputc('\n', out);
}

const kit_format kit_format_github = {"github", github_result, NULL, github_tail, NULL};

/* ---- SARIF -------------------------------------------------------------------------------------------- */

/* A rule is a case: what a viewer shows beside each of its results. */
static void print_rule(kit_format_state *state, const kit_case *c) {
  static const char *const levels[] = {"error", "warning", "note"};
  FILE *out = state->aside;
  fputs(state->written == 0 ? "{\"id\":" : ",\n{\"id\":", out);
  kit_print_json(out, c->id);
  fputs(",\"shortDescription\":{\"text\":", out);
  kit_print_json(out, c->title);
  fputs("},\"fullDescription\":{\"text\":", out);
  kit_print_json(out, c->why.len != 0 ? c->why : c->title);
  fprintf(out, "},\"defaultConfiguration\":{\"level\":\"%s\"},\"help\":{\"text\":", levels[c->level]);
  if (c->why.len == 0 && !c->has_title)
    kit_print_json(out, HCSREF_LIT("The original programs were recorded giving this answer."));
  else
    kit_print_json(out, c->why.len != 0 ? c->why : c->title);
  fprintf(out, "},\"properties\":{\"tags\":[\"%s\",", kit_level_name(c->level));
  kit_print_json(out, c->op);
  fputs("]}}", out);
}

/* The message says all that a viewer is sure to show. */
static void print_sarif_message(FILE *out, const kit_case *c, const kit_result *r) {
  hcsref_arena arena;
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  hcsref_arena_init(&arena, NULL, 0);
  hcsref_buf_append(&buf, kit_headline(r));
  hcsref_buf_append(&buf, HCSREF_LIT("\nRule: "));
  hcsref_buf_append(&buf, c->title);
  if (c->why.len != 0) {
    hcsref_buf_append(&buf, HCSREF_LIT("\nWhy: "));
    hcsref_buf_append(&buf, c->why);
  }
  if (c->params.len != 0) {
    hcsref_buf_append(&buf, HCSREF_LIT("\nAsked: "));
    kit_question_short(&buf, c, QUESTION_WIDTH);
  }
  kit_print_json(out, buf.failed ? kit_headline(r) : hcsref_buf_str(&buf));
  hcsref_arena_free(&arena);
}

static void print_location(FILE *out, const kit_case *c) {
  fputs("\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"", out);
  kit_print_uri(out, c->file);
  fprintf(out, "\"},\"region\":{\"startLine\":%llu}}}],", (unsigned long long)(c->line == 0 ? 1 : c->line));
}

static void sarif_result(FILE *out, kit_format_state *state, const kit_case *c, const kit_result *r) {
  static const char *const levels[] = {"error", "warning", "note"};
  if (!kit_is_news(r))
    return;
  print_rule(state, c);
  fputs(state->written++ == 0 ? "" : ",\n", out);
  fputs("{\"ruleId\":", out);
  kit_print_json(out, c->id);
  fprintf(out, ",\"ruleIndex\":%llu,\"level\":\"%s\",\"message\":{\"text\":", (unsigned long long)(state->written - 1),
          levels[c->level]);
  print_sarif_message(out, c, r);
  fputs("},", out);
  if (c->file.len != 0)
    print_location(out, c);
  fprintf(out, "\"properties\":{\"class\":\"%s\"", kit_failure_name(r->failure));
  if (c->params.len != 0) {
    fputs(",\"repro\":", out);
    kit_print_repro(out, c, state->repro, kit_print_json);
  }
  fputs("}}", out);
}

static void sarif_head(FILE *out, const kit_report_info *info) {
  (void)info;
  fputs(
      "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"results\":[\n",
      out);
}

static void sarif_middle(FILE *out, const kit_report_info *info) {
  fprintf(out, "\n],\"tool\":{\"driver\":{\"name\":\"%s\",\"version\":\"" HCSPROOF_VERSION "\",\"rules\":[\n",
          kit_report_subject(info));
}

static void print_scope(FILE *out, const kit_report_info *info) {
  if (info->scope == NULL)
    kit_print_json(out, HCSREF_LIT(""));
  else
    kit_print_scope(out, info, kit_print_json);
}

static void sarif_tail(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  uint64_t i;
  fprintf(out, "\n]}},\"properties\":{\"scope\":");
  print_scope(out, info);
  fprintf(out, "},\"invocations\":[{\"executionSuccessful\":%s,\"toolExecutionNotifications\":[",
          info->status <= 1 || info->status == 5 ? "true" : "false");
  if (s->stopped.len != 0) {
    fputs("{\"level\":\"error\",\"message\":{\"text\":", out);
    kit_print_json(out, s->stopped);
    fputs("}}", out);
  }
  for (i = 0; i < s->breaches && i < KIT_BREACHES_KEPT; i++) {
    fputs(i == 0 && s->stopped.len == 0 ? "" : ",", out);
    fputs("{\"level\":\"error\",\"message\":{\"text\":", out);
    kit_print_json(out, s->breach_texts[i]);
    fputs("}}", out);
  }
  fputs("]}]}]}\n", out);
}

const kit_format kit_format_sarif = {"sarif", sarif_result, sarif_head, sarif_tail, sarif_middle};
