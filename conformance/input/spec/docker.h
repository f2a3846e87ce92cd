/* SPDX-License-Identifier: Apache-2.0 */
/** @file What docker inspect prints, and what docker's API is given to create a container. */
#ifndef HCSPROOF_INPUT_DOCKER_H
#define HCSPROOF_INPUT_DOCKER_H

#include "compare/tree.h"
#include "input/spec/spec.h"

/** The container that `tree` (of kind INPUT_DOCKER_INSPECT or INPUT_DOCKER_CREATE) tells of as the spec that dockerd
 * makes of it, in out->text, with out->dockerd and notes on what neither holds: the file system, the layers
 * of the image, HNS endpoints, credential specs. `profile` has moby or is completed with the newest; an API
 * call's body is completed with the image, as dockerd merges it. Errors: those of
 * hcsref_docker_to_oci and of the codec, with `where` in the container's own object. */
bool input_read_docker(hcsref_arena *arena, const input_setup *setup, const kit_json *tree, const hcsref_host *host,
                       input_spec *out, input_source *source, hcsref_error *err);

#endif
