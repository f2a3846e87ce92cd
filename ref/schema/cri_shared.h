/* SPDX-License-Identifier: Apache-2.0 */
/* How the tables of the CRI are spelt, and compounds that more than one of their files uses. A field has its protobuf
 * name and, as an alias, the lowerCamelCase of protobuf-JSON. */
#ifndef HCSREF_SCHEMA_CRI_SHARED_H
#define HCSREF_SCHEMA_CRI_SHARED_H

#include "release/changes.h"
#include "schema/table.h"

#define ALIAS(camel)                          static const char *const camel##_names[] = {#camel, NULL}
#define ALIASED(s, member, name, camel, type) FIELD_ROW(s, member, name, type, camel##_names, true)
/* The same for a field that a change of the CRI brought. */
#define NEWER(s, member, name, camel, type, change)                                                                    \
  { name, sizeof(name) - 1, offsetof(s, member), &(type), camel##_names, true, (uint16_t)(change), 0, NULL }

extern const hcsref_type hcsref_cri_id_mapping_ptr_list, hcsref_cri_namespace_mode;

#endif
