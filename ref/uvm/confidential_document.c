/* SPDX-License-Identifier: Apache-2.0 */
/* The document of a confidential VM. Source: hcsshim internal/uvm/create_wcow.go prepareSecurityConfigDoc;
 * pkg/securitypolicy NewSecurityPolicyDigest. */
#include "uvm/document.h"
#include "uvm/origins.h"

#include "base/sha256.h"
#include "gojson/text.h"
#include "host/message.h"

/* The template "Microsoft Windows" of secure boot. */
#define BOOT_TEMPLATE HCSREF_LIT("1734c6e8-3154-4dda-ba5f-a874cc483422")

/* Marks a disk that is empty and not formatted. */
#define EMPTY_DISK_ID HCSREF_LIT("a7b3c5d1-4e2f-4a8b-9c6d-1e3f5a7b9c2d")

/* The first version of VMs with everything that confidential ones need. */
#define VM_VERSION 12

static void build_firmware(hcsref_vm_builder *b) {
  hcsref_vm_parts *parts = b->parts;
  parts->uefi.apply_secure_boot_template = HCSREF_LIT("Skip");
  if (!b->options->disable_secure_boot) {
    parts->uefi.apply_secure_boot_template = HCSREF_LIT("Apply");
    parts->uefi.secure_boot_template_id = BOOT_TEMPLATE;
  }
  parts->chipset.uefi = &parts->uefi;
  if (b->options->firmware_parameters.len != 0) {
    parts->firmware.parameters = b->options->firmware_parameters;
    parts->chipset.firmware_file = &parts->firmware;
  }
  parts->vm.chipset = &parts->chipset;
}

/* The hardware vouches for the policy by its digest. */
static bool build_isolation(hcsref_vm_builder *b) {
  hcsref_vm_parts *parts = b->parts;
  hcsref_buf data = {.arena = b->call->arena};
  unsigned char digest[32];
  hcsref_str policy;
  size_t bad;
  if (!hcsref_base64_decode(b->call->arena, b->options->security_policy, &policy, &bad)) {
    if (bad == SIZE_MAX)
      return hcsref_fail_memory(b->call->err);
    return hcsref_fail(b->call->arena, b->call->err, "vm-policy",
                       hcsref_cstr(hcsref_vm_option_place(b->call, &b->options->security_policy)),
                       "error in preparing config doc: failed to decode base64 security policy: illegal base64 data at "
                       "input byte %u",
                       (uint64_t)bad);
  }
  hcsref_sha256(policy, digest);
  hcsref_base64_append(&data, hcsref_str_from((const char *)digest, sizeof digest));
  if (data.failed)
    return hcsref_fail_memory(b->call->err);
  parts->hcl_enabled = true;
  parts->isolation.isolation_type =
      b->options->isolation_type.len != 0 ? b->options->isolation_type : HCSREF_LIT("SecureNestedPaging");
  parts->isolation.launch_data = hcsref_buf_str(&data);
  parts->isolation.hcl_enabled = &parts->hcl_enabled;
  parts->security.isolation = &parts->isolation;
  parts->vm.security_settings = &parts->security;
  return true;
}

static bool open_files(const hcsref_vm_builder *b) {
  static const char state[] = "failed to grant vm access to guest state file";
  return hcsref_vm_grant(b, b->options->guest_state_file_path, state) &&
         hcsref_vm_grant(b, b->boot.efi, "failed to grant vm access to EFI VHD") &&
         hcsref_vm_grant(b, b->boot.boot_cim, "failed to grant vm access to Boot CIM VHD") &&
         hcsref_vm_grant(b, b->options->guest_state_file_path, state) &&
         hcsref_vm_grant(b, b->boot.scratch, "failed to grant vm access to scratch VHD");
}

static bool mark_scratch(const hcsref_vm_builder *b) {
  const hcsref_vm_host *host = b->call->host;
  hcsref_str message = hcsref_no_message();
  return host->ops->set_disk_id(host->ctx, b->call->arena, b->boot.scratch, EMPTY_DISK_ID, &message) ||
         hcsref_vm_fail_host(b, "vm-disk-id", "", "set scratch VHD identifier", message);
}

static bool make_share_folder(const hcsref_vm_builder *b, hcsref_str path) {
  const hcsref_host *host = &b->call->host->base;
  hcsref_str message = hcsref_no_message();
  if (host->ops->mkdir_all(host->ctx, b->call->arena, path, &message))
    return true;
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(b->call->err);
  return hcsref_fail(b->call->arena, b->call->err, "vm-share", HCSREF_LIT(""),
                     "error in preparing config doc: failed to create VSMB default empty share directory %q: %v", path,
                     message);
}

/* A share there must be, so an empty one; a task of its own knows no bundle. */
static bool build_share(hcsref_vm_builder *b) {
  hcsref_vm_parts *parts = b->parts;
  const hcsref_str bundle = b->call->settings->task ? HCSREF_LIT("") : b->call->settings->bundle;
  if (!hcsref_vm_join(b->call, bundle, "EmptyDoNotModify", &parts->share.path) ||
      !make_share_folder(b, parts->share.path) ||
      !hcsref_vm_grant(b, parts->share.path, "failed to grant vm access to VSMB default empty share directory"))
    return false;
  parts->share.name = HCSREF_LIT("defaultEmptyShare");
  parts->share_options.read_only = parts->share_options.share_read = parts->share_options.no_oplocks = true;
  return true;
}

bool hcsref_vm_build_confidential(hcsref_vm_builder *b) {
  hcsref_vm_parts *parts = b->parts;
  build_firmware(b);
  if (!build_isolation(b) || !open_files(b) || !mark_scratch(b))
    return false;
  parts->guest_state.guest_state_file_path = b->options->guest_state_file_path;
  parts->guest_state.guest_state_file_type = HCSREF_LIT("BlockStorage");
  parts->vm.guest_state = &parts->guest_state;
  parts->schema.minor = 5;
  parts->version.major = VM_VERSION;
  parts->vm.version = &parts->version;
  hcsref_vm_attach(b, b->boot.scratch, false);
  hcsref_vm_attach(b, b->boot.efi, !b->options->writable_efi);
  hcsref_vm_attach(b, b->boot.boot_cim, true);
  return build_share(b);
}
