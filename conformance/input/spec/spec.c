/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/spec.h"

#include "compare/text.h"
#include "input/encoding.h"
#include "input/foreign.h"
#include "input/spec/config.h"
#include "input/spec/docker.h"
#include "input/spec/making.h"
#include "input/text.h"
#include "input/yaml.h"
#include "serve/table.h"

#include <string.h>

/* ---- unwrapping ---- */

/* hcsshim makes a document of another kind of it, in a Linux utility VM, and dockerd refuses it. */
static bool refuse_linux(const spec_work *w, const kit_json *spec, const char *where) {
  const kit_json *linux_section = kit_json_get(spec, "linux"), *windows = kit_json_get(spec, "windows");
  hcsref_str place;
  if (linux_section == NULL || linux_section->kind != KIT_JSON_OBJECT ||
      (windows != NULL && windows->kind != KIT_JSON_NULL))
    return true;
  if (!hcsref_format(w->arena, &place, "%s/linux", where))
    return hcsref_fail_memory(w->err);
  return hcsref_fail(w->arena, w->err, "not-a-spec", place,
                     "a Linux container: the spec has no windows section, and Windows is handed no document of it");
}

/* `config`: what a spec could be made of; null: nothing. */
static bool unwrap(const spec_work *w, const kit_json *spec, const char *where, const kit_json *config) {
  if (spec == NULL || spec->kind != KIT_JSON_OBJECT)
    return hcsref_fail(
        w->arena, w->err, "spec-missing", hcsref_cstr(where), "%s has no runtime spec%s", input_kind_name(w->out->kind),
        config != NULL && config->kind == KIT_JSON_OBJECT ? "; --from config makes one of info.config" : "");
  w->out->text = spec->raw;
  w->out->place = hcsref_cstr(where);
  return refuse_linux(w, spec, where);
}

/* The shim got them with the spec, which does not have them. */
static bool read_options(const spec_work *w, const kit_json *tree) {
  const kit_json *options = kit_json_get(kit_json_get(tree, "info"), "runtimeOptions");
  hcsref_error err = {0};
  input_shim *shim;
  if (input_read_shim(w->arena, options, &shim, &err)) {
    w->out->shim = w->out->shim != NULL ? w->out->shim : shim;
    return true;
  }
  return (strcmp(err.code, "out-of-memory") != 0 &&
          input_add_note(w->arena, &w->out->notes, HCSREF_LIT("/info/runtimeOptions"), "is ignored: %v",
                         err.message)) ||
         hcsref_fail_memory(w->err);
}

/* Of crictl's output, its config: the spec is made anew. Places are those of the whole. */
static bool make_anew(spec_work *w, const kit_json *tree) {
  const kit_json *info = kit_json_get(tree, "info"), *config = kit_json_get(info, "config");
  const kit_json *ran = kit_json_get(info, "runtimeSpec");
  const hcsref_str prefix = HCSREF_LIT("/info/config");
  size_t before = w->out->notes.len;
  hcsref_str where;
  bool ok;
  if (config == NULL || config->kind != KIT_JSON_OBJECT)
    return hcsref_fail(w->arena, w->err, "spec-missing", prefix, "%s has no config", input_kind_name(w->out->kind));
  w->sandbox_id = kit_json_get_string(info, "sandboxID");
  w->network_namespace = kit_json_get_string(kit_json_get(kit_json_get(ran, "windows"), "network"), "networkNamespace");
  ok = w->out->kind == INPUT_CRICTL_INSPECT ? spec_of_container(w, config->raw) : spec_of_pod(w, config->raw);
  if (!ok && *w->source == INPUT_OPERAND && hcsref_format(w->arena, &where, "%v%v", prefix, w->err->where))
    w->err->where = where;
  w->out->place = prefix;
  if (ran != NULL && ran->kind == KIT_JSON_OBJECT)
    w->out->ran = ran->raw;
  return spec_mark_notes(w, before, INPUT_OPERAND, prefix) && ok && read_options(w, tree);
}

/* As containerd keeps it: the spec's bytes with the name of their type. */
static bool unwrap_ctr(const spec_work *w, const kit_json *spec) {
  const kit_json *value = kit_json_get(spec, "value");
  hcsref_error why = {0};
  kit_json *tree;
  if (kit_json_get(spec, "type_url") == NULL || value == NULL)
    return unwrap(w, spec, "/Spec", NULL);
  w->out->place = HCSREF_LIT("/Spec/value");
  if (hcsref_json_decode(w->arena, value->raw, &hcsref_type_bytes, HCSREF_JSON_WHOLE, &w->out->text, &why) &&
      kit_json_parse(w->arena, w->out->text, &tree, &why))
    return refuse_linux(w, tree, "/Spec/value");
  if (strcmp(why.code, "out-of-memory") == 0)
    return hcsref_fail_memory(w->err);
  return hcsref_fail(w->arena, w->err, "not-a-spec", w->out->place, "the spec is not JSON in base64: %v", why.message);
}

