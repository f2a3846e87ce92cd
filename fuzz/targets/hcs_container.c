/* SPDX-License-Identifier: Apache-2.0 */
/* The shim's whole way to a container, in a release that the input chooses: the params of a case "create-container",
 * and `profile`. */
#include "mutator/table.h"
#include "params.h"

#include <string.h>

typedef struct container_params {
  uint32_t profile; /* which of the list */
  document_params document;
  hcsref_slice rootfs;
  bool root_preset;
} container_params;

static const hcsref_type spec_pointer = POINTER(hcsref_type_oci_spec);
static const hcsref_field fields[] = {
    FIELD(container_params, profile, "profile", hcsref_type_uint32),
    FIELD(container_params, document.spec, "spec", spec_pointer),
    FIELD(container_params, document.options, "options", params_options_table),
    FIELD(container_params, document.host, "host", hcsref_type_raw),
    FIELD(container_params, rootfs, "rootfs", params_rootfs_table),
    FIELD(container_params, root_preset, "root_preset", hcsref_type_bool),
};
static const hcsref_type container_type = OBJECT(container_params, fields);

/* One on each side of most changes. */
static const char *const releases[] = {
    "baseline",       "hcsshim-0.9.6",       "hcsshim-0.9.12",      "hcsshim-0.10.0-rc.7", "hcsshim-0.10.0",
    "hcsshim-0.11.7", "hcsshim-0.12.0-rc.1", "hcsshim-0.12.9",      "hcsshim-0.13.0-rc.3", "hcsshim-0.13.0",
    "hcsshim-0.14.0", "hcsshim-0.14.1",      "hcsshim-0.15.0-rc.1", "hcsshim-0.15.0-rc.3", "hcsshim-main"};
/* Neighbours between which nothing changed that a container could show. */
static const char *const equals[][2] = {{"hcsshim-0.11.4+go-1.19.8", "hcsshim-0.11.7+go-1.19.8"},
                                        {"hcsshim-0.12.0-rc.2+go-1.22.12", "hcsshim-0.12.9+go-1.22.12"},
                                        {"hcsshim-0.13.0-rc.1+go-1.24.4", "hcsshim-0.13.0-rc.3+go-1.24.4"}};
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const container_params *read_params(hcsref_arena *arena, hcsref_str text, const char *release,
                                           const hcsref_profile **profile) {
  container_params first = {0}, *params = hcsref_arena_alloc(arena, sizeof *params);
  REQUIRE(params != NULL, "no memory for params");
  if (!hcsref_json_decode(arena, text, &container_type, HCSREF_JSON_WHOLE, &first, NULL))
    return NULL;
  *profile = fuzz_profile(release != NULL ? release : releases[first.profile % COUNT(releases)]);
  return hcsref_json_decode_as(arena, hcsref_profile_rules(*profile, HCSREF_PROGRAM_HCSSHIM), text, &container_type,
                               HCSREF_JSON_WHOLE, params, NULL)
             ? params
             : NULL;
}

/* What holds in every release. */
static void check_documents(const hcsref_oci_spec *spec, const hcsref_create_options *options,
                            const hcsref_documents *documents) {
  const hcsref_v1_container_config *v1 = documents->v1;
  const hcsref_v2_container *v2 = documents->v2;
  REQUIRE(spec != NULL && spec->windows != NULL && spec->root != NULL && v2->storage != NULL,
          "a document of an incomplete spec");
  REQUIRE(v2->processor != NULL && (uint32_t)v2->processor->count == v1->processor_count, "processors");
  REQUIRE(v1->mapped_pipes.len == v2->mapped_pipes.len, "pipes of v1 and v2");
  REQUIRE(v1->mapped_pipes.len + v1->mapped_directories.len <= spec->mounts.len, "no mount is there twice");
  REQUIRE(v2->mapped_directories.len <= v1->mapped_directories.len + options->additional_mounts.len, "directories");
  REQUIRE(options->hosting_system != NULL || v1->layers.len == v2->storage->layers.len || v1->layers.len == 0,
          "layers of v1 and v2");
  REQUIRE(v2->isolation_type.len == 0 || spec->windows->hyperv != NULL, "isolation without Hyper-V");
}

static hcsref_str create(hcsref_arena *arena, hcsref_str text, const char *release, bool noted) {
  static const char untouched[] = "untouched";
  hcsref_create_request request = {untouched, {0}, {0}, NULL, NULL};
  hcsref_documents documents = {NULL, NULL};
  const hcsref_profile *profile;
  const container_params *in = read_params(arena, text, release, &profile);
  hcsref_create_options options;
  hcsref_oci_spec before = {0};
  hcsref_error err = {0};
  hcsref_str out = {NULL, 0};
  fuzz_host host;
  bool ok;
  if (in == NULL || !params_options(arena, &in->document.options, in->document.host, &host, &options))
    return out;
  options.profile = profile;
  options.rootfs = in->rootfs;
  options.root_preset = in->root_preset;
  options.process_annotations = true;
  if (noted)
    options.provenance = hcsref_provenance_new(arena);
  if (in->document.spec != NULL)
    before = *in->document.spec;
  fuzz_tighten(arena, text);
  ok = hcsref_create_container(arena, in->document.spec, &options, &host.host, &request, &documents, &err);
  fuzz_loosen(arena);
  if (ok) {
    check_documents(in->document.spec, &options, &documents);
    (void)hcsref_json_encode_as(arena, hcsref_profile_rules(profile, HCSREF_PROGRAM_HCSSHIM), request.document_type,
                                request.document, &out, NULL);
    return out;
  }
  fuzz_check_error(&err);
  REQUIRE(request.kind == untouched && documents.v1 == NULL, "a failure leaves the request untouched");
  if (in->document.spec != NULL)
    REQUIRE(memcmp(&before, in->document.spec, sizeof before) == 0, "a failure leaves the spec untouched");
  return err.message;
}

static hcsref_str create_chosen(int which, hcsref_str text) {
  return create(fuzz_arena(which), text, NULL, which == FUZZ_FRESH);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual = create_chosen(FUZZ_USUAL, text);
  REQUIRE_SAME(create_chosen(FUZZ_FRESH, text), usual, "memory does not show");
  fuzz_lean_too(create_chosen, text, usual);
  for (size_t i = 0; i < COUNT(equals); i++) {
    hcsref_str one = create(fuzz_arena(FUZZ_FRESH), text, equals[i][0], true);
    REQUIRE_SAME(create(fuzz_arena(FUZZ_SCRATCH), text, equals[i][1], false), one,
                 "releases that are equal answer alike");
  }
  return 0;
}
