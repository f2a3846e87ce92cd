/* SPDX-License-Identifier: Apache-2.0 */
#include "run/testee/asker.h"

#include "run/testee/talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct kit_asker {
  const kit_command *command;
  kit_start start;
  const hcsref_profile *profile;
  uint64_t answer_limit, restarts, starts, next_id;
  kit_talk talk;
  hcsref_arena scratch;
  char trouble[400];
};

kit_asker *kit_asker_new(const kit_command *command, const kit_start *start, const hcsref_profile *profile,
                         uint64_t answer_limit, uint64_t restarts) {
  kit_asker *a = calloc(1, sizeof(*a));
  if (a == NULL)
    return NULL;
  a->command = command;
  a->start = *start;
  a->profile = profile;
  a->answer_limit = answer_limit;
  a->restarts = restarts;
  a->next_id = 1;
  hcsref_arena_init(&a->scratch, NULL, 0);
  return a;
}

void kit_asker_free(kit_asker *a) {
  if (a == NULL)
    return;
  kit_talk_end(&a->talk);
  kit_talk_free(&a->talk);
  kit_process_end_strays();
  hcsref_arena_free(&a->scratch);
  free(a);
}

const char *kit_asker_trouble(const kit_asker *a) {
  return a->trouble;
}

/* ---- starting ------------------------------------------------------------------------------------------------ */

static kit_asked give_up(kit_asker *a, const char *what, hcsref_str why) {
  snprintf(a->trouble, sizeof(a->trouble), "%s%.*s", what, why.len > 300 ? 300 : (int)why.len,
           why.data == NULL ? "" : why.data);
  kit_talk_free(&a->talk);
  return KIT_ASKED_GIVEN_UP;
}

static kit_asked greet(kit_asker *a) {
  hcsref_buf hello = {.arena = &a->scratch};
  kit_hello said;
  hcsref_error err = {0};
  hcsref_str line;
  const char *instead;
  hcsref_arena_reset(&a->scratch);
  kit_hello_append(&hello, a->profile, a->profile != NULL);
  if (hello.failed)
    return KIT_ASKED_NO_MEMORY;
  instead = kit_talk_ask(&a->talk, hcsref_buf_str(&hello), a->start.timeout, (size_t)a->answer_limit, &line);
  if (a->talk.out_of_memory)
    return KIT_ASKED_NO_MEMORY;
  if (instead != NULL)
    return give_up(a, "it did not say hello: it ", hcsref_cstr(instead));
  if (kit_hello_read(&a->scratch, line, &said, &err))
    return KIT_ASKED_ANSWER;
  return strcmp(err.code, "out-of-memory") == 0 ? KIT_ASKED_NO_MEMORY
                                                : give_up(a, "it did not say hello: ", err.message);
}

/* KIT_ASKED_ANSWER: it runs and said hello. */
static kit_asked start(kit_asker *a) {
  char message[300];
  if (a->trouble[0] != '\0')
    return KIT_ASKED_GIVEN_UP;
  if (a->talk.process != NULL)
    return KIT_ASKED_ANSWER;
  if (a->starts++ > a->restarts)
    return give_up(a, "it was given up: it had to be started again too often (--max-restarts)", HCSREF_LIT(""));
  if (!kit_talk_start(&a->talk, a->command, a->start.memory_limit, message, sizeof(message)))
    return give_up(a, "it could not be started: ", hcsref_cstr(message));
  return greet(a);
}

/* ---- asking -------------------------------------------------------------------------------------------------- */

/* It did something else: the next question gets another one. */
static kit_asked nothing(kit_asker *a, hcsref_arena *arena, const char *what, hcsref_str more, hcsref_str *why) {
  bool memory = a->talk.out_of_memory;
  kit_talk_free(&a->talk);
  return memory || !hcsref_format(arena, why, "the testee %s%v", what, more) ? KIT_ASKED_NO_MEMORY : KIT_ASKED_NOTHING;
}

static kit_asked hear(kit_asker *a, hcsref_arena *arena, hcsref_str line, kit_reply *out, hcsref_str *why) {
  hcsref_error err = {"out-of-memory", HCSREF_LIT(""), HCSREF_LIT("")};
  hcsref_str copy;
  if (!hcsref_str_copy(arena, line, &copy) || !kit_reply_read(arena, copy, out, &err))
    return strcmp(err.code, "out-of-memory") == 0
               ? KIT_ASKED_NO_MEMORY
               : nothing(a, arena, "wrote a line that is not an answer: ", err.message, why);
  if (out->breach != NULL || !out->has_id || out->id != a->next_id - 1)
    return nothing(a, arena, "wrote a line that is not the answer", HCSREF_LIT(""), why);
  if (out->kind != KIT_REPLY_UNSUPPORTED)
    return KIT_ASKED_ANSWER;
  return hcsref_format(arena, why, "unsupported: %v", out->reason) ? KIT_ASKED_NOTHING : KIT_ASKED_NO_MEMORY;
}

kit_asked kit_asker_ask(kit_asker *a, hcsref_arena *arena, hcsref_str op, hcsref_str params, kit_reply *out,
                        hcsref_str *why) {
  hcsref_buf question = {.arena = &a->scratch};
  hcsref_str line;
  const char *instead;
  kit_asked status = start(a);
  if (status != KIT_ASKED_ANSWER)
    return status;
  hcsref_arena_reset(&a->scratch);
  kit_question_append(&question, a->next_id++, op, params);
  if (question.failed)
    return KIT_ASKED_NO_MEMORY;
  instead = kit_talk_ask(&a->talk, hcsref_buf_str(&question), a->start.timeout, (size_t)a->answer_limit, &line);
  return instead != NULL ? nothing(a, arena, instead, HCSREF_LIT(""), why) : hear(a, arena, line, out, why);
}
