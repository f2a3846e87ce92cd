/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A utility VM that runs: what it and its guest are asked so that containers are made, changed and undone in it. Every
 * request goes through hcsref_vm_host's modify, in upstream's order. Source: hcsshim internal/uvm, internal/layers,
 * internal/hcsoci; cmd/containerd-shim-runhcs-v1/task_hcs.go.
 */
#ifndef HCSREF_VM_H
#define HCSREF_VM_H

#include "hcsref/oci.h"
#include "hcsref/profile.h"
#include "hcsref/vm_host.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What is known of the VM. */
typedef struct hcsref_vm_facts {
  hcsref_str id, os; /* os "windows" or "linux" */
  int32_t processor_count;
  bool devices_physically_backed, no_direct_map; /* each keeps VSMB from mapping files directly */
  bool no_writable_file_shares;
  bool no_namespace_requests; /* the guest does not know network namespaces */
  bool internal_bridge;       /* the service speaks with the guest, not the shim */
} hcsref_vm_facts;

HCSREF_API extern const hcsref_type hcsref_type_vm_facts;

/* ---- updates
 * ------------------------------------------------------------------------------------------------------------- */

/** What an update changes. */
typedef enum hcsref_update_kind {
  HCSREF_UPDATE_WINDOWS,         /* WindowsResources */
  HCSREF_UPDATE_LINUX,           /* LinuxResources */
  HCSREF_UPDATE_POLICY_FRAGMENT, /* a part of a security policy */
  HCSREF_UPDATE_MOUNT,           /* one more mount */
  HCSREF_UPDATE_OTHER            /* anything else: refused */
} hcsref_update_kind;

/** A mount for a running container. Source: hcsshim pkg/ctrdtaskapi ContainerMount. */
typedef struct hcsref_container_mount {
  hcsref_str host_path, container_path;
  bool read_only;
  hcsref_str type;
} hcsref_container_mount;

/** Source: hcsshim pkg/ctrdtaskapi PolicyFragment. */
typedef struct hcsref_policy_fragment {
  hcsref_str fragment, media_type;
} hcsref_policy_fragment;

HCSREF_API extern const hcsref_type hcsref_type_container_mount, hcsref_type_policy_fragment;

typedef struct hcsref_update {
  const hcsref_profile *profile; /**< null: the baseline */
  hcsref_update_kind kind;
  const hcsref_oci_windows_resources *windows; /**< of HCSREF_UPDATE_WINDOWS */
  const hcsref_oci_linux_resources *linux_;
  const hcsref_container_mount *mount;
  const hcsref_policy_fragment *fragment;
  const hcsref_map *annotations; /**< map[string]string of the request */
  hcsref_str task_id;
  bool sandbox;              /**< the pod's own task */
  bool owns_host;            /**< the task made the VM */
  bool linux_task;           /**< a Linux container's */
  const hcsref_vm_facts *vm; /**< null: process isolation */
} hcsref_update;

/** Updates a running task. What was asked before a failure stays. Errors, with upstream's text: "update-refused",
 * "update-cpu", "update-mount", "update-failed" (the host refused), "update-memory" (Linux memory without a limit:
 * upstream crashes), "vm-program", "out-of-memory". */
HCSREF_API bool hcsref_update_task(hcsref_arena *arena, const hcsref_update *update, const hcsref_vm_host *host,
                                   hcsref_error *err);

#ifdef __cplusplus
}
#endif

#endif
