/* SPDX-License-Identifier: Apache-2.0 */
/* What the building of both specs begins with. */
#include "cri/section.h"
#include "cri/steps.h"

const hcsref_rules *hcsref_cri_rules(hcsref_arena *arena, const hcsref_profile *profile, hcsref_error *err) {
  const hcsref_rules *rules = hcsref_profile_rules(profile, HCSREF_PROGRAM_CONTAINERD);
  if (rules == NULL)
    hcsref_fail(arena, err, "unsupported", HCSREF_LIT(""), "profile %v has no containerd",
                hcsref_profile_name(profile));
  return rules;
}

hcsref_oci_process *hcsref_process_section(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_error *err) {
  hcsref_oci_process *process = hcsref_section(arena, spec->process, sizeof *process);
  if (process == NULL)
    hcsref_fail_memory(err);
  spec->process = process;
  return process;
}

bool hcsref_default_spec(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *out, hcsref_error *err) {
  hcsref_oci_spec spec = {0};
  spec.process = hcsref_arena_alloc(arena, sizeof *spec.process);
  spec.root = hcsref_arena_alloc(arena, sizeof *spec.root);
  spec.windows = hcsref_arena_alloc(arena, sizeof *spec.windows);
  if (spec.process == NULL || spec.root == NULL || spec.windows == NULL)
    return hcsref_fail_memory(err);
  spec.oci_version = hcsref_cstr(rules->oci_version);
  spec.process->cwd = HCSREF_LIT("C:\\");
  *out = spec;
  return true;
}

const hcsref_cri_windows_sandbox_security_context *hcsref_pod_security(const hcsref_cri_pod_sandbox_config *config) {
  return config == NULL || config->windows == NULL ? NULL : config->windows->security_context;
}

bool hcsref_is_host_process_pod(const hcsref_cri_pod_sandbox_config *config) {
  const hcsref_cri_windows_sandbox_security_context *security = hcsref_pod_security(config);
  return security != NULL && security->host_process;
}

bool hcsref_fail_in_step(hcsref_arena *arena, const char *prefix, hcsref_error *err) {
  hcsref_str message;
  if (err == NULL || hcsref_str_equal(hcsref_cstr(err->code), HCSREF_LIT("out-of-memory")))
    return false;
  if (!hcsref_format(arena, &message, "%s%v", prefix, err->message))
    return hcsref_fail_memory(err);
  err->message = message;
  return false;
}
