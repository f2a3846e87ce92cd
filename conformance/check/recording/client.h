/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which program a process of a recording is, as far as its first line says, and which profile that is. */
#ifndef KIT_CHECK_RECORDING_CLIENT_H
#define KIT_CHECK_RECORDING_CLIENT_H

#include "compare/tree.h"

#include "hcsref/profile.h"

typedef struct check_client {
  uint64_t process;
  hcsref_str program;            /**< the name of its file */
  hcsref_str says;               /**< the profile that it would be, such as "hcsshim-0.12.9"; empty: it does not say */
  hcsref_str go;                 /**< the release of Go that built it; empty: not told */
  const hcsref_profile *profile; /**< null: not looked for, or not known */
  bool looked;                   /**< for the profile */
} check_client;

/** Reads the member `program` of a process's first line: {"path","version","go":{"version","path","revision",
 * "modules":[{"path","version"}]}}. False: out of memory. */
bool client_read(hcsref_arena *arena, const kit_json *program, check_client *out);
/** The profile that it is, looked for once; null: it does not say, or none is known. False: out of memory. */
bool client_profile(hcsref_arena *arena, check_client *client, const hcsref_profile **out);

#endif
