/* SPDX-License-Identifier: Apache-2.0 */
#include "translate/translation.h"

#include "serve/table.h"
#include "translate/default_host.h"
#include "translate/parts.h"

#include <string.h>

/* One translation under way. */
typedef struct work {
  const translation *t;
  hcsref_arena *arena;
  hcsref_error *err;
  translation_source *source;
  hcsref_host host, cri_host; /* as stage 2 and stage 1 see it */
  hcsref_hosting_system *system;
  const hcsref_rules *rules; /* of the hcsshim that translates */
} work;

/* The host of the other parts is a VM's, and read where they are made. */
static bool load_host(work *w) {
  hcsref_script *script = NULL;
  const bool *given = w->t->given;
  w->host = default_host();
  w->cri_host = w->host;
  *w->source = TRANSLATION_HOST;
  if (w->t->part != TRANSLATION_DOCUMENT)
    return true;
  if ((given[TRANSLATION_HOST] || given[TRANSLATION_HOSTING_SYSTEM]) &&
      !hcsref_script_load(w->arena, w->t->text[TRANSLATION_HOST], &script, w->err))
    return false;
  if (given[TRANSLATION_HOST]) {
    w->host = hcsref_script_host(script);
    w->cri_host = hcsref_script_cri_host(script);
  }
  *w->source = TRANSLATION_HOSTING_SYSTEM;
  return !given[TRANSLATION_HOSTING_SYSTEM] ||
         hcsref_script_hosting_system(w->arena, script, w->t->text[TRANSLATION_HOSTING_SYSTEM], &w->system, w->err);
}

static const hcsref_type cri_mount_type = POINTER(hcsref_type_cri_mount, "*runtime.Mount");
static const hcsref_type extra_mounts_type = LIST(cri_mount_type, "[]*runtime.Mount");
static const hcsref_type additional_mounts_type = LIST(hcsref_type_v2_mapped_directory, "[]hcsschema.MappedDirectory");

bool translation_prepare(translation *t, hcsref_arena *arena, translation_source *source, hcsref_error *err) {
  const struct {
    translation_source source;
    const hcsref_type *type;
    void *out;
  } inputs[] = {{TRANSLATION_EXTRA_MOUNTS, &extra_mounts_type, &t->extra_mounts},
                {TRANSLATION_CCG_STATE, &hcsref_type_v2_container_credential_guard_state, &t->ccg_state},
                {TRANSLATION_ADDITIONAL_MOUNTS, &additional_mounts_type, &t->additional_mounts}};
  work w = {.t = t, .arena = arena, .err = err, .source = source};
  *source = TRANSLATION_CRI;
  if (t->given[TRANSLATION_CRI] &&
      !input_read_config(arena, hcsref_profile_rules(t->profile, HCSREF_PROGRAM_CONTAINERD), t->text[TRANSLATION_CRI],
                         &hcsref_type_cri_container_config, &t->cri, &t->notes, err))
    return false;
  for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
    *source = inputs[i].source;
    if (t->given[*source] &&
        !hcsref_json_decode(arena, t->text[*source], inputs[i].type, HCSREF_JSON_WHOLE, inputs[i].out, err))
      return false;
  }
  return load_host(&w);
}

/* What goes wrong in stage 1 is in the config or in an extra mount; the latter's list is a file of its own. */
static void find_source(work *w) {
  const hcsref_str list = HCSREF_LIT("/extra_mounts");
  *w->source = TRANSLATION_CRI;
  if (!hcsref_str_has_prefix(w->err->where, list))
    return;
  *w->source = TRANSLATION_EXTRA_MOUNTS;
  w->err->where = hcsref_str_skip(w->err->where, list.len);
}

static bool wants_stage_1(const translation *t) {
  return t->given[TRANSLATION_CRI] || t->given[TRANSLATION_EXTRA_MOUNTS] || t->sandbox_shares;
}

static bool apply_cri(work *w, hcsref_oci_spec *spec) {
  const translation *t = w->t;
  hcsref_cri_settings settings = {.config = t->given[TRANSLATION_CRI] ? &t->cri : NULL,
                                  .extra_mounts = t->extra_mounts,
                                  .sandbox_shares = t->sandbox_shares,
                                  .profile = t->profile};
  hcsref_str network_namespace = hcsref_cstr(t->network_namespace);
  if (t->network_namespace != NULL)
    settings.network_namespace = &network_namespace;
  if (hcsref_cri_to_oci(w->arena, spec, &settings, &w->cri_host, w->err))
    return true;
  find_source(w);
  return false;
}

