/* SPDX-License-Identifier: Apache-2.0 */
/* Changes to a running VM. Source of the requests: hcsshim internal/hcs/resourcepaths, internal/uvm; what is refused,
 * and with which code, is the simulator's choice. */
#include "engine/vm/machine.h"

#include <string.h>

static sim_machine *machine_of(const sim_change *c) {
  return c->system->container.machine;
}

/* ---- memory and processors ---- */

static bool change_memory(sim_change *c, hcsref_str rest, hcsref_str settings) {
  uint64_t megabytes = 0;
  (void)rest;
  if (!hcsref_json_decode(&c->call->arena, settings, &hcsref_type_uint64, HCSREF_JSON_WHOLE, &megabytes, NULL))
    return sim_reject(c->call, HCSREF_LIT("$.Settings"));
  if (!sim_check_vm_memory(c->call, megabytes))
    return false;
  machine_of(c)->memory_mb = megabytes;
  return true;
}

static bool change_limits(sim_change *c, hcsref_str rest, hcsref_str settings) {
  hcsref_v2_processor_limits limits;
  (void)rest;
  memset(&limits, 0, sizeof(limits));
  return sim_read_document(c->call, settings, &hcsref_type_v2_processor_limits, &limits) &&
         sim_check_vm_limits(c->call, limits.limit, limits.weight);
}

static bool change_cpu_group(sim_change *c, hcsref_str rest, hcsref_str settings) {
  hcsref_v2_cpu_group group;
  (void)rest;
  memset(&group, 0, sizeof(group));
  return sim_read_document(c->call, settings, &hcsref_type_v2_cpu_group, &group) &&
         sim_check_cpu_group(c->call, &group);
}

/* ---- devices ---- */

static bool change_share(sim_change *c, hcsref_str rest, hcsref_str settings) {
  hcsref_v2_virtual_smb_share share;
  sim_named *known;
  (void)rest;
  memset(&share, 0, sizeof(share));
  if (!sim_read_document(c->call, settings, &hcsref_type_v2_virtual_smb_share, &share))
    return false;
  if (c->add)
    return sim_add_share(c->call, &c->system->arena, machine_of(c), &share);
  if (c->remove)
    return sim_remove_named(c->call, &machine_of(c)->shares, "share", share.name);
  known = sim_find_named(&machine_of(c)->shares, share.name);
  if (known == NULL || !hcsref_str_equal_ascii_fold(known->value, share.path))
    return sim_fail(c->call, HCSREF_ERROR_NOT_FOUND, "There is no share %q of that folder.", share.name);
  return sim_check_share(c->call, &share);
}

/* CONTROLLER/Attachments/LUN */
static bool split_attachment(hcsref_str rest, hcsref_str *controller, hcsref_str *lun) {
  hcsref_str middle = HCSREF_LIT("/Attachments/");
  for (size_t i = 0; i + middle.len <= rest.len; i++) {
    *controller = hcsref_str_first(rest, i);
    *lun = hcsref_str_skip(rest, i);
    if (hcsref_str_has_prefix(*lun, middle)) {
      *lun = hcsref_str_skip(*lun, middle.len);
      return i > 0;
    }
  }
  return false;
}

/* What the guest still has a folder for is not taken away from it. */
static bool remove_disk(sim_change *c, hcsref_str controller, hcsref_str lun) {
  const sim_named *mounts = machine_of(c)->mounts.items;
  for (size_t i = 0; i < machine_of(c)->mounts.len; i++)
    if (hcsref_str_equal(mounts[i].value, lun))
      return sim_fail(c->call, HCSREF_ERROR_SHARING_VIOLATION, "The guest has the disk %v at %q.", lun, mounts[i].name);
  return sim_remove_disk(c->call, machine_of(c), controller, lun);
}

/* The other disk takes the place of the one that is there; when it cannot, that one stays. */
static bool exchange_disk(sim_change *c, hcsref_str controller, hcsref_str lun, const hcsref_v2_attachment *disk) {
  sim_machine *machine = machine_of(c);
  const sim_disk *there = sim_find_disk(machine, controller, lun);
  sim_disk before = there == NULL ? (sim_disk){{NULL, 0}, {NULL, 0}, {NULL, 0}, false} : *there;
  sim_disk *again;
  if (!sim_remove_disk(c->call, machine, controller, lun))
    return false;
  if (sim_add_disk(c->call, &c->system->arena, machine, controller, lun, disk))
    return true;
  again = hcsref_slice_push(&c->system->arena, &machine->disks, sizeof(*again)); /* there is room: one has gone */
  if (again != NULL)
    *again = before;
  return false;
}

static bool change_disk(sim_change *c, hcsref_str rest, hcsref_str settings) {
  hcsref_v2_attachment disk;
  hcsref_str controller, lun;
  memset(&disk, 0, sizeof(disk));
  if (!split_attachment(rest, &controller, &lun))
    return sim_fail(c->call, HCSREF_ERROR_INVALID_PARAMETER, "%q names no attachment of a controller.", rest);
  if (c->remove)
    return remove_disk(c, controller, lun);
  return sim_read_document(c->call, settings, &hcsref_type_v2_attachment, &disk) &&
         (c->add ? sim_add_disk(c->call, &c->system->arena, machine_of(c), controller, lun, &disk)
                 : exchange_disk(c, controller, lun, &disk));
}

