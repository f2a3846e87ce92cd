/* SPDX-License-Identifier: Apache-2.0 */
#include "hcsref/process.h"
#include "hcsref/pipeline.h"

#include "base/command_line.h"
#include "base/convert.h"
#include "hcsref/path.h"
#include "release/changes.h"

#include <string.h>

typedef struct process_builder {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  const hcsref_oci_process *process;
  hcsref_v2_process_parameters *out;
} process_builder;

/* ---- words ---- */

/* Letters that Go's unicode.IsSpace takes for white space, in UTF-8. */
static const hcsref_str spaces[] = {
    {" ", 1},
    {"\t", 1},
    {"\n", 1},
    {"\v", 1},
    {"\f", 1},
    {"\r", 1},
    {"\xC2\x85", 2},
    {"\xC2\xA0", 2},
    {"\xE1\x9A\x80", 3},
    {"\xE2\x80\x80", 3},
    {"\xE2\x80\x81", 3},
    {"\xE2\x80\x82", 3},
    {"\xE2\x80\x83", 3},
    {"\xE2\x80\x84", 3},
    {"\xE2\x80\x85", 3},
    {"\xE2\x80\x86", 3},
    {"\xE2\x80\x87", 3},
    {"\xE2\x80\x88", 3},
    {"\xE2\x80\x89", 3},
    {"\xE2\x80\x8A", 3},
    {"\xE2\x80\xA8", 3},
    {"\xE2\x80\xA9", 3},
    {"\xE2\x80\xAF", 3},
    {"\xE2\x81\x9F", 3},
    {"\xE3\x80\x80", 3},
};
#define SPACES (sizeof(spaces) / sizeof(spaces[0]))

/* The length of the white space that `text` begins with; 0: none. */
static size_t space_length(hcsref_str text) {
  for (size_t i = 0; i < SPACES; i++)
    if (hcsref_str_has_prefix(text, spaces[i]))
      return spaces[i].len;
  return 0;
}

static hcsref_str skip_spaces(hcsref_str text) {
  size_t length;
  while ((length = space_length(text)) != 0)
    text = hcsref_str_skip(text, length);
  return text;
}

/* strings.Fields(text)[0], or the empty text. */
static hcsref_str first_word(hcsref_str text) {
  size_t length = 0;
  text = skip_spaces(text);
  while (length < text.len && space_length(hcsref_str_skip(text, length)) == 0)
    length++;
  return hcsref_str_first(text, length);
}

/* The length of the white space that `text` ends with; 0: none. */
static size_t trailing_space(hcsref_str text) {
  for (size_t i = 0; i < SPACES; i++)
    if (hcsref_str_has_suffix(text, spaces[i]))
      return spaces[i].len;
  return 0;
}

/* strings.TrimSpace */
static hcsref_str trim(hcsref_str text) {
  size_t length;
  text = skip_spaces(text);
  while ((length = trailing_space(text)) != 0)
    text.len -= length;
  return text;
}

/* ---- the command ---- */

/* Is it a HostProcess container in a VM, of a release that knows them? */
static bool runs_beside_container(const process_builder *b, const hcsref_oci_spec *spec) {
  return spec != NULL && spec->windows != NULL && spec->windows->hyperv != NULL &&
         hcsref_has(b->rules, HCSREF_CHANGE_HOSTPROCESS_HYPERV) && hcsref_is_host_process(spec, b->rules);
}

/* False: out of memory. */
static bool is_shell(const process_builder *b, hcsref_str program, bool *shell) {
  hcsref_str base;
  if (!hcsref_path_base_as(b->arena, b->rules, program, &base))
    return false;
  *shell =
      hcsref_str_equal_ascii_fold(base, HCSREF_LIT("cmd")) || hcsref_str_equal_ascii_fold(base, HCSREF_LIT("cmd.exe"));
  return true;
}

/* The command as it is, by cmd when `wrap` and it is not cmd's already. */
static bool build_line(process_builder *b, bool wrap) {
  const hcsref_str line = b->process->command_line;
  bool shell = true;
  if (wrap && !is_shell(b, first_word(line), &shell))
    return false;
  b->out->command_line = line;
  return shell || hcsref_format(b->arena, &b->out->command_line, "cmd /c %v", line);
}

