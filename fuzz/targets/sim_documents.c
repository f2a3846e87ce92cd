/* SPDX-License-Identifier: Apache-2.0 */
/* The simulated service's reading: the first byte chooses what kind of document the rest is, and it is handed over
 * where such a document goes: to a call, or as a file of the service's state. Every answer is a document of its kind,
 * nothing is left afterwards, and the recording of the calls is the same twice. */
#include "sim/network.h"

#include <string.h>

/* An export that no table has. */
hcsref_hresult HCSREF_WINAPI vm_HcsModifyComputeSystem(hcsref_hcs_system system, const hcsref_wchar *configuration,
                                                       hcsref_wchar **result);

static const hcsref_win_guid name_space = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};

/* ---- what is done with each kind of document ------------------------------ */

static void ask(scene *s, const hcsref_wchar *query) {
  hcsref_wchar *answer = NULL, *result = NULL;
  hcsref_hresult code = sim_vmcompute.get_compute_system_properties(s->system, query, &answer, &result);
  scene_check(s, code, answer, result, &hcsref_type_v2_properties);
}

static void try_create(scene *s) {
  scene_mount(s);
  if (scene_create(s, s->text) && scene_start(s)) {
    ask(s, NULL);
    scene_run(
        s, scene_wide(
               s, HCSREF_LIT(
                      "{\"CommandLine\":\"C:\\\\m\\\\x \\\\\\\\.\\\\pipe\\\\p\",\"WorkingDirectory\":\"C:\\\\m\"}")));
  }
  scene_end(s);
}

static void try_process(scene *s, bool schema2) {
  hcsref_wchar *answer = NULL, *result = NULL;
  scene_begin(s, schema2, false);
  scene_run(s, s->text);
  if (s->process != NULL) {
    hcsref_hresult code = sim_vmcompute.get_process_properties(s->process, &answer, &result);
    scene_check(s, code, answer, result, &hcsref_type_v2_process_status);
  }
  scene_end(s);
}

static void try_process2(scene *s) {
  try_process(s, true);
}

static void try_process1(scene *s) {
  try_process(s, false);
}

static void try_query(scene *s) {
  scene_begin(s, true, true);
  ask(s, s->text);
  scene_end(s);
}

static const hcsref_type properties_list = {
    HCSREF_SLICE, "[]Properties", sizeof(hcsref_slice), &hcsref_type_v2_properties, NULL, 0, 0, NULL, 0};

static void enumerate(scene *s, const hcsref_wchar *query) {
  hcsref_wchar *answer = NULL, *result = NULL;
  hcsref_hresult code = sim_vmcompute.enumerate_compute_systems(query, &answer, &result);
  scene_check(s, code, answer, result, &properties_list);
}

static void try_enumerate(scene *s) {
  scene_begin(s, true, false);
  enumerate(s, s->text);
  scene_end(s);
}

static void try_signal(scene *s) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code;
  scene_begin(s, true, true);
  code = sim_vmcompute.signal_process(s->process, s->text, &result);
  scene_check(s, code, NULL, result, NULL);
  scene_end(s);
}

static void try_modify_process(scene *s) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code;
  scene_begin(s, true, true);
  code = sim_vmcompute.modify_process(s->process, s->text, &result);
  scene_check(s, code, NULL, result, NULL);
  scene_end(s);
}

/* A namespace with these settings, these requests and this question; null: plain ones. */
static void with_namespace(scene *s, const hcsref_wchar *settings, const hcsref_wchar *request,
                           const hcsref_wchar *query) {
  const hcsref_wchar *version = scene_wide(s, HCSREF_LIT("{\"SchemaVersion\":{\"Major\":2,\"Minor\":0}}"));
  hcsref_wchar *answer = NULL, *error = NULL;
  hcsref_hcn_handle handle = NULL;
  hcsref_hresult code =
      sim_computenetwork.create_namespace(&name_space, settings == NULL ? version : settings, &handle, &error);
  if (!scene_check(s, code, NULL, error, NULL))
    return;
  error = NULL;
  if (request != NULL) {
    code = sim_computenetwork.modify_namespace(handle, request, &error);
    scene_check(s, code, NULL, error, NULL);
    error = NULL;
  }
  code = sim_computenetwork.query_namespace_properties(handle, query == NULL ? version : query, &answer, &error);
  scene_check(s, code, answer, error, &hcsref_type_hcn_namespace);
  sim_computenetwork.close_namespace(handle);
  error = NULL;
  code = sim_computenetwork.delete_namespace(&name_space, &error);
  REQUIRE(scene_check(s, code, NULL, error, NULL), "it is deleted");
}

