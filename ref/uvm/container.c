/* SPDX-License-Identifier: Apache-2.0 */
/* Containers of a VM: what is given to it for each, the document, and how all is given back. Source: hcsshim
 * internal/hcsoci/create.go, resources_wcow.go; internal/layers/wcow_mount.go, before 0.13 layers.go;
 * internal/resources/resources.go. */
#include "host/message.h"
#include "uvm/vm.h"

#include "hcsref/path.h"
#include "hcsref/pipeline.h"
#include "schema/table.h"

#define PIPES "VirtualMachine/Devices/MappedPipes/"

/* Something that the VM was given for a mount. */
typedef struct resource {
  hcsref_vsmb_share *share; /* or */
  hcsref_vm_disk *disk;     /* or */
  hcsref_str pipe;
} resource;

struct hcsref_vm_container {
  hcsref_vm *vm;
  hcsref_str id;
  const hcsref_oci_spec *spec;
  size_t mounts_done;     /* of the spec's, which come in their order */
  hcsref_slice resources; /* of resource, as they were added */
  hcsref_slice layers;    /* of hcsref_vsmb_share pointers */
  hcsref_vm_disk *scratch;
  hcsref_str root;
  hcsref_str scratch_path; /* before 0.12: where the guest shall mount it */
  bool mounted, keeps_layers;
  hcsref_create_request request;
};

/* ---- giving back ---- */

static bool remove_pipe(const hcsref_vm *vm, hcsref_str pipe, const char *request_type, hcsref_str *why) {
  hcsref_str path;
  *why = hcsref_no_message();
  return hcsref_format(vm->arena, &path, PIPES "%v", pipe) &&
         hcsref_vm_modify(vm, "hcs", path, request_type, NULL, NULL, why);
}

static bool give_back(hcsref_vm *vm, const resource *r, hcsref_str *why) {
  if (r->share != NULL)
    return hcsref_vm_unshare(vm, r->share, why);
  if (r->disk != NULL)
    return hcsref_vm_remove_disk(vm, r->disk, why);
  return remove_pipe(vm, r->pipe, "Remove", why);
}

/* The newest first, all of them. */
static bool release_resources(hcsref_vm_container *c) {
  const resource *items = c->resources.items;
  hcsref_str ignored;
  bool done = true;
  for (size_t i = c->resources.len; i > 0; i--)
    done = give_back(c->vm, &items[i - 1], &ignored) && done;
  return done;
}

static bool release_shares(hcsref_vm_container *c, bool done, hcsref_str *first) {
  hcsref_vsmb_share **shares = c->layers.items;
  hcsref_str why;
  for (size_t i = 0; i < c->layers.len; i++)
    if (!hcsref_vm_unshare(c->vm, shares[i], &why) && done) {
      *first = why;
      done = false;
    }
  return done;
}

static bool separate_layers(const hcsref_vm_container *c, hcsref_str *why) {
  const hcsref_guest_combined_layers settings = {.container_root_path = c->root};
  return hcsref_vm_ask_guest(c->vm, "Remove", "CombinedLayers", &hcsref_type_guest_combined_layers, &settings, why) ||
         hcsref_vm_wrap(c->vm, "guest modify: ", why);
}

/* All of it, whatever fails; the first failure is told. */
static bool release_layers(hcsref_vm_container *c, hcsref_str *first) {
  hcsref_str why;
  bool done = separate_layers(c, first);
  if (!hcsref_vm_remove_disk(c->vm, c->scratch, &why) && done) {
    *first = why;
    done = false;
  }
  return release_shares(c, done, first);
}

static bool release(hcsref_vm_container *c, hcsref_str *why) {
  if (!release_resources(c))
    return hcsref_vm_say(c->vm, why, "failed to release one or more container resources");
  if (!c->mounted || c->keeps_layers)
    return true;
  return release_layers(c, why) || hcsref_vm_wrap(c->vm, "first error: ", why);
}

