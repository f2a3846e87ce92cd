/* SPDX-License-Identifier: Apache-2.0 */
/* Source of the calls: go-winio pipe.go makeServerPipeHandle. It names pipes as \??\pipe\…, older versions without
 * asking for any letter case, while Wine's folder is \??\PIPE. And its first instance only keeps the name: made with no
 * other access than SYNCHRONIZE, on Windows nobody connects to it. Wine lets the first client do that, which then waits
 * for ever: so a client of ours connects at once and goes. */
#include "wine/gaps.h"

typedef NTSTATUS(NTAPI *create_pipe)(PHANDLE, ULONG, POBJECT_ATTRIBUTES, PIO_STATUS_BLOCK, ULONG, ULONG, ULONG, ULONG,
                                     ULONG, ULONG, ULONG, ULONG, ULONG, PLARGE_INTEGER);
typedef NTSTATUS(NTAPI *open_file)(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, PIO_STATUS_BLOCK, ULONG, ULONG);

static create_pipe wine_create;
static open_file wine_open;

static void use_up(OBJECT_ATTRIBUTES *named) {
  IO_STATUS_BLOCK status;
  HANDLE client;
  if (wine_open != NULL && wine_open(&client, GENERIC_READ | GENERIC_WRITE | SYNCHRONIZE, named, &status,
                                     FILE_SHARE_READ | FILE_SHARE_WRITE, 0) >= 0)
    CloseHandle(client);
}

static NTSTATUS NTAPI create_named_pipe(PHANDLE handle, ULONG access, POBJECT_ATTRIBUTES attributes,
                                        PIO_STATUS_BLOCK status, ULONG sharing, ULONG disposition, ULONG options,
                                        ULONG type, ULONG read_mode, ULONG completion, ULONG instances, ULONG in,
                                        ULONG out, PLARGE_INTEGER timeout) {
  OBJECT_ATTRIBUTES named = *attributes;
  NTSTATUS code;
  named.Attributes |= OBJ_CASE_INSENSITIVE;
  code = wine_create(handle, access, &named, status, sharing, disposition, options, type, read_mode, completion,
                     instances, in, out, timeout);
  if (code >= 0 && access == SYNCHRONIZE && attributes->ObjectName != NULL && attributes->ObjectName->Length > 0)
    use_up(&named);
  return code;
}

void gap_named_pipes(void) {
  union {
    FARPROC function;
    open_file open;
  } opener;
  union {
    create_pipe function;
    void *address;
  } ours, theirs;
  opener.function = GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtOpenFile");
  wine_open = opener.open;
  ours.function = create_named_pipe;
  theirs.address = gap_before_system_call("NtCreateNamedPipeFile", ours.address);
  wine_create = theirs.function;
}
