/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The driver of Hyper-V sockets, as far as it is told which virtual machine a container's system is in.
 */
#ifndef HCSSIM_WINE_HYPERV_SYSTEMS_H
#define HCSSIM_WINE_HYPERV_SYSTEMS_H

#include <windows.h>

/** The file that stands for a device HvSocketSystem\AddressInfo\{GUID}, and its units; 0: the path (of `length` units,
 * without \??\) is another, or `room` units are too few. */
size_t hyperv_system_path(const wchar_t *path, size_t length, wchar_t *out, size_t room);
/** What the device is told. False: it is something else. */
BOOL hyperv_update_system(HANDLE device, ULONG code, const void *in, ULONG size);

#endif
