/* SPDX-License-Identifier: Apache-2.0 */
#include "translate/translation.h"

#include "compare/text.h"
#include "input/spec/config.h"
#include "input/spec/docker_origin.h"
#include "input/spec/image_mount.h"
#include "input/spec/lost.h"
#include "input/spec/origin.h"
#include "serve/table.h"
#include "translate/explain.h"
#include "translate/work.h"

#include <string.h>

/* ---- what is the same for all specs ---- */

/* A text that was given; null data when it was not. */
static hcsref_str given_text(const translation *t, translation_source source) {
  return t->given[source] ? t->text[source] : hcsref_cstr(NULL);
}

static bool load_hosts(translation_work *w) {
  hcsref_script *script = NULL;
  hcsref_str system = given_text(w->t, TRANSLATION_HOSTING_SYSTEM);
  *w->source = TRANSLATION_HOST;
  if (!translation_facts_read(w->arena, given_text(w->t, TRANSLATION_HOST), &w->facts, w->err) ||
      !translation_hosts_open(w->arena, &w->facts, &w->hosts, w->err))
    return false;
  script = w->facts.script;
  if (system.data == NULL)
    return true;
  if (script == NULL && !hcsref_script_load(w->arena, HCSREF_LIT(""), &script, w->err))
    return false;
  *w->source = TRANSLATION_HOSTING_SYSTEM;
  return hcsref_script_hosting_system(w->arena, script, system, &w->system, w->err);
}

static const hcsref_type cri_mount_type = POINTER(hcsref_type_cri_mount, "*runtime.Mount");
static const hcsref_type extra_mounts_type = LIST(cri_mount_type, "[]*runtime.Mount");
static const hcsref_type additional_mounts_type = LIST(hcsref_type_v2_mapped_directory, "[]hcsschema.MappedDirectory");

/* A profile without containerd is refused when the stage is run. */
static bool read_cri(translation *t, hcsref_arena *arena, hcsref_error *err) {
  const hcsref_rules *rules = hcsref_profile_rules(t->profile, HCSREF_PROGRAM_CONTAINERD);
  return input_read_config(arena, rules, t->text[TRANSLATION_CRI], &hcsref_type_cri_container_config, &t->cri,
                           &t->notes, err) &&
         (rules == NULL || input_place_image_mounts(arena, rules, &t->cri, HCSREF_LIT("sandbox"), &t->notes, err));
}

bool translation_prepare(translation *t, hcsref_arena *arena, translation_source *source, hcsref_error *err) {
  const struct {
    translation_source source;
    const hcsref_type *type;
    void *out;
  } inputs[] = {{TRANSLATION_EXTRA_MOUNTS, &extra_mounts_type, &t->extra_mounts},
                {TRANSLATION_CCG_STATE, &hcsref_type_v2_container_credential_guard_state, &t->ccg_state},
                {TRANSLATION_ADDITIONAL_MOUNTS, &additional_mounts_type, &t->additional_mounts}};
  translation_work w = {.t = t, .arena = arena, .err = err, .source = source};
  *source = TRANSLATION_CRI;
  if (t->given[TRANSLATION_CRI] && !read_cri(t, arena, err))
    return false;
  for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
    *source = inputs[i].source;
    if (t->given[*source] &&
        !hcsref_json_decode(arena, t->text[*source], inputs[i].type, HCSREF_JSON_WHOLE, inputs[i].out, err))
      return false;
  }
  return load_hosts(&w);
}

/* ---- stage 1 by --cri ---- */

/* What goes wrong in stage 1 is in the config or in an extra mount; the latter's list is a file of its own. */
static void find_source(translation_work *w) {
  const hcsref_str list = HCSREF_LIT("/extra_mounts");
  *w->source = TRANSLATION_CRI;
  if (!hcsref_str_has_prefix(w->err->where, list))
    return;
  *w->source = TRANSLATION_EXTRA_MOUNTS;
  w->err->where = hcsref_str_skip(w->err->where, list.len);
}