bool hcsref_vm_release_container(hcsref_vm_container *container, hcsref_error *err) {
  hcsref_str why;
  return release(container, &why) || hcsref_vm_fail_step(container->vm, "vm-release", why, err);
}

/* ---- layers ---- */

static hcsref_path_status look_at(const hcsref_vm *vm, hcsref_str path, hcsref_str *why) {
  const hcsref_host *host = &vm->host->base;
  *why = hcsref_no_message();
  return host->ops->stat(host->ctx, vm->arena, path, NULL, why);
}

/* Making the disk itself is the host's business, and not reproduced. */
static bool need_scratch(const hcsref_vm *vm, hcsref_str folder, hcsref_str *disk, hcsref_str *why) {
  const hcsref_host *host = &vm->host->base;
  const hcsref_str parts[] = {folder, HCSREF_LIT("sandbox.vhdx")};
  if (look_at(vm, folder, why) == HCSREF_PATH_NOT_EXIST) {
    *why = hcsref_no_message();
    if (!host->ops->mkdir_all(host->ctx, vm->arena, folder, why))
      return hcsref_is_no_message(*why)
                 ? false
                 : hcsref_vm_say(vm, why, "failed to auto-create container scratch folder %v: %v", folder, *why);
  }
  *why = hcsref_no_message();
  if (!hcsref_path_join_as(vm->arena, vm->rules, parts, 2, disk))
    return false;
  if (look_at(vm, *disk, why) != HCSREF_PATH_NOT_EXIST)
    return true;
  return hcsref_vm_say(vm, why, "failed to CreateSandboxLayer: %v", *why);
}

static bool share_layers(hcsref_vm_container *c, const hcsref_str *folders, size_t count, hcsref_str *why) {
  for (size_t i = 0; i < count; i++) {
    hcsref_vsmb_share *share, **place;
    hcsref_vm_made_for(c->vm, "/windows/layerFolders/%u", (uint64_t)i);
    if (!hcsref_vm_share(c->vm, folders[i], true, true, &share, why))
      return hcsref_vm_wrap(c->vm, "failed to add VSMB layer: ", why);
    place = hcsref_slice_push(c->vm->arena, &c->layers, sizeof(share));
    *why = hcsref_no_message();
    if (place == NULL)
      return false;
    *place = share;
  }
  return true;
}

/* Before 0.13 a scratch may be a link to another container's. */
static bool attach_scratch(hcsref_vm_container *c, hcsref_str path, hcsref_str *why) {
  const hcsref_host *host = &c->vm->host->base;
  hcsref_vm_disk wanted = {.type = HCSREF_LIT("VirtualDisk"), .path = path, .guest_path = c->scratch_path};
  *why = hcsref_no_message();
  if (!hcsref_has(c->vm->rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST) &&
      !host->ops->resolve(host->ctx, c->vm->arena, path, HCSREF_RESOLVE_HCS, &wanted.path, why))
    return hcsref_vm_wrap(c->vm, "failed to get scratch VHD path in layer folders: failed to resolve path: ", why);
  if (!hcsref_vm_add_disk(c->vm, &wanted, &c->scratch, why))
    return hcsref_vm_wrap(c->vm, "failed to add SCSI scratch VHD: ", why);
  c->root = c->scratch->guest_path;
  return true;
}

/* Since 0.13 by the paths that the shares have: cleaned, and of a single file the folder. Source: internal/layers
 * wcow_mount.go mountHypervIsolatedWCIFSLayers; before, layers.go GetHCSLayers. */
