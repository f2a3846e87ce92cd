/* SPDX-License-Identifier: Apache-2.0 */
/** @file IP addresses, prefixes and hardware addresses as the documents of networks write them. */
#ifndef HCSSIM_ADDRESS_H
#define HCSSIM_ADDRESS_H

#include "hcsref/base.h"

/** An address of version 4 (4 bytes) or 6 (16 bytes). */
typedef struct sim_address {
  unsigned char bytes[16];
  uint8_t size; /* 4 or 16 */
} sim_address;

/** "10.0.0.0/8": the bits behind the prefix are zero. */
typedef struct sim_prefix {
  sim_address base;
  uint8_t bits;
} sim_prefix;

/** False: it is no address. Outputs are then untouched. */
bool sim_address_read(hcsref_str text, sim_address *out);
/** False: out of memory. */
bool sim_address_text(hcsref_arena *arena, const sim_address *address, hcsref_str *out);
bool sim_address_equal(const sim_address *a, const sim_address *b);

/** False: it is no prefix. */
bool sim_prefix_read(hcsref_str text, sim_prefix *out);
bool sim_prefix_has(const sim_prefix *prefix, const sim_address *address);
/** How many addresses it has; UINT32_MAX stands for that many and more. */
uint32_t sim_prefix_count(const sim_prefix *prefix);
/** Its address number `n`, counted from 0, which is less than sim_prefix_count. */
sim_address sim_prefix_address(const sim_prefix *prefix, uint32_t n);
/** The number of an address of the prefix. False: it has another version, is not in it, or its number is larger than
 * UINT32_MAX. */
bool sim_prefix_number(const sim_prefix *prefix, const sim_address *address, uint32_t *out);

/** The first number from `first` to `last` that is none of the `count` `numbers`, in time that grows with their count
 * only. False: there is none, or no memory (`*memory` is then false). */
bool sim_first_free(hcsref_arena *arena, const uint64_t *numbers, size_t count, uint64_t first, uint64_t last,
                    uint64_t *out, bool *memory);

/** "00-15-5D-52-C0-00" as a number, with ':' or '-' or nothing between the bytes. */
bool sim_mac_read(hcsref_str text, uint64_t *out);
bool sim_mac_text(hcsref_arena *arena, uint64_t mac, hcsref_str *out);

#endif
