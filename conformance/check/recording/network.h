/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which schema a document has that a recording's client handed to the network service. */
#ifndef KIT_CHECK_RECORDING_NETWORK_H
#define KIT_CHECK_RECORDING_NETWORK_H

#include "compare/tree.h"

/** The argument of `call` that is a document, or null when the call has none. */
const char *network_member(hcsref_str call);
/** The schema of the document `tree`, with which `call` was made with the arguments `in`; null: none is known. */
const char *network_schema(hcsref_str call, const kit_json *in, const kit_json *tree);

#endif
