/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for changes to running systems and their guests. */
#include "lint/checks.h"

#include "hcsref/hcn_network.h"
#include "hcsref/schema2_guest.h"
#include "hcsref/schema2_live.h"
#include "hcsref/schema2_vm.h"

#include <string.h>

/* ---- requests ----------------------------------------------------------------------------------------- */

#define MEMORY_PATH   "VirtualMachine/ComputeTopology/Memory/SizeInMB"
#define SCSI_PATH     "VirtualMachine/Devices/Scsi/"
#define PIPES_PATH    "VirtualMachine/Devices/MappedPipes/"
#define PCI_PATH      "VirtualMachine/Devices/VirtualPci/"
#define SERVICES_PATH "VirtualMachine/Devices/HvSocket/HvSocketConfig/ServiceTable/"
/* The first build whose guest is known to take schema 2.9. */
#define FILTER_TYPE_BUILD 26100

/* Without a type a request updates. */
static void check_request_type(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const types[] = {"Add", "Remove", "Update", "PreAdd", NULL};
  hcsref_str type = kit_json_get_string(object, "RequestType");
  if (type.len != 0 && !kit_is_one_of(type, types))
    kit_lint_tell(l, at, "RequestType", "request-type", "\"%v\" is not Add, Remove or Update", type);
}

static void check_settings(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str type = kit_json_get_string(object, "RequestType");
  if (hcsref_str_equal(type, HCSREF_LIT("Add")) && !kit_is_set(object, "Settings"))
    kit_lint_tell(l, at, "Settings", "request-settings", "it does not say what is added");
}

/* Where only some requests are possible. Source: hcsshim internal/hcs/resourcepaths and its users. */
static const struct {
  const char *path;     /* with a slash at its end: all below it */
  const char *types[3]; /* null at the end */
} possible[] = {
    {MEMORY_PATH, {"Update"}},
    {"VirtualMachine/ComputeTopology/Processor/Limits", {"Update"}},
    {"VirtualMachine/ComputeTopology/Processor/CpuGroup", {"Update"}},
    {"Container/Memory/SizeInMB", {"Update"}},
    {"Container/Processor", {"Update"}},
    {"Container/MappedDirectories", {"Add", "Remove"}},
    {PIPES_PATH, {"Add", "Remove"}},
};

static bool lies_at(hcsref_str path, const char *resource) {
  hcsref_str name = hcsref_cstr(resource);
  return name.data[name.len - 1] == '/' ? hcsref_str_has_prefix(path, name) : hcsref_str_equal(path, name);
}

static void check_possible(kit_linter *l, const kit_place *at, hcsref_str path, hcsref_str type) {
  for (size_t i = 0; i < sizeof possible / sizeof possible[0]; i++) {
    if (type.len == 0 || !lies_at(path, possible[i].path))
      continue;
    if (!kit_is_one_of(type, possible[i].types))
      kit_lint_tell(l, at, "RequestType", "request-type", "\"%v\" cannot be done to %s", type, possible[i].path);
  }
}

/* What stands behind the last slash. */
static hcsref_str last_part(hcsref_str path) {
  size_t start = path.len;
  while (start > 0 && path.data[start - 1] != '/')
    start--;
  return hcsref_str_skip(path, start);
}

/* CONTROLLER/Attachments/LUN */
static bool names_disk(hcsref_str path) {
  hcsref_str middle = HCSREF_LIT("/Attachments");
  hcsref_str end = last_part(path), before = hcsref_str_first(path, path.len - end.len - (end.len < path.len));
  return end.len != 0 && hcsref_str_has_suffix(before, middle);
}

