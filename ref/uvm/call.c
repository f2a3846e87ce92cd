/* SPDX-License-Identifier: Apache-2.0 */
/* The shim's create call until a VM is made. Source: hcsshim cmd/containerd-shim-runhcs-v1 service_internal.go
 * createInternal, pod.go createPod, task_hcs.go newHcsStandaloneTask; internal/oci/sandbox.go GetSandboxTypeAndID. */
#include "uvm/call.h"

#include "gojson/sort.h"
#include "host/message.h"
#include "uvm/read.h"

#define TYPE_KEY "io.kubernetes.cri.container-type"
#define ID_KEY   "io.kubernetes.cri.sandbox-id"

/* ---- runtime options that become annotations ------------------------------------------------------------------ */

static bool push_annotation(hcsref_shim_call *call, hcsref_str key, hcsref_str value) {
  hcsref_string_entry *entry;
  if (call->spec->annotations.entries == NULL)
    return hcsref_call_fail(call, "annotations-missing", "/annotations",
                            "runtime options are to be noted in annotations, and the spec has none");
  entry = hcsref_map_push(call->arena, &call->spec->annotations, sizeof *entry);
  if (entry == NULL)
    return hcsref_fail_memory(call->err);
  entry->key = key;
  entry->value = value;
  return true;
}

static bool add_annotation(hcsref_shim_call *call, const char *key, hcsref_str value) {
  return hcsref_map_find(&call->spec->annotations, hcsref_cstr(key)) != NULL ||
         push_annotation(call, hcsref_cstr(key), value);
}

static bool add_text(hcsref_shim_call *call, const char *key, hcsref_str value) {
  return value.len == 0 || add_annotation(call, key, value);
}

static bool add_number(hcsref_shim_call *call, const char *key, int32_t value) {
  hcsref_str text;
  if (value == 0)
    return true;
  return (hcsref_format(call->arena, &text, "%d", (int64_t)value) || hcsref_fail_memory(call->err)) &&
         add_annotation(call, key, text);
}

/* Those that are not there yet. Both maps are gone through in the order of their keys: there may be many. */
static bool add_defaults(hcsref_shim_call *call, const hcsref_map *defaults) {
  const hcsref_str *const *there, *const *wanted;
  size_t there_count, wanted_count, at = 0;
  there = hcsref_sort_entries(call->arena, &call->spec->annotations, sizeof(hcsref_string_entry), &there_count);
  wanted = hcsref_sort_entries(call->arena, defaults, sizeof(hcsref_string_entry), &wanted_count);
  if (there == NULL || wanted == NULL)
    return hcsref_fail_memory(call->err);
  for (size_t i = 0; i < wanted_count; i++) {
    const hcsref_string_entry *entry = (const hcsref_string_entry *)(const void *)wanted[i];
    while (at < there_count && hcsref_str_compare(*there[at], entry->key) < 0)
      at++;
    if (at < there_count && hcsref_str_equal(*there[at], entry->key))
      continue;
    if (!push_annotation(call, entry->key, entry->value))
      return false;
  }
  return true;
}

bool hcsref_call_note_options(hcsref_shim_call *call) {
  const hcsref_shim_options *shim = call->settings->shim;
  if (shim == NULL)
    return true;
  return add_text(call, HCSREF_VM_ANNOTATION "bootfilesrootpath", shim->boot_files_root_path) &&
         add_number(call, HCSREF_VM_ANNOTATION "computetopology.processor.count", shim->vm_processor_count) &&
         add_number(call, HCSREF_VM_ANNOTATION "computetopology.memory.sizeinmb", shim->vm_memory_size_in_mb) &&
         add_text(call, "io.microsoft.network.ncproxy", shim->nc_proxy_addr) &&
         add_defaults(call, &shim->default_container_annotations);
}

/* ---- isolation ------------------------------------------------------------------------------------------------- */

#define HYPERVISOR 1

