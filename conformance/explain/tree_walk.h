/* SPDX-License-Identifier: Apache-2.0 */
/** @file Ways through a JSON value and names for its places. */
#ifndef HCSPROOF_EXPLAIN_TREE_WALK_H
#define HCSPROOF_EXPLAIN_TREE_WALK_H

#include "compare/tree.h"

/** The value behind `node` when all of `root` is read from top to bottom; null behind the last. */
const kit_json *explain_next_value(const kit_json *root, const kit_json *node);
/** The JSON pointer that leads from `root` to `node`. False: out of memory. */
bool explain_pointer_to(hcsref_arena *arena, const kit_json *root, const kit_json *node, hcsref_str *out);

/** The path that an event of the service names, $, $.Container.Storage or $.Layers[0].Path, at or behind `*from`, which
 * moves behind it. False: there is none. */
bool explain_path_next(hcsref_str text, size_t *from, hcsref_str *path);
/** What such a path leads to in `root`; null: nothing. */
const kit_json *explain_path_follow(const kit_json *root, hcsref_str path);

#endif
