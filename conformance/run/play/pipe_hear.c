/* SPDX-License-Identifier: Apache-2.0 */
/* What a testee over the pipe writes: its hello, answers, and what is neither. */
#include "run/play/pipe_state.h"
#include "run/testee/profile.h"

#include <stdio.h>
#include <string.h>

#define READ_STEP ((size_t)1 << 16)
/* Of standard error this much is kept, the last of it. */
#define STDERR_KEPT ((size_t)8192)
/* Reads of one stream before the others get their turn. */
#define READ_ROUNDS 16

/* Answers to questions that were never asked, or were answered, before a testee is ended. */
#define MOST_STRAYS 20

void pipe_keep_stderr(kit_worker *w) {
  int round;
  for (round = 0; round < READ_ROUNDS; round++) {
    char data[4096];
    ptrdiff_t got = kit_process_read(w->process, KIT_STDERR, data, sizeof(data));
    size_t length;
    if (got <= 0)
      return;
    if (!kit_queue_append(&w->err, hcsref_str_from(data, (size_t)got)))
      kit_runner_out_of_memory(w->runner);
    length = kit_queue_bytes(&w->err).len;
    if (length > STDERR_KEPT)
      kit_queue_drop(&w->err, length - STDERR_KEPT);
  }
}

/* Does it say that it does what is played? */
static void note_profiles(kit_worker *w) {
  const kit_run_options *o = kit_runner_options(w->runner);
  bool listed = true;
  if (!o->anonymous && !kit_lists_profile(&w->hello, o->profile, &listed))
    kit_runner_out_of_memory(w->runner);
  w->declines = !listed;
}

static void hear_hello(kit_worker *w, hcsref_str line) {
  hcsref_error err;
  hcsref_str copy;
  char text[600];
  if (!hcsref_str_copy(&w->arena, line, &copy)) {
    kit_runner_out_of_memory(w->runner);
  } else if (kit_hello_read(&w->arena, copy, &w->hello, &err)) {
    kit_runner_hello(w->runner, line);
    w->had_hello = true;
    note_profiles(w);
    w->state = PIPE_READY;
  } else {
    snprintf(text, sizeof(text), "the testee did not say hello: %.*s",
             err.message.len > 500 ? 500 : (int)err.message.len, err.message.data);
    kit_runner_give_up(w->runner, text, kit_queue_bytes(&w->err));
  }
}

static void hear_stray(kit_worker *w, const kit_reply *reply) {
  char text[200];
  if (reply->id < w->next_id)
    snprintf(text, sizeof(text), "the testee answered question %llu twice; the first answer counts",
             (unsigned long long)reply->id);
  else
    snprintf(text, sizeof(text), "the testee answered question %llu, which it was never asked",
             (unsigned long long)reply->id);
  kit_runner_breach(w->runner, text);
  if (++w->strays > MOST_STRAYS)
    pipe_break_down(w, KIT_PROTOCOL, "answered questions that it was not asked, again and again");
}

/* Shortens a line for a message, without control characters. */
static void excerpt(hcsref_str line, char *out, size_t size) {
  size_t i;
  for (i = 0; i < line.len && i + 4 < size; i++)
    out[i] = (unsigned char)line.data[i] < 0x20 || (unsigned char)line.data[i] >= 0x7F ? '?' : line.data[i];
  snprintf(out + i, size - i, "%s", i < line.len ? "..." : "");
}

static void hear_babble(kit_worker *w, hcsref_str line, hcsref_str why) {
  char text[180], shown[80];
  excerpt(line, shown, sizeof(shown));
  snprintf(text, sizeof(text), "wrote a line that is not an answer (%.*s): %s", why.len > 60 ? 60 : (int)why.len,
           why.data == NULL ? "" : why.data, shown);
  pipe_break_down(w, KIT_PROTOCOL, text);
}

