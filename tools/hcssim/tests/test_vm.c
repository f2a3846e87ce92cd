/* SPDX-License-Identifier: Apache-2.0 */
/* vmcompute.dll: pending calls, notifications, codes, schema 1. */
#include "world.h"

static const hcsref_vmcompute *const api = &sim_vmcompute;

#define PENDING HCSREF_VMCOMPUTE_PENDING

/* What a callback was told, in order. */
typedef struct heard {
  os_monitor *monitor;
  size_t count;
  uint32_t types[16], status[16];
  uint64_t thread;
  hcsref_hcs_callback self; /* to unregister from inside */
  bool unregister, slow, entered, returned, unregistered;
} heard;

static void HCSREF_WINAPI listen(uint32_t type, void *context, hcsref_hresult status, const hcsref_wchar *data) {
  heard *h = context;
  bool unregister;
  (void)data;
  os_monitor_enter(h->monitor);
  h->entered = true;
  os_monitor_wake(h->monitor);
  os_monitor_leave(h->monitor);
  if (h->slow)
    os_sleep_ms(200);
  os_monitor_enter(h->monitor);
  unregister = h->unregister; /* before the count */
  if (h->count < 16) {
    h->types[h->count] = type;
    h->status[h->count] = (uint32_t)status;
  }
  h->count++;
  h->thread = os_thread_id();
  h->returned = true;
  os_monitor_wake(h->monitor);
  os_monitor_leave(h->monitor);
  if (unregister) {
    api->unregister_compute_system_callback(h->self);
    os_monitor_enter(h->monitor);
    h->unregistered = true;
    os_monitor_wake(h->monitor);
    os_monitor_leave(h->monitor);
  }
}

/* Until what the listener sets is set. */
static void wait_until(heard *h, const bool *set) {
  uint64_t deadline = os_now_ms() + ENOUGH_MS;
  os_monitor_enter(h->monitor);
  while (!*set && os_now_ms() < deadline)
    os_monitor_wait(h->monitor, 100);
  os_monitor_leave(h->monitor);
  assert_true(*set);
}

static void heard_init(heard *h) {
  memset(h, 0, sizeof(*h));
  h->monitor = os_monitor_new();
  assert_non_null(h->monitor);
}

static void wait_heard(heard *h, size_t count) {
  uint64_t deadline = os_now_ms() + ENOUGH_MS;
  os_monitor_enter(h->monitor);
  while (h->count < count && os_now_ms() < deadline)
    os_monitor_wait(h->monitor, 100);
  os_monitor_leave(h->monitor);
  assert_true(h->count >= count);
}

static hcsref_hcs_system created(world *w, const hcsref_wchar *document, heard *h) {
  hcsref_hcs_system system = NULL;
  hcsref_wchar *result = NULL;
  heard_init(h);
  assert_code(api->create_compute_system(wide(w, "one"), document, NULL, &system, &result), PENDING);
  text_of(w, result);
  os_sleep_ms(50); /* somebody listens after the creation */
  assert_code(api->register_compute_system_callback(system, listen, h, &h->self), 0);
  wait_heard(h, 1);
  assert_int_equal(h->types[0], HCSREF_NOTIFY_CREATE_COMPLETED);
  assert_code(h->status[0], 0);
  assert_true(h->thread != os_thread_id());
  return system;
}

static void act(world *w,
                hcsref_hresult(HCSREF_WINAPI *function)(hcsref_hcs_system, const hcsref_wchar *, hcsref_wchar **),
                hcsref_hcs_system system, uint32_t expected) {
  hcsref_wchar *result = NULL;
  assert_code(function(system, wide(w, ""), &result), expected);
  text_of(w, result);
}

static void end(world *w, hcsref_hcs_system system, heard *h, size_t so_far) {
  act(w, api->terminate_compute_system, system, PENDING);
  wait_heard(h, so_far + 1);
  assert_int_equal(h->types[so_far], HCSREF_NOTIFY_SYSTEM_EXITED);
  assert_code(api->unregister_compute_system_callback(h->self), 0);
  assert_code(api->close_compute_system(system), 0);
  os_monitor_free(h->monitor);
}

static void creation_is_told_to_a_late_listener(void **state) {
  world *w = *state;
  heard h;
  hcsref_hcs_system system;
  world_mount(w);
  system = created(w, document2(w, ""), &h);
  act(w, api->start_compute_system, system, PENDING);
  wait_heard(&h, 2);
  assert_int_equal(h.types[1], HCSREF_NOTIFY_START_COMPLETED);
  act(w, api->start_compute_system, system, 0xC0370105u);
  end(w, system, &h, 2);
  world_unmount(w);
}

