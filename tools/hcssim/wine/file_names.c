/* SPDX-License-Identifier: Apache-2.0 */
/* Names of files that Wine does not follow. Its own volume names (\\?\Volume{00000000-0000-0000-0000-0000000000NN}, NN
 * being the drive's letter), which it gives out but cannot open: containerd resolves the source of every mount to one
 * (pkg/os ResolveSymbolicLink, go-winio pkg/fs ResolvePath). The names in the shared table: volumes of layers, mount
 * points, bound folders. What the container of this process maps. And the addresses of containers on Hyper-V sockets.
 */
#include "wine/gaps.h"
#include "wine/hyperv_systems.h"
#include "wine/routes.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX_UNITS 4 /* of \??\ */
#define PATH_UNITS   2048
#define FOLLOW_MOST  8

typedef NTSTATUS(NTAPI *create_file)(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, PIO_STATUS_BLOCK, PLARGE_INTEGER, ULONG,
                                     ULONG, ULONG, ULONG, PVOID, ULONG);
typedef NTSTATUS(NTAPI *open_file)(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, PIO_STATUS_BLOCK, ULONG, ULONG);
typedef NTSTATUS(NTAPI *query_file)(const OBJECT_ATTRIBUTES *, void *);
typedef NTSTATUS(NTAPI *delete_file)(POBJECT_ATTRIBUTES);

static create_file wine_create;
static open_file wine_open;
static query_file wine_query, wine_query_full;
static delete_file wine_delete;

/* "C:" for Wine's own name of that drive's volume; 0: it is none. */
static wchar_t drive_of_volume(const wchar_t *name, size_t length) {
  static const wchar_t begin[] = L"Volume{00000000-0000-0000-0000-0000000000";
  const size_t count = sizeof begin / sizeof *begin - 1;
  wchar_t digits[3] = {0}, letter;
  if (length < count + 3 || _wcsnicmp(name, begin, count) != 0 || name[count + 2] != L'}')
    return 0;
  memcpy(digits, name + count, 2 * sizeof *digits);
  letter = (wchar_t)wcstoul(digits, NULL, 16);
  return (letter >= L'A' && letter <= L'Z') || (letter >= L'a' && letter <= L'z') ? letter : 0;
}

#define VOLUME_UNITS 44 /* of Volume{GUID} */

/* `path` as it is after one step, without \??\; 0: it stays. */
static size_t step(const wchar_t *path, size_t length, wchar_t *out, BOOL *read_only) {
  wchar_t letter = drive_of_volume(path, length);
  size_t rest = hyperv_system_path(path, length, out, PATH_UNITS);
  if (rest > 0)
    return rest;
  if (letter == 0)
    return route_follow(path, length, out, PATH_UNITS, read_only);
  rest = length - VOLUME_UNITS;
  if (rest + 3 >= PATH_UNITS)
    return 0;
  out[0] = letter;
  out[1] = L':';
  memcpy(out + 2, path + VOLUME_UNITS, rest * sizeof *out);
  return rest + 2;
}

/* A file's name on its way; `attributes` is what is asked of Wine. */
typedef struct followed {
  OBJECT_ATTRIBUTES attributes;
  UNICODE_STRING name;
  wchar_t *text; /* null: the name stays as it is */
  BOOL read_only;
  BOOL is_address; /* of a container */
} followed;

/* All steps of a name; its length, 0: it stays. `text` and `other` take what it becomes. */
static size_t walk(const wchar_t *path, size_t length, wchar_t *text, wchar_t *other, BOOL *read_only) {
  size_t next = view_follow(path, length, text, PATH_UNITS, read_only);
  next = next != 0 ? next : step(path, length, text, read_only);
  length = 0;
  for (unsigned i = 0; next != 0 && i < FOLLOW_MOST; i++) {
    length = next;
    next = step(text, length, other, read_only);
    if (next != 0)
      memcpy(text, other, next * sizeof *text);
  }
  return length;
}

