/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The stages: CRI ContainerConfig to OCI spec, OCI spec to HCS documents, and the envelope that creates the
 * container; and the small rules inside them, for those who test one alone.
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

/** WithWindowsNetworkNamespace. */
HCSREF_API bool hcsref_cri_network_namespace(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str path,
                                             hcsref_error *err);
/** WithWindowsMounts: merges `config`'s mounts (null: none) and `extra` (slice of hcsref_cri_mount pointers)
 * into `spec`, asking `host` to stat, make and resolve each source. */
HCSREF_API bool hcsref_cri_mounts(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_cri_container_config *config,
                                  const hcsref_slice *extra, const hcsref_host *host, hcsref_error *err);
/** WithWindowsResources; `resources` null does nothing. */
HCSREF_API bool hcsref_cri_resources(hcsref_arena *arena, hcsref_oci_spec *spec,
                                     const hcsref_cri_windows_container_resources *resources, hcsref_error *err);
/** WithWindowsDefaultSandboxShares. */
HCSREF_API bool hcsref_cri_sandbox_shares(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_error *err);
/** WithWindowsCredentialSpec. */
HCSREF_API bool hcsref_cri_credential_spec(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str credential_spec,
                                           hcsref_error *err);
/** The order in which mounts with these container paths are placed: `order[i]` is the index of the i-th.
 * Stable, by number of path parts; O(n log n). Source: containerd orderedMounts; docs/fidelity.md, "order". */
HCSREF_API bool hcsref_cri_mount_order(hcsref_arena *arena, const hcsref_str *container_paths, size_t count,
                                       size_t *order, size_t *parts, hcsref_error *err);

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
} hcsref_create_options;

typedef struct hcsref_documents {
  hcsref_v1_container_config *v1;
  hcsref_v2_container *v2;
} hcsref_documents;

/** createWindowsContainerDocument: both documents of `spec` (null: no spec) in `arena`. As upstream it may add
 * the missing backslash to spec->root->path. `options->schema` is taken as it is ({0,0} matches no kind). */
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
 * container config, documents, envelope. */
HCSREF_API bool hcsref_create_document(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_create_options *options,
                                       const hcsref_host *host, hcsref_create_request *out, hcsref_error *err);

typedef struct hcsref_cpu_limits {
  int32_t count, limit, weight;
} hcsref_cpu_limits;

/** ConvertCPULimits. */
HCSREF_API bool hcsref_convert_cpu_limits(hcsref_arena *arena, const hcsref_oci_spec *spec, int32_t max_cpu_count,
                                          hcsref_cpu_limits *out, hcsref_error *err);
/** NormalizeProcessorCount. */
HCSREF_API int32_t hcsref_normalize_processor_count(int32_t requested, int32_t max_cpu_count);
/** The rescaling of a CPU limit from the host's processors to the utility VM's, in wrapping 32-bit arithmetic,
 * clamped to 1 … 10000. Error "uvm-processor-count": the VM has none (upstream divides by zero). */
HCSREF_API bool hcsref_scale_cpu_limit(hcsref_arena *arena, int32_t limit, int32_t host_cpus, int32_t uvm_cpus,
                                       int32_t *out, hcsref_error *err);
/** oci.ParseAnnotationsMemory with the container's annotation: MB, 0 for none. */
HCSREF_API uint64_t hcsref_memory_limit_mb(const hcsref_oci_spec *spec);
/** oci.ParseAnnotationsStorageBps and …Iops. */
HCSREF_API void hcsref_storage_limits(const hcsref_oci_spec *spec, int32_t *bps, int32_t *iops);
/** hcsoci.verifyMounts-class checks of setupMounts: source and destination present, type known. */
HCSREF_API bool hcsref_check_mounts(hcsref_arena *arena, const hcsref_oci_spec *spec, hcsref_error *err);
/** parseAssignedDevices: `devices` slice of hcsref_oci_windows_device, `out` of hcsref_v2_device. */
HCSREF_API bool hcsref_assigned_devices(hcsref_arena *arena, const hcsref_slice *devices, hcsref_slice *out,
                                        hcsref_error *err);
/** getDeviceExtensions: null in `*out` when the annotation names none. */
HCSREF_API bool hcsref_device_extensions(hcsref_arena *arena, const hcsref_map *annotations, const hcsref_host *host,
                                         hcsref_v2_container_definition_device **out, hcsref_error *err);
/** parseDumpType, parseDumpCount. */
HCSREF_API bool hcsref_dump_type(hcsref_arena *arena, const hcsref_map *annotations, int32_t *out, hcsref_error *err);
HCSREF_API bool hcsref_dump_count(hcsref_arena *arena, const hcsref_map *annotations, int32_t *out, hcsref_error *err);
/** The dump folder with a {container_id} or {CONTAINER_ID} suffix replaced. */
HCSREF_API bool hcsref_dump_folder(hcsref_arena *arena, hcsref_str folder, hcsref_str id, hcsref_str *out);

/* ---- annotations (hcsshim internal/oci/annotations.go) ----------------------------------------------------- */

HCSREF_API bool hcsref_annotation_bool(const hcsref_map *annotations, hcsref_str key, bool fallback);
HCSREF_API uint64_t hcsref_annotation_uint64(const hcsref_map *annotations, hcsref_str key, uint64_t fallback);
/** A comma list; a nil slice when absent or empty. Slice of hcsref_str. */
HCSREF_API bool hcsref_annotation_list(hcsref_arena *arena, const hcsref_map *annotations, hcsref_str key,
                                       hcsref_slice *out);

#ifdef __cplusplus
}
#endif

#endif
