/* SPDX-License-Identifier: Apache-2.0 */
/** @file Patterns of names. */
#ifndef KIT_RUN_CASES_GLOB_H
#define KIT_RUN_CASES_GLOB_H

#include "hcsref/base.h"

/** Does `text` match `pattern`? `*` is any run of characters (slashes too), `?` any one, `[a-z]` one of a set,
 * `[!a-z]` one outside it. The whole text must match. */
bool kit_glob(hcsref_str pattern, hcsref_str text);

#endif
