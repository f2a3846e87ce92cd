/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof diff: two documents side by side, as the runner compares them. */
#include "cli/commands.h"
#include "io/input.h"
#include "lint/document.h"
#include "run/console.h"

#include "compare/compare.h"

#include <stdlib.h>
#include <string.h>

#define SIZE_LIMIT ((uint64_t)256 << 20)

typedef struct diff_options {
  const char *tier, *schema;
  uint64_t shown;
  bool quiet;
} diff_options;

typedef struct diff_state {
  const cli_invocation *invocation;
  const diff_options *o;
  hcsref_arena arena;
  input_text texts[2];
  kit_json *trees[2];
} diff_state;

static int complain(const char *name, const char *message) {
  kit_print(stderr, "hcsproof diff: %s: %s\n", name, message);
  return CLI_KIT;
}

static bool load(diff_state *s, size_t i) {
  input_text *text = &s->texts[i];
  hcsref_error err;
  char message[300];
  if (!input_read(s->invocation->operands.items[i], SIZE_LIMIT, NULL, text)) {
    complain(text->name, text->message);
    return false;
  }
  if (kit_json_parse(&s->arena, hcsref_str_from(text->data, text->length), &s->trees[i], &err))
    return true;
  snprintf(message, sizeof(message), "%.*s", (int)err.message.len, err.message.data);
  complain(text->name, message);
  return false;
}

/* In tier bytes the texts are compared as they are, but for white space around them. */
static bool compare(diff_state *s, kit_differences *found, hcsref_error *err) {
  kit_document document;
  kit_tier tier;
  (void)kit_tier_from_name(hcsref_cstr(s->o->tier), &tier);
  if (tier == KIT_BYTES)
    return kit_compare_texts(&s->arena, s->trees[0]->raw, s->trees[1]->raw, found, err);
  if (!kit_document_find(s->o->schema, s->trees[0], &document))
    return hcsref_fail(&s->arena, err, "schema", HCSREF_LIT(""), "there is no schema %s (see 'hcsproof schema --list')",
                       s->o->schema);
  return kit_compare(&s->arena, tier, document.shape, s->trees[0], s->trees[1], found, err);
}

static int report(diff_state *s, const kit_differences *found) {
  if (found->count == 0)
    return CLI_OK;
  if (!s->o->quiet) {
    kit_print_differences(stdout, found, (size_t)s->o->shown, 500, cli_color(s->invocation, stdout), "");
    if (found->offset != 0)
      printf("the texts first differ at byte %llu\n", (unsigned long long)found->offset);
    kit_print(stdout, "%llu difference%s; expected: %s, actual: %s\n", (unsigned long long)found->count,
              found->count == 1 ? "" : "s", s->texts[0].name, s->texts[1].name);
  }
  return CLI_FAILED;
}

static int diff(diff_state *s) {
  kit_differences found = {0};
  hcsref_error err;
  memset(&found, 0, sizeof(found));
  if (!load(s, 0) || !load(s, 1))
    return CLI_KIT;
  if (compare(s, &found, &err))
    return report(s, &found);
  kit_print(stderr, "hcsproof diff: %.*s\n", (int)err.message.len, err.message.data);
  return strcmp(err.code, "schema") == 0 ? CLI_USAGE : CLI_KIT;
}

static int run(const cli_invocation *invocation) {
  diff_state s;
  int status;
  memset(&s, 0, sizeof(s));
  s.invocation = invocation;
  s.o = invocation->options;
  hcsref_arena_init(&s.arena, NULL, 0);
  status = diff(&s);
  input_free(&s.texts[0]);
  input_free(&s.texts[1]);
  hcsref_arena_free(&s.arena);
  return status;
}

#define OPTION(field) .offset = offsetof(diff_options, field)

static const cli_option options[] = {
    {.name = "tier",
     .kind = CLI_CHOICE,
     OPTION(tier),
     .argument = "TIER",
     .choices = "semantic|canonical|bytes",
     .fallback = "semantic",
     .help = "semantic: members in any order, absent or empty where the schema omits empty ones, numbers by value. "
             "canonical: the same, but absent and empty differ. bytes: the exact text."},
    {.name = "schema",
     .kind = CLI_SCHEMA,
     OPTION(schema),
     .argument = "NAME",
     .help = "The schema of the documents (see 'hcsproof schema --list'). Without it, they are recognised by the "
             "members of A."},
    {.name = "max-diff",
     .kind = CLI_NUMBER,
     OPTION(shown),
     .argument = "N",
     .fallback = "50",
     .most = KIT_DIFFERENCES_KEPT,
     .help = "Show at most this many differences."},
    {.name = "quiet",
     .short_name = 'q',
     .kind = CLI_FLAG,
     OPTION(quiet),
     .help = "Print nothing; the exit status gives the result."},
};

static const cli_example examples[] = {
    {"hcsproof diff expected.json actual.json", "Shows the differences that a reader of the document could notice."},
    {"hcsproof translate config.json | hcsproof diff - mine.json --tier bytes", "Every byte."},
};

static const cli_status statuses[] = {
    {CLI_OK, "they are the same"},
    {CLI_FAILED, "they differ"},
    {CLI_USAGE, "wrong options"},
    {CLI_KIT, "a file could not be read, or is not JSON"},
};

const cli_command diff_command = {
    .name = "diff",
    .summary = "compare two documents as the runner does",
    .operands = "A B",
    .least_operands = 2,
    .most_operands = 2,
    .description = "Prints a JSON pointer, the kind of difference (missing, extra, type, value, order, number form, "
                   "escape, space) and both sides. - is standard input.",
    .options_size = sizeof(diff_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