static bool has_config(input_kind kind) {
  return kind == INPUT_CRICTL_INSPECT || kind == INPUT_CRICTL_INSPECTP;
}

static bool refuse_other(const spec_work *w, const char *advice) {
  return hcsref_fail(w->arena, w->err, "not-a-spec", hcsref_cstr(NULL), "%s: %s", input_kind_name(w->out->kind),
                     advice);
}

static bool refuse_foreign(const spec_work *w, const kit_json *tree) {
  const input_foreign *foreign = input_foreign_of(tree);
  return hcsref_fail(w->arena, w->err, "not-a-spec", hcsref_cstr(NULL), "this is %s: %s; %s", foreign->what,
                     foreign->reader, foreign->instead);
}

/* Of what is no object, the reader of specs says so. */
static bool refuse_unknown(const spec_work *w, const kit_json *tree) {
  if (tree->kind == KIT_JSON_ARRAY && tree->count == 0)
    return hcsref_fail(w->arena, w->err, "spec-missing", hcsref_cstr(NULL),
                       "an empty list: docker inspect and crictl inspect print one when they find no such container");
  if (tree->kind == KIT_JSON_ARRAY && tree->first->kind == KIT_JSON_OBJECT && tree->first->count != 0)
    return hcsref_fail(
        w->arena, w->err, "not-a-spec", hcsref_cstr(NULL),
        "a list, and nothing in it is a container as docker inspect, crictl inspect or ctr print it: give "
        "one spec or config a file");
  if (tree->kind != KIT_JSON_OBJECT || tree->count == 0)
    return true;
  return hcsref_fail(w->arena, w->err, "not-a-spec", hcsref_cstr(NULL),
                     "no member of this is one of an OCI runtime spec, of a CRI config or of docker's API: it is none "
                     "of the inputs that translate reads ('hcsproof translate --help')");
}

static bool read_kind(spec_work *w, hcsref_str bytes, const kit_json *tree) {
  switch (w->out->kind) {
  case INPUT_CRI_CONTAINER:
    return spec_of_container(w, bytes);
  case INPUT_CRI_POD:
    return spec_of_pod(w, bytes);
  case INPUT_CRICTL_INSPECT:
  case INPUT_CRICTL_INSPECTP:
    if (w->setup->from_config)
      return make_anew(w, tree);
    return unwrap(w, kit_json_get(kit_json_get(tree, "info"), "runtimeSpec"), "/info/runtimeSpec",
                  kit_json_get(kit_json_get(tree, "info"), "config")) &&
           read_options(w, tree);
  case INPUT_CTR_CONTAINER:
    return unwrap_ctr(w, kit_json_get(tree, "Spec"));
  case INPUT_DOCKER_INSPECT:
  case INPUT_DOCKER_CREATE:
    return input_read_docker(w->arena, w->setup, tree, w->host, w->out, w->source, w->err);
  case INPUT_KUBERNETES:
    return hcsref_fail(w->arena, w->err, "kubernetes-object", HCSREF_LIT("/kind"),
                       "a %v of the Kubernetes API, which no runtime reads: give the CRI pod and container configs "
                       "that the kubelet makes from it, or the output of crictl inspect",
                       kit_json_get_string(tree, "kind"));
  case INPUT_IMAGE_CONFIG:
    return refuse_other(w, "an image completes a container config (--image)");
  case INPUT_CREDENTIAL_SPEC:
    return refuse_other(w, "its text goes into a spec's windows.credentialSpec, or a CRI config's "
                           "windows.security_context.credential_spec, as a string; 'hcsproof lint' checks it");
  case INPUT_HCS_DOCUMENT:
    return refuse_other(w, "nothing is left to translate; 'hcsproof lint' checks it");
  case INPUT_CASE:
    return refuse_other(w, "its params hold the spec; 'hcsproof run' plays it");
  case INPUT_FOREIGN:
    return refuse_foreign(w, tree);
  case INPUT_UNKNOWN:
    return refuse_unknown(w, tree);
  case INPUT_OCI_SPEC:
  default:
    return refuse_linux(w, tree, "");
  }
}

/* A profile of a shim alone is completed with the newest containerd. */
static bool complete_profile(spec_work *w) {
  bool makes = w->out->kind == INPUT_CRI_CONTAINER || w->out->kind == INPUT_CRI_POD ||
               (w->setup->from_config && has_config(w->out->kind));
  w->rules = hcsref_profile_rules(w->profile, HCSREF_PROGRAM_CONTAINERD);
  if (w->rules != NULL || !makes)
    return true;
  w->profile = hcsref_profile_find(w->arena, HCSREF_LIT("newest"), w->err);
  if (w->profile == NULL)
    return false;
  w->rules = hcsref_profile_rules(w->profile, HCSREF_PROGRAM_CONTAINERD);
  return input_add_note(w->arena, &w->out->notes, hcsref_cstr(NULL),
                        "the profile has no containerd: the spec is made as by %v", hcsref_profile_name(w->profile)) ||
         hcsref_fail_memory(w->err);
}

