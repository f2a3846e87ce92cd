/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/frame.h"

#include "serve/operation.h"
#include "serve/table.h"

/* A line, with what is not understood yet kept as text: the params must reach the operation byte for byte. */
typedef struct frame {
  hcsref_str id, hello, op, params;
} frame;

static const hcsref_field frame_fields[] = {
    FIELD(frame, id, "id", hcsref_type_raw),
    FIELD(frame, hello, "hello", hcsref_type_raw),
    FIELD(frame, op, "op", hcsref_type_string),
    FIELD(frame, params, "params", hcsref_type_raw),
};
static const hcsref_type frame_type = OBJECT(frame, "frame", frame_fields);

typedef struct hello {
  int64_t protocol;
  hcsref_str profile;
} hello;

static const hcsref_field hello_fields[] = {
    FIELD(hello, protocol, "protocol", hcsref_type_int),
    FIELD(hello, profile, "profile", hcsref_type_string),
};
static const hcsref_type hello_type = OBJECT(hello, "hello", hello_fields);

void serve_append_error(hcsref_buf *buf, const hcsref_error *err) {
  hcsref_buf_append(buf, HCSREF_LIT("{\"code\":"));
  hcsref_json_append_string(buf, hcsref_cstr(err->code));
  hcsref_buf_append(buf, HCSREF_LIT(",\"message\":"));
  hcsref_json_append_string(buf, err->message);
  if (err->where.len > 0) {
    hcsref_buf_append(buf, HCSREF_LIT(",\"where\":"));
    hcsref_json_append_string(buf, err->where);
  }
  hcsref_buf_append_char(buf, '}');
}

static bool is_ascii(hcsref_str text) {
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.data[i] >= 0x80)
      return false;
  return true;
}

/* The id goes back byte for byte, unless it is a string that may not be UTF-8, which no reply must hold. */
static void open_reply(hcsref_buf *reply, hcsref_str id) {
  hcsref_str text = {0};
  hcsref_buf_append(reply, HCSREF_LIT("{\"id\":"));
  if (is_ascii(id))
    hcsref_buf_append(reply, id);
  else if (hcsref_json_decode(reply->arena, id, &hcsref_type_string, HCSREF_JSON_WHOLE, &text, NULL))
    hcsref_json_append_string(reply, text);
  else
    reply->failed = true;
}

/* Ends the reply; out of memory leaves none. */
static serve_result close_reply(hcsref_buf *reply, hcsref_str *out, hcsref_str *problem) {
  hcsref_buf_append(reply, HCSREF_LIT("}\n"));
  if (reply->failed) {
    *problem = HCSREF_LIT("out of memory [out-of-memory]");
    return SERVE_NO_ANSWER;
  }
  *out = hcsref_buf_str(reply);
  return SERVE_ANSWERED;
}

/* An operation that the profile cannot perform is no error. */
static bool is_unsupported(const hcsref_error *err) {
  return hcsref_str_equal(hcsref_cstr(err->code), HCSREF_LIT(SERVE_UNSUPPORTED));
}

static void append_unsupported(hcsref_buf *reply, hcsref_str why) {
  hcsref_buf_append(reply, HCSREF_LIT(",\"unsupported\":"));
  hcsref_json_append_string(reply, why);
}

static void append_error_member(hcsref_buf *reply, const hcsref_error *err) {
  hcsref_buf_append(reply, HCSREF_LIT(",\"error\":"));
  serve_append_error(reply, err);
}

/* What was asked before the error, as a member of it. */
static void append_requests(hcsref_buf *reply, hcsref_str requests) {
  if (requests.len == 0 || reply->failed)
    return;
  reply->len--; /* the object goes on */
  hcsref_buf_append(reply, HCSREF_LIT(",\"requests\":"));
  hcsref_buf_append(reply, requests);
  hcsref_buf_append_char(reply, '}');
}

static void append_host_calls(hcsref_buf *reply, const hcsref_script *script) {
  const hcsref_slice *calls = hcsref_script_calls(script);
  hcsref_buf_append(reply, HCSREF_LIT(",\"host_calls\":["));
  for (size_t i = 0; i < calls->len; i++) {
    if (i > 0)
      hcsref_buf_append_char(reply, ',');
    hcsref_json_append_string(reply, ((const hcsref_str *)calls->items)[i]);
  }
  hcsref_buf_append_char(reply, ']');
}

