/* SPDX-License-Identifier: Apache-2.0 */
/* What the tables cannot say of containers and processes. Each check is about objects of one type; the table of rules
 * names the place that demands it. */
#include "lint/checks.h"

#include "compare/number.h"
#include "hcsref/path.h"
#include "hcsref/schema1.h"
#include "hcsref/schema2.h"
#include "hcsref/schema2_live.h"

#include <string.h>

/* ---- values ------------------------------------------------------------------------------------------- */

static bool has_number(const kit_json *object, const char *name) {
  const kit_json *node = kit_json_get(object, name);
  return node != NULL && node->kind == KIT_JSON_NUMBER && !kit_number_is_zero(node->raw);
}

/* ---- processor ---------------------------------------------------------------------------------------- */

static void check_cpu(kit_linter *l, const kit_place *at, const kit_json *object, bool exclusive, const char *count,
                      const char *limit, const char *weight) {
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
  if (exclusive && set > 1)
    kit_lint_tell(l, at, NULL, "cpu-exclusive", "more than one of %s, %s and %s is set", count, limit, weight);
}

static void check_processor(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_cpu(l, at, object, true, "Count", "Maximum", "Weight");
}

/* ---- storage ------------------------------------------------------------------------------------------ */

static bool is_empty_list(const kit_json *list) {
  return list == NULL || list->kind == KIT_JSON_NULL || (list->kind == KIT_JSON_ARRAY && list->count == 0);
}

/* "\\?\Volume{GUID}\" without its last backslash, or with one too many: what it should be, or an empty text. */
static hcsref_str mended_volume(kit_linter *l, hcsref_str path, bool backslash) {
  hcsref_str mended = {NULL, 0}, without = path;
  if (without.len > 0 && without.data[without.len - 1] == '\\')
    without.len--;
  if (!hcsref_is_volume_path(without) || hcsref_str_has_suffix(without, HCSREF_LIT("\\")))
    return mended;
  if (!hcsref_format(l->arena, &mended, backslash ? "%v\\" : "%v", without))
    l->out_of_memory = true;
  return mended;
}

static void tell_volume(kit_linter *l, const kit_place *at, const char *member, hcsref_str path, bool backslash) {
  hcsref_str mended = mended_volume(l, path, backslash);
  if (mended.len != 0)
    kit_lint_tell_text(l, at, member, mended, "volume-path", "\"%v\" %s", path,
                       backslash ? "lacks the backslash at its end"
                                 : "has a backslash at its end, which does not belong there in v1");
  else
    kit_lint_tell(l, at, member, "volume-path",
                  path.len == 0 ? "the volume of the mounted scratch layer is missing"
                                : "\"%v\" is not the volume of a mounted layer, \\\\?\\Volume{GUID}%s",
                  path, backslash ? "\\" : "");
}

/* The documents of two schemas beside each other are not complete each. */
static void check_storage(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str path = kit_json_get_string(object, "Path");
  bool volume = hcsref_is_volume_path(path) && hcsref_str_has_suffix(path, HCSREF_LIT("\\"));
  if (!l->partial && !l->hosted && is_empty_list(kit_json_get(object, "Layers")))
    kit_lint_tell(l, at, "Layers", "no-layers", "the container has no layers");
  if (!l->hosted && !volume && (kit_is_set(object, "Path") || !l->partial))
    tell_volume(l, at, "Path", path, true);
}

/* Names of pipes are of any case: GetContainerPipeMapping makes one of each mount. */
static void check_pipes(kit_linter *l, const kit_place *at, const kit_json *object) {
  kit_lint_alike(l, at, object, "MappedPipes", "ContainerPipeName", "container-path-repeated");
}

