/* SPDX-License-Identifier: Apache-2.0 */
#include "run/console.h"

#include "run/cases/headline.h"
#include "run/testee/command.h"

#include <string.h>

#define RED    "\033[31m"
#define GREEN  "\033[32m"
#define YELLOW "\033[33m"
#define BOLD   "\033[1m"
#define DIM    "\033[2m"
#define RESET  "\033[0m"

/* A value in a line of its own is cut here. */
#define VALUE_WIDTH 300
/* Milliseconds between two updates of the progress line. */
#define PROGRESS_STEP 100

static const char *paint(bool color, const char *code) {
  return color ? code : "";
}

/* ---- text ---- */

void kit_print_lines(FILE *out, hcsref_str text, const char *indent) {
  while (text.len > 0) {
    const char *end = memchr(text.data, '\n', text.len);
    size_t length = end == NULL ? text.len : (size_t)(end - text.data);
    fputs(indent, out);
    kit_print_text(out, hcsref_str_first(text, length), VALUE_WIDTH);
    fputc('\n', out);
    text = hcsref_str_skip(text, end == NULL ? length : length + 1);
  }
}

static void print_side(FILE *out, const char *name, hcsref_str value, size_t width, const char *color,
                       const char *reset, const char *indent) {
  fprintf(out, "%s  %s ", indent, name);
  fputs(color, out);
  if (value.data == NULL)
    fputs("(nothing)", out);
  else
    kit_print_text(out, value, width);
  fprintf(out, "%s\n", reset);
}

static void print_end(FILE *out, const kit_differences *differences, size_t shown, const char *indent) {
  if (differences->count > shown)
    fprintf(out, "%sand %llu more\n", indent, (unsigned long long)(differences->count - shown));
}

static void print_pointer(FILE *out, hcsref_str pointer) {
  if (pointer.len == 0)
    fputs("(whole)", out);
  else
    kit_print_text(out, pointer, VALUE_WIDTH);
}

void kit_print_differences(FILE *out, const kit_differences *differences, size_t shown, size_t width, bool color,
                           const char *indent) {
  const kit_difference *d;
  size_t n = 0;
  const char *reset = paint(color, RESET);
  for (d = differences->first; d != NULL && n < shown; d = d->next, n++) {
    fprintf(out, "%s%s", indent, paint(color, BOLD));
    print_pointer(out, d->pointer);
    fprintf(out, "%s  %s%s%s\n", reset, paint(color, YELLOW), kit_difference_name(d->kind), reset);
    print_side(out, "expected", d->expected, width, paint(color, GREEN), reset, indent);
    print_side(out, "actual  ", d->actual, width, paint(color, RED), reset, indent);
  }
  print_end(out, differences, n, indent);
}

void kit_print_before_after(FILE *out, const kit_differences *differences, size_t shown, size_t width,
                            const char *indent) {
  const kit_difference *d;
  size_t n = 0;
  for (d = differences->first; d != NULL && n < shown; d = d->next, n++) {
    fputs(indent, out);
    print_pointer(out, d->pointer);
    fputc('\n', out);
    print_side(out, "before", d->expected, width, "", "", indent);
    print_side(out, "after ", d->actual, width, "", "", indent);
  }
  print_end(out, differences, n, indent);
}

void kit_append_repro(hcsref_buf *buf, const kit_case *c, hcsref_str options) {
  hcsref_buf_append(buf, HCSREF_LIT("hcsproof run "));
  kit_append_argument(buf, c->file);
  if (c->line != 0) {
    hcsref_buf_append(buf, HCSREF_LIT(" --id "));
    kit_append_argument(buf, c->id);
  }
  hcsref_buf_append(buf, options);
}

/* ---- progress ---- */

void kit_console_clear(kit_console *console) {
  if (console->progress_at != 0)
    fputs("\r\033[K", console->progress);
  if (console->progress_at != 0)
    fflush(console->progress);
  console->progress_at = 0;
}

static void show_progress(kit_console *console) {
  uint64_t now;
  if (console->progress == NULL || console->played % 16 != 0)
    return;
  now = kit_now();
  if (console->progress_at != 0 && now - console->progress_at < PROGRESS_STEP)
    return;
  if (console->began == 0)
    console->began = now;
  fprintf(console->progress, "\r\033[K%llu played, %llu wrong, %llu skipped", (unsigned long long)console->played,
          (unsigned long long)console->bad, (unsigned long long)console->skipped);
  if (now - console->began >= 1000)
    fprintf(console->progress, ", %llu a second",
            (unsigned long long)(console->played * 1000 / (now - console->began)));
  fflush(console->progress);
  console->progress_at = now;
}

