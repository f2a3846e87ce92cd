/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 1 as a whole: what containerd does to a spec for Windows, in its order. Source: containerd
 * pkg/cri/server/container_create_windows.go containerSpec. */
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

bool hcsref_cri_to_oci(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_cri_settings *settings,
                       const hcsref_host *host, hcsref_error *err) {
  hcsref_cri_settings s = *settings;
  add_from_config(&s);
  return (s.network_namespace == NULL || hcsref_cri_network_namespace(arena, spec, *s.network_namespace, err)) &&
         hcsref_cri_mounts(arena, spec, s.config, &s.extra_mounts, host, err) &&
         (!s.sandbox_shares || hcsref_cri_sandbox_shares(arena, spec, err)) &&
         hcsref_cri_resources(arena, spec, s.resources, err) &&
         (s.credential_spec == NULL || hcsref_cri_credential_spec(arena, spec, *s.credential_spec, err));
}
