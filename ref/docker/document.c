/* SPDX-License-Identifier: Apache-2.0 */
/* The schema 1 document that creates a container. Source: moby libcontainerd/local/local_windows.go createWindows; the
 * steps stand in its order, which is the order of the errors. */
#include "docker/document.h"

/* The read-only layers and a scratch. */
#define FEWEST_LAYER_FOLDERS 2
#define BYTES_OF_A_MB        UINT64_C(1048576)

/* Upstream's daemon crashes on a spec without these. */
static bool check_spec(hcsref_docker_builder *b) {
  const hcsref_oci_spec *spec = b->spec;
  if (spec == NULL)
    return hcsref_docker_fail(b, "spec-missing", "", "there is no spec");
  if (spec->linux_ != NULL)
    return hcsref_docker_fail(b, "linux-section", "/linux",
                              hcsref_has(b->rules, HCSREF_CHANGE_MOBY_NO_LCOW)
                                  ? "linux containers are not supported on this platform"
                                  : "lcow option must be supplied to the runtime");
  return spec->windows != NULL ||
         hcsref_docker_fail(b, "windows-missing", "/windows", "the spec has no Windows section");
}

/* int64(limit) / 1024 / 1024, which rounds towards zero: half of all limits are negative. */
static int64_t megabytes(uint64_t bytes) {
  return bytes <= INT64_MAX ? (int64_t)(bytes / BYTES_OF_A_MB) : -(int64_t)((UINT64_MAX - bytes + 1) / BYTES_OF_A_MB);
}

static void build_cpu(hcsref_docker_builder *b, const hcsref_oci_windows_cpu_resources *cpu) {
  uint64_t processors = (uint64_t)b->host->ops->processor_count(b->host->ctx);
  if (cpu->count != NULL)
    b->out->processor_count = (uint32_t)((*cpu->count > processors ? processors : *cpu->count) & UINT32_MAX);
  if (cpu->shares != NULL)
    b->out->processor_weight = *cpu->shares;
  if (cpu->maximum != NULL)
    b->out->processor_maximum = *cpu->maximum;
}

static void build_storage(hcsref_docker_builder *b, const hcsref_oci_windows_storage_resources *storage) {
  if (storage->bps != NULL)
    b->out->storage_bandwidth_maximum = *storage->bps;
  if (storage->iops != NULL)
    b->out->storage_iops_maximum = *storage->iops;
}

/* Nothing is checked here: neither ranges nor that two limits exclude each other. */
static void build_resources(hcsref_docker_builder *b) {
  const hcsref_oci_windows_resources *resources = b->windows->resources;
  if (resources == NULL)
    return;
  if (resources->cpu != NULL)
    build_cpu(b, resources->cpu);
  if (resources->memory != NULL && resources->memory->limit != NULL)
    b->out->memory_maximum_in_mb = megabytes(*resources->memory->limit);
  if (resources->storage != NULL)
    build_storage(b, resources->storage);
}

static bool build_network(hcsref_docker_builder *b) {
  const hcsref_oci_windows_network *network = b->windows->network;
  const hcsref_str *domains;
  hcsref_buf list = {.arena = b->arena};
  if (network == NULL)
    return true;
  domains = network->dns_search_list.items;
  for (size_t i = 0; i < network->dns_search_list.len; i++) {
    if (i != 0)
      hcsref_buf_append_char(&list, ',');
    hcsref_buf_append(&list, domains[i]);
  }
  b->out->endpoint_list = network->endpoint_list;
  b->out->allow_unqualified_dns_query = network->allow_unqualified_dns_query;
  b->out->dns_search_list = hcsref_buf_str(&list);
  b->out->network_shared_container_name = network->network_shared_container_name;
  return !list.failed || hcsref_fail_memory(b->err);
}

static bool build_scratch(hcsref_docker_builder *b) {
  const hcsref_slice *folders = &b->windows->layer_folders;
  if (folders->len < FEWEST_LAYER_FOLDERS)
    return hcsref_docker_fail(b, "layer-folders-missing", "/windows/layerFolders",
                              "OCI spec is invalid - at least two LayerFolders must be supplied to the runtime");
  b->out->layer_folder_path = ((const hcsref_str *)folders->items)[folders->len - 1];
  return true;
}

/* The volume is the root path without its last byte, whatever that is: upstream matches the path with its pattern, but
 * looks only for an error of the pattern. */
static bool build_root(hcsref_docker_builder *b) {
  const hcsref_oci_root *root = b->spec->root;
  if (b->windows->hyperv != NULL && !hcsref_docker_build_vm(b))
    return false;
  if (root == NULL)
    return hcsref_docker_fail(b, "root-missing", "/root", "the spec has no root");
  if (b->windows->hyperv != NULL && root->path.len != 0)
    return hcsref_docker_fail(b, "root-path-given", "/root/path",
                              "OCI spec is invalid - Root.Path must be omitted for a Hyper-V container");
  if (b->windows->hyperv == NULL && root->path.len == 0)
    return hcsref_docker_fail(b, "root-path-empty", "/root/path", "the spec has no root path");
  if (b->windows->hyperv == NULL)
    b->out->volume_path = hcsref_str_first(root->path, root->path.len - 1);
  return !root->readonly || hcsref_docker_fail(b, "root-readonly", "/root/readonly",
                                               "OCI spec is invalid - Root.Readonly must not be set on Windows");
}

static void build_identity(hcsref_docker_builder *b, hcsref_str id) {
  b->out->system_type = HCSREF_LIT("Container");
  b->out->name = id;
  b->out->owner = HCSREF_LIT("docker");
  b->out->ignore_flushes_during_boot = b->windows->ignore_flushes_during_boot;
  b->out->host_name = b->spec->hostname;
  b->out->hv_partition = b->windows->hyperv != NULL;
  if (b->windows->credential_spec.kind == HCSREF_VALUE_STRING)
    b->out->credentials = b->windows->credential_spec.as.string;
}

static bool build_all(hcsref_docker_builder *b, hcsref_str id) {
  build_identity(b, id);
  build_resources(b);
  return build_network(b) && build_scratch(b) && build_root(b) && hcsref_docker_build_layers(b) &&
         hcsref_docker_build_mounts(b) && hcsref_docker_build_devices(b);
}

bool hcsref_docker_document(hcsref_arena *arena, const hcsref_oci_spec *spec, hcsref_str id,
                            const hcsref_profile *profile, const hcsref_host *host, hcsref_v1_container_config **out,
                            hcsref_error *err) {
  hcsref_docker_builder b = {.arena = arena, .spec = spec, .host = host, .err = err};
  b.rules = hcsref_profile_rules(profile, HCSREF_PROGRAM_MOBY);
  if (!check_spec(&b))
    return false;
  b.windows = spec->windows;
  b.out = hcsref_arena_alloc(arena, sizeof *b.out);
  if (b.out == NULL)
    return hcsref_fail_memory(err);
  if (!build_all(&b, id))
    return false;
  *out = b.out;
  return true;
}