static void a_process_runs_in_a_schema_1_container(void **state) {
  world *w = *state;
  heard h, of_process;
  hcsref_hcs_system system;
  hcsref_hcs_process process = NULL;
  hcsref_hcs_process_info info;
  hcsref_wchar *result = NULL, *properties = NULL;
  heard_init(&of_process);
  world_mount(w);
  system = created(w, document1(w, ""), &h);
  act(w, api->start_compute_system, system, PENDING);
  wait_heard(&h, 2);
  assert_code(api->create_process(system, process_parameters(w, SHELL("exit 5")), &info, &process, &result), 0);
  text_of(w, result);
  assert_code(api->register_process_callback(process, listen, &of_process, &of_process.self), 0);
  wait_heard(&of_process, 1);
  assert_int_equal(of_process.types[0], HCSREF_NOTIFY_PROCESS_EXITED);
  assert_code(api->get_process_properties(process, &properties, &result), 0);
  assert_contains(text_of(w, properties), "\"ExitCode\":5");
  assert_code(api->terminate_process(process, &result), HCSREF_HCS_PROCESS_ALREADY_STOPPED);
  text_of(w, result);
  os_stream_close(info.std_input);
  os_stream_close(info.std_output);
  os_stream_close(info.std_error);
  assert_code(api->unregister_process_callback(of_process.self), 0);
  assert_code(api->close_process(process), 0);
  end(w, system, &h, 2);
  world_unmount(w);
  os_monitor_free(of_process.monitor);
}

static void errors_have_this_dlls_form(void **state) {
  world *w = *state;
  hcsref_hcs_system system = NULL;
  hcsref_wchar *result = NULL;
  const char *text;
  assert_code(api->open_compute_system(wide(w, "nobody"), &system, &result), 0xC037010Eu);
  assert_contains(text_of(w, result), "\"Error\":-1070137074");
  result = NULL;
  assert_code(api->create_compute_system(wide(w, "x"), wide(w, "{"), NULL, &system, &result), 0xC037010Du);
  text_of(w, result);
  assert_code(api->create_compute_system(wide(w, "x"),
                                         wide(w, "{\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"Contain\":1}"), NULL,
                                         &system, &result),
              0x8007000Du);
  text = text_of(w, result);
  assert_contains(text,
                  "{\"Error\":-2147024883,\"ErrorMessage\":\"The data is invalid.\",\"ErrorEvents\":[{\"Message\":"
                  "\"The specified compute system configuration is invalid: The data is invalid. (0x8007000D, "
                  "'Invalid JSON document '$.Contain'').\",\"Provider\":\"17103e3f-3c6e-4677-bb17-3b267eb5be57\","
                  "\"EventId\":11000,\"Data\":[{\"Type\":\"String\",\"Value\":\"%%2147942413\"}");
  assert_null(system);
}

static void a_callback_may_unregister_itself(void **state) {
  world *w = *state;
  heard h;
  hcsref_hcs_system system;
  world_mount(w);
  system = created(w, document2(w, ""), &h);
  wait_heard(&h, 1); /* the creation's call may come late */
  h.unregister = true;
  act(w, api->start_compute_system, system, PENDING);
  wait_until(&h, &h.unregistered);
  assert_int_equal(h.count, 2);
  assert_code(api->unregister_compute_system_callback(h.self), HCSREF_ERROR_INVALID_HANDLE);
  act(w, api->terminate_compute_system, system, PENDING);
  assert_code(api->close_compute_system(system), 0);
  world_settle(w);
  assert_int_equal(h.count, 2); /* the end is told to nobody */
  world_unmount(w);
  os_monitor_free(h.monitor);
}

static void unregistering_waits_for_a_running_callback(void **state) {
  world *w = *state;
  heard h;
  hcsref_hcs_system system;
  world_mount(w);
  system = created(w, document2(w, ""), &h);
  h.slow = true;
  h.entered = h.returned = false;
  act(w, api->start_compute_system, system, PENDING);
  wait_until(&h, &h.entered);
  assert_code(api->unregister_compute_system_callback(h.self), 0);
  assert_true(h.returned);
  act(w, api->terminate_compute_system, system, PENDING);
  assert_code(api->close_compute_system(system), 0);
  world_settle(w);
  world_unmount(w);
  os_monitor_free(h.monitor);
}

hcsref_hresult HCSREF_WINAPI vm_HcsPauseComputeSystem(hcsref_hcs_system system, const hcsref_wchar *options,
                                                      hcsref_wchar **result);

static void pausing_is_not_supported(void **state) {
  world *w = *state;
  heard h;
  hcsref_hcs_system system;
  world_mount(w);
  system = created(w, document2(w, ""), &h);
  act(w, api->start_compute_system, system, PENDING);
  wait_heard(&h, 2);
  act(w, vm_HcsPauseComputeSystem, system, HCSREF_ERROR_NOT_SUPPORTED);
  end(w, system, &h, 2);
  world_unmount(w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(creation_is_told_to_a_late_listener),
      TEST(a_process_runs_in_a_schema_1_container),
      TEST(errors_have_this_dlls_form),
      TEST(a_callback_may_unregister_itself),
      TEST(unregistering_waits_for_a_running_callback),
      TEST(pausing_is_not_supported),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
