/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a spec leads to besides its document: the utility VM of its pod, what that is asked, and its process. */
#ifndef HCSPROOF_TRANSLATE_PARTS_H
#define HCSPROOF_TRANSLATE_PARTS_H

#include "translate/translation.h"

/** Appends the part that `t` wants of `spec` (JSON text) to `out`; null for a part that the spec does not lead to: a VM
 * without Hyper-V isolation, or of a container whose pod has one already. */
bool translation_append_part(const translation *t, hcsref_arena *arena, hcsref_str spec, hcsref_buf *out,
                             hcsref_error *err);

#endif
