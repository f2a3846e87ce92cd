/* SPDX-License-Identifier: Apache-2.0 */
/* The bridge to a guest, from both ends: the input is a stream of frames, and its lines are what a guest answers. */
#include "support.h"

#include "hcsref/bridge.h"

#include <string.h>

#define MOST_ANSWERS 16

/* Frames of the stream, one after another: what is read is written back the same. Returns how many. */
static size_t read_frames(hcsref_arena *arena, hcsref_str stream) {
  size_t count = 0, used;
  hcsref_frame frame;
  hcsref_error err = {0};
  while (hcsref_frame_read(arena, stream, &frame, &used, &err)) {
    hcsref_buf again = {.arena = arena};
    REQUIRE(used >= HCSREF_FRAME_HEADER && used <= HCSREF_FRAME_LIMIT && used <= stream.len, "%u bytes",
            (uint64_t)used);
    REQUIRE(hcsref_frame_append(&again, &frame), "a frame that was read can be written");
    REQUIRE_SAME(hcsref_buf_str(&again), hcsref_str_first(stream, used), "the frame");
    stream = hcsref_str_skip(stream, used);
    count++;
  }
  if (used == 0)
    REQUIRE(err.code == NULL, "a part of a frame is no error");
  else
    fuzz_check_error(&err);
  return count;
}

typedef struct guest {
  hcsref_str answers[MOST_ANSWERS];
  size_t count, next;
  uint64_t frames;
} guest;

static bool exchange(void *ctx, hcsref_arena *arena, const hcsref_frame *frame, hcsref_str *answer) {
  guest *g = ctx;
  hcsref_str payload = frame->payload;
  (void)arena;
  REQUIRE(frame->id == g->frames++, "frames are numbered");
  REQUIRE(payload.len > 0 && payload.data[payload.len - 1] == '\n', "a payload is a line");
  REQUIRE(hcsref_json_valid(fuzz_arena(FUZZ_SCRATCH), hcsref_str_first(payload, payload.len - 1), HCSREF_JSON_WHOLE,
                            NULL, NULL),
          "%v is no JSON", payload);
  *answer = g->next < g->count ? g->answers[g->next++] : HCSREF_LIT("{\"Version\":4,\"GuestDefinedCapabilities\":{}}");
  return true;
}

static bool live(hcsref_arena *arena, guest *g, hcsref_error *err) {
  const hcsref_bridge_transport transport = {exchange, g};
  const hcsref_str id = HCSREF_LIT("c<"), document = HCSREF_LIT("{\"a\":\"&\"}");
  const hcsref_slice none = {NULL, 0, 0};
  hcsref_bridge *bridge;
  hcsref_bridge_process process;
  return hcsref_bridge_connect(arena, NULL, &transport, NULL, &bridge, err) &&
         hcsref_bridge_create(bridge, id, document, err) && hcsref_bridge_tell(bridge, HCSREF_FRAME_START, id, err) &&
         hcsref_bridge_exec(bridge, id, document, &process, err) &&
         hcsref_bridge_signal(bridge, &process, HCSREF_LIT(""), err) &&
         hcsref_bridge_resize(bridge, &process, 80, 25, err) && hcsref_bridge_modify(bridge, id, document, err) &&
         hcsref_bridge_properties(bridge, id, &none, err) && hcsref_bridge_properties_v1(bridge, id, &none, err) &&
         hcsref_bridge_tell(bridge, HCSREF_FRAME_SHUTDOWN_FORCED, id, err);
}

static hcsref_str work(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  guest g = {.count = 0};
  hcsref_error err = {0};
  hcsref_str out = HCSREF_LIT("done");
  g.count = fuzz_lines(text, g.answers, MOST_ANSWERS);
  fuzz_tighten(arena, text);
  if (!live(arena, &g, &err)) {
    fuzz_check_error(&err);
    REQUIRE(strcmp(err.code, "bridge") == 0 || strcmp(err.code, "out-of-memory") == 0, "%s", err.code);
    out = err.message;
  }
  fuzz_loosen(arena);
  return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual;
  size_t frames = read_frames(fuzz_arena(FUZZ_SCRATCH), text);
  REQUIRE(frames <= size / HCSREF_FRAME_HEADER, "%u frames", (uint64_t)frames);
  usual = work(FUZZ_USUAL, text);
  REQUIRE_SAME(work(FUZZ_FRESH, text), usual, "memory does not show");
  fuzz_lean_too(work, text, usual);
  return 0;
}
