/* SPDX-License-Identifier: Apache-2.0 */
/* The simulated service's reading: the first byte chooses what kind of document the rest is, and it is handed over
 * where such a document goes: to a call, or as a file of the service's state. Every answer is a document of its kind,
 * nothing is left afterwards, and the recording of the calls is the same twice. */
#include "sim_world.h"

#include "dll/network.h"

#include <string.h>

/* An export that no table has. */
hcsref_hresult HCSREF_WINAPI vm_HcsModifyComputeSystem(hcsref_hcs_system system, const hcsref_wchar *configuration,
                                                       hcsref_wchar **result);

typedef struct scene {
  hcsref_arena *arena;
  hcsref_str volume; /* of the prepared scratch */
  hcsref_hcs_system system;
  hcsref_hcs_process process;
  const hcsref_wchar *text; /* the input */
} scene;

static const hcsref_win_guid name_space = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
static const hcsref_wc_driver driver = {1, NULL};

static const hcsref_wchar *wide(scene *s, hcsref_str text) {
  const hcsref_wchar *out = hcsref_to_utf16(s->arena, text);
  REQUIRE(out != NULL, "memory");
  return out;
}

/* Takes over a text of the service. */
static hcsref_str take(scene *s, hcsref_wchar *text) {
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

/* An action that goes on is no failure, although its code has a failure's sign. */
static bool is_well(hcsref_hresult code) {
  return code >= 0 || (uint32_t)code == HCSREF_VMCOMPUTE_PENDING;
}

/* The network service has results of its own form. */
static bool is_of_network(hcsref_str result) {
  return hcsref_str_has_prefix(result, HCSREF_LIT("{\"Success\":"));
}

/* What a call says: a failure may have a result document, and a success an answer of this type. Null type: none. */
static bool check(scene *s, hcsref_hresult code, hcsref_wchar *answer, hcsref_wchar *result, const hcsref_type *type) {
  hcsref_str said = take(s, result), answered = take(s, answer);
  if (said.len > 0)
    REQUIRE(is_a(is_of_network(said) ? &hcsref_type_hns_response : &hcsref_type_v2_result_error, said), "%v", said);
  REQUIRE(is_well(code) || answered.len == 0, "a failure answers %v", answered);
  if (code == 0 && type != NULL)
    REQUIRE(is_a(type, answered), "%v", answered);
  return is_well(code);
}

/* ---- the scene ------------------------------------------------------------------------------------------------ */

static void mount(scene *s) {
  const hcsref_wchar *id = wide(s, HCSREF_LIT(WORLD_SCRATCH));
  hcsref_wc_layer parent;
  hcsref_wchar buffer[64];
  size_t length = sizeof(buffer) / sizeof(buffer[0]);
  memset(&parent, 0, sizeof(parent));
  parent.path = wide(s, HCSREF_LIT(WORLD_BASE));
  REQUIRE(sim_wclayer.name_to_guid(wide(s, HCSREF_LIT("base")), &parent.id) == 0 &&
              sim_wclayer.create_sandbox_layer(&driver, id, 0, &parent, 1) == 0 &&
              sim_wclayer.activate_layer(&driver, id) == 0 && sim_wclayer.prepare_layer(&driver, id, &parent, 1) == 0 &&
              sim_wclayer.get_layer_mount_path(&driver, id, &length, buffer) == 0,
          "the scratch is mounted");
  REQUIRE(hcsref_from_utf16(s->arena, buffer, &s->volume), "memory");
}

static void unmount(scene *s) {
  const hcsref_wchar *id = wide(s, HCSREF_LIT(WORLD_SCRATCH));
  REQUIRE(sim_wclayer.unprepare_layer(&driver, id) == 0 && sim_wclayer.deactivate_layer(&driver, id) == 0 &&
              sim_wclayer.destroy_layer(&driver, id) == 0,
          "the scratch is unmounted");
}

static void wait_for(hcsref_hcs_system system) {
  sim *service = shim_service();
  sim_counts counts;
  os_monitor_enter(service->monitor);
  os_monitor_wait(service->monitor, 1);
  os_monitor_leave(service->monitor);
  sim_count(service, &counts);
  REQUIRE(system == NULL || counts.handles > 0, "a handle is open");
}

static bool create(scene *s, const hcsref_wchar *document) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code =
      sim_vmcompute.create_compute_system(wide(s, HCSREF_LIT("one")), document, NULL, &s->system, &result);
  REQUIRE(is_well(code) == (s->system != NULL), "a system without a handle, or the other way round");
  wait_for(s->system);
  return check(s, code, NULL, result, NULL);
}

