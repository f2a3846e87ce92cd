/* SPDX-License-Identifier: Apache-2.0 */
/* Source of the call: hcsshim internal/wclayer/expandscratchsize.go, by which dockerd learns whether a scratch's volume
 * can grow. Wine answers only for devices; for a file it is as long as the volume that the file is on, so that nothing
 * is left to grow. */
#include "wine/gaps.h"

#define DISK_GET_LENGTH_INFO 0x0007405Cu

typedef NTSTATUS(NTAPI *device_control)(HANDLE, HANDLE, PVOID, PVOID, PIO_STATUS_BLOCK, ULONG, PVOID, ULONG, PVOID,
                                        ULONG);

static device_control wine_control;

static NTSTATUS NTAPI device_io_control(HANDLE device, HANDLE event, PVOID apc, PVOID context, PIO_STATUS_BLOCK status,
                                        ULONG code, PVOID in, ULONG in_size, PVOID out, ULONG out_size) {
  NTSTATUS result = wine_control(device, event, apc, context, status, code, in, in_size, out, out_size);
  FILE_FS_SIZE_INFORMATION size;
  IO_STATUS_BLOCK asked;
  if (code != DISK_GET_LENGTH_INFO || result >= 0 || out == NULL || out_size < sizeof(LONGLONG) ||
      NtQueryVolumeInformationFile(device, &asked, &size, sizeof size, FileFsSizeInformation) < 0)
    return result;
  *(LONGLONG *)out =
      size.TotalAllocationUnits.QuadPart * (LONGLONG)size.SectorsPerAllocationUnit * (LONGLONG)size.BytesPerSector;
  status->Information = sizeof(LONGLONG);
  status->Status = 0;
  return 0;
}

void gap_volume_length(void) {
  union {
    device_control function;
    void *address;
  } ours, theirs;
  ours.function = device_io_control;
  theirs.address = gap_before_system_call("NtDeviceIoControlFile", ours.address);
  wine_control = theirs.function;
}
