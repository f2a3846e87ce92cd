/* SPDX-License-Identifier: Apache-2.0 */
/* What closes Wine's gaps, in a process of its own, by the calls of the programs that need it. */
#include "wine/hyperv.h"
#include "wine/routes.h"

#include <mswsock.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

HRESULT WINAPI BfSetupFilter(HANDLE job, ULONG flags, LPCWSTR root, LPCWSTR target, LPCWSTR *exceptions, ULONG count);
HRESULT WINAPI BfRemoveMapping(HANDLE job, LPCWSTR root);
HRESULT WINAPI BfGetMappings(ULONG flags, HANDLE job, LPCWSTR root, PSID user, ULONG *size, BYTE *out);

DWORD WINAPI ORCreateHive(void **hive);
DWORD WINAPI ORSaveHive(void *hive, PCWSTR path, DWORD major, DWORD minor);
DWORD WINAPI ORCloseHive(void *hive);
DWORD WINAPI disk_create(void *type, PCWSTR path, DWORD access, void *security, DWORD flags, ULONG provider_flags,
                         void *parameters, OVERLAPPED *overlapped, HANDLE *disk);
DWORD WINAPI disk_open(void *type, PCWSTR path, DWORD access, DWORD flags, void *parameters, HANDLE *disk);
DWORD WINAPI disk_attach(HANDLE disk, void *security, DWORD flags, ULONG provider_flags, void *parameters,
                         OVERLAPPED *overlapped);
DWORD WINAPI disk_detach(HANDLE disk, DWORD flags, ULONG provider_flags);
DWORD WINAPI disk_physical_path(HANDLE disk, ULONG *size, PWSTR path);

static wchar_t folder[MAX_PATH];

static const wchar_t *in_folder(const wchar_t *name) {
  static wchar_t paths[4][MAX_PATH];
  static unsigned next;
  wchar_t *path = paths[next++ % 4];
  _snwprintf(path, MAX_PATH, L"%ls%ls", folder, name);
  return path;
}

static HANDLE open_file_at(const wchar_t *path, DWORD access, DWORD disposition) {
  return CreateFileW(path, access, FILE_SHARE_READ, NULL, disposition, FILE_FLAG_BACKUP_SEMANTICS, NULL);
}

static void put(const wchar_t *path, const char *text) {
  HANDLE file = open_file_at(path, GENERIC_WRITE, CREATE_ALWAYS);
  DWORD done;
  assert_true(file != INVALID_HANDLE_VALUE);
  assert_true(WriteFile(file, text, (DWORD)strlen(text), &done, NULL));
  CloseHandle(file);
}

static const char *get(const wchar_t *path) {
  static char text[100];
  HANDLE file = open_file_at(path, GENERIC_READ, OPEN_EXISTING);
  DWORD got = 0;
  if (file == INVALID_HANDLE_VALUE)
    return "nothing";
  assert_true(ReadFile(file, text, sizeof text - 1, &got, NULL));
  CloseHandle(file);
  text[got] = '\0';
  return text;
}

/* ---- backup streams ---- */

/* A security stream, which is skipped, and the data, in pieces of every size. */
static void a_file_is_written_from_its_streams(void **state) {
  static const char stream[] = "\x03\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\0\0\0\0xy"
                               "\x04\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x02\0\0\0:n!"
                               "\x01\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0hello";
  (void)state;
  for (DWORD piece = 1; piece < sizeof stream; piece++) {
    HANDLE file = open_file_at(in_folder(L"b.txt"), GENERIC_WRITE, CREATE_ALWAYS);
    LPVOID context = NULL;
    DWORD done = 0;
    for (DWORD at = 0; at < sizeof stream - 1; at += piece) {
      DWORD left = (DWORD)sizeof stream - 1 - at, size = left < piece ? left : piece;
      BYTE copy[sizeof stream];
      memcpy(copy, stream + at, size);
      assert_true(BackupWrite(file, copy, size, &done, FALSE, TRUE, &context));
      assert_int_equal(done, size);
    }
    assert_true(BackupWrite(file, NULL, 0, NULL, TRUE, TRUE, &context));
    assert_null(context);
    CloseHandle(file);
    assert_string_equal(get(in_folder(L"b.txt")), "hello");
  }
}

