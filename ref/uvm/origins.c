/* SPDX-License-Identifier: Apache-2.0 */
/* Where the options of a VM and the fields of its document come from, noted for those who ask. Source: hcsshim
 * internal/oci/uvm.go SpecToUVMCreateOpts; internal/uvm/create_wcow.go prepareCommonConfigDoc, prepareConfigDoc. */
#include "uvm/origins.h"

#include "hcsref/provenance.h"
#include "uvm/read.h"

#include <string.h>

#define VM       HCSREF_VM_ANNOTATION
#define CPU      "/windows/resources/cpu/"
#define STORAGE  "/windows/resources/storage/"
#define TOPOLOGY VM "computetopology."

/* ---- options ---- */

#define ANNOTATIONS "/annotations/"

/* An option, the place of the annotation that sets it, and what of the spec does when that is not there or 0 (null:
 * nothing). */
typedef struct option_row {
  size_t offset, size;
  const char *annotation, *place;
} option_row;

#define OPTION(member, annotation, place)                                                                              \
  { offsetof(hcsref_uvm_options, member), sizeof(((hcsref_uvm_options *)0)->member), ANNOTATIONS annotation, place }

static const option_row option_rows[] = {
    OPTION(memory_size_in_mb, TOPOLOGY "memory.sizeinmb", "/windows/resources/memory/limit"),
    OPTION(low_mmio_gap_in_mb, TOPOLOGY "memory.lowmmiogapinmb", NULL),
    OPTION(high_mmio_base_in_mb, TOPOLOGY "memory.highmmiobaseinmb", NULL),
    OPTION(high_mmio_gap_in_mb, TOPOLOGY "memory.highmmiogapinmb", NULL),
    OPTION(allow_overcommit, TOPOLOGY "memory.allowovercommit", NULL),
    OPTION(enable_deferred_commit, TOPOLOGY "memory.enabledeferredcommit", NULL),
    OPTION(fully_physically_backed, VM "fullyphysicallybacked", NULL),
    OPTION(processor_count, TOPOLOGY "processor.count", CPU "count"),
    OPTION(processor_limit, TOPOLOGY "processor.limit", CPU "maximum"),
    OPTION(processor_weight, TOPOLOGY "processor.weight", CPU "shares"),
    OPTION(storage_qos_iops_maximum, VM "storageqos.iopsmaximum", STORAGE "iops"),
    OPTION(storage_qos_bandwidth_maximum, VM "storageqos.bandwidthmaximum", STORAGE "bps"),
    OPTION(dump_directory_path, VM "dump-directory-path", NULL),
    OPTION(cpu_group_id, VM "cpugroup.id", NULL),
    OPTION(resource_partition_id, VM "resource-partition-id", NULL),
    OPTION(network_config_proxy, "io.microsoft.network.ncproxy", NULL),
    OPTION(process_dump_location, "io.microsoft.container.processdumplocation", NULL),
    OPTION(no_writable_file_shares, VM "fileshares.disablewritable", NULL),
    OPTION(disable_compartment_namespace, VM "disablecompartmentnamespace", NULL),
    OPTION(console_pipe, VM "console.pipe", NULL),
    OPTION(max_processors_per_numa_node, TOPOLOGY "processor.numa.max-processors-per-node", NULL),
    OPTION(max_memory_size_per_numa_node, TOPOLOGY "processor.numa.max-size-per-node", NULL),
    OPTION(preferred_physical_numa_nodes, TOPOLOGY "numa.preferred-physical-nodes", NULL),
    OPTION(numa_mapped_physical_nodes, TOPOLOGY "numa.mapped-physical-nodes", NULL),
    OPTION(numa_processor_counts, TOPOLOGY "numa.count-of-processors", NULL),
    OPTION(numa_memory_blocks_counts, TOPOLOGY "numa.count-of-memory-blocks", NULL),
    OPTION(no_direct_map, VM "wcow.virtualSMB.nodirectmap", NULL),
    OPTION(no_inherit_host_timezone, VM "wcow.timezone.noinherit", NULL),
    OPTION(additional_registry_keys, VM "wcow.additional-reg-keys", NULL),
    OPTION(writable_efi, VM "wcow.writable_efi", NULL),
    OPTION(boot_files_root_path, VM "bootfilesrootpath", NULL),
    OPTION(log_forwarding_enabled, VM "forwardlogs.enable", NULL),
    OPTION(default_log_sources_enabled, VM "forwardlogs.defaultsources.enable", NULL),
    OPTION(log_sources, VM "forwardlogs.sources", NULL),
    OPTION(security_policy_enabled, VM "wcow.securitypolicy", NULL),
    OPTION(security_policy, VM "wcow.securitypolicy", NULL),
    OPTION(security_policy_enforcer, VM "wcow.enforcer", NULL),
    OPTION(isolation_type, VM "wcow.isolation_type", NULL),
    OPTION(disable_secure_boot, VM "wcow.no_secure_boot", NULL),
    OPTION(guest_state_file_path, VM "wcow.gueststatefile", NULL),
    OPTION(debug_mode, "io.microsoft.wcow.debug", NULL),
    OPTION(debug_data_path, "io.microsoft.wcow.debug_data_path", NULL),
};
#define OPTION_ROWS (sizeof option_rows / sizeof option_rows[0])

