/* SPDX-License-Identifier: Apache-2.0 */
/* What devices are asked that are files here. Sources of the calls: hcsshim internal/wclayer/expandscratchsize.go, by
 * which dockerd learns whether a scratch's volume can grow: it is as long as the volume that the file is on, so that
 * nothing is left to grow; and internal/hvsocket (hyperv_systems.c). */
#include "wine/gaps.h"
#include "wine/hyperv_systems.h"

#define DISK_GET_LENGTH_INFO 0x0007405Cu

typedef NTSTATUS(NTAPI *device_control)(HANDLE, HANDLE, PVOID, PVOID, PIO_STATUS_BLOCK, ULONG, PVOID, ULONG, PVOID,
                                        ULONG);

static device_control wine_control;

static BOOL get_length(HANDLE device, ULONG code, PVOID out, ULONG size) {
  FILE_FS_SIZE_INFORMATION volume;
  IO_STATUS_BLOCK asked;
  if (code != DISK_GET_LENGTH_INFO || out == NULL || size < sizeof(LONGLONG) ||
      NtQueryVolumeInformationFile(device, &asked, &volume, sizeof volume, FileFsSizeInformation) < 0)
    return FALSE;
  *(LONGLONG *)out = volume.TotalAllocationUnits.QuadPart * (LONGLONG)volume.SectorsPerAllocationUnit *
                     (LONGLONG)volume.BytesPerSector;
  return TRUE;
}

/* Wine is asked first, and answers for what is a device there too. */
static NTSTATUS NTAPI device_io_control(HANDLE device, HANDLE event, PVOID apc, PVOID context, PIO_STATUS_BLOCK status,
                                        ULONG code, PVOID in, ULONG in_size, PVOID out, ULONG out_size) {
  NTSTATUS result = wine_control(device, event, apc, context, status, code, in, in_size, out, out_size);
  BOOL length = result < 0 && get_length(device, code, out, out_size);
  if (!length && (result >= 0 || !hyperv_update_system(device, code, in, in_size)))
    return result;
  status->Information = length ? sizeof(LONGLONG) : 0;
  status->Status = 0;
  return 0;
}

void gap_device_control(void) {
  union {
    device_control function;
    void *address;
  } ours, theirs;
  ours.function = device_io_control;
  theirs.address = gap_before_system_call("NtDeviceIoControlFile", ours.address);
  wine_control = theirs.function;
}
