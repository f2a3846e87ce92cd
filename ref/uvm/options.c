/* SPDX-License-Identifier: Apache-2.0 */
/* The options of the VM, from the spec's resources and annotations. Source: hcsshim internal/oci/uvm.go
 * specToUVMCreateOptionsCommon, SpecToUVMCreateOpts; internal/uvm/create.go newDefaultOptions. */
#include "gojson/text.h"
#include "hcsref/path.h"
#include "uvm/read.h"
#include "uvm/tables.h"

#define VM HCSREF_VM_ANNOTATION

#define DEFAULT_MEMORY_MB 1024
#define BYTES_PER_MB      1048576u

static const hcsref_oci_windows_resources *resources_of(const hcsref_shim_call *call) {
  return call->spec->windows->resources;
}

/* Less than a MB becomes 0. */
static uint64_t read_memory(const hcsref_shim_call *call) {
  uint64_t mb = hcsref_vm_read_uint64(call, HCSREF_LIT(VM "computetopology.memory.sizeinmb"), 0);
  const hcsref_oci_windows_resources *resources = resources_of(call);
  if (mb != 0)
    return mb;
  if (resources == NULL || resources->memory == NULL || resources->memory->limit == NULL ||
      *resources->memory->limit == 0)
    return DEFAULT_MEMORY_MB;
  return *resources->memory->limit / BYTES_PER_MB;
}

static void read_memory_options(const hcsref_shim_call *call, hcsref_uvm_options *o) {
  o->memory_size_in_mb = read_memory(call);
  o->low_mmio_gap_in_mb = hcsref_vm_read_uint64(call, HCSREF_LIT(VM "computetopology.memory.lowmmiogapinmb"), 0);
  o->high_mmio_base_in_mb = hcsref_vm_read_uint64(call, HCSREF_LIT(VM "computetopology.memory.highmmiobaseinmb"), 0);
  o->high_mmio_gap_in_mb = hcsref_vm_read_uint64(call, HCSREF_LIT(VM "computetopology.memory.highmmiogapinmb"), 0);
  o->allow_overcommit = hcsref_vm_read_bool(call, HCSREF_LIT(VM "computetopology.memory.allowovercommit"), true);
  o->enable_deferred_commit =
      hcsref_vm_read_bool(call, HCSREF_LIT(VM "computetopology.memory.enabledeferredcommit"), false);
}

/* runtime.NumCPU as the shim sees it. */
static int32_t default_processors(const hcsref_shim_call *call) {
  return call->host->ops->cpus(call->host->ctx) == 1 ? 1 : 2;
}

/* The spec has some of these in 16 bits. */
static const uint64_t *widen(const uint16_t *value, uint64_t *wide) {
  if (value == NULL)
    return NULL;
  *wide = *value;
  return wide;
}

static void read_processor_options(const hcsref_shim_call *call, hcsref_uvm_options *o) {
  static const hcsref_oci_windows_cpu_resources none;
  const hcsref_oci_windows_resources *resources = resources_of(call);
  const hcsref_oci_windows_cpu_resources *cpu = resources == NULL || resources->cpu == NULL ? &none : resources->cpu;
  uint64_t maximum, shares;
  o->processor_count = hcsref_vm_read_limit(call, HCSREF_LIT(VM "computetopology.processor.count"), cpu->count,
                                            default_processors(call));
  o->processor_limit =
      hcsref_vm_read_limit(call, HCSREF_LIT(VM "computetopology.processor.limit"), widen(cpu->maximum, &maximum), 0);
  o->processor_weight =
      hcsref_vm_read_limit(call, HCSREF_LIT(VM "computetopology.processor.weight"), widen(cpu->shares, &shares), 0);
}

static void read_storage_options(const hcsref_shim_call *call, hcsref_uvm_options *o) {
  static const hcsref_oci_windows_storage_resources none;
  const hcsref_oci_windows_resources *resources = resources_of(call);
  const hcsref_oci_windows_storage_resources *storage =
      resources == NULL || resources->storage == NULL ? &none : resources->storage;
  o->storage_qos_bandwidth_maximum =
      hcsref_vm_read_limit(call, HCSREF_LIT(VM "storageqos.bandwidthmaximum"), storage->bps, 0);
  o->storage_qos_iops_maximum = hcsref_vm_read_limit(call, HCSREF_LIT(VM "storageqos.iopsmaximum"), storage->iops, 0);
}

static void read_text_options(const hcsref_shim_call *call, hcsref_uvm_options *o) {
  const hcsref_str none = HCSREF_LIT("");
  o->cpu_group_id = hcsref_vm_read_string(call, HCSREF_LIT(VM "cpugroup.id"), none);
  o->network_config_proxy = hcsref_vm_read_string(call, HCSREF_LIT("io.microsoft.network.ncproxy"), none);
  o->process_dump_location =
      hcsref_vm_read_string(call, HCSREF_LIT("io.microsoft.container.processdumplocation"), none);
  o->no_writable_file_shares = hcsref_vm_read_bool(call, HCSREF_LIT(VM "fileshares.disablewritable"), false);
  o->dump_directory_path = hcsref_vm_read_string(call, HCSREF_LIT(VM "dump-directory-path"), none);
  if (hcsref_has(call->rules, HCSREF_CHANGE_VM_CONFIDENTIAL))
    o->console_pipe = hcsref_vm_read_string(call, HCSREF_LIT(VM "console.pipe"), none);
}

