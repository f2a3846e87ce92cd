/* SPDX-License-Identifier: Apache-2.0 */
/* Too little memory for an answer is an error that says so, never another answer: frames and translations with every
 * limit below what they need. */
#include "serve/frame.h"
#include "translate/translation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Every allocation is a multiple of it. */
#define STEP 16

/* One frame for each operation, with a host where it asks one. */
static const char *const frames[] = {
    "{\"hello\":{\"protocol\":1}}",
    "{\"id\":1,\"op\":\"nonsense\"}",
    "{\"id\":1,",
    "{\"id\":1,\"op\":\"clean-path\",\"params\":{\"path\":\"C:/a/../b\"}}",
    "{\"id\":1,\"op\":\"clean-mount-path\",\"params\":{\"path\":\"a/b\"}}",
    "{\"id\":1,\"op\":\"join-path\",\"params\":{\"parts\":[\"a\",\"b\",\"../c\"]}}",
    "{\"id\":1,\"op\":\"split-path\",\"params\":{\"path\":\"C:\\\\a/b\"}}",
    "{\"id\":1,\"op\":\"is-named-pipe\",\"params\":{\"path\":\"x\"}}",
    "{\"id\":1,\"op\":\"map-named-pipe\",\"params\":{\"source\":\"\\\\\\\\.\\\\pipe\\\\x\",\"destination\":\"y\","
    "\"hosting_system\":{}}}",
    "{\"id\":1,\"op\":\"sandbox-mount-path\",\"params\":{\"path\":\"sandbox:///a\"}}",
    "{\"id\":1,\"op\":\"sort-mounts\",\"params\":{\"mounts\":[\"a/b/c\",\"a\",\"a/b\"]}}",
    "{\"id\":1,\"op\":\"device-location\",\"params\":{\"path\":\"a\\\\7\"}}",
    "{\"id\":1,\"op\":\"volume-path\",\"params\":{\"path\":\"x\"}}",
    "{\"id\":1,\"op\":\"volume-path\",\"params\":{\"path\":\"\\\\\\\\?\\\\Volume{11111111-2222-3333-4444-555555555555}"
    "\"}}",
    "{\"id\":1,\"op\":\"annotation-bool\",\"params\":{\"annotation\":\"k\",\"annotations\":{\"k\":\"TRUE\"}}}",
    "{\"id\":1,\"op\":\"annotation-list\",\"params\":{\"annotation\":\"k\",\"annotations\":{\"k\":\"a,b\"}}}",
    "{\"id\":1,\"op\":\"assigned-devices\",\"params\":{\"schema\":{\"Major\":2,\"Minor\":1},"
    "\"devices\":[{\"id\":\"a\",\"idType\":\"class\"}]}}",
    "{\"id\":1,\"op\":\"check-mounts\",\"params\":{\"spec_base64\":\"eyJtb3VudHMiOlt7fV19\"}}",
    "{\"id\":1,\"op\":\"cpu-limits\",\"params\":{\"max_cpu_count\":4,\"spec\":{\"windows\":{\"resources\":{\"cpu\":"
    "{\"count\":9}}}}}}",
    "{\"id\":1,\"op\":\"device-extensions\",\"params\":{\"annotations\":{\"io.microsoft.container.wcow."
    "deviceextensions\":"
    "\"C:\\\\e\"},\"files\":{\"C:\\\\e\":\"{\\\"namespace\\\":{}}\"}}}",
    "{\"id\":1,\"op\":\"dump-count\",\"params\":{\"annotations\":{\"io.microsoft.wcow.processdumpcount\":\"x\"}}}",
    "{\"id\":1,\"op\":\"dump-type\",\"params\":{\"annotations\":{\"io.microsoft.wcow.processdumptype\":\"mini\"}}}",
    "{\"id\":1,\"op\":\"memory-limit\",\"params\":{\"spec\":{\"windows\":{\"resources\":{\"memory\":{\"limit\":9999999}"
    "}}}}}",
    "{\"id\":1,\"op\":\"normalize-processor-count\",\"params\":{\"requested\":5,\"max_cpu_count\":4}}",
    "{\"id\":1,\"op\":\"storage-limits\",\"params\":{\"spec\":{\"windows\":{\"resources\":{\"storage\":{\"iops\":5}}}}}"
    "}",
    "{\"id\":1,\"op\":\"cri-to-oci\",\"params\":{\"config\":{\"mounts\":[{\"container_path\":\"/"
    "d\",\"host_path\":\"C:\\\\h\"}],"
    "\"windows\":{\"resources\":{\"cpu_count\":1},\"security_context\":{\"credential_spec\":\"c\"}}},\"spec\":{},"
    "\"extra_mounts\":[{\"container_path\":\"/"
    "e\",\"host_path\":\"C:\\\\e\"}],\"network_namespace\":\"n\",\"sandbox_shares\":true,"
    "\"host\":{\"paths\":{\"C:\\\\h\":{\"stat\":\"not_exist\"}}}}}",
    "{\"id\":1,\"op\":\"oci-to-hcs\",\"params\":{\"spec\":{\"root\":{\"path\":\"C:\\\\c\"},\"windows\":{\"hyperv\":{},"
    "\"layerFolders\":[\"C:\\\\l\",\"C:\\\\s\"]},\"mounts\":[{\"source\":\"C:\\\\m\",\"destination\":\"C:\\\\d\"}]},"
    "\"options\":{\"id\":\"i\",\"owner\":\"o\",\"schema\":\"v2\",\"want_spec\":true,\"hosting_system\":{\"id\":\"v\","
    "\"os\":\"windows\",\"processor_count\":2,\"vsmb\":{\"C:\\\\l\":\"x\",\"C:\\\\m\":\"y\"}}},"
    "\"host\":{\"layer_ids\":{\"C:\\\\l\":\"11111111-2222-3333-4444-555555555555\"}}}}",
    "{\"id\":1,\"op\":\"create-document\",\"params\":{\"spec\":{\"root\":{\"path\":"
    "\"\\\\\\\\?\\\\Volume{11111111-2222-3333-4444-555555555555}\"},\"windows\":{\"layerFolders\":[\"C:\\\\l\",\"C:"
    "\\\\s\"]}},"
    "\"options\":{\"id\":\"i\",\"owner\":\"o\"},"
    "\"host\":{\"layer_ids\":{\"C:\\\\l\":\"11111111-2222-3333-4444-555555555555\"}}}}",
};

