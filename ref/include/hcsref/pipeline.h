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
 *   mount-system-drive      a CRI mount is to replace C: (containerd 1.6.5, 1.7.0 and newer)
 *   cri-null-device, device-container-path, device-permissions, device-format, device-type-missing, cri-null-affinity:
 *                           devices and affinity of a CRI config, in the releases that read them
 *   unsupported             the profile lacks the program
 *   windows-missing         the spec has no Windows section
 *   layer-folders-missing   it has no layer folders, or fewer than two
 *   cpu-limits-exclusive    more than one of CPU count, limit and weight
 *   uvm-processor-count     a CPU limit is to be rescaled to a utility VM without processors (upstream crashes)
 *   root-missing, root-readonly, root-path-not-volume
 *   uvm-folder-missing      no layer folder has the image of a utility VM
 *   uvm-folder              the host could not tell which has
 *   vsmb-path               a layer, or a mount's source, is not shared with the utility VM
 *   layer-id                the host gave no id for a layer folder
 *   mount-resolve           the final path of a mount's source cannot be found, in either stage
 *   disk-path               a disk is not attached to the utility VM, or its path is not one (before 0.10.0-rc.8)
 *   pipes-unsupported       named pipes before build 16299
 *   device-type             a device's id is of a type that containers cannot have
 *   extension-stat, extensions-unsupported, extension-read, extension-json: device extension files
 *   dump-type, dump-count   the annotations of process dumps
 *   unsafe-path             where the root of a HostProcess container must not be
 *   mount-incomplete, mount-type, mount-in-vm, vsmb-share, disk-attach, pipe-share, vm-folder: hcsref_setup_mounts
 *   vm-layers               the utility VM cannot mount the layers: hcsref_create_container
 *   gmsa-disabled           a credential spec, and the annotation that forbids it
 *   container-cloned        the annotation that asks for a clone (before 0.10.0-rc.8; upstream may crash)
 *   id-required, owner-required: hcsref_create_document
 *   layers-invalid          the layers cannot be parsed (from 0.13 on): hcsref_parse_layers
 *   layers-not-mounted      nothing mounted the layers (upstream crashes, from 0.13 on)
 *   cim-not-mounted, cim-volume: the cim of the layers has no volume, or its path is none
 *   annotation-conflict     hcsref_process_annotations
 *   container-type          hcsref_create_container: the annotations of a pod contradict each other
 *   cpu-affinity            hcsref_check_cpu_affinity
 *   unsupported             the profile has no hcsshim, or its release no such function
 *
 * and `where` is a JSON pointer into the spec, or for hcsref_cri_mounts into the config; "/extra_mounts/…" is an extra
 * mount.
 */
#ifndef HCSREF_PIPELINE_H
#define HCSREF_PIPELINE_H

#include "hcsref/cri.h"
#include "hcsref/host.h"
#include "hcsref/oci.h"
#include "hcsref/provenance.h"
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

/** All of stage 1 on a base spec, in containerd's order: network namespace, mounts, devices, sandbox shares, resources,
 * credential spec, affinity; devices and affinity in the releases that have them. The steps are those below; a step
 * that fails leaves what earlier ones did. Mounts are always merged, so that there must be a spec. */
HCSREF_API bool hcsref_cri_to_oci(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_cri_settings *settings,
                                  const hcsref_host *host, hcsref_error *err);

/** WithWindowsNetworkNamespace: sets it even when `path` is empty. */
HCSREF_API bool hcsref_cri_network_namespace(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str path,
                                             hcsref_error *err);
/* The steps alone, as the baseline does them. */

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
  bool has_schema;      /* a schema version was asked for */
  bool schema_is_final; /* it is taken as it is, whatever the host has */
  hcsref_v2_version schema;
  bool scale_cpu_limits_to_sandbox;
  const hcsref_hosting_system *hosting_system;                 /* null: process isolated, or v1 */
  const hcsref_v2_container_credential_guard_state *ccg_state; /* null: none */
  hcsref_slice additional_mounts;                              /* of hcsref_v2_mapped_directory, from disks */
  hcsref_slice rootfs; /* of hcsref_rootfs_mount: layers from 0.13 on, in place of the spec's layer folders */
  bool root_preset;    /* the client mounted the root path itself */
  /* hcsref_create_container first does what hcsref_process_annotations does, if the release has that, and leaves it in
   * the spec. */
  bool process_annotations;
  hcsref_provenance *provenance; /* where the steps note what made each field; null: nothing is noted */
  const hcsref_profile *profile; /* which hcsshim; null: the baseline */
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

