/* SPDX-License-Identifier: Apache-2.0 */
/* The building of both documents: what its steps share, and the steps. */
#ifndef HCSREF_HCS_DOCUMENT_H
#define HCSREF_HCS_DOCUMENT_H

#include "hcs/annotations.h"
#include "hcs/kind.h"
#include "hcs/pipes.h"

#include "hcsref/pipeline.h"

/* The registry values of a container: the service timeout, and three for process dumps. */
#define HCSREF_REGISTRY_VALUES 4

/* Both documents and the parts of which there is at most one: one allocation. */
typedef struct hcsref_document_parts {
  hcsref_v1_container_config v1;
  hcsref_v1_hv_runtime hv_runtime;
  hcsref_v2_container v2;
  hcsref_v2_guest_os guest_os;
  hcsref_v2_storage storage;
  hcsref_v2_storage_qos storage_qos;
  hcsref_v2_memory memory;
  hcsref_v2_processor processor;
  hcsref_v2_networking networking;
  hcsref_v2_container_credential_guard_state credential_guard;
  hcsref_v2_registry_changes registry_changes;
  hcsref_v2_registry_value registry_values[HCSREF_REGISTRY_VALUES];
  hcsref_v2_registry_key registry_keys[HCSREF_REGISTRY_VALUES];
} hcsref_document_parts;

/* One call of createWindowsContainerDocument. */
typedef struct hcsref_builder {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  const hcsref_oci_spec *spec;
  const hcsref_oci_windows *windows;
  const hcsref_create_options *options;
  const hcsref_hosting_system *vm; /* null: process isolated */
  const hcsref_host *host;
  hcsref_error *err;
  hcsref_annotations annotations;
  hcsref_container_kind kind;
  hcsref_document_parts *parts;
  hcsref_str root_path; /* of the spec once the documents are built */
  bool whole;           /* set up mounts too */
  bool layers_mounted;  /* are `layers` known, from 0.13 on? */
  hcsref_slice layers;  /* of hcsref_v2_layer */
  hcsref_slice disks;   /* of hcsref_v2_mapped_directory: what is attached to the VM for mounts */
} hcsref_builder;

/* hcsref_oci_to_hcs; `whole`: once the layers are mounted, what setupMounts asks of the mounts is asked too. */
bool hcsref_build_documents(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_create_options *options,
                            const hcsref_host *host, bool whole, hcsref_documents *out, hcsref_error *err);

/* Fails at an item of a list of the spec with the host's own words, or for want of memory when it had none. */
bool hcsref_fail_host(const hcsref_builder *b, const char *code, const char *list, size_t index, const char *member,
                      hcsref_str message);

/* Mounts the layers, from 0.13 on before any document is made. Source: hcsshim internal/layers/wcow_mount.go. */
bool hcsref_mount_layers(hcsref_builder *b);

/* Notes where a field of a document, or all fields of a struct, come from: the rule, then hcsref_format's arguments for
 * the place. Costs a test when nobody asks. */
#define HCSREF_NOTE(b, field, ...)                                                                                     \
  do {                                                                                                                 \
    if ((b)->options->provenance != NULL)                                                                              \
      hcsref_provenance_note((b)->options->provenance, &(field), sizeof(field), __VA_ARGS__);                          \
  } while (0)

/* The steps, in the order of upstream's checks. */
bool hcsref_build_processor(hcsref_builder *b);
bool hcsref_build_memory(hcsref_builder *b);
bool hcsref_build_storage_qos(hcsref_builder *b);
bool hcsref_build_network(hcsref_builder *b);
bool hcsref_build_credentials(hcsref_builder *b);
bool hcsref_build_root(hcsref_builder *b);
bool hcsref_build_layers(hcsref_builder *b);
bool hcsref_build_mounts(hcsref_builder *b);
bool hcsref_build_devices(hcsref_builder *b);
bool hcsref_build_extensions(hcsref_builder *b);
bool hcsref_build_registry(hcsref_builder *b);
bool hcsref_build_isolation(hcsref_builder *b);

#endif
