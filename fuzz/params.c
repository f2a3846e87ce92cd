/* SPDX-License-Identifier: Apache-2.0 */
#include "params.h"

#include "mutator/table.h"

#include <string.h>

static const hcsref_type string_pointer = POINTER(hcsref_type_string);
static const hcsref_type uint32_pointer = POINTER(hcsref_type_uint32);
static const hcsref_type spec_pointer = POINTER(hcsref_type_oci_spec);
static const hcsref_type cri_spec_pointer = POINTER(hcsref_type_oci_spec_cri);
static const hcsref_type config_pointer = POINTER(hcsref_type_cri_container_config);
static const hcsref_type resources_pointer = POINTER(hcsref_type_cri_windows_container_resources);
static const hcsref_type mount_pointer = POINTER(hcsref_type_cri_mount);
static const hcsref_type mount_pointers = LIST(mount_pointer);
static const hcsref_type guard_pointer = POINTER(hcsref_type_v2_container_credential_guard_state);
static const hcsref_type directories = LIST(hcsref_type_v2_mapped_directory);
static const hcsref_type windows_devices = LIST(hcsref_type_oci_windows_device);

#define CRI_FIELDS(s, at)                                                                                              \
  FIELD(s, at spec, "spec", cri_spec_pointer), FIELD(s, at config, "config", config_pointer),                          \
      FIELD(s, at extra_mounts, "extra_mounts", mount_pointers),                                                       \
      FIELD(s, at network_namespace, "network_namespace", string_pointer),                                             \
      FIELD(s, at credential_spec, "credential_spec", string_pointer),                                                 \
      FIELD(s, at sandbox_shares, "sandbox_shares", hcsref_type_bool),                                                 \
      FIELD(s, at resources, "resources", resources_pointer), FIELD(s, at host, "host", hcsref_type_raw)

static const hcsref_field cri_fields[] = {CRI_FIELDS(cri_params, )};
const hcsref_type params_cri = OBJECT(cri_params, cri_fields);

static const hcsref_field options_fields[] = {
    FIELD(options_params, id, "id", hcsref_type_string),
    FIELD(options_params, owner, "owner", hcsref_type_string),
    FIELD(options_params, actual_id, "actual_id", hcsref_type_string),
    FIELD(options_params, actual_owner, "actual_owner", hcsref_type_string),
    FIELD(options_params, network_namespace, "network_namespace", hcsref_type_string),
    FIELD(options_params, schema, "schema", hcsref_type_raw),
    FIELD(options_params, hosting_system, "hosting_system", hcsref_type_raw),
    FIELD(options_params, ccg_state, "ccg_state", guard_pointer),
    FIELD(options_params, additional_mounts, "additional_mounts", directories),
    FIELD(options_params, scale_cpu_limits_to_sandbox, "scale_cpu_limits_to_sandbox", hcsref_type_bool),
};
const hcsref_type params_options_table = OBJECT(options_params, options_fields);

static const hcsref_field rootfs_fields[] = {
    FIELD(hcsref_rootfs_mount, type, "type", hcsref_type_string),
    FIELD(hcsref_rootfs_mount, source, "source", hcsref_type_string),
    FIELD(hcsref_rootfs_mount, target, "target", hcsref_type_string),
    FIELD(hcsref_rootfs_mount, options, "options", hcsref_type_strings),
};
static const hcsref_type rootfs_mount = OBJECT(hcsref_rootfs_mount, rootfs_fields);
const hcsref_type params_rootfs_table = LIST(rootfs_mount);

static const hcsref_field document_fields[] = {
    FIELD(document_params, spec, "spec", spec_pointer),
    FIELD(document_params, options, "options", params_options_table),
    FIELD(document_params, host, "host", hcsref_type_raw),
};
const hcsref_type params_document = OBJECT(document_params, document_fields);

static const hcsref_field pipeline_fields[] = {
    CRI_FIELDS(pipeline_params, cri.),
    FIELD(pipeline_params, options, "options", params_options_table),
};
const hcsref_type params_pipeline = OBJECT(pipeline_params, pipeline_fields);

static const hcsref_field limits_fields[] = {
    FIELD(limits_params, spec, "spec", spec_pointer),
    FIELD(limits_params, max_cpu_count, "max_cpu_count", hcsref_type_int32),
    FIELD(limits_params, limit, "limit", hcsref_type_int32),
    FIELD(limits_params, host_cpus, "host_cpus", hcsref_type_int32),
    FIELD(limits_params, uvm_cpus, "uvm_cpus", hcsref_type_int32),
};
const hcsref_type params_limits = OBJECT(limits_params, limits_fields);

static const hcsref_field extensions_fields[] = {
    FIELD(extensions_params, annotations, "annotations", hcsref_type_string_map),
    FIELD(extensions_params, files, "files", hcsref_type_raw),
    FIELD(extensions_params, os_build, "os_build", uint32_pointer),
};
const hcsref_type params_extensions = OBJECT(extensions_params, extensions_fields);

static const hcsref_field devices_fields[] = {FIELD(devices_params, devices, "devices", windows_devices)};
const hcsref_type params_devices = OBJECT(devices_params, devices_fields);

void *params_read(hcsref_arena *arena, hcsref_str text, const hcsref_type *table) {
  void *params = hcsref_arena_alloc(arena, table->size);
  REQUIRE(params != NULL, "no memory for %s", table->go_name);
  return hcsref_json_decode(arena, text, table, HCSREF_JSON_WHOLE, params, NULL) ? params : NULL;
}

/* "v1", "v2" or {"Major","Minor"}; anything else, none. */
static void read_schema(hcsref_arena *arena, hcsref_str raw, hcsref_create_options *out) {
  out->has_schema = true;
  if (hcsref_str_equal(raw, HCSREF_LIT("\"v1\""))) {
    out->schema.major = 1;
  } else if (hcsref_str_equal(raw, HCSREF_LIT("\"v2\""))) {
    out->schema.major = 2;
    out->schema.minor = 1;
  } else {
    out->has_schema = hcsref_str_has_prefix(raw, HCSREF_LIT("{")) &&
                      hcsref_json_decode(arena, raw, &hcsref_type_v2_version, HCSREF_JSON_WHOLE, &out->schema, NULL);
  }
}

bool params_options(hcsref_arena *arena, const options_params *in, hcsref_str host_text, fuzz_host *host,
                    hcsref_create_options *out) {
  memset(out, 0, sizeof *out);
  if (!fuzz_host_load(arena, host_text, in->hosting_system, host))
    return false;
  read_schema(arena, in->schema, out);
  out->id = in->id;
  out->owner = in->owner;
  out->actual_id = in->actual_id;
  out->actual_owner = in->actual_owner;
  out->network_namespace = in->network_namespace;
  out->ccg_state = in->ccg_state;
  out->additional_mounts = in->additional_mounts;
  out->scale_cpu_limits_to_sandbox = in->scale_cpu_limits_to_sandbox;
  out->hosting_system = host->vm;
  return true;
}

hcsref_cri_settings params_settings(const cri_params *in) {
  hcsref_cri_settings settings = {
      in->config, in->extra_mounts, in->network_namespace, in->sandbox_shares, in->resources, in->credential_spec,
      NULL};
  return settings;
}
