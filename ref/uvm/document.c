/* SPDX-License-Identifier: Apache-2.0 */
/* From the options to the document. Source: hcsshim internal/uvm/create_wcow.go prepareCommonConfigDoc,
 * prepareConfigDoc, CreateWCOW; internal/uvm/create.go verifyOptions. */
#include "uvm/document.h"

#include "base/convert.h"
#include "host/message.h"
#include "uvm/origins.h"

/* The first build that takes a CPU group in the document. Source: hcsshim osversion V21H1. */
#define BUILD_CPU_GROUP 19043u

/* ---- verification ---- */

static bool fail_options(const hcsref_shim_call *call, const char *where, const char *message) {
  return hcsref_fail(call->arena, call->err, "vm-options", hcsref_cstr(where), "UVM options incorrect: %s", message);
}

/* One that is set, with others or without them. */
static bool fail_option(const hcsref_shim_call *call, const void *option, const char *message) {
  return fail_options(call, hcsref_vm_option_place(call, option), message);
}

/* What nobody can set before hcsshim 0.13. */
static bool verify_newer(const hcsref_shim_call *call) {
  const hcsref_uvm_options *o = call->options;
  if (o->security_policy_enabled && o->guest_state_file_path.len == 0)
    return fail_option(call, &o->security_policy_enabled,
                       "GuestStateFilePath must be provided when enabling security policy");
  if (!hcsref_has(call->rules, HCSREF_CHANGE_VM_CONFIDENTIAL))
    return true;
  if (hcsref_str_equal(o->isolation_type, HCSREF_LIT("SecureNestedPaging")) && o->enable_graphics_console)
    return fail_option(call, &o->isolation_type,
                       "graphics console cannot be enabled with SecureNestedPaging isolation mode");
  return o->resource_partition_id.len == 0 || o->cpu_group_id.len == 0 ||
         fail_option(call, &o->resource_partition_id,
                     "resource partition ID and CPU group ID cannot be set at the same time");
}

static bool verify(const hcsref_shim_call *call) {
  const hcsref_uvm_options *o = call->options;
  if (o->enable_deferred_commit && !o->allow_overcommit)
    return fail_option(call, &o->enable_deferred_commit,
                       "EnableDeferredCommit is not supported on physically backed VMs");
  if (!hcsref_has(call->rules, HCSREF_CHANGE_VM_BOOT_FILES) && call->layers.folders.len < 2)
    return fail_options(call, "/windows/layerFolders", "at least 2 LayerFolders must be supplied");
  if (o->scsi_controller_count != 1)
    return fail_option(call, &o->scsi_controller_count, "exactly 1 SCSI controller is required for WCOW");
  return verify_newer(call);
}

/* ---- processors and memory ---- */

static bool count_processors(hcsref_vm_builder *b) {
  const hcsref_vm_host *host = b->call->host;
  hcsref_str message = hcsref_no_message();
  int32_t of_host;
  if (!host->ops->processors(host->ctx, b->call->arena, &of_host, &message))
    return hcsref_vm_fail_host(b, "vm-processors", "", "failed to get host processor information", message);
  b->processors = b->options->processor_count > of_host ? of_host : b->options->processor_count;
  return true;
}

/* Memory is even; the largest number there is becomes 0. */
static void size_memory(hcsref_vm_builder *b) {
  const hcsref_uvm_options *o = b->options;
  hcsref_v2_memory2 *old = &b->parts->memory2;
  hcsref_v2_virtual_machine_memory *memory = &b->parts->memory;
  b->memory_mb = (o->memory_size_in_mb + 1) & ~(uint64_t)1;
  old->size_in_mb = memory->size_in_mb = b->memory_mb;
  old->allow_overcommit = memory->allow_overcommit = o->allow_overcommit;
  old->enable_hot_hint = memory->enable_hot_hint = o->allow_overcommit;
  old->enable_deferred_commit = memory->enable_deferred_commit = o->enable_deferred_commit;
  old->low_mmio_gap_in_mb = memory->low_mmio_gap_in_mb = o->low_mmio_gap_in_mb;
  old->high_mmio_base_in_mb = memory->high_mmio_base_in_mb = o->high_mmio_base_in_mb;
  old->high_mmio_gap_in_mb = memory->high_mmio_gap_in_mb = o->high_mmio_gap_in_mb;
}

/* A negative number becomes a large one in the newer type. */
bool hcsref_vm_build_processors(hcsref_vm_builder *b) {
  const hcsref_uvm_options *o = b->options;
  hcsref_vm_parts *parts = b->parts;
  if (!count_processors(b))
    return false;
  size_memory(b);
  parts->processor2.count = b->processors;
  parts->processor2.limit = o->processor_limit;
  parts->processor2.weight = o->processor_weight;
  parts->processor.count = (uint32_t)b->processors;
  parts->processor.limit = (uint64_t)(int64_t)o->processor_limit;
  parts->processor.weight = (uint64_t)(int64_t)o->processor_weight;
  parts->topology.memory2 = &parts->memory2;
  parts->topology.processor2 = &parts->processor2;
  parts->topology.memory = &parts->memory;
  parts->topology.processor = &parts->processor;
  parts->vm.compute_topology = &parts->topology;
  return true;
}

