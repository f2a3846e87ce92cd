/* SPDX-License-Identifier: Apache-2.0 */
#include "docker/mount_config.h"

#include "base/letters.h"
#include "host/message.h"

#include "hcsref/path.h"

/* ---- messages --------------------------------------------------------------------------------------------- */

static bool fail_mount(const hcsref_docker_maker *m, const hcsref_docker_place *place, hcsref_str text) {
  if (place->raw.data == NULL)
    return hcsref_fail_item(m->arena, m->err, "docker-mount", place->list, place->index, NULL, "%v", text);
  return hcsref_fail_item(m->arena, m->err, "docker-mount", place->list, place->index, NULL,
                          "invalid volume specification: '%v': %v", place->raw, text);
}

bool hcsref_docker_refuse_mount(const hcsref_docker_maker *m, const hcsref_docker_place *place, hcsref_str type,
                                const char *format, hcsref_str value) {
  hcsref_str text, whole;
  if (!hcsref_format(m->arena, &text, format, value) ||
      !hcsref_format(m->arena, &whole, "invalid mount config for type %q: %v", type, text))
    return hcsref_fail_memory(m->err);
  return fail_mount(m, place, whole);
}

/* One mount while it is checked. */
typedef struct mount_check {
  const hcsref_docker_maker *m;
  const hcsref_docker_mount *mount;
  const hcsref_docker_place *place;
} mount_check;

static bool refuse(const mount_check *c, const char *format, hcsref_str value) {
  return hcsref_docker_refuse_mount(c->m, c->place, c->mount->type, format, value);
}

static bool missing(const mount_check *c, const char *field) {
  return refuse(c, "field %v must not be empty", hcsref_cstr(field));
}

static bool extra(const mount_check *c, const char *field) {
  return refuse(c, "field %v must not be specified", hcsref_cstr(field));
}

static bool is_type(const mount_check *c, const char *type) {
  return hcsref_str_equal(c->mount->type, hcsref_cstr(type));
}

/* ---- targets ---------------------------------------------------------------------------------------------- */

/* Has the whole text, which is not empty and in lower case, the form of a destination? */
static bool is_destination(hcsref_str lower) {
  return hcsref_docker_match(HCSREF_DOCKER_PATH_DRIVE, lower) == lower.len ||
         hcsref_docker_match(HCSREF_DOCKER_PATH_PIPE, lower) == lower.len;
}

static bool check_not_root(const mount_check *c, hcsref_str lower) {
  hcsref_str path;
  if (!hcsref_docker_backslashes(c->m->arena, lower, &path))
    return hcsref_fail_memory(c->m->err);
  if (!hcsref_str_equal(path, HCSREF_LIT("c:")) && !hcsref_str_equal(path, HCSREF_LIT("c:\\")))
    return true;
  return refuse(c,
                hcsref_has(c->m->rules, HCSREF_CHANGE_MOBY_API_TEXTS) ? "destination path (%v) cannot be 'c:' or 'c:\\'"
                                                                      : "destination path cannot be `c:` or `c:\\`: %v",
                path);
}

static bool check_target(const mount_check *c) {
  hcsref_str lower;
  if (c->mount->target.len == 0)
    return missing(c, "Target");
  if (!hcsref_to_lower(c->m->arena, c->mount->target, &lower))
    return hcsref_fail_memory(c->m->err);
  return check_not_root(c, lower) && (is_destination(lower) || refuse(c, "invalid mount path: '%v'", c->mount->target));
}

/* ---- options ---------------------------------------------------------------------------------------------- */

/* Since 29.2 for all types at once, before that by type. */
static bool check_exclusive_options(const mount_check *c) {
  const hcsref_docker_mount *mount = c->mount;
  if (!hcsref_has(c->m->rules, HCSREF_CHANGE_MOBY_EXCLUSIVE_OPTIONS))
    return true;
  if (!is_type(c, "bind") && mount->bind_options != NULL)
    return extra(c, "BindOptions");
  if (!is_type(c, "volume") && mount->volume_options != NULL)
    return extra(c, "VolumeOptions");
  if (!is_type(c, "image") && mount->image_options != NULL)
    return extra(c, "ImageOptions");
  if (!is_type(c, "tmpfs") && mount->tmpfs_options != NULL)
    return extra(c, "TmpfsOptions");
  return is_type(c, "cluster") || mount->cluster_options == NULL || extra(c, "ClusterOptions");
}

/* ---- by type ---------------------------------------------------------------------------------------------- */

static bool check_source_exists(const mount_check *c) {
  const hcsref_host *host = c->m->host->host;
  hcsref_str message = hcsref_no_message();
  bool is_dir = false;
  hcsref_path_status status = host->ops->stat(host->ctx, c->m->arena, c->mount->source, &is_dir, &message);
  if (status == HCSREF_PATH_NOT_EXIST)
    return refuse(c, "bind source path does not exist: %v", c->mount->source);
  if (status == HCSREF_PATH_FAILED)
    return hcsref_is_no_message(message) ? hcsref_fail_memory(c->m->err) : refuse(c, "%v", message);
  return is_dir || refuse(c, "source path must be a directory", c->mount->source);
}

