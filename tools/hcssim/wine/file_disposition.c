/* SPDX-License-Identifier: Apache-2.0 */
/* What NtSetInformationFile is asked: also to give a file a new name, which is followed as other names are
 * (file_names.c). Source of the call: Go 1.26 internal/syscall/windows at_windows.go Deleteat, which asks for POSIX
 * semantics and takes no other answer. Wine 8 does not know the class; the older one comes close. */
#include "wine/gaps.h"

#include <stdlib.h>

#define DISPOSITION          13
#define DISPOSITION_EX       64
#define STATUS_DENIED        ((NTSTATUS)0xC0000022)
#define STATUS_NOT_THERE     ((NTSTATUS)0xC0000002)
#define STATUS_UNKNOWN_CLASS ((NTSTATUS)0xC0000003)
#define DELETE_FLAG          1u

typedef NTSTATUS(NTAPI *set_information)(HANDLE, PIO_STATUS_BLOCK, PVOID, ULONG, int);

static set_information wine_set;

/* With the new name, if it is given one, as Wine can follow it. */
static NTSTATUS set_followed(HANDLE file, PIO_STATUS_BLOCK status, PVOID data, ULONG size, int class) {
  void *followed;
  ULONG followed_size = 0;
  NTSTATUS code;
  if (!gap_follow_new_name(class, data, size, &followed, &followed_size))
    return STATUS_DENIED;
  code = followed == NULL ? wine_set(file, status, data, size, class)
                          : wine_set(file, status, followed, followed_size, class);
  free(followed);
  return code;
}

static NTSTATUS NTAPI set_information_file(HANDLE file, PIO_STATUS_BLOCK status, PVOID data, ULONG size, int class) {
  NTSTATUS code = set_followed(file, status, data, size, class);
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
