/* SPDX-License-Identifier: Apache-2.0 */
/* bindfltapi.dll for Wine prefixes, whose Wine has none. Source of the calls: go-winio pkg/bindfilter, through which
 * containerd mounts and unmounts layers (core/mount/mount_windows.go). A bound folder is in the table that programs
 * follow (routes.h). */
#include "wine/routes.h"

#include <string.h>

#define READ_ONLY   0x1u                  /* BINDFLT_FLAG_READ_ONLY_MAPPING */
#define NOT_BOUND   ((HRESULT)0x80070490) /* ERROR_NOT_FOUND */
#define NOT_ENOUGH  ((HRESULT)0x8007007A) /* ERROR_INSUFFICIENT_BUFFER */
#define HEADER_SIZE 12u                   /* three numbers, of which the second counts the bindings */

__declspec(dllexport) HRESULT WINAPI
    BfSetupFilter(HANDLE job, ULONG flags, LPCWSTR root, LPCWSTR target, LPCWSTR *exceptions, ULONG count);
__declspec(dllexport) HRESULT WINAPI BfRemoveMapping(HANDLE job, LPCWSTR root);
__declspec(dllexport) HRESULT WINAPI
    BfGetMappings(ULONG flags, HANDLE job, LPCWSTR root, PSID user, ULONG *size, BYTE *out);

HRESULT WINAPI BfSetupFilter(HANDLE job, ULONG flags, LPCWSTR root, LPCWSTR target, LPCWSTR *exceptions, ULONG count) {
  (void)job;
  (void)exceptions;
  (void)count;
  if (root == NULL || target == NULL)
    return E_INVALIDARG;
  return ((flags & READ_ONLY) != 0 ? route_put_read_only(root, target) : route_put(root, target)) ? S_OK
                                                                                                  : E_OUTOFMEMORY;
}

HRESULT WINAPI BfRemoveMapping(HANDLE job, LPCWSTR root) {
  (void)job;
  if (root == NULL)
    return E_INVALIDARG;
  return route_remove(root) ? S_OK : NOT_BOUND;
}

/* There are none to show: no client of ours asks for more than their number. */
HRESULT WINAPI BfGetMappings(ULONG flags, HANDLE job, LPCWSTR root, PSID user, ULONG *size, BYTE *out) {
  (void)flags;
  (void)job;
  (void)root;
  (void)user;
  if (size == NULL || out == NULL || *size < HEADER_SIZE)
    return size == NULL ? E_INVALIDARG : NOT_ENOUGH;
  memset(out, 0, HEADER_SIZE);
  *size = HEADER_SIZE;
  return S_OK;
}