static bool build_cpu_group(hcsref_vm_builder *b) {
  const hcsref_host *host = &b->call->host->base;
  if (b->options->cpu_group_id.len == 0)
    return true;
  if (host->ops->os_build(host->ctx) < BUILD_CPU_GROUP)
    return hcsref_vm_fail(b, "vm-cpu-group", hcsref_vm_option_place(b->call, &b->options->cpu_group_id),
                          "cpu group assignment on create requires a build of 19043 or higher");
  b->parts->cpu_group.id = b->options->cpu_group_id;
  b->parts->processor2.cpu_group = b->parts->processor.cpu_group = &b->parts->cpu_group;
  return true;
}

static void build_storage_qos(hcsref_vm_builder *b) {
  const hcsref_uvm_options *o = b->options;
  if (o->storage_qos_bandwidth_maximum <= 0 && o->storage_qos_iops_maximum <= 0)
    return;
  b->parts->storage_qos.iops_maximum = o->storage_qos_iops_maximum;
  b->parts->storage_qos.bandwidth_maximum = o->storage_qos_bandwidth_maximum;
  b->parts->vm.storage_qos = &b->parts->storage_qos;
}

/* ---- the document ---- */

static void build_envelope(hcsref_vm_builder *b) {
  hcsref_vm_parts *parts = b->parts;
  parts->schema.major = 2;
  parts->schema.minor = 1;
  parts->system.owner = b->options->owner;
  parts->system.schema_version = &parts->schema;
  parts->system.virtual_machine = &parts->vm;
  parts->system.should_terminate_on_last_handle_closed = true;
  parts->vm.stop_on_reset = true;
  parts->vm.resource_partition_id = b->options->resource_partition_id;
}

/* What all VMs have. */
static bool build_common(hcsref_vm_builder *b) {
  build_envelope(b);
  if (!hcsref_vm_build_processors(b) || !hcsref_vm_build_registry(b) || !hcsref_vm_build_numa(b) ||
      !build_cpu_group(b) || !hcsref_vm_build_devices(b))
    return false;
  build_storage_qos(b);
  return hcsref_vm_build_dumps(b);
}

static bool build(hcsref_vm_builder *b) {
  b->parts = hcsref_arena_alloc(b->call->arena, sizeof *b->parts);
  if (b->parts == NULL)
    return hcsref_fail_memory(b->call->err);
  b->options = b->call->options;
  if (!b->options->security_policy_enabled || !hcsref_has(b->call->rules, HCSREF_CHANGE_VM_BOOT_FILES)) {
    if (b->boot.kind != HCSREF_LAYERS_FOLDERS)
      return hcsref_vm_fail(b, "vm-options", "", "expected VmbFS boot type, found: 1");
    return build_common(b) && hcsref_vm_build_boot(b);
  }
  if (b->boot.kind != HCSREF_LAYERS_BLOCK_CIM)
    return hcsref_vm_fail(b, "vm-options", hcsref_vm_option_place(b->call, &b->options->security_policy_enabled),
                          "expected BlockCIM boot type, found: 0");
  return build_common(b) && hcsref_vm_build_confidential(b);
}

/* Until 0.12: the scratch's folder, the options, the image, the document, the scratch. */
static bool create_before(hcsref_vm_builder *b) {
  hcsref_shim_call *call = b->call;
  return hcsref_vm_make_scratch_folder(call) && verify(call) && hcsref_vm_find_image(call, &b->boot) && build(b) &&
         hcsref_vm_make_scratch(call, &b->boot);
}

/* Since 0.13: all files, the options, the document. */
static bool create_after(hcsref_vm_builder *b) {
  if (!hcsref_vm_make_boot_files(b->call, &b->boot))
    return false;
  if (verify(b->call) && build(b))
    return true;
  hcsref_vm_keep_disks(b->call, &b->boot);
  return false;
}

static hcsref_shim_call begin_call(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_uvm_settings *settings,
                                   const hcsref_vm_host *host, hcsref_error *err) {
  const hcsref_rules *rules = hcsref_profile_rules(settings->profile, HCSREF_PROGRAM_HCSSHIM);
  return (hcsref_shim_call){
      .arena = arena, .spec = spec, .settings = settings, .host = host, .rules = rules, .err = err};
}

bool hcsref_uvm_options_of(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_uvm_settings *settings,
                           const hcsref_vm_host *host, hcsref_uvm_options **out, hcsref_error *err) {
  hcsref_shim_call call = begin_call(arena, spec, settings, host, err);
  bool makes_vm;
  if (!hcsref_call_begin(&call, &makes_vm))
    return false;
  *out = makes_vm ? call.options : NULL;
  hcsref_note_vm_options(&call);
  return true;
}

bool hcsref_uvm_document(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_uvm_settings *settings,
                         const hcsref_vm_host *host, hcsref_v2_compute_system **out, hcsref_error *err) {
  hcsref_shim_call call = begin_call(arena, spec, settings, host, err);
  hcsref_vm_builder b = {.call = &call};
  bool makes_vm;
  if (!hcsref_call_begin(&call, &makes_vm))
    return false;
  if (makes_vm && !(hcsref_has(call.rules, HCSREF_CHANGE_VM_BOOT_FILES) ? create_after(&b) : create_before(&b)))
    return false;
  *out = makes_vm ? &b.parts->system : NULL;
  hcsref_note_vm_options(&call);
  if (makes_vm)
    hcsref_note_vm_document(&b);
  return true;
}
