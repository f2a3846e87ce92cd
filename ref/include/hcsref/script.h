/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The scripted host: answers from the `host` and `options.hosting_system` objects of a case (their fields are
 * listed in docs/cases.md), and writes down what was asked.
 */
#ifndef HCSREF_SCRIPT_H
#define HCSREF_SCRIPT_H

#include "hcsref/host.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A host that answers from JSON. Lives in its arena. */
typedef struct hcsref_script hcsref_script;

/** Builds the host of a case's `host` object (`text` empty or "null": all defaults). Errors as
 * hcsref_json_decode, with `where` inside the host object, and "host-script" for a value of no known form. */
HCSREF_API bool hcsref_script_load(hcsref_arena *arena, hcsref_str text, hcsref_script **out, hcsref_error *err);
/** The table to hand to stage 2, to which a path that the script does not mention does not exist. */
HCSREF_API hcsref_host hcsref_script_host(hcsref_script *script);
/** The table to hand to stage 1, to which a mount source that the script does not mention is there. */
HCSREF_API hcsref_host hcsref_script_cri_host(hcsref_script *script);
/** To stage 1, what begins with `folder` (which must live as long as the script) does not exist unless it is
 * mentioned: it would have to be made first. */
HCSREF_API void hcsref_script_set_new_folder(hcsref_script *script, hcsref_str folder);
/** Builds the utility VM of a case's `hosting_system` object, whose shares are looked up in `script`'s files;
 * null for "null". */
HCSREF_API bool hcsref_script_hosting_system(hcsref_arena *arena, hcsref_script *script, hcsref_str text,
                                             hcsref_hosting_system **out, hcsref_error *err);
/** From now on writes down what is asked, in the script's arena. */
HCSREF_API void hcsref_script_keep_calls(hcsref_script *script);
/** What was asked since then, in order: "stat C:\p", "mkdir C:\p 755", "resolve C:\p". Slice of hcsref_str. */
HCSREF_API const hcsref_slice *hcsref_script_calls(const hcsref_script *script);
/** The folders that mkdir_all made. Slice of hcsref_str. */
HCSREF_API const hcsref_slice *hcsref_script_made(const hcsref_script *script);

#ifdef __cplusplus
}
#endif

#endif
