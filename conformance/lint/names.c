/* SPDX-License-Identifier: Apache-2.0 */
/* Members that are no field: what was meant, where it belongs, which release or build knows it. */
#include "lint/checks.h"

#include "cli/options.h"
#include "hcsref/hcsref.h"
#include "hcsref/schema1.h"
#include "hcsref/schema2_vm.h"
#include "input/kind.h"

#include <string.h>

#define MOST_NAMES 128

/* ---- Windows' own schemas ------------------------------------------------------------------------------------------
 * Fields of Microsoft's published schemas (one an SDK), by the Go names of the tables. `since`: the first build whose
 * schema has it; `own`: hcsshim's tables lack it. CpuGroup, Numa and PropagateNumaAffinity are by hcsshim's own checks
 * of the build. */
static const struct {
  const char *type, *field;
  unsigned since;
  bool own;
} windows_fields[] = {
#define KNOWN_SINCE(type, field, build)  {type, field, build, false},
#define WINDOWS_ONLY(type, field, build) {type, field, build, true},
#include "lint/windows_fields.def"
#undef KNOWN_SINCE
#undef WINDOWS_ONLY
};

#define WINDOWS_FIELD_COUNT (sizeof windows_fields / sizeof windows_fields[0])

/* The part behind the package: tables of several releases of one structure share their rows. */
static bool is_type(const hcsref_type *type, const char *name) {
  return type->go_name != NULL && strcmp(type->go_name, name) == 0;
}

static size_t find_windows_field(const hcsref_type *type, hcsref_str key) {
  size_t i;
  for (i = 0; i < WINDOWS_FIELD_COUNT; i++)
    if (key.len > 0 && key.data[0] == windows_fields[i].field[0] && is_type(type, windows_fields[i].type) &&
        hcsref_str_equal(key, hcsref_cstr(windows_fields[i].field)))
      break;
  return i;
}

bool kit_is_windows_field(const hcsref_type *type, hcsref_str key) {
  size_t i = find_windows_field(type, key);
  return i < WINDOWS_FIELD_COUNT && windows_fields[i].own;
}

void kit_lint_build(kit_linter *l, const kit_place *at, const hcsref_type *type, hcsref_str key) {
  size_t i = l->document->build == 0 ? WINDOWS_FIELD_COUNT : find_windows_field(type, key);
  if (i < WINDOWS_FIELD_COUNT && l->document->build < windows_fields[i].since)
    kit_lint_tell_key(l, at, NULL, "field-build",
                      "build %u has no field %v, which came with build %u: it refuses the document",
                      (uint64_t)l->document->build, key, (uint64_t)windows_fields[i].since);
}

/* ---- releases ---- */

static void tell_release(kit_linter *l, const kit_place *at, const hcsref_field *field) {
  bool gone = field->until != 0;
  size_t number = gone ? field->until : field->since;
  hcsref_change_info change;
  if (number == 0 || number >= hcsref_change_count())
    return;
  change = hcsref_change_at(number);
  kit_lint_tell_key(l, at, NULL, "field-release", "%s %s %s %s", field->name,
                    gone ? "is a field until" : "is a field since", change.part, change.since);
}

void kit_lint_known(kit_linter *l, const kit_place *at, const hcsref_type *type, const hcsref_field *field) {
  const hcsref_rules *rules = l->document->rules;
  hcsref_str name = hcsref_str_from(field->name, field->name_len);
  kit_lint_build(l, at, type, name);
  if (rules != NULL && !hcsref_field_known(field, rules))
    tell_release(l, at, field);
}

/* Names of other releases, which the tables no longer have. */
static const struct {
  const hcsref_type *type;
  const char *name, *text;
} old_names[] = {
    {&hcsref_type_v1_container_config, "IsDummy",
     "a field of schema 1 until 2017 (hcsshim before 0.6), without effect since"},
    {&hcsref_type_v1_container_config, "SandboxPath", "a field of schema 1 until 2018 (hcsshim before 0.8)"},
    {&hcsref_type_v1_container_config, "Devices", "a field of schema 1 for Linux containers (hcsshim before 0.8)"},
    {&hcsref_type_v1_container_config, "TimeZoneInformation", "a field of what the guest of a utility VM is given"},
    {&hcsref_type_v2_process_parameters, "OCISpecification",
     "a field of schema 1 for Linux containers, until hcsshim 0.8"},
    {&hcsref_type_v2_process_parameters, "OCIProcess", "a field for processes of Linux containers"},
    {&hcsref_type_v2_process_parameters, "CreateInUtilityVm", "a field of schema 1"},
};

/* ---- meanings ---- */

