/* SPDX-License-Identifier: Apache-2.0 */
/* Layers: a folder each, known by its path. The order of the calls is that of hcsshim
 * internal/hcsoci/resources_wcow.go and internal/wclayer; what a call out of order answers is the simulator's choice.
 * A volume is a name that create documents are checked against, and that leads to a folder (volume.c). */
#include "engine/state.h"

#include <stdio.h>
#include <string.h>

/* The name space of the stand-in GUIDs, the same that `hcsproof translate` uses. */
static const hcsref_guid guid_space = {
    {0x8d, 0x0c, 0x6f, 0x52, 0x0c, 0x5e, 0x5e, 0x0b, 0x9d, 0x0e, 0x2a, 0x6a, 0x5d, 0x1f, 0x7c, 0x11}};

typedef struct known_guid {
  const char *name;
  hcsref_guid guid;
} known_guid;

/* Pairs that real hosts have logged in public reports. */
static const known_guid known[] = {
    {"4", {{0xbd, 0x9c, 0x3e, 0xf9, 0xf2, 0x39, 0x59, 0xb5, 0xa2, 0x7e, 0x15, 0xc5, 0x23, 0xb1, 0xd1, 0x49}}},
    {"4e3c0eecb91d8fc28eda07ff06c6910a592b0ce4539476fb943b48e6934e9976",
     {{0xcd, 0x22, 0xd1, 0x28, 0x90, 0x3e, 0x55, 0x0a, 0x9d, 0x8f, 0xaa, 0x81, 0x34, 0xca, 0x1c, 0x9b}}},
    {"e2a46135ff011a2ef9f193590ccddde95806850a0cdd7638b913e003c28e7fd0",
     {{0x8f, 0x9d, 0xd0, 0x2a, 0x0f, 0x67, 0x59, 0x8e, 0x92, 0x1b, 0x59, 0x88, 0x4f, 0x08, 0xb5, 0xaf}}},
    {"3030b7a20c848d1553700c1ccf0369b0f5d9b3d9a4c37ea6652fd54809a60a07",
     {{0x4d, 0x2d, 0xfb, 0x6d, 0x2f, 0x3b, 0x59, 0x26, 0xad, 0xf1, 0x4b, 0xd7, 0xe1, 0x62, 0xb9, 0x1f}}},
    {"2a4a12b082184aec3c238334a57cae90eb5ae33d25dab0cc5a8c65c67293782d",
     {{0xf1, 0xf6, 0x5e, 0xf4, 0xdd, 0xa7, 0x52, 0x63, 0x88, 0xb0, 0x8c, 0x81, 0x65, 0x67, 0xa9, 0x3a}}},
};

hcsref_guid sim_name_to_guid(hcsref_str name) {
  for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
    if (hcsref_str_equal(name, hcsref_cstr(known[i].name)))
      return known[i].guid;
  }
  return hcsref_guid_named(&guid_space, name);
}

/* What is remembered of a layer that is active. */
typedef struct stored_layer {
  hcsref_str path, volume;
  bool prepared;
  uint32_t holder; /* the process that activated it, and when it began; 0: not known */
  uint64_t holder_started;
} stored_layer;

#define STORED(member, name, type) SIM_STORED(stored_layer, member, name, type, false)
static const hcsref_field stored_fields[] = {
    STORED(path, "Path", hcsref_type_string),
    STORED(volume, "Volume", hcsref_type_string),
    STORED(prepared, "Prepared", hcsref_type_bool),
    STORED(holder, "Holder", hcsref_type_uint32),
    STORED(holder_started, "HolderStarted", hcsref_type_uint64),
};
static const hcsref_type stored_type = SIM_STORED_TYPE(stored_layer, "hcssim.Layer", stored_fields);

static bool find_layer(sim_call *call, hcsref_str path, stored_layer *out) {
  memset(out, 0, sizeof(*out));
  return sim_store_read(call->sim, &call->arena, "layers", sim_layer_path(path), &stored_type, out);
}

