/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for utility VMs and others. */
#include "lint/checks.h"

#include "hcsref/schema2_guest.h"
#include "hcsref/schema2_live.h"
#include "hcsref/schema2_vm.h"

#include <string.h>

/* ---- utility VMs -------------------------------------------------------------------------------------- */

void kit_lint_vm_memory(kit_linter *l, const kit_place *at, const char *member, const kit_json *size, bool zero) {
  uint64_t megabytes;
  if (!kit_json_uint(size, &megabytes))
    return;
  if (megabytes % 2 != 0)
    kit_lint_tell(l, at, member, "vm-memory", "%u MB is an odd number; the memory of a VM must be even", megabytes);
  else if (megabytes == 0 && zero)
    kit_lint_tell(l, at, member, "vm-memory", "a VM needs some memory");
  else if (megabytes % 4 != 0)
    kit_lint_tell(l, at, member, "vm-memory-step",
                  "%u MB is not a multiple of 4: at least one host refused such a size (0x80041008)", megabytes);
  else if (megabytes >= (uint64_t)1 << 24)
    kit_lint_tell(l, at, member, "memory-unit", "%u MB is %u TB; if these are bytes, write %u", megabytes,
                  megabytes >> 20, megabytes >> 20);
}

static void check_vm_memory(kit_linter *l, const kit_place *at, const kit_json *object) {
  kit_lint_vm_memory(l, at, "SizeInMB", kit_json_get(object, "SizeInMB"), true);
  if (kit_json_is_true(kit_json_get(object, "EnableDeferredCommit")) &&
      !kit_json_is_true(kit_json_get(object, "AllowOvercommit")))
    kit_lint_tell(l, at, "EnableDeferredCommit", "vm-memory", "needs AllowOvercommit");
}

/* The table has signed numbers, as hcsshim; the service has none. */
static void check_vm_qos(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const names[] = {"IopsMaximum", "BandwidthMaximum"};
  for (size_t i = 0; i < 2; i++) {
    const kit_json *node = kit_json_get(object, names[i]);
    if (node != NULL && node->kind == KIT_JSON_NUMBER && node->raw.data[0] == '-')
      kit_lint_tell(l, at, names[i], "storage-range", "%v is negative", node->raw);
  }
}

/* ---- other devices ------------------------------------------------------------------------------------ */

static void check_vm_pci(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *functions = kit_json_get(object, "Functions");
  if (functions == NULL || (functions->kind == KIT_JSON_ARRAY && functions->count == 0))
    kit_lint_tell(l, at, "Functions", "vm-device", "the device has no functions");
}

static void check_vm_processor(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const struct {
    const char *name;
    uint64_t most;
  } fields[] = {{"Limit", 100000}, {"Weight", 10000}};
  const kit_json *count = kit_json_get(object, "Count");
  uint64_t value;
  if (count != NULL && count->kind == KIT_JSON_NUMBER && (!kit_json_uint(count, &value) || value == 0))
    kit_lint_tell(l, at, "Count", "vm-processor", "%v processors: a VM needs at least one", count->raw);
  for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
    const kit_json *node = kit_json_get(object, fields[i].name);
    if (node != NULL && node->kind == KIT_JSON_NUMBER && (!kit_json_uint(node, &value) || value > fields[i].most))
      kit_lint_tell(l, at, fields[i].name, "vm-processor", "%v is not between 0 and %u", node->raw, fields[i].most);
  }
}

