/* SPDX-License-Identifier: Apache-2.0 */
/* Values that are text in JSON: times, GUIDs, bytes in base64. */
#ifndef HCSREF_GOJSON_TEXT_H
#define HCSREF_GOJSON_TEXT_H

#include "hcsref/json.h"

/* Reads a JSON text as time.Time's UnmarshalJSON does; false with a message like Go's. `message` is empty when
 * memory ran out. */
bool hcsref_time_parse(hcsref_arena *arena, hcsref_str json, hcsref_time *out, hcsref_str *message);
/* Appends the quoted RFC 3339 text. */
void hcsref_time_append(hcsref_buf *buf, const hcsref_time *time);

/* 8-4-4-4-12 hexadecimal digits in either case, nothing else. Source: go-winio pkg/guid FromString. */
bool hcsref_guid_parse(hcsref_str text, hcsref_guid *out);
/* Appends the lower-case text without quotes. */
void hcsref_guid_append(hcsref_buf *buf, const hcsref_guid *guid);

/* Decodes standard base64 with padding; line breaks are passed over. On failure *bad is the offset that Go
 * names; SIZE_MAX: out of memory. Source: encoding/base64 StdEncoding. */
bool hcsref_base64_decode(hcsref_arena *arena, hcsref_str text, hcsref_str *out, size_t *bad);
/* Appends the encoded text without quotes. */
void hcsref_base64_append(hcsref_buf *buf, hcsref_str bytes);

#endif
