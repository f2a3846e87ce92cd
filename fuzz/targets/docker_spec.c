/* SPDX-License-Identifier: Apache-2.0 */
/* From docker's configuration to a spec, and from that to dockerd's document: the params of a case "docker-to-oci",
 * with the number of a release. */
#include "mutator/table.h"
#include "support.h"

/* Each is compared with each before it. */
#define MOUNTS_LOOKED_AT 64

/* Each of another behaviour. */
static const char *const releases[] = {"moby-20.10.27", "moby-23.0.15", "moby-24.0.9", "moby-25.0.5",
                                       "moby-26.1.5",   "moby-27.5.1",  "moby-28.5.2", "moby-b985e2313"};

typedef struct docker_params {
  uint32_t release;
  hcsref_str config, host_config, image_config, host, image_os, default_isolation;
  hcsref_slice layer_folders, volumes;
} docker_params;

static const hcsref_field volume_fields[] = {
    FIELD(hcsref_docker_volume, source, "source", hcsref_type_string),
    FIELD(hcsref_docker_volume, destination, "destination", hcsref_type_string),
    FIELD(hcsref_docker_volume, rw, "rw", hcsref_type_bool),
};
static const hcsref_type volume_type = OBJECT(hcsref_docker_volume, volume_fields);
static const hcsref_type volumes_type = LIST(volume_type);

static const hcsref_field params_fields[] = {
    FIELD(docker_params, release, "release", hcsref_type_uint32),
    FIELD(docker_params, config, "config", hcsref_type_raw),
    FIELD(docker_params, host_config, "host_config", hcsref_type_raw),
    FIELD(docker_params, image_config, "image_config", hcsref_type_raw),
    FIELD(docker_params, host, "host", hcsref_type_raw),
    FIELD(docker_params, image_os, "image_os", hcsref_type_string),
    FIELD(docker_params, default_isolation, "default_isolation", hcsref_type_string),
    FIELD(docker_params, layer_folders, "layer_folders", hcsref_type_strings),
    FIELD(docker_params, volumes, "volumes", volumes_type),
};
static const hcsref_type params_type = OBJECT(docker_params, params_fields);

/* What belongs together of one input. */
typedef struct question {
  docker_params params;
  hcsref_docker_config config, image;
  hcsref_docker_host_config host_config;
  hcsref_docker_host host;
  hcsref_docker_input input;
  const hcsref_profile *profile;
} question;

static bool is_given(hcsref_str raw) {
  return raw.len != 0 && !hcsref_str_equal(raw, HCSREF_LIT("null"));
}

static bool decode_configs(hcsref_arena *arena, question *q) {
  const docker_params *in = &q->params;
  hcsref_error err = {0};
  if ((is_given(in->config) && !hcsref_docker_decode_config(arena, in->config, q->profile, &q->config, &err)) ||
      (is_given(in->image_config) &&
       !hcsref_docker_decode_image(arena, in->image_config, q->profile, &q->image, &err)) ||
      (is_given(in->host_config) &&
       !hcsref_docker_decode_host_config(arena, in->host_config, q->profile, &q->host_config, &err))) {
    REQUIRE(err.code != NULL && err.message.len != 0, "what cannot be decoded has a reason");
    return false;
  }
  q->input.config = &q->config;
  q->input.image_config = &q->image;
  q->input.host_config = &q->host_config;
  return true;
}

static bool read_question(hcsref_arena *arena, hcsref_str text, question *q) {
  if (!hcsref_json_decode(arena, text, &params_type, HCSREF_JSON_WHOLE, &q->params, NULL))
    return false;
  q->profile = fuzz_profile(releases[q->params.release % (sizeof releases / sizeof *releases)]);
  if (!decode_configs(arena, q) || !hcsref_docker_script_load(arena, q->params.host, &q->host, NULL))
    return false;
  q->input.id = HCSREF_LIT("0123456789abcdef");
  q->input.base_fs = HCSREF_LIT("\\\\?\\Volume{g}\\");
  q->input.root = HCSREF_LIT("C:\\docker");
  q->input.image_os = q->params.image_os;
  q->input.default_isolation = q->params.default_isolation;
  q->input.layer_folders = q->params.layer_folders;
  q->input.volumes = q->params.volumes;
  return true;
}

