/* SPDX-License-Identifier: Apache-2.0 */
/* How the steps of a call to the shim, and those of a VM's document, fail. */
#include "host/message.h"
#include "uvm/call.h"
#include "uvm/document.h"

#define PREFIX "error in preparing config doc: "

bool hcsref_call_fail(const hcsref_shim_call *call, const char *code, const char *where, const char *message) {
  return hcsref_fail(call->arena, call->err, code, hcsref_cstr(where), "%s", message);
}

bool hcsref_call_fail_host(const hcsref_shim_call *call, const char *code, const char *prefix, hcsref_str message) {
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(call->err);
  return hcsref_fail(call->arena, call->err, code, HCSREF_LIT(""), "%s%v", prefix, message);
}

bool hcsref_vm_fail(const hcsref_vm_builder *b, const char *code, const char *where, const char *message) {
  return hcsref_fail(b->call->arena, b->call->err, code, hcsref_cstr(where), PREFIX "%s", message);
}

bool hcsref_vm_fail_host(const hcsref_vm_builder *b, const char *code, const char *where, const char *what,
                         hcsref_str message) {
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(b->call->err);
  return hcsref_fail(b->call->arena, b->call->err, code, hcsref_cstr(where), PREFIX "%s: %v", what, message);
}