/* Between the stages the spec is text: what the second one reads is what the first one wrote. */
static bool run_stage_1(work *w, hcsref_str *text) {
  const hcsref_rules *rules = hcsref_profile_rules(w->t->profile, HCSREF_PROGRAM_CONTAINERD);
  hcsref_oci_spec base = {0};
  *w->source = TRANSLATION_SPEC;
  return hcsref_json_decode_as(w->arena, rules, *text, &hcsref_type_oci_spec, w->t->mode, &base, w->err) &&
         apply_cri(w, &base) && hcsref_json_encode_as(w->arena, rules, &hcsref_type_oci_spec, &base, text, w->err);
}

static void fill_options(const work *w, const hcsref_oci_spec *spec, hcsref_create_options *options) {
  const translation *t = w->t;
  options->id = t->id;
  options->owner = t->owner;
  options->scale_cpu_limits_to_sandbox = t->scale_cpu_limits;
  options->hosting_system = w->system;
  options->ccg_state = t->given[TRANSLATION_CCG_STATE] ? &t->ccg_state : NULL;
  options->additional_mounts = t->additional_mounts;
  options->has_schema = t->schema != TRANSLATION_BY_BUILD;
  options->schema.major = t->schema == TRANSLATION_V1 ? 1 : 2;
  options->schema.minor = t->schema == TRANSLATION_V1 ? 0 : 1;
  options->schema_is_final = !t->envelope;
  options->process_annotations = true;
  options->profile = t->profile;
  /* Source: hcsshim cmd/containerd-shim-runhcs-v1 createPod takes the spec's. */
  if (t->network_namespace != NULL)
    options->network_namespace = hcsref_cstr(t->network_namespace);
  else if (spec->windows != NULL && spec->windows->network != NULL)
    options->network_namespace = spec->windows->network->network_namespace;
}

static bool append_documents(const work *w, const hcsref_documents *documents, hcsref_buf *out) {
  const hcsref_rules *rules = w->rules;
  if (w->t->schema == TRANSLATION_V1)
    return hcsref_json_append_as(out, rules, &hcsref_type_v1_container_config, documents->v1, w->err);
  if (w->t->schema == TRANSLATION_V2)
    return hcsref_json_append_as(out, rules, &hcsref_type_v2_container, documents->v2, w->err);
  hcsref_buf_append(out, HCSREF_LIT("{\"v1\":"));
  if (!hcsref_json_append_as(out, rules, &hcsref_type_v1_container_config, documents->v1, w->err))
    return false;
  hcsref_buf_append(out, HCSREF_LIT(",\"v2\":"));
  if (!hcsref_json_append_as(out, rules, &hcsref_type_v2_container, documents->v2, w->err))
    return false;
  hcsref_buf_append_char(out, '}');
  return !out->failed || hcsref_fail_memory(w->err);
}

static bool append_container(work *w, hcsref_oci_spec *spec, const hcsref_create_options *options, hcsref_buf *out) {
  hcsref_create_request request;
  hcsref_documents documents;
  if (!hcsref_create_container(w->arena, spec, options, &w->host, &request, &documents, w->err))
    return false;
  if (!w->t->envelope)
    return append_documents(w, &documents, out);
  return hcsref_json_append_as(out, w->rules, request.document_type, request.document, w->err);
}

/* Upstream's function for documents is not called then. Source: hcsshim cmd/containerd-shim-runhcs-v1/task_hcs.go
 * createContainer. */
static bool refuse_host_process(const work *w, const hcsref_oci_spec *spec) {
  if ((spec->windows != NULL && spec->windows->hyperv != NULL) || !hcsref_is_host_process(spec, w->rules))
    return true;
  return hcsref_fail(w->arena, w->err, TRANSLATION_HOST_PROCESS,
                     HCSREF_LIT("/annotations/microsoft.com~1hostprocess-container"),
                     "a HostProcess container: hcsshim runs it in a job object on the host and hands Windows no "
                     "container document");
}

