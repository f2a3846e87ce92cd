/* SPDX-License-Identifier: Apache-2.0 */
/* The building of dockerd's document: what its steps share, and the steps. */
#ifndef HCSREF_DOCKER_DOCUMENT_H
#define HCSREF_DOCKER_DOCUMENT_H

#include "hcsref/docker.h"
#include "release/changes.h"

/* One call of createWindows. */
typedef struct hcsref_docker_builder {
  hcsref_arena *arena;
  const hcsref_oci_spec *spec;
  const hcsref_oci_windows *windows;
  const hcsref_rules *rules;
  const hcsref_host *host;
  hcsref_v1_container_config *out;
  hcsref_error *err;
} hcsref_docker_builder;

/* Fails with a fixed text at a place of the spec. */
bool hcsref_docker_fail(const hcsref_docker_builder *b, const char *code, const char *where, const char *message);

bool hcsref_docker_build_vm(hcsref_docker_builder *b);
bool hcsref_docker_build_layers(hcsref_docker_builder *b);
bool hcsref_docker_build_mounts(hcsref_docker_builder *b);
bool hcsref_docker_build_devices(hcsref_docker_builder *b);

#endif
