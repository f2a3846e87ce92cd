/* SPDX-License-Identifier: Apache-2.0 */
/* What people have in hand: encodings, YAML, recognition, and what crictl reads of a config. */
#include "input/encoding.h"
#include "input/foreign.h"
#include "input/several.h"
#include "input/spec/spec.h"
#include "input/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int setup(void **state) {
  hcsref_arena *arena = malloc(sizeof *arena);
  assert_non_null(arena);
  hcsref_arena_init(arena, NULL, 0);
  *state = arena;
  return 0;
}

static int teardown(void **state) {
  hcsref_arena_free(*state);
  free(*state);
  return 0;
}

static void check_text(hcsref_str actual, const char *expected) {
  if (!hcsref_str_equal(actual, hcsref_cstr(expected)))
    fail_msg("%.*s is not %s", (int)actual.len, actual.data, expected);
}

static void encodings_become_utf8(void **state) {
  static const struct {
    hcsref_str bytes;
    const char *text; /* null: half a character */
  } rows[] = {
      {{"{}", 2}, "{}"},
      {{"\xEF\xBB\xBF{}", 5}, "{}"},
      {{"\xFF\xFE{\0}\0", 6}, "{}"},
      {{"\xFE\xFF\0{\0}", 6}, "{}"},
      {{"{\0}\0", 4}, "{}"},
      {{"\0{\0}", 4}, "{}"},
      {{"\xFF\xFE\xE9\0\x3D\xD8\0\xDE\xAC\x20", 10}, "\xC3\xA9\xF0\x9F\x98\x80\xE2\x82\xAC"},
      {{"\xFF\xFE\x3D\xD8", 4}, NULL},
      {{"\xFF\xFE\0\xDE", 4}, NULL},
      {{"\xFF\xFE\x3D\xD8{\0", 6}, NULL},
      {{"\xFF\xFE{", 3}, NULL},
      {{"\xFF\xFE", 2}, ""},
      {{"", 0}, ""},
      {{"x", 1}, "x"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    hcsref_str out;
    hcsref_error err = {0};
    assert_int_equal(input_decode(*state, rows[i].bytes, &out, &err), rows[i].text != NULL);
    if (rows[i].text != NULL)
      check_text(out, rows[i].text);
    else
      assert_string_equal(err.code, "input-encoding");
  }
}

static void yaml_is_read_as_kubernetes_reads_it(void **state) {
  static const struct {
    const char *yaml, *json;
    const hcsref_type *type;
  } rows[] = {
      {"a: 1\nb: [x, 'y', \"z\\n\"]\n", "{\"a\":1,\"b\":[\"x\",\"y\",\"z\\n\"]}", NULL},
      {"a: {b: c}\n", "{\"a\":{\"b\":\"c\"}}", NULL},
      {"a:\nb: ~\nc: null\nd: ''\n", "{\"a\":null,\"b\":null,\"c\":null,\"d\":\"\"}", NULL},
      {"[yes, Off, true, n, trUe]", "[true,false,true,false,\"trUe\"]", NULL},
      {"[0x1F, 0o17, 017, 0b11, 1_000, -5, +5, -0]", "[31,15,15,3,1000,-5,5,0]", NULL},
      {"[18446744073709551615, -9223372036854775808, 18446744073709551616]",
       "[18446744073709551615,-9223372036854775808,18446744073709551616]", NULL},
      {"[1.50, .5, 1., -1e3, +007.5, 1.2.3, 1e, e1, 089]", "[1.50,0.5,1,-1e3,7.5,\"1.2.3\",\"1e\",\"e1\",89]", NULL},
      {"a: &x {b: 1}\nc: *x\n", "{\"a\":{\"b\":1},\"c\":{\"b\":1}}", NULL},
      {"a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n", "{\"a\":{\"b\":1,\"c\":2},\"d\":{\"b\":1,\"c\":2,\"c\":3}}", NULL},
      {"---\na: b\n---\nc: d\n", "{\"a\":\"b\"}", NULL},
      {"---\nkind: A\napiVersion: v1\n---\n---\nb: [c]\n",
       "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[{\"kind\":\"A\",\"apiVersion\":\"v1\"},{\"b\":[\"c\"]}"
       "]}",
       NULL},
      {"kind: A\napiVersion: v1\n---\n# nothing\n", "{\"kind\":\"A\",\"apiVersion\":\"v1\"}", NULL},
      {"kind: A\napiVersion: v1\n...\n", "{\"kind\":\"A\",\"apiVersion\":\"v1\"}", NULL},
      {"a: b\n---\n[\n", "{\"a\":\"b\"}", NULL},
      {"# nothing\n", "null", NULL},
      {"a: |\n  x\n  y\n", "{\"a\":\"x\\ny\\n\"}", NULL},
      {"metadata: {name: 5, attempt: 5}\nannotations: {a: yes, b: 0x10, c: ~}\ncommand: [1.5, x]\n",
       "{\"metadata\":{\"name\":\"5\",\"attempt\":5},\"annotations\":{\"a\":\"true\",\"b\":\"16\",\"c\":null},"
       "\"command\":[\"1.5\",\"x\"]}",
       &hcsref_type_cri_container_config},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    hcsref_str out;
    hcsref_error err = {0};
    if (!input_yaml_to_json(*state, hcsref_cstr(rows[i].yaml), rows[i].type, &out, &err))
      fail_msg("%.*s: %s", (int)err.message.len, err.message.data, rows[i].yaml);
    check_text(out, rows[i].json);
  }
}

static void more_documents_are_noticed(void **state) {
  static const struct {
    const char *yaml;
    bool more;
  } rows[] = {
      {"a: b\n---\nc: d\n", true},     {"---\na: b\n", false},        {"a: b\n---\n# x\n\n", false},
      {"# x\n---\na: b\n--- 5", true}, {"a: b\n...\n", false},        {"a: |\n  x\n ---\n  y\n", false},
      {"--- a\n--- b\n", true},        {"{\"a\":1}\n---\n{}", false}, {"", false},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(rows); i++)
    if (input_yaml_goes_on(hcsref_cstr(rows[i].yaml)) != rows[i].more)
      fail_msg("%s", rows[i].yaml);
}

static void bad_yaml_names_its_line(void **state) {
  static const struct {
    const char *yaml, *code, *place;
  } rows[] = {
      {"a: [1\nb: 2\n", "yaml-syntax", "line 2, column 2"},
      {"a: b\n c: d\n", "yaml-syntax", "line 2, column 3"},
      {"\ta: b\n", "yaml-syntax", "line 1, column 1"},
      {"kind: A\napiVersion: v1\n---\nkind: B\n---\na: [\n", "yaml-syntax", "line 7"},
      {"{[a]: b}", "yaml-syntax", "line 1, column 2: a key must be a single value"},
      {"a: &x [*x]\n", "yaml-depth", "line 1"},
      {"a: &x {<<: *x}\n", "yaml-depth", "line 1"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    hcsref_str out;
    hcsref_error err = {0};
    assert_false(input_yaml_to_json(*state, hcsref_cstr(rows[i].yaml), NULL, &out, &err));
    assert_string_equal(err.code, rows[i].code);
    if (!hcsref_str_has_prefix(err.message, hcsref_cstr(rows[i].place)))
      fail_msg("%.*s", (int)err.message.len, err.message.data);
  }
}

/* Each of twenty-five lines stands for the one before it several times: more than there is room or time for. */
static void check_bounded(hcsref_arena *arena, const char *first, const char *format) {
  hcsref_buf text = {.arena = arena};
  hcsref_str out, line;
  hcsref_error err = {0};
  hcsref_buf_append(&text, hcsref_cstr(first));
  for (int letter = 'b'; letter <= 'z'; letter++) {
    const char c = (char)letter, before = (char)(letter - 1);
    const hcsref_str here = hcsref_str_from(&c, 1), up = hcsref_str_from(&before, 1);
    assert_true(hcsref_format(arena, &line, format, here, here, up, up, up, up));
    hcsref_buf_append(&text, line);
  }
  assert_false(input_yaml_to_json(arena, hcsref_buf_str(&text), NULL, &out, &err));
  assert_string_equal(err.code, "yaml-size");
}

static void aliases_are_bounded(void **state) {
  check_bounded(*state, "a: &a [x,x]\n", "%v: &%v [*%v,*%v,*%v,*%v]\n");
  check_bounded(*state, "a: &a {}\n", "%v: &%v {<<: *%v, '<<': 1, x: {<<: *%v}, y: {<<: *%v}, z: {<<: *%v}}\n");
}

static void inputs_are_told_from_their_members(void **state) {
  static const struct {
    const char *text;
    input_kind kind;
  } rows[] = {
      {"{}", INPUT_OCI_SPEC},
      {"{\"windows\":{}}", INPUT_OCI_SPEC},
      {"{\"ociVersion\":\"1\",\"mounts\":[{\"destination\":\"d\",\"source\":\"s\"}]}", INPUT_OCI_SPEC},
      {"{\"process\":{\"args\":[]},\"unknown\":1}", INPUT_OCI_SPEC},
      {"{\"mounts\":[{\"container_path\":\"d\",\"host_path\":\"s\"}]}", INPUT_CRI_CONTAINER},
      {"{\"mounts\":[{\"containerPath\":\"d\"}]}", INPUT_CRI_CONTAINER},
      {"{\"metadata\":{\"name\":\"n\"},\"windows\":{\"security_context\":{}}}", INPUT_CRI_CONTAINER},
      {"{\"windows\":{\"resources\":{\"cpu_count\":1}}}", INPUT_CRI_CONTAINER},
      {"{\"metadata\":{\"name\":\"n\",\"uid\":\"u\",\"namespace\":\"s\"}}", INPUT_CRI_POD},
      {"{\"metadata\":{\"name\":\"n\"},\"log_directory\":\"l\"}", INPUT_CRI_POD},
      {"{\"status\":{\"state\":\"CONTAINER_RUNNING\"},\"info\":{}}", INPUT_CRICTL_INSPECT},
      {"{\"status\":{\"state\":\"SANDBOX_READY\"},\"info\":{}}", INPUT_CRICTL_INSPECTP},
      {"{\"status\":{\"network\":{}},\"info\":{}}", INPUT_CRICTL_INSPECTP},
      {"{\"status\":{\"repoTags\":[]},\"info\":{}}", INPUT_IMAGE_CONFIG},
      {"{\"status\":{\"id\":\"i\"},\"info\":{\"imageSpec\":{}}}", INPUT_IMAGE_CONFIG},
      {"[{\"status\":{\"repoDigests\":[]},\"info\":{\"imageSpec\":{}}}]", INPUT_IMAGE_CONFIG},
      {"{\"ID\":\"i\",\"Runtime\":{},\"Spec\":{}}", INPUT_CTR_CONTAINER},
      {"[{\"Id\":\"i\",\"Config\":{},\"HostConfig\":{}}]", INPUT_DOCKER_INSPECT},
      {"{\"Id\":\"i\",\"Config\":{},\"HostConfig\":{}}", INPUT_DOCKER_INSPECT},
      {"{\"Image\":\"i\",\"Cmd\":[],\"HostConfig\":{}}", INPUT_DOCKER_CREATE},
      {"{\"HostConfig\":{},\"x\":1,\"y\":2}", INPUT_UNKNOWN},
      {"[]", INPUT_UNKNOWN},
      {"[{\"HostConfig\":1}]", INPUT_UNKNOWN},
      {"{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}", INPUT_KUBERNETES},
      {"{\"cniVersion\":\"1.0.0\",\"name\":\"nat\",\"type\":\"nat\"}", INPUT_FOREIGN},
      {"{\"services\":{\"web\":{\"image\":\"i\"}}}", INPUT_FOREIGN},
      {"{\"ServerVersion\":\"28\",\"Driver\":\"windowsfilter\",\"ID\":\"i\"}", INPUT_FOREIGN},
      {"[{\"Names\":[],\"Image\":\"i\",\"Status\":\"Up\",\"HostConfig\":{}}]", INPUT_FOREIGN},
      {"[{\"Scope\":\"local\",\"IPAM\":{},\"Driver\":\"nat\"}]", INPUT_FOREIGN},
      {"{\"containers\":[{\"podSandboxId\":\"p\"}]}", INPUT_FOREIGN},
      {"{\"services\":[]}", INPUT_UNKNOWN},
      {"{\"nothing\":1}", INPUT_UNKNOWN},
      {"[]", INPUT_UNKNOWN},
      {"null", INPUT_UNKNOWN},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    kit_json *tree;
    hcsref_error err = {0};
    assert_true(kit_json_parse(*state, hcsref_cstr(rows[i].text), &tree, &err));
    if (input_kind_of(tree) != rows[i].kind)
      fail_msg("%s is read as %s", rows[i].text, input_kind_name(input_kind_of(tree)));
  }
}

static void texts_of_other_programs_are_known(void **state) {
  (void)state;
  assert_string_equal(input_foreign_text(HCSREF_LIT("# syntax\nFROM x:1\nRUN y"))->what, "a Dockerfile");
  assert_string_equal(input_foreign_text(HCSREF_LIT("version = 2\n  [plugins.a]\n"))->what,
                      "containerd's configuration");
  assert_null(input_foreign_text(HCSREF_LIT("a message FROM x")));
  assert_null(input_foreign_text(HCSREF_LIT("")));
}

static void crictl_reads_go_names_alone(void **state) {
  static const char text[] =
      "{\"MOUNTS\":[{\"containerPath\":\"c\",\"host_path\":\"h\"}],\"windows\":{\"securityContext\":{}},"
      "\"colour\":1,\"labels\":{\"a.b\":\"c\"},\"image\":{\"image\":\"i\",\"image_ref\":\"r\"}}";
  static const char *const where[] = {"/MOUNTS/0/containerPath", "/windows/securityContext", "/colour",
                                      "/image/image_ref"};
  hcsref_slice notes = {NULL, 0, 0};
  hcsref_buf out = {.arena = *state};
  const input_note *items;
  kit_json *tree;
  hcsref_error err = {0};
  assert_true(kit_json_parse(*state, hcsref_cstr(text), &tree, &err));
  assert_true(input_as_crictl(*state, hcsref_profile_rules(NULL, HCSREF_PROGRAM_CONTAINERD), tree,
                              &hcsref_type_cri_container_config, &out, &notes));
  check_text(hcsref_buf_str(&out), "{\"MOUNTS\":[{\"host_path\":\"h\"}],\"windows\":{},\"labels\":{\"a.b\":\"c\"},"
                                   "\"image\":{\"image\":\"i\"}}");
  assert_int_equal(notes.len, COUNT(where));
  items = notes.items;
  for (size_t i = 0; i < COUNT(where); i++)
    check_text(items[i].where, where[i]);
}

/* ---- several containers in one file ---- */

#define CONTAINER                                                                                                      \
  "{\"status\":{\"state\":\"CONTAINER_RUNNING\"},\"info\":{\"runtimeSpec\":{\"windows\":{\"layerFolders\":[\"a\","     \
  "\"b\"]}}}}"

static void *counted_alloc(void *ctx, size_t size) {
  *(size_t *)ctx += size;
  return malloc(size);
}

static void counted_free(void *ctx, void *ptr, size_t size) {
  (void)ctx;
  (void)size;
  free(ptr);
}

static hcsref_str list_of(hcsref_arena *arena, size_t count, const char *separator) {
  hcsref_buf text = {.arena = arena};
  hcsref_buf_append_char(&text, *separator == ',' ? '[' : ' ');
  for (size_t i = 0; i < count; i++) {
    hcsref_buf_append(&text, hcsref_cstr(i == 0 ? "" : separator));
    hcsref_buf_append(&text, HCSREF_LIT(CONTAINER));
  }
  hcsref_buf_append_char(&text, *separator == ',' ? ']' : ' ');
  return hcsref_buf_str(&text);
}

/* Bytes asked for to read all containers of a list. */
static size_t memory_for(hcsref_arena *arena, size_t count, const char *separator) {
  const hcsref_host nobody = {NULL, NULL};
  size_t bytes = 0;
  const hcsref_allocator counted = {counted_alloc, counted_free, &bytes};
  hcsref_str text = list_of(arena, count, separator);
  hcsref_slice items = {0};
  hcsref_arena whole;
  hcsref_arena_init(&whole, &counted, 0);
  assert_true(input_split(&whole, text, &items, NULL));
  assert_int_equal(items.len, count);
  for (size_t i = 0; i < items.len; i++) {
    const input_item *item = (const input_item *)items.items + i;
    const input_setup setup = {.id = HCSREF_LIT("c"), .place = item->place};
    hcsref_arena one;
    input_spec read;
    input_source source;
    hcsref_error err = {0};
    hcsref_arena_init(&one, &counted, 0);
    (void)input_read_spec(&one, &setup, item->text, &nobody, &read, &source, &err);
    assert_int_equal(read.kind, INPUT_CRICTL_INSPECT);
    hcsref_arena_free(&one);
  }
  hcsref_arena_free(&whole);
  return bytes;
}

/* Twice as many cost twice as much: none is read for the sake of another. */
static void each_of_a_list_is_read_once(void **state) {
  static const char *const separators[] = {",", "\n"};
  for (size_t i = 0; i < COUNT(separators); i++) {
    size_t few = memory_for(*state, 100, separators[i]), many = memory_for(*state, 400, separators[i]);
    if (many > few * 5)
      fail_msg("100 containers take %llu bytes, 400 take %llu", (unsigned long long)few, (unsigned long long)many);
  }
}

static void what_is_no_list_is_one_item(void **state) {
  static const char *const texts[] = {
      "",  "{",  "[]",        "[1]",     "{}{}",        "{\"windows\":{}}{\"windows\":{}}",
      "1", "\"", "a: b\n---", CONTAINER, CONTAINER "x", "\xFF\xFE{"};
  for (size_t i = 0; i < COUNT(texts); i++) {
    hcsref_slice items = {0};
    assert_true(input_split(*state, hcsref_cstr(texts[i]), &items, NULL));
    assert_int_equal(items.len, 1);
    check_text(((const input_item *)items.items)->text, texts[i]);
    check_text(((const input_item *)items.items)->place, "");
  }
}

/* What the caller's error has from before, if anything, is neither read nor changed when an item can be read. */
static void an_item_that_is_read_leaves_the_error_alone(void **state) {
  static const char text[] = "{\"status\":{},\"info\":{\"runtimeSpec\":{\"windows\":{}}}}";
  const hcsref_host nobody = {NULL, NULL};
  const input_setup setup = {.id = HCSREF_LIT("c"), .place = HCSREF_LIT("/1")};
  hcsref_error err = {.code = "before", .where = HCSREF_LIT("/before")};
  input_spec read;
  input_source source;
  assert_true(input_read_spec(*state, &setup, hcsref_cstr(text), &nobody, &read, &source, &err));
  check_text(err.where, "/before");
}

/* ---- memory ---- */

/* However little memory there is, it is said, or everything is there. */
static void refused_memory_is_said(void **state) {
  static const char *const texts[] = {
      "{\"metadata\":{\"name\":\"a\"},\"command\":[\"a\"],\"colour\":1,\"linux\":{},\"annotations\":{\"x\":\"y\"}}",
      "metadata: {name: a}\nhostname: h\nlog_directory: l\nlinux: {}\n",
      "{\"status\":{},\"info\":{\"runtimeSpec\":{\"windows\":{}}}}",
  };
  const hcsref_host nobody = {NULL, NULL};
  const input_setup setup = {.id = HCSREF_LIT("c")};
  (void)state;
  for (size_t i = 0; i < COUNT(texts); i++) {
    bool done = false;
    for (size_t room = 1; !done; room += 97) {
      hcsref_arena arena;
      input_spec read;
      input_source source;
      hcsref_error err = {0};
      hcsref_arena_init(&arena, NULL, room);
      done = input_read_spec(&arena, &setup, hcsref_cstr(texts[i]), &nobody, &read, &source, &err);
      if (done)
        assert_int_not_equal(read.kind, INPUT_UNKNOWN);
      else
        assert_string_equal(err.code, "out-of-memory");
      hcsref_arena_free(&arena);
      assert_true(room < 1 << 20);
    }
  }
}

static void refused_memory_splits_nothing(void **state) {
  hcsref_arena *texts = *state;
  static const char *const separators[] = {",", "\n"};
  for (size_t i = 0; i < COUNT(separators); i++) {
    hcsref_str text = list_of(texts, 3, separators[i]);
    bool done = false;
    for (size_t room = 1; !done; room += 97) {
      hcsref_arena arena;
      hcsref_slice items = {0};
      hcsref_error err = {0};
      hcsref_arena_init(&arena, NULL, room);
      done = input_split(&arena, text, &items, &err);
      if (done)
        assert_int_equal(items.len, 3);
      else
        assert_string_equal(err.code, "out-of-memory");
      hcsref_arena_free(&arena);
      assert_true(room < 1 << 20);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(encodings_become_utf8, setup, teardown),
      cmocka_unit_test_setup_teardown(yaml_is_read_as_kubernetes_reads_it, setup, teardown),
      cmocka_unit_test(more_documents_are_noticed),
      cmocka_unit_test_setup_teardown(bad_yaml_names_its_line, setup, teardown),
      cmocka_unit_test_setup_teardown(aliases_are_bounded, setup, teardown),
      cmocka_unit_test_setup_teardown(inputs_are_told_from_their_members, setup, teardown),
      cmocka_unit_test(texts_of_other_programs_are_known),
      cmocka_unit_test_setup_teardown(crictl_reads_go_names_alone, setup, teardown),
      cmocka_unit_test_setup_teardown(each_of_a_list_is_read_once, setup, teardown),
      cmocka_unit_test_setup_teardown(what_is_no_list_is_one_item, setup, teardown),
      cmocka_unit_test_setup_teardown(an_item_that_is_read_leaves_the_error_alone, setup, teardown),
      cmocka_unit_test(refused_memory_is_said),
      cmocka_unit_test_setup_teardown(refused_memory_splits_nothing, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
