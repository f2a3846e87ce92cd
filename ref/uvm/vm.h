/* SPDX-License-Identifier: Apache-2.0 */
/* A utility VM as the shim keeps it: what it was given, and who is told what. */
#ifndef HCSREF_UVM_VM_H
#define HCSREF_UVM_VM_H

#include "hcsref/schema2_guest.h"
#include "hcsref/vm.h"
#include "release/changes.h"
#include "uvm/scsi.h"
#include "uvm/table.h"

/* A folder that is shared with the VM, alone or for some of its files. */
typedef struct hcsref_vsmb_share {
  hcsref_str host_path, name, guest_path;
  hcsref_slice allowed_files; /* of hcsref_str */
  hcsref_v2_virtual_smb_share_options options;
  uint32_t users;
  bool attached;
} hcsref_vsmb_share;

struct hcsref_vm {
  hcsref_arena *arena;
  const hcsref_vm_facts *facts;
  const hcsref_vm_host *host;
  const hcsref_profile *profile;
  const hcsref_rules *rules;
  hcsref_table dir_shares, file_shares; /* of hcsref_vsmb_share by path and read-only */
  uint64_t share_count;
  hcsref_vm_disks disks;
  hcsref_provenance *provenance;         /* null: nothing is noted */
  hcsref_str made_for;                   /* then: what of the spec the next requests are made for */
  uint64_t container_count, mount_count; /* before 0.12 disks of the guest are named by these */
};

/* The next requests are made for a place of the spec, in hcsref_format's format; nothing when that is not noted. */
void hcsref_vm_made_for(hcsref_vm *vm, const char *format, ...);

/* Steps fail with upstream's words in `*why`, or with none (hcsref_no_message) when they ran out of memory. */

/* Writes `*why`; always false. */
bool hcsref_vm_say(const hcsref_vm *vm, hcsref_str *why, const char *format, ...);
/* Puts `prefix` before `*why`; always false. */
bool hcsref_vm_wrap(const hcsref_vm *vm, const char *prefix, hcsref_str *why);

/* Tells the caller why; always false. */
bool hcsref_vm_fail_step(const hcsref_vm *vm, const char *code, hcsref_str why, hcsref_error *err);

/* Sends `value` to whom `to` names. What the bridge carries has no HTML characters escaped. */
bool hcsref_vm_send(const hcsref_vm *vm, const char *to, const hcsref_type *type, const void *value, hcsref_str *why);
/* A change of the VM's compute system ("hcs"), or of a container ("container"). `settings` null: none. */
bool hcsref_vm_modify(const hcsref_vm *vm, const char *to, hcsref_str path, const char *request_type,
                      const hcsref_type *type, const void *settings, hcsref_str *why);
/* A change in the guest. */
bool hcsref_vm_ask_guest(const hcsref_vm *vm, const char *request_type, const char *resource_type,
                         const hcsref_type *type, const void *settings, hcsref_str *why);

/* AddVSMB: one more user of the share of `path`, which is made when it is not there. */
bool hcsref_vm_share(hcsref_vm *vm, hcsref_str path, bool read_only, bool backup, hcsref_vsmb_share **out,
                     hcsref_str *why);
/* The share's Release: one user less. */
bool hcsref_vm_unshare(hcsref_vm *vm, hcsref_vsmb_share *share, hcsref_str *why);
/* GetVSMBUvmPath */
bool hcsref_vm_shared_path(const hcsref_vm *vm, hcsref_str path, bool read_only, hcsref_str *out, hcsref_str *why);

/* One more user of a disk, which is attached and mounted when it is not; `wanted` has all but the last four members,
 * and the guest's path before 0.12 only. */
bool hcsref_vm_add_disk(hcsref_vm *vm, const hcsref_vm_disk *wanted, hcsref_vm_disk **out, hcsref_str *why);
bool hcsref_vm_remove_disk(hcsref_vm *vm, hcsref_vm_disk *disk, hcsref_str *why);

#endif
