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

/** What was being done when something failed: general codes mean something else in each. */
typedef enum explain_activity {
  EXPLAIN_ANY,
  EXPLAIN_CONTAINER, /**< creating, starting or changing a container */
  EXPLAIN_PROCESS,   /**< starting a process in one */
  EXPLAIN_LAYERS,    /**< unpacking, mounting or removing layers */
  EXPLAIN_NETWORK,   /**< HNS, HCN, CNI */
  EXPLAIN_IDENTITY,  /**< accounts */
  EXPLAIN_VM,        /**< making or running a VM */
  EXPLAIN_GUEST,     /**< asking the guest of a VM */
  EXPLAIN_DAEMON     /**< connecting to containerd or dockerd */
} explain_activity;

/** Words of a message and what they are about. */
typedef struct explain_mention {
  const char *words, *what;
  const char *look;          /**< what to look at first; null: nothing in particular */
  explain_activity activity; /**< of a call */
} explain_mention;

/** The `index`-th (from 0) call that `text` names, or null; what it does. */
const explain_mention *explain_call_in(hcsref_str text, size_t index);
/** The `index`-th (from 0) saying in `text`, or null. */
const explain_mention *explain_saying_in(hcsref_str text, size_t index);
/** How a process ended, by a saying that counts where nothing else is known of `text`; null: nothing. */
const explain_mention *explain_ending_in(hcsref_str text);
/** The `index`-th (from 0) phrase of a program in `text`, or null; the error code that has its rule. */
const explain_mention *explain_phrase_in(hcsref_str text, size_t index);
/** Are `words`, of which there is a letter at least, in `text`, in any case? */
bool explain_holds(hcsref_str text, hcsref_str words);

#endif
