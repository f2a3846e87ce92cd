/* SPDX-License-Identifier: Apache-2.0 */
#include "translate/host.h"

#include "cli/options.h"
#include "compare/text.h"
#include "input/encoding.h"
#include "translate/default_host.h"

#include <string.h>

/* Answers from `given` what `tree` tells, and from the built-in host everything else. */
typedef struct overlay {
  const kit_json *tree;
  const translation_facts *facts;
  hcsref_host given;
  bool vm; /* `given` is a VM's: what resolves to what is said of its files */
} overlay;

/* ---- facts ------------------------------------------------------------------------------------------------------ */

static const char *const known_facts[] = {
    "cim_volume", "cpus",  "files",           "grant_errors",    "layer_ids", "modify_errors",
    "os_build",   "paths", "processor_count", "processor_error", "resolve",   "shim_path",
    "uvm_folder", NULL};

static bool is_known(hcsref_str key) {
  for (size_t i = 0; known_facts[i] != NULL; i++)
    if (hcsref_str_equal(key, hcsref_cstr(known_facts[i])))
      return true;
  return false;
}

static bool refuse_key(hcsref_arena *arena, hcsref_str key, hcsref_error *err) {
  const hcsref_str end = hcsref_str_from("", 1);
  hcsref_buf where = {.arena = arena};
  hcsref_str word;
  const char *near;
  kit_pointer_append(&where, key);
  if (where.failed || !hcsref_format(arena, &word, "%v%v", key, end))
    return hcsref_fail_memory(err);
  near = cli_nearest(word.data, known_facts);
  return hcsref_fail(arena, err, "host-key", hcsref_buf_str(&where), "is not a fact about a host%s%s%s",
                     near == NULL ? "" : "; did you mean ", near == NULL ? "" : near, near == NULL ? "" : "?");
}

bool translation_facts_read(hcsref_arena *arena, hcsref_str text, translation_facts *out, hcsref_error *err) {
  kit_json *tree;
  hcsref_str json;
  const translation_facts none = {NULL, NULL, {NULL, 0}};
  *out = none;
  if (text.data == NULL)
    return true;
  if (!input_decode(arena, text, &json, err) || !hcsref_script_load(arena, json, &out->script, err) ||
      !kit_json_parse(arena, json, &tree, err))
    return false;
  for (const kit_json *child = tree->first; child != NULL; child = child->next)
    if (tree->kind == KIT_JSON_OBJECT && !is_known(child->key))
      return refuse_key(arena, child->key, err);
  out->tree = tree;
  return true;
}

static bool has(const overlay *o, const char *fact) {
  return kit_json_get(o->tree, fact) != NULL;
}

static bool has_path(const overlay *o, const char *fact, hcsref_str path) {
  const kit_json *map = kit_json_get(o->tree, fact);
  if (map == NULL || map->kind != KIT_JSON_OBJECT)
    return false;
  for (const kit_json *child = map->first; child != NULL; child = child->next)
    if (hcsref_str_equal(child->key, path))
      return true;
  return false;
}

static hcsref_host rest(const overlay *o) {
  return default_host_with(&o->facts->image);
}

/* Files that name the image of a utility VM name all of them. */
static bool names_image(const overlay *o) {
  const kit_json *files = kit_json_get(o->tree, "files");
  if (files == NULL || files->kind != KIT_JSON_OBJECT)
    return false;
  for (const kit_json *child = files->first; child != NULL; child = child->next)
    if (hcsref_str_has_suffix(child->key, HCSREF_LIT("\\UtilityVM")))
      return true;
  return false;
}

/* ---- the host --------------------------------------------------------------------------------------------------- */

static int32_t processor_count(void *ctx) {
  const overlay *o = ctx;
  const hcsref_host host = has(o, "processor_count") ? o->given : rest(o);
  return host.ops->processor_count(host.ctx);
}

static uint32_t os_build(void *ctx) {
  const overlay *o = ctx;
  const hcsref_host host = has(o, "os_build") ? o->given : rest(o);
  return host.ops->os_build(host.ctx);
}

static bool layer_id(void *ctx, hcsref_arena *arena, hcsref_str folder, hcsref_guid *id, hcsref_str *message) {
  const overlay *o = ctx;
  hcsref_host host = rest(o);
  hcsref_str dir, name;
  hcsref_path_split(folder, &dir, &name);
  if (has_path(o, "layer_ids", folder) || has_path(o, "layer_ids", name))
    host = o->given;
  return host.ops->layer_id(host.ctx, arena, folder, id, message);
}