static bool find_layers(const hcsref_vm_container *c, const hcsref_str *folders, size_t count, hcsref_slice *out,
                        hcsref_str *why) {
  const hcsref_vm *vm = c->vm;
  const hcsref_host *host = &vm->host->base;
  const bool by_share = hcsref_has(vm->rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST);
  const hcsref_vsmb_share *const *shares = c->layers.items;
  for (size_t i = 0; i < count; i++) {
    const hcsref_str folder = by_share ? shares[i]->host_path : folders[i];
    hcsref_v2_layer *layer = hcsref_slice_push(vm->arena, out, sizeof(*layer));
    hcsref_guid id;
    *why = hcsref_no_message();
    if (layer == NULL)
      return false;
    if (!hcsref_vm_shared_path(vm, folder, true, &layer->path, why) ||
        !host->ops->layer_id(host->ctx, vm->arena, folder, &id, why))
      return false;
    *why = hcsref_no_message();
    if (!hcsref_guid_text(vm->arena, &id, &layer->id))
      return false;
  }
  return true;
}

static bool combine_layers(const hcsref_vm_container *c, const hcsref_slice *layers, hcsref_str *why) {
  const hcsref_guest_combined_layers settings = {.container_root_path = c->root, .layers = *layers};
  return hcsref_vm_ask_guest(c->vm, "Add", "CombinedLayers", &hcsref_type_guest_combined_layers, &settings, why) ||
         hcsref_vm_wrap(c->vm, "guest modify: ", why);
}

/* `folders` without the scratch. What was done before a failure is undone. */
static bool mount_folders(hcsref_vm_container *c, const hcsref_str *folders, size_t count, hcsref_str disk,
                          hcsref_slice *layers, hcsref_str *why) {
  hcsref_str ignored;
  bool attached = share_layers(c, folders, count, why);
  hcsref_vm_made_for(c->vm, "/windows/layerFolders/%u", (uint64_t)count);
  attached = attached && attach_scratch(c, disk, why);
  hcsref_vm_made_for(c->vm, "/windows/layerFolders");
  if (attached) {
    c->mounted = find_layers(c, folders, count, layers, why) && combine_layers(c, layers, why);
    if (c->mounted)
      return true;
    (void)hcsref_vm_remove_disk(c->vm, c->scratch, &ignored);
  }
  (void)release_shares(c, false, &ignored);
  return false;
}

#define MOUNTING "failed to mount container storage: "

/* Before 0.13 the scratch is no part of mounting, and is asked for even when nothing is mounted. */
static bool mount_layers(void *ctx, hcsref_arena *arena, const hcsref_slice *folders, hcsref_str *root,
                         hcsref_slice *layers, hcsref_str *message) {
  hcsref_vm_container *c = ctx;
  const hcsref_str *items = folders->items;
  hcsref_str disk = HCSREF_LIT("");
  (void)arena;
  if (!need_scratch(c->vm, items[folders->len - 1], &disk, message))
    return hcsref_vm_wrap(c->vm, hcsref_has(c->vm->rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST) ? MOUNTING : "", message);
  if (root->len != 0)
    return true;
  if (!mount_folders(c, items, folders->len - 1, disk, layers, message))
    return hcsref_vm_wrap(c->vm, MOUNTING, message);
  *root = c->root;
  return true;
}

/* ---- mounts ---- */

static bool keep(hcsref_vm_container *c, const resource *r) {
  resource *place = hcsref_slice_push(c->vm->arena, &c->resources, sizeof(*place));
  if (place == NULL)
    return false;
  *place = *r;
  return true;
}

/* The next mount of that source. */
static void made_for_mount(hcsref_vm_container *c, hcsref_str source) {
  const hcsref_oci_mount *mounts = c->spec->mounts.items;
  hcsref_vm_made_for(c->vm, "/mounts");
  for (size_t i = c->mounts_done; i < c->spec->mounts.len && c->vm->provenance != NULL; i++) {
    if (!hcsref_str_equal(mounts[i].source, source))
      continue;
    hcsref_vm_made_for(c->vm, "/mounts/%u", (uint64_t)i);
    c->mounts_done = i + 1;
    return;
  }
}

static bool shared_path(void *ctx, hcsref_arena *arena, hcsref_str host_path, bool read_only, hcsref_str *guest_path,
                        hcsref_str *message) {
  const hcsref_vm_container *c = ctx;
  (void)arena;
  return hcsref_vm_shared_path(c->vm, host_path, read_only, guest_path, message);
}

