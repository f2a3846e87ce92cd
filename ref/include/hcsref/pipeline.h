/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The stages: CRI ContainerConfig to OCI spec, OCI spec to HCS documents, and the envelope that creates the
 * container; and the small rules inside them, for those who test one alone.
 *
 * Strings are never copied without need: what a call makes may point into its input, its options and the host's
 * answers, which must live as long. A call that fails leaves its outputs, and the spec, as they were. `err` may be
 * null. Any of the calls that have an error can fail with "out-of-memory"; their other codes are
 *
 *   spec-missing            there is no spec (upstream: an error in stage 2, a crash elsewhere)
 *   cri-null-mount          a mount of the config or an extra one is null (upstream crashes)
 *   mount-stat, mount-mkdir the source of a CRI mount cannot be looked at or made
 *   windows-missing         the spec has no Windows section
 *   layer-folders-missing   it has fewer than two layer folders
 *   cpu-limits-exclusive    more than one of CPU count, limit and weight
 *   uvm-processor-count     a CPU limit is to be rescaled to a utility VM without processors (upstream crashes)
 *   root-missing, root-readonly, root-path-not-volume
 *   uvm-folder-missing      no layer folder has the image of a utility VM
 *   uvm-folder              the host could not tell which has
 *   vsmb-path               a layer, or a mount's source, is not shared with the utility VM
 *   layer-id                the host gave no id for a layer folder
 *   mount-resolve           the final path of a mount's source cannot be found, in either stage
 *   pipes-unsupported       named pipes before build 16299
 *   device-type             a device's id is of a type that containers cannot have
 *   extension-stat, extensions-unsupported, extension-read, extension-json: device extension files
 *   dump-type, dump-count   the annotations of process dumps
 *   mount-incomplete, mount-type: hcsref_check_mounts
 *   gmsa-disabled           a credential spec, and the annotation that forbids it
 *   id-required, owner-required: hcsref_create_document
 *
 * and `where` is a JSON pointer into the spec, or for hcsref_cri_mounts into the config; "/extra_mounts/…" is an extra
 * mount.
 */
#ifndef HCSREF_PIPELINE_H
#define HCSREF_PIPELINE_H

#include "hcsref/cri.h"
#include "hcsref/host.h"
#include "hcsref/oci.h"
#include "hcsref/schema1.h"
#include "hcsref/schema2.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- stage 1: CRI to OCI (containerd pkg/cri/opts/spec_windows.go at 2bc77b8a2) ---------------------------- */

/** What stage 1 is asked to do; null or zero: nothing. */
typedef struct hcsref_cri_settings {
  const hcsref_cri_container_config *config;
  hcsref_slice extra_mounts; /**< of hcsref_cri_mount pointers: what the runtime adds, such as image volumes */
  const hcsref_str *network_namespace;
  bool sandbox_shares;                                     /**< the spec is a pod sandbox's */
  const hcsref_cri_windows_container_resources *resources; /**< null: those of `config` */
  const hcsref_str *credential_spec;                       /**< null: that of `config`, unless it is empty */
  const hcsref_profile *profile;                           /**< which containerd; null: the baseline */
} hcsref_cri_settings;

/** All of stage 1 on a base spec, in containerd's order: network namespace, mounts, sandbox shares, resources,
 * credential spec. The steps are those below; a step that fails leaves what earlier ones did. Mounts are always merged,
 * so that there must be a spec. */
HCSREF_API bool hcsref_cri_to_oci(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_cri_settings *settings,
                                  const hcsref_host *host, hcsref_error *err);

/** WithWindowsNetworkNamespace: sets it even when `path` is empty. */
HCSREF_API bool hcsref_cri_network_namespace(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str path,
                                             hcsref_error *err);
/** WithWindowsMounts: merges `config`'s mounts (null: none) and `extra` (slice of hcsref_cri_mount pointers; null:
 * none) into `spec`, asking `host` to stat, make and resolve each source. Folders that were made before a failure
 * stay. Errors "spec-missing", "cri-null-mount", "mount-stat", "mount-mkdir", "mount-resolve". */
