/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a translation by name, and all of them. */
#include "translate/work.h"

#include "compare/text.h"

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
  return translation_is_job(w, spec) ? translation_append_job(w, out) : translation_append_null(out);
}

/* The documents of `all`: none of a HostProcess container; in a VM none of schema 1, which the shim does not ask for;
 * dockerd's is its whole request. */
static bool append_one_document(translation_work *w, translation_schema schema, bool envelope, hcsref_buf *out) {
  const hcsref_oci_spec *spec;
  if (w->dockerd != NULL)
    return schema == TRANSLATION_V1 || envelope ? translation_append_dockerd(w, out) : translation_append_null(out);
  spec = translation_decode_plain(w);
  if (spec == NULL)
    return false;
  if (translation_is_job(w, spec) || (schema == TRANSLATION_V1 && translation_is_isolated(spec)))
    return translation_append_null(out);
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
    {"options", TRANSLATION_PART_OPTIONS, translation_append_options, true},
    {"vm", TRANSLATION_PART_VM, translation_append_vm, true},
    {"requests", TRANSLATION_PART_REQUESTS, translation_append_requests, true},
    {"v1", TRANSLATION_PART_DOCUMENT, append_v1, false},
    {"v2", TRANSLATION_PART_DOCUMENT, append_v2, false},
    {"envelope", TRANSLATION_PART_DOCUMENT, append_envelope, false},
    {"process", TRANSLATION_PART_PROCESS, translation_append_process, false},
    {"job", TRANSLATION_PART_JOB, append_job, true},
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

static bool append_at(translation_work *w, size_t i, hcsref_buf *out) {
  w->part = parts[i].name;
  w->provenance = NULL;
  return parts[i].shim && w->dockerd != NULL ? translation_append_null(out) : parts[i].append(w, out);
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
