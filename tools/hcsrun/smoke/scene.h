/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A scenario of `hcsrun smoke`: a real container, and what is asserted about it from inside or from the service's own
 * answers.
 */
#ifndef HCSRUN_SCENE_H
#define HCSRUN_SCENE_H

#include "refusal.h"

typedef enum verdict { PASSED, FAILED, SKIPPED } verdict;

/** What a scenario works with. */
typedef struct scene {
  session *s;
  hcsref_arena arena;
  hcsref_oci_spec *spec; /* of the container to come, with the probe mounted */
  container c;
  bool up;
  claim folder; /* whose mount is the scenario's own folder */
  bool has_folder;
  bool simulated;
  hcsref_str probe_folder;
  uint32_t timeout_ms; /* of one process */
  verdict verdict;
  hcsref_str reason; /* why it failed or was skipped */
  hcsref_str log;    /* what a refusal said, for the report */
  refusal refused;   /* the same with its document; no document: nothing was refused */
} scene;

/** What a process did. */
typedef struct outcome {
  uint32_t exit_code;
  hcsref_str out, err;
} outcome;

typedef struct scenario {
  const char *id, *title, *why;
  const char *not_simulated; /* why the simulated service cannot show it; null: it can */
  void (*run)(scene *s);
} scenario;

extern const scenario scenarios[];
extern const size_t scenario_count;

/** Creates and starts the container of s->spec. False: it failed, and the verdict says so. */
bool scene_up(scene *s, bool network);
/** Runs `hcsprobe ARGUMENT…` (ended by null) and waits. False: the verdict says so. */
bool scene_probe(scene *s, outcome *out, const char *const *arguments);
/** The same with bytes for its standard input, variables and a working folder. */
bool scene_probe_more(scene *s, outcome *out, const char *const *arguments, const char *input,
                      const process_options *more);
/** Starts a process and leaves it running. */
bool scene_start(scene *s, const char *const *arguments, hcsref_live_process **process);
/** Undoes the container, so that the scenario may make another. */
void scene_down(scene *s);
/** The verdict, with a reason as hcsref_format takes it. */
void scene_fail(scene *s, const char *format, ...);
void scene_skip(scene *s, const char *format, ...);
/** Gives s->spec resources, with each part there and nothing set in it. Null: out of memory, and the verdict says so.
 */
hcsref_oci_windows_resources *scene_resources(scene *s);
/** A folder of the scenario's own on the host, once a scenario; scene_end removes it with all that is in it. False: the
 * verdict says so. */
bool scene_folder(scene *s, hcsref_str *out);
/** Undoes whatever the scenario left. */
void scene_end(scene *s);

/** Whether a text is the expected one, and whether it has the part somewhere. */
bool text_is(hcsref_str text, const char *expected);
bool text_holds(hcsref_str text, const char *part);

#define PROBE(s, out, ...) scene_probe((s), (out), (const char *const[]){__VA_ARGS__, NULL})
#define EXPECT(s, condition, ...)                                                                                      \
  do {                                                                                                                 \
    if (!(condition)) {                                                                                                \
      scene_fail((s), __VA_ARGS__);                                                                                    \
      return;                                                                                                          \
    }                                                                                                                  \
  } while (0)

#endif
