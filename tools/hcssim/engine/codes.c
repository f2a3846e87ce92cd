/* SPDX-License-Identifier: Apache-2.0 */
/* Failures: messages, and the result documents that carry them. The shape and the fixed texts are those of recorded
 * documents (microsoft/hcsshim and Virtualization-Documentation issues). */
#include "engine/state.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct code_message {
  uint32_t code;
  const char *text;
} code_message;

static const code_message messages[] = {
    {HCSREF_ERROR_FILE_NOT_FOUND, "The system cannot find the file specified."},
    {HCSREF_ERROR_PATH_NOT_FOUND, "The system cannot find the path specified."},
    {HCSREF_ERROR_ACCESS_DENIED, "Access is denied."},
    {HCSREF_ERROR_INVALID_HANDLE, "The handle is invalid."},
    {HCSREF_ERROR_INVALID_DATA, "The data is invalid."},
    {HCSREF_ERROR_OUT_OF_MEMORY, "Not enough memory resources are available to complete this operation."},
    {HCSREF_ERROR_NOT_READY, "The device is not ready."},
    {HCSREF_ERROR_SHARING_VIOLATION, "The process cannot access the file because it is being used by another process."},
    {HCSREF_ERROR_NOT_SUPPORTED, "The request is not supported."},
    {HCSREF_ERROR_FILE_EXISTS, "The file exists."},
    {HCSREF_ERROR_INVALID_PARAMETER, "The parameter is incorrect."},
    {HCSREF_ERROR_DIRECTORY, "The directory name is invalid."},
    {HCSREF_ERROR_NOT_FOUND, "Element not found."},
    {HCSREF_HCS_TERMINATED_DURING_START, "The virtual machine or container exited unexpectedly while starting."},
    {HCSREF_HCS_UNEXPECTED_EXIT, "The virtual machine or container exited unexpectedly."},
    {HCSREF_HCS_INVALID_STATE,
     "The requested virtual machine or container operation is not valid in the current state."},
    {HCSREF_HCS_TERMINATED, "The virtual machine or container was forcefully exited."},
    {HCSREF_HCS_INVALID_JSON, "The virtual machine or container JSON document is invalid."},
    {HCSREF_HCS_SYSTEM_NOT_FOUND, "A virtual machine or container with the specified identifier does not exist."},
    {HCSREF_HCS_SYSTEM_ALREADY_EXISTS, "A virtual machine or container with the specified identifier already exists."},
    {HCSREF_HCS_ALREADY_STOPPED, "The virtual machine or container with the specified identifier is not running."},
    {HCSREF_HCS_INVALID_LAYER, "The system could not find a required layer, or it is not valid."},
    {HCSREF_HCS_PROCESS_ALREADY_STOPPED, "The process has already exited."},
    {HCSREF_HCS_SERVICE_DISCONNECT, "The connection to the service was lost."},
    {0x80370102u, "No hypervisor is present on this system."},
    {HCSREF_WIN32(183), "Cannot create a file when that file already exists."},
    {0x80004001u, "Not implemented"},
    {0x803B0002u, "The endpoint was not found."},
    {0x803B0008u, "The policy was not found."},
    {0x803B000Bu, "The network type is invalid."},
    {0x803B0010u, "The network already exists."},
    {0x803B0013u, "The specified port already exists."},
    {0x803B0014u, "The endpoint is already attached."},
    {0x803B0015u, "The request is not supported."},
    {0x803B001Bu, "Invalid JSON document string."},
    {0x803B002Fu, "An address provided is invalid or reserved."},
    {0x803B0030u, "A prefix provided is invalid."},
};

const char *sim_message(uint32_t code) {
  for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
    if (messages[i].code == code)
      return messages[i].text;
  return "Unspecified error";
}

char *sim_text_copy(hcsref_str text) {
  char *copy = malloc(text.len + 1);
  if (copy != NULL) {
    if (text.len > 0)
      memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
  }
  return copy;
}

char *sim_c_string(hcsref_arena *arena, hcsref_str text) {
  char *copy = hcsref_arena_alloc(arena, text.len + 1);
  if (copy != NULL && text.len > 0)
    memcpy(copy, text.data, text.len);
  return copy;
}

/* The code as the DLL of the call has it. Source: hcsshim internal/hcs/errors.go, which compares 0xC037xxxx for all
 * but HCS_E_PROCESS_ALREADY_STOPPED. */
static uint32_t form(sim_api api, uint32_t code) {
  if (api != SIM_VMCOMPUTE || (code & 0xFFFF0000u) != 0x80370000u || code == HCSREF_HCS_PROCESS_ALREADY_STOPPED)
    return code;
  return (code & 0xFFFFu) | 0xC0370000u;
}

hcsref_hresult sim_result_form(const sim_call *call) {
  return (hcsref_hresult)form(call->api, call->code);
}

/* The only value that is published, of an event of the VM worker. */
#define EVENT_FLAGS 13u

/* Of what creates a system, and of what asks for something. */
#define EVENT_CREATE 11000u
#define EVENT_QUERY  11001u

