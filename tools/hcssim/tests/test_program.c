/* SPDX-License-Identifier: Apache-2.0 */
/* What a program says of itself. */
#include "engine/program.h"
#include "world.h"

#define HEADER "\xff Go buildinf:\x08\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define MODULES                                                                                                        \
  "path\tgithub.com/Microsoft/hcsshim/cmd/containerd-shim-runhcs-v1\n"                                                 \
  "mod\tgithub.com/Microsoft/hcsshim\tv0.12.9\th1:x=\n"                                                                \
  "dep\tgithub.com/Microsoft/go-winio\tv0.6.2\th1:y=\n"                                                                \
  "dep\tgolang.org/x/sys\tv0.1.0\th1:z=\n"                                                                             \
  "=>\t./sys\tv9.9.9\t\n"                                                                                              \
  "dep\tgithub.com/containerd/containerd\tv1.7.0\th1:z=\n"                                                             \
  "=>\tgithub.com/me/containerd\tv1.7.1\th1:w=\n"                                                                      \
  "build\t-ldflags=\"-w\"\n"                                                                                           \
  "build\tvcs.revision=0123456789abcdef\n"

/* A program's data: the header at a place of sixteens, the version, the list between its sentinels. */
static hcsref_str image_of(hcsref_arena *arena, size_t before, const char *modules) {
  hcsref_buf image = {.arena = arena};
  const size_t length = strlen(modules) + 32;
  for (size_t i = 0; i < before; i++)
    hcsref_buf_append_char(&image, '\xff');
  hcsref_buf_append(&image, hcsref_str_from(HEADER, 32));
  hcsref_buf_append(&image, HCSREF_LIT("\x09go1.22.12"));
  hcsref_buf_append_char(&image, (char)(unsigned char)(length % 128 + 128));
  hcsref_buf_append_char(&image, (char)(unsigned char)(length / 128));
  hcsref_buf_append(&image, HCSREF_LIT("0123456789abcdef"));
  hcsref_buf_append(&image, hcsref_cstr(modules));
  hcsref_buf_append(&image, HCSREF_LIT("fedcba9876543210rest"));
  assert_false(image.failed);
  return hcsref_buf_str(&image);
}

static void assert_says(hcsref_str text, const char *expected) {
  if (!hcsref_str_equal(text, hcsref_cstr(expected)))
    fail_msg("%.*s instead of %s", (int)text.len, text.data, expected);
}

static void go_says_how_it_was_built(void **state) {
  hcsref_arena arena;
  hcsref_buf line = {.arena = &arena};
  hcsref_str image;
  sim_go_program go;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  image = image_of(&arena, 32, MODULES);
  assert_true(sim_go_find(image, &go));
  assert_int_equal(go.module_count, 3);
  sim_program_append(&line, HCSREF_LIT("C:\\x.exe"), "1.2.3.4", &go);
  assert_says(
      hcsref_buf_str(&line),
      ",\"program\":{\"path\":\"C:\\\\x.exe\",\"version\":\"1.2.3.4\",\"go\":{\"version\":\"go1.22.12\",\"path\":"
      "\"github.com/Microsoft/hcsshim/cmd/containerd-shim-runhcs-v1\",\"revision\":\"0123456789abcdef\","
      "\"modules\":[{\"path\":\"github.com/Microsoft/hcsshim\",\"version\":\"v0.12.9\"},{\"path\":"
      "\"github.com/Microsoft/go-winio\",\"version\":\"v0.6.2\"},{\"path\":\"github.com/containerd/containerd\","
      "\"version\":\"v1.7.1\"}]}}");
  for (size_t i = 0; i + 20 < image.len; i++) /* cut short */
    assert_false(sim_go_find(hcsref_str_first(image, i), &go));
  assert_false(sim_go_find(hcsref_str_skip(image, 8), &go)); /* not at a place of sixteens */
  hcsref_arena_free(&arena);
}

static void others_say_nothing(void **state) {
  hcsref_arena arena;
  hcsref_buf line = {.arena = &arena};
  const sim_go_program none = {.module_count = 0};
  sim_go_program go;
  hcsref_str image;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  image = image_of(&arena, 0, "no line end");
  assert_true(sim_go_find(image, &go)); /* a list that is not one is none */
  assert_int_equal(go.module_count, 0);
  assert_int_equal(go.path.len, 0);
  ((char *)(uintptr_t)image.data)[15] = 0; /* before Go 1.18 it has pointers */
  assert_false(sim_go_find(image, &go));
  assert_false(sim_go_find(HCSREF_LIT(""), &go));
  sim_program_append(&line, hcsref_cstr(NULL), "", &none);
  assert_says(hcsref_buf_str(&line), ",\"program\":{}");
  hcsref_arena_free(&arena);
}

static void more_modules_than_are_named(void **state) {
  hcsref_arena arena;
  hcsref_buf modules = {.arena = &arena};
  sim_go_program go;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < 2 * SIM_MAX_MODULES; i++)
    hcsref_buf_append(&modules, HCSREF_LIT("dep\tgithub.com/moby/x\tv1\t\n=>\tx\tv2\t\n"));
  hcsref_buf_append_char(&modules, '\0');
  assert_true(sim_go_find(image_of(&arena, 0, hcsref_buf_str(&modules).data), &go));
  assert_int_equal(go.module_count, SIM_MAX_MODULES);
  assert_says(go.modules[SIM_MAX_MODULES - 1].version, "v2");
  hcsref_arena_free(&arena);
}

static void a_resource_has_four_numbers(void **state) {
  static const char resource[] = "V\0S\0_\0V\0\xbd\x04\xef\xfe\0\0\1\0\x05\0\x1c\0\x07\0\x02\0....";
  char version[SIM_VERSION_SIZE] = "";
  (void)state;
  assert_true(sim_version_find(hcsref_str_from(resource, sizeof resource - 1), version));
  assert_string_equal(version, "28.5.2.7");
  assert_false(sim_version_find(hcsref_str_from(resource, 20), version));
  assert_false(sim_version_find(hcsref_str_from(resource + 1, sizeof resource - 2), version));
}

static void the_recording_begins_with_it(void **state) {
  world *w = *state;
  hcsref_win_guid guid;
  assert_code(sim_wclayer.name_to_guid(wide(w, "base"), &guid), 0);
  assert_contains(recording(w), "\"program\":{\"path\":\"");
  assert_contains(recording(w), "test_program");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(go_says_how_it_was_built),
      cmocka_unit_test(others_say_nothing),
      cmocka_unit_test(more_modules_than_are_named),
      cmocka_unit_test(a_resource_has_four_numbers),
      cmocka_unit_test_setup_teardown(the_recording_begins_with_it, world_setup, world_teardown),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
