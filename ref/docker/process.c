/* SPDX-License-Identifier: Apache-2.0 */
/* The documents of processes. Source: moby libcontainerd/local/local_windows.go Start (newIOFromProcess and
 * createProcessParms around it), Exec, setupEnvironmentVariables; process_windows.go. */
#include "hcsref/docker.h"

#include "base/command_line.h"

static bool command_line(hcsref_arena *arena, const hcsref_oci_process *process, hcsref_str *out) {
  *out = process->command_line;
  return out->len != 0 || hcsref_command_line(arena, process->args.items, process->args.len, out);
}

/* The place of the first `=`, or the length when there is none. */
static size_t equals_sign(hcsref_str entry) {
  size_t at = 0;
  while (at < entry.len && entry.data[at] != '=')
    at++;
  return at;
}

/* A map: of a name that stands twice the later value counts. An entry without `=` is dropped. */
static bool environment(hcsref_arena *arena, const hcsref_slice *env, hcsref_map *out) {
  const hcsref_str *entries = env->items;
  for (size_t i = 0; i < env->len; i++) {
    size_t at = equals_sign(entries[i]);
    hcsref_string_entry *variable;
    if (at == entries[i].len)
      continue;
    variable = hcsref_map_push(arena, out, sizeof *variable);
    if (variable == NULL)
      return false;
    variable->key = hcsref_str_first(entries[i], at);
    variable->value = hcsref_str_skip(entries[i], at + 1);
  }
  return true;
}

static bool build_common(hcsref_arena *arena, const hcsref_oci_process *process, hcsref_v1_process_config *out) {
  out->emulate_console = process->terminal;
  out->create_std_in_pipe = true;
  out->create_std_out_pipe = true;
  out->create_std_err_pipe = !process->terminal;
  out->working_directory = process->cwd;
  out->user = process->user.username;
  return command_line(arena, process, &out->command_line) && environment(arena, &process->env, &out->environment);
}

static void set_console_size(const hcsref_oci_box *size, hcsref_v1_process_config *out) {
  if (size == NULL)
    return;
  out->console_size[0] = size->height;
  out->console_size[1] = size->width;
}

/* A later process has a console size with a terminal only, and without a working directory that of the first. */
static void build_exec(const hcsref_oci_spec *spec, const hcsref_oci_process *exec, hcsref_v1_process_config *out) {
  if (exec->cwd.len == 0)
    out->working_directory = spec->process->cwd;
  if (exec->terminal)
    set_console_size(exec->console_size, out);
}

bool hcsref_docker_process(hcsref_arena *arena, const hcsref_oci_spec *spec, const hcsref_oci_process *exec,
                           hcsref_v1_process_config *out, hcsref_error *err) {
  hcsref_v1_process_config config = {0};
  const hcsref_oci_process *process = exec;
  if (spec == NULL)
    return hcsref_fail(arena, err, "spec-missing", HCSREF_LIT(""), "there is no spec");
  if (exec == NULL || exec->cwd.len == 0) {
    if (spec->process == NULL)
      return hcsref_fail(arena, err, "process-missing", HCSREF_LIT("/process"), "the spec has no process");
  }
  if (exec == NULL)
    process = spec->process;
  if (!build_common(arena, process, &config))
    return hcsref_fail_memory(err);
  if (exec == NULL)
    set_console_size(process->console_size, &config);
  else
    build_exec(spec, exec, &config);
  *out = config;
  return true;
}
