/* SPDX-License-Identifier: Apache-2.0 */
#include "translate/parts.h"

#include "translate/default_host.h"

#include "hcsref/process.h"
#include "hcsref/uvm.h"
#include "hcsref/vm.h"

#define CONTAINER_TYPE HCSREF_LIT("io.kubernetes.cri.container-type")
#define SANDBOX_ID     HCSREF_LIT("io.kubernetes.cri.sandbox-id")
#define VM_PROCESSORS  2

/* ---- the default host of a VM, that of default_host.h: nothing is refused -------------------------------------- */

static bool processors(void *ctx, hcsref_arena *arena, int32_t *count, hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)message;
  *count = DEFAULT_HOST_PROCESSORS;
  return true;
}

static int32_t cpus(void *ctx) {
  (void)ctx;
  return DEFAULT_HOST_PROCESSORS;
}

static bool copy_file(void *ctx, hcsref_arena *arena, hcsref_str from, hcsref_str to, bool overwrite,
                      hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)from;
  (void)to;
  (void)overwrite;
  (void)message;
  return true;
}

static bool grant_vm(void *ctx, hcsref_arena *arena, hcsref_str vm_id, hcsref_str path, hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)vm_id;
  (void)path;
  (void)message;
  return true;
}

static bool grant_vm_group(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)path;
  (void)message;
  return true;
}

static bool set_disk_id(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str id, hcsref_str *message) {
  (void)id;
  return grant_vm_group(ctx, arena, path, message);
}

static bool has_file_id(void *ctx, hcsref_arena *arena, hcsref_str path, bool *has) {
  *has = true;
  return grant_vm_group(ctx, arena, path, NULL);
}

/* Keeps what is asked. */
static bool modify(void *ctx, hcsref_arena *arena, const hcsref_vm_request *request, hcsref_str *message) {
  hcsref_vm_request *place = hcsref_slice_push(arena, ctx, sizeof(*place));
  (void)message;
  if (place != NULL)
    *place = *request;
  return place != NULL;
}

static hcsref_vm_host default_vm_host(hcsref_slice *requests) {
  static const hcsref_vm_host_ops ops = {processors,     cpus,        copy_file,   grant_vm,
                                         grant_vm_group, set_disk_id, has_file_id, modify};
  hcsref_vm_host host = {default_host(), &ops, requests};
  return host;
}

/* ---- one spec ---------------------------------------------------------------------------------------------------- */

typedef struct part_work {
  const translation *t;
  hcsref_arena *arena;
  const hcsref_rules *rules;
  hcsref_str text;
  hcsref_buf *out;
  hcsref_error *err;
  hcsref_slice asked;       /* of the default host */
  hcsref_vm_script *script; /* of --host */
  hcsref_vm_host host;
} part_work;

static bool load_host(part_work *w) {
  if (!w->t->given[TRANSLATION_HOST]) {
    w->asked.len = 0;
    w->host = default_vm_host(&w->asked);
    return true;
  }
  if (!hcsref_vm_script_load(w->arena, w->t->text[TRANSLATION_HOST], &w->script, w->err))
    return false;
  w->host = hcsref_vm_script_host(w->script);
  return true;
}

/* A spec that nobody has completed yet, and a host that nobody has asked. */
static hcsref_oci_spec *begin(part_work *w) {
  hcsref_oci_spec *spec = hcsref_arena_alloc(w->arena, sizeof(*spec));
  if (spec == NULL)
    (void)hcsref_fail_memory(w->err);
  else if (hcsref_json_decode_as(w->arena, w->rules, w->text, &hcsref_type_oci_spec, w->t->mode, spec, w->err) &&
           load_host(w))
    return spec;
  return NULL;
}

static const hcsref_str *note_of(const hcsref_oci_spec *spec, hcsref_str key) {
  return hcsref_map_find(&spec->annotations, key);
}

static bool is_isolated(const hcsref_oci_spec *spec) {
  return spec->windows != NULL && spec->windows->hyperv != NULL;
}

/* A container of a pod runs in the pod's VM. */
static bool makes_vm(const hcsref_oci_spec *spec) {
  const hcsref_str *type = note_of(spec, CONTAINER_TYPE);
  return is_isolated(spec) && (type == NULL || !hcsref_str_equal(*type, HCSREF_LIT("container")));
}

static hcsref_str pod_id(const part_work *w, const hcsref_oci_spec *spec) {
  const hcsref_str *id = note_of(spec, SANDBOX_ID);
  return id == NULL || id->len == 0 ? w->t->id : *id;
}

static hcsref_uvm_settings settings_of(const part_work *w, const hcsref_oci_spec *spec) {
  hcsref_uvm_settings settings = {.profile = w->t->profile, .id = pod_id(w, spec)};
  settings.task = note_of(spec, CONTAINER_TYPE) == NULL && note_of(spec, SANDBOX_ID) == NULL;
  settings.bundle = HCSREF_LIT("C:\\bundle");
  settings.shim_path = w->t->owner;
  return settings;
}

