/* SPDX-License-Identifier: Apache-2.0 */
/* Operations of computecore.dll. Source: the HCS reference, HcsWaitForOperationResult and its neighbours. */
#include "engine/state.h"

#include <stdlib.h>
#include <string.h>

sim_handle sim_create_operation(sim_call *call, const void *context, hcsref_hcs_completion callback) {
  sim_operation *operation = sim_going(call) ? calloc(1, sizeof(*operation)) : NULL;
  if (operation == NULL)
    return 0;
  operation->references = 1;
  operation->context = context;
  operation->callback = callback;
  operation->api = call->api;
  operation->self = sim_handle_new(call->sim, SIM_OPERATION, operation);
  if (operation->self != 0)
    return operation->self;
  free(operation);
  return 0;
}

sim_operation *sim_operation_get(sim_call *call, sim_handle handle) {
  return sim_handle_get(call, handle, SIM_OPERATION);
}

static void close_streams(sim_process_info *info) {
  for (int i = 0; i < 3; i++) {
    os_stream_close(info->streams[i]);
    info->streams[i] = NULL;
  }
}

void sim_operation_release(sim *s, sim_operation *operation) {
  (void)s;
  if (--operation->references > 0)
    return;
  if (operation->has_info)
    close_streams(&operation->info); /* nobody fetched them */
  free(operation->document);
  free(operation);
}

void sim_close_operation(sim_call *call, sim_handle handle) {
  sim_operation *operation = sim_operation_get(call, handle);
  if (operation == NULL)
    return;
  sim_handle_free(call->sim, handle);
  operation->closed = true;
  sim_operation_release(call->sim, operation);
}

const void *sim_operation_context(sim_call *call, sim_handle handle) {
  const sim_operation *operation = sim_operation_get(call, handle);
  return operation == NULL ? NULL : operation->context;
}

void sim_cancel_operation(sim_call *call, sim_handle handle) {
  sim_operation *operation = sim_operation_get(call, handle);
  if (operation == NULL)
    return;
  if (!operation->started || operation->done)
    sim_fail(call, HCSREF_HCS_NOT_STARTED, "The operation is not under way.");
  else
    operation->cancelled = true;
}

void sim_set_operation_callback(sim_call *call, sim_handle handle, const void *context,
                                hcsref_hcs_completion callback) {
  sim_operation *operation = sim_operation_get(call, handle);
  if (operation == NULL)
    return;
  operation->context = context;
  operation->callback = callback;
}

/* Ends an operation with what has been decided, on the service's thread. */
static void end_job(sim *s, sim_job *job) {
  sim_operation_end(s, job->operation, job->code, job->document);
  job->document = NULL;
  sim_operation_release(s, job->operation);
}

static bool schedule_end(sim_call *call, sim_operation *operation, uint32_t code, hcsref_str document) {
  sim_job job;
  memset(&job, 0, sizeof(job));
  job.run = end_job;
  job.operation = operation;
  job.code = code;
  job.document = document.len == 0 ? NULL : sim_text_copy(document);
  operation->references++;
  if (sim_schedule(call->sim, &job, call->fault.kind == SIM_FAULT_LATE ? call->fault.ms : 0))
    return true;
  operation->references--;
  free(job.document);
  return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

bool sim_start_operation(sim_call *call, sim_handle handle) {
  sim_operation *operation = sim_operation_get(call, handle);
  if (operation == NULL)
    return false;
  if (operation->started && !operation->done)
    return sim_fail(call, HCSREF_HCS_ALREADY_STARTED, "The operation is already under way.");
  operation->started = true;
  operation->done = operation->cancelled = false;
  free(operation->document);
  operation->document = NULL;
  if (call->fault.kind == SIM_FAULT_HANG)
    return false;
  if (call->fault.kind == SIM_FAULT_FAIL_LATER) {
    sim_fail(call, call->fault.code, "A fault was planned for %s.", call->name);
    sim_complete_operation(call, handle, NULL);
    return false;
  }
  return true;
}

void sim_complete_operation(sim_call *call, sim_handle handle, const sim_process_info *info) {
  sim_operation *operation = sim_handle_object(call->sim, handle, SIM_OPERATION);
  uint32_t code = call->code;
  hcsref_str document = call->document;
  if (operation == NULL)
    return;
  call->code = 0;
  call->document = hcsref_str_from(NULL, 0);
  if (info != NULL) {
    operation->info = *info;
    operation->has_info = true;
  }
  schedule_end(call, operation, code, document);
}

void sim_operation_end(sim *s, sim_operation *operation, uint32_t code, char *document) {
  operation->done = true;
  operation->code = code;
  operation->document = document;
  os_monitor_wake(s->monitor);
  if (operation->callback != NULL && !operation->closed && !operation->cancelled) {
    hcsref_hcs_completion callback = operation->callback;
    os_monitor_leave(s->monitor);
    callback((hcsref_hcs_operation)operation->self, (void *)(uintptr_t)operation->context);
    os_monitor_enter(s->monitor);
  }
}

/* Gives up the lock until the operation has ended, its handle is closed or time is up. */
static void wait_for(sim *s, const sim_operation *operation, uint32_t ms) {
  uint64_t now = os_now_ms(), end = now + ms;
  while (!operation->done && !operation->closed && !s->closing && (ms == OS_FOREVER || now < end)) {
    os_monitor_wait(s->monitor, ms == OS_FOREVER ? OS_FOREVER : (uint32_t)(end - now));
    now = os_now_ms();
  }
}

void sim_operation_result(sim_call *call, sim_handle handle, uint32_t ms, bool wait, sim_process_info *info) {
  sim_operation *operation = sim_operation_get(call, handle);
  if (operation == NULL)
    return;
  if (!operation->started) {
    sim_fail(call, HCSREF_HCS_NOT_STARTED, "The operation has not been started.");
    return;
  }
  operation->references++;
  if (wait)
    wait_for(call->sim, operation, ms);
  if (!operation->done) {
    call->code = wait ? HCSREF_HCS_TIMEOUT : HCSREF_HCS_PENDING;
  } else {
    call->code = operation->code;
    if (operation->document != NULL)
      hcsref_str_copy(&call->arena, hcsref_cstr(operation->document), &call->document);
    if (info != NULL && operation->has_info && operation->code == 0) {
      *info = operation->info;
      operation->has_info = false;
    } else if (info != NULL && operation->code == 0) {
      call->code = HCSREF_HCS_NO_PROCESS_INFO;
    }
  }
  sim_operation_release(call->sim, operation);
}
