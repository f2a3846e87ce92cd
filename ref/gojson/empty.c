/* SPDX-License-Identifier: Apache-2.0 */
#include "gojson/empty.h"

bool hcsref_is_empty_by_value(const hcsref_type *type, const void *value) {
  return type->kind == HCSREF_FLOAT64 ? *(const double *)value == 0.0 : type->length == 0;
}

bool hcsref_json_is_empty(const hcsref_type *type, const void *value) {
  return hcsref_is_empty(type, value);
}