HCSREF_API bool hcsref_cri_mounts(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_cri_container_config *config,
                                  const hcsref_slice *extra, const hcsref_host *host, hcsref_error *err);
/** WithWindowsResources; `resources` null does nothing. */
HCSREF_API bool hcsref_cri_resources(hcsref_arena *arena, hcsref_oci_spec *spec,
                                     const hcsref_cri_windows_container_resources *resources, hcsref_error *err);
/** WithWindowsDefaultSandboxShares: 2 CPU shares, whatever was there. */
HCSREF_API bool hcsref_cri_sandbox_shares(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_error *err);
/** WithWindowsCredentialSpec. */
HCSREF_API bool hcsref_cri_credential_spec(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str credential_spec,
                                           hcsref_error *err);
/** The order in which mounts with these container paths are placed: `order[i]` is the index of the i-th, `parts[i]`
 * its number of path parts (`parts` may be null). By number of path parts, stably or as the profile's Go sorts (null:
 * the baseline, stably); O(n log n). Source: containerd orderedMounts; docs/fidelity.md, "order". */
HCSREF_API bool hcsref_cri_mount_order(hcsref_arena *arena, const hcsref_profile *profile,
                                       const hcsref_str *container_paths, size_t count, size_t *order, size_t *parts,
                                       hcsref_error *err);

/* ---- stage 2: OCI to HCS (hcsshim internal/hcsoci at 0af576d29) ------------------------------------------ */

/** What the caller of CreateContainer chooses. Zero bytes: everything default. */
typedef struct hcsref_create_options {
  hcsref_str id, owner;               /* empty: see hcsref_create_document */
  hcsref_str actual_id, actual_owner; /* empty: id, owner */
  hcsref_str network_namespace;
  bool has_schema; /* a schema version was asked for */
  hcsref_v2_version schema;
  bool scale_cpu_limits_to_sandbox;
  const hcsref_hosting_system *hosting_system;                 /* null: process isolated, or v1 */
  const hcsref_v2_container_credential_guard_state *ccg_state; /* null: none */
  hcsref_slice additional_mounts;                              /* of hcsref_v2_mapped_directory, from disks */
  const hcsref_profile *profile;                               /* which hcsshim; null: the baseline */
} hcsref_create_options;

typedef struct hcsref_documents {
  hcsref_v1_container_config *v1;
  hcsref_v2_container *v2;
} hcsref_documents;

/** createWindowsContainerDocument: both documents of `spec` (null: no spec) in `arena`. As upstream it may add
 * the missing backslash to spec->root->path. `options->schema` is taken as it is ({0,0} matches no kind), and so are
 * the other options. `host` is asked in upstream's order, and of several errors the one that upstream meets first is
 * told, which is the order of the codes above from spec-missing to dump-count. */
HCSREF_API bool hcsref_oci_to_hcs(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_create_options *options,
                                  const hcsref_host *host, hcsref_documents *out, hcsref_error *err);

/** What is handed over to create a container. */
typedef struct hcsref_create_request {
  const char *kind; /* "hcs": to the Host Compute Service; "gcs": to the utility VM's guest compute service */
  hcsref_str id, owner;
  const hcsref_type *document_type; /* of `document`: v1 config, v2 compute system or hosted system */
  const void *document;
} hcsref_create_request;

/** CreateContainer from the options to the envelope: defaults, schema version by OS build, validation of the
 * container config, documents, envelope. A schema version that the build lacks is passed over, as upstream does. An
 * id and an owner are needed, where upstream makes them up. Errors: those of hcsref_oci_to_hcs, and "gmsa-disabled",
 * "id-required", "owner-required". */
HCSREF_API bool hcsref_create_document(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_create_options *options,
                                       const hcsref_host *host, hcsref_create_request *out, hcsref_error *err);

typedef struct hcsref_cpu_limits {
  int32_t count, limit, weight;
} hcsref_cpu_limits;

