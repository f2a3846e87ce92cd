/* SPDX-License-Identifier: Apache-2.0 */
/* dockerd's operations: from its configuration to a spec, and its documents. */
#include "serve/operation.h"
#include "serve/params.h"
#include "serve/table.h"

#include "hcsref/docker_script.h"

/* ---- docker-to-oci ---------------------------------------------------------------------------------------------- */

typedef struct image_params {
  hcsref_str os, config;
} image_params;

typedef struct container_params {
  hcsref_str id, base_fs, layer_folders, network_shared_container_id;
  bool has_been_started_before;
  hcsref_slice shared_endpoints, mounts;
  hcsref_map *configs;
} container_params;

typedef struct network_params {
  hcsref_str *hnsid, *gw_hnsid;
  bool allow_unqualified_dns;
  hcsref_str missing;
} network_params;

typedef struct network_entry {
  hcsref_str key;
  network_params value;
} network_entry;

typedef struct daemon_params {
  hcsref_str default_isolation, root;
  hcsref_slice dns_search;
} daemon_params;

typedef struct docker_params {
  hcsref_str config, host_config, host;
  image_params image;
  container_params container;
  hcsref_map networks;
  daemon_params daemon;
} docker_params;

static const hcsref_type string_ptr = POINTER(hcsref_type_string, "*string");
static const hcsref_type string_map_ptr = POINTER(hcsref_type_string_map, "*map[string]string");

static const hcsref_field image_fields[] = {
    FIELD(image_params, os, "os", hcsref_type_string),
    FIELD(image_params, config, "config", hcsref_type_raw),
};
static const hcsref_type image_type = OBJECT(image_params, "image", image_fields);

static const hcsref_field volume_fields[] = {
    FIELD(hcsref_docker_volume, source, "source", hcsref_type_string),
    FIELD(hcsref_docker_volume, destination, "destination", hcsref_type_string),
    FIELD(hcsref_docker_volume, rw, "rw", hcsref_type_bool),
};
static const hcsref_type volume_type = OBJECT(hcsref_docker_volume, "mount", volume_fields);
static const hcsref_type volumes_type = LIST(volume_type, "[]mount");

static const hcsref_field container_fields[] = {
    FIELD(container_params, id, "id", hcsref_type_string),
    FIELD(container_params, base_fs, "base_fs", hcsref_type_string),
    FIELD(container_params, layer_folders, "layer_folders", hcsref_type_raw),
    FIELD(container_params, network_shared_container_id, "network_shared_container_id", hcsref_type_string),
    FIELD(container_params, has_been_started_before, "has_been_started_before", hcsref_type_bool),
    FIELD(container_params, shared_endpoints, "shared_endpoints", hcsref_type_strings),
    FIELD(container_params, mounts, "mounts", volumes_type),
    FIELD(container_params, configs, "configs", string_map_ptr),
};
static const hcsref_type container_type = OBJECT(container_params, "container", container_fields);

static const hcsref_field network_fields[] = {
    FIELD(network_params, hnsid, "hnsid", string_ptr),
    FIELD(network_params, gw_hnsid, "gw_hnsid", string_ptr),
    FIELD(network_params, allow_unqualified_dns, "allow_unqualified_dns", hcsref_type_bool),
    FIELD(network_params, missing, "missing", hcsref_type_string),
};
static const hcsref_type network_type = OBJECT(network_params, "network", network_fields);
static const hcsref_type networks_type = {.kind = HCSREF_MAP,
                                          .go_name = "map[string]network",
                                          .size = sizeof(hcsref_map),
                                          .elem = &network_type,
                                          .entry_size = sizeof(network_entry)};

static const hcsref_field daemon_fields[] = {
    FIELD(daemon_params, default_isolation, "default_isolation", hcsref_type_string),
    FIELD(daemon_params, root, "root", hcsref_type_string),
    FIELD(daemon_params, dns_search, "dns_search", hcsref_type_strings),
};
static const hcsref_type daemon_type = OBJECT(daemon_params, "daemon", daemon_fields);

static const hcsref_field docker_fields[] = {
    FIELD(docker_params, config, "config", hcsref_type_raw),
    FIELD(docker_params, host_config, "host_config", hcsref_type_raw),
    FIELD(docker_params, image, "image", image_type),
    FIELD(docker_params, container, "container", container_type),
    FIELD(docker_params, networks, "networks", networks_type),
    FIELD(docker_params, daemon, "daemon", daemon_type),
    FIELD(docker_params, host, "host", hcsref_type_raw),
};
static const hcsref_type docker_type = OBJECT(docker_params, "docker-to-oci", docker_fields);

/* A list, or {"error": text}. */
static bool read_layer_folders(serve_request *request, hcsref_str raw, hcsref_docker_input *input) {
  static const hcsref_field error_fields[] = {{"error", 5, 0, &hcsref_type_string, NULL, false, 0, 0, NULL}};
  static const hcsref_type error_type = {
      .kind = HCSREF_STRUCT, .go_name = "error", .size = sizeof(hcsref_str), .fields = error_fields, .field_count = 1};
  hcsref_str *error;
  if (serve_is_null(raw))
    return true;
  if (raw.data[0] != '{')
    return serve_decode_member(request, raw, "/container/layer_folders", &hcsref_type_strings, &input->layer_folders);
  error = hcsref_arena_alloc(request->arena, sizeof *error);
  if (error == NULL)
    return hcsref_fail_memory(request->err);
  input->layer_folders_error = error;
  return serve_decode_member(request, raw, "/container/layer_folders", &error_type, error);
}

