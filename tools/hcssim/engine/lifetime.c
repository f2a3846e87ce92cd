/* SPDX-License-Identifier: Apache-2.0 */
/* How systems, processes and what tells of them end: a handle and a job that is planned each hold a reference. */
#include "engine/state.h"

#include <stdlib.h>

static void free_source(sim_source *source) {
  for (size_t i = 0; i < source->count; i++)
    free(source->events[i].document);
  /* Handles to what is left go stale with it: they keep the bare subscription, which their removal frees. */
  while (source->subscriptions != NULL) {
    sim_subscription *subscription = source->subscriptions;
    source->subscriptions = subscription->next;
    subscription->source = NULL;
    if (subscription->event != NULL)
      free(subscription);
  }
  source->count = 0;
}

static void unlink_system(sim *s, const sim_system *system) {
  for (sim_system **at = &s->systems; *at != NULL; at = &(*at)->next) {
    if (*at == system) {
      *at = system->next;
      return;
    }
  }
}

/* With the last container in it a virtual machine may go, too. */
void sim_system_release(sim *s, sim_system *system) {
  while (system != NULL && --system->references == 0) {
    sim_system *host = system->container.host;
    unlink_system(s, system);
    free_source(&system->source);
    os_group_free(system->group);
    hcsref_arena_free(&system->arena);
    free(system->id);
    free(system);
    system = host;
  }
}

static void unlink_process(sim_process *process) {
  for (sim_process **at = &process->system->processes; *at != NULL; at = &(*at)->next) {
    if (*at == process) {
      *at = process->next;
      process->system->process_count--;
      return;
    }
  }
}

void sim_process_release(sim *s, sim_process *process) {
  if (--process->references > 0)
    return;
  unlink_process(process);
  free_source(&process->source);
  if (process->process != NULL)
    os_process_free(process->process);
  sim_system_release(s, process->system);
  free(process->image);
  free(process);
}

void sim_processes_end(sim *s, sim_system *system) {
  sim_system_end_others(s, system);
  for (sim_process *process = system->processes; process != NULL; process = process->next)
    if (!process->exited)
      os_process_kill(process->process, SIM_PROCESS_ABORTED);
  os_group_end(system->group, SIM_PROCESS_ABORTED);
}
