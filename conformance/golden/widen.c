/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof golden widen: the ranges of cases, across changes that they do not show. */
#include "golden/golden.h"

#include "golden/across.h"
#include "golden/pack.h"
#include "golden/table.h"
#include "io/print.h"
#include "run/cases/source.h"
#include "run/cases/suite.h"

#include <stdlib.h>
#include <string.h>

typedef struct widen_options {
  const char *suite;
  bool write;
} widen_options;

typedef struct widener {
  const widen_options *o;
  hcsref_arena arena;
  golden_across *across;
  uint64_t widened, found;
  bool out_of_memory, unread;
} widener;

static void append_ranges(hcsref_buf *buf, const hcsref_slice *ranges) {
  const hcsref_str *items = ranges->items;
  for (size_t i = 0; i < ranges->len; i++) {
    hcsref_buf_append_char(buf, i == 0 ? '[' : ',');
    golden_append_range(buf, items[i]);
  }
  hcsref_buf_append_char(buf, ']');
}

/* The case with other ranges, on one line, everything else spelt as it was. */
static void append_case(hcsref_buf *buf, const kit_json *tree, const hcsref_slice *ranges) {
  const char *before = "{";
  for (const kit_json *member = tree->first; member != NULL; member = member->next, before = ",") {
    hcsref_buf_append(buf, hcsref_cstr(before));
    hcsref_buf_append(buf, member->raw_key);
    hcsref_buf_append_char(buf, ':');
    if (hcsref_str_equal(member->key, HCSREF_LIT("profiles")))
      append_ranges(buf, ranges);
    else
      hcsref_buf_append(buf, member->raw);
  }
  hcsref_buf_append_char(buf, '}');
}

/* Appends a case of the file at `path` as it becomes. False: out of memory. */
static bool widen_case(widener *w, hcsref_arena *arena, hcsref_str text, const char *path, hcsref_buf *out) {
  hcsref_error err = {0};
  hcsref_slice ranges = {0};
  kit_case c;
  if (!kit_case_read(arena, text, HCSREF_LIT("case"), &c, &err)) {
    w->found++;
    golden_complain(path, err.code, "%v", err.message);
    hcsref_buf_append(out, text);
    return strcmp(err.code, "out-of-memory") != 0;
  }
  if (!golden_across_ranges(w->across, arena, &c, &ranges))
    return false;
  if (ranges.len == 0) {
    hcsref_buf_append(out, text);
    return true;
  }
  w->widened++;
  append_case(out, c.tree, &ranges);
  return true;
}

/* `text`: cases in full. */
static bool widen_lines(widener *w, hcsref_str text, const char *path, hcsref_buf *out) {
  hcsref_arena arena;
  bool ok = true;
  hcsref_arena_init(&arena, NULL, 0);
  while (ok && text.len > 0) {
    const char *end = memchr(text.data, '\n', text.len);
    hcsref_str line = end == NULL ? text : hcsref_str_first(text, (size_t)(end - text.data));
    text = hcsref_str_skip(text, line.len + 1);
    ok = widen_case(w, &arena, line, path, out);
    hcsref_buf_append_char(out, '\n');
    hcsref_arena_reset(&arena);
  }
  hcsref_arena_free(&arena);
  return ok;
}

static bool widen_recorded(widener *w, hcsref_arena *arena, hcsref_str text, const char *path, hcsref_buf *out) {
  hcsref_buf lines = {.arena = arena};
  hcsref_error err = {0};
  hcsref_str full = {NULL, 0}, packed = {NULL, 0};
  uint64_t before = w->widened;
  if (!golden_unpack(arena, text, &full, &err)) {
    w->found++;
    golden_complain(path, err.code, "%v", err.message);
    return strcmp(err.code, "out-of-memory") != 0;
  }
  if (!widen_lines(w, full, path, &lines) || lines.failed)
    return false;
  if (w->widened == before)
    return true;
  /* What is no JSON was complained of; it stays, among cases in full. */
  if (!golden_pack(arena, hcsref_buf_str(&lines), &packed, &err))
    packed = hcsref_buf_str(&lines);
  hcsref_buf_append(out, packed);
  return strcmp(err.code == NULL ? "" : err.code, "out-of-memory") != 0;
}

static bool widen_curated(widener *w, hcsref_arena *arena, hcsref_str text, const char *path, hcsref_buf *out) {
  hcsref_buf one = {.arena = arena};
  hcsref_str canonical;
  kit_json *tree;
  if (!widen_case(w, arena, text, path, &one) || one.failed)
    return false;
  if (hcsref_str_equal(hcsref_buf_str(&one), text)) {
    hcsref_buf_append(out, text);
    return true;
  }
  if (!kit_json_parse(arena, hcsref_buf_str(&one), &tree, NULL) || !golden_canonical(arena, tree, &canonical))
    return false;
  hcsref_buf_append(out, canonical);
  return true;
}

