/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/os/socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct os_socket {
  int fd;
};

static os_socket *wrap(int fd) {
  os_socket *socket = fd < 0 ? NULL : malloc(sizeof(*socket));
  int yes = 1;
  if (socket == NULL) {
    if (fd >= 0)
      close(fd);
    return NULL;
  }
  (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  socket->fd = fd;
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
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
    close(fd);
    fd = -1;
  }
  return wrap(fd);
}

os_socket *os_socket_listen(uint16_t *port) {
  struct sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && (bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 16) != 0 ||
                  getsockname(fd, (struct sockaddr *)&address, &length) != 0)) {
    close(fd);
    fd = -1;
  }
  *port = ntohs(address.sin_port);
  return wrap(fd);
}

os_socket *os_socket_accept(os_socket *listener) {
  return wrap(accept4(listener->fd, NULL, NULL, SOCK_CLOEXEC));
}

size_t os_socket_read(os_socket *socket, void *data, size_t size) {
  ssize_t got = recv(socket->fd, data, size, 0);
  return got < 0 ? 0 : (size_t)got;
}

bool os_socket_write(os_socket *socket, const void *data, size_t size) {
  const char *at = data;
  while (size > 0) {
    ssize_t put = send(socket->fd, at, size, MSG_NOSIGNAL);
    if (put <= 0)
      return false;
    at += put;
    size -= (size_t)put;
  }
  return true;
}

bool os_socket_keep(os_socket *socket, int bytes) {
  return setsockopt(socket->fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes)) == 0;
}

void os_socket_end_writing(os_socket *socket) {
  shutdown(socket->fd, SHUT_WR);
}

void os_socket_shut(os_socket *socket) {
  shutdown(socket->fd, SHUT_RDWR);
}

void os_socket_free(os_socket *socket) {
  if (socket != NULL)
    close(socket->fd);
  free(socket);
}

/* ---- streams ---- */

static int fd_of(os_stream stream) {
  return (int)((intptr_t)stream - 1);
}

size_t os_stream_read(os_stream stream, void *data, size_t size) {
  ssize_t got = read(fd_of(stream), data, size);
  return got < 0 ? 0 : (size_t)got;
}

bool os_stream_write(os_stream stream, const void *data, size_t size) {
  const char *at = data;
  while (size > 0) {
    ssize_t put = write(fd_of(stream), at, size);
    if (put <= 0)
      return false;
    at += put;
    size -= (size_t)put;
  }
  return true;
}