/* No destination stands twice. */
static void check_mounts(const hcsref_oci_spec *spec) {
  const hcsref_oci_mount *mounts = spec->mounts.items;
  size_t count = spec->mounts.len < MOUNTS_LOOKED_AT ? spec->mounts.len : MOUNTS_LOOKED_AT;
  // cppcheck-suppress knownConditionTrueFalse ; it is not always
  for (size_t i = 0; i < count; i++) {
    REQUIRE(mounts[i].type.len == 0, "a mount has no type");
    REQUIRE(mounts[i].options.len <= 1, "a mount has one option at most");
    for (size_t k = 0; k < i; k++)
      REQUIRE(!hcsref_str_equal(mounts[i].destination, mounts[k].destination), "a destination stands once");
  }
}

/* What both documents are made of is noted. */
static void check_origins(hcsref_arena *arena, const hcsref_oci_spec *spec,
                          const hcsref_v1_container_config *document) {
  hcsref_provenance *notes = hcsref_provenance_new(arena);
  hcsref_v1_process_config process;
  if (notes == NULL)
    return;
  hcsref_docker_explain(spec, document, notes);
  if (hcsref_docker_process(arena, spec, NULL, &process, NULL))
    hcsref_docker_explain_process(spec->process, "/process", &process, notes);
  REQUIRE(!hcsref_provenance_whole(notes) ||
              hcsref_provenance_find(notes, &document->name, sizeof document->name) != NULL,
          "the name is noted");
}

/* The seeds' layers have ids. */
static const char host_facts[] = "{\"uvm_folder\":\"C:\\\\l\",\"layer_ids\":{"
                                 "\"1\":\"11111111-2222-3333-4444-555555555555\","
                                 "\"2\":\"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\"}}";

/* What the spec has is in the document. */
static void check_document(hcsref_arena *arena, const question *q, const hcsref_oci_spec *spec) {
  hcsref_script *script;
  hcsref_host host;
  hcsref_v1_container_config *document;
  hcsref_error err = {0};
  if (!hcsref_script_load(arena, hcsref_cstr(host_facts), &script, &err))
    return;
  host = hcsref_script_host(script);
  if (!hcsref_docker_document(arena, spec, q->input.id, q->profile, &host, &document, &err)) {
    fuzz_check_error(&err);
    return;
  }
  REQUIRE(document->mapped_directories.len + document->mapped_pipes.len == spec->mounts.len, "each mount is mapped");
  REQUIRE(document->hv_partition == (spec->windows->hyperv != NULL), "isolation is kept");
  REQUIRE(document->layers.len + 1 == spec->windows->layer_folders.len, "each layer is there");
  check_origins(arena, spec, document);
}

static hcsref_str make(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  question q = {0};
  hcsref_docker_result result;
  hcsref_error err = {0};
  bool ok;
  if (!read_question(arena, text, &q))
    return hcsref_str_from(NULL, 0);
  fuzz_tighten(arena, text);
  ok = hcsref_docker_to_oci(arena, &q.input, q.profile, &q.host, &result, &err);
  fuzz_loosen(arena);
  if (!ok) {
    fuzz_check_error(&err);
    return err.message;
  }
  check_mounts(result.spec);
  check_document(arena, &q, result.spec);
  return fuzz_encode(arena, &hcsref_type_oci_spec, result.spec);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual = make(FUZZ_USUAL, text);
  REQUIRE_SAME(make(FUZZ_FRESH, text), usual, "memory does not show");
  fuzz_lean_too(make, text, usual);
  return 0;
}
