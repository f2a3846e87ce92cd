/* SPDX-License-Identifier: Apache-2.0 */
/* How the tables of inputs are spelt. */
#ifndef FUZZ_MUTATOR_TABLE_H
#define FUZZ_MUTATOR_TABLE_H

#include "hcsref/json.h"

#define FIELD(s, member, name, type)                                                                                   \
  { name, sizeof(name) - 1, offsetof(s, member), &(type), NULL, false, 0, 0, NULL }
#define OBJECT(s, fields)                                                                                              \
  { HCSREF_STRUCT, #s, sizeof(s), NULL, fields, sizeof(fields) / sizeof((fields)[0]), 0, NULL, 0 }
#define POINTER(type)                                                                                                  \
  { HCSREF_POINTER, "*" #type, sizeof(void *), &(type), NULL, 0, 0, NULL, 0 }
#define LIST(type)                                                                                                     \
  { HCSREF_SLICE, "[]" #type, sizeof(hcsref_slice), &(type), NULL, 0, 0, NULL, 0 }
#define MAP(type, entry)                                                                                               \
  { HCSREF_MAP, "map[string]" #type, sizeof(hcsref_map), &(type), NULL, 0, 0, NULL, sizeof(entry) }

#endif