static void a_file_is_read_as_streams(void **state) {
  static const char expected[] = "\x01\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0hello";
  BYTE data[64];
  (void)state;
  put(in_folder(L"b.txt"), "hello");
  for (DWORD piece = 1; piece < sizeof data; piece++) {
    HANDLE file = open_file_at(in_folder(L"b.txt"), GENERIC_READ, OPEN_EXISTING);
    LPVOID context = NULL;
    DWORD got = 1, all = 0;
    while (got > 0 && all < sizeof data - piece) {
      assert_true(BackupRead(file, data + all, piece, &got, FALSE, FALSE, &context));
      all += got;
    }
    assert_int_equal(all, sizeof expected - 1);
    assert_memory_equal(data, expected, sizeof expected - 1);
    assert_true(BackupRead(file, NULL, 0, NULL, TRUE, FALSE, &context));
    CloseHandle(file);
  }
}

static void folders_and_empty_files_have_no_stream(void **state) {
  BYTE data[64];
  (void)state;
  put(in_folder(L"empty"), "");
  for (unsigned i = 0; i < 2; i++) {
    HANDLE file = open_file_at(i == 0 ? folder : in_folder(L"empty"), GENERIC_READ, OPEN_EXISTING);
    LPVOID context = NULL;
    DWORD got = 1;
    assert_true(BackupRead(file, data, sizeof data, &got, FALSE, FALSE, &context));
    assert_int_equal(got, 0);
    assert_true(BackupRead(file, NULL, 0, &got, TRUE, FALSE, &context));
    CloseHandle(file);
  }
}

/* ---- names ---- */

#define VOLUME L"\\\\?\\Volume{12345678-1234-5678-9abc-0123456789ab}"

static void a_volume_leads_to_its_folder(void **state) {
  WIN32_FIND_DATAW found;
  HANDLE search;
  (void)state;
  assert_true(CreateDirectoryW(in_folder(L"layer"), NULL));
  put(in_folder(L"layer\\a.txt"), "in the layer");
  assert_string_equal(get(VOLUME L"\\a.txt"), "nothing");
  assert_true(route_put(VOLUME, in_folder(L"layer")));
  assert_string_equal(get(VOLUME L"\\a.txt"), "in the layer");
  assert_string_equal(get(L"\\\\?\\volume{12345678-1234-5678-9ABC-0123456789AB}\\a.txt"), "in the layer");
  assert_true((GetFileAttributesW(VOLUME L"\\") & FILE_ATTRIBUTE_DIRECTORY) != 0);
  search = FindFirstFileW(VOLUME L"\\*.txt", &found);
  assert_true(search != INVALID_HANDLE_VALUE);
  FindClose(search);
  put(VOLUME L"\\new.txt", "new");
  assert_string_equal(get(in_folder(L"layer\\new.txt")), "new");
  assert_true(DeleteFileW(VOLUME L"\\new.txt"));
  assert_string_equal(get(in_folder(L"layer\\new.txt")), "nothing");
  assert_true(route_remove(VOLUME));
  assert_false(route_remove(VOLUME));
  assert_string_equal(get(VOLUME L"\\a.txt"), "nothing");
}

/* As os.Rename and os.Link do it, which containerd's differ and snapshotter use. */
static void a_file_gets_a_new_name_in_a_volume(void **state) {
  (void)state;
  CreateDirectoryW(in_folder(L"layer"), NULL);
  assert_true(route_put(VOLUME, in_folder(L"layer")));
  put(VOLUME L"\\old.txt", "renamed");
  assert_true(MoveFileExW(VOLUME L"\\old.txt", VOLUME L"\\renamed.txt", MOVEFILE_REPLACE_EXISTING));
  assert_string_equal(get(in_folder(L"layer\\renamed.txt")), "renamed");
  assert_string_equal(get(in_folder(L"layer\\old.txt")), "nothing");
  assert_true(CreateHardLinkW(VOLUME L"\\link.txt", VOLUME L"\\renamed.txt", NULL));
  assert_string_equal(get(in_folder(L"layer\\link.txt")), "renamed");
  put(in_folder(L"outside.txt"), "from outside");
  assert_true(MoveFileExW(in_folder(L"outside.txt"), VOLUME L"\\link.txt", MOVEFILE_REPLACE_EXISTING));
  assert_string_equal(get(in_folder(L"layer\\link.txt")), "from outside");
  assert_false(MoveFileExW(VOLUME L"\\link.txt", VOLUME L"\\renamed.txt", 0));
  assert_true(route_remove(VOLUME));
}

