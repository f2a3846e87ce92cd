/* SPDX-License-Identifier: Apache-2.0 */
/* A command a case: params on standard input, the payload on standard output, a status other than 0 for an error.
 * The environment tells which operation it is (HCSPROOF_OP, HCSPROOF_CASE, HCSPROOF_PROFILE), and so may "{op}",
 * "{case}" and "{profile}" in the command. */
#include "run/play/worker.h"
#include "run/testee/queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Exit status for "I do not do this": what test harnesses have long used for a skipped test. */
#define STATUS_UNSUPPORTED 77
#define READ_STEP          ((size_t)1 << 16)
#define STDERR_KEPT        ((size_t)8192)
/* A time limit reached this often in a row, without an answer between, ends the run. */
#define MOST_HANGS 3

struct kit_worker {
  kit_runner *runner;
  kit_process *process;
  kit_ticket *ticket;
  kit_queue out, err;
  size_t written; /* of the params */
  uint64_t started;
  unsigned hangs;
  bool exhausted, writing_over;
};

static kit_worker *make_one_shot(kit_runner *runner) {
  kit_worker *w = calloc(1, sizeof(*w));
  if (w != NULL)
    w->runner = runner;
  return w;
}

static void end_process(kit_worker *w) {
  kit_process_free(w->process);
  w->process = NULL;
  w->ticket = NULL;
  kit_queue_clear(&w->out);
  kit_queue_clear(&w->err);
}

static void free_one_shot(kit_worker *w) {
  end_process(w);
  kit_queue_free(&w->out);
  kit_queue_free(&w->err);
  free(w);
}

/* ---- starting ----------------------------------------------------------------------------------------- */

/* "NAME=value" in the ticket's arena; null when out of memory. */
static const char *variable(kit_ticket *t, const char *name, hcsref_str value) {
  hcsref_buf buf = {&t->arena, NULL, 0, 0, false};
  hcsref_buf_append(&buf, hcsref_cstr(name));
  hcsref_buf_append_char(&buf, '=');
  hcsref_buf_append(&buf, value);
  hcsref_buf_append_char(&buf, '\0');
  return buf.failed ? NULL : buf.data;
}

static bool fill_command(kit_worker *w, kit_ticket *t, kit_command *out) {
  const kit_run_options *o = kit_runner_options(w->runner);
  return kit_command_fill(&t->arena, &o->command, HCSREF_LIT("op"), t->c.op, out, NULL) &&
         kit_command_fill(&t->arena, out, HCSREF_LIT("case"), t->c.id, out, NULL) &&
         kit_command_fill(&t->arena, out, HCSREF_LIT("profile"), hcsref_profile_name(o->profile), out, NULL);
}

static void start_case(kit_worker *w, kit_ticket *t, uint64_t now) {
  const kit_run_options *o = kit_runner_options(w->runner);
  const char *environment[] = {variable(t, "HCSPROOF_OP", t->c.op), variable(t, "HCSPROOF_CASE", t->c.id),
                               variable(t, "HCSPROOF_PROFILE", hcsref_profile_name(o->profile)), NULL};
  kit_command command;
  const kit_spawn spawn = {&command, environment, o->memory_limit};
  char message[512], text[600];
  if (environment[0] == NULL || environment[1] == NULL || environment[2] == NULL || !fill_command(w, t, &command)) {
    kit_runner_out_of_memory(w->runner);
    return;
  }
  w->process = kit_process_start(&spawn, message, sizeof(message));
  if (w->process == NULL) {
    snprintf(text, sizeof(text), "the command could not be started: %s", message);
    kit_runner_give_up(w->runner, text, HCSREF_LIT(""));
    return;
  }
  w->ticket = t;
  w->written = 0;
  w->writing_over = false;
  w->started = now;
  t->sent_at = kit_now_precise();
}

/* ---- reading the answer ------------------------------------------------------------------------------- */

static void break_case(kit_worker *w, kit_failure failure, const char *reason) {
  kit_runner_finish(w->runner, w->ticket, KIT_BROKEN, failure, reason, kit_queue_bytes(&w->err));
  end_process(w);
}

static hcsref_str trimmed(hcsref_str s) {
  while (s.len > 0 && strchr(" \t\r\n", s.data[s.len - 1]) != NULL)
    s.len--;
  return s;
}

static void answer(kit_worker *w, const kit_reply *reply) {
  kit_runner_answer(w->runner, w->ticket, reply, kit_queue_bytes(&w->err));
  end_process(w);
}

static void end_without_room(kit_worker *w) {
  kit_runner_no_room(w->runner, w->ticket, kit_queue_bytes(&w->err));
  end_process(w);
}

static void answer_payload(kit_worker *w, hcsref_str text) {
  hcsref_error err;
  kit_reply reply;
  kit_json *payload;
  char reason[200];
  memset(&reply, 0, sizeof(reply));
  reply.kind = KIT_REPLY_OK;
  reply.text = text;
  if (!kit_json_parse(kit_runner_scratch(w->runner), text, &payload, &err)) {
    if (strcmp(err.code, "out-of-memory") == 0) {
      end_without_room(w);
      return;
    }
    snprintf(reason, sizeof(reason), "what it wrote is not JSON: %.*s",
             err.message.len > 150 ? 150 : (int)err.message.len, err.message.data);
    break_case(w, KIT_PROTOCOL, reason);
    return;
  }
  reply.ok = payload;
  reply.bad_utf8 = payload->bad_utf8;
  answer(w, &reply);
}

