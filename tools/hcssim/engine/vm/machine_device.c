/* SPDX-License-Identifier: Apache-2.0 */
/* The devices of a VM: disks, shares, adapters, and whatever else has a name. Source of the members: hcsshim
 * internal/hcs/schema2; that hcsshim attaches a disk once and names a share once is internal/uvm's scsi and vsmb.go.
 * Which code each refusal has is the simulator's choice. */
#include "engine/network/network.h"
#include "engine/vm/machine.h"

#include <string.h>

#define ALREADY_EXISTS HCSREF_WIN32(183)

/* ---- what has a name --------------------------------------------------------------------------------------------- */

sim_named *sim_find_named(const hcsref_slice *list, hcsref_str name) {
  sim_named *items = list->items;
  for (size_t i = 0; i < list->len; i++)
    if (hcsref_str_equal_ascii_fold(items[i].name, name))
      return &items[i];
  return NULL;
}

bool sim_add_named(sim_call *call, hcsref_arena *arena, hcsref_slice *list, const char *what, hcsref_str name,
                   hcsref_str value) {
  sim_named *entry;
  if (name.len == 0)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The %s has no name.", what);
  if (sim_find_named(list, name) != NULL)
    return sim_fail(call, ALREADY_EXISTS, "There is already a %s %q.", what, name);
  if (list->len >= SIM_MAX_SHARES)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "The virtual machine has too many of the kind: %s.", what);
  entry = hcsref_slice_push(arena, list, sizeof(*entry));
  if (entry == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return sim_keep(call, arena, name, &entry->name) && sim_keep(call, arena, value, &entry->value);
}

/* Closes the gap that `index` leaves. */
static void take_out(hcsref_slice *list, size_t index, size_t size) {
  unsigned char *items = list->items;
  memmove(items + index * size, items + (index + 1) * size, (list->len - index - 1) * size);
  list->len--;
}

bool sim_remove_named(sim_call *call, hcsref_slice *list, const char *what, hcsref_str name) {
  const sim_named *entry = sim_find_named(list, name);
  if (entry == NULL)
    return sim_fail(call, HCSREF_ERROR_NOT_FOUND, "There is no %s %q.", what, name);
  take_out(list, (size_t)(entry - (const sim_named *)list->items), sizeof(*entry));
  return true;
}

/* ---- disks ---- */

sim_disk *sim_find_disk(const sim_machine *machine, hcsref_str controller, hcsref_str lun) {
  sim_disk *disks = machine->disks.items;
  for (size_t i = 0; i < machine->disks.len; i++)
    if (hcsref_str_equal_ascii_fold(disks[i].controller, controller) && hcsref_str_equal(disks[i].lun, lun))
      return &disks[i];
  return NULL;
}

/* A number from 0 to SIM_MAX_LUN as hcsshim writes it. */
static bool is_lun(hcsref_str text) {
  unsigned value = 0;
  for (size_t i = 0; i < text.len && i < 3; i++) {
    if (text.data[i] < '0' || text.data[i] > '9')
      return false;
    value = value * 10 + (unsigned)(text.data[i] - '0');
  }
  return text.len > 0 && text.len < 3 && value <= SIM_MAX_LUN && (text.len == 1 || text.data[0] != '0');
}

/* Is it attached already, by somebody who may write to it? */
static bool is_taken(const sim_machine *machine, hcsref_str path, bool read_only) {
  const sim_disk *disks = machine->disks.items;
  for (size_t i = 0; i < machine->disks.len; i++)
    if (hcsref_str_equal_ascii_fold(disks[i].path, path) && !(disks[i].read_only && read_only))
      return true;
  return false;
}

/* Types of disks, and whether their path is a file of the host. */
static bool check_type(sim_call *call, const hcsref_v2_attachment *disk) {
  static const struct {
    const char *name;
    bool file;
  } types[] = {{"VirtualDisk", true}, {"Iso", true}, {"PassThru", false}, {"ExtensibleVirtualDisk", false}};
  for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
    if (!hcsref_str_equal(disk->type, hcsref_cstr(types[i].name)))
      continue;
    if (disk->path.len == 0)
      return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The disk has no path.");
    return !types[i].file || sim_path_exists(call, disk->path) ||
           sim_fail(call, HCSREF_ERROR_FILE_NOT_FOUND, "There is no disk %q.", disk->path);
  }
  return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The disk's type %q is not known.", disk->type);
}

