/* SPDX-License-Identifier: Apache-2.0 */
/* The live stage on the simulated service, over both DLLs: whole lives, every call failing and hanging, and what is
 * left afterwards. */
#include "live_os.h"
#include "world.h"

#include <stdio.h>

typedef struct way {
  const hcsref_live_api *api;
  const char *name;
} way;
static const way ways[] = {{&live_core, "computecore"}, {&live_vm, "vmcompute"}};

static hcsref_str utf8_of(world *w, const hcsref_wchar *text) {
  hcsref_str out = {NULL, 0};
  assert_true(hcsref_from_utf16(&w->arena, text, &out));
  return out;
}

static hcsref_live *new_live_of(const hcsref_live_api *api, uint32_t ms) {
  hcsref_live_settings settings = {ms, ms, false, NULL, NULL};
  hcsref_live *live = hcsref_live_new(api, &settings);
  assert_non_null(live);
  return live;
}

static hcsref_live *new_live(const hcsref_live_api *api) {
  return new_live_of(api, ENOUGH_MS);
}

static const hcsref_guid wanted = {{0x6e, 0x0c, 0x2b, 0x3a, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1}};

/* Everything from the layers to the exit code; false with `err` at the first failure. */
static bool whole_life(world *w, hcsref_live *live, bool network, uint32_t *exit_code, hcsref_error *err) {
  hcsref_str parent = hcsref_cstr(w->base), volume, name_space;
  hcsref_live_process *process = NULL;
  const hcsref_hcs_process_info *info;
  const char *out;
  bool ok;
  if (!hcsref_live_mount(live, &parent, 1, hcsref_cstr(w->scratch), true, &volume, err))
    return false;
  snprintf(w->volume, sizeof w->volume, "%.*s", (int)volume.len, volume.data);
  if (network && !hcsref_live_namespace(live, &wanted, NULL, 0, &name_space, err))
    return false;
  if (!hcsref_live_create(live, HCSREF_LIT("one"), utf8_of(w, document2(w, "")), err) ||
      !hcsref_live_start(live, err) || !hcsref_live_properties(live, hcsref_str_from(NULL, 0), &name_space, err) ||
      !hcsref_live_run(live, utf8_of(w, process_parameters(w, SHELL("echo out& exit 9"))), &process, err))
    return false;
  info = hcsref_live_process_info(process);
  ok = hcsref_live_close_stdin(process, err);
  if (ok) {
    char data[64];
    ptrdiff_t got = live_os.stream_read(info->std_output, data, sizeof data - 1);
    data[got < 0 ? 0 : got] = '\0';
    out = data;
    assert_contains(out, "out");
  }
  ok = ok && hcsref_live_wait(process, ENOUGH_MS, exit_code, err);
  hcsref_live_process_close(process);
  return ok && hcsref_live_shutdown(live, err);
}

static void a_whole_life(void **state) {
  world *w = *state;
  for (size_t i = 0; i < 2; i++) {
    hcsref_live *live = new_live(ways[i].api);
    hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
    hcsref_str message = {NULL, 0};
    uint32_t exit_code = 0;
    if (!whole_life(w, live, true, &exit_code, &err))
      fail_msg("%s: %.*s", ways[i].name, (int)err.message.len, err.message.data);
    assert_int_equal(exit_code, 9);
    assert_true(hcsref_live_close(live, &w->arena, &message));
  }
}

/* The calls of a life, in the order of the recording. */
static size_t calls_of_a_life(world *w, const hcsref_live_api *api, char names[][64], size_t most) {
  hcsref_live *live;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  uint32_t exit_code = 0;
  const char *at;
  size_t count = 0;
  os_file_remove(w->record);
  world_restart(w, NULL);
  live = new_live(api);
  assert_true(whole_life(w, live, true, &exit_code, &err));
  assert_true(hcsref_live_close(live, &w->arena, NULL));
  at = recording(w);
  while ((at = strstr(at, "\"call\":\"")) != NULL && count < most) {
    size_t length = strcspn(at + 8, "\"");
    assert_true(length < 64);
    memcpy(names[count], at + 8, length);
    names[count++][length] = '\0';
    at += length;
  }
  return count;
}

