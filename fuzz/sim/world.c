/* SPDX-License-Identifier: Apache-2.0 */
#include "sim/world.h"

#include "tests/live_monitors.h"

#include <stdlib.h>
#include <string.h>

#define FAULTS "/faults"
#define RECORD "/record"

/* ---- the service -------------------------------------------------------------------------------------------- */

sim *world_open(hcsref_str faults) {
  sim_settings settings = {WORLD_STATE, RECORD, NULL, HCSREF_BUILD_LTSC2022, NULL, NULL, false, NULL, false};
  sim *service;
  REQUIRE(os_folder_make(WORLD_BASE) && os_folder_make(WORLD_STATE), "the folders are made");
  if (faults.data != NULL) {
    REQUIRE(os_file_replace(FAULTS, faults.data, faults.len), "the plan is written");
    settings.faults = FAULTS;
  }
  service = sim_open(&settings);
  REQUIRE(service != NULL || faults.data != NULL, "the service opens");
  shim_use(service);
  if (service == NULL)
    sim_os_reset();
  return service;
}

/* Every call is one line of JSON. */
static void check_recording(hcsref_str recording) {
  while (recording.len > 0) {
    hcsref_str line = fuzz_line(&recording);
    REQUIRE(hcsref_json_valid(fuzz_arena(FUZZ_SCRATCH), line, HCSREF_JSON_WHOLE, NULL, NULL), "%v", line);
  }
}

hcsref_str world_close(sim *service, hcsref_arena *arena) {
  hcsref_str recording = {NULL, 0};
  size_t size = 0;
  char *data;
  sim_close(service);
  shim_use(NULL);
  REQUIRE(sim_os_left() == 0, "%u streams or processes are left", (uint64_t)sim_os_left());
  data = os_file_read(RECORD, SIZE_MAX, &size);
  REQUIRE(hcsref_str_copy(arena, hcsref_str_from(data, size), &recording), "memory");
  free(data);
  sim_os_reset();
  check_recording(recording);
  return recording;
}

hcsref_str world_base_id(hcsref_arena *arena) {
  hcsref_guid id = sim_name_to_guid(HCSREF_LIT("base"));
  hcsref_str text = fuzz_encode(arena, &hcsref_type_guid, &id);
  return hcsref_str_from(text.data + 1, text.len - 2);
}

hcsref_str world_document(hcsref_arena *arena, hcsref_str volume, bool schema2) {
  hcsref_buf path = {.arena = arena};
  hcsref_str out = {NULL, 0}, whole = volume;
  if (schema2)
    REQUIRE(hcsref_format(arena, &whole, "%v\\", volume), "memory");
  hcsref_json_append_string(&path, whole);
  REQUIRE(hcsref_format(arena, &out,
                        schema2
                            ? "{\"Owner\":\"" WORLD_OWNER "\",\"SchemaVersion\":{\"Major\":2,\"Minor\":1},"
                              "\"Container\":{\"GuestOs\":{\"HostName\":\"h\"},\"Storage\":{\"Layers\":[{\"Id\":\"%v\","
                              "\"Path\":\"" WORLD_BASE "\"}],\"Path\":%v}},"
                              "\"ShouldTerminateOnLastHandleClosed\":true}"
                            : "{\"SystemType\":\"Container\",\"Name\":\"x\",\"Owner\":\"" WORLD_OWNER
                              "\",\"Layers\":[{\"ID\":\"%v\",\"Path\":\"" WORLD_BASE "\"}],\"VolumePath\":%v,"
                              "\"TerminateOnLastHandleClosed\":true}",
                        world_base_id(arena), hcsref_buf_str(&path)),
          "memory");
  return out;
}

/* ---- the live stage's way to it ------------------------------------------------------------------------------- */

static bool run_limited(void (*run)(void *context), void *context, uint32_t ms, bool *started) {
  (void)ms;
  *started = true;
  run(context);
  return true;
}

static ptrdiff_t stream_read(hcsref_os_handle stream, void *data, size_t size) {
  (void)data, (void)size;
  return stream == NULL ? -1 : 0;
}

static bool stream_write(hcsref_os_handle stream, const void *data, size_t size) {
  (void)data, (void)size;
  return stream != NULL;
}

/* The world's own paths are short. */
static const char *c_string(hcsref_str path) {
  static char text[256];
  REQUIRE(path.len < sizeof(text), "%q is long", path);
  memcpy(text, path.data, path.len);
  text[path.len] = '\0';
  return text;
}

static bool folder_make(hcsref_str path) {
  const char *text = c_string(path);
  return !os_path_exists(text) && os_folder_make(text);
}

static bool folder_remove(hcsref_str path) {
  return os_folder_remove(c_string(path));
}

static const hcsref_live_os live_os = {
    os_now_ms,    os_sleep_ms,  run_limited, monitor_new,  monitor_free, monitor_enter, monitor_leave,
    monitor_wait, monitor_wake, stream_read, stream_write, stream_close, folder_make,   folder_remove,
};

const hcsref_live_api world_core = {&sim_computecore, NULL,           &sim_wclayer, &sim_computenetwork,
                                    shim_free_text,   shim_free_text, &live_os};
const hcsref_live_api world_vm = {NULL,           &sim_vmcompute, &sim_wclayer, &sim_computenetwork,
                                  shim_free_text, shim_free_text, &live_os};
