/* SPDX-License-Identifier: Apache-2.0 */
/* The spec of the container that keeps a pod. Source: containerd internal/cri/server/podsandbox/sandbox_run_windows.go
 * sandboxContainerSpec; up to 1.7 pkg/cri/server/sandbox_run_windows.go. */
#include "cri/steps.h"
#include "gojson/sort.h"
#include "hcsref/pipeline.h"

/* What all of the steps need. */
typedef struct building {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  const hcsref_cri_sandbox *from;
  const hcsref_image_config *image;
  hcsref_oci_spec *spec;
  hcsref_error *err;
} building;

/* ---- an image without a command ---------------------------------------------------------------------------------- */

/* `[a b]` as Go's %v writes a list of strings. */
static void append_list(hcsref_buf *buf, const hcsref_slice *list) {
  hcsref_buf_append_char(buf, '[');
  for (size_t i = 0; i < list->len; i++) {
    if (i != 0)
      hcsref_buf_append_char(buf, ' ');
    hcsref_buf_append(buf, ((const hcsref_str *)list->items)[i]);
  }
  hcsref_buf_append_char(buf, ']');
}

/* `map[a:{} b:{}]`, or with the values of a map[string]string; sorted by key. False: out of memory. */
static bool append_map(hcsref_buf *buf, const hcsref_map *map, size_t entry_size, bool of_strings) {
  size_t count = 0;
  const hcsref_str *const *sorted = map->len == 0 ? NULL : hcsref_sort_entries(buf->arena, map, entry_size, &count);
  if (map->len != 0 && sorted == NULL)
    return false;
  hcsref_buf_append(buf, HCSREF_LIT("map["));
  for (size_t i = 0; i < count; i++) {
    if (i != 0)
      hcsref_buf_append_char(buf, ' ');
    hcsref_buf_append(buf, *sorted[i]);
    hcsref_buf_append_char(buf, ':');
    hcsref_buf_append(buf,
                      of_strings ? ((const hcsref_string_entry *)(const void *)sorted[i])->value : HCSREF_LIT("{}"));
  }
  hcsref_buf_append_char(buf, ']');
  return true;
}

/* The image config as Go's %+v writes it. */
static bool append_image(hcsref_buf *buf, const hcsref_rules *rules, const hcsref_image_config *image) {
  hcsref_buf_append(buf, HCSREF_LIT("&{User:"));
  hcsref_buf_append(buf, image->user);
  hcsref_buf_append(buf, HCSREF_LIT(" ExposedPorts:"));
  if (!append_map(buf, &image->exposed_ports, sizeof(hcsref_nothing_entry), false))
    return false;
  hcsref_buf_append(buf, HCSREF_LIT(" Env:"));
  append_list(buf, &image->env);
  hcsref_buf_append(buf, HCSREF_LIT(" Entrypoint:"));
  append_list(buf, &image->entrypoint);
  hcsref_buf_append(buf, HCSREF_LIT(" Cmd:"));
  append_list(buf, &image->cmd);
  hcsref_buf_append(buf, HCSREF_LIT(" Volumes:"));
  if (!append_map(buf, &image->volumes, sizeof(hcsref_nothing_entry), false))
    return false;
  hcsref_buf_append(buf, HCSREF_LIT(" WorkingDir:"));
  hcsref_buf_append(buf, image->working_dir);
  hcsref_buf_append(buf, HCSREF_LIT(" Labels:"));
  if (!append_map(buf, &image->labels, sizeof(hcsref_string_entry), true))
    return false;
  hcsref_buf_append(buf, HCSREF_LIT(" StopSignal:"));
  hcsref_buf_append(buf, image->stop_signal);
  if (hcsref_has(rules, HCSREF_CHANGE_SANDBOX_ERROR_ARGS_ESCAPED))
    hcsref_buf_append(buf, image->args_escaped ? HCSREF_LIT(" ArgsEscaped:true") : HCSREF_LIT(" ArgsEscaped:false"));
  hcsref_buf_append_char(buf, '}');
  return !buf->failed;
}

static bool need_command(const building *b) {
  hcsref_buf text = {.arena = b->arena};
  if (b->image->entrypoint.len != 0 || b->image->cmd.len != 0)
    return true;
  if (!append_image(&text, b->rules, b->image))
    return hcsref_fail_memory(b->err);
  return hcsref_fail(b->arena, b->err, "command-missing", HCSREF_LIT("/image_config"),
                     "invalid empty entrypoint and cmd in image config %v", hcsref_buf_str(&text));
}

