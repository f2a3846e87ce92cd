/* SPDX-License-Identifier: Apache-2.0 */
/* Source of the calls: hcsshim internal/hvsocket, which since 0.13 tells the driver for each container in a VM that the
 * GUID of its system is an address in that VM. The device \\.\HvSocketSystem\AddressInfo\{GUID} becomes a file in the
 * folder of the sockets, which goes with its handle, as the driver's entry does. */
#include <winsock2.h>

#include "wine/hyperv.h"
#include "wine/hyperv_systems.h"

#include <string.h>

#define UPDATE_ADDRESS_INFO 0x0021C004u

typedef struct address_info {
  GUID system, machine, silo;
  DWORD flags;
} address_info;

static const wchar_t device[] = L"HvSocketSystem\\AddressInfo\\{";
#define DEVICE_UNITS (sizeof device / sizeof *device - 1)
#define GUID_UNITS   36u

size_t hyperv_system_path(const wchar_t *path, size_t length, wchar_t *out, size_t room) {
  wchar_t folder[HYPERV_PATH], guid[GUID_UNITS + 1] = L"";
  if (length != DEVICE_UNITS + GUID_UNITS + 1 || _wcsnicmp(path, device, DEVICE_UNITS) != 0 || path[length - 1] != L'}')
    return 0;
  memcpy(guid, path + DEVICE_UNITS, GUID_UNITS * sizeof *guid);
  for (size_t i = 0; i < GUID_UNITS; i++)
    if (guid[i] >= L'A' && guid[i] <= L'F')
      guid[i] = (wchar_t)(guid[i] + 32);
  hyperv_folder(folder);
  if (folder[0] == L'\0' || wcslen(folder) + HYPERV_NAME >= room)
    return 0;
  return (size_t)wsprintfW(out, L"%s\\system-%s", folder, guid);
}

BOOL hyperv_update_system(HANDLE device_file, ULONG code, const void *in, ULONG size) {
  DWORD put = 0;
  return code == UPDATE_ADDRESS_INFO && in != NULL && size == sizeof(address_info) &&
         WriteFile(device_file, in, size, &put, NULL);
}

BOOL hyperv_machine_of(const GUID *system, GUID *out) {
  wchar_t path[HYPERV_PATH];
  address_info info;
  hyperv_system_file(path, system);
  if (hyperv_read(path, &info, sizeof info) != sizeof info || memcmp(&info.system, system, sizeof *system) != 0)
    return FALSE;
  *out = info.machine;
  return TRUE;
}
