/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The scripted host of dockerd's first stage: answers from the `host` object of a docker-to-oci case (its members are
 * listed in docs/cases.md).
 */
#ifndef HCSREF_DOCKER_SCRIPT_H
#define HCSREF_DOCKER_SCRIPT_H

#include "hcsref/docker.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Builds the host of a `host` object (`text` empty or "null": all defaults). A path, a file or a registry value that
 * it does not mention is not there. Errors as hcsref_json_decode, with `where` inside the host object, and
 * "host-script" for a value of no known form. */
HCSREF_API bool hcsref_docker_script_load(hcsref_arena *arena, hcsref_str text, hcsref_docker_host *out,
                                          hcsref_error *err);

#ifdef __cplusplus
}
#endif

#endif
