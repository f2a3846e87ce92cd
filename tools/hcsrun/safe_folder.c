/* SPDX-License-Identifier: Apache-2.0 */
#include "safe_folder.h"

#include "hcsref/windows.h"

#include <string.h>
#include <windows.h>
/* The text form of a SID is declared here. */
#include <sddl.h>

#define MAX_UNITS 32768u

/* ---- paths ------------------------------------------------------------------------------------------------------ */

static const wchar_t *wide(hcsref_arena *arena, hcsref_str text) {
  return (const wchar_t *)hcsref_to_utf16(arena, text);
}

/* The path in a form that may be longer than MAX_PATH. */
static const wchar_t *long_path(hcsref_arena *arena, hcsref_str path) {
  hcsref_str text;
  return hcsref_format(arena, &text, "\\\\?\\%v", path) ? wide(arena, text) : NULL;
}

static bool is_on_drive(hcsref_str path) {
  return path.len > 3 && path.data[1] == ':' && path.data[2] == '\\';
}

bool full_path(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  const wchar_t *text = wide(arena, path);
  wchar_t *full = hcsref_arena_array(arena, MAX_UNITS, sizeof(*full));
  DWORD length = text == NULL || full == NULL ? 0 : GetFullPathNameW(text, MAX_UNITS, full, NULL);
  if (length == 0 || length >= MAX_UNITS || !hcsref_from_utf16(arena, (const hcsref_wchar *)full, out))
    return false;
  while (out->len > 3 && out->data[out->len - 1] == '\\')
    out->len--;
  return true;
}

/* Where a held folder really is. */
static bool final_path(hcsref_arena *arena, HANDLE folder, hcsref_str *out) {
  wchar_t *path = hcsref_arena_array(arena, MAX_UNITS, sizeof(*path));
  DWORD length = path == NULL ? 0 : GetFinalPathNameByHandleW(folder, path, MAX_UNITS, VOLUME_NAME_DOS);
  if (length == 0 || length >= MAX_UNITS || !hcsref_from_utf16(arena, (const hcsref_wchar *)path, out))
    return false;
  if (hcsref_str_has_prefix(*out, HCSREF_LIT("\\\\?\\")))
    *out = hcsref_str_skip(*out, 4);
  return is_on_drive(*out);
}

/* Is the open file the one with this long path? Where Wine opened what a link leads to, it is not. `room` has
 * MAX_UNITS. */
static bool is_at(HANDLE file, const wchar_t *path, wchar_t *room) {
  DWORD length = GetFinalPathNameByHandleW(file, room, MAX_UNITS, VOLUME_NAME_DOS);
  return length > 0 && length < MAX_UNITS && CompareStringOrdinal(room, -1, path, -1, TRUE) == CSTR_EQUAL;
}

bool safe_file_is_at(hcsref_arena *arena, void *file, hcsref_str path) {
  const DWORD others = FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT;
  const wchar_t *text = long_path(arena, path);
  wchar_t *room = hcsref_arena_array(arena, MAX_UNITS, sizeof(*room));
  BY_HANDLE_FILE_INFORMATION info;
  return text != NULL && room != NULL && GetFileInformationByHandle(file, &info) &&
         (info.dwFileAttributes & others) == 0 && is_at(file, text, room);
}

/* ---- who may use it --------------------------------------------------------------------------------------------- */

/* Whom a folder may belong to and be open to. */
typedef struct trusted {
  union {
    SID sid;
    BYTE room[SECURITY_MAX_SID_SIZE];
  } sids[3];
  size_t count;
} trusted;

static bool is_wine(void) {
  return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != NULL;
}

static void add_known(trusted *t, WELL_KNOWN_SID_TYPE type) {
  DWORD size = sizeof(t->sids[0]);
  if (CreateWellKnownSid(type, NULL, &t->sids[t->count].sid, &size))
    t->count++;
}