static bool apply_cri(translation_work *w, hcsref_oci_spec *spec) {
  const translation *t = w->t;
  hcsref_cri_settings settings = {.config = t->given[TRANSLATION_CRI] ? &t->cri : NULL,
                                  .extra_mounts = t->extra_mounts,
                                  .sandbox_shares = t->sandbox_shares,
                                  .profile = t->profile};
  hcsref_str network_namespace = hcsref_cstr(t->network_namespace);
  if (t->network_namespace != NULL)
    settings.network_namespace = &network_namespace;
  if (hcsref_cri_to_oci(w->arena, spec, &settings, &w->hosts.stage_1, w->err))
    return true;
  find_source(w);
  return false;
}

static bool note_lost_in_stage_1(const translation_work *w, const hcsref_oci_spec *spec) {
  size_t first = w->notes == NULL ? 0 : w->notes->len;
  if (w->notes == NULL || !w->t->given[TRANSLATION_CRI])
    return true;
  if (!input_note_lost(w->arena, &w->t->cri, spec, false, w->notes))
    return hcsref_fail_memory(w->err);
  for (size_t i = first; i < w->notes->len; i++)
    ((input_note *)w->notes->items)[i].source = INPUT_CONFIG;
  return true;
}

/* Between the stages the spec is text: what the second one reads is what the first one wrote. */
static bool run_stage_1(translation_work *w) {
  const hcsref_rules *rules = hcsref_profile_rules(w->t->profile, HCSREF_PROGRAM_CONTAINERD);
  hcsref_oci_spec base = {0};
  *w->source = TRANSLATION_SPEC;
  if (rules == NULL)
    return hcsref_fail(w->arena, w->err, "unsupported", HCSREF_LIT(""), "profile %v has no containerd",
                       hcsref_profile_name(w->t->profile));
  return hcsref_json_decode_as(w->arena, rules, w->text, &hcsref_type_oci_spec, w->t->mode, &base, w->err) &&
         apply_cri(w, &base) && note_lost_in_stage_1(w, &base) &&
         hcsref_json_encode_as(w->arena, rules, &hcsref_type_oci_spec, &base, &w->text, w->err);
}

/* ---- one spec ---- */

translation_source translation_source_of(input_source source) {
  static const translation_source sources[] = {[INPUT_OPERAND] = TRANSLATION_SPEC,
                                               [INPUT_POD] = TRANSLATION_POD,
                                               [INPUT_IMAGE] = TRANSLATION_IMAGE,
                                               [INPUT_RUNTIME] = TRANSLATION_RUNTIME,
                                               [INPUT_CONFIG] = TRANSLATION_CRI};
  return sources[source];
}

bool translation_split(const translation *t, hcsref_arena *arena, hcsref_str operand, hcsref_slice *items,
                       hcsref_error *err) {
  input_item *item;
  if (!translation_wants_stage_1(t) && t->mode != HCSREF_JSON_STREAM)
    return input_split(arena, operand, items, err);
  item = hcsref_slice_push(arena, items, sizeof *item);
  if (item == NULL)
    return hcsref_fail_memory(err);
  item->text = operand;
  return true;
}

bool translation_read(const translation *t, hcsref_arena *arena, const input_item *item, input_spec *out,
                      translation_source *source, hcsref_error *err) {
  const input_setup setup = {.profile = t->profile,
                             .id = t->id,
                             .network_namespace = hcsref_cstr(t->network_namespace),
                             .pod = given_text(t, TRANSLATION_POD),
                             .image = given_text(t, TRANSLATION_IMAGE),
                             .runtime = given_text(t, TRANSLATION_RUNTIME),
                             .from_config = t->from_config,
                             .place = item->place};
  translation_work w = {.t = t, .arena = arena, .err = err, .source = source};
  input_source which;
  bool ok;
  memset(out, 0, sizeof *out);
  out->text = item->text;
  if (translation_wants_stage_1(t))
    return true;
  if (!load_hosts(&w))
    return false;
  ok = input_read_spec(arena, &setup, item->text, &w.hosts.stage_1, out, &which, err);
  *source = translation_source_of(which);
  return ok;
}

