/* SPDX-License-Identifier: Apache-2.0 */
/* The service and the layers that a command works with. */
#include "session.h"

#include "layer_list.h"
#include "note.h"

#include <stdio.h>
#include <string.h>

#define MAX_ANSWER ((size_t)4 << 20)

static void trace(void *ctx, hcsref_str line) {
  (void)ctx;
  fprintf(stderr, "hcsrun: %.*s\n", (int)(line.len > 2000 ? 2000 : line.len), line.data);
}

static int complain(const hcsref_error *err, int status) {
  fprintf(stderr, "hcsrun: %.*s [%s]\n", (int)err->message.len, err->message.data, err->code);
  return status;
}

/* ---- layers -------------------------------------------------------------------------------------------------------
 */

/* The top layer's folder of a docker image. */
static bool docker_folder(hcsref_arena *arena, hcsref_str image, hcsref_str *folder, hcsref_error *err) {
  hcsref_buf line = {arena, NULL, 0, 0, false};
  const hcsref_str none = {NULL, 0};
  hcsref_str answer;
  hcsref_buf_append(&line, HCSREF_LIT("docker image inspect "));
  hcsref_append_argument(&line, image);
  if (!system_capture(arena, hcsref_buf_str(&line), MAX_ANSWER, &answer))
    return hcsref_fail(arena, err, "image", none, "docker has no image %v, or there is no docker: try 'docker pull %v'",
                       image, image);
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
    return hcsref_fail(arena, err, "layers", hcsref_str_from(NULL, 0), "%v", message);
  return layer_list_chain(arena, text, out, err);
}

static bool add_layer(session *s, hcsref_slice *list, hcsref_str folder, hcsref_error *err) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str *entry, message;
  bool is_dir = false;
  if (host.ops->stat(host.ctx, &s->arena, folder, &is_dir, &message) != HCSREF_PATH_OK || !is_dir)
    return hcsref_fail(&s->arena, err, "layers", hcsref_str_from(NULL, 0), "the layer %v is no folder", folder);
  entry = hcsref_slice_push(&s->arena, list, sizeof(*entry));
  if (entry == NULL)
    return hcsref_fail_memory(err);
  *entry = folder;
  return true;
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
    return hcsref_fail(&s->arena, err, "layers", hcsref_str_from(NULL, 0), "no layers: say --image or --layers");
  if (list.len == 1) {
    if (!read_chain(&s->arena, ((const hcsref_str *)list.items)[0], &chain, err))
      return false;
    parents = chain.items;
    for (size_t i = 0; i < chain.len; i++)
      if (!add_layer(s, &list, parents[i], err))
        return false;
  }
  s->layers = list.items;
  s->layer_count = list.len;
  return true;
}

/* ---- the session ---------------------------------------------------------------------------------------------------
 */

static bool find_root(session *s, const container_options *options, hcsref_error *err) {
  hcsref_str data;
  if (options->root != NULL)
    s->root = hcsref_cstr(options->root);
  else if (!system_program_data(&s->arena, &data) || !hcsref_format(&s->arena, &s->root, "%v\\hcsrun", data))
    return hcsref_fail_memory(err);
  return system_make_folder(&s->arena, s->root) ||
         hcsref_fail(&s->arena, err, "root", hcsref_str_from(NULL, 0), "the folder %v could not be made", s->root);
}

int session_open(session *s, const container_options *options, bool layers, bool dry) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  bool use_vm = strcmp(options->api, "vmcompute") == 0;
  memset(s, 0, sizeof(*s));
  hcsref_arena_init(&s->arena, NULL, 0);
  s->schema1 = options->schema == 1 || hcsref_windows_build() < HCSREF_BUILD_RS5;
  s->dry = dry;
  s->settings.call_ms = s->settings.action_ms = (uint32_t)options->timeout;
  s->settings.dry = dry;
  s->settings.trace = options->verbose || dry ? trace : NULL;
  if (!hcsref_windows_load(&s->windows, use_vm || s->schema1, &s->arena, &err))
    return complain(&err, RUN_SERVICE);
  s->windows.call_ms = s->settings.call_ms;
  if (strcmp(options->api, "computecore") == 0 && s->windows.api.core == NULL) {
    fprintf(stderr, s->schema1 ? "hcsrun: documents of schema 1 need --api vmcompute [api]\n"
                               : "hcsrun: computecore.dll is not there, or lacks exports [hcs-missing]\n");
    return s->schema1 ? RUN_USAGE : RUN_SERVICE;
  }
  if (!find_root(s, options, &err) || (layers && !find_layers(s, options, &err)))
    return complain(&err, RUN_SERVICE);
  return RUN_OK;
}

void session_close(session *s) {
  hcsref_arena_free(&s->arena);
}