static void check_vm_disk(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const types[] = {"VirtualDisk", "PassThru", "Iso", "ExtensibleVirtualDisk", NULL};
  hcsref_str type = kit_json_get_string(object, "Type");
  bool extensible = hcsref_str_equal(type, HCSREF_LIT("ExtensibleVirtualDisk"));
  bool has_type = kit_json_get_string(object, "ExtensibleVirtualDiskType").len != 0;
  const char *meant = NULL;
  for (size_t i = 0; types[i] != NULL; i++)
    if (hcsref_str_equal_ascii_fold(type, hcsref_cstr(types[i])))
      meant = types[i];
  if (meant != NULL && !kit_is_one_of(type, types))
    kit_lint_tell_text(l, at, "Type", hcsref_cstr(meant), "vm-disk", "\"%v\" is written %s", type, meant);
  else if (meant == NULL)
    kit_lint_tell(l, at, "Type", "vm-disk",
                  "\"%v\" is not a type of disk; the types are VirtualDisk, PassThru, Iso and ExtensibleVirtualDisk",
                  type);
  else if (kit_json_get_string(object, "Path").len == 0)
    kit_lint_tell(l, at, "Path", "vm-disk", "the disk has no path");
  else if (!hcsref_str_equal(type, HCSREF_LIT("PassThru")) && !extensible)
    kit_lint_absolute(l, at, object, "Path", "vm-disk");
  if (extensible != has_type && kit_is_one_of(type, types))
    kit_lint_tell(l, at, "ExtensibleVirtualDiskType", "vm-disk", extensible ? "is missing" : "does not match type %v",
                  type);
}

static void check_vm_share(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *files = kit_json_get(object, "AllowedFiles");
  bool restricted = kit_json_is_true(kit_json_get(kit_json_get(object, "Options"), "RestrictFileAccess"));
  if (kit_json_get_string(object, "Name").len == 0)
    kit_lint_tell(l, at, "Name", "vm-share", "the share has no name");
  kit_lint_share_name(l, at, object, "Name");
  kit_lint_absolute(l, at, object, "Path", "vm-share");
  if (restricted != (files != NULL && files->count != 0))
    kit_lint_tell(l, at, "AllowedFiles", "vm-share-files", restricted ? "no file is allowed" : "all files are allowed");
}

static void check_vm_numa(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *settings = kit_json_get(object, "Settings");
  uint64_t count = 0, listed = settings == NULL ? 0 : settings->count;
  if (listed != 0 && (!kit_json_uint(kit_json_get(object, "VirtualNodeCount"), &count) || count != listed))
    kit_lint_tell(l, at, "VirtualNodeCount", "vm-numa", "says %u of %u", count, listed);
}

/* The shares of a VM; longer lists are not compared. */
#define MOST_SHARES 1000

static void check_vm_shares(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *list = kit_json_get(object, "Shares"), *item, *other;
  kit_place list_place = {at, HCSREF_LIT("Shares"), 0};
  size_t i = 0;
  if (list == NULL || list->kind != KIT_JSON_ARRAY || list->count > MOST_SHARES)
    return;
  for (item = list->first; item != NULL; item = item->next, i++) {
    hcsref_str name = kit_json_get_string(item, "Name");
    kit_place here = {&list_place, {NULL, 0}, i};
    for (other = list->first; other != item; other = other->next)
      if (name.len != 0 && hcsref_str_equal_ascii_fold(name, kit_json_get_string(other, "Name"))) {
        kit_lint_tell(l, &here, "Name", "vm-share-repeated", "there is already a share \"%v\"", name);
        break;
      }
  }
}

/* ---- disks -------------------------------------------------------------------------------------------- */

static bool lun_of(hcsref_str text, uint64_t *lun) {
  *lun = 0;
  for (size_t i = 0; i < text.len && i < 4; i++) {
    if (text.data[i] < '0' || text.data[i] > '9')
      return false;
    *lun = *lun * 10 + (uint64_t)(text.data[i] - '0');
  }
  return text.len != 0 && text.len < 4 && (text.len == 1 || text.data[0] != '0');
}

void kit_lint_lun(kit_linter *l, const kit_place *at, const char *member, hcsref_str text) {
  uint64_t lun;
  if (!lun_of(text, &lun) || lun > 63)
    kit_lint_tell(l, at, member, "vm-scsi-lun", "\"%v\" is not a number from 0 to 63", text);
}

