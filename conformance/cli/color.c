/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"
#include "platform/platform.h"

#include <stdlib.h>
#include <string.h>

bool cli_color(const cli_invocation *invocation, FILE *stream) {
  const char *no_color = getenv("NO_COLOR");
  const char *term = getenv("TERM");
  if (strcmp(invocation->common.color, "auto") != 0)
    return strcmp(invocation->common.color, "always") == 0;
  if (no_color != NULL && no_color[0] != '\0')
    return false;
  return platform_is_terminal(stream) && (term == NULL || strcmp(term, "dumb") != 0);
}
