/* SPDX-License-Identifier: Apache-2.0 */
/** @file One specification in, its documents out: the same for every way in which they come and go. */
#ifndef HCSPROOF_TRANSLATE_TRANSLATION_H
#define HCSPROOF_TRANSLATE_TRANSLATION_H

#include "hcsref/hcsref.h"

/** Which document is wanted. */
typedef enum translation_schema {
  TRANSLATION_V2,
  TRANSLATION_V1,
  TRANSLATION_BOTH,    /**< {"v1":…,"v2":…} */
  TRANSLATION_BY_BUILD /**< with an envelope: as the shim chooses */
} translation_schema;

/** What is the same for all specifications of a run. Read-only once it is checked, so threads share it. */
typedef struct translation {
  hcsref_str id, owner;
  const char *network_namespace; /**< null: the spec's own */
  translation_schema schema;
  bool envelope;
  bool scale_cpu_limits;
  hcsref_json_mode mode;
  bool has_cri;
  hcsref_cri_container_config cri;
  bool has_host;
  hcsref_str host;           /**< JSON text of a case's `host` */
  hcsref_str hosting_system; /**< JSON text of a case's `hosting_system`; empty: none */
} translation;

/** Which input an error is about. */
typedef enum translation_source {
  TRANSLATION_SPEC,
  TRANSLATION_CRI,
  TRANSLATION_HOST,
  TRANSLATION_HOSTING_SYSTEM
} translation_source;

/** Decodes the CRI config and checks that the host and the hosting system can be loaded. `cri` may be empty. */
bool translation_prepare(translation *t, hcsref_arena *arena, hcsref_str cri, translation_source *source,
                         hcsref_error *err);

/** Appends the document of `spec` (JSON text) to `out`, which ends where it did on failure. */
bool translation_run(const translation *t, hcsref_arena *arena, hcsref_str spec, hcsref_buf *out,
                     translation_source *source, hcsref_error *err);

#endif
