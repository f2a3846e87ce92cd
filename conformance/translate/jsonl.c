/* SPDX-License-Identifier: Apache-2.0 */
/* A ring of batches. The caller's thread fills them, the workers translate them, and the worker that finishes the
 * oldest one writes it and those after it that are done: so results go out as soon as they can, in order, and a slow
 * batch holds back reading after JSONL_WAITING batches a worker. */
#include "translate/jsonl.h"

#include "io/lines.h"
#include "platform/platform.h"
#include "serve/frame.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef enum batch_state { BATCH_EMPTY, BATCH_FILLED, BATCH_TAKEN, BATCH_DONE } batch_state;

/* A growing run of bytes that survives from batch to batch. */
typedef struct bytes {
  char *data;
  size_t length, room;
} bytes;

typedef struct batch {
  batch_state state;
  bytes lines;   /* each with a newline; a line that was too long is "\n" with `too_long` set */
  bytes results; /* */
  bool too_long; /* the batch is one line that was too long */
  bool failed;   /* no memory for the results */
  uint64_t count, failures;
} batch;

struct jsonl_run {
  const translation *t;
  output_file *out;
  uint64_t line_limit;
  platform_mutex *mutex;
  platform_condition *changed;
  platform_thread **threads;
  unsigned thread_count;
  batch *ring;
  size_t ring_size;
  uint64_t next_fill, next_take, next_write; /* numbers of batches, modulo the ring */
  bool ending, writing;
  bool failed; /* writing or memory: no use in going on */
  jsonl_counts counts;
};

/* Appends and keeps the room for the next batch; false when out of memory. */
static bool append(bytes *b, const char *data, size_t length) {
  if (length == 0)
    return true;
  if (length > b->room - b->length) {
    size_t room = b->room == 0 ? JSONL_BATCH * 2 : b->room;
    char *grown;
    while (room - b->length < length)
      room *= 2;
    grown = realloc(b->data, room);
    if (grown == NULL)
      return false;
    b->data = grown;
    b->room = room;
  }
  memcpy(b->data + b->length, data, length);
  b->length += length;
  return true;
}

/* ---- a worker --------------------------------------------------------------------------------------------- */

static void append_result(const jsonl_run *run, batch *b, hcsref_arena *arena, hcsref_str line) {
  hcsref_buf result = {.arena = arena};
  hcsref_error err = {0};
  translation_source source;
  const input_spec read = {.text = line};
  bool ok = false;
  hcsref_buf_append(&result, HCSREF_LIT("{\"ok\":"));
  if (b->too_long)
    hcsref_fail(arena, &err, "too-large", HCSREF_LIT(""), "is larger than %u bytes (--max-input)", run->line_limit);
  else
    ok = translation_run(run->t, arena, &read, &result, NULL, &source, &err);
  if (!ok) {
    result.len = 0;
    hcsref_buf_append(&result, HCSREF_LIT("{\"error\":"));
    serve_append_error(&result, &err);
    b->failures++;
  }
  hcsref_buf_append(&result, HCSREF_LIT("}\n"));
  b->count++;
  if (result.failed || !append(&b->results, result.data, result.len))
    b->failed = true;
}

static void translate_batch(const jsonl_run *run, batch *b, hcsref_arena *arena) {
  size_t at = 0;
  while (at < b->lines.length && !b->failed) {
    const char *line = b->lines.data + at;
    const char *newline = memchr(line, '\n', b->lines.length - at);
    size_t length = (size_t)(newline - line);
    hcsref_arena_reset(arena);
    append_result(run, b, arena, hcsref_str_from(line, length));
    at += length + 1;
  }
}

static void write_batch(jsonl_run *run, const batch *b) {
  if (b->failed && run->out->error == 0)
    run->out->error = ENOMEM;
  output_write(run->out, b->results.data, b->results.length);
}

/* Writes the oldest batches as long as they are done. The mutex is held on entry and on return. */
static void write_done(jsonl_run *run) {
  if (run->writing)
    return;
  run->writing = true;
  while (run->next_write < run->next_take && run->ring[run->next_write % run->ring_size].state == BATCH_DONE) {
    batch *b = &run->ring[run->next_write % run->ring_size];
    bool last;
    platform_mutex_unlock(run->mutex);
    write_batch(run, b);
    platform_mutex_lock(run->mutex);
    run->counts.lines += b->count;
    run->counts.failed += b->failures;
    run->failed = run->failed || run->out->error != 0;
    b->state = BATCH_EMPTY;
    run->next_write++;
    last = run->next_write == run->next_fill;
    if (last) {
      platform_mutex_unlock(run->mutex);
      output_flush(run->out);
      platform_mutex_lock(run->mutex);
    }
    platform_condition_signal(run->changed);
  }
  run->writing = false;
}

