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
/** "containerd", "hcsshim", "moby", "go". */
HCSREF_API const char *hcsref_program_name(hcsref_program program);

#ifdef __cplusplus
}
#endif

#endif
