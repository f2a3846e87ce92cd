/* SPDX-License-Identifier: Apache-2.0 */
/** @file UTF-8 in somebody else's bytes. Surrogates, overlong forms and what is past U+10FFFF are none (RFC 3629). */
#ifndef HCSPROOF_IO_UTF8_H
#define HCSPROOF_IO_UTF8_H

#include "hcsref/base.h"

/** How many bytes, 1 to 4, the character at the front of `s` has; 0 when the bytes there are none. `s` is not empty. */
size_t utf8_length(hcsref_str s);

/** The same, but 0 for what a terminal might obey too: C0 controls, DEL, and C1 controls (U+0080 to U+009F). */
size_t utf8_printable(hcsref_str s);

/** The front of `s` of at most `width` bytes that ends with no half character, where `s` holds characters. */
hcsref_str utf8_first(hcsref_str s, size_t width);

#endif
