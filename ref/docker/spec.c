/* SPDX-License-Identifier: Apache-2.0 */
/* The spec. Source: moby daemon/oci_windows.go createSpec, createSpecWindowsFields; daemon/container_operations.go for
 * the chain before it. */
#include "docker/spec.h"

#include "base/command_line.h"

#include "hcsref/path.h"

#include <stdlib.h>

/* ---- mounts --------------------------------------------------------------------------------------------------- */

typedef struct ordered_mount {
  const hcsref_docker_mount_point *point; /* in a list: which of two comes first is told by the addresses */
  size_t parts;
} ordered_mount;

static int compare_mounts(const void *a, const void *b) {
  const ordered_mount *left = a, *right = b;
  bool before = left->parts == right->parts ? left->point < right->point : left->parts < right->parts;
  return before ? -1 : left->point != right->point;
}

/* By the number of separators. Source: moby daemon/volumes.go mounts.parts. */
static bool order_mounts(hcsref_docker_maker *m, ordered_mount *ordered) {
  const hcsref_docker_mount_point *points = m->mount_points.items;
  for (size_t i = 0; i < m->mount_points.len; i++) {
    ordered[i].point = &points[i];
    if (!hcsref_path_parts_as(m->arena, m->rules, points[i].destination, &ordered[i].parts))
      return hcsref_fail_memory(m->err);
  }
  if (m->mount_points.len != 0)
    qsort(ordered, m->mount_points.len, sizeof *ordered, compare_mounts);
  return true;
}

static bool make_mounts(hcsref_docker_maker *m) {
  size_t count = m->mount_points.len;
  ordered_mount *ordered = hcsref_arena_array(m->arena, count, sizeof *ordered);
  if (ordered == NULL)
    return hcsref_fail_memory(m->err);
  if (!order_mounts(m, ordered))
    return false;
  for (size_t i = 0; i < count; i++) {
    hcsref_oci_mount *mount = hcsref_slice_push(m->arena, &m->spec->mounts, sizeof *mount);
    hcsref_str *option;
    if (mount == NULL)
      return hcsref_fail_memory(m->err);
    mount->source = ordered[i].point->source;
    mount->destination = ordered[i].point->destination;
    if (ordered[i].point->writable)
      continue;
    option = hcsref_slice_push(m->arena, &mount->options, sizeof *option);
    if (option == NULL)
      return hcsref_fail_memory(m->err);
    *option = HCSREF_LIT("ro");
  }
  return true;
}

/* ---- the process ---------------------------------------------------------------------------------------------- */

/* Entries without '=' are dropped. */
static bool make_environment(hcsref_docker_maker *m, hcsref_oci_process *process) {
  const hcsref_str *entries = m->config.env.items;
  for (size_t i = 0; i < m->config.env.len; i++) {
    hcsref_str *place;
    if (hcsref_docker_variable(entries[i]).len == entries[i].len)
      continue;
    place = hcsref_slice_push(m->arena, &process->env, sizeof *place);
    if (place == NULL)
      return hcsref_fail_memory(m->err);
    *place = entries[i];
  }
  return true;
}

/* The first word as it is, the others escaped. */
static bool make_command_line(hcsref_docker_maker *m, hcsref_oci_process *process) {
  hcsref_str rest;
  if (m->args.len == 0) {
    process->command_line = m->path;
    return true;
  }
  return (hcsref_command_line(m->arena, m->args.items, m->args.len, &rest) &&
          hcsref_format(m->arena, &process->command_line, "%v %v", m->path, rest)) ||
         hcsref_fail_memory(m->err);
}

static bool make_args(hcsref_docker_maker *m, hcsref_oci_process *process) {
  const hcsref_str *args = m->args.items;
  hcsref_str *words = hcsref_arena_array(m->arena, m->args.len + 1, sizeof *words);
  if (words == NULL)
    return hcsref_fail_memory(m->err);
  words[0] = m->path;
  for (size_t i = 0; i < m->args.len; i++)
    words[i + 1] = args[i];
  process->args.items = words;
  process->args.len = process->args.cap = m->args.len + 1;
  return true;
}

