/* SPDX-License-Identifier: Apache-2.0 */
#include "live_os.h"

#include "live_monitors.h"
#include "world.h"

typedef struct task {
  os_monitor *monitor;
  void (*run)(void *context);
  void *context;
  bool done, abandoned;
} task;

static void run_task(void *context) {
  task *t = context;
  bool last;
  t->run(t->context);
  os_monitor_enter(t->monitor);
  t->done = true;
  last = t->abandoned;
  os_monitor_wake(t->monitor);
  os_monitor_leave(t->monitor);
  if (last) {
    os_monitor_free(t->monitor);
    free(t);
  }
}

static bool run_limited(void (*run)(void *context), void *context, uint32_t ms, bool *started) {
  task *t = calloc(1, sizeof(*t));
  uint64_t end = os_now_ms() + ms;
  bool done;
  assert_non_null(t);
  t->monitor = os_monitor_new();
  t->run = run;
  t->context = context;
  *started = os_thread_start(run_task, t);
  assert_true(*started);
  os_monitor_enter(t->monitor);
  while (!t->done && os_now_ms() < end)
    os_monitor_wait(t->monitor, (uint32_t)(end - os_now_ms()));
  done = t->done;
  t->abandoned = !done;
  os_monitor_leave(t->monitor);
  if (done) {
    os_monitor_free(t->monitor);
    free(t);
  }
  return done;
}

static bool stream_put(hcsref_os_handle stream, const void *data, size_t size) {
  (void)size;
  write_stream(stream, data);
  return true;
}

static char *path_of(hcsref_str path) {
  char *copy = calloc(1, path.len + 1);
  assert_non_null(copy);
  memcpy(copy, path.data, path.len);
  return copy;
}

static bool folder_make(hcsref_str path) {
  char *copy = path_of(path);
  bool ok = !os_path_exists(copy) && os_folder_make(copy);
  free(copy);
  return ok;
}

static bool folder_remove(hcsref_str path) {
  char *copy = path_of(path);
  bool ok = os_folder_remove(copy);
  free(copy);
  return ok;
}

const hcsref_live_os live_os = {
    os_now_ms,    os_sleep_ms,  run_limited, monitor_new, monitor_free, monitor_enter, monitor_leave,
    monitor_wait, monitor_wake, stream_get,  stream_put,  stream_close, folder_make,   folder_remove,
};

const hcsref_live_api live_core = {&sim_computecore, NULL,           &sim_wclayer, &sim_computenetwork,
                                   shim_free_text,   shim_free_text, &live_os};
const hcsref_live_api live_vm = {NULL,           &sim_vmcompute, &sim_wclayer, &sim_computenetwork,
                                 shim_free_text, shim_free_text, &live_os};
