/* SPDX-License-Identifier: Apache-2.0 */
#include "sim/scene.h"

#include <string.h>

const hcsref_wc_driver scene_driver = {1, NULL};

const hcsref_wchar *scene_wide(scene *s, hcsref_str text) {
  const hcsref_wchar *out = hcsref_to_utf16(s->arena, text);
  REQUIRE(out != NULL, "memory");
  return out;
}

hcsref_str scene_take(scene *s, hcsref_wchar *text) {
  hcsref_str out = {NULL, 0};
  REQUIRE(hcsref_from_utf16(s->arena, text, &out), "memory");
  shim_free_text(text);
  return out;
}

static bool is_a(const hcsref_type *type, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(FUZZ_SCRATCH);
  void *value = hcsref_arena_alloc(arena, type->size);
  REQUIRE(value != NULL, "memory");
  return hcsref_json_decode(arena, text, type, HCSREF_JSON_WHOLE, value, NULL);
}

bool scene_is_well(hcsref_hresult code) {
  return code >= 0 || (uint32_t)code == HCSREF_VMCOMPUTE_PENDING;
}

/* The network service has results of its own form. */
static bool is_of_network(hcsref_str result) {
  return hcsref_str_has_prefix(result, HCSREF_LIT("{\"Success\":"));
}

bool scene_check(scene *s, hcsref_hresult code, hcsref_wchar *answer, hcsref_wchar *result, const hcsref_type *type) {
  hcsref_str said = scene_take(s, result), answered = scene_take(s, answer);
  if (said.len > 0)
    REQUIRE(is_a(is_of_network(said) ? &hcsref_type_hns_response : &hcsref_type_v2_result_error, said), "%v", said);
  REQUIRE(scene_is_well(code) || answered.len == 0, "a failure answers %v", answered);
  if (code == 0 && type != NULL)
    REQUIRE(is_a(type, answered), "%v", answered);
  return scene_is_well(code);
}

void scene_mount(scene *s) {
  const hcsref_wchar *id = scene_wide(s, HCSREF_LIT(WORLD_SCRATCH));
  hcsref_wc_layer parent;
  hcsref_wchar buffer[64];
  size_t length = sizeof(buffer) / sizeof(buffer[0]);
  memset(&parent, 0, sizeof(parent));
  parent.path = scene_wide(s, HCSREF_LIT(WORLD_BASE));
  REQUIRE(sim_wclayer.name_to_guid(scene_wide(s, HCSREF_LIT("base")), &parent.id) == 0 &&
              sim_wclayer.create_sandbox_layer(&scene_driver, id, 0, &parent, 1) == 0 &&
              sim_wclayer.activate_layer(&scene_driver, id) == 0 &&
              sim_wclayer.prepare_layer(&scene_driver, id, &parent, 1) == 0 &&
              sim_wclayer.get_layer_mount_path(&scene_driver, id, &length, buffer) == 0,
          "the scratch is mounted");
  REQUIRE(hcsref_from_utf16(s->arena, buffer, &s->volume), "memory");
}

void scene_unmount(scene *s) {
  const hcsref_wchar *id = scene_wide(s, HCSREF_LIT(WORLD_SCRATCH));
  REQUIRE(sim_wclayer.unprepare_layer(&scene_driver, id) == 0 && sim_wclayer.deactivate_layer(&scene_driver, id) == 0 &&
              sim_wclayer.destroy_layer(&scene_driver, id) == 0,
          "the scratch is unmounted");
}

/* Lets the service do what it has to; `open`: there is a handle. */
static void wait_for_service(bool open) {
  sim *service = shim_service();
  sim_counts counts;
  os_monitor_enter(service->monitor);
  os_monitor_wait(service->monitor, 1);
  os_monitor_leave(service->monitor);
  sim_count(service, &counts);
  REQUIRE(!open || counts.handles > 0, "a handle is open");
}

bool scene_create(scene *s, const hcsref_wchar *document) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code =
      sim_vmcompute.create_compute_system(scene_wide(s, HCSREF_LIT("one")), document, NULL, &s->system, &result);
  REQUIRE(scene_is_well(code) == (s->system != NULL), "a system without a handle, or the other way round");
  wait_for_service(s->system != NULL);
  return scene_check(s, code, NULL, result, NULL);
}

bool scene_start(scene *s) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code = sim_vmcompute.start_compute_system(s->system, NULL, &result);
  wait_for_service(s->system != NULL);
  return scene_check(s, code, NULL, result, NULL);
}

void scene_run(scene *s, const hcsref_wchar *parameters) {
  hcsref_wchar *result = NULL;
  hcsref_hcs_process_info info;
  hcsref_hresult code;
  memset(&info, 0, sizeof(info));
  code = sim_vmcompute.create_process(s->system, parameters, &info, &s->process, &result);
  REQUIRE(scene_is_well(code) == (s->process != NULL), "a process without a handle, or the other way round");
  scene_check(s, code, NULL, result, NULL);
  os_stream_close(info.std_input);
  os_stream_close(info.std_output);
  os_stream_close(info.std_error);
}

void scene_leave(scene *s) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code;
  if (s->process != NULL)
    sim_vmcompute.close_process(s->process);
  if (s->system == NULL)
    return;
  code = sim_vmcompute.terminate_compute_system(s->system, NULL, &result);
  scene_check(s, code, NULL, result, NULL);
  wait_for_service(s->system != NULL);
  sim_vmcompute.close_compute_system(s->system);
  wait_for_service(false);
}

void scene_begin(scene *s, bool schema2, bool process) {
  scene_mount(s);
  REQUIRE(scene_create(s, scene_wide(s, world_document(s->arena, s->volume, schema2))) && scene_start(s),
          "the container runs");
  if (process)
    scene_run(s, scene_wide(s, HCSREF_LIT("{\"CommandLine\":\"ping -n 22 192.0.2.100\",\"CreateStdInPipe\":true}")));
}

void scene_end(scene *s) {
  scene_leave(s);
  scene_unmount(s);
}
