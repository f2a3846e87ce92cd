/* SPDX-License-Identifier: Apache-2.0 */
/* Planned faults. */
#include "world.h"

#include <stdio.h>

static const hcsref_computecore *const api = &sim_computecore;

static uint32_t start(world *w, hcsref_hcs_system system, uint32_t ms, uint32_t *returned) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  hcsref_wchar *text = NULL;
  uint32_t code;
  *returned = (uint32_t)api->start_compute_system(system, operation, NULL);
  code = (uint32_t)api->wait_for_operation_result(operation, ms, &text);
  text_of(w, text);
  api->close_operation(operation);
  return code;
}

static hcsref_hcs_system created(world *w) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  hcsref_hcs_system system = NULL;
  hcsref_wchar *text = NULL;
  assert_code(api->create_compute_system(wide(w, "one"), document2(w, ""), operation, NULL, &system), 0);
  assert_code(api->wait_for_operation_result(operation, ENOUGH_MS, &text), 0);
  api->close_operation(operation);
  return system;
}

static void calls_fail_as_planned(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  uint32_t returned;
  world_restart(w, "# a comment\n\nHcsStartComputeSystem 1 fail 0x80070005\n"
                   "HcsStartComputeSystem 2 later 0x80370100 # at the end\n");
  world_mount(w);
  system = created(w);
  assert_code(start(w, system, ENOUGH_MS, &returned), HCSREF_HCS_NOT_STARTED);
  assert_code(returned, 0x80070005u);
  assert_code(start(w, system, ENOUGH_MS, &returned), 0x80370100u);
  assert_code(returned, 0);
  assert_code(start(w, system, ENOUGH_MS, &returned), 0);
  api->close_compute_system(system);
  world_unmount(w);
}

static void operations_hang_and_are_late(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  uint32_t returned;
  uint64_t began;
  world_restart(w, "HcsStartComputeSystem 1 hang\nHcsStartComputeSystem * late 150\nNameToGuid * late 100\n");
  began = os_now_ms();
  world_mount(w);
  assert_true(os_now_ms() - began >= 95);
  system = created(w);
  assert_code(start(w, system, 50, &returned), HCSREF_HCS_TIMEOUT);
  assert_code(returned, 0);
  began = os_now_ms();
  assert_code(start(w, system, ENOUGH_MS, &returned), 0);
  assert_true(os_now_ms() - began >= 145);
  api->close_compute_system(system);
  world_unmount(w);
}

static void the_service_goes_away(void **state) {
  world *w = *state;
  hcsref_hcs_system system, other = NULL;
  uint32_t returned;
  world_restart(w, "HcsStartComputeSystem 1 disconnect\n");
  world_mount(w);
  system = created(w);
  start(w, system, ENOUGH_MS, &returned);
  assert_code(returned, HCSREF_HCS_SERVICE_DISCONNECT);
  assert_code(api->open_compute_system(wide(w, "one"), 0, &other), HCSREF_HCS_SERVICE_DISCONNECT);
  api->close_compute_system(system);
  world_restart(w, NULL);
  world_unmount(w);
}

/* Each is refused, and told with its line: a fault that silently never comes would let a test pass that tests nothing.
 */
static void bad_files_are_refused(void **state) {
  static const struct {
    const char *text, *complaint, *word;
  } bad[] = {
      {"HcsStartComputeSystem\n", "line 1: a line is CALL NTH ACTION [VALUE]", NULL},
      {"# one\n\nHcsStartComputeSystem 0 hang\n", "line 3: NTH is * or a number from 1, not", "0"},
      {"HcsStartComputeSystem -1 hang\n", "line 1: NTH is * or a number from 1, not", "-1"},
      {"HcsStartComputeSystem 1 hang\nHcsStartComputeSystem 1 explode\n",
       "line 2: ACTION is fail, later, deny, hang, late, disconnect or kill, not", "explode"},
      {"HcsStartComputeSystem 1 fail 0xx\n", "line 1: VALUE is a number below 2^32, not", "0xx"},
      {"HcsStartComputeSystem 1 fail +5\n", "line 1: VALUE is a number below 2^32, not", "+5"},
      {"HcsStartComputeSystem 1 fail \v5\n", "line 1: VALUE is a number below 2^32, not", "?5"},
      {"HcsStartComputeSystem 1 fail 4294967296\n", "line 1: VALUE is a number below 2^32, not", "4294967296"},
      {"HcsStartComputeSystem 1 fail 5 6\n", "line 1: nothing may follow VALUE:", "6"},
      {"HcsCreateComputeSystm 1 fail 0x80370112\n", "line 1: the simulator has no call", "HcsCreateComputeSystm"},
      {"* 1 hang\nhcscreatecomputesystem 1 hang\n", "line 2: the simulator has no call", "hcscreatecomputesystem"},
  };
  world *w = *state;
  char complaint[SIM_MAX_COMPLAINT];
  sim_settings settings = {w->folder, NULL, w->faults, HCSREF_BUILD_LTSC2022, shim_calls(), complaint,
                           false,     NULL, false};
  for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
    char expected[SIM_MAX_COMPLAINT];
    snprintf(expected, sizeof expected, bad[i].word == NULL ? "%s" : "%s '%s'", bad[i].complaint, bad[i].word);
    assert_true(os_file_replace(w->faults, bad[i].text, strlen(bad[i].text)));
    complaint[0] = '\0';
    assert_null(sim_open(&settings));
    assert_string_equal(complaint, expected);
  }
  settings.faults = "/nowhere/at/all";
  assert_null(sim_open(&settings));
  assert_string_equal(complaint, "it cannot be read");
}

static void too_many_faults_are_refused(void **state) {
  static char text[(SIM_MAX_FAULTS + 1) * sizeof("* 1 hang")];
  world *w = *state;
  char complaint[SIM_MAX_COMPLAINT] = "";
  sim_settings settings = {w->folder, NULL, w->faults, HCSREF_BUILD_LTSC2022, NULL, complaint, false, NULL, false};
  sim *service;
  for (size_t i = 0; i <= SIM_MAX_FAULTS; i++)
    memcpy(text + i * strlen("* 1 hang\n"), "* 1 hang\n", strlen("* 1 hang\n"));
  assert_true(os_file_replace(w->faults, text, SIM_MAX_FAULTS * strlen("* 1 hang\n")));
  service = sim_open(&settings);
  assert_non_null(service);
  sim_close(service);
  assert_true(os_file_replace(w->faults, text, (SIM_MAX_FAULTS + 1) * strlen("* 1 hang\n")));
  assert_null(sim_open(&settings));
  assert_string_equal(complaint, "line 257: there are too many faults");
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(calls_fail_as_planned), TEST(operations_hang_and_are_late), TEST(the_service_goes_away),
      TEST(bad_files_are_refused), TEST(too_many_faults_are_refused),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
