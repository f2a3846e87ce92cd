/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-1 (FIPS 180-4), for name-based identifiers only: not for anything that needs to be secure. */
#ifndef HCSREF_BASE_SHA1_H
#define HCSREF_BASE_SHA1_H

#include "hcsref/base.h"

/* The digest of `first` followed by `second`. */
void hcsref_sha1(hcsref_str first, hcsref_str second, unsigned char digest[20]);

#endif
