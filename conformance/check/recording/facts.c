/* SPDX-License-Identifier: Apache-2.0 */
#include "check/recording/facts.h"

#include "translate/default_host.h"

#include <string.h>

/* ---- learning ---------------------------------------------------------------------------------------------- */

static bool copy(const facts *f, hcsref_str text, hcsref_str *out) {
  return hcsref_str_copy(f->arena, text, out);
}

bool facts_read_guid(const facts *f, const kit_json *node, hcsref_guid *out) {
  return node != NULL && node->kind == KIT_JSON_STRING &&
         hcsref_json_decode(f->arena, node->raw, &hcsref_type_guid, HCSREF_JSON_WHOLE, out, NULL);
}

/* The place of the next fact of a kind, of which there were `count`; that of the oldest, once enough are kept. Null:
 * out of memory. */
static void *next_place(const facts *f, hcsref_slice *kind, uint64_t count, size_t size) {
  size_t at = (size_t)(count % FACTS_KEPT);
  return at < kind->len ? (char *)kind->items + at * size : hcsref_slice_push(f->arena, kind, size);
}

static bool learn_id(facts *f, const kit_json *in, const kit_json *out, uint64_t process) {
  fact_id *id;
  hcsref_guid guid;
  (void)process;
  if (!facts_read_guid(f, kit_json_get(out, "guid"), &guid))
    return true;
  id = next_place(f, &f->ids, f->id_count, sizeof(*id));
  if (id == NULL)
    return false;
  f->id_count++;
  id->id = guid;
  return copy(f, kit_json_get_string(in, "name"), &id->name);
}

static bool learn_layer(facts *f, const kit_json *in, const kit_json *out, uint64_t process) {
  fact_layer *layer = next_place(f, &f->layers, f->layer_count, sizeof(*layer));
  const kit_json *parents = kit_json_get(in, "parents"), *parent;
  (void)out;
  if (layer == NULL)
    return false;
  memset(layer, 0, sizeof(*layer));
  layer->process = process;
  f->layer_count++;
  if (!copy(f, kit_json_get_string(in, "id"), &layer->scratch))
    return false;
  if (parents == NULL || parents->kind != KIT_JSON_ARRAY)
    return true;
  layer->parents = hcsref_arena_array(f->arena, parents->count, sizeof(*layer->parents));
  if (layer->parents == NULL)
    return false;
  for (parent = parents->first; parent != NULL; parent = parent->next)
    if (!copy(f, kit_json_get_string(parent, "Path"), &layer->parents[layer->parent_count++]))
      return false;
  return true;
}

static bool is_scratch(const fact_layer *layer, hcsref_str folder) {
  return folder.len > 0 && hcsref_str_equal_ascii_fold(layer->scratch, folder);
}

static hcsref_str trimmed(hcsref_str path) {
  return path.len > 0 && path.data[path.len - 1] == '\\' ? hcsref_str_first(path, path.len - 1) : path;
}

static bool is_volume(const fact_layer *layer, hcsref_str volume) {
  return volume.len > 0 && layer->volume.len > 0 &&
         hcsref_str_equal_ascii_fold(trimmed(layer->volume), trimmed(volume));
}

static bool is_of_process(const fact_layer *layer, uint64_t process) {
  return layer->process == process;
}

/* How many of `count` are still kept. */
static uint64_t kept(uint64_t count) {
  return count < FACTS_KEPT ? count : FACTS_KEPT;
}

/* The layer that was prepared `back` layers ago, 1: the newest. */
static fact_layer *layer_before(const facts *f, uint64_t back) {
  return (fact_layer *)f->layers.items + (f->layer_count - back) % FACTS_KEPT;
}

/* The newest layer for which it holds. */
#define FIND_LAYER(f, found, condition)                                                                                \
  do {                                                                                                                 \
    for (uint64_t back = 1; (found) == NULL && back <= kept((f)->layer_count); back++) {                               \
      fact_layer *layer = layer_before((f), back);                                                                     \
      if (condition)                                                                                                   \
        (found) = layer;                                                                                               \
    }                                                                                                                  \
  } while (false)

static bool learn_volume(facts *f, const kit_json *in, const kit_json *out, uint64_t process) {
  hcsref_str path = kit_json_get_string(out, "path"), id = kit_json_get_string(in, "id");
  fact_layer *found = NULL;
  (void)process;
  FIND_LAYER(f, found, is_scratch(layer, id));
  return path.len == 0 || found == NULL || copy(f, path, &found->volume);
}

