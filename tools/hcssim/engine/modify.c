/* SPDX-License-Identifier: Apache-2.0 */
/* Changes to a running container. Source of the requests: hcsshim internal/hcs/resourcepaths, hcsoci and the shim's
 * Update; what is refused, and with which code, is the simulator's choice. */
#include "engine/vm/machine.h"

#include <string.h>

static void limit_group(sim_system *system) {
  os_group_limit(system->group, system->container.memory_mb << 20, system->container.processors);
}

static bool change_processor(sim_change *c, hcsref_str settings) {
  hcsref_v2_processor processor;
  memset(&processor, 0, sizeof(processor));
  if (!sim_read_document(c->call, settings, &hcsref_type_v2_processor, &processor) ||
      !sim_check_processor(c->call, processor.count, processor.maximum, processor.weight))
    return false;
  if (processor.count > 0)
    c->system->container.processors = (uint32_t)processor.count;
  limit_group(c->system);
  return true;
}

static bool change_memory(sim_change *c, hcsref_str settings) {
  uint64_t megabytes = 0;
  if (!hcsref_json_decode(&c->call->arena, settings, &hcsref_type_uint64, HCSREF_JSON_WHOLE, &megabytes, NULL))
    return sim_reject(c->call, HCSREF_LIT("$.Settings"));
  if (megabytes == 0 || megabytes > UINT64_MAX >> 20)
    return sim_fail(c->call, HCSREF_ERROR_INVALID_PARAMETER, "%u MB of memory are not possible.", megabytes);
  c->system->container.memory_mb = megabytes;
  limit_group(c->system);
  return true;
}

static bool remove_mapping(sim_change *c, hcsref_slice *list, hcsref_str inside) {
  sim_mapping *items = list->items;
  size_t kept = 0, before = list->len;
  for (size_t i = 0; i < before; i++)
    if (!hcsref_str_equal_ascii_fold(items[i].inside, inside))
      items[kept++] = items[i];
  list->len = kept;
  return kept < before || sim_fail(c->call, HCSREF_ERROR_NOT_FOUND, "Nothing is mapped to %q.", inside);
}

static bool change_directory(sim_change *c, hcsref_str settings) {
  hcsref_v2_mapped_directory directory;
  sim_container *container = &c->system->container;
  memset(&directory, 0, sizeof(directory));
  if (!sim_read_document(c->call, settings, &hcsref_type_v2_mapped_directory, &directory))
    return false;
  return c->remove ? remove_mapping(c, &container->directories, directory.container_path)
                   : sim_add_directory(c->call, &c->system->arena, container, directory.container_path,
                                       directory.host_path, directory.read_only);
}

static bool change_pipe(sim_change *c, hcsref_str settings) {
  hcsref_v2_mapped_pipe pipe;
  sim_container *container = &c->system->container;
  memset(&pipe, 0, sizeof(pipe));
  if (!sim_read_document(c->call, settings, &hcsref_type_v2_mapped_pipe, &pipe))
    return false;
  return c->remove ? remove_mapping(c, &container->pipes, pipe.container_pipe_name)
                   : sim_add_pipe(c->call, &c->system->arena, container, pipe.container_pipe_name, pipe.host_path);
}

static const struct {
  const char *path;
  bool updates; /* by Update alone; the others are added and removed */
  bool (*apply)(sim_change *c, hcsref_str settings);
} changes[] = {
    {"Container/Processor", true, change_processor},
    {"Container/Memory/SizeInMB", true, change_memory},
    {"Container/MappedDirectories", false, change_directory},
    {"Container/MappedPipes", false, change_pipe},
};

static bool encode(const sim_change *c, const hcsref_value *value, hcsref_str *out) {
  return hcsref_json_encode(&c->call->arena, &hcsref_type_any, value, out, NULL) ||
         sim_fail(c->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

/* The guest is asked after the host's part is there and before it goes. Source: hcsshim internal/uvm/modify.go. */
static bool apply_to_machine(sim_change *c, const hcsref_v2_modify_setting_request *request, hcsref_str settings) {
  bool asks = request->guest_request.kind != HCSREF_VALUE_NULL, changes_host = request->resource_path.len > 0;
  hcsref_str asked = {NULL, 0};
  if (asks && !c->system->container.machine->guest_connection)
    return sim_fail(c->call, SIM_CONNECTION_CLOSED, "The service has no connection to the guest.");
  if (!asks && !changes_host)
    return sim_fail(c->call, HCSREF_ERROR_INVALID_PARAMETER, "The request is empty.");
  if (asks && !encode(c, &request->guest_request, &asked))
    return false;
  if (asks && c->remove && !sim_ask_guest(c->call, c->system, asked))
    return false;
  if (changes_host && !sim_change_machine(c, request, settings))
    return false;
  return !asks || c->remove || sim_ask_guest(c->call, c->system, asked);
}

static bool apply(sim_change *c, const hcsref_v2_modify_setting_request *request) {
  bool update = hcsref_str_equal(request->request_type, HCSREF_LIT("Update"));
  hcsref_str settings = {NULL, 0};
  c->add = hcsref_str_equal(request->request_type, HCSREF_LIT("Add"));
  c->remove = hcsref_str_equal(request->request_type, HCSREF_LIT("Remove"));
  if (!encode(c, &request->settings, &settings))
    return false;
  if (!c->add && !c->remove && !update && request->request_type.len > 0)
    return sim_fail(c->call, HCSREF_ERROR_INVALID_PARAMETER, "There is no request %q.", request->request_type);
  if (c->system->container.machine != NULL)
    return apply_to_machine(c, request, settings);
  for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
    if (!hcsref_str_equal(request->resource_path, hcsref_cstr(changes[i].path)))
      continue;
    if (changes[i].updates ? !update : !c->add && !c->remove)
      return sim_fail(c->call, HCSREF_ERROR_INVALID_PARAMETER, "The request %q is not possible for %s.",
                      request->request_type, changes[i].path);
    return changes[i].apply(c, settings);
  }
  return sim_fail(c->call, HCSREF_ERROR_NOT_SUPPORTED, "The simulated service does not change %q.",
                  request->resource_path);
}

void sim_modify_system(sim_call *call, sim_handle handle, hcsref_str request_text) {
  hcsref_v1_resource_modification_request_response older;
  hcsref_v2_modify_setting_request request;
  sim_change c = {call, sim_system_running(call, handle), false, false};
  memset(&request, 0, sizeof(request));
  memset(&older, 0, sizeof(older));
  if (c.system == NULL)
    return;
  if (c.system->container.schema2) {
    if (sim_read_document(call, request_text, &hcsref_type_v2_modify_setting_request, &request))
      apply(&c, &request);
  } else if (sim_read_document(call, request_text, &hcsref_type_v1_resource_modification_request_response, &older)) {
    sim_fail(call, HCSREF_ERROR_NOT_SUPPORTED, "The simulated service does not change containers of schema 1.");
  }
}
