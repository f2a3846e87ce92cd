/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/platform.h"

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>

unsigned platform_terminal_width(FILE *stream) {
  struct winsize size;
  return ioctl(platform_descriptor(stream), TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool platform_output_abandoned(void) {
  struct pollfd output = {.fd = PLATFORM_STDOUT, .events = POLLOUT};
  return poll(&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

void platform_end_for_pipe(void) {
  signal(SIGPIPE, SIG_DFL);
  raise(SIGPIPE);
}
