/* SPDX-License-Identifier: Apache-2.0 */
/* The scripted host: each question answered from the script, with the texts that the originals' errors have. */
#include "host/script.h"

#include "gojson/text.h"
#include "hcsref/path.h"

#define DEFAULT_PROCESSORS 4

/* The text of os.ErrNotExist. */
#define NOT_EXIST HCSREF_LIT("file does not exist")

void hcsref_script_not_found(hcsref_arena *arena, const char *operation, hcsref_str path, hcsref_str *message) {
  (void)hcsref_format(arena, message, "%s %v: The system cannot find the file specified.", operation, path);
}

bool hcsref_script_note(hcsref_script *script, const char *format, ...) {
  hcsref_str text, *place;
  va_list args;
  bool formatted;
  if (!script->keep_calls)
    return true;
  va_start(args, format);
  formatted = hcsref_format_args(script->arena, &text, format, args);
  va_end(args);
  if (!formatted)
    return false;
  place = hcsref_slice_push(script->arena, &script->calls, sizeof(*place));
  if (place == NULL)
    return false;
  *place = text;
  return true;
}

/* ---- facts ------------------------------------------------------------------------------------------------ */

static int32_t processor_count(void *ctx) {
  const hcsref_script *script = ctx;
  return script->document.processor_count == NULL ? DEFAULT_PROCESSORS : *script->document.processor_count;
}

static uint32_t os_build(void *ctx) {
  const hcsref_script *script = ctx;
  return script->document.os_build == NULL ? HCSREF_BUILD_LTSC2022 : *script->document.os_build;
}

/* NameToGuid gets the last part of the folder; a script may name the whole folder instead. */
static bool layer_id(void *ctx, hcsref_arena *arena, hcsref_str folder, hcsref_guid *id, hcsref_str *message) {
  const hcsref_script *script = ctx;
  const hcsref_value *answer = hcsref_index_find(&script->layer_ids, folder);
  hcsref_str dir, name;
  hcsref_str reason = HCSREF_LIT("no layer id given");
  hcsref_path_split(folder, &dir, &name);
  if (answer == NULL)
    answer = hcsref_index_find(&script->layer_ids, name);
  if (answer != NULL && hcsref_guid_parse(hcsref_script_text(answer), id))
    return true;
  if (answer != NULL)
    (void)hcsref_script_error(answer, &reason);
  (void)hcsref_format(arena, message, "hcsshim::NameToGuid failed in Win32: %v (0x1f)", reason);
  return false;
}

static bool uvm_folder(void *ctx, hcsref_arena *arena, const hcsref_str *folders, size_t count, hcsref_str *folder,
                       hcsref_str *message, bool *answered) {
  const hcsref_script *script = ctx;
  const hcsref_value *answer = &script->document.uvm_folder;
  (void)arena;
  (void)folders;
  (void)count;
  *answered = answer->kind != HCSREF_VALUE_NULL;
  if (hcsref_script_error(answer, message))
    return false;
  *folder = hcsref_script_text(answer);
  return true;
}

/* ---- paths ------------------------------------------------------------------------------------------------ */

static hcsref_path_status stat_by_paths(const hcsref_value *path, hcsref_str *message) {
  const hcsref_value *stat = hcsref_script_member(path, "stat");
  hcsref_str text = stat == NULL ? HCSREF_LIT("ok") : hcsref_script_text(stat);
  if (hcsref_str_equal(text, HCSREF_LIT("ok")))
    return HCSREF_PATH_OK;
  if (hcsref_str_equal(text, HCSREF_LIT("not_exist"))) {
    *message = NOT_EXIST;
    return HCSREF_PATH_NOT_EXIST;
  }
  *message = text;
  return HCSREF_PATH_FAILED;
}

static hcsref_path_status stat_by_files(const hcsref_value *file, bool *is_dir, hcsref_str *message) {
  const hcsref_value *dir = hcsref_script_member(file, "dir");
  if (hcsref_script_error(file, message))
    return HCSREF_PATH_FAILED;
  if (is_dir != NULL)
    *is_dir = dir != NULL && dir->as.boolean;
  return HCSREF_PATH_OK;
}

hcsref_path_status hcsref_script_stat(const hcsref_script *script, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                      hcsref_str *message) {
  const hcsref_value *answer = hcsref_index_find(&script->paths, path);
  if (is_dir != NULL)
    *is_dir = true;
  if (answer != NULL)
    return stat_by_paths(answer, message);
  answer = hcsref_index_find(&script->files, path);
  if (answer != NULL)
    return stat_by_files(answer, is_dir, message);
  hcsref_script_not_found(arena, "CreateFile", path, message);
  return HCSREF_PATH_NOT_EXIST;
}

static hcsref_path_status stat_path(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                    hcsref_str *message) {
  if (!hcsref_script_note(ctx, "stat %v", path))
    return HCSREF_PATH_FAILED;
  return hcsref_script_stat(ctx, arena, path, is_dir, message);
}

