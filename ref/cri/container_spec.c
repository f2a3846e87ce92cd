/* SPDX-License-Identifier: Apache-2.0 */
/* The spec of a container, step by step. Source: containerd internal/cri/server/container_create.go buildWindowsSpec,
 * runtimeSpec; up to 1.7 pkg/cri/server/container_create_windows.go containerSpec. */
#include "cri/section.h"
#include "cri/steps.h"
#include "cri/volumes.h"
#include "hcsref/path.h"
#include "hcsref/pipeline.h"

/* What all of the steps need. */
typedef struct building {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  const hcsref_cri_container *from;
  const hcsref_image_config *image;
  const hcsref_host *host;
  hcsref_oci_spec *spec;
  hcsref_error *err;
} building;

static const hcsref_cri_windows_container_security_context *container_security(const building *b) {
  const hcsref_cri_container_config *config = b->from->config;
  return config == NULL || config->windows == NULL ? NULL : config->windows->security_context;
}

static bool is_host_process(const building *b) {
  const hcsref_cri_windows_container_security_context *security = container_security(b);
  return security != NULL && security->host_process;
}

/* ---- the steps ------------------------------------------------------------------------------------------------- */

static bool set_command(const building *b) {
  return hcsref_step_command(b->arena, b->rules, b->spec, b->from->config, b->image, b->err);
}

static bool set_working_folder(const building *b) {
  hcsref_oci_process *process = hcsref_process_section(b->arena, b->spec, b->err);
  if (process == NULL)
    return false;
  if (b->from->config->working_dir.len != 0)
    process->cwd = b->from->config->working_dir;
  else if (b->image->working_dir.len != 0)
    process->cwd = b->image->working_dir;
  else if (is_host_process(b) && hcsref_has(b->rules, HCSREF_CHANGE_HOSTPROCESS_CWD))
    process->cwd = HCSREF_LIT("C:\\hpc");
  return true;
}

/* oci.WithTTY. Only a base spec gives a Linux section. */
static bool set_terminal(const building *b) {
  hcsref_oci_process *process = b->spec->process;
  hcsref_str *variable;
  if (!b->from->config->tty)
    return true;
  process->terminal = true;
  if (b->spec->linux_ == NULL)
    return true;
  variable = hcsref_slice_push(b->arena, &process->env, sizeof *variable);
  if (variable == NULL)
    return hcsref_fail_memory(b->err);
  *variable = HCSREF_LIT("TERM=xterm");
  return true;
}

/* A null variable has neither name nor value, but its "=". */
static bool push_variable(const building *b, hcsref_slice *all, const hcsref_cri_key_value *variable) {
  static const hcsref_cri_key_value none = {0};
  hcsref_str *place = hcsref_slice_push(b->arena, all, sizeof *place);
  const hcsref_cri_key_value *given = variable == NULL ? &none : variable;
  return place != NULL && hcsref_format(b->arena, place, "%v=%v", given->key, given->value);
}

static bool set_environment(const building *b) {
  hcsref_cri_key_value *const *variables = b->from->config->envs.items;
  const hcsref_str *of_image = b->image->env.items;
  hcsref_slice all = {NULL, 0, 0};
  for (size_t i = 0; i < b->image->env.len; i++) {
    hcsref_str *place = hcsref_slice_push(b->arena, &all, sizeof *place);
    if (place == NULL)
      return hcsref_fail_memory(b->err);
    *place = of_image[i];
  }
  for (size_t i = 0; i < b->from->config->envs.len; i++)
    if (!push_variable(b, &all, variables[i]))
      return hcsref_fail_memory(b->err);
  return hcsref_step_environment(b->arena, b->spec, &all, b->err);
}

static bool set_place(const building *b) {
  b->spec->root = NULL; /* hcsshim mounts the layers itself */
  b->spec->hostname = b->from->sandbox_config->hostname;
  return hcsref_cri_network_namespace(b->arena, b->spec, b->from->network_namespace, b->err);
}

