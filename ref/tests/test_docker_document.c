/* SPDX-License-Identifier: Apache-2.0 */
/* dockerd's schema 1 documents, and its documents of processes. */
#include "hcsref/hcsref.h"
#include "support.h"

#define VOLUME "\"root\":{\"path\":\"\\\\\\\\?\\\\Volume{g}\\\\\"}"
#define LAYERS "\"layerFolders\":[\"C:\\\\l\\\\1\",\"C:\\\\rw\"]"
#define IDS    "\"layer_ids\":{\"C:\\\\l\\\\1\":\"AAAAAAAA-2222-3333-4444-555555555555\"}"

/* A spec and a host as JSON, the profile (null: moby-28.5.2), and what the document holds or the message. */
typedef struct document_row {
  const char *profile, *spec, *host, *expected, *where;
} document_row;

static bool make_document(hcsref_arena *arena, const document_row *row, hcsref_str *json, hcsref_error *err) {
  const hcsref_profile *profile =
      hcsref_profile_find(arena, hcsref_cstr(row->profile == NULL ? "moby-28.5.2" : row->profile), err);
  hcsref_oci_spec spec = {0};
  hcsref_v1_container_config *document;
  hcsref_script *script;
  hcsref_host host;
  if (profile == NULL ||
      !hcsref_json_decode(arena, hcsref_cstr(row->spec), &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &spec, err) ||
      !hcsref_script_load(arena, hcsref_cstr(row->host), &script, err))
    return false;
  host = hcsref_script_host(script);
  return hcsref_docker_document(arena, &spec, HCSREF_LIT("cid"), profile, &host, &document, err) &&
         hcsref_json_encode(arena, &hcsref_type_v1_container_config, document, json, err);
}

