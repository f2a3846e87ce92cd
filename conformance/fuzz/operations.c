/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/operations.h"

#include "fuzz/question.h"
#include "run/cases/glob.h"

#include "hcsref/hcsref.h"

#include <stdlib.h>
#include <string.h>

/* ---- what their params look like ---------------------------------------------------------------------- */

/* Only described: offsets mean nothing. */
#define ROW(name, type)                                                                                                \
  { name, sizeof(name) - 1, 0, &(type), NULL, false, 0, 0, NULL }
#define SHAPE(fields)                                                                                                  \
  { HCSREF_STRUCT, "", 1, NULL, fields, CLI_COUNT(fields), 0, NULL, 0 }

static const hcsref_field system_fields[] = {ROW("id", hcsref_type_string), ROW("os", hcsref_type_string)};
static const hcsref_type system_shape = SHAPE(system_fields);
static const hcsref_field mapping_fields[] = {
    ROW("source", hcsref_type_string),
    ROW("destination", hcsref_type_string),
    ROW("hosting_system", system_shape),
};
static const hcsref_type mapping_shape = SHAPE(mapping_fields);

/* Where the params that the protocol's tables describe hold JSON that these leave open. The others are described by
 * their own table. */
static const struct {
  const char *op, *target; /* target: the fuzz target whose inputs they are (mutator/inputs.h); or `type` */
  const hcsref_type *type;
  size_t weight;
} described[] = {
    {"cri-to-oci", "cri_stage", NULL, 4},
    {"oci-to-hcs", "oci_to_hcs", NULL, 4},
    {"create-document", "create_document", NULL, 2},
    {"create-container", "create_document", NULL, 2},
    {"setup-mounts", "create_document", NULL, 1},
    {"cpu-affinity", "create_document", NULL, 1},
    {"assigned-devices", "assigned_devices", NULL, 1},
    {"device-extensions", "device_extensions", NULL, 1},
    {"check-mounts", "cpu_limits", NULL, 1},
    {"cpu-limits", "cpu_limits", NULL, 1},
    {"memory-limit", "memory_storage", NULL, 1},
    {"storage-limits", "memory_storage", NULL, 1},
    {"map-named-pipe", NULL, &mapping_shape, 1},
};

static void describe(kit_fuzz_operation *o) {
  size_t i;
  const input_format own = {o->operation->name, o->operation->params, NULL, false};
  o->format = own;
  o->weight = 1;
  for (i = 0; i < CLI_COUNT(described); i++) {
    const input_format *format;
    if (strcmp(described[i].op, o->operation->name) != 0)
      continue;
    format = described[i].target == NULL ? NULL : inputs_find(described[i].target);
    o->format.type = format == NULL ? described[i].type : format->type;
    o->weight = described[i].weight;
  }
}

/* ---- choosing ----------------------------------------------------------------------------------------- */

static bool is_wanted(const serve_operation *operation, const cli_list *globs) {
  size_t i;
  for (i = 0; i < globs->count; i++)
    if (kit_glob(hcsref_cstr(globs->items[i]), hcsref_cstr(operation->name)))
      return true;
  return globs->count == 0;
}

static bool add(kit_fuzz_operations *all, const serve_operation *operation, const kit_fuzz_oracle *oracle) {
  kit_fuzz_operation *items = realloc(all->items, (all->count + 1) * sizeof(*items));
  if (items == NULL)
    return false;
  all->items = items;
  memset(&items[all->count], 0, sizeof(*items));
  items[all->count].operation = operation;
  items[all->count].oracle = oracle;
  describe(&items[all->count++]);
  return true;
}

static int complain_unknown(const char *glob, char *message, size_t size) {
  const char *names[64], *near;
  const serve_operation *operation;
  size_t count = 0;
  while (count < CLI_COUNT(names) - 1 && (operation = serve_operation_at(count)) != NULL)
    names[count++] = operation->name;
  names[count] = NULL;
  near = cli_nearest(glob, names);
  snprintf(message, size, "no operation matches '%s'%s%s%s (see 'hcsproof help protocol')", glob,
           near == NULL ? "" : "; did you mean '", near == NULL ? "" : near, near == NULL ? "" : "'?");
  return CLI_USAGE;
}

static bool matches_any(const char *glob) {
  const serve_operation *operation;
  size_t i;
  for (i = 0; (operation = serve_operation_at(i)) != NULL; i++)
    if (kit_glob(hcsref_cstr(glob), hcsref_cstr(operation->name)))
      return true;
  return false;
}

