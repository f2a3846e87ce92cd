/* SPDX-License-Identifier: Apache-2.0 */
/* The whole specs of a container and of its pod, in a release that the input chooses: the params of a case
 * "cri-container-spec", and `profile`. */
#include "hcsref/cri_spec.h"
#include "mutator/table.h"
#include "params.h"

#include <string.h>

typedef struct specs_params {
  uint32_t profile; /* which of the list */
  hcsref_str id, sandbox_id, image_name, network_namespace, container_root, host;
  hcsref_cri_container_config *config;
  hcsref_cri_pod_sandbox_config *sandbox_config;
  hcsref_image_config image_config;
  hcsref_slice extra_mounts, pod_annotations, container_annotations;
  hcsref_oci_spec *base_runtime_spec;
} specs_params;

static const hcsref_type config_pointer = POINTER(hcsref_type_cri_container_config);
static const hcsref_type pod_pointer = POINTER(hcsref_type_cri_pod_sandbox_config);
static const hcsref_type spec_pointer = POINTER(hcsref_type_oci_spec);
static const hcsref_type mount_pointer = POINTER(hcsref_type_cri_mount);
static const hcsref_type mount_pointers = LIST(mount_pointer);

static const hcsref_field fields[] = {
    FIELD(specs_params, profile, "profile", hcsref_type_uint32),
    FIELD(specs_params, id, "id", hcsref_type_string),
    FIELD(specs_params, sandbox_id, "sandbox_id", hcsref_type_string),
    FIELD(specs_params, image_name, "image_name", hcsref_type_string),
    FIELD(specs_params, network_namespace, "network_namespace", hcsref_type_string),
    FIELD(specs_params, container_root, "container_root", hcsref_type_string),
    FIELD(specs_params, host, "host", hcsref_type_raw),
    FIELD(specs_params, config, "config", config_pointer),
    FIELD(specs_params, sandbox_config, "sandbox_config", pod_pointer),
    FIELD(specs_params, image_config, "image_config", hcsref_type_image_config),
    FIELD(specs_params, extra_mounts, "extra_mounts", mount_pointers),
    FIELD(specs_params, pod_annotations, "pod_annotations", hcsref_type_strings),
    FIELD(specs_params, container_annotations, "container_annotations", hcsref_type_strings),
    FIELD(specs_params, base_runtime_spec, "base_runtime_spec", spec_pointer),
};
static const hcsref_type specs_type = OBJECT(specs_params, fields);

/* One on each side of most changes. */
static const hcsref_profile *find_profile(uint32_t number) {
  static const char *const names[] = {
      "containerd-2.3.4", "containerd-1.5.18", "containerd-1.6.0",  "containerd-1.6.20", "containerd-1.6.39",
      "containerd-1.7.0", "containerd-1.7.34", "containerd-2.0.11", "containerd-2.2.0",  "baseline"};
  return fuzz_profile(names[number % (sizeof names / sizeof names[0])]);
}

static specs_params *read_params(hcsref_arena *arena, hcsref_str text, const hcsref_profile **profile) {
  specs_params first = {0}, *params = hcsref_arena_alloc(arena, sizeof *params);
  REQUIRE(params != NULL, "no memory for params");
  if (!hcsref_json_decode(arena, text, &specs_type, HCSREF_JSON_WHOLE, &first, NULL))
    return NULL;
  *profile = find_profile(first.profile);
  return hcsref_json_decode_as(arena, hcsref_profile_rules(*profile, HCSREF_PROGRAM_CONTAINERD), text, &specs_type,
                               HCSREF_JSON_WHOLE, params, NULL)
             ? params
             : NULL;
}

static void check_annotation(const hcsref_oci_spec *spec, const char *key, hcsref_str value) {
  const hcsref_str *found = hcsref_map_find(&spec->annotations, hcsref_cstr(key));
  REQUIRE(found != NULL, "annotation %s", key);
  REQUIRE_SAME(*found, value, key);
}

/* What holds in every release. */
static void check_spec(const hcsref_oci_spec *spec, hcsref_str network, const char *kind, hcsref_str sandbox_id) {
  REQUIRE(spec->root == NULL, "hcsshim makes the root");
  REQUIRE(spec->process != NULL && spec->windows != NULL && spec->windows->network != NULL, "sections");
  REQUIRE(spec->process->args.len != 0 || spec->process->args.items == NULL, "no empty list of arguments");
  REQUIRE_SAME(spec->windows->network->network_namespace, network, "the network namespace");
  check_annotation(spec, "io.kubernetes.cri.container-type", hcsref_cstr(kind));
  check_annotation(spec, "io.kubernetes.cri.sandbox-id", sandbox_id);
}

