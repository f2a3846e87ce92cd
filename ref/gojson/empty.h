/* SPDX-License-Identifier: Apache-2.0 */
/* What "omitempty" leaves out. Source: encoding/json encode.go isEmptyValue. */
#ifndef HCSREF_GOJSON_EMPTY_H
#define HCSREF_GOJSON_EMPTY_H

#include "hcsref/json.h"

#include <string.h>

/* Where a kind's emptiness shows: `width` bytes that are zero, `offset` from its start. Width 0: never empty;
 * HCSREF_BY_VALUE: not a matter of bytes. */
typedef struct hcsref_emptiness {
  uint8_t offset, width;
} hcsref_emptiness;

#define HCSREF_BY_VALUE 0xFF

#define HCSREF_WHOLE(type)                                                                                             \
  { 0, sizeof(type) }
#define HCSREF_PART(type, member)                                                                                      \
  { offsetof(type, member), sizeof(((type *)0)->member) }

/* By kind. A GUID is a [16]byte inside a struct upstream, and structs are never empty. */
static const hcsref_emptiness hcsref_emptiness_of[] = {
    [HCSREF_BOOL] = HCSREF_WHOLE(bool),
    [HCSREF_INT8] = HCSREF_WHOLE(int8_t),
    [HCSREF_INT16] = HCSREF_WHOLE(int16_t),
    [HCSREF_INT32] = HCSREF_WHOLE(int32_t),
    [HCSREF_INT64] = HCSREF_WHOLE(int64_t),
    [HCSREF_UINT8] = HCSREF_WHOLE(uint8_t),
    [HCSREF_UINT16] = HCSREF_WHOLE(uint16_t),
    [HCSREF_UINT32] = HCSREF_WHOLE(uint32_t),
    [HCSREF_UINT64] = HCSREF_WHOLE(uint64_t),
    [HCSREF_FLOAT64] = {0, HCSREF_BY_VALUE},
    [HCSREF_STRING] = HCSREF_PART(hcsref_str, len),
    [HCSREF_BYTES] = HCSREF_PART(hcsref_str, len),
    [HCSREF_RAW] = HCSREF_PART(hcsref_str, len),
    [HCSREF_STRUCT] = {0, 0},
    [HCSREF_POINTER] = HCSREF_WHOLE(void *),
    [HCSREF_SLICE] = HCSREF_PART(hcsref_slice, len),
    [HCSREF_ARRAY] = {0, HCSREF_BY_VALUE},
    [HCSREF_MAP] = HCSREF_PART(hcsref_map, len),
    [HCSREF_ANY] = HCSREF_PART(hcsref_value, kind),
    [HCSREF_TIME] = {0, 0},
    [HCSREF_GUID] = {0, 0},
};

/* Of the kinds that are HCSREF_BY_VALUE. */
bool hcsref_is_empty_by_value(const hcsref_type *type, const void *value);

/* hcsref_json_is_empty without the call; the kinds of most fields first. */
static inline bool hcsref_is_empty(const hcsref_type *type, const void *value) {
  const hcsref_emptiness e = hcsref_emptiness_of[type->kind];
  const unsigned char *at = (const unsigned char *)value + e.offset;
  uint64_t wide;
  uint32_t narrow;
  if (e.width == sizeof wide) {
    memcpy(&wide, at, sizeof wide);
    return wide == 0;
  }
  if (e.width == sizeof narrow) {
    memcpy(&narrow, at, sizeof narrow);
    return narrow == 0;
  }
  if (e.width == HCSREF_BY_VALUE)
    return hcsref_is_empty_by_value(type, value);
  return e.width != 0 && (at[0] | at[e.width - 1]) == 0; /* one byte, or two */
}

#endif
