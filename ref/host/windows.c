/* SPDX-License-Identifier: Apache-2.0 */
/* This machine as the pipeline's host. Texts are UTF-8 inside and UTF-16 at the edge; paths may be as long as Windows
 * takes them. Error texts are those of Go's os package, which upstream wraps. */
#include "hcsref/windows.h"

#include "hcsref/path.h"

#include <string.h>
#include <windows.h>

#define LONG_PATH      248u /* from here on a path needs its \\?\ prefix: os.fixLongPath */
#define MAX_FILE       ((DWORD)64 << 20)
#define MAX_PATH_UNITS 32768u

/* The message of a failed question, as Go's PathError prints it. */
static bool fail_path(hcsref_arena *arena, const char *op, hcsref_str path, DWORD error, hcsref_str *message) {
  hcsref_format(arena, message, "%s %v: %v", op, path, hcsref_windows_message(arena, error));
  return false;
}

hcsref_str hcsref_windows_message(hcsref_arena *arena, uint32_t error) {
  wchar_t text[512];
  const DWORD flags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS;
  DWORD length = FormatMessageW(flags, NULL, error, MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US), text, 511, NULL);
  hcsref_str out = {NULL, 0};
  if (length == 0)
    length = FormatMessageW(flags, NULL, error, 0, text, 511, NULL);
  while (length > 0 && (text[length - 1] == L'\r' || text[length - 1] == L'\n'))
    length--;
  text[length] = 0;
  if (length == 0)
    hcsref_format(arena, &out, "winapi error #%u", (uint64_t)error);
  else
    hcsref_from_utf16(arena, (const hcsref_wchar *)text, &out);
  return out;
}

/* A path for the API: an absolute one that is long gets its prefix, with nothing left for Windows to clean. Source: os
 * fixLongPath. Null: out of memory. */
static wchar_t *wide_path(hcsref_arena *arena, hcsref_str path) {
  hcsref_str text = path;
  bool plain = hcsref_path_is_abs(path) && !hcsref_str_has_prefix(path, HCSREF_LIT("\\\\"));
  if (path.len >= LONG_PATH && plain) {
    if (!hcsref_path_clean(arena, path, &text) || !hcsref_format(arena, &text, "\\\\?\\%v", text))
      return NULL;
  }
  return (wchar_t *)hcsref_to_utf16(arena, text);
}

static int32_t processor_count(void *ctx) {
  DWORD count = GetActiveProcessorCount(ALL_PROCESSOR_GROUPS);
  (void)ctx;
  return count < 1 ? 1 : (int32_t)count;
}

uint32_t hcsref_windows_build(void) {
  typedef LONG(WINAPI * get_version)(OSVERSIONINFOW *);
  union {
    FARPROC address;
    get_version call;
  } function;
  OSVERSIONINFOW info;
  memset(&info, 0, sizeof(info));
  info.dwOSVersionInfoSize = sizeof(info);
  function.address = GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "RtlGetVersion");
  return function.address != NULL && function.call(&info) == 0 ? info.dwBuildNumber : 0;
}

static uint32_t os_build(void *ctx) {
  (void)ctx;
  return hcsref_windows_build();
}

/* NameToGuid on a thread of its own; whoever comes last frees it, and a call that never returns keeps it. */
typedef struct name_call {
  const hcsref_wclayer *layers;
  hcsref_arena arena;
  const hcsref_wchar *name;
  hcsref_win_guid guid;
  hcsref_hresult result;
} name_call;

static void run_name_call(void *context) {
  name_call *call = context;
  call->result = call->layers->name_to_guid(call->name, &call->guid);
}

static name_call *new_name_call(const hcsref_windows *w, hcsref_str name) {
  hcsref_arena arena;
  name_call *call;
  hcsref_arena_init(&arena, NULL, 0);
  call = hcsref_arena_alloc(&arena, sizeof(*call));
  if (call == NULL)
    return NULL;
  call->layers = w->api.layers;
  call->name = hcsref_to_utf16(&arena, name);
  call->arena = arena;
  return call;
}

static void free_name_call(name_call *call) {
  hcsref_arena arena = call->arena;
  hcsref_arena_free(&arena);
}

