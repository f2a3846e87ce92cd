/* SPDX-License-Identifier: Apache-2.0 */
/** @file Values of messages that are not JSON, written as JSON. */
#ifndef HCSPROOF_INPUT_JSON_VALUE_H
#define HCSPROOF_INPUT_JSON_VALUE_H

#include "hcsref/json.h"

/** Appends `text` (UTF-8) as a string. */
void input_json_string(hcsref_buf *out, hcsref_str text);
/** Appends a value that stands there without quotes as `type` has it; null: as it looks. False, and nothing is
 * appended: a value that its field does not take, such as the name of an enumerator. */
bool input_json_scalar(hcsref_buf *out, hcsref_str text, const hcsref_type *type);

#endif
