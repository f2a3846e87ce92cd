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
  size_t dirs, pipes;
} mount_lists;

static size_t first_pipe(const hcsref_oci_mount *mounts) {
  size_t i = 0;
  while (!hcsref_is_named_pipe(mounts[i].source))
    i++;
  return i;
}

static size_t count_pipes(const hcsref_oci_mount *mounts, size_t count) {
  size_t pipes = 0;
  for (size_t i = 0; i < count; i++)
    pipes += hcsref_is_named_pipe(mounts[i].source);
  return pipes;
}

static bool make_lists(hcsref_builder *b, mount_lists *lists) {
  size_t count = b->spec->mounts.len, pipes = count_pipes(b->spec->mounts.items, count), dirs = count - pipes;
  lists->dirs = lists->pipes = 0;
  lists->v1_dirs = hcsref_arena_array(b->arena, dirs, sizeof *lists->v1_dirs);
  lists->v2_dirs = hcsref_arena_array(b->arena, dirs + b->options->additional_mounts.len, sizeof *lists->v2_dirs);
  lists->v1_pipes = hcsref_arena_array(b->arena, pipes, sizeof *lists->v1_pipes);
  lists->v2_pipes = hcsref_arena_array(b->arena, pipes, sizeof *lists->v2_pipes);
  return (lists->v1_dirs != NULL && lists->v2_dirs != NULL && lists->v1_pipes != NULL && lists->v2_pipes != NULL) ||
         hcsref_fail_memory(b->err);
}

/* Upstream compares strings.ToLower of each option. No letter outside ASCII has 'r' or 'o' as its lower case, so
 * folding ASCII is the same. */
static bool is_read_only(const hcsref_oci_mount *mount) {
  const hcsref_str *options = mount->options.items;
  for (size_t i = 0; i < mount->options.len; i++)
    if (hcsref_str_equal_ascii_fold(options[i], HCSREF_LIT("ro")))
      return true;
  return false;
}

/* HCS does not follow a link to a file, so it gets the final path. */
static bool resolve_on_host(hcsref_builder *b, size_t index, hcsref_str source, hcsref_str *path) {
  hcsref_str message = hcsref_no_message();
  if (b->host->ops->resolve(b->host->ctx, b->arena, source, HCSREF_RESOLVE_HCS, path, &message))
    return true;
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(b->err);
  return hcsref_fail_item(b->arena, b->err, "mount-resolve", "/mounts", index, "source",
                          "failed to resolve path for mount source %q: %v", source, message);
}

/* A source under sandbox:// is a path in the utility VM already; any other is shared with it. */
static bool find_in_vm(hcsref_builder *b, size_t index, hcsref_str source, bool read_only, hcsref_str *path) {
  hcsref_str message = hcsref_no_message();
  if (hcsref_str_has_prefix(source, HCSREF_SANDBOX_PREFIX))
    return hcsref_sandbox_mount_path(b->arena, source, path) || hcsref_fail_memory(b->err);
  if (b->vm->ops->vsmb_path(b->vm->ctx, b->arena, source, read_only, path, &message))
    return true;
  return hcsref_fail_host(b, "vsmb-path", "/mounts", index, "source", message);
}

static bool add_directory(hcsref_builder *b, size_t index, const hcsref_oci_mount *mount, mount_lists *lists) {
  hcsref_v1_mapped_dir *v1 = &lists->v1_dirs[lists->dirs];
  hcsref_v2_mapped_directory *v2 = &lists->v2_dirs[lists->dirs];
  bool read_only = is_read_only(mount);
  if (b->vm != NULL && hcsref_is_disk_mount(mount->type)) /* is among the additional mounts */
    return true;
  if (b->vm == NULL ? !resolve_on_host(b, index, mount->source, &v2->host_path)
                    : !find_in_vm(b, index, mount->source, read_only, &v2->host_path))
    return false;
  v2->container_path = v1->container_path = mount->destination;
  v2->read_only = v1->read_only = read_only;
  v1->host_path = mount->source;
  lists->dirs++;
  return true;
}

static bool add_pipe(hcsref_builder *b, const hcsref_oci_mount *mount, mount_lists *lists) {
  hcsref_v1_mapped_pipe *v1 = &lists->v1_pipes[lists->pipes];
  hcsref_v2_mapped_pipe *v2 = &lists->v2_pipes[lists->pipes];
  if (!hcsref_map_named_pipe(b->arena, b->vm != NULL, mount->source, mount->destination, &v1->host_path,
                             &v1->container_pipe_name))
    return hcsref_fail_memory(b->err);
  v2->host_path = v1->host_path;
  v2->container_pipe_name = v1->container_pipe_name;
  lists->pipes++;
  return true;
}

static bool read_mounts(hcsref_builder *b, mount_lists *lists) {
  const hcsref_oci_mount *mounts = b->spec->mounts.items;
  for (size_t i = 0; i < b->spec->mounts.len; i++)
    if (hcsref_is_named_pipe(mounts[i].source) ? !add_pipe(b, &mounts[i], lists)
                                               : !add_directory(b, i, &mounts[i], lists))
      return false;
  return true;
}

/* Disks that were attached to the utility VM; in v2 only, after all others. */
static size_t add_additional(const hcsref_slice *mounts, const mount_lists *lists) {
  if (mounts->len != 0)
    memcpy(lists->v2_dirs + lists->dirs, mounts->items, mounts->len * sizeof *lists->v2_dirs);
  return lists->dirs + mounts->len;
}

static hcsref_slice slice_of(void *items, size_t count) {
  hcsref_slice slice = {count == 0 ? NULL : items, count, count};
  return slice;
}

bool hcsref_build_mounts(hcsref_builder *b) {
  mount_lists lists;
  hcsref_document_parts *parts = b->parts;
  if (!make_lists(b, &lists) || !read_mounts(b, &lists))
    return false;
  if (lists.pipes != 0 && b->host->ops->os_build(b->host->ctx) < HCSREF_BUILD_RS3)
    return hcsref_fail_item(b->arena, b->err, "pipes-unsupported", "/mounts", first_pipe(b->spec->mounts.items),
                            "source", "named pipe mounts are not supported on this version of Windows");
  parts->v1.mapped_directories = slice_of(lists.v1_dirs, lists.dirs);
  parts->v2.mapped_directories = slice_of(lists.v2_dirs, add_additional(&b->options->additional_mounts, &lists));
  parts->v1.mapped_pipes = slice_of(lists.v1_pipes, lists.pipes);
  parts->v2.mapped_pipes = slice_of(lists.v2_pipes, lists.pipes);
  return true;
}
