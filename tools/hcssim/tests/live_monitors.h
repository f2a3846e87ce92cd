/* SPDX-License-Identifier: Apache-2.0 */
/* The monitors of the operating system's table of the live stage (hcsref_live_os), by the engine's own. */
#ifndef HCSSIM_TESTS_LIVE_MONITORS_H
#define HCSSIM_TESTS_LIVE_MONITORS_H

#include "engine/os/os.h"

#include "hcsref/live.h"

static void *monitor_new(void) {
  return os_monitor_new();
}

static void monitor_free(void *monitor) {
  os_monitor_free(monitor);
}

static void monitor_enter(void *monitor) {
  os_monitor_enter(monitor);
}

static void monitor_leave(void *monitor) {
  os_monitor_leave(monitor);
}

static void monitor_wait(void *monitor, uint32_t ms) {
  os_monitor_wait(monitor, ms);
}

static void monitor_wake(void *monitor) {
  os_monitor_wake(monitor);
}

static void stream_close(hcsref_os_handle stream) {
  os_stream_close(stream);
}

#endif
