/* SPDX-License-Identifier: Apache-2.0 */
#include "documents.h"

static bool is_disk(hcsref_str type) {
  return hcsref_str_equal(type, HCSREF_LIT("physical-disk")) || hcsref_str_equal(type, HCSREF_LIT("virtual-disk")) ||
         hcsref_str_equal(type, HCSREF_LIT("extensible-virtual-disk"));
}

static void check_cpu(const hcsref_oci_spec *spec, const hcsref_v1_container_config *v1,
                      const hcsref_v2_processor *cpu) {
  hcsref_cpu_limits limits = {0, 0, 0};
  REQUIRE(cpu != NULL, "v2 always has a processor");
  REQUIRE((cpu->count > 0) + (cpu->maximum > 0) + (cpu->weight > 0) <= 1, "count %d, limit %d, weight %d",
          (int64_t)cpu->count, (int64_t)cpu->maximum, (int64_t)cpu->weight);
  REQUIRE((uint32_t)cpu->count == v1->processor_count, "count %d and %u", (int64_t)cpu->count,
          (uint64_t)v1->processor_count);
  REQUIRE(cpu->maximum == v1->processor_maximum, "limit %d and %d", (int64_t)cpu->maximum, v1->processor_maximum);
  REQUIRE((uint64_t)(int64_t)cpu->weight == v1->processor_weight, "weight %d and %u", (int64_t)cpu->weight,
          v1->processor_weight);
  REQUIRE(hcsref_convert_cpu_limits(fuzz_arena(FUZZ_SCRATCH), NULL, spec, INT32_MAX, &limits, NULL),
          "limits of a document");
  REQUIRE(limits.weight == cpu->weight && cpu->count <= limits.count, "the document has the limits of the spec");
}

static void check_memory(const hcsref_oci_spec *spec, const hcsref_v1_container_config *v1,
                         const hcsref_v2_memory *memory) {
  uint64_t mb = hcsref_memory_limit_mb(NULL, spec), v2 = memory == NULL ? 0 : memory->size_in_mb;
  REQUIRE((uint64_t)v1->memory_maximum_in_mb == mb && v2 == mb, "%u MB, %d, %u", mb, v1->memory_maximum_in_mb, v2);
  REQUIRE(memory == NULL || mb != 0, "no limit is no object");
}

static void check_storage(const hcsref_oci_spec *spec, const hcsref_v1_container_config *v1,
                          const hcsref_v2_storage_qos *qos) {
  int32_t bps, iops;
  hcsref_storage_limits(NULL, spec, &bps, &iops);
  if (bps <= 0 && iops <= 0) {
    REQUIRE(qos == NULL && v1->storage_bandwidth_maximum == 0 && v1->storage_iops_maximum == 0, "no limit");
    return;
  }
  REQUIRE(qos != NULL && qos->bandwidth_maximum == bps && qos->iops_maximum == iops, "%d and %d", (int64_t)bps,
          (int64_t)iops);
  REQUIRE(v1->storage_bandwidth_maximum == (uint64_t)(int64_t)bps &&
              v1->storage_iops_maximum == (uint64_t)(int64_t)iops,
          "%d and %d", (int64_t)bps, (int64_t)iops);
}

static void check_network(const hcsref_oci_windows_network *network, const hcsref_create_options *options,
                          const hcsref_v1_container_config *v1, const hcsref_v2_networking *v2) {
  const hcsref_str *names;
  size_t dns = 0;
  REQUIRE((network == NULL) == (v2 == NULL), "networking is there when the spec has a network");
  if (network == NULL)
    return;
  REQUIRE_SAME(v1->dns_search_list, v2->dns_search_list, "DNS of v1 and v2");
  REQUIRE_SAME(v1->network_shared_container_name, v2->network_shared_container_name, "network of v1 and v2");
  REQUIRE_SAME(v2->name_space, options->network_namespace, "the namespace is the option's");
  REQUIRE(v1->allow_unqualified_dns_query == v2->allow_unqualified_dns_query &&
              v1->allow_unqualified_dns_query == network->allow_unqualified_dns_query,
          "unqualified queries");
  REQUIRE(v1->endpoint_list.len == network->endpoint_list.len, "every endpoint is there");
  names = network->dns_search_list.items;
  for (size_t i = 0; i < network->dns_search_list.len; i++)
    dns += names[i].len + (i > 0);
  REQUIRE(v1->dns_search_list.len == dns, "%q", v1->dns_search_list);
}

