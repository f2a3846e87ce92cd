/* SPDX-License-Identifier: Apache-2.0 */
/* computecore.dll. Source of the signatures: the HCS reference; hcsshim internal/computecore. */
#include "dll/core.h"
#include "engine/state.h"

#include <string.h>

hcsref_hcs_operation HCSREF_WINAPI core_HcsCreateOperation(const void *context, hcsref_hcs_completion callback) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_COMPUTECORE, "HcsCreateOperation", false);
  handle = sim_create_operation(&call, context, callback);
  sim_note_number(&call, &call.out, "operation", handle);
  shim_end(&call, NULL);
  return (hcsref_hcs_operation)handle;
}

void HCSREF_WINAPI core_HcsCloseOperation(hcsref_hcs_operation operation) {
  sim_call call;
  shim_begin(&call, SIM_COMPUTECORE, "HcsCloseOperation", false);
  sim_close_operation(&call, shim_handle(&call, "operation", operation));
  shim_end(&call, NULL);
}

static hcsref_hresult operation_result(const char *name, hcsref_hcs_operation operation, bool wait, uint32_t ms,
                                       hcsref_hcs_process_info *info, hcsref_wchar **document) {
  sim_process_info process;
  sim_call call;
  memset(&process, 0, sizeof(process));
  shim_begin(&call, SIM_COMPUTECORE, name, false);
  sim_operation_result(&call, shim_handle(&call, "operation", operation), ms, wait, info == NULL ? NULL : &process);
  shim_process_info(&call, &process, info);
  return shim_end(&call, document);
}

hcsref_hresult HCSREF_WINAPI core_HcsGetOperationResult(hcsref_hcs_operation operation, hcsref_wchar **document) {
  return operation_result("HcsGetOperationResult", operation, false, 0, NULL, document);
}

hcsref_hresult HCSREF_WINAPI core_HcsGetOperationResultAndProcessInfo(hcsref_hcs_operation operation,
                                                                      hcsref_hcs_process_info *info,
                                                                      hcsref_wchar **document) {
  return operation_result("HcsGetOperationResultAndProcessInfo", operation, false, 0, info, document);
}

hcsref_hresult HCSREF_WINAPI core_HcsWaitForOperationResult(hcsref_hcs_operation operation, uint32_t ms,
                                                            hcsref_wchar **document) {
  return operation_result("HcsWaitForOperationResult", operation, true, ms, NULL, document);
}

hcsref_hresult HCSREF_WINAPI core_HcsWaitForOperationResultAndProcessInfo(hcsref_hcs_operation operation, uint32_t ms,
                                                                          hcsref_hcs_process_info *info,
                                                                          hcsref_wchar **document) {
  return operation_result("HcsWaitForOperationResultAndProcessInfo", operation, true, ms, info, document);
}

hcsref_hresult HCSREF_WINAPI core_HcsCancelOperation(hcsref_hcs_operation operation) {
  sim_call call;
  shim_begin(&call, SIM_COMPUTECORE, "HcsCancelOperation", false);
  sim_cancel_operation(&call, shim_handle(&call, "operation", operation));
  return shim_end(&call, NULL);
}

void *HCSREF_WINAPI core_HcsGetOperationContext(hcsref_hcs_operation operation) {
  sim_call call;
  const void *context;
  shim_begin(&call, SIM_COMPUTECORE, "HcsGetOperationContext", false);
  context = sim_operation_context(&call, shim_handle(&call, "operation", operation));
  shim_end(&call, NULL);
  return (void *)(uintptr_t)context;
}