/* dockerd makes a document of a spec where the profile has no shim, but not of one that containerd made; a profile that
 * has nothing else is completed. */
static bool choose_program(translation_work *w) {
  const bool has_shim = hcsref_profile_rules(w->t->profile, HCSREF_PROGRAM_HCSSHIM) != NULL;
  const bool has_moby = hcsref_profile_rules(w->t->profile, HCSREF_PROGRAM_MOBY) != NULL;
  w->profile = w->t->profile;
  w->dockerd = w->read->dockerd;
  if (w->dockerd == NULL && !has_shim && has_moby && w->read->maker == NULL)
    w->dockerd = w->t->profile;
  if (w->dockerd != NULL) {
    w->rules = hcsref_profile_rules(w->dockerd, HCSREF_PROGRAM_MOBY);
    return true;
  }
  if (!has_shim) {
    w->profile = hcsref_profile_find(w->arena, HCSREF_LIT("newest"), w->err);
    if (w->profile == NULL || !translation_note(w, "", "profile %v has no hcsshim: translated by the shim of %v",
                                                hcsref_profile_name(w->t->profile), hcsref_profile_name(w->profile)))
      return false;
  }
  w->rules = hcsref_profile_rules(w->profile, HCSREF_PROGRAM_HCSSHIM);
  return true;
}

static bool refuse_schema(const translation_work *w) {
  return hcsref_fail(w->arena, w->err, "unsupported", HCSREF_LIT(""),
                     "dockerd makes documents of schema 1 only (--part v1)");
}

static bool append_document(translation_work *w, hcsref_buf *out) {
  const translation_schema schema = w->t->schema;
  if (w->dockerd == NULL)
    return translation_append_document(w, schema, w->t->envelope, out);
  return schema == TRANSLATION_V2 || schema == TRANSLATION_BOTH ? refuse_schema(w) : translation_append_dockerd(w, out);
}

static bool note_lost_of_spec(translation_work *w) {
  const translation *t = w->t;
  const input_reader reader = {.rules = w->rules,
                               .v2 = w->dockerd == NULL && t->schema != TRANSLATION_V1,
                               .has_ccg_state = t->given[TRANSLATION_CCG_STATE]};
  if (w->notes == NULL || w->dockerd != NULL ||
      (t->part != TRANSLATION_PART_DOCUMENT && t->part != TRANSLATION_PART_ALL))
    return true;
  return input_note_lost_of_spec(w->arena, &reader, w->text, w->notes) || hcsref_fail_memory(w->err);
}

static bool run(translation_work *w, hcsref_buf *out) {
  w->text = w->read->text;
  if (!load_hosts(w) || !choose_program(w) || (translation_wants_stage_1(w->t) && !run_stage_1(w)))
    return false;
  *w->source = TRANSLATION_SPEC;
  if (!(w->t->part == TRANSLATION_PART_DOCUMENT ? append_document(w, out)
                                                : translation_append_part(w, w->t->part, out)))
    return false;
  return note_lost_of_spec(w) && (!out->failed || hcsref_fail_memory(w->err));
}

/* ---- places ---- */

static bool is_about_spec(const translation_work *w) {
  return *w->source == TRANSLATION_SPEC;
}

