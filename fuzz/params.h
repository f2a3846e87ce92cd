/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Inputs of the document targets: the params object of a case, so that a case is a seed and a finding is a case.
 */
#ifndef FUZZ_PARAMS_H
#define FUZZ_PARAMS_H

#include "host.h"

/** Params of "cri-to-oci", and with `options` of the whole pipeline. */
typedef struct cri_params {
  hcsref_oci_spec *spec;
  hcsref_cri_container_config *config;
  hcsref_slice extra_mounts; /**< []*Mount */
  hcsref_str *network_namespace, *credential_spec;
  bool sandbox_shares;
  hcsref_cri_windows_container_resources *resources;
  hcsref_str host;
} cri_params;

typedef struct options_params {
  hcsref_str id, owner, actual_id, actual_owner, network_namespace, schema, hosting_system;
  hcsref_v2_container_credential_guard_state *ccg_state;
  hcsref_slice additional_mounts;
  bool scale_cpu_limits_to_sandbox;
} options_params;

/** Params of "oci-to-hcs" and "create-document". */
typedef struct document_params {
  hcsref_oci_spec *spec;
  options_params options;
  hcsref_str host;
} document_params;

typedef struct pipeline_params {
  cri_params cri;
  options_params options;
} pipeline_params;

/** Params of "cpu-limits", "memory-limit", "storage-limits", "check-mounts", and the numbers of rescaling. */
typedef struct limits_params {
  hcsref_oci_spec *spec;
  int32_t max_cpu_count, limit, host_cpus, uvm_cpus;
} limits_params;

/** Params of "device-extensions". */
typedef struct extensions_params {
  hcsref_map annotations;
  hcsref_str files;
  uint32_t *os_build;
} extensions_params;

/** Params of "assigned-devices". */
typedef struct devices_params {
  hcsref_slice devices; /**< []WindowsDevice */
} devices_params;

extern const hcsref_type params_options_table, params_cri, params_document, params_pipeline, params_limits,
    params_extensions, params_devices, params_rootfs_table;

/** Decodes an input of the table; null when it is none. */
void *params_read(hcsref_arena *arena, hcsref_str text, const hcsref_type *table);

/** Host and options of a document. False: they cannot be read. `host` must not be moved afterwards. */
bool params_options(hcsref_arena *arena, const options_params *in, hcsref_str host_text, fuzz_host *host,
                    hcsref_create_options *out);

/** Settings of stage 1. */
hcsref_cri_settings params_settings(const cri_params *in);

#endif
