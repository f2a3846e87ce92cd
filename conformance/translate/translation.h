/* SPDX-License-Identifier: Apache-2.0 */
/** @file One specification in, its documents out: the same for every way in which they come and go. */
#ifndef HCSPROOF_TRANSLATE_TRANSLATION_H
#define HCSPROOF_TRANSLATE_TRANSLATION_H

#include "hcsref/hcsref.h"
#include "input/several.h"
#include "input/spec/spec.h"

/** The code of the error that says that no document is made of a container. */
#define TRANSLATION_HOST_PROCESS "host-process"

/** Which document is wanted. */
typedef enum translation_schema {
  TRANSLATION_USUAL, /**< v2; v1 of a program that makes no other */
  TRANSLATION_V2,
  TRANSLATION_V1,
  TRANSLATION_BOTH,    /**< {"v1":…,"v2":…} */
  TRANSLATION_BY_BUILD /**< with an envelope: as the shim chooses */
} translation_schema;

/** What of a spec is wanted. What does not come of it is null. */
typedef enum translation_part {
  TRANSLATION_PART_DOCUMENT, /**< by `schema` and `envelope` */
  TRANSLATION_PART_SPEC,     /**< the spec itself, after stage 1 */
  TRANSLATION_PART_OPTIONS,  /**< the options of the utility VM that a pod or task gets */
  TRANSLATION_PART_VM,       /**< the document that this VM is created with */
  TRANSLATION_PART_REQUESTS, /**< what a VM is asked to hold the container: [{"to","request"}] */
  TRANSLATION_PART_PROCESS,  /**< the parameters of its process */
  TRANSLATION_PART_JOB,      /**< of a HostProcess container: what is made in place of a document */
  TRANSLATION_PART_ALL       /**< an object with a member for each part, in the order of making */
} translation_part;

/** The inputs; which one an error is about. */
typedef enum translation_source {
  TRANSLATION_SPEC,
  TRANSLATION_CRI,               /**< a CRI ContainerConfig */
  TRANSLATION_EXTRA_MOUNTS,      /**< a list of CRI mounts */
  TRANSLATION_HOST,              /**< a case's `host` */
  TRANSLATION_HOSTING_SYSTEM,    /**< a case's `hosting_system` */
  TRANSLATION_CCG_STATE,         /**< a v2 ContainerCredentialGuardState */
  TRANSLATION_ADDITIONAL_MOUNTS, /**< a list of v2 MappedDirectory */
  TRANSLATION_POD,               /**< a CRI PodSandboxConfig */
  TRANSLATION_IMAGE,             /**< an image's config */
  TRANSLATION_RUNTIME,           /**< of containerd's configuration */
  TRANSLATION_SOURCES
} translation_source;

/** What is the same for all specifications of a run. Read-only once it is checked, so threads share it. */
typedef struct translation {
  hcsref_str id, owner;
  const char *network_namespace; /**< null: the spec's own */
  translation_schema schema;
  translation_part part;
  bool envelope;
  bool scale_cpu_limits;
  hcsref_json_mode mode;
  const hcsref_profile *profile; /**< which release translates; null: the baseline */
  bool sandbox_shares;
  hcsref_slice layers;             /**< of hcsref_str: in place of the spec's layer folders; nil: those */
  hcsref_str root;                 /**< in place of the spec's root path; empty: that */
  bool explain;                    /**< every field is told with where it comes from */
  bool linted;                     /**< what lint has rules for is not noted */
  bool from_config;                /**< of crictl inspect: its config is translated, not its spec */
  bool given[TRANSLATION_SOURCES]; /**< of `text`; TRANSLATION_SPEC is not used */
  hcsref_str text[TRANSLATION_SOURCES];
  /* What translation_prepare reads. */
  hcsref_cri_container_config cri;
  hcsref_slice notes;        /**< of input_note: on that config */
  hcsref_slice extra_mounts; /**< of hcsref_cri_mount pointers */
  hcsref_v2_container_credential_guard_state ccg_state;
  hcsref_slice additional_mounts; /**< of hcsref_v2_mapped_directory */
} translation;

/** Reads what was given besides specs, and checks that the host and the hosting system can be loaded. */
bool translation_prepare(translation *t, hcsref_arena *arena, translation_source *source, hcsref_error *err);

/** The input that a note or an error of conformance/input is about. */
translation_source translation_source_of(input_source source);

/** Reads an item of input_split for translation_run: of a spec nothing but its encoding changes; what
 * is recognised as something else is unwrapped, or made into a spec. With --cri an operand is a base spec, whatever it
 * looks like. */
bool translation_read(const translation *t, hcsref_arena *arena, const input_item *item, input_spec *out,
                      translation_source *source, hcsref_error *err);
/** The containers of an operand, a slice of input_item: one, the operand itself, where it is a spec whatever it looks
 * like. False: out of memory. */
bool translation_split(const translation *t, hcsref_arena *arena, hcsref_str operand, hcsref_slice *items,
                       hcsref_error *err);

/** A field of a document, and where it comes from. */
typedef struct translation_field {
  hcsref_str part;           /**< the part that it is of */
  hcsref_str pointer, value; /**< into the document; JSON text */
  translation_source source; /**< which input `where` is a place of */
  /** A pointer into that input; "host FACT", what the host was asked; "option NAME", of the call; empty: a constant */
  hcsref_str where;
  const char *rule; /**< null: nothing was noted */
} translation_field;

/** What is said of a translation besides its result. */
typedef struct translation_remarks {
  hcsref_slice notes;  /**< of input_note: what was assumed or lost */
  hcsref_slice fields; /**< of translation_field: with `explain`, in place of the result */
} translation_remarks;

/** Appends the part of what was read to `out`, which ends where it did on failure. `remarks` null: nobody reads them,
 * and so nothing is assumed. */
bool translation_run(const translation *t, hcsref_arena *arena, const input_spec *read, hcsref_buf *out,
                     translation_remarks *remarks, translation_source *source, hcsref_error *err);

#endif
