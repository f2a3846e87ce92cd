/* SPDX-License-Identifier: Apache-2.0 */
/* Mapped directories and mapped pipes. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go createMountsConfig, and the
 * check of the OS build in createWindowsContainerDocument. */
#include "hcs/document.h"
#include "hcs/mount_type.h"
#include "host/message.h"

#include "hcsref/path.h"

#include <string.h>

/* The four lists as they grow. They are as long as they can become from the start. */
typedef struct mount_lists {
  hcsref_v1_mapped_dir *v1_dirs;
  hcsref_v2_mapped_directory *v2_dirs;
  hcsref_v1_mapped_pipe *v1_pipes;
  hcsref_v2_mapped_pipe *v2_pipes;
  size_t dirs;
  hcsref_slice pipes; /* of hcsref_pipe_mount */
} mount_lists;

static bool make_lists(hcsref_builder *b, mount_lists *lists) {
  size_t dirs = b->spec->mounts.len;
  if (!hcsref_find_pipes(b->arena, b->rules, &b->spec->mounts, b->vm, hcsref_is_schema(&b->options->schema, 2, 1),
                         &lists->pipes))
    return hcsref_fail_memory(b->err);
  lists->v1_dirs = hcsref_arena_array(b->arena, dirs, sizeof *lists->v1_dirs);
  lists->v2_dirs = hcsref_arena_array(b->arena, dirs + b->disks.len, sizeof *lists->v2_dirs);
  lists->v1_pipes = hcsref_arena_array(b->arena, lists->pipes.len, sizeof *lists->v1_pipes);
  lists->v2_pipes = hcsref_arena_array(b->arena, lists->pipes.len, sizeof *lists->v2_pipes);
  return (lists->v1_dirs != NULL && lists->v2_dirs != NULL && lists->v1_pipes != NULL && lists->v2_pipes != NULL) ||
         hcsref_fail_memory(b->err);
}

/* HCS does not follow a link to a file, so it gets the final path. */
static bool resolve_on_host(hcsref_builder *b, size_t index, hcsref_str source, hcsref_str *path) {
  hcsref_str message = hcsref_no_message();
  if (b->host->ops->resolve(b->host->ctx, b->arena, source, HCSREF_RESOLVE_HCS, path, &message))
    return true;
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(b->err);
  return hcsref_fail_item(
      b->arena, b->err, "mount-resolve", "/mounts", index, "source", "failed to %s for mount source %q: %v",
      hcsref_has(b->rules, HCSREF_CHANGE_MOUNT_RESOLVE_PATH) ? "resolve path" : "eval symlinks", source, message);
}

/* A source under sandbox:// is a path in the utility VM already; any other is shared with it. */
static bool find_in_vm(hcsref_builder *b, size_t index, hcsref_str source, bool read_only, hcsref_str *path) {
  hcsref_str message = hcsref_no_message();
  if (hcsref_str_has_prefix(source, HCSREF_SANDBOX_PREFIX))
    return hcsref_sandbox_mount_path_as(b->arena, b->rules, source, path) || hcsref_fail_memory(b->err);
  if (b->vm->ops->vsmb_path(b->vm->ctx, b->arena, source, read_only, path, &message))
    return true;
  return hcsref_fail_host(b, "vsmb-path", "/mounts", index, "source", message);
}

/* A disk that is attached to the utility VM, before 0.10.0-rc.8: the mount point of the additional mount that has its
 * place in the container. An extensible disk must be TYPE/PATH, after evd:// or not. Source: hcsshim internal/uvm
 * scsi.go GetScsiUvmPath, ParseExtensibleVirtualDiskPath. */
static bool find_disk(hcsref_builder *b, size_t index, const hcsref_oci_mount *mount, hcsref_str *path) {
  const hcsref_v2_mapped_directory *disks = b->disks.items;
  const hcsref_str scheme = HCSREF_LIT("evd://");
  hcsref_str disk = hcsref_str_skip(mount->source, hcsref_str_has_prefix(mount->source, scheme) ? scheme.len : 0);
  bool has_type = disk.len > 1 && disk.data[0] != '/' && memchr(disk.data, '/', disk.len) != NULL;
  if (hcsref_str_equal(mount->type, HCSREF_LIT("extensible-virtual-disk")) && !has_type)
    return hcsref_fail_item(b->arena, b->err, "disk-path", "/mounts", index, "source",
                            "invalid extensible vhd path: %v", mount->source);
  for (size_t i = 0; i < b->disks.len; i++)
    if (hcsref_str_equal(disks[i].container_path, mount->destination)) {
      *path = disks[i].host_path;
      return true;
    }
  return hcsref_fail_item(b->arena, b->err, "disk-path", "/mounts", index, "source", "not attached");
}

static bool find_directory(hcsref_builder *b, size_t index, const hcsref_oci_mount *mount, bool read_only,
                           hcsref_str *path) {
  if (b->vm == NULL)
    return resolve_on_host(b, index, mount->source, path);
  if (hcsref_is_disk_mount(mount->type))
    return find_disk(b, index, mount, path);
  return find_in_vm(b, index, mount->source, read_only, path);
}

/* Disks of a utility VM are among the additional mounts. */
static bool is_appended_disk(const hcsref_builder *b, const hcsref_oci_mount *mount) {
  return b->vm != NULL && hcsref_is_disk_mount(mount->type) && hcsref_has(b->rules, HCSREF_CHANGE_DISKS_APPENDED);
}