static bool start(scene *s) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code = sim_vmcompute.start_compute_system(s->system, NULL, &result);
  wait_for(s->system);
  return check(s, code, NULL, result, NULL);
}

static void run(scene *s, const hcsref_wchar *parameters) {
  hcsref_wchar *result = NULL;
  hcsref_hcs_process_info info;
  hcsref_hresult code;
  memset(&info, 0, sizeof(info));
  code = sim_vmcompute.create_process(s->system, parameters, &info, &s->process, &result);
  REQUIRE(is_well(code) == (s->process != NULL), "a process without a handle, or the other way round");
  check(s, code, NULL, result, NULL);
  os_stream_close(info.std_input);
  os_stream_close(info.std_output);
  os_stream_close(info.std_error);
}

static void leave(scene *s) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code;
  if (s->process != NULL)
    sim_vmcompute.close_process(s->process);
  if (s->system == NULL)
    return;
  code = sim_vmcompute.terminate_compute_system(s->system, NULL, &result);
  check(s, code, NULL, result, NULL);
  wait_for(s->system);
  sim_vmcompute.close_compute_system(s->system);
  wait_for(NULL);
}

/* A container that runs, and with `process` a process in it. */
static void begin(scene *s, bool schema2, bool process) {
  mount(s);
  REQUIRE(create(s, wide(s, world_document(s->arena, s->volume, schema2))) && start(s), "the container runs");
  if (process)
    run(s, wide(s, HCSREF_LIT("{\"CommandLine\":\"ping -n 22 192.0.2.100\",\"CreateStdInPipe\":true}")));
}

static void end(scene *s) {
  leave(s);
  unmount(s);
}

/* ---- what is done with each kind of document --------------------------------------------------------------------- */

static void ask(scene *s, const hcsref_wchar *query) {
  hcsref_wchar *answer = NULL, *result = NULL;
  hcsref_hresult code = sim_vmcompute.get_compute_system_properties(s->system, query, &answer, &result);
  check(s, code, answer, result, &hcsref_type_v2_properties);
}

static void try_create(scene *s) {
  mount(s);
  if (create(s, s->text) && start(s)) {
    ask(s, NULL);
    run(s, wide(s, HCSREF_LIT(
                       "{\"CommandLine\":\"C:\\\\m\\\\x \\\\\\\\.\\\\pipe\\\\p\",\"WorkingDirectory\":\"C:\\\\m\"}")));
  }
  end(s);
}

static void try_process(scene *s, bool schema2) {
  hcsref_wchar *answer = NULL, *result = NULL;
  begin(s, schema2, false);
  run(s, s->text);
  if (s->process != NULL) {
    hcsref_hresult code = sim_vmcompute.get_process_properties(s->process, &answer, &result);
    check(s, code, answer, result, &hcsref_type_v2_process_status);
  }
  end(s);
}

static void try_process2(scene *s) {
  try_process(s, true);
}

static void try_process1(scene *s) {
  try_process(s, false);
}

static void try_query(scene *s) {
  begin(s, true, true);
  ask(s, s->text);
  end(s);
}

static const hcsref_type properties_list = {
    HCSREF_SLICE, "[]Properties", sizeof(hcsref_slice), &hcsref_type_v2_properties, NULL, 0, 0, NULL, 0};

static void enumerate(scene *s, const hcsref_wchar *query) {
  hcsref_wchar *answer = NULL, *result = NULL;
  hcsref_hresult code = sim_vmcompute.enumerate_compute_systems(query, &answer, &result);
  check(s, code, answer, result, &properties_list);
}

