/* SPDX-License-Identifier: Apache-2.0 */
/* How the tables are spelt. KEEP: always written; OMIT: Go's "omitempty"; OPAQUE: a Go type that is not described
 * here, so that any JSON will do. */
#ifndef HCSREF_SCHEMA_TABLE_H
#define HCSREF_SCHEMA_TABLE_H

#include "hcsref/json.h"

#define FIELD_ROW(s, member, name, type, aliases, omit)                                                                \
  { name, sizeof(name) - 1, offsetof(s, member), &(type), aliases, omit, 0, 0, NULL }
#define KEEP(s, member, name, type) FIELD_ROW(s, member, name, type, NULL, false)
#define OMIT(s, member, name, type) FIELD_ROW(s, member, name, type, NULL, true)
/* SINCE: a field that a change of upstream brought; UNTIL: one that a change took away; BETWEEN: both. */
#define BETWEEN(s, member, name, type, omit, since, until)                                                             \
  { name, sizeof(name) - 1, offsetof(s, member), &(type), NULL, omit, (uint16_t)(since), (uint16_t)(until), NULL }
/* INSIDE: a field of a struct that is embedded in this one; INSIDE_UNTIL: one that a change took away. */
#define INSIDE_UNTIL(embedded, s, member, name, type, omit, until)                                                     \
  { name, sizeof(name) - 1, offsetof(s, member), &(type), NULL, omit, 0, (uint16_t)(until), embedded }
#define INSIDE(embedded, s, member, name, type, omit) INSIDE_UNTIL(embedded, s, member, name, type, omit, 0)
#define SINCE(s, member, name, type, omit, change)    BETWEEN(s, member, name, type, omit, change, 0)
#define UNTIL(s, member, name, type, omit, change)    BETWEEN(s, member, name, type, omit, 0, change)
#define STRUCT(s, go_name, fields)                                                                                     \
  { HCSREF_STRUCT, go_name, sizeof(s), NULL, fields, sizeof(fields) / sizeof((fields)[0]), 0, NULL, 0 }
#define EMPTY_STRUCT(s, go_name)                                                                                       \
  { HCSREF_STRUCT, go_name, sizeof(s), NULL, NULL, 0, 0, NULL, 0 }
#define POINTER_TO(type, go_name)                                                                                      \
  { HCSREF_POINTER, go_name, sizeof(void *), &(type), NULL, 0, 0, NULL, 0 }
#define SLICE_OF(type, go_name)                                                                                        \
  { HCSREF_SLICE, go_name, sizeof(hcsref_slice), &(type), NULL, 0, 0, NULL, 0 }
#define ARRAY_OF(type, c_type, n, go_name)                                                                             \
  { HCSREF_ARRAY, go_name, (n) * sizeof(c_type), &(type), NULL, 0, n, NULL, 0 }
#define MAP_TO(type, entry, key, go_name)                                                                              \
  { HCSREF_MAP, go_name, sizeof(hcsref_map), &(type), NULL, 0, 0, key, sizeof(entry) }
#define NAMED(kind, c_type, go_name)                                                                                   \
  { kind, go_name, sizeof(c_type), NULL, NULL, 0, 0, NULL, 0 }
#define OPAQUE(go_name) NAMED(HCSREF_ANY, hcsref_value, go_name)

#endif
