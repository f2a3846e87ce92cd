/* SPDX-License-Identifier: Apache-2.0 */
/* The container paths that are taken. */
#ifndef HCSREF_CRI_PATH_SET_H
#define HCSREF_CRI_PATH_SET_H

#include "cri/order.h"

typedef struct hcsref_path_set {
  hcsref_sort_item *items;
  size_t count;
} hcsref_path_set;

/* Room for `capacity` paths; false when out of memory. */
bool hcsref_path_set_init(hcsref_arena *arena, size_t capacity, hcsref_path_set *set);
/* Adds a path, at most as many as there is room for. */
void hcsref_path_set_add(hcsref_path_set *set, hcsref_str path);
/* To be called between the last addition and the first question; false when out of memory. */
bool hcsref_path_set_close(hcsref_arena *arena, hcsref_path_set *set);
bool hcsref_path_set_has(const hcsref_path_set *set, hcsref_str path);

#endif
