/* SPDX-License-Identifier: Apache-2.0 */
/* IP addresses as Go reads them. */
#ifndef HCSREF_DOCKER_ADDRESS_H
#define HCSREF_DOCKER_ADDRESS_H

#include "hcsref/base.h"

/* What is wrong with a text that should be an address. */
typedef struct hcsref_address_fault {
  const char *what;
  hcsref_str at; /* the rest of the text where it was noticed; empty: that is not told */
} hcsref_address_fault;

/* Is it an IPv4 or IPv6 address, the latter perhaps with a zone? `fault`: why not. Source: Go netip.ParseAddr. */
bool hcsref_parse_address(hcsref_str text, hcsref_address_fault *fault);

#endif
