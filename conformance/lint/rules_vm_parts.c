/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for the parts of a utility VM beside each other: NUMA nodes, devices of one kind, and the files that it writes.
 */
#include "lint/checks.h"

#include "hcsref/path.h"
#include "hcsref/schema2_guest.h"
#include "hcsref/schema2_vm.h"

#include <string.h>

/* Longer lists are not compared. */
#define MOST_PARTS 256

/* ---- NUMA ---- */

/* Source of the rules: hcsshim internal/uvm/vnuma.go (0.13), internal/vm/vmutils. */
#define ANY_NODE   255
#define MOST_NODES 64

typedef struct numa_sums {
  uint64_t processors, memory;
  bool any, other; /* are there physical nodes 255, and others? */
} numa_sums;

static uint64_t number_at(const kit_json *object, const char *member) {
  uint64_t number = 0;
  (void)kit_json_uint(kit_json_get(object, member), &number);
  return number;
}

static bool is_numbered_before(const kit_json *list, const kit_json *item) {
  const uint64_t number = number_at(item, "VirtualNodeNumber");
  for (const kit_json *other = list->first; other != item; other = other->next)
    if (number_at(other, "VirtualNodeNumber") == number)
      return true;
  return false;
}

static void check_node(kit_linter *l, const kit_place *at, const kit_json *list, const kit_json *node,
                       numa_sums *sums) {
  static const char *const backings[] = {"Physical", "Virtual", "Hybrid", NULL};
  const uint64_t physical = number_at(node, "PhysicalNodeNumber"), memory = number_at(node, "CountOfMemoryBlocks");
  hcsref_str backing = kit_json_get_string(node, "MemoryBackingType");
  sums->processors += number_at(node, "CountOfProcessors");
  sums->memory += memory;
  sums->any = sums->any || physical == ANY_NODE;
  sums->other = sums->other || physical != ANY_NODE;
  if (is_numbered_before(list, node))
    kit_lint_tell(l, at, "VirtualNodeNumber", "vm-numa", "there is already a node %u",
                  number_at(node, "VirtualNodeNumber"));
  if (physical >= MOST_NODES && physical != ANY_NODE)
    kit_lint_tell(l, at, "PhysicalNodeNumber", "vm-numa", "%u is neither 0 to 63 nor 255, which is any", physical);
  if (memory == 0)
    kit_lint_tell(l, at, "CountOfMemoryBlocks", "vm-numa", "the node has no memory");
  if (backing.len != 0 && !kit_is_one_of(backing, backings))
    kit_lint_tell(l, at, "MemoryBackingType", "vm-numa", "\"%v\" is not Physical, Virtual or Hybrid", backing);
}

static void check_sum(kit_linter *l, const kit_place *at, const char *what, const kit_json *whole, uint64_t sum) {
  uint64_t wanted;
  if (kit_json_uint(whole, &wanted) && sum != 0 && wanted != 0 && wanted != sum)
    kit_lint_tell(l, at, NULL, "vm-numa", "the nodes have %u %s, and the VM has %u", sum, what, wanted);
}

static void check_topology(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *list = kit_json_get(kit_json_get(object, "Numa"), "Settings"), *node;
  const kit_json *memory = kit_json_get(object, "Memory");
  const kit_place numa = {at, HCSREF_LIT("Numa"), 0}, settings = {&numa, HCSREF_LIT("Settings"), 0};
  numa_sums sums = {0, 0, false, false};
  size_t i = 0;
  if (list == NULL || list->kind != KIT_JSON_ARRAY || list->count == 0 || list->count > MOST_PARTS)
    return;
  for (node = list->first; node != NULL; node = node->next, i++) {
    const kit_place here = {&settings, {NULL, 0}, i};
    check_node(l, &here, list, node, &sums);
  }
  if (sums.any && sums.other)
    kit_lint_tell(l, &settings, NULL, "vm-numa", "some nodes are of any physical node (255), and others of one");
  check_sum(l, &settings, "processors", kit_json_get(kit_json_get(object, "Processor"), "Count"), sums.processors);
  if (number_at(memory, "SizeInMB") % 4 == 0 && number_at(memory, "SizeInMB") < (uint64_t)1 << 24)
    check_sum(l, &settings, "megabytes", kit_json_get(memory, "SizeInMB"), sums.memory); /* else the size is told */
  if (kit_json_is_true(kit_json_get(memory, "AllowOvercommit")))
    kit_lint_tell(l, at, "Numa", "vm-numa", "NUMA nodes need physical memory, and the VM has AllowOvercommit");
}

/* ---- devices of one kind ---- */