static void check_luns(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *list = kit_json_get(object, "Attachments"), *disk;
  kit_place place = {at, HCSREF_LIT("Attachments"), 0};
  uint64_t lun;
  if (list == NULL || list->kind != KIT_JSON_OBJECT)
    return;
  for (disk = list->first; disk != NULL; disk = disk->next) {
    kit_place here = {&place, disk->key, 0};
    if (!lun_of(disk->key, &lun) || lun > 63)
      kit_lint_tell_key(l, &here, NULL, "vm-scsi-lun", "\"%v\" is not a number from 0 to 63", disk->key);
  }
}

#define MOST_DISKS 256

/* Each disk of each controller against those before it. */
static void check_disk_again(kit_linter *l, const kit_place *at, const kit_json *disk, const kit_json *controllers) {
  hcsref_str path = kit_json_get_string(disk, "Path");
  for (const kit_json *controller = controllers->first; controller != NULL; controller = controller->next) {
    const kit_json *list = kit_json_get(controller, "Attachments"), *other;
    for (other = list == NULL ? NULL : list->first; other != NULL; other = other->next) {
      if (other == disk)
        return;
      if (path.len == 0 || !kit_same_path(path, kit_json_get_string(other, "Path")) ||
          (kit_json_is_true(kit_json_get(disk, "ReadOnly")) && kit_json_is_true(kit_json_get(other, "ReadOnly"))))
        continue;
      kit_lint_tell(l, at, "Path", "vm-scsi-lun", "\"%v\" is already attached", path);
      return;
    }
  }
}

static void check_vm_devices(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *controllers = kit_json_get(object, "Scsi"), *controller;
  kit_place scsi = {at, HCSREF_LIT("Scsi"), 0};
  size_t count = 0;
  if (controllers == NULL || controllers->kind != KIT_JSON_OBJECT)
    return;
  for (controller = controllers->first; controller != NULL; controller = controller->next) {
    const kit_json *list = kit_json_get(controller, "Attachments"), *disk;
    kit_place one = {&scsi, controller->key, 0}, disks = {&one, HCSREF_LIT("Attachments"), 0};
    for (disk = list == NULL ? NULL : list->first; disk != NULL && count++ < MOST_DISKS; disk = disk->next) {
      kit_place here = {&disks, disk->key, 0};
      check_disk_again(l, &here, disk, controllers);
    }
  }
}

/* ---- what it boots from ------------------------------------------------------------------------------- */

static const kit_json *get_path(const kit_json *node, const char *first, const char *second) {
  return kit_json_get(kit_json_get(node, first), second);
}

/* A controller by its name, or by its number as Scsi(0,1). */
static bool has_disk(const kit_json *controllers, hcsref_str path, hcsref_str number) {
  bool any = hcsref_str_has_prefix(path, HCSREF_LIT("Scsi("));
  for (const kit_json *c = controllers == NULL ? NULL : controllers->first; c != NULL; c = c->next) {
    const kit_json *disks = kit_json_get(c, "Attachments"), *disk;
    if (!any && !hcsref_str_equal_ascii_fold(c->key, path))
      continue;
    for (disk = disks == NULL ? NULL : disks->first; disk != NULL; disk = disk->next)
      if (any || hcsref_str_equal(disk->key, number))
        return true;
  }
  return false;
}

