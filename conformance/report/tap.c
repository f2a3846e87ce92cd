/* SPDX-License-Identifier: Apache-2.0 */
/* TAP version 14, with YAML diagnostics. */
#include "io/utf8.h"
#include "report/format.h"

#include <string.h>

/* Of a question this much is shown. */
#define QUESTION_WIDTH ((size_t)1000)

/* A description or reason: one line, with # and backslash escaped. */
static void print_tap(FILE *out, hcsref_str s) {
  while (s.len > 0) {
    size_t length = utf8_printable(s);
    if (s.data[0] == '#' || s.data[0] == '\\')
      fputc('\\', out);
    if (s.data[0] == '\n' || s.data[0] == '\t') {
      fputc(' ', out);
      length = 1;
    } else if (length == 0) {
      char escape[UTF8_ESCAPE];
      length = utf8_escape(s, escape);
      fprintf(out, "\\%s", escape); /* its own backslash, escaped */
    } else {
      fwrite(s.data, 1, length, out);
    }
    s = hcsref_str_skip(s, length);
  }
}

/* A JSON string is a double-quoted YAML scalar. */
static void print_entry(FILE *out, const char *key, hcsref_str value) {
  if (value.len == 0)
    return;
  fprintf(out, "  %s: ", key);
  kit_print_json(out, value);
  fputc('\n', out);
}

static void print_differences(FILE *out, const kit_differences *differences) {
  const kit_difference *d;
  if (differences->first == NULL)
    return;
  fputs("  differences:\n", out);
  for (d = differences->first; d != NULL; d = d->next) {
    fprintf(out, "    - kind: \"%s\"\n      pointer: ", kit_difference_name(d->kind));
    kit_print_json(out, d->pointer);
    if (d->expected.data != NULL) {
      fputs("\n      expected: ", out);
      kit_print_json(out, d->expected);
    }
    if (d->actual.data != NULL) {
      fputs("\n      actual: ", out);
      kit_print_json(out, d->actual);
    }
    fputc('\n', out);
  }
}

static void print_diagnostics(FILE *out, const kit_format_state *state, const kit_case *c, const kit_result *r) {
  fputs("  ---\n", out);
  print_entry(out, "message", kit_headline(r));
  fprintf(out, "  severity: %s\n  class: %s\n", r->verdict == KIT_BROKEN ? "broken" : "fail",
          kit_failure_name(r->failure));
  print_entry(out, "rule", c->title);
  print_entry(out, "why", c->why);
  if (c->params.len != 0) {
    fputs("  asked: ", out);
    kit_print_question(out, c, QUESTION_WIDTH, kit_print_json);
    fputc('\n', out);
  }
  print_differences(out, &r->differences);
  print_entry(out, "stderr", r->stderr_text);
  if (c->params.len != 0) {
    fputs("  repro: ", out);
    kit_print_repro(out, c, state->repro, kit_print_json);
    fputc('\n', out);
  }
  fputs("  ...\n", out);
}

static void tap_result(FILE *out, kit_format_state *state, const kit_case *c, const kit_result *r) {
  bool good = r->verdict == KIT_PASS || r->verdict == KIT_SKIP;
  fprintf(out, "%s %llu - ", good && r->known != KIT_UNEXPECTED_PASS ? "ok" : "not ok",
          (unsigned long long)state->count + 1);
  print_tap(out, c->id);
  if (r->verdict == KIT_SKIP) {
    fputs(" # SKIP ", out);
    print_tap(out, r->reason);
  } else if (r->known == KIT_KNOWN) {
    fputs(" # TODO ", out);
    print_tap(out, r->known_reason);
  }
  fputc('\n', out);
  if (!good)
    print_diagnostics(out, state, c, r);
}

static void tap_head(FILE *out, const kit_report_info *info) {
  fprintf(out, "TAP version 14\n# %s " HCSPROOF_VERSION ": ", kit_report_subject(info));
  print_tap(out, hcsref_cstr(info->command));
  fputc('\n', out);
  if (info->options != NULL)
    fprintf(out, "# compared: %s\n", kit_tier_name(info->options->rules.tier));
  if (info->scope != NULL) {
    fputs("# ", out);
    kit_print_scope(out, info, print_tap);
    fputc('\n', out);
  }
}

static void print_group(void *context, const kit_group *g) {
  FILE *out = context;
  fprintf(out, "# %llu %s: ", (unsigned long long)g->cases, kit_verdict_name(g->verdict));
  print_tap(out, g->op);
  fputs(": ", out);
  print_tap(out, hcsref_cstr(g->kind));
  fputc('\n', out);
}

static void tap_tail(FILE *out, const kit_report_info *info) {
  const kit_summary *s = info->summary;
  uint64_t i;
  kit_each_group(s, print_group, out);
  for (i = 0; i < s->breaches && i < KIT_BREACHES_KEPT; i++) {
    fputs("# breach: ", out);
    print_tap(out, s->breach_texts[i]);
    fputc('\n', out);
  }
  fprintf(out, "1..%llu\n", (unsigned long long)kit_played(s));
  if (s->stopped.len == 0)
    return;
  fputs("Bail out! ", out);
  print_tap(out, s->stopped);
  fputc('\n', out);
}

const kit_format kit_format_tap = {"tap", tap_result, tap_head, tap_tail, NULL};
