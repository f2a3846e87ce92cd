/* SPDX-License-Identifier: Apache-2.0 */
#include "session.h"

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

static void print_version(void) {
  printf("hcsrun %s\n", HCSPROOF_VERSION);
}

int main(int argc, char **argv) {
  int status = cli_main(&program, print_version, RUN_SERVICE, argc, argv);
  fflush(stdout);
  return status;
}