static bool append(part_work *w, const hcsref_type *type, const void *value) {
  if (value != NULL)
    return hcsref_json_append_as(w->out, w->rules, type, value, w->err);
  hcsref_buf_append(w->out, HCSREF_LIT("null"));
  return true;
}

/* ---- the parts ----------------------------------------------------------------------------------------------------
 */

static bool append_options(part_work *w) {
  hcsref_oci_spec *spec = begin(w);
  hcsref_uvm_options *options = NULL;
  hcsref_uvm_settings settings;
  if (spec == NULL)
    return false;
  settings = settings_of(w, spec);
  return (!makes_vm(spec) || hcsref_uvm_options_of(w->arena, spec, &settings, &w->host, &options, w->err)) &&
         append(w, &hcsref_type_uvm_options, options);
}

static bool append_vm(part_work *w) {
  hcsref_oci_spec *spec = begin(w);
  hcsref_v2_compute_system *system = NULL;
  hcsref_uvm_settings settings;
  if (spec == NULL)
    return false;
  settings = settings_of(w, spec);
  return (!makes_vm(spec) || hcsref_uvm_document(w->arena, spec, &settings, &w->host, &system, w->err)) &&
         append(w, &hcsref_type_v2_compute_system, system);
}

static bool ask_for_container(part_work *w, hcsref_oci_spec *spec) {
  hcsref_vm_facts *facts = hcsref_arena_alloc(w->arena, sizeof(*facts));
  hcsref_vm *vm;
  hcsref_vm_container *container;
  if (facts == NULL || !hcsref_format(w->arena, &facts->id, "%v@vm", pod_id(w, spec)))
    return hcsref_fail_memory(w->err);
  facts->processor_count = VM_PROCESSORS;
  return hcsref_vm_open(w->arena, w->t->profile, facts, &w->host, &vm, w->err) &&
         hcsref_vm_create_container(vm, w->t->id, spec, &container, w->err);
}

static void append_asked(part_work *w) {
  const hcsref_slice *asked = w->script == NULL ? &w->asked : hcsref_vm_script_requests(w->script);
  const hcsref_vm_request *items = asked->items;
  hcsref_buf_append_char(w->out, '[');
  for (size_t i = 0; i < asked->len; i++) {
    hcsref_buf_append(w->out, i == 0 ? HCSREF_LIT("{\"to\":\"") : HCSREF_LIT(",{\"to\":\""));
    hcsref_buf_append(w->out, hcsref_cstr(items[i].to));
    hcsref_buf_append(w->out, HCSREF_LIT("\",\"request\":"));
    hcsref_buf_append(w->out, items[i].text);
    hcsref_buf_append_char(w->out, '}');
  }
  hcsref_buf_append_char(w->out, ']');
}

static bool append_requests(part_work *w) {
  hcsref_oci_spec *spec = begin(w);
  if (spec == NULL)
    return false;
  if (!is_isolated(spec))
    return append(w, NULL, NULL);
  if (!ask_for_container(w, spec))
    return false;
  append_asked(w);
  return true;
}

static bool append_process(part_work *w) {
  const hcsref_process_streams streams = {true, true, true};
  hcsref_oci_spec *spec = begin(w);
  hcsref_v2_process_parameters *process;
  return spec != NULL &&
         hcsref_process_document(w->arena, w->t->profile, spec->process, spec, &streams, &process, w->err) &&
         append(w, &hcsref_type_v2_process_parameters, process);
}

static const struct {
  const char *name;
  bool (*append)(part_work *w);
} parts[] = {
    [TRANSLATION_OPTIONS] = {"options", append_options},
    [TRANSLATION_VM] = {"vm", append_vm},
    [TRANSLATION_REQUESTS] = {"requests", append_requests},
    [TRANSLATION_PROCESS] = {"process", append_process},
};

static bool append_all(part_work *w) {
  for (size_t i = TRANSLATION_OPTIONS; i <= TRANSLATION_PROCESS; i++) {
    hcsref_buf_append(w->out, i == TRANSLATION_OPTIONS ? HCSREF_LIT("{\"") : HCSREF_LIT(",\""));
    hcsref_buf_append(w->out, hcsref_cstr(parts[i].name));
    hcsref_buf_append(w->out, HCSREF_LIT("\":"));
    if (!parts[i].append(w))
      return false;
  }
  hcsref_buf_append_char(w->out, '}');
  return true;
}

bool translation_append_part(const translation *t, hcsref_arena *arena, hcsref_str spec, hcsref_buf *out,
                             hcsref_error *err) {
  part_work w = {.t = t, .arena = arena, .text = spec, .out = out, .err = err};
  w.rules = hcsref_profile_rules(t->profile, HCSREF_PROGRAM_HCSSHIM);
  if (w.rules == NULL)
    return hcsref_fail(arena, err, "unsupported", HCSREF_LIT(""), "profile %v has no hcsshim",
                       hcsref_profile_name(t->profile));
  if (!(t->part == TRANSLATION_ALL ? append_all(&w) : parts[t->part].append(&w)))
    return false;
  return !out->failed || hcsref_fail_memory(err);
}