static void wine_s_own_volumes_can_be_opened(void **state) {
  wchar_t path[MAX_PATH];
  (void)state;
  put(in_folder(L"own.txt"), "own");
  assert_int_equal(towupper(folder[0]), L'C');
  _snwprintf(path, MAX_PATH, L"\\\\?\\Volume{00000000-0000-0000-0000-000000000043}%ls", in_folder(L"own.txt") + 2);
  assert_string_equal(get(path), "own");
}

static void a_folder_is_bound(void **state) {
  BYTE mappings[64];
  ULONG size = sizeof mappings;
  (void)state;
  assert_true(CreateDirectoryW(in_folder(L"target"), NULL));
  put(in_folder(L"target\\t.txt"), "bound");
  assert_int_equal(BfSetupFilter(NULL, 0x40, in_folder(L"root"), in_folder(L"target\\"), NULL, 0), S_OK);
  assert_string_equal(get(in_folder(L"root\\t.txt")), "bound");
  assert_string_equal(get(in_folder(L"rootless\\t.txt")), "nothing");
  assert_int_equal(BfGetMappings(1, NULL, folder, NULL, &size, mappings), S_OK);
  assert_int_equal(BfRemoveMapping(NULL, in_folder(L"root")), S_OK);
  assert_int_equal((uint32_t)BfRemoveMapping(NULL, in_folder(L"root")), 0x80070490u);
  assert_string_equal(get(in_folder(L"root\\t.txt")), "nothing");
}

/* Nothing can be changed by way of `name`, which shows t.txt; what is changed there by another name is seen. */
static void assert_read_only(const wchar_t *name) {
  wchar_t path[MAX_PATH], other[MAX_PATH];
  HANDLE file;
  _snwprintf(path, MAX_PATH, L"%ls\\t.txt", name);
  _snwprintf(other, MAX_PATH, L"%ls\\new.txt", name);
  assert_string_equal(get(path), "as it was");
  assert_true(open_file_at(path, GENERIC_WRITE, OPEN_EXISTING) == INVALID_HANDLE_VALUE);
  assert_int_equal(GetLastError(), ERROR_ACCESS_DENIED);
  assert_true(open_file_at(other, GENERIC_READ, CREATE_NEW) == INVALID_HANDLE_VALUE);
  assert_int_equal(GetLastError(), ERROR_ACCESS_DENIED);
  assert_true(open_file_at(other, GENERIC_READ, OPEN_ALWAYS) == INVALID_HANDLE_VALUE);
  assert_int_equal(GetLastError(), ERROR_ACCESS_DENIED);
  file = open_file_at(path, GENERIC_READ, OPEN_ALWAYS);
  assert_true(file != INVALID_HANDLE_VALUE);
  CloseHandle(file);
  assert_false(DeleteFileW(path));
  assert_false(CreateDirectoryW(other, NULL));
  assert_false(MoveFileW(path, in_folder(L"moved.txt")));
  put(in_folder(L"moving.txt"), "moving");
  assert_false(MoveFileW(in_folder(L"moving.txt"), other));
  assert_int_equal(GetLastError(), ERROR_ACCESS_DENIED);
  assert_false(CreateHardLinkW(other, in_folder(L"moving.txt"), NULL));
  assert_string_equal(get(in_folder(L"moving.txt")), "moving");
  assert_string_equal(get(path), "as it was");
}

static void a_folder_is_bound_for_reading(void **state) {
  (void)state;
  CreateDirectoryW(in_folder(L"target"), NULL);
  put(in_folder(L"target\\t.txt"), "as it was");
  assert_int_equal(BfSetupFilter(NULL, 0x41, in_folder(L"root"), in_folder(L"target"), NULL, 0), S_OK);
  assert_read_only(in_folder(L"root"));
  assert_int_equal(BfSetupFilter(NULL, 0x40, in_folder(L"root"), in_folder(L"target"), NULL, 0), S_OK);
  put(in_folder(L"root\\t.txt"), "changed");
  assert_string_equal(get(in_folder(L"target\\t.txt")), "changed");
  assert_int_equal(BfRemoveMapping(NULL, in_folder(L"root")), S_OK);
}

