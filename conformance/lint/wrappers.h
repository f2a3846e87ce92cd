/* SPDX-License-Identifier: Apache-2.0 */
/** @file Documents in others: what the kit's own commands and the tools of runtimes print. */
#ifndef KIT_LINT_WRAPPERS_H
#define KIT_LINT_WRAPPERS_H

#include "lint/document.h"

/** Fills `out` when `tree` is known for what is around its documents. Of docker and Kubernetes it has no table. */
bool kit_wrapper_find(const kit_json *tree, kit_document *out);
/** May the type have members that nobody here knows? */
bool kit_is_wrapper(const hcsref_type *type);
/** The wrapper of a request, which says whom it is for. */
const hcsref_type *kit_request_type(const kit_json *wrapper);

#endif