/* How often `name` is among the first `upto` calls. */
static unsigned nth(char names[][64], size_t upto) {
  unsigned count = 0;
  for (size_t i = 0; i <= upto; i++)
    count += strcmp(names[i], names[upto]) == 0;
  return count;
}

static void check_nothing_left(world *w, const char *what) {
  sim_counts counts;
  world_settle(w); /* killed processes take a moment to end */
  sim_count(w->service, &counts);
  if (counts.handles + counts.layers_active + counts.namespaces + counts.systems > 0)
    fail_msg("%s: %lu handles, %lu systems, %lu layers, %lu namespaces are left", what, (unsigned long)counts.handles,
             (unsigned long)counts.systems, (unsigned long)counts.layers_active, (unsigned long)counts.namespaces);
}

static bool is_undoing(const char *name) {
  return strstr(name, "Close") != NULL || strstr(name, "Unregister") != NULL || strcmp(name, "UnprepareLayer") == 0 ||
         strcmp(name, "DeactivateLayer") == 0 || strcmp(name, "DestroyLayer") == 0 ||
         strcmp(name, "HcnDeleteNamespace") == 0;
}

/* How long each call may take: long only if none waits for what the fault keeps from happening. */
static uint32_t limit(const char *name, const char *fault) {
  return strcmp(name, "HcsShutdownComputeSystem") == 0 && strncmp(fault, "later", 5) == 0 ? 5000 : ENOUGH_MS;
}

/* A life with one planned fault: it ends in an error or well, and leaves nothing. */
static void faulty_life(world *w, const hcsref_live_api *api, const char *name, unsigned number, const char *fault) {
  char line[160];
  hcsref_live *live;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_str message = {NULL, 0};
  uint32_t exit_code = 0;
  bool ok;
  snprintf(line, sizeof line, "%s %u %s\n", name, number, fault);
  world_restart(w, line);
  live = new_live_of(api, limit(name, fault));
  ok = whole_life(w, live, true, &exit_code, &err);
  if (!ok && (err.code == NULL || err.message.len == 0))
    fail_msg("%s: an error without a word", line);
  if (ok && exit_code != 9)
    fail_msg("%s: exit code %u", line, exit_code);
  hcsref_live_close(live, &w->arena, &message);
  /* What could not be undone because undoing itself failed is told; everything else is gone. */
  if (!is_undoing(name))
    check_nothing_left(w, line);
  else
    world_restart(w, NULL);
}

/* Cleans up after a fault in an undoing call, as `hcsrun cleanup` does. */
static void clean(world *w) {
  static const hcsref_wc_driver driver = {1, NULL};
  const hcsref_win_guid id = hcsref_guid_to_windows(wanted);
  hcsref_wchar *error = NULL;
  world_restart(w, NULL);
  sim_computenetwork.delete_namespace(&id, &error);
  text_of(w, error);
  sim_wclayer.unprepare_layer(&driver, wide(w, w->scratch));
  sim_wclayer.deactivate_layer(&driver, wide(w, w->scratch));
  sim_wclayer.destroy_layer(&driver, wide(w, w->scratch));
}

/* Under Wine a process takes long to start: one code will do there. */
#ifdef _WIN32
#define CODES 1
#else
#define CODES 5
#endif
static const char *const codes[] = {"0x80070005", "0x80070002", "0x80370105", "0x8037011e", "0x8000ffff"};

static void sweep(world *w, const hcsref_live_api *api, const char *const *faults, size_t count) {
  static char names[96][64];
  size_t calls = calls_of_a_life(w, api, names, 96);
  assert_in_range(calls, 15, 95);
  for (size_t i = 0; i < calls; i++) {
    for (size_t f = 0; f < count; f++) {
      faulty_life(w, api, names[i], nth(names, i), faults[f]);
      clean(w);
    }
  }
}

