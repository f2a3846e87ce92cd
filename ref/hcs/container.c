/* SPDX-License-Identifier: Apache-2.0 */
/* A container from its spec to the request that creates it, in the shim's own order. Source: hcsshim
 * cmd/containerd-shim-runhcs-v1/task_hcs.go createContainer, internal/hcsoci/create.go CreateContainer,
 * internal/hcsoci/resources_wcow.go allocateWindowsResources, internal/oci/sandbox.go GetSandboxTypeAndID. */
#include "hcs/create.h"
#include "hcs/kind.h"
#include "hcs/rules.h"

#define CONTAINER_TYPE "io.kubernetes.cri.container-type"
#define SANDBOX_ID     "io.kubernetes.cri.sandbox-id"

/* One call of CreateContainer. */
typedef struct creation {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  hcsref_oci_spec *spec;
  const hcsref_create_options *options;
  const hcsref_host *host;
  hcsref_error *err;
} creation;

static bool fail_pod(const creation *c, hcsref_str where, const char *format, hcsref_str value) {
  return hcsref_fail(c->arena, c->err, "container-type", where, format, value);
}

/* Of a pod's container both annotations are there, else neither. */
static bool check_pod(const creation *c) {
  const hcsref_str type_at = HCSREF_LIT("/annotations/" CONTAINER_TYPE), id_at = HCSREF_LIT("/annotations/" SANDBOX_ID);
  const hcsref_str *type = hcsref_map_find(&c->spec->annotations, HCSREF_LIT(CONTAINER_TYPE));
  const hcsref_str *id = hcsref_map_find(&c->spec->annotations, HCSREF_LIT(SANDBOX_ID));
  if (type != NULL && !hcsref_str_equal(*type, HCSREF_LIT("container")) &&
      !hcsref_str_equal(*type, HCSREF_LIT("sandbox")))
    return fail_pod(c, type_at, "invalid '" CONTAINER_TYPE "': '%v'", *type);
  if ((type == NULL) == (id == NULL || id->len == 0))
    return true;
  if (type != NULL)
    return fail_pod(c, type_at, "cannot specify '%v' without '" SANDBOX_ID "'", HCSREF_LIT(CONTAINER_TYPE));
  return fail_pod(c, id_at, "cannot specify '%v' without '" CONTAINER_TYPE "'", HCSREF_LIT(SANDBOX_ID));
}

/* Source: hcsshim cmd/containerd-shim-runhcs-v1/service_internal.go createInternal. */
static bool process_annotations(const creation *c) {
  hcsref_error problem = {0};
  if (!c->options->process_annotations || !hcsref_has(c->rules, HCSREF_CHANGE_ANNOTATION_EXPANSION) ||
      hcsref_process_annotations(c->arena, c->rules, &c->spec->annotations, &problem))
    return true;
  if (hcsref_str_equal(hcsref_cstr(problem.code), HCSREF_LIT("out-of-memory")))
    return hcsref_fail_memory(c->err);
  return hcsref_fail(c->arena, c->err, problem.code, problem.where, "unable to process OCI Spec annotations: %v",
                     problem.message);
}

static bool parse_layers(const creation *c) {
  const hcsref_slice none = {NULL, 0, 0};
  const hcsref_oci_windows *windows = c->spec->windows;
  hcsref_layers ignored;
  return !hcsref_has(c->rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST) ||
         hcsref_parse_layers(c->arena, c->rules, &c->options->rootfs, windows == NULL ? &none : &windows->layer_folders,
                             &ignored, c->err);
}

/* Before 0.13 an empty list that is there crashes upstream. */
static bool check_folders(const creation *c) {
  const hcsref_oci_windows *windows = c->spec->windows;
  if (hcsref_has(c->rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST) || (windows != NULL && windows->layer_folders.len != 0))
    return true;
  return hcsref_fail(c->arena, c->err, "layer-folders-missing", HCSREF_LIT("/windows/layerFolders"),
                     "field 'Spec.Windows.Layerfolders' is not populated");
}

/* A spec without a root gets an empty one. */
static bool add_root(const creation *c) {
  if (c->spec->root == NULL)
    c->spec->root = hcsref_arena_alloc(c->arena, sizeof *c->spec->root);
  return c->spec->root != NULL || hcsref_fail_memory(c->err);
}

/* Source: hcsshim internal/hcsoci/cpuaffinity.go applyArgonCPUAffinity, once the container is made. */
static bool check_affinity(const creation *c, const hcsref_create_options *complete) {
  hcsref_slice ignored;
  return complete->hosting_system != NULL || !hcsref_is_schema(&complete->schema, 2, 1) ||
         !hcsref_has(c->rules, HCSREF_CHANGE_CPU_AFFINITY_CHECKED) ||
         hcsref_check_cpu_affinity(c->arena, c->rules, c->spec, c->host, &ignored, c->err);
}

static bool create(const creation *c, hcsref_create_request *out, hcsref_documents *documents) {
  hcsref_create_options complete;
  return process_annotations(c) && parse_layers(c) &&
         hcsref_begin_request(c->arena, c->spec, c->options, c->host, &complete, c->err) && check_pod(c) &&
         check_folders(c) && add_root(c) &&
         hcsref_build_request(c->arena, c->spec, &complete, c->host, true, out, documents, c->err) &&
         check_affinity(c, &complete);
}

bool hcsref_create_container(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_create_options *options,
                             const hcsref_host *host, hcsref_create_request *out, hcsref_documents *documents,
                             hcsref_error *err) {
  const creation c = {arena, hcsref_shim_rules(arena, options->profile, err), spec, options, host, err};
  hcsref_oci_root *root;
  hcsref_map annotations;
  hcsref_create_request request;
  hcsref_documents built;
  if (c.rules == NULL)
    return false;
  if (spec == NULL)
    return hcsref_fail(arena, err, "spec-missing", HCSREF_LIT(""), "spec must be supplied");
  root = spec->root;
  annotations = spec->annotations;
  if (!create(&c, &request, &built)) {
    spec->root = root;
    spec->annotations = annotations;
    return false;
  }
  *out = request;
  if (documents != NULL)
    *documents = built;
  return true;
}