static bool set_mounts(const building *b) {
  hcsref_slice volumes;
  hcsref_mount_list lists[] = {
      {&b->from->config->mounts, "/config/mounts"},
      {&b->from->extra_mounts, "/extra_mounts"},
      {&volumes, "/image_config/Volumes"},
  };
  return hcsref_volume_mounts(b->arena, b->rules, b->from, &volumes, b->err) &&
         hcsref_step_mounts(b->arena, b->rules, b->spec, lists, 3, b->host, b->err);
}

static bool set_devices(const building *b) {
  return hcsref_step_devices(b->arena, b->rules, b->spec, &b->from->config->devices, "/config/devices", b->err);
}

static bool set_windows(const building *b) {
  const hcsref_cri_windows_container_config *windows = b->from->config->windows;
  const hcsref_cri_windows_container_security_context *security = container_security(b);
  if (windows == NULL)
    return true;
  if (!hcsref_step_resources(b->arena, b->rules, b->spec, windows->resources, b->err))
    return false;
  return security == NULL || security->credential_spec.len == 0 ||
         hcsref_cri_credential_spec(b->arena, b->spec, security->credential_spec, b->err);
}

static bool set_user(const building *b) {
  const hcsref_cri_windows_container_security_context *security = container_security(b);
  bool own = security != NULL && security->run_as_username.len != 0;
  return hcsref_step_user(
      b->arena, b->rules, b->spec, own ? security->run_as_username : b->image->user,
      own ? HCSREF_LIT("/config/windows/security_context/run_as_username") : HCSREF_LIT("/image_config/User"), b->err);
}

static bool annotate(const building *b) {
  const hcsref_cri_container *from = b->from;
  return hcsref_pass_annotations(b->arena, b->spec, &from->sandbox_config->annotations, &from->runtime.pod_annotations,
                                 b->err) &&
         hcsref_pass_annotations(b->arena, b->spec, &from->config->annotations, &from->runtime.container_annotations,
                                 b->err) &&
         hcsref_annotate_pod(b->arena, b->rules, b->spec, "container", from->sandbox_id, from->sandbox_config,
                             b->err) &&
         hcsref_annotate(b->arena, b->spec, HCSREF_LIT("io.kubernetes.cri.container-name"), from->name, b->err) &&
         hcsref_annotate(b->arena, b->spec, HCSREF_LIT("io.kubernetes.cri.image-name"), from->image_name, b->err);
}

