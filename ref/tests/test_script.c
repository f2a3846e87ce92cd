/* SPDX-License-Identifier: Apache-2.0 */
/* The scripted host. */
#include "script_stage.h"

static const char script_text[] =
    "{\"processor_count\":8,\"os_build\":17763,"
    "\"layer_ids\":{\"C:\\\\l\\\\1\":\"AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee\",\"2\":\"11111111-2222-3333-4444-"
    "555555555555\",\"3\":{\"error\":\"boom\"}},"
    "\"resolve\":{\"C:\\\\a\":\"\\\\\\\\?\\\\a\",\"C:\\\\b\":{\"error\":\"denied\"}},"
    "\"files\":{\"C:\\\\f\":\"text\",\"C:\\\\d\":{\"dir\":true},\"C:\\\\e\":{\"error\":\"no\"},"
    "\"C:\\\\r\":{\"data\":\"x\",\"read_error\":\"bad sector\"},\"C:\\\\x\":{\"data\":\"y\"}},"
    "\"paths\":{\"C:\\\\p\":{},\"C:\\\\q\":{\"stat\":\"not_exist\",\"resolve\":\"C:\\\\Q\",\"mkdir\":{\"error\":"
    "\"full\"}},"
    "\"C:\\\\s\":{\"stat\":\"denied\",\"resolve\":{\"error\":\"loop\"}}}}";

static void facts_have_defaults(void **state) {
  static const char *const texts[] = {"", "null", "{}"};
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    hcsref_host host = hcsref_script_host(load(*state, texts[i]));
    assert_int_equal(host.ops->processor_count(host.ctx), 4);
    assert_int_equal(host.ops->os_build(host.ctx), 20348);
  }
}

static void layer_ids_go_by_folder_or_last_part(void **state) {
  static const struct {
    const char *folder, *message;
    unsigned char first;
  } rows[] = {
      {"C:\\l\\1", NULL, 0xAA},
      {"D:/other/2", NULL, 0x11},
      {"2", NULL, 0x11},
      {"x\\3", "hcsshim::NameToGuid failed in Win32: boom (0x1f)", 0},
      {"x\\4", "hcsshim::NameToGuid failed in Win32: no layer id given (0x1f)", 0},
      {"C:\\l\\1\\", "hcsshim::NameToGuid failed in Win32: no layer id given (0x1f)", 0},
  };
  hcsref_host host = hcsref_script_host(load(*state, script_text));
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_guid id;
    hcsref_str message;
    bool ok = host.ops->layer_id(host.ctx, *state, hcsref_cstr(rows[i].folder), &id, &message);
    assert_int_equal(ok, rows[i].message == NULL);
    if (ok)
      assert_int_equal(id.data[0], rows[i].first);
    else
      assert_text(message, rows[i].message);
  }
}

static void paths_are_answered_and_noted(void **state) {
  static const struct {
    const char *path;
    hcsref_path_status status;
    bool dir;
    const char *message;
  } rows[] = {
      {"C:\\f", HCSREF_PATH_OK, false, NULL},
      {"C:\\d", HCSREF_PATH_OK, true, NULL},
      {"C:\\e", HCSREF_PATH_FAILED, false, "no"},
      {"C:\\p", HCSREF_PATH_OK, true, NULL},
      {"C:\\q", HCSREF_PATH_NOT_EXIST, false, "file does not exist"},
      {"C:\\s", HCSREF_PATH_FAILED, false, "denied"},
      {"C:\\none", HCSREF_PATH_NOT_EXIST, false, "CreateFile C:\\none: The system cannot find the file specified."},
  };
  hcsref_script *script = load(*state, script_text);
  hcsref_host host = hcsref_script_host(script);
  const hcsref_str *calls;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    bool dir = false;
    hcsref_str message = {NULL, 0};
    assert_int_equal(host.ops->stat(host.ctx, *state, hcsref_cstr(rows[i].path), &dir, &message), rows[i].status);
    if (rows[i].message != NULL)
      assert_text(message, rows[i].message);
    else
      assert_int_equal(dir, rows[i].dir);
    assert_int_equal(host.ops->stat(host.ctx, *state, hcsref_cstr(rows[i].path), NULL, &message), rows[i].status);
  }
  assert_int_equal(hcsref_script_calls(script)->len, 2 * COUNT_OF(rows));
  calls = hcsref_script_calls(script)->items;
  assert_text(calls[0], "stat C:\\f");
}

