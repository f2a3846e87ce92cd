/* SPDX-License-Identifier: Apache-2.0 */
/* Things by name: each look-up takes time log n whatever the names are. */
#ifndef HCSREF_UVM_TABLE_H
#define HCSREF_UVM_TABLE_H

#include "hcsref/base.h"

struct hcsref_table_node;

/* Starts with zero bytes; its nodes live in the arena of hcsref_table_put. */
typedef struct hcsref_table {
  struct hcsref_table_node *root;
} hcsref_table;

/* What is there by that name, or null. */
void *hcsref_table_find(const hcsref_table *table, hcsref_str name);
/* Adds a name that is not there yet; `name` and `thing` must live as long. False: out of memory. */
bool hcsref_table_put(hcsref_arena *arena, hcsref_table *table, hcsref_str name, void *thing);

#endif
