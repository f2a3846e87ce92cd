/* SPDX-License-Identifier: Apache-2.0 */
/* What a command of cases says when something is wrong. */
#include "io/print.h"
#include "run/run_state.h"

int run_complain(run_state *s, int status, const char *message) {
  kit_console_clear(&s->console);
  kit_print(stderr, "hcsproof %s: %s\n", s->invocation->command->name, message);
  return status;
}

void run_complain_case(void *context, hcsref_str message) {
  run_state *s = context;
  kit_console_clear(&s->console);
  kit_print(stderr, "hcsproof %s: ", s->invocation->command->name);
  kit_print_text(stderr, message, 2000);
  fputc('\n', stderr);
}
