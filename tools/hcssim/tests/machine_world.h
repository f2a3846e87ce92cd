/* SPDX-License-Identifier: Apache-2.0 */
/* A virtual machine. */
#ifndef HCSSIM_TESTS_MACHINE_WORLD_H
#define HCSSIM_TESTS_MACHINE_WORLD_H

#include "dll/core.h"
#include "dll/network.h"
#include "world.h"

#include <stdio.h>

static const hcsref_computecore *const api = &sim_computecore;

#define CONTROLLER "df6d0690-79e5-55b6-a5ec-c1e2f77f580a"
#define SCSI       "VirtualMachine/Devices/Scsi/" CONTROLLER "/Attachments/"
#define ENDPOINT   "6e0c2b3a-0000-4000-8000-000000000002"

static inline uint32_t finish(world *w, hcsref_hcs_operation operation, const char **document) {
  hcsref_wchar *text = NULL;
  uint32_t code = (uint32_t)api->wait_for_operation_result(operation, 20000, &text);
  const char *copy = text_of(w, text);
  if (document != NULL)
    *document = copy;
  api->close_operation(operation);
  return code;
}

static inline uint32_t create(world *w, const char *id, const hcsref_wchar *document, hcsref_hcs_system *system,
                              const char **result) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  assert_code(api->create_compute_system(wide(w, id), document, operation, NULL, system), 0);
  return finish(w, operation, result);
}

static inline uint32_t
act(world *w, hcsref_hresult(HCSREF_WINAPI *function)(hcsref_hcs_system, hcsref_hcs_operation, const hcsref_wchar *),
    hcsref_hcs_system system) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  assert_code(function(system, operation, NULL), 0);
  return finish(w, operation, NULL);
}

hcsref_hresult HCSREF_WINAPI core_HcsPauseComputeSystem(hcsref_hcs_system system, hcsref_hcs_operation operation,
                                                        const hcsref_wchar *options);

static const char *properties(world *w, hcsref_hcs_system system, const char *query) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  const char *text;
  assert_code(api->get_compute_system_properties(system, operation, wide(w, query)), 0);
  assert_code(finish(w, operation, &text), 0);
  return text;
}

/* The text of a JSON string. */
static const char *quoted(world *w, const char *text) {
  hcsref_buf buf = {&w->arena, NULL, 0, 0, false};
  hcsref_json_append_string(&buf, hcsref_cstr(text));
  hcsref_buf_append_char(&buf, '\0');
  return buf.data;
}

static const char *ended(world *w, hcsref_str text) {
  char *copy = hcsref_arena_alloc(&w->arena, text.len + 1);
  assert_non_null(copy);
  memcpy(copy, text.data, text.len);
  return copy;
}

static const char *print(world *w, const char *format, const char *a, const char *b) {
  hcsref_str text = {NULL, 0};
  assert_true(hcsref_format(&w->arena, &text, format, a, b));
  return ended(w, text);
}

/* A file of the world, as JSON. */
static const char *disk(world *w, const char *name) {
  char path[700];
  snprintf(path, sizeof path, "%s" SEPARATOR "%s", w->folder, name);
  assert_true(os_file_replace(path, "x", 1));
  return quoted(w, path);
}

typedef struct machine_parts {
  const char *memory, *processor, *chipset, *devices, *more;
} machine_parts;

#define BOOT                                                                                                           \
  "\"Uefi\":{\"BootThis\":{\"DeviceType\":\"VmbFs\",\"DevicePath\":\"\\\\EFI\\\\Microsoft\\\\Boot\\\\b.efi\"}}"

/* What hcsshim writes for a pod, but for what `parts` replaces. */
static const char *document(world *w, machine_parts parts) {
  hcsref_str text = {NULL, 0};
  const char *devices =
      print(w,
            "\"Scsi\":{\"" CONTROLLER "\":{\"Attachments\":{\"0\":{\"Type\":\"VirtualDisk\",\"Path\":%s}}}},"
            "\"HvSocket\":{\"HvSocketConfig\":{\"DefaultBindSecurityDescriptor\":\"D:P(A;;FA;;;SY)\"}},"
            "\"VirtualSmb\":{\"Shares\":[{\"Name\":\"os\",\"Path\":%s,\"Options\":{\"ReadOnly\":true}}],"
            "\"DirectFileMappingInMB\":1024}",
            disk(w, "vm.vhdx"), quoted(w, w->base));
  assert_true(hcsref_format(
      &w->arena, &text,
      "{\"Owner\":\"" SYSTEM_OWNER "\",\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"VirtualMachine\":{"
      "\"StopOnReset\":true,\"Chipset\":{%s},\"ComputeTopology\":{\"Memory\":%s,\"Processor\":%s},\"Devices\":{%s}%s},"
      "\"ShouldTerminateOnLastHandleClosed\":true}",
      parts.chipset != NULL ? parts.chipset : BOOT,
      parts.memory != NULL ? parts.memory : "{\"SizeInMB\":1024,\"AllowOvercommit\":true}",
      parts.processor != NULL ? parts.processor : "{\"Count\":1}", parts.devices != NULL ? parts.devices : devices,
      parts.more != NULL ? parts.more : ""));
  return ended(w, text);
}

static inline hcsref_hcs_system running(world *w, const char *more) {
  hcsref_hcs_system system = NULL;
  const char *result;
  if (create(w, "p1@vm", wide(w, document(w, (machine_parts){.more = more})), &system, &result) != 0)
    fail_msg("%s", result);
  assert_code(act(w, api->start_compute_system, system), 0);
  return system;
}

static inline void stop(world *w, hcsref_hcs_system system) {
  assert_code(act(w, api->terminate_compute_system, system), 0);
  api->close_compute_system(system);
}

static inline uint32_t modify(world *w, hcsref_hcs_system system, const char *request, const char **text) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  assert_code(core_HcsModifyComputeSystem(system, operation, wide(w, request), NULL), 0);
  return finish(w, operation, text);
}

#endif