static void what_is_bound_to_a_volume_goes_with_it(void **state) {
  (void)state;
  CreateDirectoryW(in_folder(L"target"), NULL);
  put(in_folder(L"target\\t.txt"), "bound");
  assert_true(route_put(VOLUME, in_folder(L"target")));
  assert_int_equal(BfSetupFilter(NULL, 0, in_folder(L"hpc"), VOLUME L"\\", NULL, 0), S_OK);
  assert_string_equal(get(in_folder(L"hpc\\t.txt")), "bound");
  assert_true(route_remove(VOLUME));
  assert_int_equal((uint32_t)BfRemoveMapping(NULL, in_folder(L"hpc")), 0x80070490u);
  assert_true(CreateDirectoryW(in_folder(L"hpc"), NULL));
}

static void a_process_sees_what_its_container_maps(void **state) {
  wchar_t text[1500];
  (void)state;
  CreateDirectoryW(in_folder(L"host"), NULL);
  CreateDirectoryW(in_folder(L"log"), NULL);
  put(in_folder(L"host\\t.txt"), "as it was");
  _snwprintf(text, 1500, L"Y:\\data|%ls|r|Y:\\data\\log|%ls\\|w|Y:\\|%ls|w|Y:\\nothing", in_folder(L"host"),
             in_folder(L"log"), in_folder(L"host"));
  assert_string_equal(get(L"Y:\\data\\t.txt"), "nothing");
  SetEnvironmentVariableW(L"HCSSIM_MAPPED", text);
  view_read();
  assert_read_only(L"Y:\\data");
  assert_read_only(in_folder(L"host"));
  assert_string_equal(get(L"Y:\\database\\t.txt"), "nothing");
  put(L"Y:\\data\\log\\a.txt", "a");
  assert_string_equal(get(in_folder(L"log\\a.txt")), "a");
  SetEnvironmentVariableW(L"HCSSIM_MAPPED", NULL);
  view_read();
  assert_string_equal(get(L"Y:\\data\\t.txt"), "nothing");
}

static void a_volume_is_mounted_in_a_folder(void **state) {
  (void)state;
  CreateDirectoryW(in_folder(L"layer"), NULL);
  CreateDirectoryW(in_folder(L"mount"), NULL);
  put(in_folder(L"layer\\a.txt"), "in the layer");
  assert_true(route_put(VOLUME, in_folder(L"layer")));
  assert_true(SetVolumeMountPointW(in_folder(L"mount\\"), VOLUME L"\\"));
  assert_string_equal(get(in_folder(L"mount\\a.txt")), "in the layer");
  assert_true(DeleteVolumeMountPointW(in_folder(L"mount\\")));
  assert_false(DeleteVolumeMountPointW(in_folder(L"mount\\")));
  assert_int_equal(GetLastError(), ERROR_NOT_A_REPARSE_POINT);
  assert_string_equal(get(in_folder(L"mount\\a.txt")), "nothing");
  route_remove(VOLUME);
}

/* dockerd's expansion of a scratch: the volume as a device has the disk's file behind it, and no room to grow. */
static void a_volume_is_a_device_too(void **state) {
  LONGLONG length = 0;
  ULARGE_INTEGER all;
  DWORD got;
  HANDLE device;
  (void)state;
  CreateDirectoryW(in_folder(L"scratch"), NULL);
  CreateDirectoryW(in_folder(L"scratch\\Volume"), NULL);
  put(in_folder(L"scratch\\sandbox.vhdx"), "disk");
  assert_true(route_put(VOLUME, in_folder(L"scratch\\Volume")));
  device = CreateFileW(VOLUME, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0,
                       NULL);
  assert_true(device != INVALID_HANDLE_VALUE);
  assert_true(DeviceIoControl(device, 0x7405C, NULL, 0, &length, sizeof length, &got, NULL));
  assert_int_equal(got, sizeof length);
  assert_true(GetDiskFreeSpaceExW(VOLUME L"\\", NULL, &all, NULL));
  assert_true(length > 0 && (ULONGLONG)length <= all.QuadPart);
  assert_false(DeviceIoControl(device, 0x7405C, NULL, 0, &length, 4, &got, NULL));
  CloseHandle(device);
  route_remove(VOLUME);
}

/* ---- what else Wine does not have ---- */

static void jobs_take_the_classes_of_silos(void **state) {
  HANDLE job = CreateJobObjectW(NULL, NULL);
  DWORD flags[4] = {1, 0, 0, 0};
  (void)state;
  assert_true(SetInformationJobObject(job, (JOBOBJECTINFOCLASS)42, flags, sizeof flags));
  assert_true(SetInformationJobObject(job, (JOBOBJECTINFOCLASS)35, NULL, 0));
  assert_false(SetInformationJobObject(job, (JOBOBJECTINFOCLASS)1000, flags, sizeof flags));
  CloseHandle(job);
}

