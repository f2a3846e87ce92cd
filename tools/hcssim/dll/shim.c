/* SPDX-License-Identifier: Apache-2.0 */
#include "dll/shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>
/* CoTaskMemAlloc is declared here. */
#include <objbase.h>

#define DEFAULT_STATE "C:\\ProgramData\\hcssim"

void shim_free_text(hcsref_wchar *text) {
  CoTaskMemFree(text); /* as good as LocalFree under Wine, where the tests run */
}

static hcsref_wchar *allocate(sim_api api, size_t bytes) {
  /* computecore.dll's and computestorage.dll's texts are freed with LocalFree, the others' with CoTaskMemFree. */
  return api == SIM_COMPUTECORE || api == SIM_STORAGE ? LocalAlloc(LMEM_FIXED, bytes) : CoTaskMemAlloc(bytes);
}

/* The build that the system says it is of. */
static uint32_t system_build(void) {
  typedef LONG(WINAPI * get_version)(OSVERSIONINFOW *);
  union {
    FARPROC address;
    get_version call;
  } function;
  OSVERSIONINFOW info;
  memset(&info, 0, sizeof(info));
  info.dwOSVersionInfoSize = sizeof(info);
  function.address = GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "RtlGetVersion");
  return function.address != NULL && function.call(&info) == 0 ? info.dwBuildNumber : HCSREF_BUILD_LTSC2022;
}

static SRWLOCK service_lock = SRWLOCK_INIT;
#define LOCK()   AcquireSRWLockExclusive(&service_lock)
#define UNLOCK() ReleaseSRWLockExclusive(&service_lock)
#else
#include <pthread.h>

#define DEFAULT_STATE NULL

static hcsref_wchar *allocate(sim_api api, size_t bytes) {
  (void)api;
  return malloc(bytes);
}

static uint32_t system_build(void) {
  return HCSREF_BUILD_LTSC2022;
}

void shim_free_text(hcsref_wchar *text) {
  free(text);
}

static pthread_mutex_t service_lock = PTHREAD_MUTEX_INITIALIZER;
#define LOCK()        pthread_mutex_lock(&service_lock)
#define UNLOCK()      pthread_mutex_unlock(&service_lock)
#endif

/* A DLL has one state a process: this is it. */
static sim *service;

/* The exports that are simulated, from the .def files, and what guests of VMs are asked (engine/vm/bridge.c). */
static const char *const calls[] = {
#include "calls.inc"
    "GuestNegotiateProtocol", "GuestCreate",         "GuestStart",          "GuestShutdownGraceful",
    "GuestShutdownForced",    "GuestExecuteProcess", "GuestWaitForProcess", "GuestSignalProcess",
    "GuestResizeConsole",     "GuestGetProperties",  "GuestModifySettings", NULL};

const char *const *shim_calls(void) {
  return calls;
}

/* It names the variable then, and else the place in the file of faults. */
static bool about_rules(const char *complaint) {
  return strncmp(complaint, "HCSSIM_RULES", 12) == 0;
}

static sim *open_service(void) {
  char *state = os_environment("HCSSIM_STATE"), *record = os_environment("HCSSIM_RECORD");
  char *faults = os_environment("HCSSIM_FAULTS"), *build = os_environment("HCSSIM_BUILD");
  char complaint[SIM_MAX_COMPLAINT] = "";
  char *hypervisor = os_environment("HCSSIM_HYPERVISOR");
  char *rules = os_environment("HCSSIM_RULES");
  sim_settings settings = {state != NULL ? state : DEFAULT_STATE,
                           record,
                           faults,
                           system_build(),
                           calls,
                           complaint,
                           hypervisor != NULL && strcmp(hypervisor, "none") == 0,
                           rules,
                           true};
  sim *s;
  if (build != NULL)
    settings.build = (uint32_t)strtoul(build, NULL, 10);
  s = sim_open(&settings);
  if (s == NULL && complaint[0] != '\0')
    fprintf(stderr, "hcssim: %s%s%s\n", about_rules(complaint) ? "" : faults, about_rules(complaint) ? "" : ": ",
            complaint);
  else if (s == NULL)
    fputs("hcssim: the service could not start: out of memory\n", stderr);
  if (s == NULL)
    os_die(98);
  free(state);
  free(record);
  free(faults);
  free(build);
  free(hypervisor);
  free(rules);
  return s;
}

sim *shim_service(void) {
  sim *s;
  LOCK();
  if (service == NULL)
    service = open_service();
  s = service;
  UNLOCK();
  return s;
}

void shim_use(sim *s) {
  LOCK();
  service = s;
  UNLOCK();
}

void shim_begin(sim_call *call, sim_api api, const char *name, bool deferred) {
  sim_begin(call, shim_service(), api, name, deferred);
}

hcsref_str shim_text(sim_call *call, const char *name, const hcsref_wchar *text, bool is_document) {
  hcsref_str out = {NULL, 0};
  if (text == NULL)
    return out;
  if (!hcsref_from_utf16(&call->arena, text, &out)) {
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    return out;
  }
  if (is_document)
    sim_note_document(call, &call->in, name, out);
  else
    sim_note_text(call, &call->in, name, out);
  return out;
}

void shim_guid(sim_call *call, hcsref_buf *members, const char *name, hcsref_guid guid) {
  hcsref_str text = {NULL, 0};
  if (hcsref_json_encode(&call->arena, &hcsref_type_guid, &guid, &text, NULL))
    sim_note_document(call, members, name, text);
}

sim_handle shim_handle(sim_call *call, const char *name, const void *handle) {
  sim_note_number(call, &call->in, name, (uint64_t)(uintptr_t)handle);
  return (sim_handle)handle;
}

static hcsref_wchar *copy_out(sim_call *call, hcsref_str text) {
  const hcsref_wchar *wide = hcsref_to_utf16(&call->arena, text);
  hcsref_wchar *copy;
  size_t units = 0;
  if (wide == NULL)
    return NULL;
  while (wide[units] != 0)
    units++;
  copy = allocate(call->api, (units + 1) * sizeof(*copy));
  if (copy != NULL)
    memcpy(copy, wide, (units + 1) * sizeof(*copy));
  return copy;
}

hcsref_hresult shim_end(sim_call *call, hcsref_wchar **result) {
  hcsref_hresult code = sim_end(call);
  if (result != NULL)
    *result = call->document.len == 0 ? NULL : copy_out(call, call->document);
  sim_finish(call);
  return code;
}

hcsref_hresult shim_end_answer(sim_call *call, hcsref_wchar **answer, hcsref_wchar **result) {
  bool ok = sim_going(call);
  if (answer != NULL)
    *answer = NULL;
  if (result != NULL)
    *result = NULL;
  return shim_end(call, ok ? answer : result);
}

void shim_process_info(sim_call *call, const sim_process_info *from, hcsref_hcs_process_info *to) {
  if (to == NULL)
    return;
  memset(to, 0, sizeof(*to));
  to->process_id = from->number;
  to->std_input = from->streams[0];
  to->std_output = from->streams[1];
  to->std_error = from->streams[2];
  sim_note_number(call, &call->out, "ProcessId", from->number);
}

const sim *shim_peek(void) {
  return service;
}
