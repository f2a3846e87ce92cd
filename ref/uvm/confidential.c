/* SPDX-License-Identifier: Apache-2.0 */
/* Confidential VMs: what a security policy entails. Source: hcsshim internal/oci/uvm.go handleWCOWSecurityPolicy,
 * handleWCOWIsolationType; internal/uvm/create_wcow.go ConfidentialVMGSPath and its like. */
#include "uvm/boot.h"
#include "uvm/read.h"

#include "hcsref/path.h"

#define VM       HCSREF_VM_ANNOTATION
#define LEAST_MB 2048

/* Names of the kinds of isolation, and the file that keeps the state of such a VM. */
static const struct {
  const char *name, *type, *state_file;
} isolations[] = {
    {"SecureNestedPaging", "SecureNestedPaging", "cwcow.snp.vmgs"},
    {"SNP", "SecureNestedPaging", "cwcow.snp.vmgs"},
    {"VirtualizationBasedSecurity", "VirtualizationBasedSecurity", "cwcow.vbs.vmgs"},
    {"VBS", "VirtualizationBasedSecurity", "cwcow.vbs.vmgs"},
    {"GuestStateOnly", "GuestStateOnly", "cwcow.gso.vmgs"},
};

/* The folder of the boot files: what the annotation says, else beside the shim. */
bool hcsref_vm_confidential_file(const hcsref_shim_call *call, const char *name, hcsref_str *out) {
  hcsref_str parts[4], root = call->options->boot_files_root_path;
  if (root.len != 0) {
    parts[0] = root;
    parts[1] = hcsref_cstr(name);
    return hcsref_path_join_as(call->arena, call->rules, parts, 2, out) || hcsref_fail_memory(call->err);
  }
  if (!hcsref_path_dir_as(call->arena, call->rules, call->settings->shim_path, &parts[0]))
    return hcsref_fail_memory(call->err);
  parts[1] = HCSREF_LIT("WindowsBootFiles");
  parts[2] = HCSREF_LIT("confidential");
  parts[3] = hcsref_cstr(name);
  return hcsref_path_join_as(call->arena, call->rules, parts, 4, out) || hcsref_fail_memory(call->err);
}

/* An annotation that names a file, else the one in the folder of the boot files. */
static bool read_file(const hcsref_shim_call *call, hcsref_str key, const char *name, hcsref_str *out) {
  const hcsref_str *given = hcsref_vm_annotation(call, key);
  if (given != NULL) {
    *out = *given;
    return true;
  }
  return hcsref_vm_confidential_file(call, name, out);
}

/* Memory that nobody can see is not overcommitted. */
static bool read_isolation(const hcsref_shim_call *call, const char **state_file) {
  hcsref_uvm_options *o = call->options;
  hcsref_str fallback = hcsref_vm_read_bool(call, HCSREF_LIT(VM "no_security_hardware"), false)
                            ? HCSREF_LIT("GuestStateOnly")
                            : HCSREF_LIT("SecureNestedPaging");
  hcsref_str name = hcsref_vm_read_string(call, HCSREF_LIT(VM "wcow.isolation_type"), fallback);
  for (size_t i = 0; i < sizeof(isolations) / sizeof(isolations[0]); i++)
    if (hcsref_str_equal(name, hcsref_cstr(isolations[i].name))) {
      o->isolation_type = hcsref_cstr(isolations[i].type);
      o->allow_overcommit = false;
      *state_file = isolations[i].state_file;
      return true;
    }
  return hcsref_fail(call->arena, call->err, "confidential-isolation",
                     HCSREF_LIT("/annotations/" VM "wcow.isolation_type"), "invalid WCOW isolation type %q", name);
}

/* The spec's own limit does not count here. */
static bool read_memory(const hcsref_shim_call *call) {
  hcsref_uvm_options *o = call->options;
  o->memory_size_in_mb = hcsref_vm_read_uint64(call, HCSREF_LIT(VM "computetopology.memory.sizeinmb"), LEAST_MB);
  return o->memory_size_in_mb >= LEAST_MB ||
         hcsref_fail(call->arena, call->err, "confidential-memory",
                     HCSREF_LIT("/annotations/" VM "computetopology.memory.sizeinmb"),
                     "minimum 2048MB of memory is required for confidential pods, got: %u", o->memory_size_in_mb);
}

static bool read_policy(const hcsref_shim_call *call) {
  hcsref_uvm_options *o = call->options;
  const char *state_file = NULL;
  o->security_policy = hcsref_vm_read_string(call, HCSREF_LIT(VM "wcow.securitypolicy"), HCSREF_LIT(""));
  if (o->security_policy.len == 0)
    return true;
  o->security_policy_enabled = true;
  if (!read_memory(call))
    return false;
  o->security_policy_enforcer = hcsref_vm_read_string(call, HCSREF_LIT(VM "wcow.enforcer"), HCSREF_LIT(""));
  o->disable_secure_boot = hcsref_vm_read_bool(call, HCSREF_LIT(VM "wcow.no_secure_boot"), false);
  if (!read_isolation(call, &state_file) ||
      !read_file(call, HCSREF_LIT(VM "wcow.gueststatefile"), state_file, &o->guest_state_file_path) ||
      !read_file(call, HCSREF_LIT(VM "wcow.uvm-reference-info-file"), "reference_info.cose",
                 &o->uvm_reference_info_file))
    return false;
  return !hcsref_has(call->rules, HCSREF_CHANGE_VM_RESOURCE_PARTITION_FIELD) ||
         read_file(call, HCSREF_LIT(VM "uvm-hash-envelope-reference-info-file"), "reference_info_hash_envelope.cose",
                   &o->uvm_hash_envelope_reference_info_file);
}

static bool check_debug(const hcsref_shim_call *call) {
  const hcsref_uvm_options *o = call->options;
  if (!o->debug_mode)
    return true;
  if (!o->security_policy_enabled)
    return hcsref_call_fail(call, "debug-mode", "/annotations/io.microsoft.wcow.debug",
                            "\"io.microsoft.wcow.debug\" is only supported for confidential WCOW");
  return o->debug_data_path.len != 0 ||
         hcsref_call_fail(call, "debug-mode", "/annotations/io.microsoft.wcow.debug",
                          "\"io.microsoft.wcow.debug_data_path\" must be set to a non-empty path when "
                          "\"io.microsoft.wcow.debug\" is enabled");
}

bool hcsref_call_read_confidential(hcsref_shim_call *call) {
  return read_policy(call) && check_debug(call);
}