static void check_container(const hcsref_cri_container *from, const hcsref_oci_spec *spec) {
  size_t most = from->config->mounts.len + from->extra_mounts.len + from->image_config->volumes.len;
  check_spec(spec, from->network_namespace, "container", from->sandbox_id);
  check_annotation(spec, "io.kubernetes.cri.image-name", from->image_name);
  if (from->runtime.base_spec != NULL)
    most += from->runtime.base_spec->mounts.len;
  REQUIRE(spec->mounts.len <= most, "no mount is there twice");
  REQUIRE(spec->mounts.len >= from->config->mounts.len, "no mount of the config is lost");
  if (from->config->envs.len == 0 && from->image_config->env.len == 0)
    return;
  for (size_t i = 0; i < spec->process->env.len; i++)
    REQUIRE(((const hcsref_str *)spec->process->env.items)[i].len != 0, "no empty variable");
}

/* The texts of both specs, or of the errors. */
static hcsref_str outcome(hcsref_arena *arena, const hcsref_rules *rules, bool ok, const hcsref_oci_spec *spec,
                          const hcsref_error *err) {
  hcsref_str text = {NULL, 0};
  if (!ok) {
    fuzz_check_error(err);
    return err->message;
  }
  (void)hcsref_json_encode_as(arena, rules, &hcsref_type_oci_spec, spec, &text, NULL);
  return text;
}

static hcsref_str build_container(hcsref_arena *arena, const specs_params *in, const hcsref_profile *profile,
                                  hcsref_str text, const hcsref_host *host) {
  hcsref_cri_container container = {0};
  hcsref_oci_spec spec = {0};
  hcsref_error err = {0};
  bool ok;
  container.profile = profile;
  container.id = in->id;
  container.sandbox_id = in->sandbox_id;
  container.image_name = in->image_name;
  container.network_namespace = in->network_namespace;
  container.config = in->config;
  container.sandbox_config = in->sandbox_config;
  container.image_config = &in->image_config;
  container.extra_mounts = in->extra_mounts;
  container.root = in->container_root;
  container.volume_id = HCSREF_LIT("{id}");
  container.runtime.pod_annotations = in->pod_annotations;
  container.runtime.container_annotations = in->container_annotations;
  container.runtime.base_spec = in->base_runtime_spec;
  fuzz_tighten(arena, text);
  ok = hcsref_cri_container_spec(arena, &container, host, &spec, &err);
  fuzz_loosen(arena);
  if (ok)
    check_container(&container, &spec);
  return outcome(arena, hcsref_profile_rules(profile, HCSREF_PROGRAM_CONTAINERD), ok, &spec, &err);
}

static hcsref_str build_sandbox(hcsref_arena *arena, const specs_params *in, const hcsref_profile *profile,
                                hcsref_str text) {
  const hcsref_cri_sandbox sandbox = {
      profile,           in->sandbox_id,     in->network_namespace, in->image_name, in->sandbox_config,
      &in->image_config, in->pod_annotations};
  hcsref_oci_spec spec = {0};
  hcsref_error err = {0};
  bool ok;
  fuzz_tighten(arena, text);
  ok = hcsref_cri_sandbox_spec(arena, &sandbox, &spec, &err);
  fuzz_loosen(arena);
  if (ok)
    check_spec(&spec, in->network_namespace, "sandbox", in->sandbox_id);
  return outcome(arena, hcsref_profile_rules(profile, HCSREF_PROGRAM_CONTAINERD), ok, &spec, &err);
}

static hcsref_str container_of(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  const hcsref_profile *profile;
  const specs_params *in = read_params(arena, text, &profile);
  fuzz_host host;
  if (in == NULL || !fuzz_host_load(arena, in->host, HCSREF_LIT(""), &host))
    return hcsref_str_from(NULL, 0);
  fuzz_host_for_cri(&host);
  return build_container(arena, in, profile, text, &host.host);
}

static hcsref_str sandbox_of(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  const hcsref_profile *profile;
  const specs_params *in = read_params(arena, text, &profile);
  return in == NULL ? hcsref_str_from(NULL, 0) : build_sandbox(arena, in, profile, text);
}

static void check_both_ways(hcsref_str (*work)(int which, hcsref_str text), hcsref_str text) {
  hcsref_str usual = work(FUZZ_USUAL, text);
  REQUIRE_SAME(work(FUZZ_FRESH, text), usual, "memory does not show");
  fuzz_lean_too(work, text, usual);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  check_both_ways(container_of, text);
  check_both_ways(sandbox_of, text);
  return 0;
}
