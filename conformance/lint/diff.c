/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof diff: two documents side by side, as the runner compares them. */
#include "cli/commands.h"
#include "cli/profile.h"
#include "input/position.h"
#include "io/input.h"
#include "io/print.h"
#include "lint/document.h"
#include "run/console.h"

#include "compare/compare.h"

#include <stdlib.h>
#include <string.h>

#define SIZE_LIMIT ((uint64_t)256 << 20)

typedef struct diff_options {
  const char *tier, *schema, *profile;
  uint64_t shown;
  bool quiet;
} diff_options;

typedef struct diff_state {
  const cli_invocation *invocation;
  const diff_options *o;
  hcsref_arena arena;
  input_text texts[2];
  input_map maps[2];
} diff_state;

static int complain(const char *name, const char *message) {
  kit_print(stderr, "hcsproof diff: %s: %s\n", name, message);
  return CLI_KIT;
}

static void complain_syntax(const char *name, const input_map *map, const hcsref_error *err) {
  kit_print(stderr, "hcsproof diff: %s", name);
  if (map->problem.line != 0)
    kit_print(stderr, ":%llu:%llu", (unsigned long long)map->problem.line, (unsigned long long)map->problem.column);
  kit_print(stderr, ": %v\n", err->message);
  input_print_excerpt(stderr, map, &map->problem);
  if (map->hint != NULL)
    kit_print(stderr, "       = hint: %s\n", map->hint);
}

static bool load(diff_state *s, size_t i) {
  input_text *text = &s->texts[i];
  hcsref_error err = {0};
  if (!input_read(s->invocation->operands.items[i], SIZE_LIMIT, NULL, text)) {
    complain(text->name, text->message);
    return false;
  }
  if (input_map_read(&s->arena, hcsref_str_from(text->data, text->length), NULL, &s->maps[i], &err))
    return true;
  complain_syntax(text->name, &s->maps[i], &err);
  return false;
}

static bool find_rules(diff_state *s, kit_document *document, hcsref_error *err) {
  hcsref_program program = kit_document_program(document);
  const hcsref_profile *profile;
  if (s->o->profile == NULL)
    return true;
  profile = cli_profile_find(&s->arena, hcsref_cstr(s->o->profile), err);
  if (profile != NULL && program != HCSREF_PROGRAM_COUNT)
    document->shape.rules = hcsref_profile_rules(profile, program);
  return profile != NULL;
}

/* In tier bytes the texts are compared as they are, but for white space around them. */
static bool compare(diff_state *s, kit_differences *found, hcsref_error *err) {
  const kit_json *a = s->maps[0].tree, *b = s->maps[1].tree;
  kit_document document;
  char unknown[300];
  kit_tier tier;
  (void)kit_tier_from_name(hcsref_cstr(s->o->tier), &tier);
  if (!kit_document_find(s->o->schema, a, &document)) {
    cli_schema_unknown(s->o->schema, unknown, sizeof(unknown));
    return hcsref_fail(&s->arena, err, "schema", HCSREF_LIT(""), "%s", unknown);
  }
  if (!find_rules(s, &document, err))
    return false;
  if (tier == KIT_BYTES)
    return kit_compare_texts(&s->arena, a->raw, b->raw, found, err);
  return kit_compare(&s->arena, tier, document.shape, a, b, found, err);
}

/* Where the two sides of a difference are; of one that is not there, where it would be. */
static void print_places(const diff_state *s, const kit_difference *d) {
  input_place places[2];
  for (size_t i = 0; i < 2; i++) {
    (void)input_locate(&s->maps[i], d->pointer, false, &places[i]);
    kit_print(stdout, "%S%s:%llu:%llu", i == 0 ? "  at " : " and ", s->texts[i].name,
              (unsigned long long)places[i].line, (unsigned long long)places[i].column);
  }
  putchar('\n');
}

static void print_each(const diff_state *s, const kit_differences *found) {
  bool color = cli_color(s->invocation, stdout);
  uint64_t shown = 0;
  for (const kit_difference *d = found->first; d != NULL && shown < s->o->shown; d = d->next, shown++) {
    kit_difference one = *d;
    kit_differences alone = {&one, &one, 1, 0};
    one.next = NULL;
    kit_print_differences(stdout, &alone, 1, 500, color, "");
    print_places(s, d);
  }
  if (found->count > shown)
    printf("and %llu more\n", (unsigned long long)(found->count - shown));
}

static int report(const diff_state *s, const kit_differences *found) {
  input_place place = input_place_at(&s->maps[0], found->offset, 1);
  if (found->count == 0)
    return CLI_OK;
  if (!s->o->quiet) {
    print_each(s, found);
    if (found->offset != 0)
      printf("the texts first differ at byte %llu (line %llu, column %llu)\n", (unsigned long long)found->offset,
             (unsigned long long)place.line, (unsigned long long)place.column);
    kit_print(stdout, "%llu difference%s; expected: %s, actual: %s\n", (unsigned long long)found->count,
              found->count == 1 ? "" : "s", s->texts[0].name, s->texts[1].name);
  }
  return CLI_FAILED;
}

static int diff(diff_state *s) {
  kit_differences found = {0};
  hcsref_error err = {0};
  if (!load(s, 0) || !load(s, 1))
    return CLI_KIT;
  if (compare(s, &found, &err))
    return report(s, &found);
  kit_print(stderr, "hcsproof diff: %v\n", err.message);
  return strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT : CLI_USAGE;
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
     .help = "semantic: members in any order, numbers by value, and an empty member is equal to an absent one where "
             "the schema omits empty ones. canonical: the same, but absent and empty differ. bytes: the exact text."},
    {.name = "schema",
     .kind = CLI_SCHEMA,
     OPTION(schema),
     .argument = "NAME",
     .help = "The schema of the documents (see 'hcsproof schema --list'). Without it, they are recognised by the "
             "members of A."},
    {.name = "profile",
     .kind = CLI_PROFILE,
     OPTION(profile),
     .argument = "NAME",
     .help = "The release whose fields the documents have ('hcsproof profiles' lists them): which of them may be left "
             "out when they are empty. Without it, any.",
     .example = "containerd-2.2"},
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
    {"hcsproof translate config.json | hcsproof diff - mine.json --tier bytes", "Compares every byte."},
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
                   "escape, space), both sides, and where they are in the files, which are JSON or YAML in any "
                   "encoding. - is standard input.",
    .options_size = sizeof(diff_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