static void try_namespace(scene *s) {
  with_namespace(s, s->text, NULL, NULL);
}

static void try_namespace_request(scene *s) {
  with_namespace(s, NULL, s->text, NULL);
}

static void try_namespace_query(scene *s) {
  with_namespace(s, NULL, NULL, s->text);
}

/* ---- the network ------------------------------ */

static void try_network(scene *s) {
  hcsref_hcn_handle network = network_make(s, s->text);
  network_close(s, network, network == NULL ? NULL : network_usual_endpoint(s, network));
}

static void try_endpoint(scene *s) {
  hcsref_hcn_handle network = network_usual(s);
  network_close(s, network, network_make_endpoint(s, network, s->text));
}

static void try_change(scene *s, bool of_network) {
  hcsref_hcn_handle network = network_usual(s), endpoint = network_usual_endpoint(s, network);
  hcsref_wchar *error = NULL;
  hcsref_hresult code =
      of_network ? net_HcnModifyNetwork(network, s->text, &error) : net_HcnModifyEndpoint(endpoint, s->text, &error);
  scene_check(s, code, NULL, error, NULL);
  network_close(s, network, endpoint);
}

static void try_network_change(scene *s) {
  try_change(s, true);
}

static void try_endpoint_change(scene *s) {
  try_change(s, false);
}

static void try_network_filter(scene *s) {
  hcsref_hcn_handle network = network_usual(s);
  hcsref_wchar *answer = NULL, *error = NULL;
  hcsref_hresult code = net_HcnEnumerateNetworks(s->text, &answer, &error);
  scene_check(s, code, answer, error, &hcsref_type_strings);
  network_close(s, network, NULL);
}

static void try_balancer(scene *s) {
  hcsref_hcn_handle network = network_usual(s), endpoint = network_usual_endpoint(s, network), handle = NULL;
  hcsref_wchar *error = NULL;
  if (scene_check(s, net_HcnCreateLoadBalancer(&network_guid, s->text, &handle, &error), NULL, error, NULL)) {
    network_query(s, net_HcnQueryLoadBalancerProperties, handle, &hcsref_type_hcn_load_balancer);
    net_HcnModifyLoadBalancer(handle, s->text, NULL);
    net_HcnCloseLoadBalancer(handle);
    REQUIRE(net_HcnDeleteLoadBalancer(&network_guid, NULL) == 0, "it is deleted");
  }
  network_close(s, network, endpoint);
}

static void try_route(scene *s) {
  hcsref_hcn_handle network = network_usual(s), endpoint = network_usual_endpoint(s, network), handle = NULL;
  hcsref_wchar *error = NULL;
  if (scene_check(s, net_HcnCreateSdnRoute(&network_guid, s->text, &handle, &error), NULL, error, NULL)) {
    network_query(s, net_HcnQuerySdnRouteProperties, handle, &hcsref_type_hcn_sdn_route);
    net_HcnModifySdnRoute(handle, s->text, NULL);
    net_HcnCloseSdnRoute(handle);
    REQUIRE(net_HcnDeleteSdnRoute(&network_guid, NULL) == 0, "it is deleted");
  }
  network_close(s, network, endpoint);
}

static void post(scene *s, const char *path) {
  hcsref_wchar *answer = NULL;
  hcsref_hresult code =
      vm_HNSCall(scene_wide(s, HCSREF_LIT("POST")), scene_wide(s, hcsref_cstr(path)), s->text, &answer);
  if (scene_is_well(code))
    scene_check(s, code, answer, NULL, NULL);
  else
    scene_take(s, answer);
}

/* With an endpoint for the documents that are about one. */
static void try_post(scene *s, const char *path) {
  hcsref_hcn_handle network = network_usual(s), endpoint = network_usual_endpoint(s, network);
  with_namespace(s, NULL, NULL, NULL);
  post(s, path);
  network_close(s, network, endpoint);
}

static void try_hns_network(scene *s) {
  try_post(s, "/networks/");
}

static void try_hns_endpoint(scene *s) {
  try_post(s, "/endpoints/");
}

static void try_hns_update(scene *s) {
  try_post(s, "/endpoints/" NETWORK_ENDPOINT);
}

static void try_hns_attach(scene *s) {
  try_post(s, "/endpoints/" NETWORK_ENDPOINT "/attach");
}

static void try_hns_policies(scene *s) {
  try_post(s, "/policylists/");
}

static bool take_name(void *context, const char *name) {
  *(const char **)context = name;
  return false;
}

