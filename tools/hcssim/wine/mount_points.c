/* SPDX-License-Identifier: Apache-2.0 */
/* Source of the calls: hcsshim internal/layers and cmd/wclayer, which mount a layer's volume in a folder. A mount point
 * is in the table that programs follow (routes.h). */
#include "wine/gaps.h"
#include "wine/routes.h"

static BOOL WINAPI set_mount_point(LPCWSTR folder, LPCWSTR volume) {
  if (folder != NULL && volume != NULL && route_put(folder, volume))
    return TRUE;
  SetLastError(folder == NULL || volume == NULL ? ERROR_INVALID_PARAMETER : ERROR_NOT_ENOUGH_MEMORY);
  return FALSE;
}

static BOOL WINAPI delete_mount_point(LPCWSTR folder) {
  if (folder != NULL && route_remove(folder))
    return TRUE;
  SetLastError(folder == NULL ? ERROR_INVALID_PARAMETER : ERROR_NOT_A_REPARSE_POINT);
  return FALSE;
}

void gap_mount_points(void) {
  union {
    BOOL(WINAPI *function)(LPCWSTR, LPCWSTR);
    void *address;
  } setting = {set_mount_point};
  union {
    BOOL(WINAPI *function)(LPCWSTR);
    void *address;
  } deleting = {delete_mount_point};
  SetLastError(ERROR_SUCCESS);
  if (SetVolumeMountPointW(L"", L"") || !gap_is_not_written())
    return;
  gap_instead_of(L"kernel32.dll", "SetVolumeMountPointW", setting.address);
  gap_instead_of(L"kernel32.dll", "DeleteVolumeMountPointW", deleting.address);
}
