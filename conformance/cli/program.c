/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"
#include "io/print.h"
#include "platform/platform.h"

static int usage_error(const cli_invocation *invocation, const char *message) {
  char line[256];
  cli_command_line(invocation, line, sizeof(line));
  kit_print(stderr, "%s: %s (see '%s --help')\n", line, message, line);
  return CLI_USAGE;
}

int cli_main(const cli_command *program, void (*print_version)(void), int broken, int argc, char **argv) {
  cli_invocation invocation;
  char message[512];
  int status = CLI_OK;
  if (!platform_start(&argc, &argv)) {
    kit_print(stderr, "%s: out of memory\n", program->name);
    return broken;
  }
  if (!cli_parse(program, argc, argv, &invocation, message, sizeof(message)))
    status = usage_error(&invocation, message);
  else if (invocation.common.help)
    cli_print_help(stdout, &invocation);
  else if (invocation.common.version)
    print_version();
  else
    status = invocation.command->run(&invocation);
  cli_invocation_free(&invocation);
  return status;
}
