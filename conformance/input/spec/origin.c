/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/origin.h"

#include "compare/text.h"
#include "hcsref/path.h"

#include <stdlib.h>

/* containerd makes this annotation of the config's member. Source: internal/cri/annotations WindowsHostProcess. */
#define HOST_PROCESS "/annotations/microsoft.com~1hostprocess-container"

/* A part of a spec, and the member of a config that it comes from. */
typedef struct correspondence {
  const char *spec, *config;
  bool (*is_set)(const hcsref_cri_container_config *config);
} correspondence;

static const hcsref_cri_windows_container_resources *limits(const hcsref_cri_container_config *config) {
  return config->windows == NULL ? NULL : config->windows->resources;
}

static bool has_count(const hcsref_cri_container_config *config) {
  return limits(config) != NULL && limits(config)->cpu_count != 0;
}

static bool has_shares(const hcsref_cri_container_config *config) {
  return limits(config) != NULL && limits(config)->cpu_shares != 0;
}

static bool has_maximum(const hcsref_cri_container_config *config) {
  return limits(config) != NULL && limits(config)->cpu_maximum != 0;
}

static bool has_affinity(const hcsref_cri_container_config *config) {
  return limits(config) != NULL && limits(config)->affinity_cpus.len != 0;
}

static bool has_memory(const hcsref_cri_container_config *config) {
  return limits(config) != NULL && limits(config)->memory_limit_in_bytes != 0;
}

static bool has_credentials(const hcsref_cri_container_config *config) {
  return config->windows != NULL && config->windows->security_context != NULL &&
         config->windows->security_context->credential_spec.len != 0;
}

static bool is_host_process(const hcsref_cri_container_config *config) {
  return config->windows != NULL && config->windows->security_context != NULL &&
         config->windows->security_context->host_process;
}

static bool has_user(const hcsref_cri_container_config *config) {
  return config->windows != NULL && config->windows->security_context != NULL &&
         config->windows->security_context->run_as_username.len != 0;
}

static bool has_directory(const hcsref_cri_container_config *config) {
  return config->working_dir.len != 0;
}

static bool has_command(const hcsref_cri_container_config *config) {
  return config->command.len != 0 || config->args.len != 0;
}

static bool has_devices(const hcsref_cri_container_config *config) {
  return config->devices.len != 0;
}

static const correspondence pairs[] = {
    {"/windows/resources/cpu/count", "/windows/resources/cpu_count", has_count},
    {"/windows/resources/cpu/shares", "/windows/resources/cpu_shares", has_shares},
    {"/windows/resources/cpu/maximum", "/windows/resources/cpu_maximum", has_maximum},
    {"/windows/resources/cpu/affinity", "/windows/resources/affinity_cpus", has_affinity},
    {"/windows/resources/memory/limit", "/windows/resources/memory_limit_in_bytes", has_memory},
    {"/windows/credentialSpec", "/windows/security_context/credential_spec", has_credentials},
    {HOST_PROCESS, "/windows/security_context/host_process", is_host_process},
    {"/windows/devices", "/devices", has_devices},
    {"/process/user", "/windows/security_context/run_as_username", has_user},
    {"/process/cwd", "/working_dir", has_directory},
    {"/process/args", "/command", has_command},
    {"/process/commandLine", "/command", has_command},
};

/* Is `where` that place, or one inside it? */
static bool is_at(hcsref_str where, hcsref_str place) {
  return hcsref_str_has_prefix(where, place) && (where.len == place.len || where.data[place.len] == '/');
}

/* ---- mounts ---- */

/* A path of a mount: as the config has it, or cleaned, which may get a drive in front. */
typedef struct mount_path {
  hcsref_str path;
  size_t index; /* of the mount */
  bool clean;
} mount_path;

static int by_path(const void *a, const void *b) {
  const mount_path *x = a, *y = b;
  int order = hcsref_str_compare(x->path, y->path);
  return order != 0 ? order : x->index < y->index ? -1 : x->index > y->index;
}

static bool push_path(hcsref_arena *arena, hcsref_slice *paths, hcsref_str path, size_t index, bool clean) {
  mount_path *next = hcsref_slice_push(arena, paths, sizeof *next);
  if (next == NULL)
    return false;
  next->path = path;
  next->index = index;
  next->clean = clean;
  return true;
}

static bool put_in_order(hcsref_arena *arena, const input_origin *from) {
  hcsref_cri_mount *const *mounts = from->config->mounts.items;
  hcsref_slice *paths = &from->order->paths;
  for (size_t i = 0; i < from->config->mounts.len; i++) {
    hcsref_str clean;
    if (mounts[i] != NULL && (!push_path(arena, paths, mounts[i]->container_path, i, false) ||
                              !hcsref_path_clean_as(arena, from->rules, mounts[i]->container_path, &clean) ||
                              !push_path(arena, paths, clean, i, true)))
      return false;
  }
  if (paths->len != 0)
    qsort(paths->items, paths->len, sizeof(mount_path), by_path);
  from->order->made = true;
  return true;
}

/* The first mount with that path, if it is before `*index`. */
static void look_up(const hcsref_slice *paths, hcsref_str path, bool clean, size_t *index) {
  const mount_path *items = paths->items;
  size_t low = 0, high = paths->len;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (hcsref_str_compare(items[middle].path, path) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < paths->len && hcsref_str_equal(items[low].path, path) && items[low].index < *index; low++)
    if (items[low].clean || !clean) {
      *index = items[low].index;
      return;
    }
}

