/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof golden fmt: the canonical form of a case. */
#include "golden/golden.h"
#include "golden/pack.h"
#include "io/print.h"

#include "run/cases/source.h"

#include <string.h>

/* ---- command ------------------------------------------------------------------------------------------ */

typedef struct fmt_options {
  const char *suite;
  bool check;
} fmt_options;

/* A case, or in a .jsonl file one per line. */
static bool canonical_of(hcsref_arena *arena, const char *path, hcsref_str text, hcsref_str *out, hcsref_error *err) {
  hcsref_str full = {NULL, 0};
  kit_json *tree;
  if (hcsref_str_has_suffix(hcsref_cstr(path), HCSREF_LIT(".jsonl")))
    return golden_unpack(arena, text, &full, err) && golden_pack(arena, full, out, err);
  return kit_json_parse(arena, text, &tree, err) && (golden_canonical(arena, tree, out) || hcsref_fail_memory(err));
}

/* Formats one file; returns an exit status. */
static int format_file(const fmt_options *o, const char *path, uint64_t *changed) {
  hcsref_arena arena;
  hcsref_str text, canonical;
  hcsref_error err;
  int status = CLI_OK;
  hcsref_arena_init(&arena, NULL, 0);
  if (!kit_read_file(&arena, path, &text, &err)) {
    golden_complain(path, err.code, "could not be read");
    status = CLI_KIT;
  } else if (!canonical_of(&arena, path, text, &canonical, &err)) {
    golden_complain(path, err.code, "%.*s", (int)err.message.len, err.message.data);
    status = strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT : CLI_FAILED;
  } else if (!hcsref_str_equal(text, canonical)) {
    ++*changed;
    kit_print(stdout, "%s\n", path);
    if (!o->check && !golden_write(path, canonical))
      status = CLI_KIT;
  }
  hcsref_arena_free(&arena);
  return status;
}

static int format_suite(const fmt_options *o, uint64_t *changed) {
  golden_suite suite;
  int worst = CLI_OK;
  size_t i;
  if (!golden_open(&suite, o->suite))
    return CLI_KIT;
  for (i = 0; i < suite.files.count; i++) {
    hcsref_arena arena;
    char *path;
    int status;
    hcsref_arena_init(&arena, NULL, 0);
    path = golden_path(&arena, &suite, suite.files.items[i]);
    status = path == NULL ? CLI_KIT : format_file(o, path, changed);
    worst = status > worst ? status : worst;
    hcsref_arena_free(&arena);
  }
  golden_close(&suite);
  return worst;
}

static int run(const cli_invocation *invocation) {
  const fmt_options *o = invocation->options;
  uint64_t changed = 0;
  int worst = CLI_OK;
  size_t i;
  if (invocation->operands.count == 0)
    worst = format_suite(o, &changed);
  for (i = 0; i < invocation->operands.count; i++) {
    int status = format_file(o, invocation->operands.items[i], &changed);
    worst = status > worst ? status : worst;
  }
  return worst == CLI_OK && o->check && changed > 0 ? CLI_FAILED : worst;
}

static const cli_option options[] = {
    {.name = "suite",
     .kind = CLI_FOLDER,
     .offset = offsetof(fmt_options, suite),
     .argument = "FOLDER",
     .fallback = "golden",
     .help = "The suite."},
    {.name = "check",
     .kind = CLI_FLAG,
     .offset = offsetof(fmt_options, check),
     .help = "Change nothing; end with 1 if a file would change."},
};

static const cli_example examples[] = {
    {"hcsproof golden fmt", "Rewrites and names each case that is not in canonical form."},
    {"hcsproof golden fmt --check", "Names them and changes nothing, for CI."},
};

static const cli_status statuses[] = {
    {CLI_OK, "every case is in canonical form"},
    {CLI_FAILED, "a file is not JSON, or (with --check) not canonical"},
    {CLI_KIT, "a file could not be read or written"},
};

const cli_command golden_fmt_command = {
    .name = "fmt",
    .summary = "rewrite cases in canonical form",
    .operands = "[FILE]...",
    .most_operands = SIZE_MAX,
    .description =
        "Canonical form has the fields in the documented order, two spaces per level and a newline at the "
        "end; in a case that would take more than 4096 bytes, lists and objects that fit into 120 columns are on one "
        "line, and if it takes more even so, a level is one space. Strings and numbers stay as written, because their "
        "spelling may be the point of the case. In a .jsonl "
        "file, each case is on one line, and values that several cases share are written once, on a line of "
        "their own with a name, {\"$\":\"NAME\",\"value\":VALUE}; {\"$\":\"NAME\"} stands for them, and \"$\":\"NAME\" "
        "after another member for the members of such an object.",
    .options_size = sizeof(fmt_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
