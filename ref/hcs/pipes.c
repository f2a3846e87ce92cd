/* SPDX-License-Identifier: Apache-2.0 */
/* Named pipes of the host, and from 0.13 on of the utility VM. Source: hcsshim internal/uvm pipes.go, vsmb.go. */
#include "hcs/pipes.h"

#include "hcs/mount_type.h"
#include "hcs/rules.h"

#include "hcsref/path.h"

#define PIPE_PREFIX HCSREF_LIT("\\\\.\\pipe\\")
/* Pipes of the host, seen from inside a utility VM. */
#define VSMB_PIPES HCSREF_LIT("\\\\?\\VMSMB\\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}\\IPC$\\")

static bool cut_prefix(hcsref_str text, hcsref_str prefix, hcsref_str *rest) {
  bool has = hcsref_str_has_prefix(text, prefix);
  *rest = has ? hcsref_str_skip(text, prefix.len) : text;
  return has;
}

bool hcsref_is_pipe_source(const hcsref_rules *rules, hcsref_str source) {
  if (hcsref_has(rules, HCSREF_CHANGE_PIPES_BOTH_ENDS))
    (void)cut_prefix(source, HCSREF_VM_MOUNT_PREFIX, &source);
  return hcsref_is_named_pipe(source);
}

bool hcsref_is_shim_pipe(const hcsref_rules *rules, hcsref_str path) {
  return hcsref_is_pipe_source(hcsref_rules_or_baseline(rules), path);
}

/* GetContainerPipeMapping: whatever the mount is, it becomes a pipe. */
static bool map_source(hcsref_arena *arena, bool hosted, hcsref_str source, hcsref_str destination,
                       hcsref_named_pipe *out) {
  hcsref_str name;
  (void)cut_prefix(source, PIPE_PREFIX, &name);
  (void)cut_prefix(destination, PIPE_PREFIX, &out->container_pipe);
  out->host_path = source;
  out->in_vm = false;
  return !hosted || hcsref_format(arena, &out->host_path, "%v%v", VSMB_PIPES, name);
}

/* A pod's pipes are kept apart by its id, that of the VM without its suffix. */
static bool map_vm_pipe(hcsref_arena *arena, const hcsref_hosting_system *vm, hcsref_str name, hcsref_named_pipe *out) {
  const hcsref_str suffix = HCSREF_LIT("@vm");
  hcsref_str pod = vm->id;
  if (hcsref_str_has_suffix(pod, suffix))
    pod = hcsref_str_first(pod, pod.len - suffix.len);
  out->in_vm = true;
  return hcsref_format(arena, &out->host_path, "%v%v\\%v", PIPE_PREFIX, pod, name);
}

/* ParseNamedPipe: both ends must be pipes. */
static bool map_both_ends(hcsref_arena *arena, const hcsref_hosting_system *vm, hcsref_str source,
                          hcsref_str destination, bool *is_pipe, hcsref_named_pipe *out) {
  hcsref_str name;
  *is_pipe = false;
  if ((vm != NULL && !hcsref_str_equal(vm->os, HCSREF_LIT("windows"))) || !cut_prefix(destination, PIPE_PREFIX, &name))
    return true;
  if (hcsref_is_named_pipe(source)) {
    *is_pipe = true;
    return map_source(arena, vm != NULL, source, destination, out);
  }
  if (vm == NULL || !cut_prefix(source, HCSREF_VM_MOUNT_PREFIX, &source) || !hcsref_is_named_pipe(source))
    return true;
  *is_pipe = true;
  out->container_pipe = name;
  return map_vm_pipe(arena, vm, hcsref_str_skip(source, PIPE_PREFIX.len), out);
}

bool hcsref_map_named_pipe(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_hosting_system *vm,
                           hcsref_str source, hcsref_str destination, bool *is_pipe, hcsref_named_pipe *out) {
  if (hcsref_has(hcsref_rules_or_baseline(rules), HCSREF_CHANGE_PIPES_BOTH_ENDS))
    return map_both_ends(arena, vm, source, destination, is_pipe, out);
  *is_pipe = true;
  return map_source(arena, vm != NULL, source, destination, out);
}

/* Is the mount looked at as a pipe at all? In a utility VM, disks and sandbox mounts come first. */
static bool may_be_pipe(const hcsref_rules *rules, const hcsref_oci_mount *mount, bool in_vm) {
  if (!hcsref_is_pipe_source(rules, mount->source))
    return false;
  return !hcsref_has(rules, HCSREF_CHANGE_PIPES_BOTH_ENDS) || !in_vm || !hcsref_is_disk_mount(mount->type);
}

bool hcsref_find_pipes(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_slice *mounts,
                       const hcsref_hosting_system *vm, bool v21, hcsref_slice *out) {
  const hcsref_oci_mount *items = mounts->items;
  for (size_t i = 0; i < mounts->len; i++) {
    hcsref_pipe_mount found = {.index = i}, *place;
    bool is_pipe;
    if (!may_be_pipe(rules, &items[i], vm != NULL && v21))
      continue;
    if (!hcsref_map_named_pipe(arena, rules, vm, items[i].source, items[i].destination, &is_pipe, &found.pipe))
      return false;
    if (!is_pipe)
      continue;
    place = hcsref_slice_push(arena, out, sizeof *place);
    if (place == NULL)
      return false;
    *place = found;
  }
  return true;
}