/* What a path names by its end: a disk, a pipe, a service. */
static void check_resource(kit_linter *l, const kit_place *at, hcsref_str path) {
  hcsref_str pipe = hcsref_str_skip(path, sizeof PIPES_PATH - 1);
  if (lies_at(path, SCSI_PATH) && names_disk(path))
    kit_lint_lun(l, at, "ResourcePath", last_part(path));
  else if (lies_at(path, SCSI_PATH))
    kit_lint_tell(l, at, "ResourcePath", "request-path",
                  "\"%v\" names no disk: " SCSI_PATH "CONTROLLER/Attachments/LUN", path);
  if (!lies_at(path, PIPES_PATH) && hcsref_settings_type(path) == NULL)
    kit_lint_tell(l, at, "ResourcePath", "request-path-unknown", "\"%v\" is not a resource that hcsshim changes", path);
  if (lies_at(path, PIPES_PATH) && !hcsref_str_has_prefix(pipe, HCSREF_LIT("\\\\.\\pipe\\")))
    kit_lint_tell(l, at, "ResourcePath", "request-path", "\"%v\" is not a named pipe, \\\\.\\pipe\\NAME", pipe);
  if (lies_at(path, PCI_PATH) && !kit_is_guid(last_part(path)))
    kit_lint_tell(l, at, "ResourcePath", "vm-device", "\"%v\" is not a GUID, which every PCI device is named by",
                  last_part(path));
  if (lies_at(path, SERVICES_PATH) && !kit_is_guid(last_part(path)))
    kit_lint_tell(l, at, "ResourcePath", "vm-socket", "\"%v\" is not a GUID, which every service is named by",
                  last_part(path));
}

/* An empty text is as good as none. */
static bool is_given(const kit_json *object, const char *member) {
  const kit_json *node = kit_json_get(object, member);
  return kit_is_set(object, member) && (node->kind != KIT_JSON_STRING || node->text.len != 0);
}

/* What a resource cannot be added without, to a guest or to a container. */
static void check_added(kit_linter *l, const kit_place *at, hcsref_str resource, const kit_json *settings) {
  static const struct {
    const char *resource, *member;
  } needed[] = {{"CombinedLayers", "ContainerRootPath"},
                {"CombinedLayers", "Layers"},
                {"MappedVirtualDisk", "ContainerPath"},
                {"Network", "AdapterId"},
                {"NetworkNamespace", "ID"},
                {"Container/MappedDirectories", "HostPath"},
                {"Container/MappedDirectories", "ContainerPath"}};
  const kit_place here = {at, HCSREF_LIT("Settings"), 0};
  const bool older = kit_is_set(settings, "AdapterInstanceId"); /* before Windows 1809 */
  for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
    if (settings != NULL && settings->kind == KIT_JSON_OBJECT &&
        hcsref_str_equal(resource, hcsref_cstr(needed[i].resource)) && !is_given(settings, needed[i].member) &&
        !(older && hcsref_str_equal(resource, HCSREF_LIT("Network"))))
      kit_lint_tell(l, &here, needed[i].member, "request-settings", "is missing");
}

static void check_modify(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str path = kit_json_get_string(object, "ResourcePath");
  const kit_json *settings = kit_json_get(object, "Settings");
  check_request_type(l, at, object);
  if (path.len == 0 && !kit_is_set(object, "GuestRequest"))
    kit_lint_tell(l, at, "ResourcePath", "request-path", "it does not name what is to change");
  else if (path.len != 0 && !hcsref_str_has_prefix(path, HCSREF_LIT("VirtualMachine/")) &&
           !hcsref_str_has_prefix(path, HCSREF_LIT("Container/")))
    kit_lint_tell(l, at, "ResourcePath", "request-path", "\"%v\" is not below VirtualMachine/ or Container/", path);
  else if (hcsref_str_has_prefix(path, HCSREF_LIT(SCSI_PATH "Attachments")))
    kit_lint_tell(l, at, "ResourcePath", "request-path",
                  "\"%v\" does not name the controller: " SCSI_PATH "CONTROLLER/Attachments/LUN", path);
  else
    check_resource(l, at, path);
  check_possible(l, at, path, kit_json_get_string(object, "RequestType"));
  if (hcsref_str_equal(path, HCSREF_LIT(MEMORY_PATH)))
    kit_lint_vm_memory(l, at, "Settings", settings, false);
  if (path.len != 0 && !hcsref_str_has_prefix(path, HCSREF_LIT(PIPES_PATH)))
    check_settings(l, at, object);
  if (hcsref_str_equal(kit_json_get_string(object, "RequestType"), HCSREF_LIT("Add")))
    check_added(l, at, path, settings);
}

