/* SPDX-License-Identifier: Apache-2.0 */
/* The scripted host of a VM. */
#include "hcsref/vm_host.h"

#include "gojson/text.h"
#include "hcsref/path.h"
#include "host/script.h"

#define DEFAULT_PROCESSORS 4
#define DEFAULT_SHIM       HCSREF_LIT("C:\\Program Files\\containerd\\containerd-shim-runhcs-v1.exe")

typedef struct vm_document {
  int32_t *processor_count, *cpus;
  hcsref_str *processor_error, *shim_path;
  uint32_t *os_build;
  hcsref_map files, grant_errors, layer_ids, modify_errors; /* of hcsref_value */
} vm_document;

struct hcsref_vm_script {
  hcsref_script *base; /* keeps the calls */
  hcsref_arena *arena;
  vm_document document;
  hcsref_index files, grant_errors, layer_ids, modify_errors;
  hcsref_slice made; /* of made_path: what is there although the script does not say so */
  hcsref_slice requests;
};

typedef struct made_path {
  hcsref_str path;
  bool dir;
} made_path;

/* ---- reading ---- */

#define FIELD(member, type)                                                                                            \
  { #member, sizeof(#member) - 1, offsetof(vm_document, member), &(type), NULL, true, 0, 0, NULL }
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const hcsref_type int32_ptr = {HCSREF_POINTER, "*int32", sizeof(void *), &hcsref_type_int32, NULL, 0, 0,
                                      NULL,           0};
static const hcsref_type uint32_ptr = {HCSREF_POINTER, "*uint32", sizeof(void *), &hcsref_type_uint32, NULL, 0, 0,
                                       NULL,           0};
static const hcsref_type string_ptr = {HCSREF_POINTER, "*string", sizeof(void *), &hcsref_type_string, NULL, 0, 0,
                                       NULL,           0};
static const hcsref_type any_map = {
    HCSREF_MAP, "map[string]interface {}", sizeof(hcsref_map), &hcsref_type_any, NULL, 0, 0,
    NULL,       sizeof(hcsref_value_entry)};

static const hcsref_field document_fields[] = {
    FIELD(processor_count, int32_ptr), FIELD(cpus, int32_ptr),      FIELD(processor_error, string_ptr),
    FIELD(shim_path, string_ptr),      FIELD(os_build, uint32_ptr), FIELD(files, any_map),
    FIELD(grant_errors, any_map),      FIELD(layer_ids, any_map),   FIELD(modify_errors, any_map),
};
static const hcsref_type document_type = {
    HCSREF_STRUCT, "host", sizeof(vm_document), NULL, document_fields, COUNT_OF(document_fields), 0, NULL, 0};

static bool index_maps(hcsref_vm_script *script, hcsref_error *err) {
  const vm_document *d = &script->document;
  hcsref_arena *arena = script->arena;
  return hcsref_script_settle_map(arena, &d->files, &hcsref_form_vm_file, "files", &script->files, err) &&
         hcsref_script_settle_map(arena, &d->grant_errors, &hcsref_form_text, "grant_errors", &script->grant_errors,
                                  err) &&
         hcsref_script_settle_map(arena, &d->layer_ids, &hcsref_form_layer_id, "layer_ids", &script->layer_ids, err) &&
         hcsref_script_settle_map(arena, &d->modify_errors, &hcsref_form_text, "modify_errors", &script->modify_errors,
                                  err);
}

bool hcsref_vm_script_load(hcsref_arena *arena, hcsref_str text, hcsref_vm_script **out, hcsref_error *err) {
  hcsref_vm_script *script = hcsref_arena_alloc(arena, sizeof(*script));
  if (script == NULL)
    return hcsref_fail_memory(err);
  script->arena = arena;
  if (!hcsref_script_load(arena, HCSREF_LIT(""), &script->base, err) ||
      (text.len != 0 && !hcsref_json_decode(arena, text, &document_type, HCSREF_JSON_WHOLE, &script->document, err)) ||
      !index_maps(script, err))
    return false;
  *out = script;
  return true;
}

hcsref_script *hcsref_vm_script_base(hcsref_vm_script *script) {
  return script->base;
}

hcsref_str hcsref_vm_script_shim_path(const hcsref_vm_script *script) {
  return script->document.shim_path == NULL ? DEFAULT_SHIM : *script->document.shim_path;
}

const hcsref_slice *hcsref_vm_script_requests(const hcsref_vm_script *script) {
  return &script->requests;
}

/* ---- paths ---- */

static const made_path *find_made(const hcsref_vm_script *script, hcsref_str path) {
  const made_path *made = script->made.items;
  for (size_t i = 0; i < script->made.len; i++)
    if (hcsref_str_equal(made[i].path, path))
      return &made[i];
  return NULL;
}

static bool is_there(const hcsref_vm_script *script, hcsref_str path) {
  return hcsref_index_find(&script->files, path) != NULL || find_made(script, path) != NULL;
}

static bool make_path(hcsref_vm_script *script, hcsref_str path, bool dir) {
  made_path *place;
  hcsref_str kept;
  if (is_there(script, path))
    return true;
  if (!hcsref_str_copy(script->arena, path, &kept))
    return false;
  place = hcsref_slice_push(script->arena, &script->made, sizeof(*place));
  if (place == NULL)
    return false;
  place->path = kept;
  place->dir = dir;
  return true;
}

/* The text that the script has for `member` of a path, or null. */
static const hcsref_str *text_of(const hcsref_vm_script *script, hcsref_str path, const char *member) {
  const hcsref_value *file = hcsref_index_find(&script->files, path);
  const hcsref_value *text = file == NULL ? NULL : hcsref_script_member(file, member);
  return text == NULL ? NULL : &text->as.string;
}

static bool is_dir_in_script(const hcsref_value *file) {
  const hcsref_value *dir = hcsref_script_member(file, "dir");
  return dir != NULL && dir->as.boolean;
}

/* What CreateFile would say of it. */
static hcsref_path_status look_at(const hcsref_vm_script *script, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                  hcsref_str *message) {
  const hcsref_value *file = hcsref_index_find(&script->files, path);
  const hcsref_str *error = text_of(script, path, "error");
  const made_path *made = find_made(script, path);
  if (error != NULL) {
    (void)hcsref_format(arena, message, "CreateFile %v: %v", path, *error);
    return HCSREF_PATH_FAILED;
  }
  if (file == NULL && made == NULL) {
    hcsref_script_not_found(arena, "CreateFile", path, message);
    return HCSREF_PATH_NOT_EXIST;
  }
  if (is_dir != NULL)
    *is_dir = file != NULL ? is_dir_in_script(file) : made->dir;
  return HCSREF_PATH_OK;
}

static hcsref_path_status stat_path(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                    hcsref_str *message) {
  hcsref_vm_script *script = ctx;
  if (!hcsref_script_note(script->base, "stat %v", path))
    return HCSREF_PATH_FAILED;
  return look_at(script, arena, path, is_dir, message);
}

static bool mkdir_all(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  hcsref_vm_script *script = ctx;
  const hcsref_str *error = text_of(script, path, "mkdir_error");
  if (!hcsref_script_note(script->base, "mkdir %v", path))
    return false;
  if (error == NULL)
    return make_path(script, path, true);
  (void)hcsref_format(arena, message, "mkdir %v: %v", path, *error);
  return false;
}

static bool resolve(void *ctx, hcsref_arena *arena, hcsref_str path, int mode, hcsref_str *target,
                    hcsref_str *message) {
  hcsref_vm_script *script = ctx;
  const hcsref_str *given = text_of(script, path, "resolve");
  (void)mode;
  if (!hcsref_script_note(script->base, "resolve %v", path) ||
      look_at(script, arena, path, NULL, message) != HCSREF_PATH_OK)
    return false;
  *target = given == NULL ? path : *given;
  return true;
}

/* Why the copy is refused, or null. */
static const hcsref_str *refuse_copy(const hcsref_vm_script *script, hcsref_str from, hcsref_str to, bool overwrite) {
  static const hcsref_str missing = {"The system cannot find the file specified.", 42};
  static const hcsref_str exists = {"The file exists.", 16};
  const hcsref_str *error = text_of(script, from, "copy_error");
  if (error != NULL)
    return error;
  if (!is_there(script, from))
    return &missing;
  return !overwrite && is_there(script, to) ? &exists : NULL;
}

static bool copy_file(void *ctx, hcsref_arena *arena, hcsref_str from, hcsref_str to, bool overwrite,
                      hcsref_str *message) {
  hcsref_vm_script *script = ctx;
  const hcsref_str *error = refuse_copy(script, from, to, overwrite);
  if (!hcsref_script_note(script->base, "copy %s %v %v", overwrite ? "overwrite" : "keep", from, to))
    return false;
  if (error == NULL)
    return make_path(script, to, false);
  (void)hcsref_format(arena, message, "failed CopyFileW Win32 call from '%v' to '%v': %v", from, to, *error);
  return false;
}

/* ---- rights and marks ---- */

static bool grant(const hcsref_vm_script *script, hcsref_str path, hcsref_str *message) {
  const hcsref_str *error = text_of(script, path, "grant_error");
  const hcsref_value *listed = hcsref_index_find(&script->grant_errors, path);
  if (listed != NULL)
    *message = listed->as.string;
  else if (error != NULL)
    *message = *error;
  return listed == NULL && error == NULL;
}

static bool grant_vm(void *ctx, hcsref_arena *arena, hcsref_str vm_id, hcsref_str path, hcsref_str *message) {
  hcsref_vm_script *script = ctx;
  (void)arena;
  return hcsref_script_note(script->base, "grant-vm %v %v", vm_id, path) && grant(script, path, message);
}

static bool grant_vm_group(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  hcsref_vm_script *script = ctx;
  (void)arena;
  return hcsref_script_note(script->base, "grant-vm-group %v", path) && grant(script, path, message);
}

static bool set_disk_id(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str id, hcsref_str *message) {
  hcsref_vm_script *script = ctx;
  const hcsref_str *error = text_of(script, path, "disk_id_error");
  (void)arena;
  if (!hcsref_script_note(script->base, "set-disk-id %v %v", path, id))
    return false;
  if (error != NULL)
    *message = *error;
  return error == NULL;
}

static bool has_file_id(void *ctx, hcsref_arena *arena, hcsref_str path, bool *has) {
  hcsref_vm_script *script = ctx;
  const hcsref_str *answer = text_of(script, path, "file_id");
  (void)arena;
  *has = answer == NULL || !hcsref_str_equal(*answer, HCSREF_LIT("error"));
  return hcsref_script_note(script->base, "query-file-id %v", path);
}

/* ---- facts ---- */

static int32_t processor_count(void *ctx) {
  const hcsref_vm_script *script = ctx;
  return script->document.processor_count == NULL ? DEFAULT_PROCESSORS : *script->document.processor_count;
}

static uint32_t os_build(void *ctx) {
  const hcsref_vm_script *script = ctx;
  return script->document.os_build == NULL ? HCSREF_BUILD_LTSC2022 : *script->document.os_build;
}

static int32_t cpus(void *ctx) {
  const hcsref_vm_script *script = ctx;
  return script->document.cpus == NULL ? processor_count(ctx) : *script->document.cpus;
}

static bool processors(void *ctx, hcsref_arena *arena, int32_t *count, hcsref_str *message) {
  const hcsref_vm_script *script = ctx;
  (void)arena;
  if (script->document.processor_error != NULL) {
    *message = *script->document.processor_error;
    return false;
  }
  *count = processor_count(ctx);
  return true;
}

static bool layer_id(void *ctx, hcsref_arena *arena, hcsref_str folder, hcsref_guid *id, hcsref_str *message) {
  const hcsref_vm_script *script = ctx;
  hcsref_str dir, name, reason = HCSREF_LIT("no layer id given");
  const hcsref_value *answer;
  hcsref_path_split(folder, &dir, &name);
  if (!hcsref_script_note(script->base, "layer-id %v", name))
    return false;
  answer = hcsref_index_find(&script->layer_ids, name);
  if (answer != NULL && hcsref_guid_parse(hcsref_script_text(answer), id))
    return true;
  if (answer != NULL)
    (void)hcsref_script_error(answer, &reason);
  (void)hcsref_format(arena, message, "hcsshim::NameToGuid failed in Win32: %v (0x1f)", reason);
  return false;
}

/* No VM reads a file of the host, and its image is looked for by stat. */
static bool read_file(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *data, hcsref_str *message) {
  (void)ctx;
  (void)data;
  hcsref_script_not_found(arena, "open", path, message);
  return false;
}

static bool modify(void *ctx, hcsref_arena *arena, const hcsref_vm_request *request, hcsref_str *message) {
  hcsref_vm_script *script = ctx;
  hcsref_str number;
  const hcsref_value *error;
  hcsref_vm_request *place;
  if (!hcsref_format(arena, &number, "%u", (uint64_t)script->requests.len))
    return false;
  place = hcsref_slice_push(script->arena, &script->requests, sizeof(*place));
  if (place == NULL)
    return false;
  *place = *request;
  error = hcsref_index_find(&script->modify_errors, number);
  if (error != NULL)
    *message = error->as.string;
  return error == NULL;
}

static const hcsref_host_ops host_ops = {.processor_count = processor_count,
                                         .os_build = os_build,
                                         .layer_id = layer_id,
                                         .stat = stat_path,
                                         .mkdir_all = mkdir_all,
                                         .resolve = resolve,
                                         .read_file = read_file};

static const hcsref_vm_host_ops vm_ops = {processors,     cpus,        copy_file,   grant_vm,
                                          grant_vm_group, set_disk_id, has_file_id, modify};

hcsref_vm_host hcsref_vm_script_host(hcsref_vm_script *script) {
  hcsref_vm_host host;
  host.base.ops = &host_ops;
  host.base.ctx = script;
  host.ops = &vm_ops;
  host.ctx = script;
  return host;
}
