/* SPDX-License-Identifier: Apache-2.0 */
/* Stands for containerd.exe: says that it has booted and waits; with HCSSIM_TEST_DAEMON it dies or says nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

int main(void) {
  const char *how = getenv("HCSSIM_TEST_DAEMON");
  if (how != NULL && strcmp(how, "dies") == 0) {
    puts("the last words");
    return 7;
  }
  if (how == NULL)
    puts("containerd successfully booted in 0 s");
  fflush(stdout);
  Sleep(600000);
  return 0;
}
