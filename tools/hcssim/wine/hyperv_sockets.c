/* SPDX-License-Identifier: Apache-2.0 */
/* Source of the calls: go-winio hvsock.go: hcsshim listens for the guest of a VM on a Hyper-V socket (AF_HYPERV), which
 * Wine does not have. A socket of that family becomes one of TCP, and what it is bound to a port of the loopback; the
 * port is noted once it is listened on. Who dials binds too, to the very address that it dials. */
#include "wine/hyperv.h"

#include <string.h>

#define DEFAULT_STATE L"C:\\ProgramData\\hcssim"
#define BOUND_MOST    64u /* sockets that are bound and not yet listened on; the oldest is forgotten */

typedef int(WSAAPI *bind_function)(SOCKET, const struct sockaddr *, int);

static bind_function wine_bind;
static SRWLOCK guard = SRWLOCK_INIT;
static struct {
  SOCKET socket;
  hyperv_address address;
} bound[BOUND_MOST];
static unsigned next_bound;

/* As Wine's own, which asks for overlapped sockets too. */
static SOCKET WSAAPI make_socket(int family, int type, int protocol) {
  if (family == HYPERV_FAMILY)
    return WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
  return WSASocketW(family, type, protocol, NULL, 0, WSA_FLAG_OVERLAPPED);
}

static void put_guid(wchar_t out[40], const GUID *guid) {
  wsprintfW(out, L"%08lx-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", guid->Data1, guid->Data2, guid->Data3,
            guid->Data4[0], guid->Data4[1], guid->Data4[2], guid->Data4[3], guid->Data4[4], guid->Data4[5],
            guid->Data4[6], guid->Data4[7]);
}

void hyperv_folder(wchar_t out[HYPERV_PATH]) {
  wchar_t state[512 + 16];
  DWORD length = GetEnvironmentVariableW(L"HCSSIM_STATE", state, 512);
  if (length == 0 || length >= 512)
    wcscpy(state, DEFAULT_STATE);
  CreateDirectoryW(state, NULL);
  wcscat(state, L"\\sockets");
  length = GetFullPathNameW(state, HYPERV_PATH, out, NULL); /* as the system's own calls want it */
  if (length == 0 || length >= HYPERV_PATH - HYPERV_NAME)
    out[0] = L'\0';
  CreateDirectoryW(out, NULL);
}

void hyperv_port_file(wchar_t out[HYPERV_PATH], const GUID *vm, const GUID *service) {
  wchar_t first[40], second[40];
  put_guid(first, vm);
  put_guid(second, service);
  hyperv_folder(out);
  wsprintfW(out + wcslen(out), L"\\%s-%s", first, second);
}

void hyperv_system_file(wchar_t out[HYPERV_PATH], const GUID *system) {
  wchar_t text[40];
  put_guid(text, system);
  hyperv_folder(out);
  wsprintfW(out + wcslen(out), L"\\system-%s", text);
}

DWORD hyperv_read(const wchar_t *path, void *data, DWORD room) {
  DWORD got = 0;
  HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                            OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE)
    return 0;
  if (!ReadFile(file, data, room, &got, NULL))
    got = 0;
  CloseHandle(file);
  return got;
}

/* The file is whole before it has its name. */
static void note_port(const hyperv_address *address, unsigned port) {
  wchar_t path[HYPERV_PATH], made[HYPERV_PATH + 8];
  char text[8];
  size_t start = sizeof text;
  DWORD put = 0;
  HANDLE file;
  hyperv_port_file(path, &address->vm, &address->service);
  wsprintfW(made, L"%s.new", path);
  file = CreateFileW(made, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
  if (file == INVALID_HANDLE_VALUE)
    return;
  for (; port > 0; port /= 10)
    text[--start] = (char)('0' + port % 10);
  WriteFile(file, text + start, (DWORD)(sizeof text - start), &put, NULL);
  CloseHandle(file);
  MoveFileExW(made, path, MOVEFILE_REPLACE_EXISTING);
}

static int bind_to_loopback(SOCKET socket) {
  struct sockaddr_in loopback;
  memset(&loopback, 0, sizeof loopback);
  loopback.sin_family = AF_INET;
  loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return wine_bind(socket, (const struct sockaddr *)&loopback, sizeof loopback);
}

static int WSAAPI bind_socket(SOCKET socket, const struct sockaddr *address, int length) {
  hyperv_address hyperv;
  int result;
  if (address == NULL || length < (int)sizeof hyperv || address->sa_family != HYPERV_FAMILY)
    return wine_bind(socket, address, length);
  memcpy(&hyperv, address, sizeof hyperv);
  result = bind_to_loopback(socket);
  if (result == 0) {
    AcquireSRWLockExclusive(&guard);
    bound[next_bound % BOUND_MOST].socket = socket;
    bound[next_bound++ % BOUND_MOST].address = hyperv;
    ReleaseSRWLockExclusive(&guard);
  }
  return result;
}

/* What the socket was bound to last, which is told once. */
static BOOL take_bound(SOCKET socket, hyperv_address *out) {
  BOOL found = FALSE;
  AcquireSRWLockExclusive(&guard);
  for (unsigned i = 0; i < BOUND_MOST && !found; i++) {
    unsigned at = (next_bound - 1 - i) % BOUND_MOST;
    if (bound[at].address.family != HYPERV_FAMILY || bound[at].socket != socket)
      continue;
    *out = bound[at].address;
    bound[at].address.family = 0;
    found = TRUE;
  }
  ReleaseSRWLockExclusive(&guard);
  return found;
}

static int WSAAPI listen_on(SOCKET socket, int backlog) {
  struct sockaddr_in loopback;
  hyperv_address address;
  int length = sizeof loopback, result = listen(socket, backlog);
  if (result == 0 && take_bound(socket, &address) && getsockname(socket, (struct sockaddr *)&loopback, &length) == 0)
    note_port(&address, ntohs(loopback.sin_port));
  return result;
}

void gap_hyperv_sockets(void) {
  union {
    bind_function function;
    void *address;
  } ours = {bind_socket}, theirs;
  union {
    SOCKET(WSAAPI *function)(int, int, int);
    void *address;
  } socket_of_ours = {make_socket};
  theirs.address = gap_before_pushes(L"ws2_32.dll", "bind", ours.address);
  wine_bind = theirs.function;
  if (wine_bind != NULL)
    gap_instead_of(L"ws2_32.dll", "socket", socket_of_ours.address);
}

FARPROC gap_listen(FARPROC wine) {
  const union {
    int(WSAAPI *function)(SOCKET, int);
    FARPROC address;
  } ours = {listen_on};
  return wine == NULL || wine_bind == NULL ? wine : ours.address;
}