/** ConvertCPULimits. Errors "cpu-limits-exclusive", "spec-missing". */
HCSREF_API bool hcsref_convert_cpu_limits(hcsref_arena *arena, const hcsref_oci_spec *spec, int32_t max_cpu_count,
                                          hcsref_cpu_limits *out, hcsref_error *err);
/** NormalizeProcessorCount. */
HCSREF_API int32_t hcsref_normalize_processor_count(int32_t requested, int32_t max_cpu_count);
/** The rescaling of a CPU limit from the host's processors to the utility VM's, in wrapping 32-bit arithmetic,
 * clamped to 1 … 10000. Error "uvm-processor-count": the VM has none (upstream divides by zero). */
HCSREF_API bool hcsref_scale_cpu_limit(hcsref_arena *arena, int32_t limit, int32_t host_cpus, int32_t uvm_cpus,
                                       int32_t *out, hcsref_error *err);
/** oci.ParseAnnotationsMemory with the container's annotation: MB, 0 for none. `spec` is not null. */
HCSREF_API uint64_t hcsref_memory_limit_mb(const hcsref_oci_spec *spec);
/** oci.ParseAnnotationsStorageBps and …Iops: 0 for none; may be negative. `spec` is not null. */
HCSREF_API void hcsref_storage_limits(const hcsref_oci_spec *spec, int32_t *bps, int32_t *iops);
/** The checks of hcsoci's setupMounts: source and destination present, type known. Errors "mount-incomplete",
 * "mount-type", "spec-missing". */
HCSREF_API bool hcsref_check_mounts(hcsref_arena *arena, const hcsref_oci_spec *spec, hcsref_error *err);
/** parseAssignedDevices of a schema 2.1 container: `devices` slice of hcsref_oci_windows_device, `out` of
 * hcsref_v2_device, never nil. Error "device-type". */
HCSREF_API bool hcsref_assigned_devices(hcsref_arena *arena, const hcsref_slice *devices, hcsref_slice *out,
                                        hcsref_error *err);
/** getDeviceExtensions: null in `*out` when the annotation names none. Errors "extension-stat",
 * "extensions-unsupported", "extension-read", "extension-json". */
HCSREF_API bool hcsref_device_extensions(hcsref_arena *arena, const hcsref_map *annotations, const hcsref_host *host,
                                         hcsref_v2_container_definition_device **out, hcsref_error *err);
/** parseDumpType: 1 for "mini", 2 for "full" and for none. Error "dump-type". */
HCSREF_API bool hcsref_dump_type(hcsref_arena *arena, const hcsref_map *annotations, int32_t *out, hcsref_error *err);
/** parseDumpCount: 10 for none, else the annotation's lower 32 bits. Error "dump-count". */
HCSREF_API bool hcsref_dump_count(hcsref_arena *arena, const hcsref_map *annotations, int32_t *out, hcsref_error *err);
/** The dump folder with a {container_id} or {CONTAINER_ID} suffix replaced by `id`. False: out of memory. */
HCSREF_API bool hcsref_dump_folder(hcsref_arena *arena, hcsref_str folder, hcsref_str id, hcsref_str *out);

/* ---- annotations (hcsshim internal/oci/annotations.go) ----------------------------------------------------- */

/** ParseAnnotationsBool: "true" or "false" in any case, else `fallback`. */
HCSREF_API bool hcsref_annotation_bool(const hcsref_map *annotations, hcsref_str key, bool fallback);
/** ParseAnnotationsUint64: decimal digits of a number below 2^64, else `fallback`. */
HCSREF_API uint64_t hcsref_annotation_uint64(const hcsref_map *annotations, hcsref_str key, uint64_t fallback);
/** ParseAnnotationCommaSeparated: a comma list, nothing trimmed; a nil slice when absent or empty. Slice of
 * hcsref_str. False: out of memory. */
HCSREF_API bool hcsref_annotation_list(hcsref_arena *arena, const hcsref_map *annotations, hcsref_str key,
                                       hcsref_slice *out);

#ifdef __cplusplus
}
#endif

#endif
