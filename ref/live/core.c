/* SPDX-License-Identifier: Apache-2.0 */
/* The container calls over computecore.dll: an operation each, waited for. Source of the order: hcsshim
 * internal/hcs/v2. */
#include "live/live.h"

/* Makes an operation, starts something with it, waits. `begin` gives the function's own result. */
static void with_operation(live_call *call, hcsref_hresult (*begin)(live_call *call, hcsref_hcs_operation operation),
                           bool process) {
  const hcsref_computecore *core = call->api->core;
  hcsref_hcs_operation operation = core->create_operation(NULL, NULL);
  if (operation == NULL) {
    call->result = (hcsref_hresult)HCSREF_ERROR_OUT_OF_MEMORY;
    call->failed = "HcsCreateOperation";
    return;
  }
  call->result = begin(call, operation);
  if (call->result < 0)
    core->get_operation_result(operation, &call->text); /* it may tell why; its own result is of no interest */
  else if (process)
    call->result = core->wait_for_operation_result_and_process_info(operation, call->ms, &call->info, &call->text);
  else
    call->result = core->wait_for_operation_result(operation, call->ms, &call->text);
  if (hcsref_hresult_condition(call->result) == HCSREF_HCS_TIMEOUT)
    core->cancel_operation(operation);
  core->close_operation(operation);
}

static hcsref_hresult begin_create(live_call *call, hcsref_hcs_operation operation) {
  return call->api->core->create_compute_system(call->id, call->document, operation, NULL, &call->system);
}

static hcsref_hresult begin_start(live_call *call, hcsref_hcs_operation operation) {
  return call->api->core->start_compute_system(call->system, operation, NULL);
}

static void core_start(live_call *call) {
  with_operation(call, begin_start, false);
}

static hcsref_hresult begin_shutdown(live_call *call, hcsref_hcs_operation operation) {
  return call->api->core->shut_down_compute_system(call->system, operation, NULL);
}

static hcsref_hresult begin_terminate(live_call *call, hcsref_hcs_operation operation) {
  return call->api->core->terminate_compute_system(call->system, operation, NULL);
}

/* A creation that failed leaves a handle behind: hcsshim terminates and closes it. */
static void core_create(live_call *call) {
  with_operation(call, begin_create, false);
  if (call->result < 0 && call->system != NULL) {
    live_call undo = *call;
    undo.text = NULL;
    with_operation(&undo, begin_terminate, false);
    if (undo.text != NULL)
      call->api->free_core_text(undo.text);
    call->api->core->close_compute_system(call->system);
    call->system = NULL;
  }
}

/* The operation's end is not yet the container's. */
static void end_system(live_call *call, hcsref_hresult (*begin)(live_call *call, hcsref_hcs_operation operation)) {
  hcsref_wchar *status = NULL;
  with_operation(call, begin, false);
  if (call->result < 0)
    return;
  call->result = call->api->core->wait_for_compute_system_exit(call->system, call->ms, &status);
  if (call->result < 0)
    call->failed = "HcsWaitForComputeSystemExit";
  if (status != NULL)
    call->api->free_core_text(status);
}

static void core_shutdown(live_call *call) {
  end_system(call, begin_shutdown);
}

static void core_terminate(live_call *call) {
  end_system(call, begin_terminate);
}

static void core_close(live_call *call) {
  call->api->core->close_compute_system(call->system);
}

static void core_open(live_call *call) {
  call->result = call->api->core->open_compute_system(call->id, 0x10000000u /* GENERIC_ALL */, &call->system);
}

static hcsref_hresult begin_properties(live_call *call, hcsref_hcs_operation operation) {
  return call->api->core->get_compute_system_properties(call->system, operation, call->document);
}

static void core_properties(live_call *call) {
  with_operation(call, begin_properties, false);
}

static hcsref_hresult begin_enumerate(live_call *call, hcsref_hcs_operation operation) {
  return call->api->core->enumerate_compute_systems(call->document, operation);
}

static void core_enumerate(live_call *call) {
  with_operation(call, begin_enumerate, false);
}

static hcsref_hresult begin_run(live_call *call, hcsref_hcs_operation operation) {
  return call->api->core->create_process(call->system, call->document, operation, NULL, &call->process);
}

static void core_run(live_call *call) {
  with_operation(call, begin_run, true);
  if (call->result >= 0 || call->process == NULL)
    return;
  call->api->core->close_process(call->process);
  call->process = NULL;
}

static void core_wait(live_call *call) {
  call->result = call->api->core->wait_for_process_exit(call->process, call->ms, &call->text);
}

static hcsref_hresult begin_kill(live_call *call, hcsref_hcs_operation operation) {
  return call->api->core->terminate_process(call->process, operation, NULL);
}

static void core_kill(live_call *call) {
  with_operation(call, begin_kill, false);
}

static hcsref_hresult begin_signal(live_call *call, hcsref_hcs_operation operation) {
  return call->api->core->signal_process(call->process, operation, call->document);
}

static void core_signal(live_call *call) {
  with_operation(call, begin_signal, false);
}

static hcsref_hresult begin_modify(live_call *call, hcsref_hcs_operation operation) {
  return call->api->core->modify_process(call->process, operation, call->document);
}

static void core_modify(live_call *call) {
  with_operation(call, begin_modify, false);
}

static void core_close_process(live_call *call) {
  call->api->core->close_process(call->process);
}

const live_backend live_core_backend = {
    "HcsCreateComputeSystem",
    "HcsShutDownComputeSystem",
    core_create,
    core_start,
    core_shutdown,
    core_terminate,
    core_close,
    core_open,
    core_properties,
    core_enumerate,
    core_run,
    core_wait,
    core_kill,
    core_signal,
    core_modify,
    core_close_process,
};
