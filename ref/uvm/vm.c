/* SPDX-License-Identifier: Apache-2.0 */
#include "uvm/vm.h"

#include "gojson/html.h"
#include "host/message.h"

bool hcsref_vm_open(hcsref_arena *arena, const hcsref_profile *profile, const hcsref_vm_facts *facts,
                    const hcsref_vm_host *host, hcsref_vm **out, hcsref_error *err) {
  const hcsref_rules *rules = hcsref_profile_rules(profile, HCSREF_PROGRAM_HCSSHIM);
  hcsref_vm *vm;
  if (rules == NULL || !hcsref_has(rules, HCSREF_CHANGE_VM_SIDE))
    return hcsref_fail(arena, err, "vm-program", HCSREF_LIT(""),
                       "nothing is known of VMs in this profile: they are recorded from hcsshim 0.11.0 on");
  if (facts->internal_bridge)
    return hcsref_fail(arena, err, "vm-program", HCSREF_LIT("/internal_bridge"),
                       "a guest that the service speaks with is not covered");
  if (facts->os.len != 0 && !hcsref_str_equal(facts->os, HCSREF_LIT("windows")))
    return hcsref_fail(arena, err, "vm-linux", HCSREF_LIT("/os"), "Linux containers on Windows are not covered");
  vm = hcsref_arena_alloc(arena, sizeof(*vm));
  if (vm == NULL)
    return hcsref_fail_memory(err);
  vm->arena = arena;
  vm->profile = profile;
  vm->facts = facts;
  vm->host = host;
  vm->rules = rules;
  *out = vm;
  return true;
}

void hcsref_vm_explain(hcsref_vm *vm, hcsref_provenance *notes) {
  vm->provenance = notes;
}

void hcsref_vm_made_for(hcsref_vm *vm, const char *format, ...) {
  va_list args;
  if (vm->provenance == NULL)
    return;
  va_start(args, format);
  if (!hcsref_format_args(vm->arena, &vm->made_for, format, args))
    vm->made_for = hcsref_no_message();
  va_end(args);
}

bool hcsref_vm_say(const hcsref_vm *vm, hcsref_str *why, const char *format, ...) {
  va_list args;
  va_start(args, format);
  if (!hcsref_format_args(vm->arena, why, format, args))
    *why = hcsref_no_message();
  va_end(args);
  return false;
}

bool hcsref_vm_wrap(const hcsref_vm *vm, const char *prefix, hcsref_str *why) {
  return hcsref_is_no_message(*why) ? false : hcsref_vm_say(vm, why, "%s%v", prefix, *why);
}

/* Containers are in guests of VMs. */
static bool crosses_bridge(const hcsref_vm *vm, const char *to) {
  const hcsref_str target = hcsref_cstr(to);
  return hcsref_str_equal(target, HCSREF_LIT("guest")) ||
         (hcsref_str_equal(target, HCSREF_LIT("container")) && vm->facts != NULL);
}

bool hcsref_vm_send(const hcsref_vm *vm, const char *to, const hcsref_type *type, const void *value, hcsref_str *why) {
  hcsref_vm_request request = {.to = to, .where = vm->made_for};
  *why = hcsref_no_message();
  if (!hcsref_json_encode_as(vm->arena, vm->rules, type, value, &request.text, NULL))
    return false;
  if (crosses_bridge(vm, to) && !hcsref_json_plain_html(vm->arena, request.text, &request.text))
    return false;
  return vm->host->ops->modify(vm->host->ctx, vm->arena, &request, why);
}

static bool encode_settings(const hcsref_vm *vm, const hcsref_type *type, const void *settings, hcsref_str *out) {
  return settings == NULL || hcsref_json_encode_as(vm->arena, vm->rules, type, settings, out, NULL);
}

bool hcsref_vm_modify(const hcsref_vm *vm, const char *to, hcsref_str path, const char *request_type,
                      const hcsref_type *type, const void *settings, hcsref_str *why) {
  hcsref_v2_modification change = {.resource_path = path, .request_type = hcsref_cstr(request_type)};
  *why = hcsref_no_message();
  return encode_settings(vm, type, settings, &change.settings) &&
         hcsref_vm_send(vm, to, &hcsref_type_v2_modification, &change, why);
}

bool hcsref_vm_ask_guest(const hcsref_vm *vm, const char *request_type, const char *resource_type,
                         const hcsref_type *type, const void *settings, hcsref_str *why) {
  hcsref_guest_modification change = {.request_type = hcsref_cstr(request_type),
                                      .resource_type = hcsref_cstr(resource_type)};
  *why = hcsref_no_message();
  return encode_settings(vm, type, settings, &change.settings) &&
         hcsref_vm_send(vm, "guest", &hcsref_type_guest_modification, &change, why);
}
