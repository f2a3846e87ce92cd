/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/layers/wcow_parse.go GetWCOWUVMBootFilesFromLayers, getVmbFSBootFiles, getBlockCIMBootFiles;
 * internal/uvmfolder/locate.go LocateUVMFolder; cmd/containerd-shim-runhcs-v1/pod.go initializeWCOWBootFiles; until
 * 0.12 pod.go createPod, internal/uvm/create_wcow.go CreateWCOW, internal/wcow/scratch.go CreateUVMScratch. */
#include "uvm/boot.h"
#include "uvm/origins.h"

#include "hcsref/path.h"
#include "host/message.h"

#define SCRATCH_NAME "sandbox.vhdx"

bool hcsref_vm_join(const hcsref_shim_call *call, hcsref_str folder, const char *name, hcsref_str *out) {
  hcsref_str parts[2];
  parts[0] = folder;
  parts[1] = hcsref_cstr(name);
  return hcsref_path_join_as(call->arena, call->rules, parts, 2, out) || hcsref_fail_memory(call->err);
}

/* ---- questions to the host ---- */

static hcsref_path_status stat_path(const hcsref_shim_call *call, hcsref_str path, hcsref_str *message) {
  const hcsref_host *host = &call->host->base;
  *message = hcsref_no_message();
  return host->ops->stat(host->ctx, call->arena, path, NULL, message);
}

static bool make_folder(const hcsref_shim_call *call, hcsref_str path, const char *prefix) {
  const hcsref_host *host = &call->host->base;
  hcsref_str message = hcsref_no_message();
  return host->ops->mkdir_all(host->ctx, call->arena, path, &message) ||
         hcsref_call_fail_host(call, "vm-scratch", prefix, message);
}

static bool copy_file(const hcsref_shim_call *call, hcsref_str from, hcsref_str to, bool overwrite,
                      const char *prefix) {
  hcsref_str message = hcsref_no_message();
  return call->host->ops->copy_file(call->host->ctx, call->arena, from, to, overwrite, &message) ||
         hcsref_call_fail_host(call, "vm-copy", prefix, message);
}

static bool grant(const hcsref_shim_call *call, hcsref_str path, const char *prefix) {
  hcsref_str message = hcsref_no_message();
  return call->host->ops->grant_vm(call->host->ctx, call->arena, call->vm_id, path, &message) ||
         hcsref_call_fail_host(call, "vm-grant", prefix, message);
}

/* ---- the image ---- */

/* The first folder whose UtilityVM is there. A folder without a name never counts as found. */
static bool locate_image(const hcsref_shim_call *call, const hcsref_str *folders, size_t count, hcsref_str *image) {
  static const char prefix[] = "failed to locate utility VM folder from layer folders: ";
  for (size_t i = 0; i < count; i++) {
    hcsref_path_status status;
    hcsref_str path, message;
    if (!hcsref_vm_join(call, folders[i], "UtilityVM", &path))
      return false;
    status = stat_path(call, path, &message);
    if (status == HCSREF_PATH_FAILED)
      return hcsref_call_fail_host(call, "vm-folder", prefix, message);
    *image = folders[i];
    if (status == HCSREF_PATH_OK && folders[i].len != 0)
      return true;
    if (status == HCSREF_PATH_OK)
      break;
  }
  return hcsref_fail(call->arena, call->err, "vm-folder", HCSREF_LIT("/windows/layerFolders"),
                     "%sutility VM folder could not be found in layers", prefix);
}

/* Only what is not there is copied; a scratch that cannot be looked at is taken to be there. */
static bool copy_scratch(const hcsref_shim_call *call, const hcsref_vm_boot *boot, const char *prefix, bool *copied) {
  hcsref_str message, template;
  *copied = stat_path(call, boot->scratch, &message) == HCSREF_PATH_NOT_EXIST;
  if (!*copied)
    return true;
  return hcsref_vm_join(call, boot->image, "UtilityVM\\SystemTemplate.vhdx", &template) &&
         copy_file(call, template, boot->scratch, true, prefix);
}

/* ---- until 0.12 ---- */

/* The last layer folder is the scratch; the VM's own is a folder in it. */
bool hcsref_vm_make_scratch_folder(hcsref_shim_call *call) {
  const hcsref_slice *folders = &call->spec->windows->layer_folders;
  hcsref_str *copy = hcsref_arena_array(call->arena, folders->len, sizeof *copy);
  if (copy == NULL)
    return hcsref_fail_memory(call->err);
  for (size_t i = 0; i < folders->len; i++)
    copy[i] = ((const hcsref_str *)folders->items)[i];
  call->layers.folders.items = copy;
  call->layers.folders.len = call->layers.folders.cap = folders->len;
  if (!hcsref_vm_join(call, copy[folders->len - 1], "vm", &copy[folders->len - 1]))
    return false;
  call->layers.scratch = copy[folders->len - 1];
  return make_folder(call, call->layers.scratch, "");
}

bool hcsref_vm_find_image(hcsref_shim_call *call, hcsref_vm_boot *boot) {
  hcsref_str message;
  if (!locate_image(call, call->layers.folders.items, call->layers.folders.len, &boot->image))
    return false;
  if (stat_path(call, call->layers.scratch, &message) == HCSREF_PATH_NOT_EXIST &&
      !make_folder(call, call->layers.scratch, "failed to create utility VM scratch folder: "))
    return false;
  return hcsref_vm_join(call, call->layers.scratch, SCRATCH_NAME, &boot->scratch);
}

bool hcsref_vm_make_scratch(hcsref_shim_call *call, const hcsref_vm_boot *boot) {
  static const char prefix[] = "failed to create scratch: ";
  bool copied;
  if (!copy_scratch(call, boot, prefix, &copied))
    return false;
  return grant(call, boot->scratch, copied ? prefix : "failed to grant vm access to scratch: ");
}