static const document_row rows[] = {
    {NULL, "{" VOLUME ",\"windows\":{" LAYERS "}}", "{" IDS "}",
     "{\"SystemType\":\"Container\",\"Name\":\"cid\",\"Owner\":\"docker\",\"VolumePath\":\"\\\\\\\\?\\\\Volume{g}\","
     "\"LayerFolderPath\":\"C:\\\\rw\",\"Layers\":[{\"ID\":\"aaaaaaaa-2222-3333-4444-555555555555\",\"Path\":"
     "\"C:\\\\l\\\\1\"}],\"HvPartition\":false}",
     NULL},
    {NULL,
     "{" VOLUME ",\"windows\":{" LAYERS ",\"resources\":{\"cpu\":{\"count\":9,\"shares\":3,\"maximum\":65535},"
     "\"memory\":{\"limit\":18446744073708503039},\"storage\":{\"bps\":18446744073709551615}}}}",
     "{" IDS ",\"processor_count\":2}",
     "\"ProcessorCount\":2,\"ProcessorWeight\":3,\"ProcessorMaximum\":65535,\"StorageBandwidthMaximum\":"
     "18446744073709551615,\"MemoryMaximumInMB\":-1",
     NULL},
    {NULL, "{" VOLUME ",\"windows\":{" LAYERS ",\"resources\":{\"memory\":{\"limit\":9223372036854775807}}}}",
     "{" IDS "}", "\"MemoryMaximumInMB\":8796093022207", NULL},
    {NULL, "{" VOLUME ",\"windows\":{" LAYERS ",\"resources\":{\"memory\":{\"limit\":18446744073708503041}}}}",
     "{" IDS "}", "\"Path\":\"C:\\\\l\\\\1\"}],\"HvPartition\"", NULL},
    {NULL,
     "{" VOLUME ",\"windows\":{" LAYERS
     "},\"mounts\":[{\"source\":\"C:\\\\s\",\"destination\":\"\\\\\\\\.\\\\pipe\\\\p\"},"
     "{\"source\":\"\\\\\\\\.\\\\pipe\\\\q\",\"destination\":\"C:\\\\d\",\"options\":[\"RO\"]}]}",
     "{" IDS "}",
     "\"MappedDirectories\":[{\"HostPath\":\"\\\\\\\\.\\\\pipe\\\\q\",\"ContainerPath\":\"C:\\\\d\",\"ReadOnly\":true,"
     "\"BandwidthMaximum\":0,\"IOPSMaximum\":0,\"CreateInUtilityVM\":false}],\"MappedPipes\":[{\"HostPath\":\"C:"
     "\\\\s\","
     "\"ContainerPipeName\":\"p\"}]",
     NULL},
    {NULL, "{\"root\":{},\"windows\":{" LAYERS ",\"hyperv\":{}}}",
     "{" IDS ",\"files\":{\"C:\\\\l\\\\1\\\\UtilityVM\":\"\"}}",
     "\"HvPartition\":true,\"HvRuntime\":{\"ImagePath\":\"C:\\\\l\\\\1\\\\UtilityVM\"}", NULL},
    {NULL, "{\"root\":{},\"windows\":{" LAYERS ",\"hyperv\":{}}}", "{" IDS ",\"uvm_folder\":\"C:/l/1\"}",
     "\"HvRuntime\":{\"ImagePath\":\"C:\\\\l\\\\1\\\\UtilityVM\"}", NULL},
    {NULL,
     "{" VOLUME ",\"windows\":{" LAYERS ",\"network\":{\"endpointList\":[\"e\"],\"DNSSearchList\":[\"a\",\"b,c\"]}}}",
     "{" IDS "}", "\"EndpointList\":[\"e\"],\"DNSSearchList\":\"a,b,c\"", NULL},
    {"moby-20.10.27", "{" VOLUME ",\"windows\":{" LAYERS ",\"devices\":[{\"id\":\"d\",\"idType\":\"gpu\"}]}}",
     "{" IDS "}", "\"AssignedDevices\":[{\"InterfaceClassGuid\":\"d\"}]", NULL},
    /* refused */
    {NULL, "{\"linux\":{}}", "", "linux containers are not supported on this platform", "/linux"},
    {"moby-20.10.27", "{\"linux\":{}}", "", "lcow option must be supplied to the runtime", "/linux"},
    {NULL, "{}", "", "the spec has no Windows section", "/windows"},
    {NULL, "{" VOLUME ",\"windows\":{\"layerFolders\":[\"a\"]}}", "",
     "OCI spec is invalid - at least two LayerFolders must be supplied to the runtime", "/windows/layerFolders"},
    {NULL, "{\"windows\":{" LAYERS "}}", "", "the spec has no root", "/root"},
    {NULL, "{\"windows\":{" LAYERS ",\"hyperv\":{}}}", "{\"uvm_folder\":\"C:\\\\l\\\\1\"}", "the spec has no root",
     "/root"},
    {NULL, "{\"root\":{},\"windows\":{" LAYERS "}}", "", "the spec has no root path", "/root/path"},
    {NULL, "{" VOLUME ",\"windows\":{" LAYERS ",\"hyperv\":{\"utilityVMPath\":\"x\"}}}", "",
     "runtime does not support an explicit utility VM path for Hyper-V containers", "/windows/hyperv/utilityVMPath"},
    {NULL, "{\"root\":{},\"windows\":{" LAYERS ",\"hyperv\":{}}}", "{\"files\":{\"C:\\\\rw\\\\UtilityVM\":\"\"}}",
     "utility VM image could not be found", "/windows/layerFolders"},
    {NULL, "{\"root\":{},\"windows\":{" LAYERS ",\"hyperv\":{}}}", "{\"uvm_folder\":{\"error\":\"e\"}}", "e",
     "/windows/layerFolders/0"},
    {NULL, "{" VOLUME ",\"windows\":{" LAYERS ",\"hyperv\":{}}}", "{\"uvm_folder\":\"C:\\\\l\\\\1\"}",
     "OCI spec is invalid - Root.Path must be omitted for a Hyper-V container", "/root/path"},
    {NULL, "{\"root\":{\"path\":\"x\",\"readonly\":true},\"windows\":{" LAYERS "}}", "",
     "OCI spec is invalid - Root.Readonly must not be set on Windows", "/root/readonly"},
    {NULL, "{" VOLUME ",\"windows\":{" LAYERS "}}", "", "hcsshim::NameToGuid failed in Win32: no layer id given (0x1f)",
     "/windows/layerFolders/0"},
    {NULL, "{" VOLUME ",\"windows\":{" LAYERS "},\"mounts\":[{\"type\":\"bind\"}]}", "{" IDS "}",
     "OCI spec is invalid - Mount.Type 'bind' must not be set", "/mounts/0/type"},
    {"moby-20.10.27", "{" VOLUME ",\"windows\":{" LAYERS "},\"mounts\":[{\"destination\":\"\\\\\\\\.\\\\pipe\\\\p\"}]}",
     "{" IDS ",\"os_build\":16298}", "named pipe mounts are not supported on this version of Windows", "/mounts"},
    {"moby-20.10.27", "{" VOLUME ",\"windows\":{" LAYERS ",\"devices\":[{}]}}", "{" IDS ",\"os_build\":17762}",
     "device assignment requires Windows builds RS5 (17763+) or later", "/windows/devices"},
    {NULL, "{" VOLUME ",\"windows\":{" LAYERS ",\"devices\":[{\"id\":\"d\",\"idType\":\"gpu\"}]}}", "{" IDS "}",
     "device assignment of type 'gpu' is not supported", "/windows/devices/0/idType"},
    {NULL, "{\"root\":{},\"windows\":{" LAYERS ",\"hyperv\":{},\"devices\":[{}]}}",
     "{" IDS ",\"uvm_folder\":\"C:\\\\l\\\\1\"}", "device assignment is not supported for HyperV containers",
     "/windows/devices"},
};

