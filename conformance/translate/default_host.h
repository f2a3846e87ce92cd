/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The host that `hcsproof translate` asks when it is given none: Windows Server 2022 (build 20348) with 8 processors,
 * on which every path exists and resolves to itself. What only a real host knows has a stand-in, the same every time:
 *
 *   layer id      version-5 GUID of the layer folder's last part. Real ones come from the host's own NameToGuid, whose
 *                 recipe is not public: they differ from these.
 *   root path     of a process-isolated container: \\?\Volume{GUID}\ with the version-5 GUID of the scratch folder's
 *                 last part; of one in a utility VM: C:\mounts\m0. Real ones come from mounting the layers.
 *   VM image      the last of the read-only layers has one.
 *   files         there are none to read.
 */
#ifndef HCSPROOF_TRANSLATE_DEFAULT_HOST_H
#define HCSPROOF_TRANSLATE_DEFAULT_HOST_H

#include "hcsref/hcsref.h"

#define DEFAULT_HOST_PROCESSORS 8
#define DEFAULT_HOST_BUILD      20348u

/** The name space of the stand-in GUIDs: 8d0c6f52-0c5e-5e0b-9d0e-2a6a5d1f7c11. */
extern const hcsref_guid default_host_space;

hcsref_host default_host(void);
/** The same, on which one layer folder has the image of a utility VM and others have none. `*image` must live as long;
 * empty: each has one. */
hcsref_host default_host_with(const hcsref_str *image);

/** Gives `spec` the stand-in root path where the shim would mount the layers to get one: no root path, and a utility VM
 * (`hosted`) or no Hyper-V isolation. Source: hcsshim hcsoci/resources_wcow.go allocateWindowsResources. */
bool default_host_mount_root(hcsref_arena *arena, hcsref_oci_spec *spec, bool hosted);

#endif
