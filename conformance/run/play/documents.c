/* SPDX-License-Identifier: Apache-2.0 */
/* Answers that were produced earlier: DIR/ID.json holds the payload of a case, or an answer as the protocol has
 * it ({"ok":…}, {"error":…} or {"unsupported":…}). */
#include "run/play/worker.h"

#include <stdlib.h>
#include <string.h>

struct kit_worker {
  kit_runner *runner;
};

static kit_worker *make_documents(kit_runner *runner) {
  kit_worker *w = calloc(1, sizeof(*w));
  if (w != NULL)
    w->runner = runner;
  return w;
}

static bool is_answer(const kit_json *tree) {
  return tree->kind == KIT_JSON_OBJECT && tree->first != NULL &&
         (kit_json_get(tree, "ok") != NULL) + (kit_json_get(tree, "error") != NULL) +
                 (kit_json_get(tree, "unsupported") != NULL) ==
             1 &&
         tree->count == 1 + (size_t)(kit_json_get(tree, "host_calls") != NULL);
}

/* The payload of check-mounts is {"ok":true}: an answer whose payload has that very form is written as an answer. */
static bool is_payload_of(const kit_case *c, const kit_json *tree) {
  const kit_json *expected = kit_json_get(c->ok, "ok"), *actual = kit_json_get(tree, "ok");
  return expected != NULL && actual != NULL && expected->kind == actual->kind && actual->kind != KIT_JSON_OBJECT;
}

static void refuse_document(kit_worker *w, kit_ticket *t, const hcsref_error *err) {
  hcsref_str reason;
  if (strcmp(err->code, "out-of-memory") == 0)
    kit_runner_no_room(w->runner, t, HCSREF_LIT(""));
  else if (!hcsref_format(&t->arena, &reason, "the document is not JSON: %v", err->message))
    kit_runner_out_of_memory(w->runner);
  else
    kit_runner_finish(w->runner, t, KIT_BROKEN, KIT_PROTOCOL, "the document is not JSON", reason);
}

static void judge_document(kit_worker *w, kit_ticket *t, hcsref_str text) {
  hcsref_arena *scratch = kit_runner_scratch(w->runner);
  kit_json *tree;
  kit_reply reply;
  hcsref_error err;
  if (!kit_json_parse(scratch, text, &tree, &err)) {
    refuse_document(w, t, &err);
    return;
  }
  if (is_answer(tree) && !is_payload_of(&t->c, tree)) {
    if (!kit_reply_read(scratch, text, &reply, NULL)) {
      kit_runner_no_room(w->runner, t, HCSREF_LIT(""));
      return;
    }
  } else {
    memset(&reply, 0, sizeof(reply));
    reply.kind = KIT_REPLY_OK;
    reply.text = text;
    reply.ok = tree;
    reply.bad_utf8 = tree->bad_utf8;
  }
  kit_runner_answer(w->runner, t, &reply, HCSREF_LIT(""));
}

static void play_document(kit_worker *w, kit_ticket *t) {
  hcsref_buf path = {&t->arena, NULL, 0, 0, false};
  hcsref_str text;
  hcsref_error err;
  hcsref_buf_append(&path, hcsref_cstr(kit_runner_options(w->runner)->documents));
  hcsref_buf_append_char(&path, '/');
  hcsref_buf_append(&path, t->c.id);
  hcsref_buf_append(&path, HCSREF_LIT(".json"));
  hcsref_buf_append_char(&path, '\0');
  t->sent_at = kit_now_precise();
  if (path.failed)
    kit_runner_out_of_memory(w->runner);
  else if (!kit_path_exists(path.data))
    kit_runner_finish(w->runner, t, KIT_SKIP, KIT_NO_DOCUMENT, "there is no document for this case", HCSREF_LIT(""));
  else if (!kit_read_file(&t->arena, path.data, &text, &err))
    kit_runner_finish(w->runner, t, KIT_BROKEN, KIT_PROTOCOL, "the document could not be read", err.message);
  else
    judge_document(w, t, text);
}

static void free_documents(kit_worker *w) {
  free(w);
}

/* One case a step, so that results are handed out and an interrupt is seen. */
static bool work_documents(kit_worker *w, uint64_t now) {
  bool exhausted;
  kit_ticket *t = kit_runner_take(w->runner, &exhausted);
  (void)now;
  if (t != NULL)
    play_document(w, t);
  return !exhausted;
}

static kit_interest documents_interest(kit_worker *w, uint64_t *deadline) {
  const kit_interest nothing = {NULL, false};
  (void)w;
  *deadline = 0;
  return nothing;
}

const kit_worker_kind kit_documents_worker = {make_documents, work_documents, documents_interest, free_documents};
