/* SPDX-License-Identifier: Apache-2.0 */
/** @file What can be wrong with a document before any Windows host has seen it. */
#ifndef KIT_LINT_LINT_H
#define KIT_LINT_LINT_H

#include "lint/document.h"

typedef enum kit_severity { KIT_WARNING, KIT_ERROR } kit_severity;

/** A rule; `id` is for ever. */
typedef struct kit_rule {
  const char *id;
  kit_severity severity;
  const char *text; /**< what it demands, and where that is from */
} kit_rule;

/** All rules, ended by one without an id. */
extern const kit_rule kit_rules_table[];

/** Something that breaks a rule. Valid during the call that hands it over. */
typedef struct kit_finding {
  const kit_rule *rule;
  hcsref_str pointer, message;
} kit_finding;

/** Most findings of one document that are handed over; the rest is counted in one more. */
#define KIT_MOST_FINDINGS 1000

/** Looks at the whole of `tree` as `document`; `found` gets each finding, outer values first. What lies deeper than
 * KIT_WALK_DEPTH is not looked at, which is a finding. False: out of memory. */
bool kit_lint(hcsref_arena *arena, const kit_document *document, const kit_json *tree,
              void (*found)(void *context, const kit_finding *finding), void *context);

/* ---- between the walk and the rules ------------------------------------------------------------------- */

/** A value and how it was reached. */
typedef struct kit_place {
  const struct kit_place *up;
  hcsref_str key; /* null data: an element */
  size_t index;
} kit_place;

typedef struct kit_linter {
  hcsref_arena *arena;  /* of what lives as long as the document */
  hcsref_arena scratch; /* of a finding while it is handed over */
  uint64_t told;
  size_t depth;
  void (*found)(void *context, const kit_finding *finding);
  void *context;
  bool out_of_memory;
  bool hosted;  /* the container runs in a utility VM: its paths are the VM's; or nobody knows */
  bool partial; /* one of two documents, of which only one is used */
} kit_linter;

/** Hands over a finding at `at`, or at its member `member` when that is not null. The format is hcsref_format's. */
void kit_lint_tell(kit_linter *l, const kit_place *at, const char *member, const char *rule, const char *format, ...);
/** Applies the rules for objects of `type`. */
void kit_lint_object(kit_linter *l, const kit_place *at, const hcsref_type *type, const kit_json *object);

#endif