static void note_directory(const hcsref_builder *b, size_t index, const hcsref_v1_mapped_dir *v1,
                           const hcsref_v2_mapped_directory *v2) {
  static const char destination[] = "createMountsConfig: as it is", option[] = "createMountsConfig: the option ro";
  const char *resolved = b->vm == NULL ? "createMountsConfig: the final path behind links"
                                       : "createMountsConfig: the path of the share in the VM";
  HCSREF_NOTE(b, v2->host_path, resolved, "/mounts/%u/source", (uint64_t)index);
  HCSREF_NOTE(b, v2->container_path, destination, "/mounts/%u/destination", (uint64_t)index);
  HCSREF_NOTE(b, v2->read_only, option, "/mounts/%u/options", (uint64_t)index);
  HCSREF_NOTE(b, *v1, "MappedDir: the fields that nothing sets are written too", "/mounts/%u", (uint64_t)index);
  HCSREF_NOTE(b, v1->host_path, "createMountsConfig: as it is", "/mounts/%u/source", (uint64_t)index);
  HCSREF_NOTE(b, v1->container_path, destination, "/mounts/%u/destination", (uint64_t)index);
  HCSREF_NOTE(b, v1->read_only, option, "/mounts/%u/options", (uint64_t)index);
}

static bool add_directory(hcsref_builder *b, size_t index, const hcsref_oci_mount *mount, mount_lists *lists) {
  hcsref_v1_mapped_dir *v1 = &lists->v1_dirs[lists->dirs];
  hcsref_v2_mapped_directory *v2 = &lists->v2_dirs[lists->dirs];
  bool read_only = hcsref_is_read_only_mount(mount);
  if (!find_directory(b, index, mount, read_only, &v2->host_path))
    return false;
  v2->container_path = v1->container_path = mount->destination;
  v2->read_only = v1->read_only = read_only;
  v1->host_path = mount->source;
  if (b->options->provenance != NULL)
    note_directory(b, index, v1, v2);
  lists->dirs++;
  return true;
}

static bool read_mounts(hcsref_builder *b, mount_lists *lists) {
  const hcsref_oci_mount *mounts = b->spec->mounts.items;
  for (size_t i = 0; i < b->spec->mounts.len; i++)
    if (!hcsref_is_pipe_source(b->rules, mounts[i].source) && !is_appended_disk(b, &mounts[i]) &&
        !add_directory(b, i, &mounts[i], lists))
      return false;
  return true;
}

static void copy_pipes(const hcsref_builder *b, mount_lists *lists) {
  const hcsref_pipe_mount *pipes = lists->pipes.items;
  for (size_t i = 0; i < lists->pipes.len; i++) {
    lists->v1_pipes[i].host_path = lists->v2_pipes[i].host_path = pipes[i].pipe.host_path;
    lists->v1_pipes[i].container_pipe_name = lists->v2_pipes[i].container_pipe_name = pipes[i].pipe.container_pipe;
    HCSREF_NOTE(b, lists->v1_pipes[i], "ParseNamedPipe: both ends of the mount", "/mounts/%u",
                (uint64_t)pipes[i].index);
    HCSREF_NOTE(b, lists->v2_pipes[i], "ParseNamedPipe: both ends of the mount", "/mounts/%u",
                (uint64_t)pipes[i].index);
  }
}

/* Disks that were attached to the utility VM; in v2 only, after all others. */
static size_t add_additional(const hcsref_builder *b, const mount_lists *lists) {
  const hcsref_slice *mounts = &b->disks;
  if (mounts->len == 0 || !hcsref_has(b->rules, HCSREF_CHANGE_DISKS_APPENDED))
    return lists->dirs;
  memcpy(lists->v2_dirs + lists->dirs, mounts->items, mounts->len * sizeof *lists->v2_dirs);
  for (size_t i = 0; i < mounts->len; i++)
    HCSREF_NOTE(b, lists->v2_dirs[lists->dirs + i], "createMountsConfig: a disk that is attached already",
                "option additional-mounts");
  return lists->dirs + mounts->len;
}

static hcsref_slice slice_of(void *items, size_t count) {
  hcsref_slice slice = {count == 0 ? NULL : items, count, count};
  return slice;
}

bool hcsref_build_mounts(hcsref_builder *b) {
  mount_lists lists = {0};
  hcsref_document_parts *parts = b->parts;
  if (!make_lists(b, &lists) || !read_mounts(b, &lists))
    return false;
  if (lists.pipes.len != 0 && b->host->ops->os_build(b->host->ctx) < HCSREF_BUILD_RS3)
    return hcsref_fail_item(b->arena, b->err, "pipes-unsupported", "/mounts",
                            ((const hcsref_pipe_mount *)lists.pipes.items)->index, "source",
                            "named pipe mounts are not supported on this version of Windows");
  copy_pipes(b, &lists);
  parts->v1.mapped_directories = slice_of(lists.v1_dirs, lists.dirs);
  parts->v2.mapped_directories = slice_of(lists.v2_dirs, add_additional(b, &lists));
  parts->v1.mapped_pipes = slice_of(lists.v1_pipes, lists.pipes.len);
  parts->v2.mapped_pipes = slice_of(lists.v2_pipes, lists.pipes.len);
  return true;
}
