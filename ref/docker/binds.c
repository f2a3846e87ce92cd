/* SPDX-License-Identifier: Apache-2.0 */
/* The short form of mounts, [SOURCE:]DESTINATION[:ro|:rw], and the list of all mount points. Source: moby
 * volume/mounts/windows_parser.go splitRawSpec, parseMount, parseMountSpec; daemon/volumes.go registerMountPoints. */
#include "docker/mount_config.h"

#include "base/letters.h"
#include "host/message.h"

/* ---- the grammar ------------------------------------------------------------------------------------------ */

/* What a text was split into, in lower case. */
typedef struct raw_parts {
  hcsref_str source, destination, mode;
} raw_parts;

static bool is_mode(hcsref_str text) {
  return hcsref_str_equal(text, HCSREF_LIT("ro")) || hcsref_str_equal(text, HCSREF_LIT("rw"));
}

/* A destination, and nothing after it but a mode. */
static bool split_destination(hcsref_str text, raw_parts *parts) {
  size_t n = hcsref_docker_match(HCSREF_DOCKER_PATH_DRIVE, text);
  if (n == 0)
    n = hcsref_docker_match(HCSREF_DOCKER_PATH_PIPE, text);
  if (n == 0)
    return false;
  parts->destination = hcsref_str_first(text, n);
  parts->mode = hcsref_str_skip(text, n + 1);
  return n == text.len || is_mode(parts->mode);
}

/* A source of each form is tried before none. `parts` comes empty. */
static bool split_raw(hcsref_str text, raw_parts *parts) {
  static const hcsref_docker_path_form forms[] = {HCSREF_DOCKER_PATH_HOST_DIR, HCSREF_DOCKER_PATH_NAME,
                                                  HCSREF_DOCKER_PATH_PIPE};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    size_t n = hcsref_docker_match(forms[i], text);
    if (n == 0 || n == text.len || !split_destination(hcsref_str_skip(text, n + 1), parts))
      continue;
    parts->source = hcsref_str_first(text, n);
    return true;
  }
  return split_destination(text, parts);
}

static bool refuse_raw(const hcsref_docker_maker *m, size_t index, hcsref_str raw) {
  return hcsref_fail_item(m->arena, m->err, "docker-mount", "/host_config/Binds", index, NULL,
                          "invalid volume specification: '%v'", raw);
}

/* A file of the host as the only part is what somebody wanted to map, and cannot. */
static bool check_alone(const hcsref_docker_maker *m, size_t index, hcsref_str destination) {
  const hcsref_host *host = m->host->host;
  hcsref_str message = hcsref_no_message();
  bool is_dir = true;
  hcsref_path_status status = host->ops->stat(host->ctx, m->arena, destination, &is_dir, &message);
  if (status == HCSREF_PATH_FAILED && hcsref_is_no_message(message))
    return hcsref_fail_memory(m->err);
  if (status != HCSREF_PATH_OK || is_dir)
    return true;
  return hcsref_fail_item(m->arena, m->err, "docker-mount", "/host_config/Binds", index, NULL,
                          "file '%v' cannot be mapped. Only directories can be mapped on this platform", destination);
}

/* Everything in lower case, the path on the host too. */
static bool parse_raw(const hcsref_docker_maker *m, size_t index, hcsref_str raw, hcsref_docker_mount *mount) {
  hcsref_docker_place place = {"/host_config/Binds", index, raw};
  raw_parts parts = {0};
  hcsref_str lower;
  if (!hcsref_to_lower(m->arena, raw, &lower))
    return hcsref_fail_memory(m->err);
  if (!split_raw(lower, &parts))
    return refuse_raw(m, index, raw);
  if (parts.source.len == 0 && !check_alone(m, index, parts.destination))
    return false;
  if (parts.source.len == 0 && parts.mode.len != 0)
    return refuse_raw(m, index, raw);
  if (!hcsref_docker_backslashes(m->arena, parts.source, &mount->source) ||
      !hcsref_docker_backslashes(m->arena, parts.destination, &mount->target))
    return hcsref_fail_memory(m->err);
  mount->type = hcsref_docker_detect_type(mount->source);
  mount->read_only = hcsref_str_equal(parts.mode, HCSREF_LIT("ro"));
  return hcsref_docker_check_mount(m, mount, &place);
}

/* ---- mount points ------------------------------------------------------------------------------------------- */

static bool without_last_separator(const hcsref_docker_maker *m, hcsref_str path, hcsref_str *out) {
  if (!hcsref_docker_backslashes(m->arena, path, out))
    return hcsref_fail_memory(m->err);
  if (out->len > 3 && out->data[out->len - 1] == '\\')
    out->len--;
  return true;
}

