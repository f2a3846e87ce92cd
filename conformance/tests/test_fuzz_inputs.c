/* SPDX-License-Identifier: Apache-2.0 */
/* Which inputs hcsproof fuzz may ask, and how they are sent; which kinds of differences a result shows; what counts as
 * a new shape of answer. */
#include "fuzz/question.h"
#include "fuzz/shapes.h"
#include "run/verdict/kinds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static kit_fuzz_operations operations;

static kit_fuzz_operation *operation(const char *name) {
  kit_fuzz_operation *o = kit_fuzz_find(&operations, hcsref_cstr(name));
  assert_non_null(o);
  return o;
}

/* Asks, and says what is sent: null when that is not fair. The text must be freed. */
static char *sent(const char *op, const char *input) {
  hcsref_arena arena;
  kit_case c;
  char *text = NULL;
  kit_fuzz_fairness fairness;
  hcsref_arena_init(&arena, NULL, 0);
  fairness = kit_fuzz_ask(&arena, operation(op), hcsref_cstr(input), &c);
  assert_true(fairness != KIT_FUZZ_NO_MEMORY);
  if (fairness == KIT_FUZZ_FAIR) {
    assert_true(c.ok != NULL || c.code.len > 0);
    text = calloc(1, c.params.len + 1);
    assert_non_null(text);
    memcpy(text, c.params.data, c.params.len);
  }
  hcsref_arena_free(&arena);
  return text;
}

static void is_sent(const char *op, const char *input, const char *expected) {
  char *text = sent(op, input);
  assert_non_null(text);
  assert_string_equal(text, expected);
  free(text);
}

static void is_unfair(const char *op, const char *input) {
  char *text = sent(op, input);
  bool fair = text != NULL;
  free(text);
  if (fair)
    print_error("%s\n", input);
  assert_false(fair);
}

static void form_is_kept(void **state) {
  (void)state;
  is_sent("clean-path", "{ \"path\" : \"a b\" }", "{\"path\":\"a b\"}");
  is_sent("clean-path", "{\"path\":\"a\",\"more\":[1]}", "{\"path\":\"a\",\"more\":[1]}");
  is_unfair("clean-path", "{\"path\":\"a\"");
  is_unfair("clean-path", "[]");
  is_unfair("clean-path", "{\"Path\":\"a\"}");
  is_unfair("clean-path", "{\"path\":\"a\",\"PATH\":\"b\"}");
  is_unfair("clean-path", "{\"path\":\"a\",\"path\":\"b\"}");
  is_unfair("clean-path", "{\"path\":null}");
  is_unfair("clean-path", "{\"path\":5}");
  is_unfair("clean-path", "{\"path\":\"\xff\"}");
  is_unfair("clean-path", "{\"path\":\"a\",\"\xff\":1}");
  is_unfair("clean-path", "{\"path\":\"a\",\"more\":{\"x\":1,\"x\":2}}");
  is_unfair("join-path", "{\"parts\":[\"a\",null]}");
  is_unfair("map-named-pipe", "{\"source\":\"a\",\"destination\":\"b\",\"hosting_system\":0}");
  is_sent("map-named-pipe", "{\"source\":\"a\",\"destination\":\"b\",\"hosting_system\":null}",
          "{\"source\":\"a\",\"destination\":\"b\",\"hosting_system\":null}");
  is_unfair("oci-to-hcs", "{\"spec\":{},\"options\":{\"ID\":\"x\"}}");
  is_unfair("oci-to-hcs", "{\"spec\":{},\"options\":{\"schema\":\"v3\"}}");
  is_unfair("cri-to-oci", "{\"config\":{\"Mounts\":[]}}");
}

static void a_spec_may_be_anything(void **state) {
  (void)state;
  is_sent("memory-limit", "{\"spec\":{\"Windows\":null,\"hostname\":1}}",
          "{\"spec\":{\"Windows\":null,\"hostname\":1}}");
  is_sent("memory-limit", "{\"spec\":{\"a\":1,\"a\":2}}", "{\"spec_base64\":\"eyJhIjoxLCJhIjoyfQ==\"}");
  is_sent("memory-limit", "{\"spec\":{\"a\":\"\xff\"}}", "{\"spec_base64\":\"eyJhIjoi/yJ9\"}");
  is_sent("memory-limit", "{\"spec\":{\"A\":1,\"a\":2}}", "{\"spec\":{\"A\":1,\"a\":2}}");
}

static void bytes_are_opened(void **state) {
  hcsref_arena arena;
  hcsref_str input;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(kit_fuzz_open_params(&arena, HCSREF_LIT("{\"spec_base64\":\"eyJhIjoxLCJhIjoyfQ==\",\"max_cpu_count\":4}"),
                                   &input));
  assert_true(hcsref_str_equal(input, HCSREF_LIT("{\"spec\":{\"a\":1,\"a\":2},\"max_cpu_count\":4}")));
  assert_true(kit_fuzz_open_params(&arena, HCSREF_LIT("{\"spec_base64\":\"eyI=\"}"), &input));
  assert_true(hcsref_str_equal(input, HCSREF_LIT("{\"spec_base64\":\"eyI=\"}")));
  hcsref_arena_free(&arena);
}

