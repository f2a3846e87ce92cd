/* SPDX-License-Identifier: Apache-2.0 */
/* Network adapters of containers of a VM: what it is asked, what is undone, and both sides of each change. */
#include "vm_container_stage.h"

#define ENDPOINT "{\"ID\":\"e\",\"MacAddress\":\"m\",\"HostComputeNetwork\":\"n\",\"Policies\":[{\"Type\":\"&\"}]}"

static void an_endpoint_is_hcns_or_hnss(void **state) {
  static const struct {
    const char *profile, *settings;
  } rows[] = {
      {V0_12, "{\"ID\":\"e\",\"Policies\":[{\"Type\":\"&\"}],\"MacAddress\":\"m\"}"},
      {V0_13, "{\"ID\":\"e\",\"HostComputeNetwork\":\"n\",\"Policies\":[{\"Type\":\"&\"}],\"Dns\":{},"
              "\"MacAddress\":\"m\",\"Health\":{\"Extra\":{}},\"SchemaVersion\":{\"Major\":0,\"Minor\":0}}"},
  };
  const hcsref_vm_endpoint endpoint = {HCSREF_LIT("a"), HCSREF_LIT(ENDPOINT)};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    run r;
    begin(&r, rows[i].profile, HOST);
    assert_true(hcsref_vm_add_endpoint(r.vm, &endpoint, &r.stage.err));
    assert_int_equal(vm_count(&r.stage), 3);
    assert_contains(vm_requests(&r.stage, 0), rows[i].settings);
    assert_true(hcsref_vm_remove_endpoint(r.vm, &endpoint, &r.stage.err));
    assert_text(vm_requests(&r.stage, 3),
                "guest {\"RequestType\":\"Remove\",\"Settings\":{\"AdapterId\":\"a\",\"RequestType\":\"Remove\"}}\n"
                "hcs {\"ResourcePath\":\"VirtualMachine/Devices/NetworkAdapters/a\",\"RequestType\":\"Remove\","
                "\"Settings\":{\"EndpointId\":\"e\",\"MacAddress\":\"m\"}}\n");
    vm_stage_free(&r.stage);
  }
}

static void an_adapter_that_is_refused_is_undone(void **state) {
  static const struct {
    const char *host, *message;
    size_t requests;
  } rows[] = {{HOST_REFUSING(0), "guest modify: no", 1},
              {HOST_REFUSING(1), "adding VM resources: no", 2},
              {HOST_REFUSING(2), "guest modify: no", 4}};
  const hcsref_vm_endpoint endpoint = {HCSREF_LIT("a"), HCSREF_LIT(ENDPOINT)};
  const hcsref_vm_endpoint bad = {HCSREF_LIT("a"), HCSREF_LIT("7")};
  run r;
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    begin(&r, V_MAIN, rows[i].host);
    assert_false(hcsref_vm_add_endpoint(r.vm, &endpoint, &r.stage.err));
    assert_text(r.stage.err.message, rows[i].message);
    assert_int_equal(vm_count(&r.stage), rows[i].requests);
    vm_stage_free(&r.stage);
  }
  begin(&r, V_MAIN, HOST);
  assert_false(hcsref_vm_add_endpoint(r.vm, &bad, &r.stage.err));
  assert_string_equal(r.stage.err.code, "json-type");
  vm_stage_free(&r.stage);
}

static void a_namespace_that_is_refused_is_told(void **state) {
  const hcsref_hcn_namespace ns = {.id = HCSREF_LIT("n")};
  run r;
  (void)state;
  begin(&r, V_MAIN, HOST_REFUSING(0));
  assert_false(hcsref_vm_add_namespace(r.vm, &ns, &r.stage.err));
  assert_string_equal(r.stage.err.code, "vm-network");
  assert_text(r.stage.err.message, "guest modify: no");
  r.facts.no_namespace_requests = true;
  assert_true(hcsref_vm_add_namespace(r.vm, &ns, &r.stage.err));
  vm_stage_free(&r.stage);
}

static void what_is_not_covered_is_told(void **state) {
  run r;
  hcsref_vm *vm;
  (void)state;
  begin(&r, V_MAIN, HOST);
  make(&r, "{\"windows\":{\"layerFolders\":[\"L\",\"S\"],\"hyperv\":{},\"credentialSpec\":\"c\"}}");
  assert_false(r.made);
  assert_string_equal(r.stage.err.code, "vm-program");
  r.facts.internal_bridge = true;
  assert_false(hcsref_vm_open(&r.stage.arena, r.stage.profile, &r.facts, &r.stage.host, &vm, &r.stage.err));
  assert_string_equal(r.stage.err.code, "vm-program");
  r.facts.internal_bridge = false;
  r.facts.os = HCSREF_LIT("linux");
  assert_false(hcsref_vm_open(&r.stage.arena, r.stage.profile, &r.facts, &r.stage.host, &vm, &r.stage.err));
  assert_string_equal(r.stage.err.code, "vm-linux");
  r.facts.os = HCSREF_LIT("");
  assert_true(hcsref_vm_open(&r.stage.arena, NULL, &r.facts, &r.stage.host, &vm, &r.stage.err));
  r.stage.profile = hcsref_profile_find(&r.stage.arena, HCSREF_LIT("hcsshim-0.10.0-rc.7+go-1.19.8"), &r.stage.err);
  assert_non_null(r.stage.profile);
  assert_false(hcsref_vm_open(&r.stage.arena, r.stage.profile, &r.facts, &r.stage.host, &vm, &r.stage.err));
  assert_string_equal(r.stage.err.code, "vm-program");
  vm_stage_free(&r.stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_endpoint_is_hcns_or_hnss),
      cmocka_unit_test(an_adapter_that_is_refused_is_undone),
      cmocka_unit_test(a_namespace_that_is_refused_is_told),
      cmocka_unit_test(what_is_not_covered_is_told),
  };
  return cmocka_run_group_tests_name("containers of a VM", tests, NULL, NULL);
}