static void every_call_fails_in_turn(void **state) {
  world *w = *state;
  char text[5][32];
  const char *faults[5];
  for (size_t i = 0; i < 5; i++) {
    snprintf(text[i], sizeof text[i], "fail %s", codes[i]);
    faults[i] = text[i];
  }
  sweep(w, &live_core, faults, CODES);
  sweep(w, &live_vm, faults, CODES);
}

static void every_operation_fails_in_turn(void **state) {
  static const char *const faults[] = {"later 0x80370100"};
  sweep(*state, &live_core, faults, 1);
  sweep(*state, &live_vm, faults, 1);
}

static void documents_are_put_into_words(void **state) {
  world *w = *state;
  hcsref_str out;
  assert_true(hcsref_live_describe(&w->arena, HCSREF_LIT("HcsX"), (hcsref_hresult)0xC0370105u,
                                   HCSREF_LIT("{\"Error\":-1,\"ErrorMessage\":\"No.\",\"ErrorEvents\":[{\"Message\":"
                                              "\"Because\",\"EventId\":7},{\"Message\":\"And\"}]}"),
                                   &out));
  assert_true(hcsref_str_equal(out, HCSREF_LIT("HcsX: 0xC0370105 (HCS_E_INVALID_STATE): No.; Because (event 7); And")));
  assert_true(
      hcsref_live_describe(&w->arena, HCSREF_LIT("HcsX"), (hcsref_hresult)0x80041234u, HCSREF_LIT("junk\n"), &out));
  assert_true(hcsref_str_equal(out, HCSREF_LIT("HcsX: 0x80041234: \"junk\\n\"")));
}

static void arguments_are_escaped(void **state) {
  static const char *const cases[][2] = {
      {"plain", "plain"},
      {"", "\"\""},
      {"two words", "\"two words\""},
      {"q\"q", "q\\\"q"},
      {"back\\slash", "back\\slash"},
      {"end\\ ", "\"end\\ \""},
      {"a b\\", "\"a b\\\\\""},
      {"a\\\"b", "a\\\\\\\"b"},
  };
  world *w = *state;
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    hcsref_buf line = {&w->arena, NULL, 0, 0, false};
    hcsref_append_argument(&line, hcsref_cstr(cases[i][0]));
    assert_true(hcsref_str_equal(hcsref_buf_str(&line), hcsref_cstr(cases[i][1])));
  }
}

/* What `hcsrun cleanup` takes over of a run that was killed: a namespace alone, and only when the service lists it. */
static void a_namespace_is_taken_over_alone(void **state) {
  world *w = *state;
  hcsref_live *live = new_live(&live_core), *other = new_live(&live_core);
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_guid strange = wanted;
  hcsref_str id;
  bool there = true;
  assert_true(hcsref_live_has_namespace(live, &wanted, &there, &err));
  assert_false(there);
  assert_true(hcsref_live_namespace(live, &wanted, NULL, 0, &id, &err));
  assert_true(hcsref_live_has_namespace(live, &wanted, &there, &err));
  assert_true(there);
  strange.data[15]++;
  assert_true(hcsref_live_has_namespace(live, &strange, &there, &err));
  assert_false(there);
  hcsref_live_adopt(other, hcsref_str_from(NULL, 0), &wanted);
  assert_true(hcsref_live_close(other, &w->arena, NULL));
  assert_null(strstr(recording(w), "Layer"));
  assert_true(hcsref_live_has_namespace(live, &wanted, &there, &err));
  assert_false(there);
  assert_false(hcsref_live_close(live, &w->arena, &id)); /* it looks for its namespace in vain */
}

#ifdef _WIN32
#define WAITING "cmd /c \"set /p line=\""
#else
#define WAITING "cat"
#endif

/* A container that runs, with its layers mounted. */
static hcsref_live *started(world *w, const hcsref_live_api *api) {
  hcsref_live *live = new_live(api);
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_str parent = hcsref_cstr(w->base), volume;
  assert_true(hcsref_live_mount(live, &parent, 1, hcsref_cstr(w->scratch), true, &volume, &err));
  snprintf(w->volume, sizeof w->volume, "%.*s", (int)volume.len, volume.data);
  assert_true(hcsref_live_create(live, HCSREF_LIT("one"), utf8_of(w, document2(w, "")), &err));
  assert_true(hcsref_live_start(live, &err));
  return live;
}