static hcsref_path_status stat_path(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                    hcsref_str *message) {
  const overlay *o = ctx;
  bool told = has_path(o, "paths", path) || has_path(o, "files", path) ||
              (hcsref_str_has_suffix(path, HCSREF_LIT("\\UtilityVM")) && names_image(o));
  const hcsref_host host = told ? o->given : rest(o);
  return host.ops->stat(host.ctx, arena, path, is_dir, message);
}

static bool mkdir_all(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  const overlay *o = ctx;
  return o->given.ops->mkdir_all(o->given.ctx, arena, path, message);
}

static bool resolve(void *ctx, hcsref_arena *arena, hcsref_str path, int mode, hcsref_str *target,
                    hcsref_str *message) {
  const overlay *o = ctx;
  const char *fact = o->vm ? "files" : mode == HCSREF_RESOLVE_CRI ? "paths" : "resolve";
  const hcsref_host host = has_path(o, fact, path) ? o->given : rest(o);
  return host.ops->resolve(host.ctx, arena, path, mode, target, message);
}

static bool read_file(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *data, hcsref_str *message) {
  const overlay *o = ctx;
  const hcsref_host host = has_path(o, "files", path) ? o->given : rest(o);
  return host.ops->read_file(host.ctx, arena, path, data, message);
}

static bool uvm_folder(void *ctx, hcsref_arena *arena, const hcsref_str *folders, size_t count, hcsref_str *folder,
                       hcsref_str *message, bool *answered) {
  const overlay *o = ctx;
  *answered = false;
  return o->given.ops->uvm_folder == NULL || !has(o, "uvm_folder") ||
         o->given.ops->uvm_folder(o->given.ctx, arena, folders, count, folder, message, answered);
}

static bool cim_volume(void *ctx, hcsref_str *volume) {
  const overlay *o = ctx;
  return o->given.ops->cim_volume != NULL && o->given.ops->cim_volume(o->given.ctx, volume);
}

/* The default host has no layers in cims, and a path of every name: only who tells of cims is asked for them. */
static const hcsref_host_ops overlay_ops = {processor_count, os_build,  layer_id,   stat_path, mkdir_all,
                                            resolve,         read_file, uvm_folder, NULL};
static const hcsref_host_ops overlay_ops_with_cims = {processor_count, os_build,  layer_id,   stat_path, mkdir_all,
                                                      resolve,         read_file, uvm_folder, cim_volume};

static bool lay_over(hcsref_arena *arena, const translation_facts *facts, hcsref_host given, bool vm, hcsref_host *out,
                     hcsref_error *err) {
  overlay *o = hcsref_arena_alloc(arena, sizeof *o);
  if (o == NULL)
    return hcsref_fail_memory(err);
  o->tree = facts->tree;
  o->facts = facts;
  o->given = given;
  o->vm = vm;
  out->ops = has(o, "cim_volume") ? &overlay_ops_with_cims : &overlay_ops;
  out->ctx = o;
  return true;
}

bool translation_hosts_open(hcsref_arena *arena, const translation_facts *facts, translation_hosts *out,
                            hcsref_error *err) {
  out->stage_1 = out->stage_2 = default_host_with(&facts->image);
  return facts->tree == NULL ||
         (lay_over(arena, facts, hcsref_script_cri_host(facts->script), false, &out->stage_1, err) &&
          lay_over(arena, facts, hcsref_script_host(facts->script), false, &out->stage_2, err));
}

/* ---- the host of a VM: where nothing is given, nothing is refused ------------------------------------------------ */

static bool default_processors(void *ctx, hcsref_arena *arena, int32_t *count, hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)message;
  *count = DEFAULT_HOST_PROCESSORS;
  return true;
}

static int32_t default_cpus(void *ctx) {
  (void)ctx;
  return DEFAULT_HOST_PROCESSORS;
}

static bool default_copy_file(void *ctx, hcsref_arena *arena, hcsref_str from, hcsref_str to, bool overwrite,
                              hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)from;
  (void)to;
  (void)overwrite;
  (void)message;
  return true;
}

static bool default_grant_vm(void *ctx, hcsref_arena *arena, hcsref_str vm_id, hcsref_str path, hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)vm_id;
  (void)path;
  (void)message;
  return true;
}

static bool default_grant_group(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)path;
  (void)message;
  return true;
}

static bool default_disk_id(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str id, hcsref_str *message) {
  (void)id;
  return default_grant_group(ctx, arena, path, message);
}

