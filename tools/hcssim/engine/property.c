/* SPDX-License-Identifier: Apache-2.0 */
/* What a system says about itself. hcsshim reads the same members in both schemas: internal/hcs/system.go. */
#include "engine/vm/machine.h"

#include <string.h>

/* What may be asked for; the rest of the published types come back empty. Source: SchemaReference, PropertyType. */
static const char *const property_types[] = {"Memory",
                                             "GuestMemory",
                                             "Statistics",
                                             "ProcessList",
                                             "TerminateOnLastHandleClosed",
                                             "SharedMemoryRegion",
                                             "GuestConnection",
                                             "ICHeartbeatStatus",
                                             "MappedVirtualDisk",
                                             NULL};

static bool is_asked(const hcsref_v2_property_query *query, const char *name) {
  const hcsref_str *types = query->property_types.items;
  for (size_t i = 0; i < query->property_types.len; i++)
    if (hcsref_str_equal(types[i], hcsref_cstr(name)))
      return true;
  return false;
}

/* Only guests know it. Source: hcsshim internal/hcsoci/create.go. */
#define SYSTEM_GUID "SystemGUID"

static bool check_query(sim_call *call, const sim_system *system, const hcsref_v2_property_query *query) {
  const hcsref_str *types = query->property_types.items;
  for (size_t i = 0; i < query->property_types.len; i++) {
    bool known = system->container.host != NULL && hcsref_str_equal(types[i], HCSREF_LIT(SYSTEM_GUID));
    for (size_t n = 0; property_types[n] != NULL && !known; n++)
      known = hcsref_str_equal(types[i], hcsref_cstr(property_types[n]));
    if (!known)
      return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "There is no property %q.", types[i]);
  }
  return true;
}

/* The last millisecond of the year 9999, which JSON can still say. */
#define LAST_MS 253402300799999u

static hcsref_time time_of(uint64_t at_ms) {
  const uint64_t wall_ms = at_ms > LAST_MS ? LAST_MS : at_ms; /* some of the times are read from a file */
  /* Days to a civil date, counting years from March. */
  uint64_t seconds = wall_ms / 1000, days = seconds / 86400 + 719468, era = days / 146097;
  uint64_t of_era = days - era * 146097, year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  uint64_t of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
  hcsref_time out;
  memset(&out, 0, sizeof(out));
  out.set = true;
  out.day = (uint8_t)(of_year - (153 * month + 2) / 5 + 1);
  out.month = (uint8_t)(month < 10 ? month + 3 : month - 9);
  out.year = (int32_t)(year + era * 400 + (out.month <= 2));
  out.hour = (uint8_t)(seconds % 86400 / 3600);
  out.minute = (uint8_t)(seconds % 3600 / 60);
  out.second = (uint8_t)(seconds % 60);
  out.nanosecond = (uint32_t)(wall_ms % 1000 * 1000000);
  return out;
}

typedef struct statistics {
  hcsref_v2_statistics all;
  hcsref_v2_processor_stats processor;
  hcsref_v2_memory_stats memory;
  hcsref_v2_storage_stats storage;
} statistics;

/* A process in the system that runs, whoever started it. */
typedef struct living {
  uint32_t number;
  hcsref_str image;
  uint64_t created, user, kernel, memory;
} living;

