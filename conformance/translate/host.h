/* SPDX-License-Identifier: Apache-2.0 */
/** @file The host that a translation asks: the built-in one, and over it the single facts that --host gives. */
#ifndef HCSPROOF_TRANSLATE_HOST_H
#define HCSPROOF_TRANSLATE_HOST_H

#include "compare/tree.h"
#include "hcsref/hcsref.h"
#include "hcsref/vm_host.h"

/** Facts of a host, as a case's `host` object has them. */
typedef struct translation_facts {
  const kit_json *tree; /**< null: none were given */
  hcsref_script *script;
  hcsref_str image; /**< the layer folder that has the image of a utility VM, where no file says so; empty: each */
} translation_facts;

/** The host of stage 2 and, for what is asked about mounts' sources, of stage 1. */
typedef struct translation_hosts {
  hcsref_host stage_1, stage_2;
} translation_hosts;

/** The host of a VM, and what it was asked. */
typedef struct translation_vm_host {
  hcsref_vm_host host;
  hcsref_str shim_path;    /**< empty: not given */
  hcsref_slice asked;      /**< of the built-in host */
  hcsref_vm_script *facts; /**< null: none were given */
} translation_vm_host;

/** Reads facts (`text` with null data: none). Errors: those of hcsref_script_load; "host-key" for a member that is no
 * fact of a host; "json-syntax". */
bool translation_facts_read(hcsref_arena *arena, hcsref_str text, translation_facts *out, hcsref_error *err);
/** The hosts that answer from `facts` (which must stay where they are), and from the built-in host what those do not
 * tell. Error "out-of-memory". */
bool translation_hosts_open(hcsref_arena *arena, const translation_facts *facts, translation_hosts *out,
                            hcsref_error *err);
/** The same for a VM that nobody has asked anything. `out` must stay where it is. Errors: those of
 * hcsref_vm_script_load. */
bool translation_vm_host_open(hcsref_arena *arena, const translation_facts *facts, translation_vm_host *out,
                              hcsref_error *err);
/** What a VM was asked so far. Slice of hcsref_vm_request. */
const hcsref_slice *translation_vm_host_asked(const translation_vm_host *host);

#endif
