/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"

#include <jansson.h>

static int run(const cli_invocation *invocation) {
  (void)invocation;
  printf("hcsproof %s\n", HCSPROOF_VERSION);
  printf("testee protocol 1, jansson %s\n", jansson_version_str());
  return CLI_OK;
}

static const cli_example examples[] = {
    {"hcsproof version", "Prints the version, the protocol's version and that of the JSON library."},
};

static const cli_status statuses[] = {{CLI_OK, "always"}};

const cli_command version_command = {
    .name = "version",
    .summary = "print the version",
    .description = "Prints the version of the kit, of the testee protocol and of the library behind the kit's own "
                   "JSON files.",
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