int kit_fuzz_choose(kit_fuzz_operations *all, const cli_list *globs, const kit_fuzz_oracle *oracle, char *message,
                    size_t size) {
  const serve_operation *operation;
  size_t i;
  memset(all, 0, sizeof(*all));
  hcsref_arena_init(&all->arena, NULL, 0);
  for (i = 0; i < globs->count; i++)
    if (!matches_any(globs->items[i]))
      return complain_unknown(globs->items[i], message, size);
  for (i = 0; (operation = serve_operation_at(i)) != NULL; i++)
    if (serve_performs(oracle->profile, operation) && is_wanted(operation, globs) && !add(all, operation, oracle)) {
      snprintf(message, size, "out of memory");
      return CLI_KIT;
    }
  return CLI_OK;
}

void kit_fuzz_operations_free(kit_fuzz_operations *all) {
  size_t i;
  for (i = 0; i < all->count; i++)
    free(all->items[i].pool);
  free(all->items);
  hcsref_arena_free(&all->arena);
}

kit_fuzz_operation *kit_fuzz_find(kit_fuzz_operations *all, hcsref_str name) {
  size_t i;
  for (i = 0; i < all->count; i++)
    if (hcsref_str_equal(name, hcsref_cstr(all->items[i].operation->name)))
      return &all->items[i];
  return NULL;
}

/* ---- inputs ------------------------------------------------------------------------------------------- */

static bool make_room(kit_fuzz_operation *o) {
  size_t room = o->room == 0 ? 64 : o->room * 2;
  hcsref_str *pool;
  if (o->count < o->room)
    return true;
  pool = realloc(o->pool, room * sizeof(*pool));
  if (pool == NULL)
    return false;
  o->pool = pool;
  o->room = room;
  return true;
}

bool kit_fuzz_keep(kit_fuzz_operations *all, kit_fuzz_operation *o, hcsref_str params) {
  if (params.len > KIT_FUZZ_INPUT_LIMIT || o->count == KIT_FUZZ_POOL_LIMIT)
    return true;
  if (!make_room(o) || !hcsref_str_copy(&all->arena, params, &o->pool[o->count]))
    return false;
  o->count++;
  return true;
}

static bool has_key(const kit_json *object, hcsref_str key) {
  const kit_json *member;
  for (member = object->first; member != NULL; member = member->next)
    if (hcsref_str_equal(member->key, key))
      return true;
  return false;
}

/* What the first case has, without what another one lacks. */
static bool learn_members(kit_fuzz_operations *all, kit_fuzz_operation *o, const kit_json *params) {
  const kit_json *member = o->count == 0 ? params->first : NULL;
  size_t i, kept = 0;
  for (; member != NULL && o->member_count < KIT_FUZZ_MEMBERS; member = member->next)
    if (!hcsref_str_copy(&all->arena, member->key, &o->members[o->member_count++]))
      return false;
  for (i = 0; i < o->member_count; i++)
    if (has_key(params, o->members[i]))
      o->members[kept++] = o->members[i];
  o->member_count = kept;
  return true;
}

static bool keep_case(kit_fuzz_operations *all, hcsref_arena *arena, const kit_case *c) {
  kit_fuzz_operation *o = kit_fuzz_find(all, c->op);
  hcsref_str params;
  kit_json *tree;
  kit_case asked;
  kit_fuzz_fairness fairness;
  if (o == NULL)
    return true;
  if (!kit_fuzz_open_params(arena, c->params, &params))
    return false;
  fairness = kit_fuzz_ask(arena, o, params, &asked);
  if (fairness != KIT_FUZZ_FAIR)
    return fairness == KIT_FUZZ_UNFAIR;
  return kit_json_parse(arena, params, &tree, NULL) && learn_members(all, o, tree) && kit_fuzz_keep(all, o, params);
}

bool kit_fuzz_load(kit_fuzz_operations *all, kit_source *source, void (*complain)(void *context, hcsref_str message),
                   void *context, uint64_t *unreadable) {
  hcsref_arena arena;
  kit_next next = KIT_NEXT_CASE;
  bool ok = true;
  size_t i;
  hcsref_arena_init(&arena, NULL, 0);
  while (ok && next != KIT_NEXT_END) {
    hcsref_error err;
    kit_case c;
    hcsref_arena_reset(&arena);
    next = kit_source_next(source, &arena, &c, &err);
    if (next == KIT_NEXT_CASE) {
      ok = keep_case(all, &arena, &c);
    } else if (next == KIT_NEXT_ERROR) {
      complain(context, err.message);
      ++*unreadable;
    }
  }
  hcsref_arena_free(&arena);
  for (i = 0; ok && i < all->count; i++) {
    all->items[i].loaded = true;
    if (all->items[i].count == 0)
      ok = kit_fuzz_keep(all, &all->items[i], HCSREF_LIT("{}"));
  }
  return ok;
}
