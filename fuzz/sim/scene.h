/* SPDX-License-Identifier: Apache-2.0 */
/** @file A container that an input is played with, and what holds of every answer of the service. */
#ifndef FUZZ_SIM_SCENE_H
#define FUZZ_SIM_SCENE_H

#include "sim/world.h"

typedef struct scene {
  hcsref_arena *arena;
  hcsref_str volume; /* of the prepared scratch */
  hcsref_hcs_system system;
  hcsref_hcs_process process;
  const hcsref_wchar *text; /* the input */
} scene;

/** The driver that the exports about layers are told; they do not look at it. */
extern const hcsref_wc_driver scene_driver;

/** Text for a call, in the arena. */
const hcsref_wchar *scene_wide(scene *s, hcsref_str text);
/** Takes over a text of the service. */
hcsref_str scene_take(scene *s, hcsref_wchar *text);
/** An action that goes on is no failure, although its code has a failure's sign. */
bool scene_is_well(hcsref_hresult code);
/** What a call says: a failure may have a result document, and a success an answer of this type. Null type: none. */
bool scene_check(scene *s, hcsref_hresult code, hcsref_wchar *answer, hcsref_wchar *result, const hcsref_type *type);

/** Mounts the scratch layer, which has a volume then. */
void scene_mount(scene *s);
void scene_unmount(scene *s);
/** Creates a system of a document; false: it was refused. */
bool scene_create(scene *s, const hcsref_wchar *document);
bool scene_start(scene *s);
/** Runs a process in it. */
void scene_run(scene *s, const hcsref_wchar *parameters);
/** Ends the process and the system, if there are any. */
void scene_leave(scene *s);
/** A container that runs, and with `process` a process in it. */
void scene_begin(scene *s, bool schema2, bool process);
void scene_end(scene *s);

#endif
