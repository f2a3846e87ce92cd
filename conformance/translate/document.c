/* SPDX-License-Identifier: Apache-2.0 */
/* Container documents: the shim's, the one in a VM that the same call makes, and dockerd's. */
#include "input/spec/lost.h"
#include "translate/default_host.h"
#include "translate/work.h"

#include <stdio.h>

/* ---- the shim's ------------------------------------------------------------------------------------------------- */

static bool append_documents(translation_work *w, translation_schema schema, const hcsref_documents *documents,
                             hcsref_buf *out) {
  w->part = schema == TRANSLATION_V1 || schema == TRANSLATION_BOTH ? "v1" : "v2";
  if (schema == TRANSLATION_V1)
    return translation_append_value(w, &hcsref_type_v1_container_config, documents->v1, out);
  if (schema != TRANSLATION_BOTH)
    return translation_append_value(w, &hcsref_type_v2_container, documents->v2, out);
  hcsref_buf_append(out, HCSREF_LIT("{\"v1\":"));
  if (!translation_append_value(w, &hcsref_type_v1_container_config, documents->v1, out))
    return false;
  w->part = "v2";
  hcsref_buf_append(out, HCSREF_LIT(",\"v2\":"));
  if (!translation_append_value(w, &hcsref_type_v2_container, documents->v2, out))
    return false;
  hcsref_buf_append_char(out, '}');
  return !out->failed || hcsref_fail_memory(w->err);
}

/* "/mounts/INDEX/type" */
#define WHERE_SIZE 40

/* A container in a VM has types of mounts. */
static bool note_mount_types(translation_work *w, const hcsref_oci_spec *spec) {
  const hcsref_oci_mount *mounts = spec->mounts.items;
  hcsref_change_info change;
  if (w->t->linted || w->system != NULL || !input_has_change(w->rules, "hcsshim.mounts.type-unchecked", &change))
    return true;
  for (size_t i = 0; i < spec->mounts.len; i++) {
    char *where = mounts[i].type.len == 0 ? NULL : hcsref_arena_alloc(w->arena, WHERE_SIZE);
    if (mounts[i].type.len == 0)
      continue;
    if (where == NULL)
      return hcsref_fail_memory(w->err);
    snprintf(where, WHERE_SIZE, "/mounts/%llu/type", (unsigned long long)i);
    if (!translation_note(w, where,
                          "is ignored: since %s, hcsshim maps the source as a folder or pipe, whatever the type of the "
                          "mount; releases before that refuse some types",
                          change.since))
      return false;
  }
  return true;
}

static bool append_container(translation_work *w, hcsref_oci_spec *spec, translation_schema schema, bool envelope,
                             hcsref_buf *out) {
  hcsref_create_options options = {0};
  hcsref_create_request request;
  hcsref_documents documents;
  if (!default_host_mount_root(w->arena, spec, w->system != NULL))
    return hcsref_fail_memory(w->err);
  if (!note_mount_types(w, spec) || !translation_begin_notes(w))
    return false;
  translation_fill_options(w, spec, schema, &options);
  options.provenance = w->provenance;
  options.schema_is_final = !envelope;
  if (!hcsref_create_container(w->arena, spec, &options, &w->hosts.stage_2, &request, &documents, w->err))
    return false;
  if (!envelope)
    return append_documents(w, schema, &documents, out);
  w->part = "envelope";
  return translation_append_value(w, request.document_type, request.document, out);
}

static bool refuse_job(const translation_work *w) {
  return hcsref_fail(w->arena, w->err, TRANSLATION_HOST_PROCESS,
                     HCSREF_LIT("/annotations/microsoft.com~1hostprocess-container"),
                     "a HostProcess container: hcsshim runs it in a job object on the host and hands Windows no "
                     "container document; --part job prints what it makes instead");
}

/* ---- in a VM that the same call makes ---- */

/* Schema 1 has VMs of its own, which the service makes. */
static bool is_in_new_vm(const translation_work *w, const hcsref_oci_spec *spec, translation_schema schema) {
  return spec->windows != NULL && spec->windows->hyperv != NULL && w->system == NULL && schema != TRANSLATION_V1;
}

static bool append_in_new_vm(translation_work *w, hcsref_oci_spec *spec, translation_schema schema, bool envelope,
                             hcsref_buf *out) {
  if (!translation_note(w, "/windows/hyperv",
                        "Hyper-V isolation: this is the container's document in the utility VM that the same call "
                        "makes; --part all prints everything that is made, --hosting-system names a VM"))
    return false;
  if (!w->t->linted && spec->root != NULL && spec->root->path.len != 0 &&
      !translation_note(w, "/root/path",
                        "the OCI specification forbids a root path with Hyper-V isolation: hcsshim takes it as it is, "
                        "and does not mount the layers"))
    return false;
  if (schema != TRANSLATION_BOTH)
    return translation_append_hosted(w, spec, envelope, out);
  hcsref_buf_append(out, HCSREF_LIT("{\"v1\":"));
  if (!translation_append_document(w, TRANSLATION_V1, false, out))
    return false;
  hcsref_buf_append(out, HCSREF_LIT(",\"v2\":"));
  if (!translation_append_hosted(w, spec, false, out))
    return false;
  hcsref_buf_append_char(out, '}');
  return true;
}

bool translation_append_document(translation_work *w, translation_schema schema, bool envelope, hcsref_buf *out) {
  hcsref_oci_spec *spec = translation_decode(w);
  if (spec == NULL)
    return false;
  if (translation_is_job(w, spec))
    return refuse_job(w);
  return is_in_new_vm(w, spec, schema) ? append_in_new_vm(w, spec, schema, envelope, out)
                                       : append_container(w, spec, schema, envelope, out);
}

/* ---- dockerd's -------------------------------------------------------------------------------------------------- */

bool translation_append_dockerd(translation_work *w, hcsref_buf *out) {
  hcsref_oci_spec *spec = translation_decode(w);
  hcsref_v1_container_config *document;
  hcsref_str id = w->read->id.len != 0 ? w->read->id : w->t->id;
  if (spec == NULL || !hcsref_docker_document(w->arena, spec, id, w->dockerd, &w->hosts.stage_2, &document, w->err) ||
      !translation_begin_notes(w))
    return false;
  w->part = w->part == NULL ? "v1" : w->part;
  if (w->provenance != NULL)
    hcsref_docker_explain(spec, document, w->provenance);
  return translation_append_value(w, &hcsref_type_v1_container_config, document, out);
}
