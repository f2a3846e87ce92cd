/* SPDX-License-Identifier: Apache-2.0 */
#include "run/verdict/answer.h"

#include "cli/profile.h"
#include "compare/text.h"
#include "hcsref/json.h"

#include <string.h>

/* ---- who ---------------------------------------------------------------------------------------------- */

/* What a case names as its evidence is a word. */
static bool is_name(hcsref_str s) {
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789.+-";
  size_t i;
  for (i = 0; i < s.len; i++)
    if (memchr(allowed, s.data[i], sizeof(allowed) - 1) == NULL)
      return false;
  return s.len > 0 && memchr(".+-", s.data[0], 3) == NULL;
}

/* "containerd-1.7.34+hcsshim-0.11.7", in the order of the programs. */
static void append_releases(hcsref_buf *buf, const kit_json *releases) {
  int i;
  for (i = 0; i < HCSREF_PROGRAM_COUNT; i++) {
    const char *program = hcsref_program_name((hcsref_program)i);
    hcsref_str release = kit_json_get_string(releases, program);
    if (release.len == 0)
      continue;
    if (buf->len > 0)
      hcsref_buf_append_char(buf, '+');
    hcsref_buf_append(buf, hcsref_cstr(program));
    hcsref_buf_append_char(buf, '-');
    hcsref_buf_append(buf, release);
  }
}

bool kit_witness_read(hcsref_arena *arena, const kit_hello *hello, kit_witness *out) {
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  hcsref_error err;
  kit_witness found = {{NULL, 0}, NULL};
  if (hello->profile.len > 0)
    hcsref_buf_append(&buf, hello->profile);
  else
    append_releases(&buf, hello->releases);
  if (buf.failed)
    return false;
  if (is_name(hcsref_buf_str(&buf))) {
    found.name = hcsref_buf_str(&buf);
    found.profile = cli_profile_find(arena, found.name, &err);
    if (found.profile == NULL && strcmp(err.code, "out-of-memory") == 0)
      return false;
  }
  *out = found;
  return true;
}

/* ---- what --------------------------------------------------------------------------------------------- */

static void append_string(hcsref_buf *buf, const char *key, hcsref_str text) {
  hcsref_buf_append(buf, hcsref_cstr(key));
  hcsref_json_append_string(buf, text);
}

static void append_value(hcsref_buf *buf, const char *key, const kit_json *value) {
  if (value == NULL)
    return;
  hcsref_buf_append(buf, hcsref_cstr(key));
  kit_json_append_compact(buf, value->raw);
}

static void append_ok(hcsref_buf *buf, const kit_json *ok) {
  hcsref_buf canonical = {buf->arena, NULL, 0, 0, false};
  append_value(buf, "{\"ok\":", ok);
  kit_json_append_canonical(&canonical, ok);
  buf->failed = buf->failed || canonical.failed;
  if (!hcsref_str_equal(hcsref_buf_str(&canonical), ok->raw))
    append_string(buf, ",\"text\":", ok->raw);
}

static void append_error(hcsref_buf *buf, const kit_reply *reply) {
  hcsref_buf_append(buf, HCSREF_LIT("{\"error\":{"));
  if (reply->code.len > 0)
    append_string(buf, "\"code\":", reply->code);
  if (reply->message.len > 0)
    append_string(buf, reply->code.len > 0 ? ",\"message\":" : "\"message\":", reply->message);
  hcsref_buf_append_char(buf, '}');
  append_value(buf, ",\"requests\":", reply->requests);
}

void kit_answer_append_expect(hcsref_buf *buf, const kit_reply *reply) {
  if (reply->kind == KIT_REPLY_OK)
    append_ok(buf, reply->ok);
  else
    append_error(buf, reply);
  append_value(buf, ",\"host_calls\":", reply->host_calls);
  hcsref_buf_append_char(buf, '}');
}

/* ---- the case ----------------------------------------------------------------------------------------- */

void kit_answer_append_profiles(hcsref_buf *buf, hcsref_str op, const hcsref_profile *profile) {
  int performer = kit_performer_of(op, profile);
  hcsref_buf_append(buf, HCSREF_LIT("[\""));
  if (hcsref_str_equal(hcsref_profile_name(profile), HCSREF_LIT("baseline"))) {
    hcsref_buf_append(buf, HCSREF_LIT("baseline"));
  } else {
    hcsref_buf_append(buf, hcsref_cstr(hcsref_program_name((hcsref_program)performer)));
    hcsref_buf_append(buf, HCSREF_LIT(" ="));
    hcsref_buf_append(buf, hcsref_profile_release(profile, (hcsref_program)performer));
  }
  hcsref_buf_append(buf, HCSREF_LIT("\"]"));
}

bool kit_answer_append_case(hcsref_buf *buf, const kit_case *c, const kit_witness *witness, const kit_reply *reply) {
  append_string(buf, "{\"id\":", c->id);
  if (c->has_title)
    append_string(buf, ",\"title\":", c->title);
  append_string(buf, ",\"level\":", hcsref_cstr(kit_level_name(c->level)));
  append_string(buf, ",\"op\":", c->op);
  if (witness->profile != NULL && kit_performer_of(c->op, witness->profile) != HCSREF_PROGRAM_COUNT) {
    hcsref_buf_append(buf, HCSREF_LIT(",\"profiles\":"));
    kit_answer_append_profiles(buf, c->op, witness->profile);
  }
  if (witness->name.len > 0) {
    append_string(buf, ",\"recorded\":[", witness->name);
    hcsref_buf_append_char(buf, ']');
  }
  append_value(buf, ",\"tags\":", c->tags);
  hcsref_buf_append(buf, HCSREF_LIT(",\"source\":\"recorded\",\"params\":"));
  hcsref_buf_append(buf, c->params);
  hcsref_buf_append(buf, HCSREF_LIT(",\"expect\":"));
  kit_answer_append_expect(buf, reply);
  hcsref_buf_append(buf, HCSREF_LIT("}\n"));
  return !buf->failed;
}
