/* SPDX-License-Identifier: Apache-2.0 */
/** @file Bytes on their way into or out of a process. */
#ifndef KIT_RUN_TESTEE_QUEUE_H
#define KIT_RUN_TESTEE_QUEUE_H

#include "hcsref/base.h"

/** Appended at the end, taken from the front. Zero bytes: empty. */
typedef struct kit_queue {
  char *data;
  size_t room, first, last; /* what is in it: data[first] … data[last - 1] */
} kit_queue;

/** Makes room for `size` bytes behind the last; null when out of memory. Follow with kit_queue_grew. */
char *kit_queue_room(kit_queue *queue, size_t size);
/** `size` bytes were written to that room. */
void kit_queue_grew(kit_queue *queue, size_t size);
/** Appends; false when out of memory. */
bool kit_queue_append(kit_queue *queue, hcsref_str bytes);
/** All that is in it; valid until the next change. */
hcsref_str kit_queue_bytes(const kit_queue *queue);
/** Drops `size` bytes from the front. */
void kit_queue_drop(kit_queue *queue, size_t size);
/** Forgets all of it; memory of more than a few pages is given back. */
void kit_queue_clear(kit_queue *queue);
void kit_queue_free(kit_queue *queue);

#endif