/* Which members of the devices of a kind no two have alike. */
static void check_alike(kit_linter *l, const kit_place *at, const kit_json *devices, const char *kind,
                        const char *member, const char *rule) {
  const kit_json *list = kit_json_get(devices, kind), *item, *other;
  const kit_place place = {at, hcsref_cstr(kind), 0};
  if (list == NULL || list->kind != KIT_JSON_OBJECT || list->count > MOST_PARTS)
    return;
  for (item = list->first; item != NULL; item = item->next) {
    const kit_place here = {&place, item->key, 0};
    hcsref_str text = kit_json_get_string(item, member);
    for (other = list->first; other != item && text.len != 0; other = other->next)
      if (hcsref_str_equal_ascii_fold(text, kit_json_get_string(other, member))) {
        kit_lint_tell(l, &here, member, rule, "\"%v\" already belongs to %v", text, other->key);
        break;
      }
  }
}

static bool is_com_port(hcsref_str key) {
  return hcsref_str_equal(key, HCSREF_LIT("0")) || hcsref_str_equal(key, HCSREF_LIT("1"));
}

/* Devices of a kind are named by what `is_name` takes. */
static void check_keys(kit_linter *l, const kit_place *at, const kit_json *devices, const char *kind,
                       bool (*is_name)(hcsref_str key), const char *wanted) {
  const kit_json *list = kit_json_get(devices, kind), *item;
  const kit_place place = {at, hcsref_cstr(kind), 0};
  if (list == NULL || list->kind != KIT_JSON_OBJECT)
    return;
  for (item = list->first; item != NULL; item = item->next) {
    const kit_place here = {&place, item->key, 0};
    if (!is_name(item->key))
      kit_lint_tell_key(l, &here, NULL, "vm-device", "\"%v\" is not %s", item->key, wanted);
  }
}

static void check_pci_function(kit_linter *l, const kit_place *at, const kit_json *object) {
  if (kit_json_get_string(object, "DeviceInstancePath").len == 0)
    kit_lint_tell(l, at, "DeviceInstancePath", "vm-device", "no device is named");
}

static void check_memory_device(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const formats[] = {"Vhdx", "Vhd1", NULL};
  hcsref_str format = kit_json_get_string(object, "ImageFormat");
  if (format.len != 0 && !kit_is_one_of(format, formats))
    kit_lint_tell(l, at, "ImageFormat", "vm-disk", "\"%v\" is not Vhdx or Vhd1", format);
}

/* "0" to "127". */
static bool is_memory_number(hcsref_str key) {
  uint64_t number = 0;
  for (size_t i = 0; i < key.len && i < 4; i++) {
    if (key.data[i] < '0' || key.data[i] > '9')
      return false;
    number = number * 10 + (uint64_t)(key.data[i] - '0');
  }
  return key.len != 0 && number < 128;
}

static void check_memory_devices(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_keys(l, at, object, "Devices", is_memory_number, "a number from 0 to 127");
}

/* The first function of a PCI device. */
static const kit_json *function_of(const kit_json *device) {
  const kit_json *list = kit_json_get(device, "Functions");
  return list == NULL || list->kind != KIT_JSON_ARRAY ? NULL : list->first;
}

static void check_assigned_twice(kit_linter *l, const kit_place *at, const kit_json *devices) {
  const kit_json *list = kit_json_get(devices, "VirtualPci"), *item, *other;
  const kit_place place = {at, HCSREF_LIT("VirtualPci"), 0};
  if (list == NULL || list->kind != KIT_JSON_OBJECT || list->count > MOST_PARTS)
    return;
  for (item = list->first; item != NULL; item = item->next) {
    const kit_json *mine = function_of(item);
    const kit_place device = {&place, item->key, 0}, functions = {&device, HCSREF_LIT("Functions"), 0};
    const kit_place here = {&functions, {NULL, 0}, 0};
    hcsref_str path = kit_json_get_string(mine, "DeviceInstancePath");
    for (other = list->first; other != item && path.len != 0; other = other->next)
      if (number_at(mine, "VirtualFunction") == number_at(function_of(other), "VirtualFunction") &&
          hcsref_str_equal_ascii_fold(path, kit_json_get_string(function_of(other), "DeviceInstancePath"))) {
        kit_lint_tell(l, &here, "DeviceInstancePath", "vm-device", "\"%v\" already belongs to %v", path, other->key);
        break;
      }
  }
}

