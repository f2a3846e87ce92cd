/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the pipeline says of a spec, or of what leads to one: what it refuses, lint finds. */
#ifndef KIT_LINT_STAGES_H
#define KIT_LINT_STAGES_H

#include "hcsref/profile.h"
#include "lint/lint.h"

/** Is it a kind that translate takes? */
bool lint_is_translated(const kit_document *document);
/** Translates `text`, which is `document`, as `profile` does (null: baseline), for the default host; `found` gets what
 * is refused, and what leaves no trace. False: out of memory. */
bool lint_stages(hcsref_arena *arena, const kit_document *document, hcsref_str text, const hcsref_profile *profile,
                 void (*found)(void *context, const kit_finding *finding), void *context);

#endif
