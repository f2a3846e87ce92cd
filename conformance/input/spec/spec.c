/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/spec.h"

#include "compare/text.h"
#include "input/encoding.h"
#include "input/foreign.h"
#include "input/spec/docker.h"
#include "input/spec/image.h"
#include "input/spec/image_mount.h"
#include "input/spec/lost.h"
#include "input/spec/runtime.h"
#include "input/text.h"
#include "input/yaml.h"
#include "serve/table.h"

#include <string.h>

/* One operand under way. */
typedef struct work {
  hcsref_arena *arena;
  const input_setup *setup;
  const hcsref_profile *profile; /* one that has containerd */
  const hcsref_rules *rules;     /* of that */
  const hcsref_host *host;
  input_spec *out;
  input_source *source;
  hcsref_error *err;
  hcsref_str sandbox_id, network_namespace; /* of the pod that the container ran in; empty: not told */
} work;

/* ---- what is no tree ------------------------------------------------------------------------------------------------
 */

static bool has_word(hcsref_str text, hcsref_str word) {
  for (size_t i = 0; i + word.len <= text.len; i++)
    if (text.data[i] == word.data[0] && hcsref_str_has_prefix(hcsref_str_skip(text, i), word))
      return true;
  return false;
}

/* What containerd logs of a request. */
static bool is_go_text(hcsref_str text) {
  return has_word(text, HCSREF_LIT("&ContainerConfig{")) || has_word(text, HCSREF_LIT("&PodSandboxConfig{"));
}

static bool refuse_go_text(hcsref_arena *arena, hcsref_error *err) {
  return hcsref_fail(arena, err, "go-text", hcsref_cstr(NULL),
                     "a config as containerd logs it, in Go's own notation: no program reads that. 'crictl inspect' "
                     "and 'crictl inspectp' print the same config as JSON (info.config)");
}

/* Few of its members are known, or it is something else. */
static bool refuse_config(hcsref_arena *arena, const kit_json *tree, const hcsref_type *type, hcsref_error *err) {
  bool pod = type == &hcsref_type_cri_pod_sandbox_config;
  input_kind kind = input_kind_of(tree);
  const char *wanted = pod ? "a CRI pod config" : "a CRI container config";
  if (kind == INPUT_UNKNOWN || kind == (pod ? INPUT_CRI_POD : INPUT_CRI_CONTAINER))
    return hcsref_fail(arena, err, "not-a-config", hcsref_cstr(NULL), "few of its members are those of %s", wanted);
  return hcsref_fail(arena, err, "not-a-config", hcsref_cstr(NULL), "is %s, not %s",
                     kind == INPUT_FOREIGN ? input_foreign_of(tree)->what : input_kind_name(kind), wanted);
}

/* More of its members are those of the other config of CRI: a pod's of a container, or the reverse. */
static bool is_other_config(const kit_json *tree, const hcsref_type *type) {
  const bool pod = type == &hcsref_type_cri_pod_sandbox_config;
  const hcsref_type *other = pod ? &hcsref_type_cri_container_config : &hcsref_type_cri_pod_sandbox_config;
  return input_kind_of(tree) == (pod ? INPUT_CRI_CONTAINER : INPUT_CRI_POD) &&
         input_count(tree, other).known > input_count(tree, type).known;
}

/* The kinds that have no table are nothing else. */
static bool may_be_config(const kit_json *tree, const hcsref_type *type) {
  input_kind kind = input_kind_of(tree);
  return (kind == INPUT_OCI_SPEC || kind == INPUT_CRI_CONTAINER || kind == INPUT_CRI_POD) && input_fits(tree, type) &&
         !is_other_config(tree, type);
}

