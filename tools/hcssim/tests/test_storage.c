/* SPDX-License-Identifier: Apache-2.0 */
/* Layers and network namespaces: their order, and what stays for the next process. */
#include "dll/network.h"
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#ifndef _WIN32
#include <unistd.h>
#endif

static const hcsref_wc_driver driver = {1, NULL};

static void layers_have_an_order(void **state) {
  world *w = *state;
  const hcsref_wclayer *api = &sim_wclayer;
  const hcsref_wchar *id = wide(w, w->scratch);
  hcsref_wc_layer parent = {{0, 0, 0, {0}}, 0, wide(w, w->base)};
  size_t length = 99;
  assert_code(api->name_to_guid(wide(w, "base"), &parent.id), 0);
  assert_code(api->activate_layer(&driver, id), HCSREF_ERROR_FILE_NOT_FOUND);
  assert_code(api->create_sandbox_layer(&driver, id, 0, &parent, 0), HCSREF_ERROR_INVALID_PARAMETER);
  assert_code(api->create_sandbox_layer(&driver, id, 0, &parent, 1), 0);
  assert_code(api->create_sandbox_layer(&driver, id, 0, &parent, 1), HCSREF_ERROR_FILE_EXISTS);
  assert_code(api->prepare_layer(&driver, id, &parent, 1), HCSREF_ERROR_NOT_READY);
  assert_code(api->get_layer_mount_path(&driver, id, &length, NULL), 0);
  assert_int_equal(length, 49); /* \\?\Volume{GUID} and the NUL: no backslash behind it */
  assert_code(api->activate_layer(&driver, id), 0);
  assert_code(api->activate_layer(&driver, id), HCSREF_ERROR_SHARING_VIOLATION);
  parent.id.data1++;
  assert_code(api->prepare_layer(&driver, id, &parent, 1), HCSREF_ERROR_INVALID_PARAMETER);
  parent.id.data1--;
  assert_code(api->prepare_layer(&driver, id, &parent, 1), 0);
  assert_code(api->deactivate_layer(&driver, id), HCSREF_ERROR_SHARING_VIOLATION);
  assert_code(api->destroy_layer(&driver, id), HCSREF_ERROR_SHARING_VIOLATION);
  world_restart(w, NULL); /* as another process sees it */
  assert_code(api->unprepare_layer(&driver, id), 0);
  assert_code(api->unprepare_layer(&driver, id), HCSREF_ERROR_NOT_READY);
  assert_code(api->deactivate_layer(&driver, id), 0);
  assert_code(api->deactivate_layer(&driver, id), HCSREF_ERROR_NOT_READY);
  assert_code(api->destroy_layer(&driver, id), 0);
  assert_false(os_path_exists(w->scratch));
  assert_code(api->activate_layer(&driver, NULL), HCSREF_ERROR_INVALID_PARAMETER);
  assert_code(api->activate_layer(NULL, id), HCSREF_ERROR_INVALID_PARAMETER);
}

static void a_folder_with_anything_else_is_not_destroyed(void **state) {
  world *w = *state;
  char precious[700];
  snprintf(precious, sizeof precious, "%s" SEPARATOR "precious", w->base);
  assert_true(os_file_replace(precious, "x", 1));
  assert_code(sim_wclayer.destroy_layer(&driver, wide(w, w->base)), HCSREF_WIN32(145));
  assert_true(os_path_exists(precious));
}

#ifndef _WIN32
/* A file that takes another's place is written under a name that nobody could have planted a link at. */
static void planted_links_are_not_followed(void **state) {
  world *w = *state;
  char precious[700], place[700], beside[704], *name, *again;
  size_t size = 0;
  char *text;
  snprintf(precious, sizeof precious, "%s/precious", w->base);
  snprintf(place, sizeof place, "%s/place", w->base);
  snprintf(beside, sizeof beside, "%s.new", place);
  assert_true(os_file_replace(precious, "x", 1));
  assert_int_equal(symlink(precious, beside), 0);
  assert_int_equal(symlink(precious, place), 0);
  assert_true(os_file_replace(place, "new", 3));
  text = os_file_read(precious, 10, &size);
  assert_string_equal(text, "x");
  free(text);
  assert_int_equal(os_path_kind(place), OS_FILE);
  name = os_name_beside(place);
  again = os_name_beside(place);
  assert_non_null(name);
  assert_string_not_equal(name, again);
  free(name);
  free(again);
  assert_true(os_file_remove(precious) && os_file_remove(place) && os_file_remove(beside));
}
#endif

