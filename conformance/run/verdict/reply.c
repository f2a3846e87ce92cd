/* SPDX-License-Identifier: Apache-2.0 */
#include "run/verdict/reply.h"

#include "hcsref/json.h"

#include <string.h>

static const char *read_error(kit_reply *r, const kit_json *error) {
  if (error->kind != KIT_JSON_OBJECT)
    return "\"error\" is not an object";
  r->kind = KIT_REPLY_ERROR;
  r->code = kit_json_get_string(error, "code");
  r->message = kit_json_get_string(error, "message");
  r->requests = kit_json_get(error, "requests");
  if (r->requests != NULL && r->requests->kind != KIT_JSON_ARRAY)
    return "\"requests\" is not an array";
  return NULL;
}

static const char *read_unsupported(kit_reply *r, const kit_json *reason) {
  if (reason->kind != KIT_JSON_STRING)
    return "\"unsupported\" is not a string";
  r->kind = KIT_REPLY_UNSUPPORTED;
  r->reason = reason->text;
  return NULL;
}

static const char *read_answer(kit_reply *r, const kit_json *frame) {
  const kit_json *ok = kit_json_get(frame, "ok"), *error = kit_json_get(frame, "error"),
                 *unsupported = kit_json_get(frame, "unsupported");
  int given = (ok != NULL) + (error != NULL) + (unsupported != NULL);
  if (given != 1)
    return given == 0 ? "it has none of \"ok\", \"error\" and \"unsupported\""
                      : "it has more than one of \"ok\", \"error\" and \"unsupported\"";
  if (error != NULL)
    return read_error(r, error);
  if (unsupported != NULL)
    return read_unsupported(r, unsupported);
  r->kind = KIT_REPLY_OK;
  r->ok = ok;
  return NULL;
}

bool kit_reply_read(hcsref_arena *arena, hcsref_str line, kit_reply *out, hcsref_error *err) {
  return kit_reply_read_expected(arena, line, HCSREF_LIT(""), out, err);
}

bool kit_reply_read_expected(hcsref_arena *arena, hcsref_str line, hcsref_str payload, kit_reply *out,
                             hcsref_error *err) {
  const kit_json_known known = {HCSREF_LIT("ok"), payload};
  kit_json *frame;
  memset(out, 0, sizeof(*out));
  out->text = line;
  if (!kit_json_parse_known(arena, line, known, &frame, err))
    return false;
  if (frame->kind != KIT_JSON_OBJECT)
    return hcsref_fail(arena, err, "reply", HCSREF_LIT(""), "it is not an object");
  out->bad_utf8 = frame->bad_utf8;
  out->has_id = kit_json_uint(kit_json_get(frame, "id"), &out->id);
  out->host_calls = kit_json_get(frame, "host_calls");
  out->breach = read_answer(out, frame);
  if (out->breach == NULL && out->host_calls != NULL && out->host_calls->kind != KIT_JSON_ARRAY)
    out->breach = "\"host_calls\" is not an array";
  return true;
}

static bool no_hello(hcsref_arena *arena, hcsref_error *err, hcsref_str line, const char *why) {
  return hcsref_fail(arena, err, "hello", HCSREF_LIT(""), "%s; it wrote %q", why, hcsref_str_first(line, 200));
}

static bool is_list_or_absent(const kit_json *node) {
  return node == NULL || node->kind == KIT_JSON_ARRAY;
}

bool kit_hello_read(hcsref_arena *arena, hcsref_str line, kit_hello *out, hcsref_error *err) {
  kit_json *frame;
  const kit_json *hello;
  if (!kit_json_parse(arena, line, &frame, err))
    return no_hello(arena, err, line, "the first line is not JSON (only answers may be written to standard output)");
  hello = kit_json_get(frame, "hello");
  if (hello == NULL || hello->kind != KIT_JSON_OBJECT)
    return no_hello(arena, err, line, "the first line is not {\"hello\":{…}}");
  if (!kit_json_uint(kit_json_get(hello, "protocol"), &out->protocol))
    return no_hello(arena, err, line, "its hello names no protocol version");
  if (out->protocol != KIT_PROTOCOL_VERSION)
    return hcsref_fail(arena, err, "hello", HCSREF_LIT(""), "it speaks protocol version %u, and this kit version %u",
                       out->protocol, (uint64_t)KIT_PROTOCOL_VERSION);
  out->name = kit_json_get_string(hello, "name");
  out->version = kit_json_get_string(hello, "version");
  out->language = kit_json_get_string(hello, "language");
  out->ops = kit_json_get(hello, "ops");
  out->profiles = kit_json_get(hello, "profiles");
  out->profile = kit_json_get_string(hello, "profile");
  out->releases = kit_json_get(hello, "releases");
  if (!is_list_or_absent(out->ops) || !is_list_or_absent(out->profiles))
    return no_hello(arena, err, line, "\"ops\" and \"profiles\" should be arrays");
  return true;
}

/* {"containerd":"2.1.9",…} */
static void append_releases(hcsref_buf *buf, const hcsref_profile *profile) {
  bool first = true;
  for (int i = 0; i < HCSREF_PROGRAM_COUNT; i++) {
    hcsref_str release = hcsref_profile_release(profile, (hcsref_program)i);
    if (release.len == 0)
      continue;
    hcsref_buf_append(buf, first ? HCSREF_LIT("\"") : HCSREF_LIT(",\""));
    hcsref_buf_append(buf, hcsref_cstr(hcsref_program_name((hcsref_program)i)));
    hcsref_buf_append(buf, HCSREF_LIT("\":"));
    hcsref_json_append_string(buf, release);
    first = false;
  }
}

void kit_hello_append(hcsref_buf *buf, const hcsref_profile *profile, bool named) {
  hcsref_buf_append(buf, HCSREF_LIT("{\"hello\":{\"protocol\":"));
  hcsref_buf_append_uint(buf, KIT_PROTOCOL_VERSION);
  hcsref_buf_append(buf, HCSREF_LIT(",\"kit\":\"hcsproof " HCSPROOF_VERSION "\""));
  if (named) {
    hcsref_buf_append(buf, HCSREF_LIT(",\"profile\":"));
    hcsref_json_append_string(buf, hcsref_profile_name(profile));
    hcsref_buf_append(buf, HCSREF_LIT(",\"releases\":{"));
    append_releases(buf, profile);
    hcsref_buf_append_char(buf, '}');
  }
  hcsref_buf_append(buf, HCSREF_LIT("}}\n"));
}

void kit_question_append(hcsref_buf *buf, uint64_t id, hcsref_str op, hcsref_str params) {
  hcsref_buf_append(buf, HCSREF_LIT("{\"id\":"));
  hcsref_buf_append_uint(buf, id);
  hcsref_buf_append(buf, HCSREF_LIT(",\"op\":"));
  hcsref_json_append_string(buf, op);
  hcsref_buf_append(buf, HCSREF_LIT(",\"params\":"));
  hcsref_buf_append(buf, params);
  hcsref_buf_append(buf, HCSREF_LIT("}\n"));
}
