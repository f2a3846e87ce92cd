/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof schema: the JSON Schema of a table. */
#include "hcsref/schema.h"
#include "cli/commands.h"
#include "cli/profile.h"
#include "io/print.h"

#include <stdlib.h>
#include <string.h>

struct schema_options {
  bool list;
  const char *profile;
};

static int list_schemas(void) {
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  size_t width = 0;
  for (size_t i = 0; i < count; i++)
    width = strlen(schemas[i].name) > width ? strlen(schemas[i].name) : width;
  for (size_t i = 0; i < count; i++)
    printf("%-*s  %s\n", (int)width, schemas[i].name, schemas[i].title);
  return CLI_OK;
}

void cli_schema_unknown(const char *name, char *message, size_t size) {
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  const char **names = calloc(count + 1, sizeof(*names));
  const char *near = NULL;
  for (size_t i = 0; names != NULL && i < count; i++)
    names[i] = schemas[i].name;
  if (names != NULL)
    near = cli_nearest(name, names);
  snprintf(message, size, "unknown schema '%.80s'%s%s%s (see 'hcsproof schema --list')", name,
           near == NULL ? "" : "; did you mean '", near == NULL ? "" : near, near == NULL ? "" : "'?");
  free(names);
}

static int unknown_schema(const char *name) {
  char message[300];
  cli_schema_unknown(name, message, sizeof(message));
  kit_print(stderr, "hcsproof schema: %s\n", message);
  return CLI_USAGE;
}

/* The program of the profile that reads such documents: for what the CRI knows containerd, for all else the shim. */
static const hcsref_rules *rules_for(const hcsref_schema *schema, const hcsref_profile *profile) {
  bool cri = strncmp(schema->name, "cri", 3) == 0;
  const unsigned readers[] = {1u << (cri ? HCSREF_PROGRAM_CONTAINERD : HCSREF_PROGRAM_HCSSHIM),
                              (1u << HCSREF_PROGRAM_COUNT) - 1};
  int performer = hcsref_profile_performer(profile, readers[0]);
  if (performer == HCSREF_PROGRAM_COUNT)
    performer = hcsref_profile_performer(profile, readers[1]);
  return hcsref_profile_rules(profile, (hcsref_program)performer);
}

static int print_schema(const hcsref_schema *schema, const char *name) {
  hcsref_arena arena;
  hcsref_buf text = {.arena = &arena};
  hcsref_error err = {0};
  const hcsref_profile *profile;
  int status = CLI_OK;
  hcsref_arena_init(&arena, NULL, 0);
  profile = cli_profile_find(&arena, hcsref_cstr(name), &err);
  if (profile == NULL) {
    kit_print(stderr, "hcsproof schema: %v [%s]\n", err.message, err.code);
    hcsref_arena_free(&arena);
    return strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT : CLI_USAGE;
  }
  hcsref_schema_print_as(&text, rules_for(schema, profile), schema);
  if (!text.failed) {
    fwrite(text.data, 1, text.len, stdout);
  } else {
    fprintf(stderr, "hcsproof schema: out of memory [out-of-memory]\n");
    status = CLI_KIT;
  }
  hcsref_arena_free(&arena);
  return status;
}

static int run(const cli_invocation *invocation) {
  const struct schema_options *options = invocation->options;
  const hcsref_schema *schema;
  if (options->list)
    return list_schemas();
  if (invocation->operands.count == 0) {
    fprintf(stderr, "hcsproof schema: missing operand: NAME (see 'hcsproof schema --list')\n");
    return CLI_USAGE;
  }
  schema = hcsref_schema_find(hcsref_cstr(invocation->operands.items[0]));
  return schema == NULL ? unknown_schema(invocation->operands.items[0]) : print_schema(schema, options->profile);
}

static const cli_option option_table[] = {
    {.name = "list",
     .short_name = 'l',
     .kind = CLI_FLAG,
     .offset = offsetof(struct schema_options, list),
     .help = "List the names, with one line about each."},
    {.name = "profile",
     .kind = CLI_PROFILE,
     .offset = offsetof(struct schema_options, profile),
     .argument = "NAME",
     .fallback = "newest",
     .help = "What this release knows (hcsproof profiles): fields that came later are left out."},
};

static const cli_example examples[] = {
    {"hcsproof schema --list", "Lists the names."},
    {"hcsproof schema hcs-v2 > hcs-v2.schema.json", "Writes the JSON Schema of the v2 container document."},
};

static const cli_status statuses[] = {
    {CLI_OK, "printed"},
    {CLI_USAGE, "wrong options, an unknown profile, or no schema of that name"},
    {CLI_KIT, "standard output could not be written, or out of memory"},
};

const cli_command schema_command = {
    .name = "schema",
    .summary = "print the JSON Schema of a document",
    .operands = "[NAME]",
    .operand_kind = CLI_SCHEMA,
    .most_operands = 1,
    .description =
        "Prints the JSON Schema (2020-12) of a document, from the same table that decodes and encodes it: the OCI "
        "runtime spec, the CRI container config, the documents of both HCS schemas and what belongs to them.",
    .options_size = sizeof(struct schema_options),
    .options = option_table,
    .option_count = CLI_COUNT(option_table),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
