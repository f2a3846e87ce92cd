/* SPDX-License-Identifier: Apache-2.0 */
/** @file What people have in hand, told from all of its members. */
#ifndef HCSPROOF_INPUT_KIND_H
#define HCSPROOF_INPUT_KIND_H

#include "compare/tree.h"
#include "hcsref/json.h"

typedef enum input_kind {
  INPUT_UNKNOWN,
  INPUT_OCI_SPEC,
  INPUT_CRI_CONTAINER,   /**< a ContainerConfig, as crictl reads it */
  INPUT_CRI_POD,         /**< a PodSandboxConfig */
  INPUT_CRICTL_INSPECT,  /**< what crictl inspect prints: info.runtimeSpec is a container's spec */
  INPUT_CRICTL_INSPECTP, /**< the same of a pod */
  INPUT_CTR_CONTAINER,   /**< what ctr containers info prints: Spec is a container's spec */
  INPUT_DOCKER_INSPECT,  /**< what docker inspect prints of containers */
  INPUT_DOCKER_CREATE,   /**< the body that docker's API gets to create a container */
  INPUT_KUBERNETES,      /**< an object of the Kubernetes API, which no runtime reads */
  INPUT_IMAGE_CONFIG,    /**< of an image, in whatever prints it */
  INPUT_CREDENTIAL_SPEC, /**< of a group Managed Service Account */
  INPUT_HCS_DOCUMENT,    /**< what the Host Compute Service is given, or answers */
  INPUT_CASE,            /**< of a suite */
  INPUT_FOREIGN,         /**< of another program: input/foreign.h says which */
} input_kind;

/** A tree of any kind; an object that is nothing of these is an OCI spec when it has no member that would be wrong
 * there. */
input_kind input_kind_of(const kit_json *tree);
/** Do the programs that print it print several at once? A tree that is a list of them is of their kind. */
bool input_is_listed(input_kind kind);
/** How many members, of the tree and all in it, a table knows and how many not; one of a wrong kind is not known. */
typedef struct input_tally {
  size_t known, unknown;
} input_tally;
input_tally input_count(const kit_json *tree, const hcsref_type *type);
/** Could the object be of that table? It has no members, or as many that the table knows as it does not. */
bool input_fits(const kit_json *tree, const hcsref_type *type);
/** "an OCI spec", "a CRI container config", … */
const char *input_kind_name(input_kind kind);

#endif
