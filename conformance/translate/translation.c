/* SPDX-License-Identifier: Apache-2.0 */
#include "translate/translation.h"

#include "translate/default_host.h"

/* One translation under way. */
typedef struct work {
  const translation *t;
  hcsref_arena *arena;
  hcsref_error *err;
  translation_source *source;
  hcsref_host host, cri_host; /* as stage 2 and stage 1 see it */
  hcsref_hosting_system *system;
} work;

static bool load_host(work *w) {
  hcsref_script *script = NULL;
  bool scripted = w->t->has_host || w->t->hosting_system.len > 0;
  w->host = default_host();
  w->cri_host = w->host;
  *w->source = TRANSLATION_HOST;
  if (scripted && !hcsref_script_load(w->arena, w->t->host, &script, w->err))
    return false;
  if (w->t->has_host) {
    w->host = hcsref_script_host(script);
    w->cri_host = hcsref_script_cri_host(script);
  }
  *w->source = TRANSLATION_HOSTING_SYSTEM;
  return w->t->hosting_system.len == 0 ||
         hcsref_script_hosting_system(w->arena, script, w->t->hosting_system, &w->system, w->err);
}

bool translation_prepare(translation *t, hcsref_arena *arena, hcsref_str cri, translation_source *source,
                         hcsref_error *err) {
  work w = {.t = t, .arena = arena, .err = err, .source = source};
  *source = TRANSLATION_CRI;
  if (t->has_cri && !hcsref_json_decode(arena, cri, &hcsref_type_cri_container_config, HCSREF_JSON_WHOLE, &t->cri, err))
    return false;
  return load_host(&w);
}

/* All that can go wrong in stage 1 is in the config. */
static bool apply_cri(work *w, hcsref_oci_spec *spec) {
  hcsref_cri_settings settings = {.config = &w->t->cri};
  hcsref_str network_namespace = hcsref_cstr(w->t->network_namespace);
  if (w->t->network_namespace != NULL)
    settings.network_namespace = &network_namespace;
  *w->source = TRANSLATION_CRI;
  return hcsref_cri_to_oci(w->arena, spec, &settings, &w->cri_host, w->err);
}

/* Between the stages the spec is text: what the second one reads is what the first one wrote. */
static bool run_stage_1(work *w, hcsref_str *text) {
  hcsref_oci_spec base = {0};
  *w->source = TRANSLATION_SPEC;
  return hcsref_json_decode(w->arena, *text, &hcsref_type_oci_spec_cri, w->t->mode, &base, w->err) &&
         apply_cri(w, &base) && hcsref_json_encode(w->arena, &hcsref_type_oci_spec_cri, &base, text, w->err);
}

static void fill_options(const work *w, const hcsref_oci_spec *spec, hcsref_create_options *options) {
  const translation *t = w->t;
  options->id = t->id;
  options->owner = t->owner;
  options->scale_cpu_limits_to_sandbox = t->scale_cpu_limits;
  options->hosting_system = w->system;
  options->has_schema = t->schema != TRANSLATION_BY_BUILD;
  options->schema.major = t->schema == TRANSLATION_V1 ? 1 : 2;
  options->schema.minor = t->schema == TRANSLATION_V1 ? 0 : 1;
  /* Source: hcsshim cmd/containerd-shim-runhcs-v1 createPod takes the spec's. */
  if (t->network_namespace != NULL)
    options->network_namespace = hcsref_cstr(t->network_namespace);
  else if (spec->windows != NULL && spec->windows->network != NULL)
    options->network_namespace = spec->windows->network->network_namespace;
}

static bool append_envelope(work *w, hcsref_oci_spec *spec, const hcsref_create_options *options, hcsref_buf *out) {
  hcsref_create_request request;
  return hcsref_create_document(w->arena, spec, options, &w->host, &request, w->err) &&
         hcsref_json_append(out, request.document_type, request.document, w->err);
}

static bool append_documents(work *w, hcsref_oci_spec *spec, const hcsref_create_options *options, hcsref_buf *out) {
  hcsref_documents documents;
  if (!hcsref_oci_to_hcs(w->arena, spec, options, &w->host, &documents, w->err))
    return false;
  if (w->t->schema == TRANSLATION_V1)
    return hcsref_json_append(out, &hcsref_type_v1_container_config, documents.v1, w->err);
  if (w->t->schema == TRANSLATION_V2)
    return hcsref_json_append(out, &hcsref_type_v2_container, documents.v2, w->err);
  hcsref_buf_append(out, HCSREF_LIT("{\"v1\":"));
  if (!hcsref_json_append(out, &hcsref_type_v1_container_config, documents.v1, w->err))
    return false;
  hcsref_buf_append(out, HCSREF_LIT(",\"v2\":"));
  if (!hcsref_json_append(out, &hcsref_type_v2_container, documents.v2, w->err))
    return false;
  hcsref_buf_append_char(out, '}');
  return !out->failed || hcsref_fail_memory(w->err);
}

static bool run_stage_2(work *w, hcsref_str text, hcsref_buf *out) {
  hcsref_oci_spec *spec = hcsref_arena_alloc(w->arena, sizeof(*spec));
  hcsref_create_options options = {0};
  *w->source = TRANSLATION_SPEC;
  if (spec == NULL)
    return hcsref_fail_memory(w->err);
  if (!hcsref_json_decode(w->arena, text, &hcsref_type_oci_spec, w->t->mode, spec, w->err))
    return false;
  if (!w->t->has_host && !default_host_mount_root(w->arena, spec, w->system != NULL))
    return hcsref_fail_memory(w->err);
  fill_options(w, spec, &options);
  return w->t->envelope ? append_envelope(w, spec, &options, out) : append_documents(w, spec, &options, out);
}

bool translation_run(const translation *t, hcsref_arena *arena, hcsref_str spec, hcsref_buf *out,
                     translation_source *source, hcsref_error *err) {
  work w = {.t = t, .arena = arena, .err = err, .source = source};
  size_t before = out->len;
  if (load_host(&w) && (!t->has_cri || run_stage_1(&w, &spec)) && run_stage_2(&w, spec, out))
    return true;
  out->len = before;
  return false;
}