static bool read_networks(serve_request *request, const hcsref_map *networks, hcsref_slice *out) {
  const network_entry *entries = networks->entries;
  for (size_t i = 0; i < networks->len; i++) {
    hcsref_docker_network *network = hcsref_slice_push(request->arena, out, sizeof *network);
    if (network == NULL)
      return hcsref_fail_memory(request->err);
    network->hnsid = entries[i].value.hnsid;
    network->gw_hnsid = entries[i].value.gw_hnsid;
    network->allow_unqualified_dns = entries[i].value.allow_unqualified_dns;
    network->missing = entries[i].value.missing.len != 0;
  }
  return true;
}

/* What the API's body and the image say, decoded as the release decodes it. */
typedef struct docker_configs {
  hcsref_docker_config config, image;
  hcsref_docker_host_config host;
} docker_configs;

static bool read_configs(serve_request *request, const docker_params *in, docker_configs *configs,
                         hcsref_docker_input *input) {
  if (!serve_is_null(in->config)) {
    if (!hcsref_docker_decode_config(request->arena, in->config, request->profile, &configs->config, request->err))
      return serve_fail_in(request, "/config");
    input->config = &configs->config;
  }
  if (!serve_is_null(in->host_config)) {
    if (!hcsref_docker_decode_host_config(request->arena, in->host_config, request->profile, &configs->host,
                                          request->err))
      return serve_fail_in(request, "/host_config");
    input->host_config = &configs->host;
  }
  if (!serve_is_null(in->image.config)) {
    if (!hcsref_docker_decode_image(request->arena, in->image.config, request->profile, &configs->image, request->err))
      return serve_fail_in(request, "/image/config");
    input->image_config = &configs->image;
  }
  return true;
}

static bool read_input(serve_request *request, const docker_params *in, docker_configs *configs,
                       hcsref_docker_input *input) {
  const container_params *container = &in->container;
  input->image_os = in->image.os;
  input->id = container->id;
  input->base_fs = container->base_fs;
  input->has_been_started_before = container->has_been_started_before;
  input->network_shared_container_id = container->network_shared_container_id;
  input->shared_endpoints = container->shared_endpoints;
  input->configs = container->configs;
  input->volumes = container->mounts;
  input->default_isolation = in->daemon.default_isolation;
  input->daemon_dns_search = in->daemon.dns_search;
  input->root = in->daemon.root;
  return read_configs(request, in, configs, input) && read_layer_folders(request, container->layer_folders, input) &&
         read_networks(request, &in->networks, &input->networks);
}

/* The recorded answers are without the spec's first member, ociVersion, which is the release's alone. */
static bool append_spec(serve_request *request, const hcsref_docker_result *result) {
  hcsref_type without_version = hcsref_type_oci_spec;
  without_version.fields++;
  without_version.field_count--;
  hcsref_buf_append(request->reply, HCSREF_LIT("{\"spec\":"));
  if (!hcsref_json_append_as(request->reply, request->rules, &without_version, result->spec, request->err))
    return false;
  if (result->warnings.len != 0) {
    hcsref_buf_append(request->reply, HCSREF_LIT(",\"warnings\":"));
    if (!hcsref_json_append_as(request->reply, request->rules, &hcsref_type_strings, &result->warnings, request->err))
      return false;
  }
  hcsref_buf_append_char(request->reply, '}');
  return !request->reply->failed || hcsref_fail_memory(request->err);
}

static bool docker_to_oci(serve_request *request, const void *params, void *answer) {
  const docker_params *in = params;
  docker_configs configs = {0};
  hcsref_docker_input input = {0};
  hcsref_docker_host host;
  hcsref_docker_result result;
  (void)answer;
  if (!read_input(request, in, &configs, &input))
    return false;
  if (!hcsref_docker_script_load(request->arena, in->host, &host, request->err))
    return serve_fail_in(request, "/host");
  return hcsref_docker_to_oci(request->arena, &input, request->profile, &host, &result, request->err) &&
         append_spec(request, &result);
}

/* ---- oci-to-process ------------------------------------------------------------------------------------------- */

typedef struct process_params {
  serve_spec_params spec;
  hcsref_oci_process *exec;
} process_params;

static const hcsref_type process_ptr = POINTER(hcsref_type_oci_process, "*specs.Process");
static const hcsref_field process_fields[] = {
    FIELD(process_params, spec.spec, "spec", hcsref_type_raw),
    FIELD(process_params, spec.spec_base64, "spec_base64", hcsref_type_bytes),
    FIELD(process_params, exec, "exec", process_ptr),
};
static const hcsref_type process_type = OBJECT(process_params, "oci-to-process", process_fields);

typedef struct process_answer {
  hcsref_v1_process_config process;
} process_answer;

static const hcsref_field process_answer_fields[] = {
    FIELD(process_answer, process, "process", hcsref_type_v1_process_config),
};
static const hcsref_type process_answer_type = OBJECT(process_answer, "oci-to-process answer", process_answer_fields);

static bool oci_to_process(serve_request *request, const void *params, void *answer) {
  const process_params *in = params;
  process_answer *out = answer;
  hcsref_oci_spec *spec;
  return serve_decode_spec(request, &in->spec, &hcsref_type_oci_spec, &spec) &&
         hcsref_docker_process(request->arena, spec, in->exec, &out->process, request->err);
}

static const serve_operation operations[] = {
    {"docker-to-oci", SERVE_BY(MOBY), &docker_type, NULL, docker_to_oci},
    {"oci-to-process", SERVE_BY(MOBY), &process_type, &process_answer_type, oci_to_process},
};

const serve_operations serve_docker_operations = {operations, sizeof(operations) / sizeof(operations[0])};