static void widen_file(widener *w, const golden_suite *suite, const char *file) {
  hcsref_arena arena;
  hcsref_error err = {0};
  hcsref_str text;
  hcsref_buf out = {.arena = &arena};
  const char *path;
  uint64_t before = w->widened;
  hcsref_arena_init(&arena, NULL, 0);
  path = golden_path(&arena, suite, file);
  if (path == NULL) {
    w->out_of_memory = true;
  } else if (!kit_read_file(&arena, path, &text, &err)) {
    golden_complain(path, err.code, "could not be read");
    w->unread = true;
  } else if (!(golden_is_recorded(file) ? widen_recorded(w, &arena, text, path, &out)
                                        : widen_curated(w, &arena, text, path, &out)) ||
             out.failed) {
    w->out_of_memory = true;
  } else if (w->widened > before) {
    const bool one = w->widened == before + 1;
    kit_print(stdout, "%s: %llu case%S %S\n", path, (unsigned long long)(w->widened - before),
              kit_plural(w->widened - before),
              w->o->write ? "widened"
              : one       ? "holds for more"
                          : "hold for more");
    if (w->o->write && !golden_write(path, hcsref_buf_str(&out)))
      w->unread = true;
  }
  hcsref_arena_free(&arena);
}

/* "cpu", "cpu/NAME.json" or "recorded/…" of the suite. */
static bool is_chosen(const cli_list *operands, const char *file) {
  for (size_t i = 0; i < operands->count; i++) {
    size_t length = strlen(operands->items[i]);
    if (strncmp(file, operands->items[i], length) == 0 && (file[length] == '\0' || file[length] == '/'))
      return true;
  }
  return operands->count == 0;
}

static int widen_suite(widener *w, const cli_list *operands) {
  golden_suite suite;
  if (!golden_open(&suite, w->o->suite))
    return CLI_KIT;
  for (size_t i = 0; i < suite.files.count && !w->out_of_memory && !w->unread; i++)
    if (is_chosen(operands, suite.files.items[i]))
      widen_file(w, &suite, suite.files.items[i]);
  golden_close(&suite);
  if (w->out_of_memory || w->unread)
    return CLI_KIT;
  kit_print(stdout, "%llu case%S %S\n", (unsigned long long)w->widened, kit_plural(w->widened),
            w->o->write ? "widened" : "to widen");
  return w->found > 0 || (w->widened > 0 && !w->o->write) ? CLI_FAILED : CLI_OK;
}

static int run(const cli_invocation *invocation) {
  widener w = {.o = invocation->options};
  int status = CLI_KIT;
  hcsref_arena_init(&w.arena, NULL, 0);
  w.across = golden_across_new(&w.arena);
  w.out_of_memory = w.across == NULL;
  if (!w.out_of_memory)
    status = widen_suite(&w, &invocation->operands);
  if (w.out_of_memory)
    golden_complain(w.o->suite, "out-of-memory", "out of memory");
  hcsref_arena_free(&w.arena);
  return status;
}

static const cli_option options[] = {
    {.name = "suite",
     .kind = CLI_FOLDER,
     .offset = offsetof(widen_options, suite),
     .argument = "FOLDER",
     .fallback = "golden",
     .help = "The suite."},
    {.name = "write", .kind = CLI_FLAG, .offset = offsetof(widen_options, write), .help = "Change the cases."},
};

static const cli_example examples[] = {
    {"hcsproof golden widen cpu", "Counts the cases of one area that hold for more releases."},
    {"hcsproof golden widen --write && hcsproof golden lint", "Widens all, and checks that none contradict."},
};

static const cli_status statuses[] = {
    {CLI_OK, "every case holds for all that it can"},
    {CLI_FAILED, "there are complaints, or (without --write) cases to widen"},
    {CLI_USAGE, "wrong options"},
    {CLI_KIT, "a file could not be read or written, or out of memory"},
};

const cli_command golden_widen_command = {
    .name = "widen",
    .summary = "let cases hold across changes that they do not show",
    .operands = "[AREA]...",
    .operand_kind = CLI_AREA,
    .most_operands = SIZE_MAX,
    .description =
        "Like 'golden ranges', but goes further: a case also holds for a release that differs from one of its evidence "
        "in changes that it does not show. These are changes that leave the reference's answer as it is when they are "
        "turned round one by one, and all together. So a case about CPU limits, recorded from one release, holds for "
        "another that differs in the stop timeout.\n\nCurated and recorded cases are rewritten; ranges become fewer "
        "where one can stand for several. It takes minutes for the whole suite. AREA is a folder of the suite, or a "
        "file of it.",
    .options_size = sizeof(widen_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