static void check_guest_request(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const resources[] = {"Memory",
                                          "MappedDirectory",
                                          "Network",
                                          "NetworkNamespace",
                                          "CombinedLayers",
                                          "VPMemDevice",
                                          "MappedVirtualDisk",
                                          "VPCIDevice",
                                          "ContainerConstraints",
                                          "HvSocket",
                                          "SecurityPolicy",
                                          "SecurityPolicyFragment",
                                          "PodCgroupMemoryLimit",
                                          "CWCOWCombinedLayers",
                                          "WCOWBlockCims",
                                          "MappedVirtualDiskForContainerScratch",
                                          NULL};
  hcsref_str resource = kit_json_get_string(object, "ResourceType");
  check_request_type(l, at, object);
  if (resource.len == 0 && hcsref_str_equal(kit_json_get_string(object, "RequestType"), HCSREF_LIT("Remove")))
    return; /* of adapters, which their settings name */
  if (!kit_is_one_of(resource, resources))
    kit_lint_tell(l, at, "ResourceType", "guest-resource", "\"%v\" is not a guest resource", resource);
  check_settings(l, at, object);
  if (hcsref_str_equal(kit_json_get_string(object, "RequestType"), HCSREF_LIT("Add")))
    check_added(l, at, resource, kit_json_get(object, "Settings"));
}

static void check_combined_layers(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str filter = kit_json_get_string(object, "FilterType");
  unsigned build = l->document->build;
  if (kit_json_get_string(object, "ContainerRootPath").len != 0)
    kit_lint_absolute(l, at, object, "ContainerRootPath", "layer-path");
  if (filter.len == 0 || build >= FILTER_TYPE_BUILD)
    return;
  if (build != 0)
    kit_lint_tell(l, at, "FilterType", "filter-type-build",
                  "the guest of build %u has no field FilterType and refuses the request%s", (uint64_t)build,
                  hcsref_str_equal(filter, HCSREF_LIT("WCIFS")) ? "; without it WCIFS is meant" : "");
  else if (hcsref_str_equal(filter, HCSREF_LIT("WCIFS")))
    kit_lint_tell(l, at, "FilterType", "filter-type",
                  "WCIFS is meant without it, and guests before schema 2.9 (Windows Server 2022) refuse it");
}

static void check_mapped_disk(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *node = kit_json_get(object, "Lun");
  uint64_t lun;
  if (kit_json_get_string(object, "ContainerPath").len != 0)
    kit_lint_absolute(l, at, object, "ContainerPath", "container-path-relative");
  if (node != NULL && node->kind == KIT_JSON_NUMBER && (!kit_json_uint(node, &lun) || lun > 63))
    kit_lint_tell(l, at, "Lun", "vm-scsi-lun", "%v is not 0 to 63", node->raw);
}

static void check_network(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_request_type(l, at, object);
  kit_lint_guid(l, at, object, "AdapterId", "guid-form");
}

static void check_socket_address(kit_linter *l, const kit_place *at, const kit_json *object) {
  kit_lint_guid(l, at, object, "LocalAddress", "guid-form");
  kit_lint_guid(l, at, object, "ParentAddress", "guid-form");
}

static void check_cpu_group(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *id = kit_json_get(object, "Id");
  if (id == NULL || (id->kind == KIT_JSON_STRING && kit_json_get_string(object, "Id").len == 0))
    kit_lint_tell(l, at, "Id", "guid-form", "the group has no id");
  kit_lint_guid(l, at, object, "Id", "guid-form");
}

const kit_check kit_request_checks[] = {
    {&hcsref_type_v2_modify_setting_request, check_modify},
    {&hcsref_type_v2_modification, check_modify},
    {&hcsref_type_guest_modification, check_guest_request},
    {&hcsref_type_hcn_modify_endpoint, check_settings},
    {&hcsref_type_hcn_modify_namespace, check_settings},
    {&hcsref_type_hcn_modify_network, check_settings},
    {&hcsref_type_guest_combined_layers, check_combined_layers},
    {&hcsref_type_guest_mapped_virtual_disk, check_mapped_disk},
    {&hcsref_type_guest_network_modification, check_network},
    {&hcsref_type_guest_hv_socket_address, check_socket_address},
    {&hcsref_type_v2_cpu_group, check_cpu_group},
    {NULL, NULL},
};
