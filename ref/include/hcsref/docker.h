/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What dockerd does on Windows with its own executor ("local", the default without a containerd address): the OCI spec
 * of a container, the schema 1 document that creates it, and the documents of its processes. With containerd behind it,
 * dockerd makes the same spec and hands that on.
 *
 * Strings are never copied without need: what a call makes may point into its input and the host's answers. A call that
 * fails leaves its outputs as they were. `err` may be null. Codes besides "out-of-memory":
 *
 *   spec-missing, windows-missing, root-missing, root-path-empty, process-missing: upstream dereferences nil
 *   linux-section           the spec has a Linux section
 *   layer-folders-missing   it has fewer than two layer folders
 *   uvm-path-given          it names the image of the utility VM
 *   uvm-folder-missing      no read-only layer has the image of a utility VM
 *   uvm-folder              the host could not tell whether one has
 *   root-path-given         a root path, where the container runs in a utility VM
 *   root-readonly           the root is to be read-only
 *   layer-id                the host gave no id for a layer folder
 *   mount-type              a mount has a type
 *   pipes-unsupported       named pipes before build 16299
 *   devices-in-vm           devices, where the container runs in a utility VM
 *   devices-unsupported     devices before build 17763
 *   device-type             a device is not an interface class
 *
 * and `where` is a JSON pointer into the spec.
 */
#ifndef HCSREF_DOCKER_H
#define HCSREF_DOCKER_H

#include "hcsref/docker_api.h"
#include "hcsref/host.h"
#include "hcsref/oci.h"
#include "hcsref/profile.h"
#include "hcsref/provenance.h"
#include "hcsref/schema1.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The document that creates the container `id`: in `arena`, of hcsref_type_v1_container_config. The host is asked for
 * its processors, its build, the ids of layers, and whether `LAYER\UtilityVM` is there. Source: moby
 * libcontainerd/local/local_windows.go createWindows. */
HCSREF_API bool hcsref_docker_document(hcsref_arena *arena, const hcsref_oci_spec *spec, hcsref_str id,
                                       const hcsref_profile *profile, const hcsref_host *host,
                                       hcsref_v1_container_config **out, hcsref_error *err);

/** Notes where each field of a document that was made of that spec comes from. */
HCSREF_API void hcsref_docker_explain(const hcsref_oci_spec *spec, const hcsref_v1_container_config *document,
                                      hcsref_provenance *notes);
/** The same of the document of a process that was made of `from`, which is at `above` of what its author knows. */
HCSREF_API void hcsref_docker_explain_process(const hcsref_oci_process *from, const char *above,
                                              const hcsref_v1_process_config *process, hcsref_provenance *notes);

/** The document of the container's first process (`exec` null), or of one that is started in it later. Source: moby
 * libcontainerd/local/local_windows.go Start, Exec. */
HCSREF_API bool hcsref_docker_process(hcsref_arena *arena, const hcsref_oci_spec *spec, const hcsref_oci_process *exec,
                                      hcsref_v1_process_config *out, hcsref_error *err);

/* ---- the OCI spec --------------------------------------------------------------------------------------------- */

/** Is there a value of that name in the registry? */
typedef enum hcsref_docker_registry_status {
  HCSREF_DOCKER_REGISTRY_OK,
  HCSREF_DOCKER_REGISTRY_NO_KEY,   /**< the key of credential specs cannot be opened */
  HCSREF_DOCKER_REGISTRY_NO_VALUE, /**< the key has no such value */
  HCSREF_DOCKER_REGISTRY_FAILED
} hcsref_docker_registry_status;

/** What dockerd asks of its host when it makes a spec: of `host` only its processors, its build, stat and read_file,
 * and what only dockerd asks. Failure messages as in hcsref/host.h. */
typedef struct hcsref_docker_host {
  const hcsref_host *host;
  /** Is it a client edition of Windows? */
  bool (*is_client)(void *ctx);
  /** A credential spec of the registry, from HCSREF_DOCKER_REGISTRY_KEY. */
  hcsref_docker_registry_status (*registry_value)(void *ctx, hcsref_arena *arena, hcsref_str name, hcsref_str *value,
                                                  hcsref_str *message);
  void *ctx;
} hcsref_docker_host;

