/* SPDX-License-Identifier: Apache-2.0 */
/* What the service accepts as a container, in either schema, beyond the form of the document. The exclusive CPU
 * settings, the volume's form and the need for layers are hcsshim's (internal/hcsoci/hcsdoc_wcow.go) and the schema
 * reference's; which code each refusal has is the simulator's choice. */
#include "engine/vm/machine.h"

#include <string.h>

#define NO_HYPERVISOR 0x80370102u

static bool guid_text_equal(hcsref_str text, hcsref_guid guid) {
  static const char digits[] = "0123456789abcdef";
  char out[36];
  size_t at = 0;
  for (size_t i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      out[at++] = '-';
    out[at++] = digits[guid.data[i] >> 4];
    out[at++] = digits[guid.data[i] & 15];
  }
  return hcsref_str_equal_ascii_fold(text, hcsref_str_from(out, sizeof out));
}

/* The last part of a path of either system. */
static hcsref_str last_part(hcsref_str path) {
  size_t end = path.len, start;
  while (end > 0 && (path.data[end - 1] == '\\' || path.data[end - 1] == '/'))
    end--;
  start = end;
  while (start > 0 && path.data[start - 1] != '\\' && path.data[start - 1] != '/')
    start--;
  return hcsref_str_from(path.data + start, end - start);
}

