/* SPDX-License-Identifier: Apache-2.0 */
/* The processes of a container. Source: hcsshim internal/hcs/process.go, internal/cmd/cmd.go. */
#include "live/live.h"

#include <stdlib.h>

#define NOTHING (hcsref_str_from(NULL, 0))

static live_call *process_call(hcsref_live_process *process) {
  live_call *call = hcsref_live_call_new(process->live);
  if (call != NULL) {
    call->process = process->process;
    call->callback = process->callback;
    call->inbox = process->inbox;
  }
  return call;
}

static void free_process(hcsref_live_process *process) {
  if (!process->live->abandoned)
    hcsref_live_inbox_free(process->inbox);
  free(process);
}

bool hcsref_live_run(hcsref_live *live, hcsref_str parameters, hcsref_live_process **out, hcsref_error *err) {
  live_call *call = hcsref_live_call_new(live);
  hcsref_live_process *process = calloc(1, sizeof(*process));
  bool ok = call != NULL && process != NULL;
  if (ok) {
    process->live = live;
    process->inbox = call->inbox = hcsref_live_inbox_new(live->api->os);
    call->system = live->system;
    call->document = hcsref_live_wide(live, parameters);
    ok = process->inbox != NULL && call->document != NULL;
  }
  if (!ok) {
    if (process != NULL && process->inbox != NULL)
      hcsref_live_inbox_free(process->inbox);
    free(process);
    return hcsref_fail_memory(err);
  }
  if (!hcsref_live_call(live, call, "HcsCreateProcess", parameters, live->backend->run, live->settings.action_ms + 2000,
                        NULL, err)) {
    free_process(process);
    return false;
  }
  process->process = call->process;
  process->callback = call->callback;
  process->info = call->info;
  /* Streams that are not there are null or INVALID_HANDLE_VALUE. */
  if (process->info.std_input == (hcsref_os_handle)UINTPTR_MAX)
    process->info.std_input = NULL;
  if (process->info.std_output == (hcsref_os_handle)UINTPTR_MAX)
    process->info.std_output = NULL;
  if (process->info.std_error == (hcsref_os_handle)UINTPTR_MAX)
    process->info.std_error = NULL;
  *out = process;
  return true;
}

const hcsref_hcs_process_info *hcsref_live_process_info(const hcsref_live_process *process) {
  return &process->info;
}

static void close_stream(const hcsref_live_process *process, hcsref_os_handle *stream) {
  if (*stream != NULL)
    process->live->api->os->stream_close(*stream);
  *stream = NULL;
}

/* Sends a document that is a constant of its type. */
static bool send(hcsref_live_process *process, const char *name, const hcsref_type *type, const void *value,
                 void (*run)(live_call *call), hcsref_error *err) {
  live_call *call = process_call(process);
  hcsref_str text;
  if (call == NULL)
    return hcsref_fail_memory(err);
  if (!hcsref_json_encode(&process->live->arena, type, value, &text, err))
    return false;
  call->document = hcsref_live_wide(process->live, text);
  if (call->document == NULL)
    return hcsref_fail_memory(err);
  return hcsref_live_quick(process->live, call, name, text, run, NULL, err);
}

/* What is said of a process that is gone already. Source: hcsshim hcs.IsAlreadyClosed, process.go Kill. */
static bool is_over(const hcsref_live_process *process) {
  uint32_t condition = hcsref_hresult_condition(process->live->last);
  return condition == HCSREF_HCS_PROCESS_ALREADY_STOPPED || condition == HCSREF_ERROR_NOT_FOUND ||
         condition == HCSREF_ERROR_ACCESS_DENIED;
}

bool hcsref_live_close_stdin(hcsref_live_process *process, hcsref_error *err) {
  hcsref_v2_close_handle handle = {HCSREF_LIT("StdIn")};
  hcsref_v2_process_modify_request request = {HCSREF_LIT("CloseHandle"), NULL, &handle};
  bool ok = send(process, "HcsModifyProcess", &hcsref_type_v2_process_modify_request, &request,
                 process->live->backend->modify, err) ||
            is_over(process);
  close_stream(process, &process->info.std_input);
  return ok;
}

bool hcsref_live_resize(hcsref_live_process *process, uint16_t width, uint16_t height, hcsref_error *err) {
  hcsref_v2_console_size size = {height, width};
  hcsref_v2_process_modify_request request = {HCSREF_LIT("ConsoleSize"), &size, NULL};
  return send(process, "HcsModifyProcess", &hcsref_type_v2_process_modify_request, &request,
              process->live->backend->modify, err);
}

bool hcsref_live_signal(hcsref_live_process *process, hcsref_str signal, hcsref_error *err) {
  hcsref_v2_signal_options options;
  options.signal = signal;
  return send(process, "HcsSignalProcess", &hcsref_type_v2_signal_options, &options, process->live->backend->signal,
              err);
}

bool hcsref_live_kill(hcsref_live_process *process, hcsref_error *err) {
  return hcsref_live_quick(process->live, process_call(process), "HcsTerminateProcess", NOTHING,
                           process->live->backend->kill, NULL, err) ||
         is_over(process);
}

static bool read_status(hcsref_live_process *process, hcsref_str text, hcsref_error *err) {
  hcsref_v2_process_status status = {0, false, 0, 0};
  hcsref_error why = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_str message;
  if (!hcsref_json_decode(&process->live->arena, text, &hcsref_type_v2_process_status, HCSREF_JSON_WHOLE, &status,
                          &why))
    return hcsref_fail(&process->live->arena, err, "hcs-answer", NOTHING, "the status of the process: %v", why.message);
  if (status.last_wait_result != 0) {
    if (!hcsref_live_describe(&process->live->arena, HCSREF_LIT("the process was lost"), status.last_wait_result,
                              NOTHING, &message))
      return hcsref_fail_memory(err);
    return hcsref_fail(&process->live->arena, err, "hcs-failed", NOTHING, "%v", message);
  }
  process->exited = true;
  process->exit_code = status.exit_code;
  return true;
}

bool hcsref_live_wait(hcsref_live_process *process, uint32_t ms, uint32_t *exit_code, hcsref_error *err) {
  live_call *call = process_call(process);
  hcsref_str text = NOTHING;
  if (call == NULL)
    return hcsref_fail_memory(err);
  call->ms = ms;
  if (!process->exited && !hcsref_live_call(process->live, call, "HcsWaitForProcessExit", NOTHING,
                                            process->live->backend->wait, ms + 2000, &text, err))
    return false;
  if (!process->exited && !process->live->settings.dry && !read_status(process, text, err))
    return false;
  *exit_code = process->exit_code;
  return true;
}

void hcsref_live_process_close(hcsref_live_process *process) {
  if (process == NULL)
    return;
  close_stream(process, &process->info.std_input);
  close_stream(process, &process->info.std_output);
  close_stream(process, &process->info.std_error);
  hcsref_live_quick(process->live, process_call(process), "HcsCloseProcess", NOTHING,
                    process->live->backend->close_process, NULL, NULL);
  free_process(process);
}
