/* SPDX-License-Identifier: Apache-2.0 */
/* The options and the document of a VM, in a release that the input chooses: the params of a case "uvm-document", and
 * `profile`. */
#include "mutator/table.h"
#include "params.h"
#include "support.h"
#include "vm_state.h"

#include "hcsref/profile.h"
#include "hcsref/uvm.h"

typedef struct vm_options {
  hcsref_str id, bundle, overrides;
  bool task;
  hcsref_shim_options *shim;
  hcsref_slice rootfs; /* of hcsref_rootfs_mount */
} vm_options;

typedef struct vm_params {
  uint32_t profile; /* which of the list */
  hcsref_oci_spec *spec;
  vm_options options;
  hcsref_str host;
  hcsref_str shim_path; /* the host's */
  bool explained;       /* what is noted changes nothing */
} vm_params;

static const hcsref_type spec_pointer = POINTER(hcsref_type_oci_spec);
static const hcsref_type shim_pointer = POINTER(hcsref_type_shim_options);
static const hcsref_field options_fields[] = {
    FIELD(vm_options, id, "id", hcsref_type_string),
    FIELD(vm_options, bundle, "bundle", hcsref_type_string),
    FIELD(vm_options, overrides, "overrides", hcsref_type_raw),
    FIELD(vm_options, task, "task", hcsref_type_bool),
    FIELD(vm_options, shim, "shim", shim_pointer),
    FIELD(vm_options, rootfs, "rootfs", params_rootfs_table),
};
static const hcsref_type options_type = OBJECT(vm_options, options_fields);
static const hcsref_field fields[] = {
    FIELD(vm_params, profile, "profile", hcsref_type_uint32),
    FIELD(vm_params, spec, "spec", spec_pointer),
    FIELD(vm_params, options, "options", options_type),
    FIELD(vm_params, host, "host", hcsref_type_raw),
};
static const hcsref_type params_type = OBJECT(vm_params, fields);

/* One on each side of most changes. */
static const hcsref_profile *find_profile(uint32_t number) {
  static const char *const names[] = {"hcsshim-main",   "hcsshim-0.14.1",      "hcsshim-0.13.0",
                                      "hcsshim-0.12.9", "hcsshim-0.13.0-rc.1", "hcsshim-0.11.7"};
  return fuzz_profile(names[number % (sizeof names / sizeof names[0])]);
}

/* Even, and what is asked for or one more; 2^64 - 1 and one are none. Source: hcsshim normalizeMemorySize. */
static void check_memory(const hcsref_v2_compute_system *system, const hcsref_uvm_options *options) {
  const hcsref_v2_topology *topology = system->virtual_machine->compute_topology;
  bool older = topology->memory == NULL;
  uint64_t size, asked = options->memory_size_in_mb;
  REQUIRE(!older || topology->memory2 != NULL, "memory");
  size = older ? topology->memory2->size_in_mb : topology->memory->size_in_mb;
  REQUIRE(size % 2 == 0, "%u megabytes are odd", size);
  REQUIRE(size == asked || size == asked + 1, "%u megabytes, and %u are asked for", size, asked);
}

/* All disks are on the one controller, each in a place of its own. */
static void check_disks(const hcsref_v2_devices *devices) {
  const hcsref_v2_scsi_entry *controller = devices->scsi.entries;
  const hcsref_v2_attachment_entry *disks;
  REQUIRE(devices->scsi.len == 1 && hcsref_str_equal(controller->key, HCSREF_LIT(VM_CONTROLLER)), "the one controller");
  disks = controller->value.attachments.entries;
  for (size_t i = 0; i < controller->value.attachments.len; i++)
    for (size_t other = 0; other < i; other++)
      REQUIRE(!hcsref_str_equal(disks[i].key, disks[other].key), "%q and %q have one place", disks[other].value.path,
              disks[i].value.path);
}

/* What every VM has. */
static void check_system(const hcsref_v2_compute_system *system) {
  REQUIRE(system->virtual_machine != NULL, "a VM");
  REQUIRE(system->container == NULL, "a VM is no container");
  REQUIRE(system->should_terminate_on_last_handle_closed, "it ends with its owner");
  REQUIRE(system->virtual_machine->compute_topology != NULL, "a topology");
  REQUIRE(system->virtual_machine->devices != NULL, "devices");
  check_disks(system->virtual_machine->devices);
}

static hcsref_uvm_settings settings_of(const vm_params *in, const hcsref_profile *profile) {
  hcsref_uvm_settings settings = {.profile = profile};
  settings.id = in->options.id;
  settings.task = in->options.task;
  settings.bundle = in->options.bundle;
  settings.shim_path = in->shim_path;
  settings.shim = in->options.shim;
  settings.rootfs = in->options.rootfs;
  settings.overrides = in->options.overrides;
  return settings;
}

