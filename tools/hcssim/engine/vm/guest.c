/* SPDX-License-Identifier: Apache-2.0 */
/* The guest of a VM, as far as it is asked for layers, disks, folders and networks. Source of the requests: hcsshim
 * internal/uvm, internal/protocol/guestrequest and guestresource. The order is hcsshim's too: a disk is attached before
 * it is given a folder, layers are shared before they are combined, an adapter is announced before it is added. */
#include "engine/vm/machine.h"

#include <string.h>

/* What hcsshim puts before the name of a share: internal/uvm/vsmb.go. */
#define SHARE_PREFIX HCSREF_LIT("\\\\?\\VMSMB\\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}\\")
/* The guest of a host before this one knows no FilterType (hcsshim 2714). */
#define FIRST_BUILD_WITH_FILTER 26100u

typedef struct request {
  sim_call *call;
  sim_system *system;
  bool add, remove;
  hcsref_str settings;
} request;

static sim_machine *machine_of(const request *r) {
  return r->system->container.machine;
}

static bool only(const request *r, bool possible) {
  return possible || sim_fail(r->call, HCSREF_ERROR_INVALID_PARAMETER, "The guest cannot do that with the resource.");
}

/* ---- shares ---- */

static const sim_named *share_of(const sim_machine *machine, hcsref_str path, hcsref_str *rest) {
  hcsref_str prefix = SHARE_PREFIX;
  size_t end = 0;
  if (path.len < prefix.len || !hcsref_str_equal_ascii_fold(hcsref_str_first(path, prefix.len), prefix))
    return NULL;
  path = hcsref_str_skip(path, prefix.len);
  while (end < path.len && path.data[end] != '\\')
    end++;
  *rest = hcsref_str_skip(path, end);
  return sim_find_named(&machine->shares, hcsref_str_first(path, end));
}

bool sim_shared_path(const sim_machine *machine, hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  hcsref_str rest = {NULL, 0};
  const sim_named *share = share_of(machine, path, &rest);
  return share != NULL && hcsref_format(arena, out, "%v%v", share->value, rest);
}

static bool check_layers(sim_call *call, const sim_machine *machine, const hcsref_slice *layers) {
  const hcsref_v2_layer *items = layers->items;
  hcsref_str rest;
  if (layers->len == 0)
    return sim_fail(call, HCSREF_HCS_INVALID_LAYER, "There are no layers.");
  for (size_t i = 0; i < layers->len; i++)
    if (share_of(machine, items[i].path, &rest) == NULL)
      return sim_fail(call, HCSREF_HCS_INVALID_LAYER, "The layer %q is not shared with the virtual machine.",
                      items[i].path);
  return true;
}

/* ---- what it is asked ---- */

static bool combine_layers(request *r) {
  hcsref_guest_combined_layers layers;
  sim_machine *machine = machine_of(r);
  memset(&layers, 0, sizeof(layers));
  if (!sim_read_document(r->call, r->settings, &hcsref_type_guest_combined_layers, &layers) ||
      !only(r, r->add || r->remove))
    return false;
  if (r->remove)
    return sim_remove_named(r->call, &machine->roots, "combined root", layers.container_root_path);
  if (layers.filter_type.len > 0 && r->call->sim->build < FIRST_BUILD_WITH_FILTER)
    return sim_reject(r->call, HCSREF_LIT("$.FilterType"));
  if (sim_find_named(&machine->mounts, layers.container_root_path) == NULL)
    return sim_fail(r->call, HCSREF_ERROR_PATH_NOT_FOUND, "No disk is mounted at %q.", layers.container_root_path);
  return check_layers(r->call, machine, &layers.layers) &&
         sim_add_named(r->call, &r->system->arena, &machine->roots, "combined root", layers.container_root_path,
                       layers.container_root_path);
}

static bool has_lun(const sim_machine *machine, hcsref_str lun) {
  const sim_disk *disks = machine->disks.items;
  for (size_t i = 0; i < machine->disks.len; i++)
    if (hcsref_str_equal(disks[i].lun, lun))
      return true;
  return false;
}

