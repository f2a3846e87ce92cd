/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_PATH_PARTS_H
#define HCSREF_PATH_PARTS_H

#include "hcsref/base.h"

/* hcsref_path_parts of a path that is clean already. */
size_t hcsref_parts_of_clean(hcsref_str clean);

#endif