static bool make_console(hcsref_docker_maker *m, hcsref_oci_process *process) {
  hcsref_oci_box *size;
  process->terminal = m->config.tty;
  if (!m->config.tty)
    return true;
  size = hcsref_arena_alloc(m->arena, sizeof *size);
  if (size == NULL)
    return hcsref_fail_memory(m->err);
  size->height = m->host_config.console_size[0];
  size->width = m->host_config.console_size[1];
  process->console_size = size;
  return true;
}

static bool make_process(hcsref_docker_maker *m, hcsref_oci_process *process) {
  process->user.username = m->config.user;
  process->cwd = m->config.working_dir.len != 0 ? m->config.working_dir : HCSREF_LIT("C:\\");
  return make_console(m, process) && make_environment(m, process) &&
         (m->config.args_escaped ? make_command_line(m, process) : make_args(m, process));
}

/* ---- image, layers, root ---------------------------------------------------------------------------------------- */

/* Since 23.0 first of all. */
static bool check_image(const hcsref_docker_maker *m) {
  if (!hcsref_has(m->rules, HCSREF_CHANGE_MOBY_NO_LCOW) || m->in->image_os.len == 0 ||
      hcsref_str_equal_ascii_fold(m->in->image_os, HCSREF_LIT("windows")))
    return true;
  return hcsref_docker_refuse(m, "docker-image", "/image/os", "operating system is not supported");
}

/* Until 20.10 after everything that all images share. */
static bool check_old_image(const hcsref_docker_maker *m) {
  hcsref_str os = m->in->image_os;
  if (hcsref_has(m->rules, HCSREF_CHANGE_MOBY_NO_LCOW) || os.len == 0 || hcsref_str_equal(os, HCSREF_LIT("windows")))
    return true;
  if (hcsref_str_equal(os, HCSREF_LIT("linux")))
    return hcsref_docker_refuse(m, "docker-image", "/image/os", "Linux containers on Windows are not supported");
  return hcsref_fail(m->arena, m->err, "docker-image", HCSREF_LIT("/image/os"), "Unsupported platform %q", os);
}

static bool make_layers(hcsref_docker_maker *m, hcsref_oci_windows *windows) {
  windows->layer_folders = m->in->layer_folders;
  if (m->in->layer_folders_error == NULL)
    return true;
  return hcsref_fail(m->arena, m->err, "docker-layers", HCSREF_LIT("/container/layer_folders"),
                     hcsref_has(m->rules, HCSREF_CHANGE_MOBY_LAYERS_TEXT) ? "GetLayerFolders failed: container %v: %v"
                                                                          : "container %v: %v",
                     m->in->id, *m->in->layer_folders_error);
}

static bool make_root(hcsref_docker_maker *m) {
  hcsref_str path = m->in->base_fs;
  if (m->hyperv)
    return true;
  if (path.len == 0)
    return hcsref_fail(m->arena, m->err, "docker-layers", HCSREF_LIT("/container/base_fs"),
                       "createSpecWindowsFields: BaseFS of container %v is unexpectedly %s", m->in->id,
                       hcsref_has(m->rules, HCSREF_CHANGE_MOBY_BASE_FS_TEXT) ? "empty" : "nil");
  if (path.data[path.len - 1] != '\\' && !hcsref_format(m->arena, &path, "%v\\", path))
    return hcsref_fail_memory(m->err);
  m->spec->root->path = path;
  return true;
}

static bool make_hostname(hcsref_docker_maker *m) {
  m->spec->hostname = m->config.hostname;
  if (m->config.domainname.len == 0)
    return true;
  return hcsref_format(m->arena, &m->spec->hostname, "%v.%v", m->config.hostname, m->config.domainname) ||
         hcsref_fail_memory(m->err);
}