static void check_row(const document_row *row) {
  hcsref_arena arena;
  hcsref_error err = {0};
  hcsref_str json = {0};
  hcsref_buf text = {.arena = &arena};
  hcsref_arena_init(&arena, NULL, 0);
  if (make_document(&arena, row, &json, &err)) {
    hcsref_buf_append(&text, json);
    hcsref_buf_append_char(&text, '\0');
    if (row->where != NULL || strstr(text.data, row->expected) == NULL)
      assert_text(json, row->expected);
  } else {
    assert_text(err.message, row->expected);
    assert_text(err.where, row->where);
  }
  hcsref_arena_free(&arena);
}

static void documents_follow_the_release(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    check_row(&rows[i]);
}

static void each_refused_allocation_is_told(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    if (rows[i].where != NULL)
      continue;
    for (size_t at = 0;; at++) {
      counting_allocator allocator;
      hcsref_arena arena;
      hcsref_error err = {0};
      hcsref_str json;
      bool made;
      counting_arena(&arena, &allocator, at);
      made = make_document(&arena, &rows[i], &json, &err);
      if (!made)
        assert_string_equal(err.code, "out-of-memory");
      hcsref_arena_free(&arena);
      if (made)
        break;
    }
  }
}

/* Nobody passes over one request that is refused when all later ones are granted. */
static void one_refused_allocation_is_told(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    size_t calls = rows[i].where == NULL ? 2 : 0;
    for (size_t room = 0; calls > 1; room += ARENA_GRAIN * test_stride()) {
      hcsref_arena arena;
      hcsref_error err = {0};
      hcsref_str json;
      refuse_once_arena(&arena, &calls, room);
      if (make_document(&arena, &rows[i], &json, &err))
        assert_int_equal(calls, 1);
      else
        assert_string_equal(err.code, "out-of-memory");
      hcsref_arena_free(&arena);
      assert_true(room < 262144);
    }
  }
}

/* A host that has files alone is asked for the image in each layer. */
static void a_host_of_files_has_images(void **state) {
  static const char spec_text[] = "{\"root\":{},\"windows\":{" LAYERS ",\"hyperv\":{}}}";
  static const char host_text[] = "{" IDS ",\"files\":{\"C:\\\\l\\\\1\\\\UtilityVM\":\"\"}}";
  hcsref_error err = {0};
  hcsref_oci_spec spec = {0};
  hcsref_v1_container_config *document;
  hcsref_script *script;
  hcsref_host host;
  hcsref_host_ops ops;
  assert_true(
      hcsref_json_decode(*state, hcsref_cstr(spec_text), &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &spec, &err));
  assert_true(hcsref_script_load(*state, hcsref_cstr(host_text), &script, &err));
  host = hcsref_script_host(script);
  ops = *host.ops;
  ops.uvm_folder = NULL;
  host.ops = &ops;
  assert_true(hcsref_docker_document(*state, &spec, HCSREF_LIT("cid"),
                                     hcsref_profile_find(*state, HCSREF_LIT("moby-28.5.2"), &err), &host, &document,
                                     &err));
  assert_text(document->hv_runtime->image_path, "C:\\l\\1\\UtilityVM");
}

