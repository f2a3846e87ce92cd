/* SPDX-License-Identifier: Apache-2.0 */
#include "session.h"

#include "platform/platform.h"

#include <stdio.h>

static const cli_command *const commands[] = {&doctor_command, &run_spec_command, &smoke_command,
                                              &create_command, &cleanup_command,  NULL};
static const cli_example examples[] = {
    {"hcsrun doctor", "Checks that the host has what containers need."},
    {"hcsrun smoke --image mcr.microsoft.com/windows/nanoserver:ltsc2022", "Tests containers from the inside."},
};
static const cli_status statuses[] = {
    {RUN_OK, "done"},
    {RUN_FAILED, "something is wrong"},
    {RUN_USAGE, "wrong options"},
    {RUN_SERVICE, "the service refused, or is missing"},
};

static const cli_command program = {
    .name = "hcsrun",
    .summary = "run Windows containers through the Host Compute Service, from the documents of hcsproof",
    .operands = "COMMAND [OPTION]...",
    .description = "Every container is made from the same documents that the kit's cases expect. What hcsrun makes, it "
                   "removes; what a crash leaves, 'hcsrun cleanup' finds.",
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .commands = commands,
};

static int usage_error(const cli_invocation *invocation, const char *message) {
  char line[256];
  cli_command_line(invocation, line, sizeof(line));
  fprintf(stderr, "%s: %s (see '%s --help')\n", line, message, line);
  return RUN_USAGE;
}

int main(int argc, char **argv) {
  cli_invocation invocation;
  char message[512];
  int status;
  if (!platform_start(&argc, &argv)) {
    fprintf(stderr, "hcsrun: out of memory\n");
    return RUN_SERVICE;
  }
  if (!cli_parse(&program, argc, argv, &invocation, message, sizeof(message))) {
    status = usage_error(&invocation, message);
  } else if (invocation.common.help) {
    cli_print_help(stdout, &invocation);
    status = RUN_OK;
  } else if (invocation.common.version) {
    printf("hcsrun %s\n", HCSPROOF_VERSION);
    status = RUN_OK;
  } else {
    status = invocation.command->run(&invocation);
  }
  cli_invocation_free(&invocation);
  fflush(stdout);
  return status;
}
