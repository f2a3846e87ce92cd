/* SPDX-License-Identifier: Apache-2.0 */
/** @file From a place of a spec back to the container of docker's that it was made of. */
#ifndef HCSPROOF_INPUT_DOCKER_ORIGIN_H
#define HCSPROOF_INPUT_DOCKER_ORIGIN_H

#include "compare/tree.h"

/** The member of `container`, what docker inspect prints of one or the API's body, that `where`, a pointer into the
 * spec, comes from; empty: none of those that are there. Source: hcsref_docker_to_oci. */
hcsref_str input_find_docker_origin(const kit_json *container, hcsref_str where);

#endif