static bool add_vsmb(void *ctx, hcsref_arena *arena, hcsref_str host_path, bool read_only, hcsref_str *message) {
  hcsref_vm_container *c = ctx;
  resource r = {0};
  (void)arena;
  c->vm->mount_count++;
  made_for_mount(c, host_path);
  return hcsref_vm_share(c->vm, host_path, read_only, false, &r.share, message) && keep(c, &r);
}

/* An extensible disk is TYPE/PATH, after evd:// or not. */
static bool split_extensible(const hcsref_vm *vm, hcsref_str source, hcsref_vm_disk *out, hcsref_str *why) {
  const hcsref_str scheme = HCSREF_LIT("evd://");
  hcsref_str disk = hcsref_str_skip(source, hcsref_str_has_prefix(source, scheme) ? scheme.len : 0);
  size_t slash = 0;
  while (slash < disk.len && disk.data[slash] != '/')
    slash++;
  if (slash == 0 || slash == disk.len)
    return hcsref_vm_say(vm, why, "invalid extensible vhd path: %v", source);
  out->type = HCSREF_LIT("ExtensibleVirtualDisk");
  out->evd_type = hcsref_str_first(disk, slash);
  out->path = hcsref_str_skip(disk, slash + 1);
  return true;
}

static bool read_disk(const hcsref_vm *vm, const hcsref_oci_mount *mount, hcsref_vm_disk *out, hcsref_str *why) {
  if (hcsref_str_equal(mount->type, HCSREF_LIT("extensible-virtual-disk")))
    return split_extensible(vm, mount->source, out, why);
  out->type =
      hcsref_str_equal(mount->type, HCSREF_LIT("physical-disk")) ? HCSREF_LIT("PassThru") : HCSREF_LIT("VirtualDisk");
  out->path = mount->source;
  return true;
}

static bool add_disk(void *ctx, hcsref_arena *arena, const hcsref_oci_mount *mount, bool read_only,
                     hcsref_str *guest_path, hcsref_str *message) {
  hcsref_vm_container *c = ctx;
  hcsref_vm_disk wanted = {.read_only = read_only};
  resource r = {0};
  (void)arena;
  *message = hcsref_no_message();
  made_for_mount(c, mount->source);
  if (!hcsref_format(c->vm->arena, &wanted.guest_path, "C:\\mounts\\m%u", ++c->vm->mount_count) ||
      !read_disk(c->vm, mount, &wanted, message) || !hcsref_vm_add_disk(c->vm, &wanted, &r.disk, message))
    return false;
  *guest_path = r.disk->guest_path;
  *message = hcsref_no_message();
  return keep(c, &r);
}

static bool add_pipe(void *ctx, hcsref_arena *arena, hcsref_str host_path, hcsref_str *message) {
  hcsref_vm_container *c = ctx;
  const resource r = {.pipe = host_path};
  (void)arena;
  c->vm->mount_count++;
  made_for_mount(c, host_path);
  if (!remove_pipe(c->vm, host_path, "Add", message))
    return false;
  *message = hcsref_no_message();
  return keep(c, &r);
}

typedef struct command_line {
  hcsref_slice args; /* of hcsref_str */
} command_line;

/* cmd.exe makes it, and lists it in any case: so the command succeeds when the folder is there already. */
static bool make_folder(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  static const hcsref_field fields[] = {KEEP(command_line, args, "args", hcsref_type_strings)};
  static const hcsref_type type = STRUCT(command_line, "command", fields);
  hcsref_vm_container *c = ctx;
  hcsref_str words[] = {
      HCSREF_LIT("cmd"), HCSREF_LIT("/c"), HCSREF_LIT("mkdir"), path, HCSREF_LIT("&"), HCSREF_LIT("dir"), path};
  const command_line line = {{.items = words, .len = sizeof(words) / sizeof(words[0])}};
  (void)arena;
  c->vm->mount_count++;
  hcsref_vm_made_for(c->vm, "/mounts");
  return hcsref_vm_send(c->vm, "guest-exec", &type, &line, message);
}

