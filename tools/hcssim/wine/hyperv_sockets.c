/* SPDX-License-Identifier: Apache-2.0 */
/* Source of the calls: go-winio hvsock.go: hcsshim listens for the guest of a VM on a Hyper-V socket (AF_HYPERV), which
 * Wine does not have. A socket of that family becomes one of TCP, and what it is bound to a port of the loopback; the
 * port is noted for the simulated guest in the state's folder `sockets` (engine/bridge.h). */
#include <winsock2.h>

#include "wine/gaps.h"

#include <string.h>

#define FAMILY        34 /* AF_HYPERV */
#define DEFAULT_STATE L"C:\\ProgramData\\hcssim"

/* SOCKADDR_HV */
typedef struct hyperv_address {
  WORD family, reserved;
  GUID vm, service;
} hyperv_address;

typedef int(WSAAPI *bind_function)(SOCKET, const struct sockaddr *, int);

static bind_function wine_bind;

/* As Wine's own, which asks for overlapped sockets too. */
static SOCKET WSAAPI make_socket(int family, int type, int protocol) {
  if (family == FAMILY)
    return WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
  return WSASocketW(family, type, protocol, NULL, 0, WSA_FLAG_OVERLAPPED);
}

static void put_guid(wchar_t out[40], const GUID *guid) {
  wsprintfW(out, L"%08lx-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", guid->Data1, guid->Data2, guid->Data3,
            guid->Data4[0], guid->Data4[1], guid->Data4[2], guid->Data4[3], guid->Data4[4], guid->Data4[5],
            guid->Data4[6], guid->Data4[7]);
}

/* The file is whole before it has its name. */
static void note_port(const hyperv_address *address, unsigned port) {
  wchar_t state[512], path[800], made[820], vm[40], service[40];
  char text[8];
  size_t start = sizeof text;
  DWORD length = GetEnvironmentVariableW(L"HCSSIM_STATE", state, 512), put = 0;
  HANDLE file;
  if (length == 0 || length >= 512)
    wcscpy(state, DEFAULT_STATE);
  put_guid(vm, &address->vm);
  put_guid(service, &address->service);
  CreateDirectoryW(state, NULL);
  wsprintfW(path, L"%s\\sockets", state);
  CreateDirectoryW(path, NULL);
  wsprintfW(path, L"%s\\sockets\\%s-%s", state, vm, service);
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

static int bind_to_loopback(SOCKET socket, const hyperv_address *address) {
  struct sockaddr_in loopback;
  int length = sizeof loopback, result;
  memset(&loopback, 0, sizeof loopback);
  loopback.sin_family = AF_INET;
  loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  result = wine_bind(socket, (const struct sockaddr *)&loopback, sizeof loopback);
  if (result == 0 && getsockname(socket, (struct sockaddr *)&loopback, &length) == 0)
    note_port(address, ntohs(loopback.sin_port));
  return result;
}

static int WSAAPI bind_socket(SOCKET socket, const struct sockaddr *address, int length) {
  hyperv_address hyperv;
  if (address == NULL || length < (int)sizeof hyperv || address->sa_family != FAMILY)
    return wine_bind(socket, address, length);
  memcpy(&hyperv, address, sizeof hyperv);
  return bind_to_loopback(socket, &hyperv);
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