bool input_read_config(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str bytes, const hcsref_type *type,
                       void *out, hcsref_slice *notes, hcsref_error *err) {
  hcsref_buf text = {.arena = arena};
  hcsref_str json;
  kit_json *tree;
  if (is_go_text(bytes))
    return refuse_go_text(arena, err);
  if (!input_read_tree(arena, bytes, type, &json, &tree, err))
    return false;
  if (tree->kind == KIT_JSON_OBJECT && !may_be_config(tree, type))
    return refuse_config(arena, tree, type, err);
  if (!input_as_crictl(arena, rules, tree, type, &text, notes))
    return hcsref_fail_memory(err);
  return hcsref_json_decode_as(arena, rules, hcsref_buf_str(&text), type, HCSREF_JSON_WHOLE, out, err);
}

static bool read_config(const work *w, hcsref_str bytes, const hcsref_type *type, void *out) {
  return input_read_config(w->arena, w->rules, bytes, type, out, &w->out->notes, w->err);
}

static bool note(const work *w, const char *message) {
  return input_add_note(w->arena, &w->out->notes, hcsref_cstr(NULL), "%s", message) || hcsref_fail_memory(w->err);
}

/* ---- what completes a config ---------------------------------------------------------------------------------------
 */

typedef struct completion {
  hcsref_cri_pod_sandbox_config pod;
  hcsref_cri_windows_pod_sandbox_config pod_windows;
  hcsref_cri_windows_sandbox_security_context pod_security;
  hcsref_image_config image;
  hcsref_cri_runtime runtime;
  hcsref_str sandbox_image;
} completion;

/* The patterns that containerd's documentation gives the Windows runtimes. */
static const hcsref_str usual_pod_pattern = {"io.microsoft.virtualmachine.*", 29};
static const hcsref_str usual_container_pattern = {"io.microsoft.container.*", 24};

static hcsref_slice one_pattern(const hcsref_str *pattern) {
  hcsref_slice list = {(void *)(uintptr_t)pattern, 1, 1};
  return list;
}

/* Notes from `first` on are about another text, or about a part of this one. */
static bool mark_notes(const work *w, size_t first, input_source source, hcsref_str prefix) {
  input_note *notes = w->out->notes.items;
  for (size_t i = first; i < w->out->notes.len; i++) {
    if (notes[i].source != INPUT_OPERAND)
      continue;
    notes[i].source = source;
    if (notes[i].where.len != 0 && prefix.len != 0 &&
        !hcsref_format(w->arena, &notes[i].where, "%v%v", prefix, notes[i].where))
      return hcsref_fail_memory(w->err);
  }
  return true;
}

static bool read_runtime(const work *w, completion *c) {
  input_runtime file = {{NULL, 0, 0}, {NULL, 0, 0}, NULL, {NULL, 0}, NULL};
  const size_t before = w->out->notes.len;
  file.pod_annotations = one_pattern(&usual_pod_pattern);
  file.container_annotations = one_pattern(&usual_container_pattern);
  if (w->setup->runtime.data != NULL) {
    *w->source = INPUT_RUNTIME;
    if (!input_read_runtime(w->arena, w->rules, w->setup->runtime, &file, &w->out->notes, w->err))
      return false;
  }
  c->runtime.pod_annotations = file.pod_annotations;
  c->runtime.container_annotations = file.container_annotations;
  c->runtime.base_spec = file.base_runtime_spec;
  c->sandbox_image = file.sandbox_image;
  w->out->shim = file.shim;
  return mark_notes(w, before, INPUT_RUNTIME, HCSREF_LIT(""));
}

static bool read_image(const work *w, completion *c) {
  input_image_text image;
  if (w->setup->image.data == NULL)
    return true;
  *w->source = INPUT_IMAGE;
  return input_read_image(w->arena, w->setup->image, &image, w->err) &&
         hcsref_json_decode_as(w->arena, w->rules, image.config, &hcsref_type_image_config, HCSREF_JSON_WHOLE,
                               &c->image, w->err);
}

