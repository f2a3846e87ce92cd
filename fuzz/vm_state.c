/* SPDX-License-Identifier: Apache-2.0 */
#include "vm_state.h"

#include "hcsref/schema2_guest.h"

#include <string.h>

#define SHARES HCSREF_LIT("VirtualMachine/Devices/VirtualSmb/Shares")
#define SCSI   HCSREF_LIT("VirtualMachine/Devices/Scsi/")
#define PLACES HCSREF_LIT("VirtualMachine/Devices/Scsi/" VM_CONTROLLER "/Attachments/")
#define PIPES  HCSREF_LIT("VirtualMachine/Devices/MappedPipes/")
/* Where a guest sees the shares. Source: hcsshim internal/uvm/vsmb.go vsmbSharePrefix. */
#define ON_SHARES HCSREF_LIT("\\\\?\\VMSMB\\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}\\")

/* One thing of a kind: a share, a disk, a pipe, a disk's folder in the guest, combined layers. */
typedef struct thing {
  size_t number;       /* in the order in which things were added */
  hcsref_str name;     /* of a disk, its whole path; of a folder, the folder */
  hcsref_str on;       /* what it stands on: of a folder, the disk's place */
  hcsref_slice layers; /* of combined layers */
} thing;

struct vm_state {
  hcsref_arena *arena;
  size_t added;                                      /* things so far */
  hcsref_slice shares, disks, pipes, folders, roots; /* of thing */
};

vm_state *vm_state_new(hcsref_arena *arena) {
  vm_state *state = hcsref_arena_alloc(arena, sizeof *state);
  REQUIRE(state != NULL, "memory");
  state->arena = arena;
  return state;
}

/* The newest of that name. */
static thing *find(const hcsref_slice *list, hcsref_str name) {
  thing *items = list->items;
  for (size_t i = list->len; i > 0; i--)
    if (hcsref_str_equal(items[i - 1].name, name))
      return &items[i - 1];
  return NULL;
}

static thing *add(vm_state *state, hcsref_slice *list, hcsref_str name) {
  thing *added = hcsref_slice_push(state->arena, list, sizeof *added);
  REQUIRE(added != NULL, "memory");
  added->name = name;
  added->number = ++state->added;
  return added;
}

static thing *add_once(vm_state *state, hcsref_slice *list, hcsref_str name, const char *what) {
  REQUIRE(find(list, name) == NULL, "there is already a %s %q", what, name);
  return add(state, list, name);
}

static void take_away(hcsref_slice *list, hcsref_str name, const char *what) {
  thing *found = find(list, name), *items = list->items;
  REQUIRE(found != NULL, "there is no %s %q", what, name);
  *found = items[--list->len];
}

static void require_older(const hcsref_slice *list, const thing *undone, const char *what) {
  const thing *items = list->items;
  for (size_t i = 0; i < list->len; i++)
    REQUIRE(items[i].number <= undone->number, "%q is undone before the %s %q, which is newer", undone->name, what,
            items[i].name);
}

/* As take_away, of what was added last. Shares are no part of that: the VM keeps some of them. */
static void undo(const vm_state *state, hcsref_slice *list, hcsref_str name, const char *what) {
  const thing *undone = find(list, name);
  REQUIRE(undone != NULL, "there is no %s %q", what, name);
  require_older(&state->disks, undone, "disk");
  require_older(&state->pipes, undone, "pipe");
  require_older(&state->folders, undone, "folder");
  require_older(&state->roots, undone, "root");
  take_away(list, name, what);
}

static bool is(hcsref_str text, const char *wanted) {
  return hcsref_str_equal(text, hcsref_cstr(wanted));
}

/* ---- the host's part ------------------------------------------------------------------------------------------ */

/* What follows the last separator: a share's name, a disk's place on its controller. */
static hcsref_str last_part(hcsref_str path) {
  size_t start = path.len;
  while (start > 0 && path.data[start - 1] != '/' && path.data[start - 1] != '\\')
    start--;
  return hcsref_str_skip(path, start);
}

/* The share that a layer is on: of one that is a single file, the file's folder is shared, and the file named below it.
 * Source: hcsshim internal/uvm/vsmb.go GetVSMBUvmPath. */
static hcsref_str share_of(hcsref_str path) {
  size_t end = 0;
  if (!hcsref_str_has_prefix(path, ON_SHARES))
    return last_part(path);
  path = hcsref_str_skip(path, ON_SHARES.len);
  while (end < path.len && path.data[end] != '\\')
    end++;
  return hcsref_str_first(path, end);
}

/* Does a container's root have a layer on this share? */
static bool is_layer(const thing *root, hcsref_str share) {
  const hcsref_v2_layer *layers = root->layers.items;
  for (size_t i = 0; i < root->layers.len; i++)
    if (hcsref_str_equal(share_of(layers[i].path), share))
      return true;
  return false;
}

