/* SPDX-License-Identifier: Apache-2.0 */
/* What an isolated spec leads to: the utility VM of its pod, what that is asked, and the container in it. */
#include "translate/work.h"

#include "hcsref/uvm.h"
#include "hcsref/vm.h"

#define CONTAINER_TYPE HCSREF_LIT("io.kubernetes.cri.container-type")
#define SANDBOX_ID     HCSREF_LIT("io.kubernetes.cri.sandbox-id")
#define VM_PROCESSORS  2

static const hcsref_str *note_of(const hcsref_oci_spec *spec, hcsref_str key) {
  return hcsref_map_find(&spec->annotations, key);
}

/* A container of a pod runs in the pod's VM. */
static bool makes_vm(const hcsref_oci_spec *spec) {
  const hcsref_str *type = note_of(spec, CONTAINER_TYPE);
  return translation_is_isolated(spec) && (type == NULL || !hcsref_str_equal(*type, HCSREF_LIT("container")));
}

static hcsref_str pod_id(const translation_work *w, const hcsref_oci_spec *spec) {
  const hcsref_str *id = note_of(spec, SANDBOX_ID);
  return id == NULL || id->len == 0 ? w->t->id : *id;
}

static hcsref_uvm_settings settings_of(const translation_work *w, const hcsref_oci_spec *spec,
                                       const translation_vm_host *host) {
  hcsref_uvm_settings settings = {.profile = w->profile, .id = pod_id(w, spec)};
  settings.task = note_of(spec, CONTAINER_TYPE) == NULL && note_of(spec, SANDBOX_ID) == NULL;
  settings.shim = w->read->shim == NULL ? NULL : &w->read->shim->options;
  settings.provenance = w->provenance;
  settings.bundle = HCSREF_LIT("C:\\bundle");
  settings.shim_path = host->shim_path.len != 0 ? host->shim_path : w->t->owner;
  return settings;
}

static bool append(translation_work *w, const hcsref_type *type, const void *value, hcsref_buf *out) {
  return value == NULL ? translation_append_null(out) : translation_append_value(w, type, value, out);
}

/* ---- the VM ----------------------------------------------------------------------------------------------------- */

bool translation_append_options(translation_work *w, hcsref_buf *out) {
  hcsref_oci_spec *spec = translation_decode(w);
  hcsref_uvm_options *options = NULL;
  hcsref_uvm_settings settings;
  translation_vm_host host;
  if (spec == NULL || !translation_vm_host_open(w->arena, &w->facts, &host, w->err) || !translation_begin_notes(w))
    return false;
  settings = settings_of(w, spec, &host);
  return (!makes_vm(spec) || hcsref_uvm_options_of(w->arena, spec, &settings, &host.host, &options, w->err)) &&
         append(w, &hcsref_type_uvm_options, options, out);
}

bool translation_append_vm(translation_work *w, hcsref_buf *out) {
  hcsref_oci_spec *spec = translation_decode(w);
  hcsref_v2_compute_system *system = NULL;
  hcsref_uvm_settings settings;
  translation_vm_host host;
  if (spec == NULL || !translation_vm_host_open(w->arena, &w->facts, &host, w->err) || !translation_begin_notes(w))
    return false;
  settings = settings_of(w, spec, &host);
  return (!makes_vm(spec) || hcsref_uvm_document(w->arena, spec, &settings, &host.host, &system, w->err)) &&
         append(w, &hcsref_type_v2_compute_system, system, out);
}

/* ---- the container in it ---------------------------------------------------------------------------------------- */

/* Makes the container in a VM that was just started; `host` has what that was asked. */
static const hcsref_create_request *ask_for_container(translation_work *w, hcsref_oci_spec *spec,
                                                      translation_vm_host *host) {
  hcsref_vm_facts *facts = hcsref_arena_alloc(w->arena, sizeof(*facts));
  hcsref_vm *vm;
  hcsref_vm_container *container;
  if (facts == NULL || !hcsref_format(w->arena, &facts->id, "%v@vm", pod_id(w, spec))) {
    (void)hcsref_fail_memory(w->err);
    return NULL;
  }
  facts->processor_count = VM_PROCESSORS;
  if (!translation_vm_host_open(w->arena, &w->facts, host, w->err) ||
      !hcsref_vm_open(w->arena, w->profile, facts, &host->host, &vm, w->err))
    return NULL;
  hcsref_vm_explain(vm, w->provenance);
  return hcsref_vm_create_container(vm, w->t->id, spec, &container, w->err) ? hcsref_vm_container_request(container)
                                                                            : NULL;
}

static void append_asked(const hcsref_slice *asked, hcsref_buf *out) {
  const hcsref_vm_request *items = asked->items;
  hcsref_buf_append_char(out, '[');
  for (size_t i = 0; i < asked->len; i++) {
    hcsref_buf_append(out, i == 0 ? HCSREF_LIT("{\"to\":\"") : HCSREF_LIT(",{\"to\":\""));
    hcsref_buf_append(out, hcsref_cstr(items[i].to));
    hcsref_buf_append(out, HCSREF_LIT("\",\"request\":"));
    hcsref_buf_append(out, items[i].text);
    hcsref_buf_append_char(out, '}');
  }
  hcsref_buf_append_char(out, ']');
}

bool translation_append_requests(translation_work *w, hcsref_buf *out) {
  hcsref_oci_spec *spec = translation_decode(w);
  const hcsref_create_request *created;
  translation_vm_host host;
  if (spec == NULL || !translation_begin_notes(w))
    return false;
  if (!translation_is_isolated(spec))
    return translation_append_null(out);
  created = ask_for_container(w, spec, &host);
  if (created == NULL)
    return false;
  if (w->fields != NULL)
    return translation_explain_requests(w, translation_vm_host_asked(&host), created);
  append_asked(translation_vm_host_asked(&host), out);
  return true;
}

/* The namespace is the container's as well. Source: hcsshim internal/hcsoci/create.go CreateContainer. */
static void set_namespace(const translation_work *w, const hcsref_oci_spec *spec, hcsref_v2_container *container) {
  hcsref_str *name_space = container->networking == NULL ? NULL : &container->networking->name_space;
  if (name_space == NULL)
    return;
  *name_space = translation_namespace(w, spec);
  if (w->provenance != NULL)
    hcsref_provenance_note(w->provenance, name_space, sizeof *name_space, "CreateContainer: the pod's", "%s",
                           w->t->network_namespace != NULL ? "option network-namespace"
                                                           : "/windows/network/networkNamespace");
}

bool translation_append_hosted(translation_work *w, hcsref_oci_spec *spec, bool envelope, hcsref_buf *out) {
  const hcsref_create_request *request;
  hcsref_v2_hosted_system hosted;
  translation_vm_host host;
  if (!translation_begin_notes(w))
    return false;
  request = ask_for_container(w, spec, &host);
  if (request == NULL)
    return false;
  if (request->document_type != &hcsref_type_v2_hosted_system)
    return append(w, request->document_type, request->document, out);
  hosted = *(const hcsref_v2_hosted_system *)request->document;
  set_namespace(w, spec, hosted.container);
  w->part = envelope ? "envelope" : "v2";
  return envelope ? append(w, &hcsref_type_v2_hosted_system, request->document, out)
                  : append(w, &hcsref_type_v2_container, hosted.container, out);
}
