/* SPDX-License-Identifier: Apache-2.0 */
/* A document, a value or a spec: appended to the result, or explained field by field. */
#include "compare/text.h"
#include "translate/explain.h"
#include "translate/work.h"

bool translation_wants_stage_1(const translation *t) {
  return t->given[TRANSLATION_CRI] || t->given[TRANSLATION_EXTRA_MOUNTS] || t->sandbox_shares;
}

bool translation_begin_notes(translation_work *w) {
  if (w->fields == NULL)
    return true;
  w->provenance = hcsref_provenance_new(w->arena);
  return w->provenance != NULL || hcsref_fail_memory(w->err);
}

bool translation_add_field(translation_work *w, const translation_field *field) {
  translation_field *place = hcsref_slice_push(w->arena, w->fields, sizeof *place);
  if (place == NULL)
    return hcsref_fail_memory(w->err);
  *place = *field;
  place->part = hcsref_cstr(w->part);
  return true;
}

bool translation_explain_value(translation_work *w, hcsref_str below, const hcsref_type *type, const void *value) {
  hcsref_slice found = {NULL, 0, 0};
  const explained_field *items;
  if (w->provenance == NULL && !translation_begin_notes(w))
    return false;
  if (!hcsref_provenance_whole(w->provenance))
    return hcsref_fail_memory(w->err);
  if (!explain_fields(w->arena, w->rules, type, value, w->provenance, &found, w->err))
    return false;
  items = found.items;
  for (size_t i = 0; i < found.len; i++) {
    translation_field field = {.pointer = items[i].pointer, .value = items[i].value};
    if (below.len > 0 && !hcsref_format(w->arena, &field.pointer, "%v%v", below, items[i].pointer))
      return hcsref_fail_memory(w->err);
    if (items[i].origin != NULL) {
      field.where = items[i].origin->where;
      field.rule = items[i].origin->rule;
    }
    if (!translation_add_field(w, &field))
      return false;
  }
  return true;
}

bool translation_append_value(translation_work *w, const hcsref_type *type, const void *value, hcsref_buf *out) {
  if (w->fields != NULL)
    return translation_explain_value(w, HCSREF_LIT(""), type, value);
  return hcsref_json_append_as(out, w->rules, type, value, w->err);
}

bool translation_append_null(hcsref_buf *out) {
  hcsref_buf_append(out, HCSREF_LIT("null"));
  return true;
}

/* The step that makes a part of a spec: containerd's, dockerd's. */
typedef struct spec_step {
  const char *place, *containerd, *dockerd;
} spec_step;

static const spec_step steps[] = {
    {"/process/args", "WithProcessArgs, WithProcessCommandLineOrArgsForWindows", "createSpec, mergeAndVerifyConfig"},
    {"/process/commandLine", "WithProcessCommandLineOrArgsForWindows", "createSpec: ArgsEscaped"},
    {"/process/cwd", "WithProcessCwd", "createSpec: C:\\ when there is none"},
    {"/process/env", "WithEnv: the image's, then the config's", "createSpec: the image's, then the container's"},
    {"/process/user", "WithUser", "createSpec"},
    {"/process/terminal", "WithTTY", "createSpec"},
    {"/hostname", "WithHostname", "createSpec: the name, or of the id, and the domain"},
    {"/mounts", "WithWindowsMounts", "setupMounts: by depth"},
    {"/windows/resources", "WithWindowsResources", "setResourcesInSpec"},
    {"/windows/devices", "WithWindowsDevices", "setupWindowsDevices"},
    {"/windows/credentialSpec", "WithWindowsCredentialSpec", "setWindowsCredentialSpec: the last one"},
    {"/windows/network", "WithWindowsNetworkNamespace", "createSpecWindowsFields"},
    {"/windows", "containerd's CRI plugin", "createSpecWindowsFields"},
    {"/root", "containerd's CRI plugin", "createSpecWindowsFields: empty in a VM"},
    {"/annotations", "GetPassthroughAnnotations, WithAnnotation", "createSpec"},
    {"/ociVersion", "the runtime-spec of the release", "the runtime-spec of the release"},
    {"", "containerd's CRI plugin", "createSpec"},
};

static const char *step_of(const translation_work *w, hcsref_str pointer) {
  const bool dockerd = w->read->container != NULL;
  size_t i = 0;
  if (w->read->maker == NULL && !dockerd && !translation_wants_stage_1(w->t))
    return "as it is";
  while (!hcsref_str_has_prefix(pointer, hcsref_cstr(steps[i].place)))
    i++;
  return dockerd ? steps[i].dockerd : steps[i].containerd;
}

/* Every value of a spec is at its own place; what made it of a config is found from there. */
static bool explain_member(translation_work *w, const kit_json *node, hcsref_str pointer, unsigned depth) {
  translation_field *field;
  size_t index = 0;
  for (const kit_json *child = depth == KIT_WALK_DEPTH ? NULL : node->first; child != NULL;
       child = child->next, index++) {
    hcsref_buf below = {.arena = w->arena};
    hcsref_buf_append(&below, pointer);
    kit_pointer_append_child(&below, child->key, index);
    if (below.failed)
      return hcsref_fail_memory(w->err);
    if (!explain_member(w, child, hcsref_buf_str(&below), depth + 1))
      return false;
  }
  if (node->first != NULL && depth != KIT_WALK_DEPTH)
    return true;
  field = hcsref_slice_push(w->arena, w->fields, sizeof *field);
  if (field == NULL)
    return hcsref_fail_memory(w->err);
  field->part = HCSREF_LIT("spec");
  field->pointer = field->where = pointer;
  field->value = node->raw;
  field->rule = step_of(w, pointer);
  return true;
}

bool translation_explain_spec(translation_work *w, const kit_json *tree) {
  return explain_member(w, tree, HCSREF_LIT(""), 0);
}