static void try_enumerate(scene *s) {
  begin(s, true, false);
  enumerate(s, s->text);
  end(s);
}

static void try_signal(scene *s) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code;
  begin(s, true, true);
  code = sim_vmcompute.signal_process(s->process, s->text, &result);
  check(s, code, NULL, result, NULL);
  end(s);
}

static void try_modify_process(scene *s) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code;
  begin(s, true, true);
  code = sim_vmcompute.modify_process(s->process, s->text, &result);
  check(s, code, NULL, result, NULL);
  end(s);
}

/* A namespace with these settings, these requests and this question; null: plain ones. */
static void with_namespace(scene *s, const hcsref_wchar *settings, const hcsref_wchar *request,
                           const hcsref_wchar *query) {
  const hcsref_wchar *version = wide(s, HCSREF_LIT("{\"SchemaVersion\":{\"Major\":2,\"Minor\":0}}"));
  hcsref_wchar *answer = NULL, *error = NULL;
  hcsref_hcn_handle handle = NULL;
  hcsref_hresult code =
      sim_computenetwork.create_namespace(&name_space, settings == NULL ? version : settings, &handle, &error);
  if (!check(s, code, NULL, error, NULL))
    return;
  error = NULL;
  if (request != NULL) {
    code = sim_computenetwork.modify_namespace(handle, request, &error);
    check(s, code, NULL, error, NULL);
    error = NULL;
  }
  code = sim_computenetwork.query_namespace_properties(handle, query == NULL ? version : query, &answer, &error);
  check(s, code, answer, error, &hcsref_type_hcn_namespace);
  sim_computenetwork.close_namespace(handle);
  error = NULL;
  code = sim_computenetwork.delete_namespace(&name_space, &error);
  REQUIRE(check(s, code, NULL, error, NULL), "it is deleted");
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

/* ---- the network ---------------------------------------------------------------------------------------------------
 */

#define VERSION  "\"SchemaVersion\":{\"Major\":2,\"Minor\":0}"
#define ENDPOINT "04030201-0605-0807-090a-0b0c0d0e0f10"
static const hcsref_win_guid network_id = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
static const hcsref_win_guid endpoint_id = {0x04030201, 0x0605, 0x0807, {9, 10, 11, 12, 13, 14, 15, 16}};

typedef hcsref_hresult(HCSREF_WINAPI *query_export)(hcsref_hcn_handle, const hcsref_wchar *, hcsref_wchar **,
                                                    hcsref_wchar **);

static void query_object(scene *s, query_export query, hcsref_hcn_handle handle, const hcsref_type *type) {
  hcsref_wchar *answer = NULL, *error = NULL;
  hcsref_hresult code = query(handle, wide(s, HCSREF_LIT("{" VERSION "}")), &answer, &error);
  check(s, code, answer, error, type);
}

static hcsref_hcn_handle make_network(scene *s, const hcsref_wchar *settings) {
  hcsref_hcn_handle handle = NULL;
  hcsref_wchar *error = NULL;
  hcsref_hresult code = net_HcnCreateNetwork(&network_id, settings, &handle, &error);
  check(s, code, NULL, error, NULL);
  REQUIRE(is_well(code) == (handle != NULL), "a network without a handle, or the other way round");
  return handle;
}

static hcsref_hcn_handle usual_network(scene *s) {
  return make_network(
      s, wide(s, HCSREF_LIT("{\"Type\":\"NAT\",\"Ipams\":[{\"Subnets\":[{\"IpAddressPrefix\":\"10.1.0.0/24\","
                            "\"Routes\":[{\"NextHop\":\"10.1.0.1\"}]}]}]," VERSION "}")));
}

static hcsref_hcn_handle make_endpoint(scene *s, hcsref_hcn_handle network, const hcsref_wchar *settings) {
  hcsref_hcn_handle handle = NULL;
  hcsref_wchar *error = NULL;
  hcsref_hresult code = net_HcnCreateEndpoint(network, &endpoint_id, settings, &handle, &error);
  check(s, code, NULL, error, NULL);
  REQUIRE(is_well(code) == (handle != NULL), "an endpoint without a handle, or the other way round");
  return handle;
}

static hcsref_hcn_handle usual_endpoint(scene *s, hcsref_hcn_handle network) {
  return make_endpoint(s, network,
                       wide(s, HCSREF_LIT("{\"Policies\":[{\"Type\":\"PortMapping\",\"Settings\":{\"Protocol\":6,"
                                          "\"ExternalPort\":80}}]," VERSION "}")));
}

/* Asks both services about what there is. */
static void look_around(scene *s, hcsref_hcn_handle endpoint) {
  static const char *const lists[] = {"/networks/", "/endpoints/", "/namespaces/", "/policylists/", "/accelnet/"};
  if (endpoint != NULL) {
    query_object(s, net_HcnQueryEndpointProperties, endpoint, &hcsref_type_hcn_endpoint);
    query_object(s, net_HcnQueryEndpointStats, endpoint, &hcsref_type_hns_endpoint_stats);
  }
  for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
    hcsref_wchar *answer = NULL;
    hcsref_hresult code = vm_HNSCall(wide(s, HCSREF_LIT("GET")), wide(s, hcsref_cstr(lists[i])), NULL, &answer);
    check(s, code, answer, NULL, &hcsref_type_hns_response);
  }
}