/* Most testees answer in order, and most answers are right: then they need not be looked into. */
static bool read_answer(kit_worker *w, hcsref_str line, kit_reply *reply, hcsref_error *err) {
  const kit_ticket *next = w->flight.first;
  hcsref_arena *scratch = kit_runner_scratch(w->runner);
  if (next == NULL || kit_runner_options(w->runner)->collects)
    return kit_reply_read(scratch, line, reply, err);
  if (!kit_reply_read_expected(scratch, line, next->c.ok_canonical, reply, err))
    return false;
  if (reply->id == next->id || reply->ok == NULL || !hcsref_str_equal(reply->ok->raw, next->c.ok_canonical))
    return true;
  return kit_reply_read(scratch, line, reply, err); /* right for the next case, but given to another */
}

static void hear_answer(kit_worker *w, hcsref_str line) {
  hcsref_error err = {NULL, HCSREF_LIT("it has no id"), HCSREF_LIT("")};
  kit_reply reply;
  kit_ticket *t;
  if (!read_answer(w, line, &reply, &err) || !reply.has_id) {
    if (kit_runner_is_too_large(w->runner))
      pipe_break_down(w, KIT_TOO_LARGE, "wrote an answer that takes more than " KIT_ANSWER_ROOM_TEXT " to read");
    else if (err.code != NULL && strcmp(err.code, "out-of-memory") == 0)
      kit_runner_out_of_memory(w->runner);
    else
      hear_babble(w, line, err.message);
    return;
  }
  t = ticket_list_remove(&w->flight, reply.id);
  if (t == NULL) {
    hear_stray(w, &reply);
    return;
  }
  kit_runner_answer(w->runner, t, &reply, kit_queue_bytes(&w->err));
  kit_queue_clear(&w->err);
  w->answers++;
  w->patience_spent = 0;
  w->since = kit_now();
  if (!pipe_has_suspects(w) && w->flight.count == 0)
    pipe_note_suspicion(w);
}

static void hear_line(kit_worker *w, hcsref_str line) {
  if (line.len > 0 && line.data[line.len - 1] == '\r')
    line.len--;
  if (w->state == PIPE_HELLO)
    hear_hello(w, line);
  else if (line.len > 0)
    hear_answer(w, line);
}

/* Handles the complete lines that were read. */
static void hear_lines(kit_worker *w) {
  const kit_run_options *o = kit_runner_options(w->runner);
  while (w->process != NULL && !kit_runner_stopped(w->runner)) {
    hcsref_str bytes = kit_queue_bytes(&w->in);
    const char *end = bytes.len == w->searched ? NULL : memchr(bytes.data + w->searched, '\n', bytes.len - w->searched);
    size_t length = end == NULL ? bytes.len : (size_t)(end - bytes.data);
    if (length > o->answer_limit) {
      char text[100];
      snprintf(text, sizeof(text), "wrote a line of more than %llu bytes (--max-answer)",
               (unsigned long long)o->answer_limit);
      pipe_break_down(w, KIT_TOO_LARGE, text);
      return;
    }
    w->searched = end == NULL ? bytes.len : 0;
    if (end == NULL)
      return;
    hear_line(w, hcsref_str_from(bytes.data, length));
    if (w->process != NULL)
      kit_queue_drop(&w->in, length + 1);
  }
}

bool pipe_read_answers(kit_worker *w) {
  int round;
  for (round = 0; round < READ_ROUNDS && w->process != NULL && !kit_runner_stopped(w->runner); round++) {
    char *room = kit_queue_room(&w->in, READ_STEP);
    ptrdiff_t got;
    if (room == NULL) {
      kit_runner_out_of_memory(w->runner);
      return true;
    }
    got = kit_process_read(w->process, KIT_STDOUT, room, READ_STEP);
    if (got <= 0)
      return true;
    kit_queue_grew(&w->in, (size_t)got);
    hear_lines(w);
  }
  return false;
}