static bool is_mentioned(const hcsref_script *script, hcsref_str path) {
  return hcsref_index_find(&script->paths, path) != NULL || hcsref_index_find(&script->files, path) != NULL;
}

static hcsref_path_status stat_source(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                      hcsref_str *message) {
  const hcsref_script *script = ctx;
  if (is_mentioned(ctx, path))
    return stat_path(ctx, arena, path, is_dir, message);
  if (!hcsref_script_note(ctx, "stat %v", path))
    return HCSREF_PATH_FAILED;
  if (is_dir != NULL)
    *is_dir = true;
  if (script->new_folder.len == 0 || !hcsref_str_has_prefix(path, script->new_folder))
    return HCSREF_PATH_OK;
  *message = NOT_EXIST;
  return HCSREF_PATH_NOT_EXIST;
}

static bool mkdir_all(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  hcsref_script *script = ctx;
  const hcsref_value *answer = hcsref_index_find(&script->paths, path);
  const hcsref_value *mkdir = answer == NULL ? NULL : hcsref_script_member(answer, "mkdir");
  hcsref_str made, *place;
  (void)arena;
  if (!hcsref_script_note(script, "mkdir %v 755", path) || (mkdir != NULL && hcsref_script_error(mkdir, message)))
    return false;
  if (!hcsref_str_copy(script->arena, path, &made))
    return false;
  place = hcsref_slice_push(script->arena, &script->made, sizeof(*place));
  if (place == NULL)
    return false;
  *place = made;
  return true;
}

/* containerd resolves what `paths` says, else to the path itself. */
static bool resolve_for_cri(const hcsref_script *script, hcsref_str path, hcsref_str *target, hcsref_str *message) {
  const hcsref_value *answer = hcsref_index_find(&script->paths, path);
  const hcsref_value *given = answer == NULL ? NULL : hcsref_script_member(answer, "resolve");
  if (given != NULL && hcsref_script_error(given, message))
    return false;
  *target = given == NULL ? path : hcsref_script_text(given);
  return true;
}

static bool resolve(void *ctx, hcsref_arena *arena, hcsref_str path, int mode, hcsref_str *target,
                    hcsref_str *message) {
  const hcsref_script *script = ctx;
  const hcsref_value *answer;
  if (!hcsref_script_note(ctx, "resolve %v", path))
    return false;
  if (mode == HCSREF_RESOLVE_CRI)
    return resolve_for_cri(script, path, target, message);
  answer = hcsref_index_find(&script->resolve, path);
  if (answer == NULL) {
    hcsref_script_not_found(arena, "CreateFile", path, message);
    return false;
  }
  if (hcsref_script_error(answer, message))
    return false;
  *target = hcsref_script_text(answer);
  return true;
}

static bool read_file(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *data, hcsref_str *message) {
  const hcsref_script *script = ctx;
  const hcsref_value *file = hcsref_index_find(&script->files, path);
  const hcsref_value *error = file == NULL ? NULL : hcsref_script_member(file, "read_error");
  const hcsref_value *contents = file == NULL ? NULL : hcsref_script_member(file, "data");
  if (!hcsref_script_note(ctx, "read %v", path))
    return false;
  if (file == NULL) {
    hcsref_script_not_found(arena, "open", path, message);
    return false;
  }
  if (error != NULL) {
    *message = hcsref_script_text(error);
    return false;
  }
  *data = hcsref_script_text(contents == NULL ? file : contents);
  return true;
}

static bool cim_volume(void *ctx, hcsref_str *volume) {
  const hcsref_script *script = ctx;
  *volume = script->document.cim_volume;
  return volume->len != 0;
}

static const hcsref_host_ops script_ops = {processor_count, os_build,  layer_id,   stat_path, mkdir_all,
                                           resolve,         read_file, uvm_folder, cim_volume};

static const hcsref_host_ops cri_ops = {processor_count, os_build,  layer_id,   stat_source, mkdir_all,
                                        resolve,         read_file, uvm_folder, cim_volume};

static hcsref_host host_of(const hcsref_host_ops *ops, hcsref_script *script) {
  hcsref_host host;
  host.ops = ops;
  host.ctx = script;
  return host;
}

hcsref_host hcsref_script_host(hcsref_script *script) {
  return host_of(&script_ops, script);
}

hcsref_host hcsref_script_cri_host(hcsref_script *script) {
  return host_of(&cri_ops, script);
}

void hcsref_script_set_new_folder(hcsref_script *script, hcsref_str folder) {
  script->new_folder = folder;
}

void hcsref_script_keep_calls(hcsref_script *script) {
  script->keep_calls = true;
}

const hcsref_slice *hcsref_script_calls(const hcsref_script *script) {
  return &script->calls;
}

const hcsref_slice *hcsref_script_made(const hcsref_script *script) {
  return &script->made;
}
