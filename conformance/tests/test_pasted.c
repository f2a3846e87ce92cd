/* SPDX-License-Identifier: Apache-2.0 */
/* The documents inside log lines and error messages. */
#include "input/pasted/pasted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static hcsref_arena arena;

static int set_up(void **state) {
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  hcsref_arena_free(&arena);
  return 0;
}

/* Holds `text` to hold just this document. */
static void holds(const char *text, input_escape escape, const char *wrapper, const char *document) {
  hcsref_slice found;
  const input_found *one;
  assert_true(input_find_documents(&arena, hcsref_cstr(text), &found));
  if (found.len != 1)
    fail_msg("%zu documents in %s", found.len, text);
  one = found.items;
  assert_int_equal(one->escape, escape);
  assert_string_equal(one->wrapper, wrapper);
  if (!hcsref_str_equal(one->text, hcsref_cstr(document)))
    fail_msg("%.*s in %s", (int)one->text.len, one->text.data, text);
  assert_true(one->at < one->end && one->end <= strlen(text));
  assert_non_null(one->tree);
}

static void finds_what_is_wrapped(void **state) {
  (void)state;
  holds("start failed: 0xc0370106 (extra info: {\"Name\":\"a\"}).", INPUT_PLAIN, "docker's error", "{\"Name\":\"a\"}");
  holds("[c] Create Container, settings '{\"Owner\":\"it's\"}' done", INPUT_PLAIN, "the event log of Hyper-V-Compute",
        "{\"Owner\":\"it's\"}");
  holds("level=debug configuration=\"{\\\"P\\\":\\\"C:\\\\\\\\a\\\"}\" x=\"{\"", INPUT_BACKSLASH,
        "a field of the shim's log", "{\"P\":\"C:\\\\a\"}");
  holds("json=\"{\\\"a\\\":{\\\"b\\\":[1,2]}}\"", INPUT_BACKSLASH, "a field of hcsshim's log", "{\"a\":{\"b\":[1,2]}}");
  holds("{\\\\\\\"a\\\\\\\":\\\\\\\"\\\\\\\\\\\\\\\\?\\\\\\\"}", INPUT_BACKSLASH, "", "{\"a\":\"\\\\?\"}");
  holds("x,\"{\"\"a\"\":\"\"b\"\"}\",y", INPUT_DOUBLED, "", "{\"a\":\"b\"}");
  holds("<Data>settings '{&quot;a&quot;:&quot;&lt;b&gt;&quot;}'</Data>", INPUT_ENTITY,
        "the event log of Hyper-V-Compute", "{\"a\":\"<b>\"}");
  holds("msg=\"{\\n  \\\"a\\\": 1\\n}\"", INPUT_BACKSLASH, "", "{\n  \"a\": 1\n}");
  holds("{\"a\":\"{\"}", INPUT_PLAIN, "", "{\"a\":\"{\"}");
}

/* What is whole of a document whose end is missing, and how many of its containers were open. */
static void holds_front(const char *text, const char *document, size_t open) {
  hcsref_slice found;
  const input_found *one;
  assert_true(input_find_documents(&arena, hcsref_cstr(text), &found));
  assert_int_equal(found.len, 1);
  one = found.items;
  if (one->open != open)
    fail_msg("%zu are open in %s", one->open, text);
  if ((one->tree == NULL) != (document == NULL))
    fail_msg("%s", text);
  if (document != NULL && !hcsref_str_equal(one->text, hcsref_cstr(document)))
    fail_msg("%.*s in %s", (int)one->text.len, one->text.data, text);
}

static void finds_what_is_whole_of_a_cut_off_document(void **state) {
  char deep[200] = "json={\"a\":1,\"b\":";
  (void)state;
  holds_front("json={\"a\":{\"b\":[1,2],\"c\":{\"d\":[3,{\"e\":\"fgh", "{\"a\":{\"b\":[1,2],\"c\":{\"d\":[3,{}]}}}", 5);
  holds_front("json=\"{\\\"a\\\":\\\"x,}\\\",\\\"b", "{\"a\":\"x,}\"}", 1);
  holds_front("json={\"a\":1,\"b\":[{}", "{\"a\":1,\"b\":[{}]}", 2);
  holds_front("json={\"a\":1,\n  \"b\":2,\"c", "{\"a\":1,\n  \"b\":2}", 1);
  holds_front("json={\"a\":\"1\n2\",\"b\":2,\"c", "{\"a\":\"12\",\"b\":2}", 1);
  holds_front("json={\"a\":1,\"b\"] and so on", NULL, 0);
  holds_front("json={\"a\":1,\"b\":tru", "{\"a\":1}", 1);
  holds_front("json={\"a\":1,\"b\":\"C:\\", "{\"a\":1}", 1);
  holds_front("json={\"a\":1,\"b\":x\", \"long enough\":\"y\"}", NULL, 0);
  holds_front("json={\"a", NULL, 0);
  memset(deep + strlen(deep), '[', 100);
  holds_front(deep, NULL, 0);
}