/* The first mount of the config whose path becomes the destination: as it is, cleaned, or cleaned behind a drive. */
static bool find_mount(hcsref_arena *arena, const input_origin *from, const hcsref_oci_mount *mount, size_t *index,
                       bool *found) {
  if (!from->order->made && !put_in_order(arena, from))
    return false;
  *index = SIZE_MAX;
  look_up(&from->order->paths, mount->destination, false, index);
  if (mount->destination.len > 2)
    look_up(&from->order->paths, hcsref_str_skip(mount->destination, 2), true, index);
  *found = *index != SIZE_MAX;
  return true;
}

/* The number after "/mounts/", when it is one of the spec's. */
static const hcsref_oci_mount *mount_at(const hcsref_oci_spec *spec, hcsref_str where) {
  const size_t begin = sizeof("/mounts/") - 1;
  size_t index = 0, at = begin;
  while (at < where.len && where.data[at] >= '0' && where.data[at] <= '9' && index < spec->mounts.len)
    index = index * 10 + (size_t)(where.data[at++] - '0');
  return at == begin || index >= spec->mounts.len ? NULL : &((const hcsref_oci_mount *)spec->mounts.items)[index];
}

/* The source of a mount of an image is a folder that containerd names. */
static const char *member_of_mount(const hcsref_cri_mount *mount, hcsref_str where) {
  if (hcsref_str_has_suffix(where, HCSREF_LIT("/source")))
    return mount->image != NULL ? "image" : "host_path";
  return hcsref_str_has_suffix(where, HCSREF_LIT("/options")) && mount->readonly ? "readonly" : "container_path";
}

static bool origin_of_mount(hcsref_arena *arena, const input_origin *from, const hcsref_oci_spec *spec,
                            hcsref_str *where, input_source *source) {
  const hcsref_oci_mount *mount = spec == NULL ? NULL : mount_at(spec, *where);
  hcsref_cri_mount *const *mounts = from->config->mounts.items;
  size_t index = 0;
  bool found;
  if (mount == NULL)
    return true;
  if (!find_mount(arena, from, mount, &index, &found))
    return false;
  if (!found)
    return true;
  *source = INPUT_CONFIG;
  return hcsref_format(arena, where, "/mounts/%u/%s", (uint64_t)index, member_of_mount(mounts[index], *where));
}

/* ---- annotations ---- */

/* Is it the place of one of these? */
static bool names_one(hcsref_arena *arena, const hcsref_map *annotations, hcsref_str where, bool *found) {
  const hcsref_string_entry *entries = annotations->entries;
  hcsref_buf pointer = {.arena = arena};
  *found = false;
  for (size_t i = 0; i < annotations->len && !*found; i++) {
    pointer.len = 0;
    hcsref_buf_append(&pointer, HCSREF_LIT("/annotations"));
    kit_pointer_append(&pointer, entries[i].key);
    if (pointer.failed)
      return false;
    *found = hcsref_str_equal(hcsref_buf_str(&pointer), where);
  }
  return true;
}

/* A container's own comes before its pod's. */
static bool origin_of_annotation(hcsref_arena *arena, const input_origin *from, hcsref_str where,
                                 input_source *source) {
  bool own, of_pod = false;
  if (!names_one(arena, &from->config->annotations, where, &own) ||
      (from->pod != NULL && !names_one(arena, &from->pod->annotations, where, &of_pod)))
    return false;
  if (own)
    *source = INPUT_CONFIG;
  else if (of_pod)
    *source = INPUT_POD;
  return true;
}

bool input_find_origin(hcsref_arena *arena, const input_origin *from, const hcsref_oci_spec *spec, hcsref_str *where,
                       input_source *source) {
  *source = INPUT_OPERAND;
  if (is_at(*where, HCSREF_LIT("/mounts")))
    return origin_of_mount(arena, from, spec, where, source);
  if (is_at(*where, HCSREF_LIT("/annotations")) && !origin_of_annotation(arena, from, *where, source))
    return false;
  if (*source != INPUT_OPERAND)
    return true;
  if (from->pod != NULL && is_at(*where, HCSREF_LIT("/hostname"))) {
    *source = INPUT_POD;
    return true;
  }
  for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
    if (is_at(*where, hcsref_cstr(pairs[i].spec)) && pairs[i].is_set(from->config)) {
      *where = hcsref_cstr(pairs[i].config);
      *source = INPUT_CONFIG;
      return true;
    }
  return true;
}

hcsref_str input_find_origin_in_pod(const hcsref_cri_pod_sandbox_config *pod, hcsref_str where) {
  const hcsref_cri_windows_sandbox_security_context *security =
      pod->windows == NULL ? NULL : pod->windows->security_context;
  if (security == NULL)
    return where;
  if (security->host_process && is_at(where, HCSREF_LIT(HOST_PROCESS)))
    return HCSREF_LIT("/windows/security_context/host_process");
  if (security->credential_spec.len != 0 && is_at(where, HCSREF_LIT("/windows/credentialSpec")))
    return HCSREF_LIT("/windows/security_context/credential_spec");
  if (security->run_as_username.len != 0 && is_at(where, HCSREF_LIT("/process/user")))
    return HCSREF_LIT("/windows/security_context/run_as_username");
  return where;
}
