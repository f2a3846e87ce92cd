/* SPDX-License-Identifier: Apache-2.0 */
/* Devices, registry values, dumps and what the VM boots from. Source: hcsshim internal/uvm/create_wcow.go
 * prepareCommonConfigDoc, prepareConfigDoc; internal/uvm/vsmb.go DefaultVSMBOptions. */
#include "uvm/document.h"

#include "hcsref/path.h"
#include "host/message.h"
#include "uvm/origins.h"
#include "uvm/vsmb.h"

/* SYSTEM and the administrators. */
#define ADMINISTRATORS HCSREF_LIT("D:P(A;;FA;;;SY)(A;;FA;;;BA)")

/* The service that the guest sends its log to. Source: hcsshim internal/gcs/prot WindowsLoggingHvsockServiceID. */
#define LOG_SERVICE HCSREF_LIT("172dad59-976d-45f2-8b6c-6d1b13f2ac4d")

/* Source: hcsshim internal/protocol/guestrequest ScsiControllerGuids. */
#define FIRST_CONTROLLER HCSREF_LIT("df6d0690-79e5-55b6-a5ec-c1e2f77f580a")

#define MAPPED_MB 1024

/* ---- registry ---- */

static void add_value(hcsref_vm_builder *b, hcsref_v2_registry_value *values, hcsref_str hive, hcsref_str key,
                      hcsref_str name, int32_t number) {
  size_t index = b->parts->registry.add_values.len++;
  values[index].key = &b->parts->registry_keys[index];
  values[index].key->hive = hive;
  values[index].key->name = key;
  values[index].name = name;
  values[index].type = HCSREF_LIT("DWord");
  values[index].d_word_value = number;
}

/* The VM's own values, then those of the annotation. */
bool hcsref_vm_build_registry(hcsref_vm_builder *b) {
  const hcsref_uvm_options *o = b->options;
  const hcsref_slice *more = &o->additional_registry_keys;
  hcsref_slice *all = &b->parts->registry.add_values;
  hcsref_v2_registry_value *values =
      hcsref_arena_array(b->call->arena, HCSREF_VM_REGISTRY_VALUES + more->len, sizeof *values);
  if (values == NULL)
    return hcsref_fail_memory(b->call->err);
  if (o->process_dump_location.len != 0) {
    add_value(b, values, HCSREF_LIT("System"), HCSREF_LIT("ControlSet001\\Services\\WerSvc"), HCSREF_LIT("Start"), 2);
    add_value(b, values, HCSREF_LIT("Software"), HCSREF_LIT("Microsoft\\Windows\\Windows Error Reporting"),
              HCSREF_LIT("Disabled"), 1);
  }
  if (!o->disable_compartment_namespace)
    add_value(b, values, HCSREF_LIT("System"), HCSREF_LIT("CurrentControlSet\\Services\\gns"),
              HCSREF_LIT("EnableCompartmentNamespace"), 1);
  for (size_t i = 0; i < more->len; i++)
    values[all->len++] = ((const hcsref_v2_registry_value *)more->items)[i];
  all->items = values;
  all->cap = all->len;
  b->parts->vm.registry_changes = &b->parts->registry;
  return true;
}

/* ---- devices ---- */

/* A copy of the annotations' services, and the log's, which replaces one of its GUID. */
static bool build_services(hcsref_vm_builder *b) {
  const hcsref_map *given = &b->options->additional_hyper_v_config;
  const hcsref_v2_hv_socket_service_config_entry *entries = given->entries;
  hcsref_map *table = &b->parts->hv_socket_config.service_table;
  hcsref_v2_hv_socket_service_config_entry *entry;
  for (size_t i = 0; i < given->len; i++) {
    entry = hcsref_map_push(b->call->arena, table, sizeof *entry);
    if (entry == NULL)
      return hcsref_fail_memory(b->call->err);
    *entry = entries[i];
  }
  if (!b->options->log_forwarding_enabled)
    return true;
  entry = hcsref_map_push(b->call->arena, table, sizeof *entry);
  if (entry == NULL)
    return hcsref_fail_memory(b->call->err);
  entry->key = LOG_SERVICE;
  entry->value.bind_security_descriptor = entry->value.connect_security_descriptor = ADMINISTRATORS;
  entry->value.allow_wildcard_binds = true;
  return true;
}

static void build_console(hcsref_vm_builder *b) {
  hcsref_vm_parts *parts = b->parts;
  if (b->options->console_pipe.len != 0) {
    parts->com_port.key = HCSREF_LIT("0");
    parts->com_port.value.named_pipe = b->options->console_pipe;
    parts->devices.com_ports.entries = &parts->com_port;
    parts->devices.com_ports.len = parts->devices.com_ports.cap = 1;
  }
  if (b->options->enable_graphics_console) {
    parts->devices.video_monitor = &parts->video_monitor;
    parts->devices.keyboard = &parts->keyboard;
    parts->devices.enhanced_mode_video = &parts->enhanced_video;
  }
}

/* The one SCSI controller, without disks as yet. */
static void build_controller(hcsref_vm_builder *b) {
  hcsref_vm_parts *parts = b->parts;
  parts->controller.key = FIRST_CONTROLLER;
  parts->controller.value.attachments.entries = parts->attachments;
  parts->devices.scsi.entries = &parts->controller;
  parts->devices.scsi.len = parts->devices.scsi.cap = 1;
}

