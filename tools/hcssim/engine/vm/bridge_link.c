/* SPDX-License-Identifier: Apache-2.0 */
/* The way between the guest and its client: ports, and frames. */
#include "engine/vm/bridge.h"

#include <stdlib.h>
#include <string.h>

#define POLL_MS 20u

/* ---- the way there ---------------------------------------------------------------------------------------------- */

static uint16_t read_port(const sim_bridge *b, hcsref_str service) {
  hcsref_arena arena;
  hcsref_str path = {NULL, 0};
  char *name, *text = NULL;
  size_t size = 0;
  unsigned long port = 0;
  hcsref_arena_init(&arena, NULL, 0);
  if (hcsref_format(&arena, &path, "%s/sockets/%v-%v", b->sim->state, b->vm, service) &&
      (name = sim_c_string(&arena, path)) != NULL)
    text = os_file_read(name, 16, &size);
  if (text != NULL)
    port = strtoul(text, NULL, 10);
  free(text);
  hcsref_arena_free(&arena);
  return port > UINT16_MAX ? 0 : (uint16_t)port;
}

bool sim_bridge_is_over(const sim_bridge *b) {
  return b->machine->container.machine->guest_over || b->sim->closing;
}

os_socket *sim_bridge_connect(const sim_bridge *b, hcsref_str service, uint32_t ms) {
  uint64_t end = os_now_ms() + ms;
  os_socket *socket = NULL;
  while (socket == NULL && !sim_bridge_is_over(b) && (ms == OS_FOREVER || os_now_ms() < end)) {
    uint16_t port = read_port(b, service);
    if (port != 0)
      socket = os_socket_connect(port);
    if (socket == NULL)
      os_sleep_ms(POLL_MS); /* bound, perhaps, and not yet listened on */
  }
  return socket;
}

/* ---- frames ---- */

static bool read_all(os_socket *socket, char *data, size_t size) {
  while (size > 0) {
    size_t got = os_socket_read(socket, data, size);
    if (got == 0)
      return false;
    data += got;
    size -= got;
  }
  return true;
}

static uint32_t little_endian(const unsigned char *bytes) {
  return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

bool sim_bridge_read(sim_bridge *b, hcsref_arena *arena, hcsref_frame *out) {
  char header[HCSREF_FRAME_HEADER], *whole;
  uint32_t size;
  size_t used = 0;
  if (!read_all(b->socket, header, sizeof header))
    return false;
  size = little_endian((const unsigned char *)header + 4);
  if (size < sizeof header || size > HCSREF_FRAME_LIMIT)
    return false;
  whole = hcsref_arena_alloc(arena, size);
  if (whole == NULL)
    return false;
  memcpy(whole, header, sizeof header);
  return read_all(b->socket, whole + sizeof header, size - sizeof header) &&
         hcsref_frame_read(arena, hcsref_str_from(whole, size), out, &used, NULL);
}

void sim_bridge_send(sim_bridge *b, uint32_t type, uint64_t number, hcsref_str id, hcsref_str members) {
  hcsref_arena arena;
  hcsref_buf payload = {.arena = &arena}, bytes = {.arena = &arena};
  hcsref_frame frame = {type, number, {NULL, 0}};
  hcsref_arena_init(&arena, NULL, 0);
  hcsref_buf_append_char(&payload, '{');
  if (id.len > 0) {
    hcsref_buf_append(&payload, HCSREF_LIT("\"ContainerId\":"));
    hcsref_json_append_string(&payload, id);
    hcsref_buf_append_char(&payload, ',');
  }
  hcsref_buf_append(&payload, HCSREF_LIT("\"ActivityId\":\"00000000-0000-0000-0000-000000000000\""));
  hcsref_buf_append(&payload, members);
  hcsref_buf_append(&payload, HCSREF_LIT("}\n"));
  frame.payload = hcsref_buf_str(&payload);
  if (!payload.failed && hcsref_frame_append(&bytes, &frame) && !bytes.failed) {
    os_monitor_enter(b->writing);
    os_socket_write(b->socket, bytes.data, bytes.len);
    os_monitor_leave(b->writing);
  }
  hcsref_arena_free(&arena);
}