/* The answer to a whole frame with an id. */
static void append_answer(const serve_session *session, hcsref_arena *arena, const frame *in, hcsref_buf *reply) {
  const serve_operation *operation = serve_find_operation(in->op);
  size_t before;
  hcsref_error err = {0};
  serve_request request = {.profile = session->profile, .arena = arena, .reply = reply, .err = &err};
  if (operation == NULL) {
    hcsref_str text = {0};
    reply->failed = reply->failed || !hcsref_format(arena, &text, "unknown operation %q", in->op);
    append_unsupported(reply, text);
    return;
  }
  before = reply->len;
  hcsref_buf_append(reply, HCSREF_LIT(",\"ok\":"));
  if (!serve_run_operation(operation, in->params, &request)) {
    reply->len = before;
    if (is_unsupported(&err)) {
      append_unsupported(reply, err.message);
    } else {
      append_error_member(reply, &err);
      append_requests(reply, request.requests);
    }
  }
  if (request.script != NULL)
    append_host_calls(reply, request.script);
}

/* Says on standard error what no answer can say. */
static void tell(hcsref_arena *arena, const hcsref_error *err, hcsref_str *problem) {
  if (!hcsref_format(arena, problem, "%v [%s]", err->message, err->code))
    *problem = HCSREF_LIT("out of memory [out-of-memory]");
}

static serve_result refuse_hello(hcsref_arena *arena, const hcsref_error *err, hcsref_str *problem) {
  tell(arena, err, problem);
  return SERVE_REFUSED;
}

/* "profile" and "releases": who answers. */
static void append_profile(hcsref_buf *reply, const hcsref_profile *profile) {
  hcsref_str before = HCSREF_LIT(",\"releases\":{\"");
  hcsref_buf_append(reply, HCSREF_LIT(",\"profile\":"));
  hcsref_json_append_string(reply, hcsref_profile_name(profile));
  for (int i = 0; i < HCSREF_PROGRAM_COUNT; i++) {
    hcsref_str release = hcsref_profile_release(profile, (hcsref_program)i);
    if (release.len == 0)
      continue;
    hcsref_buf_append(reply, before);
    hcsref_buf_append(reply, hcsref_cstr(hcsref_program_name((hcsref_program)i)));
    hcsref_buf_append(reply, HCSREF_LIT("\":"));
    hcsref_json_append_string(reply, release);
    before = HCSREF_LIT(",\"");
  }
  hcsref_buf_append_char(reply, '}');
}

/* The profile that the hello names; the session's own when it names none. */
static bool choose_profile(serve_session *session, hcsref_str name, hcsref_error *err) {
  const hcsref_profile *profile;
  if (name.len == 0)
    return true;
  profile = hcsref_profile_find(&session->arena, name, err);
  if (profile == NULL)
    return false;
  session->profile = profile;
  return true;
}

/* Those that the profile performs. */
static void append_operations(hcsref_buf *reply, const hcsref_profile *profile) {
  const serve_operation *operation;
  hcsref_str before = HCSREF_LIT("\"");
  for (size_t i = 0; (operation = serve_operation_at(i)) != NULL; i++) {
    if (!serve_performs(profile, operation))
      continue;
    hcsref_buf_append(reply, before);
    hcsref_buf_append(reply, hcsref_cstr(operation->name));
    hcsref_buf_append_char(reply, '"');
    before = HCSREF_LIT(",\"");
  }
}

/* What the runner says first. */
static serve_result answer_hello(serve_session *session, hcsref_arena *arena, hcsref_str text, hcsref_str *out,
                                 hcsref_str *problem) {
  hcsref_buf reply = {.arena = arena};
  hello in = {0};
  hcsref_error err = {0};
  if (!hcsref_json_decode(arena, text, &hello_type, HCSREF_JSON_WHOLE, &in, &err))
    return refuse_hello(arena, &err, problem);
  if (in.protocol != SERVE_PROTOCOL) {
    hcsref_fail(arena, &err, "protocol-version", HCSREF_LIT(""), "the runner speaks protocol %d, this testee speaks %d",
                in.protocol, (int64_t)SERVE_PROTOCOL);
    return refuse_hello(arena, &err, problem);
  }
  if (!choose_profile(session, in.profile, &err))
    return refuse_hello(arena, &err, problem);
  hcsref_buf_append(&reply,
                    HCSREF_LIT("{\"hello\":{\"protocol\":1,\"name\":\"hcsproof\",\"version\":\"" HCSPROOF_VERSION
                               "\",\"language\":\"c\",\"ops\":["));
  append_operations(&reply, session->profile);
  hcsref_buf_append(&reply, HCSREF_LIT("],\"profiles\":["));
  hcsref_json_append_string(&reply, hcsref_profile_name(session->profile));
  hcsref_buf_append_char(&reply, ']');
  append_profile(&reply, session->profile);
  hcsref_buf_append_char(&reply, '}');
  return close_reply(&reply, out, problem);
}

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static hcsref_str skip_space(hcsref_str text) {
  while (text.len > 0 && is_space(text.data[0]))
    text = hcsref_str_skip(text, 1);
  return text;
}

