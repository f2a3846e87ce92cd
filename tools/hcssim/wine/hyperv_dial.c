/* SPDX-License-Identifier: Apache-2.0 */
/* Who dials a Hyper-V socket: by connect, or as go-winio does (hvsock.go, internal/socket) by ConnectEx, which WSAIoctl
 * hands out. The port is the one that was noted for the service of that VM; a listener that takes any VM, its children
 * or its parent is found too, because all of them are on this machine. */
#include "wine/hyperv.h"

#include <mswsock.h>
#include <string.h>

typedef int(WSAAPI *connect_function)(SOCKET, const struct sockaddr *, int);
typedef int(WSAAPI *control_function)(SOCKET, DWORD, LPVOID, DWORD, LPVOID, DWORD, LPDWORD, LPWSAOVERLAPPED,
                                      LPWSAOVERLAPPED_COMPLETION_ROUTINE);

static connect_function wine_connect;
static control_function wine_control;
static LPFN_CONNECTEX wine_connect_ex;

/* What hvsocket.h calls HV_GUID_ZERO, HV_GUID_PARENT and HV_GUID_CHILDREN. */
static const GUID any_vm = {0, 0, 0, {0}},
                  parent = {0xa42e7cda, 0xd03f, 0x480c, {0x9c, 0xc2, 0xa4, 0xde, 0x20, 0xab, 0xb8, 0x78}},
                  children = {0x90db8b89, 0x0d35, 0x4f79, {0x8c, 0xe9, 0x49, 0xea, 0x0a, 0xc8, 0xb7, 0xcd}};

static unsigned port_of(const GUID *vm, const GUID *service) {
  wchar_t path[HYPERV_PATH];
  char text[8];
  DWORD got;
  unsigned port = 0;
  hyperv_port_file(path, vm, service);
  got = hyperv_read(path, text, sizeof text);
  for (DWORD i = 0; i < got && text[i] >= '0' && text[i] <= '9'; i++)
    port = port * 10 + (unsigned)(text[i] - '0');
  return port > 0xFFFF ? 0 : port;
}

/* The address of the loopback that is dialled instead; false: nobody listens there. */
static BOOL find(const hyperv_address *dialled, struct sockaddr_in *out) {
  GUID machine = dialled->vm;
  const GUID *const vms[] = {&dialled->vm, &machine, &any_vm, &parent, &children};
  unsigned port = 0;
  (void)hyperv_machine_of(&dialled->vm, &machine);
  for (size_t i = 0; i < sizeof vms / sizeof *vms && port == 0; i++)
    port = port_of(vms[i], &dialled->service);
  memset(out, 0, sizeof *out);
  out->sin_family = AF_INET;
  out->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  out->sin_port = htons((u_short)port);
  return port != 0;
}

/* The address to connect to; null: nobody listens, and the last error says so. */
static const struct sockaddr *follow(const struct sockaddr *address, int *length, struct sockaddr_in *room) {
  hyperv_address hyperv;
  if (address == NULL || *length < (int)sizeof hyperv || address->sa_family != HYPERV_FAMILY)
    return address;
  memcpy(&hyperv, address, sizeof hyperv);
  *length = sizeof *room;
  if (find(&hyperv, room))
    return (const struct sockaddr *)room;
  WSASetLastError(WSAECONNREFUSED);
  return NULL;
}

static int WSAAPI connect_socket(SOCKET socket, const struct sockaddr *address, int length) {
  struct sockaddr_in room;
  const struct sockaddr *followed = follow(address, &length, &room);
  return followed == NULL && address != NULL ? SOCKET_ERROR : wine_connect(socket, followed, length);
}

static BOOL PASCAL connect_ex(SOCKET socket, const struct sockaddr *address, int length, PVOID data, DWORD size,
                              LPDWORD sent, LPOVERLAPPED overlapped) {
  struct sockaddr_in room;
  const struct sockaddr *followed = follow(address, &length, &room);
  return (followed != NULL || address == NULL) &&
         wine_connect_ex(socket, followed, length, data, size, sent, overlapped);
}

static int WSAAPI control_socket(SOCKET socket, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size,
                                 LPDWORD got, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine) {
  static const GUID wanted = WSAID_CONNECTEX;
  const LPFN_CONNECTEX ours = connect_ex;
  int result = wine_control(socket, code, in, in_size, out, out_size, got, overlapped, routine);
  if (result == 0 && code == SIO_GET_EXTENSION_FUNCTION_POINTER && in_size == sizeof wanted &&
      memcmp(in, &wanted, sizeof wanted) == 0 && out_size == sizeof ours) {
    memcpy(&wine_connect_ex, out, sizeof wine_connect_ex);
    memcpy(out, &ours, sizeof ours);
  }
  return result;
}

FARPROC gap_connect(FARPROC wine) {
  const union {
    connect_function function;
    FARPROC address;
  } ours = {connect_socket}, theirs = {.address = wine};
  wine_connect = theirs.function;
  return wine == NULL ? NULL : ours.address;
}

FARPROC gap_socket_control(FARPROC wine) {
  const union {
    control_function function;
    FARPROC address;
  } ours = {control_socket}, theirs = {.address = wine};
  wine_control = theirs.function;
  return wine == NULL ? NULL : ours.address;
}