static void check_boot_entry(kit_linter *l, const kit_place *at, const kit_json *entry, const kit_json *devices) {
  static const char *const types[] = {"ScsiDrive", "VmbFs", "Network", "File", NULL};
  hcsref_str type = kit_json_get_string(entry, "DeviceType"), path = kit_json_get_string(entry, "DevicePath");
  const kit_json *disk = kit_json_get(entry, "DiskNumber");
  hcsref_str number = disk == NULL ? HCSREF_LIT("0") : disk->raw;
  const kit_json *shares = get_path(devices, "VirtualSmb", "Shares");
  if (!kit_is_one_of(type, types))
    kit_lint_tell(l, at, "DeviceType", "vm-boot",
                  "\"%v\" is not a device to boot from; there are ScsiDrive, VmbFs, Network and File", type);
  else if (hcsref_str_equal(type, HCSREF_LIT("ScsiDrive")) && !has_disk(kit_json_get(devices, "Scsi"), path, number))
    kit_lint_tell(l, at, "DevicePath", "vm-boot", "no disk %v is attached to a controller \"%v\"", number, path);
  else if (hcsref_str_equal(type, HCSREF_LIT("VmbFs")) && (shares == NULL || shares->count == 0))
    kit_lint_tell(l, at, "DeviceType", "vm-boot", "the VM has no share (VirtualSmb) to boot from");
  else if (hcsref_str_equal(type, HCSREF_LIT("VmbFs")) && !hcsref_str_has_prefix(path, HCSREF_LIT("\\")))
    kit_lint_tell(l, at, "DevicePath", "vm-boot", "\"%v\" is not a path in a share, which begins with a backslash",
                  path);
  else if (hcsref_str_equal(type, HCSREF_LIT("Network")) && !kit_is_set(devices, "NetworkAdapters"))
    kit_lint_tell(l, at, "DeviceType", "vm-boot", "the VM has no network adapter to boot from");
}

static void check_vm_chipset(kit_linter *l, const kit_place *at, const kit_json *chipset) {
  const kit_json *kernel = kit_json_get(chipset, "LinuxKernelDirect");
  kit_place here = {at, HCSREF_LIT("LinuxKernelDirect"), 0};
  if (!kit_is_set(chipset, "LinuxKernelDirect"))
    return;
  if (kit_json_get_string(kernel, "KernelFilePath").len == 0)
    kit_lint_tell(l, &here, "KernelFilePath", "vm-firmware", "no kernel is named");
  else
    kit_lint_absolute(l, &here, kernel, "KernelFilePath", "vm-firmware");
  if (kit_is_set(chipset, "Uefi"))
    kit_lint_tell(l, at, "Uefi", "vm-firmware", "the VM also has LinuxKernelDirect; it boots by only one of them");
}

static void check_vm(kit_linter *l, const kit_place *at, const kit_json *vm) {
  const kit_json *chipset = kit_json_get(vm, "Chipset"), *entry = get_path(chipset, "Uefi", "BootThis");
  kit_place chipset_place = {at, HCSREF_LIT("Chipset"), 0}, uefi = {&chipset_place, HCSREF_LIT("Uefi"), 0};
  kit_place here = {&uefi, HCSREF_LIT("BootThis"), 0};
  if (entry != NULL && entry->kind == KIT_JSON_OBJECT)
    check_boot_entry(l, &here, entry, kit_json_get(vm, "Devices"));
  if (kit_json_get_string(vm, "ResourcePartitionId").len != 0 &&
      get_path(kit_json_get(vm, "ComputeTopology"), "Processor", "CpuGroup") != NULL)
    kit_lint_tell(l, at, "ResourcePartitionId", "cpu-group-partition", "the VM is also in a CPU group");
  kit_lint_guid(l, at, vm, "ResourcePartitionId", "guid-form");
}

static void check_restored(kit_linter *l, const kit_place *at, const kit_json *object) {
  kit_lint_absolute(l, at, object, "SaveStateFilePath", "vm-guest-state");
}

static void check_vm_guest_state(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const files[] = {"GuestStateFilePath", "RuntimeStateFilePath"};
  for (size_t i = 0; i < 2; i++)
    if (kit_json_get_string(object, files[i]).len != 0)
      kit_lint_absolute(l, at, object, files[i], "vm-guest-state");
  if (kit_json_get_string(object, "GuestStateFileType").len != 0 &&
      kit_json_get_string(object, "GuestStateFilePath").len == 0)
    kit_lint_tell(l, at, "GuestStateFilePath", "vm-guest-state", "a type of file is given, and no file");
}