/* Without a pod, one that has nothing but what must agree with the container. */
static bool read_pod(const work *w, const hcsref_cri_container_config *config, completion *c) {
  const hcsref_cri_windows_container_config *windows = config->windows;
  if (w->setup->pod.data != NULL) {
    size_t before = w->out->notes.len;
    bool ok;
    *w->source = INPUT_POD;
    ok = read_config(w, w->setup->pod, &hcsref_type_cri_pod_sandbox_config, &c->pod);
    return mark_notes(w, before, INPUT_POD, HCSREF_LIT("")) && ok;
  }
  c->pod_security.host_process =
      windows != NULL && windows->security_context != NULL && windows->security_context->host_process;
  c->pod_windows.security_context = &c->pod_security;
  c->pod.windows = &c->pod_windows;
  return note(w, "no --pod: assuming a pod without a name, annotations or settings");
}

/* ---- making specs
 * ---------------------------------------------------------------------------------------------------- */

/* Errors of the builder begin with the member of its request: tells whose text that is. */
static bool fail_built(const work *w) {
  static const struct {
    const char *prefix;
    input_source source;
  } members[] = {{"/config", INPUT_OPERAND},
                 {"/sandbox_config", INPUT_POD},
                 {"/image_config", INPUT_IMAGE},
                 {"/runtime", INPUT_RUNTIME}};
  *w->source = INPUT_OPERAND;
  for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
    hcsref_str prefix = hcsref_cstr(members[i].prefix);
    if (hcsref_str_has_prefix(w->err->where, prefix)) {
      *w->source = members[i].source;
      w->err->where = hcsref_str_skip(w->err->where, prefix.len);
      break;
    }
  }
  if (strcmp(w->err->code, "command-missing") == 0 && w->setup->image.data == NULL)
    return hcsref_format(w->arena, &w->err->message, "%v; --image gives the command of the image", w->err->message) &&
           false;
  return false;
}

static bool hand_over(const work *w, hcsref_oci_spec *spec) {
  *w->source = INPUT_OPERAND;
  w->out->maker = w->profile;
  return hcsref_json_encode_as(w->arena, w->rules, &hcsref_type_oci_spec, spec, &w->out->text, w->err);
}

static bool set_root(const work *w, const completion *c, hcsref_cri_container *container) {
  container->volume_id = HCSREF_LIT("{id}");
  if (c->image.volumes.len != 0 &&
      !note(w, "a volume of the image has a folder with a random name on the host; {id} stands in for it"))
    return false;
  return hcsref_format(w->arena, &container->root,
                       "C:\\ProgramData\\containerd\\root\\io.containerd.grpc.v1.cri\\containers\\%v", w->setup->id) ||
         hcsref_fail_memory(w->err);
}

/* The pod's id, which only crictl's inspection names. */
static hcsref_str sandbox_id_of(const work *w) {
  return w->sandbox_id.len != 0 ? w->sandbox_id : HCSREF_LIT("sandbox");
}

/* An option comes first; of what ran, its own is known. */
static hcsref_str network_namespace_of(const work *w) {
  return w->setup->network_namespace.len != 0 ? w->setup->network_namespace : w->network_namespace;
}

/* containerd does this when everything is read, and before it makes the spec: in the config that crictl prints it is
 * done. */
static bool place_images(const work *w, const hcsref_cri_container_config *config) {
  *w->source = INPUT_OPERAND;
  return w->setup->from_config ||
         input_place_image_mounts(w->arena, w->rules, config, sandbox_id_of(w), &w->out->notes, w->err);
}