/* The folders of the spec but the last, in both, in the same order and with the same ids. */
static void check_layers(const hcsref_oci_windows *windows, const hcsref_v1_container_config *v1,
                         const hcsref_v2_storage *storage) {
  const hcsref_v1_layer *old = v1->layers.items;
  const hcsref_v2_layer *new = storage->layers.items;
  const hcsref_str *folders = windows->layer_folders.items;
  size_t count = windows->layer_folders.len - 1;
  REQUIRE_SAME(v1->layer_folder_path, folders[count], "the scratch is the last folder");
  REQUIRE(storage->layers.len == 0 || storage->layers.len == count, "%u layers", (uint64_t)storage->layers.len);
  REQUIRE(v1->layers.len == 0 || v1->layers.len == storage->layers.len, "%u layers", (uint64_t)v1->layers.len);
  for (size_t i = 0; i < v1->layers.len; i++) {
    REQUIRE_SAME(old[i].id, new[i].id, "layer ids of v1 and v2");
    REQUIRE_SAME(old[i].path, new[i].path, "layer paths of v1 and v2");
    REQUIRE_SAME(old[i].path, folders[i], "a layer is its folder");
  }
}

static void check_root(const hcsref_oci_spec *spec, const hcsref_v1_container_config *v1,
                       const hcsref_v2_storage *storage) {
  if (v1->volume_path.len == 0)
    return;
  REQUIRE(hcsref_is_volume_path(storage->path), "%q", storage->path);
  REQUIRE_SAME(spec->root->path, storage->path, "the spec's root is what the document has");
  REQUIRE_SAME(v1->volume_path, hcsref_str_first(storage->path, storage->path.len - 1), "v1 has no last backslash");
}

static bool is_read_only(const hcsref_oci_mount *mount) {
  const hcsref_str *options = mount->options.items;
  for (size_t i = 0; i < mount->options.len; i++)
    if (hcsref_str_equal_ascii_fold(options[i], HCSREF_LIT("ro")))
      return true;
  return false;
}

static void check_directory(const hcsref_oci_mount *mount, const hcsref_v1_mapped_dir *v1,
                            const hcsref_v2_mapped_directory *v2) {
  REQUIRE_SAME(v1->host_path, mount->source, "v1 has the source");
  REQUIRE_SAME(v1->container_path, mount->destination, "v1 has the destination");
  REQUIRE_SAME(v2->container_path, mount->destination, "v2 has the destination");
  REQUIRE(v1->read_only == is_read_only(mount) && v2->read_only == v1->read_only, "read-only %q", mount->destination);
}

static void check_pipe(const hcsref_oci_mount *mount, const hcsref_v1_mapped_pipe *v1,
                       const hcsref_v2_mapped_pipe *v2) {
  REQUIRE_SAME(v1->host_path, v2->host_path, "pipes of v1 and v2");
  REQUIRE_SAME(v1->container_pipe_name, v2->container_pipe_name, "pipe names of v1 and v2");
  REQUIRE(hcsref_str_has_suffix(mount->destination, v1->container_pipe_name), "%q", v1->container_pipe_name);
}

