/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Which release behaves how. A profile is a set of programs, each of one release and built with one Go; what a program
 * does in that release is its rules. Wherever a profile is asked for, null stands for the baseline: containerd
 * 2bc77b8a2, hcsshim 0af576d29 and Go 1.19, but mounts sorted stably (docs/fidelity.md).
 */
#ifndef HCSREF_PROFILE_H
#define HCSREF_PROFILE_H

#include "hcsref/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The programs that a profile may have. GO is Go's own library, as the first of the others was built with. */
typedef enum hcsref_program {
  HCSREF_PROGRAM_CONTAINERD,
  HCSREF_PROGRAM_HCSSHIM,
  HCSREF_PROGRAM_MOBY,
  HCSREF_PROGRAM_GO
} hcsref_program;

#define HCSREF_PROGRAM_COUNT 4

/** A set of programs. Lives in the arena of hcsref_profile_find and does not change. */
typedef struct hcsref_profile hcsref_profile;

/** The changes in force for one program of a profile: its own, and those of the Go and the runtime-spec that it was
 * built with. */
typedef struct hcsref_rules hcsref_rules;

/** The profile of that name, or null with an error. Names are "baseline", "newest", and one or more of
 * "containerd-VERSION", "hcsshim-VERSION", "moby-VERSION", "go-VERSION" with "+" between them; a VERSION is a release
 * ("2.1.9"), a line ("2.1": the newest of it), "main", or a commit of the table. containerd brings the shim that it
 * bundles; each brings its Go; what stands further right replaces that. Errors: "profile-unknown" (the message names
 * the nearest), "out-of-memory". */
HCSREF_API const hcsref_profile *hcsref_profile_find(hcsref_arena *arena, hcsref_str name, hcsref_error *err);
/** Its full name: lines, "main" and "newest" are replaced by what they stand for. */
HCSREF_API hcsref_str hcsref_profile_name(const hcsref_profile *profile);
/** The release of one of its programs, such as "2.1.9" or "0af576d29"; empty when it lacks the program. */
HCSREF_API hcsref_str hcsref_profile_release(const hcsref_profile *profile, hcsref_program program);
/** What that program does; null when the profile lacks it. */
HCSREF_API const hcsref_rules *hcsref_profile_rules(const hcsref_profile *profile, hcsref_program program);
/** The first of a set of programs (bits 1 << program) that the profile has; HCSREF_PROGRAM_COUNT when it has none. */
HCSREF_API int hcsref_profile_performer(const hcsref_profile *profile, unsigned programs);

/** The same profile but for one change, the i-th of the table: turned round in every program that it concerns, so that
 * it is in force where it was not and no longer where it was. What an answer owes to a change shows so: no release has
 * one change alone. Lives in `arena` and as long as `profile`, whose name it keeps. Null: error "out-of-memory". */
HCSREF_API const hcsref_profile *hcsref_profile_turn(hcsref_arena *arena, const hcsref_profile *profile, size_t i,
                                                     hcsref_error *err);

/** Does a range hold for what `program` of the profile does? A range is "baseline", which the baseline alone is in, or
 * one or more of PART COMPARISON…, all of which are needed: "hcsshim >=0.12.0-rc.2 <0.13.0-rc.1 go >=1.22.0". PART is
 * containerd, hcsshim or moby, which must be `program`, or go or runtime-spec, those that it was built with. A
 * comparison is >=, < or = and a version. Versions are in SemVer's order, pre-releases are not left out, main comes
 * after all releases, and a commit of the table is only equal to itself. A range that hcsref_range_check refuses never
 * holds. */
HCSREF_API bool hcsref_profile_in_range(const hcsref_profile *profile, hcsref_program program, hcsref_str range);
/** Is it a range? Error "range-form". */
HCSREF_API bool hcsref_range_check(hcsref_arena *arena, hcsref_str range, hcsref_error *err);

/* ---- the tables ------------------------------------------------------------------------------------------- */

/** A release, and what it is made of. */
typedef struct hcsref_release {
  const char *name;         /**< "2.1.9", or a commit */
  const char *counts_as;    /**< the version that it is compared as; "main": after all releases */
  const char *shim;         /**< containerd: the hcsshim that it bundles; "" for others */
  const char *runtime_spec; /**< the version that it vendors */
  const char *go;           /**< what its own build uses */
  bool recorded;            /**< its program was run, and what it answered was recorded */
} hcsref_release;

/** Those of containerd, hcsshim or moby, oldest first; `*count` 0 for Go. */
HCSREF_API const hcsref_release *hcsref_releases(hcsref_program program, size_t *count);

/** How much a difference matters, as the level of a case. */
typedef enum hcsref_change_level { HCSREF_LEVEL_MUST, HCSREF_LEVEL_SHOULD, HCSREF_LEVEL_MAY } hcsref_change_level;

/** A change of upstream's behaviour. */
typedef struct hcsref_change_info {
  const char *slug;  /**< stable name, such as "hcsshim.pipes.both-ends" */
  const char *part;  /**< whose releases: "containerd", "hcsshim", "moby", "go" or "runtime-spec" */
  const char *since; /**< the first release of each line that has it, separated by spaces; "": always there */
  const char *until; /**< where it went again */
  hcsref_change_level level;
  const char *what;     /**< one sentence: what a user sees where it is in force */
  const char *upstream; /**< commit, pull request or issue */
} hcsref_change_info;

/** The number of changes. */
HCSREF_API size_t hcsref_change_count(void);
/** The i-th of them, from 0 on. */
HCSREF_API hcsref_change_info hcsref_change_at(size_t i);
/** Is the i-th in force? */
HCSREF_API bool hcsref_rules_have(const hcsref_rules *rules, size_t i);
/** Do programs of this kind ever have it? */
HCSREF_API bool hcsref_change_concerns(size_t i, hcsref_program program);

/** "containerd", "hcsshim", "moby", "go". */
HCSREF_API const char *hcsref_program_name(hcsref_program program);

#ifdef __cplusplus
}
#endif

#endif
