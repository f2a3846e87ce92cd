/* SPDX-License-Identifier: Apache-2.0 */
/* The spec as the program that translates reads it, completed by what else it is given. */
#include "translate/work.h"

/* What the shim gets besides the spec; dockerd has none. */
static bool complete_by_options(translation_work *w, hcsref_oci_spec *spec) {
  const input_shim *shim = w->read->shim;
  return shim == NULL || w->dockerd != NULL ||
         hcsref_shim_complete_spec(w->arena, w->profile, &shim->options, spec, w->err);
}

hcsref_oci_spec *translation_decode_plain(translation_work *w) {
  hcsref_oci_spec *spec = hcsref_arena_alloc(w->arena, sizeof(*spec));
  *w->source = TRANSLATION_SPEC;
  if (spec == NULL) {
    (void)hcsref_fail_memory(w->err);
    return NULL;
  }
  return hcsref_json_decode_as(w->arena, w->rules, w->text, &hcsref_type_oci_spec, w->t->mode, spec, w->err) &&
                 complete_by_options(w, spec)
             ? spec
             : NULL;
}

/* containerd writes its bundles without layers, which the shim gets as mounts; and no config names them. */
static bool complete_layers(translation_work *w, hcsref_oci_spec *spec) {
  static const hcsref_str stand_in[] = {{"C:\\layers\\base", 14}, {"C:\\layers\\scratch", 17}};
  if (spec->windows == NULL)
    return true;
  if (w->t->layers.len != 0) {
    spec->windows->layer_folders = w->t->layers;
    w->layers_from = "option layers";
    return true;
  }
  if (spec->windows->layer_folders.len != 0 || w->notes == NULL)
    return true;
  w->layers_from = "stand-in";
  spec->windows->layer_folders.items = (void *)(uintptr_t)stand_in;
  spec->windows->layer_folders.len = spec->windows->layer_folders.cap = 2;
  return translation_note(w, "", "no layers of the image are named: %v and %v stand in for them (--layers)",
                          stand_in[0], stand_in[1]);
}

static bool complete_root(translation_work *w, hcsref_oci_spec *spec) {
  if (w->t->root.len == 0) {
    if (spec->root == NULL || spec->root->path.len == 0)
      w->root_from = "stand-in";
    return true;
  }
  w->root_from = "option root";
  if (spec->root == NULL)
    spec->root = hcsref_arena_alloc(w->arena, sizeof(*spec->root));
  if (spec->root == NULL)
    return hcsref_fail_memory(w->err);
  spec->root->path = w->t->root;
  return true;
}

/* The built-in host has a VM's image in the last layer that is not the scratch. */
static void place_image(translation_work *w, const hcsref_oci_spec *spec) {
  const hcsref_slice *layers = spec->windows == NULL ? NULL : &spec->windows->layer_folders;
  if (layers != NULL && layers->len >= 2)
    w->facts.image = ((const hcsref_str *)layers->items)[layers->len - 2];
}

hcsref_oci_spec *translation_decode(translation_work *w) {
  hcsref_oci_spec *spec = translation_decode_plain(w);
  if (spec == NULL || !complete_layers(w, spec) || !complete_root(w, spec))
    return NULL;
  place_image(w, spec);
  return spec;
}

hcsref_str translation_namespace(const translation_work *w, const hcsref_oci_spec *spec) {
  /* Source: hcsshim cmd/containerd-shim-runhcs-v1 createPod takes the spec's. */
  if (w->t->network_namespace != NULL)
    return hcsref_cstr(w->t->network_namespace);
  if (spec->windows != NULL && spec->windows->network != NULL)
    return spec->windows->network->network_namespace;
  return hcsref_cstr(NULL);
}

void translation_fill_options(const translation_work *w, const hcsref_oci_spec *spec, translation_schema schema,
                              hcsref_create_options *options) {
  const translation *t = w->t;
  options->id = t->id;
  options->owner = t->owner;
  options->scale_cpu_limits_to_sandbox =
      t->scale_cpu_limits || (w->read->shim != NULL && w->read->shim->scale_cpu_limits);
  options->hosting_system = w->system;
  options->ccg_state = t->given[TRANSLATION_CCG_STATE] ? &t->ccg_state : NULL;
  options->additional_mounts = t->additional_mounts;
  options->has_schema = schema != TRANSLATION_BY_BUILD;
  options->schema.major = schema == TRANSLATION_V1 ? 1 : 2;
  options->schema.minor = schema == TRANSLATION_V1 ? 0 : 1;
  options->process_annotations = true;
  options->profile = w->profile;
  options->network_namespace = translation_namespace(w, spec);
}

/* Upstream's function for documents is not called then. Source: hcsshim cmd/containerd-shim-runhcs-v1/task_hcs.go
 * createContainer. */
bool translation_is_job(const translation_work *w, const hcsref_oci_spec *spec) {
  return (spec->windows == NULL || spec->windows->hyperv == NULL) && hcsref_is_host_process(spec, w->rules);
}

bool translation_is_isolated(const hcsref_oci_spec *spec) {
  return spec->windows != NULL && spec->windows->hyperv != NULL;
}
