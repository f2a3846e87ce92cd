/* SPDX-License-Identifier: Apache-2.0 */
/* What the tables cannot say. Each check is about objects of one type; the texts name the place that demands it. */
#include "lint/lint.h"

#include "compare/number.h"
#include "hcsref/path.h"
#include "hcsref/schema1.h"
#include "hcsref/schema2.h"
#include "hcsref/schema2_live.h"
#include "hcsref/schema2_vm.h"

#include <string.h>

const kit_rule kit_rules_table[] = {
    {"utf8", KIT_ERROR, "Documents are UTF-8 (RFC 8259, 8.1)."},
    {"type", KIT_ERROR, "A value has the type that the schema gives."},
    {"integer-form", KIT_ERROR,
     "An integer has no decimal point and no exponent: readers of typed fields refuse others."},
    {"integer-range", KIT_ERROR, "An integer fits its field."},
    {"field-unknown", KIT_ERROR, "Every member is a field of the schema: a misspelt one has no effect."},
    {"field-case", KIT_WARNING, "Members are written as in the schema: only some readers ignore case."},
    {"key-repeated", KIT_ERROR, "No key appears twice."},
    {"depth", KIT_WARNING, "Arrays and objects nest no deeper than 256 levels: deeper levels are not checked."},
    {"more", KIT_ERROR, "At most 1000 findings of a document are reported; the others are counted."},
    {"cpu-exclusive", KIT_ERROR, "At most one of processor count, limit and weight is set (hcsshim ConvertCPULimits)."},
    {"cpu-range", KIT_ERROR,
     "A CPU limit is 1 to 10000 hundredths of a percent; a weight is 0 to 10000 (OCI config-windows)."},
    {"volume-path", KIT_ERROR,
     "The root of a process-isolated container is a volume: \\\\?\\Volume{GUID}, in v2 with a trailing backslash "
     "(hcsshim hcsdoc_wcow.go)."},
    {"guid-form", KIT_ERROR, "A GUID is written 8-4-4-4-12, without braces."},
    {"layer-path", KIT_ERROR, "A layer has an id and an absolute path."},
    {"container-path-relative", KIT_ERROR, "A container path is a drive letter and a colon, or absolute."},
    {"host-path-relative", KIT_ERROR, "A host path is absolute: the service's working folder is not the runtime's."},
    {"container-path-repeated", KIT_ERROR,
     "No two directories are mapped to one container path: the later hides the earlier."},
    {"pipe-name-prefix", KIT_ERROR,
     "The container's pipe name has no prefix \\\\.\\pipe\\ (hcsshim GetContainerPipeMapping)."},
    {"pipe-name-empty", KIT_ERROR, "A mapped pipe has a name in the container."},
    {"pipe-host-path", KIT_WARNING,
     "The host's side of a mapped pipe is \\\\.\\pipe\\NAME, or a share's pipe in a utility VM."},
    {"registry-key", KIT_ERROR, "A registry value has a key with one of the hives System, Software, Security, Sam."},
    {"registry-type", KIT_ERROR, "A registry value has a known type, and a value of that type."},
    {"namespace-form", KIT_ERROR, "A network namespace is named by its GUID."},
    {"system-type", KIT_ERROR, "The SystemType of a v1 container document is Container."},
    {"hv-runtime", KIT_ERROR, "HvPartition and HvRuntime go together in a v1 document."},
    {"layer-folder-missing", KIT_WARNING, "A v1 document names its scratch folder in LayerFolderPath."},
    {"schema-version", KIT_ERROR, "A v2 document says schema version 2 (hcsshim schemaversion)."},
    {"envelope", KIT_ERROR, "A v2 create document holds exactly one of Container, HostedSystem and VirtualMachine."},
    {"hosting-system", KIT_ERROR, "HostedSystem and HostingSystemId go together."},
    {"owner-missing", KIT_WARNING, "A create document names its owner, by which its systems are found again."},
    {"command-exclusive", KIT_ERROR, "A process has one of CommandLine and CommandArgs."},
    {"console-size", KIT_ERROR, "ConsoleSize is height and width."},
    {"console-stderr", KIT_WARNING, "An emulated console has no separate standard error."},
    {"working-directory", KIT_ERROR, "A working directory is absolute."},
    {"device-class", KIT_ERROR,
     "A device of type ClassGuid has an InterfaceClassGuid, one of type DeviceInstance a LocationPath."},
    {"vm-memory", KIT_ERROR, "A VM has an even number of megabytes (hcsshim normalizeMemorySize)."},
    {"vm-processor", KIT_ERROR,
     "A VM's processor weight is 0 to 10000, its limit 0 to 100000 (HCS reference, Processor_2)."},
    {"vm-disk", KIT_ERROR,
     "A disk of a VM is a VirtualDisk, PassThru, Iso or ExtensibleVirtualDisk; only the last has an "
     "ExtensibleVirtualDiskType."},
    {"vm-share", KIT_ERROR, "A folder that is shared with a VM has a name and an absolute path."},
    {"vm-share-files", KIT_WARNING,
     "A share lists files when access to others is restricted, and only then (hcsshim vsmb.go)."},
    {"vm-numa", KIT_ERROR, "A VM has as many NUMA nodes as it says."},
    {NULL, KIT_ERROR, NULL},
};