typedef NTSTATUS(NTAPI *query_process)(HANDLE, int, PVOID, ULONG, PULONG);

/* The four questions of a HostProcess container's statistics. */
static void a_job_says_what_it_uses(void **state) {
  union {
    FARPROC found;
    query_process call;
  } query = {GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQueryInformationProcess")};
  HANDLE job = CreateJobObjectW(NULL, NULL), other = CreateJobObjectW(NULL, NULL), limited;
  BOOL inside = FALSE;
  PROCESS_INFORMATION process;
  STARTUPINFOW start;
  wchar_t line[] = L"cmd /c exit 0";
  ULONGLONG usage[2] = {0, 0}, attribution[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9}, counters[14] = {0};
  JOBOBJECT_BASIC_ACCOUNTING_INFORMATION accounting;
  (void)state;
  memset(&start, 0, sizeof start);
  start.cb = sizeof start;
  assert_true(CreateProcessW(NULL, line, NULL, NULL, FALSE, CREATE_SUSPENDED, NULL, NULL, &start, &process));
  assert_true(AssignProcessToJobObject(job, process.hProcess));
  assert_true(QueryInformationJobObject(job, (JOBOBJECTINFOCLASS)28, usage, sizeof usage, NULL));
  assert_true(usage[0] > 0 && usage[1] >= usage[0]);
  assert_false(QueryInformationJobObject(job, (JOBOBJECTINFOCLASS)28, usage, sizeof usage[0], NULL));
  assert_true(
      QueryInformationJobObject(job, JobObjectBasicAccountingInformation, &accounting, sizeof accounting, NULL));
  assert_true(QueryInformationJobObject(job, (JOBOBJECTINFOCLASS)42, attribution, sizeof attribution, NULL));
  assert_int_equal(attribution[0], 1);
  assert_int_equal(attribution[8], 0);
  assert_int_equal(query.call(process.hProcess, 3, counters, sizeof counters, NULL), 0);
  assert_true(counters[12] > 0);
  assert_true(query.call(process.hProcess, 3, counters, 7, NULL) < 0);
  limited = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process.dwProcessId);
  assert_non_null(limited);
  assert_true(IsProcessInJob(limited, job, &inside) && inside);
  assert_int_equal(query.call(limited, 3, counters, sizeof counters, NULL), 0);
  assert_true(IsProcessInJob(limited, other, &inside) && !inside);
  CloseHandle(limited);
  CloseHandle(other);
  assert_true(TerminateJobObject(job, 0));
  CloseHandle(process.hThread);
  CloseHandle(process.hProcess);
  CloseHandle(job);
}

static void a_thread_has_a_compartment(void **state) {
  HMODULE module = LoadLibraryW(L"iphlpapi.dll");
  union {
    FARPROC found;
    DWORD(WINAPI *set)(DWORD);
    DWORD(WINAPI *get)(void);
  } setting = {GetProcAddress(module, "SetCurrentThreadCompartmentId")},
    getting = {GetProcAddress(module, "GetCurrentThreadCompartmentId")};
  (void)state;
  assert_non_null(setting.found);
  assert_int_equal(setting.set(1), NO_ERROR);
  assert_int_equal(getting.get(), 1);
  assert_non_null(GetProcAddress(module, "GetIfTable"));
  assert_null(GetProcAddress(module, "NoSuchFunction"));
  assert_int_equal(GetLastError(), ERROR_PROC_NOT_FOUND);
  assert_null(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "SetCurrentThreadCompartmentId"));
  assert_null(GetProcAddress(module, (const char *)(ULONG_PTR)60000));
  assert_null(GetProcAddress(NULL, "no such export"));
}

