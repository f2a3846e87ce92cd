/* SPDX-License-Identifier: Apache-2.0 */
/* The service's own thread: ends operations and calls back, in the order of their time. It ends when nothing is left
 * to do for a while, or at once when nobody has a handle: a client that has closed everything may end its process next,
 * and Wine 8 sometimes crashes when a process ends while threads of it do. */
#include "engine/state.h"

#include <stdlib.h>

#define IDLE_MS 2000u

static void run_next(sim *s) {
  sim_job *job = s->jobs;
  s->jobs = job->next;
  job->run(s, job);
  free(job->document);
  free(job);
}

static void dispatch(void *context) {
  sim *s = context;
  uint64_t idle_since;
  os_monitor_enter(s->monitor);
  idle_since = os_now_ms();
  while (!s->closing) {
    uint64_t now = os_now_ms();
    if (s->jobs != NULL && s->jobs->due <= now) {
      run_next(s);
      idle_since = os_now_ms();
    } else if (s->jobs != NULL) {
      os_monitor_wait(s->monitor, (uint32_t)(s->jobs->due - now));
    } else if (!sim_has_handles(s) || now - idle_since >= IDLE_MS) {
      break;
    } else {
      os_monitor_wait(s->monitor, IDLE_MS);
    }
  }
  s->dispatcher_runs = false;
  sim_thread_ends(s);
  os_monitor_leave(s->monitor);
}

bool sim_thread_starts(sim *s, void (*run)(void *context), void *context) {
  s->threads++;
  if (os_thread_start(run, context))
    return true;
  s->threads--;
  return false;
}

void sim_thread_ends(sim *s) {
  s->threads--;
  os_monitor_wake(s->monitor);
}

static bool is_before(const sim_job *a, const sim_job *b) {
  return a->due < b->due || (a->due == b->due && a->serial < b->serial);
}

bool sim_schedule(sim *s, const sim_job *job, uint32_t delay) {
  sim_job *copy = malloc(sizeof(*copy)), **at = &s->jobs;
  if (copy == NULL)
    return false;
  *copy = *job;
  copy->due = os_now_ms() + delay;
  copy->serial = ++s->job_serial;
  while (*at != NULL && is_before(*at, copy))
    at = &(*at)->next;
  copy->next = *at;
  *at = copy;
  if (!s->dispatcher_runs && !s->closing)
    s->dispatcher_runs = sim_thread_starts(s, dispatch, s);
  os_monitor_wake(s->monitor);
  return true;
}
