/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What a program says of itself, for the first line of its recording: Go's build information and the version resource
 * of its file. Both are bytes of somebody else's.
 */
#ifndef HCSSIM_PROGRAM_H
#define HCSSIM_PROGRAM_H

#include "hcsref/hcsref.h"

/** Modules that are named, of those that matter to a recording. */
#define SIM_MAX_MODULES ((size_t)16)

/** Four numbers of 16 bits, with dots. */
#define SIM_VERSION_SIZE 32u

typedef struct sim_module {
  hcsref_str path, version;
} sim_module;

/** Go's build information; texts point into the image. */
typedef struct sim_go_program {
  hcsref_str version;  /**< "go1.22.12"; empty: it is not a Go program */
  hcsref_str path;     /**< of the main package */
  hcsref_str revision; /**< of the source */
  sim_module modules[SIM_MAX_MODULES];
  size_t module_count;
} sim_go_program;

/** Looks for it in (a section of) a program in memory, in the form of Go 1.18 and later. False: there is none. Source:
 * Go debug/buildinfo. */
bool sim_go_find(hcsref_str image, sim_go_program *out);
/** The file's version in a version resource as four numbers, "28.5.2.0". False: it is none. Source: VS_VERSIONINFO. */
bool sim_version_find(hcsref_str resource, char out[SIM_VERSION_SIZE]);
/** Appends `,"program":{…}` with what is known. */
void sim_program_append(hcsref_buf *out, hcsref_str path, const char *version, const sim_go_program *go);

#endif