/* What every case has is needed. */
static void members_of_all_cases_are_needed(void **state) {
  kit_fuzz_operation *o = operation("split-path");
  (void)state;
  o->members[0] = HCSREF_LIT("path");
  o->member_count = 1;
  is_sent("split-path", "{}", "{}");
  o->loaded = true;
  is_unfair("split-path", "{}");
  is_sent("split-path", "{\"path\":\"\"}", "{\"path\":\"\"}");
}

/* ---- kinds -------------------------------------------------------------------------------------------- */

static void shows(const kit_case *c, const kit_result *r, const char *expected) {
  char text[KIT_KIND_SIZE];
  assert_true(kit_kind(c, r, 0, text));
  assert_string_equal(text, expected);
  assert_true(kit_shows_kind(c, r, expected));
  assert_false(kit_shows_kind(c, r, "something else"));
  assert_false(kit_kind(c, r, 1, text));
}

/* A result with one difference, of an oci-to-hcs. */
static void differs(kit_failure failure, kit_difference_kind kind, const char *pointer, const char *expected) {
  kit_difference d = {kind, hcsref_cstr(pointer), {NULL, 0}, {NULL, 0}, NULL};
  kit_case c;
  kit_result r;
  memset(&c, 0, sizeof(c));
  memset(&r, 0, sizeof(r));
  c.op = HCSREF_LIT("oci-to-hcs");
  r.verdict = KIT_FAIL;
  r.failure = failure;
  r.differences.first = &d;
  shows(&c, &r, expected);
}

static void places_have_no_positions(void **state) {
  (void)state;
  differs(KIT_DIFFERENCE, KIT_VALUE, "/v2/Storage/Layers/12/Id", "value at /v2/Storage/Layers/*/Id");
  differs(KIT_DIFFERENCE, KIT_MISSING, "/spec/annotations/a.b", "missing at /spec/annotations/*");
  differs(KIT_DIFFERENCE, KIT_TYPE, "", "type at the whole");
  differs(KIT_WRONG_HOST_CALLS, KIT_EXTRA, "/host_calls/3", "extra at /host_calls/*");
}

static void breaks(kit_verdict verdict, kit_failure failure, const char *reason, const char *expected) {
  char text[KIT_KIND_SIZE];
  kit_case c;
  kit_result r;
  memset(&c, 0, sizeof(c));
  memset(&r, 0, sizeof(r));
  c.code = HCSREF_LIT("cpu-limits-exclusive");
  r.verdict = verdict;
  r.failure = failure;
  r.reason = hcsref_cstr(reason);
  if (expected != NULL)
    shows(&c, &r, expected);
  else
    assert_false(kit_kind(&c, &r, 0, text));
}

static void classes_have_kinds(void **state) {
  (void)state;
  breaks(KIT_FAIL, KIT_NO_ERROR, "a result", "no error: cpu-limits-exclusive");
  breaks(KIT_FAIL, KIT_UNEXPECTED_ERROR, "an error where a result was expected: cannot read 'C:\\x'",
         "error: cannot read ");
  breaks(KIT_FAIL, KIT_UNEXPECTED_ERROR, "an error where a result was expected: ", "error: (nothing)");
  breaks(KIT_BROKEN, KIT_TIMEOUT, "gave no answer", "timeout");
  breaks(KIT_BROKEN, KIT_DIED, "the testee exited with status 3", "the testee exited with status 3");
  breaks(KIT_PASS, KIT_NO_FAILURE, "", NULL);
  breaks(KIT_SKIP, KIT_UNSUPPORTED, "unsupported: no", NULL);
}

/* However long what the testee says: a kind fits. */
static void kinds_are_bounded(void **state) {
  static char pointer[1000];
  kit_case c;
  kit_result r;
  kit_difference d;
  char text[KIT_KIND_SIZE];
  (void)state;
  memset(&c, 0, sizeof(c));
  memset(&r, 0, sizeof(r));
  memset(&d, 0, sizeof(d));
  memset(pointer, 'x', sizeof(pointer));
  pointer[0] = '/';
  r.verdict = KIT_FAIL;
  r.failure = KIT_DIFFERENCE;
  r.differences.first = &d;
  d.pointer = hcsref_str_from(pointer, sizeof(pointer));
  assert_true(kit_kind(&c, &r, 0, text));
  assert_int_equal(strlen(text), KIT_KIND_SIZE - 1);
}

/* ---- shapes ------------------------------------------------------------------------------------------- */

static bool is_new(kit_fuzz_shapes *shapes, const char *op, const char *input) {
  hcsref_arena arena;
  kit_case c;
  bool fresh;
  hcsref_arena_init(&arena, NULL, 0);
  assert_int_equal(kit_fuzz_ask(&arena, operation(op), hcsref_cstr(input), &c), KIT_FUZZ_FAIR);
  fresh = kit_fuzz_shapes_add(shapes, &c);
  hcsref_arena_free(&arena);
  return fresh;
}