static bool shim_is_empty(const hcsref_shim_options *shim) {
  return shim == NULL ||
         (shim->sandbox_isolation == 0 && shim->sandbox_platform.len == 0 && shim->boot_files_root_path.len == 0 &&
          shim->vm_processor_count == 0 && shim->vm_memory_size_in_mb == 0 && shim->nc_proxy_addr.len == 0 &&
          shim->default_container_annotations.len == 0);
}

static bool is_isolated(const hcsref_oci_spec *spec) {
  return spec->linux_ != NULL || (spec->windows != NULL && spec->windows->hyperv != NULL);
}

static bool ask_for_hyperv(hcsref_shim_call *call) {
  hcsref_oci_windows *windows = call->spec->windows;
  hcsref_oci_windows_hyper_v *hyperv;
  if (windows == NULL)
    windows = hcsref_arena_alloc(call->arena, sizeof *windows);
  if (windows == NULL)
    return hcsref_fail_memory(call->err);
  if (windows->hyperv == NULL) {
    hyperv = hcsref_arena_alloc(call->arena, sizeof *hyperv);
    if (hyperv == NULL)
      return hcsref_fail_memory(call->err);
    windows->hyperv = hyperv;
  }
  call->spec->windows = windows;
  return true;
}

bool hcsref_call_settle_isolation(hcsref_shim_call *call) {
  const hcsref_shim_options *shim = call->settings->shim;
  hcsref_str name = HCSREF_LIT("PROCESS");
  if (shim != NULL && shim->sandbox_isolation == HYPERVISOR)
    return ask_for_hyperv(call);
  if (!hcsref_has(call->rules, HCSREF_CHANGE_VM_SHIM_CHECKED) || shim_is_empty(shim) || !is_isolated(call->spec))
    return true;
  if (shim->sandbox_isolation != 0 && !hcsref_format(call->arena, &name, "%d", (int64_t)shim->sandbox_isolation))
    return hcsref_fail_memory(call->err);
  return hcsref_fail(call->arena, call->err, "shim-isolation", HCSREF_LIT("/shim/sandbox_isolation"),
                     "invalid runtime sandbox isolation (%v) for hypervisor isolated OCI spec", name);
}

bool hcsref_shim_complete_spec(hcsref_arena *arena, const hcsref_profile *profile, const hcsref_shim_options *shim,
                               hcsref_oci_spec *spec, hcsref_error *err) {
  const hcsref_uvm_settings settings = {.profile = profile, .shim = shim};
  hcsref_shim_call call = {.arena = arena, .spec = spec, .settings = &settings, .err = err};
  call.rules = hcsref_profile_rules(profile, HCSREF_PROGRAM_HCSSHIM);
  return hcsref_call_note_options(&call) && hcsref_call_settle_isolation(&call);
}

/* ---- pods and tasks ---------------------------------------------------------------------------------------------- */

static bool fail_annotation(const hcsref_shim_call *call, const char *code, const char *key, const char *format,
                            hcsref_str value) {
  hcsref_buf where = {.arena = call->arena};
  hcsref_buf_append(&where, HCSREF_LIT("/annotations"));
  hcsref_buf_append_pointer_token(&where, hcsref_cstr(key));
  if (where.failed)
    return hcsref_fail_memory(call->err);
  return hcsref_fail(call->arena, call->err, code, hcsref_buf_str(&where), format, value);
}