/* ---- results ---- */

static void print_headline(const kit_console *console, const kit_case *c, const kit_result *r) {
  static const char *const words[] = {"PASS", "FAIL", "SKIP", "BROKEN"};
  static const char *const colors[] = {GREEN, RED, YELLOW, RED};
  const char *word = words[r->verdict], *color = colors[r->verdict];
  if (r->known == KIT_KNOWN) {
    word = "KNOWN";
    color = YELLOW;
  }
  if (r->known == KIT_UNEXPECTED_PASS) {
    word = "FIXED";
    color = RED;
  }
  fprintf(console->out, "%s%-6s%s ", paint(console->color, color), word, paint(console->color, RESET));
  kit_print_text(console->out, c->id, VALUE_WIDTH);
  if (r->reason.len != 0) {
    fputs(": ", console->out);
    kit_print_text(console->out, r->reason, VALUE_WIDTH);
  }
  if (c->level != KIT_MUST)
    fprintf(console->out, " (%s)", kit_level_name(c->level));
  fputc('\n', console->out);
}

static void print_labelled(const kit_console *console, const char *label, hcsref_str text) {
  if (text.len == 0)
    return;
  fprintf(console->out, "       %s%s%s ", paint(console->color, DIM), label, paint(console->color, RESET));
  kit_print_text(console->out, text, 2000);
  fputc('\n', console->out);
}

static void print_repro(const kit_console *console, const kit_case *c) {
  hcsref_arena arena;
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  hcsref_arena_init(&arena, NULL, 0);
  kit_append_repro(&buf, c, console->repro);
  if (!buf.failed)
    print_labelled(console, "repro:", hcsref_buf_str(&buf));
  hcsref_arena_free(&arena);
}

/* Of a group so many cases are shown in full; the others are like them. */
#define SHOWN_OF_GROUP 3
/* Of a question this much is shown. */
#define QUESTION_WIDTH ((size_t)400)

static void print_question(const kit_console *console, const kit_case *c) {
  hcsref_arena arena;
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  hcsref_arena_init(&arena, NULL, 0);
  kit_question_short(&buf, c, QUESTION_WIDTH);
  if (!buf.failed)
    print_labelled(console, "asked:", hcsref_buf_str(&buf));
  hcsref_arena_free(&arena);
}

static void print_details(const kit_console *console, const kit_case *c, const kit_result *r) {
  if (c->has_title)
    print_labelled(console, "rule: ", c->title);
  print_labelled(console, "why:  ", c->why);
  if (console->asks)
    print_question(console, c);
  kit_print_differences(console->out, &r->differences, console->shown, VALUE_WIDTH, console->color, "       ");
  if (r->differences.offset != 0)
    fprintf(console->out, "       the texts first differ at byte %llu\n", (unsigned long long)r->differences.offset);
  if (r->verdict == KIT_BROKEN)
    print_labelled(console, "wrote:", hcsref_str_first(r->answer, VALUE_WIDTH));
  if (r->stderr_text.len != 0) {
    fputs("       standard error of the testee:\n", console->out);
    kit_print_lines(console->out, r->stderr_text, "       | ");
  }
  print_repro(console, c);
}

void kit_console_result(void *context, const kit_case *c, const kit_result *r) {
  kit_console *console = context;
  bool good = r->verdict == KIT_PASS || r->verdict == KIT_SKIP || r->known == KIT_KNOWN;
  bool wrong = !good || r->known == KIT_UNEXPECTED_PASS;
  console->played++;
  console->bad += wrong;
  console->skipped += r->verdict == KIT_SKIP;
  show_progress(console);
  if (console->quiet || (!wrong && !console->verbose))
    return;
  kit_console_clear(console);
  print_headline(console, c, r);
  print_labelled(console, "listed:", r->known_reason);
  if (good)
    return;
  if (r->group == KIT_NO_GROUP || r->group_rank <= SHOWN_OF_GROUP || console->verbose)
    print_details(console, c, r);
  else if (r->group_rank == SHOWN_OF_GROUP + 1)
    fputs("       (the rest of this kind: one line each; -v shows all)\n", console->out);
}

/* ---- totals ---- */

static void print_count(FILE *out, uint64_t n, const char *what, uint64_t known) {
  if (n == 0)
    return;
  fprintf(out, ", %llu %s", (unsigned long long)n, what);
  if (known != 0)
    fprintf(out, " (%llu as listed)", (unsigned long long)known);
}

