/* SPDX-License-Identifier: Apache-2.0 */
/* The service and the layers that a command works with. */
#include "session.h"

#include "console.h"
#include "layer_list.h"

#include "cli/profile.h"
#include "hcsref/path.h"
#include "run/testee/command.h"

#include <string.h>

#define MAX_ANSWER ((size_t)4 << 20)
#define NOTHING    (hcsref_str_from(NULL, 0))

static void trace(void *ctx, hcsref_str line) {
  (void)ctx;
  tell("%v", hcsref_str_first(line, line.len > 2000 ? 2000 : line.len));
}

/* ---- layers ---- */

/* The top layer's folder of a docker image. */
static bool docker_folder(hcsref_arena *arena, hcsref_str image, hcsref_str *folder, hcsref_error *err) {
  hcsref_buf line = {arena, NULL, 0, 0, false};
  hcsref_str answer;
  hcsref_buf_append(&line, HCSREF_LIT("docker image inspect "));
  kit_append_argument(&line, image);
  if (!docker_ask(arena, hcsref_buf_str(&line), MAX_ANSWER, &answer))
    return hcsref_fail(arena, err, "image", NOTHING,
                       "docker has no image %v, or there is no docker in PATH: try 'docker pull %v'", image, image);
  return layer_list_docker(arena, answer, image, folder, err);
}

/* A layer's own list of its parents, nearest first; none: it is a base. */
static bool read_chain(hcsref_arena *arena, hcsref_str folder, hcsref_slice *out, hcsref_error *err) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str file, text, message;
  if (!hcsref_format(arena, &file, "%v\\layerchain.json", folder))
    return hcsref_fail_memory(err);
  if (host.ops->stat(host.ctx, arena, file, NULL, &message) != HCSREF_PATH_OK)
    return true;
  if (!host.ops->read_file(host.ctx, arena, file, &text, &message))
    return hcsref_fail(arena, err, "layers", NOTHING, "%v", message);
  return layer_list_chain(arena, text, out, err);
}

static bool add_layer(session *s, hcsref_slice *list, hcsref_str folder, hcsref_error *err) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str *entry, full, message;
  bool is_dir = false;
  if (!full_path(&s->arena, folder, &full) ||
      host.ops->stat(host.ctx, &s->arena, full, &is_dir, &message) != HCSREF_PATH_OK || !is_dir)
    return hcsref_fail(&s->arena, err, "layers", NOTHING, "the layer %v is not a folder", folder);
  entry = hcsref_slice_push(&s->arena, list, sizeof(*entry));
  if (entry == NULL)
    return hcsref_fail_memory(err);
  *entry = full;
  return true;
}

/* Docker writes full paths: anything else would mean another folder to everybody who reads it. */
static bool add_parent(session *s, hcsref_slice *list, hcsref_str folder, hcsref_error *err) {
  return hcsref_path_is_abs(folder)
             ? add_layer(s, list, folder, err)
             : hcsref_fail(&s->arena, err, "layers", NOTHING, "layerchain.json: %q is not a full path", folder);
}

static bool find_layers(session *s, const container_options *options, hcsref_error *err) {
  hcsref_slice list = {NULL, 0, 0}, chain = {NULL, 0, 0};
  hcsref_str top = {NULL, 0};
  const hcsref_str *parents;
  if (options->image != NULL) {
    if (!docker_folder(&s->arena, hcsref_cstr(options->image), &top, err) || !add_layer(s, &list, top, err))
      return false;
  }
  for (size_t i = 0; i < options->layers.count; i++)
    if (!add_layer(s, &list, hcsref_cstr(options->layers.items[i]), err))
      return false;
  if (list.len == 0)
    return hcsref_fail(&s->arena, err, "layers", NOTHING, "no layers: give --image or --layers");
  if (list.len == 1) {
    if (!read_chain(&s->arena, ((const hcsref_str *)list.items)[0], &chain, err))
      return false;
    parents = chain.items;
    for (size_t i = 0; i < chain.len; i++)
      if (!add_parent(s, &list, parents[i], err))
        return false;
  }
  s->layers = list.items;
  s->layer_count = list.len;
  return true;
}

/* ---- the root ---- */

bool session_default_root(hcsref_arena *arena, hcsref_str *out) {
  hcsref_str data;
  return system_program_data(arena, &data) && hcsref_format(arena, out, "%v\\hcsrun", data);
}