/* What is behind a final separator is the empty name. Source: hcsshim internal/wclayer, LayerID: filepath.Split. */
static bool layer_id(void *ctx, hcsref_arena *arena, hcsref_str folder, hcsref_guid *id, hcsref_str *message) {
  const hcsref_windows *w = ctx;
  const uint32_t limit = w == NULL || w->call_ms == 0 ? 60000 : w->call_ms;
  hcsref_str dir, base;
  name_call *call;
  bool started, ok;
  if (w == NULL || w->api.layers == NULL) {
    *message = HCSREF_LIT("vmcompute.dll is not there");
    return false;
  }
  hcsref_path_split(folder, &dir, &base);
  call = new_name_call(w, base);
  if (call == NULL)
    return false;
  if (call->name == NULL || !hcsref_windows_os.run_limited(run_name_call, call, limit, &started)) {
    if (call->name == NULL || !started)
      free_name_call(call);
    else
      hcsref_format(arena, message, "NameToGuid: no answer within %u ms", (uint64_t)limit);
    return false;
  }
  ok = call->result >= 0;
  if (ok)
    *id = hcsref_guid_from_windows(call->guid);
  else
    hcsref_live_describe(arena, HCSREF_LIT("NameToGuid"), call->result, hcsref_str_from(NULL, 0), message);
  free_name_call(call);
  return ok;
}

/* A handle to look at a file or a folder, whatever a link leads to. */
static HANDLE open_path(const wchar_t *path) {
  return CreateFileW(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                     FILE_FLAG_BACKUP_SEMANTICS, NULL);
}

/* Source: os.IsNotExist, syscall.Errno.Is. */
static bool is_not_exist(DWORD error) {
  return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND || error == ERROR_BAD_NETPATH;
}

