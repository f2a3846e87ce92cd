/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_DOCKER_ADDRESS_H
#define HCSREF_DOCKER_ADDRESS_H

#include "hcsref/base.h"

/* Is it an IPv4 or IPv6 address, without a zone? Source: Go net.ParseIP. */
bool hcsref_is_ip_address(hcsref_str text);

#endif