static void check_devices(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_alike(l, at, object, "NetworkAdapters", "MacAddress", "vm-device");
  check_alike(l, at, object, "NetworkAdapters", "EndpointId", "vm-device");
  check_alike(l, at, object, "ComPorts", "NamedPipe", "vm-device");
  check_assigned_twice(l, at, object);
  check_keys(l, at, object, "ComPorts", is_com_port, "0 or 1: a VM has two serial ports");
  check_keys(l, at, object, "VirtualPci", kit_is_guid, "a GUID, which every PCI device is named by");
}

/* Windows boots by its own boot manager, and has no client of the protocol. */
static void check_windows_shares(kit_linter *l, const kit_place *at, const kit_json *vm) {
  const kit_json *entry = kit_json_get(kit_json_get(kit_json_get(vm, "Chipset"), "Uefi"), "BootThis");
  hcsref_str path = kit_json_get_string(entry, "DevicePath"), manager = HCSREF_LIT("bootmgfw.efi");
  const kit_place devices = {at, HCSREF_LIT("Devices"), 0};
  if (path.len >= manager.len && hcsref_str_equal_ascii_fold(hcsref_str_skip(path, path.len - manager.len), manager) &&
      kit_is_set(kit_json_get(vm, "Devices"), "Plan9"))
    kit_lint_tell(l, &devices, "Plan9", "vm-device", "Windows, which this VM boots, has no Plan 9 shares");
}

/* ---- firmware and files ---- */

static void check_uefi(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const words[] = {"Skip", "Apply", NULL};
  hcsref_str word = kit_json_get_string(object, "ApplySecureBootTemplate");
  if (word.len != 0 && !kit_is_one_of(word, words))
    kit_lint_tell(l, at, "ApplySecureBootTemplate", "vm-firmware", "\"%v\" is not Skip or Apply", word);
  if (hcsref_str_equal(word, HCSREF_LIT("Apply")) && kit_json_get_string(object, "SecureBootTemplateId").len == 0)
    kit_lint_tell(l, at, "SecureBootTemplateId", "vm-firmware", "no template is named to apply");
  kit_lint_guid(l, at, object, "SecureBootTemplateId", "guid-form");
}

static void check_kernel(kit_linter *l, const kit_place *at, const kit_json *object) {
  if (kit_json_get_string(object, "InitRdPath").len != 0)
    kit_lint_absolute(l, at, object, "InitRdPath", "vm-firmware");
}

static void check_debug_files(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const files[] = {"BugcheckSavedStateFileName", "BugcheckNoCrashdumpSavedStateFileName"};
  for (size_t i = 0; i < 2; i++)
    if (kit_json_get_string(object, files[i]).len != 0)
      kit_lint_absolute(l, at, object, files[i], "vm-guest-state");
  if (kit_json_get_string(object, files[0]).len != 0 &&
      kit_same_path(kit_json_get_string(object, files[0]), kit_json_get_string(object, files[1])))
    kit_lint_tell(l, at, files[1], "vm-guest-state", "both states are saved to one file");
}

static void check_crash_dump(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const types[] = {"Disabled", "Mini", "Full", NULL};
  hcsref_str type = kit_json_get_string(object, "DumpType");
  if (kit_json_get_string(object, "DumpFileName").len != 0)
    kit_lint_absolute(l, at, object, "DumpFileName", "vm-guest-state");
  if (type.len != 0 && !kit_is_one_of(type, types))
    kit_lint_tell(l, at, "DumpType", "vm-guest-state", "\"%v\" is not Disabled, Mini or Full", type);
}

static void check_state_type(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const types[] = {"FileMode", "BlockStorage", NULL};
  hcsref_str type = kit_json_get_string(object, "GuestStateFileType");
  if (type.len != 0 && !kit_is_one_of(type, types))
    kit_lint_tell(l, at, "GuestStateFileType", "vm-guest-state", "\"%v\" is not FileMode or BlockStorage", type);
}

/* Source: hcsshim internal/uvm/vsmb.go AddVSMB, which allows files by their whole paths. */
static void check_allowed_files(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *list = kit_json_get(object, "AllowedFiles"), *file;
  const kit_place place = {at, HCSREF_LIT("AllowedFiles"), 0};
  hcsref_str folder = kit_json_get_string(object, "Path");
  size_t i = 0;
  if (list == NULL || list->kind != KIT_JSON_ARRAY || folder.len == 0)
    return;
  for (file = list->first; file != NULL; file = file->next, i++) {
    const kit_place here = {&place, {NULL, 0}, i};
    if (file->kind == KIT_JSON_STRING && hcsref_path_is_abs(file->text) &&
        (file->text.len <= folder.len || !kit_same_path(hcsref_str_first(file->text, folder.len), folder)))
      kit_lint_tell(l, &here, NULL, "vm-share-files", "\"%v\" is not in %v", file->text, folder);
  }
}

