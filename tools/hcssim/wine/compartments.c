/* SPDX-License-Identifier: Apache-2.0 */
/* Source of the calls: moby daemon/libnetwork/osl and hcsshim internal/winapi: the compartment that a thread's names
 * are looked up in. Wine's iphlpapi.dll does not have them, and a program that looks for them panics. There is one
 * compartment, number 1. */
#include "wine/gaps.h"

static DWORD WINAPI set_compartment(DWORD compartment) {
  (void)compartment;
  return NO_ERROR;
}

static DWORD WINAPI get_compartment(void) {
  return 1;
}

FARPROC gap_set_compartment(FARPROC wine) {
  const union {
    DWORD(WINAPI *function)(DWORD);
    FARPROC address;
  } ours = {set_compartment};
  return wine != NULL ? wine : ours.address;
}

FARPROC gap_get_compartment(FARPROC wine) {
  const union {
    DWORD(WINAPI *function)(void);
    FARPROC address;
  } ours = {get_compartment};
  return wine != NULL ? wine : ours.address;
}
