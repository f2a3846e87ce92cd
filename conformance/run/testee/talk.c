/* SPDX-License-Identifier: Apache-2.0 */
#include "run/testee/talk.h"

#include <string.h>

#define READ_STEP ((size_t)1 << 14)
/* Reads of one stream before the time is looked at. */
#define READ_ROUNDS 16
/* How long it may take to end, once its standard input is closed. */
#define END_WAIT 500

bool kit_talk_start(kit_talk *talk, const kit_command *command, uint64_t memory_limit, char *message, size_t size) {
  const kit_spawn spawn = {command, NULL, memory_limit};
  memset(talk, 0, sizeof(*talk));
  talk->process = kit_process_start(&spawn, message, size);
  return talk->process != NULL;
}

/* Waits for something to happen. False: no time is left, or a signal came. */
static bool wait_until(kit_talk *talk, uint64_t deadline) {
  const kit_interest interest = {talk->process, kit_queue_bytes(&talk->out).len > 0};
  uint64_t now = kit_now();
  if (now >= deadline || kit_interrupted() != 0)
    return false;
  kit_process_wait(&interest, 1, deadline - now);
  return true;
}

static void write_some(kit_talk *talk) {
  hcsref_str bytes = kit_queue_bytes(&talk->out);
  ptrdiff_t put = bytes.len == 0 ? 0 : kit_process_write(talk->process, bytes.data, bytes.len);
  if (put > 0)
    kit_queue_drop(&talk->out, (size_t)put);
  else if (put < 0)
    kit_queue_clear(&talk->out);
}

/* What nobody wants to know. */
static void drain(kit_talk *talk, kit_stream stream) {
  char data[READ_STEP];
  int round = 0;
  while (round++ < READ_ROUNDS && kit_process_read(talk->process, stream, data, sizeof(data)) > 0) {
  }
}

/* Is a whole line there? */
static bool has_line(kit_talk *talk, hcsref_str *line) {
  hcsref_str bytes = kit_queue_bytes(&talk->in);
  const char *end = bytes.len == 0 ? NULL : memchr(bytes.data, '\n', bytes.len);
  if (end == NULL)
    return false;
  talk->heard = (size_t)(end - bytes.data) + 1;
  *line = hcsref_str_from(bytes.data, talk->heard - 1);
  return true;
}

/* False: there is no more to read. */
static bool read_some(kit_talk *talk) {
  char *room = kit_queue_room(&talk->in, READ_STEP);
  ptrdiff_t got = room == NULL ? -1 : kit_process_read(talk->process, KIT_STDOUT, room, READ_STEP);
  talk->out_of_memory = talk->out_of_memory || room == NULL;
  if (got > 0)
    kit_queue_grew(&talk->in, (size_t)got);
  return got >= 0;
}

const char *kit_talk_ask(kit_talk *talk, hcsref_str text, uint64_t timeout, size_t limit, hcsref_str *line) {
  uint64_t deadline = kit_now() + timeout;
  kit_queue_drop(&talk->in, talk->heard);
  talk->heard = 0;
  talk->out_of_memory = talk->out_of_memory || !kit_queue_append(&talk->out, text);
  do {
    bool more;
    write_some(talk);
    drain(talk, KIT_STDERR);
    more = read_some(talk);
    if (has_line(talk, line))
      return NULL;
    if (talk->out_of_memory)
      return "could not be heard: out of memory";
    if (!more)
      return "ended without an answer";
    if (kit_queue_bytes(&talk->in).len > limit)
      return "wrote too long a line";
  } while (wait_until(talk, deadline));
  return "gave no answer in time";
}

void kit_talk_end(kit_talk *talk) {
  uint64_t deadline = kit_now() + END_WAIT;
  kit_exit how;
  if (talk->process == NULL)
    return;
  kit_process_close_input(talk->process);
  while (!kit_process_ended(talk->process, &how)) {
    drain(talk, KIT_STDERR);
    drain(talk, KIT_STDOUT);
    if (!wait_until(talk, deadline))
      break;
  }
  kit_talk_free(talk);
}

void kit_talk_free(kit_talk *talk) {
  kit_process_free(talk->process);
  kit_queue_free(&talk->in);
  kit_queue_free(&talk->out);
  memset(talk, 0, sizeof(*talk));
}
