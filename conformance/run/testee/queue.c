/* SPDX-License-Identifier: Apache-2.0 */
#include "run/testee/queue.h"

#include <stdlib.h>
#include <string.h>

/* An empty queue keeps no more than this. */
#define KEPT_ROOM ((size_t)1 << 18)

static void move_to_front(kit_queue *q) {
  if (q->first == 0 || q->data == NULL)
    return;
  memmove(q->data, q->data + q->first, q->last - q->first);
  q->last -= q->first;
  q->first = 0;
}

char *kit_queue_room(kit_queue *q, size_t size) {
  size_t room;
  char *data;
  if (q->room - q->last >= size && q->data != NULL)
    return q->data + q->last;
  /* Moving pays when at least half was taken; else every append could move everything. */
  if (q->first >= q->last - q->first)
    move_to_front(q);
  if (q->room - q->last >= size && q->data != NULL)
    return q->data + q->last;
  if (size > SIZE_MAX / 4 || q->last > SIZE_MAX / 4)
    return NULL;
  room = q->room * 2 > q->last + size ? q->room * 2 : q->last + size;
  data = realloc(q->data, room);
  if (data == NULL)
    return NULL;
  q->data = data;
  q->room = room;
  return data + q->last;
}

void kit_queue_grew(kit_queue *q, size_t size) {
  q->last += size;
}

bool kit_queue_append(kit_queue *q, hcsref_str bytes) {
  char *room;
  if (bytes.len == 0)
    return true;
  room = kit_queue_room(q, bytes.len);
  if (room == NULL)
    return false;
  memcpy(room, bytes.data, bytes.len);
  q->last += bytes.len;
  return true;
}

hcsref_str kit_queue_bytes(const kit_queue *q) {
  return hcsref_str_from(q->data == NULL ? NULL : q->data + q->first, q->last - q->first);
}

void kit_queue_drop(kit_queue *q, size_t size) {
  q->first += size;
  if (q->first == q->last)
    kit_queue_clear(q);
}

void kit_queue_clear(kit_queue *q) {
  if (q->room > KEPT_ROOM)
    kit_queue_free(q);
  q->first = q->last = 0;
}

void kit_queue_free(kit_queue *q) {
  free(q->data);
  memset(q, 0, sizeof(*q));
}
