/* SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

#include <stdio.h>

#ifdef _WIN32
#include <windows.h>

static void temp_folder(char *out, size_t size) {
  char root[300];
  DWORD length = GetTempPathA(sizeof root, root);
  assert_true(length > 0 && length < sizeof root);
  snprintf(out, size, "%shcssim-test-%lu-%lu", root, GetCurrentProcessId(), (unsigned long)os_wall_ms() % 1000000);
}

ptrdiff_t stream_get(hcsref_os_handle stream, void *data, size_t size) {
  OVERLAPPED overlapped;
  DWORD got = 0;
  memset(&overlapped, 0, sizeof(overlapped));
  overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
  if (!ReadFile(stream, data, (DWORD)size, NULL, &overlapped) && GetLastError() != ERROR_IO_PENDING)
    got = 0;
  else if (!GetOverlappedResult(stream, &overlapped, &got, TRUE))
    got = 0;
  CloseHandle(overlapped.hEvent);
  return (ptrdiff_t)got;
}

void write_stream(hcsref_os_handle stream, const char *text) {
  OVERLAPPED overlapped;
  DWORD put = 0;
  memset(&overlapped, 0, sizeof(overlapped));
  overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
  assert_true(WriteFile(stream, text, (DWORD)strlen(text), NULL, &overlapped) || GetLastError() == ERROR_IO_PENDING);
  assert_true(GetOverlappedResult(stream, &overlapped, &put, TRUE));
  CloseHandle(overlapped.hEvent);
}
#else
#include <unistd.h>

static void temp_folder(char *out, size_t size) {
  char name[] = "/tmp/hcssim-test-XXXXXX";
  assert_non_null(mkdtemp(name));
  snprintf(out, size, "%s", name);
}

ptrdiff_t stream_get(hcsref_os_handle stream, void *data, size_t size) {
  return read((int)((intptr_t)stream - 1), data, size);
}

void write_stream(hcsref_os_handle stream, const char *text) {
  assert_int_equal(write((int)((intptr_t)stream - 1), text, strlen(text)), strlen(text));
}
#endif

static hcsref_str guid_text(world *w, hcsref_guid guid) {
  hcsref_str text = {NULL, 0};
  assert_true(hcsref_json_encode(&w->arena, &hcsref_type_guid, &guid, &text, NULL));
  return hcsref_str_from(text.data + 1, text.len - 2);
}

void world_restart(world *w, const char *faults) {
  char complaint[SIM_MAX_COMPLAINT] = "";
  sim_settings settings = {w->folder, w->record, NULL, HCSREF_BUILD_LTSC2022, shim_calls(), complaint,
                           false,     NULL,      false};
  sim_close(w->service);
  if (faults != NULL) {
    assert_true(os_file_replace(w->faults, faults, strlen(faults)));
    settings.faults = w->faults;
  }
  w->service = sim_open(&settings);
  assert_string_equal(complaint, "");
  assert_non_null(w->service);
  shim_use(w->service);
}

void world_settle(world *w) {
  uint64_t end = os_now_ms() + ENOUGH_MS;
  sim_counts counts;
  sim_count(w->service, &counts);
  while (counts.systems > 0 && os_now_ms() < end) {
    os_sleep_ms(5);
    sim_count(w->service, &counts);
  }
  assert_int_equal(counts.systems, 0);
}

int world_setup(void **state) {
  world *w = calloc(1, sizeof(*w));
  assert_non_null(w);
  hcsref_arena_init(&w->arena, NULL, 0);
  temp_folder(w->folder, sizeof w->folder);
  snprintf(w->base, sizeof w->base, "%s" SEPARATOR "base", w->folder);
  snprintf(w->scratch, sizeof w->scratch, "%s" SEPARATOR "scratch", w->folder);
  snprintf(w->record, sizeof w->record, "%s" SEPARATOR "record.jsonl", w->folder);
  snprintf(w->faults, sizeof w->faults, "%s" SEPARATOR "faults", w->folder);
  assert_true(os_folder_make(w->base));
  world_restart(w, NULL);
  *state = w;
  return 0;
}

static bool remove_entry(void *context, const char *name) {
  const char *folder = context;
  char path[1024];
  snprintf(path, sizeof path, "%s" SEPARATOR "%s", folder, name);
  if (os_path_is_folder(path)) {
    os_folder_list(path, remove_entry, path);
    os_folder_remove(path);
  } else {
    os_file_remove(path);
  }
  return true;
}

int world_teardown(void **state) {
  world *w = *state;
  sim_counts counts;
  size_t left;
  sim_count(w->service, &counts);
  left = counts.handles + counts.layers_active + counts.namespaces;
  sim_close(w->service);
  shim_use(NULL);
  os_folder_list(w->folder, remove_entry, w->folder);
  os_folder_remove(w->folder);
  hcsref_arena_free(&w->arena);
  free(w);
  if (left != 0)
    print_error("%lu handles, %lu layers, %lu namespaces are left\n", (unsigned long)counts.handles,
                (unsigned long)counts.layers_active, (unsigned long)counts.namespaces);
  return left == 0 ? 0 : -1;
}

int world_end(int failed) {
#ifdef _WIN32
  fflush(NULL);
  os_die(failed == 0 ? 0 : 1);
#endif
  return failed;
}

const hcsref_wchar *wide(world *w, const char *text) {
  hcsref_wchar *out = hcsref_to_utf16(&w->arena, hcsref_cstr(text));
  assert_non_null(out);
  return out;
}

const char *text_of(world *w, hcsref_wchar *text) {
  hcsref_str out = {NULL, 0};
  if (text == NULL)
    return "";
  assert_true(hcsref_from_utf16(&w->arena, text, &out));
  shim_free_text(text);
  return out.data;
}

static hcsref_wc_layer parent_of(world *w) {
  hcsref_wc_layer layer;
  assert_code(sim_wclayer.name_to_guid(wide(w, "base"), &layer.id), 0);
  layer.flags = 0;
  layer.path = wide(w, w->base);
  return layer;
}

static const hcsref_wc_driver driver = {1, NULL};

void world_mount(world *w) {
  hcsref_wc_layer parent = parent_of(w);
  const hcsref_wchar *id = wide(w, w->scratch);
  hcsref_wchar buffer[128];
  hcsref_str volume = {NULL, 0};
  size_t length = 0;
  assert_code(sim_wclayer.create_sandbox_layer(&driver, id, 0, &parent, 1), 0);
  assert_code(sim_wclayer.activate_layer(&driver, id), 0);
  assert_code(sim_wclayer.prepare_layer(&driver, id, &parent, 1), 0);
  assert_code(sim_wclayer.get_layer_mount_path(&driver, id, &length, NULL), 0);
  assert_true(length > 0 && length <= 128);
  assert_code(sim_wclayer.get_layer_mount_path(&driver, id, &length, buffer), 0);
  assert_true(hcsref_from_utf16(&w->arena, buffer, &volume));
  snprintf(w->volume, sizeof w->volume, "%s", volume.data);
}

void world_unmount(world *w) {
  const hcsref_wchar *id = wide(w, w->scratch);
  assert_code(sim_wclayer.unprepare_layer(&driver, id), 0);
  assert_code(sim_wclayer.deactivate_layer(&driver, id), 0);
  assert_code(sim_wclayer.destroy_layer(&driver, id), 0);
}

static hcsref_str quoted(world *w, const char *text) {
  hcsref_buf buf = {&w->arena, NULL, 0, 0, false};
  hcsref_json_append_string(&buf, hcsref_cstr(text));
  return hcsref_buf_str(&buf);
}

const hcsref_wchar *document2(world *w, const char *more) {
  hcsref_str text = {NULL, 0};
  char volume[130];
  snprintf(volume, sizeof volume, "%s\\", w->volume);
  assert_true(hcsref_format(&w->arena, &text,
                            "{\"Owner\":\"" SYSTEM_OWNER "\",\"SchemaVersion\":{\"Major\":2,\"Minor\":1},"
                            "\"Container\":{\"Storage\":{\"Layers\":[{\"Id\":\"%v\",\"Path\":%v}],\"Path\":%v}%s},"
                            "\"ShouldTerminateOnLastHandleClosed\":true}",
                            guid_text(w, sim_name_to_guid(HCSREF_LIT("base"))), quoted(w, w->base), quoted(w, volume),
                            more));
  return hcsref_to_utf16(&w->arena, text);
}

/* `root`: the members that say where the container's files are. */
static const hcsref_wchar *document_of_schema1(world *w, hcsref_str root, const char *more) {
  hcsref_str text = {NULL, 0};
  assert_true(hcsref_format(&w->arena, &text,
                            "{\"SystemType\":\"Container\",\"Name\":\"x\",\"Owner\":\"" SYSTEM_OWNER
                            "\",%v,\"Layers\":[{\"ID\":\"%v\",\"Path\":%v}],"
                            "\"TerminateOnLastHandleClosed\":true%s}",
                            root, guid_text(w, sim_name_to_guid(HCSREF_LIT("base"))), quoted(w, w->base), more));
  return hcsref_to_utf16(&w->arena, text);
}

