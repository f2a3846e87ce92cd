/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_GOJSON_WRITE_H
#define HCSREF_GOJSON_WRITE_H

#include "gojson/scan.h"
#include "release/changes.h"

#include "hcsref/json.h"

/* hcsref_json_append_string_as with rules that are there. */
void hcsref_append_string(hcsref_buf *buf, const hcsref_rules *rules, hcsref_str s);

/* The longest string that hcsref_put_string takes, and the room that it needs for one. */
#define HCSREF_LONGEST_PUT   ((size_t)4096)
#define HCSREF_PUT_ROOM(len) ((len)*2 + HCSREF_SCAN_PADDING + 2)

/* Writes a string at `out`, where there is room for it, and returns what is behind it. Null, and nothing that counts
 * was written, when it needs more than its quotes and doubled backslashes: then it is to be appended. */
char *hcsref_put_string(char *out, hcsref_str s);

/* Appends a value of a kind that documents hardly have: FLOAT64, BYTES, RAW, TIME, GUID. They are apart so that the
 * encoder's common ways stay short. Errors: "json-value"; out of memory only makes the buffer fail. */
bool hcsref_append_rare(hcsref_buf *buf, const hcsref_type *type, const void *value, hcsref_error *err);

/* Appends JSON text without its white space and with HTML characters escaped; false when it is no JSON. Source:
 * encoding/json indent.go compact. */
bool hcsref_append_compact(hcsref_buf *buf, hcsref_str json);

#endif
