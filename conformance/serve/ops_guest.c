/* SPDX-License-Identifier: Apache-2.0 */
/* The operation on what a VM is asked for its network and its containers, step by step. */
#include "serve/operation.h"
#include "serve/params.h"
#include "serve/requests.h"
#include "serve/table.h"

#include "hcsref/vm.h"

typedef struct guest_container {
  hcsref_str id;
  serve_spec_params spec;
} guest_container;

static const hcsref_field container_fields[] = {
    FIELD(guest_container, id, "id", hcsref_type_string),
    FIELD(guest_container, spec.spec, "spec", hcsref_type_raw),
    FIELD(guest_container, spec.spec_base64, "spec_base64", hcsref_type_bytes),
};
static const hcsref_type container_type = OBJECT(guest_container, "container", container_fields);
static const hcsref_type containers_type = LIST(container_type, "[]container");

typedef struct guest_network {
  hcsref_hcn_namespace ns;
  hcsref_slice endpoints; /* of hcsref_vm_endpoint */
} guest_network;

static const hcsref_type endpoints_type = LIST(hcsref_type_vm_endpoint, "[]endpoint");
static const hcsref_field network_fields[] = {
    FIELD(guest_network, ns, "namespace", hcsref_type_hcn_namespace),
    FIELD(guest_network, endpoints, "endpoints", endpoints_type),
};
static const hcsref_type network_type = OBJECT(guest_network, "network", network_fields);
static const hcsref_type network_pointer = POINTER(network_type, "*network");

typedef struct guest_params {
  hcsref_vm_facts uvm;
  guest_network *network;
  hcsref_slice containers; /* of guest_container */
  hcsref_str host;
} guest_params;

static const hcsref_field params_fields[] = {
    FIELD(guest_params, uvm, "uvm", hcsref_type_vm_facts),
    FIELD(guest_params, network, "network", network_pointer),
    FIELD(guest_params, containers, "containers", containers_type),
    FIELD(guest_params, host, "host", hcsref_type_raw),
};
static const hcsref_type params_type = OBJECT(guest_params, "guest-requests", params_fields);

/* One run of the operation. */
typedef struct guest_run {
  serve_request *request;
  const guest_params *params;
  hcsref_vm *vm;
  const hcsref_slice *requests; /* what was asked so far */
  size_t shown;                 /* of them */
  size_t steps;
} guest_run;

static bool has_code(const guest_run *run, const char *code) {
  return hcsref_str_equal(hcsref_cstr(run->request->err->code), hcsref_cstr(code));
}

/* A failure of the VM is part of the answer. Others are failures of the whole: of the case, and where upstream
 * crashes. */
static bool is_part_of_answer(const guest_run *run) {
  static const char *const whole[] = {"out-of-memory", "vm-program", "vm-linux", "layers-not-mounted"};
  if (hcsref_str_has_prefix(hcsref_cstr(run->request->err->code), HCSREF_LIT("json-")))
    return false;
  for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
    if (has_code(run, whole[i]))
      return false;
  return true;
}

/* Appends {"step","requests"[,"error"]}. */
static bool show_step(guest_run *run, const char *step, bool done) {
  const hcsref_error none = {0};
  hcsref_buf *reply = run->request->reply;
  if (!done && !is_part_of_answer(run))
    return false;
  hcsref_buf_append(reply, run->steps++ == 0 ? HCSREF_LIT("{\"step\":\"") : HCSREF_LIT(",{\"step\":\""));
  hcsref_buf_append(reply, hcsref_cstr(step));
  hcsref_buf_append(reply, HCSREF_LIT("\",\"requests\":"));
  if (!serve_append_requests(run->request, run->requests, run->shown))
    return false;
  run->shown = run->requests->len;
  if (!done) {
    hcsref_buf_append(reply, HCSREF_LIT(",\"error\":"));
    if (!hcsref_json_append_as(reply, run->request->rules, &hcsref_type_string, &run->request->err->message, NULL))
      return hcsref_fail_memory(run->request->err);
    *run->request->err = none;
  }
  hcsref_buf_append_char(reply, '}');
  return !reply->failed || hcsref_fail_memory(run->request->err);
}

static bool add_network(guest_run *run) {
  const guest_network *network = run->params->network;
  const hcsref_vm_endpoint *endpoints;
  if (network == NULL)
    return true;
  endpoints = network->endpoints.items;
  if (!show_step(run, "add-namespace", hcsref_vm_add_namespace(run->vm, &network->ns, run->request->err)))
    return false;
  for (size_t i = 0; i < network->endpoints.len; i++)
    if (!show_step(run, "add-endpoint", hcsref_vm_add_endpoint(run->vm, &endpoints[i], run->request->err)))
      return false;
  return true;
}

static bool remove_network(guest_run *run) {
  const guest_network *network = run->params->network;
  const hcsref_vm_endpoint *endpoints;
  if (network == NULL)
    return true;
  endpoints = network->endpoints.items;
  for (size_t i = 0; i < network->endpoints.len; i++)
    if (!show_step(run, "remove-endpoint", hcsref_vm_remove_endpoint(run->vm, &endpoints[i], run->request->err)))
      return false;
  return true;
}

/* What cannot be given back is no error to the shim: it writes it into its log. */
static bool release_container(guest_run *run, hcsref_vm_container *container) {
  const hcsref_error none = {0};
  if (!hcsref_vm_release_container(container, run->request->err) && has_code(run, "out-of-memory"))
    return false;
  *run->request->err = none;
  return show_step(run, "release-container", true);
}

static bool run_container(guest_run *run, const guest_container *container) {
  hcsref_oci_spec *spec;
  hcsref_vm_container *made;
  bool done;
  if (!serve_decode_required_spec(run->request, &container->spec, &hcsref_type_oci_spec, &spec))
    return false;
  done = hcsref_vm_create_container(run->vm, container->id, spec, &made, run->request->err);
  if (!show_step(run, "create-container", done))
    return false;
  return !done || release_container(run, made);
}

static bool run_all(guest_run *run) {
  const guest_container *containers = run->params->containers.items;
  if (!add_network(run))
    return false;
  for (size_t i = 0; i < run->params->containers.len; i++)
    if (!run_container(run, &containers[i]))
      return false;
  return remove_network(run);
}

static bool guest_requests(serve_request *request, const void *params, void *answer) {
  const guest_params *in = params;
  guest_run run = {.request = request, .params = in};
  hcsref_vm_script *script;
  hcsref_vm_host host;
  (void)answer;
  if (!serve_load_vm_host(request, in->host, &script))
    return false;
  host = hcsref_vm_script_host(script);
  run.requests = hcsref_vm_script_requests(script);
  if (!serve_settle_vm(request,
                       hcsref_vm_open(request->arena, request->profile, &in->uvm, &host, &run.vm, request->err)))
    return false;
  hcsref_buf_append_char(request->reply, '[');
  if (!run_all(&run))
    return serve_settle_vm(request, false);
  hcsref_buf_append_char(request->reply, ']');
  return !request->reply->failed || hcsref_fail_memory(request->err);
}

static const serve_operation operations[] = {
    {"guest-requests", SERVE_BY(HCSSHIM), &params_type, NULL, guest_requests},
};

const serve_operations serve_guest_operations = {operations, sizeof(operations) / sizeof(operations[0])};
