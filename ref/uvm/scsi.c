/* SPDX-License-Identifier: Apache-2.0 */
#include "uvm/scsi.h"

#include "host/message.h"
#include "uvm/vm.h"

/* The first controller's. Source: hcsshim internal/protocol/guestrequest ScsiControllerGuids. */
#define ATTACHMENTS "VirtualMachine/Devices/Scsi/df6d0690-79e5-55b6-a5ec-c1e2f77f580a/Attachments/"
#define NO_LUN      "no available location"

static bool is_extensible(const hcsref_vm_disk *disk) {
  return hcsref_str_equal(disk->type, HCSREF_LIT("ExtensibleVirtualDisk"));
}

/* ---- places ---- */

/* Before 0.12 a path is attached once, whatever it is attached as. */
static bool is_same(const hcsref_vm *vm, const hcsref_vm_disk *a, const hcsref_vm_disk *b) {
  if (!hcsref_str_equal(a->path, b->path))
    return false;
  return !hcsref_has(vm->rules, HCSREF_CHANGE_VM_DISKS_COUNTED) ||
         (a->read_only == b->read_only && hcsref_str_equal(a->type, b->type) &&
          hcsref_str_equal(a->evd_type, b->evd_type));
}

static hcsref_vm_disk *find_attached(const hcsref_vm *vm, const hcsref_vm_disk *wanted) {
  for (size_t lun = 1; lun < HCSREF_VM_LUNS; lun++) {
    hcsref_vm_disk *disk = vm->disks.attached[lun];
    if (disk != NULL && is_same(vm, disk, wanted))
      return disk;
  }
  return NULL;
}

static size_t find_lun(const hcsref_vm *vm) {
  size_t lun = 1;
  while (lun < HCSREF_VM_LUNS && vm->disks.attached[lun] != NULL)
    lun++;
  return lun;
}

/* A mount has a disk on a LUN other than 0: there are more numbers than mounts, so that one is free. */
static size_t find_mount(const hcsref_vm *vm) {
  size_t number = 0;
  while (vm->disks.mounts[number])
    number++;
  return number;
}

static bool place(hcsref_vm *vm, const hcsref_vm_disk *wanted, hcsref_vm_disk **out, hcsref_str *why) {
  size_t lun = find_lun(vm);
  hcsref_vm_disk *disk = NULL;
  if (lun == HCSREF_VM_LUNS) {
    (void)hcsref_vm_say(vm, why, NO_LUN);
    return false;
  }
  disk = hcsref_arena_alloc(vm->arena, sizeof(*disk));
  if (disk == NULL)
    return false;
  *disk = *wanted;
  disk->lun = (uint32_t)lun;
  vm->disks.attached[lun] = disk;
  *out = disk;
  return true;
}

/* ---- requests ---- */

static bool ask_host(const hcsref_vm *vm, const hcsref_vm_disk *disk, const char *request_type, bool with_settings,
                     hcsref_str *why) {
  hcsref_v2_attachment settings = {.type = disk->type,
                                   .path = disk->path,
                                   .read_only = disk->read_only,
                                   .extensible_virtual_disk_type = disk->evd_type};
  hcsref_str path;
  *why = hcsref_no_message();
  return hcsref_format(vm->arena, &path, ATTACHMENTS "%u", (uint64_t)disk->lun) &&
         hcsref_vm_modify(vm, "hcs", path, request_type, &hcsref_type_v2_attachment, with_settings ? &settings : NULL,
                          why);
}

static bool ask_guest(const hcsref_vm *vm, const hcsref_vm_disk *disk, const char *request_type, hcsref_str *why) {
  const hcsref_guest_mapped_virtual_disk settings = {.container_path = disk->guest_path, .lun = (int32_t)disk->lun};
  return hcsref_vm_ask_guest(vm, request_type, "MappedVirtualDisk", &hcsref_type_guest_mapped_virtual_disk, &settings,
                             why);
}

/* Puts "DOING controller 0 lun N[ AT PATH]: " before the failure; always false. */
static bool say_where(const hcsref_vm *vm, const char *doing, const hcsref_vm_disk *disk, const char *at,
                      hcsref_str *why) {
  const hcsref_str path = at == NULL ? HCSREF_LIT("") : disk->guest_path;
  return hcsref_is_no_message(*why) ? false
                                    : hcsref_vm_say(vm, why, "%s controller 0 lun %u%s%v: %v", doing,
                                                    (uint64_t)disk->lun, at == NULL ? "" : at, path, *why);
}

/* ---- since 0.12: attaching and mounting are counted apart ---- */

static bool attach(hcsref_vm *vm, const hcsref_vm_disk *wanted, hcsref_vm_disk **out, hcsref_str *why) {
  hcsref_vm_disk *disk = find_attached(vm, wanted);
  if (disk == NULL) {
    if (!place(vm, wanted, &disk, why))
      return false;
    if (!ask_host(vm, disk, "Add", true, why)) {
      vm->disks.attached[disk->lun] = NULL;
      if (!hcsref_is_no_message(*why))
        (void)hcsref_vm_say(vm, why, "attach %v/%v at controller 0 lun %u: %v", disk->type, disk->path,
                            (uint64_t)disk->lun, *why);
      return false;
    }
  }
  disk->users++;
  *out = disk;
  return true;
}

static bool detach(hcsref_vm *vm, hcsref_vm_disk *disk, hcsref_str *why) {
  if (--disk->users > 0)
    return true;
  if (!ask_host(vm, disk, "Remove", false, why))
    return say_where(vm, "detach", disk, NULL, why);
  vm->disks.attached[disk->lun] = NULL;
  return true;
}

