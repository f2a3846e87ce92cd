/* SPDX-License-Identifier: Apache-2.0 */
/** @file SHA-256 (FIPS 180-4), for the digests in the manifest. */
#ifndef KIT_IO_SHA256_H
#define KIT_IO_SHA256_H

#include "hcsref/base.h"

/** 64 hexadecimal digits and a NUL. */
typedef char kit_digest[65];

void kit_sha256(hcsref_str bytes, kit_digest out);

#endif