static void follow(const OBJECT_ATTRIBUTES *asked, followed *f) {
  const UNICODE_STRING *name = asked == NULL ? NULL : asked->ObjectName;
  wchar_t *text;
  size_t length;
  f->text = NULL;
  f->read_only = f->is_address = FALSE;
  if (name == NULL || name->Buffer == NULL || asked->RootDirectory != NULL ||
      name->Length <= PREFIX_UNITS * sizeof(wchar_t) ||
      memcmp(name->Buffer, L"\\??\\", PREFIX_UNITS * sizeof(wchar_t)) != 0)
    return;
  text = malloc(2 * (PREFIX_UNITS + PATH_UNITS) * sizeof *text);
  if (text == NULL)
    return;
  f->is_address = hyperv_system_path(name->Buffer + PREFIX_UNITS, name->Length / sizeof(wchar_t) - PREFIX_UNITS,
                                     text + PREFIX_UNITS, PATH_UNITS) > 0;
  length = walk(name->Buffer + PREFIX_UNITS, name->Length / sizeof(wchar_t) - PREFIX_UNITS, text + PREFIX_UNITS,
                text + PREFIX_UNITS + PATH_UNITS, &f->read_only);
  if (length == 0) {
    free(text);
    return;
  }
  memcpy(text, L"\\??\\", PREFIX_UNITS * sizeof *text);
  if (text[PREFIX_UNITS + length - 1] == L':')
    text[PREFIX_UNITS + length++] = L'\\';
  f->text = text;
  f->name.Buffer = text;
  f->name.Length = f->name.MaximumLength = (USHORT)((PREFIX_UNITS + length) * sizeof *text);
  f->attributes = *asked;
  f->attributes.ObjectName = &f->name;
}

/* ---- what must not be written: files cannot be opened for it, made or removed. Wine changes attributes without asking
 * for the access, so those stay open. ---- */

#define DENIED  ((NTSTATUS)0xC0000022) /* STATUS_ACCESS_DENIED */
#define NO_NAME ((NTSTATUS)0xC0000034) /* STATUS_OBJECT_NAME_NOT_FOUND */
#define WRITING_ACCESS                                                                                                 \
  (GENERIC_WRITE | GENERIC_ALL | DELETE | WRITE_DAC | WRITE_OWNER | FILE_WRITE_DATA | FILE_APPEND_DATA |               \
   FILE_WRITE_EA | FILE_WRITE_ATTRIBUTES | FILE_DELETE_CHILD)

static BOOL writes(ACCESS_MASK access, ULONG disposition, ULONG options) {
  return (access & WRITING_ACCESS) != 0 || (disposition != FILE_OPEN && disposition != FILE_OPEN_IF) ||
         (options & FILE_DELETE_ON_CLOSE) != 0;
}

/* A volume's bare name (without a backslash) opened for writing means the device. What stands for it is the disk of the
 * scratch, beside the folder with its content. */
static void choose_disk(const OBJECT_ATTRIBUTES *asked, ACCESS_MASK access, followed *f) {
  static const wchar_t disk[] = L"sandbox.vhdx";
  size_t end = f->text == NULL ? 0 : f->name.Length / sizeof(wchar_t);
  if (f->text == NULL || (access & (GENERIC_WRITE | FILE_WRITE_DATA)) == 0 ||
      asked->ObjectName->Length != (PREFIX_UNITS + VOLUME_UNITS) * sizeof(wchar_t) ||
      _wcsnicmp(asked->ObjectName->Buffer + PREFIX_UNITS, L"Volume{", 7) != 0)
    return;
  while (end > 0 && f->text[end - 1] != L'\\')
    end--;
  if (end == 0 || end + sizeof disk / sizeof *disk > PREFIX_UNITS + PATH_UNITS)
    return;
  memcpy(f->text + end, disk, sizeof disk);
  f->name.Length = f->name.MaximumLength = (USHORT)((end + sizeof disk / sizeof *disk - 1) * sizeof *disk);
}

static NTSTATUS NTAPI create(PHANDLE file, ACCESS_MASK access, POBJECT_ATTRIBUTES asked, PIO_STATUS_BLOCK status,
                             PLARGE_INTEGER size, ULONG attributes, ULONG sharing, ULONG disposition, ULONG options,
                             PVOID extended, ULONG extended_size) {
  followed f;
  NTSTATUS code = DENIED;
  follow(asked, &f);
  choose_disk(asked, access, &f);
  if (f.is_address) { /* it goes with its handle, and who dials reads it */
    access |= DELETE;
    sharing |= FILE_SHARE_READ;
    options |= FILE_DELETE_ON_CLOSE;
  }
  if (!f.read_only)
    code = wine_create(file, access, f.text == NULL ? asked : &f.attributes, status, size, attributes, sharing,
                       disposition, options, extended, extended_size);
  else if (!writes(access, disposition, options))
    code = wine_create(file, access, f.text == NULL ? asked : &f.attributes, status, size, attributes, sharing,
                       FILE_OPEN, options, extended, extended_size);
  /* what would have been made may not be */
  if (f.read_only && disposition == FILE_OPEN_IF && code == NO_NAME)
    code = DENIED;
  free(f.text);
  return code;
}