bool sim_add_disk(sim_call *call, hcsref_arena *arena, sim_machine *machine, hcsref_str controller, hcsref_str lun,
                  const hcsref_v2_attachment *disk) {
  sim_disk *place;
  if (!is_lun(lun))
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The attachment %q is not a number from 0 to %u.", lun,
                    (uint64_t)SIM_MAX_LUN);
  if (!check_type(call, disk))
    return false;
  if (sim_find_disk(machine, controller, lun) != NULL)
    return sim_fail(call, ALREADY_EXISTS, "There is already a disk %v on the controller %q.", lun, controller);
  if (is_taken(machine, disk->path, disk->read_only))
    return sim_fail(call, HCSREF_ERROR_SHARING_VIOLATION, "The disk %q is attached already.", disk->path);
  place = machine->disks.len >= SIM_MAX_DISKS ? NULL : hcsref_slice_push(arena, &machine->disks, sizeof(*place));
  if (place == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "The virtual machine has too many disks.");
  place->read_only = disk->read_only;
  return sim_keep(call, arena, controller, &place->controller) && sim_keep(call, arena, lun, &place->lun) &&
         sim_keep(call, arena, disk->path, &place->path);
}

bool sim_remove_disk(sim_call *call, sim_machine *machine, hcsref_str controller, hcsref_str lun) {
  const sim_disk *disk = sim_find_disk(machine, controller, lun);
  if (disk == NULL)
    return sim_fail(call, HCSREF_ERROR_NOT_FOUND, "There is no disk %v on the controller %q.", lun, controller);
  take_out(&machine->disks, (size_t)(disk - (const sim_disk *)machine->disks.items), sizeof(*disk));
  return true;
}

/* ---- shares ---- */

/* A share's files lie in its folder. */
static bool check_files(sim_call *call, const hcsref_v2_virtual_smb_share *share) {
  const hcsref_str *files = share->allowed_files.items;
  bool restricted = share->options != NULL && share->options->restrict_file_access;
  if (restricted != (share->allowed_files.len > 0))
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "AllowedFiles and RestrictFileAccess of the share %q differ.",
                    share->name);
  for (size_t i = 0; i < share->allowed_files.len; i++)
    if (!sim_path_exists(call, files[i]))
      return sim_fail(call, HCSREF_ERROR_FILE_NOT_FOUND, "There is no file %q.", files[i]);
  return true;
}

bool sim_check_share(sim_call *call, const hcsref_v2_virtual_smb_share *share) {
  if (!sim_path_exists(call, share->path))
    return sim_fail(call, HCSREF_ERROR_PATH_NOT_FOUND, "There is no folder %q to share.", share->path);
  return check_files(call, share);
}

bool sim_add_share(sim_call *call, hcsref_arena *arena, sim_machine *machine,
                   const hcsref_v2_virtual_smb_share *share) {
  return sim_check_share(call, share) &&
         sim_add_named(call, arena, &machine->shares, "share", share->name, share->path);
}

/* ---- adapters ---- */

bool sim_add_adapter(sim_call *call, hcsref_arena *arena, sim_machine *machine, hcsref_str id,
                     const hcsref_v2_network_adapter *adapter) {
  void *endpoint = hcsref_arena_alloc(&call->arena, sim_endpoints.stored->size);
  if (endpoint == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if (call->sim->state != NULL && !sim_object_find(call, &sim_endpoints, adapter->endpoint_id, endpoint))
    return sim_fail(call, HCSREF_ERROR_NOT_FOUND, "There is no endpoint %q.", adapter->endpoint_id);
  return sim_add_named(call, arena, &machine->adapters, "network adapter", id, adapter->endpoint_id);
}