/* The input as the file of an object that an earlier process left; what it is called, the service says. */
static void store(scene *s, const char *kind, hcsref_str key) {
  bool placeholder = true;
  hcsref_str text = {NULL, 0}, folder = {NULL, 0}, path = {NULL, 0};
  const char *name = NULL;
  REQUIRE(sim_store_write(shim_service(), kind, key, &hcsref_type_bool, &placeholder), "a file is made");
  REQUIRE(hcsref_format(s->arena, &folder, WORLD_STATE "/%s", kind), "memory");
  os_folder_list(sim_c_string(s->arena, folder), take_name, &name);
  REQUIRE(name != NULL, "the file is there");
  REQUIRE(hcsref_format(s->arena, &path, "%v/%s", folder, name) && hcsref_from_utf16(s->arena, s->text, &text),
          "memory");
  REQUIRE(os_file_replace(sim_c_string(s->arena, path), text.data, text.len), "it is written");
}

static void try_stored_system(scene *s) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code;
  store(s, "systems", HCSREF_LIT("one"));
  enumerate(s, NULL);
  code = sim_vmcompute.open_compute_system(scene_wide(s, HCSREF_LIT("one")), &s->system, &result);
  scene_check(s, code, NULL, result, NULL);
  if (s->system != NULL)
    ask(s, NULL);
  scene_leave(s);
}

static void try_stored_layer(scene *s) {
  const hcsref_wchar *id = scene_wide(s, HCSREF_LIT(WORLD_SCRATCH));
  hcsref_wchar buffer[256];
  size_t length = 0;
  store(s, "layers", HCSREF_LIT(WORLD_SCRATCH));
  if (sim_wclayer.get_layer_mount_path(&scene_driver, id, &length, NULL) == 0 && length <= 256)
    sim_wclayer.get_layer_mount_path(&scene_driver, id, &length, buffer);
  sim_is_mounted(shim_service(), HCSREF_LIT("\\\\?\\Volume{00000000-0000-0000-0000-000000000000}\\"));
  sim_wclayer.unprepare_layer(&scene_driver, id);
  sim_wclayer.deactivate_layer(&scene_driver, id);
}

static void try_stored_namespace(scene *s) {
  hcsref_hresult code;
  hcsref_wchar *answer = NULL, *error = NULL;
  hcsref_hcn_handle handle = NULL;
  store(s, "namespaces", HCSREF_LIT("00000001-0002-0003-0405-060708090a0b"));
  code = sim_computenetwork.open_namespace(&name_space, &handle, &error);
  if (!scene_check(s, code, NULL, error, NULL))
    return;
  error = NULL;
  code = sim_computenetwork.query_namespace_properties(handle, scene_wide(s, HCSREF_LIT("{}")), &answer, &error);
  scene_check(s, code, answer, error, &hcsref_type_hcn_namespace);
  sim_computenetwork.close_namespace(handle);
}

static void try_stored_network(scene *s) {
  hcsref_hcn_handle network = NULL;
  hcsref_wchar *error = NULL;
  store(s, "networks", HCSREF_LIT("00000001-0002-0003-0405-060708090a0b"));
  if (scene_check(s, net_HcnOpenNetwork(&network_guid, &network, &error), NULL, error, NULL))
    network_close(s, network, network_usual_endpoint(s, network));
}

static void try_stored_endpoint(scene *s) {
  hcsref_hcn_handle network = network_usual(s), endpoint = NULL, other;
  hcsref_wchar *error = NULL;
  store(s, "endpoints", HCSREF_LIT(NETWORK_ENDPOINT));
  scene_check(s, net_HcnOpenEndpoint(&endpoint_guid, &endpoint, &error), NULL, error, NULL);
  other = network_usual_endpoint(s, network);
  if (other != NULL)
    net_HcnCloseEndpoint(other);
  network_close(s, network, endpoint);
}

/* ---- virtual machines ------------------------------ */

#define MACHINE                                                                                                        \
  "{\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"VirtualMachine\":{\"Chipset\":{},\"ComputeTopology\":{\"Memory\":{"  \
  "\"SizeInMB\":64}},\"Devices\":{\"VirtualSmb\":{\"Shares\":[{\"Name\":\"os\",\"Path\":\"" WORLD_BASE                 \
  "\"}]}},\"GuestConnection\":{}},\"ShouldTerminateOnLastHandleClosed\":true}"

/* Its state goes up and down; what it says of itself stays a document. */
static void try_machine(scene *s) {
  if (scene_create(s, s->text) && scene_start(s)) {
    ask(s, scene_wide(s, HCSREF_LIT("{\"PropertyTypes\":[\"Memory\"]}")));
    scene_run(s, scene_wide(s, HCSREF_LIT("{\"CommandLine\":\"x\"}")));
  }
  scene_leave(s);
}

