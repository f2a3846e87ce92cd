/* SPDX-License-Identifier: Apache-2.0 */
/* Source of the call: Go 1.26 internal/syscall/windows at_windows.go Deleteat, which asks for POSIX semantics and takes
 * no other answer. Wine 8 does not know the class; the older one comes close. */
#include "wine/gaps.h"

#define DISPOSITION          13
#define DISPOSITION_EX       64
#define STATUS_NOT_THERE     ((NTSTATUS)0xC0000002)
#define STATUS_UNKNOWN_CLASS ((NTSTATUS)0xC0000003)
#define DELETE_FLAG          1u

typedef NTSTATUS(NTAPI *set_information)(HANDLE, PIO_STATUS_BLOCK, PVOID, ULONG, int);

static set_information wine_set;

static NTSTATUS NTAPI set_information_file(HANDLE file, PIO_STATUS_BLOCK status, PVOID data, ULONG size, int class) {
  NTSTATUS code = wine_set(file, status, data, size, class);
  BOOLEAN remove;
  if (class != DISPOSITION_EX || (code != STATUS_NOT_THERE && code != STATUS_UNKNOWN_CLASS) || size < sizeof(ULONG))
    return code;
  remove = (*(const ULONG *)data & DELETE_FLAG) != 0;
  return wine_set(file, status, &remove, sizeof remove, DISPOSITION);
}

void gap_file_disposition(void) {
  union {
    set_information function;
    void *address;
  } ours, theirs;
  ours.function = set_information_file;
  theirs.address = gap_before_system_call("NtSetInformationFile", ours.address);
  wine_set = theirs.function;
}