bool kit_is_base64(hcsref_str text) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  size_t len = text.len;
  for (size_t pad = 0; pad < 2 && len > 0 && text.data[len - 1] == '='; pad++)
    len--;
  for (size_t i = 0; i < len; i++)
    if (memchr(digits, text.data[i], sizeof digits - 1) == NULL)
      return false;
  return text.len % 4 == 0;
}

static void check_launch_data(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str data = kit_json_get_string(object, "LaunchData");
  if (!kit_is_base64(data))
    kit_lint_tell(l, at, "LaunchData", "vm-isolation", "\"%v\" is not base64", data);
}

/* ---- registry and sockets ---- */

static void check_deleted_keys(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const hives[] = {"System", "Software", "Security", "Sam", NULL};
  const kit_json *list = kit_json_get(object, "DeleteKeys"), *key;
  const kit_place place = {at, HCSREF_LIT("DeleteKeys"), 0};
  size_t i = 0;
  for (key = list == NULL ? NULL : list->first; key != NULL; key = key->next, i++) {
    const kit_place here = {&place, {NULL, 0}, i};
    hcsref_str hive = kit_json_get_string(key, "Hive");
    if (!kit_is_one_of(hive, hives))
      kit_lint_tell(l, &here, "Hive", "registry-key", "\"%v\" is not a registry hive", hive);
    else
      kit_lint_key_name(l, &here, key);
  }
}

/* GUIDs whose case alone differs are one service. */
static void check_services(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *table = kit_json_get(object, "ServiceTable"), *item, *other;
  const kit_place place = {at, HCSREF_LIT("ServiceTable"), 0};
  if (table == NULL || table->kind != KIT_JSON_OBJECT || table->count > MOST_PARTS)
    return;
  for (item = table->first; item != NULL; item = item->next)
    for (other = table->first; other != item; other = other->next) {
      const kit_place here = {&place, item->key, 0};
      if (hcsref_str_equal_ascii_fold(item->key, other->key) && !hcsref_str_equal(item->key, other->key))
        kit_lint_tell_key(l, &here, NULL, "vm-socket", "the service is also there as %v", other->key);
    }
}

/* ---- lists ---- */

void kit_lint_alike(kit_linter *l, const kit_place *at, const kit_json *object, const char *list, const char *member,
                    const char *rule) {
  const kit_json *items = kit_json_get(object, list), *item, *other;
  const kit_place place = {at, hcsref_cstr(list), 0};
  size_t i = 0;
  if (items == NULL || items->kind != KIT_JSON_ARRAY || items->count > MOST_PARTS)
    return;
  for (item = items->first; item != NULL; item = item->next, i++) {
    const kit_place here = {&place, {NULL, 0}, i};
    hcsref_str text = kit_json_get_string(item, member);
    for (other = items->first; other != item && text.len != 0; other = other->next)
      if (hcsref_str_equal_ascii_fold(text, kit_json_get_string(other, member))) {
        kit_lint_tell(l, &here, member, rule, "\"%v\" is already in %s", text, list);
        break;
      }
  }
}

static void check_layers(kit_linter *l, const kit_place *at, const kit_json *object) {
  kit_lint_alike(l, at, object, "Layers", "Id", "layer-path");
}

const kit_check kit_vm_part_checks[] = {
    {&hcsref_type_v2_topology, check_topology},
    {&hcsref_type_v2_devices, check_devices},
    {&hcsref_type_v2_virtual_pci_function, check_pci_function},
    {&hcsref_type_v2_virtual_pmem_controller, check_memory_devices},
    {&hcsref_type_v2_virtual_pmem_device, check_memory_device},
    {&hcsref_type_v2_virtual_smb_share, check_allowed_files},
    {&hcsref_type_v2_isolation_settings, check_launch_data},
    {&hcsref_type_v2_virtual_machine, check_windows_shares},
    {&hcsref_type_v2_uefi, check_uefi},
    {&hcsref_type_v2_linux_kernel_direct, check_kernel},
    {&hcsref_type_v2_debug_options, check_debug_files},
    {&hcsref_type_v2_windows_crash_reporting, check_crash_dump},
    {&hcsref_type_v2_guest_state, check_state_type},
    {&hcsref_type_v2_registry_changes, check_deleted_keys},
    {&hcsref_type_v2_hv_socket_system_config, check_services},
    {&hcsref_type_guest_combined_layers, check_layers},
    {&hcsref_type_v2_storage, check_layers},
    {NULL, NULL},
};
