/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Connections over the machine's loopback, which stand for Hyper-V sockets, and the streams of processes from the
 * host's end. os_posix_socket.c and os_windows_socket.c implement it. One thread may read while another writes.
 */
#ifndef HCSSIM_SOCKET_H
#define HCSSIM_SOCKET_H

#include "engine/os/os.h"

typedef struct os_socket os_socket;

/** Null: nobody listens there. */
os_socket *os_socket_connect(uint16_t port);
/** Listens on a port that the system chooses. Null: impossible. */
os_socket *os_socket_listen(uint16_t *port);
/** Waits for a connection; null once the listener is shut. */
os_socket *os_socket_accept(os_socket *listener);
/** What there is, at most `size` bytes; 0 at the end. */
size_t os_socket_read(os_socket *socket, void *data, size_t size);
/** All of it; false when the other end has gone. */
bool os_socket_write(os_socket *socket, const void *data, size_t size);
/** Lets the system keep about so many bytes that were not read; else it may keep megabytes. */
bool os_socket_keep(os_socket *socket, int bytes);
/** The other end reads the end; this one may go on reading. */
void os_socket_end_writing(os_socket *socket);
/** Whoever reads, writes or accepts wakes up. */
void os_socket_shut(os_socket *socket);
void os_socket_free(os_socket *socket);

/** The same for the host's end of a standard stream. */
size_t os_stream_read(os_stream stream, void *data, size_t size);
bool os_stream_write(os_stream stream, const void *data, size_t size);

#endif