static void add_own_user(trusted *t) {
  union {
    TOKEN_USER user;
    BYTE room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  } own;
  HANDLE token;
  DWORD size = 0;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
    return;
  if (GetTokenInformation(token, TokenUser, &own, sizeof own, &size) &&
      CopySid(sizeof(t->sids[0]), &t->sids[t->count].sid, own.user.User.Sid))
    t->count++;
  CloseHandle(token);
}

static void load_trusted(trusted *t) {
  t->count = 0;
  add_known(t, WinLocalSystemSid);
  add_known(t, WinBuiltinAdministratorsSid);
  if (is_wine())
    add_own_user(t);
}

static bool is_trusted(const trusted *t, PSID sid) {
  for (size_t i = 0; i < t->count; i++)
    if (EqualSid((PSID)(uintptr_t)&t->sids[i].sid, sid))
      return true;
  return false;
}

/* `format` has one %s, the SID as text. */
static bool refuse_sid(hcsref_arena *arena, const char *format, PSID sid, hcsref_str *why) {
  LPSTR text = NULL;
  if (!ConvertSidToStringSidA(sid, &text))
    text = NULL;
  hcsref_format(arena, why, format, text == NULL ? "nobody" : text);
  LocalFree(text);
  return false;
}

/* What an entry allows, it allows to the trusted alone. One that denies takes nothing from them that matters here. */
static bool check_entry(hcsref_arena *arena, const trusted *t, ACE_HEADER *entry, hcsref_str *why) {
  union {
    ACE_HEADER *header;
    ACCESS_ALLOWED_ACE *allowed;
  } ace;
  ace.header = entry;
  if (entry->AceType == ACCESS_DENIED_ACE_TYPE)
    return true;
  if (entry->AceType != ACCESS_ALLOWED_ACE_TYPE)
    return hcsref_format(arena, why, "its list of rights has an entry of kind %u", (uint64_t)entry->AceType) && false;
  return is_trusted(t, &ace.allowed->SidStart) ||
         refuse_sid(arena, "it is open to %s, not only to SYSTEM and administrators", &ace.allowed->SidStart, why);
}

static bool check_list(hcsref_arena *arena, const trusted *t, ACL *list, hcsref_str *why) {
  ACL_SIZE_INFORMATION size;
  void *entry;
  if (list == NULL || !GetAclInformation(list, &size, sizeof size, AclSizeInformation)) {
    *why = HCSREF_LIT("it is open to everyone");
    return false;
  }
  for (DWORD i = 0; i < size.AceCount; i++)
    if (!GetAce(list, i, &entry) || !check_entry(arena, t, entry, why))
      return false;
  return true;
}

static bool check_descriptor(hcsref_arena *arena, PSECURITY_DESCRIPTOR descriptor, hcsref_str *why) {
  trusted t;
  PSID owner = NULL;
  ACL *list = NULL;
  BOOL given, by_default;
  SECURITY_DESCRIPTOR_CONTROL control = 0;
  DWORD revision;
  load_trusted(&t);
  if (!GetSecurityDescriptorOwner(descriptor, &owner, &by_default) || owner == NULL ||
      !GetSecurityDescriptorDacl(descriptor, &given, &list, &by_default) ||
      !GetSecurityDescriptorControl(descriptor, &control, &revision))
    return false;
  if (!is_trusted(&t, owner))
    return refuse_sid(arena, "it belongs to %s, not to SYSTEM or administrators", owner, why);
  if (!check_list(arena, &t, given ? list : NULL, why))
    return false;
  if ((control & SE_DACL_PROTECTED) != 0 || is_wine())
    return true;
  *why = HCSREF_LIT("it inherits the rights of the folder above it");
  return false;
}

static bool check_rights(hcsref_arena *arena, HANDLE folder, hcsref_str *why) {
  const SECURITY_INFORMATION wanted = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
  void *descriptor;
  DWORD size = 0;
  *why = HCSREF_LIT("Windows does not say whose it is");
  GetKernelObjectSecurity(folder, wanted, NULL, 0, &size);
  descriptor = size == 0 ? NULL : hcsref_arena_alloc(arena, size);
  return descriptor != NULL && GetKernelObjectSecurity(folder, wanted, descriptor, size, &size) &&
         check_descriptor(arena, descriptor, why);
}

