/* SPDX-License-Identifier: Apache-2.0 */
/* Mount types that mean something on Windows. */
#ifndef HCSREF_HCS_MOUNT_TYPE_H
#define HCSREF_HCS_MOUNT_TYPE_H

#include "hcsref/base.h"

/* A disk: "physical-disk", "virtual-disk" or "extensible-virtual-disk", spelt exactly so. */
bool hcsref_is_disk_mount(hcsref_str type);

#endif