static void ids_that_were_seen_are_kept(void **state) {
  world *w = *state;
  hcsref_win_guid guid;
  assert_code(sim_wclayer.name_to_guid(wide(w, "4"), &guid), 0);
  assert_int_equal(guid.data1, 0xbd9c3ef9u);
  assert_int_equal(guid.data2, 0xf239);
  assert_int_equal(guid.data3, 0x59b5);
  assert_int_equal(guid.data4[0], 0xa2);
  assert_code(sim_wclayer.name_to_guid(wide(w, "another"), &guid), 0);
  assert_int_equal(guid.data3 >> 12, 5); /* a name's GUID */
}

static void a_container_holds_its_layer(void **state) {
  world *w = *state;
  const hcsref_vmcompute *api = &sim_vmcompute;
  hcsref_hcs_system system = NULL;
  hcsref_wchar *result = NULL;
  world_mount(w);
  assert_code(api->create_compute_system(wide(w, "one"), document2(w, ""), NULL, &system, &result),
              HCSREF_VMCOMPUTE_PENDING);
  assert_code(sim_wclayer.unprepare_layer(&driver, wide(w, w->scratch)), HCSREF_ERROR_SHARING_VIOLATION);
  assert_code(api->close_compute_system(system), 0);
  world_settle(w);
  world_unmount(w);
  text_of(w, result);
}

static void namespaces_come_and_go(void **state) {
  world *w = *state;
  const hcsref_computenetwork *api = &sim_computenetwork;
  hcsref_win_guid zero = {0, 0, 0, {0}}, id;
  hcsref_hcn_handle handle = NULL, second = NULL;
  hcsref_wchar *text = NULL;
  hcsref_hcn_namespace answer;
  hcsref_str id_text;
  const char *json;
  assert_code(api->create_namespace(&zero, wide(w, "{\"SchemaVersion\":{\"Major\":2,\"Minor\":0}}"), &handle, &text),
              0);
  assert_code(api->modify_namespace(handle,
                                    wide(w, "{\"ResourceType\":\"Endpoint\",\"RequestType\":\"Add\",\"Settings\":"
                                            "{\"EndpointId\":\"6e0c2b3a-0000-4000-8000-000000000001\"}}"),
                                    &text),
              0x803B0002u);
  text_of(w, text);
  assert_code(api->modify_namespace(
                  handle,
                  wide(w, "{\"ResourceType\":\"Container\",\"RequestType\":\"Add\",\"Settings\":{\"ID\":\"c\"}}"),
                  &text),
              0);
  assert_code(
      api->query_namespace_properties(handle, wide(w, "{\"SchemaVersion\":{\"Major\":2,\"Minor\":0}}"), &text, NULL),
      0);
  json = text_of(w, text);
  assert_contains(json, "{\"Type\":\"Container\",\"Data\":{\"ID\":\"c\"}}");
  memset(&answer, 0, sizeof(answer));
  assert_true(
      hcsref_json_decode(&w->arena, hcsref_cstr(json), &hcsref_type_hcn_namespace, HCSREF_JSON_WHOLE, &answer, NULL));
  id_text = answer.id;
  {
    hcsref_guid guid;
    hcsref_str quoted = {NULL, 0};
    assert_true(hcsref_format(&w->arena, &quoted, "\"%v\"", id_text));
    assert_true(hcsref_json_decode(&w->arena, quoted, &hcsref_type_guid, HCSREF_JSON_WHOLE, &guid, NULL));
    id = hcsref_guid_to_windows(guid);
  }
  assert_code(api->open_namespace(&id, &second, &text), 0);
  assert_code(api->close_namespace(second), 0);
  assert_code(api->close_namespace(handle), 0);
  assert_code(api->close_namespace(handle), HCSREF_ERROR_INVALID_HANDLE);
  assert_code(api->delete_namespace(&id, &text), 0);
  assert_code(api->delete_namespace(&id, &text), HCSREF_ERROR_NOT_FOUND);
  text_of(w, text);
  assert_code(api->open_namespace(&id, &second, &text), HCSREF_ERROR_NOT_FOUND);
  text_of(w, text);
}

