/* SPDX-License-Identifier: Apache-2.0 */
#include "host.h"

#include <string.h>

static int32_t processor_count(void *ctx) {
  (void)ctx;
  return 8;
}

static uint32_t os_build(void *ctx) {
  (void)ctx;
  return HCSREF_BUILD_LTSC2022;
}

/* The end of the folder's name, where names differ. */
static bool layer_id(void *ctx, hcsref_arena *arena, hcsref_str folder, hcsref_guid *id, hcsref_str *message) {
  size_t skipped = folder.len < sizeof(id->data) ? 0 : folder.len - sizeof(id->data);
  (void)ctx;
  (void)arena;
  (void)message;
  memset(id->data, 0, sizeof(id->data));
  memcpy(id->data, folder.data + skipped, folder.len - skipped);
  return true;
}

static hcsref_path_status stat_path(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                    hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)path;
  (void)message;
  if (is_dir != NULL)
    *is_dir = true;
  return HCSREF_PATH_OK;
}

static bool mkdir_all(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)path;
  (void)message;
  return true;
}

/* "C:\a" is "\\?\Volume{…}\a". */
static bool resolve(void *ctx, hcsref_arena *arena, hcsref_str path, int mode, hcsref_str *target,
                    hcsref_str *message) {
  hcsref_buf text = {.arena = arena};
  (void)ctx;
  (void)mode;
  (void)message;
  hcsref_buf_append(&text, HCSREF_LIT("\\\\?\\Volume{8a25748f-cf34-4ac6-9ee2-c89400e886db}"));
  hcsref_buf_append(&text, hcsref_str_skip(path, 2));
  *target = hcsref_buf_str(&text);
  return !text.failed;
}

static bool read_file(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *data, hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)path;
  (void)message;
  *data = HCSREF_LIT("{}");
  return true;
}

static const hcsref_host_ops ready_answers = {.processor_count = processor_count,
                                              .os_build = os_build,
                                              .layer_id = layer_id,
                                              .stat = stat_path,
                                              .mkdir_all = mkdir_all,
                                              .resolve = resolve,
                                              .read_file = read_file};

/* ---- of a VM ---------------------------------------------------------------------------------------------------- */

static bool processors(void *ctx, hcsref_arena *arena, int32_t *count, hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)message;
  *count = 8;
  return true;
}

static int32_t cpus(void *ctx) {
  (void)ctx;
  return 8;
}

static bool copy_file(void *ctx, hcsref_arena *arena, hcsref_str from, hcsref_str to, bool overwrite,
                      hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)from;
  (void)to;
  (void)overwrite;
  (void)message;
  return true;
}

static bool grant_vm(void *ctx, hcsref_arena *arena, hcsref_str vm_id, hcsref_str path, hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)vm_id;
  (void)path;
  (void)message;
  return true;
}

static const hcsref_vm_host_ops vm_answers = {
    .processors = processors, .cpus = cpus, .copy_file = copy_file, .grant_vm = grant_vm};

hcsref_vm_host bench_vm_host(const bench_host *host) {
  hcsref_vm_host out = {host->host, &vm_answers, NULL};
  return out;
}

/* ---- of dockerd -------------------------------------------------------------------------------------------------- */

static bool is_client(void *ctx) {
  (void)ctx;
  return false;
}

static hcsref_docker_registry_status registry_value(void *ctx, hcsref_arena *arena, hcsref_str name, hcsref_str *value,
                                                    hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)name;
  (void)value;
  (void)message;
  return HCSREF_DOCKER_REGISTRY_NO_KEY;
}

hcsref_docker_host bench_docker_host(const bench_host *host) {
  hcsref_docker_host out = {&host->host, is_client, registry_value, NULL};
  return out;
}

/* ---- readiness --------------------------------------------------------------------------------------------------- */

bool bench_host_ready(bench_host *host, hcsref_error *err) {
  hcsref_script *script;
  host->host.ops = &ready_answers;
  host->host.ctx = NULL;
  if (host->script.len == 0)
    return true;
  hcsref_arena_reset(&host->arena);
  if (!hcsref_script_load(&host->arena, host->script, &script, err))
    return false;
  host->host = hcsref_script_host(script);
  return true;
}
