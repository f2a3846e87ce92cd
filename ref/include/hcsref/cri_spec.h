/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The whole way from kubelet to the runtime spec: what containerd's CRI plugin makes of a pod, of a container and of an
 * image on Windows, step by step, in every release. hcsref_cri_to_oci of pipeline.h is the part of it that is about
 * Windows alone, on a spec that is there already.
 *
 * Nothing is copied without need: a spec points into what it was made from, which must live as long. A call that fails
 * leaves its output as it was. Besides the errors of pipeline.h's stage 1 and "out-of-memory":
 *
 *   unsupported             the profile has no containerd, or its containerd does no such thing
 *   config-missing          there is no container config or no pod config (upstream crashes)
 *   host-process-mismatch   a HostProcess container in a pod that is none, or the reverse
 *   base-spec-missing       a base spec is configured and was not loaded
 *   command-missing         neither the config nor the image says what to run
 *   cri-null-device, device-container-path, device-permissions, device-format, device-type-missing
 *   cri-null-affinity       an entry of affinity_cpus is null, where upstream crashes on it
 *   user-format             a user of more than two parts
 *   user-range, group-range a number that is no user's or group's
 *   user-lookup             a user that has to be looked up in the root file system, which the spec does not have:
 *                           upstream crashes (docs/fidelity.md)
 *
 * `where` is a JSON pointer that begins with the member of the request: "/config/mounts/3/host_path",
 * "/sandbox_config", "/image_config/User", "/extra_mounts/0".
 */
#ifndef HCSREF_CRI_SPEC_H
#define HCSREF_CRI_SPEC_H

#include "hcsref/cri.h"
#include "hcsref/host.h"
#include "hcsref/oci.h"
#include "hcsref/profile.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What an image says about running it. Source: opencontainers/image-spec specs-go/v1/config.go ImageConfig. */
typedef struct hcsref_image_config {
  hcsref_str user;
  hcsref_map exposed_ports; /* map[string]struct{} */
  hcsref_slice env;         /* []string */
  hcsref_slice entrypoint;  /* []string */
  hcsref_slice cmd;         /* []string */
  hcsref_map volumes;       /* map[string]struct{} */
  hcsref_str working_dir;
  hcsref_map labels; /* map[string]string */
  hcsref_str stop_signal;
  bool args_escaped; /* the first word of the command is a command line already */
} hcsref_image_config;

HCSREF_API extern const hcsref_type hcsref_type_image_config;

/** What containerd's configuration says about a runtime. */
typedef struct hcsref_cri_runtime {
  hcsref_slice pod_annotations;       /**< []string: which annotations of a pod are passed on; patterns of path.Match */
  hcsref_slice container_annotations; /**< []string: which of a container */
  const hcsref_oci_spec *base_spec;   /**< null: none; it is not changed */
  const hcsref_str *missing_base_spec; /**< name of one that is configured but was not loaded; else null */
} hcsref_cri_runtime;

/** One container. Zero bytes: not given. */
typedef struct hcsref_cri_container {
  const hcsref_profile *profile; /**< which containerd; null: the baseline */
  hcsref_str id, sandbox_id;
  hcsref_str name;       /**< for the annotation */
  hcsref_str image_name; /**< the same */
  hcsref_str network_namespace;
  const hcsref_cri_container_config *config;
  const hcsref_cri_pod_sandbox_config *sandbox_config;
  const hcsref_image_config *image_config; /**< null: an image that says nothing */
  hcsref_slice extra_mounts;               /**< []*Mount: what the plugin adds, such as the pod's files */
  hcsref_str root;      /**< the container's folder, where volumes of the image are kept; empty: they are not mounted */
  hcsref_str volume_id; /**< the name of a volume's folder in there, which upstream makes up at random */
  hcsref_cri_runtime runtime;
} hcsref_cri_container;

/** The whole spec of a container. `host` is asked about the source of each mount. */
HCSREF_API bool hcsref_cri_container_spec(hcsref_arena *arena, const hcsref_cri_container *container,
                                          const hcsref_host *host, hcsref_oci_spec *out, hcsref_error *err);

/** The labels of the container's snapshot: a map[string]string, nil when there are none. False: out of memory. */
HCSREF_API bool hcsref_cri_snapshot_labels(hcsref_arena *arena, const hcsref_cri_container *container, hcsref_map *out);

/** The container that keeps a pod. */
typedef struct hcsref_cri_sandbox {
  const hcsref_profile *profile; /**< which containerd; null: the baseline */
  hcsref_str id, network_namespace;
  hcsref_str image; /**< the configured pause image; empty: the release's own */
  const hcsref_cri_pod_sandbox_config *config;
  const hcsref_image_config *image_config; /**< null: an image that says nothing */
  hcsref_slice pod_annotations;            /**< []string: as of hcsref_cri_runtime */
} hcsref_cri_sandbox;

/** The whole spec of a pod's own container. */
HCSREF_API bool hcsref_cri_sandbox_spec(hcsref_arena *arena, const hcsref_cri_sandbox *sandbox, hcsref_oci_spec *out,
                                        hcsref_error *err);

/** UpdateContainerResources: sets the limits in the spec of a running container, which may be null for an empty one. A
 * limit of 0 leaves the old one as it is. Source: containerd internal/cri/server updateOCIResource. */
HCSREF_API bool hcsref_cri_update_resources(hcsref_arena *arena, const hcsref_profile *profile,
                                            const hcsref_cri_windows_container_resources *resources,
                                            hcsref_oci_spec *spec, hcsref_error *err);

#ifdef __cplusplus
}
#endif

#endif