static bool keep_namespace(facts *f, uint64_t process, hcsref_str id) {
  fact_namespace *entry = next_place(f, &f->namespaces, f->namespace_count, sizeof(*entry));
  if (entry == NULL)
    return false;
  f->namespace_count++;
  entry->process = process;
  return copy(f, id, &entry->id);
}

static bool learn_new_namespace(facts *f, const kit_json *in, const kit_json *out, uint64_t process) {
  (void)out;
  return keep_namespace(f, process, kit_json_get_string(in, "id"));
}

/* hcsshim creates one without an id and asks for it afterwards. */
static bool learn_namespace(facts *f, const kit_json *in, const kit_json *out, uint64_t process) {
  hcsref_str id = kit_json_get_string(kit_json_get(out, "document"), "ID");
  (void)in;
  return id.len == 0 || keep_namespace(f, process, id);
}

static bool learn_credential(facts *f, const kit_json *instance) {
  const kit_json *state = kit_json_get(instance, "CredentialGuard");
  fact_credential *entry;
  hcsref_str text;
  if (state == NULL)
    return true;
  entry = next_place(f, &f->credentials, f->credential_count, sizeof(*entry));
  if (entry == NULL || !copy(f, state->raw, &text) || !copy(f, kit_json_get_string(instance, "Id"), &entry->id))
    return false;
  memset(&entry->state, 0, sizeof(entry->state));
  if (hcsref_json_decode(f->arena, text, &hcsref_type_v2_container_credential_guard_state, HCSREF_JSON_WHOLE,
                         &entry->state, NULL))
    f->credential_count++;
  return true;
}

static const kit_json *first_of(const kit_json *list) {
  return list != NULL && list->kind == KIT_JSON_ARRAY ? list->first : NULL;
}

/* hcsshim hands the service a credential spec, and asks for what became of it: internal/hcsoci/credentials.go
 * CreateCredentialGuard. */
static bool learn_credentials(facts *f, const kit_json *in, const kit_json *out, uint64_t process) {
  const kit_json *property = first_of(kit_json_get(kit_json_get(out, "document"), "Properties")), *instance;
  (void)in;
  (void)process;
  for (; property != NULL; property = property->next)
    for (instance = first_of(kit_json_get(property, "Instances")); instance != NULL; instance = instance->next)
      if (!learn_credential(f, instance))
        return false;
  return true;
}

typedef bool (*learner)(facts *f, const kit_json *in, const kit_json *out, uint64_t process);
static const struct {
  const char *call;
  learner learn;
} learners[] = {
    {"NameToGuid", learn_id},
    {"PrepareLayer", learn_layer},
    {"GetLayerMountPath", learn_volume},
    {"HcnCreateNamespace", learn_new_namespace},
    {"HcnQueryNamespaceProperties", learn_namespace},
    {"HcsGetServiceProperties", learn_credentials},
};

static void learn_host(facts *f, const kit_json *host) {
  uint64_t build = 0, processors = 0;
  if (kit_json_uint(kit_json_get(host, "build"), &build) && build <= UINT32_MAX)
    f->build = (uint32_t)build;
  if (kit_json_uint(kit_json_get(host, "processors"), &processors) && processors <= INT32_MAX)
    f->processors = (uint32_t)processors;
}

bool facts_learn(facts *f, const kit_json *line) {
  hcsref_str call = kit_json_get_string(line, "call");
  uint64_t process = 0;
  (void)kit_json_uint(kit_json_get(line, "process"), &process);
  learn_host(f, kit_json_get(line, "host"));
  if (!hcsref_str_equal(kit_json_get_string(line, "result"), HCSREF_LIT("0x00000000")))
    return true;
  for (size_t i = 0; i < sizeof(learners) / sizeof(learners[0]); i++)
    if (hcsref_str_equal(call, hcsref_cstr(learners[i].call)))
      return learners[i].learn(f, kit_json_get(line, "in"), kit_json_get(line, "out"), process);
  return true;
}

/* ---- asking ------------------------------------------------------------------------------------------------ */

const fact_layer *facts_layer(const facts *f, uint64_t process, hcsref_str volume, hcsref_str scratch) {
  const fact_layer *found = NULL;
  FIND_LAYER(f, found, is_volume(layer, volume));
  FIND_LAYER(f, found, is_scratch(layer, scratch));
  FIND_LAYER(f, found, is_of_process(layer, process));
  return found;
}

