/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_BASE_LOWER_H
#define HCSREF_BASE_LOWER_H

#include "hcsref/base.h"

/* Does strings.ToLower of `text` begin with `prefix`, which is ASCII in lower case? Then `*rest` is what follows in
 * `text`. Two letters outside ASCII have a lower case inside: U+0130 is an i and U+212A a k. Source: Go unicode
 * ToLower. */
bool hcsref_lower_has_prefix(hcsref_str text, hcsref_str prefix, hcsref_str *rest);

#endif