/* GetSandboxTypeAndID: a known type with an id, or neither; an empty id is none. */
static bool read_sandbox(const hcsref_shim_call *call, const char *code, hcsref_str *type, hcsref_str *id) {
  const hcsref_map *annotations = &call->spec->annotations;
  const hcsref_str *given = hcsref_map_find(annotations, HCSREF_LIT(TYPE_KEY));
  const hcsref_str *given_id = hcsref_map_find(annotations, HCSREF_LIT(ID_KEY));
  *type = given == NULL ? HCSREF_LIT("") : *given;
  *id = given_id == NULL ? HCSREF_LIT("") : *given_id;
  if (given != NULL && !hcsref_str_equal(*type, HCSREF_LIT("container")) &&
      !hcsref_str_equal(*type, HCSREF_LIT("sandbox")))
    return fail_annotation(call, code, TYPE_KEY, "invalid '" TYPE_KEY "': '%v'", *type);
  if (given != NULL && id->len == 0)
    return fail_annotation(call, code, TYPE_KEY, "cannot specify '" TYPE_KEY "' without '" ID_KEY "'", *type);
  return given != NULL || id->len == 0 ||
         fail_annotation(call, code, ID_KEY, "cannot specify '" ID_KEY "' without '" TYPE_KEY "'", *type);
}

bool hcsref_call_check_pod(hcsref_shim_call *call) {
  static const char code[] = "pod-annotations";
  hcsref_str type, id;
  if (call->host->base.ops->os_build(call->host->base.ctx) < HCSREF_BUILD_RS5)
    return hcsref_call_fail(call, "pod-build", "",
                            "pod support is not available on Windows versions previous to RS5 (17763): failed "
                            "precondition");
  if (!read_sandbox(call, code, &type, &id))
    return false;
  if (!hcsref_str_equal(type, HCSREF_LIT("sandbox")))
    return fail_annotation(call, code, TYPE_KEY,
                           "expected annotation: '" TYPE_KEY "': 'sandbox' got '%v': failed precondition", type);
  if (hcsref_str_equal(id, call->settings->id))
    return true;
  return hcsref_fail(call->arena, call->err, code, HCSREF_LIT("/annotations/" ID_KEY),
                     "expected annotation '" ID_KEY "': '%v' got '%v': failed precondition", call->settings->id, id);
}

bool hcsref_call_check_task(hcsref_shim_call *call) {
  static const char code[] = "task-annotations";
  hcsref_str type, id;
  if (!read_sandbox(call, code, &type, &id))
    return false;
  return type.len == 0 || fail_annotation(call, code, TYPE_KEY,
                                          "cannot create standalone task, expected no annotation: '" TYPE_KEY
                                          "': got '%v': failed precondition",
                                          type);
}

/* ---- the call ---- */

static bool check_program(hcsref_shim_call *call) {
  if (call->spec == NULL)
    return hcsref_call_fail(call, "spec-missing", "", "there is no spec");
  if (call->rules == NULL || !hcsref_has(call->rules, HCSREF_CHANGE_VM_SIDE))
    return hcsref_call_fail(
        call, "vm-program", "",
        "nothing is known of the utility VMs of this profile: they are recorded from hcsshim 0.11.0 "
        "on");
  if (call->spec->linux_ != NULL)
    return hcsref_call_fail(call, "vm-linux", "/linux", "Linux containers on Windows are not covered");
  return true;
}

/* Since 0.13 the first look at the section crashes the shim. */
static bool check_windows(const hcsref_shim_call *call) {
  return call->spec->windows != NULL ||
         hcsref_call_fail(call, "windows-missing", "/windows", "the OCI spec has no Windows section");
}

static bool check_kind(hcsref_shim_call *call) {
  return call->settings->task ? hcsref_call_check_task(call) : hcsref_call_check_pod(call);
}

bool hcsref_call_begin(hcsref_shim_call *call, bool *makes_vm) {
  const bool early_layers = call->rules != NULL && !hcsref_has(call->rules, HCSREF_CHANGE_VM_BOOT_FILES);
  if (!check_program(call) || !hcsref_call_note_options(call) || !hcsref_call_expand_annotations(call) ||
      !hcsref_call_settle_isolation(call) || !hcsref_call_check_platform(call) ||
      (early_layers && !hcsref_call_convert_rootfs(call)) || !check_windows(call) || !check_kind(call))
    return false;
  *makes_vm = is_isolated(call->spec) && call->host->base.ops->os_build(call->host->base.ctx) >= HCSREF_BUILD_RS5;
  return !*makes_vm || hcsref_call_read_options(call);
}