/* The mark of what belongs to a root. Letters A to Z count as small ones, as Windows compares paths. */
static bool name_owner(session *s) {
  static const hcsref_guid roots = {
      {0x91, 0x0e, 0x2a, 0x77, 0x6b, 0xd3, 0x4c, 0x1f, 0xa8, 0x05, 0x2e, 0x94, 0xf1, 0x60, 0x3d, 0xbc}};
  hcsref_guid guid;
  hcsref_str text;
  char *small = hcsref_arena_alloc(&s->arena, s->root.path.len + 1);
  if (small == NULL)
    return false;
  for (size_t i = 0; i < s->root.path.len; i++) {
    char c = s->root.path.data[i];
    small[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  guid = hcsref_guid_named(&roots, hcsref_str_from(small, s->root.path.len));
  return hcsref_guid_text(&s->arena, &guid, &text) && hcsref_format(&s->arena, &s->owner, "hcsproof.hcsrun:%v", text);
}

static bool open_folder(session *s, hcsref_str path, safe_folder *out, hcsref_error *err) {
  hcsref_str why;
  return safe_folder_open(&s->arena, path, out, &why) ||
         hcsref_fail(&s->arena, err, "root", NOTHING,
                     "the folder %v is not safe to use: %v; remove it, or choose another root with --root", path, why);
}

static bool open_below(session *s, const char *name, safe_folder *out, hcsref_error *err) {
  hcsref_str path;
  return hcsref_format(&s->arena, &path, "%v\\%s", s->root.path, name) ? open_folder(s, path, out, err)
                                                                       : hcsref_fail_memory(err);
}

static bool find_root(session *s, const container_options *options, hcsref_error *err) {
  hcsref_str path;
  if (options->root != NULL) {
    if (!full_path(&s->arena, hcsref_cstr(options->root), &path))
      return hcsref_fail(&s->arena, err, "root", NOTHING, "--root %s is not a path", options->root);
  } else if (!session_default_root(&s->arena, &path)) {
    return hcsref_fail(&s->arena, err, "root", NOTHING, "Windows does not say where %%ProgramData%% is: use --root");
  }
  s->root.path = path;
  if (!s->dry && !open_folder(s, path, &s->root, err))
    return false;
  return (name_owner(s) || hcsref_fail_memory(err)) &&
         (s->dry || (open_below(s, "notes", &s->notes, err) && open_below(s, "mounts", &s->mounts, err)));
}

/* ---- the session ---- */

int session_open(session *s, const container_options *options, bool layers, bool dry) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  bool use_vm = strcmp(options->api, "vmcompute") == 0;
  memset(s, 0, sizeof(*s));
  hcsref_arena_init(&s->arena, NULL, 0);
  s->profile = cli_profile_find(&s->arena, hcsref_cstr(options->profile), &err);
  if (s->profile == NULL)
    return complain(&err, strcmp(err.code, "out-of-memory") == 0 ? RUN_SERVICE : RUN_USAGE);
  if (hcsref_profile_rules(s->profile, HCSREF_PROGRAM_HCSSHIM) == NULL) {
    tell("--profile: %v has no hcsshim, whose documents hcsrun hands over [profile-lacks-program]",
         hcsref_profile_name(s->profile));
    return RUN_USAGE;
  }
  if (options->verbose || dry)
    tell("documents as %v makes them", hcsref_profile_name(s->profile));
  s->schema1 = options->schema == 1 || hcsref_windows_build() < HCSREF_BUILD_RS5;
  s->dry = dry;
  s->settings.call_ms = s->settings.action_ms = (uint32_t)options->timeout;
  s->settings.dry = dry;
  s->settings.trace = options->verbose || dry ? trace : NULL;
  if (!hcsref_windows_load(&s->windows, use_vm || s->schema1, &s->arena, &err))
    return complain(&err, RUN_SERVICE);
  s->windows.call_ms = s->settings.call_ms;
  if (strcmp(options->api, "computecore") == 0 && s->windows.api.core == NULL) {
    tell(s->schema1 ? "documents of schema 1 need --api vmcompute [api]"
                    : "computecore.dll is missing, or lacks exports [hcs-missing]");
    return s->schema1 ? RUN_USAGE : RUN_SERVICE;
  }
  if (!find_root(s, options, &err) || (layers && !find_layers(s, options, &err)))
    return complain(&err, RUN_SERVICE);
  return RUN_OK;
}

void session_close(session *s) {
  safe_folder_close(&s->mounts);
  safe_folder_close(&s->notes);
  safe_folder_close(&s->root);
  hcsref_arena_free(&s->arena);
}