/* hcsshim's HostProcess containers: no name is a group's, and a user's token is one that a process can be made with. */
static void the_user_of_a_container_logs_on(void **state) {
  HMODULE net = LoadLibraryW(L"netapi32.dll"), security = LoadLibraryW(L"advapi32.dll");
  union {
    FARPROC found;
    DWORD(WINAPI *group)(LPCWSTR, LPCWSTR, DWORD, LPBYTE *);
    BOOL(WINAPI *log_on)(LPCWSTR, LPCWSTR, LPCWSTR, DWORD, DWORD, PHANDLE);
  } group = {GetProcAddress(net, "NetLocalGroupGetInfo")}, log_on = {GetProcAddress(security, "LogonUserW")};
  LPBYTE info = NULL;
  HANDLE token = NULL;
  TOKEN_TYPE type;
  DWORD size;
  (void)state;
  assert_int_equal(group.group(L"", L"NT AUTHORITY\\SYSTEM", 1, &info), 2220);
  assert_int_equal(group.group(L"", L"Administrators", 1, &info), NO_ERROR);
  assert_true(log_on.log_on(L"SYSTEM", L"NT AUTHORITY", NULL, 5, 0, &token));
  assert_true(GetTokenInformation(token, TokenType, &type, sizeof type, &size));
  assert_int_equal(type, TokenPrimary);
  CloseHandle(token);
}

static void disks_are_files(void **state) {
  wchar_t path[32];
  ULONG size = sizeof path;
  HANDLE disk = NULL;
  (void)state;
  assert_int_equal(disk_create(NULL, in_folder(L"d.vhdx"), 0, NULL, 0, 0, NULL, NULL, &disk), ERROR_SUCCESS);
  CloseHandle(disk);
  assert_int_equal(disk_create(NULL, in_folder(L"d.vhdx"), 0, NULL, 0, 0, NULL, NULL, &disk), ERROR_FILE_EXISTS);
  assert_int_equal(disk_open(NULL, in_folder(L"none.vhdx"), 0, 0, NULL, &disk), ERROR_FILE_NOT_FOUND);
  assert_int_equal(disk_open(NULL, NULL, 0, 0, NULL, &disk), ERROR_INVALID_PARAMETER);
  assert_int_equal(disk_open(NULL, in_folder(L"d.vhdx"), 0, 0, NULL, &disk), ERROR_SUCCESS);
  assert_int_equal(disk_attach(disk, NULL, 0, 0, NULL, NULL), ERROR_SUCCESS);
  assert_int_equal(disk_physical_path(disk, &size, path), ERROR_SUCCESS);
  size = 2;
  assert_int_equal(disk_physical_path(disk, &size, path), ERROR_INSUFFICIENT_BUFFER);
  assert_int_equal(disk_physical_path(disk, NULL, path), ERROR_INVALID_PARAMETER);
  assert_int_equal(disk_detach(disk, 0, 0), ERROR_SUCCESS);
  CloseHandle(disk);
  assert_int_equal(disk_attach(NULL, NULL, 0, 0, NULL, NULL), ERROR_INVALID_HANDLE);
}

static void hives_are_files(void **state) {
  void *hive = NULL;
  (void)state;
  assert_int_equal(ORCreateHive(NULL), ERROR_INVALID_PARAMETER);
  assert_int_equal(ORCreateHive(&hive), ERROR_SUCCESS);
  assert_int_equal(ORSaveHive(hive, in_folder(L"SAM"), 10, 0), ERROR_SUCCESS);
  assert_int_equal(ORSaveHive(hive, in_folder(L"SAM"), 10, 0), ERROR_FILE_EXISTS);
  assert_int_equal(ORSaveHive(NULL, in_folder(L"SYSTEM"), 10, 0), ERROR_INVALID_PARAMETER);
  assert_int_equal(ORCloseHive(hive), ERROR_SUCCESS);
}

static void the_table_has_an_end(void **state) {
  BOOL read_only = FALSE;
  wchar_t name[80], long_name[ROUTE_UNITS + 1], out[64];
  unsigned put_count = 0;
  (void)state;
  for (unsigned i = 0; i < ROUTE_UNITS; i++)
    long_name[i] = L'x';
  long_name[ROUTE_UNITS] = 0;
  assert_false(route_put(long_name, folder));
  assert_false(route_put(folder, long_name));
  assert_false(route_put(L"\\", folder));
  for (unsigned i = 0; i <= ROUTE_MOST; i++) {
    _snwprintf(name, 80, L"Z:\\route-%u", i);
    put_count += (unsigned)route_put(name, folder);
  }
  assert_true(put_count <= ROUTE_MOST && put_count > 0);
  assert_int_equal(route_follow(L"Z:\\route-1\\a", 12, out, 3, &read_only), 0);
  for (unsigned i = 0; i <= ROUTE_MOST; i++) {
    _snwprintf(name, 80, L"Z:\\route-%u", i);
    route_remove(name);
  }
  /* a full table gives the place of one whose target is gone */
  for (unsigned i = 0; i < ROUTE_MOST; i++) {
    _snwprintf(name, 80, L"Z:\\route-%u", i);
    route_put(name, L"Z:\\no such folder");
  }
  assert_true(route_put(L"Z:\\one more", folder));
  assert_true(route_remove(L"Z:\\one more"));
  for (unsigned i = 0; i < ROUTE_MOST; i++) {
    _snwprintf(name, 80, L"Z:\\route-%u", i);
    route_remove(name);
  }
}