/* {"error":{…}} on standard output is taken as it is; else standard error is the message. */
static void answer_error(kit_worker *w, hcsref_str text, hcsref_str complaint) {
  kit_reply reply;
  kit_json *frame;
  memset(&reply, 0, sizeof(reply));
  reply.kind = KIT_REPLY_ERROR;
  reply.text = text.len != 0 ? text : complaint;
  reply.message = complaint;
  if (!kit_json_parse(kit_runner_scratch(w->runner), text, &frame, NULL))
    frame = NULL;
  if (frame == NULL && kit_runner_is_too_large(w->runner)) {
    end_without_room(w);
    return;
  }
  if (kit_json_get(frame, "error") != NULL) {
    reply.code = kit_json_get_string(kit_json_get(frame, "error"), "code");
    reply.message = kit_json_get_string(kit_json_get(frame, "error"), "message");
  }
  answer(w, &reply);
}

static void answer_unsupported(kit_worker *w, hcsref_str complaint) {
  kit_reply reply;
  memset(&reply, 0, sizeof(reply));
  reply.kind = KIT_REPLY_UNSUPPORTED;
  reply.text = reply.reason = complaint.len == 0 ? HCSREF_LIT("exit status 77") : complaint;
  answer(w, &reply);
}

static void judge_end(kit_worker *w, kit_exit how) {
  hcsref_arena *arena = &w->ticket->arena;
  hcsref_str text, complaint;
  char reason[200] = "the command ";
  if (how.by_signal) {
    kit_exit_describe(how, reason + strlen(reason), sizeof(reason) - strlen(reason));
    break_case(w, KIT_DIED, reason);
    return;
  }
  if (!hcsref_str_copy(arena, trimmed(kit_queue_bytes(&w->out)), &text) ||
      !hcsref_str_copy(arena, trimmed(kit_queue_bytes(&w->err)), &complaint)) {
    kit_runner_out_of_memory(w->runner);
    return;
  }
  w->hangs = 0;
  if (how.code == 0)
    answer_payload(w, text);
  else if (how.code == STATUS_UNSUPPORTED)
    answer_unsupported(w, complaint);
  else
    answer_error(w, text, complaint);
}

/* ---- one step ----------------------------------------------------------------------------------------- */

static void write_params(kit_worker *w) {
  hcsref_str params = w->ticket->c.params;
  ptrdiff_t put;
  if (w->writing_over)
    return;
  put = kit_process_write(w->process, params.data + w->written, params.len - w->written);
  if (put > 0)
    w->written += (size_t)put;
  if (put < 0 || w->written == params.len) {
    kit_process_close_input(w->process);
    w->writing_over = true;
  }
}

/* Reads all that is there, but keeps no more than `limit` (of standard error the last, of standard output one byte
 * past it, which tells). */
static void read_stream(kit_worker *w, kit_stream stream, kit_queue *queue, size_t limit) {
  ptrdiff_t got;
  do {
    char *room = kit_queue_room(queue, READ_STEP);
    if (room == NULL) {
      kit_runner_out_of_memory(w->runner);
      return;
    }
    got = kit_process_read(w->process, stream, room, READ_STEP);
    if (got > 0)
      kit_queue_grew(queue, (size_t)got);
    if (stream == KIT_STDERR && kit_queue_bytes(queue).len > limit)
      kit_queue_drop(queue, kit_queue_bytes(queue).len - limit);
  } while (got == (ptrdiff_t)READ_STEP && kit_queue_bytes(queue).len <= limit);
}

static void check_case(kit_worker *w, bool ended, kit_exit how, uint64_t now) {
  const kit_run_options *o = kit_runner_options(w->runner);
  char reason[120];
  if (kit_queue_bytes(&w->out).len > o->answer_limit) {
    snprintf(reason, sizeof(reason), "the command wrote more than %llu bytes (--max-answer)",
             (unsigned long long)o->answer_limit);
    break_case(w, KIT_TOO_LARGE, reason);
  } else if (ended) {
    judge_end(w, how);
  } else if (now >= w->started + o->timeout) {
    snprintf(reason, sizeof(reason), "the command did not end within %g s (--timeout)", (double)o->timeout / 1000);
    break_case(w, KIT_TIMEOUT, reason);
    if (++w->hangs >= MOST_HANGS)
      kit_runner_give_up(w->runner, "the command was abandoned: it hangs again and again, with no answer in between",
                         HCSREF_LIT(""));
  }
}

static bool work_one_shot(kit_worker *w, uint64_t now) {
  kit_exit how = {false, 0};
  bool ended;
  if (kit_runner_stopped(w->runner))
    return false;
  if (w->process == NULL) {
    kit_ticket *t = kit_runner_take(w->runner, &w->exhausted);
    if (t == NULL)
      return !w->exhausted;
    start_case(w, t, now);
    if (w->process == NULL)
      return false;
  }
  ended = kit_process_ended(w->process, &how);
  write_params(w);
  read_stream(w, KIT_STDERR, &w->err, STDERR_KEPT);
  read_stream(w, KIT_STDOUT, &w->out, (size_t)kit_runner_options(w->runner)->answer_limit);
  check_case(w, ended, how, now);
  return true;
}

static kit_interest one_shot_interest(kit_worker *w, uint64_t *deadline) {
  kit_interest interest = {w->process, !w->writing_over};
  *deadline =
      w->process == NULL ? (w->exhausted ? UINT64_MAX : 0) : w->started + kit_runner_options(w->runner)->timeout;
  return interest;
}

const kit_worker_kind kit_one_shot_worker = {make_one_shot, work_one_shot, one_shot_interest, free_one_shot};
