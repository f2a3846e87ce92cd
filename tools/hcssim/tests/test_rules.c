/* SPDX-License-Identifier: Apache-2.0 */
/* HCSSIM_RULES: how the real service answers, as far as clients report it. */
#include "dll/core.h"
#include "engine/state.h"
#include "world.h"

static const hcsref_computecore *const api = &sim_computecore;

static bool open_with(world *w, const char *rules, uint32_t build, char *complaint) {
  sim_settings settings = {w->folder, w->record, NULL, build, shim_calls(), complaint, true, rules, false};
  sim_close(w->service);
  w->service = sim_open(&settings);
  shim_use(w->service);
  return w->service != NULL;
}

/* The end of an operation that was started with this result. */
static uint32_t finish(world *w, hcsref_hcs_operation operation, const char **document) {
  hcsref_wchar *text = NULL;
  uint32_t code = (uint32_t)api->wait_for_operation_result(operation, ENOUGH_MS, &text);
  *document = text_of(w, text);
  api->close_operation(operation);
  return code;
}

static uint32_t create(world *w, const char *document, hcsref_hcs_system *system, const char **text) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  uint32_t code;
  api->create_compute_system(wide(w, "one"), wide(w, document), operation, NULL, system);
  code = finish(w, operation, text);
  if (code != 0 && *system != NULL)
    api->close_compute_system(*system);
  return code;
}

static uint32_t ask(world *w, hcsref_hcs_system system, const hcsref_wchar *query, const char **text) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  api->get_compute_system_properties(system, operation, query);
  return finish(w, operation, text);
}

static hcsref_hcs_system created(world *w) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  hcsref_hcs_system system = NULL;
  const char *text;
  api->create_compute_system(wide(w, "one"), document2(w, ""), operation, NULL, &system);
  if (finish(w, operation, &text) != 0)
    fail_msg("%s", text);
  return system;
}

static void act(world *w,
                hcsref_hresult(HCSREF_WINAPI *function)(hcsref_hcs_system, hcsref_hcs_operation, const hcsref_wchar *),
                hcsref_hcs_system system, const hcsref_wchar *options, uint32_t expected) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  const char *text;
  function(system, operation, options);
  assert_code(finish(w, operation, &text), expected);
}

static void rules_have_names(void **state) {
  static const char *const good[] = {NULL, "", " , ,", "query-text", "-event-flags,document-form open-access"};
  static const char *const bad[] = {"query", "query-text,no", "--query-text", "-", "Query-Text", "event-flags=1"};
  char complaint[SIM_MAX_COMPLAINT];
  world *w = *state;
  for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
    assert_true(open_with(w, good[i], 20348, complaint));
  for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
    assert_false(open_with(w, bad[i], 20348, complaint));
    assert_contains(complaint, "HCSSIM_RULES: there is no rule '");
    assert_contains(complaint, "shutdown-options, query-text");
  }
  assert_false(open_with(w, "no\x1b[31m", 20348, complaint));
  assert_contains(complaint, "'no?[31m'");
  assert_false(open_with(w, "no", 20348, NULL));
  world_restart(w, NULL);
}

static void what_is_no_json_is_told_as_the_service_does(void **state) {
  static const struct {
    const char *rules;
    uint32_t build, code;
  } rows[] = {{NULL, 20348, 0x8037010Du},
              {NULL, 26200, 0x8037010Du},
              {"not-json-data", 20348, 0x8007000Du},
              {"not-json-data", 26200, 0x8037010Du}};
  world *w = *state;
  hcsref_hcs_system system = NULL;
  const char *text;
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    assert_true(open_with(w, rows[i].rules, rows[i].build, NULL));
    assert_code(create(w, "{", &system, &text), rows[i].code);
    assert_contains(text, "'Invalid JSON document '$''");
    assert_contains(text, "\"EventId\":11000,\"Flags\":13");
    assert_contains(text, rows[i].code == 0x8007000Du ? "(0x8007000D, " : "(0x8037010D, ");
  }
  assert_true(open_with(w, "-event-flags,document-form", 20348, NULL));
  assert_code(create(w, "{", &system, &text), 0x8037010Du);
  assert_contains(text, "\"Error\":-1070137075"); /* 0xC037010D */
  assert_null(strstr(text, "Flags"));
}

static void questions_without_a_text(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  const char *text;
  world_mount(w);
  system = created(w);
  assert_code(ask(w, system, wide(w, ""), &text), 0);
  assert_contains(text, "\"State\":\"Created\"");
  assert_code(ask(w, system, NULL, &text), 0);
  assert_contains(text, "\"State\"");
  assert_code(ask(w, system, wide(w, "["), &text), 0x8037010Du);
  assert_contains(text, "\"EventId\":11001");
  api->close_compute_system(system);
  assert_true(open_with(w, "query-text", 20348, NULL));
  system = created(w);
  assert_code(ask(w, system, wide(w, ""), &text), 0x8037010Du);
  assert_contains(text, "\"EventId\":11001");
  assert_code(ask(w, system, NULL, &text), 0);
  assert_null(strstr(text, "\"State\""));
  assert_code(ask(w, system, wide(w, "{}"), &text), 0);
  assert_contains(text, "\"State\"");
  api->close_compute_system(system);
  world_unmount(w);
}

static void options_and_access(void **state) {
  world *w = *state;
  hcsref_hcs_system system, second = NULL;
  world_mount(w);
  system = created(w);
  assert_code(api->open_compute_system(wide(w, "one"), 0x000FFFFFu, &second), 0);
  api->close_compute_system(second);
  act(w, api->start_compute_system, system, NULL, 0);
  act(w, api->shut_down_compute_system, system, NULL, 0);
  api->close_compute_system(system);
  assert_true(open_with(w, "shutdown-options,open-access", 20348, NULL));
  system = created(w);
  assert_code(api->open_compute_system(wide(w, "one"), 0x000FFFFFu, &second), 0x80070057u);
  assert_null(second);
  assert_code(api->open_compute_system(wide(w, "one"), 0x10000000u, &second), 0);
  api->close_compute_system(second);
  act(w, api->start_compute_system, system, NULL, 0);
  act(w, api->shut_down_compute_system, system, NULL, 0x80070057u);
  act(w, api->shut_down_compute_system, system, wide(w, "{}"), 0);
  api->close_compute_system(system);
  world_unmount(w);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(rules_have_names),
      TEST(what_is_no_json_is_told_as_the_service_does),
      TEST(questions_without_a_text),
      TEST(options_and_access),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
