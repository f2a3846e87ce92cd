/* SPDX-License-Identifier: Apache-2.0 */
/* The compute functions of vmcompute.dll. Source of the signatures: hcsshim internal/vmcompute. */
#include "dll/shim.h"

#include <string.h>

hcsref_hresult HCSREF_WINAPI vm_HcsCreateComputeSystem(const hcsref_wchar *id, const hcsref_wchar *configuration,
                                                       hcsref_os_handle identity, hcsref_hcs_system *system,
                                                       hcsref_wchar **result) {
  sim_call call;
  hcsref_str id_text, document;
  sim_handle handle;
  (void)identity;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsCreateComputeSystem", true);
  id_text = shim_text(&call, "id", id, false);
  document = shim_text(&call, "configuration", configuration, true);
  handle = sim_create_system(&call, id_text, document, 0);
  sim_note_number(&call, &call.out, "system", handle);
  *system = (hcsref_hcs_system)handle;
  return shim_end(&call, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsOpenComputeSystem(const hcsref_wchar *id, hcsref_hcs_system *system,
                                                     hcsref_wchar **result) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsOpenComputeSystem", false);
  handle = sim_open_system(&call, shim_text(&call, "id", id, false));
  sim_note_number(&call, &call.out, "system", handle);
  *system = (hcsref_hcs_system)handle;
  return shim_end(&call, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsCloseComputeSystem(hcsref_hcs_system system) {
  sim_call call;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsCloseComputeSystem", false);
  sim_close_system(&call, shim_handle(&call, "system", system));
  return shim_end(&call, NULL);
}

static hcsref_hresult act(const char *name, sim_action action, hcsref_hcs_system system, const hcsref_wchar *options,
                          hcsref_wchar **result) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_VMCOMPUTE, name, true);
  handle = shim_handle(&call, "system", system);
  shim_text(&call, "options", options, true);
  sim_act(&call, handle, action, 0);
  return shim_end(&call, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsStartComputeSystem(hcsref_hcs_system system, const hcsref_wchar *options,
                                                      hcsref_wchar **result) {
  return act("HcsStartComputeSystem", SIM_START, system, options, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsShutdownComputeSystem(hcsref_hcs_system system, const hcsref_wchar *options,
                                                         hcsref_wchar **result) {
  return act("HcsShutdownComputeSystem", SIM_SHUTDOWN, system, options, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsTerminateComputeSystem(hcsref_hcs_system system, const hcsref_wchar *options,
                                                          hcsref_wchar **result) {
  return act("HcsTerminateComputeSystem", SIM_TERMINATE, system, options, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsPauseComputeSystem(hcsref_hcs_system system, const hcsref_wchar *options,
                                                      hcsref_wchar **result) {
  return act("HcsPauseComputeSystem", SIM_PAUSE, system, options, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsResumeComputeSystem(hcsref_hcs_system system, const hcsref_wchar *options,
                                                       hcsref_wchar **result) {
  return act("HcsResumeComputeSystem", SIM_RESUME, system, options, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsSaveComputeSystem(hcsref_hcs_system system, const hcsref_wchar *options,
                                                     hcsref_wchar **result) {
  return act("HcsSaveComputeSystem", SIM_SAVE, system, options, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsGetComputeSystemProperties(hcsref_hcs_system system, const hcsref_wchar *query,
                                                              hcsref_wchar **properties, hcsref_wchar **result) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsGetComputeSystemProperties", false);
  handle = shim_handle(&call, "system", system);
  sim_system_properties(&call, handle, shim_text(&call, "query", query, true));
  return shim_end_answer(&call, properties, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsModifyComputeSystem(hcsref_hcs_system system, const hcsref_wchar *configuration,
                                                       hcsref_wchar **result) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsModifyComputeSystem", false);
  handle = shim_handle(&call, "system", system);
  sim_modify_system(&call, handle, shim_text(&call, "configuration", configuration, true));
  return shim_end(&call, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsEnumerateComputeSystems(const hcsref_wchar *query, hcsref_wchar **systems,
                                                           hcsref_wchar **result) {
  sim_call call;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsEnumerateComputeSystems", false);
  sim_enumerate(&call, shim_text(&call, "query", query, true));
  return shim_end_answer(&call, systems, result);
}

static hcsref_hresult subscribe(const char *name, const char *what, const void *target,
                                hcsref_hcs_notification_callback callback, void *context,
                                hcsref_hcs_callback *registration) {
  sim_call call;
  sim_handle handle = 0;
  shim_begin(&call, SIM_VMCOMPUTE, name, false);
  if (callback == NULL)
    sim_fail(&call, HCSREF_ERROR_INVALID_PARAMETER, "There is no callback.");
  handle = sim_subscribe(&call, shim_handle(&call, what, target), callback, NULL, context);
  *registration = (hcsref_hcs_callback)handle;
  return shim_end(&call, NULL);
}

static hcsref_hresult unsubscribe(const char *name, hcsref_hcs_callback registration) {
  sim_call call;
  shim_begin(&call, SIM_VMCOMPUTE, name, false);
  sim_unsubscribe(&call, shim_handle(&call, "callback", registration));
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI vm_HcsRegisterComputeSystemCallback(hcsref_hcs_system system,
                                                                 hcsref_hcs_notification_callback callback,
                                                                 void *context, hcsref_hcs_callback *registration) {
  return subscribe("HcsRegisterComputeSystemCallback", "system", system, callback, context, registration);
}

hcsref_hresult HCSREF_WINAPI vm_HcsUnregisterComputeSystemCallback(hcsref_hcs_callback registration) {
  return unsubscribe("HcsUnregisterComputeSystemCallback", registration);
}

hcsref_hresult HCSREF_WINAPI vm_HcsRegisterProcessCallback(hcsref_hcs_process process,
                                                           hcsref_hcs_notification_callback callback, void *context,
                                                           hcsref_hcs_callback *registration) {
  return subscribe("HcsRegisterProcessCallback", "process", process, callback, context, registration);
}

hcsref_hresult HCSREF_WINAPI vm_HcsUnregisterProcessCallback(hcsref_hcs_callback registration) {
  return unsubscribe("HcsUnregisterProcessCallback", registration);
}

hcsref_hresult HCSREF_WINAPI vm_HcsModifyServiceSettings(const hcsref_wchar *settings, hcsref_wchar **result) {
  sim_call call;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsModifyServiceSettings", false);
  sim_modify_service(&call, shim_text(&call, "settings", settings, true));
  return shim_end(&call, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsGetServiceProperties(const hcsref_wchar *query, hcsref_wchar **properties,
                                                        hcsref_wchar **result) {
  sim_call call;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsGetServiceProperties", false);
  sim_service_properties(&call, shim_text(&call, "query", query, true));
  return shim_end_answer(&call, properties, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsCreateProcess(hcsref_hcs_system system, const hcsref_wchar *parameters,
                                                 hcsref_hcs_process_info *info, hcsref_hcs_process *process,
                                                 hcsref_wchar **result) {
  sim_call call;
  sim_handle handle, created;
  sim_process_info made;
  memset(&made, 0, sizeof(made));
  shim_begin(&call, SIM_VMCOMPUTE, "HcsCreateProcess", false);
  handle = shim_handle(&call, "system", system);
  created = sim_create_process(&call, handle, shim_text(&call, "parameters", parameters, true), &made);
  sim_note_number(&call, &call.out, "process", created);
  shim_process_info(&call, &made, info);
  *process = (hcsref_hcs_process)created;
  return shim_end(&call, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsOpenProcess(hcsref_hcs_system system, uint32_t number, hcsref_hcs_process *process,
                                               hcsref_wchar **result) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsOpenProcess", false);
  sim_note_number(&call, &call.in, "ProcessId", number);
  handle = sim_open_process(&call, shim_handle(&call, "system", system), number);
  *process = (hcsref_hcs_process)handle;
  return shim_end(&call, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsCloseProcess(hcsref_hcs_process process) {
  sim_call call;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsCloseProcess", false);
  sim_close_process(&call, shim_handle(&call, "process", process));
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI vm_HcsTerminateProcess(hcsref_hcs_process process, hcsref_wchar **result) {
  sim_call call;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsTerminateProcess", false);
  sim_terminate_process(&call, shim_handle(&call, "process", process));
  return shim_end(&call, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsSignalProcess(hcsref_hcs_process process, const hcsref_wchar *options,
                                                 hcsref_wchar **result) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsSignalProcess", false);
  handle = shim_handle(&call, "process", process);
  sim_signal_process(&call, handle, shim_text(&call, "options", options, true));
  return shim_end(&call, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsGetProcessInfo(hcsref_hcs_process process, hcsref_hcs_process_info *info,
                                                  hcsref_wchar **result) {
  sim_call call;
  sim_process_info made;
  memset(&made, 0, sizeof(made));
  shim_begin(&call, SIM_VMCOMPUTE, "HcsGetProcessInfo", false);
  sim_process_number(&call, shim_handle(&call, "process", process), &made.number);
  shim_process_info(&call, &made, info);
  return shim_end(&call, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsGetProcessProperties(hcsref_hcs_process process, hcsref_wchar **properties,
                                                        hcsref_wchar **result) {
  sim_call call;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsGetProcessProperties", false);
  sim_process_properties(&call, shim_handle(&call, "process", process));
  return shim_end_answer(&call, properties, result);
}

hcsref_hresult HCSREF_WINAPI vm_HcsModifyProcess(hcsref_hcs_process process, const hcsref_wchar *settings,
                                                 hcsref_wchar **result) {
  sim_call call;
  sim_handle handle;
  shim_begin(&call, SIM_VMCOMPUTE, "HcsModifyProcess", false);
  handle = shim_handle(&call, "process", process);
  sim_modify_process(&call, handle, shim_text(&call, "settings", settings, true));
  return shim_end(&call, result);
}

const hcsref_vmcompute sim_vmcompute = {
    .create_compute_system = vm_HcsCreateComputeSystem,
    .open_compute_system = vm_HcsOpenComputeSystem,
    .close_compute_system = vm_HcsCloseComputeSystem,
    .start_compute_system = vm_HcsStartComputeSystem,
    .shutdown_compute_system = vm_HcsShutdownComputeSystem,
    .terminate_compute_system = vm_HcsTerminateComputeSystem,
    .get_compute_system_properties = vm_HcsGetComputeSystemProperties,
    .enumerate_compute_systems = vm_HcsEnumerateComputeSystems,
    .register_compute_system_callback = vm_HcsRegisterComputeSystemCallback,
    .unregister_compute_system_callback = vm_HcsUnregisterComputeSystemCallback,
    .create_process = vm_HcsCreateProcess,
    .close_process = vm_HcsCloseProcess,
    .terminate_process = vm_HcsTerminateProcess,
    .signal_process = vm_HcsSignalProcess,
    .get_process_properties = vm_HcsGetProcessProperties,
    .modify_process = vm_HcsModifyProcess,
    .register_process_callback = vm_HcsRegisterProcessCallback,
    .unregister_process_callback = vm_HcsUnregisterProcessCallback,
};
