/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_HCS_SHOW_MOUNT_H
#define HCSREF_HCS_SHOW_MOUNT_H

#include "release/changes.h"

#include "hcsref/oci.h"

/* A mount as hcsshim's errors print it. False: out of memory. */
bool hcsref_show_mount(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_oci_mount *mount, hcsref_str *out);

#endif
