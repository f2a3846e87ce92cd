/* SPDX-License-Identifier: Apache-2.0 */
/* Where a code host shows a failure beside the file: GitHub workflow commands, and SARIF 2.1.0. Both point at the
 * case's file. */
#include "io/utf8.h"
#include "report/format.h"

#include <string.h>

/* GitHub shows ten of a kind for a step; a few more are kept for the log. */
#define MOST_ANNOTATIONS 50

/* ---- GitHub ------------------------------------------------------------------------------------------- */

static void print_escaped(FILE *out, hcsref_str s, const char *special) {
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
  print_escaped(out, s, ":,");
}

static void print_message(FILE *out, hcsref_str s) {
  print_escaped(out, s, "%");
}

static void github_result(FILE *out, kit_format_state *state, const kit_case *c, const kit_result *r) {
  static const char *const kinds[] = {"error", "warning", "notice"};
  if (!kit_is_news(r) || state->written++ >= MOST_ANNOTATIONS)
    return;
  fprintf(out, "::%s file=", kit_counts(c, r, state->strict) ? kinds[c->level == KIT_MUST ? 0 : 1] : kinds[2]);
  print_property(out, c->file);
  if (c->line != 0)
    fprintf(out, ",line=%llu", (unsigned long long)c->line);
  fputs(",title=", out);
  print_property(out, c->id);
  fputs("::", out);
  print_message(out,
                r->known == KIT_UNEXPECTED_PASS ? HCSREF_LIT("passed although it is listed as failing") : r->reason);
  if (r->differences.first != NULL) {
    fputs("%0A", out);
    kit_print_first_difference(out, r, 300, print_message);
  }
  if (c->why.len != 0) {
    fputs("%0Awhy: ", out);
    print_message(out, c->why);
  }
  fputc('\n', out);
}

static void github_tail(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  if (info->status == 0)
    return;
  fprintf(out, "::%s title=hcsproof::%s: %llu of %llu cases passed", info->status == 5 ? "warning" : "error",
          kit_status_text(info->status), (unsigned long long)s->verdicts[KIT_PASS], (unsigned long long)kit_played(s));
  fputs("%0A", out);
  kit_print_scope(out, info, print_message);
  if (s->stopped.len != 0) {
    fputs("%0A", out);
    print_message(out, s->stopped);
  }
  fputc('\n', out);
}

const kit_format kit_format_github = {"github", github_result, NULL, github_tail};

/* ---- SARIF -------------------------------------------------------------------------------------------- */

static void sarif_result(FILE *out, kit_format_state *state, const kit_case *c, const kit_result *r) {
  static const char *const levels[] = {"error", "warning", "note"};
  if (!kit_is_news(r))
    return;
  fputs(state->written++ == 0 ? "" : ",\n", out);
  fputs("{\"ruleId\":", out);
  kit_print_json(out, c->id);
  fprintf(out, ",\"level\":\"%s\",\"message\":{\"text\":", levels[c->level]);
  kit_print_json(out,
                 r->known == KIT_UNEXPECTED_PASS ? HCSREF_LIT("passed although it is listed as failing") : r->reason);
  fputs("},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"", out);
  kit_print_uri(out, c->file);
  fprintf(out, "\"},\"region\":{\"startLine\":%llu}}}],\"properties\":{\"class\":\"%s\",\"rule\":",
          (unsigned long long)(c->line == 0 ? 1 : c->line), kit_failure_name(r->failure));
  kit_print_json(out, c->title);
  fputs(",\"why\":", out);
  kit_print_json(out, c->why);
  fputs(",\"repro\":", out);
  kit_print_repro(out, c, state->repro, kit_print_json);
  fputs("}}", out);
}

static void sarif_head(FILE *out, const kit_report_info *info) {
  (void)info;
  fputs("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{"
        "\"driver\":{\"name\":\"hcsproof\",\"version\":\"" HCSPROOF_VERSION "\"}},\"results\":[\n",
        out);
}

static void sarif_tail(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  uint64_t i;
  fprintf(out, "\n],\"invocations\":[{\"executionSuccessful\":%s,\"toolExecutionNotifications\":[",
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

const kit_format kit_format_sarif = {"sarif", sarif_result, sarif_head, sarif_tail};