/* The end of the document is not that of the quotes around the message: the code stands behind it. */
static void what_follows_in_the_quotes_is_left(void **state) {
  static const char *const texts[] = {
      "msg=\"failed {\\\"a\\\":\\\"C:\\\\\\\\b\\\"}: 0xC0370106\"", "msg=\"failed {\\\\\\\"a\\\\\\\":1}: 0xC0370106\"",
      "x,\"failed {\"\"a\"\":1}: 0xC0370106\",y", "<Data>{&quot;a&quot;:1}: 0xC0370106</Data>"};
  (void)state;
  for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
    hcsref_slice found;
    const input_found *one;
    assert_true(input_find_documents(&arena, hcsref_cstr(texts[i]), &found));
    assert_int_equal(found.len, 1);
    one = found.items;
    assert_non_null(one->tree);
    if (strncmp(texts[i] + one->end, ": 0xC0370106", 12) != 0)
      fail_msg("%s: ends at %s", texts[i], texts[i] + one->end);
  }
}

/* A terminal, or the text of an event, breaks lines anywhere. */
static void joins_broken_lines(void **state) {
  (void)state;
  holds("settings '{\"Own\n   er\":\"a\r\n b\",\n\"P\":{}}'", INPUT_PLAIN, "the event log of Hyper-V-Compute",
        "{\"Owner\":\"ab\",\"P\":{}}");
}

static void finds_several(void **state) {
  hcsref_slice found;
  const input_found *items;
  (void)state;
  assert_true(input_find_documents(&arena, hcsref_cstr("a {\"b\":1} c {d} {} {\"e\":{\"f\":2}} {{"), &found));
  assert_int_equal(found.len, 2);
  items = found.items;
  assert_true(hcsref_str_equal(items[1].tree->first->key, HCSREF_LIT("e")));
  assert_int_equal(items[0].at, 2);
  assert_int_equal(items[0].end, 9);
}

static void tells_what_is_cut_off_or_no_json(void **state) {
  static const char *const texts[] = {"settings '{\"Path\":\"C:\\x\"}'", "configuration=\"{\\\"a\\\":\\\"b"};
  (void)state;
  for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
    hcsref_slice found;
    assert_true(input_find_documents(&arena, hcsref_cstr(texts[i]), &found));
    assert_int_equal(found.len, 1);
    assert_null(((const input_found *)found.items)->tree);
  }
}

static void finds_nothing_in_other_text(void **state) {
  static const char *const texts[] = {"",
                                      "{",
                                      "{\"",
                                      "no braces",
                                      "{a}",
                                      "fmt {%v}",
                                      "&x{",
                                      "{\"a\"",
                                      "}{",
                                      "{\\\"a",
                                      "if (x) { y(); }",
                                      "&ContainerConfig{",
                                      "&ContainerConfig{Metadata:nil"};
  (void)state;
  for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
    hcsref_slice found;
    assert_true(input_find_documents(&arena, hcsref_cstr(texts[i]), &found));
    if (found.len != 0)
      fail_msg("%s", texts[i]);
  }
}