void hcsref_vm_attach(hcsref_vm_builder *b, hcsref_str path, bool read_only) {
  static const char digits[] = "012";
  hcsref_map *attachments = &b->parts->controller.value.attachments;
  hcsref_v2_attachment_entry *disk = &b->parts->attachments[attachments->len];
  disk->key = hcsref_str_from(&digits[attachments->len], 1);
  disk->value.type = HCSREF_LIT("VirtualDisk");
  disk->value.path = path;
  disk->value.read_only = read_only;
  attachments->len++;
  attachments->cap = attachments->len;
}

bool hcsref_vm_build_devices(hcsref_vm_builder *b) {
  hcsref_vm_parts *parts = b->parts;
  parts->hv_socket_config.default_bind_security_descriptor = ADMINISTRATORS;
  parts->hv_socket.hv_socket_config = &parts->hv_socket_config;
  parts->devices.hv_socket = &parts->hv_socket;
  parts->virtual_smb.direct_file_mapping_in_mb = MAPPED_MB;
  parts->virtual_smb.shares.items = &parts->share;
  parts->virtual_smb.shares.len = parts->virtual_smb.shares.cap = 1;
  parts->share.options = &parts->share_options;
  parts->devices.virtual_smb = &parts->virtual_smb;
  parts->vm.devices = &parts->devices;
  build_console(b);
  build_controller(b);
  return build_services(b);
}

/* ---- dumps ---- */

/* A file of this VM in the dump directory: the id may lead out of it. */
static bool name_dump(const hcsref_vm_builder *b, const char *suffix, hcsref_str *out) {
  hcsref_arena *arena = b->call->arena;
  hcsref_str parts[2];
  parts[0] = b->options->dump_directory_path;
  return (hcsref_format(arena, &parts[1], "%v%s", b->options->id, suffix) &&
          hcsref_path_join_as(arena, b->call->rules, parts, 2, out)) ||
         hcsref_fail_memory(b->call->err);
}

static bool open_dump_directory(const hcsref_vm_builder *b) {
  const hcsref_vm_host *host = b->call->host;
  const hcsref_str directory = b->options->dump_directory_path;
  const char *where = hcsref_vm_option_place(b->call, &b->options->dump_directory_path);
  hcsref_arena *arena = b->call->arena;
  hcsref_str message = hcsref_no_message();
  bool is_dir = false;
  if (host->base.ops->stat(host->base.ctx, arena, directory, &is_dir, &message) != HCSREF_PATH_OK) {
    if (hcsref_is_no_message(message))
      return hcsref_fail_memory(b->call->err);
    return hcsref_fail(arena, b->call->err, "vm-dump-directory", hcsref_cstr(where),
                       "error in preparing config doc: failed to stat dump directory %v: %v", directory, message);
  }
  if (!is_dir)
    return hcsref_fail(arena, b->call->err, "vm-dump-directory", hcsref_cstr(where),
                       "error in preparing config doc: dump directory path %v isn't a directory", directory);
  return host->ops->grant_vm_group(host->ctx, arena, directory, &message) ||
         hcsref_vm_fail_host(b, "vm-dump-directory", where, "failed to add SDL to dump directory", message);
}

bool hcsref_vm_build_dumps(hcsref_vm_builder *b) {
  hcsref_vm_parts *parts = b->parts;
  if (b->options->dump_directory_path.len == 0)
    return true;
  if (!open_dump_directory(b) ||
      !name_dump(b, "-savedstate.vmrs", &parts->debug_options.bugcheck_saved_state_file_name) ||
      !name_dump(b, "-savedstate_nocrashdump.vmrs", &parts->debug_options.bugcheck_no_crashdump_saved_state_file_name))
    return false;
  parts->vm.debug_options = &parts->debug_options;
  if (!hcsref_has(b->call->rules, HCSREF_CHANGE_VM_CRASH_DUMPS))
    return true;
  parts->crash_settings.dump_type = HCSREF_LIT("Full");
  parts->crash_reporting.windows_crash_settings = &parts->crash_settings;
  parts->devices.guest_crash_reporting = &parts->crash_reporting;
  return name_dump(b, "-windows-crash", &parts->crash_settings.dump_file_name);
}

/* ---- booting from a folder ---- */

bool hcsref_vm_build_boot(hcsref_vm_builder *b) {
  hcsref_vm_parts *parts = b->parts;
  const bool granted_later = !hcsref_has(b->call->rules, HCSREF_CHANGE_VM_BOOT_FILES);
  parts->share.name = HCSREF_LIT("os");
  hcsref_vsmb_default_options(true, b->options->fully_physically_backed || b->options->no_direct_map,
                              &parts->share_options);
  parts->share_options.take_backup_privilege = true;
  parts->boot_entry.device_type = HCSREF_LIT("VmbFs");
  parts->boot_entry.device_path = HCSREF_LIT("\\EFI\\Microsoft\\Boot\\bootmgfw.efi");
  parts->uefi.boot_this = &parts->boot_entry;
  parts->chipset.uefi = &parts->uefi;
  parts->vm.chipset = &parts->chipset;
  if (!hcsref_vm_join(b->call, b->boot.image, "UtilityVM\\Files", &parts->share.path) ||
      (!granted_later && !hcsref_vm_grant(b, b->boot.scratch, "failed to grant vm access to scratch")))
    return false;
  hcsref_vm_attach(b, b->boot.scratch, false);
  return true;
}

bool hcsref_vm_grant(const hcsref_vm_builder *b, hcsref_str path, const char *what) {
  const hcsref_vm_host *host = b->call->host;
  hcsref_str message = hcsref_no_message();
  return host->ops->grant_vm(host->ctx, b->call->arena, b->options->id, path, &message) ||
         hcsref_vm_fail_host(b, "vm-grant", "", what, message);
}
