/* SPDX-License-Identifier: Apache-2.0 */
#include "run/verdict/judge.h"

#include "compare/text.h"
#include "hcsref/json.h"
#include "run/cases/headline.h"
#include "run/cases/tags.h"

bool kit_error_check_from_name(hcsref_str name, kit_error_check *out) {
  static const char *const names[] = {"any", "code", "message"};
  size_t i;
  for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    if (hcsref_str_equal(name, hcsref_cstr(names[i]))) {
      *out = (kit_error_check)i;
      return true;
    }
  }
  return false;
}

typedef struct judge {
  hcsref_arena *arena;
  hcsref_error *err;
  const kit_rules *rules;
  const kit_case *c;
  const kit_reply *reply;
  kit_result *out;
} judge;

/* A verdict with its reason; the format is hcsref_format's. */
static bool rule(judge *j, kit_verdict verdict, kit_failure failure, const char *format, ...) {
  va_list args;
  bool ok;
  va_start(args, format);
  ok = hcsref_format_args(j->arena, &j->out->reason, format, args);
  va_end(args);
  j->out->verdict = verdict;
  j->out->failure = failure;
  j->out->answer = j->reply->text;
  return ok || hcsref_fail_memory(j->err);
}

/* What is wrong, and the first difference. */
static bool rule_differs(judge *j, kit_failure failure, const char *what) {
  hcsref_buf buf = {j->arena, NULL, 0, 0, false};
  kit_headline_append(&buf, &j->out->differences);
  return (!buf.failed || hcsref_fail_memory(j->err)) && rule(j, KIT_FAIL, failure, "%s%v", what, hcsref_buf_str(&buf));
}

static bool as_json(judge *j, hcsref_str text, hcsref_str *out) {
  hcsref_buf buf = {j->arena, NULL, 0, 0, false};
  hcsref_json_append_string(&buf, text);
  *out = hcsref_buf_str(&buf);
  return !buf.failed || hcsref_fail_memory(j->err);
}

/* The only difference: a text at `pointer`. */
static bool note_text(judge *j, const char *pointer, hcsref_str expected, hcsref_str actual) {
  kit_difference *d = hcsref_arena_alloc(j->arena, sizeof(*d));
  if (d == NULL)
    return hcsref_fail_memory(j->err);
  d->kind = actual.len == 0 ? KIT_MISSING : KIT_VALUE;
  d->pointer = hcsref_cstr(pointer);
  j->out->differences.first = j->out->differences.last = d;
  j->out->differences.count = 1;
  return as_json(j, expected, &d->expected) && (actual.len == 0 || as_json(j, actual, &d->actual));
}

static bool judge_error(judge *j) {
  const kit_case *c = j->c;
  const kit_reply *r = j->reply;
  bool need_code = j->rules->errors == KIT_ERRORS_CODE || (j->rules->errors == KIT_ERRORS_MESSAGE && r->code.len != 0);
  if (need_code && c->code.len != 0 && !hcsref_str_equal(c->code, r->code))
    return note_text(j, "/error/code", c->code, r->code) &&
           rule_differs(j, KIT_WRONG_CODE,
                        r->code.len == 0 ? "the error has no code: " : "the error has a different code: ");
  if (j->rules->errors == KIT_ERRORS_MESSAGE && c->message.len != 0 && !hcsref_str_equal(c->message, r->message))
    return note_text(j, "/error/message", c->message, r->message) &&
           rule_differs(j, KIT_WRONG_MESSAGE, "the error has a different message: ");
  if (j->rules->errors == KIT_ERRORS_MESSAGE && !hcsref_str_has_prefix(r->message, c->message_prefix))
    return note_text(j, "/error/message", c->message_prefix, r->message) &&
           rule_differs(j, KIT_WRONG_MESSAGE, "the error's message begins differently: ");
  return true;
}