static void reads_what_go_prints(void **state) {
  (void)state;
  holds(
      "msg=\"config &ContainerConfig{Metadata:&ContainerMetadata{Name:a,Attempt:1,},Image:&ImageSpec{Image:x:1,"
      "Annotations:map[string]string{},},Command:[cmd /c ver],Args:[],Envs:[]*KeyValue{&KeyValue{Key:A,Value:b,c=d,},},"
      "Mounts:[]*Mount{&Mount{ContainerPath:C:\\\\d,HostPath:c:\\\\h,Readonly:true,Propagation:PROPAGATION_PRIVATE,},},"
      "Labels:map[string]string{k.io/a: v,w,l: x,},Linux:nil,Windows:&WindowsContainerConfig{Resources:"
      "&WindowsContainerResources{CpuMaximum:5000,},SecurityContext:nil,},}\"",
      INPUT_GO_STRUCT, "a message of the CRI as Go prints it",
      "{\"metadata\":{\"name\":\"a\",\"attempt\":1},\"image\":{\"image\":\"x:1\",\"annotations\":{}},\"command\":["
      "\"cmd\","
      "\"/c\",\"ver\"],\"args\":[],\"envs\":[{\"key\":\"A\",\"value\":\"b,c=d\"}],\"mounts\":[{\"container_path\":"
      "\"C:\\\\d\",\"host_path\":\"c:\\\\h\",\"readonly\":true}],\"labels\":{\"k.io/a\":\"v,w\",\"l\":\"x\"},"
      "\"linux\":null,\"windows\":{\"resources\":{\"cpu_maximum\":5000},\"security_context\":null}}");
  holds("RunPodSandbox &RunPodSandboxRequest{Config:&PodSandboxConfig{Metadata:&PodSandboxMetadata{Name:p,Uid:u,"
        "Namespace:n,Attempt:0,},Hostname:h,},RuntimeHandler:x,}",
        INPUT_GO_STRUCT, "a message of the CRI as Go prints it",
        "{\"metadata\":{\"name\":\"p\",\"uid\":\"u\",\"namespace\":\"n\",\"attempt\":0},\"hostname\":\"h\"}");
}

/* As often as `part` fits; blanks behind it. */
static void fill(char *text, size_t size, const char *part) {
  size_t length = strlen(part);
  memset(text, ' ', size);
  for (size_t i = 0; i + length <= size; i += length)
    memcpy(text + i, part, length);
}

#define PROTO "a message of the CRI in protobuf's text form"

/* protobuf-go writes one blank or two between members, and lists as their name again and again. */
static void reads_protobufs_text_form(void **state) {
  (void)state;
  holds(
      "Container config metadata:{name:\"a\"  attempt:1}  image:{image:\"x:1\"} command:\"cmd\" command:\"/c\" "
      "envs:{key:\"A\" value:\"b,c=d\"} mounts:{container_path:\"C:\\\\d\" host_path:\"c:\\\\h\" readonly:true "
      "propagation:PROPAGATION_PRIVATE} labels:{key:\"k\" value:\"v\"} labels:{key:\"l\" value:\"\"} "
      "windows:{resources:{cpu_maximum:5000 memory_limit_in_bytes:-1}}",
      INPUT_PROTO_TEXT, PROTO,
      "{\"metadata\":{\"name\":\"a\",\"attempt\":1},\"image\":{\"image\":\"x:1\"},\"command\":[\"cmd\",\"/c\"],"
      "\"envs\":[{\"key\":\"A\",\"value\":\"b,c=d\"}],\"mounts\":[{\"container_path\":\"C:\\\\d\",\"host_path\":"
      "\"c:\\\\h\",\"readonly\":true}],\"labels\":{\"k\":\"v\",\"l\":\"\"},\"windows\":{\"resources\":{\"cpu_maximum\":"
      "5000,\"memory_limit_in_bytes\":-1}}}");
  /* In a log the message is quoted; what follows in the quotes is not part of it. */
  holds("msg=\"run config:{metadata:{name:\\\"a\\\\\\\\b\\\"} hostname:\\\"h\\\"}: failed: 5\"", INPUT_PROTO_TEXT,
        PROTO, "{\"metadata\":{\"name\":\"a\\\\b\"},\"hostname\":\"h\"}");
  /* Older programs; and the form that is broken into lines. */
  holds("metadata:<name:\"p\" uid:\"u\" > hostname:\"h\" error: none", INPUT_PROTO_TEXT, PROTO,
        "{\"metadata\":{\"name\":\"p\",\"uid\":\"u\"},\"hostname\":\"h\"}");
  holds("metadata: {\n  name: \"a\"\n}\nlog_path: \"a.log\"\n", INPUT_PROTO_TEXT, PROTO,
        "{\"metadata\":{\"name\":\"a\"},\"log_path\":\"a.log\"}");
  /* Members that no table knows; every escape. */
  holds(
      "metadata:{name:\"a\\\"\\x41\\102\\u0043\\n\\xff\"} newer:{x:1 x:TWO x:true} newest:1.5 log_path:\"l\"",
      INPUT_PROTO_TEXT, PROTO,
      "{\"metadata\":{\"name\":\"a\\\"ABC\\u000a\xEF\xBF\xBD\"},\"newer\":{\"x\":[1,\"TWO\",true]},\"newest\":\"1.5\","
      "\"log_path\":\"l\"}");
}