/* One change after the other, a line each. */
static void try_machine_change(scene *s) {
  hcsref_str text = {NULL, 0};
  REQUIRE(hcsref_from_utf16(s->arena, s->text, &text), "memory");
  REQUIRE(scene_create(s, scene_wide(s, HCSREF_LIT(MACHINE))) && scene_start(s), "the machine runs");
  while (text.len > 0) {
    hcsref_wchar *result = NULL;
    hcsref_hresult code = vm_HcsModifyComputeSystem(s->system, scene_wide(s, fuzz_line(&text)), &result);
    scene_check(s, code, NULL, result, NULL);
  }
  scene_leave(s);
}

/* ---- the service's own settings ------------------------------ */

#define GROUP "11111111-2222-3333-4444-555555555555"

/* An export that no table has. */
hcsref_hresult HCSREF_WINAPI vm_HcsModifyServiceSettings(const hcsref_wchar *settings, hcsref_wchar **result);
hcsref_hresult HCSREF_WINAPI vm_HcsGetServiceProperties(const hcsref_wchar *query, hcsref_wchar **properties,
                                                        hcsref_wchar **result);

static void ask_service(scene *s) {
  static const char query[] = "{\"PropertyTypes\":[\"CpuGroup\",\"ContainerCredentialGuard\"]}";
  hcsref_wchar *answer = NULL, *result = NULL;
  hcsref_hresult code = vm_HcsGetServiceProperties(scene_wide(s, hcsref_cstr(query)), &answer, &result);
  scene_check(s, code, answer, result, &hcsref_type_v2_service_properties);
}

static void change_service(scene *s, const hcsref_wchar *settings) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code = vm_HcsModifyServiceSettings(settings, &result);
  scene_check(s, code, NULL, result, NULL);
}

/* One after the other, a line each. */
static void try_service_settings(scene *s) {
  hcsref_str text = {NULL, 0};
  REQUIRE(hcsref_from_utf16(s->arena, s->text, &text), "memory");
  while (text.len > 0) {
    change_service(s, scene_wide(s, fuzz_line(&text)));
    ask_service(s);
  }
}

static void try_stored_group(scene *s) {
  store(s, "cpugroups", HCSREF_LIT(GROUP));
  ask_service(s);
  change_service(s,
                 scene_wide(s, HCSREF_LIT("{\"PropertyType\":\"CpuGroup\",\"Settings\":{\"Operation\":\"SetProperty\","
                                          "\"OperationDetails\":{\"GroupId\":\"" GROUP "\",\"PropertyCode\":65536,"
                                          "\"PropertyValue\":7}}}")));
  ask_service(s);
}

static void try_stored_guard(scene *s) {
  store(s, "guards", HCSREF_LIT("one"));
  ask_service(s);
  change_service(s,
                 scene_wide(s, HCSREF_LIT("{\"PropertyType\":\"ContainerCredentialGuard\",\"Settings\":{\"Operation\":"
                                          "\"RemoveInstance\",\"OperationDetails\":{\"Id\":\"one\"}}}")));
  ask_service(s);
}

static void (*const kinds[])(scene *s) = {
    try_create,
    try_create,
    try_process2,
    try_process1,
    try_query,
    try_enumerate,
    try_signal,
    try_modify_process,
    try_namespace,
    try_namespace_request,
    try_namespace_query,
    try_stored_system,
    try_stored_layer,
    try_stored_namespace,
    try_network,
    try_endpoint,
    try_network_change,
    try_endpoint_change,
    try_network_filter,
    try_balancer,
    try_route,
    try_hns_network,
    try_hns_endpoint,
    try_hns_update,
    try_hns_attach,
    try_hns_policies,
    try_stored_network,
    try_stored_endpoint,
    try_machine,
    try_machine_change,
    try_service_settings,
    try_stored_group,
    try_stored_guard,
};

static hcsref_str play(int which, uint8_t choice, hcsref_str text) {
  scene s;
  sim *service = world_open(hcsref_str_from(NULL, 0));
  sim_counts counts;
  memset(&s, 0, sizeof(s));
  s.arena = fuzz_arena(which);
  s.text = scene_wide(&s, text);
  kinds[choice % (sizeof(kinds) / sizeof(kinds[0]))](&s);
  sim_count(service, &counts);
  REQUIRE(counts.handles == 0, "%u handles are left", (uint64_t)counts.handles);
  return world_close(service, s.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual;
  uint8_t choice = fuzz_byte(&text);
  usual = play(FUZZ_USUAL, choice, text);
  REQUIRE_SAME(play(FUZZ_FRESH, choice, text), usual, "the service does the same twice");
  return 0;
}