static const char *listed(world *w, const char *query) {
  hcsref_wchar *list = NULL, *error = NULL;
  assert_code(net_HcnEnumerateNamespaces(wide(w, query), &list, &error), 0);
  assert_null(error);
  return text_of(w, list);
}

static void namespaces_are_chosen_by_a_filter(void **state) {
  world *w = *state;
  const hcsref_computenetwork *api = &sim_computenetwork;
  hcsref_win_guid ids[2] = {{0x6e0c2b3a, 0, 0x4000, {0x80, 0, 0, 0, 0, 0, 0, 1}},
                            {0x6e0c2b3a, 0, 0x4000, {0x80, 0, 0, 0, 0, 0, 0, 2}}};
  hcsref_hcn_handle handle = NULL;
  hcsref_wchar *list = NULL;
  for (size_t i = 0; i < 2; i++) {
    assert_code(api->create_namespace(&ids[i], wide(w, i == 0 ? "{\"Type\":\"HostDefault\"}" : "{}"), &handle, NULL),
                0);
    assert_code(api->close_namespace(handle), 0);
  }
  assert_int_equal(strlen(listed(w, "{}")), 2 * 38 + 3);
  assert_string_equal(listed(w, "{\"Filter\":\"{\\\"ID\\\":\\\"6E0C2B3A-0000-4000-8000-000000000002\\\"}\"}"),
                      "[\"6e0c2b3a-0000-4000-8000-000000000002\"]");
  assert_string_equal(listed(w, "{\"Filter\":\"{\\\"Type\\\":\\\"HostDefault\\\"}\"}"),
                      "[\"6e0c2b3a-0000-4000-8000-000000000001\"]");
  assert_string_equal(listed(w, "{\"Filter\":\"{\\\"ID\\\":\\\"none\\\"}\"}"), "[]");
  assert_code(net_HcnEnumerateNamespaces(wide(w, "{\"Filter\":\"{\"}"), &list, NULL), 0x803B001Bu);
  for (size_t i = 0; i < 2; i++)
    assert_code(api->delete_namespace(&ids[i], NULL), 0);
}

static void other_networks_are_lists_of_nothing(void **state) {
  world *w = *state;
  hcsref_wchar *text = NULL;
  assert_code(net_HcnEnumerateNetworks(wide(w, "{\"SchemaVersion\":{\"Major\":2,\"Minor\":0}}"), &text, NULL), 0);
  assert_string_equal(text_of(w, text), "[]");
  assert_code(vm_HNSCall(wide(w, "GET"), wide(w, "/globals/version"), wide(w, ""), &text), 0);
  assert_string_equal(text_of(w, text), "{\"Success\":true,\"Error\":\"\",\"Output\":{\"Major\":9,\"Minor\":3}}");
  assert_code(vm_HNSCall(wide(w, "GET"), wide(w, "/networks/"), wide(w, ""), &text), 0);
  assert_contains(text_of(w, text), "\"Output\":[]");
  assert_code(vm_HNSCall(wide(w, "POST"), wide(w, "/networks/"), wide(w, "{}"), &text), 0);
  assert_contains(text_of(w, text), "{\"Success\":false,");
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(layers_have_an_order),
      TEST(a_folder_with_anything_else_is_not_destroyed),
#ifndef _WIN32
      TEST(planted_links_are_not_followed),
#endif
      TEST(ids_that_were_seen_are_kept),
      TEST(a_container_holds_its_layer),
      TEST(namespaces_come_and_go),
      TEST(namespaces_are_chosen_by_a_filter),
      TEST(other_networks_are_lists_of_nothing),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