static bool read_numa_options(const hcsref_shim_call *call, hcsref_uvm_options *o) {
  if (!hcsref_has(call->rules, HCSREF_CHANGE_VM_TOPOLOGY))
    return true;
  o->max_processors_per_numa_node =
      hcsref_vm_read_uint32(call, HCSREF_LIT(VM "computetopology.processor.numa.max-processors-per-node"), 0);
  o->max_memory_size_per_numa_node =
      hcsref_vm_read_uint64(call, HCSREF_LIT(VM "computetopology.processor.numa.max-size-per-node"), 0);
  return hcsref_vm_read_list32(call, HCSREF_LIT(VM "computetopology.numa.preferred-physical-nodes"),
                               &o->preferred_physical_numa_nodes) &&
         hcsref_vm_read_list32(call, HCSREF_LIT(VM "computetopology.numa.mapped-physical-nodes"),
                               &o->numa_mapped_physical_nodes) &&
         hcsref_vm_read_list32(call, HCSREF_LIT(VM "computetopology.numa.count-of-processors"),
                               &o->numa_processor_counts) &&
         hcsref_vm_read_list64(call, HCSREF_LIT(VM "computetopology.numa.count-of-memory-blocks"),
                               &o->numa_memory_blocks_counts);
}

/* A GUID with dashes and without braces; "" is none of them. */
static bool read_partition(const hcsref_shim_call *call, hcsref_uvm_options *o) {
  const hcsref_str *value = hcsref_vm_annotation(call, HCSREF_LIT(VM "resource-partition-id"));
  hcsref_guid guid;
  if (value == NULL || !hcsref_has(call->rules, HCSREF_CHANGE_VM_RESOURCE_PARTITION))
    return true;
  if (hcsref_guid_parse(*value, &guid))
    return hcsref_guid_text(call->arena, &guid, &o->resource_partition_id) || hcsref_fail_memory(call->err);
  return hcsref_fail(
      call->arena, call->err, "resource-partition", HCSREF_LIT("/annotations/" VM "resource-partition-id"),
      "failed to parse annotation \"" VM "resource-partition-id\" with value %q as GUID: invalid GUID %q", *value,
      *value);
}

static bool read_common_options(const hcsref_shim_call *call, hcsref_uvm_options *o) {
  o->id = call->vm_id;
  o->scsi_controller_count = 1;
  read_memory_options(call, o);
  read_processor_options(call, o);
  read_storage_options(call, o);
  read_text_options(call, o);
  return (hcsref_path_base_as(call->arena, call->rules, call->settings->shim_path, &o->owner) ||
          hcsref_fail_memory(call->err)) &&
         read_numa_options(call, o) && hcsref_vm_read_service_table(call, &o->additional_hyper_v_config) &&
         read_partition(call, o);
}

static bool read_windows_options(const hcsref_shim_call *call, hcsref_uvm_options *o) {
  o->disable_compartment_namespace = hcsref_vm_read_bool(call, HCSREF_LIT(VM "disablecompartmentnamespace"), false);
  o->no_direct_map = hcsref_vm_read_bool(call, HCSREF_LIT(VM "wcow.virtualSMB.nodirectmap"), false);
  o->no_inherit_host_timezone = hcsref_vm_read_bool(call, HCSREF_LIT(VM "wcow.timezone.noinherit"), false);
  if (!hcsref_vm_read_registry_values(call, &o->additional_registry_keys))
    return false;
  o->fully_physically_backed = hcsref_vm_read_bool(call, HCSREF_LIT(VM "fullyphysicallybacked"), false);
  if (o->fully_physically_backed)
    o->allow_overcommit = false;
  return true;
}

/* Since 0.15, and each after what it may depend on. */
static bool read_newer_options(hcsref_shim_call *call, hcsref_uvm_options *o) {
  if (!hcsref_has(call->rules, HCSREF_CHANGE_VM_CONFIDENTIAL))
    return true;
  o->writable_efi = hcsref_vm_read_bool(call, HCSREF_LIT(VM "wcow.writable_efi"), false);
  if (hcsref_has(call->rules, HCSREF_CHANGE_VM_BOOT_FILES_ROOT)) {
    o->debug_mode = hcsref_vm_read_bool(call, HCSREF_LIT("io.microsoft.wcow.debug"), false);
    o->debug_data_path = hcsref_vm_read_string(call, HCSREF_LIT("io.microsoft.wcow.debug_data_path"), HCSREF_LIT(""));
    o->boot_files_root_path = hcsref_vm_read_string(call, HCSREF_LIT(VM "bootfilesrootpath"), HCSREF_LIT(""));
  }
  if (!hcsref_call_read_confidential(call))
    return false;
  o->log_sources = hcsref_vm_read_string(call, HCSREF_LIT(VM "forwardlogs.sources"), HCSREF_LIT(""));
  o->log_forwarding_enabled =
      hcsref_vm_read_bool(call, HCSREF_LIT(VM "forwardlogs.enable"), !o->security_policy_enabled);
  o->default_log_sources_enabled = hcsref_vm_read_bool(call, HCSREF_LIT(VM "forwardlogs.defaultsources.enable"), true);
  return true;
}

/* What a user of the uvm package itself would set. */
static bool override_options(const hcsref_shim_call *call) {
  const hcsref_str overrides = call->settings->overrides;
  return overrides.len == 0 || hcsref_json_decode_as(call->arena, call->rules, overrides, &hcsref_type_uvm_options,
                                                     HCSREF_JSON_WHOLE, call->options, call->err);
}

bool hcsref_call_read_options(hcsref_shim_call *call) {
  hcsref_uvm_options *o = hcsref_arena_alloc(call->arena, sizeof *o);
  if (o == NULL || !hcsref_format(call->arena, &call->vm_id, "%v@vm", call->settings->id))
    return hcsref_fail_memory(call->err);
  call->options = o;
  return hcsref_vm_collect_annotations(call) && read_common_options(call, o) && read_windows_options(call, o) &&
         read_newer_options(call, o) && override_options(call);
}