static bool make_container(const work *w, hcsref_str bytes) {
  hcsref_cri_container container = {0};
  hcsref_oci_spec spec = {0};
  completion *c = hcsref_arena_alloc(w->arena, sizeof *c);
  hcsref_cri_container_config *config = hcsref_arena_alloc(w->arena, sizeof *config);
  if (c == NULL || config == NULL)
    return hcsref_fail_memory(w->err);
  if (!read_config(w, bytes, &hcsref_type_cri_container_config, config) || !read_pod(w, config, c) ||
      !read_image(w, c) || !read_runtime(w, c) || !place_images(w, config) || !set_root(w, c, &container))
    return false;
  w->out->config = config;
  w->out->pod = w->setup->pod.data == NULL ? NULL : &c->pod;
  container.profile = w->profile;
  container.id = w->setup->id;
  container.sandbox_id = sandbox_id_of(w);
  container.network_namespace = network_namespace_of(w);
  container.name = config->metadata == NULL ? hcsref_cstr(NULL) : config->metadata->name;
  if (config->image != NULL)
    container.image_name =
        config->image->user_specified_image.len != 0 ? config->image->user_specified_image : config->image->image;
  container.config = config;
  container.sandbox_config = &c->pod;
  container.image_config = &c->image;
  container.runtime = c->runtime;
  if (!hcsref_cri_container_spec(w->arena, &container, w->host, &spec, w->err))
    return fail_built(w);
  return (input_note_lost(w->arena, config, &spec, true, &w->out->notes) || hcsref_fail_memory(w->err)) &&
         hand_over(w, &spec);
}

static bool make_pod(const work *w, hcsref_str bytes) {
  static const hcsref_str pause = {"/pause.exe", 10};
  hcsref_oci_spec spec = {0};
  hcsref_cri_sandbox sandbox = {0};
  completion *c = hcsref_arena_alloc(w->arena, sizeof *c);
  if (c == NULL)
    return hcsref_fail_memory(w->err);
  if (!read_config(w, bytes, &hcsref_type_cri_pod_sandbox_config, &c->pod) || !read_image(w, c) || !read_runtime(w, c))
    return false;
  if (w->setup->image.data == NULL) {
    c->image.entrypoint = one_pattern(&pause);
    if (!note(w, "no --image: the pause image is assumed to run /pause.exe"))
      return false;
  }
  w->out->pod = &c->pod;
  sandbox.profile = w->profile;
  sandbox.id = w->setup->id;
  sandbox.network_namespace = network_namespace_of(w);
  sandbox.image = c->sandbox_image;
  sandbox.config = &c->pod;
  sandbox.image_config = &c->image;
  sandbox.pod_annotations = c->runtime.pod_annotations;
  if (hcsref_cri_sandbox_spec(w->arena, &sandbox, &spec, w->err))
    return (input_note_lost_of_pod(w->arena, &c->pod, &spec, &w->out->notes) || hcsref_fail_memory(w->err)) &&
           hand_over(w, &spec);
  fail_built(w);
  if (*w->source == INPUT_POD)
    *w->source = INPUT_OPERAND;
  return false;
}

/* ---- unwrapping
 * ------------------------------------------------------------------------------------------------------ */