/* ---- sockets ------------------------------------------------------------------------------------------ */

static bool is_balanced(hcsref_str text) {
  size_t depth = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] == ')' && depth == 0)
      return false;
    depth = text.data[i] == '(' ? depth + 1 : text.data[i] == ')' ? depth - 1 : depth;
  }
  return depth == 0;
}

static void check_descriptor(kit_linter *l, const kit_place *at, const kit_json *object, const char *member) {
  hcsref_str text = kit_json_get_string(object, member);
  if (text.len != 0 &&
      (text.len < 2 || text.data[1] != ':' || strchr("OGDS", text.data[0]) == NULL || !is_balanced(text)))
    kit_lint_tell(l, at, member, "vm-socket", "\"%v\" is not a security descriptor (SDDL), such as D:P(A;;FA;;;BA)",
                  text);
}

static void check_socket_service(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_descriptor(l, at, object, "BindSecurityDescriptor");
  check_descriptor(l, at, object, "ConnectSecurityDescriptor");
}

static void check_socket_system(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *table = kit_json_get(object, "ServiceTable"), *service;
  kit_place place = {at, HCSREF_LIT("ServiceTable"), 0};
  check_descriptor(l, at, object, "DefaultBindSecurityDescriptor");
  check_descriptor(l, at, object, "DefaultConnectSecurityDescriptor");
  if (table == NULL || table->kind != KIT_JSON_OBJECT)
    return;
  for (service = table->first; service != NULL; service = service->next) {
    kit_place here = {&place, service->key, 0};
    if (!kit_is_guid(service->key))
      kit_lint_tell_key(l, &here, NULL, "vm-socket", "\"%v\" is not a GUID, which every service is named by",
                        service->key);
  }
}

/* Source of the names: hcsshim internal/uvm/create_wcow.go, and the schema reference's IsolationSettings. */
static void check_vm_isolation(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const types[] = {
      "None", "VirtualizationBasedSecurity", "SecureNestedPaging", "GuestStateOnly", "TrustedDomain", NULL};
  hcsref_str type = kit_json_get_string(object, "IsolationType");
  if (type.len != 0 && !kit_is_one_of(type, types))
    kit_lint_tell(l, at, "IsolationType", "vm-isolation", "\"%v\" is not a known type of isolation", type);
}

const kit_check kit_vm_checks[] = {
    {&hcsref_type_v2_virtual_machine, check_vm},
    {&hcsref_type_v2_chipset, check_vm_chipset},
    {&hcsref_type_v2_memory2, check_vm_memory},
    {&hcsref_type_v2_virtual_machine_memory, check_vm_memory},
    {&hcsref_type_v2_processor2, check_vm_processor},
    {&hcsref_type_v2_virtual_machine_processor, check_vm_processor},
    {&hcsref_type_v2_devices, check_vm_devices},
    {&hcsref_type_v2_scsi, check_luns},
    {&hcsref_type_v2_attachment, check_vm_disk},
    {&hcsref_type_v2_virtual_smb, check_vm_shares},
    {&hcsref_type_v2_plan9, check_vm_shares},
    {&hcsref_type_v2_virtual_smb_share, check_vm_share},
    {&hcsref_type_v2_numa, check_vm_numa},
    {&hcsref_type_v2_storage_qos, check_vm_qos},
    {&hcsref_type_v2_restore_state, check_restored},
    {&hcsref_type_v2_guest_state, check_vm_guest_state},
    {&hcsref_type_v2_processor_limits, check_vm_processor},
    {&hcsref_type_v2_virtual_pci_device, check_vm_pci},
    {&hcsref_type_v2_isolation_settings, check_vm_isolation},
    {&hcsref_type_v2_hv_socket_system_config, check_socket_system},
    {&hcsref_type_v2_hv_socket_service_config, check_socket_service},
    {NULL, NULL},
};
