/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 1 as a whole: what containerd does to a spec for Windows, in its order. Source: containerd
 * pkg/cri/server/container_create_windows.go containerSpec. */
#include "cri/steps.h"
#include "hcsref/pipeline.h"

/* A setting that was given goes before what the config's Windows part says; an empty credential spec there counts as
 * none. */
static void add_from_config(hcsref_cri_settings *settings) {
  const hcsref_cri_windows_container_config *windows = settings->config == NULL ? NULL : settings->config->windows;
  const hcsref_cri_windows_container_security_context *security = windows == NULL ? NULL : windows->security_context;
  if (settings->resources == NULL && windows != NULL)
    settings->resources = windows->resources;
  if (settings->credential_spec == NULL && security != NULL && security->credential_spec.len > 0)
    settings->credential_spec = &security->credential_spec;
}

static bool set_mounts(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec,
                       const hcsref_cri_settings *settings, const hcsref_host *host, hcsref_error *err) {
  static const hcsref_slice none = {NULL, 0, 0};
  const hcsref_cri_container_config *config = settings->config;
  const hcsref_mount_list lists[2] = {{config == NULL ? &none : &config->mounts, "/mounts"},
                                      {&settings->extra_mounts, "/extra_mounts"}};
  return hcsref_step_mounts(arena, rules, spec, lists, 2, host, err) &&
         (config == NULL || hcsref_step_devices(arena, rules, spec, &config->devices, "/devices", err));
}

bool hcsref_cri_to_oci(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_cri_settings *settings,
                       const hcsref_host *host, hcsref_error *err) {
  const hcsref_rules *rules = hcsref_cri_rules(arena, settings->profile, err);
  hcsref_cri_settings s = *settings;
  add_from_config(&s);
  return rules != NULL &&
         (s.network_namespace == NULL || hcsref_cri_network_namespace(arena, spec, *s.network_namespace, err)) &&
         set_mounts(arena, rules, spec, &s, host, err) &&
         (!s.sandbox_shares || hcsref_cri_sandbox_shares(arena, spec, err)) &&
         hcsref_step_resources(arena, rules, spec, s.resources, err) &&
         (s.credential_spec == NULL || hcsref_cri_credential_spec(arena, spec, *s.credential_spec, err)) &&
         hcsref_step_affinity(arena, rules, spec, s.config == NULL ? NULL : s.config->windows,
                              "/windows/resources/affinity_cpus", err);
}