static void calls_are_only_kept_on_demand(void **state) {
  hcsref_script *script = NULL;
  hcsref_str message;
  hcsref_host host;
  assert_true(hcsref_script_load(*state, HCSREF_LIT("{}"), &script, NULL));
  host = hcsref_script_host(script);
  (void)host.ops->stat(host.ctx, *state, HCSREF_LIT("C:\\x"), NULL, &message);
  assert_int_equal(hcsref_script_calls(script)->len, 0);
}

/* To stage 1, a source that the script does not mention is there. */
static void unmentioned_sources_are_there(void **state) {
  static const char *const scripts[] = {"", "{}", "{\"paths\":{}}", "{\"files\":{}}"};
  for (size_t i = 0; i < COUNT_OF(scripts); i++) {
    hcsref_str message;
    bool dir = false;
    hcsref_script *script = load(*state, scripts[i]);
    hcsref_host host = hcsref_script_cri_host(script);
    assert_int_equal(host.ops->stat(host.ctx, *state, HCSREF_LIT("C:\\x"), &dir, &message), HCSREF_PATH_OK);
    assert_true(dir);
    assert_int_equal(host.ops->stat(host.ctx, *state, HCSREF_LIT("C:\\x"), NULL, &message), HCSREF_PATH_OK);
    assert_int_equal(hcsref_script_calls(script)->len, 2);
  }
}

static void mentioned_sources_are_as_they_are(void **state) {
  hcsref_str message;
  hcsref_host host = hcsref_script_cri_host(load(*state, script_text));
  assert_int_equal(host.ops->stat(host.ctx, *state, HCSREF_LIT("C:\\q"), NULL, &message), HCSREF_PATH_NOT_EXIST);
  assert_int_equal(host.ops->stat(host.ctx, *state, HCSREF_LIT("C:\\e"), NULL, &message), HCSREF_PATH_FAILED);
}

static void folders_are_made(void **state) {
  hcsref_script *script = load(*state, script_text);
  hcsref_host host = hcsref_script_host(script);
  hcsref_str message;
  assert_true(host.ops->mkdir_all(host.ctx, *state, HCSREF_LIT("C:\\new"), &message));
  assert_false(host.ops->mkdir_all(host.ctx, *state, HCSREF_LIT("C:\\q"), &message));
  assert_text(message, "full");
  assert_int_equal(hcsref_script_made(script)->len, 1);
  assert_text(*(const hcsref_str *)hcsref_script_made(script)->items, "C:\\new");
  assert_text(((const hcsref_str *)hcsref_script_calls(script)->items)[1], "mkdir C:\\q 755");
}

static void links_are_followed(void **state) {
  static const struct {
    const char *path;
    int mode;
    bool ok;
    const char *text;
  } rows[] = {
      {"C:\\a", HCSREF_RESOLVE_HCS, true, "\\\\?\\a"},
      {"C:\\b", HCSREF_RESOLVE_HCS, false, "denied"},
      {"", HCSREF_RESOLVE_HCS, false, "CreateFile : The system cannot find the file specified."},
      {"C:\\p", HCSREF_RESOLVE_CRI, true, "C:\\p"},
      {"C:\\q", HCSREF_RESOLVE_CRI, true, "C:\\Q"},
      {"C:\\s", HCSREF_RESOLVE_CRI, false, "loop"},
      {"C:\\a", HCSREF_RESOLVE_CRI, true, "C:\\a"},
  };
  hcsref_host host = hcsref_script_host(load(*state, script_text));
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str target = {NULL, 0};
    hcsref_str message = {NULL, 0};
    bool ok = host.ops->resolve(host.ctx, *state, hcsref_cstr(rows[i].path), rows[i].mode, &target, &message);
    assert_int_equal(ok, rows[i].ok);
    assert_text(ok ? target : message, rows[i].text);
  }
}