static const option_row *find_row(size_t offset) {
  for (size_t i = 0; i < OPTION_ROWS; i++)
    if (option_rows[i].offset == offset)
      return &option_rows[i];
  return NULL;
}

/* Is what the place stands for in the spec? */
static bool is_in_spec(const hcsref_oci_spec *spec, const char *place) {
  const hcsref_oci_windows_resources *resources = spec->windows == NULL ? NULL : spec->windows->resources;
  const hcsref_oci_windows_cpu_resources *cpu = resources == NULL ? NULL : resources->cpu;
  const hcsref_oci_windows_storage_resources *storage = resources == NULL ? NULL : resources->storage;
  const struct {
    const char *place;
    bool there;
  } places[] = {{"/windows/resources/memory/limit",
                 resources != NULL && resources->memory != NULL && resources->memory->limit != NULL},
                {CPU "count", cpu != NULL && cpu->count != NULL},
                {CPU "maximum", cpu != NULL && cpu->maximum != NULL},
                {CPU "shares", cpu != NULL && cpu->shares != NULL},
                {STORAGE "iops", storage != NULL && storage->iops != NULL},
                {STORAGE "bps", storage != NULL && storage->bps != NULL}};
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
    if (strcmp(place, places[i].place) == 0)
      return places[i].there;
  return false;
}

/* The annotation before the spec, and that before the default, which has no place. */
static const char *place_of(const hcsref_shim_call *call, const option_row *row) {
  const hcsref_str key = hcsref_cstr(row->annotation + sizeof ANNOTATIONS - 1);
  if (hcsref_vm_annotation(call, key) != NULL && (row->place == NULL || hcsref_vm_read_uint64(call, key, 0) != 0))
    return row->annotation;
  return row->place != NULL && is_in_spec(call->spec, row->place) ? row->place : "";
}

const char *hcsref_vm_option_place(const hcsref_shim_call *call, const void *option) {
  const option_row *row = find_row((size_t)((const char *)option - (const char *)call->options));
  return row == NULL ? "" : place_of(call, row);
}

/* Notes a field that is an option, or made of one. */
static void note_option(const hcsref_shim_call *call, const void *field, size_t size, const option_row *row,
                        const char *rule) {
  hcsref_provenance_note(call->settings->provenance, field, size, rule, "%s", place_of(call, row));
}

void hcsref_note_vm_options(const hcsref_shim_call *call) {
  hcsref_provenance *notes = call->settings->provenance;
  hcsref_uvm_options *o = call->options;
  if (notes == NULL || o == NULL)
    return;
  hcsref_provenance_note(notes, o, sizeof *o, "newDefaultOptions: the same for every VM", "");
  hcsref_provenance_note(notes, &o->id, sizeof o->id, "createPod, newHcsStandaloneTask: the id and @vm", "option id");
  hcsref_provenance_note(notes, &o->owner, sizeof o->owner, "newDefaultOptions: the name of the shim's program",
                         "option owner");
  hcsref_provenance_note(notes, &o->additional_hyper_v_config, sizeof o->additional_hyper_v_config,
                         "parseHVSocketServiceTable: annotations that begin alike", "/annotations");
  for (size_t i = 0; i < OPTION_ROWS; i++)
    note_option(call, (const char *)o + option_rows[i].offset, option_rows[i].size, &option_rows[i],
                "SpecToUVMCreateOpts: the annotation before the spec, that before the default");
}

/* ---- the document ---- */

typedef struct field_row {
  size_t offset, size, option;
  const char *rule;
} field_row;

#define FIELD(field, option, rule)                                                                                     \
  {                                                                                                                    \
    offsetof(hcsref_vm_parts, field), sizeof(((hcsref_vm_parts *)0)->field), offsetof(hcsref_uvm_options, option),     \
        rule                                                                                                           \
  }
#define MEMORY(field, option, rule) FIELD(memory2.field, option, rule), FIELD(memory.field, option, rule)

static const char as_it_is[] = "prepareCommonConfigDoc: the option", clamped[] = "normalizeProcessorCount: at most the "
                                                                                 "host's";