/* No mount is lost, none is there twice, the order stays. */
static void check_mounts(const hcsref_oci_spec *spec, const hcsref_create_options *options,
                         const hcsref_v1_container_config *v1, const hcsref_v2_container *v2) {
  const hcsref_oci_mount *mounts = spec->mounts.items;
  const hcsref_v1_mapped_dir *old_dirs = v1->mapped_directories.items;
  const hcsref_v2_mapped_directory *new_dirs = v2->mapped_directories.items;
  const hcsref_v1_mapped_pipe *old_pipes = v1->mapped_pipes.items;
  const hcsref_v2_mapped_pipe *new_pipes = v2->mapped_pipes.items;
  size_t dirs = 0, pipes = 0;
  for (size_t i = 0; i < spec->mounts.len; i++) {
    if (hcsref_is_named_pipe(mounts[i].source)) {
      REQUIRE(pipes < v1->mapped_pipes.len && pipes < v2->mapped_pipes.len, "a pipe is lost: %q", mounts[i].source);
      check_pipe(&mounts[i], &old_pipes[pipes], &new_pipes[pipes]);
      pipes++;
    } else if (options->hosting_system == NULL || !is_disk(mounts[i].type)) {
      REQUIRE(dirs < v1->mapped_directories.len && dirs < v2->mapped_directories.len, "a mount is lost: %q",
              mounts[i].source);
      check_directory(&mounts[i], &old_dirs[dirs], &new_dirs[dirs]);
      dirs++;
    }
  }
  REQUIRE(v1->mapped_pipes.len == pipes && v2->mapped_pipes.len == pipes, "%u pipes", (uint64_t)pipes);
  REQUIRE(v1->mapped_directories.len == dirs && v2->mapped_directories.len == dirs + options->additional_mounts.len,
          "%u directories", (uint64_t)dirs);
}

static void check_identity(const hcsref_oci_spec *spec, const hcsref_v1_container_config *v1,
                           const hcsref_v2_container *v2) {
  REQUIRE_SAME(v1->host_name, spec->hostname, "v1 has the host name");
  REQUIRE_SAME(v2->guest_os == NULL ? HCSREF_LIT("") : v2->guest_os->host_name, spec->hostname, "v2 has the host name");
  REQUIRE(v2->registry_changes != NULL &&
              (v2->registry_changes->add_values.len == 1 || v2->registry_changes->add_values.len == 4),
          "one registry value, and three for dumps");
  if (spec->windows->credential_spec.kind == HCSREF_VALUE_STRING)
    REQUIRE_SAME(v1->credentials, spec->windows->credential_spec.as.string, "v1 has the credential spec");
  else
    REQUIRE(v1->credentials.len == 0 && v2->container_credential_guard == NULL, "only a string is a credential spec");
}

void documents_check(const hcsref_oci_spec *spec, const hcsref_create_options *options,
                     const hcsref_documents *documents) {
  const hcsref_v1_container_config *v1 = documents->v1;
  const hcsref_v2_container *v2 = documents->v2;
  REQUIRE(spec->windows != NULL && spec->root != NULL && v2->storage != NULL, "a document of an incomplete spec");
  check_identity(spec, v1, v2);
  check_cpu(spec, v1, v2->processor);
  check_memory(spec, v1, v2->memory);
  check_storage(spec, v1, v2->storage->qos);
  check_network(spec->windows->network, options, v1, v2->networking);
  check_root(spec, v1, v2->storage);
  check_layers(spec->windows, v1, v2->storage);
  check_mounts(spec, options, v1, v2);
}

hcsref_str documents_text(hcsref_arena *arena, const hcsref_documents *documents) {
  hcsref_buf buf = {.arena = arena};
  hcsref_error err = {0};
  if (!hcsref_json_append(&buf, &hcsref_type_v1_container_config, documents->v1, &err))
    return hcsref_str_from(NULL, 0);
  hcsref_buf_append_char(&buf, '\n');
  if (!hcsref_json_append(&buf, &hcsref_type_v2_container, documents->v2, &err))
    return hcsref_str_from(NULL, 0);
  return hcsref_buf_str(&buf);
}