static void new_shapes_are_noticed_once(void **state) {
  kit_fuzz_shapes *shapes = kit_fuzz_shapes_new();
  (void)state;
  assert_non_null(shapes);
  assert_true(is_new(shapes, "is-named-pipe", "{\"path\":\"a\"}"));
  assert_false(is_new(shapes, "is-named-pipe", "{\"path\":\"b\"}"));
  assert_true(is_new(shapes, "is-named-pipe", "{\"path\":\"\\\\\\\\.\\\\pipe\\\\x\"}"));
  assert_true(is_new(shapes, "sort-mounts", "{\"mounts\":[]}"));
  assert_true(is_new(shapes, "sort-mounts", "{\"mounts\":[\"a\"]}"));
  assert_true(is_new(shapes, "sort-mounts", "{\"mounts\":[\"a\",\"b\"]}"));
  assert_false(is_new(shapes, "sort-mounts", "{\"mounts\":[\"a\",\"b\",\"c\"]}"));
  assert_true(is_new(shapes, "dump-type", "{\"annotations\":{\"io.microsoft.wcow.processdumptype\":\"x\"}}"));
  assert_false(is_new(shapes, "dump-type", "{\"annotations\":{\"io.microsoft.wcow.processdumptype\":\"y\"}}"));
  kit_fuzz_shapes_free(shapes);
}

/* ---- limits ------------------------------------------------------------------------------------------- */

static void pools_are_bounded(void **state) {
  static char text[KIT_FUZZ_INPUT_LIMIT + 1];
  kit_fuzz_operation *o = operation("dump-count");
  size_t i;
  (void)state;
  memset(text, ' ', sizeof(text));
  assert_true(kit_fuzz_keep(&operations, o, hcsref_str_from(text, sizeof(text))));
  assert_int_equal(o->count, 0);
  assert_true(kit_fuzz_keep(&operations, o, hcsref_str_from(text, sizeof(text) - 1)));
  assert_int_equal(o->count, 1);
  for (i = 0; i < KIT_FUZZ_POOL_LIMIT + 10; i++)
    assert_true(kit_fuzz_keep(&operations, o, HCSREF_LIT("{}")));
  assert_int_equal(o->count, KIT_FUZZ_POOL_LIMIT);
}

static void shapes_are_bounded(void **state) {
  kit_fuzz_shapes *shapes = kit_fuzz_shapes_new();
  kit_case c;
  char code[24];
  size_t i;
  (void)state;
  assert_non_null(shapes);
  memset(&c, 0, sizeof(c));
  c.op = HCSREF_LIT("clean-path");
  for (i = 0; kit_fuzz_shapes_count(shapes) < KIT_FUZZ_SHAPES_LIMIT; i++) {
    assert_true(i < 2 * KIT_FUZZ_SHAPES_LIMIT);
    snprintf(code, sizeof(code), "%lu", (unsigned long)i);
    c.code = hcsref_cstr(code);
    (void)kit_fuzz_shapes_add(shapes, &c);
  }
  c.code = HCSREF_LIT("another");
  assert_false(kit_fuzz_shapes_add(shapes, &c));
  assert_int_equal(kit_fuzz_shapes_count(shapes), KIT_FUZZ_SHAPES_LIMIT);
  kit_fuzz_shapes_free(shapes);
}

/* So many members may have equal keys among them: the bytes are sent. */
static void many_members_are_sent_as_bytes(void **state) {
  static char input[KIT_FUZZ_INPUT_LIMIT];
  size_t length = (size_t)snprintf(input, sizeof(input), "{\"spec\":{"), i;
  char *text;
  (void)state;
  for (i = 0; i < 513; i++)
    length += (size_t)snprintf(input + length, sizeof(input) - length, "\"k%lu\":1,", (unsigned long)i);
  snprintf(input + length - 1, sizeof(input) - length + 1, "}}");
  text = sent("memory-limit", input);
  assert_non_null(text);
  assert_memory_equal(text, "{\"spec_base64\":", 15);
  free(text);
}

static int choose_all(void **state) {
  const cli_list none = {NULL, 0};
  static const kit_fuzz_oracle baseline = {.profile = NULL};
  char message[200];
  (void)state;
  return kit_fuzz_choose(&operations, &none, &baseline, message, sizeof(message));
}

static int free_all(void **state) {
  (void)state;
  kit_fuzz_operations_free(&operations);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(form_is_kept),
      cmocka_unit_test(a_spec_may_be_anything),
      cmocka_unit_test(bytes_are_opened),
      cmocka_unit_test(members_of_all_cases_are_needed),
      cmocka_unit_test(places_have_no_positions),
      cmocka_unit_test(classes_have_kinds),
      cmocka_unit_test(kinds_are_bounded),
      cmocka_unit_test(new_shapes_are_noticed_once),
      cmocka_unit_test(pools_are_bounded),
      cmocka_unit_test(shapes_are_bounded),
      cmocka_unit_test(many_members_are_sent_as_bytes),
  };
  return cmocka_run_group_tests(tests, choose_all, free_all);
}
