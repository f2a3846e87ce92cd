/* SPDX-License-Identifier: Apache-2.0 */
/* The operations on limits, annotations, devices and dumps. */
#include "serve/operation.h"
#include "serve/params.h"
#include "serve/table.h"

/* {"annotations","annotation"} */
typedef struct annotation_params {
  hcsref_map annotations;
  hcsref_str annotation;
} annotation_params;

static const hcsref_field annotation_fields[] = {
    FIELD(annotation_params, annotations, "annotations", hcsref_type_string_map),
    FIELD(annotation_params, annotation, "annotation", hcsref_type_string),
};
static const hcsref_type annotation_type = OBJECT(annotation_params, "annotation", annotation_fields);

typedef struct bool_answer {
  bool value;
} bool_answer;

static const hcsref_field value_fields[] = {FIELD(bool_answer, value, "value", hcsref_type_bool)};
static const hcsref_type value_type = OBJECT(bool_answer, "annotation-bool", value_fields);

static bool annotation_bool(serve_request *request, const void *params, void *answer) {
  const annotation_params *in = params;
  ((bool_answer *)answer)->value = hcsref_annotation_bool(request->rules, &in->annotations, in->annotation, false);
  return true;
}

typedef struct list_answer {
  hcsref_slice values;
} list_answer;

static const hcsref_field values_fields[] = {FIELD(list_answer, values, "values", hcsref_type_strings)};
static const hcsref_type values_type = OBJECT(list_answer, "annotation-list", values_fields);

static bool annotation_list(serve_request *request, const void *params, void *answer) {
  const annotation_params *in = params;
  return hcsref_annotation_list(request->arena, &in->annotations, in->annotation, &((list_answer *)answer)->values) ||
         hcsref_fail_memory(request->err);
}

typedef struct devices_params {
  hcsref_slice devices;
  hcsref_str schema;
} devices_params;

static const hcsref_type oci_devices_type = LIST(hcsref_type_oci_windows_device, "[]specs.WindowsDevice");
static const hcsref_field devices_fields[] = {
    FIELD(devices_params, devices, "devices", oci_devices_type),
    FIELD(devices_params, schema, "schema", hcsref_type_raw),
};
static const hcsref_type devices_type = OBJECT(devices_params, "assigned-devices", devices_fields);

typedef struct devices_answer {
  hcsref_slice devices;
} devices_answer;

static const hcsref_type v2_devices_type = LIST(hcsref_type_v2_device, "[]hcsschema.Device");
static const hcsref_field devices_answer_fields[] = {FIELD(devices_answer, devices, "devices", v2_devices_type)};
static const hcsref_type devices_answer_type = OBJECT(devices_answer, "devices", devices_answer_fields);

/* Only a v2 document has devices. Source: hcsshim hcsoci/hcsdoc_wcow.go parseAssignedDevices. */
static bool assigned_devices(serve_request *request, const void *params, void *answer) {
  const devices_params *in = params;
  hcsref_v2_version schema;
  bool given;
  if (!serve_decode_schema(request, in->schema, "/schema", &schema, &given))
    return false;
  if (schema.major != 2 || schema.minor != 1)
    return true;
  return hcsref_assigned_devices(request->arena, &in->devices, &((devices_answer *)answer)->devices, request->err);
}

typedef struct extensions_params {
  hcsref_map annotations;
  hcsref_str files, os_build;
} extensions_params;

static const hcsref_field extensions_fields[] = {
    FIELD(extensions_params, annotations, "annotations", hcsref_type_string_map),
    FIELD(extensions_params, files, "files", hcsref_type_raw),
    FIELD(extensions_params, os_build, "os_build", hcsref_type_raw),
};
static const hcsref_type extensions_type = OBJECT(extensions_params, "device-extensions", extensions_fields);

typedef struct extensions_answer {
  hcsref_v2_container_definition_device *extensions;
} extensions_answer;

static const hcsref_type definition_type =
    POINTER(hcsref_type_v2_container_definition_device, "*hcsschema.ContainerDefinitionDevice");
static const hcsref_field extensions_answer_fields[] = {
    FIELD(extensions_answer, extensions, "extensions", definition_type)};
static const hcsref_type extensions_answer_type = OBJECT(extensions_answer, "extensions", extensions_answer_fields);

static bool device_extensions(serve_request *request, const void *params, void *answer) {
  const extensions_params *in = params;
  const hcsref_str null = HCSREF_LIT("null");
  hcsref_str host;
  hcsref_host table;
  if (!hcsref_format(request->arena, &host, "{\"files\":%v,\"os_build\":%v}", in->files.len > 0 ? in->files : null,
                     in->os_build.len > 0 ? in->os_build : null))
    return hcsref_fail_memory(request->err);
  /* The text is made here, so where it fails means nothing in the params beyond the member's name: keep it as is. */
  if (!hcsref_script_load(request->arena, host, &request->script, request->err))
    return false;
  hcsref_script_keep_calls(request->script);
  table = hcsref_script_host(request->script);
  return hcsref_device_extensions(request->arena, &in->annotations, &table, &((extensions_answer *)answer)->extensions,
                                  request->err);
}

typedef struct int_answer {
  int32_t value;
} int_answer;

static const hcsref_field count_fields[] = {FIELD(int_answer, value, "count", hcsref_type_int32)};
static const hcsref_type count_type = OBJECT(int_answer, "count", count_fields);
static const hcsref_field type_fields[] = {FIELD(int_answer, value, "type", hcsref_type_int32)};
static const hcsref_type type_type = OBJECT(int_answer, "dump-type", type_fields);

static bool dump_count(serve_request *request, const void *params, void *answer) {
  return hcsref_dump_count(request->arena, request->rules, &((const annotation_params *)params)->annotations,
                           &((int_answer *)answer)->value, request->err);
}