/* ---- Hyper-V sockets ---- */

static const GUID some_vm = {0x11111111, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}}, some_system = {0x22222222, 1, 2, {3}};

static FARPROC winsock(const char *name) {
  return GetProcAddress(GetModuleHandleW(L"ws2_32.dll"), name);
}

typedef union socket_function {
  FARPROC any;
  int(WSAAPI *listen)(SOCKET, int);
  int(WSAAPI *connect)(SOCKET, const struct sockaddr *, int);
  int(WSAAPI *control)(SOCKET, DWORD, LPVOID, DWORD, LPVOID, DWORD, LPDWORD, LPWSAOVERLAPPED,
                       LPWSAOVERLAPPED_COMPLETION_ROUTINE);
} socket_function;

static hyperv_address service_of(const GUID *vm, unsigned service) {
  hyperv_address address = {HYPERV_FAMILY, 0, *vm, {service, 0xFACB, 0x11E6, {0xBD}}};
  return address;
}

static SOCKET bound_socket(hyperv_address address) {
  SOCKET made = socket(HYPERV_FAMILY, SOCK_STREAM, 1);
  assert_true(made != INVALID_SOCKET);
  assert_int_equal(bind(made, (const struct sockaddr *)&address, sizeof address), 0);
  return made;
}

static SOCKET listener_of(const GUID *vm, unsigned service) {
  const socket_function function = {winsock("listen")};
  SOCKET made = bound_socket(service_of(vm, service));
  assert_int_equal(function.listen(made, 4), 0);
  return made;
}

/* Both ways of dialling: 0 when somebody listens. */
static int dial(const GUID *vm, unsigned service) {
  const socket_function function = {winsock("connect")};
  hyperv_address address = service_of(vm, service);
  SOCKET made = socket(HYPERV_FAMILY, SOCK_STREAM, 1);
  int error = function.connect(made, (const struct sockaddr *)&address, sizeof address) == 0 ? 0 : WSAGetLastError();
  closesocket(made);
  return error;
}