static const field_row field_rows[] = {
    MEMORY(size_in_mb, memory_size_in_mb, "normalizeMemorySize: the next even number"),
    MEMORY(allow_overcommit, allow_overcommit, as_it_is),
    MEMORY(enable_hot_hint, allow_overcommit, as_it_is),
    MEMORY(enable_deferred_commit, enable_deferred_commit, as_it_is),
    MEMORY(low_mmio_gap_in_mb, low_mmio_gap_in_mb, as_it_is),
    MEMORY(high_mmio_base_in_mb, high_mmio_base_in_mb, as_it_is),
    MEMORY(high_mmio_gap_in_mb, high_mmio_gap_in_mb, as_it_is),
    FIELD(processor2.count, processor_count, clamped),
    FIELD(processor2.limit, processor_limit, as_it_is),
    FIELD(processor2.weight, processor_weight, as_it_is),
    FIELD(processor.count, processor_count, clamped),
    FIELD(processor.limit, processor_limit, as_it_is),
    FIELD(processor.weight, processor_weight, as_it_is),
    FIELD(cpu_group, cpu_group_id, as_it_is),
    FIELD(storage_qos.iops_maximum, storage_qos_iops_maximum, as_it_is),
    FIELD(storage_qos.bandwidth_maximum, storage_qos_bandwidth_maximum, as_it_is),
    FIELD(vm.resource_partition_id, resource_partition_id, as_it_is),
    FIELD(com_port, console_pipe, as_it_is),
    FIELD(debug_options, dump_directory_path, "prepareCommonConfigDoc: files in the directory for dumps"),
    FIELD(crash_settings, dump_directory_path, "prepareCommonConfigDoc: files in the directory for dumps"),
    FIELD(guest_state, guest_state_file_path, "prepareSecurityConfigDoc: the option"),
    FIELD(isolation, isolation_type, "prepareSecurityConfigDoc: the option"),
    FIELD(isolation.launch_data, security_policy, "prepareSecurityConfigDoc: the policy's digest"),
    FIELD(numa, max_processors_per_numa_node, "prepareVNumaTopology: nodes of at most so many processors"),
};

/* Whoever asks wants to know what was asked for it, too. */
static void note_files(const hcsref_vm_builder *b, hcsref_provenance *notes) {
  hcsref_vm_parts *parts = b->parts;
  hcsref_provenance_note(notes, &parts->share, sizeof parts->share, "prepareConfigDoc: the files of the VM's image",
                         "/windows/layerFolders");
  hcsref_provenance_note(notes, &parts->share.name, sizeof parts->share.name, "prepareConfigDoc: always os", "");
  hcsref_provenance_note(notes, &parts->share_options, sizeof parts->share_options,
                         "DefaultVSMBOptions: of a read-only share, and TakeBackupPrivilege", "");
  note_option(b->call, &parts->share_options.no_directmap, sizeof parts->share_options.no_directmap,
              find_row(offsetof(hcsref_uvm_options, no_direct_map)), "DefaultVSMBOptions: the option");
  hcsref_provenance_note(notes, &parts->devices.scsi, sizeof parts->devices.scsi,
                         "prepareConfigDoc: the VM's disks, its scratch first", "/windows/layerFolders");
}

/* The VM's own values, then those of the annotation. */
static void note_registry(const hcsref_vm_builder *b, hcsref_provenance *notes) {
  const hcsref_slice *all = &b->parts->registry.add_values, *more = &b->options->additional_registry_keys;
  const hcsref_v2_registry_value *values = all->items;
  const size_t own = all->len - more->len;
  hcsref_provenance_note(notes, b->parts->registry_keys, sizeof b->parts->registry_keys,
                         "prepareCommonConfigDoc: values of the VM's own", "");
  if (values == NULL)
    return;
  hcsref_provenance_note(notes, values, own * sizeof *values, "prepareCommonConfigDoc: values of the VM's own", "");
  for (size_t i = own; i < all->len; i++) {
    note_option(b->call, &values[i], sizeof values[i], find_row(offsetof(hcsref_uvm_options, additional_registry_keys)),
                "ParseAdditionalRegistryValues: those that are valid");
    if (values[i].key != NULL)
      note_option(b->call, values[i].key, sizeof *values[i].key,
                  find_row(offsetof(hcsref_uvm_options, additional_registry_keys)),
                  "ParseAdditionalRegistryValues: those that are valid");
  }
}

/* Those of annotations, and the one that takes the guest's log. */
static void note_services(const hcsref_vm_builder *b, hcsref_provenance *notes) {
  const hcsref_map *table = &b->parts->hv_socket_config.service_table;
  const bool given = b->options->additional_hyper_v_config.len != 0;
  hcsref_provenance_note(notes, table, sizeof *table,
                         given ? "parseHVSocketServiceTable: an annotation for each service, and the log's"
                               : "prepareCommonConfigDoc: the service that takes the guest's log",
                         "%s", given ? "/annotations" : "");
}

void hcsref_note_vm_document(const hcsref_vm_builder *b) {
  hcsref_provenance *notes = b->call->settings->provenance;
  hcsref_vm_parts *parts = b->parts;
  if (notes == NULL)
    return;
  hcsref_provenance_note(notes, parts, sizeof *parts, "prepareConfigDoc: the same for every VM", "");
  hcsref_provenance_note(notes, &parts->system.owner, sizeof parts->system.owner, "prepareCommonConfigDoc: the option",
                         "option owner");
  for (size_t i = 0; i < sizeof field_rows / sizeof field_rows[0]; i++)
    note_option(b->call, (const char *)parts + field_rows[i].offset, field_rows[i].size, find_row(field_rows[i].option),
                field_rows[i].rule);
  note_files(b, notes);
  note_registry(b, notes);
  note_services(b, notes);
}