static bool check_bind(const mount_check *c) {
  const hcsref_docker_mount *mount = c->mount;
  hcsref_str lower;
  if (mount->source.len == 0)
    return missing(c, "Source");
  if (mount->bind_options != NULL && mount->bind_options->propagation.len != 0)
    return refuse(c, "invalid propagation mode: %v", mount->bind_options->propagation);
  if (mount->volume_options != NULL)
    return extra(c, "VolumeOptions");
  if (!hcsref_to_lower(c->m->arena, mount->source, &lower))
    return hcsref_fail_memory(c->m->err);
  if (!is_destination(lower))
    return refuse(c, "invalid mount path: '%v' mount path must be absolute", mount->source);
  return check_source_exists(c);
}

/* (con|prn|nul|aux|com[1-9]|lpt[1-9]) whole; until 20.10 the first had to be at the beginning, the last at the end, and
 * the others anywhere. */
static bool is_numbered(hcsref_str text, const char *word) {
  return text.len >= 4 && hcsref_str_has_prefix(text, hcsref_cstr(word)) && text.data[3] >= '1' && text.data[3] <= '9';
}

static bool is_reserved(hcsref_str name) {
  static const char *const words[] = {"con", "prn", "nul", "aux"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (hcsref_str_equal(name, hcsref_cstr(words[i])))
      return true;
  return name.len == 4 && (is_numbered(name, "com") || is_numbered(name, "lpt"));
}

static bool holds_reserved(hcsref_str name) {
  if (hcsref_str_has_prefix(name, HCSREF_LIT("con")))
    return true;
  for (size_t i = 0; i < name.len; i++) {
    hcsref_str rest = hcsref_str_skip(name, i);
    if (hcsref_str_has_prefix(rest, HCSREF_LIT("prn")) || hcsref_str_has_prefix(rest, HCSREF_LIT("nul")) ||
        hcsref_str_has_prefix(rest, HCSREF_LIT("aux")) || is_numbered(rest, "com") ||
        (rest.len == 4 && is_numbered(rest, "lpt")))
      return true;
  }
  return false;
}

static bool check_volume_name(const mount_check *c) {
  hcsref_str name = c->mount->source;
  bool anchored = hcsref_has(c->m->rules, HCSREF_CHANGE_MOBY_RESERVED_NAMES);
  if (hcsref_docker_match(HCSREF_DOCKER_PATH_NAME, name) != name.len)
    return refuse(c, "invalid volume name", name);
  if (anchored ? is_reserved(name) : holds_reserved(name))
    return refuse(c, "volume name %q cannot be a reserved word for Windows filenames", name);
  return true;
}

static bool check_volume_options(const mount_check *c) {
  const hcsref_docker_volume_options *options = c->mount->volume_options;
  bool anonymous = c->mount->source.len == 0;
  if (c->mount->bind_options != NULL)
    return extra(c, "BindOptions");
  if (options != NULL && options->subpath.len != 0) {
    if (anonymous)
      return fail_mount(c->m, c->place, HCSREF_LIT("must not set Subpath when using anonymous volumes"));
    if (!hcsref_docker_is_local(options->subpath))
      return refuse(c, "subpath must be a relative path within the volume", options->subpath);
  }
  if (anonymous && c->mount->read_only && !hcsref_has(c->m->rules, HCSREF_CHANGE_MOBY_EXCLUSIVE_OPTIONS))
    return refuse(c, "must not set ReadOnly mode when using anonymous volumes", c->mount->source);
  return true;
}

static bool check_volume(const mount_check *c) {
  return check_volume_options(c) && (c->mount->source.len == 0 || check_volume_name(c));
}

static bool check_pipe_path(const mount_check *c, hcsref_str path) {
  return hcsref_str_equal(hcsref_docker_detect_type(path), HCSREF_LIT("npipe")) ||
         refuse(c, "'%v' is not a valid pipe path", path);
}

static bool check_pipe(const mount_check *c) {
  if (c->mount->source.len == 0)
    return missing(c, "Source");
  if (c->mount->bind_options != NULL)
    return extra(c, "BindOptions");
  if (c->mount->read_only)
    return extra(c, "ReadOnly");
  return check_pipe_path(c, c->mount->source) && check_pipe_path(c, c->mount->target);
}

static const struct {
  const char *type;
  bool (*check)(const mount_check *c);
} types[] = {{"bind", check_bind}, {"volume", check_volume}, {"npipe", check_pipe}};

bool hcsref_docker_check_mount(const hcsref_docker_maker *m, const hcsref_docker_mount *mount,
                               const hcsref_docker_place *place) {
  mount_check c = {m, mount, place};
  if (!check_exclusive_options(&c) || !check_target(&c))
    return false;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (is_type(&c, types[i].type))
      return types[i].check(&c);
  return refuse(&c, "mount type unknown", mount->type);
}