static bool build_arguments(process_builder *b, bool wrap) {
  const hcsref_slice *args = &b->process->args;
  const hcsref_str *items = args->items;
  hcsref_str *all;
  size_t extra = 0;
  bool shell = true;
  if (wrap && args->len > 0 && !is_shell(b, trim(items[0]), &shell))
    return false;
  if (shell)
    return hcsref_command_line(b->arena, items, args->len, &b->out->command_line);
  all = hcsref_arena_array(b->arena, args->len + 2, sizeof *all);
  if (all == NULL)
    return false;
  all[extra++] = HCSREF_LIT("cmd");
  all[extra++] = HCSREF_LIT("/c");
  memcpy(all + extra, items, args->len * sizeof *all);
  return hcsref_command_line(b->arena, all, args->len + extra, &b->out->command_line);
}

/* Upstream makes the whole user SYSTEM. */
static void choose_user(process_builder *b, const hcsref_oci_spec *spec, bool beside) {
  const hcsref_str *inherit =
      beside ? hcsref_map_find(&spec->annotations, HCSREF_LIT("microsoft.com/hostprocess-inherit-user")) : NULL;
  b->out->user = b->process->user.username;
  if (inherit != NULL && hcsref_str_equal(*inherit, HCSREF_LIT("true")))
    b->out->user = HCSREF_LIT("NT AUTHORITY\\SYSTEM");
}

/* ---- everything else ---- */

/* A variable needs a value; of several of a name the last counts. */
static bool build_environment(process_builder *b) {
  const hcsref_str *env = b->process->env.items;
  for (size_t i = 0; i < b->process->env.len; i++) {
    const char *sign = env[i].len == 0 ? NULL : memchr(env[i].data, '=', env[i].len);
    hcsref_string_entry *entry;
    size_t name_length;
    if (sign == NULL)
      continue;
    name_length = (size_t)(sign - env[i].data);
    if (name_length + 1 == env[i].len)
      continue;
    entry = hcsref_map_push(b->arena, &b->out->environment, sizeof *entry);
    if (entry == NULL)
      return false;
    entry->key = hcsref_str_first(env[i], name_length);
    entry->value = hcsref_str_skip(env[i], name_length + 1);
  }
  return true;
}

static bool build_console(process_builder *b) {
  const hcsref_oci_box *size = b->process->console_size;
  int32_t *numbers;
  if (size == NULL)
    return true;
  numbers = hcsref_arena_array(b->arena, 2, sizeof *numbers);
  if (numbers == NULL)
    return false;
  numbers[0] = hcsref_to_int32((uint64_t)size->height);
  numbers[1] = hcsref_to_int32((uint64_t)size->width);
  b->out->console_size.items = numbers;
  b->out->console_size.len = b->out->console_size.cap = 2;
  return true;
}

static bool build(process_builder *b, const hcsref_oci_spec *spec) {
  const bool beside = runs_beside_container(b, spec);
  if (!(b->process->command_line.len != 0 ? build_line(b, beside) : build_arguments(b, beside)))
    return false;
  choose_user(b, spec, beside);
  b->out->working_directory = b->process->cwd;
  b->out->emulate_console = b->process->terminal;
  return build_environment(b) && build_console(b);
}

bool hcsref_process_document(hcsref_arena *arena, const hcsref_profile *profile, const hcsref_oci_process *process,
                             const hcsref_oci_spec *spec, const hcsref_process_streams *streams,
                             hcsref_v2_process_parameters **out, hcsref_error *err) {
  process_builder b = {.arena = arena, .process = process};
  b.rules = hcsref_profile_rules(profile, HCSREF_PROGRAM_HCSSHIM);
  if (b.rules == NULL)
    return hcsref_fail(arena, err, "unsupported", HCSREF_LIT(""), "the profile has no hcsshim");
  if (process == NULL)
    return hcsref_fail(arena, err, "process-missing", HCSREF_LIT(""), "%s",
                       hcsref_has(b.rules, HCSREF_CHANGE_PROCESS_REQUIRED)
                           ? "process spec is required for non-OCI ProcessHost"
                           : "there is no process");
  b.out = hcsref_arena_alloc(arena, sizeof *b.out);
  if (b.out == NULL || !build(&b, spec))
    return hcsref_fail_memory(err);
  b.out->create_std_in_pipe = streams->in;
  b.out->create_std_out_pipe = streams->out;
  b.out->create_std_err_pipe = streams->err;
  *out = b.out;
  return true;
}