static void files_are_read(void **state) {
  static const struct {
    const char *path;
    bool ok;
    const char *text;
  } rows[] = {
      {"C:\\f", true, "text"},
      {"C:\\x", true, "y"},
      {"C:\\d", true, ""},
      {"C:\\r", false, "bad sector"},
      {"C:\\none", false, "open C:\\none: The system cannot find the file specified."},
  };
  hcsref_host host = hcsref_script_host(load(*state, script_text));
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str data = {NULL, 0};
    hcsref_str message = {NULL, 0};
    bool ok = host.ops->read_file(host.ctx, *state, hcsref_cstr(rows[i].path), &data, &message);
    assert_int_equal(ok, rows[i].ok);
    assert_text(ok ? data : message, rows[i].text);
  }
}

static void values_of_no_known_form_are_refused(void **state) {
  static const struct {
    const char *script, *where, *message;
  } rows[] = {
      {"{\"layer_ids\":{\"a/b\":\"no guid\"}}", "/layer_ids/a~1b", "a layer id is a GUID or {\"error\": text}"},
      {"{\"layer_ids\":{\"a\":1}}", "/layer_ids/a", "a layer id is a GUID or {\"error\": text}"},
      {"{\"layer_ids\":{\"a\":null}}", "/layer_ids/a", "a layer id is a GUID or {\"error\": text}"},
      {"{\"resolve\":{\"a\":{}}}", "/resolve/a", "a resolved path is a text or {\"error\": text}"},
      {"{\"resolve\":{\"a\":{\"error\":1}}}", "/resolve/a", "a resolved path is a text or {\"error\": text}"},
      {"{\"files\":{\"a\":5}}", "/files/a", "a file is its contents or an object of data, dir, error, read_error"},
      {"{\"files\":{\"a\":{\"dir\":\"yes\"}}}", "/files/a",
       "a file is its contents or an object of data, dir, error, read_error"},
      {"{\"files\":{\"a\":{\"data\":[]}}}", "/files/a",
       "a file is its contents or an object of data, dir, error, read_error"},
      {"{\"paths\":{\"a\":\"ok\"}}", "/paths/a",
       "a path is an object of stat (a text), resolve (a text or {\"error\": text}), mkdir ({\"error\": text})"},
      {"{\"paths\":{\"a\":{\"stat\":true}}}", "/paths/a", NULL},
      {"{\"paths\":{\"a\":{\"resolve\":1}}}", "/paths/a", NULL},
      {"{\"paths\":{\"a\":{\"mkdir\":1}}}", "/paths/a", NULL},
      {"{\"paths\":{\"a\":{\"mkdir\":\"Access is denied.\"}}}", "/paths/a", NULL},
      {"{\"uvm_folder\":[]}", "/uvm_folder", "the utility VM's folder is a path or {\"error\": text}"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_script *script = NULL;
    hcsref_error err;
    assert_false(hcsref_script_load(*state, hcsref_cstr(rows[i].script), &script, &err));
    assert_null(script);
    assert_string_equal(err.code, "host-script");
    assert_text(err.where, rows[i].where);
    if (rows[i].message != NULL)
      assert_text(err.message, rows[i].message);
  }
}

static void values_of_a_wrong_type_are_refused(void **state) {
  hcsref_script *script = NULL;
  hcsref_error err;
  assert_false(hcsref_script_load(*state, HCSREF_LIT("{\"os_build\":\"x\"}"), &script, &err));
  assert_null(script);
  assert_string_equal(err.code, "json-type");
  assert_text(err.where, "/os_build");
}

/* A member that is null is as good as absent, one that means nothing is passed over, and of several the last counts. */
static void members_are_read_as_go_reads_them(void **state) {
  hcsref_script *script = load(
      *state, "{\"paths\":{\"n\":{\"stat\":null,\"resolve\":null,\"mkdir\":null},"
              "\"l\":{\"stat\":\"gone\",\"x\":[1],\"stat\":\"not_exist\",\"mkdir\":{\"error\":\"a\",\"error\":\"b\"}}},"
              "\"files\":{\"f\":{\"data\":\"a\",\"data\":\"b\",\"dir\":null,\"error\":null,\"read_error\":null}},"
              "\"resolve\":{\"r\":{\"z\":{},\"error\":\"no\"}}}");
  hcsref_host host = hcsref_script_host(script);
  hcsref_str text = {NULL, 0};
  assert_int_equal(host.ops->stat(host.ctx, *state, HCSREF_LIT("n"), NULL, &text), HCSREF_PATH_OK);
  assert_true(host.ops->mkdir_all(host.ctx, *state, HCSREF_LIT("n"), &text));
  assert_true(host.ops->resolve(host.ctx, *state, HCSREF_LIT("n"), HCSREF_RESOLVE_CRI, &text, &text));
  assert_text(text, "n");
  assert_int_equal(host.ops->stat(host.ctx, *state, HCSREF_LIT("l"), NULL, &text), HCSREF_PATH_NOT_EXIST);
  assert_false(host.ops->mkdir_all(host.ctx, *state, HCSREF_LIT("l"), &text));
  assert_text(text, "b");
  assert_int_equal(host.ops->stat(host.ctx, *state, HCSREF_LIT("f"), NULL, &text), HCSREF_PATH_OK);
  assert_true(host.ops->read_file(host.ctx, *state, HCSREF_LIT("f"), &text, &text));
  assert_text(text, "b");
  assert_false(host.ops->resolve(host.ctx, *state, HCSREF_LIT("r"), HCSREF_RESOLVE_HCS, &text, &text));
  assert_text(text, "no");
}

/* Many entries, some of them twice: the last one counts. */
static void large_scripts_are_indexed(void **state) {
  hcsref_buf text = {.arena = *state};
  hcsref_host host;
  hcsref_buf_append(&text, HCSREF_LIT("{\"resolve\":{"));
  for (uint64_t i = 0; i < 5000; i++) {
    hcsref_str entry;
    assert_true(hcsref_format(*state, &entry, "%s\"%u\":\"t%u\"", i == 0 ? "" : ",", i % 4000, i));
    hcsref_buf_append(&text, entry);
  }
  hcsref_buf_append(&text, HCSREF_LIT("}}"));
  hcsref_buf_append_char(&text, '\0');
  host = hcsref_script_host(load(*state, text.data));
  for (uint64_t i = 0; i < 4000; i++) {
    hcsref_str path, expected, target, message;
    assert_true(hcsref_format(*state, &path, "%u", i));
    assert_true(hcsref_format(*state, &expected, "t%u", i < 1000 ? i + 4000 : i));
    assert_true(host.ops->resolve(host.ctx, *state, path, HCSREF_RESOLVE_HCS, &target, &message));
    assert_same(target, expected);
  }
}

static void refused_memory_is_an_error(void **state) {
  bool loaded = false;
  (void)state;
  for (size_t room = 64; !loaded; room += 16) {
    hcsref_arena arena;
    hcsref_script *script = NULL;
    hcsref_hosting_system *uvm = NULL;
    hcsref_error err;
    assert_true(room < 100000);
    hcsref_arena_init(&arena, NULL, 20000 + room);
    (void)hcsref_arena_alloc(&arena, 20000 - 128);
    err.code = NULL;
    loaded = hcsref_script_load(&arena, hcsref_cstr(script_text), &script, &err) &&
             hcsref_script_hosting_system(&arena, script, HCSREF_LIT("{\"vsmb\":{\"a\":\"b\"},\"vsmb_shares\":[{}]}"),
                                          &uvm, &err);
    if (!loaded) {
      assert_string_equal(err.code, "out-of-memory");
      assert_null(uvm);
    }
    hcsref_arena_free(&arena);
  }
}

/* What a script is asked, and what it answers when there is memory for it. */
typedef bool (*question)(const hcsref_host *host, hcsref_arena *arena, hcsref_str *answer, hcsref_str *message);

static bool ask_layer_id(const hcsref_host *host, hcsref_arena *arena, hcsref_str *answer, hcsref_str *message) {
  hcsref_guid id;
  (void)answer;
  return host->ops->layer_id(host->ctx, arena, HCSREF_LIT("x\\4"), &id, message);
}

static bool ask_stat(const hcsref_host *host, hcsref_arena *arena, hcsref_str *answer, hcsref_str *message) {
  *answer = HCSREF_LIT("there");
  return host->ops->stat(host->ctx, arena, HCSREF_LIT("C:\\p"), NULL, message) == HCSREF_PATH_OK;
}

static bool ask_stat_missing(const hcsref_host *host, hcsref_arena *arena, hcsref_str *answer, hcsref_str *message) {
  (void)answer;
  return host->ops->stat(host->ctx, arena, HCSREF_LIT("C:\\none"), NULL, message) == HCSREF_PATH_OK;
}

static bool ask_mkdir(const hcsref_host *host, hcsref_arena *arena, hcsref_str *answer, hcsref_str *message) {
  *answer = HCSREF_LIT("made");
  return host->ops->mkdir_all(host->ctx, arena, HCSREF_LIT("C:\\n"), message);
}

static bool ask_resolve(const hcsref_host *host, hcsref_arena *arena, hcsref_str *answer, hcsref_str *message) {
  return host->ops->resolve(host->ctx, arena, HCSREF_LIT("C:\\a"), HCSREF_RESOLVE_HCS, answer, message);
}

static bool ask_read(const hcsref_host *host, hcsref_arena *arena, hcsref_str *answer, hcsref_str *message) {
  return host->ops->read_file(host->ctx, arena, HCSREF_LIT("C:\\x"), answer, message);
}

/* A question that could not be written down is not answered either: the list of calls is whole or there is an error. */
static void questions_need_memory(void **state) {
  static const struct {
    question ask;
    const char *answer, *message;
    size_t calls;
  } rows[] = {
      {ask_layer_id, NULL, "hcsshim::NameToGuid failed in Win32: no layer id given (0x1f)", 0},
      {ask_stat, "there", NULL, 1},
      {ask_stat_missing, NULL, "CreateFile C:\\none: The system cannot find the file specified.", 1},
      {ask_mkdir, "made", NULL, 1},
      {ask_resolve, "\\\\?\\a", NULL, 1},
      {ask_read, "y", NULL, 1},
  };
  const size_t most = 65536;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    size_t room = 0;
    for (bool enough = false; !enough; room += 16) {
      hcsref_arena arena;
      hcsref_script *script = load(*state, script_text);
      hcsref_host host = hcsref_script_host(script);
      hcsref_str answer = {NULL, 0};
      hcsref_str message = hcsref_no_message();
      bool ok;
      assert_true(room < most);
      tight_arena(&arena, room);
      script->arena = &arena;
      ok = rows[i].ask(&host, &arena, &answer, &message);
      enough = ok || !hcsref_is_no_message(message);
      assert_false(ok && rows[i].answer == NULL);
      if (enough) {
        assert_text(ok ? answer : message, ok ? rows[i].answer : rows[i].message);
        assert_int_equal(hcsref_script_calls(script)->len, rows[i].calls);
      }
      hcsref_arena_free(&arena);
      hcsref_arena_reset(*state);
    }
    assert_true(room > 16);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(facts_have_defaults),
      arena_test(layer_ids_go_by_folder_or_last_part),
      arena_test(paths_are_answered_and_noted),
      arena_test(calls_are_only_kept_on_demand),
      arena_test(unmentioned_sources_are_there),
      arena_test(mentioned_sources_are_as_they_are),
      arena_test(folders_are_made),
      arena_test(links_are_followed),
      arena_test(files_are_read),
      arena_test(values_of_no_known_form_are_refused),
      arena_test(values_of_a_wrong_type_are_refused),
      arena_test(members_are_read_as_go_reads_them),
      arena_test(large_scripts_are_indexed),
      arena_test(refused_memory_is_an_error),
      arena_test(questions_need_memory),
  };
  return cmocka_run_group_tests_name("script", tests, NULL, NULL);
}
