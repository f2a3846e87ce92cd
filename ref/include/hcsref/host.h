/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What the pipeline asks of a host. No stage asks the operating system anything: it asks this table, which a
 * script answers from a case's JSON (hcsref_script_load) and, on Windows, the machine itself.
 */
#ifndef HCSREF_HOST_H
#define HCSREF_HOST_H

#include "hcsref/json.h"
#include "hcsref/oci.h"
#include "hcsref/schema2.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Windows builds that decide something. Source: hcsshim osversion/windowsbuilds.go. */
#define HCSREF_BUILD_RS3      16299u /* named pipes in containers */
#define HCSREF_BUILD_RS5      17763u /* HCS schema 2.1 */
#define HCSREF_BUILD_LTSC2022 20348u /* HCS schema 2.5, device extensions */

typedef enum hcsref_path_status {
  HCSREF_PATH_OK,
  HCSREF_PATH_NOT_EXIST, /* what os.IsNotExist accepts */
  HCSREF_PATH_FAILED
} hcsref_path_status;

/** The questions. Each gets `ctx`; texts that a call returns (results and failure messages) live in `arena`.
 * A call that fails sets `*message` to the text that the original's error would have, which may be empty, and
 * leaves it as it was when it ran out of memory. */
typedef struct hcsref_host_ops {
  /** Processors of the host, at least 1. */
  int32_t (*processor_count)(void *ctx);
  uint32_t (*os_build)(void *ctx);
  /** vmcompute NameToGuid for a layer folder: asked with the whole path, answered for its last part.
   * Source: hcsshim wclayer.LayerID. */
  bool (*layer_id)(void *ctx, hcsref_arena *arena, hcsref_str folder, hcsref_guid *id, hcsref_str *message);
  /** os.Stat; `is_dir` may be null. */
  hcsref_path_status (*stat)(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir, hcsref_str *message);
  /** os.MkdirAll(path, 0755). */
  bool (*mkdir_all)(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message);
  /** The final path behind links; `mode` tells whose rule: containerd's ResolveSymbolicLink or go-winio's
   * ResolvePath. */
  bool (*resolve)(void *ctx, hcsref_arena *arena, hcsref_str path, int mode, hcsref_str *target, hcsref_str *message);
  /** os.ReadFile. */
  bool (*read_file)(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *data, hcsref_str *message);
  /** The layer folder that holds a utility VM image. Source: hcsshim uvmfolder.LocateUVMFolder; a host that
   * only has files leaves it null and hcsref_locate_uvm_folder asks stat. */
  bool (*uvm_folder)(void *ctx, hcsref_arena *arena, const hcsref_str *folders, size_t count, hcsref_str *folder,
                     hcsref_str *message, bool *answered);
  /** The volume at which the cim of a container's layers is mounted; false: it is not. Null: the host has no cims.
   * Source: hcsshim internal/wclayer/cim GetCimMountPath. */
  bool (*cim_volume)(void *ctx, hcsref_str *volume);
} hcsref_host_ops;

#define HCSREF_RESOLVE_CRI 0 /* containerd pkg/os ResolveSymbolicLink */
#define HCSREF_RESOLVE_HCS 1 /* go-winio pkg/fs ResolvePath */

typedef struct hcsref_host {
  const hcsref_host_ops *ops;
  void *ctx;
} hcsref_host;

/** A utility VM that hosts a container, and what the document asks of it. */
typedef struct hcsref_hosting_system_ops {
  /** The path inside the VM of a host path that is shared with it over VSMB. Source: hcsshim
   * uvm.(*UtilityVM).GetVSMBUvmPath. */
  bool (*vsmb_path)(void *ctx, hcsref_arena *arena, hcsref_str host_path, bool read_only, hcsref_str *guest_path,
                    hcsref_str *message);
  /** Shares a host path with the VM. Null: every path can be. Source: hcsshim uvm.(*UtilityVM).AddVSMB. */
  bool (*add_vsmb)(void *ctx, hcsref_arena *arena, hcsref_str host_path, bool read_only, hcsref_str *message);
  /** Mounts a container's layers: all of `folders` (slice of hcsref_str) but the last, which is the scratch. `*root` is
   * the path in the VM; when it has one already nothing is mounted. `layers` slice of hcsref_v2_layer. Null: they are
   * taken as mounted. Source: hcsshim layers.MountWCOWLayers. */
  bool (*mount_layers)(void *ctx, hcsref_arena *arena, const hcsref_slice *folders, hcsref_str *root,
                       hcsref_slice *layers, hcsref_str *message);
  /** Attaches a disk, whose kind is the mount's type, and tells where it is in the VM. Null, and so the next two: it is
   * taken as done. */
  bool (*add_disk)(void *ctx, hcsref_arena *arena, const hcsref_oci_mount *mount, bool read_only,
                   hcsref_str *guest_path, hcsref_str *message);
  /** Shares a named pipe of the host. */
  bool (*add_pipe)(void *ctx, hcsref_arena *arena, hcsref_str host_path, hcsref_str *message);
  /** Makes a folder in the VM. */
  bool (*make_folder)(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message);
} hcsref_hosting_system_ops;

typedef struct hcsref_hosting_system {
  hcsref_str id;
  hcsref_str os; /* "windows" or "linux" */
  int32_t processor_count;
  hcsref_str process_dump_location;
  bool confidential; /* it has a security policy */
  const hcsref_hosting_system_ops *ops;
  void *ctx;
} hcsref_hosting_system;

#ifdef __cplusplus
}
#endif

#endif
