/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4), for the digest of a security policy. */
#ifndef HCSREF_BASE_SHA256_H
#define HCSREF_BASE_SHA256_H

#include "hcsref/base.h"

void hcsref_sha256(hcsref_str data, unsigned char digest[32]);

#endif
