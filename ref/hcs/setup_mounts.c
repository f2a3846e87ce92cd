/* SPDX-License-Identifier: Apache-2.0 */
/* What hcsshim asks of mounts before the document is made, and what it has the utility VM do for each. Source: hcsshim
 * internal/hcsoci/resources_wcow.go setupMounts. */
#include "hcs/mount_type.h"
#include "hcs/pipes.h"
#include "hcs/rules.h"
#include "hcs/show_mount.h"
#include "host/message.h"
#include "schema/need_spec.h"

#include "hcsref/path.h"

/* One call of setupMounts. */
typedef struct mount_setup {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  const hcsref_hosting_system *vm; /* null: nothing is done for the mounts */
  hcsref_mounts_setup *out;
  hcsref_error *err;
} mount_setup;

static bool check_ends(const mount_setup *s, const hcsref_oci_mount *mount, size_t index) {
  hcsref_str shown;
  if (mount->destination.len != 0 && mount->source.len != 0)
    return true;
  if (!hcsref_show_mount(s->arena, s->rules, mount, &shown))
    return hcsref_fail_memory(s->err);
  return hcsref_fail_item(s->arena, s->err, "mount-incomplete", "/mounts", index,
                          mount->destination.len == 0 ? "destination" : "source",
                          "invalid OCI spec - a mount must have both source and a destination: %v", shown);
}

static bool check_type(const mount_setup *s, const hcsref_oci_mount *mount, size_t index) {
  if (mount->type.len == 0 || hcsref_is_disk_mount(mount->type))
    return true;
  if (s->vm == NULL && hcsref_has(s->rules, HCSREF_CHANGE_ARGON_TYPE_UNCHECKED))
    return true;
  return hcsref_fail_item(s->arena, s->err, "mount-type", "/mounts", index, "type",
                          "invalid OCI spec - Type '%v' not supported", mount->type);
}

static bool add_step(const mount_setup *s, hcsref_setup_kind kind, hcsref_str path, bool read_only) {
  hcsref_setup_step *step = hcsref_slice_push(s->arena, &s->out->steps, sizeof *step);
  if (step == NULL)
    return hcsref_fail_memory(s->err);
  step->kind = kind;
  step->path = path;
  step->read_only = read_only;
  return true;
}

/* Says why the VM refused, and the mount. */
static bool fail_mount(const mount_setup *s, const char *code, const char *before, const hcsref_oci_mount *mount,
                       size_t index, hcsref_str message) {
  hcsref_str shown;
  if (hcsref_is_no_message(message) || !hcsref_show_mount(s->arena, s->rules, mount, &shown))
    return hcsref_fail_memory(s->err);
  return hcsref_fail_item(s->arena, s->err, code, "/mounts", index, "source", "%s %v: %v", before, shown, message);
}

static bool fail_source(const mount_setup *s, const char *code, const char *before, size_t index, hcsref_str message) {
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(s->err);
  return hcsref_fail_item(s->arena, s->err, code, "/mounts", index, "source", "%s%v", before, message);
}

static bool make_sandbox_folder(const mount_setup *s, const hcsref_oci_mount *mount, size_t index) {
  const hcsref_hosting_system_ops *ops = s->vm->ops;
  hcsref_str folder, message = hcsref_no_message();
  if (s->vm->confidential && hcsref_has(s->rules, HCSREF_CHANGE_CONFIDENTIAL_NO_MKDIR))
    return true;
  if (!hcsref_sandbox_mount_path_as(s->arena, s->rules, mount->source, &folder))
    return hcsref_fail_memory(s->err);
  if (ops->make_folder != NULL && !ops->make_folder(s->vm->ctx, s->arena, folder, &message))
    return fail_source(s, "vm-folder",
                       "failed to create sandbox mount directory in utility VM with exit code -1 \"\": ", index,
                       message);
  return add_step(s, HCSREF_SETUP_MAKE_FOLDER, folder, false);
}

static bool share_folder(const mount_setup *s, const hcsref_oci_mount *mount, size_t index) {
  const hcsref_hosting_system_ops *ops = s->vm->ops;
  bool read_only = hcsref_is_read_only_mount(mount);
  hcsref_str message = hcsref_no_message();
  if (ops->add_vsmb == NULL || ops->add_vsmb(s->vm->ctx, s->arena, mount->source, read_only, &message))
    return add_step(s, HCSREF_SETUP_VSMB, mount->source, read_only);
  return fail_mount(s, "vsmb-share", "failed to add VSMB share to utility VM for mount", mount, index, message);
}