/* go-winio binds to the address that it dials. */
static int dial_overlapped(const GUID *vm, unsigned service) {
  const socket_function function = {winsock("WSAIoctl")};
  GUID wanted = WSAID_CONNECTEX;
  LPFN_CONNECTEX connect_ex = NULL;
  hyperv_address address = service_of(vm, service);
  SOCKET made = bound_socket(address);
  OVERLAPPED overlapped = {.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
  DWORD got = 0, flags = 0;
  int error = 0;
  assert_int_equal(function.control(made, SIO_GET_EXTENSION_FUNCTION_POINTER, &wanted, sizeof wanted, &connect_ex,
                                    sizeof connect_ex, &got, NULL, NULL),
                   0);
  if (!connect_ex(made, (const struct sockaddr *)&address, sizeof address, NULL, 0, &got, &overlapped))
    error = WSAGetLastError();
  if (error == ERROR_IO_PENDING)
    error = WSAGetOverlappedResult(made, &overlapped, &got, TRUE, &flags) ? 0 : WSAGetLastError();
  closesocket(made);
  CloseHandle(overlapped.hEvent);
  return error;
}

static void a_service_is_dialled(void **state) {
  SOCKET one = listener_of(&some_vm, 1), any = listener_of(&(GUID){0}, 2);
  (void)state;
  assert_int_equal(dial(&some_vm, 1), 0);
  assert_int_equal(dial_overlapped(&some_vm, 1), 0);
  assert_int_equal(dial_overlapped(&some_vm, 2), 0); /* it takes any */
  assert_int_equal(dial(&some_vm, 3), WSAECONNREFUSED);
  assert_int_equal(dial_overlapped(&some_vm, 3), WSAECONNREFUSED);
  assert_int_equal(dial_overlapped(&some_system, 1), WSAECONNREFUSED);
  closesocket(one);
  closesocket(any);
}

/* As hcsshim's internal/hvsocket does it. */
static HANDLE address_of(DWORD disposition) {
  return CreateFileW(L"\\\\.\\HvSocketSystem\\AddressInfo\\{22222222-0001-0002-0300-000000000000}",
                     GENERIC_READ | GENERIC_WRITE, 0, NULL, disposition, 0, NULL);
}

static void a_container_is_an_address_in_its_machine(void **state) {
  struct {
    GUID system, machine, silo;
    DWORD flags;
  } info = {some_system, some_vm, {0}, 1};
  SOCKET one = listener_of(&some_vm, 1);
  HANDLE entry = address_of(CREATE_NEW);
  DWORD got = 0;
  (void)state;
  assert_true(entry != INVALID_HANDLE_VALUE);
  assert_true(address_of(CREATE_NEW) == INVALID_HANDLE_VALUE);
  assert_false(DeviceIoControl(entry, 0x21C004, &info, sizeof info - 1, NULL, 0, &got, NULL));
  assert_int_equal(dial(&some_system, 1), WSAECONNREFUSED);
  assert_true(DeviceIoControl(entry, 0x21C004, &info, sizeof info, NULL, 0, &got, NULL));
  assert_int_equal(dial(&some_system, 1), 0);
  CloseHandle(entry);
  assert_int_equal(dial(&some_system, 1), WSAECONNREFUSED);
  assert_true(address_of(OPEN_EXISTING) == INVALID_HANDLE_VALUE);
  closesocket(one);
}

static int set_up(void **state) {
  WSADATA data;
  wchar_t root[MAX_PATH];
  (void)state;
  gap_backup_streams();
  gap_file_names();
  gap_file_disposition();
  gap_mount_points();
  gap_silo_jobs();
  gap_job_statistics();
  gap_exports();
  gap_device_control();
  assert_true(GetTempPathW(MAX_PATH, root) > 0);
  _snwprintf(folder, MAX_PATH, L"%lshcssim-gaps-%lu\\", root, GetCurrentProcessId());
  assert_true(SetEnvironmentVariableW(L"HCSSIM_STATE", folder));
  gap_hyperv_sockets();
  return WSAStartup(MAKEWORD(2, 2), &data) == 0 && CreateDirectoryW(folder, NULL) ? 0 : -1;
}

static void remove_tree(const wchar_t *path) {
  wchar_t name[2 * MAX_PATH];
  WIN32_FIND_DATAW found;
  HANDLE search;
  _snwprintf(name, 2 * MAX_PATH, L"%ls\\*", path);
  search = FindFirstFileW(name, &found);
  if (search == INVALID_HANDLE_VALUE)
    return;
  do {
    _snwprintf(name, 2 * MAX_PATH, L"%ls\\%ls", path, found.cFileName);
    if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
      DeleteFileW(name);
    else if (found.cFileName[0] != L'.')
      remove_tree(name);
  } while (FindNextFileW(search, &found));
  FindClose(search);
  RemoveDirectoryW(path);
}

static int tear_down(void **state) {
  (void)state;
  remove_tree(folder);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_file_is_written_from_its_streams),
      cmocka_unit_test(a_file_is_read_as_streams),
      cmocka_unit_test(folders_and_empty_files_have_no_stream),
      cmocka_unit_test(a_volume_leads_to_its_folder),
      cmocka_unit_test(a_file_gets_a_new_name_in_a_volume),
      cmocka_unit_test(wine_s_own_volumes_can_be_opened),
      cmocka_unit_test(a_folder_is_bound),
      cmocka_unit_test(a_folder_is_bound_for_reading),
      cmocka_unit_test(what_is_bound_to_a_volume_goes_with_it),
      cmocka_unit_test(a_volume_is_mounted_in_a_folder),
      cmocka_unit_test(a_volume_is_a_device_too),
      cmocka_unit_test(jobs_take_the_classes_of_silos),
      cmocka_unit_test(a_job_says_what_it_uses),
      cmocka_unit_test(a_thread_has_a_compartment),
      cmocka_unit_test(the_user_of_a_container_logs_on),
      cmocka_unit_test(disks_are_files),
      cmocka_unit_test(hives_are_files),
      cmocka_unit_test(a_service_is_dialled),
      cmocka_unit_test(a_container_is_an_address_in_its_machine),
      cmocka_unit_test(the_table_has_an_end),
      cmocka_unit_test(a_process_sees_what_its_container_maps),
  };
  if (!gap_is_wine()) {
    puts("skipped: this is not Wine, which alone has the gaps");
    return 0;
  }
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
