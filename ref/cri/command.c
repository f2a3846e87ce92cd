/* SPDX-License-Identifier: Apache-2.0 */
/* The command of a container, out of what the config and the image say. Source: containerd pkg/cri/opts spec.go
 * WithProcessArgs, spec_windows.go getArgs, spec_windows_opts.go WithProcessCommandLineOrArgsForWindows. */
#include "base/command_line.h"
#include "cri/steps.h"

/* What to run, and whether the image says how it begins. */
typedef struct command {
  hcsref_slice entrypoint, args;
  bool from_image;
} command;

static bool is_one_empty_string(const hcsref_slice *list) {
  return list->len == 1 && ((const hcsref_str *)list->items)->len == 0;
}

/* The image's entrypoint is used only when the config's is null: an empty one replaces it by nothing. */
static command choose_command(const hcsref_rules *rules, const hcsref_cri_container_config *config,
                              const hcsref_image_config *image) {
  command c = {config->command, config->args, false};
  if (config->command.len != 0)
    return c;
  if (config->args.len == 0) {
    c.args = image->cmd;
    c.from_image = image->cmd.len != 0;
  }
  if (config->command.items == NULL &&
      !(hcsref_has(rules, HCSREF_CHANGE_COMMAND_EMPTY_ENTRYPOINT) && is_one_empty_string(&image->entrypoint))) {
    c.entrypoint = image->entrypoint;
    c.from_image = c.from_image || image->entrypoint.len != 0;
  }
  return c;
}

static bool join_lists(hcsref_arena *arena, const hcsref_slice *first, const hcsref_slice *second, hcsref_slice *out) {
  const hcsref_slice *lists[2];
  size_t count = first->len + second->len, next = 0;
  hcsref_str *items = hcsref_arena_array(arena, count, sizeof *items);
  if (items == NULL)
    return false;
  lists[0] = first;
  lists[1] = second;
  for (size_t list = 0; list < 2; list++)
    for (size_t i = 0; i < lists[list]->len; i++)
      items[next++] = ((const hcsref_str *)lists[list]->items)[i];
  out->items = items;
  out->len = out->cap = count;
  return true;
}

bool hcsref_step_args(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec, const hcsref_slice *first,
                      const hcsref_slice *second, hcsref_error *err) {
  hcsref_slice args;
  hcsref_oci_process *process = hcsref_process_section(arena, spec, err);
  if (process == NULL)
    return false;
  if (!join_lists(arena, first, second, &args))
    return hcsref_fail_memory(err);
  process->args = args;
  if (hcsref_has(rules, HCSREF_CHANGE_COMMAND_LINE_CLEARED))
    process->command_line = hcsref_cstr(NULL);
  return true;
}

/* The first word of an image with ArgsEscaped is a piece of a command line already. */
static bool make_command_line(hcsref_arena *arena, const command *c, hcsref_str *line) {
  hcsref_slice words;
  const hcsref_str *items;
  hcsref_str rest;
  if (!join_lists(arena, &c->entrypoint, &c->args, &words))
    return false;
  items = words.items;
  if (!c->from_image)
    return hcsref_command_line(arena, items, words.len, line);
  if (words.len == 1) {
    *line = items[0];
    return true;
  }
  return hcsref_command_line(arena, items + 1, words.len - 1, &rest) &&
         hcsref_format(arena, line, "%v %v", items[0], rest);
}

static bool set_command_line(hcsref_arena *arena, hcsref_oci_spec *spec, const command *c, hcsref_error *err) {
  static const hcsref_slice none = {NULL, 0, 0};
  hcsref_str line;
  hcsref_oci_process *process = hcsref_process_section(arena, spec, err);
  if (process == NULL)
    return false;
  if (!make_command_line(arena, c, &line))
    return hcsref_fail_memory(err);
  process->command_line = line;
  process->args = none;
  return true;
}

bool hcsref_step_command(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec,
                         const hcsref_cri_container_config *config, const hcsref_image_config *image,
                         hcsref_error *err) {
  command c = choose_command(rules, config, image);
  if (c.entrypoint.len == 0 && c.args.len == 0)
    return hcsref_fail(arena, err, "command-missing", HCSREF_LIT("/config/command"), "no command specified");
  if (image->args_escaped && hcsref_has(rules, HCSREF_CHANGE_COMMAND_ARGS_ESCAPED))
    return set_command_line(arena, spec, &c, err);
  return hcsref_step_args(arena, rules, spec, &c.entrypoint, &c.args, err);
}
