/* SPDX-License-Identifier: Apache-2.0 */
/* explain_each PATH...: hcsproof explain for each path, in a process of its own that is forked from this one, so that
 * valgrind, which counts each for itself, starts once. What explain prints is not shown. */
#include "cli/commands.h"
#include "platform/platform.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int explain(char *path) {
  char program[] = "hcsproof", command[] = "explain";
  char *words[] = {program, command, path, NULL};
  cli_invocation invocation;
  char message[512];
  int status;
  if (freopen("/dev/null", "w", stdout) == NULL ||
      !cli_parse(&hcsproof_command, 3, words, &invocation, message, sizeof(message)))
    return EXIT_FAILURE;
  status = invocation.command->run(&invocation);
  cli_invocation_free(&invocation);
  return status == CLI_KIT ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv) {
  int i, status;
  if (!platform_start(&argc, &argv))
    return EXIT_FAILURE;
  for (i = 1; i < argc; i++) {
    pid_t child = fork();
    if (child == 0)
      return explain(argv[i]);
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
      return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
