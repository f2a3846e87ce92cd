/* SPDX-License-Identifier: Apache-2.0 */
/* What closes Wine's other gaps, in a process of its own, by the calls of the programs that need it. */
#include "scene.h"
#include "wine/hyperv.h"

#include <mswsock.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

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
  assert_int_equal(disk_create(NULL, scene_path(L"d.vhdx"), 0, NULL, 0, 0, NULL, NULL, &disk), ERROR_SUCCESS);
  CloseHandle(disk);
  assert_int_equal(disk_create(NULL, scene_path(L"d.vhdx"), 0, NULL, 0, 0, NULL, NULL, &disk), ERROR_FILE_EXISTS);
  assert_int_equal(disk_open(NULL, scene_path(L"none.vhdx"), 0, 0, NULL, &disk), ERROR_FILE_NOT_FOUND);
  assert_int_equal(disk_open(NULL, NULL, 0, 0, NULL, &disk), ERROR_INVALID_PARAMETER);
  assert_int_equal(disk_open(NULL, scene_path(L"d.vhdx"), 0, 0, NULL, &disk), ERROR_SUCCESS);
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
  assert_int_equal(ORSaveHive(hive, scene_path(L"SAM"), 10, 0), ERROR_SUCCESS);
  assert_int_equal(ORSaveHive(hive, scene_path(L"SAM"), 10, 0), ERROR_FILE_EXISTS);
  assert_int_equal(ORSaveHive(NULL, scene_path(L"SYSTEM"), 10, 0), ERROR_INVALID_PARAMETER);
  assert_int_equal(ORCloseHive(hive), ERROR_SUCCESS);
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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(jobs_take_the_classes_of_silos),
      cmocka_unit_test(a_job_says_what_it_uses),
      cmocka_unit_test(a_thread_has_a_compartment),
      cmocka_unit_test(the_user_of_a_container_logs_on),
      cmocka_unit_test(disks_are_files),
      cmocka_unit_test(hives_are_files),
      cmocka_unit_test(a_service_is_dialled),
      cmocka_unit_test(a_container_is_an_address_in_its_machine),
  };
  return scene_run(tests, sizeof tests / sizeof tests[0]);
}