/* ---- the steps ---- */

static bool set_process(const building *b) {
  if (!hcsref_step_environment(b->arena, b->spec, &b->image->env, b->err))
    return false;
  b->spec->hostname = b->from->config->hostname;
  if (b->image->working_dir.len != 0)
    b->spec->process->cwd = b->image->working_dir;
  return hcsref_step_args(b->arena, b->rules, b->spec, &b->image->entrypoint, &b->image->cmd, b->err);
}

static bool set_windows(const building *b) {
  b->spec->root = NULL; /* hcsshim mounts the layers itself */
  return hcsref_cri_network_namespace(b->arena, b->spec, b->from->network_namespace, b->err) &&
         hcsref_cri_sandbox_shares(b->arena, b->spec, b->err);
}

static bool set_identity(const building *b) {
  const hcsref_cri_windows_sandbox_security_context *security = hcsref_pod_security(b->from->config);
  bool own = security != NULL && security->run_as_username.len != 0;
  if (!hcsref_has(b->rules, HCSREF_CHANGE_SANDBOX_USER))
    return true;
  if (security != NULL && security->credential_spec.len != 0 &&
      !hcsref_cri_credential_spec(b->arena, b->spec, security->credential_spec, b->err))
    return false;
  return hcsref_step_user(b->arena, b->rules, b->spec, own ? security->run_as_username : b->image->user,
                          own ? HCSREF_LIT("/sandbox_config/windows/security_context/run_as_username")
                              : HCSREF_LIT("/image_config/User"),
                          b->err);
}

/* The pause image that a release takes when none is configured. */
static hcsref_str default_image(const hcsref_rules *rules) {
  if (hcsref_has(rules, HCSREF_CHANGE_PAUSE_3_10_2))
    return HCSREF_LIT("registry.k8s.io/pause:3.10.2");
  if (hcsref_has(rules, HCSREF_CHANGE_PAUSE_3_10_1))
    return HCSREF_LIT("registry.k8s.io/pause:3.10.1");
  return HCSREF_LIT("registry.k8s.io/pause:3.10");
}

static bool annotate_image(const building *b) {
  hcsref_str image = b->from->image.len != 0 ? b->from->image : default_image(b->rules);
  return !hcsref_has(b->rules, HCSREF_CHANGE_SANDBOX_IMAGE_ANNOTATION) ||
         hcsref_annotate(b->arena, b->spec, HCSREF_LIT("io.kubernetes.cri.podsandbox.image-name"), image, b->err);
}

static bool annotate(const building *b) {
  const hcsref_cri_pod_sandbox_config *config = b->from->config;
  return hcsref_pass_annotations(b->arena, b->spec, &config->annotations, &b->from->pod_annotations, b->err) &&
         hcsref_annotate_pod(b->arena, b->rules, b->spec, "sandbox", b->from->id, config, b->err) &&
         hcsref_annotate(b->arena, b->spec, HCSREF_LIT("io.kubernetes.cri.sandbox-log-directory"),
                         config->log_directory, b->err) &&
         annotate_image(b);
}

/* Upstream looks at the image's command first, then goes through the annotations of whatever config it was given. */
static bool need_config(const building *b) {
  return b->from->config != NULL ||
         hcsref_fail(b->arena, b->err, "config-missing", HCSREF_LIT("/sandbox_config"), "there is no pod config");
}

bool hcsref_cri_sandbox_spec(hcsref_arena *arena, const hcsref_cri_sandbox *sandbox, hcsref_oci_spec *out,
                             hcsref_error *err) {
  static const hcsref_image_config says_nothing = {0};
  hcsref_oci_spec spec = {0};
  building b = {arena, NULL, sandbox, &says_nothing, &spec, err};
  b.rules = hcsref_cri_rules(arena, sandbox->profile, err);
  if (b.rules == NULL)
    return false;
  if (sandbox->image_config != NULL)
    b.image = sandbox->image_config;
  if (!need_command(&b) || !need_config(&b) || !hcsref_default_spec(arena, b.rules, &spec, err))
    return false;
  if (!set_process(&b) || !set_windows(&b) || !set_identity(&b) || !annotate(&b))
    return hcsref_fail_in_step(arena, "failed to generate spec: ", err);
  *out = spec;
  return true;
}
