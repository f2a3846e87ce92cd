/* SPDX-License-Identifier: Apache-2.0 */
/** @file The names of an object's members, at a glance. */
#ifndef KIT_COMPARE_NAME_H
#define KIT_COMPARE_NAME_H

#include <stddef.h>
#include <stdint.h>

/** What two names have in common if they are the same: a bit for the first byte and the length. */
static inline uint16_t kit_name_bit(const char *name, size_t length) {
  return (uint16_t)(1u << (length == 0 ? 0 : ((unsigned char)name[0] + 7 * length) % 16));
}

#endif
