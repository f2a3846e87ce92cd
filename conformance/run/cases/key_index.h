/* SPDX-License-Identifier: Apache-2.0 */
/** @file Finding an item of a slice by its key: the hcsref_str that each item begins with. */
#ifndef KIT_RUN_CASES_KEY_INDEX_H
#define KIT_RUN_CASES_KEY_INDEX_H

#include "hcsref/json.h"

/** Of `size` bytes an item. Slots are numbers of items from 1, by the hash of the key; 0: free. They are as many as
 * `fewest` at least, a power of two. */
typedef struct kit_key_index {
  hcsref_slice slots; /**< of size_t */
  size_t size, fewest;
} kit_key_index;

/** Makes room for one item more than `items` has. False: out of memory, and the index is as it was. */
bool kit_key_index_make_room(hcsref_arena *arena, kit_key_index *index, const hcsref_slice *items);
/** The slot of a key: that of the item which has it, or a free one for the next. Room has been made. */
size_t *kit_key_index_slot(const kit_key_index *index, const hcsref_slice *items, hcsref_str key);

#endif
