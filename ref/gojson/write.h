/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_GOJSON_WRITE_H
#define HCSREF_GOJSON_WRITE_H

#include "release/changes.h"

#include "hcsref/json.h"

/* hcsref_json_append_string_as with rules that are there. */
void hcsref_append_string(hcsref_buf *buf, const hcsref_rules *rules, hcsref_str s);

/* Appends JSON text without its white space and with HTML characters escaped; false when it is no JSON. Source:
 * encoding/json indent.go compact. */
bool hcsref_append_compact(hcsref_buf *buf, hcsref_str json);

#endif