/** A mount of the task's root file system. Source: containerd api/types Mount. */
typedef struct hcsref_rootfs_mount {
  hcsref_str type, source, target;
  hcsref_slice options; /* of hcsref_str */
} hcsref_rootfs_mount;

typedef enum hcsref_layers_kind {
  HCSREF_LAYERS_FOLDERS,    /* a folder a layer */
  HCSREF_LAYERS_FORKED_CIM, /* a folder and a cim a layer, each cim forked from its parent's */
  HCSREF_LAYERS_BLOCK_CIM   /* a cim on a block device or in a file a layer */
} hcsref_layers_kind;

/** A cim on a block device. Source: hcsshim pkg/cimfs BlockCIM. */
typedef struct hcsref_block_cim {
  hcsref_str block_path, name;
  uint32_t type; /* 1: in a file; 2: a device */
} hcsref_block_cim;

/** The layers of a container, the topmost first. */
typedef struct hcsref_layers {
  hcsref_layers_kind kind;
  hcsref_str scratch;
  hcsref_slice folders;           /* of hcsref_str; of block cims none */
  hcsref_slice cims;              /* of hcsref_str: forked cims, as many as folders */
  hcsref_slice block_cims;        /* of hcsref_block_cim */
  const hcsref_block_cim *merged; /* of several block cims; null for one */
} hcsref_layers;

/** ParseWCOWLayers, from 0.13 on: layers come as `rootfs` (slice of hcsref_rootfs_mount) or as `folders` (slice of
 * hcsref_str). Error "layers-invalid"; `where` is below /rootfs or /windows/layerFolders. */
HCSREF_API bool hcsref_parse_layers(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_slice *rootfs,
                                    const hcsref_slice *folders, hcsref_layers *out, hcsref_error *err);
/** The volume at which the cim of a container's layers is mounted, from 0.12.0-rc.2 on: its GUID is made of the
 * container's id. Source: hcsshim internal/wclayer/cim MountForkedCimLayer. */
HCSREF_API bool hcsref_cim_volume(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str container_id,
                                  hcsref_str *out, hcsref_error *err);

/** ProcessAnnotations, from 0.10 on: adds to `annotations` (map[string]string) those that others stand for. Error
 * "annotation-conflict"; then nothing is added. */
HCSREF_API bool hcsref_process_annotations(hcsref_arena *arena, const hcsref_rules *rules, hcsref_map *annotations,
                                           hcsref_error *err);

/** The shim's whole way from the spec to the request: annotations are processed when the options say so, layers are
 * parsed, the config is checked, the annotations of a pod, the mounts; then hcsref_create_document; then CPU affinity.
 * `documents` may be null. Source: hcsshim cmd/containerd-shim-runhcs-v1 createContainer, internal/hcsoci
 * CreateContainer, allocateWindowsResources. Errors: those of these functions, and "container-type". */
HCSREF_API bool hcsref_create_container(hcsref_arena *arena, hcsref_oci_spec *spec,
                                        const hcsref_create_options *options, const hcsref_host *host,
                                        hcsref_create_request *out, hcsref_documents *documents, hcsref_error *err);

/* ---- inside stage 2; `rules` are hcsshim's in some profile (hcsref_profile_rules), null: the baseline's ---- */

typedef struct hcsref_cpu_limits {
  int32_t count, limit, weight;
} hcsref_cpu_limits;

/** ConvertCPULimits. Errors "cpu-limits-exclusive", "spec-missing". */
HCSREF_API bool hcsref_convert_cpu_limits(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_oci_spec *spec,
                                          int32_t max_cpu_count, hcsref_cpu_limits *out, hcsref_error *err);
/** NormalizeProcessorCount. */
HCSREF_API int32_t hcsref_normalize_processor_count(int32_t requested, int32_t max_cpu_count);
/** The rescaling of a CPU limit from the host's processors to the utility VM's, in wrapping 32-bit arithmetic,
 * clamped to 1 … 10000. Error "uvm-processor-count": the VM has none (upstream divides by zero). */
HCSREF_API bool hcsref_scale_cpu_limit(hcsref_arena *arena, int32_t limit, int32_t host_cpus, int32_t uvm_cpus,
                                       int32_t *out, hcsref_error *err);
/** oci.ParseAnnotationsMemory with the container's annotation: MB, 0 for none. `spec` is not null. */
HCSREF_API uint64_t hcsref_memory_limit_mb(const hcsref_rules *rules, const hcsref_oci_spec *spec);
/** oci.ParseAnnotationsStorageBps and …Iops: 0 for none; may be negative. `spec` is not null. */
HCSREF_API void hcsref_storage_limits(const hcsref_rules *rules, const hcsref_oci_spec *spec, int32_t *bps,
                                      int32_t *iops);