static void work(void *context) {
  jsonl_run *run = context;
  hcsref_arena arena;
  hcsref_arena_init(&arena, NULL, 0);
  platform_mutex_lock(run->mutex);
  for (;;) {
    batch *b = &run->ring[run->next_take % run->ring_size];
    if (run->next_take == run->next_fill) {
      if (run->ending)
        break;
      platform_condition_wait(run->changed, run->mutex);
      continue;
    }
    run->next_take++;
    b->state = BATCH_TAKEN;
    platform_mutex_unlock(run->mutex);
    translate_batch(run, b, &arena);
    platform_mutex_lock(run->mutex);
    b->state = BATCH_DONE;
    write_done(run);
  }
  platform_mutex_unlock(run->mutex);
  hcsref_arena_free(&arena);
}

/* ---- the caller's thread ------------------------------------------------------------------------------------ */

/* The batch to fill, emptied; waits until there is one. */
static batch *next_empty(jsonl_run *run) {
  batch *b = &run->ring[run->next_fill % run->ring_size];
  platform_mutex_lock(run->mutex);
  while (b->state != BATCH_EMPTY)
    platform_condition_wait(run->changed, run->mutex);
  platform_mutex_unlock(run->mutex);
  b->lines.length = 0;
  b->results.length = 0;
  b->too_long = false;
  b->failed = false;
  b->count = 0;
  b->failures = 0;
  return b;
}

/* Hands a batch to the workers; false when there is no use in going on. */
static bool submit(jsonl_run *run, batch *b) {
  bool go_on;
  platform_mutex_lock(run->mutex);
  b->state = BATCH_FILLED;
  run->next_fill++;
  go_on = !run->failed;
  platform_condition_signal(run->changed);
  platform_mutex_unlock(run->mutex);
  return go_on;
}

/* Takes lines into the batch until it is full, or nothing more is at hand. */
static line_result fill(line_reader *reader, batch *b) {
  for (;;) {
    char *line;
    size_t length;
    line_result kind = line_reader_next(reader, &line, &length);
    if (kind == LINE_NEEDED || kind == LINE_END)
      return kind;
    if (kind == LINE_TOO_LONG)
      length = 0;
    if (!append(&b->lines, line, length) || !append(&b->lines, "\n", 1)) {
      b->failed = true;
      return LINE_END;
    }
    if (kind == LINE_TOO_LONG || b->lines.length >= JSONL_BATCH)
      return kind;
  }
}

/* A line that is too long is a batch of its own; what was gathered before it goes first. */
static bool submit_filled(jsonl_run *run, batch **b, line_result kind) {
  bool go_on = true;
  if (kind == LINE_TOO_LONG) {
    (*b)->lines.length--;
    if ((*b)->lines.length > 0) {
      go_on = submit(run, *b);
      *b = next_empty(run);
    }
    if (!append(&(*b)->lines, "\n", 1))
      (*b)->failed = true;
    (*b)->too_long = true;
  }
  if ((*b)->lines.length == 0 && !(*b)->failed)
    return go_on;
  go_on = submit(run, *b) && go_on;
  *b = next_empty(run);
  return go_on;
}

bool jsonl_feed(jsonl_run *run, int fd) {
  line_reader reader;
  batch *b = next_empty(run);
  line_result kind;
  bool ok = true;
  line_reader_init(&reader, fd, (size_t)run->line_limit);
  do {
    bool memory;
    kind = fill(&reader, b);
    if (!submit_filled(run, &b, kind))
      break;
    if (kind == LINE_NEEDED && !line_reader_fill(&reader, &memory)) {
      if (memory)
        errno = 0;
      ok = false;
    }
  } while (ok && kind != LINE_END);
  line_reader_free(&reader);
  return ok;
}

static void free_run(jsonl_run *run) {
  for (size_t i = 0; run->ring != NULL && i < run->ring_size; i++) {
    free(run->ring[i].lines.data);
    free(run->ring[i].results.data);
  }
  free(run->ring);
  free(run->threads);
  platform_condition_free(run->changed);
  platform_mutex_free(run->mutex);
  free(run);
}

jsonl_run *jsonl_start(const translation *t, output_file *out, unsigned jobs, uint64_t line_limit) {
  jsonl_run *run = calloc(1, sizeof(*run));
  if (run == NULL)
    return NULL;
  run->t = t;
  run->out = out;
  run->line_limit = line_limit;
  run->ring_size = (size_t)jobs * JSONL_WAITING;
  run->ring = calloc(run->ring_size, sizeof(*run->ring));
  run->threads = calloc(jobs, sizeof(platform_thread *));
  run->mutex = platform_mutex_new();
  run->changed = platform_condition_new();
  while (run->ring != NULL && run->threads != NULL && run->mutex != NULL && run->changed != NULL &&
         run->thread_count < jobs && (run->threads[run->thread_count] = platform_thread_start(work, run)) != NULL)
    run->thread_count++;
  if (run->thread_count > 0)
    return run;
  free_run(run);
  return NULL;
}

jsonl_counts jsonl_finish(jsonl_run *run) {
  jsonl_counts counts;
  platform_mutex_lock(run->mutex);
  run->ending = true;
  platform_condition_signal(run->changed);
  platform_mutex_unlock(run->mutex);
  for (unsigned i = 0; i < run->thread_count; i++)
    platform_thread_join(run->threads[i]);
  counts = run->counts;
  free_run(run);
  return counts;
}
