/* SPDX-License-Identifier: Apache-2.0 */
/* What people see of a run. */
#include "fuzz/fuzz_state.h"
#include "io/print.h"

#include <errno.h>
#include <string.h>

/* Milliseconds between two updates of the progress line. */
#define PROGRESS_STEP 100
/* Of an input this much is shown. */
#define INPUT_WIDTH 400

int kit_fuzz_complain(kit_fuzz_state *s, int status, const char *message) {
  kit_console_clear(&s->console);
  kit_print(stderr, "hcsproof fuzz: %s\n", message);
  return status;
}

void kit_fuzz_show_progress(kit_fuzz_state *s, uint64_t inputs, size_t known) {
  kit_console *console = &s->console;
  uint64_t now;
  if (console->progress == NULL || (inputs % 16 != 0 && known == s->findings.count))
    return;
  for (; known < s->findings.count; known++) {
    const kit_fuzz_finding *f = &s->findings.items[known];
    kit_console_clear(console);
    kit_print(console->progress, "input %llu: %s: ", (unsigned long long)f->number, f->operation->operation->name);
    kit_print_text(console->progress, hcsref_cstr(f->kind), SIZE_MAX);
    fputc('\n', console->progress);
  }
  now = kit_now();
  if (console->progress_at != 0 && now - console->progress_at < PROGRESS_STEP)
    return;
  kit_print(console->progress, "%S%llu input%S, %llu finding%S", "\r\033[K", (unsigned long long)inputs,
            kit_plural(inputs), (unsigned long long)s->findings.count, kit_plural(s->findings.count));
  fflush(console->progress);
  console->progress_at = now;
}

/* ---- findings ----------------------------------------------------------------------------------------- */

static void print_label(FILE *out, const char *label) {
  kit_print(out, "       %s ", label);
}

static void print_file(kit_fuzz_state *s, const char *path, const kit_fuzz_reduced *d) {
  FILE *out = s->console.out;
  kit_fuzz_written written = kit_fuzz_write_draft(path, d->finding, d->params, &s->origin);
  if (written == KIT_FUZZ_FAILED) {
    char message[700];
    snprintf(message, sizeof(message), "%s: %s", path, strerror(errno));
    (void)kit_fuzz_complain(s, CLI_KIT, message);
    s->write_failed = true;
  } else if (!s->o->quiet) {
    print_label(out, "case: ");
    kit_print_text(out, hcsref_cstr(path), SIZE_MAX);
    fputs(written == KIT_FUZZ_THERE ? " (already there; left unchanged)\n" : "\n", out);
  }
}

static void print_input(kit_fuzz_state *s, const kit_fuzz_reduced *d) {
  FILE *out = s->console.out;
  print_label(out, "input:");
  fprintf(out, "number %llu of seed %llu", (unsigned long long)d->finding->number, (unsigned long long)s->limits.seed);
  if (d->params.len < d->finding->params.len)
    kit_print(out, ", reduced from %llu to %llu bytes in %llu attempt%s", (unsigned long long)d->finding->params.len,
              (unsigned long long)d->params.len, (unsigned long long)d->attempts, d->attempts == 1 ? "" : "s");
  fputc('\n', out);
  print_label(out, "asked:");
  kit_print_text(out, d->params, INPUT_WIDTH);
  fputc('\n', out);
}

static void print_unsteady(kit_fuzz_state *s, const kit_fuzz_reduced *d, hcsref_str id) {
  FILE *out = s->console.out;
  fputs("FOUND  ", out);
  kit_print_text(out, id, SIZE_MAX);
  fputs(": ", out);
  kit_print_text(out, hcsref_cstr(d->finding->kind), SIZE_MAX);
  fputs(d->r == NULL ? "; it was not asked again\n"
                     : "; asked again on its own, the testee answered differently: its answers depend on time or on "
                       "earlier questions\n",
        out);
}

static void print_finding(kit_fuzz_state *s, const kit_fuzz_reduced *d, hcsref_str id, const char *path) {
  kit_console_clear(&s->console);
  if (d->shown) {
    kit_case c = *d->c;
    c.id = id;
    c.file = hcsref_cstr(path);
    kit_console_result(&s->console, &c, d->r);
  } else {
    print_unsteady(s, d, id);
  }
  print_input(s, d);
}

static char *make_path(hcsref_arena *arena, const char *folder, hcsref_str id) {
  size_t size = strlen(folder) + id.len + sizeof("/.json");
  char *path = hcsref_arena_alloc(arena, size);
  if (path != NULL)
    snprintf(path, size, "%s/%.*s.json", folder, (int)id.len, id.data);
  return path;
}

/* One wrong answer may differ in several ways. The finding that asked the same, or null. */
static const kit_fuzz_told *asked_before(const kit_fuzz_state *s, const kit_fuzz_reduced *d) {
  const kit_fuzz_told *told = s->told.items;
  size_t i;
  for (i = 0; i < s->told.len; i++)
    if (told[i].operation == d->finding->operation && hcsref_str_equal(told[i].params, d->params))
      return &told[i];
  return NULL;
}

