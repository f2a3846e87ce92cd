/* SPDX-License-Identifier: Apache-2.0 */
/* Notifications. They come on the service's thread, after the registration has returned, and whoever registers late
 * still gets them; a callback that runs holds its own removal up. Source: hcsshim internal/hcs, callback.go and
 * waithelper.go, which rely on all of it. */
#include "engine/state.h"

#include <stdlib.h>
#include <string.h>

static bool wants(const sim_subscription *subscription, const sim_event *event) {
  uint32_t number = subscription->notification != NULL ? event->notification : event->event;
  return number != 0 && !(event->once && event->told);
}

/* The status as vmcompute.dll has it. */
static hcsref_hresult notification_status(uint32_t code) {
  return (hcsref_hresult)((code & 0xFFFF0000u) == 0x80370000u ? (code & 0xFFFFu) | 0xC0370000u : code);
}

static void call_back(sim *s, sim_subscription *subscription, sim_event *event) {
  hcsref_arena arena;
  const hcsref_wchar *data = NULL;
  hcsref_hcs_event core = {event->event, NULL, NULL};
  uint32_t type = event->notification;
  hcsref_hresult status = notification_status(event->code);
  event->told = true;
  hcsref_arena_init(&arena, NULL, 0);
  if (event->document != NULL)
    data = hcsref_to_utf16(&arena, hcsref_cstr(event->document));
  core.data = data;
  subscription->runs_on = os_thread_id();
  os_monitor_leave(s->monitor);
  if (subscription->notification != NULL)
    subscription->notification(type, subscription->context, status, data);
  else
    subscription->event(&core, subscription->context);
  os_monitor_enter(s->monitor);
  subscription->runs_on = 0;
  os_monitor_wake(s->monitor);
  hcsref_arena_free(&arena);
}

static void remove_subscription(sim_source *source, const sim_subscription *subscription) {
  for (sim_subscription **at = &source->subscriptions; *at != NULL; at = &(*at)->next) {
    if (*at == subscription) {
      *at = subscription->next;
      return;
    }
  }
}

/* One callback at a time: the lists may have changed when it returns. */
static bool deliver_one(sim *s, sim_source *source) {
  for (sim_subscription *subscription = source->subscriptions; subscription != NULL;
       subscription = subscription->next) {
    while (subscription->runs_on == 0 && subscription->seen < source->count) {
      sim_event *event = &source->events[subscription->seen++];
      if (wants(subscription, event)) {
        call_back(s, subscription, event);
        if (subscription->source == NULL)
          free(subscription); /* removed from inside its callback */
        return true;
      }
    }
  }
  return false;
}

/* What a source belongs to must live until the job has run. */
static void find_owner(sim *s, const sim_source *source, sim_job *job) {
  for (sim_system *system = s->systems; system != NULL; system = system->next) {
    if (source == &system->source)
      job->system = system;
    for (sim_process *process = system->processes; process != NULL; process = process->next)
      if (source == &process->source)
        job->process = process;
  }
}

static void release_owner(sim *s, const sim_job *job) {
  if (job->system != NULL)
    sim_system_release(s, job->system);
  if (job->process != NULL)
    sim_process_release(s, job->process);
}

static void deliver(sim *s, sim_job *job) {
  while (deliver_one(s, job->source))
    continue;
  release_owner(s, job);
}

static void schedule_delivery(sim *s, sim_source *source, uint32_t delay) {
  sim_job job;
  memset(&job, 0, sizeof(job));
  job.run = deliver;
  job.source = source;
  find_owner(s, source, &job);
  if (job.system != NULL)
    job.system->references++;
  if (job.process != NULL)
    job.process->references++;
  if (!sim_schedule(s, &job, delay))
    release_owner(s, &job);
}

void sim_tell(sim *s, sim_source *source, sim_event event, uint32_t delay) {
  if (source->count == SIM_MAX_EVENTS) {
    free(event.document);
    return;
  }
  source->events[source->count++] = event;
  schedule_delivery(s, source, delay);
}

static sim_source *source_of(sim_call *call, sim_handle target) {
  sim_process *process;
  sim_system *system;
  if (sim_handle_kind(call->sim, target) == SIM_PROCESS) {
    process = sim_handle_get(call, target, SIM_PROCESS);
    return process == NULL ? NULL : &process->source;
  }
  system = sim_handle_get(call, target, SIM_SYSTEM);
  return system == NULL ? NULL : &system->source;
}

static sim_subscription *subscribe(sim_call *call, sim_handle target, hcsref_hcs_notification_callback notification,
                                   hcsref_hcs_event_callback event, void *context) {
  sim_source *source = source_of(call, target);
  sim_subscription *subscription = source == NULL ? NULL : calloc(1, sizeof(*subscription));
  if (source == NULL)
    return NULL;
  if (subscription == NULL) {
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    return NULL;
  }
  subscription->source = source;
  subscription->owner = target;
  subscription->notification = notification;
  subscription->event = event;
  subscription->context = context;
  subscription->next = source->subscriptions;
  source->subscriptions = subscription;
  if (source->count > 0)
    schedule_delivery(call->sim, source, 0);
  return subscription;
}

sim_handle sim_subscribe(sim_call *call, sim_handle target, hcsref_hcs_notification_callback notification,
                         hcsref_hcs_event_callback event, void *context) {
  sim_subscription *subscription = subscribe(call, target, notification, event, context);
  sim_handle handle = subscription == NULL ? 0 : sim_handle_new(call->sim, SIM_SUBSCRIPTION, subscription);
  if (subscription != NULL && handle == 0) {
    remove_subscription(subscription->source, subscription);
    free(subscription);
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  }
  return handle;
}

/* Ends what has been taken out of its list; a callback that runs on another thread is waited for. */
static void drop(sim *s, sim_subscription *subscription) {
  while (subscription->runs_on != 0 && subscription->runs_on != os_thread_id())
    os_monitor_wait(s->monitor, OS_FOREVER);
  subscription->source = NULL;
  if (subscription->runs_on == 0)
    free(subscription); /* else its own callback removes it: freed when that returns */
}

void sim_unsubscribe(sim_call *call, sim_handle handle) {
  sim_subscription *subscription = sim_handle_get(call, handle, SIM_SUBSCRIPTION);
  if (subscription == NULL)
    return;
  sim_handle_free(call->sim, handle);
  if (subscription->source != NULL)
    remove_subscription(subscription->source, subscription);
  drop(call->sim, subscription);
}

/* The subscriptions made through a handle that closes: no callbacks come after that. vmcompute.dll's stay registered
 * as handles of their own, which their client still unregisters. */
static sim_subscription *owned(const sim_source *source, sim_handle owner) {
  sim_subscription *at = source->subscriptions;
  while (at != NULL && (at->owner != owner || at->event == NULL))
    at = at->next;
  return at;
}

void sim_unsubscribe_owner(sim_call *call, sim_source *source, sim_handle owner) {
  for (sim_subscription *at = owned(source, owner); at != NULL; at = owned(source, owner)) {
    remove_subscription(source, at);
    drop(call->sim, at);
  }
}

void sim_set_callback(sim_call *call, sim_handle target, hcsref_hcs_event_callback event, void *context) {
  sim_source *source = source_of(call, target);
  if (source == NULL)
    return;
  sim_unsubscribe_owner(call, source, target);
  if (event != NULL)
    subscribe(call, target, NULL, event, context);
}