static const hcsref_hosting_system_ops hosting_ops = {shared_path, add_vsmb, mount_layers,
                                                      add_disk,    add_pipe, make_folder};

/* ---- the container ---- */

/* Where the guest mounts the scratch before 0.12: containers are counted in hexadecimal digits. */
static bool name_scratch(hcsref_vm_container *c) {
  return hcsref_format(c->vm->arena, &c->scratch_path, "C:\\c\\%x", ++c->vm->container_count);
}

static bool refuse(const hcsref_vm_container *c, const char *where, const char *what, hcsref_error *err) {
  return hcsref_fail(c->vm->arena, err, "vm-program", hcsref_cstr(where), "%s in a VM are not covered", what);
}

/* What would add requests that are not recorded. */
static bool check_covered(const hcsref_vm_container *c, const hcsref_oci_spec *spec, hcsref_error *err) {
  const hcsref_oci_windows *windows = spec->windows;
  if (windows == NULL)
    return true;
  if (windows->credential_spec.kind == HCSREF_VALUE_STRING)
    return refuse(c, "/windows/credentialSpec", "credentials", err);
  return windows->devices.len == 0 || refuse(c, "/windows/devices", "devices", err);
}

static bool send_document(const hcsref_vm_container *c, const hcsref_create_request *request, hcsref_error *err) {
  hcsref_str why;
  if (hcsref_vm_send(c->vm, "guest-create", request->document_type, request->document, &why))
    return true;
  if (!hcsref_is_no_message(why))
    (void)hcsref_vm_say(c->vm, &why, "failed to create container %v: %v", c->id, why);
  return hcsref_vm_fail_step(c->vm, "vm-create", why, err);
}

static bool create(hcsref_vm_container *c, hcsref_oci_spec *spec, const hcsref_create_options *options,
                   hcsref_error *err) {
  return hcsref_create_container(c->vm->arena, spec, options, &c->vm->host->base, &c->request, NULL, err) &&
         send_document(c, &c->request, err);
}

const hcsref_create_request *hcsref_vm_container_request(const hcsref_vm_container *container) {
  return &container->request;
}

static bool is_sandbox(const hcsref_oci_spec *spec) {
  const hcsref_str *type = hcsref_map_find(&spec->annotations, HCSREF_LIT("io.kubernetes.cri.container-type"));
  return type != NULL && hcsref_str_equal(*type, HCSREF_LIT("sandbox"));
}

bool hcsref_vm_create_container(hcsref_vm *vm, hcsref_str id, hcsref_oci_spec *spec, hcsref_vm_container **out,
                                hcsref_error *err) {
  hcsref_vm_container *c = hcsref_arena_alloc(vm->arena, sizeof(*c));
  const hcsref_hosting_system system = {.id = vm->facts->id,
                                        .os = HCSREF_LIT("windows"),
                                        .processor_count = vm->facts->processor_count,
                                        .ops = &hosting_ops,
                                        .ctx = c};
  const hcsref_oci_root *root = spec->root;
  hcsref_create_options options = {.id = id, .owner = HCSREF_LIT("containerd-shim-runhcs-v1.exe")};
  hcsref_str ignored;
  if (c == NULL)
    return hcsref_fail_memory(err);
  c->vm = vm;
  c->id = id;
  c->spec = spec;
  c->keeps_layers = is_sandbox(spec);
  options.hosting_system = &system;
  options.profile = vm->profile;
  options.provenance = vm->provenance;
  options.root_preset = root != NULL && root->path.len != 0;
  if (!check_covered(c, spec, err))
    return false;
  if (!name_scratch(c))
    return hcsref_fail_memory(err);
  if (!create(c, spec, &options, err)) {
    (void)release(c, &ignored);
    return false;
  }
  *out = c;
  return true;
}
