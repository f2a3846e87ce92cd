/* SPDX-License-Identifier: Apache-2.0 */
/* Mounts that are named pipes. */
#ifndef HCSREF_HCS_PIPES_H
#define HCSREF_HCS_PIPES_H

#include "release/changes.h"

#include "hcsref/pipeline.h"

/* A mount that becomes a mapped pipe. */
typedef struct hcsref_pipe_mount {
  hcsref_named_pipe pipe;
  size_t index; /* of the mount */
} hcsref_pipe_mount;

/* uvm.IsPipe: does the source name a pipe, so that the mount is no directory? */
bool hcsref_is_pipe_source(const hcsref_rules *rules, hcsref_str source);

/* The mapped pipes of all mounts, slice of hcsref_pipe_mount. `vm` null: process isolated; `v21`: the document is one
 * of schema 2.1. False: out of memory. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go createMountsConfig, and from 0.13
 * on internal/hcsoci/resources_wcow.go setupMounts. */
bool hcsref_find_pipes(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_slice *mounts,
                       const hcsref_hosting_system *vm, bool v21, hcsref_slice *out);

#endif