/** A mapped pipe. */
typedef struct hcsref_named_pipe {
  hcsref_str host_path, container_pipe;
  bool in_vm; /* a pipe of the utility VM, not of the host */
} hcsref_named_pipe;

/** Does hcsshim take the source of a mount for a named pipe? Source: uvm.IsPipe. */
HCSREF_API bool hcsref_is_shim_pipe(const hcsref_rules *rules, hcsref_str path);
/** The mapping of a pipe mount; `vm` null: process isolated. `*is_pipe` may be false from 0.13 on, where both ends must
 * be pipes; before, any mount is taken for one. False: out of memory. Source: uvm.ParseNamedPipe, before 0.13
 * GetContainerPipeMapping. */
HCSREF_API bool hcsref_map_named_pipe(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_hosting_system *vm,
                                      hcsref_str source, hcsref_str destination, bool *is_pipe, hcsref_named_pipe *out);

/** What a utility VM is asked to do for a mount. */
typedef enum hcsref_setup_kind {
  HCSREF_SETUP_VSMB,       /* share the folder or file at `path` */
  HCSREF_SETUP_PIPE,       /* share the pipe of the host */
  HCSREF_SETUP_DISK,       /* attach the disk */
  HCSREF_SETUP_MAKE_FOLDER /* make the folder, which is inside the VM */
} hcsref_setup_kind;

typedef struct hcsref_setup_step {
  hcsref_setup_kind kind;
  hcsref_str path;
  bool read_only;
} hcsref_setup_step;

typedef struct hcsref_mounts_setup {
  hcsref_slice steps; /* of hcsref_setup_step, in order */
  hcsref_slice pipes; /* of hcsref_named_pipe; nil before 0.13, where the document finds them */
  hcsref_slice disks; /* of hcsref_v2_mapped_directory: those that the VM was given */
} hcsref_mounts_setup;

/** hcsoci's setupMounts: source and destination present, type known, and what `vm` (null: process isolated) has to do
 * for a container of schema 2.1. Errors "mount-incomplete", "mount-type", "mount-in-vm", "vsmb-share", "disk-attach",
 * "pipe-share", "vm-folder", "spec-missing".
 */
HCSREF_API bool hcsref_setup_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_oci_spec *spec,
                                    const hcsref_hosting_system *vm, hcsref_mounts_setup *out, hcsref_error *err);
/** Is it a HostProcess container? On the host the shim makes a job object of it, and no document at all: the calls
 * above build one all the same, as upstream's function does that is not called then. `rules` are those of hcsshim.
 * Source: hcsshim internal/oci/util.go IsJobContainer. */
HCSREF_API bool hcsref_is_host_process(const hcsref_oci_spec *spec, const hcsref_rules *rules);
/** Its checks of a process-isolated container. Errors "mount-incomplete", "mount-type", "spec-missing". */
HCSREF_API bool hcsref_check_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_oci_spec *spec,
                                    hcsref_error *err);
/** ValidateCPUAffinity, from 0.15.0-rc.2 on: `out` is the spec's affinity, slice of
 * hcsref_oci_windows_cpu_group_affinity, nil for none. Errors "cpu-affinity", "spec-missing". */
HCSREF_API bool hcsref_check_cpu_affinity(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_oci_spec *spec,
                                          const hcsref_host *host, hcsref_slice *out, hcsref_error *err);
/** ospath.Sanitize with the folders of a utility VM that nothing may be mounted over, from 0.15.0-rc.2 on: the clean
 * path. Error "unsafe-path". */
HCSREF_API bool hcsref_sanitize_path(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, hcsref_str *out,
                                     hcsref_error *err);
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
HCSREF_API bool hcsref_dump_count(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_map *annotations,
                                  int32_t *out, hcsref_error *err);
/** The dump folder with a {container_id} or {CONTAINER_ID} suffix replaced by `id`. False: out of memory. */
HCSREF_API bool hcsref_dump_folder(hcsref_arena *arena, hcsref_str folder, hcsref_str id, hcsref_str *out);

/* ---- annotations (hcsshim internal/oci/annotations.go) ----------------------------------------------------- */

/** ParseAnnotationsBool: "true" or "false" in any case, from 0.13 on what strconv.ParseBool accepts, else `fallback`.
 */
HCSREF_API bool hcsref_annotation_bool(const hcsref_rules *rules, const hcsref_map *annotations, hcsref_str key,
                                       bool fallback);
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
