/* SPDX-License-Identifier: Apache-2.0 */
/* The container calls over vmcompute.dll: long ones return "pending" and end with a notification. Source: hcsshim
 * internal/hcs. */
#include "live/live.h"

static const hcsref_wchar no_options[] = {0}; /* hcsshim hands over "", not null */

static bool is_pending(hcsref_hresult result) {
  return (uint32_t)result == HCSREF_VMCOMPUTE_PENDING;
}

/* The document of a call that succeeded after all is of no use. */
static void drop_text(live_call *call) {
  if (call->text != NULL)
    call->api->free_vm_text(call->text);
  call->text = NULL;
}

static void await(live_call *call, const bool *flag) {
  if (!is_pending(call->result))
    return;
  drop_text(call);
  call->result = hcsref_live_inbox_wait(call->inbox, flag, call->ms);
}

static void undo_create(live_call *call) {
  const hcsref_vmcompute *vm = call->api->vm;
  hcsref_wchar *ignored = NULL;
  if (vm->terminate_compute_system(call->system, no_options, &ignored) < 0 && ignored != NULL)
    call->api->free_vm_text(ignored);
  if (call->callback != NULL)
    vm->unregister_compute_system_callback(call->callback);
  vm->close_compute_system(call->system);
  call->system = NULL;
  call->callback = NULL;
}

static void vm_create(live_call *call) {
  const hcsref_vmcompute *vm = call->api->vm;
  hcsref_hresult created = vm->create_compute_system(call->id, call->document, NULL, &call->system, &call->text);
  call->result = created;
  if (created < 0 && !is_pending(created))
    return;
  call->result = vm->register_compute_system_callback(call->system, hcsref_live_notified, call->inbox, &call->callback);
  if (call->result < 0) {
    call->failed = "HcsRegisterComputeSystemCallback";
    call->callback = NULL;
  } else {
    call->result = created;
    await(call, &call->inbox->created);
  }
  if (call->result < 0)
    undo_create(call);
  else
    drop_text(call);
}

static void vm_start(live_call *call) {
  call->result = call->api->vm->start_compute_system(call->system, no_options, &call->text);
  await(call, &call->inbox->started);
}

static void vm_shutdown(live_call *call) {
  call->result = call->api->vm->shutdown_compute_system(call->system, no_options, &call->text);
  await(call, &call->inbox->exited);
}

static void vm_terminate(live_call *call) {
  call->result = call->api->vm->terminate_compute_system(call->system, no_options, &call->text);
  await(call, &call->inbox->exited);
  if (hcsref_hresult_condition(call->result) == HCSREF_HCS_UNEXPECTED_EXIT)
    call->result = 0; /* how it ended does not matter here: hcsshim system.go waitBackground */
}

static void vm_close(live_call *call) {
  const hcsref_vmcompute *vm = call->api->vm;
  hcsref_hresult unregistered = 0;
  if (call->callback != NULL)
    unregistered = vm->unregister_compute_system_callback(call->callback);
  call->result = vm->close_compute_system(call->system);
  if (call->result >= 0 && unregistered < 0) {
    call->result = unregistered;
    call->failed = "HcsUnregisterComputeSystemCallback";
  }
}

static void vm_open(live_call *call) {
  const hcsref_vmcompute *vm = call->api->vm;
  call->result = vm->open_compute_system(call->id, &call->system, &call->text);
  if (call->result < 0)
    return;
  call->result = vm->register_compute_system_callback(call->system, hcsref_live_notified, call->inbox, &call->callback);
  if (call->result >= 0)
    return;
  call->failed = "HcsRegisterComputeSystemCallback";
  vm->close_compute_system(call->system);
}

/* Both kinds of text come out: the answer or, of a failure, the result document. */
static void take_answer(live_call *call, hcsref_wchar *answer, hcsref_wchar *result) {
  call->text = call->result < 0 ? result : answer;
  result = call->result < 0 ? answer : result;
  if (result != NULL)
    call->api->free_vm_text(result);
}

static void vm_properties(live_call *call) {
  hcsref_wchar *answer = NULL, *result = NULL;
  call->result = call->api->vm->get_compute_system_properties(call->system, call->document, &answer, &result);
  take_answer(call, answer, result);
}

static void vm_enumerate(live_call *call) {
  hcsref_wchar *answer = NULL, *result = NULL;
  call->result = call->api->vm->enumerate_compute_systems(call->document, &answer, &result);
  take_answer(call, answer, result);
}

/* Streams that nobody will hear of. */
static void close_streams(const live_call *call) {
  const hcsref_os_handle streams[] = {call->info.std_input, call->info.std_output, call->info.std_error};
  for (size_t i = 0; i < 3; i++)
    if (streams[i] != NULL && streams[i] != (hcsref_os_handle)UINTPTR_MAX)
      call->api->os->stream_close(streams[i]);
}

static void vm_run(live_call *call) {
  const hcsref_vmcompute *vm = call->api->vm;
  call->result = vm->create_process(call->system, call->document, &call->info, &call->process, &call->text);
  if (call->result < 0)
    return;
  drop_text(call);
  call->result = vm->register_process_callback(call->process, hcsref_live_notified, call->inbox, &call->callback);
  if (call->result >= 0)
    return;
  call->failed = "HcsRegisterProcessCallback";
  call->callback = NULL;
  if (vm->terminate_process(call->process, &call->text) < 0)
    drop_text(call);
  vm->close_process(call->process);
  call->process = NULL;
  close_streams(call);
}

static void vm_wait(live_call *call) {
  hcsref_wchar *answer = NULL, *result = NULL;
  call->result = hcsref_live_inbox_wait(call->inbox, &call->inbox->exited, call->ms);
  if (call->result < 0)
    return;
  call->result = call->api->vm->get_process_properties(call->process, &answer, &result);
  if (call->result < 0)
    call->failed = "HcsGetProcessProperties";
  take_answer(call, answer, result);
}

static void vm_kill(live_call *call) {
  call->result = call->api->vm->terminate_process(call->process, &call->text);
}

static void vm_signal(live_call *call) {
  call->result = call->api->vm->signal_process(call->process, call->document, &call->text);
}

static void vm_modify(live_call *call) {
  call->result = call->api->vm->modify_process(call->process, call->document, &call->text);
}

static void vm_close_process(live_call *call) {
  if (call->callback != NULL)
    call->api->vm->unregister_process_callback(call->callback);
  call->result = call->api->vm->close_process(call->process);
}

const live_backend live_vm_backend = {
    "HcsCreateComputeSystem",
    "HcsShutdownComputeSystem",
    vm_create,
    vm_start,
    vm_shutdown,
    vm_terminate,
    vm_close,
    vm_open,
    vm_properties,
    vm_enumerate,
    vm_run,
    vm_wait,
    vm_kill,
    vm_signal,
    vm_modify,
    vm_close_process,
};