static void check_container_v2(kit_linter *l, const kit_place *at, const kit_json *object) {
  if (!l->partial && !kit_is_set(object, "Storage"))
    kit_lint_tell(l, at, "Storage", "no-layers",
                  l->hosted ? "the container has no Storage, which says where its root is"
                            : "the container has no Storage, which names its layers and its volume");
  check_pipes(l, at, object);
  kit_lint_directories(l, at, object);
}

/* More than 16 TB: those were bytes. */
#define MOST_MEGABYTES ((uint64_t)1 << 24)

static void check_megabytes(kit_linter *l, const kit_place *at, const kit_json *object, const char *member) {
  const kit_json *node = kit_json_get(object, member);
  uint64_t size;
  if (node == NULL || node->kind != KIT_JSON_NUMBER)
    return;
  if (node->raw.data[0] == '-')
    kit_lint_tell(l, at, member, "memory-unit", "%v MB is not a size", node->raw);
  else if (kit_json_uint(node, &size) && size >= MOST_MEGABYTES)
    kit_lint_tell(l, at, member, "memory-unit", "%v MB is %u TB; if these are bytes, write %u", node->raw, size >> 20,
                  size >> 20);
}

static void check_memory(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_megabytes(l, at, object, "SizeInMB");
}

static void check_layer_names(kit_linter *l, const kit_place *at, const kit_json *object, const char *id) {
  kit_lint_guid(l, at, object, id, "guid-form");
  if (kit_json_get_string(object, id).len == 0)
    kit_lint_tell(l, at, id, "layer-path", "the layer has no id");
  if (kit_json_get(object, "Path") == NULL)
    kit_lint_tell(l, at, "Path", "layer-path", "the layer has no path");
  kit_lint_absolute(l, at, object, "Path", "layer-path");
}

static void check_layer_v1(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_layer_names(l, at, object, "ID");
}

static void check_layer_v2(kit_linter *l, const kit_place *at, const kit_json *object) {
  check_layer_names(l, at, object, "Id");
}

/* ---- pipes -------------------------------------------------------------------------------------------- */

/* "\\\\.\\pipe\\x" of "//./pipe/x"; empty when it is nothing of the kind. */
static hcsref_str mended_pipe(kit_linter *l, hcsref_str path) {
  hcsref_str mended = {NULL, 0}, prefix = HCSREF_LIT("//./pipe/");
  if (hcsref_str_has_prefix(path, prefix) &&
      !hcsref_format(l->arena, &mended, "\\\\.\\pipe\\%v", hcsref_str_skip(path, prefix.len)))
    l->out_of_memory = true;
  return mended;
}

static bool has_control_or_separator(hcsref_str name) {
  for (size_t i = 0; i < name.len; i++)
    if ((unsigned char)name.data[i] < ' ' || name.data[i] == '\\' || name.data[i] == '/')
      return true;
  return false;
}

static void check_pipe(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str name = kit_json_get_string(object, "ContainerPipeName"), host = kit_json_get_string(object, "HostPath");
  hcsref_str prefix = HCSREF_LIT("\\\\.\\pipe\\"), mended = mended_pipe(l, host);
  if (hcsref_is_named_pipe(name))
    kit_lint_tell_text(l, at, "ContainerPipeName", hcsref_str_skip(name, prefix.len), "pipe-name-prefix",
                       "\"%v\" has the prefix of a path; the name alone is \"%v\"", name,
                       hcsref_str_skip(name, prefix.len));
  if (name.len == 0)
    kit_lint_tell(l, at, "ContainerPipeName", "pipe-name-empty", "the pipe has no name in the container");
  if (has_control_or_separator(hcsref_is_named_pipe(name) ? hcsref_str_skip(name, prefix.len) : name))
    kit_lint_tell(l, at, "ContainerPipeName", "path-character", "\"%v\" has a character that no name of a pipe has",
                  name);
  if (hcsref_str_has_prefix(host, HCSREF_LIT("\\\\?\\VMSMB\\")) ||
      (hcsref_is_named_pipe(host) && host.len > prefix.len))
    return;
  if (mended.len != 0)
    kit_lint_tell_text(l, at, "HostPath", mended, "pipe-host-path", "write \"%v\" as \"%v\"", host, mended);
  else
    kit_lint_tell(l, at, "HostPath", "pipe-host-path", "\"%v\" is not a named pipe, \\\\.\\pipe\\NAME", host);
}