static bool name_mount(const hcsref_vm *vm, hcsref_vm_disk *disk) {
  disk->mount = find_mount(vm);
  return hcsref_format(vm->arena, &disk->guest_path,
                       hcsref_has(vm->rules, HCSREF_CHANGE_VM_DISK_FOLDER) ? "c:\\mounts\\scsi\\m%u"
                                                                           : "C:\\mounts\\m%u",
                       (uint64_t)disk->mount);
}

static bool mount(hcsref_vm *vm, hcsref_vm_disk *disk, hcsref_str *why) {
  if (!disk->mounted) {
    *why = hcsref_no_message();
    if (!name_mount(vm, disk))
      return false;
    if (!ask_guest(vm, disk, "Add", why))
      return say_where(vm, "mount scsi", disk, " at ", why);
    disk->mounted = vm->disks.mounts[disk->mount] = true;
  }
  disk->mount_users++;
  return true;
}

/* `*gone`: nobody uses the mount any more. */
static bool unmount(hcsref_vm *vm, hcsref_vm_disk *disk, bool *gone, hcsref_str *why) {
  *gone = --disk->mount_users == 0;
  if (!*gone)
    return true;
  if (!ask_guest(vm, disk, "Remove", why))
    return say_where(vm, "unmount scsi", disk, " at path ", why);
  disk->mounted = vm->disks.mounts[disk->mount] = false;
  return true;
}

static bool add_counted(hcsref_vm *vm, const hcsref_vm_disk *wanted, hcsref_vm_disk **out, hcsref_str *why) {
  hcsref_vm_disk *disk = NULL;
  hcsref_str ignored;
  if (!attach(vm, wanted, &disk, why))
    return false;
  if (!mount(vm, disk, why)) {
    (void)detach(vm, disk, &ignored);
    return false;
  }
  *out = disk;
  return true;
}

/* A user who is not the last to mount it was forgotten by upstream once: the disk then stays with the VM. */
static bool remove_counted(hcsref_vm *vm, hcsref_vm_disk *disk, hcsref_str *why) {
  const bool each = hcsref_has(vm->rules, HCSREF_CHANGE_VM_DISKS_DETACHED);
  bool gone;
  return unmount(vm, disk, &gone, why) && ((!gone && !each) || detach(vm, disk, why));
}

/* ---- before ---- */

/* Both parts are one step. The host's goes first, and is undone when the guest refuses. */
static bool add_whole(hcsref_vm *vm, const hcsref_vm_disk *wanted, hcsref_vm_disk **out, hcsref_str *why) {
  hcsref_vm_disk *disk = find_attached(vm, wanted);
  hcsref_str ignored;
  bool on_host;
  if (disk == NULL) {
    if (!place(vm, wanted, &disk, why))
      return false;
    on_host = ask_host(vm, disk, "Add", true, why);
    if (!on_host || !ask_guest(vm, disk, "Add", why)) {
      if (on_host)
        (void)ask_host(vm, disk, "Remove", true, &ignored);
      vm->disks.attached[disk->lun] = NULL;
      return hcsref_vm_wrap(vm,
                            on_host ? "failed to modify UVM with new SCSI mount: guest modify: "
                                    : "failed to modify UVM with new SCSI mount: adding VM resources: ",
                            why);
    }
  }
  disk->users++;
  *out = disk;
  return true;
}

static bool remove_whole(hcsref_vm *vm, hcsref_vm_disk *disk, hcsref_str *why) {
  const char *part = "guest modify";
  bool done;
  if (--disk->users > 0)
    return true;
  done = ask_guest(vm, disk, "Remove", why);
  if (done) {
    part = "removing VM resources";
    done = ask_host(vm, disk, "Remove", false, why);
  }
  if (!done)
    return hcsref_is_no_message(*why)
               ? false
               : hcsref_vm_say(vm, why,
                               "failed to remove SCSI device: failed to remove SCSI disk %v from container %v: %s: %v",
                               disk->path, vm->facts->id, part, *why);
  vm->disks.attached[disk->lun] = NULL;
  return true;
}

/* ---- both ---- */

static bool grant(const hcsref_vm *vm, const hcsref_vm_disk *disk, hcsref_str *why) {
  const hcsref_vm_host *host = vm->host;
  *why = hcsref_no_message();
  if (is_extensible(disk) || host->ops->grant_vm(host->ctx, vm->arena, vm->facts->id, disk->path, why))
    return true;
  return hcsref_has(vm->rules, HCSREF_CHANGE_VM_DISKS_COUNTED)
             ? false
             : hcsref_vm_wrap(vm, "failed to grant VM access for SCSI mount: ", why);
}

bool hcsref_vm_add_disk(hcsref_vm *vm, const hcsref_vm_disk *wanted, hcsref_vm_disk **out, hcsref_str *why) {
  return grant(vm, wanted, why) &&
         (hcsref_has(vm->rules, HCSREF_CHANGE_VM_DISKS_COUNTED) ? add_counted(vm, wanted, out, why)
                                                                : add_whole(vm, wanted, out, why));
}

bool hcsref_vm_remove_disk(hcsref_vm *vm, hcsref_vm_disk *disk, hcsref_str *why) {
  *why = hcsref_no_message();
  return hcsref_has(vm->rules, HCSREF_CHANGE_VM_DISKS_COUNTED) ? remove_counted(vm, disk, why)
                                                               : remove_whole(vm, disk, why);
}
