/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_GOJSON_FIELD_H
#define HCSREF_GOJSON_FIELD_H

#include "hcsref/json.h"

/* hcsref_type_field for a struct type, looking first at the field number `hint` and those behind it: input is
 * mostly in declaration order. */
const hcsref_field *hcsref_field_near(const hcsref_type *type, hcsref_str key, size_t hint);

#endif
