/* SPDX-License-Identifier: Apache-2.0 */
/* What a spec leads to besides its document: the utility VM of its pod, what that is asked, and its process. */
#include "translate/work.h"

#include "compare/text.h"
#include "hcsref/process.h"
#include "hcsref/uvm.h"
#include "hcsref/vm.h"

#define CONTAINER_TYPE HCSREF_LIT("io.kubernetes.cri.container-type")
#define SANDBOX_ID     HCSREF_LIT("io.kubernetes.cri.sandbox-id")
#define VM_PROCESSORS  2

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

static bool append_null(hcsref_buf *out) {
  hcsref_buf_append(out, HCSREF_LIT("null"));
  return true;
}

static bool append(translation_work *w, const hcsref_type *type, const void *value, hcsref_buf *out) {
  return value == NULL ? append_null(out) : translation_append_value(w, type, value, out);
}

/* ---- the VM ----------------------------------------------------------------------------------------------------- */

static bool append_options(translation_work *w, hcsref_buf *out) {
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

static bool append_vm(translation_work *w, hcsref_buf *out) {
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

static bool append_requests(translation_work *w, hcsref_buf *out) {
  hcsref_oci_spec *spec = translation_decode(w);
  translation_vm_host host;
  if (spec == NULL)
    return false;
  if (!is_isolated(spec))
    return append_null(out);
  if (ask_for_container(w, spec, &host) == NULL)
    return false;
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

/* ---- the process ------------------------------------------------------------------------------------------------ */

static bool append_docker_process(translation_work *w, const hcsref_oci_spec *spec, hcsref_buf *out) {
  hcsref_v1_process_config process = {0};
  if (!hcsref_docker_process(w->arena, spec, NULL, &process, w->err) || !translation_begin_notes(w))
    return false;
  if (w->provenance != NULL)
    hcsref_docker_explain_process(spec->process, "/process", &process, w->provenance);
  return append(w, &hcsref_type_v1_process_config, &process, out);
}

/* Source: hcsshim internal/cmd/cmd.go Start. */
void translation_note_process(const translation_work *w, const hcsref_oci_process *from,
                              hcsref_v2_process_parameters *to) {
  static const char as_is[] = "Cmd.Start: as it is", pipes[] = "Cmd.Start: all three streams are connected";
  const bool line = from != NULL && from->command_line.len != 0;
  const struct {
    const void *field;
    size_t size;
    const char *rule, *where;
  } notes[] = {
      {&to->command_line, sizeof to->command_line, line ? as_is : "Cmd.Start: escaped and joined by spaces",
       line ? "/process/commandLine" : "/process/args"},
      {&to->working_directory, sizeof to->working_directory, as_is, "/process/cwd"},
      {&to->environment, sizeof to->environment, "Cmd.Start: split at the first =; empty values are left out",
       "/process/env"},
      {&to->user, sizeof to->user, as_is, "/process/user/username"},
      {&to->emulate_console, sizeof to->emulate_console, as_is, "/process/terminal"},
      {&to->console_size, sizeof to->console_size, as_is, "/process/consoleSize"},
      {&to->create_std_in_pipe, sizeof to->create_std_in_pipe, pipes, ""},
      {&to->create_std_out_pipe, sizeof to->create_std_out_pipe, pipes, ""},
      {&to->create_std_err_pipe, sizeof to->create_std_err_pipe, pipes, ""},
  };
  for (size_t i = 0; w->provenance != NULL && i < sizeof(notes) / sizeof(notes[0]); i++)
    hcsref_provenance_note(w->provenance, notes[i].field, notes[i].size, notes[i].rule, "%s", notes[i].where);
}

static bool append_process(translation_work *w, hcsref_buf *out) {
  const hcsref_process_streams streams = {true, true, true};
  hcsref_oci_spec *spec = translation_decode_plain(w);
  hcsref_v2_process_parameters *process;
  if (spec == NULL)
    return false;
  if (w->dockerd != NULL)
    return append_docker_process(w, spec, out);
  if (spec->process == NULL && w->t->part == TRANSLATION_PART_ALL)
    return append_null(out);
  if (!hcsref_process_document(w->arena, w->profile, spec->process, spec, &streams, &process, w->err) ||
      !translation_begin_notes(w))
    return false;
  translation_note_process(w, spec->process, process);
  return append(w, &hcsref_type_v2_process_parameters, process, out);
}

/* ---- the others ------------------------------------------------------------------------------------------------- */

static bool append_spec(translation_work *w, hcsref_buf *out) {
  kit_json *tree;
  *w->source = TRANSLATION_SPEC;
  if (!kit_json_parse(w->arena, w->text, &tree, w->err))
    return false;
  if (w->fields != NULL)
    return translation_explain_spec(w, tree);
  kit_json_append_compact(out, tree->raw);
  return true;
}

static bool append_job(translation_work *w, hcsref_buf *out) {
  const hcsref_oci_spec *spec = translation_decode_plain(w);
  if (spec == NULL)
    return false;
  return translation_is_job(w, spec) ? translation_append_job(w, out) : append_null(out);
}

/* The documents of `all`: none of a HostProcess container; in a VM none of schema 1, which the shim does not ask for;
 * dockerd's is its whole request. */
static bool append_one_document(translation_work *w, translation_schema schema, bool envelope, hcsref_buf *out) {
  const hcsref_oci_spec *spec;
  if (w->dockerd != NULL)
    return schema == TRANSLATION_V1 || envelope ? translation_append_dockerd(w, out) : append_null(out);
  spec = translation_decode_plain(w);
  if (spec == NULL)
    return false;
  if (translation_is_job(w, spec) || (schema == TRANSLATION_V1 && is_isolated(spec)))
    return append_null(out);
  return translation_append_document(w, schema, envelope, out);
}

static bool append_v1(translation_work *w, hcsref_buf *out) {
  return append_one_document(w, TRANSLATION_V1, false, out);
}

static bool append_v2(translation_work *w, hcsref_buf *out) {
  return append_one_document(w, TRANSLATION_V2, false, out);
}

static bool append_envelope(translation_work *w, hcsref_buf *out) {
  return append_one_document(w, TRANSLATION_BY_BUILD, true, out);
}

typedef bool append_function(translation_work *w, hcsref_buf *out);

/* In the order of making. `shim`: dockerd makes no such thing. */
static const struct {
  const char *name;
  translation_part part;
  append_function *append;
  bool shim;
} parts[] = {
    {"spec", TRANSLATION_PART_SPEC, append_spec, false},
    {"options", TRANSLATION_PART_OPTIONS, append_options, true},
    {"vm", TRANSLATION_PART_VM, append_vm, true},
    {"requests", TRANSLATION_PART_REQUESTS, append_requests, true},
    {"v1", TRANSLATION_PART_DOCUMENT, append_v1, false},
    {"v2", TRANSLATION_PART_DOCUMENT, append_v2, false},
    {"envelope", TRANSLATION_PART_DOCUMENT, append_envelope, false},
    {"process", TRANSLATION_PART_PROCESS, append_process, false},
    {"job", TRANSLATION_PART_JOB, append_job, true},
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

static bool append_at(translation_work *w, size_t i, hcsref_buf *out) {
  w->part = parts[i].name;
  w->provenance = NULL;
  return parts[i].shim && w->dockerd != NULL ? append_null(out) : parts[i].append(w, out);
}

static bool append_all(translation_work *w, hcsref_buf *out) {
  hcsref_buf_append_char(out, '{');
  for (size_t i = 0; i < PARTS; i++) {
    if (i != 0)
      hcsref_buf_append_char(out, ',');
    hcsref_buf_append_char(out, '"');
    hcsref_buf_append(out, hcsref_cstr(parts[i].name));
    hcsref_buf_append(out, HCSREF_LIT("\":"));
    if (!append_at(w, i, out))
      return false;
  }
  hcsref_buf_append_char(out, '}');
  return true;
}

bool translation_append_part(translation_work *w, translation_part part, hcsref_buf *out) {
  if (part == TRANSLATION_PART_ALL)
    return append_all(w, out);
  for (size_t i = 0; i < PARTS; i++)
    if (parts[i].part == part)
      return append_at(w, i, out);
  return true;
}