static bool dump_type(serve_request *request, const void *params, void *answer) {
  return hcsref_dump_type(request->arena, &((const annotation_params *)params)->annotations,
                          &((int_answer *)answer)->value, request->err);
}

typedef struct normalize_params {
  int32_t requested, max_cpu_count;
} normalize_params;

static const hcsref_field normalize_fields[] = {
    FIELD(normalize_params, requested, "requested", hcsref_type_int32),
    FIELD(normalize_params, max_cpu_count, "max_cpu_count", hcsref_type_int32),
};
static const hcsref_type normalize_type = OBJECT(normalize_params, "normalize-processor-count", normalize_fields);

static bool normalize_processor_count(serve_request *request, const void *params, void *answer) {
  const normalize_params *in = params;
  (void)request;
  ((int_answer *)answer)->value = hcsref_normalize_processor_count(in->requested, in->max_cpu_count);
  return true;
}

typedef struct limits_params {
  serve_spec_params spec;
  int32_t max_cpu_count;
} limits_params;

static const hcsref_field limits_fields[] = {
    FIELD(limits_params, spec.spec, "spec", hcsref_type_raw),
    FIELD(limits_params, spec.spec_base64, "spec_base64", hcsref_type_bytes),
    FIELD(limits_params, max_cpu_count, "max_cpu_count", hcsref_type_int32),
};
static const hcsref_type limits_type = OBJECT(limits_params, "limits", limits_fields);

static const hcsref_field cpu_fields[] = {
    FIELD(hcsref_cpu_limits, count, "count", hcsref_type_int32),
    FIELD(hcsref_cpu_limits, limit, "limit", hcsref_type_int32),
    FIELD(hcsref_cpu_limits, weight, "weight", hcsref_type_int32),
};
static const hcsref_type cpu_type = OBJECT(hcsref_cpu_limits, "cpu-limits", cpu_fields);

static bool cpu_limits(serve_request *request, const void *params, void *answer) {
  const limits_params *in = params;
  hcsref_oci_spec *spec;
  return serve_decode_spec(request, &in->spec, &hcsref_type_oci_spec, &spec) &&
         hcsref_convert_cpu_limits(request->arena, request->rules, spec, in->max_cpu_count, answer, request->err);
}

typedef struct memory_answer {
  uint64_t mb;
} memory_answer;

static const hcsref_field memory_fields[] = {FIELD(memory_answer, mb, "mb", hcsref_type_uint64)};
static const hcsref_type memory_type = OBJECT(memory_answer, "memory-limit", memory_fields);

static bool memory_limit(serve_request *request, const void *params, void *answer) {
  hcsref_oci_spec *spec;
  if (!serve_decode_required_spec(request, &((const limits_params *)params)->spec, &hcsref_type_oci_spec, &spec))
    return false;
  ((memory_answer *)answer)->mb = hcsref_memory_limit_mb(request->rules, spec);
  return true;
}

typedef struct storage_answer {
  int32_t bps, iops;
} storage_answer;

static const hcsref_field storage_fields[] = {
    FIELD(storage_answer, bps, "bps", hcsref_type_int32),
    FIELD(storage_answer, iops, "iops", hcsref_type_int32),
};
static const hcsref_type storage_type = OBJECT(storage_answer, "storage-limits", storage_fields);

static bool storage_limits(serve_request *request, const void *params, void *answer) {
  storage_answer *out = answer;
  hcsref_oci_spec *spec;
  if (!serve_decode_required_spec(request, &((const limits_params *)params)->spec, &hcsref_type_oci_spec, &spec))
    return false;
  hcsref_storage_limits(request->rules, spec, &out->bps, &out->iops);
  return true;
}

typedef struct check_answer {
  bool ok;
} check_answer;

static const hcsref_field check_fields[] = {FIELD(check_answer, ok, "ok", hcsref_type_bool)};
static const hcsref_type check_type = OBJECT(check_answer, "check-mounts", check_fields);

static bool check_mounts(serve_request *request, const void *params, void *answer) {
  hcsref_oci_spec *spec;
  if (!serve_decode_spec(request, &((const limits_params *)params)->spec, &hcsref_type_oci_spec, &spec))
    return false;
  ((check_answer *)answer)->ok = hcsref_check_mounts(request->arena, request->rules, spec, request->err);
  return ((check_answer *)answer)->ok;
}

static const serve_operation operations[] = {
    {"annotation-bool", SERVE_BY(HCSSHIM), &annotation_type, &value_type, annotation_bool},
    {"annotation-list", SERVE_BY(HCSSHIM), &annotation_type, &values_type, annotation_list},
    {"assigned-devices", SERVE_BY(HCSSHIM), &devices_type, &devices_answer_type, assigned_devices},
    {"check-mounts", SERVE_BY(HCSSHIM), &limits_type, &check_type, check_mounts},
    {"cpu-limits", SERVE_BY(HCSSHIM), &limits_type, &cpu_type, cpu_limits},
    {"device-extensions", SERVE_BY(HCSSHIM), &extensions_type, &extensions_answer_type, device_extensions},
    {"dump-count", SERVE_BY(HCSSHIM), &annotation_type, &count_type, dump_count},
    {"dump-type", SERVE_BY(HCSSHIM), &annotation_type, &type_type, dump_type},
    {"memory-limit", SERVE_BY(HCSSHIM), &limits_type, &memory_type, memory_limit},
    {"normalize-processor-count", SERVE_BY(HCSSHIM), &normalize_type, &count_type, normalize_processor_count},
    {"storage-limits", SERVE_BY(HCSSHIM), &limits_type, &storage_type, storage_limits},
};

const serve_operations serve_rule_operations = {operations, sizeof(operations) / sizeof(operations[0])};
