/* SPDX-License-Identifier: Apache-2.0 */
/** @file What messages and result documents say by number or in words of their own (events.def). */
#ifndef HCSPROOF_EXPLAIN_EVENTS_H
#define HCSPROOF_EXPLAIN_EVENTS_H

#include "hcsref/base.h"

/** An event that the service or a VM worker writes. */
typedef struct explain_event {
  uint64_t id;
  uint32_t result; /**< the code that says more; 0: none */
  const char *what;
} explain_event;

/** Null: an event that is not known. */
const explain_event *explain_event_find(uint64_t id);
/** Who the provider is; null: not known. */
const char *explain_provider(hcsref_str guid);
/** What a step of Attribution is about; null: not known. */
const char *explain_step(hcsref_str name);

/** A word of a message and what it is about. */
typedef struct explain_mention {
  const char *words, *what;
} explain_mention;

/** The `index`-th (from 0) call that `text` names, or null; what it does. */
const explain_mention *explain_call_in(hcsref_str text, size_t index);
/** The `index`-th (from 0) phrase of a program in `text`, or null; the error code that has its rule. */
const explain_mention *explain_phrase_in(hcsref_str text, size_t index);
/** Are `words`, of which there is a letter at least, in `text`, in any case? */
bool explain_holds(hcsref_str text, hcsref_str words);

#endif
