/* SPDX-License-Identifier: Apache-2.0 */
/** @file UTF-8 in somebody else's bytes. Surrogates, overlong forms and what is past U+10FFFF are none (RFC 3629). */
#ifndef HCSPROOF_IO_UTF8_H
#define HCSPROOF_IO_UTF8_H

#include "hcsref/base.h"

/** Bytes of the longest escape, with its end. */
#define UTF8_ESCAPE 12

/** How many bytes, 1 to 4, the character at the front of `s` has; 0 when the bytes there are none. `s` is not empty. */
size_t utf8_length(hcsref_str s);

/** The same, but 0 for what a terminal might obey, C0 controls, DEL and C1 controls (U+0080 to U+009F), and for what
 * nobody sees though it changes what is seen: Unicode's Default_Ignorable_Code_Point (bidirectional controls, joiners,
 * variation selectors, tags), line separators and interlinear annotations. */
size_t utf8_printable(hcsref_str s);

/** How the character at the front of `s`, which utf8_printable refuses, is shown: \xNN for a byte of ASCII or one that
 * is no character, \uNNNN or \UNNNNNNNN for others. Returns how many bytes of `s` that is. */
size_t utf8_escape(hcsref_str s, char out[UTF8_ESCAPE]);

/** The front of `s` of at most `width` bytes that ends with no half character, where `s` holds characters. */
hcsref_str utf8_first(hcsref_str s, size_t width);

#endif