static bool default_file_id(void *ctx, hcsref_arena *arena, hcsref_str path, bool *known) {
  *known = true;
  return default_grant_group(ctx, arena, path, NULL);
}

/* Keeps what is asked. */
static bool default_modify(void *ctx, hcsref_arena *arena, const hcsref_vm_request *request, hcsref_str *message) {
  translation_vm_host *vm = ctx;
  hcsref_vm_request *place = hcsref_slice_push(arena, &vm->asked, sizeof(*place));
  (void)message;
  if (place != NULL)
    *place = *request;
  return place != NULL;
}

static const hcsref_vm_host_ops default_ops = {default_processors, default_cpus,        default_copy_file,
                                               default_grant_vm,   default_grant_group, default_disk_id,
                                               default_file_id,    default_modify};

/* ---- the host of a VM: facts over that --------------------------------------------------------------------------- */

/* Facts, as a VM's host. */
typedef struct vm_overlay {
  overlay base;
  hcsref_vm_host given;
} vm_overlay;

static bool processors(void *ctx, hcsref_arena *arena, int32_t *count, hcsref_str *message) {
  const vm_overlay *o = ctx;
  if (!has(&o->base, "processor_count") && !has(&o->base, "processor_error"))
    return default_processors(ctx, arena, count, message);
  return o->given.ops->processors(o->given.ctx, arena, count, message);
}

static int32_t cpus(void *ctx) {
  const vm_overlay *o = ctx;
  bool told = has(&o->base, "cpus") || has(&o->base, "processor_count");
  return told ? o->given.ops->cpus(o->given.ctx) : default_cpus(ctx);
}

static bool copy_file(void *ctx, hcsref_arena *arena, hcsref_str from, hcsref_str to, bool overwrite,
                      hcsref_str *message) {
  const vm_overlay *o = ctx;
  return !has_path(&o->base, "files", from) ||
         o->given.ops->copy_file(o->given.ctx, arena, from, to, overwrite, message);
}

static bool grant_vm(void *ctx, hcsref_arena *arena, hcsref_str vm_id, hcsref_str path, hcsref_str *message) {
  const vm_overlay *o = ctx;
  return o->given.ops->grant_vm(o->given.ctx, arena, vm_id, path, message);
}

static bool grant_group(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  const vm_overlay *o = ctx;
  return o->given.ops->grant_vm_group(o->given.ctx, arena, path, message);
}

static bool set_disk_id(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str id, hcsref_str *message) {
  const vm_overlay *o = ctx;
  return o->given.ops->set_disk_id(o->given.ctx, arena, path, id, message);
}

static bool has_file_id(void *ctx, hcsref_arena *arena, hcsref_str path, bool *known) {
  const vm_overlay *o = ctx;
  return o->given.ops->has_file_id(o->given.ctx, arena, path, known);
}

static bool modify(void *ctx, hcsref_arena *arena, const hcsref_vm_request *request, hcsref_str *message) {
  const vm_overlay *o = ctx;
  return o->given.ops->modify(o->given.ctx, arena, request, message);
}

static const hcsref_vm_host_ops vm_overlay_ops = {processors,  cpus,        copy_file,   grant_vm,
                                                  grant_group, set_disk_id, has_file_id, modify};

static bool open_vm_facts(hcsref_arena *arena, const translation_facts *facts, translation_vm_host *out,
                          hcsref_error *err) {
  vm_overlay *o = hcsref_arena_alloc(arena, sizeof *o);
  if (o == NULL)
    return hcsref_fail_memory(err);
  if (!hcsref_vm_script_load(arena, facts->tree->raw, &out->facts, err))
    return false;
  o->given = hcsref_vm_script_host(out->facts);
  o->base.tree = facts->tree;
  if (has(&o->base, "shim_path"))
    out->shim_path = hcsref_vm_script_shim_path(out->facts);
  out->host.ops = &vm_overlay_ops;
  out->host.ctx = o;
  return lay_over(arena, facts, o->given.base, true, &out->host.base, err);
}

bool translation_vm_host_open(hcsref_arena *arena, const translation_facts *facts, translation_vm_host *out,
                              hcsref_error *err) {
  memset(out, 0, sizeof *out);
  out->host.base = default_host_with(&facts->image);
  out->host.ops = &default_ops;
  out->host.ctx = out;
  return facts->tree == NULL || open_vm_facts(arena, facts, out, err);
}

const hcsref_slice *translation_vm_host_asked(const translation_vm_host *host) {
  return host->facts == NULL ? &host->asked : hcsref_vm_script_requests(host->facts);
}