static void save_layer(sim_call *call, const stored_layer *layer) {
  if (!sim_store_write(call->sim, "layers", layer->path, &stored_type, layer))
    sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "The layer's state could not be written.");
}

/* A file of the layer's folder; null: out of memory. */
static char *file_of(sim_call *call, hcsref_str path, const char *name) {
  hcsref_str text = {NULL, 0};
  return hcsref_format(&call->arena, &text, "%v/%s", sim_layer_path(path), name) ? sim_c_string(&call->arena, text)
                                                                                 : NULL;
}

static bool exists(sim_call *call, hcsref_str path, const char *name) {
  const char *file = file_of(call, path, name);
  return file != NULL && os_path_exists(file);
}

bool sim_layer_check_parents(sim_call *call, const hcsref_str *parents, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (parents[i].len == 0 || !exists(call, parents[i], "."))
      return sim_fail(call, HCSREF_ERROR_PATH_NOT_FOUND, "There is no parent layer %q.", parents[i]);
  return true;
}

static bool need_parents(sim_call *call, size_t count) {
  return count > 0 || sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "There are no parent layers.");
}

void sim_layer_create_scratch(sim_call *call, hcsref_str path, const hcsref_str *parents, size_t count) {
  static const char content[] = "scratch of the simulated Host Compute Service\n";
  const char *disk, *folder;
  if (!sim_going(call) || !need_parents(call, count) || !sim_layer_check_parents(call, parents, count))
    return;
  folder = file_of(call, path, SIM_VOLUME_FOLDER);
  disk = file_of(call, path, "sandbox.vhdx");
  if (disk == NULL || folder == NULL)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  else if (os_path_exists(disk))
    sim_fail(call, HCSREF_ERROR_FILE_EXISTS, "The layer already has a scratch.");
  else if (!os_folder_make(folder) || !os_file_replace(disk, content, sizeof(content) - 1))
    sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "The scratch could not be written.");
  else
    sim_store_remove(call->sim, "layers", sim_layer_path(path)); /* of an earlier one, whose folder is gone */
}

/* Image and base layers are activated too: hcsshim cmd/wclayer export. */
static bool is_layer(sim_call *call, hcsref_str path) {
  return exists(call, path, "sandbox.vhdx") || exists(call, path, "Files");
}

