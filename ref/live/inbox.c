/* SPDX-License-Identifier: Apache-2.0 */
/* Notifications of vmcompute.dll. */
#include "live/live.h"

#include <stdlib.h>

live_inbox *hcsref_live_inbox_new(const hcsref_live_os *os) {
  live_inbox *inbox = calloc(1, sizeof(*inbox));
  if (inbox == NULL)
    return NULL;
  inbox->os = os;
  inbox->monitor = os->monitor_new();
  if (inbox->monitor != NULL)
    return inbox;
  free(inbox);
  return NULL;
}

void hcsref_live_inbox_free(live_inbox *inbox) {
  if (inbox == NULL)
    return;
  inbox->os->monitor_free(inbox->monitor);
  free(inbox);
}

void HCSREF_WINAPI hcsref_live_notified(uint32_t type, void *context, hcsref_hresult status, const hcsref_wchar *data) {
  live_inbox *inbox = context;
  (void)data; /* as hcsshim: what it says is asked for when it is needed */
  inbox->os->monitor_enter(inbox->monitor);
  inbox->created = inbox->created || type == HCSREF_NOTIFY_CREATE_COMPLETED;
  inbox->started = inbox->started || type == HCSREF_NOTIFY_START_COMPLETED;
  inbox->exited = inbox->exited || type == HCSREF_NOTIFY_SYSTEM_EXITED || type == HCSREF_NOTIFY_PROCESS_EXITED;
  inbox->gone = inbox->gone || type == HCSREF_NOTIFY_SERVICE_DISCONNECT;
  inbox->status = status;
  inbox->os->monitor_wake(inbox->monitor);
  inbox->os->monitor_leave(inbox->monitor);
}

hcsref_hresult hcsref_live_inbox_wait(live_inbox *inbox, const bool *flag, uint32_t ms) {
  uint64_t now = inbox->os->now_ms(), end = now + ms;
  hcsref_hresult result = (hcsref_hresult)HCSREF_HCS_TIMEOUT;
  inbox->os->monitor_enter(inbox->monitor);
  while (!*flag && !inbox->exited && !inbox->gone && now < end) {
    inbox->os->monitor_wait(inbox->monitor, (uint32_t)(end - now));
    now = inbox->os->now_ms();
  }
  if (*flag)
    result = inbox->status;
  else if (inbox->exited)
    result = (hcsref_hresult)HCSREF_HCS_UNEXPECTED_EXIT;
  else if (inbox->gone)
    result = (hcsref_hresult)HCSREF_HCS_SERVICE_DISCONNECT;
  inbox->os->monitor_leave(inbox->monitor);
  return result;
}
