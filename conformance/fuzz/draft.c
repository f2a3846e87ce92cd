/* SPDX-License-Identifier: Apache-2.0 */
/* A finding as a case: a draft, because its expectation is only the reference's answer. */
#include "fuzz/findings.h"

#include "golden/golden.h"
#include "io/output.h"
#include "run/verdict/answer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Longest title that golden lint takes. */
#define TITLE_LENGTH 120

static void append_title(hcsref_arena *arena, hcsref_buf *buf, const kit_fuzz_finding *f) {
  hcsref_str title;
  if (!hcsref_format(arena, &title, "%s: %s", f->operation->operation->name, f->kind)) {
    buf->failed = true;
    return;
  }
  title = hcsref_str_first(title, TITLE_LENGTH);
  while (title.len > 0 && (title.data[title.len - 1] == '.' || title.data[title.len - 1] == ' '))
    title.len--;
  hcsref_json_append_string(buf, title);
}

static bool append_why(hcsref_arena *arena, hcsref_buf *buf, const kit_fuzz_finding *f, const kit_fuzz_origin *origin) {
  bool reference = origin->oracle->old == NULL;
  hcsref_str why;
  if (!hcsref_format(
          arena, &why,
          "Found by hcsproof fuzz (seed %u, input %u): %v answers differently from %s. What is expected is %s "
          "answer and not a recorded one: before this case counts, work out what upstream does, name the "
          "rule, and say here what breaks.",
          origin->seed, f->number, origin->testee, reference ? "the reference" : "the testee of --against",
          reference ? "the reference's" : "that testee's"))
    return false;
  hcsref_json_append_string(buf, why);
  return true;
}

/* What the one who is compared with answers; the reference, where the other one now gives no answer. */
static bool make_expectation(hcsref_arena *arena, hcsref_str op, hcsref_str params, const kit_fuzz_origin *origin,
                             hcsref_str *out) {
  const kit_fuzz_oracle *oracle = origin->oracle;
  hcsref_buf buf = {.arena = arena};
  kit_reply reply;
  hcsref_str why;
  if (oracle->old == NULL || kit_asker_ask(oracle->old, arena, op, params, &reply, &why) != KIT_ASKED_ANSWER)
    return golden_expectation(arena, oracle->profile, op, params, origin->codes, out, NULL);
  kit_answer_append_expect(&buf, &reply);
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}

static bool make_text(hcsref_arena *arena, const kit_fuzz_finding *f, hcsref_str params, const kit_fuzz_origin *origin,
                      hcsref_str *out) {
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  hcsref_str op = hcsref_cstr(f->operation->operation->name), expect;
  kit_json *tree;
  hcsref_buf_append(&buf, HCSREF_LIT("{\"title\":"));
  append_title(arena, &buf, f);
  hcsref_buf_append(&buf, HCSREF_LIT(",\"why\":"));
  if (!append_why(arena, &buf, f, origin) || !make_expectation(arena, op, params, origin, &expect))
    return false;
  hcsref_buf_append(&buf, HCSREF_LIT(",\"level\":\"must\",\"op\":"));
  hcsref_json_append_string(&buf, op);
  if (origin->oracle->named) {
    hcsref_buf_append(&buf, HCSREF_LIT(",\"profiles\":"));
    kit_answer_append_profiles(&buf, op, origin->oracle->profile);
  }
  hcsref_buf_append(&buf, HCSREF_LIT(",\"tags\":[\"fuzz\"],\"upstream\":[],"
                                     "\"source\":\"fuzzing\",\"params\":"));
  hcsref_buf_append(&buf, params);
  hcsref_buf_append(&buf, HCSREF_LIT(",\"expect\":"));
  hcsref_buf_append(&buf, expect);
  hcsref_buf_append_char(&buf, '}');
  return !buf.failed && kit_json_parse(arena, hcsref_buf_str(&buf), &tree, NULL) && golden_canonical(arena, tree, out);
}

static bool make_folder(const char *path) {
  const char *slash = strrchr(path, '/');
  size_t length = slash == NULL ? 0 : (size_t)(slash - path);
  char *folder = malloc(length + 1);
  bool ok;
  if (folder == NULL) {
    errno = ENOMEM;
    return false;
  }
  memcpy(folder, path, length);
  folder[length] = '\0';
  ok = length == 0 || kit_folder_make(folder);
  free(folder);
  return ok;
}

static kit_fuzz_written create(const char *path, hcsref_str text) {
  output_file out;
  if (output_open_new(path, &out)) {
    output_write(&out, text.data, text.len);
    if (output_close(&out, true))
      return KIT_FUZZ_WRITTEN;
  }
  return errno == EEXIST ? KIT_FUZZ_THERE : KIT_FUZZ_FAILED;
}

kit_fuzz_written kit_fuzz_write_draft(const char *path, const kit_fuzz_finding *f, hcsref_str params,
                                      const kit_fuzz_origin *origin) {
  hcsref_arena arena;
  hcsref_str text;
  kit_fuzz_written written = KIT_FUZZ_FAILED;
  hcsref_arena_init(&arena, NULL, 0);
  if (!make_text(&arena, f, params, origin, &text))
    errno = ENOMEM;
  else if (make_folder(path))
    written = create(path, text);
  hcsref_arena_free(&arena);
  return written;
}