static bool add_layer(sim_call *call, hcsref_arena *arena, sim_container *out, hcsref_str id, hcsref_str path) {
  hcsref_v2_layer *layer;
  if (!sim_path_exists(call, path))
    return sim_refuse(call, HCSREF_ERROR_PATH_NOT_FOUND, "a layer's path", path, "there is no such folder");
  if (!guid_text_equal(id, sim_name_to_guid(last_part(path))))
    return sim_refuse(call, HCSREF_HCS_INVALID_LAYER, "a layer's id", id, "it is not the folder's NameToGuid");
  layer = hcsref_slice_push(arena, &out->layers, sizeof(*layer));
  if (layer == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return sim_keep(call, arena, id, &layer->id) && sim_keep(call, arena, path, &layer->path);
}

/* `volume` without the backslash that schema 2 has at its end. */
static bool set_volume(sim_call *call, hcsref_arena *arena, sim_container *out, hcsref_str volume) {
  if (!hcsref_is_volume_path(volume))
    return sim_refuse(call, HCSREF_ERROR_INVALID_PARAMETER, "the root volume", volume,
                      "it does not have the form of a volume");
  if (!sim_is_mounted(call->sim, volume))
    return sim_refuse(call, HCSREF_ERROR_PATH_NOT_FOUND, "the root volume", volume,
                      "no prepared layer is mounted there");
  return sim_layer_root(call->sim, arena, volume, &out->root)
             ? sim_keep(call, arena, volume, &out->volume)
             : sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

/* ---- schema 2 ------------------------------------------------------------------------------------------------- */

/* Which minor versions a build knows. Source: the schema reference's version map. */
int32_t sim_newest_minor(uint32_t build) {
  static const struct {
    uint32_t build;
    int32_t minor;
  } map[] = {{22000, 6}, {20348, 5}, {19041, 3}, {18362, 2}, {17763, 1}};
  for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
    if (build >= map[i].build)
      return map[i].minor;
  return -1;
}

static bool check_version(sim_call *call, const hcsref_v2_version *version) {
  int32_t newest = sim_newest_minor(call->sim->build);
  if (version == NULL || newest < 0)
    return sim_reject(call, HCSREF_LIT("$"));
  if (version->major != 2 || version->minor < 0 || version->minor > newest)
    return sim_fail(call, HCSREF_ERROR_NOT_SUPPORTED, "Schema version %d.%d is not supported by build %u.",
                    (int64_t)version->major, (int64_t)version->minor, (uint64_t)call->sim->build);
  return true;
}

static bool read_storage(sim_call *call, hcsref_arena *arena, const hcsref_v2_storage *storage, sim_container *out) {
  const hcsref_v2_layer *layers = storage == NULL ? NULL : storage->layers.items;
  if (storage == NULL || storage->layers.len == 0)
    return sim_fail(call, HCSREF_HCS_INVALID_LAYER, "The container has no layers.");
  for (size_t i = 0; i < storage->layers.len; i++)
    if (!add_layer(call, arena, out, layers[i].id, layers[i].path))
      return false;
  if (storage->qos != NULL && (storage->qos->iops_maximum < 0 || storage->qos->bandwidth_maximum < 0))
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "A storage limit is negative.");
  return set_volume(call, arena, out, storage->path);
}

static bool read_mappings(sim_call *call, hcsref_arena *arena, const hcsref_v2_container *in, sim_container *out) {
  const hcsref_v2_mapped_directory *directories = in->mapped_directories.items;
  const hcsref_v2_mapped_pipe *pipes = in->mapped_pipes.items;
  for (size_t i = 0; i < in->mapped_directories.len; i++)
    if (!sim_add_directory(call, arena, out, directories[i].container_path, directories[i].host_path,
                           directories[i].read_only))
      return false;
  for (size_t i = 0; i < in->mapped_pipes.len; i++)
    if (!sim_add_pipe(call, arena, out, pipes[i].container_pipe_name, pipes[i].host_path))
      return false;
  return true;
}

static bool one_of(hcsref_str text, const char *const *names) {
  for (; *names != NULL; names++)
    if (hcsref_str_equal(text, hcsref_cstr(*names)))
      return true;
  return false;
}

static bool read_registry(sim_call *call, hcsref_arena *arena, const hcsref_v2_registry_changes *changes,
                          sim_container *out) {
  static const char *const hives[] = {"System", "Software", "Security", "Sam", NULL};
  static const char *const types[] = {"None",  "String", "ExpandedString", "MultiString", "Binary",
                                      "DWord", "QWord",  "CustomType",     NULL};
  const hcsref_v2_registry_value *values = changes == NULL ? NULL : changes->add_values.items;
  for (size_t i = 0; changes != NULL && i < changes->add_values.len; i++) {
    const hcsref_v2_registry_value *value = &values[i];
    hcsref_v2_registry_value *copy;
    if (value->key == NULL || !one_of(value->key->hive, hives))
      return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "A registry value is in no known hive.");
    if (!one_of(value->type, types))
      return sim_refuse(call, HCSREF_ERROR_INVALID_PARAMETER, "a registry value's type", value->type,
                        "it is not known");
    copy = hcsref_slice_push(arena, &out->registry, sizeof(*copy));
    if (copy != NULL)
      *copy = *value;
    if (copy == NULL || (copy->key = hcsref_arena_alloc(arena, sizeof(*copy->key))) == NULL)
      return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    if (!sim_keep(call, arena, value->key->hive, &copy->key->hive) ||
        !sim_keep(call, arena, value->key->name, &copy->key->name) ||
        !sim_keep(call, arena, value->name, &copy->name) || !sim_keep(call, arena, value->type, &copy->type) ||
        !sim_keep(call, arena, value->string_value, &copy->string_value))
      return false;
  }
  return true;
}

static bool read_process_isolated(sim_call *call, hcsref_arena *arena, const hcsref_v2_container *in,
                                  sim_container *out) {
  const hcsref_v2_processor *processor = in->processor;
  if (!read_storage(call, arena, in->storage, out) || !read_mappings(call, arena, in, out) ||
      !read_registry(call, arena, in->registry_changes, out))
    return false;
  if (processor != NULL && !sim_check_processor(call, processor->count, processor->maximum, processor->weight))
    return false;
  out->processors = processor == NULL ? 0 : (uint32_t)processor->count;
  out->memory_mb = in->memory == NULL ? 0 : in->memory->size_in_mb;
  if (in->networking != NULL && in->networking->name_space.len > 0 &&
      !sim_namespace_exists(call->sim, in->networking->name_space))
    return sim_refuse(call, HCSREF_ERROR_NOT_FOUND, "Namespace", in->networking->name_space,
                      "there is no such namespace");
  return sim_keep(call, arena, in->guest_os == NULL ? HCSREF_LIT("") : in->guest_os->host_name, &out->hostname) &&
         sim_keep(call, arena, in->networking == NULL ? HCSREF_LIT("") : in->networking->name_space, &out->name_space);
}

