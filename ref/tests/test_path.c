/* SPDX-License-Identifier: Apache-2.0 */
/* Windows paths against recorded answers of the originals, and by hand. Clean has more in test_path_clean.c. */
#include "hcsref/path.h"
#include "hcsref/pipeline.h"
#include "support.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* ---- recorded answers ------------------------------------------------------------------------------------ */

typedef void (*play)(hcsref_arena *arena, const json_t *params, const json_t *ok);

static hcsref_str text_of(const json_t *object, const char *key) {
  const json_t *value = json_object_get(object, key);
  return hcsref_str_from(json_string_value(value), json_string_length(value));
}

#define LONGEST_LINE ((size_t)1 << 20)

/* Appends text to a line; there is room. */
static void append(char *line, const char *text, size_t len) {
  size_t used = strlen(line);
  assert_true(used + len < LONGEST_LINE);
  memcpy(line + used, text, len);
  line[used + len] = '\0';
}

/* The next reference to what the file gave a name (docs/cases.md), {"$":"NAME"} or ,"$":"NAME"; null: there is none. */
static const char *find_reference(const char *text) {
  static const char key[] = "\"$\":\"";
  const char *found = strstr(text, key);
  while (found != NULL && (found == text || (found[-1] != '{' && found[-1] != ',')))
    found = strstr(found + 1, key);
  return found == NULL ? NULL : found - 1;
}

/* Appends the text to the line, with the value or its members in the place of each reference. */
static void write_out(const json_t *values, const char *text, char *line) {
  for (const char *found; (found = find_reference(text)) != NULL;) {
    const char *name = found + strlen("{\"$\":\""), *end = strchr(name, '"');
    char key[128] = "";
    json_t *value;
    assert_true(end != NULL && (size_t)(end - name) < sizeof(key));
    memcpy(key, name, (size_t)(end - name));
    value = json_object_get(values, key);
    assert_non_null(value);
    append(line, text, (size_t)(found - text));
    if (*found == '{') {
      append(line, json_string_value(value), json_string_length(value));
    } else {
      append(line, ",", 1);
      append(line, json_string_value(value) + 1, json_string_length(value) - 2);
    }
    text = end + (*found == '{' ? 2 : 1);
  }
  append(line, text, strlen(text));
}

/* Keeps the value of {"$":"NAME","value":VALUE}; false: the line is a case. */
static bool keep_value(json_t *values, const char *text) {
  static const char start[] = "{\"$\":\"", between[] = "\",\"value\":";
  static char value[LONGEST_LINE];
  char key[128] = "";
  const char *name = text + strlen(start), *end;
  if (strncmp(text, start, strlen(start)) != 0)
    return false;
  end = strstr(name, between);
  assert_true(end != NULL && (size_t)(end - name) < sizeof(key));
  memcpy(key, name, (size_t)(end - name));
  value[0] = '\0';
  write_out(values, end + strlen(between), value);
  assert_int_equal(json_object_set_new(values, key, json_stringn(value, (size_t)(strrchr(value, '}') - value))), 0);
  return true;
}

static size_t play_file(hcsref_arena *arena, const char *folder, const char *op, play play_case) {
  static char line[LONGEST_LINE], full[LONGEST_LINE];
  char name[512];
  json_t *values = json_object();
  size_t played = 0;
  FILE *file;
  assert_true(snprintf(name, sizeof(name), "%s/%s/%s.jsonl", HCSPROOF_SOURCE_DIR, folder, op) < (int)sizeof(name));
  file = fopen(name, "rb");
  assert_non_null(file);
  while (fgets(line, sizeof(line), file) != NULL) {
    json_t *recorded;
    if (keep_value(values, line))
      continue;
    full[0] = '\0';
    write_out(values, line, full);
    recorded = json_loads(full, JSON_ALLOW_NUL, NULL);
    assert_non_null(recorded);
    play_case(arena, json_object_get(recorded, "params"), json_object_get(json_object_get(recorded, "expect"), "ok"));
    played++;
    json_decref(recorded);
    hcsref_arena_reset(arena);
  }
  fclose(file);
  json_decref(values);
  return played;
}

static void play_clean(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  hcsref_str out;
  assert_true(hcsref_path_clean(arena, text_of(params, "path"), &out));
  assert_same(out, text_of(ok, "path"));
}

static void play_clean_mount(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  hcsref_str out;
  assert_true(hcsref_clean_mount_path(arena, text_of(params, "path"), &out));
  assert_same(out, text_of(ok, "path"));
}

