/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_HCS_TEST_REGISTRY_H
#define HCSREF_HCS_TEST_REGISTRY_H

#include "hcs/annotations.h"

/* The registry values of the annotation for tests that a container may set: slice of hcsref_v2_registry_value. What
 * cannot be read is as good as absent, and a value that is not allowed is left out. False: out of memory. */
bool hcsref_read_test_registry(hcsref_arena *arena, const hcsref_annotations *annotations, hcsref_slice *out);

#endif