/* ---- containers --------------------------------------------------------------------------------------- */

static void check_container_v1(kit_linter *l, const kit_place *at, const kit_json *object) {
  bool partition = kit_json_is_true(kit_json_get(object, "HvPartition"));
  hcsref_str volume = kit_json_get_string(object, "VolumePath"), type = kit_json_get_string(object, "SystemType");
  const kit_json *runtime = kit_json_get(object, "HvRuntime");
  /* A utility VM has a count of its own beside the container's limit: moby daemon/daemon_windows.go refuses two of them
   * for process isolation only. */
  check_cpu(l, at, object, !partition, "ProcessorCount", "ProcessorMaximum", "ProcessorWeight");
  if (hcsref_str_equal(type, HCSREF_LIT("container")))
    kit_lint_tell_text(l, at, "SystemType", HCSREF_LIT("Container"), "system-type-case",
                       "\"container\" is what dockerd wrote until 19.03; others write Container");
  else if (!hcsref_str_equal(type, HCSREF_LIT("Container")))
    kit_lint_tell(l, at, "SystemType", "system-type", "\"%v\" is not Container", type);
  if (!partition && !(l->partial && volume.len == 0) &&
      (!hcsref_is_volume_path(volume) || hcsref_str_has_suffix(volume, HCSREF_LIT("\\"))))
    tell_volume(l, at, "VolumePath", volume, false);
  if (partition != (runtime != NULL && runtime->kind == KIT_JSON_OBJECT))
    kit_lint_tell(l, at, "HvRuntime", "hv-runtime",
                  partition ? "HvPartition is set, HvRuntime is not" : "HvRuntime is set, HvPartition is not");
  if (kit_json_get_string(object, "LayerFolderPath").len != 0)
    kit_lint_absolute(l, at, object, "LayerFolderPath", "layer-path");
  else if (!l->partial && !partition)
    kit_lint_tell(l, at, "LayerFolderPath", "layer-folder-missing", "no scratch folder is given");
  kit_lint_alike(l, at, object, "Layers", "ID", "layer-path");
  kit_lint_credential_text(l, at, "Credentials", kit_json_get(object, "Credentials"));
  /* dockerd started the VM for Linux containers as a container without layers. */
  if (!l->partial && !l->for_linux && is_empty_list(kit_json_get(object, "Layers")))
    kit_lint_tell(l, at, "Layers", "no-layers", "the container has no layers");
  check_megabytes(l, at, object, "MemoryMaximumInMB");
  kit_lint_endpoints(l, at, object);
  kit_lint_host_name(l, at, object);
  check_pipes(l, at, object);
  kit_lint_directories(l, at, object);
}

/* The newest minor version of a build. Source: the schema reference's version map. */
static void check_minor(kit_linter *l, const kit_place *at, uint64_t minor) {
  static const struct {
    unsigned before; /* this build */
    uint64_t newest;
  } builds[] = {{18362, 1}, {19041, 2}, {20348, 3}, {22000, 5}};
  size_t i = 0;
  while (i < sizeof builds / sizeof builds[0] && l->document->build >= builds[i].before)
    i++;
  if (l->document->build != 0 && i < sizeof builds / sizeof builds[0] && minor > builds[i].newest)
    kit_lint_tell(l, at, "SchemaVersion", "schema-version", "build %u knows versions up to 2.%u",
                  (uint64_t)l->document->build, builds[i].newest);
}