/* The place of a spec, as one of the text that it comes from. */
static bool place_in_input(translation_work *w, const hcsref_oci_spec *spec, hcsref_str *where, input_source *source) {
  const bool beside = w->t->given[TRANSLATION_CRI];
  const input_origin from = {
      .rules = hcsref_profile_rules(beside ? w->t->profile : w->read->maker, HCSREF_PROGRAM_CONTAINERD),
      .config = beside ? &w->t->cri : w->read->config,
      .pod = w->read->pod,
      .order = &w->mount_order};
  *source = INPUT_OPERAND;
  if (from.config == NULL && from.pod != NULL)
    *where = input_find_origin_in_pod(from.pod, *where);
  if (from.config != NULL && !input_find_origin(w->arena, &from, spec, where, source))
    return false;
  if (*source == INPUT_CONFIG && !beside)
    *source = INPUT_OPERAND;
  return *source != INPUT_OPERAND || w->read->place.len == 0 || where->len == 0 ||
         hcsref_format(w->arena, where, "%v%v", w->read->place, *where);
}

/* A place of a spec that was made of docker's container: the member's; without one it stays that of the spec. */
static void place_in_container(const translation_work *w, translation_field *field) {
  hcsref_str where = field->where, place;
  if (where.len == 0 || where.data[0] != '/')
    return;
  place = input_find_docker_origin(w->read->container, where);
  if (place.len == 0)
    (void)hcsref_format(w->arena, &field->where, "spec %v", where);
  else if (hcsref_format(w->arena, &place, "%v%v", w->read->place, place))
    field->where = place;
}

static void place_field(translation_work *w, const hcsref_oci_spec *spec, translation_field *field) {
  input_source source;
  hcsref_str where = field->where;
  if (w->layers_from != NULL && hcsref_str_has_prefix(where, HCSREF_LIT("/windows/layerFolders")))
    field->where = hcsref_cstr(w->layers_from);
  else if (w->root_from != NULL && hcsref_str_equal(where, HCSREF_LIT("/root/path")))
    field->where = hcsref_cstr(w->root_from);
  else if (w->read->container != NULL)
    place_in_container(w, field);
  else if (where.len == 0 || where.data[0] != '/' || !place_in_input(w, spec, &where, &source))
    return;
  else {
    field->where = where;
    field->source = translation_source_of(source);
  }
}

/* Without memory the places stay those of the spec. */
static void place_all(translation_work *w, size_t first, bool failed) {
  hcsref_oci_spec *spec = hcsref_arena_alloc(w->arena, sizeof(*spec));
  input_note *notes = w->notes == NULL ? NULL : w->notes->items;
  input_source source;
  hcsref_str where = w->err->where;
  hcsref_error ignored = {0};
  if (spec == NULL || (w->fields == NULL && w->read->config == NULL && w->read->pod == NULL &&
                       w->read->place.len == 0 && !w->t->given[TRANSLATION_CRI]))
    return;
  if (w->rules == NULL ||
      !hcsref_json_decode_as(w->arena, w->rules, w->text, &hcsref_type_oci_spec, w->t->mode, spec, &ignored))
    spec = NULL;
  for (size_t i = first; w->notes != NULL && i < w->notes->len; i++)
    if (notes[i].source == INPUT_OPERAND)
      (void)place_in_input(w, spec, &notes[i].where, &notes[i].source);
  for (size_t i = 0; w->fields != NULL && i < w->fields->len; i++)
    place_field(w, spec, &((translation_field *)w->fields->items)[i]);
  if (!failed || !is_about_spec(w) || !place_in_input(w, spec, &where, &source))
    return;
  w->err->where = where;
  *w->source = translation_source_of(source);
}

bool translation_run(const translation *t, hcsref_arena *arena, const input_spec *read, hcsref_buf *out,
                     translation_remarks *remarks, translation_source *source, hcsref_error *err) {
  hcsref_slice *notes = remarks == NULL ? NULL : &remarks->notes;
  translation_work w = {.t = t, .arena = arena, .read = read, .notes = notes, .err = err, .source = source};
  size_t before = out->len, first = notes == NULL ? 0 : notes->len;
  bool ok;
  if (remarks != NULL && t->explain)
    w.fields = &remarks->fields;
  ok = run(&w, out);
  if (!ok || w.fields != NULL || (notes != NULL && notes->len != first))
    place_all(&w, first, !ok);
  if (!ok)
    out->len = before;
  return ok;
}