/* ---- values ------------------------------------------------------------------------------------------- */

static bool has_number(const kit_json *object, const char *name) {
  const kit_json *node = kit_json_get(object, name);
  return node != NULL && node->kind == KIT_JSON_NUMBER && !kit_number_is_zero(node->raw);
}

static bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_guid(hcsref_str s) {
  size_t i;
  for (i = 0; i < s.len; i++)
    if (i == 8 || i == 13 || i == 18 || i == 23 ? s.data[i] != '-' : !is_hex(s.data[i]))
      return false;
  return s.len == 36;
}

static void check_guid(kit_linter *l, const kit_place *at, const kit_json *object, const char *name, const char *rule) {
  hcsref_str text = kit_json_get_string(object, name);
  if (text.len != 0 && !is_guid(text))
    kit_lint_tell(l, at, name, rule, "%q is not a GUID", text);
}

static void check_absolute(kit_linter *l, const kit_place *at, const kit_json *object, const char *name,
                           const char *rule) {
  hcsref_str path = kit_json_get_string(object, name);
  if (kit_json_get(object, name) != NULL && !hcsref_path_is_abs(path))
    kit_lint_tell(l, at, name, rule, "%q is not absolute", path);
}

/* ---- processor ---------------------------------------------------------------------------------------- */

static void check_cpu(kit_linter *l, const kit_place *at, const kit_json *object, const char *count, const char *limit,
                      const char *weight) {
  const char *const names[] = {count, limit, weight};
  int set = 0;
  size_t i;
  for (i = 0; i < 3; i++) {
    uint64_t value;
    const kit_json *node = kit_json_get(object, names[i]);
    set += has_number(object, names[i]);
    if (i > 0 && node != NULL && node->kind == KIT_JSON_NUMBER && (!kit_json_uint(node, &value) || value > 10000))
      kit_lint_tell(l, at, names[i], "cpu-range", "%v is not between 0 and 10000", node->raw);
  }
  if (set > 1)
    kit_lint_tell(l, at, NULL, "cpu-exclusive", "more than one of %s, %s and %s is set", count, limit, weight);
}

static void check_processor(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_cpu(l, at, object, "Count", "Maximum", "Weight");
}

/* ---- storage ------------------------------------------------------------------------------------------ */

static void check_storage(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str path = kit_json_get_string(object, "Path");
  bool volume = hcsref_is_volume_path(path) && hcsref_str_has_suffix(path, HCSREF_LIT("\\"));
  if (!l->hosted && kit_json_get(object, "Path") != NULL && !volume)
    kit_lint_tell(l, at, "Path", "volume-path", "%q is not \\\\?\\Volume{GUID}\\", path);
}

static void check_layer_names(kit_linter *l, const kit_place *at, const kit_json *object, const char *id) {
  check_guid(l, at, object, id, "guid-form");
  if (kit_json_get_string(object, id).len == 0)
    kit_lint_tell(l, at, id, "layer-path", "the layer has no id");
  if (kit_json_get(object, "Path") == NULL)
    kit_lint_tell(l, at, "Path", "layer-path", "the layer has no path");
  check_absolute(l, at, object, "Path", "layer-path");
}