static bool holds(hcsref_str text, const char *part) {
  size_t length = strlen(part);
  for (size_t i = 0; i + length <= text.len; i++)
    if (memcmp(text.data + i, part, length) == 0)
      return true;
  return false;
}

/* A hello may ask for a profile: the session's memory is its own. */
static serve_result answer_line(hcsref_arena *arena, hcsref_str line, hcsref_str *out, hcsref_str *problem) {
  serve_session session = {0};
  serve_result result;
  hcsref_arena_init(&session.arena, NULL, 0);
  result = serve_answer_line(&session, arena, line, out, problem);
  hcsref_arena_free(&session.arena);
  return result;
}

/* What is said of the frame in `limit` bytes: true when it is what is said in as many as it takes. */
static bool answers_within(const char *frame, size_t limit, serve_result wanted, hcsref_str answer) {
  hcsref_arena arena;
  hcsref_str out = {0}, problem = {0};
  serve_result result;
  bool same;
  hcsref_arena_init(&arena, NULL, limit);
  result = answer_line(&arena, hcsref_cstr(frame), &out, &problem);
  same = result == wanted && hcsref_str_equal(result == SERVE_ANSWERED ? out : problem, answer);
  if (!same && !holds(result == SERVE_ANSWERED ? out : problem, "out-of-memory"))
    fail_msg("%zu bytes for %s: %.*s", limit, frame, (int)out.len, out.data);
  hcsref_arena_free(&arena);
  return same;
}

static void frames_fail_cleanly(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
    hcsref_arena arena;
    hcsref_str out = {0}, problem = {0};
    serve_result wanted;
    size_t limit = STEP;
    hcsref_arena_init(&arena, NULL, 0);
    wanted = answer_line(&arena, hcsref_cstr(frames[i]), &out, &problem);
    while (!answers_within(frames[i], limit, wanted, wanted == SERVE_ANSWERED ? out : problem))
      limit += STEP;
    assert_true(limit > STEP);
    hcsref_arena_free(&arena);
  }
}

static const char spec[] = "{\"ociVersion\":\"1\",\"mounts\":[{\"source\":\"C:\\\\m\",\"destination\":\"C:\\\\d\"}],"
                           "\"windows\":{\"layerFolders\":[\"C:\\\\l\",\"C:\\\\s\"]}}";
static const char cri[] =
    "{\"mounts\":[{\"container_path\":\"/d\",\"host_path\":\"C:\\\\h\"}],\"windows\":{\"resources\":"
    "{\"cpu_count\":1},\"security_context\":{\"credential_spec\":\"c\"}}}";

static bool translates_within(const translation *t, size_t limit) {
  const input_spec read = {.text = hcsref_cstr(spec)};
  hcsref_arena arena;
  hcsref_buf out = {.arena = &arena};
  translation_remarks remarks = {0};
  hcsref_error err = {0};
  translation_source source;
  bool ok;
  hcsref_arena_init(&arena, NULL, limit);
  ok = translation_run(t, &arena, &read, &out, &remarks, &source, &err);
  if (!ok)
    assert_string_equal(err.code, "out-of-memory");
  hcsref_arena_free(&arena);
  return ok;
}

static void translations_fail_cleanly(void **state) {
  static const translation_schema schemas[] = {TRANSLATION_V1, TRANSLATION_V2, TRANSLATION_BOTH, TRANSLATION_BY_BUILD};
  (void)state;
  for (size_t i = 0; i < sizeof(schemas) / sizeof(schemas[0]); i++) {
    translation t = {.network_namespace = "n",
                     .schema = schemas[i],
                     .envelope = schemas[i] == TRANSLATION_BY_BUILD,
                     .given = {[TRANSLATION_CRI] = true}};
    hcsref_arena arena;
    hcsref_error err = {0};
    translation_source source;
    size_t limit = STEP;
    t.id = HCSREF_LIT("i");
    t.owner = HCSREF_LIT("o");
    t.text[TRANSLATION_CRI] = hcsref_cstr(cri);
    hcsref_arena_init(&arena, NULL, 0);
    assert_true(translation_prepare(&t, &arena, &source, &err));
    while (!translates_within(&t, limit))
      limit += STEP;
    assert_true(limit > STEP);
    hcsref_arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(frames_fail_cleanly),
      cmocka_unit_test(translations_fail_cleanly),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