/* What has no hello is named by its program, or by the folder of its documents. */
static void print_nameless(FILE *out, const kit_run_options *options) {
  const char *name = options->mode == KIT_DOCUMENTS                                 ? options->documents
                     : options->mode == KIT_ONE_SHOT && options->command.count != 0 ? options->command.arguments[0]
                                                                                    : NULL;
  if (name == NULL)
    return;
  fputs(options->mode == KIT_DOCUMENTS ? "documents in " : "one-shot ", out);
  kit_print_text(out, hcsref_cstr(name), 200);
  fputs("; ", out);
}

static void print_testee(FILE *out, const kit_run_options *options, const kit_summary *s) {
  const kit_hello *h = &s->hello;
  if (!s->has_hello || h->name.len == 0) {
    print_nameless(out, options);
    return;
  }
  fputs("testee ", out);
  kit_print_text(out, h->name, 100);
  fputc(' ', out);
  kit_print_text(out, h->version, 100);
  if (h->language.len != 0) {
    fputs(" (", out);
    kit_print_text(out, h->language, 100);
    fputc(')', out);
  }
  fputs("; ", out);
}

static void print_breaches(const kit_console *console, const kit_summary *s) {
  uint64_t i;
  for (i = 0; i < s->breaches && i < KIT_BREACHES_KEPT; i++) {
    fprintf(console->out, "%sBREACH%s ", paint(console->color, RED), paint(console->color, RESET));
    kit_print_text(console->out, s->breach_texts[i], 1000);
    fputc('\n', console->out);
  }
  if (s->breaches > KIT_BREACHES_KEPT)
    fprintf(console->out, "and %llu more breaches of the protocol\n",
            (unsigned long long)(s->breaches - KIT_BREACHES_KEPT));
}

static void print_scope(const kit_console *console, const kit_scope *scope, uint64_t played) {
  hcsref_arena arena;
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  hcsref_arena_init(&arena, NULL, 0);
  kit_scope_append(&buf, scope, played);
  if (!buf.failed)
    kit_print_text(console->out, hcsref_buf_str(&buf), 2000);
  fputc('\n', console->out);
  hcsref_arena_free(&arena);
}

/* A line for each level that was played. */
static void print_levels(const kit_console *console, const kit_summary *s, const kit_terms *terms) {
  int level;
  for (level = KIT_MUST; level <= KIT_MAY; level++) {
    const kit_tally *t = &s->levels[level];
    const char *outcome = kit_level_outcome(s, (kit_level)level, terms);
    if (outcome == NULL)
      continue;
    fprintf(console->out, "%-6s  %s: %llu passed", kit_level_name((kit_level)level), outcome,
            (unsigned long long)t->verdicts[KIT_PASS]);
    print_count(console->out, t->verdicts[KIT_FAIL], "failed", t->known[KIT_FAIL]);
    print_count(console->out, t->verdicts[KIT_BROKEN], "broken", t->known[KIT_BROKEN]);
    print_count(console->out, t->verdicts[KIT_SKIP], "skipped", t->known[KIT_SKIP]);
    fputs(level == KIT_MAY && !terms->strict && t->verdicts[KIT_FAIL] > t->known[KIT_FAIL]
              ? " (counts only with --strict)\n"
              : "\n",
          console->out);
  }
}

#define GROUPS_SHOWN ((size_t)12)

static bool is_not_listed(const kit_group *g) {
  return strncmp(g->kind, KIT_NOT_IN_HELLO, sizeof(KIT_NOT_IN_HELLO) - 1) == 0;
}

static void print_group(const kit_console *console, const kit_group *g) {
  fprintf(console->out, "%6llu  ", (unsigned long long)g->cases);
  kit_print(console->out, "%v: %s", g->op, g->kind);
  if (g->verdict != KIT_SKIP)
    kit_print(console->out, g->cases == 1 ? "  (%v)" : "  (first: %v)", g->first);
  fputc('\n', console->out);
}

/* What was alike, the largest group first. */
static void print_groups(const kit_console *console, const kit_groups *groups, kit_verdict verdict, const char *what) {
  const kit_group *sorted[KIT_GROUPS_KEPT];
  size_t count = kit_groups_sorted(groups, verdict, sorted), shown = 0, more = 0, i;
  fprintf(console->out, "%s, by operation and kind:\n", what);
  for (i = 0; i < count; i++) {
    if (is_not_listed(sorted[i]))
      continue;
    if (shown++ < GROUPS_SHOWN)
      print_group(console, sorted[i]);
    else
      more++;
  }
  if (more > 0)
    fprintf(console->out, "        and %llu more kinds\n", (unsigned long long)more);
}

