/* SPDX-License-Identifier: Apache-2.0 */
/* From a spec to both documents. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go createWindowsContainerDocument. */
#include "hcs/document.h"
#include "hcs/layers.h"
#include "hcs/options.h"
#include "hcs/rules.h"
#include "host/message.h"

/* The read-only layers and a scratch. */
#define FEWEST_LAYER_FOLDERS 2

/* What must be there before anything is built. */
static bool check_spec(hcsref_arena *arena, const hcsref_oci_spec *spec, hcsref_error *err) {
  if (spec == NULL)
    return hcsref_fail(arena, err, "spec-missing", HCSREF_LIT(""),
                       "cannot create HCS container document - OCI spec is missing");
  if (spec->windows == NULL)
    return hcsref_fail(arena, err, "windows-missing", HCSREF_LIT("/windows"),
                       "cannot create HCS container document - OCI spec Windows section is missing ");
  return true;
}

/* From 0.13 on the layers have been counted before. */
static bool check_folders(const hcsref_builder *b) {
  if (b->windows->layer_folders.len >= FEWEST_LAYER_FOLDERS || hcsref_has(b->rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST))
    return true;
  return hcsref_fail(b->arena, b->err, "layer-folders-missing", HCSREF_LIT("/windows/layerFolders"),
                     "invalid spec - not enough layer folders supplied");
}

static void build_identity(hcsref_builder *b) {
  hcsref_document_parts *parts = b->parts;
  parts->v1.system_type = HCSREF_LIT("Container");
  parts->v1.name = hcsref_actual_id(b->options);
  parts->v1.owner = hcsref_actual_owner(b->options);
  parts->v1.ignore_flushes_during_boot = b->windows->ignore_flushes_during_boot;
  parts->v2.storage = &parts->storage;
  HCSREF_NOTE(b, parts->v1.system_type, "createWindowsContainerDocument: always Container", "");
  HCSREF_NOTE(b, parts->v1.name, "createWindowsContainerDocument: the container's id", "option id");
  HCSREF_NOTE(b, parts->v1.owner, "createWindowsContainerDocument: who creates it", "option owner");
  HCSREF_NOTE(b, parts->v1.hv_partition, "createWindowsContainerDocument: only with Hyper-V isolation", "");
  HCSREF_NOTE(b, parts->v1.layers, "createWindowsContainerDocument: only without Hyper-V isolation", "");
  HCSREF_NOTE(b, parts->v1.ignore_flushes_during_boot, "createWindowsContainerDocument: as it is",
              "/windows/ignoreFlushesDuringBoot");
  if (b->spec->hostname.len != 0) {
    parts->v1.host_name = b->spec->hostname;
    parts->guest_os.host_name = b->spec->hostname;
    parts->v2.guest_os = &parts->guest_os;
    HCSREF_NOTE(b, parts->v1.host_name, "createWindowsContainerDocument: as it is", "/hostname");
    HCSREF_NOTE(b, parts->guest_os.host_name, "createWindowsContainerDocument: as it is", "/hostname");
  }
}

/* Does the VM itself mount the layers? Not below a root that is there already, which before 0.13 it was asked too. */
static bool mounts_in_vm(const hcsref_builder *b) {
  const hcsref_oci_root *root = b->spec->root;
  if (!b->whole || b->kind != HCSREF_KIND_V2_XENON || b->vm->ops->mount_layers == NULL || root == NULL)
    return false;
  return root->path.len == 0 || !hcsref_has(b->rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST);
}

static bool mount_in_vm(hcsref_builder *b) {
  hcsref_str message = hcsref_no_message();
  hcsref_slice layers = {NULL, 0, 0};
  if (!b->vm->ops->mount_layers(b->vm->ctx, b->arena, &b->windows->layer_folders, &b->spec->root->path, &layers,
                                &message)) {
    if (hcsref_is_no_message(message))
      return hcsref_fail_memory(b->err);
    return hcsref_fail(b->arena, b->err, "vm-layers", HCSREF_LIT("/windows/layerFolders"), "%v", message);
  }
  if (hcsref_has(b->rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST))
    hcsref_set_layers(b, layers.items, layers.len);
  return true;
}

/* What CreateContainer does before it makes a document. */
static bool set_up(hcsref_builder *b) {
  hcsref_mounts_setup setup = {0};
  if (!(mounts_in_vm(b) ? mount_in_vm(b) : hcsref_mount_layers(b)))
    return false;
  if (b->whole &&
      !hcsref_setup_mounts(b->arena, b->rules, b->spec, b->kind == HCSREF_KIND_V2_XENON ? b->vm : NULL, &setup, b->err))
    return false;
  b->disks = setup.disks.len != 0 ? setup.disks : b->options->additional_mounts;
  return true;
}

static bool build_all(hcsref_builder *b) {
  build_identity(b);
  return hcsref_build_processor(b) && hcsref_build_memory(b) && hcsref_build_storage_qos(b) &&
         hcsref_build_network(b) && hcsref_build_credentials(b) && hcsref_build_root(b) && hcsref_build_layers(b) &&
         hcsref_build_mounts(b) && hcsref_build_devices(b) && hcsref_build_extensions(b) && hcsref_build_registry(b) &&
         hcsref_build_isolation(b);
}

bool hcsref_build_documents(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_create_options *options,
                            const hcsref_host *host, bool whole, hcsref_documents *out, hcsref_error *err) {
  hcsref_builder b = {.arena = arena, .spec = spec, .options = options, .host = host, .whole = whole, .err = err};
  hcsref_str root;
  b.rules = hcsref_shim_rules(arena, options->profile, err);
  if (b.rules == NULL || !check_spec(arena, spec, err))
    return false;
  root = spec->root == NULL ? HCSREF_LIT("") : spec->root->path;
  b.windows = spec->windows;
  b.vm = options->hosting_system;
  b.kind = hcsref_kind_of(b.windows, &options->schema, b.vm != NULL);
  hcsref_annotations_find(b.rules, &spec->annotations, &b.annotations);
  b.parts = hcsref_arena_alloc(arena, sizeof *b.parts);
  if (b.parts == NULL)
    return hcsref_fail_memory(err);
  if (!set_up(&b) || !check_folders(&b) || !build_all(&b)) {
    if (spec->root != NULL)
      spec->root->path = root;
    return false;
  }
  if (spec->root != NULL) /* building made one */
    spec->root->path = b.root_path;
  out->v1 = &b.parts->v1;
  out->v2 = &b.parts->v2;
  return true;
}

bool hcsref_oci_to_hcs(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_create_options *options,
                       const hcsref_host *host, hcsref_documents *out, hcsref_error *err) {
  return hcsref_build_documents(arena, spec, options, host, false, out, err);
}
