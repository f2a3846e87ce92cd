/* SPDX-License-Identifier: Apache-2.0 */
/* What the service accepts as a VM, beyond the form of the document. Sources: the schema reference; that memory is
 * even and processors are no more than the host's is what hcsshim sees to (internal/uvm/cpulimits_update.go,
 * memory_update.go, create.go verifyOptions); that a partition and a CPU group exclude each other, its errors. Which
 * code each refusal has is the simulator's choice. */
#include "engine/vm/machine.h"

#include <string.h>

static bool refuse(sim_call *call, const char *why) {
  return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The virtual machine is not valid: %s.", why);
}

/* ---- memory and processors ---- */

bool sim_check_vm_memory(sim_call *call, uint64_t megabytes) {
  if (megabytes == 0 || megabytes % 2 != 0 || megabytes > UINT64_MAX >> 20)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "%u MB of memory are not possible: a positive, even number.",
                    megabytes);
  return true;
}

bool sim_check_vm_limits(sim_call *call, uint64_t limit, uint64_t weight) {
  return (limit <= 100000 && weight <= 10000) || refuse(call, "a processor limit is out of its range");
}

bool sim_check_cpu_group(sim_call *call, const hcsref_v2_cpu_group *group) {
  return group == NULL || sim_is_guid(group->id) || refuse(call, "the id of the CPU group is not a GUID");
}

static bool read_processor(sim_call *call, const hcsref_v2_virtual_machine_processor *processor, sim_machine *out) {
  if (processor->count > os_processor_count())
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "%u processors are more than the host's %u.",
                    (uint64_t)processor->count, (uint64_t)os_processor_count());
  out->processors = processor->count == 0 ? 1 : processor->count;
  return sim_check_vm_limits(call, processor->limit, processor->weight) &&
         sim_check_cpu_group(call, processor->cpu_group);
}

static bool read_topology(sim_call *call, const hcsref_v2_topology *topology, sim_machine *out) {
  if (topology == NULL || topology->memory == NULL)
    return refuse(call, "it has no memory");
  if (topology->numa != NULL && topology->numa->settings.len > 0 &&
      topology->numa->settings.len != topology->numa->virtual_node_count)
    return refuse(call, "VirtualNodeCount and the settings of the nodes differ");
  out->memory_mb = topology->memory->size_in_mb;
  out->processors = 1;
  return sim_check_vm_memory(call, out->memory_mb) &&
         (topology->processor == NULL || read_processor(call, topology->processor, out));
}

/* ---- devices ---- */

static bool is_descriptor(hcsref_str text) {
  return text.len == 0 || (text.len > 1 && text.data[1] == ':' && strchr("OGDS", text.data[0]) != NULL);
}

bool sim_check_socket(sim_call *call, const hcsref_v2_hv_socket_service_config *service) {
  return (is_descriptor(service->bind_security_descriptor) && is_descriptor(service->connect_security_descriptor)) ||
         refuse(call, "a socket's security descriptor is not SDDL");
}

static bool read_sockets(sim_call *call, hcsref_arena *arena, const hcsref_v2_hv_socket2 *socket, sim_machine *out) {
  const hcsref_v2_hv_socket_system_config *config = socket == NULL ? NULL : socket->hv_socket_config;
  const hcsref_v2_hv_socket_service_config_entry *services = config == NULL ? NULL : config->service_table.entries;
  if (config == NULL)
    return true;
  if (!is_descriptor(config->default_bind_security_descriptor) ||
      !is_descriptor(config->default_connect_security_descriptor))
    return refuse(call, "a socket's security descriptor is not SDDL");
  for (size_t i = 0; i < config->service_table.len; i++) {
    if (!sim_is_guid(services[i].key))
      return refuse(call, "a service of the socket table is not a GUID");
    if (!sim_check_socket(call, &services[i].value) ||
        !sim_add_named(call, arena, &out->services, "service", services[i].key, hcsref_str_from(NULL, 0)))
      return false;
  }
  return true;
}

static bool read_disks(sim_call *call, hcsref_arena *arena, const hcsref_map *controllers, sim_machine *out) {
  const hcsref_v2_scsi_entry *scsi = controllers->entries;
  for (size_t i = 0; i < controllers->len; i++) {
    const hcsref_v2_attachment_entry *disks = scsi[i].value.attachments.entries;
    for (size_t k = 0; k < scsi[i].value.attachments.len; k++)
      if (!sim_add_disk(call, arena, out, scsi[i].key, disks[k].key, &disks[k].value))
        return false;
  }
  return true;
}

