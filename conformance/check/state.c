/* SPDX-License-Identifier: Apache-2.0 */
/* Source: containerd core/runtime/v2 bundle.go (STATE/io.containerd.runtime.v2.task/NAMESPACE/ID/config.json); moby
 * container/container.go toDisk, readHostConfig (ROOT/containers/ID/config.v2.json and hostconfig.json). */
#include "check/state.h"

#include "io/input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SIZE_LIMIT  ((uint64_t)16 << 20) /* of a bundle's file */
#define SPEC_NAME   "config.json"
#define DOCKER_NAME "config.v2.json"
#define DOCKER_HOST "hostconfig.json"

struct state_bundle {
  const char *folder;
  bool docker, read;
  check_bundle bundle;
};

/* Folders that hold layers or downloads: large, and without bundles. */
static bool is_passed_over(const char *name) {
  static const char *const names[] = {"Files", "Hives", "UtilityVM", "snapshots", "windowsfilter", "blobs", "layerdb"};
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
    if (strcmp(name, names[i]) == 0)
      return true;
  return false;
}

/* ---- finding --------------------------------------------------------------------------------------------------- */

typedef struct search {
  hcsref_arena *arena;
  const char **folders; /* that are left to look into */
  size_t *depths, left, room, seen;
  hcsref_slice found; /* []state_bundle* */
} search;

static const char *join(hcsref_arena *arena, const char *folder, const char *name) {
  hcsref_str path;
  return hcsref_format(arena, &path, "%s/%s%v", folder, name, hcsref_str_from("", 1)) ? path.data : NULL;
}

static const char *last_name(const char *path) {
  const char *name = path;
  for (; *path != '\0'; path++)
    if (*path == '/' || *path == '\\')
      name = path + 1;
  return name;
}

static bool push(search *s, const char *folder, size_t depth) {
  if (s->left == s->room) {
    const size_t room = s->room == 0 ? 64 : s->room * 2;
    const char **folders = hcsref_arena_array(s->arena, room, sizeof(*folders));
    size_t *depths = hcsref_arena_array(s->arena, room, sizeof(*depths));
    if (folders == NULL || depths == NULL)
      return false;
    for (size_t i = 0; i < s->left; i++) {
      folders[i] = s->folders[i];
      depths[i] = s->depths[i];
    }
    s->folders = folders;
    s->depths = depths;
    s->room = room;
  }
  s->folders[s->left] = folder;
  s->depths[s->left++] = depth;
  return true;
}

static bool add_bundle(search *s, const char *folder, bool docker) {
  state_bundle *bundle = hcsref_arena_alloc(s->arena, sizeof(*bundle));
  state_bundle **place = bundle == NULL ? NULL : hcsref_slice_push(s->arena, &s->found, sizeof(state_bundle *));
  if (place == NULL)
    return false;
  bundle->folder = folder;
  bundle->docker = docker;
  bundle->bundle.id = hcsref_cstr(last_name(folder));
  *place = bundle;
  return true;
}

static bool look_at(search *s, const char *folder, const char *name, size_t depth) {
  const bool spec = strcmp(name, SPEC_NAME) == 0, docker = strcmp(name, DOCKER_NAME) == 0;
  const char *path = join(s->arena, folder, name);
  platform_kind kind;
  if (path == NULL)
    return false;
  kind = platform_look(path);
  if (kind == PLATFORM_FILE && (spec || docker))
    return add_bundle(s, folder, docker);
  return kind != PLATFORM_FOLDER || depth == STATE_DEPTH || is_passed_over(name) || push(s, path, depth + 1);
}

static bool look_into(search *s, const char *folder, size_t depth, int *error) {
  kit_strings names = {NULL, 0, 0};
  bool ok = true;
  *error = kit_folder_names(folder, &names) ? 0 : errno;
  for (size_t i = 0; ok && i < names.count; i++)
    ok = look_at(s, folder, names.items[i], depth);
  kit_strings_free(&names);
  return ok;
}

static int by_id(const void *a, const void *b) {
  const state_bundle *left = *(state_bundle *const *)a, *right = *(state_bundle *const *)b;
  const int order = hcsref_str_compare(left->bundle.id, right->bundle.id);
  if (order != 0)
    return order;
  return left->docker != right->docker ? (left->docker ? 1 : -1) : strcmp(left->folder, right->folder);
}

static bool fail(const char **problem, const char *why) {
  *problem = why;
  return false;
}