static void check_schema_version(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *version = kit_json_get(object, "SchemaVersion");
  uint64_t major = 0, minor = 0;
  if (!kit_json_uint(kit_json_get(version, "Major"), &major) || major != 2)
    kit_lint_tell(l, at, "SchemaVersion", "schema-version", "the major version is not 2");
  else if (kit_json_uint(kit_json_get(version, "Minor"), &minor))
    check_minor(l, at, minor);
}

/* Is a member there, in any case? Another case is told by the walk. */
static bool has_member(const kit_json *object, const char *name) {
  for (const kit_json *member = object->first; member != NULL; member = member->next)
    if (member->kind != KIT_JSON_NULL && hcsref_str_equal_ascii_fold(member->key, hcsref_cstr(name)))
      return true;
  return false;
}

static void check_system(kit_linter *l, const kit_place *at, const kit_json *object) {
  bool hosted = has_member(object, "HostedSystem");
  int held = has_member(object, "Container") + hosted + has_member(object, "VirtualMachine");
  check_schema_version(l, at, object);
  if (held != 1)
    kit_lint_tell(l, at, NULL, "envelope",
                  held == 0 ? "has neither Container nor HostedSystem nor VirtualMachine"
                            : "has %d of Container, HostedSystem and VirtualMachine; it takes one",
                  (int64_t)held);
  if (hosted != (kit_json_get_string(object, "HostingSystemId").len != 0))
    kit_lint_tell(l, at, "HostingSystemId", "hosting-system",
                  hosted ? "no utility VM is given" : "a utility VM is given, but no HostedSystem");
  if (kit_json_get_string(object, "Owner").len == 0)
    kit_lint_tell(l, at, "Owner", "owner-missing", "the system has no owner");
}

static void check_networking(kit_linter *l, const kit_place *at, const kit_json *object) {
  kit_lint_guid(l, at, object, "Namespace", "namespace-form");
}

/* ---- registry ----------------------------------------------------------------------------------------- */

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
  const kit_json *key = kit_json_get(object, "Key");
  const kit_place key_place = {at, HCSREF_LIT("Key"), 0};
  hcsref_str type = kit_json_get_string(object, "Type"), hive = kit_json_get_string(key, "Hive");
  size_t i, v;
  if (!kit_is_one_of(hive, hives))
    kit_lint_tell(l, at, "Key", "registry-key", "\"%v\" is not a registry hive", hive);
  else
    kit_lint_key_name(l, &key_place, key);
  for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
    if (hcsref_str_equal(type, hcsref_cstr(types[i].type)))
      break;
  if (i == sizeof(types) / sizeof(types[0])) {
    kit_lint_tell(l, at, "Type", "registry-type", "\"%v\" is not a type of registry value", type);
    return;
  }
  if (!kit_is_base64(kit_json_get_string(object, "BinaryValue")))
    kit_lint_tell(l, at, "BinaryValue", "registry-type", "\"%v\" is not base64",
                  kit_json_get_string(object, "BinaryValue"));
  for (v = 0; v < sizeof(values) / sizeof(values[0]); v++)
    if (kit_json_get(object, values[v]) != NULL && (types[i].value == NULL || strcmp(values[v], types[i].value) != 0))
      kit_lint_tell(l, at, values[v], "registry-type", "does not match type %s", types[i].type);
}

/* ---- processes and devices ---------------------------------------------------------------------------- */

/* Source: COORD, which has two signed numbers of 16 bits. */
static void check_console_size(kit_linter *l, const kit_place *at, const kit_json *size) {
  uint64_t number;
  if (size == NULL || size->kind != KIT_JSON_ARRAY || size->count == 0)
    return;
  if (size->count != 2)
    kit_lint_tell(l, at, "ConsoleSize", "console-size", "has %u number%s; it takes height and width",
                  (uint64_t)size->count, size->count == 1 ? "" : "s");
  for (const kit_json *item = size->first; item != NULL; item = item->next)
    if (kit_json_uint(item, &number) && number > INT16_MAX && number <= INT32_MAX)
      kit_lint_tell(l, at, "ConsoleSize", "console-size", "%u is more than 32767", number);
}