static void close_network(scene *s, hcsref_hcn_handle network, hcsref_hcn_handle endpoint) {
  look_around(s, endpoint);
  if (endpoint != NULL)
    REQUIRE(net_HcnCloseEndpoint(endpoint) == 0, "it is closed");
  if (network == NULL)
    return;
  query_object(s, net_HcnQueryNetworkProperties, network, &hcsref_type_hcn_network);
  REQUIRE(net_HcnCloseNetwork(network) == 0 && net_HcnDeleteNetwork(&network_id, NULL) == 0, "it is deleted");
}

static void try_network(scene *s) {
  hcsref_hcn_handle network = make_network(s, s->text);
  close_network(s, network, network == NULL ? NULL : usual_endpoint(s, network));
}

static void try_endpoint(scene *s) {
  hcsref_hcn_handle network = usual_network(s);
  close_network(s, network, make_endpoint(s, network, s->text));
}

static void try_change(scene *s, bool of_network) {
  hcsref_hcn_handle network = usual_network(s), endpoint = usual_endpoint(s, network);
  hcsref_wchar *error = NULL;
  hcsref_hresult code =
      of_network ? net_HcnModifyNetwork(network, s->text, &error) : net_HcnModifyEndpoint(endpoint, s->text, &error);
  check(s, code, NULL, error, NULL);
  close_network(s, network, endpoint);
}

static void try_network_change(scene *s) {
  try_change(s, true);
}

static void try_endpoint_change(scene *s) {
  try_change(s, false);
}

static void try_network_filter(scene *s) {
  hcsref_hcn_handle network = usual_network(s);
  hcsref_wchar *answer = NULL, *error = NULL;
  hcsref_hresult code = net_HcnEnumerateNetworks(s->text, &answer, &error);
  check(s, code, answer, error, &hcsref_type_strings);
  close_network(s, network, NULL);
}

static void try_balancer(scene *s) {
  hcsref_hcn_handle network = usual_network(s), endpoint = usual_endpoint(s, network), handle = NULL;
  hcsref_wchar *error = NULL;
  if (check(s, net_HcnCreateLoadBalancer(&network_id, s->text, &handle, &error), NULL, error, NULL)) {
    query_object(s, net_HcnQueryLoadBalancerProperties, handle, &hcsref_type_hcn_load_balancer);
    net_HcnModifyLoadBalancer(handle, s->text, NULL);
    net_HcnCloseLoadBalancer(handle);
    REQUIRE(net_HcnDeleteLoadBalancer(&network_id, NULL) == 0, "it is deleted");
  }
  close_network(s, network, endpoint);
}