static NTSTATUS NTAPI open(PHANDLE file, ACCESS_MASK access, POBJECT_ATTRIBUTES asked, PIO_STATUS_BLOCK status,
                           ULONG sharing, ULONG options) {
  followed f;
  NTSTATUS code = DENIED;
  follow(asked, &f);
  if (!f.read_only || !writes(access, FILE_OPEN, options))
    code = wine_open(file, access, f.text == NULL ? asked : &f.attributes, status, sharing, options);
  free(f.text);
  return code;
}

static NTSTATUS query_with(query_file wine, const OBJECT_ATTRIBUTES *asked, void *out) {
  followed f;
  NTSTATUS code;
  follow(asked, &f);
  code = wine(f.text == NULL ? asked : &f.attributes, out);
  free(f.text);
  return code;
}

static NTSTATUS NTAPI query(const OBJECT_ATTRIBUTES *asked, void *out) {
  return query_with(wine_query, asked, out);
}

static NTSTATUS NTAPI query_full(const OBJECT_ATTRIBUTES *asked, void *out) {
  return query_with(wine_query_full, asked, out);
}

static NTSTATUS NTAPI delete_by_name(POBJECT_ATTRIBUTES asked) {
  followed f;
  NTSTATUS code;
  follow(asked, &f);
  code = f.read_only ? DENIED : wine_delete(f.text == NULL ? asked : &f.attributes);
  free(f.text);
  return code;
}

/* ---- new names: a file is renamed, or gets another one --------------------------------------------------------- */

#define RENAME    10
#define LINK      11
#define RENAME_EX 65
#define LINK_EX   72

/* FILE_RENAME_INFORMATION and its kin. */
typedef struct new_name {
  ULONG flags;
  HANDLE root;
  ULONG bytes;
  wchar_t text[1];
} new_name;

BOOL gap_follow_new_name(int class, const void *data, ULONG size, void **out, ULONG *out_size) {
  const size_t head = offsetof(new_name, text);
  const new_name *asked = data;
  UNICODE_STRING name;
  OBJECT_ATTRIBUTES attributes;
  followed f;
  new_name *made;
  *out = NULL;
  if ((class != RENAME && class != LINK && class != RENAME_EX && class != LINK_EX) || size < head ||
      asked->bytes > size - head || asked->bytes > USHRT_MAX || asked->root != NULL)
    return TRUE;
  name.Buffer = (wchar_t *)asked->text;
  name.Length = name.MaximumLength = (USHORT)asked->bytes;
  InitializeObjectAttributes(&attributes, &name, 0, NULL, NULL);
  follow(&attributes, &f);
  made = f.text == NULL || f.read_only ? NULL : malloc(sizeof *made + f.name.Length);
  if (made != NULL) {
    *made = *asked;
    made->bytes = f.name.Length;
    memcpy(made->text, f.text, f.name.Length);
    *out = made;
    *out_size = (ULONG)(sizeof *made + f.name.Length);
  }
  free(f.text);
  return !f.read_only;
}

wchar_t *gap_follow_path(const wchar_t *path, size_t length, size_t *out_length) {
  UNICODE_STRING name = {0};
  OBJECT_ATTRIBUTES attributes;
  followed f;
  if (length > USHRT_MAX / sizeof *path)
    return NULL;
  name.Buffer = (wchar_t *)path;
  name.Length = name.MaximumLength = (USHORT)(length * sizeof *path);
  InitializeObjectAttributes(&attributes, &name, 0, NULL, NULL);
  follow(&attributes, &f);
  if (f.text == NULL)
    return NULL;
  *out_length = f.name.Length / sizeof *path;
  f.text[*out_length] = 0;
  return f.text;
}

typedef union any_function {
  create_file create;
  open_file open;
  query_file query;
  delete_file delete_by_name;
  void *address;
} any_function;

static any_function before(const char *name, any_function ours) {
  any_function theirs;
  theirs.address = gap_before_system_call(name, ours.address);
  return theirs;
}

void gap_file_names(void) {
  view_read();
  wine_create = before("NtCreateFile", (any_function){.create = create}).create;
  wine_open = before("NtOpenFile", (any_function){.open = open}).open;
  wine_query = before("NtQueryAttributesFile", (any_function){.query = query}).query;
  wine_query_full = before("NtQueryFullAttributesFile", (any_function){.query = query_full}).query;
  wine_delete = before("NtDeleteFile", (any_function){.delete_by_name = delete_by_name}).delete_by_name;
}