/* Operations that the hello leaves out are no news: one line for all of them; then the other skips. */
static void print_skips(const kit_console *console, const kit_groups *groups) {
  const kit_group *sorted[KIT_GROUPS_KEPT];
  size_t count = kit_groups_sorted(groups, KIT_SKIP, sorted), printed = 0, i;
  for (i = 0; i < count; i++) {
    if (!is_not_listed(sorted[i]))
      continue;
    fputs(printed++ == 0 ? "skipped because the testee does not list the operation: " : ", ", console->out);
    kit_print(console->out, "%v (%llu)", sorted[i]->op, (unsigned long long)sorted[i]->cases);
  }
  if (printed > 0)
    fputc('\n', console->out);
  if (printed < count)
    print_groups(console, groups, KIT_SKIP, "skipped");
}

void kit_console_groups(const kit_console *console, const kit_summary *s) {
  uint64_t failed = s->verdicts[KIT_FAIL] - s->known[KIT_FAIL];
  if (s->groups == NULL || console->quiet)
    return;
  if (failed > 1)
    print_groups(console, s->groups, KIT_FAIL, "failed");
  if (s->verdicts[KIT_BROKEN] - s->known[KIT_BROKEN] > 1)
    print_groups(console, s->groups, KIT_BROKEN, "broken");
  print_skips(console, s->groups);
}

static void print_totals(const kit_console *console, const kit_summary *s, const kit_terms *terms) {
  FILE *out = console->out;
  double seconds = (double)s->microseconds / 1e6;
  uint64_t played = kit_played(s);
  fprintf(out, played == 1 ? "%llu case: %llu passed" : "%llu cases: %llu passed", (unsigned long long)played,
          (unsigned long long)s->verdicts[KIT_PASS]);
  print_count(out, s->verdicts[KIT_FAIL], "failed", s->known[KIT_FAIL]);
  print_count(out, s->verdicts[KIT_BROKEN], "broken", s->known[KIT_BROKEN]);
  print_count(out, s->verdicts[KIT_SKIP], "skipped", s->known[KIT_SKIP]);
  if (s->skipped_must != 0 && (terms == NULL || !terms->allow_skip))
    fprintf(out, " (%llu of them must)", (unsigned long long)s->skipped_must);
  if (s->unexpected_passes != 0)
    fprintf(out, ", %llu passed although listed", (unsigned long long)s->unexpected_passes);
  fprintf(out, "; %.1f s", seconds);
  if (seconds > 0.0005)
    fprintf(out, ", %.0f cases/s", (double)played / seconds);
  if (s->restarts != 0)
    fprintf(out, ", %llu restarts", (unsigned long long)s->restarts);
  fputc('\n', out);
  if (s->skipped_must != 0 && terms != NULL && !terms->allow_skip && kit_compared(s) > 0)
    fputs("a skipped must fails the run: play only what the testee supports (--op), list the rest (--expect), or give "
          "--allow-skip\n",
          out);
}

void kit_console_troubles(kit_console *console, const kit_summary *s) {
  kit_console_clear(console);
  print_breaches(console, s);
  if (s->stopped.len != 0) {
    fprintf(console->out, "%sSTOPPED%s ", paint(console->color, RED), paint(console->color, RESET));
    kit_print_lines(console->out, s->stopped, "");
  }
}

static void print_profile(const kit_console *console, const hcsref_profile *profile) {
  kit_print(console->out, "profile %v (", hcsref_profile_name(profile));
  kit_print_text(console->out, console->why, 300);
  fputs(")\n", console->out);
}

void kit_console_summary(kit_console *console, const kit_run_options *options, const kit_summary *s,
                         const kit_terms *terms, const kit_scope *scope) {
  FILE *out = console->out;
  kit_console_troubles(console, s);
  if (kit_played(s) == 0)
    return;
  kit_console_groups(console, s);
  print_testee(out, options, s);
  fprintf(out, "compared: %s\n", kit_tier_name(options->rules.tier));
  if (console->why.len > 0)
    print_profile(console, options->profile);
  if (scope != NULL)
    print_scope(console, scope, kit_played(s));
  if (terms != NULL)
    print_levels(console, s, terms);
  print_totals(console, s, terms);
}