static void change_share(vm_state *state, const hcsref_v2_modification *request) {
  hcsref_v2_virtual_smb_share share = {.options = NULL};
  const thing *roots = state->roots.items;
  REQUIRE(hcsref_json_decode(state->arena, request->settings, &hcsref_type_v2_virtual_smb_share, HCSREF_JSON_WHOLE,
                             &share, NULL),
          "%v is not a share", request->settings);
  if (is(request->request_type, "Add")) {
    add_once(state, &state->shares, share.name, "share");
  } else if (is(request->request_type, "Remove")) {
    for (size_t i = 0; i < state->roots.len; i++)
      REQUIRE(!is_layer(&roots[i], share.name), "the share %q is a layer of %q", share.name, roots[i].name);
    take_away(&state->shares, share.name, "share");
  } else {
    REQUIRE(find(&state->shares, share.name) != NULL, "there is no share %q", share.name);
  }
}

static void change_disk(vm_state *state, const hcsref_v2_modification *request) {
  const thing *folders = state->folders.items;
  REQUIRE(hcsref_str_has_prefix(request->resource_path, PLACES), "%q is not on the one controller",
          request->resource_path);
  if (is(request->request_type, "Add")) {
    add_once(state, &state->disks, request->resource_path, "disk");
    return;
  }
  for (size_t i = 0; i < state->folders.len; i++)
    REQUIRE(!hcsref_str_equal(folders[i].on, last_part(request->resource_path)), "the guest has %q at %q",
            request->resource_path, folders[i].name);
  undo(state, &state->disks, request->resource_path, "disk");
}

/* The shim does not count a pipe's users: each mount adds it. Source: hcsshim internal/uvm/pipes.go. */
static void change_pipe(vm_state *state, const hcsref_v2_modification *request) {
  if (is(request->request_type, "Add"))
    add(state, &state->pipes, request->resource_path);
  else
    undo(state, &state->pipes, request->resource_path, "pipe");
}

static void change_host(vm_state *state, hcsref_str text) {
  hcsref_v2_modification request = {.settings = {NULL, 0}};
  REQUIRE(hcsref_json_decode(state->arena, text, &hcsref_type_v2_modification, HCSREF_JSON_WHOLE, &request, NULL),
          "%v is not a request", text);
  if (hcsref_str_equal(request.resource_path, SHARES))
    change_share(state, &request);
  else if (hcsref_str_has_prefix(request.resource_path, SCSI))
    change_disk(state, &request);
  else if (hcsref_str_has_prefix(request.resource_path, PIPES))
    change_pipe(state, &request);
}

/* ---- the guest's part ----------------------------------------------------------------------------------------- */

static bool has_disk_at(const vm_state *state, hcsref_str place) {
  const thing *disks = state->disks.items;
  for (size_t i = 0; i < state->disks.len; i++)
    if (hcsref_str_equal(last_part(disks[i].name), place))
      return true;
  return false;
}

static void change_folder(vm_state *state, const hcsref_guest_modification *request) {
  hcsref_guest_mapped_virtual_disk disk = {.lun = 0};
  hcsref_str place = {NULL, 0};
  REQUIRE(hcsref_json_decode(state->arena, request->settings, &hcsref_type_guest_mapped_virtual_disk, HCSREF_JSON_WHOLE,
                             &disk, NULL) &&
              hcsref_format(state->arena, &place, "%d", (int64_t)disk.lun),
          "%v is not a disk", request->settings);
  if (is(request->request_type, "Add")) {
    REQUIRE(has_disk_at(state, place), "no disk %v is attached", place);
    add_once(state, &state->folders, disk.container_path, "folder")->on = place;
    return;
  }
  REQUIRE(find(&state->roots, disk.container_path) == NULL, "layers are combined at %q", disk.container_path);
  undo(state, &state->folders, disk.container_path, "folder");
}

static void change_layers(vm_state *state, const hcsref_guest_modification *request) {
  hcsref_guest_combined_layers layers = {0};
  const hcsref_v2_layer *items;
  thing *root;
  REQUIRE(hcsref_json_decode(state->arena, request->settings, &hcsref_type_guest_combined_layers, HCSREF_JSON_WHOLE,
                             &layers, NULL),
          "%v are not layers", request->settings);
  if (!is(request->request_type, "Add")) {
    undo(state, &state->roots, layers.container_root_path, "root");
    return;
  }
  REQUIRE(find(&state->folders, layers.container_root_path) != NULL, "no disk is at %q", layers.container_root_path);
  /* Containers that name the same scratch have one root: hcsshim leaves it to the guest to refuse the second. */
  root = add(state, &state->roots, layers.container_root_path);
  root->layers = layers.layers;
  items = layers.layers.items;
  for (size_t i = 0; i < layers.layers.len; i++)
    REQUIRE(find(&state->shares, share_of(items[i].path)) != NULL, "the layer %q is not shared", items[i].path);
}

static void change_guest(vm_state *state, hcsref_str text) {
  hcsref_guest_modification request = {.settings = {NULL, 0}};
  REQUIRE(hcsref_json_decode(state->arena, text, &hcsref_type_guest_modification, HCSREF_JSON_WHOLE, &request, NULL),
          "%v is not a request", text);
  if (is(request.resource_type, "MappedVirtualDisk"))
    change_folder(state, &request);
  else if (is(request.resource_type, "CombinedLayers"))
    change_layers(state, &request);
}

void vm_state_apply(vm_state *state, const hcsref_vm_request *request) {
  if (strcmp(request->to, "hcs") == 0)
    change_host(state, request->text);
  else if (strcmp(request->to, "guest") == 0)
    change_guest(state, request->text);
}

size_t vm_state_disks(const vm_state *state) {
  return state->disks.len;
}