/* ---- processes ------------------------------------------------------------------------------------------------ */

static const struct {
  const char *spec, *exec, *expected;
} processes[] = {
    {"{\"process\":{\"cwd\":\"C:\\\\\",\"args\":[\"a b\",\"c\"],\"env\":[\"B=1\",\"A=2\",\"A=3\",\"none\",\"=C:=x\"],"
     "\"user\":{\"username\":\"u\"},\"consoleSize\":{\"height\":2,\"width\":3}}}",
     NULL,
     "{\"CommandLine\":\"\\\"a b\\\" "
     "c\",\"User\":\"u\",\"WorkingDirectory\":\"C:\\\\\",\"Environment\":{\"\":\"C:=x\",\"A\":\"3\","
     "\"B\":\"1\"},\"CreateStdInPipe\":true,\"CreateStdOutPipe\":true,\"CreateStdErrPipe\":true,\"ConsoleSize\":[2,3]"
     "}"},
    {"{\"process\":{\"cwd\":\"C:\\\\w\"}}",
     "{\"commandLine\":\"x\",\"args\":[\"y\"],\"consoleSize\":{\"height\":2,\"width\":3}}",
     "{\"CommandLine\":\"x\",\"WorkingDirectory\":\"C:\\\\w\",\"CreateStdInPipe\":true,\"CreateStdOutPipe\":true,"
     "\"CreateStdErrPipe\":true,\"ConsoleSize\":[0,0]}"},
    {"{}", "{\"cwd\":\"d\",\"terminal\":true,\"consoleSize\":{\"height\":2,\"width\":3}}",
     "{\"WorkingDirectory\":\"d\",\"EmulateConsole\":true,\"CreateStdInPipe\":true,\"CreateStdOutPipe\":true,"
     "\"ConsoleSize\":"
     "[2,3]}"},
    {"{}", NULL, "the spec has no process"},
    {"{}", "{}", "the spec has no process"},
};

static void processes_have_documents(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(processes); i++) {
    hcsref_arena arena;
    hcsref_error err = {0};
    hcsref_oci_spec spec = {0};
    hcsref_oci_process exec = {0};
    hcsref_v1_process_config process;
    hcsref_str json = {0};
    hcsref_arena_init(&arena, NULL, 0);
    assert_true(hcsref_json_decode(&arena, hcsref_cstr(processes[i].spec), &hcsref_type_oci_spec, HCSREF_JSON_WHOLE,
                                   &spec, &err));
    if (processes[i].exec != NULL)
      assert_true(hcsref_json_decode(&arena, hcsref_cstr(processes[i].exec), &hcsref_type_oci_process,
                                     HCSREF_JSON_WHOLE, &exec, &err));
    if (hcsref_docker_process(&arena, &spec, processes[i].exec == NULL ? NULL : &exec, &process, &err))
      assert_true(hcsref_json_encode(&arena, &hcsref_type_v1_process_config, &process, &json, &err));
    assert_text(json.len == 0 ? err.message : json, processes[i].expected);
    hcsref_arena_free(&arena);
  }
}

static void a_missing_spec_is_told(void **state) {
  hcsref_error err = {0};
  hcsref_v1_process_config process;
  hcsref_v1_container_config *document;
  const hcsref_host none = {NULL, NULL};
  const hcsref_profile *profile = hcsref_profile_find(*state, HCSREF_LIT("moby-28.5.2"), &err);
  assert_false(hcsref_docker_process(*state, NULL, NULL, &process, &err));
  assert_string_equal(err.code, "spec-missing");
  assert_text(err.message, "there is no spec");
  assert_false(hcsref_docker_document(*state, NULL, HCSREF_LIT("cid"), profile, &none, &document, &err));
  assert_string_equal(err.code, "spec-missing");
  assert_text(err.message, "there is no spec");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(documents_follow_the_release),   cmocka_unit_test(each_refused_allocation_is_told),
      cmocka_unit_test(one_refused_allocation_is_told), arena_test(a_host_of_files_has_images),
      cmocka_unit_test(processes_have_documents),       arena_test(a_missing_spec_is_told),
  };
  return cmocka_run_group_tests_name("docker documents", tests, NULL, NULL);
}
