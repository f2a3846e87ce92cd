/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/image_mount.h"

#include "input/spec/lost.h"
#include "input/spec/note.h"

/* containerd's state folder on Windows. Source: defaults/defaults_windows.go, internal/cri/server/helpers.go. */
#define VOLUMES "C:\\ProgramData\\containerd\\state\\io.containerd.grpc.v1.cri\\image-volumes"

static bool refuse(hcsref_arena *arena, size_t index, const char *member, const char *message, hcsref_error *err) {
  hcsref_str where;
  if (!hcsref_format(arena, &where, "/mounts/%u/%s", (uint64_t)index, member))
    return hcsref_fail_memory(err);
  return hcsref_fail(arena, err, "image-mount", where, "failed to mount image volume: %s", message);
}

static bool note(hcsref_arena *arena, size_t index, hcsref_slice *notes, const char *message, hcsref_str detail,
                 hcsref_error *err) {
  hcsref_str where;
  return (hcsref_format(arena, &where, "/mounts/%u/image", (uint64_t)index) &&
          input_add_note(arena, notes, where, message, detail)) ||
         hcsref_fail_memory(err);
}

static bool place(hcsref_arena *arena, size_t index, hcsref_cri_mount *mount, hcsref_str sandbox_id,
                  hcsref_slice *notes, hcsref_error *err) {
  const hcsref_str sub_path = mount->image_sub_path, digest = HCSREF_LIT("{digest}");
  if (mount->host_path.len != 0)
    return refuse(arena, index, "host_path", "hostpath must be empty while mount image", err);
  if (!mount->readonly)
    return refuse(arena, index, "readonly", "readonly must be true while mount image", err);
  if (mount->image->image.len == 0)
    return refuse(arena, index, "image", "image not specified", err);
  if (!hcsref_format(arena, &mount->host_path, "%s\\%v\\%v%s%v", VOLUMES, sandbox_id, digest,
                     sub_path.len != 0 ? "\\" : "", sub_path))
    return hcsref_fail_memory(err);
  return note(arena, index, notes, "containerd mounts an image in a folder named after its digest; %v stands in for it",
              digest, err);
}

bool input_place_image_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_cri_container_config *config,
                              hcsref_str sandbox_id, hcsref_slice *notes, hcsref_error *err) {
  hcsref_cri_mount *const *mounts = config->mounts.items;
  hcsref_change_info change;
  const bool known = input_has_change(rules, "containerd.cri.image-volumes", &change);
  for (size_t i = 0; i < config->mounts.len; i++) {
    if (mounts[i] == NULL || mounts[i]->image == NULL)
      continue;
    if (!(known ? place(arena, i, mounts[i], sandbox_id, notes, err)
                : note(arena, i, notes, "this release does not mount images: containerd %v and newer do",
                       hcsref_cstr(change.since), err)))
      return false;
  }
  return true;
}