hcsref_str facts_namespace(const facts *f, uint64_t process) {
  for (uint64_t back = 1; back <= kept(f->namespace_count); back++) {
    const fact_namespace *entry =
        (const fact_namespace *)f->namespaces.items + (f->namespace_count - back) % FACTS_KEPT;
    if (entry->process == process)
      return entry->id;
  }
  return hcsref_str_from(NULL, 0);
}

const hcsref_v2_container_credential_guard_state *facts_credential(const facts *f, hcsref_str id) {
  for (uint64_t back = 1; back <= kept(f->credential_count); back++) {
    const fact_credential *entry =
        (const fact_credential *)f->credentials.items + (f->credential_count - back) % FACTS_KEPT;
    if (hcsref_str_equal(entry->id, id))
      return &entry->state;
  }
  return NULL;
}

const hcsref_guid *facts_layer_id(const facts *f, hcsref_str folder) {
  hcsref_str dir, name;
  hcsref_path_split(folder, &dir, &name);
  for (uint64_t back = 1; back <= kept(f->id_count); back++) {
    const fact_id *known = (const fact_id *)f->ids.items + (f->id_count - back) % FACTS_KEPT;
    if (hcsref_str_equal(known->name, name))
      return &known->id;
  }
  return NULL;
}

/* ---- as a host --------------------------------------------------------------------------------------------- */

static int32_t processor_count(void *ctx) {
  const facts_host *host = ctx;
  return host->facts->processors == 0 ? DEFAULT_HOST_PROCESSORS : (int32_t)host->facts->processors;
}

static uint32_t os_build(void *ctx) {
  const facts_host *host = ctx;
  return host->facts->build == 0 ? DEFAULT_HOST_BUILD : host->facts->build;
}

static bool layer_id(void *ctx, hcsref_arena *arena, hcsref_str folder, hcsref_guid *id, hcsref_str *message) {
  const facts_host *host = ctx;
  const hcsref_guid *known = facts_layer_id(host->facts, folder);
  hcsref_host fallback = default_host();
  if (known != NULL) {
    *id = *known;
    return true;
  }
  return fallback.ops->layer_id(fallback.ctx, arena, folder, id, message);
}

static hcsref_path_status stat_path(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                    hcsref_str *message) {
  hcsref_host fallback = default_host();
  (void)ctx;
  return fallback.ops->stat(fallback.ctx, arena, path, is_dir, message);
}

static bool mkdir_all(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  hcsref_host fallback = default_host();
  (void)ctx;
  return fallback.ops->mkdir_all(fallback.ctx, arena, path, message);
}

/* Is `full` the path `plain`, C:\x\y, as \\?\Volume{GUID}\x\y? Source of the form: go-winio pkg/fs ResolvePath. */
static bool is_by_volume(hcsref_str full, hcsref_str plain) {
  const char *brace;
  if (!hcsref_str_has_prefix(full, HCSREF_LIT("\\\\?\\Volume{")) || plain.len < 3 || plain.data[1] != ':')
    return false;
  brace = memchr(full.data, '}', full.len);
  return brace != NULL &&
         hcsref_str_equal_ascii_fold(hcsref_str_skip(full, (size_t)(brace - full.data) + 1), hcsref_str_skip(plain, 2));
}

static bool resolve(void *ctx, hcsref_arena *arena, hcsref_str path, int mode, hcsref_str *target,
                    hcsref_str *message) {
  const facts_host *host = ctx;
  const kit_json *entry = host->mapped != NULL && host->mapped->kind == KIT_JSON_ARRAY ? host->mapped->first : NULL;
  (void)arena;
  (void)mode;
  (void)message;
  *target = path;
  for (; entry != NULL; entry = entry->next)
    if (is_by_volume(kit_json_get_string(entry, "HostPath"), path))
      *target = kit_json_get_string(entry, "HostPath");
  return true;
}

static bool read_file(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *data, hcsref_str *message) {
  (void)ctx;
  (void)data;
  hcsref_format(arena, message, "open %v: a recording has no files of the host", path);
  return false;
}

hcsref_host facts_as_host(facts_host *host) {
  static const hcsref_host_ops ops = {.processor_count = processor_count,
                                      .os_build = os_build,
                                      .layer_id = layer_id,
                                      .stat = stat_path,
                                      .mkdir_all = mkdir_all,
                                      .resolve = resolve,
                                      .read_file = read_file};
  hcsref_host out = {.ops = &ops, .ctx = host};
  return out;
}