/** Below HKEY_LOCAL_MACHINE. Source: moby daemon/oci_windows.go credentialSpecRegistryLocation. */
#define HCSREF_DOCKER_REGISTRY_KEY                                                                                     \
  "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Virtualization\\Containers\\CredentialSpecs"

/** A network that the container is in, as its driver tells. */
typedef struct hcsref_docker_network {
  hcsref_str *hnsid;    /**< HNS endpoint; null: the driver has none */
  hcsref_str *gw_hnsid; /**< that of the gateway, likewise */
  bool allow_unqualified_dns;
  bool missing; /**< the network, its endpoint or its facts cannot be had: it is passed over */
} hcsref_docker_network;

/** A volume that is there already. */
typedef struct hcsref_docker_volume {
  hcsref_str source; /**< its folder on the host */
  hcsref_str destination;
  bool rw;
} hcsref_docker_volume;

/** What dockerd knows when it makes a spec. */
typedef struct hcsref_docker_input {
  const hcsref_docker_config *config;           /**< null: none */
  const hcsref_docker_host_config *host_config; /**< null: none */
  const hcsref_docker_config *image_config;     /**< null: the image has none */
  hcsref_str image_os;                          /**< empty: windows */
  hcsref_str id;                                /**< of the container */
  hcsref_str base_fs;                           /**< where its file system is mounted */
  hcsref_slice layer_folders;                   /**< []string: top layer first, its own folder last */
  const hcsref_str *layer_folders_error;        /**< they cannot be had, and why; null: they can */
  bool created;                                 /**< the API has taken the configuration: it is not validated again */
  bool has_been_started_before;
  hcsref_str network_shared_container_id;
  hcsref_slice shared_endpoints;  /**< []string */
  const hcsref_map *configs;      /**< map[string]string: the configs of a swarm container; null: it is none */
  hcsref_slice volumes;           /**< of hcsref_docker_volume */
  hcsref_slice networks;          /**< of hcsref_docker_network */
  hcsref_str default_isolation;   /**< of the daemon */
  hcsref_slice daemon_dns_search; /**< []string */
  hcsref_str root;                /**< the daemon's folder */
} hcsref_docker_input;

/** What comes of it. */
typedef struct hcsref_docker_result {
  hcsref_oci_spec *spec;
  hcsref_slice warnings; /**< []string: what the API tells the user; nil when there is none */
} hcsref_docker_result;

/** Decode the parts of a request to create a container, or an image's config, as the release's own types take them.
 * Errors as hcsref_json_decode, with what the API says of a request in front of Go's words; "json-value" too for a port
 * or an address that cannot be parsed. */
HCSREF_API bool hcsref_docker_decode_config(hcsref_arena *arena, hcsref_str text, const hcsref_profile *profile,
                                            hcsref_docker_config *out, hcsref_error *err);
HCSREF_API bool hcsref_docker_decode_image(hcsref_arena *arena, hcsref_str text, const hcsref_profile *profile,
                                           hcsref_docker_config *out, hcsref_error *err);
HCSREF_API bool hcsref_docker_decode_host_config(hcsref_arena *arena, hcsref_str text, const hcsref_profile *profile,
                                                 hcsref_docker_host_config *out, hcsref_error *err);

/** From docker's configuration to the spec that dockerd's executor or containerd gets: validation by the API, the
 * daemon's settings, the image's part, mounts, and the spec. Mounts of equal depth, which upstream puts in no order at
 * all, stay in that of volumes, binds and mounts. Codes of errors:
 *
 *   docker-config    the configuration is refused; the message is upstream's
 *   docker-mount     a bind or a mount is refused
 *   docker-volume    the folder of a volume is not among `volumes` (upstream asks its volume service)
 *   docker-image     the image is for another operating system
 *   docker-layers    the layer folders or the file system cannot be had
 *   docker-credential-spec, docker-device
 *
 * `where` is a JSON pointer that begins with /config, /host_config, /image or /container. Source: moby
 * runconfig/config.go, daemon/container.go, daemon/create.go, volume/mounts/windows_parser.go,
 * daemon/oci_windows.go createSpec. */
HCSREF_API bool hcsref_docker_to_oci(hcsref_arena *arena, const hcsref_docker_input *input,
                                     const hcsref_profile *profile, const hcsref_docker_host *host,
                                     hcsref_docker_result *out, hcsref_error *err);

#ifdef __cplusplus
}
#endif

#endif
