/* SPDX-License-Identifier: Apache-2.0 */
/* Which place of a document a code most likely comes from. */
#include "cli/options.h"
#include "explain/document.h"
#include "explain/tree_walk.h"

#include <string.h>

/* ---- what is suspicious of a value ------------------------------------------------------------------------------- */

static bool is_there(const kit_json *value) {
  switch (value->kind) {
  case KIT_JSON_NULL:
    return false;
  case KIT_JSON_BOOL:
    return kit_json_is_true(value);
  case KIT_JSON_STRING:
    return value->text.len > 0;
  case KIT_JSON_NUMBER:
    return !hcsref_str_equal(value->raw, HCSREF_LIT("0"));
  default:
    return value->kind == KIT_JSON_OBJECT || value->count > 0;
  }
}

static bool is_off_c(const kit_json *value) {
  return value->text.len > 2 && value->text.data[1] == ':' && (value->text.data[0] | 0x20) != 'c';
}

static bool is_share(const kit_json *value) {
  return hcsref_str_has_prefix(value->text, HCSREF_LIT("\\\\")) &&
         !hcsref_str_has_prefix(value->text, HCSREF_LIT("\\\\?\\")) &&
         !hcsref_str_has_prefix(value->text, HCSREF_LIT("\\\\.\\"));
}

static bool has_slash(const kit_json *value) {
  return value->text.len > 0 && memchr(value->text.data, '/', value->text.len) != NULL;
}

static bool is_system_folder(const kit_json *value) {
  static const char *const folders[] = {"C:\\Windows", "C:\\Users", "C:\\Program Files", "C:\\", "C:"};
  for (size_t i = 0; i < CLI_COUNT(folders); i++)
    if (hcsref_str_equal_ascii_fold(value->text, hcsref_cstr(folders[i])))
      return true;
  return false;
}

/* Longer lists are not compared: that takes the square of the time. */
#define MOST_DIRECTORIES 1000

static bool is_slash(char c) {
  return c == '\\' || c == '/';
}

static bool is_below(hcsref_str path, hcsref_str above) {
  return above.len > 0 && path.len > above.len &&
         (is_slash(path.data[above.len]) || is_slash(path.data[above.len - 1])) &&
         hcsref_str_equal_ascii_fold(hcsref_str_first(path, above.len), above);
}

/* Below the container path of another mapped directory? */
static bool is_below_another(const kit_json *value) {
  const kit_json *list = value->up->up;
  if (list == NULL || list->count > MOST_DIRECTORIES)
    return false;
  for (const kit_json *other = list->first; other != NULL; other = other->next)
    if (other != value->up && is_below(value->text, kit_json_get_string(other, "ContainerPath")))
      return true;
  return false;
}

static bool is_odd(const kit_json *value) {
  return value->raw.len > 0 && (value->raw.data[value->raw.len - 1] - '0') % 2 != 0;
}

static bool is_little(const kit_json *value) {
  uint64_t number;
  return kit_json_uint(value, &number) && number > 0 && number < 512;
}

/* In MappedPipes it is where it belongs. */
static bool is_pipe_among_directories(const kit_json *value) {
  const kit_json *list = value->up->up;
  return list != NULL && !hcsref_str_equal(list->key, HCSREF_LIT("MappedPipes")) &&
         hcsref_str_has_prefix(value->text, HCSREF_LIT("\\\\.\\pipe\\"));
}

/* A \ in a name that says \\.\pipe\ already. */
static bool is_pipe_path(const kit_json *value) {
  return hcsref_str_has_prefix(value->text, HCSREF_LIT("\\\\.\\"));
}

/* . or .. between slashes: Windows resolves the path, and may land on a folder that cannot be covered. */
static bool has_dots(const kit_json *value) {
  hcsref_str text = value->text;
  for (size_t i = 0; i + 1 < text.len; i++) {
    size_t end = i + 1;
    if (!is_slash(text.data[i]))
      continue;
    while (end < text.len && end < i + 3 && text.data[end] == '.')
      end++;
    if (end > i + 1 && (end == text.len || is_slash(text.data[end])) && i > 1)
      return true;
  }
  return false;
}

static bool is_disk(const kit_json *value) {
  return hcsref_str_has_suffix(value->text, HCSREF_LIT(".vhdx")) ||
         hcsref_str_has_suffix(value->text, HCSREF_LIT(".vhd"));
}

/* Each code of virtual disks, of which some rows say more. */
#define ANY_DISK_CODE 0xC03A0000u