static bool compare_payload(judge *j) {
  const kit_case *c = j->c;
  const kit_json *actual = j->reply->ok;
  if (hcsref_str_equal(c->ok_text, actual->raw))
    return true; /* the same bytes are the same in every tier */
  if (j->rules->tier == KIT_BYTES)
    return kit_compare_texts(j->arena, c->ok_text, actual->raw, &j->out->differences, j->err);
  return kit_compare(j->arena, j->rules->tier, kit_payload_shape(c->op, c->ok), c->ok, actual, &j->out->differences,
                     j->err);
}

static bool judge_payload(judge *j) {
  if (!compare_payload(j))
    return false;
  return j->out->differences.count == 0 || rule_differs(j, KIT_DIFFERENCE, "");
}

/* What was asked, and of whom, when both sides tell: `pointer` is where it stands in the answer. */
static bool judge_questions(judge *j, const char *pointer, const kit_json *expected, const kit_json *actual,
                            const char *wrong) {
  const kit_shape unknown = {NULL, false, NULL};
  kit_difference *d;
  kit_differences found;
  if (expected == NULL || actual == NULL)
    return true;
  if (!kit_compare(j->arena, KIT_CANONICAL, unknown, expected, actual, &found, j->err))
    return false;
  if (found.count == 0)
    return true;
  for (d = found.first; d != NULL; d = d->next)
    if (!hcsref_format(j->arena, &d->pointer, "%s%v", pointer, d->pointer))
      return hcsref_fail_memory(j->err);
  j->out->differences = found;
  return rule_differs(j, KIT_WRONG_HOST_CALLS, wrong);
}

static bool judge_host_calls(judge *j) {
  return judge_questions(j, "/host_calls", j->c->host_calls, j->reply->host_calls,
                         "the questions to the host differ: ");
}

static bool judge_requests(judge *j) {
  return judge_questions(j, "/error/requests", j->c->requests, j->reply->requests,
                         "what was asked before the error differs: ");
}

static bool judge_answer(judge *j) {
  const kit_reply *r = j->reply;
  hcsref_str expected = j->c->message.len != 0 ? j->c->message : hcsref_cstr(kit_case_error_reason(j->c));
  if (j->c->ok == NULL && r->kind == KIT_REPLY_OK)
    return rule(j, KIT_FAIL, KIT_NO_ERROR, "a result where an error was expected%s%v", expected.len == 0 ? "" : ": ",
                expected);
  if (j->c->ok != NULL && r->kind == KIT_REPLY_ERROR)
    return rule(j, KIT_FAIL, KIT_UNEXPECTED_ERROR, KIT_UNEXPECTED_ERROR_TEXT "%v",
                r->message.len == 0 ? r->code : r->message);
  if (j->c->ok == NULL ? !judge_error(j) : !judge_payload(j))
    return false;
  if (j->out->verdict == KIT_PASS && !judge_requests(j))
    return false;
  return j->out->verdict != KIT_PASS || judge_host_calls(j);
}

/* Is it an answer at all? */
static bool judge_frame(judge *j) {
  const kit_reply *r = j->reply;
  j->out->verdict = KIT_PASS;
  j->out->failure = KIT_NO_FAILURE;
  if (r->bad_utf8)
    return rule(j, KIT_BROKEN, KIT_NOT_UTF8, "the answer is not UTF-8");
  if (r->breach != NULL)
    return rule(j, KIT_BROKEN, KIT_PROTOCOL, "the answer breaks the protocol: %s", r->breach);
  return r->kind != KIT_REPLY_UNSUPPORTED || rule(j, KIT_SKIP, KIT_UNSUPPORTED, "unsupported: %v", r->reason);
}

bool kit_judge(hcsref_arena *arena, const kit_rules *rules, const kit_case *c, const kit_reply *reply, kit_result *out,
               hcsref_error *err) {
  judge j = {arena, err, rules, c, reply, out};
  return judge_frame(&j) && (out->verdict != KIT_PASS || judge_answer(&j));
}

bool kit_accept(hcsref_arena *arena, const kit_reply *reply, kit_result *out, hcsref_error *err) {
  judge j = {arena, err, NULL, NULL, reply, out};
  out->answer = reply->text;
  return judge_frame(&j);
}