/* hcsshim makes a document of another kind of it, in a Linux utility VM, and dockerd refuses it. */
static bool refuse_linux(const work *w, const kit_json *spec, const char *where) {
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
static bool unwrap(const work *w, const kit_json *spec, const char *where, const kit_json *config) {
  if (spec == NULL || spec->kind != KIT_JSON_OBJECT)
    return hcsref_fail(
        w->arena, w->err, "spec-missing", hcsref_cstr(where), "%s has no runtime spec%s", input_kind_name(w->out->kind),
        config != NULL && config->kind == KIT_JSON_OBJECT ? "; --from config makes one of info.config" : "");
  w->out->text = spec->raw;
  w->out->place = hcsref_cstr(where);
  return refuse_linux(w, spec, where);
}

/* The shim got them with the spec, which does not have them. */
static bool read_options(const work *w, const kit_json *tree) {
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
static bool make_anew(work *w, const kit_json *tree) {
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
  ok = w->out->kind == INPUT_CRICTL_INSPECT ? make_container(w, config->raw) : make_pod(w, config->raw);
  if (!ok && *w->source == INPUT_OPERAND && hcsref_format(w->arena, &where, "%v%v", prefix, w->err->where))
    w->err->where = where;
  w->out->place = prefix;
  if (ran != NULL && ran->kind == KIT_JSON_OBJECT)
    w->out->ran = ran->raw;
  return mark_notes(w, before, INPUT_OPERAND, prefix) && ok && read_options(w, tree);
}

/* As containerd keeps it: the spec's bytes with the name of their type. */
static bool unwrap_ctr(const work *w, const kit_json *spec) {
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

static bool refuse_other(const work *w, const char *advice) {
  return hcsref_fail(w->arena, w->err, "not-a-spec", hcsref_cstr(NULL), "%s: %s", input_kind_name(w->out->kind),
                     advice);
}

static bool refuse_foreign(const work *w, const kit_json *tree) {
  const input_foreign *foreign = input_foreign_of(tree);
  return hcsref_fail(w->arena, w->err, "not-a-spec", hcsref_cstr(NULL), "this is %s: %s; %s", foreign->what,
                     foreign->reader, foreign->instead);
}

/* Of what is no object, the reader of specs says so. */
static bool refuse_unknown(const work *w, const kit_json *tree) {
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

static bool read_kind(work *w, hcsref_str bytes, const kit_json *tree) {
  switch (w->out->kind) {
  case INPUT_CRI_CONTAINER:
    return make_container(w, bytes);
  case INPUT_CRI_POD:
    return make_pod(w, bytes);
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
static bool complete_profile(work *w) {
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
static bool note_unused(const work *w) {
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
    if (files[i].text.data != NULL && !note(w, files[i].message))
      return false;
  return true;
}

/* Of what a runtime reads itself: the outputs of commands may be in any encoding. */
static bool note_encoding(const work *w, hcsref_str bytes, hcsref_str text) {
  if (w->out->kind != INPUT_OCI_SPEC || text.len == bytes.len)
    return true;
  return note(w, hcsref_str_has_prefix(bytes, HCSREF_LIT("\xEF\xBB\xBF"))
                     ? "begins with a byte-order mark, which containerd and hcsshim refuse"
                     : "is UTF-16, which containerd and hcsshim refuse: save it as UTF-8 without a byte-order mark");
}

static bool note_others(const work *w, hcsref_str text, bool yaml) {
  return !yaml || !input_yaml_goes_on(text) || note(w, "only the first of its YAML documents is read, as crictl does");
}

/* What cannot be read as a tree is handed over as it is: the reader of specs says what is wrong with it. */
static bool read_item(work *w, hcsref_str bytes) {
  hcsref_arena *arena = w->arena;
  input_spec *out = w->out;
  hcsref_error *err = w->err, unreadable = {0};
  hcsref_str text;
  kit_json *tree;
  bool yaml;
  if (!input_decode(arena, bytes, &text, err))
    return false;
  if (input_is_yaml(text) && is_go_text(text))
    return refuse_go_text(arena, err);
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
static bool place_item(const work *w, bool read) {
  const hcsref_str item = w->setup->place;
  if (item.len == 0)
    return true;
  if (!read && *w->source == INPUT_OPERAND && w->err != NULL && w->err->code != NULL &&
      !hcsref_format(w->arena, &w->err->where, "%v%v", item, w->err->where))
    return hcsref_fail_memory(w->err);
  return mark_notes(w, 0, INPUT_OPERAND, item) &&
         (hcsref_format(w->arena, &w->out->place, "%v%v", item, w->out->place) || hcsref_fail_memory(w->err));
}

bool input_read_spec(hcsref_arena *arena, const input_setup *setup, hcsref_str bytes, const hcsref_host *host,
                     input_spec *out, input_source *source, hcsref_error *err) {
  work w = {arena, setup, setup->profile, NULL, host, out, source, err, {NULL, 0}, {NULL, 0}};
  bool read;
  memset(out, 0, sizeof *out);
  *source = INPUT_OPERAND;
  read = read_item(&w, bytes);
  return place_item(&w, read) && read;
}