static bool check_hypervisor(sim_call *call) {
  const bool json = call->api == SIM_VMCOMPUTE && sim_has_rule(call->sim, SIM_RULE_NO_HYPERVISOR);
  return !call->sim->no_hypervisor ||
         sim_fail(call, json ? HCSREF_HCS_INVALID_JSON : NO_HYPERVISOR, "The simulated service has no hypervisor.");
}

/* The virtual machine that a container is to run in: a running one of this process, with whose guest the service itself
 * speaks. */
static sim_system *find_host(sim_call *call, hcsref_str id) {
  sim_system *host = sim_find_system(call->sim, id);
  if (host == NULL || host->container.machine == NULL) {
    sim_fail(call, HCSREF_HCS_SYSTEM_NOT_FOUND, "There is no virtual machine %q.", id);
    return NULL;
  }
  if (host->state == SIM_RUNNING && host->container.machine->guest_connection)
    return host;
  sim_fail(call, HCSREF_HCS_INVALID_STATE,
           host->state == SIM_RUNNING ? "The service has no connection to the guest of %q."
                                      : "The virtual machine %q does not run.",
           id);
  return NULL;
}

static bool read_hosted(sim_call *call, hcsref_arena *arena, const hcsref_v2_compute_system *document,
                        sim_container *out) {
  hcsref_v2_hosted_system hosted;
  hcsref_str text = {NULL, 0};
  sim_system *host = check_hypervisor(call) ? find_host(call, document->hosting_system_id) : NULL;
  memset(&hosted, 0, sizeof(hosted));
  if (host == NULL)
    return false;
  if (!hcsref_json_encode(&call->arena, &hcsref_type_any, &document->hosted_system, &text, NULL))
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if (!sim_read_document(call, text, &hcsref_type_v2_hosted_system, &hosted) ||
      !check_version(call, hosted.schema_version))
    return false;
  if (hosted.container == NULL)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The hosted system has no Container.");
  if (!sim_read_hosted(call, arena, host, hosted.container, out))
    return false;
  out->host = host;
  host->references++;
  return true;
}

static bool read_schema2(sim_call *call, hcsref_arena *arena, const hcsref_v2_compute_system *document,
                         sim_container *out) {
  const hcsref_v2_virtual_machine *machine = document->virtual_machine;
  bool hosted = document->hosted_system.kind != HCSREF_VALUE_NULL;
  if (!check_version(call, document->schema_version))
    return false;
  if ((document->container != NULL) + (machine != NULL) + hosted != 1)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER,
                    "Exactly one of Container, VirtualMachine and HostedSystem must be given.");
  if (hosted != (document->hosting_system_id.len > 0))
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "HostedSystem and HostingSystemId belong together.");
  out->schema2 = true;
  out->terminate_on_last_handle = document->should_terminate_on_last_handle_closed;
  if (!sim_keep(call, arena, document->owner, &out->owner))
    return false;
  if (hosted)
    return read_hosted(call, arena, document, out);
  if (machine == NULL)
    return read_process_isolated(call, arena, document->container, out);
  return check_hypervisor(call) && read_registry(call, arena, machine->registry_changes, out) &&
         sim_read_machine(call, arena, machine, out);
}

/* ---- schema 1 ------------------------------------------------------------------------------------------------- */

/* The utility VM of a Hyper-V container of schema 1 is the service's own affair: it boots from HvRuntime's image, and
 * attaches the scratch itself. Source: moby daemon/internal/libcontainerd/local/local_windows.go createWindows. */
