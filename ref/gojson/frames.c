/* SPDX-License-Identifier: Apache-2.0 */
/* Room for the containers that are open while a text is decoded. */
#include "base/arena.h"
#include "gojson/decoder.h"

#include <string.h>

#define FIRST_FRAMES 16

bool hcsref_grow_frames(decoder *d) {
  size_t cap = d->frame_cap == 0 ? FIRST_FRAMES : d->frame_cap * 2;
  frame *frames;
  if (d->depth == HCSREF_JSON_MAX_DEPTH)
    return false;
  frames = hcsref_arena_take(d->arena, cap * sizeof(frame));
  if (frames == NULL)
    return hcsref_decoder_starves(d);
  if (d->depth != 0)
    memcpy(frames, d->frames, d->depth * sizeof(frame));
  d->frames = frames;
  d->frame_cap = cap < HCSREF_JSON_MAX_DEPTH ? cap : HCSREF_JSON_MAX_DEPTH;
  return true;
}