static void try_route(scene *s) {
  hcsref_hcn_handle network = usual_network(s), endpoint = usual_endpoint(s, network), handle = NULL;
  hcsref_wchar *error = NULL;
  if (check(s, net_HcnCreateSdnRoute(&network_id, s->text, &handle, &error), NULL, error, NULL)) {
    query_object(s, net_HcnQuerySdnRouteProperties, handle, &hcsref_type_hcn_sdn_route);
    net_HcnModifySdnRoute(handle, s->text, NULL);
    net_HcnCloseSdnRoute(handle);
    REQUIRE(net_HcnDeleteSdnRoute(&network_id, NULL) == 0, "it is deleted");
  }
  close_network(s, network, endpoint);
}

static void post(scene *s, const char *path) {
  hcsref_wchar *answer = NULL;
  hcsref_hresult code = vm_HNSCall(wide(s, HCSREF_LIT("POST")), wide(s, hcsref_cstr(path)), s->text, &answer);
  if (is_well(code))
    check(s, code, answer, NULL, NULL);
  else
    take(s, answer);
}

/* With an endpoint for the documents that are about one. */
static void try_post(scene *s, const char *path) {
  hcsref_hcn_handle network = usual_network(s), endpoint = usual_endpoint(s, network);
  with_namespace(s, NULL, NULL, NULL);
  post(s, path);
  close_network(s, network, endpoint);
}

static void try_hns_network(scene *s) {
  try_post(s, "/networks/");
}

static void try_hns_endpoint(scene *s) {
  try_post(s, "/endpoints/");
}

static void try_hns_update(scene *s) {
  try_post(s, "/endpoints/" ENDPOINT);
}

static void try_hns_attach(scene *s) {
  try_post(s, "/endpoints/" ENDPOINT "/attach");
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
  code = sim_vmcompute.open_compute_system(wide(s, HCSREF_LIT("one")), &s->system, &result);
  check(s, code, NULL, result, NULL);
  if (s->system != NULL)
    ask(s, NULL);
  leave(s);
}

static void try_stored_layer(scene *s) {
  const hcsref_wchar *id = wide(s, HCSREF_LIT(WORLD_SCRATCH));
  hcsref_wchar buffer[256];
  size_t length = 0;
  store(s, "layers", HCSREF_LIT(WORLD_SCRATCH));
  if (sim_wclayer.get_layer_mount_path(&driver, id, &length, NULL) == 0 && length <= 256)
    sim_wclayer.get_layer_mount_path(&driver, id, &length, buffer);
  sim_is_mounted(shim_service(), HCSREF_LIT("\\\\?\\Volume{00000000-0000-0000-0000-000000000000}\\"));
  sim_wclayer.unprepare_layer(&driver, id);
  sim_wclayer.deactivate_layer(&driver, id);
}

static void try_stored_namespace(scene *s) {
  hcsref_hresult code;
  hcsref_wchar *answer = NULL, *error = NULL;
  hcsref_hcn_handle handle = NULL;
  store(s, "namespaces", HCSREF_LIT("00000001-0002-0003-0405-060708090a0b"));
  code = sim_computenetwork.open_namespace(&name_space, &handle, &error);
  if (!check(s, code, NULL, error, NULL))
    return;
  error = NULL;
  code = sim_computenetwork.query_namespace_properties(handle, wide(s, HCSREF_LIT("{}")), &answer, &error);
  check(s, code, answer, error, &hcsref_type_hcn_namespace);
  sim_computenetwork.close_namespace(handle);
}

static void try_stored_network(scene *s) {
  hcsref_hcn_handle network = NULL;
  hcsref_wchar *error = NULL;
  store(s, "networks", HCSREF_LIT("00000001-0002-0003-0405-060708090a0b"));
  if (check(s, net_HcnOpenNetwork(&network_id, &network, &error), NULL, error, NULL))
    close_network(s, network, usual_endpoint(s, network));
}

static void try_stored_endpoint(scene *s) {
  hcsref_hcn_handle network = usual_network(s), endpoint = NULL, other;
  hcsref_wchar *error = NULL;
  store(s, "endpoints", HCSREF_LIT(ENDPOINT));
  check(s, net_HcnOpenEndpoint(&endpoint_id, &endpoint, &error), NULL, error, NULL);
  other = usual_endpoint(s, network);
  if (other != NULL)
    net_HcnCloseEndpoint(other);
  close_network(s, network, endpoint);
}

