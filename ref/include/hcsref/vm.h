/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A utility VM that runs: what it and its guest are asked so that containers are made, changed and undone in it. Every
 * request goes through hcsref_vm_host's modify, in upstream's order. Source: hcsshim internal/uvm, internal/layers,
 * internal/hcsoci; cmd/containerd-shim-runhcs-v1/task_hcs.go.
 */
#ifndef HCSREF_VM_H
#define HCSREF_VM_H

#include "hcsref/hcn_endpoint.h"
#include "hcsref/oci.h"
#include "hcsref/pipeline.h"
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

/* ---- what a VM is asked from container to container ---- */

/** A VM, with what was shared with it, attached and mounted so far. */
typedef struct hcsref_vm hcsref_vm;
/** A container in it, with what the VM was given for it. */
typedef struct hcsref_vm_container hcsref_vm_container;

/** An endpoint, and the id of the adapter that it gets. */
typedef struct hcsref_vm_endpoint {
  hcsref_str nic_id;
  hcsref_str endpoint; /* JSON text: of HCN from 0.13 on, of HNS before */
} hcsref_vm_endpoint;

HCSREF_API extern const hcsref_type hcsref_type_vm_endpoint;

/** A VM that was started and given nothing. Everything lives in `arena`; `profile` null: the baseline. Errors
 * "vm-program", "vm-linux", "out-of-memory". */
HCSREF_API bool hcsref_vm_open(hcsref_arena *arena, const hcsref_profile *profile, const hcsref_vm_facts *facts,
                               const hcsref_vm_host *host, hcsref_vm **out, hcsref_error *err);

/** Tells the guest of a namespace. Errors "vm-network", "out-of-memory". */
HCSREF_API bool hcsref_vm_add_namespace(hcsref_vm *vm, const hcsref_hcn_namespace *ns, hcsref_error *err);
/** Adds an adapter, and takes one out. Errors as hcsref_vm_add_namespace and as hcsref_json_decode. */
HCSREF_API bool hcsref_vm_add_endpoint(hcsref_vm *vm, const hcsref_vm_endpoint *endpoint, hcsref_error *err);
HCSREF_API bool hcsref_vm_remove_endpoint(hcsref_vm *vm, const hcsref_vm_endpoint *endpoint, hcsref_error *err);

/** Makes a container: its layers, its mounts, its document. What was given to the VM before a failure is taken back;
 * when that fails too it stays. On success `spec` has the root path. Errors those of hcsref_create_container, and
 * "vm-create" (the guest refused), "vm-program". */
HCSREF_API bool hcsref_vm_create_container(hcsref_vm *vm, hcsref_str id, hcsref_oci_spec *spec,
                                           hcsref_vm_container **out, hcsref_error *err);
/** From now on the documents of containers are noted in `notes`, and each request says what it is made for; null: no
 * longer. */
HCSREF_API void hcsref_vm_explain(hcsref_vm *vm, hcsref_provenance *notes);
/** What the guest was asked to create. */
HCSREF_API const hcsref_create_request *hcsref_vm_container_request(const hcsref_vm_container *container);
/** Takes back what the VM was given, once; the layers of a pod's own container stay, since they go with the VM. Errors
 * "vm-release", "out-of-memory". */
HCSREF_API bool hcsref_vm_release_container(hcsref_vm_container *container, hcsref_error *err);

/* ---- updates ---- */

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
