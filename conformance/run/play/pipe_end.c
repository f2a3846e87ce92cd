/* SPDX-License-Identifier: Apache-2.0 */
/* How a testee over the pipe ends. When it dies or hangs with several questions in flight nobody can tell which of them
 * it was, so they are asked again one at a time; a case answers for the end of its testee only when it was the one
 * question that a fresh testee had. */
#include "run/play/pipe_state.h"

#include <stdio.h>

/* An end without any answer since the one before costs patience: a time limit much, since it was waited for. */
#define PATIENCE      20
#define COST_OF_DEATH 1
#define COST_OF_HANG  7

void pipe_end_process(kit_worker *w) {
  kit_process_free(w->process);
  w->process = NULL;
  kit_queue_clear(&w->in);
  kit_queue_clear(&w->out);
  kit_queue_clear(&w->err);
  w->searched = 0;
  w->state = PIPE_IDLE;
}

static void give_up_before_hello(kit_worker *w, const char *what) {
  char text[400];
  snprintf(text, sizeof(text), "the testee did not say hello: it %s", what);
  kit_runner_give_up(w->runner, text, kit_queue_bytes(&w->err));
}

/* All in flight go in front of those that wait, to be asked one at a time. */
static void put_back(kit_worker *w) {
  ticket_list all = {NULL, NULL, 0};
  kit_ticket *t;
  while ((t = ticket_list_pop(&w->flight)) != NULL) {
    t->replayed++;
    ticket_list_push(&all, t);
  }
  while ((t = ticket_list_pop(&w->waiting)) != NULL)
    ticket_list_push(&all, t);
  w->waiting = all;
}

void pipe_note_suspicion(kit_worker *w) {
  if (w->suspicion[0] == '\0')
    return;
  kit_runner_breach(w->runner, w->suspicion);
  w->suspicion[0] = '\0';
}

bool pipe_has_suspects(const kit_worker *w) {
  return w->waiting.first != NULL && w->waiting.first->replayed > 0;
}

static void spend_patience(kit_worker *w, kit_failure failure, const char *what) {
  char text[400];
  w->patience_spent += failure == KIT_TIMEOUT ? COST_OF_HANG : COST_OF_DEATH;
  if (w->patience_spent <= PATIENCE)
    return;
  snprintf(text, sizeof(text), "the testee was abandoned: it %s, again and again, with no answer in between", what);
  kit_runner_give_up(w->runner, text, HCSREF_LIT(""));
}

/* The process ended, hung or babbled ("it WHAT"). */
void pipe_break_down(kit_worker *w, kit_failure failure, const char *what) {
  char text[300];
  if (w->state == PIPE_HELLO && !w->had_hello) {
    give_up_before_hello(w, what);
    return;
  }
  snprintf(text, sizeof(text), "the testee %s", what);
  if (w->flight.count == 1 && w->asked == 1) {
    kit_runner_finish(w->runner, ticket_list_pop(&w->flight), KIT_BROKEN, failure, text, kit_queue_bytes(&w->err));
    w->suspicion[0] = '\0';
  } else {
    snprintf(w->suspicion, sizeof(w->suspicion), "the testee %s after %llu answers, but no single case makes it do so",
             what, (unsigned long long)w->answers);
    put_back(w);
    if (!pipe_has_suspects(w))
      pipe_note_suspicion(w);
  }
  pipe_end_process(w);
  spend_patience(w, failure, what);
  (void)kit_runner_restart(w->runner);
}