/* Source: os.Stat of Go 1.19. */
static hcsref_path_status stat_path(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                    hcsref_str *message) {
  const wchar_t *wide = wide_path(arena, path);
  WIN32_FILE_ATTRIBUTE_DATA data;
  BY_HANDLE_FILE_INFORMATION info;
  HANDLE file;
  DWORD error;
  (void)ctx;
  if (wide == NULL)
    return HCSREF_PATH_FAILED;
  if (GetFileAttributesExW(wide, GetFileExInfoStandard, &data) &&
      (data.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0) {
    if (is_dir != NULL)
      *is_dir = (data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    return HCSREF_PATH_OK;
  }
  file = open_path(wide);
  if (file != INVALID_HANDLE_VALUE && GetFileInformationByHandle(file, &info)) {
    CloseHandle(file);
    if (is_dir != NULL)
      *is_dir = (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    return HCSREF_PATH_OK;
  }
  error = GetLastError();
  if (file != INVALID_HANDLE_VALUE)
    CloseHandle(file);
  fail_path(arena, "CreateFile", path, error, message);
  return is_not_exist(error) ? HCSREF_PATH_NOT_EXIST : HCSREF_PATH_FAILED;
}

/* How many bytes of the path name its volume and the separator behind it: they are not made. */
static size_t root_length(hcsref_str path) {
  size_t length = hcsref_path_volume(path).len;
  while (length < path.len && (path.data[length] == '\\' || path.data[length] == '/'))
    length++;
  return length;
}

/* Source: os.MkdirAll. */
static bool mkdir_all(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  size_t at = root_length(path);
  bool is_dir = false;
  hcsref_str ignored;
  while (at <= path.len) {
    hcsref_str part;
    const wchar_t *wide;
    DWORD error;
    while (at < path.len && path.data[at] != '\\' && path.data[at] != '/')
      at++;
    part = hcsref_str_first(path, at++);
    if (stat_path(ctx, arena, part, &is_dir, &ignored) == HCSREF_PATH_OK) {
      if (!is_dir)
        return fail_path(arena, "mkdir", part, ERROR_PATH_NOT_FOUND, message); /* Go's ENOTDIR */
      continue;
    }
    wide = wide_path(arena, part);
    if (wide == NULL)
      return false;
    if (CreateDirectoryW(wide, NULL))
      continue;
    error = GetLastError();
    if (stat_path(ctx, arena, part, &is_dir, &ignored) != HCSREF_PATH_OK || !is_dir)
      return fail_path(arena, "mkdir", part, error, message);
  }
  return true;
}

/* The final path with one set of flags; its length in units, 0 on failure. */
static DWORD final_path(HANDLE file, wchar_t *buffer, DWORD flags) {
  DWORD length = GetFinalPathNameByHandleW(file, buffer, MAX_PATH_UNITS, flags);
  return length >= MAX_PATH_UNITS ? 0 : length;
}

/* Volume names with GUIDs where there are any; of what is on a network the DOS form, then the plain UNC path. Sources:
 * containerd pkg/os/os_windows.go resolvePath; go-winio pkg/fs/resolve_path_windows.go ResolvePath. */
static DWORD resolve_handle(HANDLE file, wchar_t *buffer, int mode) {
  DWORD kind = mode == HCSREF_RESOLVE_HCS ? FILE_NAME_NORMALIZED : FILE_NAME_OPENED, volume = VOLUME_NAME_GUID;
  DWORD length = 0;
  for (int tries = mode == HCSREF_RESOLVE_HCS ? 4 : 2; tries > 0 && length == 0; tries--) {
    length = final_path(file, buffer, kind | volume);
    if (length > 0)
      break;
    if (GetLastError() == ERROR_PATH_NOT_FOUND && volume == VOLUME_NAME_GUID)
      volume = VOLUME_NAME_DOS;
    else if (GetLastError() == ERROR_ACCESS_DENIED && kind == FILE_NAME_NORMALIZED && mode == HCSREF_RESOLVE_HCS)
      kind = FILE_NAME_OPENED;
    else
      break;
  }
  return length;
}

static bool resolve(void *ctx, hcsref_arena *arena, hcsref_str path, int mode, hcsref_str *target,
                    hcsref_str *message) {
  const wchar_t *wide = wide_path(arena, path);
  wchar_t *buffer = hcsref_arena_array(arena, MAX_PATH_UNITS, sizeof(*buffer));
  hcsref_str unc = HCSREF_LIT("\\\\?\\UNC\\");
  HANDLE file;
  DWORD length;
  (void)ctx;
  if (wide == NULL || buffer == NULL)
    return false;
  file = open_path(wide);
  if (file == INVALID_HANDLE_VALUE)
    return fail_path(arena, "CreateFile", path, GetLastError(), message);
  length = resolve_handle(file, buffer, mode);
  if (length == 0) {
    DWORD error = GetLastError();
    CloseHandle(file);
    return fail_path(arena, "GetFinalPathNameByHandle", path, error, message);
  }
  CloseHandle(file);
  if (!hcsref_from_utf16(arena, (const hcsref_wchar *)buffer, target))
    return false;
  return !hcsref_str_has_prefix(*target, unc) ||
         hcsref_format(arena, target, "\\\\%v", hcsref_str_skip(*target, unc.len));
}

static bool read_file(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *data, hcsref_str *message) {
  const wchar_t *wide = wide_path(arena, path);
  LARGE_INTEGER size;
  HANDLE file;
  char *bytes;
  DWORD got = 0, error = ERROR_FILE_TOO_LARGE;
  bool ok;
  (void)ctx;
  if (wide == NULL)
    return false;
  file = CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL,
                     NULL);
  if (file == INVALID_HANDLE_VALUE)
    return fail_path(arena, "open", path, GetLastError(), message);
  if (!GetFileSizeEx(file, &size)) {
    error = GetLastError();
    size.QuadPart = -1;
  }
  ok = size.QuadPart >= 0 && size.QuadPart <= (LONGLONG)MAX_FILE;
  bytes = ok ? hcsref_arena_alloc(arena, (size_t)size.QuadPart) : NULL;
  if (bytes != NULL && !ReadFile(file, bytes, (DWORD)size.QuadPart, &got, NULL)) {
    error = GetLastError();
    ok = false;
  }
  CloseHandle(file);
  if (!ok)
    return fail_path(arena, "read", path, error, message);
  *data = hcsref_str_from(bytes, got);
  return bytes != NULL;
}

static const hcsref_host_ops windows_ops = {processor_count, os_build,  layer_id, stat_path, mkdir_all,
                                            resolve,         read_file, NULL,     NULL};

hcsref_host hcsref_windows_host(hcsref_windows *w) {
  hcsref_host host;
  host.ops = &windows_ops;
  host.ctx = w;
  return host;
}