static void play_join(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  const json_t *list = json_object_get(params, "parts");
  hcsref_str parts[16], out;
  size_t count = json_array_size(list);
  assert_true(count <= COUNT_OF(parts));
  for (size_t i = 0; i < count; i++)
    parts[i] = hcsref_str_from(json_string_value(json_array_get(list, i)), json_string_length(json_array_get(list, i)));
  assert_true(hcsref_path_join(arena, parts, count, &out));
  assert_same(out, text_of(ok, "path"));
}

static void play_split(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  hcsref_str path = text_of(params, "path");
  hcsref_str dir, file, out;
  assert_same(hcsref_path_volume(path), text_of(ok, "volume"));
  assert_int_equal(hcsref_path_is_abs(path), json_is_true(json_object_get(ok, "is_abs")));
  hcsref_path_split(path, &dir, &file);
  assert_same(dir, text_of(ok, "split_dir"));
  assert_same(file, text_of(ok, "split_file"));
  assert_true(hcsref_path_dir(arena, path, &out));
  assert_same(out, text_of(ok, "dir"));
  assert_true(hcsref_path_base(arena, path, &out));
  assert_same(out, text_of(ok, "base"));
}

static void play_is_pipe(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  (void)arena;
  assert_int_equal(hcsref_is_named_pipe(text_of(params, "path")), json_is_true(json_object_get(ok, "is_pipe")));
}

static void play_map_pipe(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  bool hosted = json_is_object(json_object_get(params, "hosting_system")), is_pipe = false;
  const hcsref_hosting_system vm = {.os = HCSREF_LIT("windows")};
  hcsref_named_pipe pipe;
  assert_true(hcsref_map_named_pipe(arena, NULL, hosted ? &vm : NULL, text_of(params, "source"),
                                    text_of(params, "destination"), &is_pipe, &pipe));
  assert_true(is_pipe);
  assert_same(pipe.host_path, text_of(ok, "host_path"));
  assert_same(pipe.container_pipe, text_of(ok, "container_pipe"));
}

static void play_sandbox(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  hcsref_str out;
  assert_true(hcsref_sandbox_mount_path(arena, text_of(params, "path"), &out));
  assert_same(out, text_of(ok, "path"));
}

static void play_volume(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  (void)arena;
  assert_int_equal(hcsref_is_volume_path(text_of(params, "path")), json_is_true(json_object_get(ok, "valid")));
}

static void play_location(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  hcsref_str device;
  uint16_t index;
  assert_true(hcsref_device_location(arena, text_of(params, "path"), &device, &index));
  assert_same(device, text_of(ok, "path"));
  assert_int_equal(index, json_integer_value(json_object_get(ok, "index")));
}

static void play_sort(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  const json_t *order = json_object_get(ok, "order");
  for (size_t i = 0; i < json_array_size(order); i++) {
    size_t from = (size_t)json_integer_value(json_array_get(order, i));
    const json_t *path = json_array_get(json_object_get(params, "mounts"), from);
    size_t parts;
    assert_true(hcsref_path_parts(arena, hcsref_str_from(json_string_value(path), json_string_length(path)), &parts));
    assert_int_equal(parts, json_integer_value(json_array_get(json_object_get(ok, "parts"), i)));
  }
}

