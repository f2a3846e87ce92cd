/* SPDX-License-Identifier: Apache-2.0 */
/* A service's beginning and end. */
#include "engine/vm/bridge.h"

#include <stdlib.h>
#include <string.h>

static char *copy_of(const char *text, bool *ok) {
  char *copy = text == NULL ? NULL : sim_text_copy(hcsref_cstr(text));
  *ok = *ok && (text == NULL || copy != NULL);
  return copy;
}

sim *sim_open(const sim_settings *settings) {
  sim *s = calloc(1, sizeof(*s));
  const hcsref_profile *profile;
  bool ok = true;
  if (s == NULL)
    return NULL;
  s->monitor = os_monitor_new();
  s->state = copy_of(settings->state, &ok);
  s->record = copy_of(settings->record, &ok);
  s->build = settings->build;
  s->no_hypervisor = settings->no_hypervisor;
  s->start_guest = settings->guests && settings->state != NULL ? sim_bridge_start : NULL;
  hcsref_arena_init(&s->profile, NULL, 0);
  profile = hcsref_profile_find(&s->profile, HCSREF_LIT("newest"), NULL);
  s->rules = profile == NULL ? NULL : hcsref_profile_rules(profile, HCSREF_PROGRAM_HCSSHIM);
  ok = ok && s->rules != NULL && s->monitor != NULL && sim_rules_load(s, settings->rules, settings->complaint) &&
       (settings->faults == NULL || sim_faults_load(s, settings));
  if (!ok) {
    sim_close(s);
    return NULL;
  }
  return s;
}

static void stop_all(sim *s) {
  bool found = true;
  while (found) {
    found = false;
    sim_system *next;
    for (sim_system *system = s->systems; system != NULL && !found; system = next) {
      next = system->next;
      if (system->state != SIM_STOPPED && !system->foreign) {
        system->references++;
        system->foreign = true; /* where other processes have handles, it is theirs now */
        if (!sim_system_leave(s, system))
          sim_system_stop(s, system, 0, "ForcedExit");
        sim_system_release(s, system);
        found = true;
      }
    }
  }
}

static void free_jobs(sim *s) {
  while (s->jobs != NULL) {
    sim_job *job = s->jobs;
    s->jobs = job->next;
    if (job->operation != NULL)
      sim_operation_release(s, job->operation);
    if (job->process != NULL)
      sim_process_release(s, job->process);
    if (job->system != NULL)
      sim_system_release(s, job->system);
    free(job->document);
    free(job);
  }
}

/* What clients forgot to close. */
static void free_handles(sim *s) {
  for (size_t i = 0; i < s->entry_count; i++) {
    void *object = s->entries[i].object;
    switch (s->entries[i].kind) {
    case SIM_OPERATION:
      sim_operation_release(s, object);
      break;
    case SIM_PROCESS:
      sim_process_release(s, object);
      break;
    case SIM_SYSTEM:
      sim_system_release(s, object);
      break;
    case SIM_NAMESPACE:
    case SIM_HCN_NETWORK:
    case SIM_HCN_ENDPOINT:
    case SIM_HCN_BALANCER:
    case SIM_HCN_ROUTE:
      free(object);
      break;
    default:
      break;
    }
  }
  for (size_t i = 0; i < s->entry_count; i++)
    if (s->entries[i].kind == SIM_SUBSCRIPTION)
      free(s->entries[i].object);
}

void sim_close(sim *s) {
  if (s == NULL)
    return;
  if (s->monitor != NULL) {
    os_monitor_enter(s->monitor);
    stop_all(s);
    s->closing = true;
    os_monitor_wake(s->monitor);
    while (s->threads > 0)
      os_monitor_wait(s->monitor, OS_FOREVER);
    free_jobs(s);
    free_handles(s);
    os_monitor_leave(s->monitor);
  }
  for (size_t i = 0; i < s->fault_count; i++)
    free(s->faults[i].call);
  free(s->faults);
  free(s->entries);
  free(s->state);
  free(s->record);
  os_log_close(s->log);
  hcsref_arena_free(&s->profile);
  os_monitor_free(s->monitor);
  free(s);
}

void sim_open_handles(const sim *s, size_t out[SIM_HANDLE_KINDS]) {
  for (size_t i = 0; i < SIM_HANDLE_KINDS; i++)
    out[i] = s->kinds[SIM_SYSTEM + i];
}

void sim_count(sim *s, sim_counts *out) {
  memset(out, 0, sizeof(*out));
  os_monitor_enter(s->monitor);
  for (const sim_system *system = s->systems; system != NULL; system = system->next) {
    out->systems++;
    for (const sim_process *process = system->processes; process != NULL; process = process->next)
      out->processes++;
  }
  out->operations = s->kinds[SIM_OPERATION];
  out->subscriptions = s->kinds[SIM_SUBSCRIPTION];
  out->namespaces_open = s->kinds[SIM_NAMESPACE];
  for (size_t i = SIM_SYSTEM; i < SIM_SYSTEM + SIM_HANDLE_KINDS; i++)
    out->handles += s->kinds[i];
  out->threads = s->threads;
  out->layers_active = sim_count_layers(s);
  out->namespaces = sim_count_namespaces(s);
  os_monitor_leave(s->monitor);
}