static bool is_of(uint32_t result, const explain_code *code) {
  return result == code->result || (result == ANY_DISK_CODE && (code->result & 0xFFFF0000u) == ANY_DISK_CODE);
}

/* ---- codes and places -------------------------------------------------------------------------------------------- */

/* In the order of how likely they are. */
static const struct {
  uint32_t result;
  const char *member;
  bool (*fits)(const kit_json *value);
  const char *why;
} places[] = {
    {0x80370101, "Layers", is_there,
     "the layers are of another build of Windows than the host: compare os.version of the image"},
    {0x80370102, "HvPartition", is_there, "asks for Hyper-V isolation, which this host does not have"},
    {0x80370102, "HostingSystemId", is_there, "the container is to run in a VM"},
    {0x80370102, "VirtualMachine", is_there, "a VM, which this host cannot run"},
    {0xC0351000, "HvPartition", is_there, "asks for Hyper-V isolation: with false the container needs no hypervisor"},
    {0xC0351000, "HostingSystemId", is_there, "the container is to run in a VM"},
    {0xC0351000, "VirtualMachine", is_there, "a VM, which this host cannot run"},
    {0xC0351000, "hyperv", is_there, "asks for Hyper-V isolation"},
    {0x801F000F, "HostPath", is_off_c, "is on another volume: it must be a local NTFS or ReFS disk"},
    {0x801F000F, "HostPath", is_share, "is on a share: it must be on a local NTFS or ReFS disk"},
    {0x801F000F, "HostPath", is_there, "must be on a local NTFS or ReFS disk"},
    {0x80370106, "ContainerPath", is_below_another,
     "lies below another mapped directory, which ends the container at its start"},
    {0x80370106, "SizeInMB", is_little, "is little memory for Windows to start with"},
    {0x80370106, "MemoryMaximumInMB", is_little, "is little memory for Windows to start with"},
    {0x80370106, "MappedDirectories", is_there, "try it without these"},
    {0x80370106, "HvPartition", is_there, "the utility VM may not start: look at its memory and image"},
    {0x80370108, "HvPartition", is_there, "the utility VM does not answer"},
    {0x80370109, "HvPartition", is_there, "the utility VM does not answer in time"},
    {0x80070057, "ContainerPath", is_system_folder,
     "a folder that Windows in the container needs cannot be covered by a mount"},
    {0x80070057, "ContainerPath", has_slash, "has forward slashes"},
    {0x80070057, "HostPath", has_slash, "has forward slashes"},
    {0x80070057, "ContainerPath", has_dots, "has . or .. in it"},
    {0x80070057, "ContainerPipeName", is_pipe_path, "must be the name alone, without \\\\.\\pipe\\"},
    {0x80070057, "ContainerPath", is_below_another, "lies below another mapped directory"},
    {0x80070057, "HostPath", is_pipe_among_directories, "a pipe among the directories: it belongs to MappedPipes"},
    {0x80070057, "container_path", is_system_folder,
     "a folder that Windows in the container needs cannot be covered by a mount"},
    {0x80070057, "MappedDirectories", is_there, "one of these has a path that the service does not take"},
    {0x8007007B, "ContainerPath", has_slash, "has forward slashes"},
    {0x8007007B, "HostPath", has_slash, "has forward slashes"},
    {0x8007007B, "HostPath", is_there, "must be a path without links and without a second colon"},
    {0x80070002, "HostPath", is_there, "must exist on the host"},
    {0x80070002, "Layers", is_there, "the folders of the layers must exist on the host"},
    {0x80070002, "CommandLine", is_there, "the program must be in the image"},
    {0x80070002, "Path", is_there, "the file must exist"},
    {0x80070003, "HostPath", is_there, "must exist on the host"},
    {0x80070003, "WorkingDirectory", is_there, "must exist in the image"},
    {0x80070003, "Layers", is_there, "the folders of the layers must exist on the host"},
    {0x8007010B, "WorkingDirectory", is_there, "must be a folder in the image"},
    {0x8007010B, "HostPath", is_there, "must be a folder"},
    {0x80070005, "Attachments", is_there, "the VM must have the right to open these disks (HcsGrantVmAccess)"},
    {0x80070005, "HostPath", is_share, "the service does not have your rights on a share"},
    {0x80070005, "HostPath", is_there, "the service must have rights on it"},
    {0x80070005, "VolumePath", is_there, "the mounted scratch layer"},
    {0x80070032, "Attachments", is_there, "a disk of the VM: its kind, or where it lies"},
    {0x80070032, "HvPartition", is_there, "needs Hyper-V, in a VM nested virtualization"},
    {0x80070032, "AssignedDevices", is_there, "devices need process isolation and a newer build"},
    {0x80070032, "MappedPipes", is_there, "pipes need build 16299"},
    {0x80070032, "HostPath", is_there, "a single file, or a folder on a volume that cannot be mapped"},
    {0x80070490, "Namespace", is_there, "the namespace may be gone"},
    {0x80070490, "EndpointList", is_there, "an endpoint may be gone"},
    {0x803B001B, "Namespace", is_there, "must be a GUID"},
    {0x803B0002, "EndpointList", is_there, "an endpoint that is gone"},
    {0x80041008, "SizeInMB", is_odd, "an odd amount of memory"},
    {0x80041008, "SizeInMB", is_there, "an amount of memory that the host does not take: try a multiple of 1024"},
    {0x800705AA, "SizeInMB", is_there, "more memory than the host has free in one piece"},
    {0x800705AA, "MemoryMaximumInMB", is_there, "more memory than the host has free in one piece"},
    {0x8007000E, "SizeInMB", is_there, "more memory than the host has free"},
    {0x800705AF, "SizeInMB", is_there, "more memory than the host can commit"},
    {0x8007052E, "Credentials", is_there, "the credential spec"},
    {0x8007052E, "ContainerCredentialGuard", is_there, "the credential guard's state"},
    {0x8007052E, "credential_spec", is_there, "the credential spec"},
    {0x8007052E, "User", is_there, "a user that cannot log on"},
    {0xC0020017, "Credentials", is_there, "the credential spec"},
    {0xC0020017, "ContainerCredentialGuard", is_there, "the credential guard's state"},
    {0xC0020017, "credential_spec", is_there, "the credential spec"},
    {0x800706FD, "Credentials", is_there, "the account's name must be that of the container"},
    {0x80070534, "User", is_there, "a user that the image does not have"},
    {0x80070534, "run_as_username", is_there, "a user that the image does not have"},
    {0xC03A001A, "Path", is_there, "the file must be neither compressed, encrypted nor sparse"},
    {0xC03A0004, "Path", is_there, "must be a virtual disk"},
    {0xC03A0015, "Path", is_there, "must be a virtual disk"},
    {0x80370112, "Layers", is_there, "one of these is no layer, or they are in the wrong order"},
    {ANY_DISK_CODE, "Path", is_disk, "a virtual disk that the code may be about"},
    {ANY_DISK_CODE, "HostPath", is_disk, "a virtual disk that the code may be about"},
    {0x80070570, "HostPath", is_disk, "a virtual disk that may be damaged"},
    {0x80070570, "Path", is_disk, "a virtual disk that may be damaged"},
    {0x80070001, "LayerFolderPath", is_there, "the scratch layer that was to be mounted"},
    {0x80070070, "StorageSandboxSize", is_there, "the size of the scratch disk"},
};