hcsref_hresult HCSREF_WINAPI core_HcsSetOperationCallback(hcsref_hcs_operation operation, const void *context,
                                                          hcsref_hcs_completion callback) {
  sim_call call;
  shim_begin(&call, SIM_COMPUTECORE, "HcsSetOperationCallback", false);
  sim_set_operation_callback(&call, shim_handle(&call, "operation", operation), context, callback);
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI core_HcsCreateComputeSystem(const hcsref_wchar *id, const hcsref_wchar *configuration,
                                                         hcsref_hcs_operation operation, const void *security,
                                                         hcsref_hcs_system *system) {
  sim_call call;
  hcsref_str id_text, document;
  sim_handle with, created = 0;
  (void)security;
  shim_begin(&call, SIM_COMPUTECORE, "HcsCreateComputeSystem", true);
  id_text = shim_text(&call, "id", id, false);
  document = shim_text(&call, "configuration", configuration, true);
  with = shim_handle(&call, "operation", operation);
  if (sim_start_operation(&call, with)) {
    created = sim_create_system(&call, id_text, document, with);
    if (!sim_going(&call))
      sim_complete_operation(&call, with, NULL);
  }
  sim_note_number(&call, &call.out, "system", created);
  *system = (hcsref_hcs_system)created;
  return shim_end(&call, NULL);
}

/* STANDARD_RIGHTS_REQUIRED and every specific right, as a client asked first. */
#define STANDARD_AND_SPECIFIC 0x000FFFFFu

hcsref_hresult HCSREF_WINAPI core_HcsOpenComputeSystem(const hcsref_wchar *id, uint32_t access,
                                                       hcsref_hcs_system *system) {
  sim_call call;
  sim_handle handle;
  hcsref_str name;
  shim_begin(&call, SIM_COMPUTECORE, "HcsOpenComputeSystem", false);
  name = shim_text(&call, "id", id, false);
  sim_note_number(&call, &call.in, "access", access);
  if (access == STANDARD_AND_SPECIFIC && sim_going(&call) && sim_has_rule(call.sim, SIM_RULE_OPEN_ACCESS))
    sim_fail(&call, HCSREF_ERROR_INVALID_PARAMETER, "The access 0x000FFFFF is not possible.");
  handle = sim_open_system(&call, name);
  sim_note_number(&call, &call.out, "system", handle);
  *system = (hcsref_hcs_system)handle;
  return shim_end(&call, NULL);
}

void HCSREF_WINAPI core_HcsCloseComputeSystem(hcsref_hcs_system system) {
  sim_call call;
  shim_begin(&call, SIM_COMPUTECORE, "HcsCloseComputeSystem", false);
  sim_close_system(&call, shim_handle(&call, "system", system));
  shim_end(&call, NULL);
}

static hcsref_hresult act(const char *name, sim_action action, hcsref_hcs_system system, hcsref_hcs_operation operation,
                          const hcsref_wchar *options) {
  sim_call call;
  sim_handle handle, with;
  shim_begin(&call, SIM_COMPUTECORE, name, true);
  handle = shim_handle(&call, "system", system);
  with = shim_handle(&call, "operation", operation);
  shim_text(&call, "options", options, true);
  if (sim_start_operation(&call, with)) {
    if (options == NULL && action == SIM_SHUTDOWN && sim_has_rule(call.sim, SIM_RULE_SHUTDOWN_OPTIONS))
      sim_fail(&call, HCSREF_ERROR_INVALID_PARAMETER, "There are no options.");
    else
      sim_act(&call, handle, action, with);
    if (!sim_going(&call))
      sim_complete_operation(&call, with, NULL);
  }
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI core_HcsStartComputeSystem(hcsref_hcs_system system, hcsref_hcs_operation operation,
                                                        const hcsref_wchar *options) {
  return act("HcsStartComputeSystem", SIM_START, system, operation, options);
}

hcsref_hresult HCSREF_WINAPI core_HcsShutDownComputeSystem(hcsref_hcs_system system, hcsref_hcs_operation operation,
                                                           const hcsref_wchar *options) {
  return act("HcsShutDownComputeSystem", SIM_SHUTDOWN, system, operation, options);
}

hcsref_hresult HCSREF_WINAPI core_HcsTerminateComputeSystem(hcsref_hcs_system system, hcsref_hcs_operation operation,
                                                            const hcsref_wchar *options) {
  return act("HcsTerminateComputeSystem", SIM_TERMINATE, system, operation, options);
}

hcsref_hresult HCSREF_WINAPI core_HcsPauseComputeSystem(hcsref_hcs_system system, hcsref_hcs_operation operation,
                                                        const hcsref_wchar *options) {
  return act("HcsPauseComputeSystem", SIM_PAUSE, system, operation, options);
}

hcsref_hresult HCSREF_WINAPI core_HcsResumeComputeSystem(hcsref_hcs_system system, hcsref_hcs_operation operation,
                                                         const hcsref_wchar *options) {
  return act("HcsResumeComputeSystem", SIM_RESUME, system, operation, options);
}

hcsref_hresult HCSREF_WINAPI core_HcsSaveComputeSystem(hcsref_hcs_system system, hcsref_hcs_operation operation,
                                                       const hcsref_wchar *options) {
  return act("HcsSaveComputeSystem", SIM_SAVE, system, operation, options);
}

/* A function that is done at once: what it found goes to its operation. */
typedef void (*work)(sim_call *call, sim_handle target, hcsref_str text);

static hcsref_hresult answer(const char *name, work run, const char *what, const void *target, const char *text_name,
                             const hcsref_wchar *text, hcsref_hcs_operation operation) {
  sim_call call;
  hcsref_str given;
  sim_handle handle = 0, with;
  shim_begin(&call, SIM_COMPUTECORE, name, true);
  if (what != NULL)
    handle = shim_handle(&call, what, target);
  with = shim_handle(&call, "operation", operation);
  given = shim_text(&call, text_name, text, true);
  if (sim_start_operation(&call, with)) {
    run(&call, handle, given);
    sim_complete_operation(&call, with, NULL);
  }
  return shim_end(&call, NULL);
}

static void enumerate(sim_call *call, sim_handle none, hcsref_str query) {
  (void)none;
  sim_enumerate(call, query);
}

static void terminate_process(sim_call *call, sim_handle process, hcsref_str options) {
  (void)options;
  sim_terminate_process(call, process);
}

static void process_properties(sim_call *call, sim_handle process, hcsref_str query) {
  (void)query;
  sim_process_properties(call, process);
}

hcsref_hresult HCSREF_WINAPI core_HcsGetComputeSystemProperties(hcsref_hcs_system system,
                                                                hcsref_hcs_operation operation,
                                                                const hcsref_wchar *query) {
  return answer("HcsGetComputeSystemProperties", sim_system_properties, "system", system, "query", query, operation);
}

hcsref_hresult HCSREF_WINAPI core_HcsTerminateProcess(hcsref_hcs_process process, hcsref_hcs_operation operation,
                                                      const hcsref_wchar *options) {
  return answer("HcsTerminateProcess", terminate_process, "process", process, "options", options, operation);
}

hcsref_hresult HCSREF_WINAPI core_HcsSignalProcess(hcsref_hcs_process process, hcsref_hcs_operation operation,
                                                   const hcsref_wchar *options) {
  return answer("HcsSignalProcess", sim_signal_process, "process", process, "options", options, operation);
}

hcsref_hresult HCSREF_WINAPI core_HcsGetProcessProperties(hcsref_hcs_process process, hcsref_hcs_operation operation,
                                                          const hcsref_wchar *query) {
  return answer("HcsGetProcessProperties", process_properties, "process", process, "query", query, operation);
}

hcsref_hresult HCSREF_WINAPI core_HcsModifyProcess(hcsref_hcs_process process, hcsref_hcs_operation operation,
                                                   const hcsref_wchar *settings) {
  return answer("HcsModifyProcess", sim_modify_process, "process", process, "settings", settings, operation);
}

hcsref_hresult HCSREF_WINAPI core_HcsModifyComputeSystem(hcsref_hcs_system system, hcsref_hcs_operation operation,
                                                         const hcsref_wchar *configuration, hcsref_os_handle identity) {
  (void)identity;
  return answer("HcsModifyComputeSystem", sim_modify_system, "system", system, "configuration", configuration,
                operation);
}

hcsref_hresult HCSREF_WINAPI core_HcsEnumerateComputeSystems(const hcsref_wchar *query,
                                                             hcsref_hcs_operation operation) {
  return answer("HcsEnumerateComputeSystems", enumerate, NULL, NULL, "query", query, operation);
}

hcsref_hresult HCSREF_WINAPI core_HcsSetComputeSystemCallback(hcsref_hcs_system system, uint32_t options, void *context,
                                                              hcsref_hcs_event_callback callback) {
  sim_call call;
  shim_begin(&call, SIM_COMPUTECORE, "HcsSetComputeSystemCallback", false);
  sim_note_number(&call, &call.in, "options", options);
  sim_set_callback(&call, shim_handle(&call, "system", system), callback, context);
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI core_HcsSetProcessCallback(hcsref_hcs_process process, uint32_t options, void *context,
                                                        hcsref_hcs_event_callback callback) {
  sim_call call;
  shim_begin(&call, SIM_COMPUTECORE, "HcsSetProcessCallback", false);
  sim_note_number(&call, &call.in, "options", options);
  sim_set_callback(&call, shim_handle(&call, "process", process), callback, context);
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI core_HcsWaitForComputeSystemExit(hcsref_hcs_system system, uint32_t ms,
                                                              hcsref_wchar **status) {
  sim_call call;
  shim_begin(&call, SIM_COMPUTECORE, "HcsWaitForComputeSystemExit", false);
  sim_wait_system(&call, shim_handle(&call, "system", system), ms);
  return shim_end(&call, status);
}

hcsref_hresult HCSREF_WINAPI core_HcsCreateProcess(hcsref_hcs_system system, const hcsref_wchar *parameters,
                                                   hcsref_hcs_operation operation, const void *security,
                                                   hcsref_hcs_process *process) {
  sim_call call;
  hcsref_str document;
  sim_handle handle, with, created = 0;
  sim_process_info info;
  (void)security;
  shim_begin(&call, SIM_COMPUTECORE, "HcsCreateProcess", true);
  handle = shim_handle(&call, "system", system);
  document = shim_text(&call, "parameters", parameters, true);
  with = shim_handle(&call, "operation", operation);
  if (sim_start_operation(&call, with)) {
    created = sim_create_process(&call, handle, document, &info);
    sim_complete_operation(&call, with, sim_going(&call) ? &info : NULL);
  }
  sim_note_number(&call, &call.out, "process", created);
  *process = (hcsref_hcs_process)created;
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI core_HcsOpenProcess(hcsref_hcs_system system, uint32_t number, uint32_t access,
                                                 hcsref_hcs_process *process) {
  sim_call call;
  sim_handle handle;
  (void)access;
  shim_begin(&call, SIM_COMPUTECORE, "HcsOpenProcess", false);
  sim_note_number(&call, &call.in, "ProcessId", number);
  handle = sim_open_process(&call, shim_handle(&call, "system", system), number);
  *process = (hcsref_hcs_process)handle;
  return shim_end(&call, NULL);
}

void HCSREF_WINAPI core_HcsCloseProcess(hcsref_hcs_process process) {
  sim_call call;
  shim_begin(&call, SIM_COMPUTECORE, "HcsCloseProcess", false);
  sim_close_process(&call, shim_handle(&call, "process", process));
  shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI core_HcsGetProcessInfo(hcsref_hcs_process process, hcsref_hcs_operation operation) {
  sim_call call;
  sim_handle handle, with;
  sim_process_info info;
  memset(&info, 0, sizeof(info));
  shim_begin(&call, SIM_COMPUTECORE, "HcsGetProcessInfo", true);
  handle = shim_handle(&call, "process", process);
  with = shim_handle(&call, "operation", operation);
  if (sim_start_operation(&call, with)) {
    sim_process_number(&call, handle, &info.number);
    sim_complete_operation(&call, with, &info);
  }
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI core_HcsWaitForProcessExit(hcsref_hcs_process process, uint32_t ms,
                                                        hcsref_wchar **status) {
  sim_call call;
  shim_begin(&call, SIM_COMPUTECORE, "HcsWaitForProcessExit", false);
  sim_wait_process(&call, shim_handle(&call, "process", process), ms);
  return shim_end(&call, status);
}

hcsref_hresult HCSREF_WINAPI core_HcsGetServiceProperties(const hcsref_wchar *query, hcsref_wchar **result) {
  sim_call call;
  shim_begin(&call, SIM_COMPUTECORE, "HcsGetServiceProperties", false);
  sim_service_properties(&call, shim_text(&call, "query", query, true));
  return shim_end(&call, result);
}

hcsref_hresult HCSREF_WINAPI core_HcsModifyServiceSettings(const hcsref_wchar *settings, hcsref_wchar **result) {
  sim_call call;
  shim_begin(&call, SIM_COMPUTECORE, "HcsModifyServiceSettings", false);
  sim_modify_service(&call, shim_text(&call, "settings", settings, true));
  return shim_end(&call, result);
}

const hcsref_computecore sim_computecore = {
    .create_operation = core_HcsCreateOperation,
    .close_operation = core_HcsCloseOperation,
    .get_operation_result = core_HcsGetOperationResult,
    .get_operation_result_and_process_info = core_HcsGetOperationResultAndProcessInfo,
    .wait_for_operation_result = core_HcsWaitForOperationResult,
    .wait_for_operation_result_and_process_info = core_HcsWaitForOperationResultAndProcessInfo,
    .cancel_operation = core_HcsCancelOperation,
    .create_compute_system = core_HcsCreateComputeSystem,
    .open_compute_system = core_HcsOpenComputeSystem,
    .close_compute_system = core_HcsCloseComputeSystem,
    .start_compute_system = core_HcsStartComputeSystem,
    .shut_down_compute_system = core_HcsShutDownComputeSystem,
    .terminate_compute_system = core_HcsTerminateComputeSystem,
    .get_compute_system_properties = core_HcsGetComputeSystemProperties,
    .enumerate_compute_systems = core_HcsEnumerateComputeSystems,
    .wait_for_compute_system_exit = core_HcsWaitForComputeSystemExit,
    .create_process = core_HcsCreateProcess,
    .close_process = core_HcsCloseProcess,
    .terminate_process = core_HcsTerminateProcess,
    .signal_process = core_HcsSignalProcess,
    .modify_process = core_HcsModifyProcess,
    .wait_for_process_exit = core_HcsWaitForProcessExit,
};
