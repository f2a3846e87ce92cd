/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/making.h"

#include "compare/text.h"
#include "input/spec/config.h"
#include "input/spec/image.h"
#include "input/spec/image_mount.h"
#include "input/spec/lost.h"
#include "input/spec/runtime.h"

#include <string.h>

static bool read_config(const spec_work *w, hcsref_str bytes, const hcsref_type *type, void *out) {
  return input_read_config(w->arena, w->rules, bytes, type, out, &w->out->notes, w->err);
}

bool spec_note(const spec_work *w, const char *message) {
  return input_add_note(w->arena, &w->out->notes, hcsref_cstr(NULL), "%s", message) || hcsref_fail_memory(w->err);
}

bool spec_mark_notes(const spec_work *w, size_t first, input_source source, hcsref_str prefix) {
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

/* ---- what completes a config ---- */

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

static bool read_runtime(const spec_work *w, completion *c) {
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
  return spec_mark_notes(w, before, INPUT_RUNTIME, HCSREF_LIT(""));
}

static bool read_image(const spec_work *w, completion *c) {
  input_image_text image;
  if (w->setup->image.data == NULL)
    return true;
  *w->source = INPUT_IMAGE;
  return input_read_image(w->arena, w->setup->image, &image, w->err) &&
         hcsref_json_decode_as(w->arena, w->rules, image.config, &hcsref_type_image_config, HCSREF_JSON_WHOLE,
                               &c->image, w->err);
}

/* Without a pod, one that has nothing but what must agree with the container. */
static bool read_pod(const spec_work *w, const hcsref_cri_container_config *config, completion *c) {
  const hcsref_cri_windows_container_config *windows = config->windows;
  if (w->setup->pod.data != NULL) {
    size_t before = w->out->notes.len;
    bool ok;
    *w->source = INPUT_POD;
    ok = read_config(w, w->setup->pod, &hcsref_type_cri_pod_sandbox_config, &c->pod);
    return spec_mark_notes(w, before, INPUT_POD, HCSREF_LIT("")) && ok;
  }
  c->pod_security.host_process =
      windows != NULL && windows->security_context != NULL && windows->security_context->host_process;
  c->pod_windows.security_context = &c->pod_security;
  c->pod.windows = &c->pod_windows;
  return spec_note(w, "no --pod: assuming a pod without a name, annotations or settings");
}

/* ---- making specs ---- */

/* Errors of the builder begin with the member of its request: tells whose text that is. */
static bool fail_built(const spec_work *w) {
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

static bool hand_over(const spec_work *w, hcsref_oci_spec *spec) {
  *w->source = INPUT_OPERAND;
  w->out->maker = w->profile;
  return hcsref_json_encode_as(w->arena, w->rules, &hcsref_type_oci_spec, spec, &w->out->text, w->err);
}

static bool set_root(const spec_work *w, const completion *c, hcsref_cri_container *container) {
  container->volume_id = HCSREF_LIT("{id}");
  if (c->image.volumes.len != 0 &&
      !spec_note(w, "a volume of the image has a folder with a random name on the host; {id} stands in for it"))
    return false;
  return hcsref_format(w->arena, &container->root,
                       "C:\\ProgramData\\containerd\\root\\io.containerd.grpc.v1.cri\\containers\\%v", w->setup->id) ||
         hcsref_fail_memory(w->err);
}

/* The pod's id, which only crictl's inspection names. */
static hcsref_str sandbox_id_of(const spec_work *w) {
  return w->sandbox_id.len != 0 ? w->sandbox_id : HCSREF_LIT("sandbox");
}

/* An option comes first; of what ran, its own is known. */
static hcsref_str network_namespace_of(const spec_work *w) {
  return w->setup->network_namespace.len != 0 ? w->setup->network_namespace : w->network_namespace;
}

/* containerd does this when everything is read, and before it makes the spec: in the config that crictl prints it is
 * done. */
static bool place_images(const spec_work *w, const hcsref_cri_container_config *config) {
  *w->source = INPUT_OPERAND;
  return w->setup->from_config ||
         input_place_image_mounts(w->arena, w->rules, config, sandbox_id_of(w), &w->out->notes, w->err);
}

bool spec_of_container(const spec_work *w, hcsref_str bytes) {
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

bool spec_of_pod(const spec_work *w, hcsref_str bytes) {
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
    if (!spec_note(w, "no --image: the pause image is assumed to run /pause.exe"))
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
