/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"

#include <jansson.h>

typedef struct version_options {
  bool json;
} version_options;

void cli_print_version(void) {
  printf("hcsproof %s\n", HCSPROOF_VERSION);
  printf("testee protocol 1, jansson %s\n", jansson_version_str());
}

static int run(const cli_invocation *invocation) {
  const version_options *o = invocation->options;
  if (o->json)
    printf("{\"name\":\"hcsproof\",\"version\":\"" HCSPROOF_VERSION "\",\"protocol\":1,\"jansson\":\"%s\"}\n",
           jansson_version_str());
  else
    cli_print_version();
  return CLI_OK;
}

static const cli_option options[] = {
    {.name = "json",
     .kind = CLI_FLAG,
     .offset = offsetof(version_options, json),
     .help = "Print one JSON object: name, version, protocol and jansson."},
};

static const cli_example examples[] = {
    {"hcsproof version", "Prints the version, the protocol's version and that of the JSON library."},
    {"hcsproof version --json", "Prints the same as JSON."},
};

static const cli_status statuses[] = {{CLI_OK, "always"}};

const cli_command version_command = {
    .name = "version",
    .summary = "print the version",
    .description = "Prints the version of the kit, of the testee protocol and of the library behind the kit's own "
                   "JSON files.",
    .options_size = sizeof(version_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