static void check_layer_v1(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_layer_names(l, at, object, "ID");
}

static void check_layer_v2(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_layer_names(l, at, object, "Id");
}

/* ---- mounts ------------------------------------------------------------------------------------------- */

/* A drive letter and a colon: a whole drive. */
static bool is_drive(hcsref_str path) {
  return path.len == 2 && path.data[1] == ':';
}

static void check_directory(kit_linter *l, const kit_place *at, const kit_json *object) {
  if (!is_drive(kit_json_get_string(object, "ContainerPath")))
    check_absolute(l, at, object, "ContainerPath", "container-path-relative");
  check_absolute(l, at, object, "HostPath", "host-path-relative");
}

/* Lists longer than this are not searched for repeated paths. */
#define MOST_DIRECTORIES 1000

static void check_repeated(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *list = kit_json_get(object, "MappedDirectories"), *item, *other;
  kit_place list_place = {at, HCSREF_LIT("MappedDirectories"), 0};
  size_t i = 0;
  if (list == NULL || list->kind != KIT_JSON_ARRAY || list->count > MOST_DIRECTORIES)
    return;
  for (item = list->first; item != NULL; item = item->next, i++) {
    hcsref_str path = kit_json_get_string(item, "ContainerPath");
    kit_place here = {&list_place, {NULL, 0}, i};
    for (other = list->first; other != item; other = other->next)
      if (path.len != 0 && hcsref_str_equal_ascii_fold(path, kit_json_get_string(other, "ContainerPath")))
        kit_lint_tell(l, &here, "ContainerPath", "container-path-repeated", "%q is already mapped", path);
  }
}

static void check_pipe(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str name = kit_json_get_string(object, "ContainerPipeName"), host = kit_json_get_string(object, "HostPath");
  if (hcsref_is_named_pipe(name))
    kit_lint_tell(l, at, "ContainerPipeName", "pipe-name-prefix", "%q has the prefix of a path", name);
  if (name.len == 0)
    kit_lint_tell(l, at, "ContainerPipeName", "pipe-name-empty", "the pipe has no name in the container");
  if (!hcsref_is_named_pipe(host) && !hcsref_str_has_prefix(host, HCSREF_LIT("\\\\?\\VMSMB\\")))
    kit_lint_tell(l, at, "HostPath", "pipe-host-path", "%q is not a named pipe", host);
}

/* ---- containers --------------------------------------------------------------------------------------- */

static void check_container_v1(kit_linter *l, const kit_place *at, const kit_json *object) {
  bool partition = kit_json_is_true(kit_json_get(object, "HvPartition"));
  hcsref_str volume = kit_json_get_string(object, "VolumePath"), type = kit_json_get_string(object, "SystemType");
  const kit_json *runtime = kit_json_get(object, "HvRuntime");
  check_cpu(l, at, object, "ProcessorCount", "ProcessorMaximum", "ProcessorWeight");
  if (!hcsref_str_equal(type, HCSREF_LIT("Container")))
    kit_lint_tell(l, at, "SystemType", "system-type", "%q is not Container", type);
  if (!partition && !(l->partial && volume.len == 0) &&
      (!hcsref_is_volume_path(volume) || hcsref_str_has_suffix(volume, HCSREF_LIT("\\"))))
    kit_lint_tell(l, at, "VolumePath", "volume-path", "%q is not \\\\?\\Volume{GUID}", volume);
  if (partition != (runtime != NULL && runtime->kind == KIT_JSON_OBJECT))
    kit_lint_tell(l, at, "HvRuntime", "hv-runtime",
                  partition ? "HvPartition is set, HvRuntime is not" : "HvRuntime is set, HvPartition is not");
  if (kit_json_get_string(object, "LayerFolderPath").len == 0)
    kit_lint_tell(l, at, "LayerFolderPath", "layer-folder-missing", "the scratch folder is not named");
  check_repeated(l, at, object);
}

static void check_schema_version(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *version = kit_json_get(object, "SchemaVersion");
  uint64_t major = 0;
  if (!kit_json_uint(kit_json_get(version, "Major"), &major) || major != 2)
    kit_lint_tell(l, at, "SchemaVersion", "schema-version", "the major version is not 2");
}