static bool change_adapter(sim_change *c, hcsref_str rest, hcsref_str settings) {
  hcsref_v2_network_adapter adapter;
  const sim_named *known = sim_find_named(&machine_of(c)->adapters, rest);
  memset(&adapter, 0, sizeof(adapter));
  if (c->remove)
    return sim_remove_named(c->call, &machine_of(c)->adapters, "network adapter", rest);
  if (!sim_read_document(c->call, settings, &hcsref_type_v2_network_adapter, &adapter))
    return false;
  if (c->add)
    return sim_add_adapter(c->call, &c->system->arena, machine_of(c), rest, &adapter);
  return (known != NULL && hcsref_str_equal_ascii_fold(known->value, adapter.endpoint_id)) ||
         sim_fail(c->call, HCSREF_ERROR_NOT_FOUND, "There is no network adapter %q of that endpoint.", rest);
}

static bool change_pipe(sim_change *c, hcsref_str rest, hcsref_str settings) {
  (void)settings;
  if (!hcsref_str_has_prefix(rest, HCSREF_LIT("\\\\.\\pipe\\")))
    return sim_fail(c->call, HCSREF_ERROR_INVALID_PARAMETER, "%q is not a pipe.", rest);
  return c->add ? sim_add_named(c->call, &c->system->arena, &machine_of(c)->pipes, "pipe", rest, rest)
                : sim_remove_named(c->call, &machine_of(c)->pipes, "pipe", rest);
}

/* A service that is not there yet joins the table. */
static bool change_service(sim_change *c, hcsref_str rest, hcsref_str settings) {
  hcsref_v2_hv_socket_service_config service;
  memset(&service, 0, sizeof(service));
  if (c->remove)
    return sim_remove_named(c->call, &machine_of(c)->services, "service", rest);
  return sim_read_document(c->call, settings, &hcsref_type_v2_hv_socket_service_config, &service) &&
         sim_check_socket(c->call, &service) &&
         (sim_find_named(&machine_of(c)->services, rest) != NULL ||
          sim_add_named(c->call, &c->system->arena, &machine_of(c)->services, "service", rest, rest));
}

static bool change_pci(sim_change *c, hcsref_str rest, hcsref_str settings) {
  hcsref_v2_virtual_pci_device device;
  memset(&device, 0, sizeof(device));
  if (c->remove)
    return sim_remove_named(c->call, &machine_of(c)->devices, "device", rest);
  return sim_read_document(c->call, settings, &hcsref_type_v2_virtual_pci_device, &device) &&
         (device.functions.len > 0 ||
          sim_fail(c->call, HCSREF_ERROR_INVALID_PARAMETER, "The device %q has no functions.", rest)) &&
         sim_add_named(c->call, &c->system->arena, &machine_of(c)->devices, "device", rest, rest);
}

/* ---- which is which ---- */

enum { ADD = 1, REMOVE = 2, UPDATE = 4 };

/* A path that ends in a slash stands for all below it. */
static const struct {
  const char *path;
  unsigned requests;
  bool (*apply)(sim_change *c, hcsref_str rest, hcsref_str settings);
} changes[] = {
    {"VirtualMachine/ComputeTopology/Memory/SizeInMB", UPDATE, change_memory},
    {"VirtualMachine/ComputeTopology/Processor/Limits", UPDATE, change_limits},
    {"VirtualMachine/ComputeTopology/Processor/CpuGroup", UPDATE, change_cpu_group},
    {"VirtualMachine/Devices/VirtualSmb/Shares", ADD | REMOVE | UPDATE, change_share},
    {"VirtualMachine/Devices/Scsi/", ADD | REMOVE | UPDATE, change_disk},
    {"VirtualMachine/Devices/NetworkAdapters/", ADD | REMOVE | UPDATE, change_adapter},
    {"VirtualMachine/Devices/MappedPipes/", ADD | REMOVE, change_pipe},
    {"VirtualMachine/Devices/HvSocket/HvSocketConfig/ServiceTable/", UPDATE | REMOVE, change_service},
    {"VirtualMachine/Devices/VirtualPci/", ADD | REMOVE, change_pci},
};

bool sim_change_machine(sim_change *c, const hcsref_v2_modify_setting_request *request, hcsref_str settings) {
  unsigned wanted = c->add ? ADD : c->remove ? REMOVE : UPDATE;
  for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
    hcsref_str path = hcsref_cstr(changes[i].path), rest = {NULL, 0};
    if (path.data[path.len - 1] == '/' && hcsref_str_has_prefix(request->resource_path, path))
      rest = hcsref_str_skip(request->resource_path, path.len);
    else if (!hcsref_str_equal(request->resource_path, path))
      continue;
    if ((changes[i].requests & wanted) == 0)
      return sim_fail(c->call, HCSREF_ERROR_INVALID_PARAMETER, "The request %q is not possible for %q.",
                      request->request_type, request->resource_path);
    return changes[i].apply(c, rest, settings);
  }
  return sim_fail(c->call, HCSREF_ERROR_NOT_SUPPORTED, "The simulated service does not change %q of a virtual machine.",
                  request->resource_path);
}
