/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/gcs/bridge.go readMessage, writeMessage. */
#include "hcsref/bridge.h"

#include <string.h>

static void put(unsigned char *out, uint64_t number, size_t bytes) {
  for (size_t i = 0; i < bytes; i++)
    out[i] = (unsigned char)(number >> 8 * i & 0xff);
}

static uint64_t take(const char *bytes, size_t count) {
  uint64_t number = 0;
  for (size_t i = count; i > 0; i--)
    number = number << 8 | (unsigned char)bytes[i - 1];
  return number;
}

bool hcsref_frame_append(hcsref_buf *buf, const hcsref_frame *frame) {
  unsigned char header[HCSREF_FRAME_HEADER];
  if (frame->payload.len > HCSREF_FRAME_LIMIT - HCSREF_FRAME_HEADER)
    return false;
  put(header, frame->type, 4);
  put(header + 4, HCSREF_FRAME_HEADER + frame->payload.len, 4);
  put(header + 8, frame->id, 8);
  hcsref_buf_append(buf, hcsref_str_from((const char *)header, sizeof header));
  hcsref_buf_append(buf, frame->payload);
  return true;
}

bool hcsref_frame_read(hcsref_arena *arena, hcsref_str bytes, hcsref_frame *out, size_t *used, hcsref_error *err) {
  uint64_t size;
  *used = 0;
  if (bytes.len < HCSREF_FRAME_HEADER)
    return false;
  size = take(bytes.data + 4, 4);
  if (size < HCSREF_FRAME_HEADER || size > HCSREF_FRAME_LIMIT) {
    *used = HCSREF_FRAME_HEADER;
    return hcsref_fail(arena, err, "frame-size", HCSREF_LIT(""), "invalid message size %u", size);
  }
  if (bytes.len < size)
    return false;
  out->type = (uint32_t)take(bytes.data, 4);
  out->id = take(bytes.data + 8, 8);
  out->payload = hcsref_str_from(bytes.data + HCSREF_FRAME_HEADER, (size_t)size - HCSREF_FRAME_HEADER);
  *used = (size_t)size;
  return true;
}