static bool has_object(const kit_json *object, const char *name) {
  const kit_json *node = kit_json_get(object, name);
  return node != NULL && node->kind != KIT_JSON_NULL;
}

static void check_system(kit_linter *l, const kit_place *at, const kit_json *object) {
  bool hosted = has_object(object, "HostedSystem");
  int held = has_object(object, "Container") + hosted + has_object(object, "VirtualMachine");
  check_schema_version(l, at, object);
  if (held != 1)
    kit_lint_tell(l, at, NULL, "envelope", "holds %d of Container, HostedSystem and VirtualMachine", (int64_t)held);
  if (hosted != (kit_json_get_string(object, "HostingSystemId").len != 0))
    kit_lint_tell(l, at, "HostingSystemId", "hosting-system",
                  hosted ? "the utility VM is not named" : "there is no HostedSystem for it");
  if (kit_json_get_string(object, "Owner").len == 0)
    kit_lint_tell(l, at, "Owner", "owner-missing", "the system has no owner");
}

static void check_networking(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_guid(l, at, object, "Namespace", "namespace-form");
}

/* ---- registry ----------------------------------------------------------------------------------------- */

static bool is_one_of(hcsref_str word, const char *const *words) {
  for (; *words != NULL; words++)
    if (hcsref_str_equal(word, hcsref_cstr(*words)))
      return true;
  return false;
}

static void check_registry_value(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const hives[] = {"System", "Software", "Security", "Sam", NULL};
  static const struct {
    const char *type, *value;
  } types[] = {{"None", NULL},
               {"String", "StringValue"},
               {"ExpandedString", "StringValue"},
               {"MultiString", "StringValue"},
               {"Binary", "BinaryValue"},
               {"DWord", "DWordValue"},
               {"QWord", "QWordValue"},
               {"CustomType", "BinaryValue"}};
  static const char *const values[] = {"StringValue", "BinaryValue", "DWordValue", "QWordValue"};
  hcsref_str type = kit_json_get_string(object, "Type"),
             hive = kit_json_get_string(kit_json_get(object, "Key"), "Hive");
  size_t i, v;
  if (!is_one_of(hive, hives))
    kit_lint_tell(l, at, "Key", "registry-key", "%q is not a registry hive", hive);
  for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
    if (hcsref_str_equal(type, hcsref_cstr(types[i].type)))
      break;
  if (i == sizeof(types) / sizeof(types[0])) {
    kit_lint_tell(l, at, "Type", "registry-type", "%q is not a type of registry value", type);
    return;
  }
  for (v = 0; v < sizeof(values) / sizeof(values[0]); v++)
    if (kit_json_get(object, values[v]) != NULL && (types[i].value == NULL || strcmp(values[v], types[i].value) != 0))
      kit_lint_tell(l, at, values[v], "registry-type", "does not match type %s", types[i].type);
}

/* ---- processes and devices ---------------------------------------------------------------------------- */

static void check_process_v2(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *arguments = kit_json_get(object, "CommandArgs"), *size = kit_json_get(object, "ConsoleSize");
  bool line = kit_json_get_string(object, "CommandLine").len != 0, list = arguments != NULL && arguments->count > 0;
  if (line == list)
    kit_lint_tell(l, at, NULL, "command-exclusive",
                  line ? "both CommandLine and CommandArgs are set" : "neither CommandLine nor CommandArgs is set");
  if (size != NULL && size->kind == KIT_JSON_ARRAY && size->count != 0 && size->count != 2)
    kit_lint_tell(l, at, "ConsoleSize", "console-size", "has %u numbers", (uint64_t)size->count);
  if (kit_json_is_true(kit_json_get(object, "EmulateConsole")) &&
      kit_json_is_true(kit_json_get(object, "CreateStdErrPipe")))
    kit_lint_tell(l, at, "CreateStdErrPipe", "console-stderr", "the console is emulated");
  if (kit_json_get_string(object, "WorkingDirectory").len != 0)
    check_absolute(l, at, object, "WorkingDirectory", "working-directory");
}

