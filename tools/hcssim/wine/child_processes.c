/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that a container's programs start, or that its shim starts for it. Those in Go load the DLL that closes the
 * gaps themselves; all others are made to, before their first instruction, so that they find mapped directories and the
 * files of their image too: a HostProcess container runs any program of the host, and hcsshim tells it by a variable
 * where its files are (internal/jobcontainers jobcontainer.go). What a program starts has its variables, and is treated
 * alike. */
#include "wine/gaps.h"

#include <stdlib.h>
#include <string.h>

#define SUSPENDED   1u      /* THREAD_CREATE_FLAGS_CREATE_SUSPENDED */
#define IMAGE_NAME  0x20005 /* PS_ATTRIBUTE_IMAGE_NAME */
#define LONGEST_MS  120000u
#define PATH_UNITS  2048
#define BEGIN_UNITS 4 /* of \??\ */

typedef struct attribute {
  ULONG_PTR what;
  SIZE_T size;
  void *value;
  // cppcheck-suppress unusedStructMember ; it is there in what callers hand over
  SIZE_T *returned;
} attribute;

typedef struct attribute_list {
  SIZE_T size; /* of all of it, in bytes */
  attribute attributes[1];
} attribute_list;

/* As far as it is needed here. */
typedef struct parameters {
  RTL_USER_PROCESS_PARAMETERS begin;
  const wchar_t *environment;
} parameters;

typedef NTSTATUS(NTAPI *create_user_process)(HANDLE *, HANDLE *, ACCESS_MASK, ACCESS_MASK, OBJECT_ATTRIBUTES *,
                                             OBJECT_ATTRIBUTES *, ULONG, ULONG, parameters *, void *, attribute_list *);

static create_user_process wine_create;
static wchar_t library[PATH_UNITS];

static BOOL is_in_container(const parameters *p) {
  static const wchar_t *const marks[] = {L"HCSSIM_MAPPED=", L"CONTAINER_SANDBOX_MOUNT_POINT="};
  if (p == NULL || p->environment == NULL)
    return FALSE;
  for (const wchar_t *at = p->environment; *at != 0; at += wcslen(at) + 1)
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
      if (_wcsnicmp(at, marks[i], wcslen(marks[i])) == 0 && at[wcslen(marks[i])] != 0)
        return TRUE;
  return FALSE;
}

/* A thread of its own is the first in the new process, and brings it up as any first thread does. What cannot be done
 * is left: the program then sees less. */
static void load_library(HANDLE process) {
  const SIZE_T size = (wcslen(library) + 1) * sizeof *library;
  union {
    FARPROC function;
    LPTHREAD_START_ROUTINE start;
  } load = {GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "LoadLibraryW")};
  void *name = VirtualAllocEx(process, NULL, size, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
  HANDLE waits[2] = {NULL, process};
  if (name == NULL)
    return;
  if (load.function != NULL && WriteProcessMemory(process, name, library, size, NULL))
    waits[0] = CreateRemoteThread(process, NULL, 0, load.start, name, 0, NULL);
  if (waits[0] != NULL) {
    WaitForMultipleObjects(2, waits, FALSE, LONGEST_MS);
    CloseHandle(waits[0]);
  }
  VirtualFreeEx(process, name, 0, MEM_RELEASE);
}

static attribute *image_name(attribute_list *list) {
  for (attribute *at = list->attributes; list->size >= (SIZE_T)((char *)(at + 1) - (char *)list); at++)
    if (at->what == IMAGE_NAME)
      return at;
  return NULL;
}

/* Wine opens the program where no function of ours is asked. */
static wchar_t *follow_image(parameters *p, attribute *image) {
  size_t length;
  wchar_t *path = gap_follow_path(image->value, image->size / sizeof(wchar_t), &length);
  if (path == NULL)
    return NULL;
  image->value = path;
  image->size = length * sizeof *path;
  p->begin.ImagePathName.Buffer = path + BEGIN_UNITS;
  p->begin.ImagePathName.Length = (USHORT)((length - BEGIN_UNITS) * sizeof *path);
  p->begin.ImagePathName.MaximumLength = (USHORT)(p->begin.ImagePathName.Length + sizeof *path);
  return path;
}

static NTSTATUS NTAPI create(HANDLE *process, HANDLE *thread, ACCESS_MASK process_access, ACCESS_MASK thread_access,
                             OBJECT_ATTRIBUTES *process_attributes, OBJECT_ATTRIBUTES *thread_attributes,
                             ULONG process_flags, ULONG thread_flags, parameters *p, void *info, attribute_list *list) {
  attribute *image = list == NULL || p == NULL ? NULL : image_name(list), as_asked = {0};
  UNICODE_STRING name = {0};
  wchar_t *path = NULL;
  NTSTATUS code;
  if (image != NULL) {
    as_asked = *image;
    name = p->begin.ImagePathName;
    path = follow_image(p, image);
  }
  code = wine_create(process, thread, process_access, thread_access, process_attributes, thread_attributes,
                     process_flags, thread_flags, p, info, list);
  if (path != NULL) {
    *image = as_asked;
    p->begin.ImagePathName = name;
    free(path);
  }
  if (code >= 0 && (thread_flags & SUSPENDED) != 0 && is_in_container(p))
    load_library(*process);
  return code;
}

void gap_child_processes(const wchar_t *dll) {
  union {
    create_user_process function;
    void *address;
  } ours = {create}, theirs;
  if (wcslen(dll) >= PATH_UNITS)
    return;
  wcscpy(library, dll);
  theirs.address = gap_before_system_call("NtCreateUserProcess", ours.address);
  wine_create = theirs.function;
}