/* What people write for what. `field` null: the text says it all. */
static const struct {
  const hcsref_type *type;
  const char *wrong, *field, *text;
} meanings[] = {
    {&hcsref_type_v2_processor, "Limit", "Maximum", "a limit in hundredths of a percent"},
    {&hcsref_type_v2_processor, "Shares", "Weight", "0 to 10000"},
    {&hcsref_type_v2_processor, "CpuCount", "Count", NULL},
    {&hcsref_type_v2_processor, "ProcessorCount", "Count", NULL},
    {&hcsref_type_v2_processor, "ProcessorMaximum", "Maximum", NULL},
    {&hcsref_type_v2_processor, "ProcessorWeight", "Weight", NULL},
    {&hcsref_type_v2_processor2, "Maximum", "Limit", "of a VM, 0 to 100000"},
    {&hcsref_type_v2_virtual_machine_processor, "Maximum", "Limit", "of a VM, 0 to 100000"},
    {&hcsref_type_v2_memory, "SizeInBytes", "SizeInMB", "megabytes, not bytes"},
    {&hcsref_type_v2_memory, "Limit", "SizeInMB", "megabytes, not bytes"},
    {&hcsref_type_v2_memory, "Maximum", "SizeInMB", NULL},
    {&hcsref_type_v2_memory, "MemoryMaximumInMB", "SizeInMB", NULL},
    {&hcsref_type_v2_memory2, "SizeInBytes", "SizeInMB", "megabytes, not bytes"},
    {&hcsref_type_v2_memory2, "Startup", "SizeInMB", NULL},
    {&hcsref_type_v2_memory2, "StartupMB", "SizeInMB", NULL},
    {&hcsref_type_v2_virtual_machine_memory, "Startup", "SizeInMB", NULL},
    {&hcsref_type_v2_virtual_machine_memory, "StartupMB", "SizeInMB", NULL},
    {&hcsref_type_v2_processor2, "Cores", "Count", NULL},
    {&hcsref_type_v2_processor2, "CpuCount", "Count", NULL},
    {&hcsref_type_v2_processor2, "ProcessorCount", "Count", NULL},
    {&hcsref_type_v2_virtual_machine_processor, "Cores", "Count", NULL},
    {&hcsref_type_v2_virtual_machine_processor, "CpuCount", "Count", NULL},
    {&hcsref_type_v2_virtual_machine_processor, "ProcessorCount", "Count", NULL},
    {&hcsref_type_v2_virtual_machine_memory, "SizeInBytes", "SizeInMB", "megabytes, not bytes"},
    {&hcsref_type_v2_networking, "NetworkNamespace", "Namespace", NULL},
    {&hcsref_type_v2_networking, "NamespaceId", "Namespace", NULL},
    {&hcsref_type_v2_networking, "NamespaceID", "Namespace", NULL},
    {&hcsref_type_v2_networking, "NetworkEndpoints", NULL,
     "endpoints are put into a network namespace, which Namespace names"},
    {&hcsref_type_v2_networking, "EndpointList", NULL,
     "endpoints are put into a network namespace, which Namespace names"},
    {&hcsref_type_v2_container, "NetworkEndpoints", NULL,
     "endpoints are put into a network namespace, which Networking.Namespace names"},
    {&hcsref_type_v2_container, "EndpointList", NULL,
     "endpoints are put into a network namespace, which Networking.Namespace names"},
    {&hcsref_type_v2_container, "Process", NULL,
     "a process is no part of a container: it is started with HcsCreateProcess when the container runs"},
    {&hcsref_type_v2_container, "Processes", NULL,
     "a process is no part of a container: it is started with HcsCreateProcess when the container runs"},
    {&hcsref_type_v2_container, "Mounts", "MappedDirectories", NULL},
    {&hcsref_type_v2_container, "Devices", "AssignedDevices", NULL},
    {&hcsref_type_v2_container, "HostName", NULL, "the host name is GuestOs.HostName"},
    {&hcsref_type_v2_container, "Layers", NULL, "layers are Storage.Layers"},
    {&hcsref_type_v2_storage, "SandboxPath", "Path", "the volume of the mounted scratch layer"},
    {&hcsref_type_v2_storage, "ScratchPath", "Path", "the volume of the mounted scratch layer"},
    {&hcsref_type_v2_storage, "RootPath", "Path", "the volume of the mounted scratch layer"},
    {&hcsref_type_v2_storage, "VolumePath", "Path", NULL},
    {&hcsref_type_v2_layer, "ID", "Id", NULL},
    {&hcsref_type_v2_mapped_directory, "Source", "HostPath", NULL},
    {&hcsref_type_v2_mapped_directory, "Destination", "ContainerPath", NULL},
    {&hcsref_type_v2_mapped_directory, "Readonly", "ReadOnly", NULL},
    {&hcsref_type_v2_mapped_pipe, "ContainerPath", "ContainerPipeName", "the name alone, without \\\\.\\pipe\\"},
    {&hcsref_type_v1_mapped_pipe, "ContainerPath", "ContainerPipeName", "the name alone, without \\\\.\\pipe\\"},
    {&hcsref_type_v2_process_parameters, "Args", "CommandArgs", NULL},
    {&hcsref_type_v2_process_parameters, "Arguments", "CommandArgs", NULL},
    {&hcsref_type_v2_process_parameters, "Command", "CommandLine", NULL},
    {&hcsref_type_v2_process_parameters, "Cwd", "WorkingDirectory", NULL},
    {&hcsref_type_v2_process_parameters, "Env", "Environment", "an object: a variable a member"},
    {&hcsref_type_v2_process_parameters, "UserName", "User", NULL},
    {&hcsref_type_v2_devices, "VirtualDisks", NULL, "disks are Scsi.CONTROLLER.Attachments"},
    {&hcsref_type_v2_devices, "Disks", NULL, "disks are Scsi.CONTROLLER.Attachments"},
    {&hcsref_type_v2_devices, "Vsock", NULL, "sockets between host and guest are HvSocket"},
    {&hcsref_type_v2_devices, "VirtioConsole", NULL, "consoles are ComPorts, or VirtioSerial since build 18362"},
    {&kit_type_credential_directory, "GroupManagedServiceAccount", "GroupManagedServiceAccounts", NULL},
};