/* ---- looking ---------------------------------------------------------------------------------------------------- */

static bool is_missing(DWORD error) {
  return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND;
}

/* The folder itself, where it is a link: not where that leads to. */
static HANDLE open_folder(const wchar_t *path) {
  return CreateFileW(path, READ_CONTROL | FILE_READ_ATTRIBUTES, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                     FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
}

static bool check_kind(HANDLE folder, const wchar_t *path, hcsref_str *why) {
  BY_HANDLE_FILE_INFORMATION info;
  DWORD by_name = GetFileAttributesW(path);
  *why = HCSREF_LIT("Windows does not say what it is");
  if (by_name == INVALID_FILE_ATTRIBUTES || !GetFileInformationByHandle(folder, &info))
    return false;
  *why = HCSREF_LIT("it is a link");
  if (((info.dwFileAttributes | by_name) & FILE_ATTRIBUTE_REPARSE_POINT) != 0)
    return false;
  *why = HCSREF_LIT("it is not a folder");
  return (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

/* FOLDER_SAFE: `*handle` holds it. */
static folder_state look(hcsref_arena *arena, hcsref_str path, HANDLE *handle, hcsref_str *why) {
  const wchar_t *text = long_path(arena, path);
  DWORD error;
  *why = HCSREF_LIT("out of memory");
  if (text == NULL)
    return FOLDER_REFUSED;
  *handle = open_folder(text);
  error = GetLastError();
  if (*handle == INVALID_HANDLE_VALUE && is_missing(error))
    return FOLDER_ABSENT;
  if (*handle == INVALID_HANDLE_VALUE) {
    hcsref_format(arena, why, "it could not be opened: %v", hcsref_windows_message(arena, error));
    return FOLDER_REFUSED;
  }
  if (check_kind(*handle, text, why) && check_rights(arena, *handle, why))
    return FOLDER_SAFE;
  CloseHandle(*handle);
  return FOLDER_REFUSED;
}

folder_state safe_folder_look(hcsref_arena *arena, hcsref_str path, hcsref_str *why) {
  HANDLE handle;
  folder_state state = look(arena, path, &handle, why);
  if (state == FOLDER_SAFE)
    CloseHandle(handle);
  return state;
}

/* ---- making ----------------------------------------------------------------------------------------------------- */

/* Makes each folder of the path that is not there, from the drive down. */
static bool make_all(hcsref_arena *arena, hcsref_str path, hcsref_str *why) {
  for (size_t at = 3; at <= path.len; at++) {
    hcsref_str part = hcsref_str_first(path, at);
    if (at < path.len && path.data[at] != '\\')
      continue;
    if (hcsref_windows_os.folder_make(part) || GetLastError() == ERROR_ALREADY_EXISTS || at < path.len)
      continue; /* what is missing above shows in the last */
    hcsref_format(arena, why, "it could not be made: %v", hcsref_windows_message(arena, GetLastError()));
    return false;
  }
  return true;
}

bool safe_folder_open(hcsref_arena *arena, hcsref_str path, safe_folder *out, hcsref_str *why) {
  HANDLE handle;
  folder_state state;
  out->handle = NULL;
  *why = HCSREF_LIT("it is not on a drive of this machine");
  if (!is_on_drive(path))
    return false;
  state = look(arena, path, &handle, why);
  if (state == FOLDER_ABSENT) {
    if (!make_all(arena, path, why))
      return false;
    state = look(arena, path, &handle, why);
  }
  if (state == FOLDER_ABSENT)
    *why = HCSREF_LIT("it could not be made");
  if (state != FOLDER_SAFE)
    return false;
  if (!final_path(arena, handle, &out->path)) {
    *why = HCSREF_LIT("it is not on a drive of this machine");
    CloseHandle(handle);
    return false;
  }
  out->handle = handle;
  return true;
}

void safe_folder_close(safe_folder *folder) {
  if (folder->handle != NULL)
    CloseHandle(folder->handle);
  folder->handle = NULL;
}

/* ---- removing --------------------------------------------------------------------------------------------------- */

/* A walk down and up again; `path` has room for MAX_UNITS and ends, while it is walked, where `length` says. */
typedef struct walk {
  wchar_t *path, *room;
  size_t length, top;
} walk;

static bool enter(walk *w, const wchar_t *name) {
  size_t length = wcslen(name);
  if (w->length + length + 3 >= MAX_UNITS)
    return false;
  w->path[w->length] = L'\\';
  wcscpy(w->path + w->length + 1, name);
  w->length += length + 1;
  return true;
}

static void leave(walk *w, size_t length) {
  w->length = length;
  w->path[length] = 0;
}

/* Removes an open file, also one that may only be read. */
static bool remove_open(HANDLE file) {
  FILE_BASIC_INFO plain;
  FILE_DISPOSITION_INFO gone = {TRUE};
  memset(&plain, 0, sizeof plain);
  plain.FileAttributes = FILE_ATTRIBUTE_NORMAL;
  SetFileInformationByHandle(file, FileBasicInfo, &plain, sizeof plain);
  return SetFileInformationByHandle(file, FileDispositionInfo, &gone, sizeof gone) != 0;
}

/* A link to a file is removed as itself. Under Wine, which opens what it leads to, it stays. */
static bool remove_file(walk *w, const wchar_t *name) {
  const DWORD access = DELETE | FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES;
  size_t before = w->length;
  HANDLE file = INVALID_HANDLE_VALUE;
  bool ok = false;
  if (enter(w, name))
    file = CreateFileW(w->path, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                       FILE_FLAG_OPEN_REPARSE_POINT, NULL);
  if (file != INVALID_HANDLE_VALUE) {
    ok = is_at(file, w->path, w->room) && remove_open(file);
    CloseHandle(file);
  }
  leave(w, before);
  return ok;
}

typedef enum step { STEP_DOWN, STEP_EMPTY, STEP_STUCK } step;

/* Removes the files of the folder that the walk is in, and goes into the first folder that it finds. */
static step empty_folder(walk *w) {
  WIN32_FIND_DATAW found;
  HANDLE search;
  step result = STEP_EMPTY;
  size_t before = w->length;
  if (!enter(w, L"*"))
    return STEP_STUCK;
  search = FindFirstFileW(w->path, &found);
  leave(w, before);
  if (search == INVALID_HANDLE_VALUE)
    return STEP_STUCK;
  do {
    const bool folder = (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    if (wcscmp(found.cFileName, L".") == 0 || wcscmp(found.cFileName, L"..") == 0)
      continue;
    if (folder && (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0)
      result = STEP_STUCK;
    else if (folder)
      result = enter(w, found.cFileName) ? STEP_DOWN : STEP_STUCK;
    else if (!remove_file(w, found.cFileName))
      result = STEP_STUCK;
  } while (result == STEP_EMPTY && FindNextFileW(search, &found));
  FindClose(search);
  return result;
}

/* The folder that the walk is in is empty: it goes, and the walk is in the one above. */
static bool step_up(walk *w) {
  if (!RemoveDirectoryW(w->path))
    return false;
  while (w->path[w->length] != L'\\')
    w->length--;
  leave(w, w->length);
  return true;
}

/* Without recursion: what made the folders decided how deep they are. */
bool safe_folder_remove(hcsref_arena *arena, hcsref_str path) {
  const wchar_t *text = long_path(arena, path);
  walk w = {hcsref_arena_array(arena, MAX_UNITS, sizeof(wchar_t)),
            hcsref_arena_array(arena, MAX_UNITS, sizeof(wchar_t)), 0, 0};
  hcsref_str why;
  if (text == NULL || w.path == NULL || w.room == NULL || wcslen(text) >= MAX_UNITS ||
      safe_folder_look(arena, path, &why) != FOLDER_SAFE)
    return false;
  wcscpy(w.path, text);
  w.length = w.top = wcslen(text);
  while (w.length >= w.top) {
    step next = empty_folder(&w);
    if (next == STEP_STUCK || (next == STEP_EMPTY && !step_up(&w)))
      return false;
  }
  return true;
}
