/* SPDX-License-Identifier: Apache-2.0 */
/* What a VM is asked for its containers, in a release that the input chooses: the params of a case "guest-requests",
 * and `profile`. */
#include "mutator/table.h"
#include "support.h"
#include "vm_state.h"

#include "hcsref/profile.h"
#include "hcsref/vm.h"

typedef struct vm_container {
  hcsref_str id;
  hcsref_oci_spec *spec;
} vm_container;

typedef struct vm_params {
  uint32_t profile; /* which of the list */
  hcsref_vm_facts uvm;
  hcsref_slice containers; /* of vm_container */
  hcsref_slice endpoints;  /* of hcsref_vm_endpoint */
  hcsref_str host;
} vm_params;

static const hcsref_type spec_pointer = POINTER(hcsref_type_oci_spec);
static const hcsref_field container_fields[] = {
    FIELD(vm_container, id, "id", hcsref_type_string),
    FIELD(vm_container, spec, "spec", spec_pointer),
};
static const hcsref_type container_type = OBJECT(vm_container, container_fields);
static const hcsref_type containers_type = LIST(container_type);
static const hcsref_type endpoints_type = LIST(hcsref_type_vm_endpoint);
static const hcsref_field fields[] = {
    FIELD(vm_params, profile, "profile", hcsref_type_uint32),
    FIELD(vm_params, uvm, "uvm", hcsref_type_vm_facts),
    FIELD(vm_params, containers, "containers", containers_type),
    FIELD(vm_params, endpoints, "endpoints", endpoints_type),
    FIELD(vm_params, host, "host", hcsref_type_raw),
};
static const hcsref_type params_type = OBJECT(vm_params, fields);

/* One on each side of most changes. */
static const char *const names[] = {"hcsshim-main",   "hcsshim-0.14.1",      "hcsshim-0.13.0",
                                    "hcsshim-0.12.9", "hcsshim-0.13.0-rc.1", "hcsshim-0.11.7"};

static const hcsref_profile *find_profile(uint32_t number) {
  return fuzz_profile(names[number % (sizeof names / sizeof names[0])]);
}

/* Which requests the host refuses, by their number. */
typedef struct vm_refusals {
  hcsref_map requests; /* of any */
} vm_refusals;

static const hcsref_type any_map = {
    HCSREF_MAP, "map[string]interface {}", sizeof(hcsref_map), &hcsref_type_any, NULL, 0, 0,
    NULL,       sizeof(hcsref_value_entry)};
static const hcsref_field refusals_fields[] = {FIELD(vm_refusals, requests, "modify_errors", any_map)};
static const hcsref_type refusals_type = OBJECT(vm_refusals, refusals_fields);

/* One call of the target. */
typedef struct run {
  const vm_params *in;
  hcsref_vm *vm;
  const hcsref_slice *requests;
  hcsref_str outcome; /* the last failure */
  vm_refusals refusals;
  vm_state *state; /* after the requests so far; null: one was refused, which may leave anything */
  size_t applied;  /* of the requests */
} run;

static void note(run *r, const hcsref_error *err) {
  fuzz_check_error(err);
  r->outcome = err->message;
}

static bool is_refused(hcsref_arena *arena, const run *r, size_t request) {
  hcsref_str number;
  REQUIRE(hcsref_format(arena, &number, "%u", (uint64_t)request), "memory");
  return hcsref_map_find(&r->refusals.requests, number) != NULL;
}

/* How many disks the VM has now. Every request is possible when its turn comes. */
static size_t count_disks(run *r) {
  const hcsref_vm_request *items = r->requests->items;
  for (; r->state != NULL && r->applied < r->requests->len; r->applied++) {
    if (is_refused(fuzz_arena(FUZZ_SCRATCH), r, r->applied))
      r->state = NULL;
    else
      vm_state_apply(r->state, &items[r->applied]);
  }
  return r->state == NULL ? 0 : vm_state_disks(r->state);
}

/* The scratch of a pod's sandbox stays until the VM ends, made or not. Source: hcsshim internal/hcsoci
 * resources_wcow.go allocateWindowsResources. */
static size_t disks_kept(const hcsref_oci_spec *spec) {
  const hcsref_str *type = hcsref_map_find(&spec->annotations, HCSREF_LIT("io.kubernetes.cri.container-type"));
  return type != NULL && hcsref_str_equal(*type, HCSREF_LIT("sandbox"));
}