static bool map_disk(request *r) {
  hcsref_guest_mapped_virtual_disk disk;
  hcsref_str lun = {NULL, 0};
  sim_machine *machine = machine_of(r);
  memset(&disk, 0, sizeof(disk));
  if (!sim_read_document(r->call, r->settings, &hcsref_type_guest_mapped_virtual_disk, &disk) ||
      !only(r, r->add || r->remove))
    return false;
  if (r->remove && sim_find_named(&machine->roots, disk.container_path) != NULL)
    return sim_fail(r->call, HCSREF_ERROR_SHARING_VIOLATION, "Layers are combined at %q.", disk.container_path);
  if (r->remove)
    return sim_remove_named(r->call, &machine->mounts, "mounted disk", disk.container_path);
  if (!hcsref_format(&r->call->arena, &lun, "%d", (int64_t)disk.lun))
    return sim_fail(r->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if (!has_lun(machine, lun))
    return sim_fail(r->call, HCSREF_ERROR_NOT_FOUND, "No disk %v is attached.", lun);
  return sim_add_named(r->call, &r->system->arena, &machine->mounts, "mounted disk", disk.container_path, lun);
}

/* An adapter is announced (PreAdd) with its endpoint, then added once the VM has it; its removal names no resource. */
static bool change_network(request *r) {
  hcsref_guest_network_modification change;
  sim_machine *machine = machine_of(r);
  sim_named *known;
  memset(&change, 0, sizeof(change));
  if (!sim_read_document(r->call, r->settings, &hcsref_type_guest_network_modification, &change))
    return false;
  if (hcsref_str_equal(change.request_type, HCSREF_LIT("Remove")))
    return sim_remove_named(r->call, &machine->networks, "adapter", change.adapter_id);
  if (hcsref_str_equal(change.request_type, HCSREF_LIT("PreAdd")))
    return sim_add_named(r->call, &r->system->arena, &machine->networks, "adapter", change.adapter_id,
                         HCSREF_LIT("announced"));
  known = sim_find_named(&machine->networks, change.adapter_id);
  if (known == NULL || sim_find_named(&machine->adapters, change.adapter_id) == NULL)
    return sim_fail(r->call, HCSREF_ERROR_NOT_FOUND, "The virtual machine has no adapter %q, or it was not announced.",
                    change.adapter_id);
  known->value = HCSREF_LIT("added");
  return true;
}

static bool change_namespace(request *r) {
  hcsref_hcn_namespace space;
  sim_machine *machine = machine_of(r);
  memset(&space, 0, sizeof(space));
  if (!hcsref_json_decode(&r->call->arena, r->settings, &hcsref_type_hcn_namespace, HCSREF_JSON_WHOLE, &space, NULL))
    return sim_reject(r->call, HCSREF_LIT("$.Settings"));
  if (r->remove)
    return sim_remove_named(r->call, &machine->namespaces, "namespace", space.id);
  return sim_find_named(&machine->namespaces, space.id) != NULL ||
         sim_add_named(r->call, &r->system->arena, &machine->namespaces, "namespace", space.id, space.id);
}

/* Folders and addresses are taken as they are. */
static bool accept(request *r) {
  (void)r;
  return true;
}

static const struct {
  const char *resource;
  bool (*apply)(request *r);
} resources[] = {
    {"CombinedLayers", combine_layers},
    {"MappedVirtualDisk", map_disk},
    {"MappedDirectory", accept},
    {"Network", change_network},
    {"", change_network},
    {"NetworkNamespace", change_namespace},
    {"HvSocket", accept},
};

bool sim_ask_guest(sim_call *call, sim_system *machine, hcsref_str text) {
  hcsref_guest_modification asked;
  request r = {call, machine, false, false, {NULL, 0}};
  memset(&asked, 0, sizeof(asked));
  call->by_guest = true;
  if (!sim_read_document(call, text, &hcsref_type_guest_modification, &asked))
    return false;
  r.add = hcsref_str_equal(asked.request_type, HCSREF_LIT("Add"));
  r.remove = hcsref_str_equal(asked.request_type, HCSREF_LIT("Remove"));
  r.settings = asked.settings;
  for (size_t i = 0; i < sizeof(resources) / sizeof(resources[0]); i++)
    if (hcsref_str_equal(asked.resource_type, hcsref_cstr(resources[i].resource)))
      return resources[i].apply(&r);
  return sim_fail(call, HCSREF_ERROR_NOT_SUPPORTED, "The simulated guest has no resource %q.", asked.resource_type);
}

/* ---- containers in it ---- */

/* The folder of the scratch whose disk the guest has at the container's root; empty: it is another disk. */
static hcsref_str scratch_of(const sim_machine *machine, hcsref_str root) {
  static const char name[] = "sandbox.vhdx";
  const sim_named *mount = sim_find_named(&machine->mounts, root);
  const sim_disk *disks = machine->disks.items;
  for (size_t i = 0; mount != NULL && i < machine->disks.len; i++) {
    hcsref_str path = disks[i].path;
    size_t end = path.len - (path.len < sizeof name ? path.len : sizeof name);
    if (hcsref_str_equal(disks[i].lun, mount->value) && end > 0 &&
        hcsref_str_equal_ascii_fold(hcsref_str_skip(path, end + 1), HCSREF_LIT("sandbox.vhdx")))
      return sim_layer_path(hcsref_str_first(path, end));
  }
  return hcsref_str_from(NULL, 0);
}

/* What the container finds on its drive: the layers that were combined with its scratch. */
static bool keep_root(sim_call *call, hcsref_arena *arena, const sim_machine *machine, const hcsref_v2_storage *storage,
                      sim_container *out) {
  const hcsref_v2_layer *layers = storage->layers.items;
  hcsref_str scratch = scratch_of(machine, storage->path);
  hcsref_str *parents = hcsref_arena_array(&call->arena, storage->layers.len, sizeof(*parents));
  if (scratch.len == 0)
    return true;
  for (size_t i = 0; parents != NULL && i < storage->layers.len; i++)
    if (!sim_shared_path(machine, &call->arena, layers[i].path, &parents[i]))
      return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if (parents == NULL || !hcsref_format(arena, &out->root, "%v/%s", scratch, SIM_VOLUME_FOLDER))
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return sim_volume_fill(call, scratch, parents, storage->layers.len);
}

static bool keep_directory(sim_call *call, hcsref_arena *arena, const sim_machine *machine,
                           const hcsref_v2_mapped_directory *directory, sim_container *out) {
  hcsref_str path = directory->host_path;
  sim_shared_path(machine, &call->arena, directory->host_path, &path);
  if (hcsref_str_has_prefix(directory->host_path, SHARE_PREFIX))
    return sim_add_directory(call, arena, out, directory->container_path, path, directory->read_only);
  return true; /* a folder of the guest's own, which is nowhere */
}

/* A pipe of the host, which the guest reaches as a file of the share IPC$. Source: hcsshim internal/uvm/pipes.go. */
static bool keep_pipe(sim_call *call, hcsref_arena *arena, const sim_machine *machine,
                      const hcsref_v2_mapped_pipe *pipe, sim_container *out) {
  hcsref_str prefix = HCSREF_LIT("\\\\?\\VMSMB\\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}\\IPC$\\");
  hcsref_str host = pipe->host_path;
  if (!hcsref_str_has_prefix(host, prefix))
    return true; /* one of the guest's own */
  if (!hcsref_format(&call->arena, &host, "\\\\.\\pipe\\%v", hcsref_str_skip(host, prefix.len)))
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return sim_find_named(&machine->pipes, host) != NULL
             ? sim_add_pipe(call, arena, out, pipe->container_pipe_name, host)
             : sim_fail(call, HCSREF_ERROR_NOT_FOUND, "The virtual machine has no pipe %q.", host);
}

static bool keep_mappings(sim_call *call, hcsref_arena *arena, const sim_machine *machine,
                          const hcsref_v2_container *in, sim_container *out) {
  const hcsref_v2_mapped_directory *directories = in->mapped_directories.items;
  const hcsref_v2_mapped_pipe *pipes = in->mapped_pipes.items;
  for (size_t i = 0; i < in->mapped_directories.len; i++)
    if (!keep_directory(call, arena, machine, &directories[i], out))
      return false;
  for (size_t i = 0; i < in->mapped_pipes.len; i++)
    if (!keep_pipe(call, arena, machine, &pipes[i], out))
      return false;
  return true;
}

bool sim_read_hosted(sim_call *call, hcsref_arena *arena, const sim_system *machine, const hcsref_v2_container *in,
                     sim_container *out) {
  const sim_machine *vm = machine->container.machine;
  const hcsref_v2_processor *processor = in->processor;
  if (in->storage == NULL || sim_find_named(&vm->roots, in->storage->path) == NULL)
    return sim_fail(call, HCSREF_HCS_INVALID_LAYER, "No layers were combined at the container's root.");
  if (processor != NULL && !sim_check_processor(call, processor->count, processor->maximum, processor->weight))
    return false;
  out->processors = processor == NULL ? 0 : (uint32_t)processor->count;
  return check_layers(call, vm, &in->storage->layers) && keep_root(call, arena, vm, in->storage, out) &&
         keep_mappings(call, arena, vm, in, out) &&
         sim_keep(call, arena, in->guest_os == NULL ? HCSREF_LIT("") : in->guest_os->host_name, &out->hostname);
}
