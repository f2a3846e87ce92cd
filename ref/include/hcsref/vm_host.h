/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What making, filling and changing a utility VM asks of a host beyond hcsref_host: its files, and whom it is told
 * what.
 */
#ifndef HCSREF_VM_HOST_H
#define HCSREF_VM_HOST_H

#include "hcsref/host.h"
#include "hcsref/schema2_vm.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A change that is asked for, and of whom. */
typedef struct hcsref_vm_request {
  /** "hcs": the VM's compute system; "guest": the VM's guest, over the bridge; "container": a container, where it runs;
   * "guest-create": a container's document, to the guest; "guest-exec": a command line in the VM; "affinity": a job
   * object on the host. */
  const char *to;
  hcsref_str text;  /**< JSON, as it is sent */
  hcsref_str where; /**< after hcsref_vm_explain: a JSON pointer to what of the spec it is made for; empty: nothing */
} hcsref_vm_request;

/** As with hcsref_host_ops, a call that fails sets `*message`, and leaves it alone when it ran out of memory. */
typedef struct hcsref_vm_host_ops {
  /** The logical processors that the Host Compute Service reports. */
  bool (*processors)(void *ctx, hcsref_arena *arena, int32_t *count, hcsref_str *message);
  /** The processors that the shim itself sees: Go's runtime.NumCPU. */
  int32_t (*cpus)(void *ctx);
  /** CopyFileW. */
  bool (*copy_file)(void *ctx, hcsref_arena *arena, hcsref_str from, hcsref_str to, bool overwrite,
                    hcsref_str *message);
  /** Lets the VM `vm_id` open `path`. Source: hcsshim internal/wclayer GrantVmAccess. */
  bool (*grant_vm)(void *ctx, hcsref_arena *arena, hcsref_str vm_id, hcsref_str path, hcsref_str *message);
  /** Lets every VM open `path`. Source: hcsshim internal/security GrantVmGroupAccessWithMask. */
  bool (*grant_vm_group)(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message);
  /** Sets the identifier in a VHD's metadata; `id` is a GUID's text. */
  bool (*set_disk_id)(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str id, hcsref_str *message);
  /** Can the file's FileIdInfo be asked for? Where it cannot, VSMB must not map it directly. False: out of memory. */
  bool (*has_file_id)(void *ctx, hcsref_arena *arena, hcsref_str path, bool *has);
  /** Asks for a change. Its text lives in `arena`. */
  bool (*modify)(void *ctx, hcsref_arena *arena, const hcsref_vm_request *request, hcsref_str *message);
} hcsref_vm_host_ops;

typedef struct hcsref_vm_host {
  hcsref_host base;
  const hcsref_vm_host_ops *ops;
  void *ctx;
} hcsref_vm_host;

/* ---- the scripted one ---- */

struct hcsref_script;

/** A host that answers from the `host` object of a case for a VM, and writes down what was asked. Lives in its arena.
 * Members: processor_count, processor_error, cpus, os_build, shim_path, grant_errors, layer_ids, modify_errors, and
 * files {path: "" or {dir, error, mkdir_error, copy_error, grant_error, disk_id_error, file_id, resolve}}. A path that
 * is not mentioned does not exist; a folder that was made and a file that was copied do from then on. */
typedef struct hcsref_vm_script hcsref_vm_script;

/** Errors as hcsref_json_decode, with `where` inside the host object. */
HCSREF_API bool hcsref_vm_script_load(hcsref_arena *arena, hcsref_str text, hcsref_vm_script **out, hcsref_error *err);
HCSREF_API hcsref_vm_host hcsref_vm_script_host(hcsref_vm_script *script);
/** The script that keeps its calls: hcsref_script_calls of it. */
HCSREF_API struct hcsref_script *hcsref_vm_script_base(hcsref_vm_script *script);
/** The path of the shim's own program. */
HCSREF_API hcsref_str hcsref_vm_script_shim_path(const hcsref_vm_script *script);
/** What was asked by modify, in order, refused or not. Slice of hcsref_vm_request. */
HCSREF_API const hcsref_slice *hcsref_vm_script_requests(const hcsref_vm_script *script);

#ifdef __cplusplus
}
#endif

#endif
