/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of stage 1, each as a release of containerd does it: `rules` are those of the containerd of a profile.
 * `where` is the JSON pointer that the pointers of errors begin with. A step that fails says why and leaves the spec as
 * it was. */
#ifndef HCSREF_CRI_STEPS_H
#define HCSREF_CRI_STEPS_H

#include "hcsref/cri_spec.h"
#include "release/changes.h"

/* The rules of the profile's containerd; null with the error "unsupported" when it has none. */
const hcsref_rules *hcsref_cri_rules(hcsref_arena *arena, const hcsref_profile *profile, hcsref_error *err);

/* The process of the spec, made when it is missing; null when out of memory. Source: oci.setProcess. */
hcsref_oci_process *hcsref_process_section(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_error *err);

/* Mounts of one origin: a slice of hcsref_cri_mount pointers, and the pointer to it. */
typedef struct hcsref_mount_list {
  const hcsref_slice *mounts;
  const char *where;
} hcsref_mount_list;

/* opts.WithWindowsMounts. `lists[0]` are the config's, the others give way to them. */
bool hcsref_step_mounts(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec,
                        const hcsref_mount_list *lists, size_t list_count, const hcsref_host *host, hcsref_error *err);
/* opts.WithWindowsDevices: slice of hcsref_cri_device pointers. */
bool hcsref_step_devices(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec,
                         const hcsref_slice *devices, const char *where, hcsref_error *err);
/* opts.WithWindowsResources; null: nothing. */
bool hcsref_step_resources(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec,
                           const hcsref_cri_windows_container_resources *resources, hcsref_error *err);
/* opts.WithWindowsAffinityCPUs; null: nothing. */
bool hcsref_step_affinity(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec,
                          const hcsref_cri_windows_container_config *windows, const char *where, hcsref_error *err);

/* What a process is to run: opts.WithProcessCommandLineOrArgsForWindows, before that opts.WithProcessArgs. */
bool hcsref_step_command(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec,
                         const hcsref_cri_container_config *config, const hcsref_image_config *image,
                         hcsref_error *err);
/* oci.WithProcessArgs with two lists, one behind the other. */
bool hcsref_step_args(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec, const hcsref_slice *first,
                      const hcsref_slice *second, hcsref_error *err);
/* oci.WithEnv: slice of hcsref_str. */
bool hcsref_step_environment(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_slice *environment,
                             hcsref_error *err);
/* oci.WithUser. */
bool hcsref_step_user(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec, hcsref_str user,
                      hcsref_str where, hcsref_error *err);

/* oci.WithAnnotation. */
bool hcsref_annotate(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str key, hcsref_str value, hcsref_error *err);
/* The annotations whose key matches one of `patterns` (slice of hcsref_str): util.GetPassthroughAnnotations. */
bool hcsref_pass_annotations(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_map *annotations,
                             const hcsref_slice *patterns, hcsref_error *err);
/* What pods and containers both are annotated with: of which kind, of which pod, and whether that is HostProcess. */
bool hcsref_annotate_pod(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec, const char *kind,
                         hcsref_str sandbox_id, const hcsref_cri_pod_sandbox_config *config, hcsref_error *err);

/* Is it a HostProcess pod? Null, and any part of the way there missing: no. */
bool hcsref_is_host_process_pod(const hcsref_cri_pod_sandbox_config *config);
/* Of the pod's Windows section; null when it has none. */
const hcsref_cri_windows_sandbox_security_context *hcsref_pod_security(const hcsref_cri_pod_sandbox_config *config);

/* The spec that building starts from when there is no base spec. Source: oci.GenerateSpec. */
bool hcsref_default_spec(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *out, hcsref_error *err);
/* Puts `prefix` in front of the message, unless memory ran out. Returns false. */
bool hcsref_fail_in_step(hcsref_arena *arena, const char *prefix, hcsref_error *err);

#endif