/* ---- another level ---- */

static const hcsref_type *pointed_at(const hcsref_type *type) {
  while (type != NULL && type->kind == HCSREF_POINTER)
    type = type->elem;
  return type;
}

static bool has_field(const hcsref_type *type, hcsref_str key) {
  for (size_t i = 0; i < type->field_count; i++)
    if (hcsref_str_equal(key, hcsref_str_from(type->fields[i].name, type->fields[i].name_len)))
      return true;
  return false;
}

/* How well a member of that key and value would do below `field`: 0 not at all; more where the object has the field. */
static unsigned fits_below(const hcsref_field *field, const kit_json *object, const kit_json *member) {
  const hcsref_type *type = pointed_at(field->type);
  input_tally t;
  if (type == NULL || type->kind != HCSREF_STRUCT || !has_field(type, member->key))
    return 0;
  for (size_t i = 0; i < type->field_count; i++) {
    const hcsref_field *inner = &type->fields[i];
    if (!hcsref_str_equal(member->key, hcsref_str_from(inner->name, inner->name_len)))
      continue;
    t = input_count(member, inner->type);
    if (t.unknown > t.known)
      return 0;
  }
  return kit_json_get(object, field->name) != NULL ? 2 : 1;
}

/* The field of `type` that an unknown member belongs into, or null: there is none, or more than one. */
static const hcsref_field *find_below(const hcsref_type *type, const kit_json *object, const kit_json *member) {
  const hcsref_field *found = NULL;
  unsigned best = 0, count = 0;
  for (size_t i = 0; i < type->field_count; i++) {
    unsigned fit = fits_below(&type->fields[i], object, member);
    if (fit == 0 || fit < best || (found != NULL && strcmp(found->name, type->fields[i].name) == 0))
      continue;
    count = fit > best ? 1 : count + 1;
    best = fit;
    found = &type->fields[i];
  }
  return count == 1 ? found : NULL;
}

/* Members of what is around a container, inside of it. */
static const struct {
  const hcsref_type *type;
  const char *name, *text;
} above[] = {
    {&hcsref_type_v2_container, "Owner", "beside Container"},
    {&hcsref_type_v2_container, "SchemaVersion", "beside Container"},
    {&hcsref_type_v2_container, "HostingSystemId", "beside Container"},
    {&hcsref_type_v2_container, "ShouldTerminateOnLastHandleClosed", "beside Container"},
    {&hcsref_type_v2_virtual_machine, "Owner", "beside VirtualMachine"},
    {&hcsref_type_v2_virtual_machine, "SchemaVersion", "beside VirtualMachine"},
    {&hcsref_type_v2_virtual_machine, "ShouldTerminateOnLastHandleClosed", "beside VirtualMachine"},
};

/* ---- telling ---- */

/* What the object is to its reader: its own key, that of the list it is in, or what the document is. */
static hcsref_str name_of(const kit_linter *l, const kit_place *object) {
  const kit_place *p = object;
  while (p != NULL && p->up != NULL && p->key.data == NULL)
    p = p->up;
  if (p != NULL && p->up != NULL)
    return p->key;
  return hcsref_cstr(l->document->what == NULL ? "the document" : l->document->what);
}

