/* SPDX-License-Identifier: Apache-2.0 */
/* JUnit XML as the common CI systems read it. */
#include "report/format.h"

/* Of a question this much is shown. */
#define QUESTION_WIDTH ((size_t)2000)

static void print_attribute(FILE *out, const char *name, hcsref_str value) {
  fprintf(out, " %s=\"", name);
  kit_print_xml(out, value);
  fputc('"', out);
}

static void print_details(FILE *out, const kit_format_state *state, const kit_case *c, const kit_result *r) {
  const kit_difference *d;
  fputs("rule: ", out);
  kit_print_xml(out, c->title);
  fputs(c->why.len != 0 ? "\nwhy: " : "", out);
  kit_print_xml(out, c->why);
  if (c->params.len != 0) {
    fputs("\nasked: ", out);
    kit_print_question(out, c, QUESTION_WIDTH, kit_print_xml);
  }
  for (d = r->differences.first; d != NULL; d = d->next) {
    fprintf(out, "\n%s ", kit_difference_name(d->kind));
    kit_print_xml(out, d->pointer);
    fputs("\n  expected ", out);
    kit_print_xml(out, d->expected.data == NULL ? HCSREF_LIT("(nothing)") : d->expected);
    fputs("\n  actual   ", out);
    kit_print_xml(out, d->actual.data == NULL ? HCSREF_LIT("(nothing)") : d->actual);
  }
  if (c->params.len != 0) {
    fputs("\nrepro: ", out);
    kit_print_repro(out, c, state->repro, kit_print_xml);
  }
}

static void print_problem(FILE *out, const char *element, const kit_format_state *state, const kit_case *c,
                          const kit_result *r) {
  fprintf(out, "<%s type=\"%s\"", element, kit_failure_name(r->failure));
  print_attribute(out, "message", kit_headline(r));
  fputc('>', out);
  print_details(out, state, c, r);
  fprintf(out, "</%s>", element);
}

static void junit_result(FILE *out, kit_format_state *state, const kit_case *c, const kit_result *r) {
  fputs("    <testcase", out);
  print_attribute(out, "classname", c->area);
  print_attribute(out, "name", c->area.len == 0 ? c->id : hcsref_str_skip(c->id, c->area.len + 1));
  fprintf(out, " time=\"%.6f\">", (double)r->microseconds / 1e6);
  if (r->verdict == KIT_SKIP || r->known == KIT_KNOWN) {
    fputs("<skipped", out);
    print_attribute(out, "message", r->known == KIT_KNOWN ? r->known_reason : r->reason);
    fputs("/>", out);
  } else if (r->known == KIT_UNEXPECTED_PASS) {
    fputs("<failure type=\"unexpected-pass\" message=\"passed although it is listed as failing\"/>", out);
  } else if (r->verdict == KIT_FAIL) {
    print_problem(out, "failure", state, c, r);
  } else if (r->verdict == KIT_BROKEN) {
    print_problem(out, "error", state, c, r);
  }
  if (r->stderr_text.len != 0) {
    fputs("<system-err>", out);
    kit_print_xml(out, r->stderr_text);
    fputs("</system-err>", out);
  }
  fputs("</testcase>\n", out);
}

static void print_counts(FILE *out, const kit_summary *s) {
  uint64_t known = s->known[KIT_FAIL] + s->known[KIT_BROKEN];
  fprintf(out, " tests=\"%llu\" failures=\"%llu\" errors=\"%llu\" skipped=\"%llu\" time=\"%.3f\"",
          (unsigned long long)kit_played(s),
          (unsigned long long)(s->verdicts[KIT_FAIL] - s->known[KIT_FAIL] + s->unexpected_passes),
          (unsigned long long)(s->verdicts[KIT_BROKEN] - s->known[KIT_BROKEN]),
          (unsigned long long)(s->verdicts[KIT_SKIP] + known), (double)s->microseconds / 1e6);
}

static void print_property(FILE *out, const char *name, hcsref_str value) {
  fputs("      <property", out);
  print_attribute(out, "name", hcsref_cstr(name));
  print_attribute(out, "value", value);
  fputs("/>\n", out);
}

static void print_levels(FILE *out, const kit_report_info *info) {
  int level;
  for (level = KIT_MUST; info->terms != NULL && level <= KIT_MAY; level++) {
    const char *outcome = kit_level_outcome(info->summary, (kit_level)level, info->terms);
    if (outcome != NULL)
      fprintf(out, "      <property name=\"level.%s\" value=\"%s\"/>\n", kit_level_name((kit_level)level), outcome);
  }
}

/* What was compared, and how. */
static void print_terms(FILE *out, const kit_report_info *info) {
  print_property(out, "testee.name", info->summary->hello.name);
  print_property(out, "testee.version", info->summary->hello.version);
  print_property(out, "profile", kit_report_profile(info));
  print_property(out, "compare", hcsref_cstr(kit_tier_name(info->options->rules.tier)));
  print_property(out, "errors", hcsref_cstr(info->errors));
  fputs("      <property name=\"scope\" value=\"", out);
  kit_print_scope(out, info, kit_print_xml);
  fputs("\"/>\n", out);
  print_levels(out, info);
}

static void junit_head(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  const char *name = kit_report_subject(info);
  fprintf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"%s\"", name);
  print_counts(out, s);
  fprintf(out, ">\n  <testsuite name=\"%s\"", name);
  print_counts(out, s);
  print_attribute(out, "timestamp", hcsref_cstr(info->started));
  fputs(">\n    <properties>\n", out);
  print_property(out, info->options == NULL ? "host" : "testee", hcsref_cstr(info->command));
  if (info->options != NULL)
    print_terms(out, info);
  fputs("    </properties>\n", out);
}

static void junit_tail(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  uint64_t i;
  if (s->stopped.len != 0 || s->breaches > 0) {
    fputs("    <system-err>", out);
    kit_print_xml(out, s->stopped);
    for (i = 0; i < s->breaches && i < KIT_BREACHES_KEPT; i++) {
      fputc('\n', out);
      kit_print_xml(out, s->breach_texts[i]);
    }
    fputs("</system-err>\n", out);
  }
  fputs("  </testsuite>\n</testsuites>\n", out);
}

const kit_format kit_format_junit = {"junit", junit_result, junit_head, junit_tail, NULL};
