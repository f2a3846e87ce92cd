/* SPDX-License-Identifier: Apache-2.0 */
/* The checks of a mount, and the grammar of paths that they and the short form share. */
#ifndef HCSREF_DOCKER_MOUNT_CONFIG_H
#define HCSREF_DOCKER_MOUNT_CONFIG_H

#include "docker/spec.h"

/* Where a mount stands, and what its messages begin with: nothing, or the text of the short form. */
typedef struct hcsref_docker_place {
  const char *list;
  size_t index;
  hcsref_str raw; /* null data: the long form */
} hcsref_docker_place;

/* What a source or destination in the short form looks like. */
typedef enum hcsref_docker_path_form {
  HCSREF_DOCKER_PATH_HOST_DIR,
  HCSREF_DOCKER_PATH_NAME,
  HCSREF_DOCKER_PATH_PIPE,
  HCSREF_DOCKER_PATH_DRIVE /* a drive and what may follow: a destination */
} hcsref_docker_path_form;

/* How many bytes of `text`, in lower case, are of that form: it ends before a colon or with the text. 0: it is not.
 * Source: moby volume/mounts/windows_parser.go rxHostDir, rxName, rxPipe, rxDestination. */
size_t hcsref_docker_match(hcsref_docker_path_form form, hcsref_str text);

/* Fails with a text of a mount: "invalid mount config for type …: …", in the short form "invalid volume
 * specification: …" before that. The format takes one text. */
bool hcsref_docker_refuse_mount(const hcsref_docker_maker *m, const hcsref_docker_place *place, hcsref_str type,
                                const char *format, hcsref_str value);

/* Source: windows_parser.go validateMountConfigReg, validateExclusiveOptions. */
bool hcsref_docker_check_mount(const hcsref_docker_maker *m, const hcsref_docker_mount *mount,
                               const hcsref_docker_place *place);

/* "npipe", "bind" or "volume". Source: windows_parser.go windowsDetectMountType. */
hcsref_str hcsref_docker_detect_type(hcsref_str source);

/* Does the subpath of a volume stay inside it? */
bool hcsref_docker_is_local(hcsref_str path);

#endif
