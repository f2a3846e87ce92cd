/* SPDX-License-Identifier: Apache-2.0 */
#include "stages.h"

#include <string.h>

/* The shim's rules for documents, the plugin's for what kubelet says. */
static const hcsref_rules *rules_of(const bench_stages *s) {
  if (s->work->kind == WORKLOAD_CONTAINER && !s->work->newest)
    return NULL;
  return hcsref_profile_rules(s->profile, s->work->kind == WORKLOAD_CRI      ? HCSREF_PROGRAM_CONTAINERD
                                          : s->work->kind == WORKLOAD_DOCKER ? HCSREF_PROGRAM_MOBY
                                                                             : HCSREF_PROGRAM_HCSSHIM);
}

static bool decode_as(bench_stages *s, const hcsref_type *type, hcsref_json_mode mode, void *out) {
  return hcsref_json_decode_as(&s->arena, rules_of(s), hcsref_str_from(s->work->text, s->work->size), type, mode, out,
                               &s->err);
}

bool stage_decode(bench_stages *s, translation *t) {
  hcsref_arena_reset(&s->arena);
  memset(t, 0, sizeof(*t));
  switch (s->work->kind) {
  case WORKLOAD_CRI:
    return decode_as(s, &hcsref_type_cri_container_config, HCSREF_JSON_WHOLE, &t->in.cri);
  case WORKLOAD_DOCKER:
    return hcsref_docker_decode_config(&s->arena, hcsref_str_from(s->work->text, s->work->size), s->profile,
                                       &t->in.docker, &s->err);
  default:
    return decode_as(s, &hcsref_type_oci_spec, HCSREF_JSON_STREAM, &t->in.spec);
  }
}

/* ---- the stages -------------------------------------------------------------------------------------------------- */

static bool map_machine(bench_stages *s, translation *t) {
  hcsref_uvm_settings settings = {.profile = s->profile, .id = HCSREF_LIT(WORKLOAD_POD)};
  hcsref_vm_host host = bench_vm_host(s->host);
  return hcsref_uvm_document(&s->arena, &t->in.spec, &settings, &host, &t->machine, &s->err) &&
         (t->machine != NULL || hcsref_fail(&s->arena, &s->err, "vm", HCSREF_LIT(""), "no VM is made"));
}

static bool map_cri(bench_stages *s, translation *t) {
  hcsref_cri_pod_sandbox_metadata metadata = {.name = HCSREF_LIT("web-0"), .namespace_ = HCSREF_LIT("prod")};
  hcsref_cri_pod_sandbox_config pod = {.metadata = &metadata, .hostname = HCSREF_LIT("web-0")};
  hcsref_cri_container container = {.profile = s->profile,
                                    .id = HCSREF_LIT("bench"),
                                    .sandbox_id = HCSREF_LIT(WORKLOAD_POD),
                                    .name = HCSREF_LIT("server"),
                                    .image_name = HCSREF_LIT("docker.io/library/app:1"),
                                    .network_namespace = HCSREF_LIT("4f2e7f0a-6d3c-4f6b-9a43-0e7c5b7f2d11"),
                                    .config = &t->in.cri,
                                    .sandbox_config = &pod};
  return hcsref_cri_container_spec(&s->arena, &container, &s->host->host, &t->spec, &s->err);
}

static bool map_docker(bench_stages *s, translation *t) {
  hcsref_docker_host_config host_config = {0};
  hcsref_docker_input input = {
      .config = &t->in.docker,
      .host_config = &host_config,
      .id = HCSREF_LIT("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
      .base_fs = HCSREF_LIT("\\\\?\\Volume{8a25748f-cf34-4ac6-9ee2-c89400e886db}"),
      .layer_folders = {t->layer_folders, sizeof t->layer_folders / sizeof t->layer_folders[0], 0},
      .default_isolation = HCSREF_LIT("process"),
      .root = HCSREF_LIT("C:\\ProgramData\\docker")};
  hcsref_docker_host host = bench_docker_host(s->host);
  hcsref_docker_result result = {0};
  t->layer_folders[0] = HCSREF_LIT("C:\\ProgramData\\docker\\windowsfilter\\2");
  t->layer_folders[1] = HCSREF_LIT("C:\\ProgramData\\docker\\windowsfilter\\1");
  t->layer_folders[2] = HCSREF_LIT("C:\\ProgramData\\docker\\windowsfilter\\own");
  if (!hcsref_docker_to_oci(&s->arena, &input, s->profile, &host, &result, &s->err))
    return false;
  t->spec = *result.spec;
  return hcsref_docker_document(&s->arena, result.spec, input.id, s->profile, &s->host->host, &t->documents.v1,
                                &s->err);
}

bool stage_map(bench_stages *s, translation *t) {
  switch (s->work->kind) {
  case WORKLOAD_MACHINE:
    return map_machine(s, t);
  case WORKLOAD_CRI:
    return map_cri(s, t);
  case WORKLOAD_DOCKER:
    return map_docker(s, t);
  default:
    return hcsref_oci_to_hcs(&s->arena, &t->in.spec, s->options, &s->host->host, &t->documents, &s->err);
  }
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

static bool encode(bench_stages *s, const hcsref_type *type, const void *value, hcsref_str *out) {
  return hcsref_json_encode_as(&s->arena, rules_of(s), type, value, out, &s->err);
}

bool stage_encode(bench_stages *s, translation *t) {
  switch (s->work->kind) {
  case WORKLOAD_MACHINE:
    return encode(s, &hcsref_type_v2_compute_system, t->machine, &t->v2);
  case WORKLOAD_CRI:
    return encode(s, &hcsref_type_oci_spec, &t->spec, &t->v2);
  case WORKLOAD_DOCKER:
    return encode(s, &hcsref_type_oci_spec, &t->spec, &t->v2) &&
           encode(s, &hcsref_type_v1_container_config, t->documents.v1, &t->v1);
  default:
    return encode(s, &hcsref_type_v1_container_config, t->documents.v1, &t->v1) &&
           encode(s, &hcsref_type_v2_container, t->documents.v2, &t->v2);
  }
}