static void check_device(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str type = kit_json_get_string(object, "Type");
  bool class_guid = type.len == 0 || hcsref_str_equal(type, HCSREF_LIT("ClassGuid"));
  if (class_guid && kit_json_get_string(object, "InterfaceClassGuid").len == 0)
    kit_lint_tell(l, at, "InterfaceClassGuid", "device-class", "is missing");
  if (hcsref_str_equal(type, HCSREF_LIT("DeviceInstance")) && kit_json_get_string(object, "LocationPath").len == 0)
    kit_lint_tell(l, at, "LocationPath", "device-class", "is missing");
  check_guid(l, at, object, "InterfaceClassGuid", "guid-form");
}

/* ---- utility VMs -------------------------------------------------------------------------------------- */

static void check_vm_memory(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *size = kit_json_get(object, "SizeInMB");
  uint64_t megabytes;
  if (kit_json_uint(size, &megabytes) && megabytes % 2 != 0)
    kit_lint_tell(l, at, "SizeInMB", "vm-memory", "%u is odd", megabytes);
}

static void check_vm_processor(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const struct {
    const char *name;
    uint64_t most;
  } fields[] = {{"Limit", 100000}, {"Weight", 10000}};
  uint64_t value;
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
  if (!is_one_of(type, types))
    kit_lint_tell(l, at, "Type", "vm-disk", "%q is not a type of disk", type);
  else if (extensible != has_type)
    kit_lint_tell(l, at, "ExtensibleVirtualDiskType", "vm-disk", extensible ? "is missing" : "does not match type %v",
                  type);
}

static void check_vm_share(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *files = kit_json_get(object, "AllowedFiles");
  bool restricted = kit_json_is_true(kit_json_get(kit_json_get(object, "Options"), "RestrictFileAccess"));
  if (kit_json_get_string(object, "Name").len == 0)
    kit_lint_tell(l, at, "Name", "vm-share", "the share has no name");
  check_absolute(l, at, object, "Path", "vm-share");
  if (restricted != (files != NULL && files->count != 0))
    kit_lint_tell(l, at, "AllowedFiles", "vm-share-files", restricted ? "no file is allowed" : "all files are allowed");
}

static void check_vm_numa(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *settings = kit_json_get(object, "Settings");
  uint64_t count = 0, listed = settings == NULL ? 0 : settings->count;
  if (listed != 0 && (!kit_json_uint(kit_json_get(object, "VirtualNodeCount"), &count) || count != listed))
    kit_lint_tell(l, at, "VirtualNodeCount", "vm-numa", "says %u of %u", count, listed);
}

/* ---- which check for which type ----------------------------------------------------------------------- */

static const struct {
  const hcsref_type *type;
  void (*check)(kit_linter *l, const kit_place *at, const kit_json *object);
} checks[] = {
    {&hcsref_type_v1_container_config, check_container_v1},
    {&hcsref_type_v1_layer, check_layer_v1},
    {&hcsref_type_v1_mapped_dir, check_directory},
    {&hcsref_type_v1_mapped_pipe, check_pipe},
    {&hcsref_type_v2_compute_system, check_system},
    {&hcsref_type_v2_hosted_system, check_schema_version},
    {&hcsref_type_v2_container, check_repeated},
    {&hcsref_type_v2_processor, check_processor},
    {&hcsref_type_v2_storage, check_storage},
    {&hcsref_type_v2_layer, check_layer_v2},
    {&hcsref_type_v2_mapped_directory, check_directory},
    {&hcsref_type_v2_mapped_pipe, check_pipe},
    {&hcsref_type_v2_networking, check_networking},
    {&hcsref_type_v2_registry_value, check_registry_value},
    {&hcsref_type_v2_process_parameters, check_process_v2},
    {&hcsref_type_v2_device, check_device},
    {&hcsref_type_v2_memory2, check_vm_memory},
    {&hcsref_type_v2_virtual_machine_memory, check_vm_memory},
    {&hcsref_type_v2_processor2, check_vm_processor},
    {&hcsref_type_v2_virtual_machine_processor, check_vm_processor},
    {&hcsref_type_v2_attachment, check_vm_disk},
    {&hcsref_type_v2_virtual_smb_share, check_vm_share},
    {&hcsref_type_v2_numa, check_vm_numa},
};

void kit_lint_object(kit_linter *l, const kit_place *at, const hcsref_type *type, const kit_json *object) {
  size_t i;
  for (i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
    if (checks[i].type == type)
      checks[i].check(l, at, object);
}