/* False: out of memory. */
static bool remember(kit_fuzz_state *s, const kit_fuzz_reduced *d, hcsref_str id) {
  kit_fuzz_told *told = hcsref_slice_push(&s->arena, &s->told, sizeof(*told));
  if (told == NULL)
    return false;
  told->operation = d->finding->operation;
  return hcsref_str_copy(&s->arena, d->params, &told->params) && hcsref_str_copy(&s->arena, id, &told->id);
}

static void tell_again(kit_fuzz_state *s, const kit_fuzz_reduced *d, hcsref_str id, const kit_fuzz_told *before) {
  kit_console_clear(&s->console);
  if (!s->o->quiet)
    kit_print(s->console.out, "FOUND  %v: %s; the same question as %v\n", id, d->finding->kind, before->id);
}

/* False: out of memory. */
static bool tell(kit_fuzz_state *s, hcsref_arena *arena, const kit_fuzz_reduced *d) {
  const kit_fuzz_told *before = asked_before(s, d);
  hcsref_str id;
  char *path;
  if (!kit_fuzz_id(arena, d->finding, &id))
    return false;
  if (before != NULL) {
    tell_again(s, d, id, before);
    return true;
  }
  path = make_path(arena, s->o->out, id);
  if (path == NULL || !remember(s, d, id))
    return false;
  if (!s->o->quiet)
    print_finding(s, d, id, path);
  print_file(s, path, d);
  return true;
}

void kit_fuzz_tell(void *context, const kit_fuzz_reduced *d) {
  kit_fuzz_state *s = context;
  hcsref_arena arena;
  hcsref_arena_init(&arena, NULL, 0);
  if (!tell(s, &arena, d)) {
    s->write_failed = true;
    (void)kit_fuzz_complain(s, CLI_KIT, "out of memory");
  }
  hcsref_arena_free(&arena);
}

/* ---- totals ------------------------------------------------------------------------------------------- */

static void print_row(FILE *out, const char *name, uint64_t inputs, uint64_t skipped, uint64_t findings) {
  fprintf(out, "%-26s %10llu %10llu %10llu\n", name, (unsigned long long)inputs, (unsigned long long)skipped,
          (unsigned long long)findings);
}

/* What the testee answered none of. */
static bool is_unsupported(const kit_fuzz_operation *o) {
  return o->played > 0 && o->skipped == o->played;
}

static void print_unsupported(const kit_fuzz_state *s) {
  const char *between = "skipped by the testee: ";
  size_t i;
  for (i = 0; i < s->operations.count; i++) {
    if (!is_unsupported(&s->operations.items[i]))
      continue;
    kit_print(s->console.out, "%s%s", between, s->operations.items[i].operation->name);
    between = ", ";
  }
  if (between[0] == ',')
    fputc('\n', s->console.out);
}

static void print_table(const kit_fuzz_state *s) {
  uint64_t inputs = 0, skipped = 0;
  size_t i;
  fprintf(s->console.out, "%-26s %10s %10s %10s\n", "operation", "inputs", "skipped", "findings");
  for (i = 0; i < s->operations.count; i++) {
    const kit_fuzz_operation *o = &s->operations.items[i];
    inputs += o->played;
    skipped += o->skipped;
    if (o->played > 0 && !is_unsupported(o))
      print_row(s->console.out, o->operation->name, o->played, o->skipped, o->findings);
  }
  print_row(s->console.out, "all", inputs, skipped, s->findings.count);
  print_unsupported(s);
}

static void print_repro(const kit_fuzz_state *s, uint64_t inputs) {
  hcsref_arena arena;
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  const kit_fuzz_options *o = s->o;
  size_t i;
  hcsref_arena_init(&arena, NULL, 0);
  hcsref_buf_append(&buf, HCSREF_LIT("repro: hcsproof fuzz"));
  for (i = 0; i < s->invocation->operands.count; i++) {
    hcsref_buf_append_char(&buf, ' ');
    kit_append_argument(&buf, hcsref_cstr(s->invocation->operands.items[i]));
  }
  hcsref_buf_append(&buf, s->console.repro);
  for (i = 0; i < o->ops.count; i++)
    kit_append_option(&buf, "op", o->ops.items[i], NULL);
  hcsref_buf_append(&buf, HCSREF_LIT(" --seed "));
  hcsref_buf_append_uint(&buf, s->limits.seed);
  hcsref_buf_append(&buf, HCSREF_LIT(" --runs "));
  hcsref_buf_append_uint(&buf, inputs);
  if (!buf.failed)
    kit_print_text(s->console.out, hcsref_buf_str(&buf), SIZE_MAX);
  fputc('\n', s->console.out);
  hcsref_arena_free(&arena);
}

void kit_fuzz_print_totals(kit_fuzz_state *s, uint64_t inputs) {
  print_table(s);
  if (kit_fuzz_full(&s->findings))
    fprintf(s->console.out, "stopped after %llu kinds of difference (--max-findings)\n",
            (unsigned long long)s->findings.count);
  fprintf(s->console.out, "seed %llu\n", (unsigned long long)s->limits.seed);
  print_repro(s, inputs == 0 ? 1 : inputs);
}
