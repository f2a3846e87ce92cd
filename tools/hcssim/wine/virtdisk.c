/* SPDX-License-Identifier: Apache-2.0 */
/* virtdisk.dll for Wine prefixes, whose own has no function that works. Sources of the calls: go-winio vhd/vhd.go and
 * hcsshim internal/wclayer/expandscratchsize.go: dockerd opens the disk of every scratch. A disk is its file; attaching
 * it changes nothing. */
#include <string.h>
#include <windows.h>

/* virtdisk.def gives them their names: windows.h declares those as imported. What is not looked at is a plain pointer.
 */
DWORD WINAPI disk_create(void *type, PCWSTR path, DWORD access, void *security, DWORD flags, ULONG provider_flags,
                         void *parameters, OVERLAPPED *overlapped, HANDLE *disk);
DWORD WINAPI disk_open(void *type, PCWSTR path, DWORD access, DWORD flags, void *parameters, HANDLE *disk);
DWORD WINAPI disk_attach(HANDLE disk, void *security, DWORD flags, ULONG provider_flags, void *parameters,
                         OVERLAPPED *overlapped);
DWORD WINAPI disk_detach(HANDLE disk, DWORD flags, ULONG provider_flags);
DWORD WINAPI disk_physical_path(HANDLE disk, ULONG *size, PWSTR path);

static DWORD open_disk(PCWSTR path, DWORD access, DWORD disposition, HANDLE *disk) {
  if (path == NULL || disk == NULL)
    return ERROR_INVALID_PARAMETER;
  *disk = CreateFileW(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, disposition, 0, NULL);
  return *disk == INVALID_HANDLE_VALUE ? GetLastError() : ERROR_SUCCESS;
}

DWORD WINAPI disk_create(void *type, PCWSTR path, DWORD access, void *security, DWORD flags, ULONG provider_flags,
                         void *parameters, OVERLAPPED *overlapped, HANDLE *disk) {
  (void)type;
  (void)access;
  (void)security;
  (void)flags;
  (void)provider_flags;
  (void)parameters;
  (void)overlapped;
  return open_disk(path, GENERIC_READ | GENERIC_WRITE, CREATE_NEW, disk);
}

DWORD WINAPI disk_open(void *type, PCWSTR path, DWORD access, DWORD flags, void *parameters, HANDLE *disk) {
  (void)type;
  (void)access;
  (void)flags;
  (void)parameters;
  return open_disk(path, GENERIC_READ, OPEN_EXISTING, disk);
}

static DWORD check_disk(HANDLE disk) {
  return GetFileType(disk) == FILE_TYPE_DISK ? ERROR_SUCCESS : ERROR_INVALID_HANDLE;
}

DWORD WINAPI disk_attach(HANDLE disk, void *security, DWORD flags, ULONG provider_flags, void *parameters,
                         OVERLAPPED *overlapped) {
  (void)security;
  (void)flags;
  (void)provider_flags;
  (void)parameters;
  (void)overlapped;
  return check_disk(disk);
}

DWORD WINAPI disk_detach(HANDLE disk, DWORD flags, ULONG provider_flags) {
  (void)flags;
  (void)provider_flags;
  return check_disk(disk);
}

/* One name for all: nobody opens it. */
DWORD WINAPI disk_physical_path(HANDLE disk, ULONG *size, PWSTR path) {
  static const wchar_t name[] = L"\\\\.\\PhysicalDrive1";
  DWORD error = check_disk(disk);
  if (error != ERROR_SUCCESS || size == NULL)
    return error != ERROR_SUCCESS ? error : ERROR_INVALID_PARAMETER;
  if (path == NULL || *size < sizeof name) {
    *size = sizeof name;
    return ERROR_INSUFFICIENT_BUFFER;
  }
  memcpy(path, name, sizeof name);
  *size = sizeof name;
  return ERROR_SUCCESS;
}