static bool tell_meaning(kit_linter *l, const kit_place *at, const hcsref_type *type, hcsref_str key) {
  for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
    if (meanings[i].type != type || !hcsref_str_equal_ascii_fold(key, hcsref_cstr(meanings[i].wrong)))
      continue;
    if (meanings[i].field == NULL)
      kit_lint_tell_key(l, at, NULL, "field-unknown", "unknown field %v in %v: %s", key, name_of(l, at->up),
                        meanings[i].text);
    else
      kit_lint_tell_key(l, at, NULL, "field-unknown", "unknown field %v in %v; did you mean %s%s%s%s?", key,
                        name_of(l, at->up), meanings[i].field, meanings[i].text == NULL ? "" : " (",
                        meanings[i].text == NULL ? "" : meanings[i].text, meanings[i].text == NULL ? "" : ")");
    return true;
  }
  return false;
}

static bool tell_old(kit_linter *l, const kit_place *at, const hcsref_type *type, hcsref_str key) {
  for (size_t i = 0; i < sizeof old_names / sizeof old_names[0]; i++) {
    if (old_names[i].type != type || !hcsref_str_equal(key, hcsref_cstr(old_names[i].name)))
      continue;
    kit_lint_tell_key(l, at, NULL, "field-release", "%v is %s", key, old_names[i].text);
    return true;
  }
  return false;
}

static bool tell_above(kit_linter *l, const kit_place *at, const hcsref_type *type, hcsref_str key) {
  for (size_t i = 0; i < sizeof above / sizeof above[0]; i++) {
    if (above[i].type != type || !hcsref_str_equal(key, hcsref_cstr(above[i].name)))
      continue;
    kit_lint_tell_key(l, at, NULL, "field-misplaced", "%v belongs one level up, %s", key, above[i].text);
    return true;
  }
  return false;
}

/* Storage and the like beside a VirtualMachine are not a container's that went one level up. */
static bool tell_below(kit_linter *l, const kit_place *at, const hcsref_type *type, const kit_json *object,
                       const kit_json *member) {
  const hcsref_field *below = find_below(type, object, member);
  if (below == NULL)
    return false;
  if (strcmp(below->name, "Container") == 0 && kit_is_set(object, "VirtualMachine"))
    kit_lint_tell_key(l, at, NULL, "vm-container-field",
                      "%v is a field of containers and stands beside VirtualMachine, which has devices of its own",
                      member->key);
  else
    kit_lint_tell_key(l, at, NULL, "field-misplaced", "%v belongs one level down, in %s", member->key, below->name);
  return true;
}

static bool tell_other_schema(kit_linter *l, const kit_place *at, const hcsref_type *type, hcsref_str key) {
  bool first = type == &hcsref_type_v1_container_config;
  const hcsref_type *other = first ? &hcsref_type_v2_container : &hcsref_type_v1_container_config;
  if ((!first && type != &hcsref_type_v2_container) || !has_field(other, key))
    return false;
  kit_lint_tell_key(l, at, NULL, "field-unknown", "%v is a field of schema %d, and this is schema %d", key,
                    (int64_t)(first ? 2 : 1), (int64_t)(first ? 1 : 2));
  return true;
}

/* A misspelling, and no word that happens to begin alike. */
static const char *find_near(const hcsref_type *type, hcsref_str key) {
  const char *names[MOST_NAMES + 1], *near;
  char word[64];
  size_t i, length;
  if (key.len == 0 || key.len >= sizeof word)
    return NULL;
  for (i = 0; i < type->field_count && i < MOST_NAMES; i++)
    names[i] = type->fields[i].name;
  names[i] = NULL;
  memcpy(word, key.data, key.len);
  word[key.len] = '\0';
  near = cli_nearest(word, names);
  length = near == NULL ? 0 : strlen(near);
  if (near == NULL || length > key.len + 2 || key.len > length + 2 || (key.len < 5 && length != key.len))
    return NULL;
  return strncmp(near, word, key.len) == 0 && length > key.len + 1 ? NULL : near;
}

void kit_lint_unknown(kit_linter *l, const kit_place *at, const hcsref_type *type, const kit_json *object,
                      const kit_json *member) {
  hcsref_str key = member->key;
  const char *near;
  if (l->told >= KIT_MOST_FINDINGS) { /* is only counted: what was meant is not searched for */
    l->told++;
    return;
  }
  if (tell_old(l, at, type, key) || tell_meaning(l, at, type, key) || tell_above(l, at, type, key) ||
      tell_other_schema(l, at, type, key))
    return;
  near = find_near(type, key);
  if (near == NULL && tell_below(l, at, type, object, member))
    return;
  kit_lint_tell_key(l, at, NULL, "field-unknown",
                    near == NULL ? "unknown field %v in %v" : "unknown field %v in %v; did you mean %s?", key,
                    name_of(l, at->up), near);
}
