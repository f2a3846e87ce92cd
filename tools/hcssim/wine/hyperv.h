/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Hyper-V sockets (AF_HYPERV) as ports of the loopback. A port that is listened on is noted in the state's folder
 * `sockets`, in a file VM-SERVICE (engine/vm/bridge.h); whoever dials that service of that VM finds it there.
 */
#ifndef HCSSIM_WINE_HYPERV_H
#define HCSSIM_WINE_HYPERV_H

#include <winsock2.h>

#include "wine/gaps.h"

#define HYPERV_FAMILY 34 /* AF_HYPERV */
#define HYPERV_PATH   900
#define HYPERV_NAME   100 /* of a file in the folder */

/** SOCKADDR_HV */
typedef struct hyperv_address {
  WORD family, reserved;
  GUID vm, service;
} hyperv_address;

/** The folder `sockets`, which is made; empty: its path is too long. */
void hyperv_folder(wchar_t out[HYPERV_PATH]);
/** The file with the port of a service, and the one that says where a container's system is. */
void hyperv_port_file(wchar_t out[HYPERV_PATH], const GUID *vm, const GUID *service);
void hyperv_system_file(wchar_t out[HYPERV_PATH], const GUID *system);
/** The content of such a file, at most `room` bytes; 0: there is none. */
DWORD hyperv_read(const wchar_t *path, void *data, DWORD room);
/** The virtual machine that a container's system is in (hyperv_systems.c); false: it is none that is known. */
BOOL hyperv_machine_of(const GUID *system, GUID *out);

#endif