/* The folder of a volume is the volume service's to know; here it is told with the volumes that are there. */
static bool find_volume(const hcsref_docker_maker *m, const hcsref_docker_place *place,
                        hcsref_docker_mount_point *point) {
  const hcsref_docker_volume *volumes = m->in->volumes.items;
  for (size_t i = 0; i < m->in->volumes.len; i++) {
    if (!hcsref_str_equal(volumes[i].destination, point->destination))
      continue;
    point->source = volumes[i].source;
    return true;
  }
  return hcsref_fail_item(m->arena, m->err, "docker-volume", place->list, place->index, NULL,
                          "the folder of the volume at %q is not known", point->destination);
}

static bool make_point(const hcsref_docker_maker *m, const hcsref_docker_mount *mount, const hcsref_docker_place *place,
                       hcsref_docker_mount_point *point) {
  point->writable = !mount->read_only;
  if (!without_last_separator(m, mount->target, &point->destination))
    return false;
  if (hcsref_str_equal(mount->type, HCSREF_LIT("volume")))
    return find_volume(m, place, point);
  return without_last_separator(m, mount->source, &point->source);
}

static hcsref_docker_mount_point *find_point(const hcsref_docker_maker *m, hcsref_str destination, size_t from) {
  hcsref_docker_mount_point *points = m->mount_points.items;
  for (size_t i = from; i < m->mount_points.len; i++)
    if (hcsref_str_equal(points[i].destination, destination))
      return &points[i];
  return NULL;
}

static bool add_point(hcsref_docker_maker *m, const hcsref_docker_mount_point *point) {
  hcsref_docker_mount_point *place = hcsref_slice_push(m->arena, &m->mount_points, sizeof *place);
  if (place == NULL)
    return hcsref_fail_memory(m->err);
  *place = *point;
  return true;
}

static bool refuse_duplicate(const hcsref_docker_maker *m, const hcsref_docker_place *place, hcsref_str destination) {
  return hcsref_fail_item(m->arena, m->err, "docker-mount", place->list, place->index, NULL,
                          "Duplicate mount point: %v", destination);
}

/* Volumes that nothing takes the place of; a later one of the same destination counts. */
static bool add_volumes(hcsref_docker_maker *m, const hcsref_slice *asked) {
  const hcsref_docker_volume *volumes = m->in->volumes.items;
  const hcsref_docker_mount_point *points = asked->items;
  for (size_t i = 0; i < m->in->volumes.len; i++) {
    hcsref_docker_mount_point point = {volumes[i].source, volumes[i].destination, volumes[i].rw}, *there;
    bool taken = false;
    for (size_t k = 0; k < asked->len && !taken; k++)
      taken = hcsref_str_equal(points[k].destination, point.destination);
    if (taken)
      continue;
    there = find_point(m, point.destination, 0);
    if (there != NULL)
      *there = point;
    else if (!add_point(m, &point))
      return false;
  }
  return true;
}

static bool is_tmpfs(const hcsref_docker_maker *m, hcsref_str destination) {
  return hcsref_map_find(&m->host_config.tmpfs, destination) != NULL;
}

static bool add_binds(hcsref_docker_maker *m) {
  const hcsref_str *binds = m->host_config.binds.items;
  for (size_t i = 0; i < m->host_config.binds.len; i++) {
    hcsref_docker_place place = {"/host_config/Binds", i, binds[i]};
    hcsref_docker_mount mount = {0};
    hcsref_docker_mount_point point = {0};
    if (!parse_raw(m, i, binds[i], &mount) || !make_point(m, &mount, &place, &point))
      return false;
    if (find_point(m, point.destination, 0) != NULL || is_tmpfs(m, point.destination))
      return refuse_duplicate(m, &place, point.destination);
    if (!add_point(m, &point))
      return false;
  }
  return true;
}

/* They have been checked with the other settings. */
static bool add_mounts(hcsref_docker_maker *m) {
  const hcsref_docker_mount *mounts = m->host_config.mounts.items;
  for (size_t i = 0; i < m->host_config.mounts.len; i++) {
    hcsref_docker_place place = {"/host_config/Mounts", i, {NULL, 0}};
    hcsref_docker_mount_point point = {0};
    if (!make_point(m, &mounts[i], &place, &point))
      return false;
    if (find_point(m, point.destination, 0) != NULL)
      return refuse_duplicate(m, &place, mounts[i].target);
    if (!add_point(m, &point))
      return false;
  }
  return true;
}

bool hcsref_docker_register_mounts(hcsref_docker_maker *m) {
  hcsref_slice asked;
  if (!add_binds(m) || !add_mounts(m))
    return false;
  asked = m->mount_points;
  m->mount_points = (hcsref_slice){NULL, 0, 0};
  if (!add_volumes(m, &asked))
    return false;
  for (size_t i = 0; i < asked.len; i++)
    if (!add_point(m, &((const hcsref_docker_mount_point *)asked.items)[i]))
      return false;
  return true;
}