/* ---- virtual machines -----------------------------------------------------------------------------------------------
 */

#define MACHINE                                                                                                        \
  "{\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"VirtualMachine\":{\"Chipset\":{},\"ComputeTopology\":{\"Memory\":{"  \
  "\"SizeInMB\":64}},\"Devices\":{\"VirtualSmb\":{\"Shares\":[{\"Name\":\"os\",\"Path\":\"" WORLD_BASE                 \
  "\"}]}},\"GuestConnection\":{}},\"ShouldTerminateOnLastHandleClosed\":true}"

/* Its state goes up and down; what it says of itself stays a document. */
static void try_machine(scene *s) {
  if (create(s, s->text) && start(s)) {
    ask(s, wide(s, HCSREF_LIT("{\"PropertyTypes\":[\"Memory\"]}")));
    run(s, wide(s, HCSREF_LIT("{\"CommandLine\":\"x\"}")));
  }
  leave(s);
}

/* One change after the other, a line each. */
static void try_machine_change(scene *s) {
  hcsref_str text = {NULL, 0};
  REQUIRE(hcsref_from_utf16(s->arena, s->text, &text), "memory");
  REQUIRE(create(s, wide(s, HCSREF_LIT(MACHINE))) && start(s), "the machine runs");
  while (text.len > 0) {
    hcsref_wchar *result = NULL;
    hcsref_hresult code = vm_HcsModifyComputeSystem(s->system, wide(s, fuzz_line(&text)), &result);
    check(s, code, NULL, result, NULL);
  }
  leave(s);
}

/* ---- the service's own settings ------------------------------------------------------------------------------------
 */

#define GROUP "11111111-2222-3333-4444-555555555555"

/* An export that no table has. */
hcsref_hresult HCSREF_WINAPI vm_HcsModifyServiceSettings(const hcsref_wchar *settings, hcsref_wchar **result);
hcsref_hresult HCSREF_WINAPI vm_HcsGetServiceProperties(const hcsref_wchar *query, hcsref_wchar **properties,
                                                        hcsref_wchar **result);

static void ask_service(scene *s) {
  static const char query[] = "{\"PropertyTypes\":[\"CpuGroup\",\"ContainerCredentialGuard\"]}";
  hcsref_wchar *answer = NULL, *result = NULL;
  hcsref_hresult code = vm_HcsGetServiceProperties(wide(s, hcsref_cstr(query)), &answer, &result);
  check(s, code, answer, result, &hcsref_type_v2_service_properties);
}

static void change_service(scene *s, const hcsref_wchar *settings) {
  hcsref_wchar *result = NULL;
  hcsref_hresult code = vm_HcsModifyServiceSettings(settings, &result);
  check(s, code, NULL, result, NULL);
}

/* One after the other, a line each. */
static void try_service_settings(scene *s) {
  hcsref_str text = {NULL, 0};
  REQUIRE(hcsref_from_utf16(s->arena, s->text, &text), "memory");
  while (text.len > 0) {
    change_service(s, wide(s, fuzz_line(&text)));
    ask_service(s);
  }
}

static void try_stored_group(scene *s) {
  store(s, "cpugroups", HCSREF_LIT(GROUP));
  ask_service(s);
  change_service(s, wide(s, HCSREF_LIT("{\"PropertyType\":\"CpuGroup\",\"Settings\":{\"Operation\":\"SetProperty\","
                                       "\"OperationDetails\":{\"GroupId\":\"" GROUP "\",\"PropertyCode\":65536,"
                                       "\"PropertyValue\":7}}}")));
  ask_service(s);
}

static void try_stored_guard(scene *s) {
  store(s, "guards", HCSREF_LIT("one"));
  ask_service(s);
  change_service(s, wide(s, HCSREF_LIT("{\"PropertyType\":\"ContainerCredentialGuard\",\"Settings\":{\"Operation\":"
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
  s.text = wide(&s, text);
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