/* CreateProcess takes no more, and environments end where they have a NUL. In characters; some count twice. */
#define MOST_OF_A_LINE 32766

static void check_line(kit_linter *l, const kit_place *at, hcsref_str line) {
  size_t count = 0;
  for (size_t i = 0; i < line.len; i++)
    count += ((unsigned char)line.data[i] & 0xc0) != 0x80;
  if (line.len != 0 && memchr(line.data, '\0', line.len) != NULL)
    kit_lint_tell(l, at, "CommandLine", "process-text", "the command line has a NUL, where it ends");
  else if (count > MOST_OF_A_LINE)
    kit_lint_tell(l, at, "CommandLine", "process-text", "the command line has %u characters; Windows takes %u",
                  (uint64_t)count, (uint64_t)MOST_OF_A_LINE);
}

/* More variables are not compared. */
#define MOST_VARIABLES 1000

/* hcsshim splits "=C:=C:\\x" at its first character: an empty name is such a variable. */
static bool is_variable(hcsref_str name) {
  return name.len == 0 || (memchr(name.data, '\0', name.len) == NULL && memchr(name.data, '=', name.len) == NULL);
}

static void check_environment(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *list = kit_json_get(object, "Environment"), *item, *other;
  const kit_place place = {at, HCSREF_LIT("Environment"), 0};
  if (list == NULL || list->kind != KIT_JSON_OBJECT || list->count > MOST_VARIABLES)
    return;
  for (item = list->first; item != NULL; item = item->next) {
    hcsref_str name = item->key.len == 0 ? HCSREF_LIT("") : item->key;
    const kit_place here = {&place, name, 0};
    if (!is_variable(name))
      kit_lint_tell_key(l, &here, NULL, "process-text", "\"%v\" is not the name of a variable", name);
    for (other = list->first; other != item && name.len != 0 && !l->for_linux; other = other->next)
      if (hcsref_str_equal_ascii_fold(name, other->key) && !hcsref_str_equal(name, other->key))
        kit_lint_tell_key(l, &here, NULL, "process-text", "Windows takes %v and %v for one variable", name, other->key);
  }
}

static void check_process_v2(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *arguments = kit_json_get(object, "CommandArgs"), *size = kit_json_get(object, "ConsoleSize");
  bool line = kit_json_get_string(object, "CommandLine").len != 0, list = arguments != NULL && arguments->count > 0;
  if (!l->for_linux && line == list && (line || kit_json_get_string(object, "ApplicationName").len == 0))
    kit_lint_tell(l, at, NULL, "command-exclusive",
                  line ? "both CommandLine and CommandArgs are set" : "neither CommandLine nor CommandArgs is set");
  kit_lint_command(l, at, "CommandLine", kit_json_get_string(object, "CommandLine"));
  kit_lint_command(l, at, "CommandArgs",
                   list && arguments->first->kind == KIT_JSON_STRING ? arguments->first->text : HCSREF_LIT(""));
  check_console_size(l, at, size);
  if (kit_json_is_true(kit_json_get(object, "EmulateConsole")) &&
      kit_json_is_true(kit_json_get(object, "CreateStdErrPipe")))
    kit_lint_tell(l, at, "CreateStdErrPipe", "console-stderr", "the console is emulated");
  kit_lint_user(l, at, "User", kit_json_get_string(object, "User"));
  check_line(l, at, kit_json_get_string(object, "CommandLine"));
  check_environment(l, at, object);
  if (kit_json_get_string(object, "WorkingDirectory").len != 0)
    kit_lint_absolute(l, at, object, "WorkingDirectory", "working-directory");
}