/* ---- since 0.13 ---- */

static bool make_folder_files(const hcsref_shim_call *call, hcsref_vm_boot *boot) {
  hcsref_str folder;
  bool copied;
  return locate_image(call, call->layers.folders.items, call->layers.folders.len, &boot->image) &&
         hcsref_vm_join(call, call->layers.scratch, "vm", &folder) &&
         hcsref_vm_join(call, folder, SCRATCH_NAME, &boot->scratch) && make_folder(call, folder, "") &&
         copy_scratch(call, boot, "", &copied);
}

/* The base layer's CIM is what a VM would boot from, and its EFI disk beside it. */
static bool name_block_files(const hcsref_shim_call *call, hcsref_vm_boot *boot) {
  hcsref_str beside;
  boot->boot_cim = ((const hcsref_block_cim *)call->layers.block_cims.items)[0].block_path;
  if (!hcsref_path_dir_as(call->arena, call->rules, boot->boot_cim, &beside))
    return hcsref_fail_memory(call->err);
  return hcsref_vm_join(call, call->layers.scratch, SCRATCH_NAME, &boot->scratch) &&
         hcsref_vm_join(call, beside, "boot.vhd", &boot->efi);
}

/* A copy of `file` beside the scratch, for this VM alone. */
static bool copy_beside_scratch(const hcsref_shim_call *call, const hcsref_vm_boot *boot, hcsref_str *file,
                                const char *prefix) {
  hcsref_str parts[2], copy;
  if (!hcsref_path_dir_as(call->arena, call->rules, boot->scratch, &parts[0]) ||
      !hcsref_path_base_as(call->arena, call->rules, *file, &parts[1]) ||
      !hcsref_path_join_as(call->arena, call->rules, parts, 2, &copy))
    return hcsref_fail_memory(call->err);
  if (!copy_file(call, *file, copy, false, prefix))
    return false;
  *file = copy;
  return true;
}

/* Measured files replace those of the layers. */
static bool use_confidential_files(const hcsref_shim_call *call, hcsref_vm_boot *boot) {
  if (boot->kind != HCSREF_LAYERS_BLOCK_CIM)
    return hcsref_call_fail(call, "confidential-layers",
                            hcsref_vm_option_place(call, &call->options->security_policy_enabled),
                            "security policy (confidential mode) only works with block CIM based layers");
  return hcsref_vm_confidential_file(call, "boot.vhd", &boot->efi) &&
         hcsref_vm_confidential_file(call, "rootfs.vhd", &boot->boot_cim) &&
         copy_beside_scratch(call, boot, &call->options->guest_state_file_path, "failed to make a copy of VMGS: ");
}

/* What a pod does with the files of its layers; a task of its own does not. */
static bool settle_pod_files(const hcsref_shim_call *call, hcsref_vm_boot *boot) {
  if (call->settings->task || !hcsref_has(call->rules, HCSREF_CHANGE_VM_CONFIDENTIAL))
    return true;
  if (call->options->security_policy_enabled) {
    if (!use_confidential_files(call, boot))
      return false;
  } else if (boot->kind == HCSREF_LAYERS_BLOCK_CIM) {
    return hcsref_call_fail(call, "confidential-layers", "/windows/hyperv",
                            "hyperv isolation is not supported with block CIM layers yet");
  }
  if (!call->options->writable_efi)
    return true;
  if (boot->kind != HCSREF_LAYERS_BLOCK_CIM)
    return hcsref_call_fail(call, "writable-efi", "/annotations/io.microsoft.virtualmachine.wcow.writable_efi",
                            "a writable EFI disk needs block CIM layers");
  return copy_beside_scratch(call, boot, &boot->efi, "failed to copy EFI VHD: ");
}

bool hcsref_vm_make_boot_files(hcsref_shim_call *call, hcsref_vm_boot *boot) {
  if (!hcsref_call_parse_layers(call))
    return false;
  boot->kind = call->layers.kind;
  return (boot->kind == HCSREF_LAYERS_FOLDERS ? make_folder_files(call, boot) : name_block_files(call, boot)) &&
         settle_pod_files(call, boot);
}

/* ---- what stays behind ------------------------------------------------------------------------------------------ */

/* FOLDER\VM_NAME, after the file's own name. */
static bool name_kept(const hcsref_shim_call *call, hcsref_str file, hcsref_str *out) {
  hcsref_str parts[2], name;
  parts[0] = call->options->debug_data_path;
  return hcsref_path_base_as(call->arena, call->rules, file, &name) &&
         hcsref_format(call->arena, &parts[1], "%v_%v", call->vm_id, name) &&
         hcsref_path_join_as(call->arena, call->rules, parts, 2, out);
}

void hcsref_vm_keep_disks(const hcsref_shim_call *call, const hcsref_vm_boot *boot) {
  const hcsref_uvm_options *o = call->options;
  const hcsref_host *host = &call->host->base;
  const hcsref_str files[] = {boot->scratch, boot->efi};
  hcsref_str message = hcsref_no_message();
  if (!o->security_policy_enabled || !o->debug_mode || o->debug_data_path.len == 0 ||
      boot->kind != HCSREF_LAYERS_BLOCK_CIM ||
      !host->ops->mkdir_all(host->ctx, call->arena, o->debug_data_path, &message))
    return;
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    hcsref_str copy;
    if (files[i].len != 0 && name_kept(call, files[i], &copy))
      (void)call->host->ops->copy_file(call->host->ctx, call->arena, files[i], copy, true, &message);
  }
}
