/* SPDX-License-Identifier: Apache-2.0 */
/** @file SHA-1 (FIPS 180-4), for name-based identifiers only: not for anything that needs to be secure. */
#ifndef HCSPROOF_TRANSLATE_SHA1_H
#define HCSPROOF_TRANSLATE_SHA1_H

#include "hcsref/json.h"

/** The digest of `first` followed by `second`. */
void sha1_digest(hcsref_str first, hcsref_str second, unsigned char digest[20]);

/** The name-based identifier of `name` in `space`: RFC 9562, version 5. */
hcsref_guid sha1_guid(const unsigned char space[16], hcsref_str name);

#endif