static void recorded_answers_hold(void **state) {
  static const struct {
    const char *folder, *op;
    play play_case;
    size_t at_least;
  } rows[] = {
      {"golden/recorded", "clean-path", play_clean, 64},
      {"golden/recorded", "clean-mount-path", play_clean_mount, 74},
      {"golden/recorded", "join-path", play_join, 14},
      {"golden/recorded", "split-path", play_split, 40},
      {"golden/recorded", "is-named-pipe", play_is_pipe, 6},
      {"golden/recorded", "map-named-pipe", play_map_pipe, 11},
      {"golden/recorded", "sandbox-mount-path", play_sandbox, 8},
      {"golden/recorded", "volume-path", play_volume, 13},
      {"golden/recorded", "device-location", play_location, 6},
      {"golden/recorded", "sort-mounts", play_sort, 4},
      {"ref/tests/data/paths", "clean-path", play_clean, 600},
      {"ref/tests/data/paths", "split-path", play_split, 400},
      {"ref/tests/data/paths", "join-path", play_join, 400},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    assert_true(play_file(*state, rows[i].folder, rows[i].op, rows[i].play_case) >= rows[i].at_least);
}

/* ---- by hand ---------------------------------------------------------------------------------------------- */

static void absolute_paths_are_known(void **state) {
  static const struct {
    const char *path;
    bool abs;
  } rows[] = {
      {"", false},      {"C:\\", true},  {"C:/x", true},  {"C:x", false},  {"\\x", false},     {"\\\\s\\h", true},
      {"nul", true},    {"COM1", true},  {"com0", false}, {"Lpt9", true},  {"nul.txt", false}, {"CONx", false},
      {"con", true},    {"PRN", true},   {"aux", true},   {"z:\\", true},  {"Z:/", true},      {"A:\\", true},
      {"a:/", true},    {"@:\\", false}, {"[:\\", false}, {"`:\\", false}, {"{:\\", false},    {"\\\\s\\h\\x", true},
      {"1:\\x", false}, {"C:", false},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    assert_int_equal(hcsref_path_is_abs(hcsref_cstr(rows[i].path)), rows[i].abs);
}

static void joins_keep_out_of_unc(void **state) {
  static const struct {
    const char *parts[3];
    const char *out;
  } rows[] = {
      {{"", "", ""}, ""},
      {{"C:", "", "a"}, "C:a"},
      {{"C:", "", ""}, "C:."},
      {{"\\", "\\a\\b", "c"}, "\\a\\b\\c"},
      {{"a", "b", "..\\c"}, "a\\c"},
      {{"\\\\h\\s", "", "x"}, "\\\\h\\s\\x"},
      {{"\\", "?", "x"}, "\\?\\x"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str parts[3], out;
    for (size_t k = 0; k < 3; k++)
      parts[k] = hcsref_cstr(rows[i].parts[k]);
    assert_true(hcsref_path_join(*state, parts, 3, &out));
    assert_text(out, rows[i].out);
  }
}

static void bases_and_folders(void **state) {
  static const struct {
    const char *path, *base, *dir;
  } rows[] = {
      {"", ".", "."},
      {"\\", "\\", "\\"},
      {"D:C:x", "C:x", "D:."},
      {"\\\\h\\s", "\\", "\\\\h\\s"},
      {"C:\\a\\", "a", "C:\\a"},
      {"a/b", "b", "a"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str out;
    assert_true(hcsref_path_base(*state, hcsref_cstr(rows[i].path), &out));
    assert_text(out, rows[i].base);
    assert_true(hcsref_path_dir(*state, hcsref_cstr(rows[i].path), &out));
    assert_text(out, rows[i].dir);
  }
}

#define GUID "8a25748f-CF34-4ac6-9ee2-c89400e886db"

/* The expression's oddities with it: a brace may be missing in front or doubled behind, and its end is the end of the
 * text, not of a line. */
static void volume_paths_are_known(void **state) {
  static const struct {
    const char *path;
    bool valid;
  } rows[] = {
      {"\\\\?\\Volume{" GUID "}", true},
      {"\\\\?\\Volume{" GUID "}\\", true},
      {"\\\\?\\Volume" GUID "}", true},
      {"\\\\?\\Volume{" GUID "}}\\", true},
      {"\\\\?\\Volume{" GUID "}\n", false},
      {"\\\\?\\Volume{" GUID "}\\\n", false},
      {"\\\\?\\Volume{" GUID "}\\\\", false},
      {"\\\\?\\Volume{" GUID "}/", false},
      {"\\\\?\\Volume{" GUID "}}}", false},
      {"\\\\?\\Volume{{" GUID "}", false},
      {"\\\\?\\Volume{" GUID, false},
      {"\\\\?\\Volume{" GUID "}a", false},
      {"\\\\?\\volume{" GUID "}", false},
      {"//?/Volume{" GUID "}", false},
      {"\\\\.\\Volume{" GUID "}", false},
      {"x\\\\?\\Volume{" GUID "}", false},
      {"\\\\?\\Volume{}", false},
      {"\\\\?\\Volume{8a25748g-cf34-4ac6-9ee2-c89400e886db}", false},
      {"\\\\?\\Volume{8a25748f-cf34-4ac6-9ee2-c89400e886d}", false},
      {"\\\\?\\Volume{8a25748fcf344ac69ee2c89400e886db}", false},
      {"", false},
  };
  hcsref_str nul = HCSREF_LIT("\\\\?\\Volume{" GUID "}\0");
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    assert_int_equal(hcsref_is_volume_path(hcsref_cstr(rows[i].path)), rows[i].valid);
  assert_false(hcsref_is_volume_path(nul));
  for (size_t len = 0; len < nul.len; len++)
    assert_int_equal(hcsref_is_volume_path(hcsref_str_first(nul, len)), len == nul.len - 1);
}

static void device_locations_are_known(void **state) {
  static const struct {
    const char *path, *device;
    uint16_t index;
  } rows[] = {
      {"PCIP\\X\\0", "PCIP\\X", 0},
      {"PCIP\\X\\65535", "PCIP\\X", 65535},
      {"PCIP\\X\\65536", "PCIP\\X\\65536", 0},
      {"PCIP\\X\\007", "PCIP\\X", 7},
      {"PCIP\\X\\+1", "PCIP\\X\\+1", 0},
      {"PCIP\\X\\1_0", "PCIP\\X\\1_0", 0},
      {"PCIP/X/2/", "PCIP\\X\\2", 2},
      {"7", ".", 7},
      {"C:7", "C:.", 7},
      {"PCIP\\X\\0x1", "PCIP\\X\\0x1", 0},
      {"PCIP\\X\\ 1", "PCIP\\X\\ 1", 0},
      {"", "", 0},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str device;
    uint16_t index;
    assert_true(hcsref_device_location(*state, hcsref_cstr(rows[i].path), &device, &index));
    assert_text(device, rows[i].device);
    assert_int_equal(index, rows[i].index);
  }
}

/* ---- memory ---------------------------------------------------------------------------------------------- */

static bool try_clean(hcsref_arena *arena, hcsref_str *out) {
  return hcsref_path_clean(arena, HCSREF_LIT("//server/share/a/../b"), out);
}

static bool try_join(hcsref_arena *arena, hcsref_str *out) {
  hcsref_str parts[] = {HCSREF_LIT("a/.."), HCSREF_LIT("c:/b")};
  return hcsref_path_join(arena, parts, COUNT_OF(parts), out);
}

static bool try_join_drive(hcsref_arena *arena, hcsref_str *out) {
  hcsref_str parts[] = {HCSREF_LIT("C:"), HCSREF_LIT("a/b")};
  return hcsref_path_join(arena, parts, COUNT_OF(parts), out);
}

static bool try_join_apart(hcsref_arena *arena, hcsref_str *out) {
  hcsref_str parts[] = {HCSREF_LIT("/"), HCSREF_LIT("server"), HCSREF_LIT("share")};
  return hcsref_path_join(arena, parts, COUNT_OF(parts), out);
}

static bool try_dir(hcsref_arena *arena, hcsref_str *out) {
  return hcsref_path_dir(arena, HCSREF_LIT("C:/a/b"), out);
}

static bool try_mount(hcsref_arena *arena, hcsref_str *out) {
  return hcsref_clean_mount_path(arena, HCSREF_LIT("C:/a"), out);
}

static bool try_sandbox(hcsref_arena *arena, hcsref_str *out) {
  return hcsref_sandbox_mount_path(arena, HCSREF_LIT("sandbox:///a"), out);
}

static bool try_location(hcsref_arena *arena, hcsref_str *out) {
  uint16_t index = 9;
  bool ok = hcsref_device_location(arena, HCSREF_LIT("C:/a/7"), out, &index);
  assert_int_equal(index, ok ? 7 : 9);
  return ok;
}

static bool try_pipe(hcsref_arena *arena, hcsref_str *out) {
  const hcsref_hosting_system vm = {.os = HCSREF_LIT("windows")};
  hcsref_named_pipe pipe;
  bool is_pipe, ok = hcsref_map_named_pipe(arena, NULL, &vm, HCSREF_LIT("a"), HCSREF_LIT("b"), &is_pipe, &pipe);
  if (ok)
    *out = pipe.host_path;
  return ok;
}

static bool try_parts(hcsref_arena *arena, hcsref_str *out) {
  size_t parts = 9;
  bool ok = hcsref_path_parts(arena, HCSREF_LIT("/a/b"), &parts);
  assert_int_equal(parts, ok ? 2 : 9);
  if (ok)
    *out = HCSREF_LIT("2");
  return ok;
}

/* Each call with ever more room, until it is enough: it fails before, and leaves its result alone. */
static void refused_memory_is_told(void **state) {
  static const struct {
    bool (*call)(hcsref_arena *arena, hcsref_str *out);
    const char *out;
  } rows[] = {
      {try_clean, "\\\\server\\share\\b"},
      {try_join, ".\\c:\\b"},
      {try_join_drive, "C:a\\b"},
      {try_join_apart, "\\server\\share"},
      {try_dir, "C:\\a"},
      {try_mount, "C:\\a"},
      {try_sandbox, "C:\\SandboxMounts\\a"},
      {try_location, "C:\\a"},
      {try_pipe, "\\\\?\\VMSMB\\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}\\IPC$\\a"},
      {try_parts, "2"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    bool enough = false;
    for (size_t room = 0; !enough; room += 16) {
      hcsref_arena arena;
      hcsref_str out = HCSREF_LIT("untouched");
      assert_true(room < 1024);
      tight_arena(&arena, room);
      enough = rows[i].call(&arena, &out);
      assert_false(enough && room == 0);
      assert_text(out, enough ? rows[i].out : "untouched");
      hcsref_arena_free(&arena);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(recorded_answers_hold),  arena_test(absolute_paths_are_known), arena_test(joins_keep_out_of_unc),
      arena_test(bases_and_folders),      arena_test(volume_paths_are_known),   arena_test(device_locations_are_known),
      arena_test(refused_memory_is_told),
  };
  return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
