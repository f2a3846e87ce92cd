/* SPDX-License-Identifier: Apache-2.0 */
/* VSMB shares. Source: hcsshim internal/uvm/vsmb.go. */
#include "uvm/vsmb.h"

#include "hcsref/path.h"
#include "host/message.h"
#include "uvm/vm.h"

#include <string.h>

#define PREFIX "\\\\?\\VMSMB\\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}\\"
#define SHARES HCSREF_LIT("VirtualMachine/Devices/VirtualSmb/Shares")

/* Builds whose VSMB needs a file's id before it maps it. Source: hcsshim osversion V19H1, V20H2. */
#define FIRST_BUILD_WITH_ID 18362u
#define LAST_BUILD_WITH_ID  19042u

void hcsref_vsmb_default_options(bool read_only, bool no_direct_map, hcsref_v2_virtual_smb_share_options *out) {
  memset(out, 0, sizeof *out);
  out->no_directmap = no_direct_map;
  if (!read_only)
    return;
  out->share_read = true;
  out->cache_io = true;
  out->read_only = true;
  out->pseudo_oplocks = true;
}

/* ---- finding ---- */

/* What a path to be shared turns out to be. */
typedef struct shared_path {
  hcsref_str folder; /* clean */
  hcsref_str key;
  bool is_dir;
} shared_path;

static bool name_key(const hcsref_vm *vm, hcsref_str folder, bool read_only, shared_path *out) {
  return hcsref_path_clean_as(vm->arena, vm->rules, folder, &out->folder) &&
         hcsref_format(vm->arena, &out->key, "%v-%u", out->folder, (uint64_t)read_only);
}

static bool look_at(const hcsref_vm *vm, hcsref_str path, bool *is_dir, hcsref_str *why) {
  const hcsref_host *host = &vm->host->base;
  *why = hcsref_no_message();
  return host->ops->stat(host->ctx, vm->arena, path, is_dir, why) == HCSREF_PATH_OK;
}

static hcsref_vsmb_share *find(const hcsref_vm *vm, const shared_path *path) {
  hcsref_vsmb_share *share = hcsref_table_find(path->is_dir ? &vm->dir_shares : &vm->file_shares, path->key);
  return share != NULL && share->attached ? share : NULL;
}

/* A new one, or one that was removed, under the next name. It counts once it is attached. */
static hcsref_vsmb_share *make(hcsref_vm *vm, const shared_path *path) {
  hcsref_table *table = path->is_dir ? &vm->dir_shares : &vm->file_shares;
  hcsref_vsmb_share *share = hcsref_table_find(table, path->key);
  vm->share_count++;
  if (share == NULL) {
    share = hcsref_arena_alloc(vm->arena, sizeof *share);
    if (share == NULL || !hcsref_table_put(vm->arena, table, path->key, share))
      return NULL;
  }
  memset(share, 0, sizeof *share);
  share->host_path = path->folder;
  if (!hcsref_format(vm->arena, &share->name, "s%x", vm->share_count) ||
      !hcsref_format(vm->arena, &share->guest_path, PREFIX "%v", share->name))
    return NULL;
  return share;
}

/* ---- adding ---- */

/* False: out of memory. */
static bool choose_options(const hcsref_vm *vm, const shared_path *path, bool read_only, bool backup,
                           hcsref_v2_virtual_smb_share_options *out) {
  const hcsref_host *host = &vm->host->base;
  const uint32_t build = host->ops->os_build(host->ctx);
  bool has_id = true;
  hcsref_vsmb_default_options(read_only, vm->facts->devices_physically_backed || vm->facts->no_direct_map, out);
  out->take_backup_privilege = backup;
  out->restrict_file_access = out->single_file_mapping = !path->is_dir;
  if (build >= FIRST_BUILD_WITH_ID && build <= LAST_BUILD_WITH_ID &&
      !vm->host->ops->has_file_id(vm->host->ctx, vm->arena, path->folder, &has_id))
    return false;
  out->no_directmap = out->no_directmap || !has_id;
  return true;
}

/* One more file in a copy of the share's list, which stays as it is until the VM has agreed. */
static bool allow_file(const hcsref_vm *vm, hcsref_str file, hcsref_slice *files) {
  hcsref_str *place = hcsref_slice_push(vm->arena, files, sizeof *place);
  if (place == NULL)
    return false;
  *place = file;
  return true;
}

static bool tell_vm(const hcsref_vm *vm, const hcsref_vsmb_share *share, const hcsref_slice *files,
                    hcsref_v2_virtual_smb_share_options *options, hcsref_str *why) {
  hcsref_v2_virtual_smb_share settings = {
      .name = share->name, .path = share->host_path, .allowed_files = *files, .options = options};
  return hcsref_vm_modify(vm, "hcs", SHARES, share->attached ? "Update" : "Add", &hcsref_type_v2_virtual_smb_share,
                          &settings, why);
}

