/* SPDX-License-Identifier: Apache-2.0 */
/* Which releases there are, and what each is made of. */
#ifndef HCSREF_RELEASE_RELEASES_H
#define HCSREF_RELEASE_RELEASES_H

#include "hcsref/profile.h"

typedef struct hcsref_release {
  const char *name;         /* "2.1.9", or a commit */
  const char *counts_as;    /* the version that it is compared as; "main": after all releases */
  const char *shim;         /* containerd: the hcsshim that it bundles; "" for others */
  const char *runtime_spec; /* the version that it vendors */
  const char *go;           /* what its own build uses */
  bool recorded;            /* its program was run, and its answers are in golden/recorded */
} hcsref_release;

/* Of containerd, hcsshim or moby, oldest first; `*count` 0 for Go. */
const hcsref_release *hcsref_releases(hcsref_program program, size_t *count);

#endif
