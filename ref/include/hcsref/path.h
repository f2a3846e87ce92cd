/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Windows paths as Go's path/filepath treats them, the same on every system, and the path rules of
 * containerd and hcsshim that rest on them. All of it works on bytes; none of it asks the host. Go's rules changed; the
 * functions that end in _as take those of a program (null: the baseline's), the others are the baseline's.
 */
#ifndef HCSREF_PATH_H
#define HCSREF_PATH_H

#include "hcsref/profile.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The leading volume name ("C:", "\\server\share"), a part of `path`. Source: filepath.VolumeName. */
HCSREF_API hcsref_str hcsref_path_volume(hcsref_str path);
/** filepath.IsAbs. */
HCSREF_API bool hcsref_path_is_abs(hcsref_str path);
/** filepath.Clean; the result is in `arena`, in `path` or static. False: out of memory. */
HCSREF_API bool hcsref_path_clean(hcsref_arena *arena, hcsref_str path, hcsref_str *out);
/** filepath.Join. */
HCSREF_API bool hcsref_path_join(hcsref_arena *arena, const hcsref_str *parts, size_t count, hcsref_str *out);
/** filepath.Split: `dir` up to and with the last separator or volume name, `file` what follows. */
HCSREF_API void hcsref_path_split(hcsref_str path, hcsref_str *dir, hcsref_str *file);
/** filepath.Base. */
HCSREF_API bool hcsref_path_base(hcsref_arena *arena, hcsref_str path, hcsref_str *out);
/** filepath.Dir. */
HCSREF_API bool hcsref_path_dir(hcsref_arena *arena, hcsref_str path, hcsref_str *out);

/** The same by the rules of a program. A volume name may have to be copied: its separators are backslashes. */
HCSREF_API bool hcsref_path_volume_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, hcsref_str *out);
HCSREF_API bool hcsref_path_is_abs_as(const hcsref_rules *rules, hcsref_str path);
HCSREF_API bool hcsref_path_clean_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, hcsref_str *out);
HCSREF_API bool hcsref_path_join_as(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_str *parts,
                                    size_t count, hcsref_str *out);
HCSREF_API void hcsref_path_split_as(const hcsref_rules *rules, hcsref_str path, hcsref_str *dir, hcsref_str *file);
HCSREF_API bool hcsref_path_base_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, hcsref_str *out);
HCSREF_API bool hcsref_path_dir_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, hcsref_str *out);

/** Does it name a pipe? A byte prefix \\.\pipe\ and nothing cleverer. Source: containerd spec_windows.go
 * namedPipePath, hcsshim uvm.IsPipe. */
HCSREF_API bool hcsref_is_named_pipe(hcsref_str path);
/** Clean, but a named pipe as it is. Source: containerd spec_windows.go cleanMount. */
HCSREF_API bool hcsref_clean_mount_path(hcsref_arena *arena, hcsref_str path, hcsref_str *out);
HCSREF_API bool hcsref_clean_mount_path_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path,
                                           hcsref_str *out);
/** The number of separators in the cleaned path: the sort key of mounts. Source: containerd opts
 * orderedMounts.parts. */
HCSREF_API bool hcsref_path_parts(hcsref_arena *arena, hcsref_str path, size_t *out);
HCSREF_API bool hcsref_path_parts_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, size_t *out);
/** "sandbox://" mounts begin with this. Source: hcsshim guestpath.SandboxMountPrefix. */
#define HCSREF_SANDBOX_PREFIX HCSREF_LIT("sandbox://")
/** Mounts that are in the utility VM already begin with this. Source: hcsshim guestpath.UVMMountPrefix. */
#define HCSREF_VM_MOUNT_PREFIX HCSREF_LIT("uvm://")
/** The path inside the utility VM of a sandbox:// mount (the prefix is trimmed when it is there). Source:
 * hcsshim hcsoci.convertToWCOWSandboxMountPath. */
HCSREF_API bool hcsref_sandbox_mount_path(hcsref_arena *arena, hcsref_str path, hcsref_str *out);
HCSREF_API bool hcsref_sandbox_mount_path_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path,
                                             hcsref_str *out);
/** Is it the \\?\Volume{GUID}\ form that the root of a process-isolated container needs? Source: hcsshim
 * hcsdoc_wcow.go volumeGUIDRegex. */
HCSREF_API bool hcsref_is_volume_path(hcsref_str path);
/** Splits "device path\index" of a location path: the last element when it is a uint16 in base 10, else the
 * whole and 0. Source: hcsshim hcsoci/devices.go getDeviceInfoFromPath. */
HCSREF_API bool hcsref_device_location(hcsref_arena *arena, hcsref_str path, hcsref_str *device, uint16_t *index);
HCSREF_API bool hcsref_device_location_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path,
                                          hcsref_str *device, uint16_t *index);

#ifdef __cplusplus
}
#endif

#endif
