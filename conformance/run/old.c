/* SPDX-License-Identifier: Apache-2.0 */
#include "run/old.h"

#include "platform/platform.h"
#include "run/survey.h"
#include "run/verdict/answer.h"

#include <stdlib.h>
#include <string.h>

/* The answers, in the order of the cases: what a case expects, or why there is nothing (it begins with no brace), each
 * behind its length. They are on a file, for there may be any number. */
struct run_old {
  run_state *s;
  FILE *file;
  kit_runner *runner;
  hcsref_str name;    /* "NAME VERSION" */
  hcsref_arena arena; /* of one case */
  bool out_of_memory, failed;
};

static bool put(run_old *old, hcsref_str text) {
  uint64_t length = text.len;
  return fwrite(&length, sizeof(length), 1, old->file) == 1 && fwrite(text.data, 1, text.len, old->file) == text.len;
}

static bool take(run_old *old, hcsref_arena *arena, hcsref_str *out, hcsref_error *err) {
  uint64_t length;
  char *text;
  if (fread(&length, sizeof(length), 1, old->file) != 1 || length > SIZE_MAX - 1)
    return hcsref_fail(arena, err, "file-read", HCSREF_LIT(""), "the answers to compare with cannot be read back");
  text = hcsref_arena_alloc(arena, (size_t)length + 1);
  if (text == NULL)
    return hcsref_fail_memory(err);
  if (fread(text, 1, (size_t)length, old->file) != length)
    return hcsref_fail(arena, err, "file-read", HCSREF_LIT(""), "the answers to compare with cannot be read back");
  *out = hcsref_str_from(text, (size_t)length);
  return true;
}

/* ---- asking ------------------------------------------------------------------------------------------- */

static bool append_expectation(run_old *old, hcsref_buf *text, const kit_result *r) {
  kit_reply reply;
  if (r->verdict == KIT_PASS) {
    if (!kit_reply_read(&old->arena, r->answer, &reply, NULL))
      return false;
    kit_answer_append_expect(text, &reply);
  } else {
    hcsref_buf_append(text, r->reason);
  }
  return !text->failed;
}

static void note(void *context, const kit_case *c, const kit_result *r) {
  run_old *old = context;
  hcsref_buf text = {&old->arena, NULL, 0, 0, false};
  (void)c;
  if (old->out_of_memory || old->failed)
    return;
  hcsref_arena_reset(&old->arena);
  if (!append_expectation(old, &text, r))
    old->out_of_memory = true;
  else if (!put(old, hcsref_buf_str(&text)))
    old->failed = true;
  if (old->out_of_memory || old->failed)
    kit_runner_stop(old->runner);
}

/* Cases that cannot be read are told when they are played. */
static void ignore(void *context, hcsref_str message) {
  (void)context;
  (void)message;
}

static bool name_old(run_old *old, const kit_hello *hello) {
  run_state *s = old->s;
  kit_witness witness;
  if (!kit_witness_read(&s->arena, hello, &witness))
    return false;
  return hcsref_format(&s->arena, &old->name, witness.name.len == 0 ? "%v %v" : "%v %v (%v)",
                       hello->name.len == 0 ? HCSREF_LIT("a testee without a name") : hello->name, hello->version,
                       witness.name);
}

static int conclude(run_old *old, const kit_summary *sum) {
  run_state *s = old->s;
  hcsref_str message;
  if (sum->interrupted != 0) {
    platform_end_by_signal(sum->interrupted);
    return CLI_KIT;
  }
  if (old->failed)
    return run_complain(s, CLI_KIT, "the answers to compare with cannot be kept: no room for a temporary file");
  if (old->out_of_memory || sum->out_of_memory || (sum->has_hello && !name_old(old, &sum->hello)))
    return run_complain(s, CLI_KIT, "out of memory");
  if (sum->stopped.len > 0) {
    if (!hcsref_format(&s->arena, &message, "--against: %v", sum->stopped))
      return run_complain(s, CLI_KIT, "out of memory");
    run_complain_case(s, message);
    return CLI_TESTEE;
  }
  s->scope.compared_with = old->name;
  rewind(old->file);
  return CLI_OK;
}

static int ask(run_old *old) {
  run_state *s = old->s;
  const kit_sink sink = {note, old};
  kit_run_options options = s->run;
  hcsref_error err;
  options.mode = KIT_PIPE;
  options.collects = true;
  options.group = options.titles = false;
  options.max_fail = 0;
  if (!kit_command_split(&s->arena, hcsref_cstr(s->o->against), &options.command, &err)) {
    run_complain_case(s, err.message);
    return CLI_USAGE;
  }
  old->file = platform_temporary();
  old->runner = kit_runner_new(&options, run_feed(s), NULL, ignore, NULL);
  if (old->file == NULL)
    return run_complain(s, CLI_KIT, "no temporary file can be made");
  if (old->runner == NULL || !kit_runner_add_sink(old->runner, sink))
    return run_complain(s, CLI_KIT, "out of memory");
  kit_catch_interrupts();
  return conclude(old, kit_runner_run(old->runner));
}

int run_ask_old(run_state *s) {
  run_old *old = calloc(1, sizeof(*old));
  int status;
  if (old == NULL)
    return run_complain(s, CLI_KIT, "out of memory");
  s->old = old;
  old->s = s;
  hcsref_arena_init(&old->arena, NULL, 0);
  status = ask(old);
  kit_runner_free(old->runner);
  old->runner = NULL;
  kit_source_rewind(s->source);
  return status;
}

void run_old_free(run_old *old) {
  if (old == NULL)
    return;
  if (old->file != NULL)
    fclose(old->file);
  kit_runner_free(old->runner);
  hcsref_arena_free(&old->arena);
  free(old);
}

/* ---- comparing ---------------------------------------------------------------------------------------- */

static bool expect_answer(run_old *old, hcsref_arena *arena, kit_case *c, hcsref_error *err) {
  hcsref_str text = {NULL, 0};
  if (!take(old, arena, &text, err))
    return false;
  if (text.len > 0 && text.data[0] == '{')
    return kit_case_expect(arena, c, text, err);
  return hcsref_format(arena, &c->unanswered, "not answered by %v: %v", old->name, text) || hcsref_fail_memory(err);
}

static kit_next next_of(void *context, hcsref_arena *arena, kit_case *out, hcsref_error *err) {
  run_state *s = context;
  const kit_feed cases = run_feed(s);
  kit_next next;
  do
    next = cases.next(cases.context, arena, out, err);
  while (next == KIT_NEXT_CASE && !kit_selected(&s->selection, out));
  return next != KIT_NEXT_CASE || expect_answer(s->old, arena, out, err) ? next : KIT_NEXT_ERROR;
}

kit_feed run_old_feed(run_state *s) {
  const kit_feed feed = {next_of, s};
  return feed;
}