static void tell_place(explain_page *page, const kit_json *root, const kit_json *value, const char *why) {
  hcsref_str pointer = {NULL, 0};
  bool scalar = value->kind != KIT_JSON_OBJECT && value->kind != KIT_JSON_ARRAY;
  page->failed = page->failed || !explain_pointer_to(page->arena, root, value, &pointer);
  explain_say(page, "%v%s%v: %s", pointer, scalar ? " = " : "",
              value->kind == KIT_JSON_STRING ? hcsref_str_first(value->text, 200)
              : scalar                       ? hcsref_str_first(value->raw, 200)
                                             : HCSREF_LIT(""),
              why);
}

/* Tells the values of one row; how many. */
static size_t tell_row(explain_page *page, const kit_json *root, size_t row, size_t room) {
  hcsref_str member = hcsref_cstr(places[row].member);
  size_t told = 0;
  for (const kit_json *value = root; value != NULL && told < room; value = explain_next_value(root, value)) {
    if (value->key.data == NULL || !hcsref_str_equal(value->key, member) || !places[row].fits(value))
      continue;
    tell_place(page, root, value, places[row].why);
    told++;
  }
  return told;
}

void explain_places(explain_page *page, const kit_json *tree, const explain_code *code) {
  size_t told = 0;
  explain_part_begin(page, "places", "The most likely cause in the document");
  for (size_t row = 0; row < CLI_COUNT(places) && told < EXPLAIN_MOST_PLACES; row++) {
    /* Once something particular is suspicious, what is merely there is not. */
    if (is_of(places[row].result, code) && !(told > 0 && places[row].fits == is_there))
      told += tell_row(page, tree, row, EXPLAIN_MOST_PLACES - told);
  }
}