/* ---- all of it ---- */

typedef struct spec_parts {
  hcsref_oci_spec spec;
  hcsref_oci_process process;
  hcsref_oci_root root;
  hcsref_oci_windows windows;
  hcsref_oci_windows_hyper_v hyperv;
} spec_parts;

bool hcsref_docker_make_spec(hcsref_docker_maker *m) {
  spec_parts *parts = hcsref_arena_alloc(m->arena, sizeof *parts);
  hcsref_oci_windows *windows;
  if (parts == NULL)
    return hcsref_fail_memory(m->err);
  windows = &parts->windows;
  m->spec = &parts->spec;
  m->spec->oci_version = hcsref_cstr(m->rules->oci_version);
  m->spec->process = &parts->process;
  m->spec->root = &parts->root;
  m->spec->windows = windows;
  m->spec->annotations = m->host_config.annotations;
  if (m->hyperv)
    windows->hyperv = &parts->hyperv;
  windows->ignore_flushes_during_boot = !m->in->has_been_started_before;
  return check_image(m) && make_mounts(m) && make_layers(m, windows) && hcsref_docker_make_network(m, windows) &&
         check_old_image(m) && make_hostname(m) && make_process(m, &parts->process) && make_root(m) &&
         hcsref_docker_make_resources(m, windows) && hcsref_docker_make_credentials(m, windows) &&
         hcsref_docker_make_devices(m, windows);
}

static bool is_hyperv(const hcsref_docker_maker *m) {
  hcsref_str isolation = m->host_config.isolation;
  if (isolation.len == 0 || hcsref_str_equal_ascii_fold(isolation, HCSREF_LIT("default")))
    isolation = m->in->default_isolation;
  return hcsref_str_equal_ascii_fold(isolation, HCSREF_LIT("hyperv"));
}

static bool has_config(const hcsref_docker_maker *m) {
  if (m->in->config != NULL && (m->in->created || !m->in->config->without_members))
    return true;
  return hcsref_docker_refuse(m, "docker-config", "/config",
                              hcsref_has(m->rules, HCSREF_CHANGE_MOBY_COMMAND_TEXT)
                                  ? "config cannot be empty in order to create a container"
                                  : "Config cannot be empty in order to create a container");
}

/* Until 28 the API misses the config when it has looked at everything else, or the daemon does. Source: moby
 * api/server/router/container postContainersCreate (28), daemon/create.go containerCreate (20.10); in 29
 * daemon/internal/runconfig DecodeCreateRequest. */
static bool check_request(hcsref_docker_maker *m) {
  bool first = hcsref_has(m->rules, HCSREF_CHANGE_MOBY_TYPED_API);
  if (first && !has_config(m))
    return false;
  return (m->in->created || hcsref_docker_validate(m)) && (first || has_config(m));
}

bool hcsref_docker_to_oci(hcsref_arena *arena, const hcsref_docker_input *input, const hcsref_profile *profile,
                          const hcsref_docker_host *host, hcsref_docker_result *out, hcsref_error *err) {
  hcsref_docker_maker m = {.arena = arena, .host = host, .in = input, .err = err};
  m.rules = hcsref_profile_rules(profile, HCSREF_PROGRAM_MOBY);
  if (m.rules == NULL)
    return hcsref_docker_refuse(&m, "profile-lacks-program", "", "the profile has no moby");
  if (input->config != NULL)
    m.config = *input->config;
  if (input->host_config != NULL)
    m.host_config = *input->host_config;
  m.hyperv = is_hyperv(&m);
  if (!check_request(&m) || !hcsref_docker_settle(&m) || !hcsref_docker_merge_image(&m) ||
      !hcsref_docker_register_mounts(&m) || !hcsref_docker_make_spec(&m))
    return false;
  out->spec = m.spec;
  out->warnings = m.warnings;
  return true;
}