/* Only what is made of a CRI config is completed. */
static bool note_unused(const spec_work *w) {
  const bool is_body = w->out->kind == INPUT_DOCKER_CREATE;
  const struct {
    hcsref_str text;
    const char *message;
  } files[] = {{w->setup->pod, "--pod is not used: it completes a CRI container config"},
               {is_body ? hcsref_cstr(NULL) : w->setup->image,
                "--image is not used: it completes a CRI config, or the body of docker's API call"},
               {w->setup->runtime, "--runtime is not used: it completes a CRI config"}};
  if (w->out->kind == INPUT_CRI_CONTAINER || w->out->kind == INPUT_CRI_POD || w->setup->from_config)
    return true;
  for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
    if (files[i].text.data != NULL && !spec_note(w, files[i].message))
      return false;
  return true;
}

/* Of what a runtime reads itself: the outputs of commands may be in any encoding. */
static bool note_encoding(const spec_work *w, hcsref_str bytes, hcsref_str text) {
  if (w->out->kind != INPUT_OCI_SPEC || text.len == bytes.len)
    return true;
  return spec_note(w,
                   hcsref_str_has_prefix(bytes, HCSREF_LIT("\xEF\xBB\xBF"))
                       ? "begins with a byte-order mark, which containerd and hcsshim refuse"
                       : "is UTF-16, which containerd and hcsshim refuse: save it as UTF-8 without a byte-order mark");
}

static bool note_others(const spec_work *w, hcsref_str text, bool yaml) {
  return !yaml || !input_yaml_goes_on(text) ||
         spec_note(w, "only the first of its YAML documents is read, as crictl does");
}

/* What cannot be read as a tree is handed over as it is: the reader of specs says what is wrong with it. */
static bool read_item(spec_work *w, hcsref_str bytes) {
  hcsref_arena *arena = w->arena;
  input_spec *out = w->out;
  hcsref_error *err = w->err, unreadable = {0};
  hcsref_str text;
  kit_json *tree;
  bool yaml;
  if (!input_decode(arena, bytes, &text, err))
    return false;
  if (input_is_yaml(text) && input_is_go_text(text))
    return input_refuse_go_text(arena, err);
  yaml = input_is_yaml(text) && input_has_keys(text);
  out->text = text;
  if (yaml && !input_yaml_to_json(arena, text, NULL, &out->text, err))
    return false;
  if (!kit_json_parse(arena, out->text, &tree, &unreadable))
    return strcmp(unreadable.code, "out-of-memory") != 0 || hcsref_fail_memory(err);
  out->kind = input_kind_of(tree);
  if (tree->kind == KIT_JSON_ARRAY && input_is_listed(out->kind))
    out->kind = INPUT_UNKNOWN; /* a list in a list */
  if (w->setup->from_config && !has_config(out->kind))
    return hcsref_fail(arena, err, "no-config", hcsref_cstr(NULL),
                       "%s has no config beside its spec: --from config is for the output of crictl inspect",
                       input_kind_name(out->kind));
  return note_encoding(w, bytes, text) && note_others(w, text, yaml) && note_unused(w) && complete_profile(w) &&
         read_kind(w, text, tree);
}

/* Places are those of the whole file; an error has one only if the item could not be read. */
static bool place_item(const spec_work *w, bool read) {
  const hcsref_str item = w->setup->place;
  if (item.len == 0)
    return true;
  if (!read && *w->source == INPUT_OPERAND && w->err != NULL && w->err->code != NULL &&
      !hcsref_format(w->arena, &w->err->where, "%v%v", item, w->err->where))
    return hcsref_fail_memory(w->err);
  return spec_mark_notes(w, 0, INPUT_OPERAND, item) &&
         (hcsref_format(w->arena, &w->out->place, "%v%v", item, w->out->place) || hcsref_fail_memory(w->err));
}

bool input_read_spec(hcsref_arena *arena, const input_setup *setup, hcsref_str bytes, const hcsref_host *host,
                     input_spec *out, input_source *source, hcsref_error *err) {
  spec_work w = {arena, setup, setup->profile, NULL, host, out, source, err, {NULL, 0}, {NULL, 0}};
  bool read;
  memset(out, 0, sizeof *out);
  *source = INPUT_OPERAND;
  read = read_item(&w, bytes);
  return place_item(&w, read) && read;
}
