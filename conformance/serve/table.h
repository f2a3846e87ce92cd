/* SPDX-License-Identifier: Apache-2.0 */
/* How the tables of params and answers are spelt. An absent member is the zero value; OMIT leaves an empty one out of
 * an answer. */
#ifndef HCSPROOF_SERVE_TABLE_H
#define HCSPROOF_SERVE_TABLE_H

#include "hcsref/json.h"

#define ROW(s, member, name, type, omit)                                                                               \
  { name, sizeof(name) - 1, offsetof(s, member), &(type), NULL, omit, 0, 0, NULL }
#define FIELD(s, member, name, type) ROW(s, member, name, type, false)
#define OMIT(s, member, name, type)  ROW(s, member, name, type, true)
#define OBJECT(s, name, fields)                                                                                        \
  { HCSREF_STRUCT, name, sizeof(s), NULL, fields, sizeof(fields) / sizeof((fields)[0]), 0, NULL, 0 }
#define POINTER(type, name)                                                                                            \
  { HCSREF_POINTER, name, sizeof(void *), &(type), NULL, 0, 0, NULL, 0 }
#define LIST(type, name)                                                                                               \
  { HCSREF_SLICE, name, sizeof(hcsref_slice), &(type), NULL, 0, 0, NULL, 0 }

#endif
