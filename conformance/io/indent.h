/* SPDX-License-Identifier: Apache-2.0 */
/** @file JSON text for people. */
#ifndef HCSPROOF_IO_INDENT_H
#define HCSPROOF_IO_INDENT_H

#include "hcsref/base.h"

/** Appends `json` (valid and without white space between tokens) indented by two spaces; empty objects and arrays stay
 * closed, numbers and strings are as they were. */
void indent_json(hcsref_buf *out, hcsref_str json);

#endif