static bool set_affinity(const building *b) {
  return hcsref_step_affinity(b->arena, b->rules, b->spec, b->from->config->windows,
                              "/config/windows/resources/affinity_cpus", b->err);
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static bool run_steps(const building *b) {
  static bool (*const steps[])(const building *) = {
      set_command, set_working_folder, set_terminal, set_environment, set_place,    set_mounts,
      set_devices, set_windows,        set_user,     annotate,        set_affinity,
  };
  for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
    if (!steps[i](b))
      return false;
  return true;
}

/* A copy of the base spec by way of its JSON, as upstream copies it, and the cgroup that a Windows container gets too.
 * Source: util.DeepCopy, oci.WithNamespacedCgroup. */
static bool copy_base_spec(const building *b, const hcsref_oci_spec *base) {
  hcsref_str text, parts[3];
  if (!hcsref_json_encode_as(b->arena, b->rules, &hcsref_type_oci_spec, base, &text, b->err) ||
      !hcsref_json_decode_as(b->arena, b->rules, text, &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, b->spec, b->err))
    return false;
  b->spec->linux_ = hcsref_section(b->arena, b->spec->linux_, sizeof *b->spec->linux_);
  parts[0] = HCSREF_LIT("\\");
  parts[1] = HCSREF_LIT("k8s.io");
  parts[2] = b->from->id;
  return (b->spec->linux_ != NULL &&
          hcsref_path_join_as(b->arena, b->rules, parts, 3, &b->spec->linux_->cgroups_path)) ||
         hcsref_fail_memory(b->err);
}

static bool start(const building *b) {
  const hcsref_cri_runtime *runtime = &b->from->runtime;
  if (runtime->missing_base_spec != NULL)
    return hcsref_fail(b->arena, b->err, "base-spec-missing", HCSREF_LIT("/runtime/base_runtime_spec"),
                       hcsref_has(b->rules, HCSREF_CHANGE_BASE_SPEC_ERROR) ? "can't load base OCI spec %q: not found"
                                                                           : "can't find base OCI spec %q",
                       *runtime->missing_base_spec);
  if (runtime->base_spec != NULL)
    return copy_base_spec(b, runtime->base_spec);
  return hcsref_default_spec(b->arena, b->rules, b->spec, b->err);
}

/* A pod and its containers are all HostProcess or none. */
static bool check_host_process(const building *b) {
  const hcsref_cri_pod_sandbox_config *pod = b->from->sandbox_config;
  if (!hcsref_has(b->rules, HCSREF_CHANGE_HOSTPROCESS_AGREEMENT) ||
      is_host_process(b) == hcsref_is_host_process_pod(pod))
    return true;
  return hcsref_fail(
      b->arena, b->err, "host-process-mismatch", HCSREF_LIT("/config/windows/security_context/host_process"),
      "%spod spec and all containers inside must have the HostProcess field set to be valid",
      hcsref_has(b->rules, HCSREF_CHANGE_HOSTPROCESS_AGREEMENT_PREFIX) ? "failed to generate spec opts: " : "");
}

static bool need_configs(const building *b) {
  if (b->from->config == NULL)
    return hcsref_fail(b->arena, b->err, "config-missing", HCSREF_LIT("/config"), "there is no container config");
  if (b->from->sandbox_config == NULL)
    return hcsref_fail(b->arena, b->err, "config-missing", HCSREF_LIT("/sandbox_config"), "there is no pod config");
  return true;
}

bool hcsref_cri_container_spec(hcsref_arena *arena, const hcsref_cri_container *container, const hcsref_host *host,
                               hcsref_oci_spec *out, hcsref_error *err) {
  static const hcsref_image_config says_nothing = {0};
  hcsref_oci_spec spec = {0};
  building b = {arena, NULL, container, &says_nothing, host, &spec, err};
  b.rules = hcsref_cri_rules(arena, container->profile, err);
  if (container->image_config != NULL)
    b.image = container->image_config;
  if (b.rules == NULL || !check_host_process(&b) || !need_configs(&b) || !start(&b))
    return false;
  if (!run_steps(&b))
    return hcsref_fail_in_step(
        arena,
        container->runtime.base_spec != NULL ? "failed to apply OCI options: " : "failed to generate spec: ", err);
  *out = spec;
  return true;
}

bool hcsref_cri_snapshot_labels(hcsref_arena *arena, const hcsref_cri_container *container, hcsref_map *out) {
  const hcsref_rules *rules = hcsref_profile_rules(container->profile, HCSREF_PROGRAM_CONTAINERD);
  const hcsref_cri_windows_container_config *windows = container->config == NULL ? NULL : container->config->windows;
  hcsref_map labels = {NULL, 0, 0};
  hcsref_string_entry *label;
  *out = labels;
  if (rules == NULL || !hcsref_has(rules, HCSREF_CHANGE_SNAPSHOT_ROOTFS_SIZE) || windows == NULL ||
      windows->resources == NULL || windows->resources->rootfs_size_in_bytes == 0)
    return true;
  label = hcsref_map_push(arena, &labels, sizeof *label);
  if (label == NULL || !hcsref_format(arena, &label->value, "%d", windows->resources->rootfs_size_in_bytes))
    return false;
  label->key = HCSREF_LIT("containerd.io/snapshot/windows/rootfs.sizebytes");
  *out = labels;
  return true;
}
