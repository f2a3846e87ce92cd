/* SPDX-License-Identifier: Apache-2.0 */
/** @file What can be wrong with a document before any Windows host has seen it. */
#ifndef KIT_LINT_LINT_H
#define KIT_LINT_LINT_H

#include "lint/document.h"

/** A note is for the reader; it never counts. */
typedef enum kit_severity { KIT_NOTE, KIT_WARNING, KIT_ERROR } kit_severity;

/** A rule; `id` is for ever. */
typedef struct kit_rule {
  const char *id;
  kit_severity severity;
  const char *text; /**< what it demands, and where that is from */
} kit_rule;

/** All rules, ended by one without an id. */
extern const kit_rule kit_rules_table[];
/** The rule of that id, which there is. */
const kit_rule *kit_rule_find(const char *id);
/** "note", "warning", "error". */
const char *kit_severity_name(kit_severity severity);

/** Something that breaks a rule. Valid during the call that hands it over. */
typedef struct kit_finding {
  const kit_rule *rule;
  hcsref_str pointer, message;
  bool key;        /**< the key is meant, not its value */
  hcsref_str mend; /**< the JSON text that should stand there instead; null data: not certain. Empty: nothing should */
} kit_finding;

/** Most findings of one document that are handed over; the rest is counted in one more. */
#define KIT_MOST_FINDINGS 1000

/** Looks at the whole of `tree` as `document`; `found` gets each finding, outer values first. What lies deeper than
 * KIT_WALK_DEPTH is not looked at, which is a finding. False: out of memory. */
bool kit_lint(hcsref_arena *arena, const kit_document *document, const kit_json *tree,
              void (*found)(void *context, const kit_finding *finding), void *context);

#endif