static hcsref_str make(hcsref_arena *arena, hcsref_str text, const vm_params *in, const hcsref_vm_host *host) {
  const hcsref_profile *profile = find_profile(in->profile);
  hcsref_uvm_settings settings = settings_of(in, profile);
  hcsref_v2_compute_system *system = NULL;
  hcsref_error err = {0};
  bool ok;
  if (in->explained)
    settings.provenance = hcsref_provenance_new(arena);
  fuzz_tighten(arena, text);
  ok = hcsref_uvm_document(arena, in->spec, &settings, host, &system, &err);
  fuzz_loosen(arena);
  if (!ok) {
    fuzz_check_error(&err);
    REQUIRE(system == NULL, "a failure leaves the document");
    return err.message;
  }
  if (system == NULL)
    return HCSREF_LIT("no VM");
  check_system(system);
  if (settings.provenance != NULL && hcsref_provenance_whole(settings.provenance))
    REQUIRE(hcsref_provenance_find(settings.provenance, &system->owner, sizeof system->owner) != NULL,
            "the owner is noted");
  return fuzz_encode(arena, &hcsref_type_v2_compute_system, system);
}

/* The input, and a host of its own. */
static bool read_params(hcsref_arena *arena, hcsref_str text, vm_params *in, hcsref_vm_host *host) {
  hcsref_vm_script *script;
  if (!hcsref_json_decode(arena, text, &params_type, HCSREF_JSON_WHOLE, in, NULL) || in->spec == NULL ||
      !hcsref_vm_script_load(arena, in->host, &script, NULL))
    return false;
  *host = hcsref_vm_script_host(script);
  in->shim_path = hcsref_vm_script_shim_path(script);
  return true;
}

static hcsref_str work(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  vm_params in = {0};
  hcsref_vm_host host;
  if (!read_params(arena, text, &in, &host))
    return hcsref_str_from(NULL, 0);
  in.explained = which == FUZZ_FRESH;
  return make(arena, text, &in, &host);
}

/* The document's memory against the options, which come from the same input. */
static void check_options(hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(FUZZ_SCRATCH);
  const hcsref_profile *profile;
  hcsref_uvm_options *options = NULL;
  hcsref_v2_compute_system *system = NULL;
  hcsref_uvm_settings settings;
  vm_params in = {0}, again = {0};
  hcsref_vm_host host, other;
  if (!read_params(arena, text, &in, &host) || !read_params(arena, text, &again, &other))
    return;
  profile = find_profile(in.profile);
  settings = settings_of(&in, profile);
  if (!hcsref_uvm_document(arena, in.spec, &settings, &host, &system, NULL) || system == NULL)
    return;
  settings = settings_of(&again, profile);
  REQUIRE(hcsref_uvm_options_of(arena, again.spec, &settings, &other, &options, NULL) && options != NULL,
          "a document without options");
  check_memory(system, options);
  if (again.options.shim != NULL && again.options.shim->sandbox_isolation == 1)
    REQUIRE(hcsref_shim_complete_spec(arena, profile, again.options.shim, again.spec, NULL) &&
                again.spec->windows != NULL && again.spec->windows->hyperv != NULL,
            "the options ask for Hyper-V isolation");
}

/* What an annotation that means nothing to hcsshim changes: nothing. */
static hcsref_str with_annotation(hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(FUZZ_FRESH);
  hcsref_string_entry *entry;
  vm_params in = {0};
  hcsref_vm_host host;
  if (!read_params(arena, text, &in, &host))
    return hcsref_str_from(NULL, 0);
  entry = hcsref_map_push(arena, &in.spec->annotations, sizeof *entry);
  REQUIRE(entry != NULL, "memory");
  entry->key = HCSREF_LIT("example.com/~unrelated");
  entry->value = HCSREF_LIT("true");
  return make(arena, text, &in, &host);
}

static bool has_annotations(hcsref_str text) {
  vm_params in = {0};
  hcsref_vm_host host;
  return read_params(fuzz_arena(FUZZ_SCRATCH), text, &in, &host) && in.spec->annotations.len > 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual = work(FUZZ_USUAL, text);
  REQUIRE_SAME(work(FUZZ_FRESH, text), usual, "memory does not show");
  if (has_annotations(text))
    REQUIRE_SAME(with_annotation(text), usual, "an annotation that means nothing changes nothing");
  check_options(text);
  fuzz_lean_too(work, text, usual);
  return 0;
}
