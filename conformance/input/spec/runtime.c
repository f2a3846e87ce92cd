/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/runtime.h"

#include "compare/text.h"
#include "input/spec/note.h"
#include "input/text.h"
#include "serve/table.h"

#include <string.h>

/* ---- the shim's options ---- */

/* Go's names, which the configuration has, and protobuf's, in which crictl prints them. Source: hcsshim
 * cmd/containerd-shim-runhcs-v1/options/runhcs.proto. */
#define OPTION(member, go, proto, type)                                                                                \
  ROW(input_shim, member, go, type, true), ROW(input_shim, member, proto, type, true)

static const hcsref_field shim_fields[] = {
    OPTION(options.sandbox_isolation, "SandboxIsolation", "sandbox_isolation", hcsref_type_int32),
    OPTION(options.sandbox_platform, "SandboxPlatform", "sandbox_platform", hcsref_type_string),
    OPTION(options.boot_files_root_path, "BootFilesRootPath", "boot_files_root_path", hcsref_type_string),
    OPTION(options.vm_processor_count, "VmProcessorCount", "vm_processor_count", hcsref_type_int32),
    OPTION(options.vm_memory_size_in_mb, "VmMemorySizeInMb", "vm_memory_size_in_mb", hcsref_type_int32),
    ROW(input_shim, options.nc_proxy_addr, "NCProxyAddr", hcsref_type_string, true),
    OPTION(options.default_container_annotations, "DefaultContainerAnnotations", "default_container_annotations",
           hcsref_type_string_map),
    OPTION(scale_cpu_limits, "ScaleCpuLimitsToSandbox", "scale_cpu_limits_to_sandbox", hcsref_type_bool),
};
static const hcsref_type shim_type = OBJECT(input_shim, "options.Options", shim_fields);

bool input_read_shim(hcsref_arena *arena, const kit_json *node, input_shim **out, hcsref_error *err) {
  *out = NULL;
  if (node == NULL || node->kind != KIT_JSON_OBJECT)
    return true;
  *out = hcsref_arena_alloc(arena, sizeof **out);
  if (*out == NULL)
    return hcsref_fail_memory(err);
  return hcsref_json_decode(arena, node->raw, &shim_type, HCSREF_JSON_WHOLE, *out, err);
}

/* ---- the runtime ---- */

static const hcsref_type spec_pointer = POINTER(hcsref_type_oci_spec, "*specs.Spec");
static const hcsref_field runtime_fields[] = {
    FIELD(input_runtime, pod_annotations, "pod_annotations", hcsref_type_strings),
    FIELD(input_runtime, container_annotations, "container_annotations", hcsref_type_strings),
    FIELD(input_runtime, base_runtime_spec, "base_runtime_spec", spec_pointer),
    FIELD(input_runtime, sandbox_image, "sandbox_image", hcsref_type_string),
};
static const hcsref_type runtime_type = OBJECT(input_runtime, "runtime", runtime_fields);

/* What else containerd's configuration says about a runtime has no effect on a spec. */
static bool note_others(hcsref_arena *arena, const kit_json *object, const hcsref_type *type, const char *above,
                        const char *read, hcsref_slice *notes) {
  for (const kit_json *child = object->first; child != NULL; child = child->next) {
    hcsref_buf where = {.arena = arena};
    if (hcsref_type_field(type, child->key) != NULL ||
        (*above == '\0' && hcsref_str_equal(child->key, HCSREF_LIT("options"))))
      continue;
    hcsref_buf_append(&where, hcsref_cstr(above));
    kit_pointer_append(&where, child->key);
    if (where.failed || !input_add_note(arena, notes, hcsref_buf_str(&where), "is ignored: --runtime reads %s", read))
      return false;
  }
  return true;
}

static bool note_unread(hcsref_arena *arena, const kit_json *tree, const kit_json *options, hcsref_slice *notes) {
  static const char read[] =
      "pod_annotations, container_annotations, base_runtime_spec, sandbox_image and the options of the shim";
  static const char options_read[] =
      "SandboxIsolation, SandboxPlatform, BootFilesRootPath, VmProcessorCount, VmMemorySizeInMb, NCProxyAddr, "
      "DefaultContainerAnnotations and ScaleCpuLimitsToSandbox";
  return (tree->kind != KIT_JSON_OBJECT || note_others(arena, tree, &runtime_type, "", read, notes)) &&
         (options == NULL || options->kind != KIT_JSON_OBJECT ||
          note_others(arena, options, &shim_type, "/options", options_read, notes));
}

static bool read_options(hcsref_arena *arena, const kit_json *options, input_runtime *out, hcsref_error *err) {
  if (input_read_shim(arena, options, &out->shim, err))
    return true;
  return hcsref_format(arena, &err->where, "/options%v", err->where) && false;
}

bool input_read_runtime(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str bytes, input_runtime *out,
                        hcsref_slice *notes, hcsref_error *err) {
  const kit_json *options;
  hcsref_str text;
  kit_json *tree;
  memset(out, 0, sizeof *out);
  if (!input_read_tree(arena, bytes, &runtime_type, &text, &tree, err))
    return false;
  options = kit_json_get(tree, "options");
  if (!note_unread(arena, tree, options, notes))
    return hcsref_fail_memory(err);
  return hcsref_json_decode_as(arena, rules, text, &runtime_type, HCSREF_JSON_WHOLE, out, err) &&
         read_options(arena, options, out, err);
}
