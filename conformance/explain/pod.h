/* SPDX-License-Identifier: Apache-2.0 */
/** @file Objects of the Kubernetes API that have pods in them: what they mean on a Windows node (pod_fields.def). */
#ifndef HCSPROOF_EXPLAIN_POD_H
#define HCSPROOF_EXPLAIN_POD_H

#include "compare/tree.h"
#include "explain/page.h"

/** Adds the members of `tree` that a Windows node refuses, ignores or reads in its own way; nothing when it has none.
 */
void explain_pod(explain_page *page, const kit_json *tree);

#endif