/* Its place in the VM is what the container will see at the mount's destination. */
static bool add_disk(const mount_setup *s, const hcsref_oci_mount *mount, size_t index, bool read_only) {
  const hcsref_hosting_system_ops *ops = s->vm->ops;
  hcsref_str path, message = hcsref_no_message();
  hcsref_v2_mapped_directory *disk;
  if (!ops->add_disk(s->vm->ctx, s->arena, mount, read_only, &path, &message))
    return fail_mount(s, "disk-attach", "adding SCSI mount", mount, index, message);
  disk = hcsref_slice_push(s->arena, &s->out->disks, sizeof *disk);
  if (disk == NULL)
    return hcsref_fail_memory(s->err);
  disk->host_path = path;
  disk->container_path = mount->destination;
  disk->read_only = read_only;
  return true;
}

static bool attach_disk(const mount_setup *s, const hcsref_oci_mount *mount, size_t index) {
  bool read_only = hcsref_is_read_only_mount(mount);
  return (s->vm->ops->add_disk == NULL || add_disk(s, mount, index, read_only)) &&
         add_step(s, HCSREF_SETUP_DISK, mount->source, read_only);
}

static bool share_pipe(const mount_setup *s, const hcsref_oci_mount *mount, size_t index) {
  const hcsref_hosting_system_ops *ops = s->vm->ops;
  hcsref_str message = hcsref_no_message();
  if (ops->add_pipe == NULL || ops->add_pipe(s->vm->ctx, s->arena, mount->source, &message))
    return add_step(s, HCSREF_SETUP_PIPE, mount->source, false);
  return fail_source(s, "pipe-share", "failed to add named pipe to UVM: ", index, message);
}

/* A source that may be one of a pipe of the VM is nothing that the VM could be given. */
static bool set_up_pipe_or_folder(const mount_setup *s, const hcsref_oci_mount *mount, size_t index) {
  hcsref_named_pipe pipe;
  bool is_pipe = hcsref_is_pipe_source(s->rules, mount->source);
  if (is_pipe && !hcsref_map_named_pipe(s->arena, s->rules, s->vm, mount->source, mount->destination, &is_pipe, &pipe))
    return hcsref_fail_memory(s->err);
  if (is_pipe)
    return pipe.in_vm || share_pipe(s, mount, index);
  if (hcsref_has(s->rules, HCSREF_CHANGE_PIPES_BOTH_ENDS) &&
      hcsref_str_has_prefix(mount->source, HCSREF_VM_MOUNT_PREFIX))
    return hcsref_fail_item(s->arena, s->err, "mount-in-vm", "/mounts", index, "source",
                            "unsupported UVM mount source %v", mount->source);
  return share_folder(s, mount, index);
}

static bool set_up_mount(const mount_setup *s, const hcsref_oci_mount *mount, size_t index) {
  if (!check_ends(s, mount, index) || !check_type(s, mount, index))
    return false;
  if (s->vm == NULL)
    return true;
  if (hcsref_is_disk_mount(mount->type))
    return attach_disk(s, mount, index);
  if (hcsref_str_has_prefix(mount->source, HCSREF_SANDBOX_PREFIX))
    return make_sandbox_folder(s, mount, index);
  return set_up_pipe_or_folder(s, mount, index);
}

static bool set_up_mounts(const mount_setup *s, const hcsref_slice *mounts) {
  const hcsref_oci_mount *items = mounts->items;
  for (size_t i = 0; i < mounts->len; i++)
    if (!set_up_mount(s, &items[i], i))
      return false;
  return true;
}

/* From 0.13 on this step finds the pipes; before, the document does. */
static bool list_pipes(const mount_setup *s, const hcsref_slice *mounts) {
  hcsref_slice found = {NULL, 0, 0};
  const hcsref_pipe_mount *items;
  if (!hcsref_has(s->rules, HCSREF_CHANGE_PIPES_BOTH_ENDS))
    return true;
  hcsref_slice_make_empty(&s->out->pipes);
  if (!hcsref_find_pipes(s->arena, s->rules, mounts, s->vm, true, &found))
    return hcsref_fail_memory(s->err);
  items = found.items;
  for (size_t i = 0; i < found.len; i++) {
    hcsref_named_pipe *pipe = hcsref_slice_push(s->arena, &s->out->pipes, sizeof *pipe);
    if (pipe == NULL)
      return hcsref_fail_memory(s->err);
    *pipe = items[i].pipe;
  }
  return true;
}

bool hcsref_setup_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_oci_spec *spec,
                         const hcsref_hosting_system *vm, hcsref_mounts_setup *out, hcsref_error *err) {
  hcsref_mounts_setup setup = {0};
  const mount_setup s = {arena, hcsref_rules_or_baseline(rules), vm, &setup, err};
  if (!hcsref_need_spec(arena, spec, err) || !set_up_mounts(&s, &spec->mounts) || !list_pipes(&s, &spec->mounts))
    return false;
  *out = setup;
  return true;
}

bool hcsref_check_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_oci_spec *spec,
                         hcsref_error *err) {
  hcsref_mounts_setup ignored = {0};
  const mount_setup s = {arena, hcsref_rules_or_baseline(rules), NULL, &ignored, err};
  return hcsref_need_spec(arena, spec, err) && set_up_mounts(&s, &spec->mounts);
}