/* Runs what would wait for its input for ever, and ends it by `end`. */
static void end_process(world *w, hcsref_live *live, bool (*end)(hcsref_live_process *process, hcsref_error *err)) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_live_process *process = NULL;
  uint32_t exit_code = 0;
  assert_true(hcsref_live_run(live, utf8_of(w, process_parameters(w, WAITING)), &process, &err));
  assert_true(hcsref_live_resize(process, 80, 25, &err));
  assert_true(end(process, &err));
  assert_true(hcsref_live_wait(process, ENOUGH_MS, &exit_code, &err));
  hcsref_live_process_close(process);
}

static bool interrupt(hcsref_live_process *process, hcsref_error *err) {
  return hcsref_live_signal(process, HCSREF_LIT("CtrlC"), err);
}

static void a_process_is_ended(void **state) {
  world *w = *state;
  for (size_t i = 0; i < 2; i++) {
    hcsref_live *live = started(w, ways[i].api);
    hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
    end_process(w, live, interrupt);
    end_process(w, live, hcsref_live_kill);
    assert_true(hcsref_live_terminate(live, &err));
    assert_true(hcsref_live_close(live, &w->arena, NULL));
  }
}

static size_t systems_of(hcsref_live *live, const char *owner) {
  hcsref_slice ids = {NULL, 0, 0};
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  assert_true(hcsref_live_list(live, hcsref_cstr(owner), &ids, &err));
  return ids.len;
}

/* What another program, or a later run, sees of a container, and that it can end it. */
static void a_container_is_found_and_ended_by_another(void **state) {
  world *w = *state;
  for (size_t i = 0; i < 2; i++) {
    hcsref_live *live = started(w, ways[i].api), *other = new_live(ways[i].api);
    hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
    assert_int_equal(systems_of(other, SYSTEM_OWNER), 1);
    assert_int_equal(systems_of(other, "somebody else"), 0);
    assert_false(hcsref_live_open(other, HCSREF_LIT("none"), &err));
    assert_int_equal(hcsref_hresult_condition(hcsref_live_last(other)), HCSREF_HCS_SYSTEM_NOT_FOUND);
    assert_true(hcsref_live_open(other, HCSREF_LIT("one"), &err));
    assert_true(hcsref_live_terminate(other, &err));
    assert_true(hcsref_live_close(other, &w->arena, NULL));
    (void)hcsref_live_terminate(live, &err);
    assert_true(hcsref_live_close(live, &w->arena, NULL));
    assert_int_equal(systems_of(other = new_live(ways[i].api), SYSTEM_OWNER), 0);
    assert_true(hcsref_live_close(other, &w->arena, NULL));
  }
}

static void a_dry_run_calls_nothing(void **state) {
  world *w = *state;
  hcsref_live_settings settings = {0, 0, true, NULL, NULL};
  hcsref_live *live = hcsref_live_new(&live_core, &settings);
  hcsref_str parent = hcsref_cstr(w->base), volume;
  hcsref_error err;
  assert_true(hcsref_live_mount(live, &parent, 1, hcsref_cstr(w->scratch), true, &volume, &err));
  assert_true(hcsref_is_volume_path(volume));
  assert_true(hcsref_live_create(live, HCSREF_LIT("one"), HCSREF_LIT("{}"), &err));
  assert_true(hcsref_live_close(live, &w->arena, NULL));
  assert_false(os_path_exists(w->record));
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(a_whole_life),
      TEST(every_call_fails_in_turn),
      TEST(every_operation_fails_in_turn),
      TEST(documents_are_put_into_words),
      TEST(arguments_are_escaped),
      TEST(a_namespace_is_taken_over_alone),
      TEST(a_process_is_ended),
      TEST(a_container_is_found_and_ended_by_another),
      TEST(a_dry_run_calls_nothing),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
