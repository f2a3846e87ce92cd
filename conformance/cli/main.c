/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
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

int main(int argc, char **argv) {
  return close_output(cli_main(&hcsproof_command, cli_print_version, CLI_KIT, argc, argv));
}