const hcsref_wchar *document1(world *w, const char *more) {
  hcsref_str root = {NULL, 0};
  assert_true(hcsref_format(&w->arena, &root, "\"HvPartition\":false,\"VolumePath\":%v", quoted(w, w->volume)));
  return document_of_schema1(w, root, more);
}

const hcsref_wchar *document_partition(world *w, const char *scratch, const char *more) {
  hcsref_str root = {NULL, 0};
  assert_true(hcsref_format(&w->arena, &root, "\"HvPartition\":true,\"LayerFolderPath\":%v", quoted(w, scratch)));
  return document_of_schema1(w, root, more);
}

const hcsref_wchar *process_parameters(world *w, const char *command_line) {
  hcsref_str text = {NULL, 0};
  assert_true(hcsref_format(&w->arena, &text,
                            "{\"CommandLine\":%v,\"CreateStdInPipe\":true,\"CreateStdOutPipe\":true,"
                            "\"CreateStdErrPipe\":true,\"Environment\":{\"GREETING\":\"hello\"}}",
                            quoted(w, command_line)));
  return hcsref_to_utf16(&w->arena, text);
}

const char *read_stream(world *w, hcsref_os_handle stream) {
  hcsref_buf buf = {&w->arena, NULL, 0, 0, false};
  char data[512];
  ptrdiff_t got;
  while ((got = stream_get(stream, data, sizeof data)) > 0)
    hcsref_buf_append(&buf, hcsref_str_from(data, (size_t)got));
  os_stream_close(stream);
  hcsref_buf_append_char(&buf, '\0');
  return buf.data;
}

const char *recording(world *w) {
  size_t size = 0;
  char *data = os_file_read(w->record, (size_t)16 << 20, &size);
  hcsref_str copy = {NULL, 0};
  assert_non_null(data);
  assert_true(hcsref_str_copy(&w->arena, hcsref_str_from(data, size + 1), &copy));
  free(data);
  return copy.data;
}

void world_put(const world *w, const char *name, const char *text) {
  char path[1200];
  snprintf(path, sizeof path, "%s/%s", w->folder, name);
  *strrchr(path, '/') = '\0';
  assert_true(os_folder_make(path));
  snprintf(path, sizeof path, "%s/%s", w->folder, name);
  assert_true(os_file_replace(path, text, strlen(text)));
}