/* The length of a whole number at the front that something follows, as JSON writes it; 0: none. */
static size_t number_length(hcsref_str text) {
  size_t length = 0;
  while (length < text.len && text.data[length] >= '0' && text.data[length] <= '9')
    length++;
  return length == text.len || (length > 1 && text.data[0] == '0') ? 0 : length;
}

/* The length of a string of ASCII letters without escapes at the front, with its quotes; 0: none. */
static size_t string_length(hcsref_str text) {
  size_t length = 1;
  while (length < text.len && text.data[length] >= ' ' && text.data[length] <= '~' && text.data[length] != '"' &&
         text.data[length] != '\\')
    length++;
  return length < text.len && text.data[length] == '"' ? length + 1 : 0;
}

/* The id at the beginning of a frame that can't be read as a whole: {"id":7 or {"id":"a". */
static bool leading_id(hcsref_str text, hcsref_str *id) {
  static const char *const tokens[] = {"{", "\"id\"", ":"};
  size_t length;
  for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++) {
    hcsref_str token = hcsref_cstr(tokens[i]);
    text = skip_space(text);
    if (!hcsref_str_has_prefix(text, token))
      return false;
    text = hcsref_str_skip(text, token.len);
  }
  text = skip_space(text);
  length = text.len > 0 && text.data[0] == '"' ? string_length(text) : number_length(text);
  *id = hcsref_str_first(text, length);
  return length > 0;
}

/* An id is a number or a string: anything else would not come back as it went. */
static bool is_id(hcsref_str raw) {
  return raw.len > 0 && (raw.data[0] == '"' || raw.data[0] == '-' || (raw.data[0] >= '0' && raw.data[0] <= '9'));
}

static serve_result reject(hcsref_arena *arena, hcsref_str id, const hcsref_error *err, hcsref_str *out,
                           hcsref_str *problem) {
  hcsref_buf reply = {.arena = arena};
  if (id.len == 0) {
    tell(arena, err, problem);
    return SERVE_NO_ANSWER;
  }
  open_reply(&reply, id);
  append_error_member(&reply, err);
  return close_reply(&reply, out, problem);
}

serve_result serve_answer_line(serve_session *session, hcsref_arena *arena, hcsref_str line, hcsref_str *out,
                               hcsref_str *problem) {
  hcsref_buf reply = {.arena = arena};
  frame in = {0};
  hcsref_error err = {0};
  hcsref_str id = {0};
  if (!hcsref_json_decode(arena, line, &frame_type, HCSREF_JSON_WHOLE, &in, &err)) {
    if (!hcsref_str_equal(hcsref_cstr(err.code), HCSREF_LIT("out-of-memory")))
      err.code = "bad-frame";
    leading_id(line, &id);
    return reject(arena, id, &err, out, problem);
  }
  if (in.hello.len > 0)
    return answer_hello(session, arena, in.hello, out, problem);
  if (!is_id(in.id) || in.op.len == 0) {
    hcsref_fail(arena, &err, "bad-frame", HCSREF_LIT(""), "a frame has \"id\" (a number or a string) and \"op\"");
    return reject(arena, is_id(in.id) ? in.id : id, &err, out, problem);
  }
  open_reply(&reply, in.id);
  append_answer(session, arena, &in, &reply);
  return close_reply(&reply, out, problem);
}

serve_result serve_answer_long_line(hcsref_arena *arena, hcsref_str beginning, size_t limit, hcsref_str *out,
                                    hcsref_str *problem) {
  hcsref_error err = {0};
  hcsref_str id = {0};
  leading_id(beginning, &id);
  hcsref_fail(arena, &err, "frame-too-large", HCSREF_LIT(""), "the frame is longer than %u bytes (--max-frame)",
              (uint64_t)limit);
  return reject(arena, id, &err, out, problem);
}