/* What cannot be read below the folder itself belongs to others. */
bool state_find(hcsref_arena *arena, const char *folder, state_bundles *out, const char **problem) {
  search s = {.arena = arena};
  int error;
  memset(out, 0, sizeof(*out));
  out->arena = arena;
  if (!look_into(&s, folder, 0, &error))
    return fail(problem, "out of memory");
  if (error != 0)
    return fail(problem, strerror(error));
  while (s.left > 0) {
    const char *next = s.folders[--s.left];
    if (++s.seen > STATE_MOST_FOLDERS)
      return fail(problem, "it has more than 20000 folders; name the one with the runtime's bundles");
    if (!look_into(&s, next, s.depths[s.left], &error))
      return fail(problem, "out of memory");
  }
  out->items = s.found.items;
  out->count = s.found.len;
  if (out->count == 0)
    return fail(problem,
                "there are no bundles in it (ID/" SPEC_NAME ") and no containers of docker (ID/" DOCKER_NAME ")");
  qsort(out->items, out->count, sizeof(*out->items), by_id);
  return true;
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

static const char *told(hcsref_arena *arena, const char *path, const char *why) {
  hcsref_str text;
  return hcsref_format(arena, &text, "%s: %s%v", path, why, hcsref_str_from("", 1)) ? text.data : "out of memory";
}

static bool read_file(state_bundles *all, const char *path, hcsref_str *out) {
  input_text text;
  bool ok = path != NULL && input_read(path, SIZE_LIMIT, NULL, &text);
  if (path == NULL) {
    all->problem = "out of memory";
    return false;
  }
  if (!ok)
    all->problem = told(all->arena, path, text.message);
  else if (!hcsref_str_copy(all->arena, hcsref_str_from(text.data, text.length), out)) {
    all->problem = "out of memory";
    ok = false;
  }
  input_free(&text);
  return ok;
}

/* The folders of volumes stand in the container's own object, by place, where the inspection has a list. Those of
 * volumes with a name are below the daemon's root. */
static bool append_mounts(hcsref_buf *out, const kit_json *points) {
  bool first = true;
  for (const kit_json *point = points == NULL ? NULL : points->first; point != NULL; point = point->next) {
    hcsref_str source = kit_json_get_string(point, "Source"), name = kit_json_get_string(point, "Name");
    if (source.len == 0 && name.len > 0 &&
        !hcsref_format(out->arena, &source, "C:\\ProgramData\\docker\\volumes\\%v\\_data", name))
      return false;
    hcsref_buf_append(out, first ? HCSREF_LIT("{\"Type\":") : HCSREF_LIT(",{\"Type\":"));
    first = false;
    hcsref_json_append_string(out, kit_json_get_string(point, "Type"));
    hcsref_buf_append(out, HCSREF_LIT(",\"Source\":"));
    hcsref_json_append_string(out, source);
    hcsref_buf_append(out, HCSREF_LIT(",\"Destination\":"));
    hcsref_json_append_string(out, kit_json_get_string(point, "Destination"));
    hcsref_buf_append(out, kit_json_is_true(kit_json_get(point, "RW")) ? HCSREF_LIT(",\"RW\":true}")
                                                                       : HCSREF_LIT(",\"RW\":false}"));
  }
  return !out->failed;
}

/* dockerd keeps what docker inspect shows in two files. */
static bool make_inspection(state_bundles *all, hcsref_str id, hcsref_str own, hcsref_str host_config,
                            hcsref_str *out) {
  hcsref_buf text = {.arena = all->arena};
  hcsref_error err;
  kit_json *tree, *host;
  const kit_json *config, *networks;
  if (!kit_json_parse(all->arena, own, &tree, &err) || !kit_json_parse(all->arena, host_config, &host, &err))
    return false;
  config = kit_json_get(tree, "Config");
  hcsref_buf_append(&text, HCSREF_LIT("{\"Id\":"));
  hcsref_json_append_string(&text, id);
  hcsref_buf_append(&text, HCSREF_LIT(",\"Platform\":\"windows\",\"Config\":"));
  hcsref_buf_append(&text, config == NULL ? HCSREF_LIT("{}") : config->raw);
  hcsref_buf_append(&text, HCSREF_LIT(",\"HostConfig\":"));
  hcsref_buf_append(&text, host->raw);
  networks = kit_json_get(tree, "NetworkSettings");
  hcsref_buf_append(&text, HCSREF_LIT(",\"NetworkSettings\":"));
  hcsref_buf_append(&text, networks == NULL ? HCSREF_LIT("{}") : networks->raw);
  hcsref_buf_append(&text, HCSREF_LIT(",\"Mounts\":["));
  if (!append_mounts(&text, kit_json_get(tree, "MountPoints")))
    return false;
  hcsref_buf_append(&text, HCSREF_LIT("]}"));
  *out = hcsref_buf_str(&text);
  return !text.failed;
}

static bool read_docker(state_bundles *all, state_bundle *bundle) {
  hcsref_str own, host_config;
  if (!read_file(all, bundle->bundle.name, &own) ||
      !read_file(all, join(all->arena, bundle->folder, DOCKER_HOST), &host_config))
    return false;
  if (make_inspection(all, bundle->bundle.id, own, host_config, &bundle->bundle.source.text))
    return true;
  all->problem = told(all->arena, bundle->bundle.name, "is not JSON, or its " DOCKER_HOST " is not");
  return false;
}

static check_bundle *read_bundle(state_bundles *all, state_bundle *bundle) {
  if (!bundle->read) {
    bundle->bundle.name = join(all->arena, bundle->folder, bundle->docker ? DOCKER_NAME : SPEC_NAME);
    if (bundle->docker ? !read_docker(all, bundle) : !read_file(all, bundle->bundle.name, &bundle->bundle.source.text))
      return NULL;
  }
  bundle->read = true;
  return &bundle->bundle;
}

check_bundle *state_bundle_of(state_bundles *all, hcsref_str id) {
  size_t first = 0, count = all->count;
  while (count > 0) {
    const size_t half = count / 2;
    if (hcsref_str_compare(all->items[first + half]->bundle.id, id) < 0) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  if (first == all->count || !hcsref_str_equal(all->items[first]->bundle.id, id))
    return NULL;
  if (first + 1 < all->count && hcsref_str_equal(all->items[first + 1]->bundle.id, id) &&
      all->items[first]->docker == all->items[first + 1]->docker) {
    all->problem = told(all->arena, all->items[first]->folder,
                        "is not the only bundle of this container: choose one with --bundle");
    return NULL;
  }
  return read_bundle(all, all->items[first]);
}
