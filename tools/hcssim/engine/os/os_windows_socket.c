/* SPDX-License-Identifier: Apache-2.0 */
#include <winsock2.h>

#include "engine/os/socket.h"

#include <stdlib.h>
#include <string.h>

struct os_socket {
  SOCKET handle;
};

static bool started(void) {
  WSADATA data;
  return WSAStartup(MAKEWORD(2, 2), &data) == 0;
}

static os_socket *wrap(SOCKET handle) {
  os_socket *socket = handle == INVALID_SOCKET ? NULL : malloc(sizeof(*socket));
  if (socket == NULL) {
    if (handle != INVALID_SOCKET)
      closesocket(handle);
    return NULL;
  }
  socket->handle = handle;
  return socket;
}

static struct sockaddr_in loopback(uint16_t port) {
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

os_socket *os_socket_connect(uint16_t port) {
  struct sockaddr_in address = loopback(port);
  SOCKET handle = started() ? WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0) : INVALID_SOCKET;
  if (handle != INVALID_SOCKET && connect(handle, (const struct sockaddr *)&address, sizeof address) != 0) {
    closesocket(handle);
    handle = INVALID_SOCKET;
  }
  return wrap(handle);
}

os_socket *os_socket_listen(uint16_t *port) {
  struct sockaddr_in address = loopback(0);
  int length = sizeof address;
  SOCKET handle = started() ? WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0) : INVALID_SOCKET;
  if (handle != INVALID_SOCKET &&
      (bind(handle, (const struct sockaddr *)&address, sizeof address) != 0 || listen(handle, 16) != 0 ||
       getsockname(handle, (struct sockaddr *)&address, &length) != 0)) {
    closesocket(handle);
    handle = INVALID_SOCKET;
  }
  *port = ntohs(address.sin_port);
  return wrap(handle);
}

os_socket *os_socket_accept(os_socket *listener) {
  return wrap(accept(listener->handle, NULL, NULL));
}

size_t os_socket_read(os_socket *socket, void *data, size_t size) {
  int got = recv(socket->handle, data, size > INT32_MAX ? INT32_MAX : (int)size, 0);
  return got < 0 ? 0 : (size_t)got;
}

bool os_socket_write(os_socket *socket, const void *data, size_t size) {
  const char *at = data;
  while (size > 0) {
    int put = send(socket->handle, at, size > INT32_MAX ? INT32_MAX : (int)size, 0);
    if (put <= 0)
      return false;
    at += put;
    size -= (size_t)put;
  }
  return true;
}

bool os_socket_keep(os_socket *socket, int bytes) {
  return setsockopt(socket->handle, SOL_SOCKET, SO_RCVBUF, (const char *)&bytes, sizeof(bytes)) == 0;
}

void os_socket_end_writing(os_socket *socket) {
  shutdown(socket->handle, SD_SEND);
}

void os_socket_shut(os_socket *socket) {
  shutdown(socket->handle, SD_BOTH);
}

void os_socket_free(os_socket *socket) {
  if (socket != NULL)
    closesocket(socket->handle);
  free(socket);
}

/* ---- streams: opened for overlapped use -------------------------------------------------------------------------- */

static size_t finish(os_stream stream, OVERLAPPED *overlapped, BOOL begun) {
  DWORD done = 0;
  if (!begun && GetLastError() != ERROR_IO_PENDING)
    return 0;
  return GetOverlappedResult(stream, overlapped, &done, TRUE) ? done : 0;
}

size_t os_stream_read(os_stream stream, void *data, size_t size) {
  OVERLAPPED overlapped;
  size_t got;
  memset(&overlapped, 0, sizeof overlapped);
  overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
  got = finish(stream, &overlapped, ReadFile(stream, data, (DWORD)size, NULL, &overlapped));
  CloseHandle(overlapped.hEvent);
  return got;
}

bool os_stream_write(os_stream stream, const void *data, size_t size) {
  OVERLAPPED overlapped;
  size_t put;
  memset(&overlapped, 0, sizeof overlapped);
  overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
  put = finish(stream, &overlapped, WriteFile(stream, data, (DWORD)size, NULL, &overlapped));
  CloseHandle(overlapped.hEvent);
  return put == size;
}