static bool read_devices(sim_call *call, hcsref_arena *arena, const hcsref_v2_devices *devices, sim_machine *out) {
  const hcsref_v2_virtual_smb_share *shares = devices->virtual_smb == NULL ? NULL : devices->virtual_smb->shares.items;
  const hcsref_v2_network_adapter_entry *adapters = devices->network_adapters.entries;
  const hcsref_v2_com_port_entry *ports = devices->com_ports.entries;
  for (size_t i = 0; i < devices->com_ports.len; i++)
    if (!hcsref_str_has_prefix(ports[i].value.named_pipe, HCSREF_LIT("\\\\.\\pipe\\")))
      return refuse(call, "a serial port leads to no pipe");
  for (size_t i = 0; shares != NULL && i < devices->virtual_smb->shares.len; i++)
    if (!sim_add_share(call, arena, out, &shares[i]))
      return false;
  for (size_t i = 0; i < devices->network_adapters.len; i++)
    if (!sim_add_adapter(call, arena, out, adapters[i].key, &adapters[i].value))
      return false;
  return read_disks(call, arena, &devices->scsi, out) && read_sockets(call, arena, devices->hv_socket, out);
}

/* ---- what it boots from ---- */

/* A controller by its name, or by its number: "Scsi(0,1)". */
static bool has_boot_disk(const sim_machine *machine, hcsref_str path) {
  const sim_disk *disks = machine->disks.items;
  for (size_t i = 0; i < machine->disks.len; i++)
    if (hcsref_str_has_prefix(path, HCSREF_LIT("Scsi(")) || hcsref_str_equal_ascii_fold(disks[i].controller, path))
      return true;
  return false;
}

static bool check_boot(sim_call *call, const hcsref_v2_uefi_boot_entry *entry, const sim_machine *machine) {
  if (hcsref_str_equal(entry->device_type, HCSREF_LIT("VmbFs")))
    return machine->shares.len > 0 || refuse(call, "nothing is shared with it that it could boot from");
  if (hcsref_str_equal(entry->device_type, HCSREF_LIT("ScsiDrive")))
    return has_boot_disk(machine, entry->device_path) || refuse(call, "the disk that it boots from is not attached");
  if (hcsref_str_equal(entry->device_type, HCSREF_LIT("Network")))
    return machine->adapters.len > 0 || refuse(call, "it has no network adapter to boot from");
  return hcsref_str_equal(entry->device_type, HCSREF_LIT("File")) || refuse(call, "it boots from no known device");
}

static bool check_chipset(sim_call *call, const hcsref_v2_chipset *chipset, const sim_machine *machine) {
  if (chipset == NULL)
    return refuse(call, "it has no chipset");
  if (chipset->uefi != NULL && chipset->linux_kernel_direct != NULL)
    return refuse(call, "it boots by Uefi or by LinuxKernelDirect, not by both");
  if (chipset->linux_kernel_direct != NULL && chipset->linux_kernel_direct->kernel_file_path.len == 0)
    return refuse(call, "no kernel is named");
  return chipset->uefi == NULL || chipset->uefi->boot_this == NULL ||
         check_boot(call, chipset->uefi->boot_this, machine);
}

/* ---- the whole ---- */

static bool check_partition(sim_call *call, const hcsref_v2_virtual_machine *in) {
  const hcsref_v2_virtual_machine_processor *processor = in->compute_topology->processor;
  if (in->resource_partition_id.len == 0)
    return true;
  if (!sim_is_guid(in->resource_partition_id))
    return refuse(call, "the id of the resource partition is not a GUID");
  return processor == NULL || processor->cpu_group == NULL ||
         refuse(call, "it has a resource partition and a CPU group");
}

bool sim_read_machine(sim_call *call, hcsref_arena *arena, const hcsref_v2_virtual_machine *in, sim_container *out) {
  sim_machine *machine = hcsref_arena_alloc(arena, sizeof(*machine));
  if (machine == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  out->machine = machine;
  machine->guest_connection = in->guest_connection != NULL;
  return sim_new_guid(call, &machine->runtime_id) && read_topology(call, in->compute_topology, machine) &&
         check_partition(call, in) && (in->devices == NULL || read_devices(call, arena, in->devices, machine)) &&
         check_chipset(call, in->chipset, machine);
}
