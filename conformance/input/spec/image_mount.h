/* SPDX-License-Identifier: Apache-2.0 */
/** @file Mounts of a CRI config that are images: where containerd puts them before it makes the spec. */
#ifndef HCSPROOF_INPUT_IMAGE_MOUNT_H
#define HCSPROOF_INPUT_IMAGE_MOUNT_H

#include "hcsref/hcsref.h"

/** Gives each mount with an image the host path that it gets, with a stand-in for the image's digest, which is noted
 * (slice of input_note), where the containerd of `rules` mounts images; else notes that it does not. Errors:
 * "image-mount", `err->where` a pointer into the config. Source: containerd
 * internal/cri/server/container_image_mount.go mutateImageMount, since 2.1.0; upstream's texts end with the mount as Go
 * prints it. */
bool input_place_image_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_cri_container_config *config,
                              hcsref_str sandbox_id, hcsref_slice *notes, hcsref_error *err);

#endif
