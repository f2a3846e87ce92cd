/* SPDX-License-Identifier: Apache-2.0 */
/* The network of a VM. Source: hcsshim internal/uvm/network.go AddNetNS, addNIC, removeNIC; internal/uvm/modify.go. */
#include "host/message.h"
#include "uvm/vm.h"

#define ADAPTERS "VirtualMachine/Devices/NetworkAdapters/"

bool hcsref_vm_fail_step(const hcsref_vm *vm, const char *code, hcsref_str why, hcsref_error *err) {
  if (hcsref_is_no_message(why))
    return hcsref_fail_memory(err);
  return hcsref_fail(vm->arena, err, code, HCSREF_LIT(""), "%v", why);
}

bool hcsref_vm_add_namespace(hcsref_vm *vm, const hcsref_hcn_namespace *ns, hcsref_error *err) {
  hcsref_str why;
  if (vm->facts->no_namespace_requests ||
      hcsref_vm_ask_guest(vm, "Add", "NetworkNamespace", &hcsref_type_hcn_namespace, ns, &why))
    return true;
  (void)hcsref_vm_wrap(vm, "guest modify: ", &why);
  return hcsref_vm_fail_step(vm, "vm-network", why, err);
}

/* ---- adapters ---- */

/* An endpoint as far as the VM itself is told of it. */
typedef struct adapter {
  hcsref_str id;    /* of the adapter */
  hcsref_str guest; /* JSON text of the endpoint, for the guest */
  hcsref_v2_network_adapter settings;
} adapter;

static bool decode(const hcsref_vm *vm, hcsref_str text, const hcsref_type *type, void *out, hcsref_error *err) {
  return hcsref_json_decode_as(vm->arena, vm->rules, text, type, HCSREF_JSON_WHOLE, out, err);
}

static bool encode(const hcsref_vm *vm, const hcsref_type *type, const void *value, hcsref_str *out,
                   hcsref_error *err) {
  return hcsref_json_encode_as(vm->arena, vm->rules, type, value, out, NULL) || hcsref_fail_memory(err);
}

static bool read_hcn(const hcsref_vm *vm, const hcsref_vm_endpoint *endpoint, adapter *out, hcsref_error *err) {
  hcsref_hcn_endpoint hcn = {0};
  if (!decode(vm, endpoint->endpoint, &hcsref_type_hcn_endpoint, &hcn, err) ||
      !encode(vm, &hcsref_type_hcn_endpoint, &hcn, &out->guest, err))
    return false;
  out->settings.endpoint_id = hcn.id;
  out->settings.mac_address = hcn.mac_address;
  return true;
}

static bool read_hns(const hcsref_vm *vm, const hcsref_vm_endpoint *endpoint, adapter *out, hcsref_error *err) {
  hcsref_hns_endpoint hns = {0};
  if (!decode(vm, endpoint->endpoint, &hcsref_type_hns_endpoint, &hns, err) ||
      !encode(vm, &hcsref_type_hns_endpoint, &hns, &out->guest, err))
    return false;
  out->settings.endpoint_id = hns.id;
  out->settings.mac_address = hns.mac_address;
  return true;
}

static bool read_endpoint(const hcsref_vm *vm, const hcsref_vm_endpoint *endpoint, adapter *out, hcsref_error *err) {
  out->id = endpoint->nic_id;
  return hcsref_has(vm->rules, HCSREF_CHANGE_VM_HCN_ENDPOINTS) ? read_hcn(vm, endpoint, out, err)
                                                               : read_hns(vm, endpoint, out, err);
}

static bool ask_host(const hcsref_vm *vm, const adapter *nic, const char *request_type, hcsref_str *why) {
  hcsref_str path;
  *why = hcsref_no_message();
  return hcsref_format(vm->arena, &path, ADAPTERS "%v", nic->id) &&
         hcsref_vm_modify(vm, "hcs", path, request_type, &hcsref_type_v2_network_adapter, &nic->settings, why);
}

/* Guests before 1809 call the adapter otherwise. `resource_type` null: a request that names none. */
static bool ask_guest(const hcsref_vm *vm, const adapter *nic, const char *resource_type, const char *request_type,
                      hcsref_str settings, hcsref_str *why) {
  const hcsref_host *host = &vm->host->base;
  const hcsref_guest_network_modification change = {nic->id, hcsref_cstr(request_type), settings};
  const hcsref_guest_network_modification_rs4 old = {nic->id, hcsref_cstr(request_type), settings};
  const char *outer = hcsref_str_equal(hcsref_cstr(request_type), HCSREF_LIT("PreAdd")) ? "Add" : request_type;
  if (host->ops->os_build(host->ctx) >= HCSREF_BUILD_RS5)
    return hcsref_vm_ask_guest(vm, outer, resource_type, &hcsref_type_guest_network_modification, &change, why);
  return hcsref_vm_ask_guest(vm, outer, resource_type, &hcsref_type_guest_network_modification_rs4, &old, why);
}

static bool add(const hcsref_vm *vm, const adapter *nic, hcsref_str *why) {
  const hcsref_str none = HCSREF_LIT("");
  hcsref_str ignored;
  if (!ask_guest(vm, nic, "Network", "PreAdd", nic->guest, why))
    return hcsref_vm_wrap(vm, "guest modify: ", why);
  if (!ask_host(vm, nic, "Add", why))
    return hcsref_vm_wrap(vm, "adding VM resources: ", why);
  if (ask_guest(vm, nic, "Network", "Add", none, why))
    return true;
  (void)ask_host(vm, nic, "Remove", &ignored);
  return hcsref_vm_wrap(vm, "guest modify: ", why);
}

bool hcsref_vm_add_endpoint(hcsref_vm *vm, const hcsref_vm_endpoint *endpoint, hcsref_error *err) {
  adapter nic = {0};
  hcsref_str why;
  return read_endpoint(vm, endpoint, &nic, err) &&
         (add(vm, &nic, &why) || hcsref_vm_fail_step(vm, "vm-network", why, err));
}

static bool take_out(const hcsref_vm *vm, const adapter *nic, hcsref_str *why) {
  if (!ask_guest(vm, nic, "", "Remove", HCSREF_LIT(""), why))
    return hcsref_vm_wrap(vm, "guest modify: ", why);
  return ask_host(vm, nic, "Remove", why) || hcsref_vm_wrap(vm, "removing VM resources: ", why);
}

bool hcsref_vm_remove_endpoint(hcsref_vm *vm, const hcsref_vm_endpoint *endpoint, hcsref_error *err) {
  adapter nic = {0};
  hcsref_str why;
  return read_endpoint(vm, endpoint, &nic, err) &&
         (take_out(vm, &nic, &why) || hcsref_vm_fail_step(vm, "vm-network", why, err));
}