static void check_process_v1(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str line = kit_json_get_string(object, "CommandLine");
  if (!l->for_linux && line.len == 0 && kit_json_get_string(object, "ApplicationName").len == 0)
    kit_lint_tell(l, at, "CommandLine", "command-exclusive", "neither CommandLine nor ApplicationName is set");
  if (!l->for_linux)
    kit_lint_command(l, at, "CommandLine", line);
  check_line(l, at, line);
  check_environment(l, at, object);
  kit_lint_user(l, at, "User", kit_json_get_string(object, "User"));
}

/* What each operation needs. */
static void check_process_change(kit_linter *l, const kit_place *at, const kit_json *object) {
  static const char *const operations[] = {"ConsoleSize", "CloseHandle", NULL};
  hcsref_str operation = kit_json_get_string(object, "Operation");
  for (size_t i = 0; operations[i] != NULL; i++)
    if (hcsref_str_equal(operation, hcsref_cstr(operations[i])) && !kit_is_set(object, operations[i]))
      kit_lint_tell(l, at, operations[i], "request-settings", "is missing");
}

static void check_guard_state(kit_linter *l, const kit_place *at, const kit_json *object) {
  kit_lint_credential_text(l, at, "CredentialSpec", kit_json_get(object, "CredentialSpec"));
}

static void check_device(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str type = kit_json_get_string(object, "Type");
  bool class_guid = type.len == 0 || hcsref_str_equal(type, HCSREF_LIT("ClassGuid"));
  if (class_guid && kit_json_get_string(object, "InterfaceClassGuid").len == 0)
    kit_lint_tell(l, at, "InterfaceClassGuid", "device-class", "is missing");
  if (hcsref_str_equal(type, HCSREF_LIT("DeviceInstance")) && kit_json_get_string(object, "LocationPath").len == 0)
    kit_lint_tell(l, at, "LocationPath", "device-class", "is missing");
  kit_lint_guid(l, at, object, "InterfaceClassGuid", "guid-form");
}

const kit_check kit_container_checks[] = {
    {&hcsref_type_v1_container_config, check_container_v1},
    {&hcsref_type_v1_layer, check_layer_v1},
    {&hcsref_type_v1_mapped_dir, kit_lint_directory},
    {&hcsref_type_v1_mapped_pipe, check_pipe},
    {&hcsref_type_v1_process_config, check_process_v1},
    {&hcsref_type_v2_compute_system, check_system},
    {&hcsref_type_v2_hosted_system, check_schema_version},
    {&hcsref_type_v2_container, check_container_v2},
    {&hcsref_type_v2_processor, check_processor},
    {&hcsref_type_v2_memory, check_memory},
    {&hcsref_type_v2_storage, check_storage},
    {&hcsref_type_v2_layer, check_layer_v2},
    {&hcsref_type_v2_mapped_directory, kit_lint_directory},
    {&hcsref_type_v2_mapped_pipe, check_pipe},
    {&hcsref_type_v2_networking, check_networking},
    {&hcsref_type_v2_registry_value, check_registry_value},
    {&hcsref_type_v2_process_parameters, check_process_v2},
    {&hcsref_type_v2_process_modify_request, check_process_change},
    {&hcsref_type_v2_container_credential_guard_state, check_guard_state},
    {&hcsref_type_v2_device, check_device},
    {NULL, NULL},
};

static void apply(kit_linter *l, const kit_check *checks, const kit_place *at, const hcsref_type *type,
                  const kit_json *object) {
  for (; checks->type != NULL; checks++)
    if (checks->type == type)
      checks->check(l, at, object);
}

void kit_lint_object(kit_linter *l, const kit_place *at, const hcsref_type *type, const kit_json *object) {
  static const kit_check *const lists[] = {kit_container_checks, kit_device_checks,  kit_vm_checks,  kit_vm_part_checks,
                                           kit_request_checks,   kit_service_checks, kit_spec_checks};
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
    apply(l, lists[i], at, type, object);
  kit_lint_forms(l, at, type, object);
}