static void takes_nothing_else_for_the_text_form(void **state) {
  static const char *const texts[] = {
      "metadata:{name:\"a\"}",                    /* anything might have that */
      "x.metadata:{name:\"a\"} image:{image:1}",  /* part of a longer name */
      "metadata:{name:\"a\"} image:{image:\"x\"", /* cut off */
      "metadata:{name:\"a} image:{}",
      "metadata:{name:a,uid:b} image:{}",
      "metadata:{name:\"a\"} labels:{key:\"a\"}",
      "metadata:{name:\"a\"} labels:5 hostname:\"h\"",
      "metadata: the name is missing",
  };
  hcsref_slice found;
  (void)state;
  for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
    assert_true(input_find_documents(&arena, hcsref_cstr(texts[i]), &found));
    if (found.len != 0)
      fail_msg("found something in %s", texts[i]);
  }
}

static void has_limits(void **state) {
  size_t size = (size_t)3 << 20;
  char *text = malloc(size + 1);
  hcsref_slice found;
  (void)state;
  assert_non_null(text);
  for (size_t i = 0; i < size; i += 4)
    memcpy(text + i, "{\\\" ", 4);
  text[size] = '\0';
  assert_true(input_find_documents(&arena, hcsref_str_from(text, size), &found));
  for (size_t i = 0; i + 8 <= size; i += 8)
    memcpy(text + i, "{\"a\":1} ", 8);
  assert_true(input_find_documents(&arena, hcsref_str_from(text, size), &found));
  assert_int_equal(found.len, INPUT_MOST_FOUND);
  fill(text, size, "A:x&ContainerConfig{A:b,"); /* each is read to the end of the text, and has none */
  assert_true(input_find_documents(&arena, hcsref_str_from(text, size), &found));
  assert_int_equal(found.len, 0);
  fill(text, size, " metadata:{x:{a:1 ");
  assert_true(input_find_documents(&arena, hcsref_str_from(text, size), &found));
  assert_int_equal(found.len, 0);
  free(text);
}

/* Memory that ends after some blocks. */
static void *few(void *context, size_t size) {
  size_t *left = context;
  return *left == 0 ? NULL : (--*left, malloc(size));
}

static void give_back(void *context, void *block, size_t size) {
  (void)context;
  (void)size;
  free(block);
}

static void says_when_memory_is_out(void **state) {
  static const char text[] = "json=\"{\\\"a\\\":\\\"b\\\"}\" &ContainerConfig{Linux:nil,} "
                             "metadata:{name:\"a\"} log_path:\"a\" x:1 x:2";
  bool ended = false;
  (void)state;
  for (size_t blocks = 0; !ended && blocks < 100; blocks++) {
    size_t left = blocks;
    const hcsref_allocator allocator = {few, give_back, &left};
    hcsref_arena small;
    hcsref_slice found;
    hcsref_arena_init(&small, &allocator, 0);
    ended = input_find_documents(&small, hcsref_str_from(text, sizeof(text) - 1), &found);
    if (ended)
      assert_int_equal(found.len, 3);
    hcsref_arena_free(&small);
  }
  assert_true(ended);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_what_is_whole_of_a_cut_off_document),
      cmocka_unit_test(finds_what_is_wrapped),
      cmocka_unit_test(finds_several),
      cmocka_unit_test(what_follows_in_the_quotes_is_left),
      cmocka_unit_test(joins_broken_lines),
      cmocka_unit_test(tells_what_is_cut_off_or_no_json),
      cmocka_unit_test(finds_nothing_in_other_text),
      cmocka_unit_test(reads_what_go_prints),
      cmocka_unit_test(reads_protobufs_text_form),
      cmocka_unit_test(takes_nothing_else_for_the_text_form),
      cmocka_unit_test(has_limits),
      cmocka_unit_test(says_when_memory_is_out),
  };
  return cmocka_run_group_tests_name("pasted text", tests, set_up, tear_down);
}