static bool find_path(const hcsref_vm *vm, hcsref_str path, bool read_only, shared_path *out, hcsref_str *why) {
  hcsref_str folder = path;
  if (!look_at(vm, path, &out->is_dir, why))
    return false;
  *why = hcsref_no_message();
  return (out->is_dir || hcsref_path_dir_as(vm->arena, vm->rules, path, &folder)) &&
         name_key(vm, folder, read_only, out);
}

bool hcsref_vm_share(hcsref_vm *vm, hcsref_str path, bool read_only, bool backup, hcsref_vsmb_share **out,
                     hcsref_str *why) {
  shared_path where;
  hcsref_v2_virtual_smb_share_options options;
  hcsref_vsmb_share *share;
  hcsref_slice files;
  if (!read_only && vm->facts->no_writable_file_shares)
    return hcsref_vm_say(vm, why, "adding writable shares is denied: operation denied");
  if (!find_path(vm, path, read_only, &where, why))
    return false;
  if (!choose_options(vm, &where, read_only, backup, &options))
    return false;
  share = find(vm, &where);
  if (share == NULL)
    share = make(vm, &where);
  if (share == NULL)
    return false;
  files = share->allowed_files;
  if (!where.is_dir && !allow_file(vm, path, &files))
    return false;
  if ((!share->attached || !where.is_dir) && !tell_vm(vm, share, &files, &options, why))
    return false;
  share->attached = true;
  share->allowed_files = files;
  share->options = options;
  share->users++;
  *out = share;
  return true;
}

/* ---- removing ---- */

/* Before, the share's own path was looked at to find it, so that what is shared file by file was not found. */
static bool find_again(const hcsref_vm *vm, hcsref_vsmb_share **share, hcsref_str *why) {
  const hcsref_vsmb_share *wanted = *share;
  shared_path where;
  if (!find_path(vm, wanted->host_path, wanted->options.read_only, &where, why))
    return false;
  *share = find(vm, &where);
  return *share != NULL ||
         hcsref_vm_say(vm, why, "%v is not present as a VSMB share in %v, cannot remove", where.folder, vm->facts->id);
}

/* Go's %+v of the request. */
static bool say_refused(const hcsref_vm *vm, const hcsref_vsmb_share *share, hcsref_str *why) {
  return hcsref_is_no_message(*why)
             ? false
             : hcsref_vm_say(vm, why,
                             "failed to remove vsmb share %v from %v: &{ResourcePath:%v RequestType:Remove "
                             "Settings:{Name:%v Path: AllowedFiles:[] Options:<nil>} GuestRequest:<nil>}: %v",
                             share->host_path, vm->facts->id, SHARES, share->name, *why);
}

static bool remove_share(hcsref_vm *vm, hcsref_vsmb_share *share, hcsref_str *why) {
  hcsref_v2_virtual_smb_share settings = {.name = share->name};
  if (!hcsref_vm_modify(vm, "hcs", SHARES, "Remove", &hcsref_type_v2_virtual_smb_share, &settings, why))
    return say_refused(vm, share, why);
  share->attached = false;
  return true;
}

bool hcsref_vm_unshare(hcsref_vm *vm, hcsref_vsmb_share *share, hcsref_str *why) {
  *why = hcsref_no_message();
  if (!hcsref_has(vm->rules, HCSREF_CHANGE_VM_SHARES_BY_KEY) && !find_again(vm, &share, why))
    return hcsref_vm_wrap(vm, "failed to remove VSMB share: ", why);
  if (--share->users > 0 || (hcsref_has(vm->rules, HCSREF_CHANGE_VM_SHARES_KEPT) && !share->options.no_directmap))
    return true;
  return remove_share(vm, share, why) || hcsref_vm_wrap(vm, "failed to remove VSMB share: ", why);
}

/* ---- the path in the VM ---- */

bool hcsref_vm_shared_path(const hcsref_vm *vm, hcsref_str path, bool read_only, hcsref_str *out, hcsref_str *why) {
  hcsref_str parts[2], folder = path;
  shared_path where;
  const hcsref_vsmb_share *share;
  if (path.len == 0)
    return hcsref_vm_say(vm, why, "no hostPath passed to GetVSMBUvmPath");
  if (!look_at(vm, path, &where.is_dir, why))
    return false;
  parts[1] = HCSREF_LIT("");
  if (!where.is_dir)
    hcsref_path_split_as(vm->rules, path, &folder, &parts[1]);
  *why = hcsref_no_message();
  if (!name_key(vm, folder, read_only, &where))
    return false;
  share = find(vm, &where);
  if (share == NULL)
    return hcsref_vm_say(vm, why, "not attached");
  parts[0] = share->guest_path;
  return hcsref_path_join_as(vm->arena, vm->rules, parts, 2, out);
}
