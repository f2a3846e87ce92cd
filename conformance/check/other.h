/* SPDX-License-Identifier: Apache-2.0 */
/** @file What was given in a recording's place. */
#ifndef HCSPROOF_CHECK_OTHER_H
#define HCSPROOF_CHECK_OTHER_H

#include "hcsref/base.h"

/** What `text` is, for "this is …", when it is a single document, JSON or YAML, or another program's text and so no
 * recording, which has one JSON object per line. Null: it may be a recording, and so may what memory is short for. */
const char *check_other_than_recording(hcsref_arena *arena, hcsref_str text);

#endif