static bool make_volume(sim_call *call, hcsref_str path, hcsref_str *out) {
  hcsref_guid id = hcsref_guid_named(&guid_space, sim_layer_path(path));
  hcsref_str guid;
  return (hcsref_guid_text(&call->arena, &id, &guid) && hcsref_format(&call->arena, out, "\\\\?\\Volume{%v}", guid)) ||
         sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

/* One that was killed holds nothing: its layer can be activated by the next one. */
static bool is_held(const stored_layer *layer) {
  return layer->holder == 0 || os_process_started(layer->holder) == layer->holder_started;
}

/* What the volume's name leads to, in programs that ask for it: a scratch's content, any other layer itself. There is
 * content even of a scratch that is a copy of a blank disk: containerd makes those itself (plugins/snapshots/windows
 * createScratchLayer), and hcsshim's expandSandboxVolume asks for the free space of their volume. */
static void show_volume(sim_call *call, hcsref_str path, hcsref_str name) {
  bool scratch = exists(call, path, "sandbox.vhdx");
  const char *volume = sim_c_string(&call->arena, name);
  const char *folder =
      scratch ? file_of(call, path, SIM_VOLUME_FOLDER) : sim_c_string(&call->arena, sim_layer_path(path));
  if (volume == NULL || folder == NULL)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  else if (scratch && !os_folder_make(folder))
    sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s could not be made.", folder);
  else
    os_volume_show(volume, folder);
}

static void hide_volume(sim_call *call, const stored_layer *layer) {
  const char *volume = sim_c_string(&call->arena, layer->volume);
  if (volume != NULL)
    os_volume_hide(volume);
}

void sim_layer_activate(sim_call *call, hcsref_str path) {
  stored_layer layer;
  if (!sim_going(call))
    return;
  if (!is_layer(call, path))
    sim_fail(call, HCSREF_ERROR_FILE_NOT_FOUND, "The layer has no scratch.");
  else if (find_layer(call, path, &layer) && is_held(&layer))
    sim_fail(call, HCSREF_ERROR_SHARING_VIOLATION, "The layer is already active.");
  else if (make_volume(call, path, &layer.volume)) {
    layer.path = sim_layer_path(path);
    layer.prepared = false;
    layer.holder = os_process_id();
    layer.holder_started = os_process_started(layer.holder);
    save_layer(call, &layer);
    show_volume(call, layer.path, layer.volume);
  }
}

void sim_layer_prepare(sim_call *call, hcsref_str path, const hcsref_str *parents, const hcsref_guid *ids,
                       size_t count) {
  stored_layer layer;
  if (!sim_going(call) || (exists(call, path, "sandbox.vhdx") && !need_parents(call, count)) ||
      !sim_layer_check_parents(call, parents, count))
    return;
  for (size_t i = 0; i < count; i++) {
    hcsref_str text = sim_layer_path(parents[i]), dir, name;
    hcsref_guid id;
    hcsref_path_split(text, &dir, &name);
    id = sim_name_to_guid(name);
    if (memcmp(id.data, ids[i].data, sizeof(id.data)) != 0) {
      sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The id of parent %q is not its NameToGuid.", parents[i]);
      return;
    }
  }
  if (!find_layer(call, path, &layer))
    sim_fail(call, HCSREF_ERROR_NOT_READY, "The layer is not active.");
  else if (layer.prepared)
    sim_fail(call, HCSREF_ERROR_SHARING_VIOLATION, "The layer is already prepared.");
  else if (!exists(call, path, "sandbox.vhdx") || sim_volume_fill(call, path, parents, count)) {
    layer.prepared = true;
    save_layer(call, &layer);
  }
}

/* A scratch's is its volume, whether it is active or not (hcsshim internal/wclayer/expandscratchsize.go); any other
 * layer's is its folder, which moby takes for the parent's path (daemon/graphdriver/windows). Neither ends in a
 * backslash: hcsshim puts one behind it (internal/jobcontainers/storage.go). */
void sim_layer_mount_path(sim_call *call, hcsref_str path, hcsref_str *out) {
  *out = hcsref_str_from(NULL, 0);
  if (!sim_going(call))
    return;
  if (exists(call, path, "sandbox.vhdx")) {
    if (make_volume(call, path, out))
      show_volume(call, path, *out);
  } else if (exists(call, path, "."))
    *out = sim_layer_path(path);
  else
    sim_fail(call, HCSREF_ERROR_PATH_NOT_FOUND, "There is no layer %q.", path);
}

/* A volume that a running container stands on stays. */
static bool is_in_use(const sim *s, hcsref_str volume) {
  hcsref_str wanted = sim_layer_path(volume);
  for (const sim_system *system = s->systems; system != NULL; system = system->next)
    if (!system->dead && system->state != SIM_STOPPED &&
        hcsref_str_equal_ascii_fold(sim_layer_path(system->container.volume), wanted))
      return true;
  return false;
}

void sim_layer_unprepare(sim_call *call, hcsref_str path) {
  stored_layer layer;
  if (!sim_going(call))
    return;
  if (!find_layer(call, path, &layer) || !layer.prepared)
    sim_fail(call, HCSREF_ERROR_NOT_READY, "The layer is not prepared.");
  else if (is_in_use(call->sim, layer.volume))
    sim_fail(call, HCSREF_ERROR_SHARING_VIOLATION, "A container runs on the layer.");
  else {
    layer.prepared = false;
    save_layer(call, &layer);
  }
}

void sim_layer_deactivate(sim_call *call, hcsref_str path) {
  stored_layer layer;
  if (!sim_going(call))
    return;
  if (!find_layer(call, path, &layer))
    sim_fail(call, HCSREF_ERROR_NOT_READY, "The layer is not active.");
  else if (layer.prepared)
    sim_fail(call, HCSREF_ERROR_SHARING_VIOLATION, "The layer is still prepared.");
  else {
    hide_volume(call, &layer);
    sim_store_remove(call->sim, "layers", layer.path);
  }
}

bool sim_layer_is_active(sim_call *call, hcsref_str path) {
  stored_layer layer;
  return find_layer(call, path, &layer);
}

void sim_layer_exists(sim_call *call, hcsref_str path, bool *out) {
  *out = sim_going(call) && exists(call, path, ".");
}

typedef struct volume_search {
  hcsref_str volume;
  bool found;
} volume_search;

static void compare_volume(void *context, const void *value) {
  volume_search *search = context;
  const stored_layer *layer = value;
  search->found =
      search->found || (layer->prepared && hcsref_str_equal_ascii_fold(sim_layer_path(layer->volume), search->volume));
}

bool sim_is_mounted(sim *s, hcsref_str volume) {
  volume_search search = {sim_layer_path(volume), s->state == NULL};
  stored_layer layer;
  hcsref_arena arena;
  hcsref_arena_init(&arena, NULL, 0);
  sim_store_list(s, &arena, "layers", &stored_type, &layer, compare_volume, &search);
  hcsref_arena_free(&arena);
  return search.found;
}

typedef struct root_search {
  hcsref_str volume, *root;
  hcsref_arena *arena;
  bool ok;
} root_search;

/* The folder of what the scratch's volume shows, when it shows anything. False: out of memory. */
static bool find_root(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  const char *form = memchr(path.data, '\\', path.len) != NULL ? "%v\\%s" : "%v/%s", *folder;
  hcsref_str text = {NULL, 0};
  if (!hcsref_format(arena, &text, form, path, SIM_VOLUME_FOLDER) || (folder = sim_c_string(arena, text)) == NULL)
    return false;
  if (!sim_volume_is_empty(folder))
    *out = text;
  return true;
}

static void look_for_root(void *context, const void *value) {
  root_search *search = context;
  const stored_layer *layer = value;
  if (hcsref_str_equal_ascii_fold(sim_layer_path(layer->volume), search->volume))
    search->ok = find_root(search->arena, layer->path, search->root);
}

bool sim_layer_root(sim *s, hcsref_arena *arena, hcsref_str volume, hcsref_str *out) {
  root_search search = {sim_layer_path(volume), out, arena, true};
  stored_layer layer;
  *out = hcsref_str_from(NULL, 0);
  sim_store_list(s, arena, "layers", &stored_type, &layer, look_for_root, &search);
  return search.ok;
}

bool sim_layer_attach(sim_call *call, hcsref_arena *arena, hcsref_str path, const hcsref_str *parents, size_t count,
                      hcsref_str *out) {
  *out = hcsref_str_from(NULL, 0);
  if (path.len == 0 || !exists(call, path, "sandbox.vhdx"))
    return sim_fail(call, HCSREF_ERROR_FILE_NOT_FOUND, "There is no scratch in %q.", path);
  return sim_volume_fill(call, path, parents, count) &&
         (find_root(arena, sim_layer_path(path), out) || sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory."));
}

static void count_one(void *context, const void *value) {
  (void)value;
  ++*(size_t *)context;
}

size_t sim_count_layers(sim *s) {
  stored_layer layer;
  hcsref_arena arena;
  size_t count = 0;
  hcsref_arena_init(&arena, NULL, 0);
  sim_store_list(s, &arena, "layers", &stored_type, &layer, count_one, &count);
  hcsref_arena_free(&arena);
  return count;
}
