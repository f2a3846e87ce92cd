/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "io/print.h"
#include "platform/platform.h"

#include <stdio.h>

/* A result that did not reach the disk or the pipe is no result; but who reads no further, as head does, has what they
 * wanted. */
static int close_output(int status) {
  if (fflush(stdout) == 0 && !ferror(stdout))
    return status;
  if (platform_output_abandoned()) {
    platform_end_for_pipe();
    return CLI_OK;
  }
  if (status != CLI_KIT) /* else the command has said so */
    fprintf(stderr, "hcsproof: standard output: could not be written [write-failed]\n");
  return CLI_KIT;
}

static int usage_error(const cli_invocation *invocation, const char *message) {
  char line[256];
  cli_command_line(invocation, line, sizeof(line));
  kit_print(stderr, "%s: %s (see '%s --help')\n", line, message, line);
  return CLI_USAGE;
}

int main(int argc, char **argv) {
  cli_invocation invocation;
  char message[512];
  int status;
  if (!platform_start(&argc, &argv)) {
    fprintf(stderr, "hcsproof: out of memory\n");
    return CLI_KIT;
  }
  if (!cli_parse(&hcsproof_command, argc, argv, &invocation, message, sizeof(message))) {
    status = usage_error(&invocation, message);
  } else if (invocation.common.help) {
    cli_print_help(stdout, &invocation);
    status = CLI_OK;
  } else if (invocation.common.version) {
    status = cli_print_version(false);
  } else {
    status = invocation.command->run(&invocation);
  }
  cli_invocation_free(&invocation);
  return close_output(status);
}