/* A disk with several users stayed before hcsshim 3b7c087db. Before 0.12.0-rc.2 a share of single files was not found
 * again, and what a container that could not be made had been given before it stayed as well. Source: hcsshim
 * internal/uvm/vsmb.go removeVSMB. */
static bool may_leave(uint32_t number, bool made) {
  const hcsref_profile *profile = find_profile(number);
  return hcsref_profile_in_range(profile, HCSREF_PROGRAM_HCSSHIM, HCSREF_LIT("hcsshim >=0.12.0-rc.0 <0.13.0-rc.2")) ||
         (!made && hcsref_profile_in_range(profile, HCSREF_PROGRAM_HCSSHIM, HCSREF_LIT("hcsshim <0.12.0-rc.2")));
}

/* Made and released, or not made: then each disk has been given back. */
static void run_container(run *r, const vm_container *container) {
  const size_t before = count_disks(r);
  size_t after;
  hcsref_vm_container *made = NULL;
  hcsref_error err = {0};
  bool done = hcsref_vm_create_container(r->vm, container->id, container->spec, &made, &err), released = true;
  REQUIRE(done == (made != NULL), "made or not");
  if (done)
    done = released = hcsref_vm_release_container(made, &err);
  if (!done)
    note(r, &err);
  after = count_disks(r);
  if (released && r->state != NULL && !may_leave(r->in->profile, made != NULL))
    REQUIRE(after <= before + disks_kept(container->spec), "a disk is left");
}

static void run_endpoints(run *r) {
  const hcsref_vm_endpoint *endpoints = r->in->endpoints.items;
  hcsref_error err = {0};
  for (size_t i = 0; i < r->in->endpoints.len; i++)
    if (!hcsref_vm_add_endpoint(r->vm, &endpoints[i], &err) || !hcsref_vm_remove_endpoint(r->vm, &endpoints[i], &err))
      note(r, &err);
}

static void run_all(run *r, hcsref_arena *arena, const hcsref_vm_host *host) {
  const vm_container *containers = r->in->containers.items;
  hcsref_error err = {0};
  if (!hcsref_vm_open(arena, find_profile(r->in->profile), &r->in->uvm, host, &r->vm, &err)) {
    note(r, &err);
    return;
  }
  run_endpoints(r);
  for (size_t i = 0; i < r->in->containers.len; i++)
    if (containers[i].spec != NULL)
      run_container(r, &containers[i]);
}

/* All requests are JSON. Returns them as one text. */
static hcsref_str show(hcsref_arena *arena, const hcsref_slice *requests, hcsref_str outcome) {
  const hcsref_vm_request *items = requests->items;
  hcsref_buf all = {.arena = arena};
  for (size_t i = 0; i < requests->len; i++) {
    REQUIRE(hcsref_json_valid(fuzz_arena(FUZZ_SCRATCH), items[i].text, HCSREF_JSON_WHOLE, NULL, NULL), "%v is no JSON",
            items[i].text);
    hcsref_buf_append(&all, items[i].text);
  }
  hcsref_buf_append(&all, outcome);
  return hcsref_buf_str(&all);
}

static hcsref_str work(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  vm_params in = {0};
  hcsref_vm_script *script;
  hcsref_vm_host host;
  run r = {.in = &in};
  if (!hcsref_json_decode(arena, text, &params_type, HCSREF_JSON_WHOLE, &in, NULL) ||
      !hcsref_vm_script_load(arena, in.host, &script, NULL) ||
      (in.host.len != 0 && !hcsref_json_decode(arena, in.host, &refusals_type, HCSREF_JSON_WHOLE, &r.refusals, NULL)))
    return hcsref_str_from(NULL, 0);
  host = hcsref_vm_script_host(script);
  r.requests = hcsref_vm_script_requests(script);
  r.outcome = HCSREF_LIT("");
  r.state = vm_state_new(arena);
  run_all(&r, arena, &host);
  return show(arena, r.requests, r.outcome);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual = work(FUZZ_USUAL, text);
  REQUIRE_SAME(work(FUZZ_FRESH, text), usual, "memory does not show");
  return 0;
}