static bool read_partition(sim_call *call, hcsref_arena *arena, const hcsref_v1_container_config *in,
                           sim_container *out) {
  const hcsref_v1_layer *layers = in->layers.items;
  hcsref_str *parents = hcsref_arena_alloc(&call->arena, in->layers.len * sizeof(*parents));
  if (!check_hypervisor(call))
    return false;
  if (parents == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if (in->hv_runtime == NULL || in->hv_runtime->image_path.len == 0)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "HvPartition needs HvRuntime's ImagePath.");
  if (!sim_path_exists(call, in->hv_runtime->image_path))
    return sim_refuse(call, HCSREF_ERROR_PATH_NOT_FOUND, "ImagePath", in->hv_runtime->image_path,
                      "there is no such folder");
  if (in->volume_path.len > 0)
    return sim_refuse(call, HCSREF_ERROR_INVALID_PARAMETER, "VolumePath", in->volume_path,
                      "the utility VM attaches the scratch of LayerFolderPath itself");
  for (size_t i = 0; i < in->layers.len; i++)
    parents[i] = layers[i].path;
  return sim_layer_attach(call, arena, in->layer_folder_path, parents, in->layers.len, &out->root);
}

static bool read_schema1(sim_call *call, hcsref_arena *arena, const hcsref_v1_container_config *in,
                         sim_container *out) {
  const hcsref_v1_layer *layers = in->layers.items;
  const hcsref_v1_mapped_dir *directories = in->mapped_directories.items;
  const hcsref_v1_mapped_pipe *pipes = in->mapped_pipes.items;
  if (!hcsref_str_equal(in->system_type, HCSREF_LIT("Container")))
    return sim_refuse(call, HCSREF_ERROR_INVALID_PARAMETER, "SystemType", in->system_type, "it is not Container");
  if (in->layers.len == 0)
    return sim_fail(call, HCSREF_HCS_INVALID_LAYER, "The container has no layers.");
  if (hcsref_str_has_suffix(in->volume_path, HCSREF_LIT("\\")))
    return sim_refuse(call, HCSREF_ERROR_INVALID_PARAMETER, "VolumePath", in->volume_path, "it ends in a backslash");
  for (size_t i = 0; i < in->layers.len; i++)
    if (!add_layer(call, arena, out, layers[i].id, layers[i].path))
      return false;
  for (size_t i = 0; i < in->mapped_directories.len; i++)
    if (!sim_add_directory(call, arena, out, directories[i].container_path, directories[i].host_path,
                           directories[i].read_only))
      return false;
  for (size_t i = 0; i < in->mapped_pipes.len; i++)
    if (!sim_add_pipe(call, arena, out, pipes[i].container_pipe_name, pipes[i].host_path))
      return false;
  if (in->processor_weight > 10000 || in->memory_maximum_in_mb < 0)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "A limit is out of its range.");
  out->terminate_on_last_handle = in->terminate_on_last_handle_closed;
  out->processors = in->processor_count;
  out->memory_mb = (uint64_t)in->memory_maximum_in_mb;
  /* A utility VM has a count of its own, beside the limits of the container in it: moby writes both. */
  return sim_check_processor(call, in->hv_partition ? 0 : (int64_t)in->processor_count, in->processor_maximum,
                             in->hv_partition ? 0 : (int64_t)in->processor_weight) &&
         (in->hv_partition ? read_partition(call, arena, in, out) : set_volume(call, arena, out, in->volume_path)) &&
         sim_keep(call, arena, in->owner, &out->owner) && sim_keep(call, arena, in->host_name, &out->hostname);
}

/* A document of schema 2 says so; vmcompute.dll takes both. Source: hcsshim internal/hcsoci/create.go. */
static bool has_schema_version(sim_call *call, hcsref_str text) {
  return call->api == SIM_COMPUTECORE || sim_has_member(call, text, "SchemaVersion");
}

bool sim_read_container(sim_call *call, hcsref_arena *arena, hcsref_str text, sim_container *out) {
  hcsref_v2_compute_system system;
  hcsref_v1_container_config config;
  memset(&system, 0, sizeof(system));
  memset(&config, 0, sizeof(config));
  if (has_schema_version(call, text))
    return sim_read_document(call, text, &hcsref_type_v2_compute_system, &system) &&
           read_schema2(call, arena, &system, out);
  return sim_read_document(call, text, &hcsref_type_v1_container_config, &config) &&
         read_schema1(call, arena, &config, out);
}
