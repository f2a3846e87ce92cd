/* SPDX-License-Identifier: Apache-2.0 */
/** @file What must hold of a create request. */
#ifndef FUZZ_ENVELOPE_H
#define FUZZ_ENVELOPE_H

#include "support.h"

/** Creates the document of `spec` and checks it: the kind, the id, the version, that the container inside is the one of
 * stage 2, and that a failure touches nothing. Returns the text of the document, or the message of the failure. */
hcsref_str envelope_check(hcsref_arena *arena, hcsref_str input, hcsref_oci_spec *spec,
                          const hcsref_create_options *options, const hcsref_host *host);

#endif
