/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is probably the matter with a text that is no JSON or YAML: the mistakes that people make by hand. */
#ifndef HCSPROOF_INPUT_HINT_H
#define HCSPROOF_INPUT_HINT_H

#include "hcsref/base.h"

/** A sentence without its full stop, or null. `offset` is that of the byte that was not expected. */
const char *input_json_hint(hcsref_str text, size_t offset);
const char *input_yaml_hint(hcsref_str text, size_t offset);

#endif
