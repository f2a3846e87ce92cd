/* SPDX-License-Identifier: Apache-2.0 */
#include "run/greet.h"

#include "run/process.h"
#include "run/queue.h"

#include <string.h>

#define READ_STEP ((size_t)1 << 12)
/* Reads of one stream before the time is looked at. */
#define READ_ROUNDS 16
/* Longest hello that is read: far more than one with every operation. */
#define MOST_HELLO ((size_t)1 << 20)
/* How long it may take to end, once its standard input is closed. The run that follows says when it does not. */
#define END_WAIT 500

typedef struct greeting {
  kit_process *process;
  kit_queue in, out;
  uint64_t deadline;
  bool out_of_memory;
} greeting;

/* Waits for something to happen. False: no time is left, or a signal came. */
static bool wait_a_little(greeting *g) {
  const kit_interest interest = {g->process, kit_queue_bytes(&g->out).len > 0};
  uint64_t now = kit_now();
  if (now >= g->deadline || kit_interrupted() != 0)
    return false;
  kit_process_wait(&interest, 1, g->deadline - now);
  return true;
}

static void write_some(greeting *g) {
  hcsref_str bytes = kit_queue_bytes(&g->out);
  ptrdiff_t put = bytes.len == 0 ? 0 : kit_process_write(g->process, bytes.data, bytes.len);
  if (put > 0)
    kit_queue_drop(&g->out, (size_t)put);
  else if (put < 0)
    kit_queue_clear(&g->out);
}

/* What it writes that is no hello is not kept: the run shows it. */
static void drain(greeting *g, kit_stream stream) {
  char data[READ_STEP];
  int round = 0;
  while (round++ < READ_ROUNDS && kit_process_read(g->process, stream, data, sizeof(data)) > 0) {
  }
}

/* The bytes in front of the first line end; false: it has not been read yet. */
static bool has_line(const greeting *g, hcsref_str *out) {
  hcsref_str bytes = kit_queue_bytes(&g->in);
  const char *end = bytes.len == 0 ? NULL : memchr(bytes.data, '\n', bytes.len);
  if (end == NULL)
    return false;
  *out = hcsref_str_from(bytes.data, (size_t)(end - bytes.data));
  return true;
}

/* False: there will be no line. */
static bool read_some(greeting *g) {
  char *room = kit_queue_room(&g->in, READ_STEP);
  ptrdiff_t got = room == NULL ? -1 : kit_process_read(g->process, KIT_STDOUT, room, READ_STEP);
  if (got > 0)
    kit_queue_grew(&g->in, (size_t)got);
  g->out_of_memory = g->out_of_memory || room == NULL;
  return got >= 0 && kit_queue_bytes(&g->in).len <= MOST_HELLO;
}

static bool hear_line(greeting *g, hcsref_str *line) {
  do {
    write_some(g);
    drain(g, KIT_STDERR);
    if (!read_some(g))
      return has_line(g, line);
    if (has_line(g, line))
      return true;
  } while (wait_a_little(g));
  return false;
}

/* Most end by themselves when nothing more will be asked. */
static void let_it_end(greeting *g) {
  kit_exit how;
  g->deadline = kit_now() + END_WAIT;
  kit_process_close_input(g->process);
  while (!kit_process_ended(g->process, &how)) {
    drain(g, KIT_STDERR);
    drain(g, KIT_STDOUT);
    if (!wait_a_little(g))
      return;
  }
}

static bool understand(hcsref_arena *arena, greeting *g, hcsref_str line, kit_hello *out) {
  hcsref_error err = {"out-of-memory", HCSREF_LIT(""), HCSREF_LIT("")};
  hcsref_str copy;
  if (hcsref_str_copy(arena, line, &copy) && kit_hello_read(arena, copy, out, &err))
    return true;
  g->out_of_memory = strcmp(err.code, "out-of-memory") == 0;
  return false;
}

static bool listen(hcsref_arena *arena, greeting *g, kit_hello *out) {
  hcsref_str line;
  bool heard = hear_line(g, &line) && understand(arena, g, line, out);
  if (heard)
    let_it_end(g);
  return heard;
}

bool kit_greet(hcsref_arena *arena, const kit_command *command, uint64_t timeout, uint64_t memory_limit,
               hcsref_str text, kit_hello *out, bool *heard) {
  const kit_spawn spawn = {command, NULL, memory_limit};
  greeting g = {.deadline = kit_now() + timeout};
  char message[512];
  g.out_of_memory = !kit_queue_append(&g.out, text);
  g.process = g.out_of_memory ? NULL : kit_process_start(&spawn, message, sizeof(message));
  *heard = g.process != NULL && listen(arena, &g, out);
  kit_process_free(g.process);
  kit_process_end_strays();
  kit_queue_free(&g.in);
  kit_queue_free(&g.out);
  return !g.out_of_memory;
}