/* {"Error":…,"ErrorMessage":…,"ErrorEvents":[…]}: the event has the insertion strings of recorded ones. */
static void make_document(sim_call *call, uint32_t code, uint16_t event_id, hcsref_str event, hcsref_str detail) {
  hcsref_v2_event_data data[3];
  hcsref_v2_error_event events[1];
  hcsref_v2_result_error result;
  char decimal[24], hex[16];
  memset(events, 0, sizeof(events));
  memset(&result, 0, sizeof(result));
  snprintf(decimal, sizeof decimal, "%%%%%lu", (unsigned long)code);
  snprintf(hex, sizeof hex, "0x%08lX", (unsigned long)code);
  for (size_t i = 0; i < 3; i++)
    data[i].type = HCSREF_LIT("String");
  data[0].value = hcsref_cstr(decimal);
  data[1].value = hcsref_cstr(hex);
  data[2].value = detail;
  events[0].message = event;
  events[0].provider = HCSREF_LIT("17103e3f-3c6e-4677-bb17-3b267eb5be57");
  events[0].event_id = event_id;
  if (call->api == SIM_COMPUTECORE && sim_has_rule(call->sim, SIM_RULE_EVENT_FLAGS))
    events[0].flags = EVENT_FLAGS; /* a published document of vmcompute.dll has none */
  events[0].data.items = data;
  events[0].data.len = detail.len == 0 ? 2 : 3;
  result.error = (int32_t)form(sim_has_rule(call->sim, SIM_RULE_DOCUMENT_FORM) ? SIM_VMCOMPUTE : call->api, code);
  result.error_message = hcsref_cstr(sim_message(code));
  result.error_events.items = events;
  result.error_events.len = 1;
  if (!hcsref_json_encode(&call->arena, &hcsref_type_v2_result_error, &result, &call->document, NULL))
    call->document = hcsref_str_from(NULL, 0);
}

/* {"Success":false,"Error":…,"ErrorCode":…}: the network service's own form, as public reports have it
 * (kubernetes-sigs/sig-windows-tools issues 71 and 249). */
static void make_network_document(sim_call *call, uint32_t code, hcsref_str detail) {
  hcsref_buf text = {&call->arena, NULL, 0, 0, false};
  hcsref_str words = {NULL, 0};
  hcsref_buf_append(&text, HCSREF_LIT("{\"Success\":false,\"Error\":"));
  if (hcsref_format(&call->arena, &words, "%s %v", sim_message(code), detail))
    hcsref_json_append_string(&text, words);
  hcsref_buf_append(&text, HCSREF_LIT(",\"ErrorCode\":"));
  hcsref_buf_append_uint(&text, code);
  hcsref_buf_append_char(&text, '}');
  call->document = text.failed || words.len == 0 ? hcsref_str_from(NULL, 0) : hcsref_buf_str(&text);
}

bool sim_fail(sim_call *call, uint32_t code, const char *format, ...) {
  hcsref_str text = {NULL, 0};
  va_list args;
  call->code = code;
  if (call->api == SIM_STORAGE)
    return false;
  va_start(args, format);
  hcsref_format_args(&call->arena, &text, format, args);
  va_end(args);
  if (call->api == SIM_NETWORK)
    make_network_document(call, code, text);
  else
    make_document(call, code, EVENT_CREATE, text, hcsref_str_from(NULL, 0));
  return false;
}

/* "The specified compute system configuration is invalid: … (CODE, 'DETAIL')." */
static bool reject(sim_call *call, uint32_t code, uint16_t event_id, hcsref_str detail) {
  hcsref_str event = {NULL, 0};
  char hex[16];
  call->code = code;
  snprintf(hex, sizeof hex, "0x%08lX", (unsigned long)form(call->api, code));
  hcsref_format(&call->arena, &event, "The specified compute system configuration is invalid: %s (%s, '%v').",
                sim_message(code), hex, detail);
  make_document(call, code, event_id, event, detail);
  return false;
}

/* What a request hands on to the guest: it is the guest that reads it. */
#define GUEST_SETTINGS HCSREF_LIT("$.GuestRequest.Settings")

bool sim_reject(sim_call *call, hcsref_str path) {
  hcsref_str detail = {NULL, 0};
  if (call->api == SIM_NETWORK)
    return sim_fail(call, SIM_HCN_INVALID_JSON, "The value at '%v' is not valid.", path);
  if (call->by_guest || hcsref_str_has_prefix(path, GUEST_SETTINGS)) {
    hcsref_format(&call->arena, &detail, "[$%v]", hcsref_str_skip(path, call->by_guest ? 1 : GUEST_SETTINGS.len));
    return reject(call, HCSREF_HCS_INVALID_JSON, EVENT_CREATE, detail);
  }
  hcsref_format(&call->arena, &detail, "Invalid JSON document '%v'", path);
  return reject(call, HCSREF_ERROR_INVALID_DATA, EVENT_CREATE, detail);
}

/* The first build that is known to say HCS_E_INVALID_JSON (26200; reports of claude-code 40212 and 50417). */
#define FIRST_BUILD_WITH_CODE 26100u

bool sim_reject_text(sim_call *call, hcsref_str why) {
  const bool asks = strstr(call->name, "Properties") != NULL || strstr(call->name, "Enumerate") != NULL;
  const bool data = sim_has_rule(call->sim, SIM_RULE_NOT_JSON) && call->sim->build < FIRST_BUILD_WITH_CODE;
  if (call->api == SIM_NETWORK || call->api == SIM_STORAGE)
    return sim_fail(call, call->api == SIM_NETWORK ? SIM_HCN_INVALID_JSON : HCSREF_HCS_INVALID_JSON, "%v", why);
  return reject(call, data ? HCSREF_ERROR_INVALID_DATA : HCSREF_HCS_INVALID_JSON, asks ? EVENT_QUERY : EVENT_CREATE,
                HCSREF_LIT("Invalid JSON document '$'"));
}
