/* SPDX-License-Identifier: Apache-2.0 */
/* The image's part of the config, and the command. Source: moby daemon/commit.go merge, daemon/daemon.go
 * mergeAndVerifyConfig, getEntrypointAndArgs, generateHostname. */
#include "docker/spec.h"

#include "base/letters.h"

#define SHORT_ID 12 /* what a container's id is cut to */

static bool is_set(const hcsref_docker_maker *m, hcsref_str variable) {
  const hcsref_str *entries = m->in->config->env.items;
  for (size_t i = 0; i < m->in->config->env.len; i++)
    if (hcsref_equal_fold(hcsref_docker_variable(entries[i]), variable))
      return true;
  return false;
}

static bool append(hcsref_docker_maker *m, hcsref_slice *list, hcsref_str text) {
  hcsref_str *place = hcsref_slice_push(m->arena, list, sizeof *place);
  if (place == NULL)
    return hcsref_fail_memory(m->err);
  *place = text;
  return true;
}

static bool append_all(hcsref_docker_maker *m, hcsref_slice *list, const hcsref_slice *texts, size_t from) {
  const hcsref_str *items = texts->items;
  for (size_t i = from; i < texts->len; i++)
    if (!append(m, list, items[i]))
      return false;
  return true;
}

/* The image's variables that the user does not set, after the user's. */
static bool merge_environment(hcsref_docker_maker *m, const hcsref_docker_config *image) {
  const hcsref_str *entries = image->env.items;
  hcsref_slice merged = {NULL, 0, 0};
  if (!append_all(m, &merged, &m->config.env, 0))
    return false;
  for (size_t i = 0; i < image->env.len; i++)
    if (!is_set(m, hcsref_docker_variable(entries[i])) && !append(m, &merged, entries[i]))
      return false;
  m->config.env = merged;
  return true;
}

/* An entrypoint of the user drops the image's command; one that is there but empty keeps the image's from coming in. */
static bool merge(hcsref_docker_maker *m, const hcsref_docker_config *image) {
  hcsref_docker_config *c = &m->config;
  if (c->user.len == 0)
    c->user = image->user;
  if (c->working_dir.len == 0)
    c->working_dir = image->working_dir;
  if (c->entrypoint.len == 0) {
    if (c->cmd.len == 0)
      c->cmd = image->cmd;
    if (c->entrypoint.items == NULL)
      c->entrypoint = image->entrypoint;
  }
  c->args_escaped = c->args_escaped || image->args_escaped;
  return merge_environment(m, image);
}

static bool is_one_empty_word(const hcsref_slice *list) {
  return list->len == 1 && ((const hcsref_str *)list->items)->len == 0;
}

static bool split_command(hcsref_docker_maker *m) {
  const hcsref_slice *entrypoint = &m->config.entrypoint, *cmd = &m->config.cmd;
  const hcsref_slice *first = entrypoint->len != 0 ? entrypoint : cmd;
  m->path = *(const hcsref_str *)first->items;
  return append_all(m, &m->args, first, 1) && (first == cmd || append_all(m, &m->args, cmd, 0));
}

bool hcsref_docker_merge_image(hcsref_docker_maker *m) {
  static const hcsref_slice none = {NULL, 0, 0};
  if (m->in->image_config != NULL && !merge(m, m->in->image_config))
    return false;
  if (is_one_empty_word(&m->config.entrypoint))
    m->config.entrypoint = none;
  if (m->config.entrypoint.len == 0 && m->config.cmd.len == 0)
    return hcsref_docker_refuse(m, "docker-config", "/config/Cmd",
                                hcsref_has(m->rules, HCSREF_CHANGE_MOBY_COMMAND_TEXT) ? "no command specified"
                                                                                      : "No command specified");
  if (m->config.hostname.len == 0)
    m->config.hostname = hcsref_str_first(m->in->id, SHORT_ID);
  return split_command(m);
}
