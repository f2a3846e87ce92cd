/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_GOJSON_HTML_H
#define HCSREF_GOJSON_HTML_H

#include "hcsref/base.h"

/* What an encoder with SetEscapeHTML(false) writes, from what json.Marshal wrote: &, < and > as themselves. False: out
 * of memory. Source: encoding/json encode.go. */
bool hcsref_json_plain_html(hcsref_arena *arena, hcsref_str text, hcsref_str *out);

#endif
