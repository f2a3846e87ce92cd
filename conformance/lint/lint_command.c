/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof lint: a vendor's document against tables and rules. */
#include "cli/commands.h"
#include "io/input.h"
#include "lint/lint.h"
#include "report/format.h"
#include "run/console.h"

#include <string.h>

#define SIZE_LIMIT ((uint64_t)256 << 20)

typedef struct lint_options {
  const char *schema, *format;
  bool strict, rules;
} lint_options;

typedef struct lint_state {
  const cli_invocation *invocation;
  const lint_options *o;
  const char *name; /* of the document */
  bool color, json;
  uint64_t errors, warnings, told;
} lint_state;

static void tell_text(const lint_state *s, const kit_finding *f) {
  const char *color = f->rule->severity == KIT_ERROR ? "\033[31m" : "\033[33m";
  kit_print_text(stdout, hcsref_cstr(s->name), SIZE_MAX);
  fputs(": ", stdout);
  kit_print_text(stdout, f->pointer.len == 0 ? HCSREF_LIT("(whole)") : f->pointer, 500);
  kit_print(stdout, ": %S%s%S: ", s->color ? color : "", f->rule->severity == KIT_ERROR ? "error" : "warning",
            s->color ? "\033[0m" : "");
  kit_print_text(stdout, f->message, 500);
  kit_print(stdout, " [%s]\n", f->rule->id);
}

static void tell_json(const lint_state *s, const kit_finding *f) {
  fputs(s->told == 0 ? "{\"file\":" : ",\n{\"file\":", stdout);
  kit_print_json(stdout, hcsref_cstr(s->name));
  fputs(",\"pointer\":", stdout);
  kit_print_json(stdout, f->pointer);
  kit_print(stdout,
            ",\"severity\":\"%s\",\"rule\":\"%s\",\"message\":", f->rule->severity == KIT_ERROR ? "error" : "warning",
            f->rule->id);
  kit_print_json(stdout, f->message);
  fputc('}', stdout);
}

static void found(void *context, const kit_finding *f) {
  lint_state *s = context;
  if (f->rule->severity == KIT_ERROR)
    s->errors++;
  else
    s->warnings++;
  if (s->json)
    tell_json(s, f);
  else
    tell_text(s, f);
  s->told++;
}

static int complain(const lint_state *s, int status, const char *message) {
  kit_print(stderr, "hcsproof lint: %s: %s\n", s->name, message);
  return status;
}

static int lint_tree(lint_state *s, hcsref_arena *arena, const kit_json *tree) {
  kit_document document;
  if (!kit_document_find(s->o->schema, tree, &document))
    return complain(s, CLI_USAGE, "there is no schema of that name (see 'hcsproof schema --list')");
  if (document.name == NULL)
    return complain(s, CLI_USAGE, "cannot tell what it is; name its schema with --schema");
  return kit_lint(arena, &document, tree, found, s) ? CLI_OK : complain(s, CLI_KIT, "out of memory");
}

static int lint_file(lint_state *s, const char *path) {
  input_text text;
  hcsref_arena arena;
  hcsref_error err;
  kit_json *tree;
  char message[300];
  int status;
  hcsref_arena_init(&arena, NULL, 0);
  s->name = path;
  if (!input_read(path, SIZE_LIMIT, NULL, &text)) {
    s->name = text.name;
    status = complain(s, CLI_KIT, text.message);
  } else {
    s->name = text.name;
    if (kit_json_parse(&arena, hcsref_str_from(text.data, text.length), &tree, &err)) {
      status = lint_tree(s, &arena, tree);
    } else {
      snprintf(message, sizeof(message), "%.*s", (int)err.message.len, err.message.data);
      status = complain(s, CLI_FAILED, message);
    }
  }
  input_free(&text);
  hcsref_arena_free(&arena);
  return status;
}

static int print_rules(void) {
  const kit_rule *rule;
  for (rule = kit_rules_table; rule->id != NULL; rule++)
    printf("%-24s %-8s %s\n", rule->id, rule->severity == KIT_ERROR ? "error" : "warning", rule->text);
  return CLI_OK;
}

static int run(const cli_invocation *invocation) {
  lint_state s;
  int worst = CLI_OK;
  size_t i;
  memset(&s, 0, sizeof(s));
  s.invocation = invocation;
  s.o = invocation->options;
  if (s.o->rules)
    return print_rules();
  if (invocation->operands.count == 0) {
    fprintf(stderr, "hcsproof lint: missing operand: DOCUMENT (see 'hcsproof lint --help')\n");
    return CLI_USAGE;
  }
  s.color = cli_color(invocation, stdout);
  s.json = strcmp(s.o->format, "json") == 0;
  fputs(s.json ? "[" : "", stdout);
  for (i = 0; i < invocation->operands.count; i++) {
    int status = lint_file(&s, invocation->operands.items[i]);
    worst = status > worst ? status : worst;
  }
  fputs(s.json ? "]\n" : "", stdout);
  if (worst == CLI_OK && (s.errors > 0 || (s.o->strict && s.warnings > 0)))
    worst = CLI_FAILED;
  return worst;
}

#define OPTION(field) .offset = offsetof(lint_options, field)

static const cli_option options[] = {
    {.name = "schema",
     .kind = CLI_SCHEMA,
     OPTION(schema),
     .argument = "NAME",
     .help =
         "The schema of the documents (see 'hcsproof schema --list'). Without it, each is recognised by its members."},
    {.name = "format",
     .kind = CLI_CHOICE,
     OPTION(format),
     .argument = "FORMAT",
     .choices = "text|json",
     .fallback = "text",
     .help = "text: one line per finding. json: an array of objects."},
    {.name = "strict", .kind = CLI_FLAG, OPTION(strict), .help = "Treat warnings as errors."},
    {.name = "rules", .kind = CLI_FLAG, OPTION(rules), .help = "Print the rules and exit."},
};

static const cli_example examples[] = {
    {"hcsproof lint create.json", "Checks a document that a runtime hands to Windows."},
    {"hcsproof lint --schema process-v2 exec.json", "Checks a process document."},
    {"hcsproof translate config.json --envelope | hcsproof lint -",
     "Finds nothing wrong with what the reference writes."},
};

static const cli_status statuses[] = {
    {CLI_OK, "nothing is wrong"},
    {CLI_FAILED, "something is wrong, or a document is not JSON"},
    {CLI_USAGE, "wrong options, or a document that is not recognised"},
    {CLI_KIT, "a file could not be read"},
};

const cli_command lint_command = {
    .name = "lint",
    .summary = "check a v1, v2, create or process document against schema and rules",
    .operands = "DOCUMENT...",
    .most_operands = SIZE_MAX,
    .description = "Finds unknown and misspelt fields, wrong types and ranges, and what the schema allows but breaks "
                   "on a host. Each line gives the file, the JSON pointer and the rule. '-' is standard input.",
    .options_size = sizeof(lint_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
