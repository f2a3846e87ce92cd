/* SPDX-License-Identifier: Apache-2.0 */
/* Mount types and options that mean something on Windows. */
#ifndef HCSREF_HCS_MOUNT_TYPE_H
#define HCSREF_HCS_MOUNT_TYPE_H

#include "hcsref/oci.h"

/* A disk: "physical-disk", "virtual-disk" or "extensible-virtual-disk", spelt exactly so. */
bool hcsref_is_disk_mount(hcsref_str type);
/* Is an option "ro", in any case? */
bool hcsref_is_read_only_mount(const hcsref_oci_mount *mount);

#endif