static bool add_living(sim_call *call, hcsref_slice *out, os_process *process, const living *known) {
  living *added = hcsref_slice_push(&call->arena, out, sizeof(*added));
  if (added == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  *added = *known;
  os_process_times(process, &added->user, &added->kernel);
  added->memory = os_process_memory(process);
  return true;
}

/* What other processes of the simulator started in it. */
static bool list_others(sim_call *call, const sim_system *system, hcsref_slice *out) {
  hcsref_slice found = {NULL, 0, 0};
  const sim_stored_process *others;
  if (!sim_system_others(call->sim, &call->arena, system, &found))
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  others = found.items;
  for (size_t i = 0; i < found.len; i++) {
    const living known = {.number = others[i].number, .image = others[i].image, .created = others[i].created};
    os_process *process = os_process_open(others[i].number, others[i].started);
    bool added = process == NULL || add_living(call, out, process, &known);
    if (process != NULL)
      os_process_free(process);
    if (!added)
      return false;
  }
  return true;
}

static bool list_living(sim_call *call, const sim_system *system, hcsref_slice *out) {
  for (const sim_process *process = system->processes; process != NULL; process = process->next) {
    const living known = {
        .number = process->number, .image = hcsref_cstr(process->image), .created = process->created_wall_ms};
    if (!process->exited && !process->foreign && !add_living(call, out, process->process, &known))
      return false;
  }
  return list_others(call, system, out);
}

/* Processor time and memory are those of the container's own processes; storage is not measured. */
static void fill_statistics(sim_system *system, const hcsref_slice *running, statistics *out) {
  const living *process = running->items;
  memset(out, 0, sizeof(*out));
  out->all.timestamp = time_of(os_wall_ms());
  out->all.container_start_time = time_of(system->created_wall_ms);
  out->all.uptime_100ns = system->started_ms == 0 ? 0 : (os_now_ms() - system->started_ms) * 10000;
  for (const sim_process *own = system->processes; own != NULL; own = own->next) {
    out->processor.runtime_user_100ns += own->exited ? own->user : 0;
    out->processor.runtime_kernel_100ns += own->exited ? own->kernel : 0;
  }
  for (size_t i = 0; i < running->len; i++) {
    out->processor.runtime_user_100ns += process[i].user;
    out->processor.runtime_kernel_100ns += process[i].kernel;
    out->memory.memory_usage_private_working_set_bytes += process[i].memory;
  }
  out->processor.total_runtime_100ns = out->processor.runtime_user_100ns + out->processor.runtime_kernel_100ns;
  out->memory.memory_usage_commit_bytes = out->memory.memory_usage_private_working_set_bytes;
  system->memory_peak = system->memory_peak < out->memory.memory_usage_commit_bytes
                            ? out->memory.memory_usage_commit_bytes
                            : system->memory_peak;
  out->memory.memory_usage_commit_peak_bytes = system->memory_peak;
  out->all.processor = &out->processor;
  out->all.memory = &out->memory;
  out->all.storage = &out->storage;
}

/* The table's numbers have 32 bits, as those of hcsshim. */
static int32_t narrow(uint64_t value) {
  return value > INT32_MAX ? INT32_MAX : (int32_t)value;
}

static bool fill_processes(sim_call *call, const hcsref_slice *running, hcsref_slice *out) {
  const living *process = running->items;
  for (size_t i = 0; i < running->len; i++) {
    hcsref_v2_process_details *details = hcsref_slice_push(&call->arena, out, sizeof(*details));
    if (details == NULL)
      return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    details->process_id = (int32_t)process[i].number;
    details->image_name = process[i].image;
    details->create_timestamp = time_of(process[i].created);
    details->user_time_100ns = narrow(process[i].user);
    details->kernel_time_100ns = narrow(process[i].kernel);
    details->memory_commit_bytes = details->memory_working_set_private_bytes = narrow(process[i].memory);
  }
  return true;
}

/* What only virtual machines have, and only containers in one. The service does not know what runs in a machine. */
static void fill_machine(sim_call *call, const sim_system *system, hcsref_v2_properties *out) {
  const sim_machine *machine = system->container.machine;
  out->system_type = machine == NULL ? HCSREF_LIT("Container") : HCSREF_LIT("VirtualMachine");
  out->runtime_os_type = machine == NULL ? HCSREF_LIT("Windows") : HCSREF_LIT("");
  if (system->container.host != NULL)
    out->hosting_system_id = hcsref_cstr(system->container.host->id);
  if (machine != NULL && !hcsref_guid_text(&call->arena, &machine->runtime_id, &out->runtime_id))
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

#define PAGES_OF_MB 256u

static bool fill_memory(sim_call *call, const sim_machine *machine, hcsref_v2_properties *out) {
  hcsref_v2_memory_information_for_vm *memory = hcsref_arena_alloc(&call->arena, sizeof(*memory));
  hcsref_v2_vm_memory *whole = hcsref_arena_alloc(&call->arena, sizeof(*whole));
  if (memory == NULL || whole == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  memory->virtual_node_count = 1;
  memory->virtual_machine_memory = whole;
  whole->reserved_memory = whole->assigned_memory = machine->memory_mb * PAGES_OF_MB;
  out->memory = memory;
  return true;
}

static void fill_properties(sim_call *call, const sim_system *system, hcsref_v2_properties *out) {
  memset(out, 0, sizeof(*out));
  out->id = out->name = hcsref_cstr(system->id);
  fill_machine(call, system, out);
  out->owner = system->container.owner;
  out->state = hcsref_cstr(sim_state_name(system));
  out->stopped = system->state == SIM_STOPPED;
  if (out->stopped)
    out->exit_type = hcsref_cstr(system->exit_type);
}

/* No text is a question for all; whether an empty one is any is reported in two ways. */
static bool check_query_text(sim_call *call, hcsref_str text) {
  return text.data == NULL || text.len > 0 || !sim_has_rule(call->sim, SIM_RULE_QUERY_TEXT) ||
         sim_reject_text(call, HCSREF_LIT("The query is empty."));
}

void sim_system_properties(sim_call *call, sim_handle handle, hcsref_str query_text) {
  sim_system *system = sim_handle_get(call, handle, SIM_SYSTEM);
  hcsref_v2_property_query query;
  hcsref_v2_properties properties;
  hcsref_slice running = {NULL, 0, 0};
  statistics numbers;
  bool of_processes;
  memset(&query, 0, sizeof(query));
  if (system != NULL)
    sim_system_refresh(call->sim, system);
  if (system == NULL || !check_query_text(call, query_text) ||
      !sim_read_document(call, query_text, &hcsref_type_v2_property_query, &query) ||
      !check_query(call, system, &query))
    return;
  fill_properties(call, system, &properties);
  if (query_text.data == NULL && sim_has_rule(call->sim, SIM_RULE_QUERY_TEXT))
    properties.state = HCSREF_LIT("");
  of_processes = is_asked(&query, "Statistics") || is_asked(&query, "ProcessList");
  if (of_processes && !list_living(call, system, &running))
    return;
  fill_statistics(system, &running, &numbers);
  if (is_asked(&query, "Statistics"))
    properties.statistics = &numbers.all;
  if (is_asked(&query, "Memory") && system->container.machine != NULL &&
      !fill_memory(call, system->container.machine, &properties))
    return;
  if (is_asked(&query, SYSTEM_GUID) &&
      !hcsref_guid_text(&call->arena, &system->container.guid, &properties.system_guid)) {
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    return;
  }
  if (is_asked(&query, "TerminateOnLastHandleClosed"))
    properties.terminate_on_last_handle_closed = system->container.terminate_on_last_handle;
  if (is_asked(&query, "ProcessList") && !fill_processes(call, &running, &properties.process_list))
    return;
  if (!hcsref_json_encode_as(&call->arena, call->sim->rules, &hcsref_type_v2_properties, &properties, &call->document,
                             NULL))
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

/* Schema 1.0 and the versions 2.x that the build knows. */
static bool append_versions(sim_call *call, hcsref_buf *out) {
  int32_t newest = sim_newest_minor(call->sim->build);
  hcsref_buf_append(out, HCSREF_LIT("{\"SupportedSchemaVersions\":[{\"Major\":1,\"Minor\":0}"));
  if (newest >= 1) {
    hcsref_buf_append(out, HCSREF_LIT(",{\"Major\":2,\"Minor\":"));
    hcsref_buf_append_uint(out, (uint64_t)newest);
    hcsref_buf_append_char(out, '}');
  }
  hcsref_buf_append(out, HCSREF_LIT("]}"));
  return true;
}

/* One package with a core for each processor. Source of the members: hcsshim internal/hcs/schema2
 * processor_topology.go; the first question of a hypervisor-isolated create (internal/processorinfo). */
static bool append_topology(sim_call *call, hcsref_buf *out) {
  uint32_t count = os_processor_count();
  (void)call;
  hcsref_buf_append(out, HCSREF_LIT("{\"LogicalProcessorCount\":"));
  hcsref_buf_append_uint(out, count);
  hcsref_buf_append(out, HCSREF_LIT(",\"LogicalProcessors\":["));
  for (uint32_t i = 0; i < count; i++) {
    hcsref_buf_append(out, i == 0 ? HCSREF_LIT("{\"LpIndex\":") : HCSREF_LIT(",{\"LpIndex\":"));
    hcsref_buf_append_uint(out, i);
    hcsref_buf_append(out, HCSREF_LIT(",\"NodeNumber\":0,\"PackageId\":0,\"CoreId\":"));
    hcsref_buf_append_uint(out, i);
    hcsref_buf_append(out, HCSREF_LIT(",\"RootVpIndex\":"));
    hcsref_buf_append_uint(out, i);
    hcsref_buf_append_char(out, '}');
  }
  hcsref_buf_append(out, HCSREF_LIT("]}"));
  return true;
}

static bool append_nothing(sim_call *call, hcsref_buf *out) {
  (void)call;
  hcsref_buf_append(out, HCSREF_LIT("{}"));
  return true;
}

/* Source of the names: the HCS reference, HcsGetServiceProperties, and hcsschema.PropertyType. */
static const struct {
  const char *name;
  bool (*append)(sim_call *call, hcsref_buf *out);
} service_properties[] = {
    {"Basic", append_versions},
    {"ProcessorTopology", append_topology},
    {"Memory", append_nothing},
    {"CpuGroup", sim_append_cpu_groups},
    {"CacheAllocation", append_nothing},
    {"CacheMonitoring", append_nothing},
    {"ContainerCredentialGuard", sim_append_guards},
    {"QoSCapabilities", append_nothing},
};

static bool append_property(sim_call *call, hcsref_buf *out, hcsref_str name) {
  for (size_t i = 0; i < sizeof(service_properties) / sizeof(service_properties[0]); i++)
    if (hcsref_str_equal(name, hcsref_cstr(service_properties[i].name)))
      return service_properties[i].append(call, out);
  return sim_fail(call, HCSREF_ERROR_NOT_SUPPORTED, "The simulated service has no property %q.", name);
}

void sim_service_properties(sim_call *call, hcsref_str query_text) {
  hcsref_v2_property_query query;
  hcsref_buf out = {&call->arena, NULL, 0, 0, false};
  const hcsref_str *names;
  memset(&query, 0, sizeof(query));
  if (!sim_read_document(call, query_text, &hcsref_type_v2_property_query, &query))
    return;
  names = query.property_types.items;
  if (query.property_types.len == 0) {
    sim_fail(call, HCSREF_ERROR_NOT_SUPPORTED, "No property was asked for.");
    return;
  }
  hcsref_buf_append(&out, HCSREF_LIT("{\"Properties\":["));
  for (size_t i = 0; i < query.property_types.len; i++) {
    if (i > 0)
      hcsref_buf_append_char(&out, ',');
    if (!append_property(call, &out, names[i]))
      return;
  }
  hcsref_buf_append(&out, HCSREF_LIT("]}"));
  if (out.failed)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  else
    call->document = hcsref_buf_str(&out);
}

/* ---- enumeration ------------------------------------------------------------------------------------------------ */

typedef struct listing {
  sim_call *call;
  const hcsref_v2_system_query *query;
  hcsref_buf out;
} listing;

static bool in_list(const hcsref_slice *list, hcsref_str text) {
  const hcsref_str *items = list->items;
  for (size_t i = 0; i < list->len; i++)
    if (hcsref_str_equal_ascii_fold(items[i], text))
      return true;
  return list->len == 0;
}

static void list_one(listing *l, const hcsref_v2_properties *properties) {
  if (!in_list(&l->query->ids, properties->id) || !in_list(&l->query->names, properties->name) ||
      !in_list(&l->query->types, properties->system_type) || !in_list(&l->query->owners, properties->owner))
    return;
  if (l->out.len > 1)
    hcsref_buf_append_char(&l->out, ',');
  hcsref_json_append(&l->out, &hcsref_type_v2_properties, properties, NULL);
}

static void list_stored(void *context, const void *value) {
  listing *l = context;
  const sim_stored_system *stored = value;
  hcsref_v2_properties properties;
  if (!sim_stored_system_lives(l->call->sim, stored))
    return;
  memset(&properties, 0, sizeof(properties));
  properties.id = properties.name = stored->id;
  properties.system_type = HCSREF_LIT("Container");
  properties.runtime_os_type = HCSREF_LIT("Windows");
  properties.owner = stored->owner;
  properties.state = stored->state;
  list_one(l, &properties);
}

void sim_enumerate(sim_call *call, hcsref_str query_text) {
  hcsref_v2_system_query query;
  sim_stored_system stored;
  listing l = {call, &query, {&call->arena, NULL, 0, 0, false}};
  memset(&query, 0, sizeof(query));
  if (!sim_going(call) || !sim_read_document(call, query_text, &hcsref_type_v2_system_query, &query))
    return;
  hcsref_buf_append_char(&l.out, '[');
  for (const sim_system *system = call->sim->systems; system != NULL; system = system->next) {
    hcsref_v2_properties properties;
    if (system->dead || system->foreign || system->state == SIM_STOPPED)
      continue;
    fill_properties(call, system, &properties);
    list_one(&l, &properties);
  }
  sim_store_list(call->sim, &call->arena, "systems", &sim_stored_system_type, &stored, list_stored, &l);
  hcsref_buf_append_char(&l.out, ']');
  if (l.out.failed)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  else
    call->document = hcsref_buf_str(&l.out);
}