static bool run_stage_2(work *w, hcsref_str text, hcsref_buf *out) {
  hcsref_oci_spec *spec = hcsref_arena_alloc(w->arena, sizeof(*spec));
  hcsref_create_options options = {0};
  *w->source = TRANSLATION_SPEC;
  if (spec == NULL)
    return hcsref_fail_memory(w->err);
  w->rules = hcsref_profile_rules(w->t->profile, HCSREF_PROGRAM_HCSSHIM);
  if (w->rules == NULL)
    return hcsref_fail(w->arena, w->err, "unsupported", HCSREF_LIT(""), "profile %v has no hcsshim",
                       hcsref_profile_name(w->t->profile));
  if (!hcsref_json_decode_as(w->arena, w->rules, text, &hcsref_type_oci_spec, w->t->mode, spec, w->err))
    return false;
  if (!refuse_host_process(w, spec))
    return false;
  if (!w->t->given[TRANSLATION_HOST] && !default_host_mount_root(w->arena, spec, w->system != NULL))
    return hcsref_fail_memory(w->err);
  fill_options(w, spec, &options);
  return append_container(w, spec, &options, out);
}

/* dockerd makes its VMs itself. */
static bool run_part(work *w, const input_spec *read, hcsref_buf *out) {
  hcsref_str text = read->text;
  *w->source = TRANSLATION_SPEC;
  if (read->dockerd != NULL)
    return hcsref_fail(w->arena, w->err, "unsupported", HCSREF_LIT(""),
                       "a container of dockerd leads to a document only");
  if (wants_stage_1(w->t) && !run_stage_1(w, &text))
    return false;
  *w->source = TRANSLATION_SPEC;
  return translation_append_part(w->t, w->arena, text, out, w->err);
}

/* A text that was given; null data when it was not. */
static hcsref_str given_text(const translation *t, translation_source source) {
  return t->given[source] ? t->text[source] : hcsref_cstr(NULL);
}

bool translation_read(const translation *t, hcsref_arena *arena, hcsref_str operand, size_t index, input_spec *out,
                      translation_source *source, hcsref_error *err) {
  static const translation_source sources[] = {TRANSLATION_SPEC, TRANSLATION_POD, TRANSLATION_IMAGE,
                                               TRANSLATION_RUNTIME};
  const input_setup setup = {.profile = t->profile,
                             .id = t->id,
                             .network_namespace = hcsref_cstr(t->network_namespace),
                             .pod = given_text(t, TRANSLATION_POD),
                             .image = given_text(t, TRANSLATION_IMAGE),
                             .runtime = given_text(t, TRANSLATION_RUNTIME),
                             .index = index};
  work w = {.t = t, .arena = arena, .err = err, .source = source};
  input_source which;
  bool ok;
  memset(out, 0, sizeof *out);
  out->text = operand;
  out->count = 1;
  if (wants_stage_1(t))
    return true;
  if (!load_host(&w))
    return false;
  ok = input_read_spec(arena, &setup, operand, &w.cri_host, out, &which, err);
  *source = sources[which];
  return ok;
}

/* dockerd makes its document of the spec as it is. */
static bool run_dockerd(work *w, const input_spec *read, hcsref_buf *out) {
  const hcsref_rules *rules = hcsref_profile_rules(read->dockerd, HCSREF_PROGRAM_MOBY);
  hcsref_oci_spec spec = {0};
  hcsref_v1_container_config *document;
  *w->source = TRANSLATION_SPEC;
  return hcsref_json_decode_as(w->arena, rules, read->text, &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &spec, w->err) &&
         hcsref_docker_document(w->arena, &spec, read->id, read->dockerd, &w->host, &document, w->err) &&
         hcsref_json_append_as(out, rules, &hcsref_type_v1_container_config, document, w->err);
}

bool translation_run(const translation *t, hcsref_arena *arena, const input_spec *read, hcsref_buf *out,
                     translation_source *source, hcsref_error *err) {
  work w = {.t = t, .arena = arena, .err = err, .source = source};
  size_t before = out->len;
  hcsref_str spec = read->text;
  if (load_host(&w) &&
      (t->part != TRANSLATION_DOCUMENT ? run_part(&w, read, out)
       : read->dockerd != NULL         ? run_dockerd(&w, read, out)
                                       : (!wants_stage_1(t) || run_stage_1(&w, &spec)) && run_stage_2(&w, spec, out)))
    return true;
  out->len = before;
  return false;
}
