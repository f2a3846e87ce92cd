/* SPDX-License-Identifier: Apache-2.0 */
/* What the reference answers, as a first draft of a case's expectation. */
#include "golden/golden.h"

#include "compare/text.h"
#include "serve/operation.h"

#include <string.h>

static void append_calls(hcsref_buf *buf, const serve_request *request) {
  const hcsref_slice *calls = request->script == NULL ? NULL : hcsref_script_calls(request->script);
  const hcsref_str *items = calls == NULL ? NULL : calls->items;
  size_t i;
  if (calls == NULL || calls->len == 0)
    return;
  hcsref_buf_append(buf, HCSREF_LIT(",\"host_calls\":["));
  for (i = 0; i < calls->len; i++) {
    hcsref_buf_append(buf, i == 0 ? HCSREF_LIT("") : HCSREF_LIT(","));
    hcsref_json_append_string(buf, items[i]);
  }
  hcsref_buf_append_char(buf, ']');
}

/* `text` is there only where it says more than the canonical form of `ok`. */
static bool append_ok(hcsref_arena *arena, hcsref_buf *buf, hcsref_str payload) {
  hcsref_buf canonical = {arena, NULL, 0, 0, false};
  kit_json *tree;
  if (!kit_json_parse(arena, payload, &tree, NULL))
    return false;
  kit_json_append_canonical(&canonical, tree);
  hcsref_buf_append(buf, HCSREF_LIT("{\"ok\":"));
  hcsref_buf_append(buf, payload);
  if (!hcsref_str_equal(hcsref_buf_str(&canonical), payload)) {
    hcsref_buf_append(buf, HCSREF_LIT(",\"text\":"));
    hcsref_json_append_string(buf, payload);
  }
  return !canonical.failed;
}

bool golden_expectation(hcsref_arena *arena, const hcsref_profile *profile, hcsref_str op, hcsref_str params, bool code,
                        hcsref_str *out, hcsref_error *err) {
  const serve_operation *operation = serve_find_operation(op);
  hcsref_buf reply = {arena, NULL, 0, 0, false}, buf = {arena, NULL, 0, 0, false};
  hcsref_error failure = {NULL, {NULL, 0}, {NULL, 0}};
  serve_request request = {.profile = profile, .arena = arena, .reply = &reply, .err = &failure};
  if (operation == NULL)
    return hcsref_fail(arena, err, "op-unknown", HCSREF_LIT(""), "there is no operation %v", op);
  if (serve_run_operation(operation, params, &request)) {
    if (!append_ok(arena, &buf, hcsref_buf_str(&reply)))
      return hcsref_fail_memory(err);
  } else if (strcmp(failure.code, "out-of-memory") == 0) {
    return hcsref_fail_memory(err);
  } else if (strcmp(failure.code, SERVE_UNSUPPORTED) == 0) {
    return hcsref_fail(arena, err, failure.code, HCSREF_LIT(""), "%v", failure.message);
  } else {
    hcsref_buf_append(&buf, HCSREF_LIT("{\"error\":{"));
    if (code) {
      hcsref_buf_append(&buf, HCSREF_LIT("\"code\":"));
      hcsref_json_append_string(&buf, hcsref_cstr(failure.code));
      hcsref_buf_append_char(&buf, ',');
    }
    hcsref_buf_append(&buf, HCSREF_LIT("\"message\":"));
    hcsref_json_append_string(&buf, failure.message);
    hcsref_buf_append_char(&buf, '}');
    if (request.requests.len > 0) { /* what had been asked before */
      hcsref_buf_append(&buf, HCSREF_LIT(",\"requests\":"));
      hcsref_buf_append(&buf, request.requests);
    }
  }
  append_calls(&buf, &request);
  hcsref_buf_append_char(&buf, '}');
  *out = hcsref_buf_str(&buf);
  return !buf.failed || hcsref_fail_memory(err);
}
